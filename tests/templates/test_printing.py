"""What comes out of the printer: sheets of prepared lines print down to their last filled line."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import unescape

import openpyxl
import pytest
import xlwings as xw

from addin.actions.new import choose
from addin.core.settings import Settings
from addin.demo.sample import DAY, school, school_of
from addin.templates import build
from addin.templates.views_sheet import AT_FIRST, PER_PAGE, SPARE
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads, load_named

pytest_plugins = ("office",)
SETTINGS = Settings({"session": "M27"}, load_lists(), DAY)
AREA = re.compile(r'<definedName name="_xlnm.Print_Area" localSheetId="(\d+)">([^<]*)<')


def areas(path: Path) -> dict[str, str]:
    """Sheet -> the formula of what is printed of it."""
    with zipfile.ZipFile(path) as file:
        text = file.read("xl/workbook.xml").decode()
    sheets = re.findall(r'<sheet name="([^"]+)"', text)
    return {sheets[int(number)]: unescape(formula) for number, formula in AREA.findall(text)}


@pytest.mark.libreoffice
@pytest.mark.slow
def test_views_and_deadlines_print_down_to_their_last_filled_line(
    tmp_path: Path, open_book: Callable[[Path], xw.Book]
) -> None:
    sample = school()
    trackers = load_named([*sample.rows, "calendar"], heads())
    build(tmp_path / "sample.xlsx", trackers, SETTINGS, sample.rows, sample.ids)
    printed = areas(tmp_path / "sample.xlsx")
    book = open_book(tmp_path / "sample.xlsx")
    free = book.sheets["Findings"].range("Z9")
    for name, area in printed.items():
        if name in ("Home", "Findings"):  # whole columns: without the strip of links
            continue
        free.formula = f"=ROWS({area})"
        messages = [row for row, line in enumerate(book.sheets[name].range("A1:C400").value, 1) if any(line)]
        assert free.value == max([*messages, 5]), name
    assert {"CAS progress", "Subjects per candidate", "Deadlines"} <= set(printed)


@pytest.mark.parametrize("programme", ["dp", "cp", "myp", "pyp"])
def test_views_shows_as_many_lines_as_its_longest_summary_needs_and_folds_the_others_away(
    tmp_path: Path, programme: str
) -> None:
    """LibreOffice prints every line that is to be seen, blank or not; a line that is folded away must not be in use."""
    settings = Settings({"session": "M27", "programme": programme}, load_lists(), DAY)
    trackers = choose(heads(), programme, ())
    build(tmp_path / "sample.xlsx", trackers, settings, school_of(settings, trackers).rows)
    build(tmp_path / "empty.xlsx", trackers, settings)
    book = openpyxl.load_workbook(tmp_path / "sample.xlsx", data_only=True)
    summaries = [
        sheet for sheet in book if sheet.sheet_state == "hidden" and sheet["A2"].value and sheet.print_title_rows
    ]
    longest = max(sum(1 for (cell,) in s.iter_rows(5, max_col=1) if cell.value not in (None, "")) for s in summaries)
    views = book["Views"]
    seen = _seen(views)
    assert longest + SPARE <= seen < longest + SPARE + PER_PAGE
    assert all(views.row_dimensions[row].hidden for row in range(5 + seen, views.max_row + 1))
    assert seen % PER_PAGE == 0
    assert (
        f"$A${5 + seen}:" in openpyxl.load_workbook(tmp_path / "sample.xlsx")["Views"]["D3"].value
    )  # says so when used
    assert _seen(openpyxl.load_workbook(tmp_path / "empty.xlsx")["Views"]) == AT_FIRST


def _seen(views: openpyxl.worksheet.worksheet.Worksheet) -> int:
    """The lines before the first that is folded away."""
    return next(row for row in range(5, views.max_row + 1) if views.row_dimensions[row].hidden) - 5


def test_the_summaries_of_a_cp_school_have_no_columns_of_the_diploma(tmp_path: Path) -> None:
    headers = {}
    for programme in ("dp", "cp"):
        settings = Settings({"session": "M27", "programme": programme}, load_lists(), DAY)
        build(tmp_path / f"{programme}.xlsx", choose(heads(), programme, ()), settings)
        book = openpyxl.load_workbook(tmp_path / f"{programme}.xlsx", data_only=True)
        headers[programme] = [cell.value for cell in book["Subjects per candidate"][4]]
    assert set(headers["dp"]) - set(headers["cp"]) == {"EE", "TOK", "Complete"}
    assert set(headers["cp"]) < set(headers["dp"])


def test_words_of_the_first_row_are_clear_of_the_header_above_them(tmp_path: Path) -> None:
    settings = Settings({"session": "M27"}, load_lists(), DAY)
    trackers = choose(heads(), "dp", ())
    build(tmp_path / "sample.xlsx", trackers, settings, school_of(settings, trackers).rows)
    book = openpyxl.load_workbook(tmp_path / "sample.xlsx")
    sheets = [tracker.sheet for tracker in trackers.values()] + ["Views", "Deadlines", "Settings"]
    assert {cell.alignment.vertical for name in sheets for cell in book[name][5]} <= {
        "center",
        None,
    }  # None: at the foot

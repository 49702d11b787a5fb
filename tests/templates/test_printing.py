"""What comes out of the printer: sheets of prepared lines print down to their last filled line."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest
import xlwings as xw

from addin.core.settings import Settings
from addin.demo.sample import DAY, school
from addin.templates import build
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

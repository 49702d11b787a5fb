"""After each write the stored results of our sheets are true, for programs that calculate nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from recalculated import recalculated

from addin.actions.register import Entry, register
from addin.actions.validate import validate
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Grid
from addin.core.settings import Settings
from addin.demo.sample import school_of
from addin.errors import Problem
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

SAMPLE = Path(__file__).resolve().parents[2] / "sheets_templates" / "built" / "sample.xlsx"
IDA = Entry(
    {"code": "009001", "last_name": "Berg", "first_names": "Ida", "birth_date": "5 May 2009", "adviser": "R. Calloway",
     "category": "D"},
    ("Biology HL", "Mathematics: Analysis and Approaches HL"), "Biology",
)  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample after a check, and the same after a candidate was registered and checked again."""
    checked, more = (tmp_path_factory.mktemp("books") / name for name in ("checked.xlsx", "more.xlsx"))
    shutil.copy(SAMPLE, checked)
    assert validate(str(checked)).count("error")
    shutil.copy(checked, more)
    register(str(more), IDA)
    return checked, more


def test_home_says_right_after_a_check_what_the_check_found(written: tuple[Path, Path]) -> None:
    home = XlsxBook.open(written[0]).read(["Home", "Findings"])
    shown = [value for line in home["Home"].values for value in line]
    assert not [value for value in shown if isinstance(value, str) and "not checked" in value]
    assert date.today() in shown
    [line] = [line for line in home["Home"].values if "CAS experiences" in line]
    findings = [line for line in home["Findings"].values if line[7] == "cas"]
    assert line[4] == 4002 and line[9] == "● errors"
    assert line[5:7] == [sum(one[0] == level for one in findings) for level in ("error", "warning")]


def test_a_registered_candidate_is_on_home_on_the_views_and_beside_the_code_at_once(written: tuple[Path, Path]) -> None:
    before, after = (XlsxBook.open(path).read(["Home", "CAS progress", "Registrations"]) for path in written)
    assert after["Home"].value(7, 2) == int(str(before["Home"].value(7, 2))) + 1
    assert "009001" in [line[0] for line in after["CAS progress"].values if line]
    assert [line[1:3] for line in after["Registrations"].values if line and line[0] == "009001"] == [
        ["Berg", "Ida"]
    ] * 4
    cas = XlsxBook.open(written[1]).read(["CAS"])["CAS"]
    assert cas.value(5, 3) == XlsxBook.open(SAMPLE).read(["CAS"])["CAS"].value(5, 3) is not None


@pytest.mark.libreoffice
@pytest.mark.slow
def test_every_result_that_stands_in_the_file_is_the_one_that_libreoffice_works_out(
    written: tuple[Path, Path], tmp_path: Path
) -> None:
    path = written[1]
    [live_path] = recalculated([path], tmp_path)
    stored, live = XlsxBook.open(path), XlsxBook.open(live_path)
    for sheet in ("Home", "Registrations", "CAS", "CAS progress", "Subjects per candidate", "Candidates by adviser"):
        one, two = stored.read([sheet])[sheet], live.read([sheet])[sheet]
        messages = {place for place in one.formulas if one.value(*place) is not None}
        assert len(messages) > 100, sheet
        assert not [place for place in messages if _bare(one, place) != _bare(two, place)], sheet


def _bare(grid: Grid, place: tuple[int, int]) -> Any:
    value = grid.value(*place)
    if isinstance(value, date):
        return (date(value.year, value.month, value.day) - date(1899, 12, 30)).days
    return None if value == "" else round(value, 6) if isinstance(value, float) else value


def test_a_workbook_without_a_column_of_ours_is_still_written(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    trackers = {name: tracker for name, tracker in load_all().items() if name in ("candidates", "registrations")}
    settings = Settings({"session": "M27", "programme": "dp"}, load_lists(), date.today(), {})
    sample = school_of(settings, trackers)
    build(path, trackers, settings, {name: rows[:5] for name, rows in sample.rows.items()})
    book = XlsxBook.open(path)
    [column] = [
        n for n, header in enumerate(book.read(["Candidates"])["Candidates"].values[3], 1) if header == "Left on"
    ]
    with pytest.raises(Problem, match="header of the table"):
        book.apply(Edits(cells={("Candidates", 4, column): "Gone"}))
    assert register(str(path), IDA).written

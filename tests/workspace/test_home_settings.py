"""What a person enters on the Settings sheet counts, for checks and reports as for the sheet's own formulas."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Value
from addin.workspace.home_settings import ASKED, home_settings
from addin.workspace.settings_sheet import read_settings_sheet
from addin.workspace.tracker_files import load_all
from addin.workspace.workbook import opened


@pytest.fixture
def school(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--trackers", "candidates,cas"]) == 0
    return path


def enter(path: Path, values: dict[str, Value]) -> None:
    """Type values into the Settings sheet, row by row."""
    book = XlsxBook.open(path)
    grid = book.read(["Settings"])["Settings"]
    rows = {line[6]: number for number, line in enumerate(grid.values, 1) if len(line) > 6}
    book.apply(Edits(cells={("Settings", rows[name], 3): value for name, value in values.items()}))


def held(path: Path) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    with opened(str(path)) as workbook:
        remarks = [remark for remark in workbook.remarks if "Settings" in remark]
        return dict(workbook.settings.values), dict(workbook.settings.school), remarks


@pytest.mark.parametrize(
    ("name", "typed", "wanted"),
    [
        ("session", "N27", "N27"),
        ("session", "May 2028", "M28"),
        ("session", None, None),
        ("first_exam", date(2027, 10, 23), date(2027, 10, 23)),
        ("first_exam", "2028-04-24", date(2028, 4, 24)),
        ("cas_months", 12, 12),
        ("cas_months", "12", 12),
        ("cas_hours", 150.5, 150.5),
        ("remind_days", "30, 10; 3", (30, 10, 3)),
        ("programme", "cp", "cp"),
        ("school_code", "000999", "000999"),
    ],
)
def test_the_sheet_goes_before_the_file(school: Path, name: str, typed: Value, wanted: Any) -> None:
    school.with_name("ib-trackers.toml").write_text("[settings]\ncas_months = 3\n", encoding="utf-8")
    enter(school, {name: typed})
    values, _, remarks = held(school)
    assert values.get(name) == wanted
    assert remarks == []


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("session", "spring", "Exam session is spring; enter an exam session, such as M27 or N27."),
        ("first_exam", 7.5, "First day of exams is 7.5; enter a date."),
        ("cas_months", "many", "CAS months is many; enter a number."),
        ("cas_months", -1, "CAS months is -1; enter a number."),
        ("cas_months", "nan", "CAS months is nan; enter a number."),
        ("cas_months", "1e999", "CAS months is 1e999; enter a number."),
        ("remind_days", "9" * 5000, "enter numbers separated by semicolons"),
        ("remind_days", "soon", "Days before a date on which people are reminded is soon; enter numbers"),
        ("mail_security", "hope", "Mail security is hope; enter one of starttls, tls, none."),
    ],
)
def test_a_value_that_cannot_be_read_is_said_with_its_cell(school: Path, name: str, typed: Value, says: str) -> None:
    enter(school, {name: typed})
    (remark,) = held(school)[2]
    assert says in remark
    assert remark.startswith("Settings!C")
    assert "The default counts" in remark


def test_the_school_is_named_on_the_sheet(school: Path) -> None:
    enter(school, {"school_name": "Riverside School", "school_code": "000999"})
    assert held(school)[1] == {"name": "Riverside School", "code": "000999"}
    assert not school.with_name("ib-trackers.toml").exists()


def test_rows_are_found_by_their_words_where_the_hidden_column_is_gone_and_a_sheet_of_her_own_is_not_asked() -> None:
    book = MemoryBook({"Settings": [["Mine"], ["Setting", "Value"], ["CAS months", 6], ["Colour", "blue"]]})
    found = read_settings_sheet(book.read(["Settings"])["Settings"], load_all().values())
    assert (found.values, found.remarks) == ({"cas_months": 6}, [])
    own = MemoryBook({"Settings": [["Setting", "Note"], ["CAS months", 6]]})
    assert read_settings_sheet(own.read(["Settings"])["Settings"], load_all().values()).values == {}


def test_the_home_sheet_of_an_older_workbook_still_counts() -> None:
    session, first = ASKED
    book = MemoryBook({"Home": [["x"], [session, "N27"], [first, date(2027, 10, 23)]]})
    assert home_settings(book.read(["Home"])["Home"]) == ({"session": "N27", "first_exam": date(2027, 10, 23)}, [])
    odd = MemoryBook({"Home": [[session, "spring"], [first, "soon"]]})
    assert len(home_settings(odd.read(["Home"])["Home"])[1]) == 2


def test_a_home_of_a_persons_own_is_not_asked() -> None:
    book = MemoryBook({"Home": [["Exam session", "N27"], [*ASKED][:1]]})
    assert home_settings(book.read(["Home"])["Home"]) == ({}, [])
    assert home_settings(None) == ({}, [])


def test_home_says_when_it_was_checked_last(school: Path) -> None:
    def last() -> Value:
        return XlsxBook.open(school).read(["Home"])["Home"].value(4, 3)

    assert last() == "not checked yet"
    assert main(["validate", str(school)]) == 0
    assert last() == date.today()
    before = school.read_bytes()
    assert main(["validate", str(school)]) == 0
    assert school.read_bytes() == before

"""What a person enters on the Home sheet counts, for checks and reports as for the sheet's own formulas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Value
from addin.workspace.home_settings import ASKED, home_settings
from addin.workspace.workbook import opened


@pytest.fixture
def school(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--trackers", "candidates"]) == 0
    return path


def told(path: Path) -> tuple[Value, Value, list[str]]:
    with opened(str(path)) as workbook:
        values = workbook.settings.values
        return values.get("session"), values.get("first_exam"), [r for r in workbook.remarks if "Home" in r]


@pytest.mark.parametrize(
    ("session", "day", "wanted"),
    [
        ("N27", date(2027, 10, 23), ("N27", date(2027, 10, 23), [])),
        ("May 2028", "2028-04-24", ("M28", date(2028, 4, 24), [])),
        (None, None, ("M27", None, [])),
        ("spring", 7, ("M27", None, ["Home!C3: spring is not an exam session: write M27 or N27.",
                                     "Home!C4: 7 is not a date."])),
    ],
)  # fmt: skip
def test_home_goes_before_the_file_and_what_it_cannot_mean_is_said(
    school: Path, session: Value, day: Value, wanted: tuple[Value, Value, list[str]]
) -> None:
    assert told(school) == ("M27", None, [])
    XlsxBook.open(school).apply(Edits(cells={("Home", 3, 3): session, ("Home", 4, 3): day}))
    assert told(school) == wanted


def test_a_sheet_of_a_persons_own_is_not_asked() -> None:
    book = MemoryBook({"Home": [["Exam session", "N27"], [*ASKED][:1]]})
    assert home_settings(book.read(["Home"])["Home"]) == ({}, [])
    assert home_settings(None) == ({}, [])

"""A workbook is read once where nobody is asked, and what repeats in a list is read once: with the same result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from adopt_rows import build_book, load

from addin.actions import adopt as module
from addin.actions.adopt import adopt

CASES = ["cas du au", "deutsch cas", "formations", "groups", "name once", "pd matrix", "xlevel"]


def book_of(rows: list[list[Any]], path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Log"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("name", CASES)
def test_what_is_assumed_is_what_the_answers_make(name: str, tmp_path: Path) -> None:
    path = build_book(load(name), tmp_path / "Book.xlsx")
    assumed = adopt(str(path), dry_run=True, take_defaults=True)
    told = adopt(str(path), dry_run=True, answers=assumed.answers)
    assert assumed.reading.made == told.reading.made
    assert assumed.reading.listed == told.reading.listed


def test_nobody_is_asked_and_it_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book_of(
        [["Student", "Activity", "Date", "Hours"], ["Aya Ito", "Choir", "2026-03-02", 2]], tmp_path / "A.xlsx"
    )
    times, build = [], module.build
    monkeypatch.setattr(module, "build", lambda *given, **named: times.append(1) or build(*given, **named))
    assert adopt(str(path), take_defaults=True).written
    assert len(times) == 1


def test_a_namesake_who_comes_later_is_noticed_in_rows_that_repeat(tmp_path: Path) -> None:
    """Rows 2 to 4 are one student; after row 5 there are two, so row 6 could be either."""
    rows = [["Student", "Class", "Activity", "Date", "Hours"]]
    rows += [
        ["Soler, Ana", group, f"Choir {n}", f"2026-03-0{n}", n]
        for n, group in enumerate(["12A", None, None, "12B", None], 1)
    ]
    path = book_of(rows, tmp_path / "B.xlsx")
    found = adopt(str(path), dry_run=True, take_defaults=True).reading
    assert [(one.row, one.why) for one in found.listed if "may be meant" in one.why] == [
        (6, "2 students may be meant: add the code or the birth date")
    ]
    assert [made.person for made in found.made if made.tracker == "cas"] == [0, 0, 0, 1]


def test_repeated_cells_are_placed_as_the_first_ones_are(tmp_path: Path) -> None:
    rows = [["Student", "Activity", "Strand", "Date", "Hours"]]
    rows += [
        ["Ito, Aya", "Choir", "C", "2026-03-02", hours] for hours in (2, "2", "2h", "2h", 1, True, 1.5, "c. 2", "c. 2")
    ]
    found = adopt(str(book_of(rows, tmp_path / "C.xlsx")), dry_run=True, take_defaults=True).reading
    sheet = found.sheets[0]
    assert [made.values.get("hours") for made in found.made if made.tracker == "cas"] == [
        2,
        2,
        2,
        2,
        1,
        None,
        1.5,
        2,
        2,
    ]
    assert [one.row for one in found.listed] == [7, 9, 10]
    assert sheet.read == sheet.placed + sheet.headings + sheet.left

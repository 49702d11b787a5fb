"""Headings between the rows of a list: terms, years, departments, classes; none of them becomes a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.core.recognition.regions import is_period
from addin.core.recognition.spoken_dates import dated_by


@pytest.mark.parametrize(
    "text",
    [
        "2024-2025", "2024/25", "2026", "Année 2025-2026", "Curso 2025/26", "Schuljahr 2026/27", "School year 2026-27:",
        "Term 1", "Autumn term", "2nd semester", "Trimestre II", "September 2026", "septembre de 2026", "Mai 2027",
    ],
)  # fmt: skip
def test_a_stretch_of_time(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize(
    "text", ["Ortega, Maria", "1", "12A", "Workshop 2026", "May", "History 2026", "1026", "2024-2025 plan"]
)
def test_no_stretch_of_time(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    ("text", "heading", "day"),
    [
        ("15 Sep", "SEPTEMBER 2026", date(2026, 9, 15)),
        ("15 Sep", "OCTOBER 2026", None),
        ("5.10.", "October 2026", date(2026, 10, 5)),
        ("5/10", "October 2026", date(2026, 10, 5)),
        ("10/5", "October 2026", date(2026, 10, 5)),
        ("5/9", "October 2026", None),
        ("12 March", "2026-27", date(2027, 3, 12)),
        ("12 oct.", "Année 2026-2027", date(2026, 10, 12)),
        ("12 July", "2026-27", None),
        ("12 August", "2026-27", date(2026, 8, 12)),
        ("12 March", "2026-29", None),
        ("12 March", "2026", date(2026, 3, 12)),
        ("12/10", "2026-27", None),
        ("30.2.", "2026", None),
        ("12 March 2025", "2026", None),
        ("soon", "2026", None),
        ("15 Sep", "Science", None),
        ("15 Sep", "", None),
    ],
)
def test_the_year_of_a_day_is_in_the_heading(text: str, heading: str, day: date | None) -> None:
    assert dated_by(text, heading) == day


def book_of(path: Path, title: str, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


PD = [["Name", "Workshop", "Cat", "Place", "Date"]]
PEOPLE = [
    ["Ortega, Maria", "Biology", "1", "Athens", "12 Oct 2024"],
    ["Khan, Bilal", "Physics", "2", "Oslo", "3 Feb 2025"],
]


@pytest.mark.parametrize(
    "headings", [("SCIENCE", "HUMANITIES"), ("2024-2025", "2025-2026"), (2024, 2025), ("12A", "12B")]
)
def test_a_heading_is_no_colleague(tmp_path: Path, headings: tuple[object, object]) -> None:
    rows: list[list[object]] = [
        *PD,
        [headings[0]],
        *PEOPLE,
        [headings[1]],
        ["Poe, Ana", "TOK", "1", "Doha", "9 Nov 2025"],
    ]
    made = adopt(
        str(book_of(tmp_path / "Own.xlsx", "IB training", rows)), dry_run=True, take_defaults=True
    ).reading.made
    assert [one.values["staff"] for one in made] == ["Ortega, Maria", "Khan, Bilal", "Poe, Ana"]
    assert [[*one.extra.values()][-1] for one in made] == [str(headings[0])] * 2 + [str(headings[1])]


def test_a_class_between_the_rows_is_the_class_of_those_below(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Code", "Last name", "First names", "Birth date"]]
    rows += [["12A"], ["1", "Ortega", "Maria", "12 Oct 2008"], ["2", "Khan", "Bilal", "3 Feb 2009"]]
    rows += [["12B"], ["3", "Poe", "Ana", "9 Nov 2008"]]
    made = adopt(str(book_of(tmp_path / "Own.xlsx", "Students", rows)), dry_run=True, take_defaults=True).reading.made
    assert [(one.values["code"], one.values["year_group"]) for one in made] == [
        ("1", "12A"),
        ("2", "12A"),
        ("3", "12B"),
    ]


def test_a_list_without_headings_stays_where_it_is(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", "IB training", [*PD, *PEOPLE])
    (sheet,) = adopt(str(path), dry_run=True, take_defaults=True).reading.sheets
    assert sheet.way == "place"


def test_deadlines_below_their_months(tmp_path: Path) -> None:
    rows: list[list[object]] = [["What", "When", "Who"], ["SEPTEMBER 2026"], ["Registration list", "15 Sep", "DPC"]]
    rows += [
        ["EE topics", "30 Sep", "EE"],
        ["OCTOBER 2026"],
        ["CAS check", "12 Oct", "CAS"],
        ["IA drafts", "2 Nov", "All"],
    ]
    reading = adopt(str(book_of(tmp_path / "Own.xlsx", "Deadlines", rows)), dry_run=True, take_defaults=True).reading
    days = [(one.tracker, one.values["event"], one.values.get("due")) for one in reading.made]
    assert days == [
        ("calendar", "Registration list", date(2026, 9, 15)),
        ("calendar", "EE topics", date(2026, 9, 30)),
        ("calendar", "CAS check", date(2026, 10, 12)),
        ("calendar", "IA drafts", None),
    ]
    assert [(one.row, one.column) for one in reading.listed] == [(7, 2)]

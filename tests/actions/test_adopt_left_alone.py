"""What adopt does not take is named with a sentence that says what it is, and nothing is said to be written that was
not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.cli.main import main
from addin.core.recognition.survey import SEATING

HEADERS = ["Code", "Last name", "First names", "Session", "Category"]


def book_of(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Exam seating May 2027 - Biology HL Paper 1"],
            ["Desk", "Candidate"],
            ["A1", "Soler, Ana"],
            ["A2", "Paz, Leo"],
        ],
        [["Exam room 12", None, "Desks"], [None, 1, 2], ["A", "Ana Soler", "Luis Paz"], ["B", "Tom Hale", "Leo Gil"]],
        [["Plan de salle - épreuve 2"], ["Place", "Candidat"], ["A1", "Soler Ana"], ["A2", "Paz Luis"]],
        [["Sitzplan Prüfung"], ["Platz", "Name"], ["1", "Anna Kurz"], ["2", "Ben Lang"]],
    ],
)
def test_a_seating_plan_is_called_one(rows: list[list[Any]], tmp_path: Path) -> None:
    found = adopt(str(book_of(tmp_path / "Seats.xlsx", Plan=rows)), dry_run=True, take_defaults=True).reading
    assert [one.why for one in found.not_understood] == [SEATING]


@pytest.mark.parametrize(
    "rows",
    [
        [["Exams and places"], HEADERS, ["0001", "Ito", "Aya", "M27", "D"], ["0002", "Paz", "Leo", "M27", "D"]],
        [
            ["Name", "Activity", "Date", "Hours", "Place"],
            ["Soler, Ana", "Mock exam help", "2026-09-01", 2, "Hall"],
            ["Paz, Leo", "Choir", "2026-09-02", 2, "Hall"],
        ],
    ],
)
def test_a_list_that_speaks_of_places_is_still_a_list(rows: list[list[Any]], tmp_path: Path) -> None:
    found = adopt(str(book_of(tmp_path / "List.xlsx", List=rows)), dry_run=True, take_defaults=True).reading
    assert SEATING not in [one.why for one in found.not_understood]


ACTIVITIES = [
    ["Name", "Activity", "Start", "Finish", "Where"],
    ["Ana Soler", "Choir", "2026-09-01", "2026-12-01", "Music room"],
    ["Luis Paz", "Beach clean-up", "2026-09-08", "2026-09-09", "Playa Norte"],
]


def test_activities_of_nobody_knows_whom_are_left_with_what_to_do(tmp_path: Path) -> None:
    found = adopt(str(book_of(tmp_path / "A.xlsx", Sheet1=ACTIVITIES)), dry_run=True, take_defaults=True).reading
    assert [one.why for one in found.not_understood] == [
        "it could be CAS experiences or Professional development; rename the sheet to the right one"
    ]


@pytest.mark.parametrize(("title", "tracker"), [("CAS activities 12A", "cas"), ("PD 2026", "pd")])
def test_a_title_says_whose_activities_they_are(title: str, tracker: str, tmp_path: Path) -> None:
    path = book_of(tmp_path / "A.xlsx", Sheet1=[[title], *ACTIVITIES])
    found = adopt(str(path), dry_run=True, take_defaults=True).reading
    trackers = {made.tracker for made in found.made} | {one.tracker for one in found.understood}
    assert tracker in trackers
    assert not ({"cas", "pd"} - {tracker}) & trackers


def test_a_title_that_names_the_adviser_of_students_makes_no_entries_of_them(tmp_path: Path) -> None:
    rows = [
        ["Students and their CAS advisers"],
        ["Name", "Class", "Adviser"],
        ["Ito, Aya", "12A", "Ms Orr"],
        ["Paz, Leo", "12B", "Mr Lee"],
    ]
    found = adopt(str(book_of(tmp_path / "A.xlsx", Sheet1=rows)), dry_run=True, take_defaults=True).reading
    assert {made.tracker for made in found.made} <= {"candidates"}


def test_no_setup_sheet_is_spoken_of_where_none_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book_of(
        tmp_path / "L.xlsx", L=[HEADERS, ["0001", "Ito", "Aya", "M27", "D"], ["0002", "Paz", "Leo", "M27", "D"]]
    )
    assert main(["adopt", str(path), "--yes"]) == 0
    before = path.read_bytes()
    capsys.readouterr()
    assert main(["adopt", str(path), "--setup"]) == 0
    said = capsys.readouterr().out
    assert "no sheet Setup was written" in said
    assert "Change what is wrong" not in said
    assert path.read_bytes() == before


def test_a_plan_of_what_is_due_is_no_list_of_students(tmp_path: Path) -> None:
    rows = [
        ["Subject", "Level", "Task", "Draft due", "Final due"],
        ["Biology", "HL", "IA", "9 Oct 2026", "20 Nov 2026"],
        ["History", "SL", "IA", "16 Oct 2026", "27 Nov 2026"],
    ]
    plan = book_of(tmp_path / "Plan.xlsx", **{"IA calendar": rows})
    (sheet,) = adopt(str(plan), dry_run=True, take_defaults=True).reading.sheets
    assert sheet.way == "left"
    assert sheet.why == "it looks like IA and coursework, but no column says which student each row is about"
    of_students = [[name, *row] for name, row in zip(["Candidate", "A1", "A2"], rows, strict=True)]
    whole = book_of(tmp_path / "Whole.xlsx", **{"IA calendar": of_students})
    (sheet,) = adopt(str(whole), dry_run=True, take_defaults=True).reading.sheets
    assert sheet.way == "place"

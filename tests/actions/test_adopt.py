"""Adopt: a coordinator's own sheets are recognised by headers, aliases and content; what is unclear is said."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from make import tracker

from addin.backends.memory import MemoryBook
from addin.core.book import Area, Grid
from addin.core.recognition.adoption import layout_settings, plan
from addin.core.recognition.recognise import NotUnderstood, Understood, recognise, recognise_all
from addin.core.recognition.survey import survey
from addin.core.tables.data_rows import data_rows
from addin.core.tables.layout import find
from addin.core.tables.table import read_table
from addin.core.trackers import ID_HEADER
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

PEOPLE = tracker(
    """
key = ["code"]
aliases = ["Students"]
[columns.code]
required = true
pattern = 'S\\d{3}'
aliases = ["Student no", "ID"]
[columns.last_name]
aliases = ["Surname"]
[columns.first_names]
aliases = ["First name"]
[columns.birth_date]
type = "date"
aliases = ["DOB"]
[columns.category]
one_of = ["A", "D", "R", "C"]
""",
    "people",
    "People",
)
LOANS = tracker('key=["item"]\n[columns.item]\n[columns.lent_to]\n[columns.due]\ntype="date"', "loans", "Loans")
ALL = {"people": PEOPLE, "loans": LOANS}
HEAD = ["Student No.", "SURNAME", "First name", "DOB", "Remarks"]
ROWS = [["S001", "Ito", "Aya", date(2009, 1, 2), "x"], ["S002", "Bø", "Ann", date(2009, 3, 4), None]]


def one(values: list[list[object]], sheet: str = "People 12A", **more: object) -> Understood:
    found = recognise(Grid(sheet, values, **more), ALL, {})  # type: ignore[arg-type]
    assert isinstance(found, Understood), found
    return found


def test_a_sheet_is_known_by_its_headers_under_banners() -> None:
    found = one([["International School"], [], ["Candidates", None, 2027], HEAD, *ROWS])
    assert (found.tracker, found.header_row) == ("people", 4)
    assert [(m.header, m.column) for m in found.matches] == [
        ("Student No.", "code"),
        ("SURNAME", "last_name"),
        ("First name", "first_names"),
        ("DOB", "birth_date"),
    ]
    assert [(u.header, u.perhaps) for u in found.unknown] == [("Remarks", "")]


def test_a_misspelt_header_is_taken_only_when_its_cells_agree() -> None:
    misspelt = ["Studnt no", *HEAD[1:4]]
    assert ("code", False) in {(m.column, m.sure) for m in one([misspelt, *[r[:4] for r in ROWS]]).matches}
    wrong = [["77", *r[1:4]] for r in ROWS]
    found = one([misspelt, *wrong])
    assert "code" not in {m.column for m in found.matches}
    assert found.missing == ["Code"]


def test_cells_alone_are_a_suggestion_never_a_guess() -> None:
    found = one([["Surname", "First name", "DOB", "Type"], *[[*r[1:4], "D"] for r in ROWS]])
    assert [(u.header, u.perhaps) for u in found.unknown] == [("Type", "category")]
    assert "category" not in {m.column for m in found.matches}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([], "it is empty"),
        ([["Budget", "Euro"], ["Paper", 12]], "none of its headers is known"),
        ([["Surname", "Phone"], ["Ito", "1"]], "only Surname would fit People"),
    ],
)
def test_what_is_not_understood_is_left_alone_with_the_reason(values: list[list[object]], says: str) -> None:
    found = recognise(Grid("Sheet1", values), ALL, {})  # type: ignore[arg-type]
    assert isinstance(found, NotUnderstood)
    assert says in found.why


def adopted(book: MemoryBook) -> tuple[MemoryBook, list[str]]:
    grids = book.read(book.sheets())
    found = [one for grid in grids.values() if isinstance(one := recognise(grid, ALL, {}), Understood)]
    edits, done = plan(found, grids, ALL, Random(1))
    book.apply(edits)
    return book, [d.no_table for d in done]


def test_ids_stand_right_of_the_last_column_in_a_native_table_and_nothing_else_changes() -> None:
    before = [["School"], HEAD, *ROWS]
    book, why = adopted(MemoryBook({"12A": before, "Budget": [["Paper", 12]]}))
    grid = book.read(["12A"])["12A"]
    assert grid.values[1] == [*HEAD, ID_HEADER]
    assert [line[:5] for line in grid.values[2:]] == ROWS
    assert grid.tables == [Area(2, 1, 4, 6, "tbl_people")]
    assert why == [""]
    assert book.read(["Budget"])["Budget"].values == [["Paper", 12]]
    again = book.applied
    adopted(book)
    assert book.applied == again


@pytest.mark.parametrize(
    ("head", "merged", "why"),
    [
        ([*HEAD[:4], None], [], ""),
        ([*HEAD[:2], "First name", "DOB", "dob"], [], "two columns are called"),
        (HEAD, [Area(3, 1, 4, 1)], "cells in it are merged"),
    ],
)
def test_where_no_native_table_can_be_made_it_says_why(head: list[object], merged: list[Area], why: str) -> None:
    grid = Grid("12A", [["School"], head, *ROWS], merged=merged)  # type: ignore[list-item]
    found = recognise(grid, ALL, {})
    assert isinstance(found, Understood)
    edits, done = plan([found], {"12A": grid}, ALL, Random(1))
    assert done[0].no_table.startswith(why) if why else True
    assert bool(edits.tables) is (not done[0].no_table)


def test_a_native_table_of_theirs_is_stretched_to_the_ids() -> None:
    book = MemoryBook({"12A": [HEAD, *ROWS]}, {"12A": [Area(1, 1, 3, 5, "Klasse")]})
    book, _ = adopted(book)
    assert book.read(["12A"])["12A"].tables == [Area(1, 1, 3, 6, "Klasse")]


@pytest.mark.parametrize(
    ("beside", "grid", "why"),
    [
        ([None], {}, "a column in it has no header"),
        (["Room"], {}, ""),
        ([HEAD[0]], {}, "two columns are called"),
        ([2026], {}, "a column in it has no header"),
        (["Room"], {"merged": [Area(2, 6, 3, 6)]}, "cells in it are merged"),
        (["Room"], {"arrays": [Area(2, 6, 3, 6)]}, "a formula in it fills several cells"),
        (["Room"], {"tables": [Area(1, 1, 3, 5, "Klasse"), Area(1, 6, 3, 6, "Rooms")]}, "another table is in its way"),
    ],
)
def test_a_native_table_is_not_stretched_over_what_excel_would_repair(
    beside: list[object], grid: dict[str, Any], why: str
) -> None:
    """A table's column without a header, or called as another one, makes Excel repair the workbook."""
    lines = [[*HEAD, *beside[:1]], *([*row, "a note"] for row in ROWS)]
    made = Grid("12A", lines, **{"tables": [Area(1, 1, 3, 5, "Klasse")], **grid})  # type: ignore[arg-type]
    found = recognise(made, ALL, {})
    assert isinstance(found, Understood)
    edits, done = plan([found], {"12A": made}, ALL, Random(1))
    assert done[0].no_table.startswith(why) if why else not done[0].no_table
    assert (done[0].is_beside, edits.tables) == (True, {} if why else {"12A": [Area(1, 1, 3, 7, "Klasse")]})
    assert edits.cells["12A", 1, 7] == ID_HEADER


def test_what_is_written_down_reads_the_sheet_again() -> None:
    grid = Grid("12A", [["School"], HEAD, *ROWS])  # type: ignore[list-item]
    found = recognise(grid, ALL, {})
    assert isinstance(found, Understood)
    layout = find(grid, PEOPLE, layout_settings(found))
    assert layout is not None
    assert read_table(PEOPLE, {"12A": grid}, [layout]).columns["code"] == ["S001", "S002"]


LOOKALIKES: dict[str, tuple[list[list[object]], str]] = {
    "Attendance": ([["Student", "Date", "Status", "Comment"], ["Ito", date(2026, 1, 2), "Absent"]], "too little"),
    "Contacts": ([["Last name", "First name", "Phone", "Email"], ["Ito", "Aya", "1", "a@x.example"]], "too little"),
    "Orders": ([["Item", "Supplier", "Quantity", "Price", "Total"], ["Paper", "X", 3, 4, 12]], "too little"),
    "Parents evening": ([["Date", "Time", "Teacher", "Student", "Room"], [None, "9:00", "Ray"]], "too little"),
    "Marks": ([["Candidate number", "Personal code", "Last name", "Subject", "Grade"], ["0001"]], "too little"),
    "Choices": ([["Full name", "Biology", "Physics", "Chemistry"], ["Ito", "HL", "SL"]], "one row for each Subject"),
    "Options": ([["Name", "Group 1", "Group 2", "Group 3"], ["Ito", "Biology HL", "Physics SL"]], "Group 1 to Group 3"),
    "Timetable": ([["Period", "Monday", "Tuesday"], ["1", "Bio", "TOK"]], "none of its headers"),
}


def test_a_staff_list_is_the_staff_tracker() -> None:
    values = [["Name", "Email", "Subject", "Room", "Notes"], ["Ray", "r@x.example", "Bio"]]
    found = recognise(Grid("Staff list", values), load_all(), load_lists())  # type: ignore[arg-type]
    assert isinstance(found, Understood)
    assert found.tracker == "staff"


@pytest.mark.parametrize("sheet", LOOKALIKES)
def test_a_sheet_that_only_looks_like_a_tracker_is_left_alone(sheet: str) -> None:
    values, says = LOOKALIKES[sheet]
    found = recognise(Grid(sheet, values), load_all(), load_lists())  # type: ignore[arg-type]
    assert isinstance(found, NotUnderstood), found
    assert says in found.why


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        ([[], ["Total", None, None, 2]], [2, 3]),
        ([["Total students", None, None, 2]], [2, 3]),
        ([[], ["Updated by JS"], ["Ask Ms Ray"]], [2, 3]),
        ([[], ["D", "diploma"], [], [None, None, "Note: x"]], [2, 3, 5]),
        ([[], ["S003", "Total", "Ann", date(2009, 1, 2), "y"]], [2, 3, 5]),
        ([HEAD, ["S003", "Eve", "Ann", None, "y"]], [2, 3, 5]),
        ([["S003"]], [2, 3, 4]),
        ([[], [], ["S003", "Lee", "Bo"]], [2, 3, 6]),
    ],
)
def test_totals_notes_and_repeated_headers_are_no_rows(below: list[list[object]], rows: list[int]) -> None:
    grid = Grid("People", [HEAD, *ROWS, *below])  # type: ignore[list-item]
    layout = find(grid, PEOPLE)
    assert layout is not None
    assert data_rows(grid, layout) == rows


def test_a_row_with_an_id_is_a_row_however_little_it_holds() -> None:
    values = [[*HEAD, ID_HEADER], *[[*row, "aaaaa1"] for row in ROWS], [], ["S009", None, None, None, None, "aaaaa3"]]
    grid = Grid("People", values)  # type: ignore[arg-type]
    layout = find(grid, PEOPLE)
    assert layout is not None
    assert data_rows(grid, layout) == [2, 3, 5]


def test_headers_in_cells_merged_downwards_are_headers() -> None:
    areas = [Area(1, column, 2, column) for column in range(1, 6)]
    grid = Grid("People", [HEAD, [], *ROWS], merged=areas)  # type: ignore[list-item]
    found = recognise(grid, ALL, {})
    assert isinstance(found, Understood)
    layout = find(grid, PEOPLE, layout_settings(found) | {"header_row": 2})
    assert layout is not None
    assert (layout.header_row, data_rows(grid, layout)) == (2, [3, 4])


def test_a_table_of_another_kind_below_or_above_is_no_part_of_a_list_that_is_adopted_in_place() -> None:
    trackers, lists = load_all(), load_lists()
    people = [["Code", "Last name", "First names", "Session", "Category"], ["0012", "Ito", "Aya", "M27", "D"]]
    other = [
        ["Student ID", "Activity", "Strand", "Start date", "Hours"],
        ["0012", "Choir", "Creativity", "2026-01-02", 3],
    ]
    for values in ([*people, [], *other], [*other, [], *people]):
        found, _ = survey({"Candidates": Grid("Candidates", values)}, trackers, lists, "Own.xlsx")
        assert found["Candidates"].way == "rows"
    found, _ = survey({"Candidates": Grid("Candidates", people)}, trackers, lists, "Own.xlsx")
    assert found["Candidates"].way == "place"


def test_codes_are_compared_as_a_number_format_shows_them() -> None:
    people = [[*HEAD], *[[n, "Ito", "Aya", date(2009, 1, n), None] for n in (1, 2, 3)]]
    shown = {(n + 1, 1): f"S00{n}" for n in (1, 2, 3)}
    columns = '[columns.item]\n[columns.lent_to]\nexists_in="people.code"\n[columns.due]\ntype="date"'
    loans = tracker(f'key=["item"]\n{columns}', "loans", "Loans")
    given = [["Item", "Lent to", "Due"], *[[f"Book {n}", f"S00{n}", date(2027, 1, n)] for n in (1, 2, 3)]]
    grids = {"People": Grid("People", people, shown=shown), "Loans": Grid("Loans", given)}
    found = recognise_all(grids, {"people": PEOPLE, "loans": loans}, {})
    assert [m.column for m in found[1].matches] == ["item", "lent_to", "due"]  # type: ignore[union-attr]


def test_the_title_above_headers_that_are_repeated_is_no_row() -> None:
    grid = Grid("People 12A", [HEAD, ROWS[0], ["Class 12B", None], HEAD, ROWS[1]])
    layout = find(grid, PEOPLE, {})
    assert layout is not None
    assert data_rows(grid, layout) == [2, 5]


def test_a_sheet_with_nothing_but_a_title_merged_across_is_left_alone() -> None:
    found, _ = survey(
        {"All": Grid("All", [["Welcome"]], merged=[Area(1, 1, 3, 2)])}, load_all(), load_lists(), "Own.xlsx"
    )
    assert found["All"].way == "left"

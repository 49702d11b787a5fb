"""A person hides the id column, shows it again, or moves it: rows stay the same rows, and the column as she left it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google_school import google_school
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sync_people import HEAD, SHEET, FileAndSheet, trackers_read_once

from addin.core.trackers import ID_HEADER

__all__ = ("trackers_read_once",)  # a fixture of every test here

LINK = 'name="all"\ntarget="{target}"\ntracker="log"'
SIDES = ["workbook", "shared sheet"]


class Desk(FileAndSheet):
    """A workbook and a shared sheet in which columns stay as they look when somebody types."""

    def put(self, where: str, lines: list[list[Any]]) -> None:
        if where != "left":
            super().put(where, lines)
            return
        book = load_workbook(self.books["left"])
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                book[SHEET].cell(number, column).value = value
        book.save(self.books["left"])


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Desk]:
    """Six entries, shared with one sheet at the emulator, synced once."""
    with google_school(tmp_path) as school:
        made = Desk(tmp_path / "school", [LINK], school)
        made.sync()
        yield made


def hide(people: Desk, side: str, *, hidden: bool = True, group: bool = False) -> None:
    """Hide the id column, or show it again, as the program of that side does."""
    at = people.lines(where(people, side))[0].index(ID_HEADER)
    if side == "workbook":
        book = load_workbook(people.books["left"])
        column = book[SHEET].column_dimensions[get_column_letter(at + 1)]
        column.hidden = hidden
        column.outlineLevel = int(group)
        book.save(people.books["left"])
        return
    columns = {"startIndex": at, "endIndex": at + 1, **dimension(people)}
    change = {"range": columns, "properties": {"hiddenByUser": hidden}, "fields": "hiddenByUser"}
    people.school.teacher.change(people.school.key, {"updateDimensionProperties": change})


def is_hidden(people: Desk, side: str) -> bool:
    at = people.lines(where(people, side))[0].index(ID_HEADER)
    if side == "workbook":
        column = load_workbook(people.books["left"])[SHEET].column_dimensions[get_column_letter(at + 1)]
        return bool(column.hidden)
    params: Any = {"fields": "sheets.data.columnMetadata.hiddenByUser", "ranges": SHEET}
    data = people.school.client().spreadsheets_get(people.school.key, params)["sheets"][0]["data"][0]
    return bool(data["columnMetadata"][at].get("hiddenByUser"))


def move_to_front(people: Desk, side: str) -> None:
    """Drag the id column to the left of all others."""
    at = people.lines(where(people, side))[0].index(ID_HEADER)
    if side == "workbook":
        book = load_workbook(people.books["left"])
        sheet = book[SHEET]
        for line in sheet.iter_rows():
            values = [cell.value for cell in line]
            for cell, value in zip(line, [values[at], *values[:at], *values[at + 1 :]], strict=True):
                cell.value = value
        sheet.column_dimensions["A"].hidden = sheet.column_dimensions[get_column_letter(at + 1)].hidden
        sheet.column_dimensions[get_column_letter(at + 1)].hidden = False
        book.save(people.books["left"])
        return
    source = {"startIndex": at, "endIndex": at + 1, **dimension(people)}
    people.school.teacher.change(people.school.key, {"moveDimension": {"source": source, "destinationIndex": 0}})


def dimension(people: Desk) -> dict[str, Any]:
    return {"sheetId": people.school.teacher._id(people.school.key, SHEET), "dimension": "COLUMNS"}


def where(people: Desk, side: str) -> str:
    return "left" if side == "workbook" else people.target


@pytest.mark.parametrize(("side", "group"), [*((side, False) for side in SIDES), ("workbook", True)])
def test_hiding_the_id_column_and_showing_it_again_changes_no_row(people: Desk, side: str, group: bool) -> None:
    before = people.snapshot()
    for hidden in (True, False):
        hide(people, side, hidden=hidden, group=group)
        done = people.sync()
        assert (bool(done), done.written, list(done.remarks)) == (False, False, [])
        assert people.snapshot() == before
        assert is_hidden(people, side) is hidden


@pytest.mark.parametrize("change", [hide, move_to_front], ids=["hidden", "at the front"])
@pytest.mark.parametrize("side", SIDES)
def test_edits_of_every_kind_arrive_while_the_id_column_is_elsewhere(
    people: Desk, side: str, change: Callable[[Desk, str], None]
) -> None:
    ids, hidden = people.ids("left"), change is hide
    here, there = where(people, side), where(people, SIDES[1 - SIDES.index(side)])
    change(people, side)
    append(people, here, "m90")
    people.edit(there, 1, "Hours")
    people.edit(here, 2, "State")
    gone = delete(people, there, 3)
    done = people.sync()
    assert not (done.stopped or done.conflicts)
    assert people.table("left") == people.table(people.target)
    assert people.ids("left") == people.ids(people.target)
    assert {mark: people.ids("left").get(mark) for mark in ids} == {**ids, gone: None}
    assert people.ids("left")["m90"]
    assert is_hidden(people, side) is hidden
    assert not people.sync().written


@pytest.mark.parametrize("side", SIDES)
def test_a_hidden_id_column_that_is_moved_and_shown_keeps_every_id(people: Desk, side: str) -> None:
    ids = people.ids("left")
    hide(people, side)
    people.sync()
    move_to_front(people, side)
    people.edit(where(people, side), 4, "State")
    people.sync()
    hide(people, side, hidden=False)
    people.edit(where(people, side), 5, "Hours")
    people.sync()
    assert people.ids("left") == people.ids(people.target) == ids
    assert people.table("left") == people.table(people.target)
    head = people.lines(where(people, side))[0]
    assert head == [ID_HEADER, *(name for name in HEAD if name != ID_HEADER)]


@pytest.mark.parametrize("side", SIDES)
def test_ids_that_stay_behind_when_only_what_is_visible_is_sorted_or_typed_over_are_put_back(
    people: Desk, side: str
) -> None:
    """Two rows are exchanged without their hidden ids, as by cutting and pasting what is to be seen."""
    ids, here = people.ids("left"), where(people, side)
    hide(people, side)
    head, *lines = people.lines(here)
    at = head.index(ID_HEADER)
    lines[1][:at], lines[3][:at] = lines[3][:at], lines[1][:at]
    people.put(here, [head, *lines])
    before = people.snapshot()
    done = people.sync()
    if done.stopped:
        assert people.snapshot() == before
        done = people.sync(force=True)
    assert done.remarks
    assert people.ids(here) == ids
    assert people.ids("left") == people.ids(people.target)
    assert is_hidden(people, side)


def append(people: Desk, here: str, mark: str) -> None:
    """Somebody types a row at the end, and sees no id column."""
    head, *lines = people.lines(here)
    row = {"Entry": f"{mark}.1", "Who": "s1", "Hours": f"{mark}.2", "Mark": mark}
    people.put(here, [head, *lines, [row.get(name) for name in head]])


def delete(people: Desk, here: str, row: int) -> str:
    """Somebody clears all that is to be seen of a row, and the id, which she does not see, with it."""
    head, *lines = people.lines(here)
    gone = str(lines[row][head.index("Mark")])
    lines[row] = [None] * len(head)
    people.put(here, [head, *lines])
    return gone

"""Formulas that people typed: never written over, never lost unseen, and never rows of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desks import Desk
from google_school import google_school
from story_books import CalculatingBook, Formula
from sync_people import SHEET, FileAndSheet, Files, trackers_read_once

from addin.actions.messages import synced
from addin.actions.sync.undo import undo

__all__ = ("trackers_read_once",)  # a fixture of every test here

HEAD = ["Entry", "Who", "Hours", "State", "IBT id"]
LINK = 'name="a"\ntarget="gsheet:a"\ntracker="log"'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Six entries, shared with one sheet, synced once."""
    rows = [[f"e{n}", "s1", f"h{n}", f"st{n}", None] for n in range(1, 7)]
    made = Desk(tmp_path, {"Log": [HEAD, *rows]}, {"gsheet:a": {"Log": [HEAD]}}, [LINK])
    for target in made.books:
        book = CalculatingBook({"Log": made.books[target]._cells["Log"]})
        book.folder = tmp_path
        made.books[target] = book
    made.run()
    return made


def put(desk: Desk, target: str, row: int, column: int, value: Any) -> None:
    desk.books[target]._cells["Log"][row - 1][column - 1] = value


def entries(desk: Desk, target: str) -> list[Any]:
    return [row[0] for row in desk.rows(target, "Log")]


@pytest.mark.parametrize(("mine", "theirs"), [("excel:left", "gsheet:a"), ("gsheet:a", "excel:left")])
def test_a_row_deleted_while_a_formula_was_typed_into_it_is_a_conflict(desk: Desk, mine: str, theirs: str) -> None:
    put(desk, mine, 3, 4, Formula("now a formula"))
    del desk.books[theirs]._cells["Log"][2]
    done = desk.run()
    assert [(one.row_name, one.column_name) for one in done.conflicts] == [("e2", "(whole row)")]
    assert "a formula" in " ".join(synced(done, dry_run=False))
    assert "e2" in entries(desk, mine)
    assert [one.row_name for one in desk.run().conflicts] == ["e2"]  # it stays one until somebody decides


def test_a_formula_that_was_there_before_is_no_edit_of_the_deleted_row(desk: Desk) -> None:
    put(desk, "excel:left", 3, 4, Formula("a formula"))
    desk.run()
    put(desk, "excel:left", 3, 4, Formula("a formula"))
    del desk.books["gsheet:a"]._cells["Log"][2]
    assert not desk.run().conflicts
    assert entries(desk, "excel:left") == entries(desk, "gsheet:a") == ["e1", "e3", "e4", "e5", "e6"]


def test_another_formula_in_the_deleted_row_is_an_edit_and_one_that_only_moved_is_none(desk: Desk) -> None:
    class Sum(Formula):
        @property
        def text(self) -> str:
            return f"SUM(C{self.split()[-1]}:C9)"

    for row in (3, 4):
        put(desk, "excel:left", row, 4, Sum(f"row {row}"))
    desk.run()
    left = desk.books["excel:left"]._cells["Log"]
    left.insert(1, ["e0", "s1", "h0", "st0", None])
    left[3][3], left[4][3] = Sum("row 4"), Formula("another")
    gone = desk.books["gsheet:a"]._cells["Log"]
    del gone[2:4]
    done = desk.run(force=True)
    assert [one.row_name for one in done.conflicts] == ["e3"]
    assert entries(desk, "excel:left") == ["e0", "e1", "e3", "e4", "e5", "e6"]


@pytest.mark.parametrize("side", ["left", "Team.xlsx"])
def test_a_column_of_formulas_makes_no_row_of_a_deleted_one(tmp_path: Path, side: str) -> None:
    """A closed workbook cannot remove a row: what is left in it must not count as one."""
    from openpyxl import load_workbook

    people = Files(tmp_path / "school", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    book = load_workbook(people.books[side])
    for row in range(2, 8):
        book[SHEET][f"D{row}"] = "=1+1"
    book.save(people.books[side])
    people.sync()
    gone = people.delete("Team.xlsx" if side == "left" else "left", 2)
    people.sync()
    assert gone not in people.table(side)
    assert load_workbook(people.books[side])[SHEET]["D4"].value is None
    again = people.sync()
    assert (bool(again), again.written) == (False, False)


def test_undo_puts_a_row_between_others_on_google_where_there_are_formulas_below(tmp_path: Path) -> None:
    with google_school(tmp_path) as school:
        people = FileAndSheet(tmp_path / "school", ['name="all"\ntarget="{target}"\ntracker="log"'], school)
        people.sync()
        target = people.target
        school.teacher.set_cell(school.key, f"{SHEET}!D6", '="m"&"16.late"')
        people.sync()
        before, formula = people.lines(target), school.teacher._sheets
        people.delete("left", 1)
        people.delete("left", 0)
        people.sync(force=True)
        assert len(people.lines(target)) == len(before) - 2
        undo(str(people.books["left"]), open_=people.open)
        assert people.lines(target) == before
        shown = formula("GET", f"{school.key}/values/{SHEET}!D6", None, {"valueRenderOption": ["FORMULA"]})
        assert shown["values"] == [['="m"&"16.late"']]


def test_a_row_that_comes_in_is_calculated_where_one_formula_fills_a_column_and_nowhere_else(tmp_path: Path) -> None:
    """Two formulas of their own below each other, such as ="seen" and ="late", are not what the next row holds."""
    with google_school(tmp_path) as school:
        people = FileAndSheet(tmp_path / "school", ['name="all"\ntarget="{target}"\ntracker="log"'], school)
        people.sync()
        target = people.target
        school.teacher.set_cell(school.key, f"{SHEET}!G1", "Remark")
        school.teacher.set_cell(school.key, f"{SHEET}!H1", "Length")
        for row in range(2, 8):
            school.teacher.set_cell(school.key, f"{SHEET}!G{row}", f'="C{row}"&"m{row}"')
            school.teacher.set_cell(school.key, f"{SHEET}!H{row}", f"=LEN(A{row})")
        school.teacher.set_cell(school.key, f"{SHEET}!G4", "")
        people.sync()
        before = people.lines(target)
        people.insert("left", 99, "s1")
        people.delete("left", 2)
        people.sync()
        assert people.lines(target)[-1][6:] == [None, "6"]
        undo(str(people.books["left"]), open_=people.open)
        assert people.lines(target) == before

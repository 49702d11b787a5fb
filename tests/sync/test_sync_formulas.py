"""Formulas that people typed: never written over, never lost unseen, and never rows of their own."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
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


def test_undo_brings_the_formula_of_a_deleted_row_back_as_a_formula(desk: Desk) -> None:
    put(desk, "gsheet:a", 3, 4, Formula("late"))
    desk.run()
    del desk.books["excel:left"]._cells["Log"][2]
    desk.run()
    assert "e2" not in entries(desk, "gsheet:a")
    undo("excel:left", open_=desk.books.__getitem__)
    row = desk.rows("gsheet:a", "Log")[1]
    assert row[0] == "e2"
    assert isinstance(desk.books["gsheet:a"]._cells["Log"][2][3], Formula)
    assert desk.books["gsheet:a"].read(["Log"])["Log"].formulas == {(3, 4): '"late"&""'}


@pytest.mark.parametrize("between", [[None] * 5 + [Formula("a sum")], [*HEAD, "Note"]], ids=["formula", "headers"])
def test_undo_puts_no_row_over_what_is_alone_between_the_rows(desk: Desk, between: list[Any]) -> None:
    """Where rows cannot be put between others, a row goes into a blank one; this one only looks blank."""
    left = desk.books["excel:left"]
    left.inserts_rows = False  # type: ignore[attr-defined]
    lines = left._cells["Log"]
    lines[0] = [*HEAD, "Note"]
    lines.insert(4, list(between))
    desk.run()
    del desk.books["gsheet:a"]._cells["Log"][3]
    desk.run()
    assert "e3" not in entries(desk, "excel:left")
    undo("excel:left", open_=desk.books.__getitem__)
    assert left._cells["Log"].count(between) == (2 if between[0] else 1)
    rows = [entry for entry in entries(desk, "excel:left") if entry and entry != "Entry"]
    assert rows == ["e1", "e2", "e3", "e4", "e5", "e6"]


class ClosedBook(CalculatingBook):
    """A book that cannot remove a row, as a closed workbook: it empties the constants."""

    def _drop(self, sheet: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            line = self._cells[sheet][number - 1]
            line[:] = [value if isinstance(value, Formula) else None for value in line]


def test_undo_puts_a_row_where_the_formula_is_that_it_left_behind(desk: Desk) -> None:
    """Formulas that fill a column of a person's own stay where a row is deleted; each may be another one."""
    head, *rows = desk.books["gsheet:a"]._cells["Log"]
    sums = [[*row, Formula(f"sum {n}")] for n, row in enumerate(rows, 1)]
    desk.books["gsheet:a"] = book = ClosedBook({"Log": [[*head, "Sum"], *sums]})
    book.inserts_rows = False
    desk.run()
    del desk.books["excel:left"]._cells["Log"][2]
    desk.run()
    before = deepcopy(book._cells)
    assert before["Log"][2] == [None] * 5 + ["sum 2"]
    del desk.books["excel:left"]._cells["Log"][2]
    desk.run()
    undo("excel:left", open_=desk.books.__getitem__)
    assert book._cells == before


def test_undo_leaves_a_row_that_came_in_and_got_a_formula_since(desk: Desk) -> None:
    desk.books["excel:left"]._cells["Log"].append(["e7", "s1", "h7", "st7", None])
    desk.run()
    put(desk, "gsheet:a", 8, 3, Formula("h7 and more"))
    done = undo("excel:left", open_=desk.books.__getitem__)
    assert [entry.row for entry in done.changed if entry.side == "right"] != []
    assert "e7" in entries(desk, "gsheet:a")


def test_undo_on_google_brings_back_formulas_that_read_their_own_row(tmp_path: Path) -> None:
    with google_school(tmp_path) as school:
        people = FileAndSheet(tmp_path / "school", ['name="all"\ntarget="{target}"\ntracker="log"'], school)
        people.sync()
        for row in (3, 4):
            school.teacher.set_cell(school.key, f"{SHEET}!D{row}", f'=A{row}&"{".late" * (row - 2)}"')
        people.sync()
        before = people.lines(people.target)
        people.delete("left", 1)
        people.delete("left", 1)
        people.sync(force=True)
        assert len(people.lines(people.target)) == len(before) - 2
        undo(str(people.books["left"]), open_=people.open)
        assert people.lines(people.target) == before
        shown = school.teacher._sheets(
            "GET", f"{school.key}/values/{SHEET}!D3:D4", None, {"valueRenderOption": ["FORMULA"]}
        )
        assert shown["values"] == [['=A3&".late"'], ['=A4&".late.late"']]


def test_undo_in_a_closed_workbook_brings_back_the_formula_of_its_row(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    people = Files(tmp_path / "school", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    book = load_workbook(people.books["left"])
    book[SHEET]["D4"] = '=A4&"<late>"'
    book.save(people.books["left"])
    people.sync()
    gone = people.delete("Team.xlsx", 2)
    people.sync()
    assert gone not in people.table("left")
    undo(str(people.books["left"]))
    assert gone in people.table("left")
    assert load_workbook(people.books["left"])[SHEET]["D4"].value == '=A4&"<late>"'


def test_a_formula_in_one_shared_sheet_makes_no_edit_of_a_row_that_only_another_one_has(tmp_path: Path) -> None:
    links = [
        f'name="{name}"\ntarget="gsheet:{name}"\ntracker="log"\nonly={{"who.adviser"="{name.title()}"}}'
        for name in ("kim", "lee")
    ]
    people = [["Code", "Adviser", "IBT id"], ["s1", "Kim"], ["s2", "Lee"]]
    rows = [[f"e{n}", f"s{1 + n % 2}", f"h{n}", f"st{n}", None] for n in range(1, 7)]
    shared = {f"gsheet:{name}": {"Log": [[*HEAD, "Remark"]]} for name in ("kim", "lee")}
    made = Desk(tmp_path, {"People": people, "Log": [HEAD, *rows]}, shared, links)
    lee = CalculatingBook({"Log": made.books["gsheet:lee"]._cells["Log"]})
    made.books["gsheet:lee"] = lee
    made.run()
    lee._cells["Log"][1].append(Formula("seen"))
    kim = made.books["gsheet:kim"]._cells["Log"]
    kim.append(["e9", "s1", "h9", "st9", None, None])
    made.run()
    assert "e9" in entries(made, "excel:left")
    del kim[-1]
    assert not made.run().conflicts
    assert "e9" not in entries(made, "excel:left")


@pytest.mark.parametrize(
    ("formula_on", "decision", "value", "other"),
    [("excel:left", "theirs", None, "mine"), ("gsheet:a", "mine", None, "theirs"), ("excel:left", None, "h77", "mine")],
)
def test_a_decision_that_would_overwrite_a_formula_is_answered_and_waits(
    desk: Desk, formula_on: str, decision: str | None, value: str | None, other: str
) -> None:
    typed_on = "gsheet:a" if formula_on == "excel:left" else "excel:left"
    put(desk, formula_on, 3, 3, Formula("calculated"))
    put(desk, typed_on, 3, 3, "typed")
    desk.run()

    def decide(word: str | None, another: str | None) -> Any:
        head, line, *_ = desk.books["excel:left"]._cells["Conflicts"]
        for name, said in (("Decision", word), ("Another value", another)):
            line.extend([None] * (len(head) - len(line)))
            line[head.index(name)] = said
        return desk.run()

    done = decide(decision, value)
    said = " ".join(synced(done, dry_run=False))
    assert "e2, Hours" in said
    assert "calculates this cell" in said
    assert '(="calculated"&"")' in said
    assert f"Type {value or 'typed'} over it" in said
    assert len(done.conflicts) == 1
    again = desk.run()
    assert "calculates this cell" in " ".join(synced(again, dry_run=False))
    assert not again.written
    settled = decide(other, None)
    assert not settled.conflicts
    assert [desk.rows(target, "Log")[1][2] for target in (typed_on, formula_on)] == ["calculated", "calculated"]
    assert isinstance(desk.books[formula_on]._cells["Log"][2][2], Formula)


def test_typing_over_the_formula_settles_the_decision_that_waited(desk: Desk) -> None:
    put(desk, "excel:left", 3, 3, Formula("calculated"))
    put(desk, "gsheet:a", 3, 3, "typed")
    desk.run()
    desk.books["excel:left"]._cells["Conflicts"][1][6] = "theirs"
    desk.run()
    put(desk, "excel:left", 3, 3, "typed")
    done = desk.run()
    assert not done.conflicts
    assert not done.remarks
    assert not desk.run().written


@pytest.mark.parametrize(
    ("kept", "gone", "take"), [("excel:left", "gsheet:a", "mine"), ("gsheet:a", "excel:left", "theirs")]
)
def test_a_deleted_row_comes_back_with_what_its_formula_gives_now(desk: Desk, kept: str, gone: str, take: str) -> None:
    put(desk, kept, 3, 4, Formula("calculated"))
    del desk.books[gone]._cells["Log"][2]
    desk.run()
    desk.books["excel:left"]._cells["Conflicts"][1][6] = take
    assert not desk.run().conflicts
    assert ["e2", "s1", "h2", "calculated"] in desk.rows(gone, "Log")
    assert isinstance(desk.books[kept]._cells["Log"][2][3], Formula)
    assert not desk.run().written

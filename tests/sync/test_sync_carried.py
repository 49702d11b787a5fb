"""Rows that a person cuts out of one adviser's sheet and pastes into another's are never lost, and never doubled."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import ID, Desk
from story_books import CalculatingBook, Formula
from sync_people import trackers_read_once

from addin.backends.memory import MemoryBook
from addin.core.book import Edits, Value
from addin.errors import BookProblem

__all__ = ("trackers_read_once",)  # a fixture of every test here

HEAD: list[Value] = ["Code", "Adviser", "Task", ID]
TRACKER = (
    'title="Tasks"\nsheet="Tasks"\nkey=["code"]\n[columns.code]\n[columns.adviser]\n[columns.task]\n'
    "[columns.note]\nprivate=true\n"
)
LEFT: list[Value] = ["Code", "Adviser", "Task", "Note", ID]
KIM, LEE = "gsheet:kim", "gsheet:lee"
LINKS = [
    f'name="{name.lower()}"\ntarget="{target}"\ntracker="tasks"\nonly={{adviser="{name}"}}'
    for name, target in (("Kim", KIM), ("Lee", LEE))
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Five rows of Kim's and two of Lee's, synced once."""
    monkeypatch.setattr("desks.TRACKERS", {"tasks": TRACKER})
    rows: list[list[Value]] = [[f"k{n}", "Kim", f"task {n}", f"note {n}", None] for n in range(1, 6)]
    rows += [[f"e{n}", "Lee", f"essay {n}", None, None] for n in (1, 2)]
    d = Desk(tmp_path, {"Tasks": [LEFT, *rows]}, {target: {"Tasks": [HEAD]} for target in (KIM, LEE)}, LINKS)
    d.run()
    return d


class Unreadable(dict[str, MemoryBook]):
    """Books of which the missing ones cannot be read now."""

    def __missing__(self, target: str) -> MemoryBook:
        raise BookProblem("not to be read.")


def carry(desk: Desk, row: int, source: str, to: str) -> None:
    line = desk.books[source].read(["Tasks"])["Tasks"].values[row - 1]
    desk.books[source].apply(Edits(drops={"Tasks": [row]}))
    desk.books[to].apply(Edits(rows={"Tasks": [dict(enumerate(line, 1))]}))


def codes(desk: Desk, target: str = "excel:left") -> list[str]:
    return sorted(str(row[0]) for row in desk.rows(target, "Tasks"))


@pytest.mark.parametrize(("source", "to"), [(KIM, LEE), (LEE, KIM)])
def test_a_row_taken_elsewhere_while_one_link_is_paused_is_lost_nowhere(desk: Desk, source: str, to: str) -> None:
    before = desk.rows("excel:left", "Tasks")
    carry(desk, 2, source, to)
    desk.books[KIM].apply(Edits(drops={"Tasks": [4, 5]}))
    assert list(desk.run().stopped) == ["kim"]
    left = [row for row in before if row[0] not in ("k3", "k4", "k5")]
    assert [row for row in desk.rows("excel:left", "Tasks") if row in left] == left
    assert not desk.run().written
    desk.run(force=True)
    assert [row for row in desk.rows("excel:left", "Tasks") if row in left] == left
    assert not desk.run().written
    assert not set(codes(desk, KIM)) & set(codes(desk, LEE))
    assert sorted([*codes(desk, KIM), *codes(desk, LEE)]) == codes(desk)


def test_a_row_taken_out_of_a_sheet_that_cannot_be_read_waits_where_it_is(desk: Desk) -> None:
    before = desk.rows("excel:left", "Tasks")
    carry(desk, 2, KIM, LEE)
    kim = desk.books.pop(KIM)
    readable = desk.books
    desk.books = Unreadable(readable)
    desk.run()
    desk.books = {**readable, KIM: kim}
    assert "k1" in codes(desk, LEE)
    desk.run()
    assert desk.rows("excel:left", "Tasks") == before
    assert codes(desk, KIM) == ["k1", "k2", "k3", "k4", "k5"]
    assert codes(desk, LEE) == ["e1", "e2"]


def test_a_copy_with_the_id_of_a_row_that_was_taken_elsewhere_is_another_row(desk: Desk) -> None:
    """Lee copies a row as a pattern for another, then cuts out the original and pastes it into Kim's sheet."""
    before = desk.rows("excel:left", "Tasks")
    line = desk.books[LEE].read(["Tasks"])["Tasks"].values[1]
    desk.books[LEE].apply(Edits(rows={"Tasks": [{1: "e9", 2: "Lee", 3: "another", 4: line[3]}]}))
    carry(desk, 2, LEE, KIM)
    done = desk.run()
    assert not done.conflicts
    assert desk.rows("excel:left", "Tasks") == [*before, ["e9", "Lee", "another", None]]
    assert codes(desk, LEE) == ["e1", "e2", "e9"]
    assert not desk.run().written


def test_a_copy_made_another_entry_that_was_taken_elsewhere_with_the_id_is_another_row(desk: Desk) -> None:
    """Lee copies a row as a pattern and pastes it into Kim's sheet; the original stays with Lee."""
    before = desk.rows("excel:left", "Tasks")
    line = desk.books[LEE].read(["Tasks"])["Tasks"].values[1]
    desk.books[KIM].apply(Edits(rows={"Tasks": [{1: "k9", 2: "Kim", 3: "another", 4: line[3]}]}))
    done = desk.run()
    assert not done.conflicts
    assert desk.rows("excel:left", "Tasks") == [*before, ["k9", "Kim", "another", None]]
    assert not desk.run().written


def test_a_row_taken_elsewhere_without_its_id_is_known_by_its_key(desk: Desk) -> None:
    before = desk.rows("excel:left", "Tasks")
    desk.books[KIM].apply(Edits(drops={"Tasks": [2]}))
    desk.books[LEE].apply(Edits(rows={"Tasks": [{1: "k1", 2: "Kim", 3: "task 1, edited"}]}))
    desk.run()
    before[0][2] = "task 1, edited"
    assert desk.rows("excel:left", "Tasks") == before  # with its private note, and at its place
    assert codes(desk, KIM) == ["k1", "k2", "k3", "k4", "k5"]
    assert not desk.run().written


def test_a_row_taken_elsewhere_and_given_another_id_there_is_known_by_its_key(desk: Desk) -> None:
    """As the script of a shared sheet does, which gives a new id to a row that is pasted."""
    before = desk.rows("excel:left", "Tasks")
    desk.books[KIM].apply(Edits(drops={"Tasks": [2]}))
    desk.books[LEE].apply(Edits(rows={"Tasks": [{1: "k1", 2: "Kim", 3: "task 1, edited", 4: "zzzz65"}]}))
    done = desk.run()
    before[0][2] = "task 1, edited"
    assert desk.rows("excel:left", "Tasks") == before  # with its private note, and at its place
    assert codes(desk, KIM) == ["k1", "k2", "k3", "k4", "k5"]
    assert not done.conflicts
    assert not desk.run().written


def test_a_row_without_a_key_that_was_taken_elsewhere_is_known_by_all_of_its_cells(desk: Desk) -> None:
    desk.put("excel:left", "Tasks", 2, 1, None)
    desk.run()
    before = desk.rows("excel:left", "Tasks")
    desk.books[KIM].apply(Edits(drops={"Tasks": [2]}))
    desk.books[LEE].apply(Edits(rows={"Tasks": [{2: "Kim", 3: "task 1", 4: "zzzz65"}]}))
    desk.run()
    assert desk.rows("excel:left", "Tasks") == before
    assert not desk.run().written


def test_a_new_row_of_another_key_is_not_the_one_that_was_deleted_elsewhere(desk: Desk) -> None:
    before = desk.rows("excel:left", "Tasks")
    desk.books[KIM].apply(Edits(drops={"Tasks": [2]}))
    desk.books[LEE].apply(Edits(rows={"Tasks": [{1: "e3", 2: "Lee", 3: "task 1", 4: "zzzz65"}]}))
    desk.run()
    assert desk.rows("excel:left", "Tasks") == [*before[1:], ["e3", "Lee", "task 1", None]]
    assert not desk.run().written


@pytest.mark.parametrize("new_id", [None, "zzzz65"])
def test_a_row_waits_under_another_id_until_the_sheet_that_it_comes_from_can_be_read(
    desk: Desk, new_id: str | None
) -> None:
    before = desk.rows("excel:left", "Tasks")
    kim = desk.books.pop(KIM)
    kim.apply(Edits(drops={"Tasks": [2]}))
    desk.books[LEE].apply(Edits(rows={"Tasks": [{1: "k1", 2: "Kim", 3: "task 1", 4: new_id}]}))
    readable = desk.books
    desk.books = Unreadable(readable)
    desk.run()
    assert desk.rows("excel:left", "Tasks") == before
    assert codes(desk, LEE) == ["e1", "e2", "k1"]
    desk.books = {**readable, KIM: kim}
    desk.run()
    assert desk.rows("excel:left", "Tasks") == before
    assert codes(desk, LEE) == ["e1", "e2"]
    assert codes(desk, KIM) == ["k1", "k2", "k3", "k4", "k5"]
    assert not desk.run().written


def test_a_row_that_is_pasted_where_it_is_already_is_asked_about(desk: Desk) -> None:
    """Kim cuts a row out of her own sheet and pastes it into the sheet of all, which has it: was it to be deleted?"""
    every = 'name="all"\ntarget="gsheet:all"\ntracker="tasks"'
    desk.books["gsheet:all"] = MemoryBook({"Tasks": [HEAD]})
    desk.link([*LINKS, every])
    desk.run()
    before = desk.rows("excel:left", "Tasks")
    desk.books[KIM].apply(Edits(drops={"Tasks": [2]}))
    desk.books["gsheet:all"].apply(Edits(rows={"Tasks": [{1: "k1", 2: "Kim", 3: "task 1", 4: "zzzz65"}]}))
    done = desk.run()
    assert [(one.link, one.row_name, one.column_name) for one in done.conflicts] == [("kim", "k1", "(whole row)")]
    assert [row for row in desk.rows("excel:left", "Tasks") if row in before] == before  # with its private note
    desk.put("excel:left", "Conflicts", 2, 7, "mine")
    assert not desk.run().conflicts
    assert "k1" in codes(desk, KIM)
    assert not desk.run().written


def test_a_row_that_may_be_the_one_that_was_deleted_elsewhere_is_asked_about(desk: Desk) -> None:
    """Cut out, pasted, given another id and another key at once: most of it is as it was."""
    before = desk.rows("excel:left", "Tasks")
    desk.books[KIM].apply(Edits(drops={"Tasks": [2]}))
    desk.books[LEE].apply(Edits(rows={"Tasks": [{1: "k1 b", 2: "Kim", 3: "task 1", 4: "zzzz65"}]}))
    done = desk.run()
    assert [(one.link, one.row_name, one.column_name) for one in done.conflicts] == [("kim", "k1", "(whole row)")]
    assert [row for row in desk.rows("excel:left", "Tasks") if row in before] == before  # with its private note
    desk.put("excel:left", "Conflicts", 2, 7, "theirs")
    assert not desk.run().conflicts
    assert codes(desk) == ["e1", "e2", "k1 b", "k2", "k3", "k4", "k5"]
    assert not desk.run().written


@pytest.mark.parametrize(("source", "to"), [(KIM, "excel:left"), ("excel:left", KIM)])
def test_a_row_that_is_cut_out_of_one_side_and_pasted_into_the_other_is_asked_about(
    desk: Desk, source: str, to: str
) -> None:
    before = desk.rows(to, "Tasks")
    line = desk.books[source].read(["Tasks"])["Tasks"].values[1]
    desk.books[source].apply(Edits(drops={"Tasks": [2]}))
    desk.books[to].apply(Edits(rows={"Tasks": [{n: line[n - 1] for n in (1, 2, 3)}]}))
    done = desk.run()
    assert [(one.row_name, one.column_name) for one in done.conflicts] == [("k1", "(whole row)")]
    assert [row for row in desk.rows(to, "Tasks") if row in before][: len(before)] == before


def test_a_row_goes_to_another_sheet_only_when_no_formula_keeps_an_edit_of_it_open(desk: Desk) -> None:
    left = CalculatingBook({"Tasks": desk.left._cells["Tasks"]})
    left.folder = desk.folder  # type: ignore[attr-defined]
    desk.books["excel:left"] = left
    left._cells["Tasks"][1][2] = Formula("task 1")
    desk.run()
    desk.put(KIM, "Tasks", 2, 2, "Lee")
    desk.put(KIM, "Tasks", 2, 3, "typed over")
    for _ in range(2):
        done = desk.run()
        assert [(one.link, one.row_name, one.conflict.right) for one in done.conflicts] == [("kim", "k1", "typed over")]
        assert desk.rows(KIM, "Tasks")[0] == ["k1", "Lee", "typed over"]
    assert not done.written


def test_a_row_that_both_sides_calculate_goes_to_the_other_sheet(desk: Desk) -> None:
    """Neither side takes what the other's formula gives, so it can never agree; it is no reason to stay."""
    for target, given in (("excel:left", "mine"), (KIM, "theirs")):
        book = CalculatingBook({"Tasks": desk.books[target]._cells["Tasks"]})
        book.folder = desk.folder  # type: ignore[attr-defined]
        desk.books[target] = book
        book._cells["Tasks"][1][2] = Formula(given)
    assert not desk.run().conflicts
    desk.put("excel:left", "Tasks", 2, 2, "Lee")
    done = desk.run()
    assert not done.conflicts and codes(desk, KIM) == ["k2", "k3", "k4", "k5"]
    assert codes(desk, LEE) == ["e1", "e2", "k1"] and not desk.run().written
    assert desk.rows(LEE, "Tasks")[-1] == ["k1", "Lee", "mine"]


def test_a_row_that_one_sheet_had_lost_is_pasted_there_while_its_copy_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody deletes it in a sheet of all rows, which waits for a decision; then it is copied in Kim's sheet, made
    another entry, and itself cut out and pasted into the sheet of all."""
    monkeypatch.setattr("desks.TRACKERS", {"tasks": TRACKER})
    everything = "gsheet:all"
    rows: list[list[Value]] = [[f"k{n}", "Kim", f"task {n}", None, None] for n in range(1, 4)]
    links = [LINKS[0], f'name="all"\ntarget="{everything}"\ntracker="tasks"']
    desk = Desk(tmp_path, {"Tasks": [LEFT, *rows]}, {target: {"Tasks": [HEAD]} for target in (KIM, everything)}, links)
    desk.run()
    line = desk.books[everything].read(["Tasks"])["Tasks"].values[1]
    desk.put("excel:left", "Tasks", 2, 4, "a private note")
    desk.books[everything].apply(Edits(drops={"Tasks": [2]}))
    assert [(one.link, one.row_name) for one in desk.run().conflicts] == [("all", "k1")]
    desk.put(KIM, "Tasks", 2, 1, "k9")
    desk.put(KIM, "Tasks", 2, 3, "copied, and another by now")
    desk.books[everything].apply(Edits(rows={"Tasks": [dict(enumerate(line, 1))]}))
    desk.run()
    tasks = {row[0]: row[2] for row in desk.rows("excel:left", "Tasks")}
    assert tasks["k1"] == "task 1" and tasks["k9"] == "copied, and another by now"
    assert {row[0] for row in desk.rows(everything, "Tasks")} >= {"k1", "k9"}


def test_a_row_taken_elsewhere_without_its_id_gets_it_back_from_its_copy(desk: Desk) -> None:
    """Kim makes a copy of it another entry, and pastes the row itself into Lee's sheet, where all ids are lost."""
    before = desk.rows("excel:left", "Tasks")
    line = desk.books[KIM].read(["Tasks"])["Tasks"].values[2]
    desk.put(KIM, "Tasks", 3, 1, "k9")
    desk.put(KIM, "Tasks", 3, 3, "copied, and another by now")
    desk.books[LEE].apply(Edits(rows={"Tasks": [dict(enumerate(line, 1))]}))
    for row in range(2, 5):
        desk.put(LEE, "Tasks", row, 4, None)
    for _ in range(2):
        assert not desk.run().conflicts
    rows = desk.rows("excel:left", "Tasks")
    assert rows[: len(before)] == before  # its place, and its private note
    assert rows[len(before) :] == [["k9", "Kim", "copied, and another by now", None]]
    assert codes(desk, LEE) == ["e1", "e2"] and codes(desk, KIM) == ["k1", "k2", "k3", "k4", "k5", "k9"]


def test_a_row_that_waited_in_one_sheet_is_pasted_back_there_from_one_that_is_paused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted in the sheet of all rows, which waits for a decision; then cut out of Kim's sheet, where so many rows are
    gone that it waits, too, and pasted into the sheet of all."""
    monkeypatch.setattr("desks.TRACKERS", {"tasks": TRACKER})
    everything = "gsheet:all"
    rows: list[list[Value]] = [[f"k{n}", "Kim", f"task {n}", None, None] for n in range(1, 4)]
    links = [LINKS[0], f'name="all"\ntarget="{everything}"\ntracker="tasks"']
    desk = Desk(tmp_path, {"Tasks": [LEFT, *rows]}, {target: {"Tasks": [HEAD]} for target in (KIM, everything)}, links)
    desk.run()
    line = desk.books[everything].read(["Tasks"])["Tasks"].values[1]
    desk.put("excel:left", "Tasks", 2, 4, "a private note")
    desk.books[everything].apply(Edits(drops={"Tasks": [2]}))
    assert [(one.link, one.row_name) for one in desk.run().conflicts] == [("all", "k1")]
    desk.books[KIM].apply(Edits(drops={"Tasks": [2, 3]}))
    desk.books[everything].apply(Edits(rows={"Tasks": [dict(enumerate(line, 1))]}))
    assert list(desk.run().stopped) == ["kim"]
    desk.run(force=True)
    assert ["k1", "Kim", "task 1", "a private note"] in desk.rows("excel:left", "Tasks")

"""People edit, insert, delete, sort and damage their sheets in any order, and syncs run between and under them: no edit
is lost, no value stands on another row, no conflict is silent, and all sheets come together."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sync_oracle as oracle
from google_school import School, google_school
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sync_bare import BarePeople
from sync_people import TYPED, Files, People, Shared, trackers_read_once
from xlsx_books import build

from addin.core.sync import Choice
from addin.core.sync.model import Take

PHASES = [Phase.generate, Phase.shrink] if os.environ.get("IB_TRACKERS_SHRINK") else [Phase.generate]
"""A sync takes 25 ms: shrinking a failure takes minutes, and is asked for."""
CI = bool(os.environ.get("CI"))
__all__ = ("trackers_read_once",)  # a fixture of every test here
ALL = 'name="all"\ntarget="{target}"\ntracker="log"'
KIM = 'name="Kim"\ntarget="gsheet:kim"\ntracker="log"\nonly={"who.adviser"="Kim"}'
LEE = 'name="Lee"\ntarget="gsheet:lee"\ntracker="log"\nonly={"who.adviser"="Lee"}'

numbers = st.integers(0, 7)
columns = st.sampled_from(TYPED)
Table = dict[str, dict[str, Any]]
students = st.sampled_from(["s1", "s2", "s3"])


def runs(cases: int, steps: int = 12) -> settings:
    return settings(
        max_examples=cases,
        stateful_step_count=steps,
        deadline=None,
        derandomize=CI,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=PHASES,
    )


class OneSheet(RuleBasedStateMachine):
    """A workbook and one shared sheet, held to the oracle after every sync."""

    remembers_own = True
    """Whether a sync remembers the columns that only one side has."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.p = self.people(Path(self.folder.name) / "school")
        self.base: dict[str, dict[str, Any]] = {}
        self.ids: dict[str, str] = {}
        self.p.sync()
        self.remember()

    def people(self, folder: Path) -> People:
        return People(folder, [ALL.format(target="gsheet:a")], ["gsheet:a"])

    def teardown(self) -> None:
        self.folder.cleanup()

    @property
    def sides(self) -> tuple[str, str]:
        return "left", next(name for name in self.p.books if name != "left")

    # ── people ──

    @rule(side=st.booleans(), row=numbers, column=columns)
    def edit(self, side: bool, row: int, column: str) -> None:
        if self.is_recognisable(self.sides[side], row, column):
            self.p.edit(self.sides[side], row, column)

    def is_recognisable(self, where: str, row: int, column: str) -> bool:
        """Whether the row can still be recognised after this edit: without its id and its key nobody could tell."""
        lines = self.p.lines(where)
        if column != "Entry" or len(lines) < 2:
            return True
        mark = lines[1 + row % (len(lines) - 1)][lines[0].index("Mark")]
        return bool(self.p.ids(where).get(mark))

    @rule(row=numbers, column=columns)
    def both_edit(self, row: int, column: str) -> None:
        for side in self.sides:
            if self.is_recognisable(side, row, column):
                self.p.edit(side, row, column)

    @rule(side=st.booleans(), row=numbers, column=st.sampled_from(["Hours", "State"]))
    def empty(self, side: bool, row: int, column: str) -> None:
        self.p.blank(self.sides[side], row, column)

    @rule(side=st.booleans(), row=numbers, who=students)
    def insert(self, side: bool, row: int, who: str) -> None:
        self.p.insert(self.sides[side], row, who)

    @rule(side=st.booleans(), row=numbers)
    def delete(self, side: bool, row: int) -> None:
        if len(self.p.lines(self.sides[side])) > 3:
            self.p.delete(self.sides[side], row)

    @rule(side=st.booleans(), column=columns, reverse=st.booleans())
    def sort(self, side: bool, column: str, reverse: bool) -> None:
        self.p.sort(self.sides[side], column, reverse)

    @rule(side=st.booleans(), by=st.integers(1, 5))
    def move_columns(self, side: bool, by: int) -> None:
        self.p.move_columns(self.sides[side], by)

    @rule(side=st.booleans())
    @precondition(lambda self: len(self.p.lines("left")[0]) < 9)
    def add_column(self, side: bool) -> None:
        self.p.add_column(self.sides[side])

    @rule(side=st.booleans(), row=numbers, column=columns)
    def lose_an_id(self, side: bool, row: int, column: str) -> None:
        """A row whose id was emptied is still that row, edited or not."""
        where = self.sides[side]
        lines = self.p.lines(where)
        known = [mark for mark, row_id in self.p.ids(where).items() if row_id and mark in self.base]
        mark = lines[1 + row % (len(lines) - 1)][lines[0].index("Mark")] if len(lines) > 1 else None
        if mark in known and self.p.table(where)[mark].get("Entry") == self.base[mark].get("Entry"):
            self.p.empty_id(where, row)
            if column != "Entry":
                self.p.edit(where, row, column)

    # ── syncs ──

    @rule()
    def sync(self) -> None:
        """What both sides hold afterwards is what the slow oracle says, and a second sync does nothing."""
        whole_left, whole_right = (self.p.table(side) for side in self.sides)
        both = oracle.columns(whole_left) & oracle.columns(whole_right)  # one's own column goes to nobody unasked
        before = self.p.snapshot()
        done = self.p.sync()
        if done.stopped:
            assert self.p.snapshot() == before
            done = self.p.sync(force=True)
        assert not done.stopped, done.stopped
        *wanted, clash = self.outcome(whole_left, whole_right, both)
        wanted_left, wanted_right = (only(table, both) for table in wanted)
        now_left, now_right = (only(self.p.table(side), both) for side in self.sides)
        for side, was in zip(self.sides, (whole_left, whole_right), strict=True):
            for mark, row in self.p.table(side).items():
                own = was.get(mark, {}).items() - dict.fromkeys(both).items()
                assert all(row[name] == value for name, value in own if name not in both)
        assert oracle.meant(now_left) == oracle.meant(wanted_left)
        assert oracle.meant(now_right) == oracle.meant(wanted_right)
        self.remember()
        marks = {row_id: mark for mark, row_id in self.ids.items()}
        assert {(marks[c.conflict.row], c.column_name) for c in done.conflicts} == {
            (mark, column or "(whole row)") for mark, column in clash
        }
        after = self.p.snapshot()
        again = self.p.sync()
        assert (bool(again), again.written, again.stopped) == (False, False, {})
        assert self.p.snapshot() == after

    def outcome(self, left: Table, right: Table, both: set[str]) -> tuple[Table, Table, set[Any]]:
        """What the oracle says. It sees the columns that only one side has, too: who deletes a row has not seen what
        was typed there, so that is a conflict."""
        base = self.base if self.remembers_own else only(self.base, both)
        seen = (left, right) if self.remembers_own else (only(left, both), only(right, both))
        return oracle.outcome(base, *seen)

    @rule(take=st.sampled_from(["mine", "theirs"]))
    def decide(self, take: str) -> None:
        """A person decides everything on the Conflicts sheet: then both sides hold the same."""
        self.sync()
        done = self.carry_out(take)
        if done is None:
            return
        assert not done.conflicts
        left, right = (self.p.table(side) for side in self.sides)
        both = oracle.columns(left) & oracle.columns(right)
        assert oracle.meant(only(left, both)) == oracle.meant(only(right, both))
        self.remember()

    def carry_out(self, take: str) -> Any:
        """Write the same decision into every line of the sheet, and sync; None where there is nothing to decide."""
        sheet = self.conflicts()
        if len(sheet) < 2:
            return None
        for line in sheet[1:-1]:
            line.extend([None] * (8 - len(line)))
            line[6] = take
        self.put_conflicts(sheet)
        return self.p.sync()

    def conflicts(self) -> list[list[Any]]:
        return [list(line) for line in self.p.books["left"]._cells.get("Conflicts", [])]

    def put_conflicts(self, sheet: list[list[Any]]) -> None:
        self.p.books["left"]._cells["Conflicts"] = sheet

    @rule(side=st.booleans(), moment=st.integers(2, 5), row=numbers, column=columns, kind=st.integers(0, 2))
    def sync_while_somebody_works(self, side: bool, moment: int, row: int, column: str, kind: int) -> None:
        """Somebody types, sorts or inserts between the reading and the writing: nothing they did is lost."""
        where, typed = self.sides[side], []
        book = self.p.books[where]
        if not hasattr(book, "between"):
            return

        def act() -> None:
            if kind == 0 and self.is_recognisable(where, row, column):
                typed.append(self.p.edit(where, row, column))
            elif kind == 1:
                self.p.sort(where, column, bool(row % 2))
            else:
                self.p.insert(where, row, "s1")

        book.between(moment, act)
        done = self.p.sync()
        book.act = None
        if done.stopped:
            self.p.sync(force=True)
        for mark, name, value in filter(None, typed):
            assert any(self.p.table(s).get(mark, {}).get(name) == value for s in self.sides), (mark, name, value)
        self.right_rows()
        self.p.sync()
        again = self.p.sync()
        assert (again.written, again.stopped) == (False, {})
        conflicts = again.conflicts
        both = oracle.columns(self.p.table(self.sides[0])) & oracle.columns(self.p.table(self.sides[1]))
        left, right = (oracle.meant(self.p.table(s)) for s in self.sides)
        ids = {row_id: mark for s in self.sides for mark, row_id in self.p.ids(s).items()}
        shown = {(ids[c.conflict.row], c.column_name) for c in conflicts}
        for mark in left.keys() | right.keys():
            for name in (left.get(mark, {}).keys() | right.get(mark, {}).keys()) & both:
                same = left.get(mark, {}).get(name) == right.get(mark, {}).get(name)
                assert same or {(mark, name), (mark, "(whole row)")} & shown
        self.remember()

    def right_rows(self) -> None:
        """Every value stands on the row it was typed into, and every row has the id it had."""
        for side in self.sides:
            for mark, row in self.p.table(side).items():
                for name, value in row.items():
                    assert name in ("Who", "Mark") or value is None or value.split(".")[0] == mark

    def remember(self) -> None:
        self.right_rows()
        left, right = (self.p.table(side) for side in self.sides)
        for side in self.sides:
            for mark, row_id in self.p.ids(side).items():
                assert row_id
                assert self.ids.setdefault(mark, row_id) == row_id, "a row got another id"
        base: dict[str, dict[str, Any]] = {}
        for mark in left.keys() | right.keys():
            mine, theirs, was = left.get(mark), right.get(mark), self.base.get(mark)
            if mine is None or theirs is None:
                assert was is not None
                base[mark] = was
                continue
            base[mark] = {**mine, **theirs} | {
                name: mine.get(name) if mine.get(name) == theirs.get(name) else (was or {}).get(name)
                for name in mine.keys() & theirs.keys()
            }
        self.base = base


def only(table: dict[str, dict[str, Any]], names: set[str]) -> dict[str, dict[str, Any]]:
    return {mark: {name: value for name, value in row.items() if name in names} for mark, row in table.items()}


class TwoBooks(OneSheet):
    """The same stories by the bare means, so that ten thousand of them can be told."""

    remembers_own = False

    def people(self, folder: Path) -> People:
        return BarePeople(rows=4)

    def carry_out(self, take: str) -> Any:
        choices = {(one.row, one.column): Choice(Take(take), one) for one in self.p.conflicts}  # type: ignore[attr-defined]
        return self.p.sync(choices=choices) if choices else None


class TwoFiles(OneSheet):
    """Two workbooks on disk."""

    def people(self, folder: Path) -> People:
        return Files(folder, [ALL.format(target="Team.xlsx")], ["Team.xlsx"])

    def conflicts(self) -> list[list[Any]]:
        return [list(line) for line in self.p.sheets("left").get("Conflicts", [])]  # type: ignore[attr-defined]

    def put_conflicts(self, sheet: list[list[Any]]) -> None:
        build(self.p.books["left"], {**self.p.sheets("left"), "Conflicts": sheet}, {})  # type: ignore[attr-defined]


class Advisers(RuleBasedStateMachine):
    """A workbook, a sheet for each of two advisers, and one with everything."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        targets = ["gsheet:kim", "gsheet:lee", "gsheet:a"]
        self.p = People(Path(self.folder.name) / "school", [KIM, LEE, ALL.format(target="gsheet:a")], targets)
        self.typed: list[tuple[str, str, str, Any]] = []
        self.ids: dict[str, str] = {}
        self.settle()

    def teardown(self) -> None:
        self.folder.cleanup()

    books = st.sampled_from(["left", "gsheet:kim", "gsheet:lee", "gsheet:a"])

    @rule(where=books, row=numbers, column=columns)
    def edit(self, where: str, row: int, column: str) -> None:
        if typed := self.p.edit(where, row, column):
            self.typed.append((where, *typed))

    @rule(where=books, row=numbers, who=students)
    def another_student(self, where: str, row: int, who: str) -> None:
        self.p.edit(where, row, "Who", who)

    @rule(row=st.integers(1, 3), adviser=st.sampled_from(["Kim", "Lee", None]))
    def another_adviser(self, row: int, adviser: str | None) -> None:
        self.p.books["left"]._cells["People"][row][2] = adviser

    @rule(where=books, row=numbers, who=st.sampled_from(["s1", "s2", "s3", "s9"]))
    def insert(self, where: str, row: int, who: str) -> None:
        self.p.insert(where, row, who)

    @rule(where=books, row=numbers)
    def delete(self, where: str, row: int) -> None:
        self.p.delete(where, row)

    @rule(where=books, column=columns)
    def sort(self, where: str, column: str) -> None:
        self.p.sort(where, column, False)

    @rule(there=st.booleans(), row=numbers, cut=st.booleans())
    def take_a_row_to_the_other_adviser(self, there: bool, row: int, cut: bool) -> None:
        one, other = ("gsheet:kim", "gsheet:lee") if there else ("gsheet:lee", "gsheet:kim")
        head, *lines = self.p.lines(one)
        _, *others = self.p.lines(other)
        if lines and lines[row % len(lines)][head.index("Mark")] not in self.p.table(other):
            line = lines[row % len(lines)]
            self.p.put(other, [head, *others, line])
            if cut:
                self.p.put(one, [head, *(one_ for one_ in lines if one_ is not line)])

    @rule()
    def settle(self) -> None:
        """After a few syncs nothing is left to do: every typed value is somewhere to be seen, each adviser has their
        own rows, and whatever is not the same everywhere is shown as a conflict."""
        there = {
            (w, mark, name): v for w in self.p.books for mark, row in self.p.table(w).items() for name, v in row.items()
        }
        typed = [
            (mark, name, value) for where, mark, name, value in self.typed if there.get((where, mark, name)) == value
        ]
        for turn in range(6):  # noqa: B007 (read after the loop)
            done = self.p.sync()
            if done.stopped:
                done = self.p.sync(force=True)
            now = {
                (mark, name, v)
                for w in self.p.books
                for mark, row in self.p.table(w).items()
                for name, v in row.items()
            }
            assert [one for one in typed if one not in now] == []
            if not done.written and not done.stopped:
                break
        assert turn <= 3, "it does not come to rest"
        self.typed = []
        self.each_has_their_own(done.conflicts)

    def each_has_their_own(self, conflicts: list[Any]) -> None:
        left = self.p.table("left")
        advisers = {row[0]: row[2] for row in self.p.books["left"]._cells["People"][1:]}
        ids = {row_id: mark for w in self.p.books for mark, row_id in self.p.ids(w).items()}
        for where in self.p.books:
            for mark, row_id in self.p.ids(where).items():
                assert self.ids.setdefault(mark, row_id) == row_id
            shown = {(ids[c.conflict.row], c.column_name) for c in conflicts if c.link == LINKS.get(where)}
            for mark, row in self.p.table(where).items():
                assert all(n in ("Who", "Mark") or v is None or v.split(".")[0] == mark for n, v in row.items())
                for name, value in row.items() if (mark, "(whole row)") not in shown else ():
                    assert left[mark].get(name) == value or (mark, name) in shown
                adviser = advisers.get(left[mark]["Who"]) if mark in left else None
                if where in ADVISER and adviser and not any(place[0] == mark for place in shown):
                    assert adviser == ADVISER[where]
        for mark, row in left.items():
            for where, adviser in ADVISER.items():
                if advisers.get(row["Who"]) == adviser and not any(ids[c.conflict.row] == mark for c in conflicts):
                    assert mark in self.p.table(where)


LINKS = {"gsheet:kim": "Kim", "gsheet:lee": "Lee", "gsheet:a": "all"}
ADVISER = {"gsheet:kim": "Kim", "gsheet:lee": "Lee"}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("google")) as made:
        yield made


@pytest.mark.timeout(900)
def test_two_books_by_the_bare_means() -> None:
    run_state_machine_as_test(TwoBooks, settings=runs(10_000 if CI else 100, steps=6))


def test_a_workbook_and_a_shared_sheet() -> None:
    run_state_machine_as_test(OneSheet, settings=runs(150 if CI else 8))


def test_two_workbooks_on_disk() -> None:
    run_state_machine_as_test(TwoFiles, settings=runs(20 if CI else 3, steps=8))


def test_a_workbook_and_a_sheet_at_the_stand_in(school: School) -> None:
    class AtGoogle(OneSheet):
        def people(self, folder: Path) -> People:
            return Shared(folder, [ALL], school)

    run_state_machine_as_test(AtGoogle, settings=runs(20 if CI else 3, steps=8))


def test_advisers_with_a_sheet_each() -> None:
    run_state_machine_as_test(Advisers, settings=runs(100 if CI else 8))

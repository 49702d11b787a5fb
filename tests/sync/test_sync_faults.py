"""Whatever breaks, and whoever types, in the middle of a sync: both sides stay whole, the next run comes to the same
end, nothing is lost and nothing is there twice. And what a sync costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sync_kills
from google_school import HASTY, School, google_school
from sync_people import HEAD, PEOPLE, SHEET, Files, HookedBook, People, Shared, trackers_read_once

from addin.actions.sync.run import sync
from addin.backends.gsheets import GoogleBook
from addin.core.book import Edits
from addin.errors import Problem
from addin.google.client import CarefulClient
from addin.workspace.state import State

CI = bool(os.environ.get("CI"))
__all__ = ("trackers_read_once",)  # a fixture of every test here
ALL = 'name="all"\ntarget="{target}"\ntracker="log"'
QUOTA = 60  # reads, and writes, a minute: "Usage limits" of the Sheets API


class Crash(BaseException):
    """The process is gone."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("google")) as made:
        yield made


def at_work(people: People) -> tuple[Any, ...]:
    """Both people have worked since the last sync; gives what they typed."""
    people.sync()
    left, right = people.books
    typed = [
        people.edit(left, 0, "Hours"),
        people.edit(right, 1, "State"),
        people.edit(left, 2, "Hours"),
        people.edit(right, 2, "Hours"),
    ]
    people.insert(left, 9, "s1")
    people.insert(right, 9, "s2")
    people.delete(right, 4)
    return tuple(typed)


def end(people: People) -> list[Any]:
    """What stands on both sides once nothing is left to do."""
    people.sync()
    again = people.sync()
    assert (again.written, again.stopped, len(again.conflicts)) == (False, {}, 1)
    return sync_kills.after(people)


# ruff: noqa: T201 - the numbers of steps and runs are printed, as the acceptance asks


def test_a_crash_at_any_step_in_memory_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every write of a book and every transaction of the memory, right before and right after it is carried out."""
    apply, transaction = HookedBook.apply, State.transaction
    wanted, steps, number = None, 1, 0
    while number <= steps:
        people = People(tmp_path / str(number), [ALL.format(target="gsheet:a")], ["gsheet:a"])
        at_work(people)
        count = 0

        def step(number: int = number) -> None:
            nonlocal count
            count += 1
            if count == number:
                raise Crash

        def crashing_apply(self: HookedBook, edits: Edits, step: Callable[[], None] = step) -> None:
            step()
            apply(self, edits)
            step()

        class Transaction:
            def __init__(self, state: State) -> None:
                self.inner = transaction(state)

            def __enter__(self, step: Callable[[], None] = step) -> Any:
                step()
                return self.inner.__enter__()

            def __exit__(self, *error: Any, step: Callable[[], None] = step) -> Any:
                self.inner.__exit__(*error)
                if not error[0]:
                    step()

        with monkeypatch.context() as patch:
            patch.setattr(HookedBook, "apply", crashing_apply)
            patch.setattr(State, "transaction", lambda self, made=Transaction: made(self))
            try:
                people.sync()
            except Crash:
                pass
            steps = max(steps, count)
        found = end(people)
        wanted = wanted or found
        assert found == wanted, f"step {number}"
        number += 1
    with capsys.disabled():
        print(f"\ncrashes in memory: {steps} steps, {number - 1} runs")
    assert steps >= 12


def test_a_process_killed_at_any_step_leaves_both_sides_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """kill -9 at each file operation, each statement to the memory and both ends of each request (every fifth at a
    desk): two workbooks on disk, and a workbook with a sheet at the stand-in."""
    if not hasattr(os, "fork"):
        pytest.skip("needs a system that can fork")
    program = Path(sync_kills.__file__)
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), "1" if CI else "5"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    messages = json.loads(done.stdout)
    with capsys.disabled():
        for sides, n in messages.items():
            print(f"\nkill -9, {sides}: {n['steps']} steps ({n['requests']} requests), {n['killed']} runs killed")
    assert [n["wrong"] for n in messages.values()] == [0, 0], done.stderr
    assert [n["requests"] >= least for n, least in zip(messages.values(), (0, 4), strict=True)] == [True, True]
    for n in messages.values():
        assert n["steps"] > 50
        assert n["killed"] >= n["steps"] // (1 if CI else 6)


FAULTS: dict[str, Callable[..., None]] = {
    "not there": lambda faults, **on: faults.unavailable(**on),
    "answer lost": lambda faults, **on: faults.unavailable(**on, after=True),
    "cut": lambda faults, **on: faults.reset(**on),
    "cut after": lambda faults, **on: faults.reset(**on, after=True),
    "page of HTML": lambda faults, **on: faults.bad_gateway(**on),
    "signed out": lambda faults, **on: faults.revoke(**on),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_request_to_google_may_fail_before_and_after_it_was_carried_out(
    school: School, tmp_path: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, so that the program tries again; and for good, so that it gives up and the next run makes it good."""
    wanted, requests, ran = None, 1, 0
    for lasting in (False, True):
        number = 0
        while number <= requests:
            people = Shared(tmp_path / f"{lasting}{number}", [ALL], school)
            at_work(people)
            seen = 0

            def due(call: Any, number: int = number, lasting: bool = lasting) -> bool:
                nonlocal seen
                if call.kind not in ("read", "write"):
                    return False
                seen += 1
                return number > 0 and (seen >= number if lasting else seen == number)

            FAULTS[fault](school.google.faults, on=due, times=None)
            try:
                people.sync()
            except Problem:
                pass
            school.google.faults.clear()
            requests = max(requests, seen) if number == 0 else requests
            found = end(people)
            wanted = wanted or found
            assert found == wanted, f"request {number}"
            ran, number = ran + 1, number + 1
    with capsys.disabled():
        print(f"\n{fault}: {requests} requests, {ran} runs")
    assert requests >= 3


def moments(  # noqa: C901 (one round is read from top to bottom)
    people: People, right: str, random: Random, runs: int, between: Callable[[Callable[[], None]], Any]
) -> int:
    """So often a teacher does something at a random moment of a running sync; the number of wrong cells."""
    wrong = 0
    for _ in range(runs):
        while len(people.table("left")) < 7:
            people.insert("left", 9, "s1")
        head, *lines = people.lines(right)
        people.put(right, [head, *(line for line in lines if any(line))])  # the blank rows of earlier rounds go
        typed = [people.edit("left", random.randrange(9), "Hours")]

        def act(typed: list[Any] = typed) -> None:
            what = random.randrange(4)
            if what == 0:
                typed.append(people.edit(right, random.randrange(9), random.choice(["State", "Entry"])))
            elif what == 1:
                people.insert_blank(right, random.randrange(9))
            elif what == 2:
                people.sort(right, random.choice(["Hours", "State", "Entry"]), random.random() < 0.5)
            elif len(people.table(right)) > 5:
                people.delete(right, random.randrange(9))

        between(act)
        done = people.sync()
        if done.stopped:
            done = people.sync(force=True)
        done = people.sync()
        marks = {row_id: mark for where in people.books for mark, row_id in people.ids(where).items()}
        shown = {(marks[c.conflict.row], c.column_name) for c in done.conflicts}
        tables = [people.table(where) for where in people.books]
        for table in tables:
            wrong += sum(
                v is not None and n not in ("Who", "Mark") and v.split(".")[0] != mark
                for mark, row in table.items()
                for n, v in row.items()
            )
        for mark, name, value in filter(None, typed):
            held = [t[mark].get(name) for t in tables if mark in t]
            wrong += bool(held) and value not in held
        for mark in tables[0].keys() | tables[1].keys():
            if (mark, "(whole row)") not in shown:
                names = [n for n in HEAD[:-1] if (mark, n) not in shown]
                wrong += [tables[0].get(mark, {}).get(n) for n in names] != [
                    tables[1].get(mark, {}).get(n) for n in names
                ]
        settle(people, done.conflicts)
    return wrong


def settle(people: People, conflicts: list[Any]) -> None:
    """Somebody decides, so that the next round begins with a clean sheet."""
    if conflicts:
        for line in people.books["left"]._cells["Conflicts"][1:-1]:
            line.extend([None] * (8 - len(line)))
            line[6] = "theirs"
        people.sync()


def test_a_teacher_at_random_moments_at_the_stand_in(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Right before the guarded read, right before the write, and before a request of a second try."""
    people = Shared(tmp_path / "s", [ALL], school)
    people.sync()
    random, runs = Random(11), 500 if CI else 25

    def between(act: Callable[[], None]) -> None:
        number, seen = random.choice([2, 2, 3, 3, 3, 4]), 0

        def due(call: Any) -> bool:
            nonlocal seen
            seen += call.kind in ("read", "write")
            return seen == number and call.kind in ("read", "write")

        school.google.faults.clear()
        school.google.faults.between(act, on=due)

    wrong = moments(people, people.target, random, runs, between)
    with capsys.disabled():
        print(f"\nat the stand-in: {runs} random moments, {wrong} wrong cells")
    assert wrong == 0


def test_a_teacher_at_random_moments_in_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = People(tmp_path / "s", [ALL.format(target="gsheet:a")], ["gsheet:a"])
    people.sync()
    random, runs = Random(12), 500 if CI else 50
    book = people.books["gsheet:a"]
    wrong = moments(people, "gsheet:a", random, runs, lambda act: book.between(random.randrange(2, 4), act))
    with capsys.disabled():
        print(f"\nin memory: {runs} random moments, {wrong} wrong cells")
    assert wrong == 0


# ── what it costs ──


class Forty:
    """A workbook and 40 advisers, each with a spreadsheet of their own."""

    def __init__(self, school: School, folder: Path, count: int = 40) -> None:
        self.school, self.now = school, 0.0
        self.client = CarefulClient(
            school.session.credentials, school.session, policy=HASTY, clock=lambda: self.now, sleep=self.wait
        )
        self.keys = [school.fresh(**{SHEET: [list(HEAD)]}).key for _ in range(count)]
        links = [
            f'name="A{i}"\ntarget="gsheet:{key}"\ntracker="log"\nonly={{"who.adviser"="A{i}"}}'
            for i, key in enumerate(self.keys)
        ]
        self.people = People(folder, links, [], rows=0)
        book = self.people.books["left"]
        book._cells["People"] = [PEOPLE[0], *([f"s{i}", f"N{i}", f"A{i}"] for i in range(count))]
        book._cells[SHEET] = [list(HEAD), *(self.people.new_row(f"s{i % count}") for i in range(3 * count))]

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def sync(self) -> tuple[int, int, float]:
        """Reads, writes, and the seconds that the client waited for its quota; a minute lies between two syncs."""
        self.now, waited = self.now + 61, self.client.calls.waited

        def open_(target: str) -> Any:
            left = self.people.books["left"]
            return left if target == "excel:left" else GoogleBook.open(target, self.client)

        self.school.google.calls.clear()
        sync("excel:left", open_=open_, random=Random(1))
        return (*self.school.counted(), self.client.calls.waited - waited)


@pytest.mark.slow
def test_forty_advisers_cost_one_read_each_and_only_changed_sheets_are_written(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forty = Forty(school, tmp_path / "s")
    first = forty.sync()
    unchanged = forty.sync()
    for row in (1, 2, 3):
        forty.people.edit("left", row, "Hours")
    changed = forty.sync()
    with capsys.disabled():
        print(f"\n40 sheets, (reads, writes, s waited): first {first}, unchanged {unchanged}, three changed {changed}")
    assert (unchanged, changed) == ((40, 0, 0.0), (46, 3, 0.0))
    assert first[:2] == (120, 40)
    assert max(*unchanged, *changed) <= QUOTA


def test_an_unchanged_pair_costs_one_read_and_writes_no_file(school: School, tmp_path: Path) -> None:
    people = Shared(tmp_path / "s", [ALL], school)
    people.sync()
    people.sync()
    files = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    school.google.calls.clear()
    assert not people.sync().written
    assert school.counted() == (1, 0)
    assert files == {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()
    }


def test_an_unchanged_pair_of_files_is_not_written(tmp_path: Path) -> None:
    people = Files(tmp_path / "s", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert not people.sync().written
    assert files == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

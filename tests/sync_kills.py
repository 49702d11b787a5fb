"""A sync of two workbooks on disk, killed with SIGKILL at each of its steps: every file operation and every statement
to its memory. A program of its own, because it forks: `python tests/sync_kills.py FOLDER EVERY` prints JSON.
"""

from __future__ import annotations

# ruff: noqa: T201 - it answers on standard output
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from sync_people import Files, People

from addin.actions.sync import sync
from addin.state import store

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.chown", "tempfile.mkstemp"}
LINK = 'name="all"\ntarget="Team.xlsx"\ntracker="log"'


def scenario(folder: Path) -> Files:
    """A synced pair on which both people have worked: edits, new rows, a deleted row, a conflict."""
    people = Files(folder, [LINK], ["Team.xlsx"])
    people.sync()
    people.edit("left", 0, "Hours")
    people.edit("Team.xlsx", 1, "State")
    people.edit("left", 2, "Hours")
    people.edit("Team.xlsx", 2, "Hours")
    people.insert("left", 9, "s1")
    people.insert("Team.xlsx", 9, "s2")
    people.delete("Team.xlsx", 4)
    return people


def counted(step: Callable[[], None]) -> None:
    """Let `step` be told of every file operation and every statement to the memory."""

    def told(event: str, details: tuple[Any, ...]) -> None:
        writing = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)
        if event in WRITES or writing:
            step()

    opened = store.opened

    def watched(path: Path) -> Any:
        db = opened(path)
        db.set_trace_callback(lambda statement: step())
        return db

    store.opened = watched
    sys.addaudithook(told)
    fsync, replace = os.fsync, os.replace
    os.fsync = lambda handle: (step(), fsync(handle))[1]
    os.replace = lambda *names: (step(), replace(*names), step())[1]


def in_a_child(work: Callable[[], None]) -> int:
    """The exit status of this work, done by a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def killed_at(number: int, folder: Path) -> Callable[[], None]:
    """A sync that is killed right before its step of this number; where it has fewer, it comes to its end."""

    def work() -> None:
        count = 0

        def step() -> None:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

        counted(step)
        sync(str(folder / "School.xlsx"), random=Random(3))
        (folder / "steps").write_text(str(count))

    return work


def after(people: People) -> list[Any]:
    """What stands on both sides, by mark; ids and order aside, but each id once and the same on both sides."""
    ids = [people.ids(where) for where in people.books]
    assert ids[0] == ids[1], ids
    assert len(set(ids[0].values())) == len(ids[0])
    lines = [sum(any(line) for line in people.lines(where)[1:]) for where in people.books]
    tables = [people.table(where) for where in people.books]
    assert lines == [len(table) for table in tables], "a row stands twice"
    return tables


def main(folder: Path, every: int) -> None:
    people = scenario(folder / "start")
    shutil.copytree(folder / "start", folder / "whole")
    assert in_a_child(killed_at(0, folder / "whole")) == 0
    steps = int((folder / "whole" / "steps").read_text())
    people.books = {"left": folder / "whole" / "School.xlsx", "Team.xlsx": folder / "whole" / "Team.xlsx"}
    wanted = after(people)
    killed = wrong = 0
    for number in range(1, steps + 1, every):
        place = folder / f"killed{number}"
        shutil.copytree(folder / "start", place)
        killed += os.WIFSIGNALED(in_a_child(killed_at(number, place)))
        people.books = {"left": place / "School.xlsx", "Team.xlsx": place / "Team.xlsx"}
        for where in people.books:
            people.sheets(where)  # both sides can be read
        sync(str(place / "School.xlsx"), random=Random(4))
        again = sync(str(place / "School.xlsx"), random=Random(5))
        if after(people) != wanted or again.written or len(again.conflicts) != 1:
            wrong += 1
            print(f"killed at step {number}: {after(people)} is not {wanted}", file=sys.stderr)
        shutil.rmtree(place)
    print(json.dumps({"steps": steps, "killed": killed, "wrong": wrong}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

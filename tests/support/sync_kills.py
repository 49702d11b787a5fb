"""A sync that is killed with SIGKILL at each of its steps: every file operation, every statement to its memory, and
every request to Google, before it is sent and once it has been carried out. Two workbooks on disk, and a workbook with
a sheet at the emulator. A program of its own, because it forks:
`python tests/support/sync_kills.py FOLDER EVERY` prints JSON.
"""

from __future__ import annotations

# ruff: noqa: T201 - it answers on standard output
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

import requests
from google.auth.transport.requests import AuthorizedSession
from google_school import HASTY, google_school
from sync_people import FileAndSheet, Files, People

from addin.actions.sync.run import sync
from addin.backends.gsheets import GoogleBook
from addin.backends.open import open_book
from addin.core.book import Book
from addin.google.client import CarefulClient
from addin.google.keys import read_key
from addin.google.sign_in import credentials
from addin.google_emulator.adapter import mount
from addin.workspace import tracker_files as trackers
from addin.workspace.state import store

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.chown", "tempfile.mkstemp"}
LINK = 'name="all"\ntarget="{target}"\ntracker="log"'
Google = tuple[str, str]
"""The emulator's address, and the key file to sign in with."""


def at_work(people: People) -> None:
    """Both people have worked since the last sync: edits, new rows, a deleted row, a conflict."""
    people.sync()
    left, right = people.books
    people.edit(left, 0, "Hours")
    people.edit(right, 1, "State")
    people.edit(left, 2, "Hours")
    people.edit(right, 2, "Hours")
    people.insert(left, 9, "s1")
    people.insert(right, 9, "s2")
    people.delete(right, 4)


# ── what is killed ──


def counted(step: Callable[[], None], requested: Callable[[], None]) -> None:
    """Let `step` be told of every file operation, every statement to the memory, and both ends of every request."""

    def messages(event: str, details: tuple[Any, ...]) -> None:
        writing = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)
        if event in WRITES or writing:
            step()

    opened = store.opened

    def watched(path: Path, *, check: bool = True) -> Any:
        db = opened(path, check=check)
        db.set_trace_callback(lambda statement: step())
        return db

    store.opened = watched
    sys.dont_write_bytecode = True
    sys.addaudithook(messages)
    fsync, replace, send = os.fsync, os.replace, requests.Session.send

    def sent(*request: Any, **more: Any) -> requests.Response:
        step()
        answer = send(*request, **more)
        requested()
        step()
        return answer

    os.fsync = lambda handle: (step(), fsync(handle))[1]  # type: ignore[assignment]
    os.replace = lambda *names: (step(), replace(*names), step())[1]
    requests.Session.send = sent


def by_way_of(google: Google) -> Callable[[str], Book]:
    """How a sync opens its books when Google is the emulator."""
    address, key = google
    session = AuthorizedSession(credentials(read_key(Path(key))))
    mount(session, address)
    client = CarefulClient(session.credentials, session, policy=HASTY)
    return lambda target: GoogleBook.open(target, client) if target.startswith("gsheet:") else open_book(target)


def killed_at(number: int, folder: Path, google: Google | None) -> None:
    """A sync that is killed right before its step of this number; where it has fewer, it comes to its end."""
    messages = {"steps": 0, "requests": 0}

    def step() -> None:
        messages["steps"] += 1
        if messages["steps"] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def requested() -> None:
        messages["requests"] += 1

    counted(step, requested)
    sync(str(folder / "School.xlsx"), random=Random(3), open_=by_way_of(google) if google else None)
    text = json.dumps(messages)
    (folder / "told.json").write_text(text)


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


def forks() -> Connection:
    """A process that forks others on demand; it is begun before any thread, because one with threads must not fork."""
    here, there = Pipe()
    if os.fork() == 0:
        here.close()
        while (order := there.recv()) is not None:
            there.send(in_a_child(lambda order=order: killed_at(*order)))
        os._exit(0)
    return here


# ── what it leaves ──


def after(people: People) -> list[Any]:
    """What stands on both sides, by mark; ids and order aside, but each id once and the same on both sides."""
    ids = [people.ids(where) for where in people.books]
    assert ids[0] == ids[1], ids
    assert len(set(ids[0].values())) == len(ids[0])
    lines = [sum(any(line) for line in people.lines(where)[1:]) for where in people.books]
    tables = [people.table(where) for where in people.books]
    assert lines == [len(table) for table in tables], "a row stands twice"
    return tables


def kills(
    people: People, every: int, child: Connection, google: Google | None = None, books: dict[str, Any] | None = None
) -> dict[str, int]:
    """Kill a sync of these people at every so many steps; each time the next run must come to the same end. `books`
    are the emulator's spreadsheets: what of the world does not lie in the folder."""
    start = people.folder
    begun = deepcopy(books or {})

    def run(number: int, place: Path) -> int:
        shutil.copytree(start, place)
        if books is not None:
            books.update(deepcopy(begun))
        people.books |= {name: place / path.name for name, path in people.books.items() if isinstance(path, Path)}
        child.send((number, place, google))
        return int(child.recv())

    whole = start.with_name(f"{start.name}-whole")
    assert run(0, whole) == 0
    messages = json.loads((whole / "told.json").read_text())
    wanted, killed, wrong = after(people), 0, 0
    for number in range(1, messages["steps"] + 1, every):
        place = start.with_name(f"{start.name}-{number}")
        killed += os.WIFSIGNALED(run(number, place))
        for where in people.books:
            people.lines(where)  # both sides can be read
        people.sync()
        again = people.sync()
        if after(people) != wanted or again.written or again.stopped or len(again.conflicts) != 1:
            wrong += 1
            print(f"killed at step {number}: {after(people)} is not {wanted}", file=sys.stderr)
        shutil.rmtree(place)
    return {**messages, "killed": killed, "wrong": wrong}


def main(folder: Path, every: int) -> None:
    trackers.Head = cache(trackers.Head)  # type: ignore[misc, assignment]  # nobody changes them here
    files = Files(folder / "files", [LINK.format(target="Team.xlsx")], ["Team.xlsx"])
    at_work(files)
    child = forks()  # after a first sync, so that what is imported late is there in every child
    messages = {"two workbooks": kills(files, every, child)}
    with google_school(folder) as school:
        google = school.google.url, str(school.google.key_file(folder))
        people = FileAndSheet(folder / "google", [LINK], school)
        at_work(people)
        messages["a workbook and a sheet at the emulator"] = kills(
            people, every, child, google, school.google.service.books
        )
    child.send(None)
    print(json.dumps(messages))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

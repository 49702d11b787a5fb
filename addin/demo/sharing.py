"""The demo's second half: a teacher edits a shared sheet, the coordinator the workbook, a sync brings both together.

What is played here is real but for Google itself: the same sign-in, requests and sync, answered by the local emulator.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from addin.actions.link import link
from addin.actions.messages import synced
from addin.actions.sync.run import sync
from addin.actions.validate import validate
from addin.backends.open import open_book
from addin.core.book import Book, Edits
from addin.core.checks.rules import check
from addin.core.settings import FILE
from addin.core.sync.decisions import HEADERS, SHEET
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.files import private
from addin.schedule.nightly import FOLDER
from addin.schedule.nightly import turn as take_turn
from addin.schedule.watch import watch
from addin.workspace.workbook import Workbook, opened

if TYPE_CHECKING:
    import requests

    from addin.google_emulator import Emulator

Say = Callable[[str], None]
ADVISER, TEACHER, OWNER = "R. Calloway", "r.calloway@school.example", "coordinator@school.example"
API = "https://sheets.googleapis.com/v4/spreadsheets"
MARK = "local emulator, not Google"
WATCHED = timedelta(seconds=5)
"""How often the demo answers requests."""
LINES = 12
"""Of a sync's report, where a person plays the teacher."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The emulator with one spreadsheet of the teacher's, and the ways in: the program's and the teacher's."""

    google: Emulator
    key: str
    program: requests.Session
    teacher: requests.Session

    @property
    def target(self) -> str:
        return f"gsheet:{self.key}"

    def client(self) -> Any:
        from addin.google.client import CarefulClient

        session: Any = self.program
        return CarefulClient(session.credentials, session)

    def open(self, target: str) -> Book:
        """As `open_book`, with the shared sheet on the emulator."""
        if target == self.target:
            from addin.backends.gsheets import GoogleBook

            return GoogleBook.open(target, self.client())
        return open_book(target)


@dataclass(frozen=True, slots=True)
class Entry:
    """One CAS entry: its number, its title, and the row in the workbook."""

    number: str
    title: str
    hours: Any
    status: str
    row: int


def share(book: Path, say: Say, *, keep: bool, ask: Callable[[], str] = input) -> None:
    """Steps 4 to 7 of the demo; one sentence instead where gspread is not installed."""
    try:
        import gspread  # noqa: F401  # only to see whether it is there
    except ImportError:
        say("\n4. Sharing with teachers is left out: it needs two more packages.")
        say("   Run: pip install 'ib-trackers[google]', and then ib-trackers demo once more.")
        return
    settings = book.parent / FILE
    before = settings.read_text(encoding="utf-8") if settings.exists() else ""
    try:
        with _stage() as stage:
            _link(stage, book, say)
            contested = _both_work(stage, book, say)
            _decide(stage, book, contested, say)
            if keep:
                _play(stage, book, say, ask)
    finally:
        if before:
            with private(settings, "utf-8") as file:
                file.write(before)
        else:
            settings.unlink(missing_ok=True)
    say("\nThe local emulator has ended; the link is removed again.")
    say("Your own: ib-trackers google sign-in, then ib-trackers google link School.xlsx ADDRESS --tracker cas")


@contextmanager
def _stage() -> Iterator[Stage]:
    from google.auth.transport.requests import AuthorizedSession

    from addin.google.keys import read_key
    from addin.google.sign_in import SCOPES, credentials
    from addin.google_emulator import Emulator
    from addin.google_emulator.accounts import BOT

    with TemporaryDirectory(prefix="ib-trackers-demo-") as folder, Emulator(quota=None, strict=False) as google:
        keys = google.key_file(Path(folder)), google.token_file(Path(folder), TEACHER, " ".join(SCOPES))
        sessions = [AuthorizedSession(credentials(read_key(key))) for key in keys]  # type: ignore[no-untyped-call]
        for session in sessions:
            google.mount(session)
        person = google.person(OWNER)
        key = person.create(f"CAS of {ADVISER}")
        for address in (BOT, TEACHER):
            person.share(key, address)
        try:
            yield Stage(google, key, *sessions)
        finally:
            for session in sessions:
                session.close()  # type: ignore[no-untyped-call]
                session._auth_request_session.close()


def _link(stage: Stage, book: Path, say: Say) -> None:
    say(f"\n4. Share. {ADVISER} advises some of the students, and gets a sheet with their CAS entries, and no others.")
    say(f"   In real life that is a Google Sheet. Here it is a {MARK}; nothing leaves this computer.")
    only = {"candidate.adviser": ADVISER}
    made = link(str(book), stage.target, tracker="cas", only=only, name=f"CAS of {ADVISER}", client=stage.client())
    say(f"   Made the sheet {made.link.sheet}: drop-downs, colours for mistakes, the students' names.")
    done = sync(str(book), open_=stage.open)
    rows = sum(len(plan.to_right.rows) for plan in done.plans.values())
    say(f"   First sync: {counted(rows, 'CAS entry', 'CAS entries')} of those students copied to the teacher's sheet.")


def _both_work(stage: Stage, book: Path, say: Say) -> Entry:
    """The teacher and the coordinator edit at the same time; gives the entry that both have changed."""
    hers, his, both = _entries(book)
    say("\n5. Both work at the same time, without knowing of each other.")
    new_hours, other_hours = _more(hers.hours), _more(his.hours)
    _teacher_types(stage, hers, "Hours", new_hours)
    candidate = _teacher_adds(stage, "T-001")
    _teacher_types(stage, both, "Status", "Returned")
    say(f"   The teacher: entry {hers.number} ({hers.title}) has {new_hours} hours, not {show(hers.hours)};")
    say(f"                a new entry T-001 for student {candidate}: Choir concert;")
    say(f"                entry {both.number} ({both.title}) is Returned, for changes.")
    _coordinator_types(book, {(his.row, "hours"): other_hours, (both.row, "status"): "Rejected"})
    say(f"   The coordinator: entry {his.number} ({his.title}) has {other_hours} hours, not {show(his.hours)};")
    say(f"                entry {both.number} is Rejected. The same cell, and another value.")
    done = sync(str(book), open_=stage.open)
    say("\n6. Sync. Each change goes to the other side. Where both changed one cell, neither value is overwritten.")
    for line in synced(done, dry_run=False):
        say(f"   {line}")
    return both


def _decide(stage: Stage, book: Path, contested: Entry, say: Say) -> None:
    """The coordinator writes `theirs` on the Conflicts sheet; the next sync carries it out."""
    say(f"   So the coordinator asks the teacher, and writes theirs beside entry {contested.number}.")
    own = open_book(str(book))
    try:
        lines = own.read([SHEET])[SHEET].values
        decision = HEADERS.index("Decision") + 1
        row = next(n for n, line in enumerate(lines, 1) if n > 1 and contested.number in map(show, line))
        own.apply(Edits(cells={(SHEET, row, decision): "theirs"}))
    finally:
        own.close()
    done = sync(str(book), open_=stage.open)
    there = _teacher_sees(stage, contested, "Status")
    entries = {entry.number: entry for entry in _all(book)}
    here = entries[contested.number].status
    say(f"   Next sync: entry {contested.number} is {here} in the workbook and {there} in the shared sheet, and there")
    say(f"   are {counted(len(done.conflicts), 'conflict')} left. What was overwritten can be found and put back:")
    say(f"   ib-trackers history {book}")
    again = sync(str(book), open_=stage.open)
    say("   A sync once more changes nothing: " + ("both sides are alike." if not again.written else "it did!"))
    _check(book, entries["T-001"], say)


def _check(book: Path, entry: Entry, say: Say) -> None:
    result = validate(str(book))
    remarks = [f for f in result.findings if f.tracker == "cas" and f.row == entry.row]
    say("\n7. Validate. What the teacher typed is checked like everything else.")
    rows, errors = counted(result.rows["cas"], "row"), counted(result.count("error", "cas"), "error")
    say(f"   CAS experiences: {rows}, {errors}, the planted ones of step 2.")
    say(f"   The teacher's new entry T-001, now in row {entry.row}: {counted(len(remarks), 'finding')}.")
    for finding in remarks:
        say(f"   {finding.sheet}!{finding.cell}: {finding.message} {finding.suggestion}")


def _play(stage: Stage, book: Path, say: Say, ask: Callable[[], str]) -> None:
    """Leave the emulator on: a person plays the teacher in a browser, and presses Enter here to sync."""
    say(f"\n8. Your turn: open {stage.google.url}/?as={TEACHER}&sheet=CAS in a browser ({MARK}).")
    say(f"   You are {TEACHER}. Change something on the sheet CAS: a mistake is marked while you type.")
    say(
        f"   The menu IB Trackers there is answered within {WATCHED.seconds} seconds; Enter here syncs. Ctrl-C ends it."
    )
    sys.stdout.flush()
    over = Event()
    Thread(target=_answer, args=(stage, book, say, over), daemon=True).start()
    try:
        while True:
            ask()
            with take_turn(book.parent / FOLDER):
                done = sync(str(book), open_=stage.open)
            for line in synced(done, dry_run=False)[:LINES]:
                say(f"   {line}")
    except EOFError:
        _wait()
    except KeyboardInterrupt:
        say("")
    finally:
        over.set()


def _answer(stage: Stage, book: Path, say: Say, over: Event) -> None:
    """Answer what is asked for on the page, until the demo ends: `ib-trackers watch` in the background."""

    def tell(line: str) -> None:
        say(f"   {line}")

    while not over.wait(WATCHED.total_seconds()):
        try:
            watch(
                str(book),
                WATCHED,
                turns=1,
                watching=True,
                say=tell,
                complain=tell,
                client=stage.client(),
                open_=stage.open,
            )
        except Problem as problem:
            tell(str(problem))


def _wait() -> None:
    """Until Ctrl-C, where nobody can press Enter."""
    try:
        Event().wait()
    except KeyboardInterrupt:
        pass


def _entries(book: Path) -> list[Entry]:
    """Three entries of the adviser's students in which no mistake was planted."""
    with opened(str(book)) as workbook:
        wrong = {f.row for f in check(workbook.present, workbook.tables, workbook.settings) if f.tracker == "cas"}
    entries = (entry for entry in _all(book, of=ADVISER) if entry.row not in wrong and entry.status == "Submitted")
    return [entry for entry in entries if isinstance(entry.hours, int | float)][:3]


def _all(book: Path, of: str = "") -> list[Entry]:
    with opened(str(book)) as workbook:
        advisers = _advisers(workbook)
        table = workbook.tables["cas"]
        names = ("entry", "title", "hours", "status", "candidate")
        lines = zip(*(table.columns[name] for name in names), table.rows, strict=True)
        return [
            Entry(show(number), show(title), hours, show(status), row)
            for number, title, hours, status, candidate, row in lines
            if not of or advisers.get(show(candidate)) == of
        ]


def _advisers(workbook: Workbook) -> dict[str, str]:
    table = workbook.tables["candidates"]
    return {show(code): show(who) for code, who in zip(table.columns["code"], table.columns["adviser"], strict=True)}


def _more(hours: Any) -> float | int:
    return hours + 2 if isinstance(hours, int | float) else 2


def _coordinator_types(book: Path, cells: dict[tuple[int, str], Any]) -> None:
    """Somebody types into the workbook and saves it."""
    with opened(str(book)) as workbook:
        table = workbook.tables["cas"]
        sheet, layout = next(iter(table.layouts.items()))
        edits = {(sheet, row, layout.columns[name]): value for (row, name), value in cells.items()}
        workbook.book.apply(Edits(cells=edits))


def _grid(stage: Stage) -> list[list[str]]:
    answer = stage.teacher.get(f"{API}/{stage.key}/values/CAS", timeout=20)
    answer.raise_for_status()
    rows: list[list[str]] = answer.json()["values"]
    return rows


def _place(stage: Stage, entry: Entry, header: str) -> tuple[int, int]:
    grid = _grid(stage)
    row = next(number for number, line in enumerate(grid, 1) if line and line[0] == entry.number)
    return row, grid[0].index(header) + 1


def _put(stage: Stage, place: str, row: list[Any]) -> None:
    url = f"{API}/{stage.key}/values/{quote(place, safe='')}"
    answer = stage.teacher.put(url, params={"valueInputOption": "USER_ENTERED"}, json={"values": [row]}, timeout=20)
    answer.raise_for_status()


def _teacher_types(stage: Stage, entry: Entry, header: str, value: Any) -> None:
    """Over HTTP, signed in as the teacher, with the teacher's rights."""
    from addin.core.a1 import cell_name

    _put(stage, f"CAS!{cell_name(*_place(stage, entry, header))}", [value])


def _teacher_adds(stage: Stage, number: str) -> str:
    """A new row below the last; the student it is about."""
    from addin.core.a1 import cell_name

    grid = _grid(stage)
    candidate = grid[1][grid[0].index("Candidate")]
    cells = {
        "Entry": number, "Candidate": candidate, "Kind": "Experience", "Title": "Choir concert", "Strand": "Creativity",
        "Start": "2026-10-05", "Hours": 3, "Supervisor": "M. Aldana", "Status": "Submitted",
    }  # fmt: skip
    for header, value in cells.items():
        _put(stage, f"CAS!{cell_name(len(grid) + 1, grid[0].index(header) + 1)}", [value])
    return candidate


def _teacher_sees(stage: Stage, entry: Entry, header: str) -> str:
    row, column = _place(stage, entry, header)
    return _grid(stage)[row - 1][column - 1]

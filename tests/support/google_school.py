"""A emulator of Google with a teacher's spreadsheet in it, shared with the program, which signs in as in real life."""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from google.auth.transport.requests import AuthorizedSession

from addin.backends.gsheets import GoogleBook
from addin.backends.gsheets.snapshot import GUARD
from addin.backends.gsheets.values import entered, number_format
from addin.backends.gsheets.writing import fetch
from addin.core.book import Area, Book, Cell, Edits, Grid, Look, Value
from addin.google.client import CarefulClient
from addin.google.keys import read_key
from addin.google.policy import Policy
from addin.google.sign_in import credentials
from addin.google_emulator import Emulator
from addin.google_emulator.accounts import BOT

TEACHER = "teacher@school.example"
HASTY = Policy(attempts=3, first_wait=0.001)


class School:
    """The emulator, the program's client, and one spreadsheet of the teacher's."""

    def __init__(self, google: Emulator, session: AuthorizedSession, folder: Path) -> None:
        self.google, self.session, self.folder = google, session, folder
        self.teacher = google.person(TEACHER)
        self.key = ""

    def fresh(self, **sheets: list[list[Any]]) -> School:
        """A new spreadsheet with these sheets, and nothing counted or broken yet."""
        self.google.faults.clear()
        self.key = self.teacher.create("CAS of M27")
        first = next(iter(sheets), "CAS")
        self.teacher.rename_sheet(self.key, self.teacher_sheet(), first)
        for title in list(sheets)[1:]:
            self.teacher.change(self.key, {"addSheet": {"properties": {"title": title}}})
        for title, rows in sheets.items():
            self.put(title, rows)
        self.teacher.share(self.key, BOT)
        self.google.calls.clear()
        self.google.notes.clear()
        return self

    def teacher_sheet(self) -> str:
        """The name of the first sheet; Google names it in the language of the account."""
        return str(self.google.service.books[self.key].sheets[0].title)

    def put(self, title: str, rows: list[list[Any]]) -> None:
        """Values as they are, text as text."""
        self.teacher._sheets("PUT", f"{self.key}/values/{title}!A1", {"values": rows}, {"valueInputOption": ["RAW"]})

    def client(self, policy: Policy = HASTY) -> CarefulClient:
        return CarefulClient(self.session.credentials, self.session, policy=policy)

    def book(self, policy: Policy = HASTY) -> GoogleBook:
        return GoogleBook.open(f"gsheet:{self.key}", self.client(policy))

    def counted(self) -> tuple[int, int]:
        """Reads and writes that reached the service since the last look."""
        calls = self.google.calls
        found = calls.reads, calls.writes
        calls.clear()
        return found


@contextmanager
def google_school(folder: Path) -> Iterator[School]:
    """An emulator on loopback, its key file in `folder`, and a session that signs in with it."""
    with Emulator(quota=False) as google:
        session = AuthorizedSession(credentials(read_key(google.key_file(folder))))
        google.mount(session)
        try:
            yield School(google, session, folder)
        finally:
            session.close()
            session._auth_request_session.close()


class TypedByFormat:
    """A Google book whose day numbers are read by the cell's own format, as a person reads them in the browser.

    The book itself gives day numbers: the tracker says which column is a date. The contract suite has no trackers.
    """

    def __init__(self, book: GoogleBook) -> None:
        self.book = book
        self.name, self.folder, self.detects_changes = book.name, None, book.detects_changes
        self.inserts_rows = book.inserts_rows

    def sheets(self) -> list[str]:
        return self.book.sheets()

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        grids = self.book.read(sheets)
        seen = fetch(self.book._client, self.book.key, GUARD)
        for name, grid in grids.items():
            assert grid.serial_dates
            grid.serial_dates = False
            for (row, column), form in seen.sheets[name].formats.items():
                if row <= len(grid.values) and column <= len(grid.values[row - 1]):
                    line = grid.values[row - 1]
                    line[column - 1] = typed_by_format(line[column - 1], form["type"])
        return grids

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        return self.book.looks(cells)

    def apply(self, edits: Edits) -> None:
        self.book.apply(edits)

    def close(self) -> None:
        self.book.close()


def typed_by_format(value: Value, kind: str) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(value * 86400))
    day = moment.date() if moment.time() == time() else moment  # a format may hide the hour: it is there all the same
    return {"DATE": day, "TIME": moment.time(), "DATE_TIME": moment}.get(kind, value)  # type: ignore[return-value]


@cache
def _shared_school() -> School:
    """One emulator for the whole contract suite; it goes when the tests end."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(google_school(Path(stack.enter_context(TemporaryDirectory()))))


def make_google(folder: Path, sheets: dict[str, list[list[Value]]], tables: dict[str, list[Area]]) -> Book:
    """A spreadsheet that holds these sheets. Native tables are left out: the emulator has none."""
    world = _shared_school().fresh(**{name: [] for name in sheets})
    ids = {sheet.title: sheet.id for sheet in world.google.service.books[world.key].sheets}
    for name, rows in sheets.items():
        lines = [{"values": [_cell(value) for value in row]} for row in rows]
        start = {"sheetId": ids[name], "rowIndex": 0, "columnIndex": 0}
        fields = "userEnteredValue,userEnteredFormat.numberFormat"
        world.teacher.change(world.key, {"updateCells": {"start": start, "rows": lines, "fields": fields}})
    return TypedByFormat(world.book())


def _cell(value: Value) -> dict[str, Any]:
    form = number_format(value)
    return {"userEnteredValue": entered(value, "")} | ({"userEnteredFormat": {"numberFormat": form}} if form else {})


def again_google(book: Book) -> Book:
    """The same spreadsheet, opened anew."""
    assert isinstance(book, TypedByFormat)
    return TypedByFormat(GoogleBook(book.book._client, book.book.key))

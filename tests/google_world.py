"""A stand-in for Google with a teacher's spreadsheet in it, shared with the program, which signs in as in real life."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from google.auth.transport.requests import AuthorizedSession

from addin.backends.gsheets import GoogleBook
from addin.google.client import CarefulClient
from addin.google.keys import read_key
from addin.google.policy import Policy
from addin.google.sign_in import credentials
from addin.google.stand_in import StandIn
from addin.google.stand_in.accounts import BOT

TEACHER = "teacher@school.example"
HASTY = Policy(attempts=3, first_wait=0.001, read=5)


class World:
    """The stand-in, the program's client, and one spreadsheet of the teacher's."""

    def __init__(self, google: StandIn, session: AuthorizedSession) -> None:
        self.google, self.session = google, session
        self.teacher = google.person(TEACHER)
        self.key = ""

    def fresh(self, **sheets: list[list[Any]]) -> World:
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
def google_world(folder: Path) -> Iterator[World]:
    """A stand-in on loopback, its key file in `folder`, and a session that signs in with it."""
    with StandIn(quota=False) as google:
        session = AuthorizedSession(credentials(read_key(google.key_file(folder))))
        google.mount(session)
        try:
            yield World(google, session)
        finally:
            session.close()
            session._auth_request_session.close()

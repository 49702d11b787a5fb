"""One request in, one answer out, without sockets: access, quota, faults, the endpoint, the state file."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from addin.google_emulator import drive, ids, routes
from addin.google_emulator.accounts import Accounts, Token
from addin.google_emulator.answers import ApiError, broken, not_found, scope_missing, unauthenticated
from addin.google_emulator.calls import Call, Calls, kind_of
from addin.google_emulator.context import Context
from addin.google_emulator.faults import Faults
from addin.google_emulator.masks import parse, pick
from addin.google_emulator.model import Spreadsheet
from addin.google_emulator.protection import need, role
from addin.google_emulator.quota import Quota
from addin.google_emulator.state import Store

_AUTH = "https://www.googleapis.com/auth/"
SHEETS_SCOPES = {_AUTH + name for name in ("spreadsheets", "drive", "drive.file")}
SHEETS_READING = SHEETS_SCOPES | {_AUTH + name for name in ("spreadsheets.readonly", "drive.readonly")}
DRIVE_SCOPES = {_AUTH + name for name in ("drive", "drive.file")}
DRIVE_READING = DRIVE_SCOPES | {
    _AUTH + name for name in ("drive.readonly", "drive.metadata", "drive.metadata.readonly")
}


class Request(NamedTuple):
    """A request as it came over the wire; the body is read JSON, or bytes where it is none."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    authorization: str = ""


class Answer(NamedTuple):
    """Status and body: an object becomes JSON, bytes go as they are with their own type."""

    status: int
    body: Any
    content_type: str = "application/json; charset=UTF-8"


class Service:
    """All spreadsheets and accounts, and the one lock around them."""

    def __init__(
        self,
        state: Path | None = None,
        clock: Callable[[], float] = time.time,
        *,
        strict: bool = True,
        storage: bool = True,
        as_recorded: bool = False,
        quota: Quota | None = None,
        new_id: Callable[[str], str | int] = ids.new_id,
    ) -> None:
        self.clock, self.strict, self.storage, self.new_id = clock, strict, storage, new_id
        self.as_recorded = as_recorded
        self.quota: Quota | None = quota or Quota()
        self.accounts, self.faults, self.calls = Accounts(clock), Faults(), Calls()
        self.books: dict[str, Spreadsheet] = {}
        self.notes: list[str] = []
        self.lock = threading.RLock()
        self.store = Store(state)
        self.store.load(self.books, self.accounts)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC).replace(tzinfo=None)

    def stamp(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def note(self, text: str) -> None:
        """Say something that the emulator could not do as Google does; the page shows it."""
        if text not in self.notes:
            self.notes.append(text)

    def begin(self, request: Request) -> Call:
        """Count the request."""
        call = Call(request.method, request.path, kind_of(request.method, request.path))
        self.calls.append(call)
        return call

    def handle(self, request: Request, call: Call) -> Answer:
        """The answer; refusals are answers too."""
        with self.lock:
            try:
                token = self.accounts.who(request.authorization)
                if token is None:
                    raise unauthenticated()
                call.user = token.user
                answer = self._routed(request, token)
            except ApiError as error:
                answer = Answer(error.code, error.body())
            except Exception as error:  # a fault of the emulator itself: loud, and the server goes on
                self.note(f"the emulator broke on {request.method} {call.kind}: {error!r}")
                answer = Answer(500, broken(error).body())
            call.status = answer.status
            return answer

    def _routed(self, request: Request, token: Token) -> Answer:
        if request.path.startswith("/v4/"):
            if self.quota:
                kind = "Read" if kind_of(request.method, request.path) == "read" else "Write"
                self.quota.take(token.user, kind, self.clock())
            return Answer(200, self.sheets(request, token))
        reading = request.method == "GET"
        if not set(token.scopes) & (DRIVE_READING if reading else DRIVE_SCOPES):
            raise scope_missing("drive.googleapis.com")
        return self.drive(request, token)

    def sheets(self, request: Request, token: Token) -> Any:
        """One call of Sheets v4. When it fails, the spreadsheet is as it was."""
        rest = request.path.removeprefix("/v4/spreadsheets")
        if rest == "" and request.method == "POST":
            if not set(token.scopes) & SHEETS_SCOPES:
                raise scope_missing("sheets.googleapis.com")
            return self._masked(drive.create_by_sheets(self, token, request.body), request)
        book_id, rest = _parted(rest.removeprefix("/"))
        route, groups = routes.find(request.method, rest)
        if not set(token.scopes) & (SHEETS_SCOPES if route.edits else SHEETS_READING):
            raise scope_missing("sheets.googleapis.com")
        before = self.book(book_id, token, edit=route.edits)
        context = self.context(before.copy() if route.edits else before, token.user)
        touched = [context.book]

        def other(other_id: str) -> Context:
            target = before if other_id == book_id else self.book(other_id, token, edit=True)
            touched[:] = [target.copy()]
            return self.context(touched[0], token.user)

        answer = route.action(routes.Asked(context, groups, request.query, request.body, other))
        if route.edits:
            for book in touched:
                self.keep(book)
        return self._masked(answer, request)

    def _masked(self, answer: Any, request: Request) -> Any:
        fields = request.query.get("fields", [""])[0]
        return pick(answer, parse(fields)) if fields else answer

    def context(self, book: Spreadsheet, user: str) -> Context:
        return Context(book, user, self.now, self.strict, self.new_id, self.note, self.as_recorded)

    def book(self, book_id: str, token: Token, *, edit: bool) -> Spreadsheet:
        """The spreadsheet, if this person may use it so: 404 where it is not there, 403 where it is not shared."""
        book = self.books.get(book_id)
        if book is None or not self.shown(book, token):
            raise not_found()
        need(book, token.user, edit=edit)
        return book

    def shown(self, book: Spreadsheet, token: Token) -> bool:
        """With the scope `drive.file` alone, a program sees only files that it made (LIVE harvester findings)."""
        wide = {_AUTH + name for name in ("spreadsheets", "spreadsheets.readonly", "drive", "drive.readonly")}
        wide |= {_AUTH + "drive.metadata", _AUTH + "drive.metadata.readonly"}
        return bool(set(token.scopes) & wide) or token.user in book.made_by_app

    def keep(self, book: Spreadsheet) -> None:
        """Take over a changed spreadsheet, stamp it, and write the state."""
        book.modified = self.stamp()
        book.version += 1
        self.books[book.id] = book
        self.save()

    def save(self) -> None:
        self.store.save(self.books, self.accounts)

    def drive(self, request: Request, token: Token) -> Answer:
        status, body, kind = drive.handle(self, token, request.method, request.path, request.query, request.body)
        if kind:
            return Answer(status, body, kind)
        return Answer(status, body)

    def may_read(self, book: Spreadsheet, user: str) -> bool:
        return role(book, user) > 0


def _parted(rest: str) -> tuple[str, str]:
    """`ID/values/A1` to the id and what follows it; `ID/` and `ID/:batchUpdate` are taken for `ID` and
    `ID:batchUpdate`, as npm google-spreadsheet 5.3.0 counts on.
    """
    for at, letter in enumerate(rest):
        if letter in "/:":
            follows = rest[at:]
            return rest[:at], follows[1:] if follows == "/" or follows.startswith("/:") else follows
    return rest, ""

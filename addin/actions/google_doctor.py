"""Diagnose Google Sheets: try each step on the way to a spreadsheet; each failure comes with its remedy.

The steps: the key on this computer, the network and its proxy, the clock, Google's acceptance of the key, the API,
the sharing of the spreadsheet, the right to edit it, and ranges in it that are protected from us.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import requests
from google.auth.transport.requests import AuthorizedSession
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from addin.core.language import joined, phrase
from addin.core.target import google_key, is_file
from addin.errors import BookProblem, Problem, SignInProblem
from addin.google import changes, problems
from addin.google.answers import understood
from addin.google.client import CarefulClient
from addin.google.keys import ACCOUNT_FILE, Key, config_folder, readable_by_others, synced_by
from addin.google.policy import Policy
from addin.google.sign_in import session_of, stored_key

GOOGLE = "https://sheets.googleapis.com/"
CLOCK_MAY_BE_OFF = 240
"""Seconds. Google refuses a sign-in that is off by some five minutes."""
QUICK = Policy(attempts=2, deadline=30, connect=5, read=15)


@dataclass(frozen=True, slots=True)
class Check:
    """One step: did it go well, what was found, and what to do where it did not."""

    ok: bool
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return self.line()

    def line(self) -> str:
        """The check as a line; a sentence that can be said in another language."""
        remedy = ["  ", self.remedy] if self.remedy else []
        return joined("", ["ok  " if self.ok else "--  ", self.what, *remedy])


def doctor(
    target: str = "",
    *,
    key: Path | None = None,
    session: AuthorizedSession | None = None,
    clock: Callable[[], float] = time.time,
) -> list[Check]:
    """Try each step. The first that fails is the last: what comes after it could not work."""
    checks: list[Check] = []
    for check in _steps(target, key, session, clock):
        checks.append(check)
        if not check.ok:
            break
    return checks


def _steps(
    target: str, path: Path | None, session: AuthorizedSession | None, clock: Callable[[], float]
) -> Iterator[Check]:
    try:
        if session is None:
            key = stored_key(path)
            yield _key(key)
            client = CarefulClient(None, session_of(key), policy=QUICK)
        else:
            client = CarefulClient(session.credentials, session, policy=QUICK)
        yield from _network(client, clock)
        yield _accepted(client)
        if changes.may_see_changes(client):
            yield _changes(client)
        if target:
            yield from _spreadsheet(client, google_key(target))
    except Problem as problem:
        where = problem.where if is_file(problem.where) else ""
        yield Check(False, joined(": ", [where, problem.what]) if where else problem.what, problem.next)


def _key(key: Key) -> Check:
    if readable_by_others(key.path):
        return Check(
            False,
            phrase("{path} can be read by others on this computer.", path=key.path),
            phrase('Run: chmod 600 "{path}"', path=key.path),
        )
    if program := synced_by(key.path):
        remedy = phrase("Whoever can open that account has the key: move the folder out of it, then sign in again.")
        return Check(
            True,
            phrase(
                "Signed in as {who}. Warning: {program} copies {parent}.",
                who=key.who or phrase("a person"),
                program=program,
                parent=key.path.parent,
            ),
            remedy,
        )
    return Check(True, phrase("Signed in as {who}.", who=key.who or phrase("a person")))


def must_accept(key: Key, *, clock: Callable[[], float] = time.time) -> None:
    """Raise SignInProblem where Google cannot be asked about this key, or does not accept it."""
    client = CarefulClient(None, session_of(key), policy=QUICK)
    kept = (
        phrase("The earlier sign-in was not changed.")
        if (config_folder() / ACCOUNT_FILE).exists()
        else phrase("Nothing was kept.")
    )
    try:
        for check in (*_network(client, clock), _accepted(client)):
            if not check.ok:
                raise SignInProblem(joined(" ", [check.what, kept]), next=check.remedy)
    except SignInProblem:
        raise
    except Problem as problem:
        raise SignInProblem(joined(" ", [problem.what, kept]), next=problem.next) from problem


def _network(client: CarefulClient, clock: Callable[[], float]) -> Iterator[Check]:
    """Any answer will do: it shows that Google can be reached, and what time it is there."""
    asked = clock()
    try:
        # Straight through the session, without signing in: a wrong clock would spoil that.
        answer = requests.Session.request(client.session, "GET", GOOGLE, timeout=(QUICK.connect, QUICK.read))
    except requests.RequestException as error:
        hosts = "sheets.googleapis.com, oauth2.googleapis.com, iamcredentials.googleapis.com"
        remedy = phrase("Let {hosts} through; behind a proxy set HTTPS_PROXY to its address.", hosts=hosts)
        yield Check(False, joined("", [problems.why_no_answer(error), "."]), remedy)
        return
    yield Check(True, phrase("Google can be reached."))
    off = abs(_time_at(answer, asked) - asked)
    right = off <= CLOCK_MAY_BE_OFF
    what = (
        phrase("The clock of this computer is right.")
        if right
        else phrase("The clock is off by {off} minutes.", off=f"{off / 60:.0f}")
    )
    yield Check(right, what, "" if right else phrase("Set date, time and zone of this computer."))


def _time_at(answer: requests.Response, otherwise: float) -> float:
    try:
        return parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (KeyError, ValueError):
        return otherwise


def _accepted(client: CarefulClient) -> Check:
    """Google gives a token for the key. A spreadsheet that cannot exist is asked for: 404 is the good answer."""
    try:
        client.request("get", SPREADSHEET_URL % "no-such-spreadsheet", params={"fields": "spreadsheetId"})
    except BookProblem:
        pass  # the 404
    return Check(True, phrase("Google accepts the sign-in, and the Google Sheets API is enabled."))


def _changes(client: CarefulClient) -> Check:
    """What is missing here only costs time: every sheet is read then."""
    if changes.versions(client) is None:
        remedy = phrase("In the Google Cloud console enable the Google Drive API; until then every sheet is read.")
        return Check(True, phrase("Warning: Google Drive does not say which sheets have changed."), remedy)
    return Check(True, phrase("Google Drive says which sheets have changed."))


def _spreadsheet(client: CarefulClient, key: str) -> Iterator[Check]:
    fields = "properties.title,sheets(properties.title,protectedRanges(requestingUserCanEdit,warningOnly,description))"
    answer = client.request("get", SPREADSHEET_URL % key, params={"fields": fields})
    title, closed = understood(_title_and_closed, answer)
    yield Check(
        True,
        phrase("The spreadsheet {title} is shared with {who}.", title=f"{title!r}", who=client.who or phrase("you")),
    )
    # The only way to learn it with this permission: write the title that the spreadsheet already has.
    same = {"updateSpreadsheetProperties": {"properties": {"title": title}, "fields": "title"}}
    client.request("post", SPREADSHEET_BATCH_UPDATE_URL % key, json={"requests": [same]})
    yield Check(True, phrase("It may be edited."))
    if closed:
        who = client.who or phrase("this account")
        remedy = phrase("In Data > Protect sheets and ranges, add {who} to the editors.", who=who)
        yield Check(False, phrase("Protected from this program: {ranges}.", ranges=", ".join(closed)), remedy)
    else:
        yield Check(True, phrase("Nothing in it is protected from this program."))


def _title_and_closed(book: dict[str, Any]) -> tuple[str, list[str]]:
    """The spreadsheet's title, and the ranges that are protected from us."""
    title = book["properties"]["title"]
    if not isinstance(title, str):
        raise TypeError("a title is a text")
    return title, [_words(sheet, place) for sheet in book["sheets"] for place in _closed(sheet)]


def _closed(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    places = sheet.get("protectedRanges", [])
    return [place for place in places if not place.get("requestingUserCanEdit") and not place.get("warningOnly")]


def _words(sheet: dict[str, Any], place: dict[str, Any]) -> str:
    name = str(sheet["properties"]["title"])
    return f"{name} ({place['description']})" if place.get("description") else name

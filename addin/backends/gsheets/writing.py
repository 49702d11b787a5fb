"""One atomic batch, written once whatever happens to the answers.

Every batch moves a token: a named range `ib_trackers_N` with an id of our own is replaced by `ib_trackers_N+1`. Google
applies a batch whole or not at all, in order, and refuses to delete a named range that is gone or to add one that is
there. So of two programs that read the same state only one can write; and a batch whose answer was lost may be sent
again, because a second application is refused as a whole. Whether the first one came through is then looked up: our
id is there, or it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from gspread.http_client import HTTPClient, ParamsType
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from addin.backends.gsheets.blocks import cell_ranges, row_ranges
from addin.backends.gsheets.guard import AGAIN
from addin.backends.gsheets.making import Batch, place
from addin.backends.gsheets.snapshot import NAMES, READ_BACK, TOKEN, Snapshot, line_reader, snapshot
from addin.backends.gsheets.values import Json, kept
from addin.core.language import phrase
from addin.errors import BookChanged, BookProblem, Problem, ReplyLost, RequestRefused, ServiceProblem
from addin.google.answers import understood

STUCK_NAMES = 3
MOST_IN_ADDRESS = 40
"""Ranges of a GET travel in its address, which may not grow without bound; more of them go in a body."""


def fetch(http: HTTPClient, key: str, fields: str, ranges: list[str] | None = None) -> Snapshot:
    """One read of the spreadsheet, or of these ranges of it."""
    params: ParamsType = {"fields": fields, "prettyPrint": "false"}
    url = SPREADSHEET_URL % key
    if ranges and len(ranges) > MOST_IN_ADDRESS:
        body = {"dataFilters": [{"a1Range": place} for place in ranges]}
        answer = http.request("post", f"{url}:getByDataFilter", params=params, json=body)
        return understood(snapshot, answer, each=line_reader())
    if ranges:
        params["ranges"] = ranges
    return understood(snapshot, http.request("get", url, params=params), each=line_reader())


def write(http: HTTPClient, key: str, made: Batch, tokens: dict[str, str], home: int) -> Snapshot:
    """Send the batch, and check in the same answer that the cells hold what was sent: what it shows. `home` is the
    token's sheet."""
    for number in range(_next_number(tokens), _next_number(tokens) + STUCK_NAMES):
        mine = f"ibt{uuid4().hex[:16]}"
        try:
            after = _send(http, key, made, _token(tokens, f"{TOKEN}{number}", mine, home))
        except ReplyLost as lost:
            after = _look_up(http, key, made, mine, lost)
        except RequestRefused as refused:
            if refused.after_lost_reply:
                after = _look_up(http, key, made, mine, refused)
            elif _name_is_stuck(refused, lambda: fetch(http, key, NAMES).tokens == tokens):
                continue
            else:
                raise _in_plain_words(refused) from refused
        _check(made, after)
        return after
    raise BookProblem(
        phrase("The named ranges of this spreadsheet cannot be changed."), next=phrase("Delete those of IB Trackers.")
    )


def _send(http: HTTPClient, key: str, made: Batch, token: list[Json]) -> Snapshot:
    body: Json = {"requests": token + made.requests, "includeSpreadsheetInResponse": True}
    ranges = cell_ranges(made.wanted)
    if ranges:
        body |= {"responseRanges": ranges, "responseIncludeGridData": True}
    params: ParamsType = {"fields": f"updatedSpreadsheet({READ_BACK if ranges else NAMES})", "prettyPrint": "false"}
    answer = http.request("post", SPREADSHEET_BATCH_UPDATE_URL % key, params=params, json=body)
    return understood(lambda content: snapshot(content.get("updatedSpreadsheet", {})), answer, each=line_reader())


def _token(tokens: dict[str, str], name: str, mine: str, home: int) -> list[Json]:
    corner = {"sheetId": home, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    old = [{"deleteNamedRange": {"namedRangeId": number}} for number in tokens.values()]
    return [*old, {"addNamedRange": {"namedRange": {"namedRangeId": mine, "name": name, "range": corner}}}]


def _next_number(tokens: dict[str, str]) -> int:
    numbers = [int(name.removeprefix(TOKEN)) for name in tokens if name.removeprefix(TOKEN).isdigit()]
    return max(numbers, default=0) + 1


def _look_up(http: HTTPClient, key: str, made: Batch, mine: str, lost: ServiceProblem) -> Snapshot:
    """After a lost answer: did our batch come through? It did when our token is there."""
    ranges = row_ranges(made.wanted)
    try:
        now = fetch(http, key, READ_BACK if ranges else NAMES, ranges)
    except ServiceProblem:
        raise lost from None
    if mine not in now.tokens.values():
        raise BookChanged(phrase("The answer of Google was lost, and the change was not made."), next=AGAIN)
    return now


def _in_plain_words(refused: RequestRefused) -> Problem:
    """What a refusal means right after the guard found everything as it was."""
    if "amedRange" in refused.what:
        return BookChanged(phrase("Another program wrote to this spreadsheet just now."), next=AGAIN)
    if "No grid with id" in refused.what:
        return BookChanged(phrase("A sheet was removed just now."), next=AGAIN)
    return refused


def _name_is_stuck(refused: RequestRefused, nothing_new: Callable[[], bool]) -> bool:
    """A named range whose sheet was deleted is no longer shown, yet keeps its name taken (gspread issue 1530)."""
    return "already exists" in refused.what and "addNamedRange" in refused.what and nothing_new()


def _check(made: Batch, after: Snapshot) -> None:
    shown = set(after.sheets)
    for (title, row, column), sent in made.wanted.items():
        if title in shown and not kept(sent, after.sheets[title].entered.get((row, column))):
            where = place((title, row, column))
            raise BookProblem(
                phrase("Google kept something else than was written."), where=where, next=phrase("Look at this cell.")
            )

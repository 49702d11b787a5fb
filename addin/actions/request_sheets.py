"""The requests of one spreadsheet at Google: one read to look, one write to answer or to say who looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from addin.core import target as targets
from addin.core.a1 import cell_name, quoted
from addin.core.book import Book, Edits, Grid
from addin.core.requests import (
    HEADERS,
    SHEET,
    STATUS,
    STATUS_COLUMN,
    Answer,
    Request,
    Status,
    answer_cells,
    old_rows,
    read_status,
    status_line,
    ticked,
    waiting,
)
from addin.errors import BookChanged, RequestRefused
from addin.google.answers import understood
from addin.templates.google.home import OWNER as HOME_OWNER
from addin.templates.google.seen import KEY
from addin.templates.plan import HOME

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient
    from requests import Response

TRIES = 3
WIDTH = STATUS_COLUMN + 2 * len(STATUS) - 1
HOME_AREA = "A1:C40"
_FIELDS = (
    "properties.timeZone,sheets(properties.title,developerMetadata(metadataKey,metadataValue)"
    ",data(rowData.values.effectiveValue))"
)
_TITLES = "sheets(properties.title,developerMetadata(metadataKey,metadataValue))"


@dataclass(slots=True)
class Looked:
    """What one look saw: the requests without an answer, and what an earlier run said of itself."""

    target: str
    key: str
    zone: tzinfo
    home: str = ""
    requests: list[Request] = field(default_factory=list)
    status: Status | None = None
    has_sheet: bool = True

    def yields_to(self, other: Status | None) -> bool:
        """Whether the status there now is of somebody who looks sooner than `other` promises to."""
        mine = self.status
        if mine is None or mine.next is None or other is None or mine.until <= other.last:
            return False
        return other.next is None or mine.next + timedelta(minutes=1) < other.next

    def needs_status(self, new: Status) -> bool:
        """Whether the status has to be written: it is missing or running out, or another run comes sooner now.

        It is not written each time: each write would be a line in the spreadsheet's history.
        """
        if not self.has_sheet or new.next is None or self.yields_to(new):
            return False
        old = self.status
        if old is None or old.next is None or new.next + timedelta(minutes=1) < old.next:
            return True
        return old.until - new.last < (new.until - new.last) / 2


def look(http: HTTPClient, target: str) -> Looked:
    """Read the requests of one spreadsheet: one read where both sheets have their usual names. Raises Problem."""
    key = targets.google_key(target)
    try:
        answer = _read(http, key, SHEET, HOME)
    except RequestRefused as refused:
        if refused.status != 400:
            raise
        answer = _read(http, key, *_names(http, key))
    return understood(lambda content: _looked(target, key, content), answer, where=target)


def _looked(target: str, key: str, content: dict[str, Any]) -> Looked:
    looked = Looked(target, key, _zone(content.get("properties", {}).get("timeZone")))
    grids = _grids(content)
    looked.home = next((_title(sheet) for sheet in content.get("sheets", []) if _owner(sheet) == HOME_OWNER), "")
    looked.has_sheet = SHEET in grids
    looked.status = read_status(grids.get(SHEET))
    looked.requests = waiting(grids.get(SHEET), looked.zone) + ticked(grids.get(looked.home))
    return looked


def _names(http: HTTPClient, key: str) -> tuple[str, str]:
    """Where a sheet is missing, or Home has another name, its name has to be looked up first; "" for a missing one."""

    def names(content: dict[str, Any]) -> tuple[str, str]:
        sheets = content.get("sheets", [])
        home = next((_title(sheet) for sheet in sheets if _owner(sheet) == HOME_OWNER), "")
        return (SHEET if any(_title(sheet) == SHEET for sheet in sheets) else ""), home

    return understood(names, _get(http, key, fields=_TITLES))


def _read(http: HTTPClient, key: str, requests: str, home: str) -> Response:
    areas = [f"{requests}!A1:{cell_name(1, WIDTH).rstrip('1')}"] if requests else []
    areas += [f"{quoted(home)}!{HOME_AREA}"] if home else []
    return _get(http, key, fields=_FIELDS, ranges=areas) if areas else _get(http, key, fields=_TITLES)


def write_status(http: HTTPClient, looked: Looked, status: Status) -> None:
    """Say when the requests were looked at and when the next look is due. Raises Problem."""
    from gspread.urls import SPREADSHEET_VALUES_BATCH_UPDATE_URL

    place = f"{SHEET}!{cell_name(1, STATUS_COLUMN)}:{cell_name(1, WIDTH)}"
    body = {"valueInputOption": "RAW", "data": [{"range": place, "values": [status_line(status)]}]}
    http.request("post", SPREADSHEET_VALUES_BATCH_UPDATE_URL % looked.key, json=body)


def close_requests(open_: Callable[[str], Book], looked: Looked, given: Mapping[str, Answer], status: Status) -> int:
    """Write the answers beside the requests, and the status; the number of requests closed. Raises Problem."""
    for attempt in range(1, TRIES + 1):
        try:
            with closing(open_(looked.target)) as book:
                return _close(book, looked, given, status)
        except BookChanged:
            if attempt == TRIES:
                raise
    raise AssertionError("not reached")


def _close(book: Book, looked: Looked, given: Mapping[str, Answer], status: Status) -> int:
    """The requests may have moved since they were looked at: they are found again by their ids."""
    sheets = [name for name in (SHEET, looked.home) if name in book.sheets()]
    grids = book.read(sheets)
    seen = {request.id for request in looked.requests if request.id}
    boxes = {request.kind for request in looked.requests if not request.id}
    found = [request for request in waiting(grids.get(SHEET), looked.zone) if request.id in seen]
    found += [request for request in ticked(grids.get(looked.home)) if request.kind in boxes]
    edits = Edits()
    for kind, answer in given.items():
        mine = [request for request in found if request.kind == kind]
        edits.cells |= answer_cells(mine, answer, status.last, looked.zone, looked.home)
    if SHEET in grids:
        if not looked.yields_to(status):
            line = enumerate(status_line(status), STATUS_COLUMN)
            edits.cells |= {(SHEET, 1, column): text for column, text in line}
        edits.cells |= {(SHEET, 1, column): text for column, text in enumerate(HEADERS, 1)}
        if old := old_rows(grids[SHEET]):
            edits.drops[SHEET] = old
    book.apply(edits)
    return sum(request.kind in given for request in found)


def _get(http: HTTPClient, key: str, **params: Any) -> Response:
    from gspread.urls import SPREADSHEET_URL

    return http.request("get", SPREADSHEET_URL % key, params={**params, "prettyPrint": "false"})


def _title(sheet: Mapping[str, Any]) -> str:
    return str(sheet.get("properties", {}).get("title", ""))


def _owner(sheet: Mapping[str, Any]) -> str:
    metadata = sheet.get("developerMetadata", [])
    return next((str(one.get("metadataValue")) for one in metadata if one.get("metadataKey") == KEY), "")


def _grids(answer: Mapping[str, Any]) -> dict[str, Grid]:
    grids = {}
    for sheet in answer.get("sheets", []):
        lines = [line.get("values", []) for block in sheet.get("data", []) for line in block.get("rowData", [])]
        grids[_title(sheet)] = Grid(_title(sheet), [[_value(cell) for cell in line] for line in lines])
    return grids


def _value(cell: Mapping[str, Any]) -> Any:
    value = next(iter((cell.get("effectiveValue") or {}).values()), None)
    return None if isinstance(value, dict) else value


def _zone(name: object) -> tzinfo:
    """The spreadsheet's time zone; UTC where this computer does not know it."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(str(name))
    except (OSError, ValueError):
        return UTC

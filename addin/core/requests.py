"""What people ask for from a shared sheet, and the answers: how `_requests` and the boxes on Home are laid out.

A request comes from the menu (a row of `_requests`) or, on a phone where there is no menu, from a ticked box on Home.
The first row of `_requests` also says when a computer last looked, when it will look again, and until when that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from addin.core.book import Cell, Grid, Value
from addin.core.names import REQUESTS
from addin.core.records import record

SHEET = REQUESTS
HEADERS = ("Id", "Request", "Asked", "By", "State", "Answer", "Answered")
KINDS = ("validate", "export", "sync")
BOXES = {"Validate now": "validate", "Export": "export", "Sync now": "sync"}
"""The label of a box on Home, and what a tick asks for."""
BOX_COLUMN, BOX_ANSWER = 2, 3
NEW, DONE, ERROR = "NEW", "DONE", "ERROR"
STATUS = ("Last run", "Next run", "Valid until")
STATUS_COLUMN = 9
"""Where the status begins in the first row: label, value, label, value, …; values are UTC, ISO 8601."""
KEPT = 50
"""Answered requests that stay on the sheet for people to look at."""
OLD = timedelta(days=1)
_DAY_ZERO = datetime(1899, 12, 30)


@record
class Request:
    """One request. `row` is its row on `_requests`, or on Home where a box was ticked (`id` is empty then)."""

    row: int
    kind: str
    id: str = ""
    by: str = ""
    """The address of who asked; empty where Google does not tell."""
    asked: datetime | None = None


@record
class Answer:
    """What became of a request: whether it was done, and one sentence for the person who asked."""

    done: bool
    words: str


@record
class Status:
    """When a computer last looked at the requests, when it will look again, and until when this can be relied on."""

    last: datetime
    next: datetime | None
    until: datetime


def waiting(grid: Grid | None, zone: tzinfo = UTC) -> list[Request]:
    """List the requests without an answer, oldest first; rows that are no request are skipped.

    `zone` is the spreadsheet's time zone, in which Google writes day numbers.
    """
    found = []
    for row, line in enumerate(grid.values if grid else [], 1):
        number, kind, asked, by, state = [*line, None, None, None, None, None][:5]
        if state == NEW and kind in KINDS and number:
            found.append(Request(row, str(kind), str(number), str(by or ""), _moment(asked, zone)))
    return found


def ticked(home: Grid | None) -> list[Request]:
    """List the requests that ticked boxes on Home make."""
    found = []
    for row, line in enumerate(home.values if home else [], 1):
        label, box = [*line, None, None][:2]
        if box is True and isinstance(label, str) and label in BOXES:
            found.append(Request(row, BOXES[label]))
    return found


def _moment(value: Value, zone: tzinfo) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or zone)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return (_DAY_ZERO + timedelta(days=value)).replace(tzinfo=zone)


def with_age(answer: Answer, request: Request, now: datetime) -> Answer:
    """Add how long ago it was asked for, where that is more than a day."""
    if request.asked is None or now - request.asked <= OLD:
        return answer
    days = (now - request.asked).days
    return Answer(answer.done, f"Asked {days} day{'s' if days > 1 else ''} ago. {answer.words}")


def answer_cells(
    requests: Iterable[Request], answer: Answer, now: datetime, zone: tzinfo, home: str
) -> dict[Cell, Value]:
    """The cells that answer and close these requests; `home` is the title of the Home sheet."""
    local = now.astimezone(zone).replace(tzinfo=None, microsecond=0)
    cells: dict[Cell, Value] = {}
    for request in requests:
        said = with_age(answer, request, now)
        if request.id:
            state, words, moment = (HEADERS.index(name) + 1 for name in ("State", "Answer", "Answered"))
            cells[SHEET, request.row, state] = DONE if said.done else ERROR
            cells[SHEET, request.row, words] = said.words
            cells[SHEET, request.row, moment] = local
        else:
            cells[home, request.row, BOX_COLUMN] = False
            cells[home, request.row, BOX_ANSWER] = f"{local:%d %b %H:%M}: {said.words}"
    return cells


def old_rows(grid: Grid) -> list[int]:
    """The rows of answered requests beyond the newest, which are deleted."""
    answered = [row for row, line in enumerate(grid.values, 1) if line[4:5] in ([DONE], [ERROR])]
    return answered[: max(0, len(answered) - KEPT)]


def read_status(grid: Grid | None) -> Status | None:
    """The status in the first row; None where there is none, or where somebody has changed it."""
    line = grid.values[0] if grid and grid.values else []
    status = dict(zip(line[STATUS_COLUMN - 1 :: 2], line[STATUS_COLUMN::2], strict=False))
    last, following, until = (_iso(status.get(name)) for name in STATUS)
    return Status(last, following, until) if last and until else None


def status_line(status: Status) -> list[str]:
    """The status as it is written, from STATUS_COLUMN on."""
    moments = (status.last, status.next, status.until)
    return [part for name, moment in zip(STATUS, moments, strict=True) for part in (name, _text(moment))]


def _text(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _iso(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def kinds_of(requests: Sequence[Request]) -> list[str]:
    """What is asked for, each kind once: asked twice is answered once."""
    return [kind for kind in KINDS if any(request.kind == kind for request in requests)]

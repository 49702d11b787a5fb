"""What teachers ask for from the menu in Google Sheets: rows of the sheet `_requests`, answered beside them.

The sheet is read in the same call as everything else and answered in the same write, so the menu costs no calls, and
no address on the internet is needed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from addin.core import names
from addin.core.book import Cell, Edits, Grid

SHEET = names.REQUESTS
HEADERS = ("Id", "Request", "Asked", "By", "State", "Answer")
KINDS = ("validate", "export", "sync")
NEW, DONE, ERROR = "NEW", "DONE", "ERROR"
KEPT = 50
"""Answered requests that stay on the sheet for people to look at."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `by` may be empty: Google does not always tell."""

    row: int
    id: str
    kind: str
    by: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: whether it was done, and one sentence for the person who asked."""

    done: bool
    words: str


def waiting(grid: Grid | None) -> list[Request]:
    """The requests that nobody has answered, oldest first; what is no request is passed over."""
    found = []
    for row, line in enumerate(grid.values if grid else [], 1):
        number, kind, _, by, state = [*line, None, None, None, None, None][:5]
        if row > 1 and state == NEW and kind in KINDS and number:
            found.append(Request(row, str(number), str(kind), str(by or "")))
    return found


def answer(answers: Mapping[Request, Answer]) -> dict[Cell, str]:
    """The cells that tell what became of requests."""
    state, words = HEADERS.index("State") + 1, HEADERS.index("Answer") + 1
    cells: dict[Cell, str] = {}
    for request, given in answers.items():
        cells[SHEET, request.row, state] = DONE if given.done else ERROR
        cells[SHEET, request.row, words] = given.words
    return cells


def add_answers(edits: Edits, answers: Mapping[Request, Answer], grid: Grid) -> Edits:
    """Put the answers into a batch that is written anyway, and let old answered requests go."""
    edits.cells.update(answer(answers))
    answered = [row for row, line in enumerate(grid.values, 1) if row > 1 and line[4:5] in ([DONE], [ERROR])]
    if old := list(_all_but_last(answered)):
        edits.drops[SHEET] = old
    return edits


def _all_but_last(rows: list[int]) -> Iterable[int]:
    return rows[: max(0, len(rows) - KEPT)]

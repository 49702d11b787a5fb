"""The Links sheet: which trackers are shared with whom, where, and the state of each; and lines for new ones.

Validate keeps it up to date; what a person adds stays until Share (share.py) makes it a link.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from addin.core import names
from addin.core import target as targets
from addin.core.book import Grid, OwnSheet, Value, fitting_choices, trimmed
from addin.core.language import phrase
from addin.core.records import record
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.workspace.state import State
from addin.workspace.tracker_sheets import has_headers
from addin.workspace.workbook import Workbook

HEADERS = names.LINKS_HEADERS
WIDTHS = (24, 30, 24, 62, 18, 17, 60)
DIRECTIONS = {"both": "Both ways", "publish": "From here only", "collect": "To here only"}
STATE_FILE = "state.sqlite"
ALL_ROWS = "All rows"
NEVER = "Not synced yet: press Sync."
WAITING = "Not shared yet: press Share."
ROOM = 10
"""Blank lines for new links."""


def links_sheet(workbook: Workbook) -> OwnSheet | None:
    """The sheet as it should be; None where nothing is shared, or where it says so already."""
    return (
        sheet_with_room(workbook, {}) if _links(workbook) and is_ours(workbook.grids.get(name_of(workbook))) else None
    )


def name_of(workbook: Workbook) -> str:
    """The name of the Links sheet: in the workbook's language, unless there is one under its English name."""
    called = workbook.settings.written.say(names.LINKS)
    there = workbook.grids.get(names.LINKS)
    return names.LINKS if called not in workbook.grids and there is not None and is_ours(there) else called


def sheet_with_room(workbook: Workbook, states: Mapping[int, str], done: Container[int] = ()) -> OwnSheet | None:
    """The links, the lines that are not links yet as they were typed, and room for more; None where it is so already.

    `states` says for such lines, by row, why they could not be set up; those of the rows `done` are links by now.
    """
    language = workbook.settings.written
    rows: list[list[Value]] = [list(map(language.say, HEADERS))]
    with ExitStack() as stack:
        state = _state(workbook.folder, stack)
        rows += [_line(workbook, link, state) for link in _links(workbook)]
    for line in new_lines(workbook):
        if line.row in done:
            continue
        typed = [line.tracker, line.whose, line.sheet, line.address, line.direction]
        rows.append([*(text or None for text in typed), None, language.speak(states.get(line.row, phrase(WAITING)))])
    grid = workbook.grids.get(name_of(workbook))
    if grid is not None and trimmed(grid.values) == trimmed(rows):
        return None
    rows += [[None] * len(HEADERS) for _ in range(ROOM)]
    titles = fitting_choices([workbook.trackers[name].title for name in workbook.tables])
    choices = {HEADERS.index("Direction") + 1: tuple(map(language.say, DIRECTIONS.values()))}
    if titles:
        choices[1] = titles
    return OwnSheet(rows, {}, list(WIDTHS), choices)


@record
class Line:
    """What a person entered on the Links sheet, in the row of this number."""

    row: int
    tracker: str
    whose: str
    sheet: str
    address: str
    direction: str


def new_lines(workbook: Workbook) -> list[Line]:
    """The lines of the Links sheet that are not links yet. A line that names no tracker, nobody and no address is
    none: what somebody wrote beside it goes."""
    grid = workbook.grids.get(name_of(workbook))
    if grid is None or not is_ours(grid):
        return []
    known = {_what(_line(workbook, link, None)) for link in _links(workbook)}
    found = []
    for number, line in enumerate(grid.values[1:], 2):
        texts = [show(value).strip() for value in [*line, *[None] * len(HEADERS)][:5]]
        if any(texts[:4]) and _what(texts) not in known:
            found.append(Line(number, *texts))
    return found


def _what(line: Sequence[Value]) -> tuple[str, ...]:
    """By what a line is recognised as a link's: tracker, whose rows, sheet and address."""
    title, whose, sheet, address = (fold(show(value)) for value in line[:4])
    key = targets.ADDRESS.search(show(line[3]))
    return title, whose, sheet, key[1] if key else address


def _links(workbook: Workbook) -> list[Mapping[str, Any]]:
    return [link for link in workbook.settings.links if not _is_this(workbook, str(link.get("target")))]


def _is_this(workbook: Workbook, target: str) -> bool:
    """Whether a link leads to this very workbook: then it is the shared side of another one."""
    return targets.is_file(target) and Path(target).name.casefold() == workbook.book.name.casefold()


def is_ours(grid: Grid | None) -> bool:
    """Whether the Links sheet is the tool's, or is not there yet."""
    return has_headers(grid, HEADERS)


def _state(folder: Path, stack: ExitStack) -> State | None:
    """What the syncs remember; None before the first."""
    if not (folder / names.STATE_FOLDER / STATE_FILE).exists():
        return None
    return stack.enter_context(State(folder / names.STATE_FOLDER))


def _line(workbook: Workbook, link: Mapping[str, Any], state: State | None) -> list[Value]:
    tracker = workbook.trackers.get(str(link.get("tracker")))
    name = str(link.get("name") or link.get("tracker"))
    at, says = _stand(name, state)
    language = workbook.settings.written
    whose = "; ".join(_texts(link.get("only"))) or language.say(ALL_ROWS)
    sheet = str(link.get("sheet") or (tracker.sheet if tracker else ""))
    title = tracker.title if tracker else str(link.get("tracker"))
    direction = language.say(DIRECTIONS.get(str(link.get("direction") or "both"), ""))
    return [title, whose, sheet, _address(str(link.get("target"))), direction, at, language.speak(says)]


def _texts(only: Any) -> Iterator[str]:
    for value in (only or {}).values():
        yield from map(show, value if isinstance(value, list) else [value])


def _address(target: str) -> str:
    named = targets.parse(target)
    google = isinstance(named, targets.GoogleTarget)
    return f"https://docs.google.com/spreadsheets/d/{targets.google_key(target)}/edit" if google else target


def _stand(link: str, state: State | None) -> tuple[Value, str]:
    """When a link was last synced, and what a person should know of it."""
    try:
        if state is None or not state.known(link):
            return None, phrase(NEVER)
        at = _moment(state.last_synced(link))
        if (stop := state.stopped(link)) and not stop.accepted:
            return at, phrase("Paused: Sync says why and what to do.")
        conflicts = len(state.conflicts(link))
    except Problem:
        return None, phrase("What the last sync remembered cannot be read; Sync says what to do.")
    return at, phrase(
        "{conflicts} on the Conflicts sheet.", conflicts=counted(conflicts, "conflict")
    ) if conflicts else phrase("In sync.")


def _moment(text: str) -> Value:
    """The local day and time, to the minute."""
    try:
        return datetime.fromisoformat(text).astimezone().replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None

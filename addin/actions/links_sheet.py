"""The Links sheet: which trackers are shared with whom, where, and the state of each. Validate keeps it up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from addin.core import names
from addin.core import target as targets
from addin.core.book import Grid, OwnSheet, Value, trimmed
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.workspace.state import State
from addin.workspace.workbook import Workbook

HEADERS = ("Tracker", "Whose rows", "Shared sheet", "Address", "Direction", "Last sync", "State")
WIDTHS = (24, 30, 24, 62, 18, 17, 60)
DIRECTIONS = {"both": "Both ways", "publish": "From here only", "collect": "To here only"}
STATE_FILE = "state.sqlite"
NEVER = "Not synced yet: press Sync."


def links_sheet(workbook: Workbook) -> OwnSheet | None:
    """The sheet as it should be; None where nothing is shared, or where it says so already."""
    grid = workbook.grids.get(names.LINKS)
    links = [link for link in workbook.settings.links if not _is_this(workbook, str(link.get("target")))]
    if not links or not _is_ours(grid):
        return None
    rows: list[list[Value]] = [list(HEADERS)]
    with ExitStack() as stack:
        state = _state(workbook.folder, stack)
        rows += [_line(workbook, link, state) for link in links]
    return None if grid is not None and trimmed(grid.values) == trimmed(rows) else OwnSheet(rows, {}, list(WIDTHS))


def _is_this(workbook: Workbook, target: str) -> bool:
    """Whether a link leads to this very workbook: then it is the shared side of another one."""
    return targets.is_file(target) and Path(target).name.casefold() == workbook.book.name.casefold()


def _is_ours(grid: Grid | None) -> bool:
    return grid is None or not grid.values or tuple(grid.values[0][: len(HEADERS)]) == HEADERS


def _state(folder: Path, stack: ExitStack) -> State | None:
    """What the syncs remember; None before the first."""
    if not (folder / names.STATE_FOLDER / STATE_FILE).exists():
        return None
    return stack.enter_context(State(folder / names.STATE_FOLDER))


def _line(workbook: Workbook, link: Mapping[str, Any], state: State | None) -> list[Value]:
    tracker = workbook.trackers.get(str(link.get("tracker")))
    name = str(link.get("name") or link.get("tracker"))
    at, says = _stand(name, state)
    whose = "; ".join(_texts(link.get("only"))) or "All rows"
    sheet = str(link.get("sheet") or (tracker.sheet if tracker else ""))
    title = tracker.title if tracker else str(link.get("tracker"))
    direction = DIRECTIONS.get(str(link.get("direction") or "both"), "")
    return [title, whose, sheet, _address(str(link.get("target"))), direction, at, says]


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
            return None, NEVER
        at = _moment(state.last_synced(link))
        if (stop := state.stopped(link)) and not stop.accepted:
            return at, "Paused: Sync says why and what to do."
        conflicts = len(state.conflicts(link))
    except Problem:
        return None, "What the last sync remembered cannot be read; Sync says what to do."
    return at, f"{counted(conflicts, 'conflict')} on the Conflicts sheet." if conflicts else "In sync."


def _moment(text: str) -> Value:
    """The local day and time, to the minute."""
    try:
        return datetime.fromisoformat(text).astimezone().replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None

"""undo and history: what the syncs overwrote, and how it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from addin.actions.sync.books import Open, make_last
from addin.actions.sync.session import STATE_FILE, Desk, desk
from addin.core import target as targets
from addin.core.book import Edits, Value
from addin.core.names import STATE_FOLDER
from addin.core.sync import Plan, same
from addin.core.sync.model import Changes, Row, Side
from addin.core.sync.side import edits, merged
from addin.errors import BookChanged, BookProblem, Problem
from addin.workspace.state import Entry, Run, State, entries, put_back
from addin.workspace.state.journal import Where

TRIES = 3
UNDO = "undo of run "
SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Undone:
    """What was put back, and what was left alone because somebody has changed it since."""

    run: int
    put_back: int
    changed: Sequence[Entry]


def state_of(target: str) -> State:
    """What is remembered of a workbook's syncs. Raises Problem where it was never synced."""
    return State(_remembered(target))


def _remembered(target: str) -> Path:
    """The folder in which the syncs of a workbook are remembered."""
    if targets.is_file(target) and not Path(target).is_file():
        raise BookProblem("there is no such workbook.", where=target, next="Check the name and the folder.")
    folder = Path(target).resolve().parent / STATE_FOLDER
    if not (folder / STATE_FILE).exists():
        raise Problem("was never synced.", where=target, next="ib-trackers sync starts it.")
    return folder


def history(target: str, *, run: int | None = None, row: str | None = None, limit: int = 200) -> list[Entry]:
    """What the syncs have overwritten, the newest first. Raises Problem."""
    with state_of(target) as state:
        return state.history(run=run, row=row, limit=limit)


def undo(
    target: str, *, run: int | None = None, row: str | None = None, column: str | None = None,
    today: date | None = None, open_: Open | None = None,
) -> Undone:  # fmt: skip
    """Take back the last sync, or another run, or only one row or cell of it, on both sides. Raises Problem.

    What somebody has changed since is left alone. After a whole run its links stand still until a person says go on.
    An undo is a run, too: history shows it, and one that was interrupted is carried on by the next.
    """
    if targets.is_file(target):
        _remembered(target)
    for attempt in range(1, TRIES + 1):
        try:
            with desk(target, today=today, open_=open_) as made:
                return _run(made, run, row, column)
        except BookChanged:
            if attempt == TRIES:
                raise
    raise AssertionError("not reached")


def _run(made: Desk, run: int | None, row: str | None, column: str | None) -> Undone:
    number = run if run is not None else _last(made.state.runs())
    journal = made.state.history(run=number, row=row, column=column)
    now = _now(made)
    mine = [entry for entry in journal if (entry.link, entry.side) in now]
    open_ = [entry for entry in mine if not _back_already(entry, now[entry.link, entry.side])]
    found = put_back(open_, now)
    whole = row is None and column is None and not found.changed
    _carry_out(made, found.changes, now, f"{UNDO}{number}", number if whole else None)
    return Undone(number, len(mine) - len(found.changed), found.changed)


def _now(made: Desk) -> dict[Where, Mapping[str, Row]]:
    now: dict[Where, Mapping[str, Row]] = {}
    for pair in made.pairs:
        now[pair.link.name, "left"] = pair.left.rows
        now[pair.link.name, "right"] = pair.right.rows
    return now


def _back_already(entry: Entry, rows: Mapping[str, Row]) -> bool:
    """Whether an undo that was interrupted has put this back."""
    if entry.column is not None:
        return entry.row in rows and same(rows[entry.row].get(entry.column), cast(Value, entry.old))
    return entry.old is None and entry.row not in rows


def _carry_out(
    made: Desk, changes: Mapping[Where, Changes], now: Mapping[Where, Mapping[str, Row]], note: str, undone: int | None
) -> None:  # fmt: skip
    left: list[Edits] = []
    right: dict[str, list[Edits]] = {target: [] for target in made.others}
    journal: list[Entry] = []
    for pair in made.pairs:
        here, there = (changes.get((pair.link.name, side), Changes()) for side in SIDES)
        left.append(edits(pair.left, here))
        right[pair.link.target].append(edits(pair.right, there))
        rows = (now[pair.link.name, side] for side in SIDES)
        journal += entries(pair.link.name, Plan(here, there), *rows)
    with made.state.lock():
        if made.state.last_run() != made.last_run:
            raise BookChanged("A sync of this workbook was faster.", next="Run this again.")
        run = made.state.begin(note)
        try:
            made.state.record(run, journal)
            if undone is not None:
                made.state.undone(undone)  # before the writes: half an undo must not look like somebody's edits
            for target, batches in right.items():
                made.others[target].apply(merged(batches))
            made.workbook.book.apply(merged(left))
            for book in (made.workbook.book, *made.others.values()):
                make_last(book)
        except BaseException as error:
            made.state.fail(run, type(error).__name__)
            raise
        made.state.finish(run, {})


def _last(runs: Sequence[Run]) -> int:
    """The run to take back: the last that was not taken back, or the one whose undo was interrupted."""
    for run in runs:
        if run.note.startswith(UNDO):
            if run.outcome != "done":
                return int(run.note.removeprefix(UNDO))
        elif run.outcome != "undone":
            return run.run
    raise Problem("There is no sync to undo.", next="ib-trackers history shows what was synced.")

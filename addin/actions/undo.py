"""undo and history: what the syncs overwrote, and how it comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.actions.pairs import STATE_FOLDER, Desk, desk
from addin.backends import Book, open_book
from addin.cells import Edits
from addin.errors import Problem
from addin.state import Entry, Run, State, put_back
from addin.state.journal import Where
from addin.sync.model import Changes, Row
from addin.sync.side import edits, merged


@dataclass(frozen=True, slots=True)
class Undone:
    """What was put back, and what was left alone because somebody has changed it since."""

    run: int
    put_back: int
    changed: Sequence[Entry]


def state_of(target: str) -> State:
    """What is remembered of a workbook's syncs. Raises Problem where it was never synced."""
    folder = Path(target).resolve().parent / STATE_FOLDER
    if not (folder / "state.sqlite").exists():
        raise Problem("was never synced.", where=target, next="ib-trackers sync starts it.")
    return State(folder)


def history(target: str, *, run: int | None = None, row: str | None = None, limit: int = 200) -> list[Entry]:
    """What the syncs have overwritten, the newest first. Raises Problem."""
    with state_of(target) as state:
        return state.history(run=run, row=row, limit=limit)


def undo(
    target: str, *, run: int | None = None, row: str | None = None, column: str | None = None,
    today: date | None = None, open_: Callable[[str], Book] = open_book,
) -> Undone:  # fmt: skip
    """Take back the last sync, or another run, or only one row or cell of it, on both sides. Raises Problem.

    What somebody has changed since is left alone. After a whole run its links stand still until a person says go on.
    """
    with desk(target, today=today, open_=open_) as made:
        number = run if run is not None else _last(made.state.runs())
        journal = made.state.history(run=number, row=row, column=column)
        now: dict[Where, Mapping[str, Row]] = {}
        for pair in made.pairs:
            now[pair.link.name, "left"] = pair.left.rows
            now[pair.link.name, "right"] = pair.right.rows
        found = put_back([entry for entry in journal if (entry.link, entry.side) in now], now)
        _carry_out(made, found.changes)
        if row is None and column is None and not found.changed:
            made.state.undone(number)
        return Undone(number, len(journal) - len(found.changed), found.changed)


def _carry_out(made: Desk, changes: Mapping[Where, Changes]) -> None:
    left: list[Edits] = []
    right: dict[str, list[Edits]] = {}
    for pair in made.pairs:
        name = pair.link.name
        left.append(edits(pair.left, changes.get((name, "left"), Changes())))
        right.setdefault(pair.link.target, []).append(edits(pair.right, changes.get((name, "right"), Changes())))
    with made.state.lock():
        for target, batches in right.items():
            made.others[target].apply(merged(batches))
        made.workbook.book.apply(merged(left))


def _last(runs: Sequence[Run]) -> int:
    for run in runs:
        if run.outcome != "undone":
            return run.run
    raise Problem("There is no sync to undo.", next="ib-trackers history shows what was synced.")

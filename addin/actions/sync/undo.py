"""undo and history: what the syncs overwrote, and how it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from addin.actions.sync.books import Open, make_last
from addin.actions.sync.session import STATE_FILE, SyncSession, open_session
from addin.actions.sync.write import apply_in_parts, stamps_of
from addin.core import target as targets
from addin.core.book import CellFormula, Edits, Value
from addin.core.language import in_thousands, phrase
from addin.core.names import STATE_FOLDER
from addin.core.sync import Plan, same
from addin.core.sync.guard import Limits
from addin.core.sync.model import Changes, Row, Side
from addin.core.sync.places import restore_rows
from addin.core.sync.side import SideRows, edits, is_lone, merged
from addin.core.sync.words import NAMES, id_problem
from addin.core.text import counted
from addin.errors import BookChanged, BookProblem, Problem, SyncStopped
from addin.workspace.state import Entry, Run, State, entries, put_back
from addin.workspace.state.journal import Undo, Where

TRIES = 3
UNDO = "undo of run "
SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Undone:
    """What was put back, and what was left alone because somebody has changed it since."""

    run: int
    put_back: int
    changed: Sequence[Entry] = ()
    already: bool = False
    """The run had been taken back before; nothing was written."""
    plans: Sequence[tuple[str, Side, Changes]] = ()
    """What was, or would be, written: link, side, changes."""


def state_of(target: str) -> State:
    """What is remembered of a workbook's syncs. Raises Problem where it was never synced."""
    return State(memory_folder(target))


def memory_folder(target: str) -> Path:
    """The folder in which the syncs of a workbook are remembered."""
    if targets.is_file(target) and not Path(target).is_file():
        raise BookProblem(
            phrase("there is no such workbook."), where=target, next=phrase("Check the name and the folder.")
        )
    folder = Path(target).resolve().parent / STATE_FOLDER
    if not (folder / STATE_FILE).exists():
        raise Problem(phrase("was never synced, so there is no sync to undo."), where=target)
    return folder


def history(target: str, *, run: int | None = None, row: str | None = None, limit: int = 200) -> list[Entry]:
    """What the syncs have overwritten, the newest first. Raises Problem."""
    with state_of(target) as state:
        return state.history(run=run, row=row, limit=limit)


def undo(
    target: str,
    *,
    run: int | None = None,
    row: str | None = None,
    column: str | None = None,
    dry_run: bool = False,
    force: bool = False,
    today: date | None = None,
    open_: Open | None = None,
) -> Undone:
    """Take back the last sync that wrote something, or another run, or only one row or cell of it, on both sides.

    Rows come back to their places. What somebody has changed since is left alone. After a whole run its links are
    paused until a person says go on. An undo is a run, too: history shows it, and one that was interrupted is carried
    on by the next. Doing it twice changes nothing the second time. Raises Problem; SyncStopped where it would delete
    much, until `force` says so.
    """
    if targets.is_file(target):
        memory_folder(target)
    for attempt in range(1, TRIES + 1):
        try:
            with open_session(target, writing=not dry_run, today=today, open_=open_) as session:
                return _run(session, run, row, column, dry_run=dry_run, force=force)
        except BookChanged:
            if attempt == TRIES:
                raise
    raise AssertionError("not reached")


def _run(
    session: SyncSession, run: int | None, row: str | None, column: str | None, *, dry_run: bool, force: bool
) -> Undone:
    number, already = (run, False) if run is not None else last_run(session.state.runs())
    journal = session.state.history(run=number, row=row, column=column)
    if run is not None and not journal and row is None:
        raise Problem(
            phrase("Run {run} has written nothing.", run=run),
            next=phrase("ib-trackers history shows the runs that did."),
        )
    if already:
        return Undone(number, 0, already=True)
    now = _now(session)
    mine = [entry for entry in journal if (entry.link, entry.side) in now]
    open_ = [entry for entry in mine if not _back_already(entry, now[entry.link, entry.side])]
    found = put_back(open_, now)
    _stop_before_harm(session, found, now, force=force)
    plans = [(link, side, changes) for (link, side), changes in found.changes.items() if changes]
    done = Undone(number, len(mine) - len(found.changed), found.changed, plans=plans)
    if not dry_run:
        whole = row is None and column is None and not found.changed
        _carry_out(session, found, now, f"{UNDO}{number}", number if whole else None)
    return done


def last_run(runs: Sequence[Run]) -> tuple[int, bool]:
    """The last sync that wrote something, or whose undo was interrupted; and whether it was taken back already."""
    for run in runs:
        if run.note.startswith(UNDO):
            if run.outcome != "done":
                return int(run.note.removeprefix(UNDO)), False
        elif run.changes:
            return run.run, run.outcome == "undone"
    raise Problem(phrase("There is no sync to undo."), next=phrase("ib-trackers history shows what was synced."))


def _now(session: SyncSession) -> dict[Where, Mapping[str, Row]]:
    now: dict[Where, Mapping[str, Row]] = {}
    for pair in session.pairs:
        now[pair.link.name, "left"] = _constants(pair.left)
        now[pair.link.name, "right"] = _constants(pair.right)
    return now


def _constants(side: SideRows) -> Mapping[str, Row]:
    """The rows without what is calculated, which moves by itself; but with the formulas that are alone, since
    somebody typed them."""
    if not side.formulas:
        return side.rows
    rows = {
        row_id: {name: value for name, value in row.items() if side.cell(row_id, name) not in side.formulas}
        for row_id, row in side.rows.items()
    }
    for row_id, row in rows.items():
        for name in side.rows[row_id].keys() - row.keys():
            cell = side.cell(row_id, name)
            if cell is not None and is_lone(side, cell):
                row[name] = CellFormula("=" + side.formulas[cell], cell[1])
    return rows


def _back_already(entry: Entry, rows: Mapping[str, Row]) -> bool:
    """Whether an undo that was interrupted has put this back."""
    row = rows.get(entry.row)
    if entry.column is not None:
        return row is not None and same(row.get(entry.column), cast(Value, entry.old))
    if entry.old is None:
        return row is None
    old = cast(Row, entry.old)
    return row is not None and all(
        same(value, old.get(name)) for name, value in row.items() if not isinstance(value, CellFormula)
    )


def _stop_before_harm(
    session: SyncSession, found: Undo, now: Mapping[Where, Mapping[str, Row]], *, force: bool
) -> None:
    """Raise SyncStopped where ids are damaged, or where much would be deleted without `force`."""
    sides = {
        (pair.link.name, side): rows
        for pair in session.pairs
        for side, rows in zip(SIDES, (pair.left, pair.right), strict=True)
    }
    problems = [
        id_problem(problem, where[0], where[1])
        for where, changes in found.changes.items()
        if changes
        for problem in sides[where].problems
    ]
    if problems:
        raise SyncStopped(phrase("Nothing was undone. {problem}", problem=problems[0]))
    limits = Limits()
    for (link, side), changes in found.changes.items():
        rows = len(now[link, side])
        if not force and len(changes.drops) > max(limits.spare, limits.deleted * rows):
            raise SyncStopped(
                phrase(
                    "Undo would delete {n} of {rows} from {side} of {link}, which that sync had added.",
                    n=in_thousands(len(changes.drops)),
                    rows=counted(rows, "row"),
                    side=NAMES[side],
                    link=link,
                ),
                next=phrase("If that is right: ib-trackers undo --force"),
            )


def _carry_out(
    session: SyncSession, found: Undo, now: Mapping[Where, Mapping[str, Row]], note: str, undone: int | None
) -> None:
    left: list[Edits] = []
    right: dict[str, list[Edits]] = {target: [] for target in session.others}
    journal: list[Entry] = []
    for pair in session.pairs:
        books = session.workbook.book, session.others[pair.link.target]
        sides = ("left", pair.left, left, books[0]), ("right", pair.right, right[pair.link.target], books[1])
        for side, rows, batches, book in sides:
            where = (pair.link.name, cast(Side, side))
            changes = found.changes.get(where, Changes())
            placed, rest = restore_rows(rows, changes, found.below.get(where, {}), inserting=book.inserts_rows)
            batches.append(merged([placed, edits(rows, rest)]))
        here, there = (found.changes.get((pair.link.name, side), Changes()) for side in SIDES)
        tables = (now[pair.link.name, side] for side in SIDES)
        journal += entries(pair.link.name, Plan(here, there), *tables, left_at=pair.left.at, right_at=pair.right.at)
    with session.state.lock():
        if session.state.last_run() != session.last_run:
            raise BookChanged(phrase("A sync of this workbook was faster."), next=phrase("Run this again."))
        run = session.state.begin(note)
        try:
            session.state.record(run, journal)
            if undone is not None:
                session.state.undone(undone)  # before the writes: half an undo must not look like somebody's edits
            for target, batches in right.items():
                apply_in_parts(session.others[target], merged(batches))
            session.workbook.book.apply(merged(left))
            for book in session.books().values():
                make_last(book)
        except BaseException as error:
            session.state.fail(run, type(error).__name__)
            raise
        session.state.finish(run, {}, stamps_of(session))

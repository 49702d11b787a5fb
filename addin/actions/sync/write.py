"""A decision carried out, in an order that the next run can make good from any point: ids, journal, shared sheets,
workbook, memory.

Ids come first, so that a crash never gives a row two. The journal is on disk before anything is overwritten. What a
link remembers moves on last, when everything that it says has been written and will last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from addin.actions import Tell, silent
from addin.actions.sync.books import file_stamp, make_last
from addin.actions.sync.decide import Decision
from addin.actions.sync.session import STATE_FILE, WORKBOOK, Pair, SyncSession
from addin.actions.sync.verify import verify_write
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book, Edits, Grid, OwnSheet, Value
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.sync import Plan
from addin.core.sync.agreed import exactly_the_same
from addin.core.sync.decisions import conflicts_sheet, in_language
from addin.core.sync.model import Changes, Row
from addin.core.sync.side import SideRows, edits, id_edits, merged, with_formulas
from addin.core.tables.values import show
from addin.errors import BookChanged
from addin.workspace.state import Entry, Memory, State, entries
from addin.workspace.state.journal import difference


@runtime_checkable
class InParts(Protocol):
    """A book for which a large batch is too much at once."""

    def parts(self, edits: Edits) -> list[Edits]:
        """The batch in parts, each of which is carried out whole or not at all."""
        ...


def write(session: SyncSession, decision: Decision, *, break_lock: bool = False, tell: Tell = silent) -> bool:
    """Carry the decision out; False when there was nothing to write. Raises BookChanged when somebody was faster."""
    to_left = {name: difference(side.rows, decision.lefts[name]) for name, side in session.lefts.items()}
    left = merged(edits(session.lefts[name], changes) for name, changes in to_left.items())
    left.sheets |= _conflicts_sheet(session, decision)
    fresh = merged(id_edits(session.lefts[name]) for name in {pair.link.tracker for pair in decision.pairs})
    right = {target: _to_other(decision, target) for target in session.others}
    news = {pair.link.name: memory for pair in decision.pairs if (memory := _news(session, pair, decision))}
    written = bool(left or fresh or any(right.values()))
    if not (written or news):
        if not decision.stopped:
            remember_seen(session)
        return False
    with session.state.lock(force=break_lock):
        if session.state.last_run() != session.last_run:
            raise BookChanged(phrase("Another sync of this workbook was faster."), next=phrase("Run this again."))
        run = session.state.begin("sync")
        try:
            if fresh:
                session.workbook.book.apply(fresh)
                _still_the_same(session, fresh)
            if not left and isinstance(session.workbook.book, XlsxBook):
                session.workbook.book.close()  # nothing more to write there: let go of what a large file takes
            session.state.record(run, _journal(session, decision, to_left))
            _write_books(session, left, right, decision, tell)
        except BaseException as error:
            session.state.fail(run, type(error).__name__)
            raise
        session.state.finish(run, news, stamps_of(session))
    return written


def _write_books(session: SyncSession, left: Edits, right: dict[str, Edits], decision: Decision, tell: Tell) -> None:
    """The shared books, each verified, then the workbook; then everything is made to last. A batch that is written is
    let go of."""
    for target in list(right):
        if right[target]:
            apply_in_parts(session.others[target], right.pop(target), tell)
            pairs = [pair for pair in decision.pairs if pair.link.target == target]
            session.verified[target] = verify_write(session.others[target], pairs, decision.plans)
    session.workbook.book.apply(left)
    for book in session.books().values():
        make_last(book)


def apply_in_parts(book: Book, batch: Edits, tell: Tell = silent) -> None:
    """Write a batch, a large one part by part. An interrupted one is carried on by the next sync: the rows that are
    there by then are known by their ids, and by the journal as what they were."""
    parts = book.parts(batch) if isinstance(book, InParts) else [batch]
    count = len(parts)
    for number in range(1, count + 1):
        book.apply(parts.pop(0))
        if count > 1:
            tell(f"Writing ({number} of {count} parts)")


def stamps_of(session: SyncSession) -> dict[str, list[str]]:
    """Which version of each file was read and which was written, to know an older one when it comes back."""
    found = {}
    for name, book in session.books().items():
        read, now = session.stamps.get(name, ""), file_stamp(book)
        if read and now:
            found[name] = list(dict.fromkeys((read, now)))
    return found


def remember_seen(session: SyncSession) -> None:
    """Remember the versions that were read where nothing had to be written: they may come back, too."""
    for name, stamp in session.stamps.items():
        if stamp:
            session.state.saw(name, stamp, session.last_run)


def accept_version(folder: Path, book: Book) -> None:
    """Remember that a person went back to an earlier version on purpose: no later sync takes it for an old copy."""
    stamp = file_stamp(book)
    if stamp and (folder / STATE_FOLDER / STATE_FILE).exists():
        with State(folder / STATE_FOLDER) as state:
            if state.is_older(WORKBOOK, stamp):
                state.stamp(WORKBOOK, [stamp])


def _to_other(decision: Decision, target: str) -> Edits:
    """What one shared book gets, of all links that lead there: one batch."""
    mine = [pair for pair in decision.pairs if pair.link.target == target]
    return merged(
        merged([edits(pair.right, decision.plans[pair.link.name].to_right), id_edits(pair.right)]) for pair in mine
    )


def _still_the_same(session: SyncSession, fresh: Edits) -> None:
    """Between writing ids and writing values somebody may have saved the workbook: places may have moved."""
    grids = session.workbook.grids
    sheets = {sheet for side in session.lefts.values() for sheet in side.layouts} | {session.conflicts_name} & set(
        grids
    )
    now = session.workbook.book.read(sorted(sheets))
    for name in sheets:
        written = {cell[1:]: value for cell, value in fresh.cells.items() if cell[0] == name}
        if name not in now or not _holds(now[name], grids[name], written):
            raise BookChanged(
                phrase("Somebody changed the workbook just now."), where=name, next=phrase("Run this again.")
            )


def _holds(now: Grid, before: Grid, written: Mapping[tuple[int, int], Value]) -> bool:
    """Whether a sheet is as it was but for what was written, row by row: a large one is never in memory three times."""
    height = max(len(now.values), len(before.values))
    return all(
        _constant(now, row, column) == ((type(value), value) if value is not None else _constant(before, row, column))
        for row in range(1, height + 1)
        for column in range(1, 1 + max(_width(now, row), _width(before, row)))
        for value in (written.get((row, column)),)
    )


def _width(grid: Grid, row: int) -> int:
    return len(grid.values[row - 1]) if row <= len(grid.values) else 0


def _constant(grid: Grid, row: int, column: int) -> tuple[type, Value]:
    """What a person put there; of what is calculated the formula, since its result moves by itself."""
    if (row, column) in grid.formulas:
        return str, grid.formulas[row, column]
    value = grid.value(row, column)
    return type(value), value


def _journal(session: SyncSession, decision: Decision, to_left: Mapping[str, Changes]) -> list[Entry]:
    """What is about to be overwritten; the workbook's part is under the first link of each tracker."""
    journal: list[Entry] = []
    for pair in decision.pairs:
        plan = Plan(to_right=decision.plans[pair.link.name].to_right)
        journal += entries(pair.link.name, plan, {}, _as_they_are(pair.right, plan.to_right), right_at=pair.right.at)
    for tracker, changes in to_left.items():
        link = next((pair.link.name for pair in session.pairs if pair.link.tracker == tracker), tracker)
        side = session.lefts[tracker]
        journal += entries(link, Plan(to_left=changes), _as_they_are(side, changes), {}, left_at=side.at)
    return journal


def _as_they_are(side: SideRows, changes: Changes) -> Mapping[str, Row]:
    """The rows of a side, and those that go with the formulas in them."""
    if not (changes.drops and side.formulas):
        return side.rows
    return {**side.rows, **{row: with_formulas(side, row) for row in changes.drops}}


def _news(session: SyncSession, pair: Pair, decision: Decision) -> Memory | None:
    """What there is new to remember about a link; None where there is nothing."""
    plan, hidden = decision.plans[pair.link.name], decision.hidden[pair.link.name]
    news = (
        pair.other_book
        or list(plan.conflicts) != list(pair.seen)
        or not exactly_the_same(plan.base, pair.base)
        or (session.state.hidden(pair.link.name) or ({}, {})) != hidden
        or session.state.stopped(pair.link.name) is not None
    )
    return Memory(plan.base, plan.conflicts, pair.book, hidden) if news else None


def _conflicts_sheet(session: SyncSession, decision: Decision) -> dict[str, OwnSheet]:
    """The Conflicts sheet, where it must change.

    A decision is used once: where its conflict is still open, other values are there now, and it must be made again.
    Only those about a link that is paused wait.
    """
    name = session.conflicts_name
    old = session.workbook.grids.get(name)
    if not decision.conflicts and old is None:
        return {}
    waiting = [one for one in decision.decided if one.problem or one.link in decision.stopped]
    sheet = in_language(conflicts_sheet(decision.conflicts, waiting), session.workbook.settings.written)
    now = [_stripped(line) for line in old.values] if old else []
    return {} if now == [_stripped(line) for line in sheet.rows] else {name: sheet}


def _stripped(line: Sequence[Value]) -> list[str]:
    shown = [show(value) for value in line]
    while shown and not shown[-1]:
        shown.pop()
    return shown

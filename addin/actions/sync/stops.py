"""Safety stops: what keeps a link from being synced now, and what going on all the same means."""

from __future__ import annotations

from collections.abc import Mapping

from addin.actions.sync.session import WORKBOOK, Pair, SyncSession, conflicts_sheet
from addin.core.sync import Reason, guard
from addin.core.sync.guard import NOT_EDITS, lost_columns
from addin.core.sync.held import shown
from addin.core.sync.model import Side, Table, same
from addin.core.sync.side import SideRows, restricted
from addin.core.sync.words import id_problem, lost_row, other_book
from addin.core.sync.words import reason as in_words
from addin.workspace.state import Entry

MANY_ROWS = 5
"""So many added rows, all gone again, are no deletion but an older book."""


def go_or_stop(session: SyncSession, pair: Pair, *, dry_run: bool, force: bool) -> tuple[list[str], bool]:
    """Why this link must not be synced now, in sentences; and, where there is none, whether it begins again, as if it
    had never been synced: then nothing is deleted, and every difference is a conflict."""
    name = pair.link.name
    problems = [(pair.left, "left", one) for one in pair.left.problems]
    problems += [(pair.right, "right", one) for one in pair.right.problems]
    if problems:
        return [id_problem(one, name, "left" if side == "left" else "right") for _, side, one in problems], False
    if not force and (lost := lost_rows(session, pair)):
        return lost, False
    if pair.other_book and (dry_run or not force):
        return [other_book(pair.other_book, pair.book)], False
    reasons = find_reasons(session, pair)
    if force and not dry_run:
        session.state.stop_or_go(name, reasons)
        session.state.accept(name)
    stop = session.state.stopped(name) if dry_run else session.state.stop_or_go(name, reasons)
    undone = [one for one in stop.reasons if one.kind == "undone"] if stop and not stop.accepted else []
    overridden = force or (stop is not None and stop.accepted and all(one in stop.reasons for one in reasons))
    open_ = [*undone, *reasons] if not overridden else []
    if open_:
        rows = {"left": len(pair.left.rows), "right": len(pair.right.rows)}
        return [in_words(one, link=name, tracker=pair.tracker, rows=rows) for one in open_], False
    return [], any(one.kind in NOT_EDITS for one in reasons)


def lost_rows(session: SyncSession, pair: Pair) -> list[str]:
    """Where the memory is lost: a sentence for each side that has no row with the id of an open conflict, but rows
    that nobody knows. One of them may be that row, edited since; as a new row it would be there twice."""
    if pair.base:
        return []
    grid, name = conflicts_sheet(session.workbook), pair.link.name
    sides: Mapping[Side, tuple[SideRows, SideRows]] = {
        "left": (pair.left, pair.right),
        "right": (pair.right, pair.left),
    }
    return [
        lost_row(min(missing), len(unknown), name, side, session.conflicts_name)
        for side, (rows, others) in sides.items()
        if (missing := shown(grid, [name], side).keys() - rows.rows.keys())
        and (unknown := rows.fresh.keys() - others.rows.keys())
    ]


def find_reasons(session: SyncSession, pair: Pair) -> list[Reason]:
    """What looks like a disaster rather than like work."""
    lost = lost_columns(pair.base, pair.left.names, pair.right.names) if pair.base else []
    base = restricted(pair.base, pair.names) if lost else pair.base
    asked = {conflict.row for conflict in pair.seen if conflict.column is None}
    if asked:  # their deletion was seen, and a person must decide about it anyway
        base = {row: was for row, was in base.items() if row not in asked}
    left, right = restricted(pair.left.rows, pair.names), restricted(pair.right.rows, pair.names)
    reasons = guard(base, left, right, direction=pair.link.direction)
    clear = any(reason.kind in NOT_EDITS for reason in reasons)
    older = [] if clear else _older(session, pair, base, left, right)
    return older or [*reasons, *lost]


def _older(session: SyncSession, pair: Pair, base: Table, left: Table, right: Table) -> list[Reason]:
    """A book that is older than what the base remembers: the very file of before a later sync, or one in which most of
    what the last sync wrote is as it was before."""
    sides: Mapping[Side, tuple[str, Table, SideRows]] = {
        "left": (WORKBOOK, left, pair.left),
        "right": (pair.link.target, right, pair.right),
    }
    found = []
    for side, (book, table, rows) in sides.items():
        stamp = session.stamps.get(book, "")
        if stamp and session.state.is_older(book, stamp):
            found.append(Reason("older", side))
        elif sum(table.get(row) != was for row, was in base.items()) + len(table.keys() - base.keys()) > 1:
            found += _taken_back(session, pair, side, rows.rows)
    return found


def _taken_back(session: SyncSession, pair: Pair, side: Side, rows: Table) -> list[Reason]:
    """The reason, where at least two, and half, of the changes of the last run are gone again on this side. Rows that
    it added and that are gone again may have been deleted: only many, and all of them, are a reason."""
    last = next((run for run in session.state.runs(20) if run.changes), None)
    if last is None or last.outcome != "done" or last.note != "sync":
        return []
    links = {other.link.name for other in session.pairs if other.link.tracker == pair.link.tracker}
    mine = [
        entry
        for entry in session.state.history(run=last.run)
        if entry.side == side and (entry.link == pair.link.name or (side == "left" and entry.link in links))
    ]
    gone = [entry for entry in mine if _is_taken_back(entry, rows)]
    edits = [entry for entry in gone if entry.column is not None or entry.old is not None]
    enough = 2 <= len(gone) >= len(mine) / 2 and edits
    return [Reason("older", side, len(gone), len(mine))] if enough or MANY_ROWS <= len(gone) == len(mine) else []


def _is_taken_back(entry: Entry, rows: Table) -> bool:
    """Whether a change of the last run is as it was before that run."""
    row = rows.get(entry.row)
    if entry.column is None:
        return (row is None) == (entry.old is None)
    return row is not None and same(row.get(entry.column), entry.old) and not same(row.get(entry.column), entry.new)

"""Rows that a person takes from one shared sheet to another: no deletion there, and no stranger here.

The sheet they come from may be paused, or not readable, while the other one is synced. Such a row waits where it is:
deleting it here as not belonging here, and later there as deleted there, would lose it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from addin.actions.sync.copies import find_again, nearly_again
from addin.actions.sync.session import Pair, SyncSession
from addin.core.sync.model import Row

NewRows = Mapping[tuple[str, str], Mapping[str, Row]]
"""(tracker, link), the link "" for the workbook -> its new rows"""


def with_carried(known: Mapping[str, Row], pair: Pair, session: SyncSession) -> dict[str, Row]:
    """What both sides of this link held: with rows that were brought here, without those that were taken elsewhere."""
    base = dict(known)
    for other in beside(pair, session):
        for row in pair.held - pair.right.rows.keys():
            if row in other.right.rows and row not in other.held:
                base.pop(row, None)
        for row in pair.right.rows.keys() - pair.held:
            if row in other.held and row not in other.right.rows:
                base[row] = {name: value for name, value in other.base[row].items() if name in pair.names}
    return base


def waiting(pair: Pair, session: SyncSession, going_on: Sequence[Pair]) -> set[str]:
    """The rows that were brought here from a shared sheet whose link does not go on now."""
    brought = pair.right.rows.keys() - pair.held
    if not brought:
        return set()
    going = {one.link.name for one in going_on}
    found: set[str] = set()
    for other in beside(pair, session):
        if other.link.name not in going:
            found |= brought & other.base.keys() - other.right.rows.keys()
    for link, _ in session.unreadable.values():
        if link.tracker == pair.link.tracker:
            there = session.state.base(link.name)
            new = {row: pair.right.rows[row] for row in brought if row not in pair.left.rows}
            missing = {row: was for row, was in there.items() if row not in pair.right.rows}
            found |= brought & there.keys() | find_again(pair, new, missing).keys()
    return found


def pasted_beside(
    pair: Pair, gone: Collection[str], base: Mapping[str, Row], session: SyncSession, new: NewRows
) -> set[str]:
    """Of the rows that are gone from this shared sheet those that came to another place, which has them already, or to
    another sheet as nearly the same: which of the two is the row, and whether it was to be deleted, only a person
    knows."""
    missing = {row: base[row] for row in gone}
    found = set(find_again(pair, new.get((pair.tracker.name, ""), {}), missing).values())
    for other in beside(pair, session):
        here = new.get((pair.tracker.name, other.link.name), {})
        same = find_again(other, here, missing)
        found |= {*same.values()} & other.right.rows.keys()
        found |= nearly_again(other, {row: here[row] for row in here.keys() - same.keys()}, missing, base)
    return found


def pasted_there(pair: Pair, gone: Collection[str], base: Mapping[str, Row], new: NewRows) -> set[str]:
    """Of the rows that are gone from the workbook those that came to this shared sheet, which has them already."""
    here = new.get((pair.tracker.name, pair.link.name), {})
    return set(find_again(pair, here, {row: base[row] for row in gone}).values())


def new_rows(pairs: Sequence[Pair]) -> NewRows:
    """The rows that one side alone has, and that no link knows."""
    sides = {(pair.tracker.name, ""): pair.left.rows for pair in pairs}
    sides |= {(pair.tracker.name, pair.link.name): pair.right.rows for pair in pairs}
    known: dict[str, Counter[str]] = {tracker: Counter() for tracker, _ in sides}
    for (tracker, _), rows in sides.items():
        known[tracker].update(rows.keys())
    for pair in pairs:
        known[pair.tracker.name].update(pair.base.keys())
    return {
        (tracker, link): {row: cells for row, cells in rows.items() if known[tracker][row] == 1}
        for (tracker, link), rows in sides.items()
    }


def beside(pair: Pair, session: SyncSession) -> Iterator[Pair]:
    """The other links of this tracker, paused ones too."""
    return (one for one in session.pairs if one is not pair and one.link.tracker == pair.link.tracker)

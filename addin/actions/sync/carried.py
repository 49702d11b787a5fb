"""Rows that a person takes from one shared sheet to another: no deletion there, and no stranger here.

The sheet they come from may be paused, or not readable, while the other one is synced. Such a row waits where it is:
deleting it here as not belonging here, and later there as deleted there, would lose it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from addin.actions.sync.copies import find_again
from addin.actions.sync.session import Pair, SyncSession
from addin.core.sync.model import Row


def with_carried(known: Mapping[str, Row], pair: Pair, session: SyncSession) -> dict[str, Row]:
    """What both sides of this link held: with rows that were brought here, without those that were taken elsewhere."""
    base = dict(known)
    for other in beside(pair, session):
        for row in pair.base.keys() - pair.right.rows.keys():
            if row in other.right.rows and row not in other.base:
                base.pop(row, None)
        for row in pair.right.rows.keys() - pair.base.keys():
            if row in other.base and row not in other.right.rows:
                base[row] = {name: value for name, value in other.base[row].items() if name in pair.names}
    return base


def waiting(pair: Pair, session: SyncSession, going_on: Sequence[Pair]) -> set[str]:
    """The rows that were brought here from a shared sheet whose link does not go on now."""
    brought = pair.right.rows.keys() - pair.base.keys()
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


def pasted_beside(pair: Pair, gone: Collection[str], pairs: Sequence[Pair]) -> set[str]:
    """Of the rows that are gone from this shared sheet those that came to another one, which has them already: which of
    the two is the row, and whether it was to be deleted, only a person knows."""
    missing, found = {row: pair.base[row] for row in gone if row in pair.base}, set[str]()
    for other in pairs:
        if other is not pair and other.link.tracker == pair.link.tracker:
            right = other.right.rows
            new = {row: right[row] for row in right if row not in other.base and row not in other.left.rows}
            found |= {row for row in find_again(other, new, missing).values() if row in right}
    return found


def beside(pair: Pair, session: SyncSession) -> Iterator[Pair]:
    """The other links of this tracker, paused ones too."""
    return (one for one in session.pairs if one is not pair and one.link.tracker == pair.link.tracker)

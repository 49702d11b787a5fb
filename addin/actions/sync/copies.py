"""Rows that were copied, or taken, from one shared sheet to another with the wrong id, or with none.

in two sheets of one tracker                          what the rows are
────────────────────────────────────────────────────  ────────────────────────────────────────────────────
one id, the key of that id in one of them only,       that row, where the key is; the other one is a copy
and more of its cells                                 that was made another entry, and gets a new id
no id in one of them, and in the other one a row      that row
of this key is missing
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from addin.core.sync.identity import Print, Rows, agreement, unique
from addin.core.sync.model import Row
from addin.core.tables.row_ids import new_ids

if TYPE_CHECKING:
    from addin.actions.sync.session import Pair


def settle_copies(pairs: Sequence[Pair], random: Random) -> None:
    """Give every row of the shared sheets the id that it has by what all of them hold."""
    taken = {row for pair in pairs for row in (*pair.left.rows, *pair.right.rows, *pair.base)}
    for pair in pairs:
        for other in pairs:
            if other is not pair and other.link.tracker == pair.link.tracker:
                renew_copies(pair, other, taken, random)
                recognise_taken(pair, other)


def renew_copies(pair: Pair, other: Pair, taken: set[str], random: Random) -> None:
    """Give the copies in the first sheet whose originals are in the other one new ids."""
    for row in sorted(pair.right.rows.keys() & other.right.rows.keys() & (pair.base.keys() ^ other.base.keys())):
        was = pair.base[row] if row in pair.base else other.base[row]
        if is_copy(pair, pair.right.rows[row], other.right.rows[row], was):
            (fresh,) = new_ids(taken, 1, random)
            taken.add(fresh)
            rename(pair, row, fresh)


def is_copy(pair: Pair, here: Row, there: Row, was: Row) -> bool:
    """Whether `here` is another entry by now, and `there` the one that it was copied from."""
    key, mine, theirs = (key_of(pair, row) for row in (was, here, there))
    return key is not None and theirs == key != mine and agreement(there, was) > agreement(here, was)


def recognise_taken(pair: Pair, other: Pair) -> None:
    """Give rows that came without an id to the first sheet the ids of those that are missing in the other one."""
    new = {row: pair.right.rows[row] for row in pair.right.fresh if row not in pair.base and row not in pair.left.rows}
    if not new:
        return
    missing = keys(pair, {row: other.base[row] for row in other.base.keys() - other.right.rows.keys()})
    for key, row in keys(pair, new).items():
        was = missing.get(key, "")
        if was in pair.left.rows and was not in pair.right.rows:
            rename(pair, row, was)


def keys(pair: Pair, rows: Mapping[str, Row]) -> dict[Print | None, str]:
    """Key -> id of these rows, as far as a key is there once."""
    return unique({row: key_of(pair, cells) for row, cells in rows.items()})


def key_of(pair: Pair, row: Row) -> Print | None:
    """The unique key of a row; None where it is blank, or the tracker has none."""
    return Rows(lambda _: row, {}, pair.tracker.key).key_of(row)


def rename(pair: Pair, row: str, now: str) -> None:
    """Put a row of the shared sheet under another id, which is still to be written."""
    right = pair.right
    right.rows[now], right.at[now] = right.rows.pop(row), right.at.pop(row)
    right.fresh.pop(row, None)
    right.fresh[now] = right.at[now]

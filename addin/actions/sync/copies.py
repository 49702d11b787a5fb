"""A row copied with its id in one shared sheet, and its original taken to another sheet: two rows of one id."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from addin.core.sync.identity import agreement
from addin.core.tables.row_ids import new_ids

if TYPE_CHECKING:
    from addin.actions.sync.session import Pair


def renew_copies(pairs: Sequence[Pair], random: Random) -> None:
    """Give a row a new id that was copied with its id and made another entry, where the original was then taken to
    another shared sheet: this is the row with the key of that id, and with more of its cells."""
    taken = {row for pair in pairs for row in (*pair.left.rows, *pair.right.rows, *pair.base)}
    for pair in pairs:
        for other in pairs:
            if other is pair or other.link.tracker != pair.link.tracker:
                continue
            for row in sorted(pair.right.rows.keys() & pair.base.keys() & other.right.rows.keys() - other.base.keys()):
                if _is_copy(pair, row, other):
                    (fresh,) = new_ids(taken, 1, random)
                    taken.add(fresh)
                    _rename(pair, row, fresh)


def _is_copy(pair: Pair, row: str, other: Pair) -> bool:
    """Whether the row with this id is another entry here, and the original is in the other sheet."""
    was, here, there = pair.base[row], pair.right.rows[row], other.right.rows[row]
    key = [was.get(name) for name in pair.tracker.key]
    if not any(key) or [there.get(name) for name in pair.tracker.key] != key:
        return False
    return [here.get(name) for name in pair.tracker.key] != key and agreement(there, was) > agreement(here, was)


def _rename(pair: Pair, row: str, fresh: str) -> None:
    """Put a row of the shared sheet under a new id, which is still to be written."""
    right = pair.right
    right.rows[fresh], right.at[fresh] = right.rows.pop(row), right.at.pop(row)
    right.fresh.pop(row, None)
    right.fresh[fresh] = right.at[fresh]

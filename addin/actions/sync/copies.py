"""Rows that were copied, or taken, from one shared sheet to another with the wrong id, or with none.

in two sheets of one tracker                          what the rows are
────────────────────────────────────────────────────  ────────────────────────────────────────────────────
one id, the key of that id in one of them only,       that row, where the key is; the other one is a copy
and more of its cells                                 that was made another entry, and gets a new id
no id in one of them, and the key of a row whose id   that row; what has its id there is a copy that was
in the other one is at another key by now             made another entry, and gets a new id
no id in one of them, or one that nobody knows, and   that row
in the other one the row of this key, or else of
just these cells, is missing
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from addin.core.sync.identity import Print, Rows, agreement, nearly_alike, plain, unique
from addin.core.sync.model import Row
from addin.core.tables.row_ids import new_ids

if TYPE_CHECKING:
    from addin.actions.sync.session import Pair


def settle_copies(pairs: Sequence[Pair], random: Random) -> None:
    """Give every row of the shared sheets the id that it has by what all of them hold."""
    taken = {row for pair in pairs for row in (*pair.left.rows, *pair.right.rows, *pair.base)}
    for pair in pairs:
        others = [one for one in pairs if one is not pair and one.link.tracker == pair.link.tracker]
        for other in others:
            renew_copies(pair, other, taken, random)
        for other in others:
            known = {row for one in others for row in one.base}
            give_back(pair, other, known, taken, random)
            recognise_taken(pair, other, known)


def renew_copies(pair: Pair, other: Pair, taken: set[str], random: Random) -> None:
    """Give the copies in the first sheet whose originals are in the other one new ids."""
    for row in sorted(pair.right.rows.keys() & other.right.rows.keys() & (pair.held ^ other.held)):
        was = pair.base[row] if row in pair.held else other.base[row]
        if is_copy(pair, pair.right.rows[row], other.right.rows[row], was):
            (fresh,) = new_ids(taken, 1, random)
            taken.add(fresh)
            rename(pair, row, fresh)


def is_copy(pair: Pair, here: Row, there: Row, was: Row) -> bool:
    """Whether `here` is another entry by now, and `there` the one that it was copied from."""
    key, mine, theirs = (key_of(pair, row) for row in (was, here, there))
    return key is not None and theirs == key != mine and agreement(there, was) > agreement(here, was)


def new_in(pair: Pair, known: Collection[str]) -> dict[str, Row]:
    """The rows of a shared sheet that came without an id, or with one that is not `known` elsewhere."""
    right, mine = pair.right, {*pair.base, *pair.left.rows}
    return {row: right.rows[row] for row in right.rows if row not in mine and (row in right.fresh or row not in known)}


def give_back(pair: Pair, other: Pair, known: Collection[str], taken: set[str], random: Random) -> None:
    """Give rows that came to the first sheet without their ids these back, where a copy in the other one has them, made
    another entry by now."""
    new, there = new_in(pair, known), other.right.rows
    held = {
        row: other.base[row]
        for row in other.base.keys() & pair.left.rows.keys() & there.keys() - pair.right.rows.keys()
        if key_of(other, there[row]) != key_of(other, other.base[row])
    }
    for row, was in find_again(pair, new, held).items():
        if is_copy(other, there[was], new[row], held[was]):
            (fresh,) = new_ids(taken, 1, random)
            taken.add(fresh)
            rename(other, was, fresh)
            rename(pair, row, was)


def recognise_taken(pair: Pair, other: Pair, known: Collection[str]) -> None:
    """Give rows that came to the first sheet without an id, or with one that is not `known` elsewhere, the ids of those
    that are missing in the other one."""
    right, new = pair.right, new_in(pair, known)
    gone = other.base.keys() & pair.left.rows.keys() - other.right.rows.keys() - right.rows.keys()
    missing = {row: other.base[row] for row in gone}
    for row, was in find_again(pair, new, missing).items():
        rename(pair, row, was)


def find_again(pair: Pair, new: Mapping[str, Row], missing: Mapping[str, Row]) -> dict[str, str]:
    """Which missing row each new one of the shared sheet is: the one with its key, else with all of its cells, as far
    as these are there once."""
    found: dict[str, str] = {}
    if not new or not missing:
        return found
    shared = pair.names.intersection(*(was.keys() for was in missing.values()))
    for print_of in (partial(key_of, pair), partial(cells_of, shared)):
        wanted = unique({row: print_of(was) for row, was in missing.items() if row not in found.values()})
        here = unique({row: print_of(cells) for row, cells in new.items() if row not in found})
        found |= {row: wanted[print_] for print_, row in here.items() if print_ in wanted}
    return found


def nearly_again(pair: Pair, new: Mapping[str, Row], missing: Mapping[str, Row], known: Mapping[str, Row]) -> set[str]:
    """The missing rows of which a new one of the shared sheet has most of the cells, one that no other row has too."""
    here = [{name: value for name, value in row.items() if name in pair.names} for row in new.values()]
    return set(nearly_alike(range(len(here)), [*missing], Rows(here.__getitem__, known, pair.tracker.key)).values())


def cells_of(names: Collection[str], row: Row) -> Print | None:
    """The cells of a row in these columns; None where they are blank."""
    print_ = tuple(plain(row.get(name)) for name in sorted(names))
    return print_ if any(value is not None for value in print_) else None


def key_of(pair: Pair, row: Row) -> Print | None:
    """The unique key of a row; None where it is blank, or the tracker has none."""
    return Rows(lambda _: row, {}, pair.tracker.key).key_of(row)


def rename(pair: Pair, row: str, now: str) -> None:
    """Put a row of the shared sheet under another id, which is still to be written."""
    right = pair.right
    right.rows[now], right.at[now] = right.rows.pop(row), right.at.pop(row)
    right.fresh.pop(row, None)
    right.fresh[now] = right.at[now]

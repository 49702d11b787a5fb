"""A first look at two sides: the rows in which they hold exactly the same, and that need no decision.

Most rows of most nights are such, so this is where a plan spends its time, and it does so at the speed of C.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress
from operator import eq, itemgetter, not_
from typing import cast

from addin.core.sync.model import Row, Table

BLOCK = 256
"""So many rows are compared at a time: what was just looked at is still at hand when its types are."""


def sorted_out(base: Table, left: Table, right: Table, shared: set[str] | None) -> tuple[dict[str, Row], list[str]]:
    """The rows that need no decision, because both sides hold the same, and the rows that do.

    What they were before does not matter: both sides agree, so this is the base now. The base keeps the other rows for
    the time being.
    """
    lefts, rights = (left, right) if shared is None else (narrowed(left, shared), narrowed(right, shared))
    alike = exactly_alike(list(lefts.values()), list(map(rights.get, lefts)))
    undecided = list(compress(lefts, map(not_, alike)))
    met = len(left) - sum(row not in right for row in undecided)
    undecided += [row for row in base if row not in left]
    if len(right) > met:
        undecided += [row for row in right if row not in left and row not in base]
    agreed = dict(lefts)
    for row in undecided:
        if row in base:
            agreed[row] = base[row]
        else:
            agreed.pop(row, None)
    return agreed, undecided


def narrowed(table: Table, wanted: set[str]) -> Table:
    """The table without the columns that only this side holds."""
    return {
        row: cells if cells.keys() <= wanted else {name: value for name, value in cells.items() if name in wanted}
        for row, cells in table.items()
    }


def exactly_the_same(one: Table, other: Table) -> bool:
    """Whether two tables hold the same rows, to the types."""
    return one.keys() == other.keys() and all(exactly_alike(list(one.values()), list(map(other.get, one))))


def exactly_alike(ours: Sequence[Row], others: Sequence[Row | None]) -> list[bool]:
    """Row by row, whether both hold the same; None is no row.

    Equal is not enough, because to Python True is 1, and the error #N/A is the text "#N/A": the types must match, too.
    """
    alike: list[bool] = []
    for start in range(0, len(ours), BLOCK):
        one, other = ours[start : start + BLOCK], others[start : start + BLOCK]
        equal = list(map(eq, one, other))
        both = list(compress(one, equal)), cast("list[Row]", list(compress(other, equal)))
        alike += equal if same_types(*both) else map(same, one, other)
    return alike


def same_types(ours: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether rows that are equal are so to the types; False also where that cannot be seen for all of them at once.

    The values are fetched by name, because the same columns may be in another order.
    """
    columns = list(ours[0]) if ours else []
    if not columns or set(map(len, ours)) != {len(columns)}:
        return not ours
    values = itemgetter(*columns, *columns[:1])  # of one name alone it would give no tuple
    try:
        one, other = (map(type, chain.from_iterable(map(values, rows))) for rows in (ours, others))
        return list(one) == list(other)
    except KeyError:
        return False


def same(ours: Row, others: Row | None) -> bool:
    """The same of one row."""
    return others == ours and all(type(value) is type(others[name]) for name, value in ours.items())

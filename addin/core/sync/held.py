"""What each side held of the rows that wait for a decision: there they are known by it, not by what both held before.

Where the memory is lost, the Conflicts sheet still says it: a row id, and both rows in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from addin.core.book import Grid, Value
from addin.core.sync.decisions import DELETED, HEADERS, MINE_HEADER, THEIRS_HEADER, WHOLE_ROW
from addin.core.sync.model import Conflict, Row, Side, Table, same
from addin.core.sync.words import show_row
from addin.core.tables.values import show

Held = Mapping[str, Row | str]
"""Row id -> what a side held, or how it is shown on the Conflicts sheet."""


def held(conflicts: Iterable[Conflict], base: Mapping[str, Row], side: Side) -> dict[str, Row]:
    """The rows with open conflicts as this side had them."""
    found: dict[str, Row] = {}
    for one in conflicts:
        value = one.left if side == "left" else one.right
        was = found.get(one.row, base.get(one.row, {}))
        if one.column is not None:
            found[one.row] = {**was, one.column: value}  # type: ignore[dict-item]
        elif isinstance(value, Mapping):
            found[one.row] = {**was, **value}
    return found


MOST = 3
"""A row with fewer known cells is not told from another entry."""


def known_by_conflicts(
    base: Mapping[str, Row], conflicts: Iterable[Conflict], left: Table, right: Table
) -> dict[str, Row]:
    """The base with what a conflict showed of the side that has not changed since, where another entry has been pasted
    over the row on the other one and no earlier sync knows the cell: its blank is no gap to be filled."""
    found = dict(base)
    for one in conflicts:
        was = base.get(one.row)
        if one.column is None or was is None or one.column in was or not (one.row in left and one.row in right):
            continue
        mine, theirs = left[one.row], right[one.row]
        for pasted, other, value in ((mine, theirs, one.right), (theirs, mine, one.left)):
            stays = same(other.get(one.column), value) and not _changed(other, was)
            if stays and _is_another(pasted, was):
                found[one.row] = {**found[one.row], one.column: cast(Value, value)}
    return found


def _changed(row: Row, was: Row) -> set[str]:
    """The columns of which the base knows more than a blank, and the row says something else."""
    return {column for column, value in was.items() if value is not None and not same(row.get(column), value)}


def _is_another(row: Row, was: Row) -> bool:
    """Whether most of what was known of a row is another now."""
    known = sum(value is not None for value in was.values())
    return known >= MOST and 2 * len(_changed(row, was)) > known


def shown(grid: Grid | None, links: Collection[str], side: Side) -> dict[str, str]:
    """The rows that the Conflicts sheet shows whole, in words."""
    found = {}
    for line in grid.values[1:] if grid else ():
        cells = dict(zip(HEADERS, map(show, line), strict=False))
        words = cells.get(MINE_HEADER if side == "left" else THEIRS_HEADER, "")
        if cells.get("Column") == WHOLE_ROW and cells.get("Link", "") in links and words not in ("", DELETED):
            found[cells.get("Row id", "")] = words
    found.pop("", None)
    return found


def recognised_by(known: Mapping[str, Row], rows_held: Held, rows: Sequence[Row]) -> Mapping[str, Row]:
    """The rows that are known, those with open conflicts as they were held."""
    if not rows_held:
        return known
    found = dict(known)
    for row_id, was in rows_held.items():
        if not isinstance(was, str):
            if row_id in known:
                found[row_id] = was
            continue
        wanted = set(was.split(", "))
        alike = [row for row in rows if wanted <= set(show_row(row).split(", "))]
        if len(alike) == 1:
            found[row_id] = alike[0]
    return found

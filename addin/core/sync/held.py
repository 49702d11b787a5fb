"""What each side held of the rows that wait for a decision: there they are known by it, not by what both held before.

Where the memory is lost, the Conflicts sheet still says it: a row id, and both rows in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from addin.core.book import Grid
from addin.core.sync.decisions import DELETED, HEADERS, MINE_HEADER, THEIRS_HEADER, WHOLE_ROW
from addin.core.sync.model import Conflict, Row, Side
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

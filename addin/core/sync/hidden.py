"""What a side holds of a row that the other side cannot see: private columns, and columns of a person's own.

Who deletes a row has not seen these. What was typed into them since the last sync makes the deletion a conflict.
"""

from __future__ import annotations

from collections.abc import Collection

from addin.core.sync.model import Row, Table, same
from addin.core.sync.side import SideRows


def hidden_rows(side: SideRows, shared: Collection[str], rows: Collection[str]) -> dict[str, Row]:
    """The values of these rows in the columns that are not shared; what is calculated is no edit."""
    names = [name for name in side.names if name not in shared and not is_calculated(side, name)]
    if not names:
        return {}
    found: dict[str, Row] = {}
    for row_id in rows:
        row = side.rows.get(row_id)
        values = {name: row[name] for name in names if row.get(name) is not None} if row else {}
        if values and side.formulas:
            values = {name: value for name, value in values.items() if side.cell(row_id, name) not in side.formulas}
        if values:
            found[row_id] = values
    return found


def unseen_rows(side: SideRows, shared: Collection[str], rows: Collection[str], before: Table) -> set[str]:
    """Of these rows those in which something was typed since that the other side cannot see."""
    now = hidden_rows(side, shared, rows)
    return {
        row
        for row, values in now.items()
        if any(not same(value, before.get(row, {}).get(name)) for name, value in values.items())
    }


def is_calculated(side: SideRows, name: str) -> bool:
    """True for a column of the tracker that the sheet calculates."""
    return name in side.tracker.columns and side.tracker.columns[name].calculated

"""What a side holds of a row that the other side cannot see: private columns, columns of a person's own, formulas.

Who deletes a row has not seen these. What was typed into them since the last sync makes the deletion a conflict. A
formula is remembered as what it does, not as what it gives: that moves by itself.
"""

from __future__ import annotations

from collections.abc import Collection

from addin.core.a1 import without_references
from addin.core.book import Value
from addin.core.sync.model import Row, Table, same
from addin.core.sync.side import SideRows

FORMULA = "="
"""Before a column's name: the formula there. Alone: the row is new here, and what it is given is not known yet."""


def hidden_rows(side: SideRows, shared: Collection[str], rows: Collection[str]) -> dict[str, Row]:
    """The values of these rows in the columns that are not shared, and their formulas; what the tracker calculates is
    no edit."""
    names = [name for name in side.names if not is_calculated(side, name)]
    hidden = [name for name in names if name not in shared]
    typed = formula_names(side, names)
    if not hidden and not typed:
        return {}
    found: dict[str, Row] = {}
    for row_id in rows:
        row = side.rows.get(row_id)
        if row is None:
            values: dict[str, Value] = {FORMULA: True} if typed else {}
        else:
            values = {name: row[name] for name in hidden if row.get(name) is not None}
            if typed:
                values = _with_formulas(side, row_id, typed, values)
        if values:
            found[row_id] = values
    return found


def formula_names(side: SideRows, names: Collection[str]) -> list[str]:
    """The columns in which there are formulas."""
    places = {(sheet, column) for sheet, _, column in side.formulas}
    return [name for name in names if any((sheet, side.column(sheet, name)) in places for sheet in side.layouts)]


def _with_formulas(side: SideRows, row_id: str, names: Collection[str], values: Row) -> dict[str, Value]:
    """The values without those that are calculated, and the formulas: without the cells that they refer to, which move
    whenever rows or columns do."""
    made = dict(values)
    for name in names:
        cell = side.cell(row_id, name)
        if cell in side.formulas and cell is not None:
            made.pop(name, None)
            made[FORMULA + name] = without_references(side.formulas[cell])
    return made


def unseen_rows(side: SideRows, shared: Collection[str], rows: Collection[str], before: Table) -> set[str]:
    """Of these rows those in which something was typed since that the other side cannot see."""
    now = hidden_rows(side, shared, [row for row in rows if row in side.rows])
    return {row for row, values in now.items() if is_edited(values, before.get(row, {}))}


def is_edited(now: Row, before: Row) -> bool:
    """Whether anything was typed since. In a row that was new then, formulas came with it."""
    return any(
        not same(value, before.get(name)) and not (name.startswith(FORMULA) and FORMULA in before)
        for name, value in now.items()
    )


def is_calculated(side: SideRows, name: str) -> bool:
    """True for a column of the tracker that the sheet calculates."""
    return name in side.tracker.columns and side.tracker.columns[name].calculated

"""How two states of a workbook differ, and the edits that bring a sheet or a row of the older one back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from addin.core.book import Edits, Grid, Value
from addin.core.sync.model import same
from addin.core.trackers import ID_HEADER


def changed_cells(old: Mapping[str, Grid], new: Mapping[str, Grid]) -> dict[str, int]:
    """How many constants differ, sheet by sheet; a row that moved without an id counts with all its cells."""
    found = {}
    for name in dict.fromkeys((*old, *new)):
        if name not in old or name not in new:
            found[name] = -1
        elif number := len(sheet_edits(old[name], new[name]).cells):
            found[name] = number
    return found


def sheet_edits(old: Grid, new: Grid) -> Edits:
    """The edits that give a sheet the contents of an older state; formulas that are there stay."""
    edits = Edits()
    for row in range(1, max(len(old.values), len(new.values)) + 1):
        width = max(len(grid.values[row - 1]) if row <= len(grid.values) else 0 for grid in (old, new))
        for column in range(1, width + 1):
            if (row, column) in old.formulas or (row, column) in new.formulas:
                continue
            if not same(old.value(row, column), new.value(row, column)):
                edits.cells[new.sheet, row, column] = old.value(row, column)
    return edits


def row_edits(old: Grid, row: int, new: Grid, keys: Iterable[int]) -> Edits:
    """The edits that bring one row of an older state back: into the row with its id or key, else as a new row."""
    values = dict(enumerate(old.values[row - 1] if row <= len(old.values) else (), 1))
    line: dict[int, Value] = {c: v for c, v in values.items() if v is not None and (row, c) not in old.formulas}
    there = _row_of(line, new, [_id_column(old)] if _id_column(old) in line else list(keys))
    if not there:
        return Edits(rows={new.sheet: [line]}) if line else Edits()
    edits = Edits()
    width = max(len(new.values[there - 1]), max(line, default=0))
    for column in range(1, width + 1):
        if (there, column) in new.formulas or (row, column) in old.formulas:
            continue
        if not same(line.get(column), new.value(there, column)):
            edits.cells[new.sheet, there, column] = line.get(column)
    return edits


def _row_of(line: Mapping[int, Value], grid: Grid, columns: Iterable[int]) -> int:
    wanted = [(column, line.get(column)) for column in columns]
    if not wanted or any(value is None for _, value in wanted):
        return 0
    for number in range(1, len(grid.values) + 1):
        if all(same(grid.value(number, column), value) for column, value in wanted):
            return number
    return 0


def _id_column(grid: Grid) -> int:
    return next((line.index(ID_HEADER) + 1 for line in grid.values[:40] if ID_HEADER in line), 0)

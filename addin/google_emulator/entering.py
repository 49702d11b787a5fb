"""Put the values of a request into cells, quickly for the plain ones, and count what was set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from addin.google_emulator.coercion import Entry
from addin.google_emulator.effective import number_format
from addin.google_emulator.model import EMPTY, Cell, Sheet
from addin.google_emulator.number_formats import is_date


@dataclass
class Touched:
    """The cells that a write has set: distinct rows and columns, and how many."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: int = 0


def enter(sheet: Sheet, top: int, left: int, rows: list[list[Any]], entry: Entry) -> Touched:
    """`null` skips a cell and is not counted, `""` empties it and is (REC update_cell_objects #5)."""
    touched = Touched()
    for i, row in enumerate(rows):
        line = sheet.rows.get(top + i, {})
        before = touched.cells
        for column, raw in enumerate(row, left):
            if raw is None:
                continue
            touched.columns.add(column)
            touched.cells += 1
            old = line.get(column)
            if old is None and entry.plain(raw):
                line[column] = Cell(raw)
            else:
                _set(line, column, _entered(old or EMPTY, raw, entry, f"values[{i}][{column - left}]"))
        if touched.cells > before:
            touched.rows.add(top + i)
        if line:
            sheet.rows[top + i] = line
        else:
            sheet.rows.pop(top + i, None)
    return touched


def _entered(old: Cell, raw: Any, entry: Entry, where: str) -> Cell:
    """The cell with a new value. A date keeps the way in which the cell showed dates before."""
    value, form = entry.read(raw, where, number_format(old))
    if form and not (is_date(form) and is_date(number_format(old))):
        old = old._replace(format={**(old.format or {}), "numberFormat": form})
    return old._replace(value=value)


def _set(line: dict[int, Cell], column: int, cell: Cell) -> None:
    if cell == EMPTY:
        line.pop(column, None)
    else:
        line[column] = cell

"""A book in memory: the reference that every other backend is held to, and the fake for tests and scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import PurePath

from addin.backends.ooxml.formulas import put_back
from addin.core.book import Area, Cell, CellFormula, Edits, Grid, Look, OwnSheet, Value, trimmed


class MemoryBook:
    """A book that lives in memory. `applied` counts the batches that changed something."""

    def __init__(self, sheets: dict[str, list[list[Value]]], tables: dict[str, list[Area]] | None = None) -> None:
        self._cells = {name: [list(row) for row in rows] for name, rows in sheets.items()}
        self._tables = {name: list((tables or {}).get(name, [])) for name in sheets}
        self._looks: dict[Cell, Look] = {}
        self._own: dict[str, OwnSheet] = {}
        self.applied = 0
        self.name = ""
        self.folder: PurePath | None = None
        self.detects_changes = False
        self.inserts_rows = True

    def sheets(self) -> list[str]:
        return list(self._cells)

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        return {
            name: _read(name, trimmed(self._cells[name]), list(self._tables[name]))
            for name in sheets
            if name in self._cells
        }

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        return {cell: self._looks.get(cell, Look()) for cell in cells}

    def apply(self, edits: Edits) -> None:
        if not edits:
            return
        for (sheet, row, column), value in edits.cells.items():
            self._put(sheet, row, column, value)
        for (sheet, row, column), look in edits.looks.items():
            self._looks[sheet, row, column] = look
        for sheet, areas in edits.tables.items():
            names = {area.name for area in areas}
            self._tables[sheet] = [t for t in self._tables[sheet] if t.name not in names] + areas
        for sheet, rows in edits.rows.items():
            self._append(sheet, rows)
        for sheet, places in edits.inserts.items():
            self._insert(sheet, places)
        for sheet, numbers in edits.drops.items():
            self._drop(sheet, _moved(numbers, edits.inserts.get(sheet, [])))
        for sheet, content in edits.sheets.items():
            self._cells[sheet] = deepcopy(content.rows)
            self._tables[sheet] = []
            self._own[sheet] = content
        for sheet in edits.removed:
            self._cells.pop(sheet, None)
            self._tables.pop(sheet, None)
            self._own.pop(sheet, None)
        self.applied += 1

    def close(self) -> None:
        pass

    def _put(self, sheet: str, row: int, column: int, value: Value) -> None:
        cells = self._cells[sheet]
        while len(cells) < row:
            cells.append([])
        line = cells[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = value

    def _append(self, sheet: str, rows: list[dict[int, Value]]) -> None:
        table = table_of(self._tables[sheet], rows)
        last = last_filled(self._cells[sheet], table)
        for number, new in enumerate(rows, last + 1):
            for column, value in new.items():
                self._put(sheet, number, column, value)
        if table and last + len(rows) > table.bottom:
            place = self._tables[sheet].index(table)
            self._tables[sheet][place] = Area(table.top, table.left, last + len(rows), table.right, table.name)

    def _insert(self, sheet: str, places: list[tuple[int, dict[int, Value]]]) -> None:
        ordered = sorted(places, key=lambda place: place[0])
        for number, new in reversed(ordered):  # from the bottom up; of several before one row the first comes last
            self._cells[sheet].extend([] for _ in range(number - 1 - len(self._cells[sheet])))
            self._cells[sheet].insert(number - 1, [])
            self._looks = {(s, r + (s == sheet and r >= number), c): look for (s, r, c), look in self._looks.items()}
            self._tables[sheet] = [
                Area(t.top + (number <= t.top), t.left, t.bottom + (number <= t.bottom + 1), t.right, t.name)
                for t in self._tables[sheet]
            ]
            for column, value in new.items():
                self._put(sheet, number, column, value)

    def _drop(self, sheet: str, numbers: list[int]) -> None:
        for number in sorted(set(numbers), reverse=True):
            del self._cells[sheet][number - 1]
            self._looks = {
                (s, r - (s == sheet and r > number), c): look
                for (s, r, c), look in self._looks.items()
                if (s, r) != (sheet, number)
            }
            self._tables[sheet] = [
                Area(t.top, t.left, t.bottom - (t.top <= number <= t.bottom), t.right, t.name)
                for t in self._tables[sheet]
            ]


def _read(sheet: str, lines: list[list[Value]], tables: list[Area]) -> Grid:
    """The grid; formulas are there, but nobody has calculated them."""
    grid = Grid(sheet, lines, tables=tables)
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            if isinstance(value, CellFormula):
                grid.formulas[row, column] = put_back(value, row).removeprefix("=")
                line[column - 1] = None
    return grid


def _moved(numbers: list[int], inserts: list[tuple[int, dict[int, Value]]]) -> list[int]:
    """Where these rows are once the others were put between them."""
    return [number + sum(at <= number for at, _ in inserts) for number in numbers]


def table_of(tables: list[Area], rows: list[dict[int, Value]]) -> Area | None:
    """The native table that holds the columns of these new rows; None where none does."""
    columns = {column for row in rows for column in row}
    for table in tables:
        if columns and all(table.left <= column <= table.right for column in columns):
            return table
    return None


def last_filled(cells: list[list[Value]], table: Area | None) -> int:
    """The number of the last row that holds anything, in the table or in the sheet; the header counts."""
    if table is None:
        return len(trimmed(cells))
    for number in range(min(table.bottom, len(cells)), table.top, -1):
        if any(value is not None for value in cells[number - 1][table.left - 1 : table.right]):
            return number
    return table.top

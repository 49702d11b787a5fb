"""What takes one write of ours back while everything that a person did since stays.

Rows may have been sorted, inserted or deleted meanwhile: a row is found again by its row id, else by the values that
we did not touch. A cell is put back only where it still holds what we wrote; the others are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from addin.core.a1 import cell_name
from addin.core.book import Cell, Edits, Grid, Look, Value
from addin.core.checks.marks import as_it_was
from addin.core.records import field, record
from addin.core.sync.model import same
from addin.core.sync.moments import kind_of, moment
from addin.core.trackers import ID_HEADER
from addin.workspace.journal import Entry, sheets_of


class Readable(Protocol):
    """A book, or what was kept of one."""

    def sheets(self) -> list[str]: ...
    def read(self, sheets: Sequence[str]) -> dict[str, Grid]: ...
    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]: ...


@record
class TakenBack:
    """The edits that take a write back, how many of its changes they undo, and the places that were changed since."""

    edits: Edits = field(default_factory=Edits)
    count: int = 0
    changed_since: list[str] = field(default_factory=list)


def take_back(entry: Entry, before: Readable, now: Readable) -> TakenBack:
    """Plan the edits that undo this entry in the book as it is now."""
    sheets = sheets_of(entry)
    then, grids = before.read(sheets), now.read(sheets)
    found = TakenBack()
    rows = _Rows(entry, then, grids)
    _cells(entry, then, grids, rows, found)
    _looks(entry, before, now, grids, rows, found)
    _added_rows(entry, grids, found)
    _dropped_rows(entry, then, grids, found)
    for sheet in entry.sheets:
        if sheet in grids and sheet not in then:
            found.edits.removed.append(sheet)  # we made it
            found.count += 1
        elif sheet in grids or sheet in then:
            found.edits.sheets[sheet] = as_it_was(then[sheet], now.sheets())
            found.count += 1
    return found


def _cells(entry: Entry, then: Mapping[str, Grid], grids: Mapping[str, Grid], rows: _Rows, found: TakenBack) -> None:
    for (sheet, row, column), new in entry.cells.items():
        number = rows.now(sheet, row)
        grid = grids.get(sheet)
        if not number or grid is None or (number, column) in grid.formulas or not _holds(grid, number, column, new):
            found.changed_since.append(f"{sheet}!{cell_name(row, column)}")
            continue
        old = then[sheet].value(row, column) if sheet in then else None
        if not same(old, new) and not (old is None and _is_table_header(grid, number, column)):
            found.edits.cells[sheet, number, column] = old
        found.count += 1


def _is_table_header(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell is a header of a native table: it stays with the table's frame."""
    return any(area.name and area.top == row and area.left <= column <= area.right for area in grid.tables)


def _looks(
    entry: Entry, before: Readable, now: Readable, grids: Mapping[str, Grid], rows: _Rows, found: TakenBack
) -> None:
    at = {(sheet, row, column): rows.now(sheet, row) for sheet, row, column in entry.looks if sheet in grids}
    cells = {cell: (cell[0], number, cell[2]) for cell, number in at.items() if number}
    old, current = before.looks(list(cells)), now.looks(list(cells.values()))
    for cell, place in cells.items():
        new, stands, was = entry.looks[cell], current.get(place, Look()), old.get(cell, Look())
        fill = was.fill if stands.fill == new.fill else stands.fill
        note = was.note if stands.note == new.note else stands.note
        if Look(fill, note) != stands:
            found.edits.looks[place] = Look(fill, note)
        found.count += 1


def _added_rows(entry: Entry, grids: Mapping[str, Grid], found: TakenBack) -> None:
    """Take the rows out that were added, where each still holds what was put there."""
    for sheet, lines in entry.rows.items():
        grid, taken = grids.get(sheet), set[int]()
        for line in lines:
            number = _row_with(grid, line, taken) if grid else 0
            if number:
                taken.add(number)
                found.count += 1
            else:
                found.changed_since.append(f"{sheet}: {_short(line)}")
        if taken:
            found.edits.drops[sheet] = sorted(taken)


def _row_with(grid: Grid, line: Mapping[int, Value], taken: set[int]) -> int:
    """The last row that holds exactly what was added; 0 where there is none, or a person has added to it."""
    filled = {column for column, value in line.items() if value is not None}
    for number in range(len(grid.values), 0, -1):
        if number in taken or not all(_holds(grid, number, column, value) for column, value in line.items()):
            continue
        there = {column for column, value in enumerate(grid.values[number - 1], 1) if value is not None}
        calculated = {column for row, column in grid.formulas if row == number}
        if there - calculated <= filled:
            return number
    return 0


def _dropped_rows(entry: Entry, then: Mapping[str, Grid], grids: Mapping[str, Grid], found: TakenBack) -> None:
    """Put the rows back that were taken out, below the others."""
    for sheet, numbers in entry.drops.items():
        grid = then.get(sheet)
        lines: list[dict[int, Value]] = []
        for number in numbers if grid and sheet in grids else ():
            assert grid is not None
            values = enumerate(grid.values[number - 1] if number <= len(grid.values) else (), 1)
            line: dict[int, Value] = {
                c: value for c, value in values if value is not None and (number, c) not in grid.formulas
            }
            if line:
                lines.append(line)
        if lines:
            found.edits.rows[sheet] = lines
            found.count += len(lines)


def _short(line: Mapping[int, Value]) -> str:
    return ", ".join(str(value) for value in line.values() if value is not None)[:60]


class _Rows:
    """Where the rows that we wrote to are now."""

    def __init__(self, entry: Entry, then: Mapping[str, Grid], now: Mapping[str, Grid]) -> None:
        self._then, self._now = then, now
        self._touched: dict[str, dict[int, dict[int, Value]]] = {}
        for (sheet, row, column), value in entry.cells.items():
            self._touched.setdefault(sheet, {}).setdefault(row, {})[column] = value
        self._ids = {sheet: _id_rows(grid) for sheet, grid in now.items()}

    def now(self, sheet: str, row: int) -> int:
        """The row's number now; 0 where it cannot be told."""
        if sheet not in self._now:
            return 0
        then, now = self._then.get(sheet), self._now[sheet]
        if then is None:
            return row
        wanted = {**dict(enumerate(then.values[row - 1] if row <= len(then.values) else (), 1))}
        wanted |= self._touched.get(sheet, {}).get(row, {})
        column, by_id = self._ids[sheet]
        row_id = wanted.get(column)
        if column and row_id is not None:
            return by_id.get(row_id, 0)
        wanted = {c: value for c, value in wanted.items() if value is not None and (row, c) not in then.formulas}
        return self._by_values(now, row, wanted, self._touched.get(sheet, {}).get(row, {}).keys())

    def _by_values(self, now: Grid, row: int, wanted: Mapping[int, Value], touched: Iterable[int]) -> int:
        others = {column: value for column, value in wanted.items() if column not in set(touched)}
        if not others or _agreement(now, row, others) > len(others) / 2:
            return row
        matches = [n for n in range(1, len(now.values) + 1) if _agreement(now, n, others) == len(others)]
        return matches[0] if len(matches) == 1 else 0


def _holds(grid: Grid, row: int, column: int, value: Value) -> bool:
    """Whether a cell holds this value; Google gives dates, times and lengths as numbers of days."""
    there = grid.value(row, column)
    if same(there, value):
        return True
    number = grid.serial_dates and isinstance(there, int | float) and not isinstance(there, bool)
    return bool(number) and (kind := kind_of(value)) is not None and same(moment(there, kind), value)  # type: ignore[arg-type]


def _agreement(grid: Grid, row: int, wanted: Mapping[int, Value]) -> int:
    return sum(_holds(grid, row, column, value) for column, value in wanted.items())


def _id_rows(grid: Grid) -> tuple[int, dict[Value, int]]:
    """The column of row ids, and the row of each id; an id that two rows have finds neither."""
    for line in grid.values[:40]:
        if ID_HEADER in line:
            column = line.index(ID_HEADER) + 1
            found: dict[Value, int] = {}
            for number in range(1, len(grid.values) + 1):
                value = grid.value(number, column)
                if value is not None:
                    found[value] = 0 if value in found else number
            return column, found
    return 0, {}

"""What a workbook's tables will hold once a batch of edits is carried out."""

from __future__ import annotations

from addin.backends.memory import last_filled, table_of
from addin.core.book import Edits, Grid, Value
from addin.core.records import replace
from addin.workspace.tracker_files import heads
from addin.workspace.tracker_sheets import read_tables, sheets_of_trackers
from addin.workspace.workbook import Workbook


def after(workbook: Workbook, edits: Edits) -> Workbook:
    """The workbook as it will be: for a file, in which a row that goes leaves a blank one."""
    touched = {sheet for sheet, _, _ in edits.cells} | {*edits.rows} | {*edits.drops}
    grids = {name: _edited(grid, edits) if name in touched else grid for name, grid in workbook.grids.items()}
    known = heads(workbook.folder / "trackers")
    sheets = sheets_of_trackers(known, list(grids), workbook.settings)
    tables = read_tables(workbook.trackers, sheets, grids)
    return replace(workbook, grids=grids, tables=tables)


def _edited(grid: Grid, edits: Edits) -> Grid:
    values = [list(line) for line in grid.values]
    for (sheet, row, column), value in edits.cells.items():
        if sheet == grid.sheet:
            _put(values, row, column, value)
    for row in edits.drops.get(grid.sheet, ()):
        if row <= len(values):
            values[row - 1] = []
    tables = grid.tables
    if new := edits.rows.get(grid.sheet):
        table = table_of(tables, new)
        last = last_filled(_typed(values, grid) if table else values, table)
        for number, line in enumerate(new, last + 1):
            for column, value in line.items():
                _put(values, number, column, value)
        bottom = last + len(new)
        tables = [one._replace(bottom=max(one.bottom, bottom)) if one == table else one for one in tables]
    return replace(grid, values=values, tables=tables)


def _typed(values: list[list[Value]], grid: Grid) -> list[list[Value]]:
    """The values without what formulas gave: a prepared row is an empty one."""
    return [
        [None if (row, column) in grid.formulas else value for column, value in enumerate(line, 1)]
        for row, line in enumerate(values, 1)
    ]


def _put(values: list[list[Value]], row: int, column: int, value: Value) -> None:
    while len(values) < row:
        values.append([])
    line = values[row - 1]
    line.extend([None] * (column - len(line)))
    line[column - 1] = value

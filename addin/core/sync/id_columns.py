"""Where row ids are on a sheet, and where they go once the column is lost: deleted, or its header overwritten."""

from __future__ import annotations

from collections.abc import Collection

from addin.core.book import Area, Grid
from addin.core.records import replace
from addin.core.tables.layout import Layout, table_at
from addin.core.tables.row_ids import is_id


def with_ids(layout: Layout, grid: Grid, known: Collection[str]) -> Layout:
    """The layout with a place for row ids: where only the header of the id column was lost, the column that holds the
    ids; else the first free column beside the others."""
    if layout.id_column is not None:
        return layout
    if number := column_of_ids(layout, grid, known):
        columns, extra = ({k: v for k, v in places.items() if v != number} for places in (layout.columns, layout.extra))
        return replace(layout, columns=columns, extra=extra, id_column=number)
    table = table_at(grid, layout.header_row, layout.columns.values())
    if table and is_free(grid, table, table.right + 1):
        return replace(layout, id_column=table.right + 1)
    width = max((len(line) for line in grid.values), default=0)
    beyond = max([width, *(area.right for area in grid.tables), *(area.right for area in grid.merged)])
    return replace(layout, id_column=beyond + 1)


def column_of_ids(layout: Layout, grid: Grid, known: Collection[str]) -> int | None:
    """The column of row ids whose header was overwritten or cleared: it holds nothing else, and most are known. In a
    native table formulas may name the new header, so it stays."""
    lines = grid.values[layout.header_row :]
    for at in range(max(map(len, lines), default=0)):
        if any(area.left <= at + 1 <= area.right for area in grid.tables):
            continue
        cells = [line[at] for line in lines if at < len(line) and line[at] not in (None, "")]
        ids = [cell for cell in cells if isinstance(cell, str) and (cell in known or is_id(cell))]
        if ids and len(ids) == len(cells) and 2 * sum(cell in known for cell in ids) >= len(ids):
            return at + 1
    return None


def is_free(grid: Grid, table: Area, column: int) -> bool:
    """Whether a native table can grow by this column."""
    rows = range(table.top, table.bottom + 1)
    areas = [*grid.tables, *grid.merged]
    taken = any(a.left <= column <= a.right and a.top <= table.bottom and a.bottom >= table.top for a in areas)
    return not taken and all(grid.value(row, column) is None and (row, column) not in grid.formulas for row in rows)


def with_id_column(layout: Layout, grid: Grid) -> Area | None:
    """The native table with the id column right beside it; None where there is no such table."""
    table = table_at(grid, layout.header_row, layout.columns.values())
    return table._replace(right=table.right + 1) if table and layout.id_column == table.right + 1 else None

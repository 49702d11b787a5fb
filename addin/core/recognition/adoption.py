"""Make a coordinator's own spreadsheet a live tracker, in place: what to write where; nothing of theirs is moved.

Each recognised sheet gets one column for row ids, right of its last column, and, where its shape allows it, a native
table around it, so that sorting and new rows carry the ids along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from addin.core.book import Area, Edits, Grid
from addin.core.language import phrase
from addin.core.recognition.recognise import Added, Understood
from addin.core.sync.identity import new_ids
from addin.core.tables.data_rows import data_rows
from addin.core.tables.layout import Layout, find, header_line, table_at
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER, Tracker

MOST_HEADER = 255
"""Characters in the header of a native table (Microsoft's file format documentation, tableColumn)."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One sheet's part: how many rows got an id, and why they are in no native table (then "" means that they are)."""

    sheet: str
    rows: int
    new_ids: int
    no_table: str
    is_beside: bool = False
    """Whether the ids are beside a native table of the person's own."""


def layout_settings(found: Understood) -> dict[str, object]:
    """What is written to ib-trackers.toml about a sheet: a person can read and edit it."""
    return {
        "sheet": found.sheet,
        "header_row": found.header_row,
        "columns": {match.header: match.column for match in found.matches},
    }


def settings_after(found: Understood) -> dict[str, object]:
    """As `layout_settings`, once the columns that are added are there."""
    settings = layout_settings(found)
    added = {one.header: one.column for one in found.added}
    return {**settings, "columns": {**{match.header: match.column for match in found.matches}, **added}}


def plan(
    found: Sequence[Understood], grids: Mapping[str, Grid], trackers: Mapping[str, Tracker], random: Random
) -> tuple[Edits, list[Adopted]]:
    """The edits that make these sheets live, and what they amount to; sheets that already are get none."""
    edits = Edits()
    taken = {area.name for grid in grids.values() for area in grid.tables}
    adopted = []
    for sheet in found:
        grid = grids[sheet.sheet]
        layout = find(grid, trackers[sheet.tracker], layout_settings(sheet))
        assert layout is not None
        adopted.append(_one(edits, grid, layout, f"tbl_{sheet.tracker}", taken, random, sheet.added))
    return edits, adopted


def _one(
    edits: Edits,
    grid: Grid,
    layout: Layout,
    name: str,
    taken: set[str],
    random: Random,
    added: Sequence[Added],
) -> Adopted:
    rows = data_rows(grid, layout)
    left = min([*layout.columns.values(), *layout.extra.values()])
    column = layout.id_column or _free_column(grid, layout, rows, len(added) + 1)
    for one in added:
        edits.cells[grid.sheet, layout.header_row, column] = one.header
        edits.cells.update({(grid.sheet, row, column): one.in_row(row) for row in rows})
        column += 1
    if layout.id_column is None:
        edits.cells[grid.sheet, layout.header_row, column] = ID_HEADER
    ids = {row: grid.value(row, column) for row in rows}
    bare = [row for row, row_id in ids.items() if row_id is None]
    fresh = new_ids([str(row_id) for row_id in ids.values() if row_id is not None], len(bare), random)
    edits.cells.update({(grid.sheet, row, column): row_id for row, row_id in zip(bare, fresh, strict=True)})
    bottom = max([*rows, layout.header_row + 1, layout.bottom or 0])
    why = _table(edits, grid, layout, Area(layout.header_row, left, bottom, column, name), taken, len(added) + 1)
    return Adopted(grid.sheet, len(rows), len(bare), why, layout.bottom is not None)


def _free_column(grid: Grid, layout: Layout, rows: Sequence[int], many: int) -> int:
    """The first of so many columns right of the headers in which nothing is beside the rows."""
    lines = [grid.values[row - 1] for row in rows] + [header_line(grid, layout.header_row)]
    column = max([*layout.columns.values(), *layout.extra.values()]) + 1
    while any(cell is not None for line in lines for cell in line[column - 1 : column - 1 + many]):
        column += 1
    return column


def _table(edits: Edits, grid: Grid, layout: Layout, area: Area, taken: set[str], new: int) -> str:
    """Stretch the sheet's native table to the id column, or make one; why not, where that cannot be. The last columns
    of the area are `new`."""
    there = table_at(grid, layout.header_row, layout.columns.values())
    if there is None:
        if why := _why_no_table(grid, area, new):
            return why
        name, number = area.name, 1
        while name in taken:
            number += 1
            name = f"{area.name}_{number}"
        taken.add(name)
        edits.tables.setdefault(grid.sheet, []).append(area._replace(name=name))
    elif there.right < area.right:
        stretched = there._replace(right=area.right)
        if why := _why_no_table(grid, stretched, new, there):
            return why
        edits.tables.setdefault(grid.sheet, []).append(stretched)
    return ""


def _why_no_table(grid: Grid, area: Area, new: int, there: Area | None = None) -> str:
    """Why the area cannot be a native table, or `there` not stretched to it; "" where it can."""
    if why := _why_no_headers(grid, area, new):
        return why
    beside = area if there is None else area._replace(left=there.right + 1)
    if any(_overlap(array, beside) for array in grid.arrays):
        return phrase("a formula in it fills several cells, which Excel does not allow in a table")
    if any(_overlap(merged, beside) for merged in grid.merged):
        return phrase("cells in it are merged")
    if any(_overlap(table, beside) for table in grid.tables):
        return phrase("another table is in its way")
    return ""


def _why_no_headers(grid: Grid, area: Area, new: int) -> str:
    """Why the first row of the area cannot be the headers of a native table; "" where it can."""
    line = header_line(grid, area.top)
    theirs = range(area.left, area.right + 1 - new)
    headers = [line[column - 1] if column <= len(line) else None for column in theirs]
    plains = [show(header).strip().casefold() for header in headers]
    if not all(isinstance(header, str) and header.strip() for header in headers):
        return phrase("a column in it has no header")
    if any(len(str(header)) > MOST_HEADER for header in headers):
        return phrase("a header in it is longer than the {number} characters that Excel allows", number=MOST_HEADER)
    if any((area.top, column) in grid.formulas for column in theirs):
        return phrase("a header in it is calculated by a formula")
    if len(set(plains)) < len(plains):
        double = next(header for header, name in zip(headers, plains, strict=True) if plains.count(name) > 1)
        return phrase("two columns are called {header}", header=double)
    return ""


def _overlap(one: Area, other: Area) -> bool:
    apart = one.bottom < other.top or other.bottom < one.top or one.right < other.left or other.right < one.left
    return not apart

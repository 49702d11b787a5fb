"""A tracker as it is exported: its columns, the person's own, the row id; each header once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from addin.core.book import NOT_CALCULATED, Value
from addin.core.records import field, record
from addin.core.tables.table import Table
from addin.core.tables.values import ReadIssue
from addin.core.trackers import ID_HEADER, Column
from addin.workspace.workbook import Workbook


@record
class Exported:
    """One exported column: its header, its cells, and the tracker's column (None for an own one)."""

    header: str
    values: Sequence[Value]
    column: Column | None = None
    typed: Sequence[Value] = ()
    """The values of the column's type, None where a cell cannot be read as one; empty for an own column."""
    issues: dict[int, ReadIssue] = field(default_factory=dict)


def exported(workbook: Workbook, name: str) -> list[Exported]:
    """A tracker's columns as they are exported: those in the book, the person's own, and the row id."""
    tracker, table = workbook.trackers[name], workbook.tables[name]
    there = {name for layout in table.layouts.values() for name in layout.columns}
    found: list[Exported] = []
    for key, column in tracker.columns.items():
        if key in there:
            values = _with_uncalculated(workbook, table, key) if column.calculated else table.raw(key)
            header = _free(column.header, found)
            found.append(Exported(header, values, column, table.columns[key], dict(table.odd.get(key, {}))))
    ours = {one.header for one in found}
    for header, values in table.extra.items():
        found.append(Exported(_free(f"{header} (own)" if header in ours else header, found), values))
    if any(table.ids):
        found.append(Exported(_free(ID_HEADER, found), [row_id or None for row_id in table.ids]))
    return found


def uncalculated(workbook: Workbook) -> Iterator[tuple[str, str, int]]:
    """(sheet, header, row) of each exported cell whose formula has not been calculated."""
    for name, table in workbook.tables.items():
        tracker = workbook.trackers[name]
        for sheet, layout in table.layouts.items():
            grid = workbook.grids[sheet]
            if not grid.formulas:
                continue
            columns = {tracker.columns[key].header: number for key, number in layout.columns.items()} | {**layout.extra}
            rows = table.rows_on(sheet)
            for header, number in columns.items():
                yield from ((sheet, header, row) for row in rows if grid.is_uncalculated(row, number))


def _with_uncalculated(workbook: Workbook, table: Table, key: str) -> list[Value]:
    """A calculated column in which a formula without a result is said to be one, never a blank."""
    values = table.raw(key)
    for index, (sheet, row) in enumerate(zip(table.sheets, table.rows, strict=True)):
        number = table.layouts[sheet].columns.get(key)
        if values[index] is None and number and workbook.grids[sheet].is_uncalculated(row, number):
            values[index] = NOT_CALCULATED
    return values


def _free(header: str, taken: Sequence[Exported]) -> str:
    """The header, or `Term 2`, `Term 3` … where there is one of this name."""
    there = {one.header for one in taken}
    if header not in there:
        return header
    return next(name for number in count(2) if (name := f"{header} {number}") not in there)

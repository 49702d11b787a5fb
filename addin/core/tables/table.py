"""From the cells of a sheet to a Table: plain columns of typed values, with row numbers and row ids.

`find` (layout.py) sees where a tracker is, `data_rows` (data_rows.py) which rows are data, `read_table` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from addin.core.book import NOT_CALCULATED, Grid, Value
from addin.core.records import field, record
from addin.core.tables.data_rows import data_rows
from addin.core.tables.layout import Layout, calculated_columns
from addin.core.tables.values import ReadIssue, read_column, show
from addin.core.trackers import Tracker

if TYPE_CHECKING:
    import pandas

_NUMERIC = frozenset({"integer", "number"})
_TYPED = _NUMERIC | {"date", "time", "yes_no"}


@record
class Table:
    """One tracker's rows from one or more sheets, column by column; every list is as long as `rows`."""

    tracker: str
    columns: dict[str, list[Value]]
    rows: list[int]
    ids: list[str]
    sheets: list[str]
    layouts: dict[str, Layout] = field(default_factory=dict)
    extra: dict[str, list[Value]] = field(default_factory=dict)
    odd: dict[str, dict[int, ReadIssue]] = field(default_factory=dict)
    """column -> index -> what the cell holds, where it could not be read or only with a remark."""
    covered: frozenset[tuple[str, int]] = frozenset()
    """(column, index) of each cell that is hidden under cells merged downwards; it has the value of the top one."""

    def __len__(self) -> int:
        return len(self.rows)

    def raw(self, column: str) -> list[Value]:
        """A tracker's column with what is in the cells, readable or not: for exports."""
        values = list(self.columns[column])
        for index, odd in self.odd.get(column, {}).items():
            values[index] = odd.raw
        return values

    def rows_on(self, sheet: str) -> list[int]:
        """The row numbers of the entries on one sheet."""
        return [row for row, place in zip(self.rows, self.sheets, strict=True) if place == sheet]

    def row(self, index: int) -> dict[str, Value]:
        """One row's typed values by column name."""
        return {name: values[index] for name, values in self.columns.items()}

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a DataFrame of objects, exact values, indexed by row number; needs the extra `pandas`."""
        import pandas

        data = {name: self.raw(name) for name in self.columns} | self.extra
        return pandas.DataFrame(data, index=pandas.Index(self.rows, name="row"), dtype=object)


def read_table(
    tracker: Tracker, grids: Mapping[str, Grid], layouts: Sequence[Layout], rows: Mapping[str, list[int]] | None = None
) -> Table:
    """The tracker's rows from every sheet on which it stands, blank rows left out; `rows` are those already chosen."""
    table = Table(tracker.name, {name: [] for name in tracker.columns}, [], [], [])
    for layout in layouts:
        grid = grids[layout.sheet]
        chosen = rows[grid.sheet] if rows else data_rows(grid, layout, calculated_columns(tracker, layout))
        _read_sheet(table, tracker, grid, layout, chosen)
    return table


def _read_sheet(table: Table, tracker: Tracker, grid: Grid, layout: Layout, numbers: list[int]) -> None:
    start = len(table.rows)
    cells = _columns(grid, numbers, layout)
    table.layouts[layout.sheet] = layout
    table.rows += numbers
    table.sheets += [layout.sheet] * len(numbers)
    ids = cells(layout.id_column)
    table.ids += ["" if value is None else show(value).strip() for value in ids]
    as_seen = _AsSeen(grid, numbers, layout)
    covered: set[tuple[str, int]] = set()
    for name, column in tracker.columns.items():
        place = layout.columns.get(name)
        raws = cells(place) if column.calculated else as_seen.column(cells(place), place, column.type)
        values, issues = read_column(raws, column.type, serial=grid.serial_dates)
        table.columns[name] += values
        if issues:
            table.odd.setdefault(name, {}).update({start + index: issue for index, issue in issues.items()})
        if grid.merged and place:
            hidden = _merged_down(grid, layout, place)
            covered.update((name, start + index) for index, row in enumerate(numbers) if row in hidden)
    table.covered |= covered
    for header in {**table.extra, **layout.extra}:
        kept = table.extra.setdefault(header, [None] * start)
        place = layout.extra.get(header)
        kept += as_seen.column(cells(place), place, "")


class _AsSeen:
    """A sheet's cells as a person sees them: codes with their zeros, merged cells in each of their rows (a number
    counts once), and a formula without a result as one that has not been calculated."""

    def __init__(self, grid: Grid, rows: Sequence[int], layout: Layout) -> None:
        self.grid, self.rows, self.layout = grid, rows, layout
        self.calculated = set(map(itemgetter(1), grid.formulas))
        self.calculated.update(column for area in grid.arrays for column in range(area.left, area.right + 1))
        self.plain = not (grid.shown or grid.merged or self.calculated)

    def column(self, raws: list[Value], column: int | None, kind: str) -> list[Value]:
        """The cells of a column, for a column of this type ("" for one of the person's own)."""
        if self.plain or column is None:
            return raws
        seen, grid = raws, self.grid
        if grid.shown and kind not in _TYPED:
            seen = [grid.shown.get((row, column), raw) for row, raw in zip(self.rows, seen, strict=True)]
        if grid.merged and kind not in _NUMERIC and (above := _merged_down(grid, self.layout, column)):
            value = self._value_above(column, above)
            seen = [value(row) if raw is None else raw for row, raw in zip(self.rows, seen, strict=True)]
        if column in self.calculated and None in seen:
            seen = [
                NOT_CALCULATED if raw is None and grid.is_uncalculated(row, column) else raw
                for row, raw in zip(self.rows, seen, strict=True)
            ]
        return seen

    def _value_above(self, column: int, above: Mapping[int, int]) -> Callable[[int], Value]:
        def value(row: int) -> Value:
            top = above.get(row, row)
            return self.grid.shown.get((top, column), self.grid.value(top, column))

        return value


def _merged_down(grid: Grid, layout: Layout, column: int) -> dict[int, int]:
    """row -> the first row of the merged cells that reach down to it in this column, below the headers."""
    last = len(grid.values)
    return {
        row: area.top
        for area in grid.merged
        if area.left == column and layout.header_row < area.top < area.bottom
        for row in range(area.top + 1, min(area.bottom, last) + 1)
    }


def _columns(grid: Grid, numbers: Sequence[int], layout: Layout) -> Callable[[int | None], list[Value]]:
    """The cells of these rows by column number, turned on their side in one go; None is a column that is not there."""
    width = max([*layout.columns.values(), *layout.extra.values(), layout.id_column or 0])
    lines = (grid.values[number - 1] for number in numbers)
    across = list(zip_longest(*(line if len(line) <= width else line[:width] for line in lines)))

    def cells(column: int | None) -> list[Value]:
        there = column is not None and column <= len(across)
        return list(across[column - 1]) if column and there else [None] * len(numbers)

    return cells

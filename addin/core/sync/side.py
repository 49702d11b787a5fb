"""One side of a link: its rows by id as a merge sees them, and the merge's changes as edits of cells.

Values are those of the cells, exactly: only day numbers (Google) become dates, and empty text a blank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from addin.core.book import Cell, Edits, Grid, Value
from addin.core.sync.identity import Identity, Print, identity, new_ids
from addin.core.sync.model import Changes, Row
from addin.core.sync.moments import read_moments
from addin.core.tables.table import Layout, Table
from addin.core.tables.values import SERIAL_READERS
from addin.core.trackers import Tracker


@dataclass
class SideRows:
    """A side's rows: `rows` by id, `at` where each stands, `fresh` the ids just given, still to be written."""

    tracker: Tracker
    layouts: Mapping[str, Layout]
    rows: dict[str, Row]
    at: dict[str, tuple[str, int]]
    fresh: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: Identity = field(default_factory=Identity)
    formulas: frozenset[Cell] = frozenset()
    home: bool = False
    """The workbook's side, where calculated columns are always calculated."""

    @cached_property
    def calculated(self) -> frozenset[tuple[str, int]]:
        """The columns in which formulas stand and go on in new rows: (sheet, column number)."""
        own = [name for name, column in self.tracker.columns.items() if column.calculated]
        places = {
            (sheet, column)
            for sheet, layout in self.layouts.items()
            for name in own
            if (column := _place(layout, name))
        }
        return frozenset(places if self.home else places & {(sheet, column) for sheet, _, column in self.formulas})

    def cell(self, row_id: str, name: str) -> Cell | None:
        """The cell of this row and column; None where its sheet has no such column, or no such row yet."""
        if row_id not in self.at:
            return None
        sheet, row = self.at[row_id]
        column = _place(self.layouts[sheet], name)
        return (sheet, row, column) if column else None

    @property
    def names(self) -> set[str]:
        """The columns that this side has: the tracker's by name, a person's own by header."""
        return {name for layout in self.layouts.values() for name in (*layout.columns, *layout.extra)}


def side_rows(
    tracker: Tracker, table: Table, grids: Mapping[str, Grid], known: Mapping[str, Row], taken: Collection[str],
    random: Random, like: Mapping[str, Row] | None = None,
) -> SideRows:  # fmt: skip
    """A side as the merge sees it. Rows without an id get one, unless the ids are damaged: then `problems` says how.

    A row has the columns of the sheet it stands on and no others: what a sheet has no column for is not blank there.
    `like` are the workbook's rows, for the other side: they tell where day numbers are dates.
    """
    columns = {name: _cells(table, grids, name, tracker) for name in (*tracker.columns, *table.extra)}
    names = {sheet: [name for name in columns if _place(layout, name)] for sheet, layout in table.layouts.items()}
    key = [name for name in tracker.key if any(name in held for held in names.values())]
    prints: dict[int, Print] = {i: tuple(columns[name][i] for name in key) for i in range(len(table))} if key else {}
    before = {row_id: tuple(row.get(name) for name in key) for row_id, row in known.items()} if key else {}
    ids: list[Value] = [_id(table, grids, index) for index in range(len(table))]
    found = identity(list(enumerate(ids)), prints, before)
    side = SideRows(tracker, table.layouts, {}, {}, problems=_with_row_numbers(found, table), home=like is None)
    fresh = iter(new_ids({*taken, *(str(value) for value in ids if value)}, len(found.new), random))
    given = {index: next(fresh) for index in found.new}
    for index, value in enumerate(ids):
        row_id, sheet = given.get(index, str(value or "")), table.sheets[index]
        if not row_id or row_id in side.rows:
            continue  # damaged: `problems` has it, and nothing is written
        side.rows[row_id] = {name: columns[name][index] for name in names[sheet]}
        side.at[row_id] = (sheet, table.rows[index])
        if index in given:
            side.fresh[row_id] = side.at[row_id]
    if any(grid.serial_dates for grid in grids.values()):
        read_moments(side.rows, tracker, {**(like or {}), **known})
    side.formulas = frozenset((sheet, *place) for sheet in table.layouts for place in grids[sheet].formulas)
    return side


def _with_row_numbers(found: Identity, table: Table) -> Identity:
    from dataclasses import replace

    problems = [replace(one, rows=tuple(table.rows[index] for index in one.rows)) for one in found.problems]
    return Identity(found.new, problems)


def _id(table: Table, grids: Mapping[str, Grid], index: int) -> Value:
    sheet = table.sheets[index]
    column = table.layouts[sheet].id_column
    return grids[sheet].value(table.rows[index], column) if column else None


def _cells(table: Table, grids: Mapping[str, Grid], name: str, tracker: Tracker) -> list[Value]:
    cells: list[Value] = []
    kind = tracker.columns[name].type if name in tracker.columns else "text"
    for sheet, row in zip(table.sheets, table.rows, strict=True):
        column = _place(table.layouts[sheet], name)
        value = grids[sheet].value(row, column) if column else None
        if grids[sheet].serial_dates and kind in ("date", "time") and value is not None:
            read, _ = SERIAL_READERS[kind](value) if not isinstance(value, str) else (value, None)
            value = value if read is None else read
        cells.append(None if value == "" else value)
    return cells


def _place(layout: Layout, name: str) -> int | None:
    return layout.columns.get(name) or layout.extra.get(name)


def id_edits(side: SideRows) -> Edits:
    """Only the ids that were just given: written first, so that a crash afterwards never gives a row two."""
    edits = Edits()
    for row_id, (sheet, row) in side.fresh.items():
        column = side.layouts[sheet].id_column
        if column:
            edits.cells[sheet, row, column] = row_id
    return edits


def edits(side: SideRows, changes: Changes) -> Edits:
    """The merge's changes as edits of this side's cells; calculated cells are never written over."""
    batch = Edits()
    for (row_id, name), value in changes.cells.items():
        sheet, row = side.at[row_id]
        column = _place(side.layouts[sheet], name)
        if column and (sheet, row, column) not in side.formulas:
            batch.cells[sheet, row, column] = value
    for row_id, cells in changes.rows.items():
        sheet, line = _new_row(side, row_id, cells)
        batch.rows.setdefault(sheet, []).append(line)
    for row_id in sorted(changes.drops):
        sheet, row = side.at[row_id]
        batch.drops.setdefault(sheet, []).append(row)
    return batch


def _new_row(side: SideRows, row_id: str, cells: Row) -> tuple[str, dict[int, Value]]:
    """A new row goes to the sheet that has most of its columns, the first of these."""
    filled = [name for name, value in cells.items() if value is not None]
    sheet = max(side.layouts, key=lambda name: sum(_place(side.layouts[name], c) is not None for c in filled))
    layout = side.layouts[sheet]
    line: dict[int, Value] = {
        column: value
        for name, value in cells.items()
        if (column := _place(layout, name)) and value is not None and (sheet, column) not in side.calculated
    }
    if layout.id_column:
        line[layout.id_column] = row_id
    return sheet, line


def merged(batches: Iterable[Edits]) -> Edits:
    """Several batches for one book as one."""
    whole = Edits()
    for batch in batches:
        whole.cells |= batch.cells
        whole.looks |= batch.looks
        whole.sheets |= batch.sheets
        for sheet, lines in batch.rows.items():
            whole.rows.setdefault(sheet, []).extend(lines)
        for sheet, numbers in batch.drops.items():
            whole.drops.setdefault(sheet, []).extend(numbers)
    return whole


def restricted(rows: Mapping[str, Row], names: Collection[str], keep: Collection[str] | None = None) -> dict[str, Row]:
    """The rows with these columns only; with `keep` only these rows."""
    return {
        row_id: {name: value for name, value in row.items() if name in names}
        for row_id, row in rows.items()
        if keep is None or row_id in keep
    }


def shared_names(left: SideRows, right: SideRows, *, private: bool) -> set[str]:
    """The columns that both sides have, without the private ones unless the link shares them."""
    both = left.names & right.names
    hidden = {name for name in both if name in left.tracker.columns and left.tracker.columns[name].private}
    return both if private else both - hidden


__all__: Sequence[str] = (
    "SideRows", "edits", "id_edits", "merged", "restricted", "shared_names", "side_rows",
)  # fmt: skip

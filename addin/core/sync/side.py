"""One side of a link: its rows by id as a merge sees them, and the merge's changes as edits of cells.

Values are those of the cells, exactly: only day numbers (Google) become dates, and empty text a blank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from addin.core.book import Area, Cell, CellFormula, Edits, Grid, Value
from addin.core.sync.columns import header_of, own_name
from addin.core.sync.held import Held, recognised_by
from addin.core.sync.id_columns import with_id_column, with_ids
from addin.core.sync.identity import Identity, IdProblem, identify, new_ids
from addin.core.sync.model import Changes, Row
from addin.core.sync.moments import moment_columns, read_moments, read_serial, serial_value
from addin.core.tables.layout import Layout, repeated_headers, table_over
from addin.core.tables.table import Table
from addin.core.trackers import ID_HEADER, Tracker
from addin.core.trackers.audience import is_shown


@dataclass
class SideRows:
    """A side's rows: `rows` by id, `at` the place of each, `fresh` the ids that are still to be written."""

    tracker: Tracker
    layouts: Mapping[str, Layout]
    rows: dict[str, Row]
    at: dict[str, tuple[str, int]]
    fresh: dict[str, tuple[str, int]] = field(default_factory=dict)
    repaired: int = 0
    """So many of the fresh ids were known: the cell had lost its id, or held another one."""
    problems: list[IdProblem] = field(default_factory=list)
    formulas: Mapping[Cell, str] = field(default_factory=dict)
    """The cells that are calculated, with their formulas."""
    covered: frozenset[Cell] = frozenset()
    """Cells under a merged one: they show nothing, and cannot be written."""
    home: bool = False
    """The workbook's side, where calculated columns are always calculated."""
    beside: bool = False
    """Whether there is anything beside the rows, which would move when rows are put between them."""
    occupied: frozenset[tuple[str, int]] = frozenset()
    """Rows between the others that are none of them, but hold something: a lone formula, a total, a note."""
    headed: frozenset[Cell] = frozenset()
    """Header cells of id columns that were lost, to be written again."""
    repeated: Sequence[str] = ()
    """Headers of the tracker's columns that another column of the shared sheet has, too."""
    stretched: dict[str, Area] = field(default_factory=dict)
    """Native tables that grow with new rows: over rows of the tracker right below them, and those of `widened`."""
    widened: dict[str, Area] = field(default_factory=dict)
    """Native tables that must grow by the id column that they have lost: else sorting would leave the ids behind."""

    @cached_property
    def calculated(self) -> frozenset[tuple[str, int]]:
        """The columns that formulas fill, and go on filling in new rows: (sheet, column number)."""
        own = [name for name, column in self.tracker.columns.items() if column.calculated]
        places = {
            (sheet, column)
            for sheet, layout in self.layouts.items()
            for name in own
            if (column := layout.columns.get(name))
        }
        return frozenset(places if self.home else places & {(sheet, column) for sheet, _, column in self.formulas})

    def column(self, sheet: str, name: str) -> int | None:
        """The number of this column on this sheet; None where the sheet has no such column."""
        header = header_of(name)
        layout = self.layouts[sheet]
        return layout.columns.get(name) if header is None else layout.extra.get(header)

    def cell(self, row_id: str, name: str) -> Cell | None:
        """The cell of this row and column; None where its sheet has no such column, or no such row yet."""
        if row_id not in self.at:
            return None
        sheet, row = self.at[row_id]
        column = self.column(sheet, name)
        return (sheet, row, column) if column else None

    @property
    def names(self) -> set[str]:
        """The columns that this side has: the tracker's by name, a person's own by header (see columns.py)."""
        return {name for layout in self.layouts.values() for name in (*layout.columns, *map(own_name, layout.extra))}


def side_rows(
    tracker: Tracker,
    table: Table,
    grids: Mapping[str, Grid],
    known: Mapping[str, Row],
    taken: Collection[str],
    random: Random,
    like: Mapping[str, Row] | None = None,
    *,
    force: bool = False,
    slice_: bool = False,
    recognise: bool = True,
    rows_held: Held | None = None,
) -> SideRows:
    """A side as the merge sees it: every row under its id, damaged ids repaired (identity.py), new rows with new ones.

    A row has the columns of its sheet and no others: what a sheet has no column for is not blank there.
    `like` are the workbook's rows, for the other side: they tell where day numbers are dates. Where nothing is known
    of a link, they also tell which row is which, but not for a `slice_`, whose rows may be like those of another.
    Without `recognise` ids are taken as they are in the sheet. `rows_held` are rows that wait for a decision.
    """
    layouts = {sheet: with_ids(layout, grids[sheet], known) for sheet, layout in table.layouts.items()}
    side = SideRows(tracker, layouts, {}, {}, home=like is None)
    side.headed = frozenset(
        (sheet, layout.header_row, layout.id_column or 0)
        for sheet, layout in layouts.items()
        if table.layouts[sheet].id_column is None and layout.id_column
    )
    if not side.home:  # of the workbook its reading says so
        side.repeated = [h for sheet, layout in layouts.items() for h in repeated_headers(grids[sheet], layout)]
    side.stretched = {
        sheet: area
        for sheet, layout in layouts.items()
        if (area := table_over(grids[sheet], layout, table.rows_on(sheet)))
    }
    for sheet, _, _ in side.headed:
        if area := with_id_column(layouts[sheet], grids[sheet]):
            longer = side.stretched.get(sheet, area)
            side.widened[sheet] = side.stretched[sheet] = area._replace(bottom=longer.bottom)
    side.beside = any(has_cells_beside(grids[sheet], layout) for sheet, layout in layouts.items())
    rows = read_rows(side, table, grids)
    ids = [_id(table, grids, layouts, index) for index in range(len(rows))]
    key = [name for name in tracker.key if any(name in layout.columns for layout in layouts.values())]
    serial = any(grid.serial_dates for grid in grids.values())
    typed = [_typed(row, tracker) for row in rows] if serial and recognise else rows
    recognised: Mapping[str, Row] = {}
    if recognise:
        recognised = recognised_by(known or ({} if slice_ else like) or {}, rows_held or {}, typed)
    found = identify(ids, typed.__getitem__, recognised, key, elsewhere=like, force=force)
    del typed  # a large sheet is not in memory twice from here on
    side.problems = _with_row_numbers(found, table)
    side.formulas = {(sheet, *at): text for sheet in layouts for at, text in grids[sheet].formulas.items()}
    _take_rows(side, table, rows, found, taken, random)
    side.occupied = occupied_rows(side, grids)
    side.covered = covered_cells(side, grids)
    _uncover(side, grids, known)
    _keep_uncalculated(side, grids, known)
    if serial:
        read_serial(side.rows, tracker, known, like or {})
        read_moments(side.rows, tracker, {**(like or {}), **known})
    return side


def has_cells_beside(grid: Grid, layout: Layout) -> bool:
    """Whether something is to the left or the right of the rows."""
    columns = [*layout.columns.values(), *layout.extra.values(), *([layout.id_column] if layout.id_column else [])]
    left, right = min(columns) - 1, max(columns)
    return any(
        len(line) > right or (left and any(value is not None for value in line[:left]))
        for line in grid.values[layout.header_row :]
    )


def occupied_rows(side: SideRows, grids: Mapping[str, Grid]) -> frozenset[tuple[str, int]]:
    """The rows below the headers that are no rows of the tracker, but hold something in one of its columns. Formulas
    that fill a column do not count."""
    taken = set(side.at.values())
    return frozenset(
        (sheet, number)
        for sheet, layout in side.layouts.items()
        for number, line in enumerate(grids[sheet].values[layout.header_row :], layout.header_row + 1)
        if (sheet, number) not in taken
        and any(
            line[column - 1] not in (None, "") and not fills_a_column(side, (sheet, number, column))
            for column in (*layout.columns.values(), *layout.extra.values())
            if column <= len(line)
        )
    )


def fills_a_column(side: SideRows, cell: Cell) -> bool:
    """Whether this is a formula that is in the rows above or below, too."""
    return cell in side.formulas and not is_lone(side, cell)


def read_rows(side: SideRows, table: Table, grids: Mapping[str, Grid]) -> list[dict[str, Value]]:
    """The rows in the order of the sheet, each with the columns that its sheet has; an empty text is a blank."""
    places = {
        sheet: [(name, column - 1) for name in _names(layout) if (column := side.column(sheet, name))]
        for sheet, layout in side.layouts.items()
    }
    rows = []
    for sheet, number in zip(table.sheets, table.rows, strict=True):
        line = grids[sheet].values[number - 1]
        width = len(line)
        rows.append(
            {
                name: (None if at >= width or (type(line[at]) is str and not line[at]) else line[at])
                for name, at in places[sheet]
            }
        )
    return rows


def _typed(row: Row, tracker: Tracker) -> Row:
    """A row of day numbers as dates and times, to recognise it by."""
    kinds = moment_columns(tracker)
    return {name: serial_value(value, kinds[name]) if name in kinds else value for name, value in row.items()}


def _names(layout: Layout) -> list[str]:
    return [*layout.columns, *map(own_name, layout.extra)]


def _take_rows(
    side: SideRows, table: Table, rows: Sequence[Row], found: Identity, taken: Collection[str], random: Random
) -> None:
    """Put the rows under their ids; new rows get new ones."""
    fresh = iter(new_ids({*taken, *found.ids}, len(found.new), random))
    given = {index: next(fresh) for index in found.new}
    repaired = set(found.repaired)
    side.repaired = len(repaired)
    for index, row in enumerate(rows):
        row_id = given.get(index) or found.ids[index]
        side.rows[row_id] = row
        side.at[row_id] = (table.sheets[index], table.rows[index])
        if index in given or index in repaired:
            side.fresh[row_id] = side.at[row_id]


def _with_row_numbers(found: Identity, table: Table) -> list[IdProblem]:
    return [
        IdProblem(one.kind, tuple(table.rows[index] for index in one.rows), table.sheets[one.rows[0]])
        for one in found.problems
    ]


def _id(table: Table, grids: Mapping[str, Grid], layouts: Mapping[str, Layout], index: int) -> Value:
    sheet = table.sheets[index]
    column = layouts[sheet].id_column
    return grids[sheet].value(table.rows[index], column) if column else None


def covered_cells(side: SideRows, grids: Mapping[str, Grid]) -> frozenset[Cell]:
    """The cells of the rows that are hidden under a merged cell."""
    if not any(grids[sheet].merged for sheet in side.layouts):
        return frozenset()
    rows = set(side.at.values())
    return frozenset(
        (sheet, row, column)
        for sheet in side.layouts
        for area in grids[sheet].merged
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if (row, column) != (area.top, area.left) and (sheet, row) in rows
    )


def _uncover(side: SideRows, grids: Mapping[str, Grid], known: Mapping[str, Row]) -> None:
    """A covered cell of a known row is blank (see decide: its base is blank, too, so no one has emptied it); in a new
    row it has the value of the merged cell that covers it."""
    if not side.covered:
        return
    for row_id, (sheet, number) in side.at.items():
        for name in side.rows[row_id]:
            cell = side.cell(row_id, name)
            if cell in side.covered and cell is not None:
                shown = grids[sheet].value(*grids[sheet].visible_cell(number, cell[2]))
                value = None if row_id in known else shown
                side.rows[row_id] = {**side.rows[row_id], name: value}


def _keep_uncalculated(side: SideRows, grids: Mapping[str, Grid], known: Mapping[str, Row]) -> None:
    """A formula that no spreadsheet program has calculated yet has emptied nothing: it has the value it had."""
    if not side.formulas:
        return
    for row_id in known.keys() & side.rows.keys():
        row, was = side.rows[row_id], known[row_id]
        for name in [name for name, value in row.items() if value is None and was.get(name) is not None]:
            cell = side.cell(row_id, name)
            if cell is not None and grids[cell[0]].is_uncalculated(cell[1], cell[2]):
                row = side.rows[row_id] = {**row, name: was[name]}


def id_edits(side: SideRows) -> Edits:
    """Only the ids that were given or repaired: written first, so that a crash afterwards never gives a row two."""
    edits = Edits(cells=dict.fromkeys(side.headed, ID_HEADER))
    edits.tables = {sheet: [area] for sheet, area in side.widened.items()}
    for row_id, (sheet, row) in side.fresh.items():
        column = side.layouts[sheet].id_column
        if column:
            edits.cells[sheet, row, column] = row_id
    return edits


def edits(side: SideRows, changes: Changes) -> Edits:
    """The merge's changes as edits of this side's cells; calculated cells are never written over."""
    batch, fixed = Edits(), side.formulas.keys() | side.covered
    for (row_id, name), value in changes.cells.items():
        sheet, row = side.at[row_id]
        column = side.column(sheet, name)
        if column and (sheet, row, column) not in fixed:
            batch.cells[sheet, row, column] = value
    for row_id, cells in changes.rows.items():
        sheet, line = _new_row(side, row_id, cells)
        batch.rows.setdefault(sheet, []).append(line)
        if sheet in side.stretched:
            batch.tables[sheet] = [side.stretched[sheet]]
    for row_id in sorted(changes.drops):
        sheet, row = side.at[row_id]
        batch.drops.setdefault(sheet, []).append(row)
        batch.cells |= dict.fromkeys(lone_formulas(side, sheet, row))
    return batch


def lone_formulas(side: SideRows, sheet: str, row: int) -> list[Cell]:
    """The formulas of this row that go with it: those in the tracker's columns, which would still be
    content, and those of this row only. What the sheet calculates, and what fills a column of a person's own, stays.
    (A book that cannot remove a row empties its constants.)"""
    return [cell for cell in side.formulas if cell[:2] == (sheet, row) and is_lone(side, cell)]


def is_lone(side: SideRows, cell: Cell) -> bool:
    """Whether a person typed this formula into one row, and it does not fill the column."""
    sheet, row, column = cell
    if (sheet, column) in side.calculated:
        return False
    own = column in side.layouts[sheet].extra.values()
    return not (own and {(sheet, row - 1, column), (sheet, row + 1, column)} & side.formulas.keys())


def with_formulas(side: SideRows, row_id: str) -> dict[str, Value]:
    """A row whole: what a person's formula calculates as this formula; without what the tracker calculates."""
    row = dict(side.rows[row_id])
    for name in list(row):
        cell = side.cell(row_id, name)
        if cell is None or cell not in side.formulas:
            continue
        if name in side.tracker.columns and side.tracker.columns[name].calculated:
            del row[name]
        else:
            row[name] = CellFormula("=" + side.formulas[cell], cell[1])
    return row


def _new_row(side: SideRows, row_id: str, cells: Row) -> tuple[str, dict[int, Value]]:
    """A new row goes to the sheet that has most of its columns, the first of these."""
    filled = [name for name, value in cells.items() if value is not None]
    sheet = max(side.layouts, key=lambda sheet: sum(side.column(sheet, name) is not None for name in filled))
    return sheet, new_line(side, sheet, row_id, cells)


def new_line(side: SideRows, sheet: str, row_id: str, cells: Row) -> dict[int, Value]:
    """The cells of a new row on this sheet; what is calculated there is left out."""
    line: dict[int, Value] = {
        column: value
        for name, value in cells.items()
        if (column := side.column(sheet, name)) and value is not None and (sheet, column) not in side.calculated
    }
    if id_column := side.layouts[sheet].id_column:
        line[id_column] = row_id
    return line


def merged(batches: Iterable[Edits]) -> Edits:
    """Several batches for one book as one."""
    whole = Edits()
    for batch in batches:
        whole.cells |= batch.cells
        whole.looks |= batch.looks
        whole.sheets |= batch.sheets
        for sheet, lines in batch.rows.items():
            whole.rows.setdefault(sheet, []).extend(lines)
        for sheet, places in batch.inserts.items():
            whole.inserts.setdefault(sheet, []).extend(places)
        for sheet, numbers in batch.drops.items():
            whole.drops.setdefault(sheet, []).extend(numbers)
        whole.tables |= batch.tables
    return whole


def restricted(rows: Mapping[str, Row], names: Collection[str], keep: Collection[str] | None = None) -> dict[str, Row]:
    """The rows with these columns only; with `keep` only these rows."""
    return {
        row_id: {name: value for name, value in row.items() if name in names}
        for row_id, row in rows.items()
        if keep is None or row_id in keep
    }


def shared_names(left: SideRows, right: SideRows, *, private: bool) -> set[str]:
    """The columns that both sides have and the other side may see: see addin/core/trackers/audience.py."""
    columns = left.tracker.columns
    both = left.names & right.names
    return {name for name in both if name not in columns or is_shown(columns[name], private=private)}

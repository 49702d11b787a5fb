"""Deleted rows put back to their places: below the row below which they were.

Some books can put a row between others. The others can only add rows at the end (and leave a blank row where one was
deleted): there a row goes into the blank row at its place; where there is none, the rows below it move down by one,
their contents rewritten. Where formulas of a person's own would have to move, or too many cells, the row comes back at
the end instead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from addin.core.book import CellFormula, Edits, Value
from addin.core.sync.model import Changes, Row
from addin.core.sync.side import SideRows, new_line
from addin.core.tables.layout import Layout

MOST_CELLS = 20_000
"""So many cells are rewritten to make room, and no more."""


def restore_rows(
    side: SideRows, changes: Changes, below: Mapping[str, str], *, inserting: bool = False
) -> tuple[Edits, Changes]:
    """The edits that put new rows to their places, and the changes that are left for the usual way."""
    batch = Edits()
    rest = Changes(changes.cells, dict(changes.rows), changes.drops)
    if len(side.layouts) != 1 or not set(changes.rows) & set(below):
        return batch, rest
    ((sheet, layout),) = side.layouts.items()
    order = sorted(side.at.keys() - changes.drops, key=lambda row: side.at[row])
    wanted = placed(order, {row: below[row] for row in changes.rows if row in below})
    returning = {row: changes.rows[row] for row in changes.rows if row in wanted}
    if inserting and not side.beside:
        batch.inserts[sheet] = put_between(side, sheet, wanted, returning, changes.drops)
        rest.rows = {row: line for row, line in changes.rows.items() if row not in returning}
        return batch, rest
    slots = find_slots(side, wanted, order, changes.drops, layout, returning)
    cells, added = rewrite(side, sheet, wanted, slots, returning, changes)
    if cells is None:
        return batch, rest
    batch.cells = cells
    if added:
        batch.rows[sheet] = added
        batch.tables |= {sheet: [side.stretched[sheet]]} if sheet in side.stretched else {}
    rest.rows = {row: line for row, line in changes.rows.items() if row not in returning}
    rest.cells = {place: value for place, value in changes.cells.items() if slots.get(place[0]) == side.at[place[0]][1]}
    return batch, rest


def put_between(
    side: SideRows, sheet: str, wanted: list[str], returning: Mapping[str, Row], drops: set[str]
) -> list[tuple[int, dict[int, Value]]]:
    """The returning rows, each with the number of the row that it pushes down: right below the one above it."""
    layout = side.layouts[sheet]
    found: list[tuple[int, dict[int, Value]]] = []
    last = layout.header_row
    for row in wanted:
        if row in returning:
            line = new_line(side, sheet, row, returning[row])
            found.append((last + 1, line))
        elif row in side.at and row not in drops:
            last = side.at[row][1]
    return found


def placed(order: list[str], below: Mapping[str, str]) -> list[str]:
    """The order of all rows when each returning one is below its old neighbour, as far as that is there."""
    wanted, waiting = list(order), dict(below)
    while waiting:
        ready = [row for row, above in waiting.items() if above == "" or above in wanted]
        if not ready:
            return wanted
        for row in ready:
            above = waiting.pop(row)
            wanted.insert(wanted.index(above) + 1 if above else 0, row)
    return wanted


def find_slots(
    side: SideRows,
    wanted: list[str],
    order: list[str],
    drops: set[str],
    layout: Layout,
    returning: Mapping[str, Row],
) -> dict[str, int]:
    """The row number of each row in the wanted order; 0 for those that must be added at the end.

    A row stays where it is as long as there are blank rows enough above it for those that return. What is between the
    rows, a note or a lone formula, stays alone in its row.
    """
    last = layout.header_row
    end = max((side.at[row][1] for row in order), default=last)
    closed = {side.at[row][1] for row in drops if row in side.at}
    closed |= {number for sheet, number in side.occupied if sheet == layout.sheet}
    usable = [number for number in range(last + 1, end + 1) if number not in closed]
    slots: dict[str, int] = {}
    for place, row in enumerate(wanted):
        own = side.at[row][1] if row in side.at else 0
        if own <= last:
            at = bisect_right(usable, last)
            own = usable[at] if at < len(usable) else 0
            if row in returning and own:
                below = next((side.at[one][1] for one in wanted[place:] if one in side.at), end + 1)
                own = find_own_blank(side, layout, returning[row], [n for n in usable[at:] if n < below]) or own
        slots[row] = own
        last = own or end
    return slots


def find_own_blank(side: SideRows, layout: Layout, row: Row, blanks: list[int]) -> int:
    """The blank row in which the formulas of a returning row stayed, as they fill their column; 0 where none is."""
    typed = [(side.column(layout.sheet, name), value) for name, value in row.items() if isinstance(value, CellFormula)]
    own = {column: text.removeprefix("=") for column, text in typed if column}
    if not own:
        return 0
    cells = ((n, {c: side.formulas.get((layout.sheet, n, c)) for c in own}) for n in blanks)
    return next((number for number, left in cells if left == own), 0)


def rewrite(
    side: SideRows,
    sheet: str,
    wanted: list[str],
    slots: Mapping[str, int],
    returning: Mapping[str, Row],
    changes: Changes,
) -> tuple[dict[tuple[str, int, int], Value] | None, list[dict[int, Value]]]:
    """The cells to write and the rows to add; None where making room is not possible."""
    layout = side.layouts[sheet]
    columns = {name: column for name in side.names if (column := side.column(sheet, name))}
    cells: dict[tuple[str, int, int], Value] = {}
    added: list[dict[int, Value]] = []
    for row in wanted:
        number = slots[row]
        if row in side.at and side.at[row][1] == number:
            continue
        values = {**(returning.get(row) or side.rows[row])}
        values |= {name: value for (of, name), value in changes.cells.items() if of == row}
        line = {column: values.get(name) for name, column in columns.items() if (sheet, column) not in side.calculated}
        if layout.id_column:
            line[layout.id_column] = row
        if number == 0:
            added.append({column: value for column, value in line.items() if value is not None})
            continue
        fixed = [column for column in line if {(sheet, number, column), _old(side, row, column)} & side.formulas.keys()]
        if fixed and row not in returning:
            return None, []
        cells |= {(sheet, number, column): value for column, value in line.items() if column not in fixed}
        if len(cells) > MOST_CELLS:
            return None, []
    return cells, added


def _old(side: SideRows, row: str, column: int) -> tuple[str, int, int]:
    sheet, number = side.at.get(row, ("", 0))
    return sheet, number, column

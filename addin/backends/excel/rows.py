"""Rows come and go: below the last filled row of a native table or of the sheet, and out of the middle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.backends.excel import writing
from addin.backends.excel.cells import Content, Place, runs
from addin.backends.excel.patience import patiently
from addin.backends.excel.reading import area, part, tables, used
from addin.backends.excel.writing import Undo
from addin.backends.memory import table_of
from addin.core.book import Area, Value

if TYPE_CHECKING:
    import xlwings


def stretch(sheet: xlwings.Sheet, areas: Sequence[Area], undo: Undo) -> None:
    """Let native tables that are there reach further; none is made, and a totals row stays where it is."""
    there = {table.name: table for table in tables(sheet)}
    for wanted in areas:
        old = there.get(wanted.name)
        if old and wanted != old and _floor(sheet, old, 0) == old.bottom:
            _resize(sheet, old, wanted, undo)


def append(sheet: xlwings.Sheet, rows: list[dict[int, Value]], undo: Undo) -> None:
    """Put these rows below the last filled one; the table grows, and they look like the row above."""
    if not rows:
        return
    table = table_of(tables(sheet), rows)
    bottom, right = used(sheet)
    values, formulas = area(sheet, 1, 1, bottom, right)
    columns = (table.left, table.right) if table else (1, right)
    floor = _floor(sheet, table, bottom)
    last = _last_filled(values, formulas, (table.top if table else 0, floor), columns)
    extra = last + len(rows) - floor if table else 0
    if table and extra > 0:
        _grow(sheet, table, floor, extra, values, undo)
    new: dict[Place, Content] = {
        (number, column): value for number, row in enumerate(rows, last + 1) for column, value in row.items()
    }
    if not table and last > 1:
        _look_alike(sheet, last, last + len(rows), columns, formulas, undo)
    elif table and extra > 0 and floor > table.top:
        _look_alike(sheet, floor, floor + extra, columns, formulas, undo)
    writing.put(sheet, new, undo)


def _floor(sheet: xlwings.Sheet, table: Area | None, bottom: int) -> int:
    """The last row that may hold an entry: of a table without its totals, else of the sheet."""
    if table is None:
        return bottom
    totals = patiently(lambda: sheet.tables[table.name].show_totals)
    return table.bottom - bool(totals)


def _last_filled(
    values: list[list[Value]], formulas: dict[Place, str], between: tuple[int, int], columns: tuple[int, int]
) -> int:
    """The last row below `between[0]` that somebody filled: a formula that waits for an entry is none."""
    for number in range(min(between[1], len(values)), between[0], -1):
        line = values[number - 1]
        for column in range(columns[0], min(columns[1], len(line)) + 1):
            if line[column - 1] is not None and (number, column) not in formulas:
                return number
    return between[0]


def _grow(sheet: xlwings.Sheet, table: Area, floor: int, extra: int, values: list[list[Value]], undo: Undo) -> None:
    """Make room for so many rows at the end of the table; what is below it moves down."""
    below = [line[table.left - 1 : table.right] for line in values[table.bottom : table.bottom + extra]]
    if floor < table.bottom or any(value is not None for line in below for value in line):
        at = floor + 1
        room = part(sheet, at, table.left, at + extra - 1, table.right)
        patiently(room.insert, "down")
        undo.append(lambda: patiently(lambda: part(sheet, at, table.left, at + extra - 1, table.right).delete("up")))
    _resize(sheet, table, table._replace(bottom=table.bottom + extra), undo)


def _resize(sheet: xlwings.Sheet, table: Area, wanted: Area, undo: Undo) -> None:
    native = patiently(lambda: sheet.tables[table.name])
    old = part(sheet, table.top, table.left, table.bottom, table.right)
    undo.append(lambda: patiently(native.resize, old))
    patiently(native.resize, part(sheet, wanted.top, wanted.left, wanted.bottom, wanted.right))


def _look_alike(
    sheet: xlwings.Sheet, model: int, last: int, columns: tuple[int, int], formulas: dict[Place, str], undo: Undo
) -> None:
    """Formats, and the formulas of calculated columns, of the row above; the clipboard is left alone."""
    left, right = columns
    source, target = part(sheet, model, left, model, right), part(sheet, model, left, last, right)
    fresh = part(sheet, model + 1, left, last, right)
    undo.append(lambda: patiently(fresh.clear))
    patiently(source.autofill, target, "fill_formats")
    for column in range(left, right + 1):
        if (model, column) in formulas:
            one, many = part(sheet, model, column, model, column), part(sheet, model, column, last, column)
            patiently(one.autofill, many, "fill_copy")


def drop(sheet: xlwings.Sheet, numbers: Sequence[int]) -> None:
    """Take these rows away, from the bottom up; where something is beside a table only its cells are emptied."""
    if not numbers:
        return
    bottom, right = used(sheet)
    values, formulas = area(sheet, 1, 1, bottom, right)
    native = tables(sheet)
    for top, last, _ in reversed(list(runs((number, 1) for number in set(numbers)))):
        table = next((table for table in native if table.top < top and last <= table.bottom), None)
        if table and _stands_beside(table, top, values):
            _empty(sheet, table, top, last, formulas)
        else:
            patiently(sheet.range(f"{top}:{last}").delete, "up")


def _stands_beside(table: Area, top: int, values: list[list[Value]]) -> bool:
    """True when something that is not the table's lies in these rows or below, and would be cut or move."""
    for number, line in enumerate(values[top - 1 :], top):
        for column, value in enumerate(line, 1):
            inside = number <= table.bottom and table.left <= column <= table.right
            if value is not None and not inside:
                return True
    return False


def _empty(sheet: xlwings.Sheet, table: Area, top: int, last: int, formulas: dict[Place, str]) -> None:
    """Take the entries of these rows out of the table; its formulas stay."""
    entries = (
        (row, column)
        for row in range(top, last + 1)
        for column in range(table.left, table.right + 1)
        if (row, column) not in formulas
    )
    for first, bottom, column in runs(entries):
        cells = part(sheet, first, column, bottom, column)
        patiently(cells.clear_contents)

"""A sheet to a Grid: its values in one call, its formulas in another, whatever its size."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from addin.backends.excel.cells import DAY_ZERO, Place
from addin.backends.excel.patience import patiently
from addin.backends.ooxml.styles import date_kind
from addin.core.book import Area, CellError, Grid, Value, trimmed
from addin.errors import Problem

if TYPE_CHECKING:
    import xlwings

ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
EXACT = 2**53  # up to here a float says which whole number it is
MOST_FORMATS = 64  # questions about the formats of one column, at most: beyond, a whole day is a date
MOST_RECTANGLES = 40  # with formulas, asked one by one
MOST_MERGED = 400  # questions about merged cells, at most


@contextmanager
def uncollected() -> Iterator[None]:
    """While a sheet is read everything made is kept: to look for garbage again and again would find none."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def grid(sheet: xlwings.Sheet) -> Grid:
    """What the sheet holds, with its tables and merged cells."""
    bottom, right = used(sheet)
    values, formulas = area(sheet, 1, 1, bottom, right)
    return Grid(
        patiently(getattr, sheet, "name"),
        trimmed(values),
        {place: text for place, text in formulas.items() if text},
        tables=tables(sheet),
        merged=list(merged(sheet, bottom, right)),
    )


def used(sheet: xlwings.Sheet) -> Place:
    """The last row and the last column that hold or ever held anything."""
    cell = patiently(lambda: sheet.used_range.last_cell)
    return patiently(lambda: (cell.row, cell.column))


def part(sheet: xlwings.Sheet, top: int, left: int, bottom: int, right: int) -> xlwings.Range:
    """A rectangle of the sheet."""
    return sheet.range((top, left), (bottom, right))


def area(
    sheet: xlwings.Sheet, top: int, left: int, bottom: int, right: int
) -> tuple[list[list[Value]], dict[Place, str]]:
    """The values of a rectangle, and the text of each formula in it, without its `=`, by row and column."""
    cells = part(sheet, top, left, bottom, right)
    raw = patiently(lambda: cells.options(ndim=2, err_to_str=True).value)
    formulas = {
        place: text.strip("{}").removeprefix("=")
        for place, text in _formulas(cells)
        if text != raw[place[0] - top][place[1] - left]  # a text that looks like a formula is its own value
    }
    columns = list(zip(*raw, strict=True))
    kinds = [set(map(type, column)) for column in columns]
    if any(str in some and not ERRORS.isdisjoint(column) for some, column in zip(kinds, columns, strict=True)):
        _name_errors(raw, patiently(lambda: cells.options(ndim=2).value))
    for index, some in enumerate(kinds):
        if any(issubclass(kind, float | datetime) for kind in some):
            exact = _exact(sheet, top, left + index, [line[index] for line in raw], some)
            for line, value in zip(raw, exact, strict=True):
                line[index] = value
    return raw, formulas


def _formulas(cells: xlwings.Range) -> Iterator[tuple[Place, str]]:
    """The formulas of a rectangle by row and column: asked for where they are, else of all cells at once."""
    for some in _with_formulas(cells):
        top, left = some.row, some.column
        for row, line in enumerate(rows_of(patiently(getattr, some, "formula"), some.shape[0]), top):
            for column, text in enumerate(line, left):
                if isinstance(text, str) and text.startswith(("=", "{=")):
                    yield (row, column), text


def _with_formulas(cells: xlwings.Range) -> list[xlwings.Range]:
    """The rectangles that hold formulas. Excel does not tell on a protected sheet, older releases of xlwings cannot
    ask, and a great many rectangles take longer than reading it all: then the whole."""
    ask = getattr(cells, "get_special_cells", None)
    if ask is None:
        return [cells]
    try:
        found: list[xlwings.Range] = patiently(ask, "formulas")
    except Problem:
        raise
    except Exception:
        return [cells]
    return found if len(found) <= MOST_RECTANGLES else [cells]


def rows_of(answer: Any, count: int) -> list[list[Any]]:
    """xlwings' answer for formulas, always as rows: one cell comes bare, one row or column may come flat."""
    if not isinstance(answer, list | tuple):
        return [[answer]]
    if answer and not isinstance(answer[0], list | tuple):
        return [list(answer)] if count == 1 else [[item] for item in answer]
    return [list(row) for row in answer]


def _name_errors(raw: list[list[Any]], without: list[list[Any]]) -> None:
    """A text `#N/A` and the error look alike; asked for without their texts, errors are blank."""
    for line, bare in zip(raw, without, strict=True):
        for column, value in enumerate(line):
            if type(value) is str and value in ERRORS and bare[column] is None:
                line[column] = CellError(value)


def _exact(sheet: xlwings.Sheet, top: int, column: int, values: list[Any], kinds: set[type]) -> list[Value]:
    """A column with each value as its own type: whole numbers are whole, a day without a time is a date."""
    if float in kinds:
        values = [
            int(value) if type(value) is float and value.is_integer() and abs(value) <= EXACT else value
            for value in values
        ]
    if any(issubclass(kind, datetime) for kind in kinds):
        return _dates(sheet, top, column, values)
    return values


def _dates(sheet: xlwings.Sheet, top: int, column: int, values: list[Any]) -> list[Value]:
    """Excel gives every kind of time as a moment: only the cell's format says which kind it is."""
    rows = [row for row, value in enumerate(values) if isinstance(value, datetime)]
    left_to_ask = [MOST_FORMATS]
    days: dict[str, dict[datetime, Value]] = {}  # the days of a column come again and again
    for first, last, kind in _kinds(sheet, top, column, rows, left_to_ask):
        known = days.setdefault(kind, {})
        for row in rows[first : last + 1]:
            value = values[row]
            if value not in known:
                known[value] = in_kind(value.replace(tzinfo=None), kind)
            values[row] = known[value]
    return values


def in_kind(value: datetime, kind: str) -> Value:
    """A moment as the kind of time that its format shows."""
    since = value - DAY_ZERO
    if kind == "duration":
        return since
    if since < timedelta(days=1) and (kind in ("time", "") or value.time() != time()):
        return value.time()
    return value if kind in ("datetime", "time") or value.time() != time() else value.date()


def _kinds(
    sheet: xlwings.Sheet, top: int, column: int, rows: list[int], left_to_ask: list[int], first: int = 0, last: int = -1
) -> Iterator[tuple[int, int, str]]:
    """Which kind of format is where in a column: asked for the whole, then for halves that are mixed."""
    last = len(rows) - 1 if last < 0 else last
    if left_to_ask[0] <= 0:
        yield first, last, ""
        return
    left_to_ask[0] -= 1
    cells = part(sheet, top + rows[first], column, top + rows[last], column)
    code = patiently(getattr, cells, "number_format")
    if code or first == last:
        yield first, last, date_kind(code or "")
        return
    middle = (first + last) // 2
    yield from _kinds(sheet, top, column, rows, left_to_ask, first, middle)
    yield from _kinds(sheet, top, column, rows, left_to_ask, middle + 1, last)


def native_tables(sheet: xlwings.Sheet) -> list[xlwings.main.Table]:
    """The tables as xlwings has them."""
    return patiently(lambda: list(sheet.tables))


def tables(sheet: xlwings.Sheet) -> list[Area]:
    """The native tables of the sheet."""
    found = []
    for table in native_tables(sheet):
        cells = patiently(getattr, table, "range")
        shape = cells.shape
        found.append(Area(cells.row, cells.column, cells.row + shape[0] - 1, cells.column + shape[1] - 1, table.name))
    return found


def merged(sheet: xlwings.Sheet, bottom: int, right: int) -> Iterator[Area]:
    """The merged cells: one question where there are none, else halves are asked until each is found."""
    todo, asked, seen = [(1, 1, bottom, right)], 0, set()
    while todo and asked < MOST_MERGED:
        top, left, low, far = todo.pop()
        cells = part(sheet, top, left, low, far)
        asked += 1
        if patiently(getattr, cells, "merge_cells") is False:
            continue
        if (top, left) == (low, far):
            whole = patiently(getattr, cells, "merge_area")
            corner = (whole.row, whole.column)
            if corner not in seen:
                seen.add(corner)
                yield Area(*corner, whole.row + whole.shape[0] - 1, whole.column + whole.shape[1] - 1)
        elif low > top:
            middle = (top + low) // 2
            todo += [(middle + 1, left, low, far), (top, left, middle, far)]
        else:
            middle = (left + far) // 2
            todo += [(top, middle + 1, low, far), (top, left, low, middle)]

"""A new workbook file from the cells of one that cannot be changed in place: an old Excel file, an ODS, a CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from addin.core.a1 import free_sheet_name, sheet_name
from addin.core.book import CellError, Grid, Value
from addin.errors import BookProblem

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Format = dict[str, Any]
LONGEST_TEXT = 32_767
DAY, MOMENT, CLOCK, LENGTH = 14, 22, 20, 46
"""Number formats that each Excel shows in the manner of its country."""
FIRST_DAY = date(1900, 3, 1)
"""Earlier days are kept as text: Excel counts one too many before."""


def new_workbook(grids: Sequence[Grid], decimals: dict[tuple[str, int], int] | None = None) -> bytes:
    """The bytes of a workbook with these sheets: values, codes as shown, merged cells, widths, fills, what is struck
    out or hidden. A formula's result is written as a value. `decimals` maps (sheet, column) to the decimals shown.

    Raises BookProblem for what no workbook can hold.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    formats: dict[str, Any] = {}

    def formatted(wanted: Format) -> Any:
        key = repr(sorted(wanted.items()))
        if wanted and key not in formats:
            formats[key] = book.add_format(wanted)
        return formats.get(key)

    names: list[str] = []
    for grid in grids:
        names.append(free_sheet_name(sheet_name(grid.sheet), names))
        sheet = book.add_worksheet(names[-1])
        _write(sheet, grid, formatted, {c: n for (name, c), n in (decimals or {}).items() if name == grid.sheet})
    if all(grid.hidden for grid in grids):
        raise BookProblem("every sheet of it is hidden.", next="Show the sheet with the list, and save it again.")
    shown = next(number for number, grid in enumerate(grids) if not grid.hidden)
    book.worksheets()[shown].activate()
    book.worksheets()[shown].set_first_sheet()
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, grid: Grid, formatted: Any, decimals: dict[int, int]) -> None:
    from xlsxwriter.exceptions import OverlappingRange

    look = grid.appearance
    for column, width in look.widths.items():
        sheet.set_column(column - 1, column - 1, width)
    for column in look.hidden_columns:
        sheet.set_column(column - 1, column - 1, look.widths.get(column), None, {"hidden": True})
    for row in look.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for area in grid.merged:
        with suppress(OverlappingRange):
            sheet.merge_range(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "")
    blank = {place: None for place in (*look.fills, *look.struck) if grid.value(*place) is None}
    cells = {(r, c): v for r, line in enumerate(grid.values, 1) for c, v in enumerate(line, 1) if v is not None}
    for place, value in {**blank, **cells}.items():
        wanted: Format = {}
        if place in look.fills:
            wanted["bg_color"] = f"#{look.fills[place]}"
        if place in look.struck:
            wanted["font_strikeout"] = True
        _put(sheet, grid, place, value, wanted, formatted, decimals.get(place[1], 0))
    if grid.hidden:
        sheet.hide()


def _put(
    sheet: Worksheet, grid: Grid, place: tuple[int, int], value: Value, wanted: Format, formatted: Any, decimals: int
) -> None:
    row, column = place[0] - 1, place[1] - 1
    if place in grid.shown:
        code = grid.shown[place]
        value, wanted = (value, wanted | {"num_format": "0" * len(code)}) if code.isdecimal() else (code, wanted)
    if isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < FIRST_DAY:
        value = value.isoformat()
    done: int | None = 0
    if value is None:
        sheet.write_blank(row, column, None, formatted(wanted))
    elif isinstance(value, CellError):
        done = sheet.write_formula(row, column, f"={value}", formatted(wanted), str(value))
    elif isinstance(value, str):
        done = sheet.write_string(row, column, value, formatted(wanted))
    elif isinstance(value, bool):
        done = sheet.write_boolean(row, column, value, formatted(wanted))
    elif isinstance(value, (int, float)):
        number = {"num_format": f"0.{'0' * decimals}"} if decimals else {}
        done = sheet.write_number(row, column, value, formatted(number | wanted))
    else:
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        done = sheet.write_datetime(row, column, moment, formatted({"num_format": _kind(value)} | wanted))
    if done:
        too_long = isinstance(value, str) and len(value) > LONGEST_TEXT
        what = f"a cell has more than {LONGEST_TEXT:,} characters" if too_long else "it is larger than a sheet can be"
        raise BookProblem(f"{what}.", where=f"{grid.sheet}, row {row + 1}", next="Shorten it, then adopt it again.")


def _kind(value: date | time | timedelta) -> int:
    if isinstance(value, datetime):
        return MOMENT
    return DAY if isinstance(value, date) else CLOCK if isinstance(value, time) else LENGTH

"""XLS, as old Excel and many school programs still write it; and what only has that name: web pages, text and so on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from addin.backends.ooxml.styles import date_kind
from addin.backends.ooxml.values import from_serial
from addin.core.book import Appearance, Area, CellError, Grid, Value, trimmed
from addin.core.language import phrase
from addin.core.recognition.source import Source
from addin.core.tables.shown import shown_code
from addin.errors import Problem
from addin.importers import csv, html, xlsx

if TYPE_CHECKING:
    import xlrd

SUFFIXES = [".xls"]
OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
NEXT = phrase("Open it in a spreadsheet program and save it as .xlsx.")


def read(path: Path) -> list[Grid] | list[Source]:
    """The file's sheets in order, whatever it really is. Raises Problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Problem(
            phrase("cannot be read: {strerror}.", strerror=error.strerror),
            where=str(path),
            next=phrase("Check the name."),
        ) from None
    if data.startswith(ZIP):
        return xlsx.read(path)
    if not data.startswith(OLD_EXCEL):
        return html.read(path) if html.is_page(data) else csv.read(path)
    try:
        import xlrd
    except ModuleNotFoundError:
        raise Problem(phrase("is an old Excel file (.xls)."), where=str(path), next=NEXT) from None
    try:
        with redirect_stdout(io.StringIO()):  # it prints what it finds odd
            book = xlrd.open_workbook(file_contents=data, formatting_info=True)
            return [_grid(book, sheet) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        locked = (
            "is protected with a password." if "encrypted" in str(error) else "cannot be read as an old Excel file."
        )
        raise Problem(locked, where=str(path), next=NEXT) from error
    except Exception as error:  # a damaged file ends in errors of every kind there
        raise Problem(phrase("is damaged, or no Excel file."), where=str(path), next=NEXT) from error


def _grid(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet) -> Grid:
    grid = Grid(sheet.name, hidden=sheet.visibility != 0)
    rows = [list(_cells(book, sheet, row, grid)) for row in range(sheet.nrows)]
    grid.values[:] = trimmed(rows)
    grid.merged[:] = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    _look(book, sheet, grid)
    return grid


def _look(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, grid: Grid) -> None:
    """Note how the sheet looks: struck-out letters, fills, comments, what is hidden, and widths."""
    found = Appearance(notes={(row + 1, column + 1) for row, column in sheet.cell_note_map})
    found.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    for column, info in sheet.colinfo_map.items():
        found.widths[column + 1] = round(info.width / 256, 1)
        if info.hidden:
            found.hidden_columns.add(column + 1)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            style = book.xf_list[sheet.cell_xf_index(row, column)]
            if book.font_list[style.font_index].struck_out:
                found.struck.add((row + 1, column + 1))
            color = book.colour_map.get(style.background.pattern_colour_index)
            if style.background.fill_pattern == 1 and color:
                found.fills[row + 1, column + 1] = "{:02X}{:02X}{:02X}".format(*color)
    grid.appearance = found


def _cells(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, grid: Grid) -> Iterator[Value]:
    """The values of a row; a number that its format shows as a code is noted in the grid."""
    import xlrd

    for column in range(sheet.row_len(row)):
        cell = sheet.cell(row, column)
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            yield None
        elif cell.ctype == xlrd.XL_CELL_TEXT:
            yield cell.value or None
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            yield bool(cell.value)
        elif cell.ctype == xlrd.XL_CELL_ERROR:
            yield CellError(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        else:
            form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            number = int(cell.value) if cell.value == int(cell.value) else cell.value
            kind = date_kind(form)
            if not kind and isinstance(number, int) and (code := shown_code(number, form)):
                grid.shown[row + 1, column + 1] = code
            yield from_serial(cell.value, kind, book.datemode == 1) if kind else number

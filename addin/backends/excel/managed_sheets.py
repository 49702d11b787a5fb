"""Sheets of the tool's own, such as Findings: made where missing, else filled again in their place.

A sheet is never deleted and made again: formulas that point to it stay whole, and no question pops up. Links are
HYPERLINK formulas, written in blocks: one real link is three calls, and there is one for each finding.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

from addin.backends.excel import writing
from addin.backends.excel.cells import Content, Formula, Place
from addin.backends.excel.patience import patiently
from addin.backends.excel.reading import area, native_tables, part, used
from addin.backends.excel.writing import Undo
from addin.core.book import OwnSheet, Value

if TYPE_CHECKING:
    import xlwings

STYLE = "TableStyleLight1"
LINK = (31, 58, 95)
"""The colour of links beside a header: the blue of a new workbook's."""
LONGEST_IN_FORMULA = 255  # characters of a text inside a formula (Excel specifications and limits)


def replace(book: xlwings.Book, name: str, content: OwnSheet, undo: Undo) -> None:
    """Let the sheet of this name hold exactly this."""
    known = {sheet.name.casefold(): sheet for sheet in patiently(lambda: list(book.sheets))}
    old = known.get(name.casefold())
    if old is not None:
        _clear(old, undo)
    sheet = old or _new(book, name, undo)
    cells = _cells(content)
    if cells:
        writing.put(sheet, cells, undo)
        width, height = max(map(len, content.rows)), len(content.rows)
        _dress(sheet, content, width)
        with suppress(Exception):
            header = content.rows[0][: content.width] if old is None else []
            _as_table(sheet, header, content.width, max(height, 2))


def remove(book: xlwings.Book, name: str) -> None:
    """Take a sheet of ours out; the workbook keeps at least one."""
    known = {sheet.name.casefold(): sheet for sheet in patiently(lambda: list(book.sheets))}
    if name.casefold() in known and len(known) > 1:
        patiently(known[name.casefold()].delete)


def _new(book: xlwings.Book, name: str, undo: Undo) -> xlwings.Sheet:
    """A new sheet, the last one."""
    last = patiently(lambda: book.sheets[len(book.sheets) - 1])
    front = patiently(getattr, book.sheets, "active")
    new: xlwings.Sheet = patiently(book.sheets.add, name, after=last)
    undo.append(lambda: patiently(new.delete))
    patiently(front.activate)
    return new


def _clear(sheet: xlwings.Sheet, undo: Undo) -> None:
    """Empty the sheet; what it held can be put back, plainly."""
    bottom, right = used(sheet)
    values, formulas = area(sheet, 1, 1, bottom, right)
    before: dict[Place, Content] = {
        (row, column): Formula("=" + formulas[row, column]) if (row, column) in formulas else value
        for row, line in enumerate(values, 1)
        for column, value in enumerate(line, 1)
    }
    undo.append(lambda: writing.write(sheet, before))
    for table in native_tables(sheet):  # its filter would hide new rows
        with suppress(Exception):
            patiently(setattr, table, "show_autofilter", False)
    body = part(sheet, 1, 1, bottom, right)
    patiently(body.clear)


def _cells(content: OwnSheet) -> dict[Place, Content]:
    """All cells, with their links."""
    width = max(map(len, content.rows), default=0)
    cells: dict[Place, Content] = {}
    for row, line in enumerate(content.rows, 1):
        for column in range(1, width + 1):
            value = line[column - 1] if column <= len(line) else None
            target = content.links.get((row, column))
            cells[row, column] = link(target, value) if target else value
    return cells


def link(target: str, value: Value) -> Formula:
    """A cell that shows a value and leads to a place in this workbook when it is clicked."""
    shown = str(value if value is not None else target)[:LONGEST_IN_FORMULA]
    place, text = (part.replace('"', '""') for part in (f"#{target}", shown))
    return Formula(f'=HYPERLINK("{place}","{text}")')


def _dress(sheet: xlwings.Sheet, content: OwnSheet, width: int) -> None:
    """A bold header that stays in sight, and widths. Looks alone: what a program cannot do is left out."""
    header = part(sheet, 1, 1, 1, content.width)
    patiently(setattr, header.font, "bold", True)
    if content.beside:
        beside = part(sheet, 1, content.width + 1, 1, width)
        patiently(setattr, beside.font, "color", LINK)
    first = 1
    for size, group in groupby(content.widths[:width]):
        count = len(list(group))
        columns = part(sheet, 1, first, 1, first + count - 1)
        patiently(setattr, columns, "column_width", size)
        first += count
    for column in sorted(content.wrapped):
        patiently(setattr, part(sheet, 2, column, max(2, len(content.rows)), column), "wrap_text", True)
    if content.wrapped:
        with suppress(Exception):
            patiently(part(sheet, 2, 1, max(2, len(content.rows)), width).rows.autofit)
    with suppress(Exception):  # xlwings offers this for some programs only
        sheet.freeze_panes.freeze_at("1:1")
    for place, words in content.drop_downs():
        with suppress(Exception):  # a drop-down has no place in xlwings' own interface; Excel on Windows takes it so
            validation = part(sheet, place.top, place.left, place.bottom, place.right).api.Validation
            validation.Delete()
            validation.Add(3, 1, 1, ",".join(words))


def _as_table(sheet: xlwings.Sheet, header: list[Value], width: int, height: int) -> None:
    """A native table gives the filter buttons; it needs different headings in each column.

    A sheet that was there keeps what it has, its table or its filter: where formulas name tables, LibreOffice works out
    every one of them again when a table comes or changes its size.
    """
    cells = part(sheet, 1, 1, height, width)
    native = native_tables(sheet)
    if native:
        if patiently(lambda: native[0].range.address) != cells.address:
            patiently(native[0].resize, cells)
        patiently(setattr, native[0], "show_autofilter", True)
    elif header and len(set(map(str, header))) == width and all(isinstance(text, str) and text for text in header):
        patiently(sheet.tables.add, cells, table_style_name=STYLE)

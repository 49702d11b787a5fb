"""Where rows and cells lie in a sheet's XML; reading and splicing both stand on this one scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from addin.backends.ooxml.formulas import column_number, letters
from addin.backends.ooxml.markup import INSIDE, attributes, pattern
from addin.errors import BookProblem

ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
USUAL_ROW = re.compile(rb'<row r="(\d+)"[^>]*>')
CELL_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)""")
ANY = re.compile(rb"<c(?=[\s/>])(" + INSIDE + rb")(?:/>|>(.*?)</c\s*>)", re.S)


class Row(NamedTuple):
    """Where one row lies: its start tag, its cells, its end."""

    number: int
    start: int
    cells: int
    cells_end: int
    end: int


class CellAt(NamedTuple):
    """Where one cell lies in a stretch of XML, and what it says; its attributes are taken apart when asked for."""

    column: int
    start: int
    end: int
    tag: bytes
    content: bytes

    @property
    def attributes(self) -> dict[str, str]:
        """Its address, style, type and whatever else its start tag says."""
        return attributes(self.tag)


def sheet_data(xml: bytes, where: str) -> tuple[int, int]:
    """Start and end of what stands between <sheetData> and </sheetData>; both the same place when nothing does."""
    start = xml.find(b"<sheetData")
    if start < 0:
        raise BookProblem("the sheet has no data part.", where=where, next="Open the workbook in Excel and save it.")
    begin = xml.index(b">", start) + 1
    if xml[begin - 2 : begin] == b"/>":
        return begin, begin
    end = xml.rfind(b"</sheetData")
    if end < 0:
        raise BookProblem(
            "the sheet breaks off in the middle.", where=where, next="Restore an older version of the file."
        )
    return begin, end


def rows(xml: bytes, start: int, end: int, *, empty: bool = False) -> Iterator[Row]:
    """Each row with cells, in the order of the file; with `empty`, those without cells too."""
    number = 0
    find, usual = xml.find, USUAL_ROW.match
    place = find(b"<row", start, end)
    while place >= 0:
        match = usual(xml, place, end)
        if match:
            head, number = match.end(), int(match[1])
        else:
            head = find(b">", place, end) + 1
            if not head:
                return
            match = ROW_NUMBER.search(xml, place, head)
            number = int(match[1]) if match else number + 1
        if xml[head - 2] == 47:  # <row …/>
            if empty:
                yield Row(number, place, head, head, head)
                place = find(b"<row", head, end)
            else:
                place = _next_with_cells(xml, head, end)
            continue
        close = find(b"</row", head, end)
        if close < 0:
            return
        done = find(b">", close, end) + 1 or end
        yield Row(number, place, head, close, done)
        place = find(b"<row", done, end)


def rows_numbered(xml: bytes, start: int, end: int, numbers: Iterable[int]) -> list[Row] | None:
    """Just these rows, in order, without a look at the others; None where one is not there as rows usually are."""
    found = []
    place = start
    for number in sorted(set(numbers)):
        at = xml.find(b'<row r="%d"' % number, place, end)
        head = xml.find(b">", at, end) + 1 if at >= 0 else 0
        if not head:
            return None
        if xml[head - 2] == 47:  # <row …/>
            found.append(Row(number, at, head, head, head))
            place = head
            continue
        close = xml.find(b"</row", head, end)
        if close < 0:
            return None
        place = xml.find(b">", close, end) + 1 or end
        found.append(Row(number, at, head, close, place))
    return found


def _next_with_cells(xml: bytes, start: int, end: int) -> int:
    """Where the next row lies that has cells, past any number of empty ones; -1 where there is none.

    A row that does not say its number is counted from the one before, so there the next row is taken, whatever it has.
    """
    cell = xml.find(b"<c", start, end)
    if cell < 0:
        return -1
    row = xml.rfind(b"<row", start, cell)
    head = xml.find(b">", row, end)
    return row if row >= 0 and ROW_NUMBER.search(xml, row, head) else xml.find(b"<row", start, end)


def cells(stretch: bytes) -> Iterator[CellAt]:
    """Each cell of one row's XML with its place, whatever the order of its attributes."""
    column = 0
    for match in ANY.finditer(stretch):
        address = CELL_COLUMN.search(match[1])
        column = column_number(address[1].decode()) if address else column + 1
        yield CellAt(column, match.start(), match.end(), match[1], match[2] or b"")


def cells_named(stretch: bytes, row: int, columns: Iterable[int]) -> dict[int, CellAt] | None:
    """Just these cells of a row, without a look at the others; None where one is not there as cells usually are."""
    found = {}
    for column in columns:
        start = stretch.find(b'<c r="%s%d"' % (letters(column).encode(), row))
        head = stretch.find(b">", start) if start >= 0 else -1
        if head < 0:
            return None
        if stretch[head - 1] == 47:  # <c …/>
            found[column] = CellAt(column, start, head + 1, stretch[start + 2 : head - 1], b"")
            continue
        close = stretch.find(b"</c>", head)
        if close < 0:
            return None
        tag, content = stretch[start + 2 : head], stretch[head + 1 : close]
        found[column] = CellAt(column, start, close + 4, tag, content)
    return found


def inner(content: bytes, name: str) -> bytes | None:
    """The content of a child such as <v> or <f>; b"" for an empty one, None where there is none."""
    match = pattern(name).search(content)
    return None if match is None else match[2] or b""

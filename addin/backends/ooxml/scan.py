"""Find rows and cells in a sheet's XML; reading and splicing both use this one scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from addin.backends.ooxml.formulas import LAST_COLUMN, LAST_ROW, column_number, letters
from addin.backends.ooxml.markup import END_OF_TAG, INSIDE, attributes, element, pattern
from addin.core.language import in_thousands, phrase
from addin.core.regex import regex
from addin.errors import BookProblem

ROW_NUMBER = regex(rb"""\sr\s*=\s*["'](\d+)["']""")
LAST_CELL = regex(rb'<c r="([A-Z]{1,3})(\d+)"')
USUAL_ROW = regex(rb'<row r="(\d+)"[^>]*>')
CELL_ROW = regex(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")
CELL_COLUMN = regex(rb"""\sr\s*=\s*["']([A-Za-z]+)""")
START = regex(rb"<c(?=[\s/>])(" + INSIDE + rb")(/?)>")
NO_END = regex(rb"<c(?:[\s/>]|$)")


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
    """Find the start and end of the content of <sheetData>; both are the same where it is empty."""
    start = xml.find(b"<sheetData")
    if start < 0:
        raise BookProblem(
            phrase("the sheet has no data part."), where=where, next=phrase("Open the workbook in Excel and save it.")
        )
    begin = xml.index(b">", start) + 1
    if xml[begin - 2 : begin] == b"/>":
        return begin, begin
    end = xml.rfind(b"</sheetData")
    if end < begin:
        raise broken_off(where)
    return begin, end


def broken_off(where: str = "") -> BookProblem:
    """What a sheet is that ends in the middle of a row or cell."""
    return BookProblem(
        phrase("the sheet breaks off in the middle."), where=where, next=phrase("Restore an older version of the file.")
    )


def checked_row(number: int) -> int:
    """The number of a row that Excel can have too."""
    if not 1 <= number <= LAST_ROW:
        raise BookProblem(
            phrase(
                "a row has the number {number}; a sheet has {last_row} rows.",
                number=in_thousands(number),
                last_row=in_thousands(LAST_ROW),
            ),
            next=phrase("Open the workbook in Excel, let it repair, and save it."),
        )
    return number


def checked_column(name: bytes) -> int:
    """The number of a column that Excel can have too."""
    number = column_number(name[:4].decode())
    if number > LAST_COLUMN:
        raise BookProblem(
            phrase(
                "a cell is in column {column}; a sheet ends at column {last}.",
                column=name[:8].decode(),
                last=letters(LAST_COLUMN),
            ),
            next=phrase("Open the workbook in Excel, let it repair, and save it."),
        )
    return number


def check_address(cell: CellAt, number: int) -> None:
    """Raise BookProblem where a cell names another row than the one that it is in: which of the two, nobody knows."""
    address = CELL_ROW.search(cell.tag)
    if address and int(address[2]) != number:
        raise BookProblem(
            phrase("row {number} holds {cell}.", number=in_thousands(number), cell=(address[1] + address[2]).decode()),
            next=phrase("Open the workbook in Excel, let it repair, and save it."),
        )


def rows(xml: bytes, start: int, end: int, *, empty: bool = False) -> Iterator[Row]:
    """Each row with cells, in the order of the file; with `empty`, those without cells too."""
    number = 0
    find, usual = xml.find, USUAL_ROW.match
    place = find(b"<row", start, end)
    while place >= 0:
        match = usual(xml, place, end)
        if match:
            head, number = match.end(), checked_row(int(match[1]))
        else:
            head = find(b">", place, end) + 1
            if not head:
                raise broken_off()
            match = ROW_NUMBER.search(xml, place, head)
            said = int(match[1]) if match else _row_of_cells(xml, head, end)
            number = checked_row(said or number + 1)
        if xml[head - 2] == 47:  # <row …/>
            if empty:
                yield Row(number, place, head, head, head)
                place = find(b"<row", head, end)
            else:
                place = _next_with_cells(xml, head, end)
            continue
        close = find(b"</row", head, end)
        if close < 0:
            raise broken_off()
        done = find(b">", close, end) + 1 or end
        yield Row(number, place, head, close, done)
        place = find(b"<row", done, end)


def _row_of_cells(xml: bytes, head: int, end: int) -> int:
    """The row that the cells name, of one that does not say its number; 0 where they name none."""
    close = xml.find(b"</row", head, end) if xml[head - 2] != 47 else head
    address = CELL_ROW.search(xml, head, max(head, close))
    return int(address[2]) if address else 0


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
    column = done = 0
    while (start := stretch.find(b"<c", done)) >= 0:
        match = START.match(stretch, start)
        if match is None:
            if NO_END.match(stretch, start):
                raise broken_off()
            done = start + 2
            continue
        tag, empty = match.groups()
        done = match.end()
        content = b""
        if not empty:
            content_end, end = _end_of_cell(stretch, done)
            content, done = stretch[done:content_end], end
        address = CELL_COLUMN.search(tag)
        column = checked_column(address[1]) if address else column + 1
        yield CellAt(column, start, done, tag, content)


def _end_of_cell(stretch: bytes, place: int) -> tuple[int, int]:
    """Where a cell's content ends, and where the cell does."""
    while (close := stretch.find(b"</c", place)) >= 0:
        if end := END_OF_TAG.match(stretch, close + 3):
            return close, end.end()
        place = close + 3
    raise broken_off()


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


def lies_behind(stretch: bytes, row: int, columns: Iterable[int]) -> bool:
    """Whether new cells in these columns are behind the last one of the row, told by that one alone; False where
    its end is not as it usually is."""
    at = stretch.rfind(b'<c r="')
    last = LAST_CELL.match(stretch, at) if at >= 0 else None
    if last is None or int(last[2]) != row or stretch.find(b"<c", at + 2) >= 0 or stretch.find(b"<extLst", at) >= 0:
        return False
    return stretch.endswith((b"</c>", b"/>")) and column_number(last[1].decode()) < min(columns)


def inner(content: bytes, name: str) -> bytes | None:
    """The content of a child such as <v> or <f>; b"" for an empty one, None where there is none."""
    match = element(name).search(content) if name == "is" else pattern(name).search(content)
    return None if match is None else match[2] or b""

"""Rows as every spreadsheet program writes them, cut apart by find and split: four times as fast as by pattern.

In row 17 each address ends with `17"`, so a row is cut there. A piece then says what one cell holds and in which column
the next one stands, ` t="s"><v>5</v></c><c r="B`, and most pieces of a sheet say what another has said before. A row in
which `17"` stands elsewhere too, or whose cells are written in another way, is left to the careful scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from addin.backends.ooxml.formulas import column_number
from addin.backends.ooxml.scan import cells
from addin.backends.ooxml.typed import Values, cell_value
from addin.backends.ooxml.values import text
from addin.core.book import Value

ROW, CELL, END, END_OF_TEXT = b'<row r="', b'<c r="', b"</v></c>", b"</t></is></c>"
AFTER_LAST = b'<c r="A'  # put behind the last cell, so that its piece looks like all others
HEAD = re.compile(rb'"[^<>]*(?<!/)>\s*<c r="([A-Z]{1,3})')
FILLED = re.compile(rb'(?: s="(\d+)")?(?: t="(\w+)")?')
REST = re.compile(rb'(?: s="(\d+)")?(?: t="(\w+)")?(?: [a-z]+="\d+")*(?:\s*/>|>(.*?)</c>)\s*', re.S)
NAME = re.compile(rb"[A-Z]{1,3}")
ANOTHER_CELL = re.compile(rb"<c[\s/>]")
NEVER = (b"",)  # a piece that no cell has
MOST_KEPT = 100_000  # pieces that are remembered, so that memory stays bounded in a workbook of any size


class Unusual(Exception):  # noqa: N818 (no error: another scan reads the sheet)
    """The sheet is sound, but its rows are not written as they usually are."""


class Calculated(NamedTuple):
    """A cell with a formula: its last result, and what its XML says."""

    value: Value
    content: bytes


Line = tuple[int, list[Value], list[tuple[int, bytes]]]
"""A row's number, its values, and (column, content) of its cells with formulas."""


def lines(xml: bytes, start: int, end: int, values: Values) -> Iterator[Line]:
    """Each row with cells. Raises Unusual."""
    pieces = Pieces(values)
    told, learn = pieces.known.get, pieces.learn
    while (close := xml.find(b"</row>", start, end)) >= 0:
        row = _row_at(xml, start, close)
        quote = xml.find(b'"', row + len(ROW), close)
        number = xml[row + len(ROW) : quote]
        head, *rest = (xml[quote:close] + AFTER_LAST).split(number + b'"')
        start = close + len(b"</row>")
        column = pieces.first(head)
        line: list[Any] = [None] * pieces.width
        for piece in rest if column >= 0 else NEVER:
            pair = told(piece)
            if pair is None:
                pair = learn(piece)
                if pair is None:
                    break
                line += [None] * (pieces.width - len(line))
            line[column], column = pair
        else:
            yield int(number), line, pieces.settle(line) if pieces.calculated else []
            continue
        pieces.calculated = False
        yield careful(int(number), xml[xml.find(b">", quote) + 1 : close], values)
    if xml.find(b"<c", start, end) >= 0:
        raise Unusual


def _row_at(xml: bytes, start: int, close: int) -> int:
    """Where the row begins that ends at `close`; before it only empty rows may stand."""
    row = xml.rfind(b"<row", start, close)
    if not xml.startswith(ROW, row) or (row > start and xml.find(b"<c", start, row) >= 0):
        raise Unusual
    return row


def careful(number: int, stretch: bytes, values: Values) -> Line:
    """One row, whatever the order of its attributes and with or without addresses."""
    line: list[Value] = []
    calculated = []
    for cell in cells(stretch):
        line += [None] * (cell.column - len(line))
        line[cell.column - 1] = cell_value(cell, values)
        if b"<f" in cell.content:
            calculated.append((cell.column, cell.content))
    return number, line, calculated


class Pieces:
    """What the pieces of rows say: (value of this cell, index of the next one's column)."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.known: dict[bytes, tuple[Value, int]] = {}
        self.heads: dict[bytes, int] = {}
        self.starts: dict[bytes, tuple[bytes, bytes]] = {}
        self.names: dict[bytes, int] = {}
        self.texts: list[str] = []
        self.width = 1
        self.calculated = False

    def first(self, head: bytes) -> int:
        """The index of the first cell's column; -1 where the row's start tag is not as usual, and no piece will be."""
        if head not in self.heads:
            match = HEAD.fullmatch(head)
            self.heads[head] = self._index(match[1]) if match else -1
        return self.heads[head]

    def learn(self, piece: bytes) -> tuple[Any, int] | None:
        """What a piece says that is seen for the first time, or holds a formula; None where it is not as usual."""
        rest, _, name = piece.rpartition(CELL)
        following = self.names.get(name)
        if following is None:
            if not NAME.fullmatch(name):
                return None
            following = self._index(name)
        value = self._value(rest)
        if value is NotImplemented:
            return None
        pair = value, following
        if type(value) is Calculated:
            self.calculated = True
            return pair
        if len(self.known) >= MOST_KEPT:
            self.known.clear()
        self.known[piece] = pair
        return pair

    def _index(self, name: bytes) -> int:
        index = self.names[name] = column_number(name.decode()) - 1
        self.width = max(self.width, index + 1)
        return index

    def _value(self, rest: bytes) -> Any:
        """The value of a cell by what stands behind its address; NotImplemented where that is not as usual."""
        start, _, raw = rest.rpartition(b"><v>")
        if raw[-8:] == END and (told := self.starts.get(start) or self._start(start)):
            style, kind = told
            if kind == b"s":
                try:
                    return self.texts[int(raw[:-8])]
                except (ValueError, IndexError):  # the first text, or a cell that names none
                    self.texts = self.values.strings()
            if b"<" not in (raw := raw[:-8]):
                return self.values.plain(style, kind, raw) if raw or kind == b"str" else None
        if rest[-13:] == END_OF_TEXT:  # as we write texts ourselves
            start, _, raw = rest[:-13].rpartition(b"><is><t>")
            if b"<" not in raw and (self.starts.get(start) or self._start(start) or (b"", b""))[1] == b"inlineStr":
                return text(raw)
        return self._other(rest)

    def _start(self, start: bytes) -> tuple[bytes, bytes] | None:
        """(style, type) of a cell that holds nothing but a value."""
        match = FILLED.fullmatch(start)
        if match is None:
            return None
        told = self.starts[start] = match[1] or b"", match[2] or b""
        return told

    def _other(self, rest: bytes) -> Any:
        match = REST.fullmatch(rest)
        if match is None or (b"<c" in rest and ANOTHER_CELL.search(rest)):
            return NotImplemented
        style, kind, content = match.groups(b"")
        if not content:
            return None
        value = self.values.other(style, kind, content)
        return Calculated(value, content) if b"<f" in content else value

    def settle(self, line: list[Any]) -> list[tuple[int, bytes]]:
        """Put the results of formulas in the place of what is known of them; gives (column, content) of each."""
        self.calculated = False
        found = []
        for index, value in enumerate(line):
            if isinstance(value, Calculated):
                line[index] = value.value
                found.append((index + 1, value.content))
        return found

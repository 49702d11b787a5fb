"""Rows as every spreadsheet program writes them, cut apart by find and split: four times as fast as by pattern.

In row 17 each address ends with `17"`, so a row is cut there. A piece then says what one cell holds and in which column
the next one starts, ` t="s"><v>5</v></c><c r="B`, and most pieces of a sheet repeat another one. A row in
which `17"` also occurs elsewhere, or whose cells are written in another way, is left to the careful scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from addin.backends.ooxml.scan import cells, check_address, checked_column, checked_row
from addin.backends.ooxml.typed import Values, cell_shown, cell_value
from addin.backends.ooxml.values import text
from addin.core.book import Value
from addin.core.regex import regex

ROW, CELL, END, END_OF_TEXT = b'<row r="', b'<c r="', b"</v></c>", b"</t></is></c>"
AFTER_LAST = b'<c r="A'  # put behind the last cell, so that its piece looks like all others
HEAD = regex(rb'"[^<>]*(?<!/)>\s*<c r="([A-Z]{1,3})')
FILLED = regex(rb'(?: s="(\d+)")?(?: t="(\w+)")?')
TURNED = regex(rb' t="(\w+)" s="(\d+)"(.*)', re.S)  # Apache POI says first of what type a cell is
REST = regex(rb'(?: s="(\d+)")?(?: t="(\w+)")?(?: (?![st]=)[a-z]+="\d+")*(?:\s*/>|>(.*?)</c>)\s*', re.S)
NAME = regex(rb"[A-Z]{1,3}")
ANOTHER_CELL = regex(rb"<c[\s/>]")
NEVER = (b"",)  # a piece that no cell has
MOST_KEPT = 100_000  # pieces that are remembered, so that memory stays bounded in a workbook of any size
WIDEST = 512  # columns: beyond them most of each row would be blanks that are written and taken away again


class Unusual(Exception):  # noqa: N818 (no error: another scan reads the sheet)
    """The sheet is sound, but its rows are not written as they usually are."""


class Noted(NamedTuple):
    """A cell of which more than its value is to be known: its XML where it has a formula, the code it shows as."""

    value: Value
    content: bytes
    shown: str | None


Line = tuple[int, list[Value], list[tuple[int, Noted]]]
"""A row's number, its values, and the cells of which more is to be known, by column."""


def lines(xml: bytes, start: int, end: int, values: Values) -> Iterator[Line]:
    """Each row with cells. Raises Unusual."""
    pieces = Pieces(values)
    known, learn, heads = pieces.known.get, pieces.learn, pieces.heads.get
    while (close := xml.find(b"</row>", start, end)) >= 0:
        row = start if xml.startswith(ROW, start) else _row_at(xml, start, close)
        quote = xml.find(b'"', row + len(ROW), close)
        number = xml[row + len(ROW) : quote]
        head, *rest = (xml[quote:close] + AFTER_LAST).split(number + b'"')
        start = close + len(b"</row>")
        if (column := heads(head)) is None:
            column = pieces.first(head)
        line: list[Any] = [None] * pieces.width
        for piece in rest if column >= 0 else NEVER:
            pair = known(piece)
            if pair is None:
                pair = learn(piece)
                if pair is None:
                    break
                line += [None] * (pieces.width - len(line))
            line[column], column = pair
        else:
            yield checked_row(int(number)), line, pieces.settle(line) if pieces.noted else []
            continue
        pieces.noted = False
        if (later := _row_at(xml, row, close)) > row:
            start = later  # only empty rows are before it
            continue
        yield careful(checked_row(int(number)), xml[xml.find(b">", quote) + 1 : close], values)
    if xml.find(b"<c", start, end) >= 0:
        raise Unusual


def _row_at(xml: bytes, start: int, close: int) -> int:
    """Where the row begins that ends at `close`; before it only empty rows may be."""
    row = xml.rfind(b"<row", start, close)
    if not xml.startswith(ROW, row) or (row > start and xml.find(b"<c", start, row) >= 0):
        raise Unusual
    return row


def careful(number: int, stretch: bytes, values: Values) -> Line:
    """One row, whatever the order of its attributes and with or without addresses."""
    line: list[Value] = []
    noted = []
    for cell in cells(stretch):
        check_address(cell, number)
        value = cell_value(cell, values)
        if value is not None:
            line += [None] * (cell.column - len(line))
            line[cell.column - 1] = value
        shown = cell_shown(cell, value, values)
        calculated = b"<f" in cell.content
        if calculated or shown is not None:
            noted.append((cell.column, Noted(value, cell.content if calculated else b"", shown)))
    return number, line, noted


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
        self.noted = False

    def first(self, head: bytes) -> int:
        """The index of the first cell's column; -1 where the row's start tag is not as usual, and no piece will be."""
        match = HEAD.fullmatch(head)
        if match is None:
            return -1
        self.heads[head] = self._index(match[1])
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
        if type(value) is Noted:
            self.noted = True
            return pair
        if len(self.known) >= MOST_KEPT:
            self.known.clear()
        self.known[piece] = pair
        return pair

    def _index(self, name: bytes) -> int:
        index = self.names[name] = checked_column(name) - 1
        if index >= WIDEST:
            raise Unusual
        self.width = max(self.width, index + 1)
        return index

    def _value(self, rest: bytes) -> Any:
        """Read a cell from the XML after its address; NotImplemented where that is not as usual."""
        start, _, raw = rest.rpartition(b"><v>")
        if raw[-8:] == END and (marks := self.starts.get(start) or self._start(start)):
            style, kind = marks
            if kind == b"s":
                try:
                    if (place := int(raw[:-8])) >= 0:
                        return self.texts[place]
                except (ValueError, IndexError):  # the first text, or a cell that names none
                    self.texts = self.values.strings()
            if b"<" not in (raw := raw[:-8]):
                value = self.values.plain(style, kind, raw) if raw or kind == b"str" else None
                shown = self.values.shown(style, value)
                return value if shown is None else Noted(value, b"", shown)
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
        marks = self.starts[start] = match[1] or b"", match[2] or b""
        return marks

    def _other(self, rest: bytes) -> Any:
        if rest.startswith(b' t="') and (turned := TURNED.fullmatch(rest)):
            return self._value(b' s="%s" t="%s"%s' % (turned[2], turned[1], turned[3]))
        match = REST.fullmatch(rest)
        if match is None or (b"<c" in rest and ANOTHER_CELL.search(rest)):
            return NotImplemented
        style, kind, content = match.groups(b"")
        if not content:
            return None
        value = self.values.other(style, kind, content)
        shown = self.values.shown(style, value)
        calculated = b"<f" in content
        return Noted(value, content if calculated else b"", shown) if calculated or shown is not None else value

    def settle(self, line: list[Any]) -> list[tuple[int, Noted]]:
        """Put the values in the place of what else is known of their cells; gives that, by column."""
        self.noted = False
        found = []
        for index, value in enumerate(line):
            if isinstance(value, Noted):
                line[index] = value.value
                found.append((index + 1, value))
        return found

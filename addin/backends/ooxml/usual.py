"""The cells of a sheet as every spreadsheet program writes them: rows and cells cut apart by find and split, which is
twice as fast as a search by pattern. What is written in another way raises Unusual, and the careful scan takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from addin.backends import Value
from addin.backends.ooxml.formulas import column_number, letters
from addin.backends.ooxml.scan import USUAL_ROW
from addin.backends.ooxml.typed import Values

FILLED = re.compile(rb'(?: s="(\d+)")?(?: t="(\w+)")?')
REST = re.compile(rb'(?: s="(\d+)")?(?: t="(\w+)")?(?: [a-z]+="\d+")*(?:/>|>(.*?)</c>)\s*', re.S)
ANOTHER_CELL = re.compile(rb"<c[\s/>]")
MOST_KEPT = 100_000  # contents of cells that are remembered, so that memory stays bounded in a workbook of any size


class Unusual(Exception):  # noqa: N818 (no error: another scan reads the sheet)
    """The sheet is sound, but not written as it usually is."""


class Calculated(NamedTuple):
    """A cell with a formula: its last result, and what its XML says."""

    value: Value
    content: bytes


Line = tuple[int, list[Value], list[tuple[int, bytes]]]
"""A row's number, its values, and (column, content) of its cells with formulas."""


def lines(xml: bytes, start: int, end: int, values: Values) -> Iterator[Line]:
    """Each row with cells. Raises Unusual."""
    indexes = {letters(column).encode(): column - 1 for column in range(1, 703)}  # A to ZZ
    contents = Contents(values)
    known, missing, width = contents.known.get, object(), 1
    while (close := xml.find(b"</row>", start, end)) >= 0:
        head, *cells = xml[start:close].split(b'<c r="')
        start = close + 6
        if not cells:
            _without_cells(head)
            continue
        number = _row_number(head)
        digits = -len(number)
        line: list[Any] = [None] * width
        for cell in cells:
            address, _, rest = cell.partition(b'"')
            value = known(rest, missing)
            if value is missing:
                value = contents.learn(rest)
            try:
                line[indexes[address[:digits]]] = value
            except LookupError:  # the first row that is so wide, or a column beyond ZZ
                index = indexes[address[:digits]] = _column(address[:digits]) - 1
                line += [None] * (index + 1 - len(line))
                line[index], width = value, len(line)
        yield int(number), line, contents.settle(line) if contents.calculated else []
    _without_cells(xml[start:end])


def _without_cells(stretch: bytes) -> None:
    """Empty rows, and what else may stand between rows."""
    if b"<c" in stretch:
        raise Unusual


def _row_number(head: bytes) -> bytes:
    """The digits of the row that begins at the end of this stretch; before it only empty rows may stand."""
    place = head.rfind(b"<row")
    match = USUAL_ROW.match(head, max(place, 0))
    if match is None or (match.end() != len(head) and head[match.end() :].strip()) or (place and b"<c" in head):
        raise Unusual
    return match[1]


def _column(name: bytes) -> int:
    if not name.isalpha() or not name.isupper():
        raise Unusual
    return column_number(name.decode())


class Contents:
    """What stands behind the addresses of cells, and its values: most cells say what another has said before."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.known: dict[bytes, Value] = {}
        self.heads: dict[bytes, tuple[bytes, bytes]] = {}
        self.calculated = False

    def learn(self, rest: bytes) -> Value | Calculated:
        """The value of a content that is seen for the first time; one with a formula is never kept."""
        value = self._value(rest)
        if isinstance(value, Calculated):
            self.calculated = True
            return value
        if len(self.known) >= MOST_KEPT:
            self.known.clear()
        self.known[rest] = value
        return value

    def _value(self, rest: bytes) -> Value | Calculated:
        if rest[-8:] == b"</v></c>":
            head, _, raw = rest[:-8].rpartition(b"><v>")
            told = self.heads.get(head) or self._head(head)
            if told and b"<" not in raw:
                return self.values.plain(*told, raw) if raw else None
        return self._other(rest)

    def _head(self, head: bytes) -> tuple[bytes, bytes] | None:
        match = FILLED.fullmatch(head)
        if match is None:
            return None
        told = self.heads[head] = match[1] or b"", match[2] or b""
        return told

    def _other(self, rest: bytes) -> Value | Calculated:
        match = REST.fullmatch(rest)
        if match is None:
            raise Unusual
        style, kind, content = match.groups(b"")
        if not content:
            return None
        if b"<c" in content and ANOTHER_CELL.search(content):
            raise Unusual
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

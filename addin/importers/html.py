"""A table in a web page: what many school programs save when they say Excel. Every cell is text."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from addin.core.book import Area, Grid, Value, trimmed
from addin.core.language import phrase
from addin.core.recognition.source import Source
from addin.core.regex import regex
from addin.core.tables.encodings import decode_as
from addin.errors import Problem
from addin.importers.csv import decoded

SUFFIXES = [".html", ".htm"]
_CHARSET = regex(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)")
MOST_ACROSS, MOST_DOWN = 1_000, 65_534
"""Columns and rows that one cell may span (HTML Living Standard, 4.9.11)."""
SECTIONS = ("thead", "tbody", "tfoot")


def is_page(data: bytes) -> bool:
    """Whether a file begins like a web page."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") and any(tag in start for tag in (b"<html", b"<table", b"<!doctype html"))


def read(path: Path) -> list[Source]:
    """A sheet for each table of the page, in order. Raises Problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Problem(
            phrase("cannot be read: {strerror}.", strerror=error.strerror),
            where=str(path),
            next=phrase("Check the name."),
        ) from None
    tables = _Tables()
    tables.feed(_text(data, path))
    tables.close()
    found = [(trimmed(table.rows), table) for table in tables.found]
    if not any(rows for rows, _ in found):
        raise Problem(
            phrase("is a web page without a table."), where=str(path), next=phrase("Save the list as .csv or .xlsx.")
        )
    names = [path.stem, *(f"{path.stem} {number}" for number in range(2, len(found) + 1))]
    return [
        Source(Grid(name, rows, merged=table.merged), widths=table.widths)
        for name, (rows, table) in zip(names, found, strict=True)
        if rows
    ]


def _text(data: bytes, path: Path) -> str:
    """The page as text, in the encoding that it names, else in the one that is found."""
    if named := _CHARSET.search(data[:4000]):
        with suppress(LookupError, UnicodeDecodeError):
            return decode_as(data, named[1].decode("ascii"))
    return decoded(data, path).text


@dataclass(slots=True)
class _Table:
    """A table as it is read: rows of texts; a cell that spans several others is in the first of them."""

    rows: list[list[Value]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    """So many cells each row has, with those that reach into it from above."""
    merged: list[Area] = field(default_factory=list)
    covered: dict[int, tuple[int, int]] = field(default_factory=dict)
    """column -> the last row that a cell from above covers there, and the place of its area in `merged`"""
    in_row: bool = False
    text: list[str] | None = None
    """The text of the cell that is open."""
    span: tuple[int, int] = (1, 1)

    def start_row(self) -> None:
        self.end_row()
        self.rows.append([])
        self.widths.append(0)
        self.in_row = True

    def start_cell(self, down: int, across: int) -> None:
        self.end_cell()
        if not self.in_row:  # no browser asks for the tag of a row
            self.start_row()
        self.span, self.text = (down, across), []

    def end_cell(self) -> None:
        """Put the cell into the first column that no cell from above covers."""
        if self.text is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self.text).split("\n"))
        value, self.text = "\n".join(lines).strip() or None, None
        row, line = len(self.rows), self.rows[-1]
        column = self.widths[-1] + 1
        while self.covered.get(column, (0, 0))[0] >= row:
            column += 1
        line += [None] * (column - 1 - len(line)) + [value]
        down, across = self.span
        if down * across > 1:
            self.merged.append(Area(row, column, row + down - 1, column + across - 1))
        self.covered.update(dict.fromkeys(range(column, column + across), (row + down - 1, len(self.merged) - 1)))
        self.widths[-1] = column + across - 1

    def end_row(self) -> None:
        self.end_cell()
        if self.in_row:
            row = len(self.rows)
            self.widths[-1] = max([self.widths[-1], *(at for at, (last, _) in self.covered.items() if last >= row)])
        self.in_row = False

    def end_section(self) -> None:
        """No cell reaches beyond the head, the body or the foot of the table that it is in."""
        self.end_row()
        last = len(self.rows)
        for bottom, at in set(self.covered.values()):
            if bottom > last:
                self.merged[at] = self.merged[at]._replace(bottom=last)
        self.covered.clear()


class _Tables(HTMLParser):
    """The tables of a page in order, those within a cell of another one too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self._open: list[_Table] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden += 1
        elif tag == "table":
            if self._open and self._open[-1].text is None:  # within no cell: the one before was never closed
                self._open.pop().end_section()
            self._open.append(_Table())
            self.found.append(self._open[-1])
        elif self._open:
            self._start(self._open[-1], tag, dict(attrs))

    def _start(self, table: _Table, tag: str, words: dict[str, str | None]) -> None:
        if tag in SECTIONS:
            table.end_section()
        elif tag == "tr":
            table.start_row()
        elif tag in ("td", "th"):
            table.start_cell(_rows(words.get("rowspan")), min(_number(words.get("colspan")) or 1, MOST_ACROSS))
        elif tag == "br" and table.text is not None:
            table.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden = max(0, self._hidden - 1)
        elif not self._open:
            return
        elif tag in ("td", "th"):
            self._open[-1].end_cell()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag in SECTIONS:
            self._open[-1].end_section()
        elif tag == "table":
            self._open.pop().end_section()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].text is not None and not self._hidden:
            self._open[-1].text.append(data)

    def close(self) -> None:
        super().close()
        while self._open:  # a page that breaks off
            self._open.pop().end_section()


def _rows(text: str | None) -> int:
    """The rows that a cell spans; 0 means all that follow in its section."""
    number = _number(text)
    return MOST_DOWN if number == 0 else min(number or 1, MOST_DOWN)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdecimal() and len(text) < 9 else None

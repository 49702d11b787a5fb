"""A table in a web page: what many school programs save when they say Excel. Every cell is text."""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

from addin.core.book import Area, Grid, Value, trimmed
from addin.core.language import phrase
from addin.core.tables.encodings import decode_as
from addin.errors import Problem
from addin.importers.csv import decoded

SUFFIXES = [".html", ".htm"]
_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)")
MOST = 10_000
"""Columns or rows that one cell may span; more is damage."""


def is_page(data: bytes) -> bool:
    """Whether a file begins like a web page."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") and any(tag in start for tag in (b"<html", b"<table", b"<!doctype html"))


def read(path: Path) -> list[Grid]:
    """A grid for each table of the page, in order. Raises Problem."""
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
    found = [(trimmed(rows), merged) for rows, merged in zip(tables.found, tables.merged, strict=True)]
    if not any(rows for rows, _ in found):
        raise Problem(
            phrase("is a web page without a table."), where=str(path), next=phrase("Save the list as .csv or .xlsx.")
        )
    names = [path.stem, *(f"{path.stem} {number}" for number in range(2, len(found) + 1))]
    return [Grid(name, rows, merged=merged) for name, (rows, merged) in zip(names, found, strict=True) if rows]


def _text(data: bytes, path: Path) -> str:
    """The page as text, in the encoding that it names, else in the one that is found."""
    if named := _CHARSET.search(data[:4000]):
        with suppress(LookupError, UnicodeDecodeError):
            return decode_as(data, named[1].decode("ascii"))
    return decoded(data, path).text


class _Tables(HTMLParser):
    """The tables of a page as rows of texts; a cell that spans several others stands in the first of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[list[Value]]] = []
        self.merged: list[list[Area]] = []
        self._text: list[str] | None = None
        self._column = 0
        self._span = (1, 1)
        self._covered: set[tuple[int, int]] = set()
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden += 1
        elif tag == "table":
            self.found.append([])
            self.merged.append([])
            self._covered = set()
        elif tag == "tr" and self.found:
            self._end_cell()
            self.found[-1].append([])
            self._column = 0
        elif tag in ("td", "th") and self.found and self.found[-1]:
            self._end_cell()
            words = dict(attrs)
            self._span = (_number(words.get("rowspan")), _number(words.get("colspan")))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
        text = "\n".join(lines).strip()
        rows = self.found[-1]
        row, line = len(rows) - 1, rows[-1]
        while (row, self._column) in self._covered:
            self._column += 1
        line += [None] * (self._column - len(line))
        line.append(text or None)
        down, across = self._span
        if down * across > 1:
            self.merged[-1].append(Area(row + 1, self._column + 1, row + down, self._column + across))
        self._covered |= {(row + r, self._column + c) for r in range(down) for c in range(across)}
        self._column += across
        self._text = None


def _number(text: str | None) -> int:
    return min(int(text), MOST) if text and text.strip().isdecimal() and int(text) else 1

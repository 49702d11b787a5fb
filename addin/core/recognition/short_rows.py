"""Rows of a text file with fewer cells than headers: they end early, or a cell is missing before their end.

Some programs write no separators for blank cells at the end of a row. Where a cell was lost in the middle, all that
follow it are under the wrong headers. Such a row is left out and listed: a value under its header does not read, the
values fit clearly better further to the right, or the rows around it do write their blank cells at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate

from addin.core.book import Value
from addin.core.language import phrase
from addin.core.recognition.source import Source
from addin.core.recognition.source_rows import LeftOut, shape_of
from addin.core.tables.equality import fold
from addin.core.tables.layout import Layout, header_line
from addin.core.tables.values import brief, read_column, show
from addin.core.trackers import Tracker

Reads = Callable[[int, Value], bool | None]
"""Whether a value reads as what the column of this number holds; None where the column says nothing."""
FULL_ROWS = 3
"""From so many full rows on, what is usual in a column is known."""
SHAPES = 2
"""In so many shapes or fewer, the values of a column are all of a kind."""
CLEARLY = 1.0
"""By so much the values must fit better elsewhere."""
TOGETHER = 16
"""Spreadsheet programs write so many rows with the same number of separators."""


def short_rows(
    source: Source, header_row: int, rows: Sequence[int], key: Sequence[int], reads: Reads
) -> dict[int, LeftOut]:
    """The rows that end too early for their values, each with the reason."""
    head = header_line(source.grid, header_row)
    width = max((n for n, cell in enumerate(head, 1) if cell is not None and show(cell).strip()), default=0)
    if not source.widths or not any(source.widths[row - 1] < width for row in rows):
        return {}
    judge = _Judge(source, rows, list(map(show, head[:width])), key, reads)
    found: dict[int, LeftOut] = {}
    for row in rows:
        cells = source.widths[row - 1]
        if cells < width and (why := judge.reason(row)):
            said = phrase(
                "it has {cells} cells under {width} headers, {why} (is a cell missing?)",
                cells=cells,
                width=width,
                why=why,
            )
            found[row] = LeftOut(row, said, look=True)
    return found


class _Judge:
    """What is usual in each column, and how well a short row fits it."""

    def __init__(self, source: Source, rows: Sequence[int], head: list[str], key: Sequence[int], reads: Reads) -> None:
        self.values, self.widths = source.grid.values, source.widths
        self.head, self.key, self.reads = head, key, reads
        width = self.width = len(head)
        full = [self.values[row - 1] for row in rows if self.widths[row - 1] >= width]
        self.full = len(full)
        columns = [[show(line[n]) for line in full if n < len(line) and line[n] is not None] for n in range(width)]
        self.words = [Counter(map(fold, column)) for column in columns]
        self.counts = list(map(len, columns))
        self.shapes = [set(map(shape_of, column)) for column in columns]
        writing = (row for row in rows if self.widths[row - 1] >= width > len(self.values[row - 1]))
        self.blocks = {(row - 1) // TOGETHER for row in writing}

    def reason(self, row: int) -> str:
        """Why this row does not simply end early; "" where it may."""
        line = self.values[row - 1]
        for place, cell in enumerate(line):
            if cell is not None and self.is_misfit(place, cell):
                return phrase("and “{cell}” does not fit {header}", cell=brief(cell), header=self.head[place])
        if self.best_shifted(row) >= self.fit(line, 0) + CLEARLY:
            return phrase("and they fit better further to the right")
        if (row - 1) // TOGETHER in self.blocks:
            return phrase("where the rows around it have all")
        return ""

    def is_misfit(self, place: int, cell: Value) -> bool:
        """Whether a value cannot be what its column holds, and no full row has one like it."""
        if self.reads(place + 1, cell) is False:
            return shape_of(show(cell)) not in self.shapes[place]
        return place + 1 in self.key and self.score(place, cell) < 0

    def best_shifted(self, row: int) -> float:
        """How well the row fits at its best, where cells are missing before one of its values."""
        line = self.values[row - 1]
        before = list(accumulate((self.score(place, cell) for place, cell in enumerate(line)), initial=0.0))
        return max(
            before[gap] + self.fit(line[gap:], gap + missing)
            for gap in range(len(line))
            for missing in range(1, self.width - self.widths[row - 1] + 1)
        )

    def fit(self, cells: Sequence[Value], first: int) -> float:
        """How well cells fit the columns from the one with the index `first` on."""
        return sum(self.score(place, cell) for place, cell in enumerate(cells, first))

    def score(self, place: int, cell: Value) -> float:
        """1 where a value is what its column holds, -1 where it is not, between them where it is more or less usual."""
        if cell is None or place >= self.width:
            return 0
        reads = self.reads(place + 1, cell)
        if reads is not None:
            return 1 if reads else -1
        words, count = self.words[place], self.counts[place]
        if count < FULL_ROWS:
            return -0.5 if not count and self.full >= FULL_ROWS else 0  # nobody else has anything there
        text = show(cell)
        if 3 * len(words) <= count:
            return 1 if fold(text) in words else -0.5
        if len(self.shapes[place]) <= SHAPES:
            return 0.5 if shape_of(text) in self.shapes[place] else -0.5
        return 0


def reader_of(layout: Layout, tracker: Tracker, allowed: Callable[[str], Sequence[str]]) -> Reads:
    """What the columns of a tracker say of a value under them."""
    named = {number: tracker.columns[name] for name, number in layout.columns.items()}

    @cache
    def reads(number: int, text: str) -> bool | None:
        column = named.get(number)
        if column is None:
            return None
        if column.type == "choice":
            return fold(text) in set(map(fold, allowed(column.name))) or None
        _, issues = read_column([text], column.type)
        if any(issue.level == "error" for issue in issues.values()):
            return False
        shape = column.words.get("pattern")
        if isinstance(shape, str):
            return bool(re.fullmatch(shape, text.strip()))
        return None if column.type == "text" else True

    return lambda number, value: reads(number, show(value))

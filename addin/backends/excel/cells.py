"""Cells to blocks, and values to what is assigned so that exactly they stand there afterwards.

Excel reads a text that is assigned as if somebody had typed it: 000123 would become 123, =1+1 a formula, 3-4 a date. A
leading apostrophe, which is no part of the value, keeps it a text and leaves the cell's format alone (Excel's help,
"Range.PrefixCharacter"). Texts that nothing could be made of go without, so that a person does not meet the mark
everywhere. Whatever a program does with it all, what was written is read back and compared (writing.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from addin.core.book import CellError, Value
from addin.core.regex import regex

DAY_ZERO = datetime(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar and everybody else's differ
LONGEST_TEXT = 32_767  # characters in a cell (Excel specifications and limits)
MARK = "'"
RISKY = regex(r"^[=+\-@'#\s]|\d|^(true|false|yes|no|wahr|falsch|vrai|faux|verdadero|falso|vero)$", re.IGNORECASE)
FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss", "time": "hh:mm:ss", "duration": "[h]:mm:ss"}

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to be put back as it was; nothing that comes from a table is ever one."""

    text: str


Content = Value | Formula


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle."""

    top: int
    left: int
    rows: tuple[tuple[Content, ...], ...]

    @property
    def bottom(self) -> int:
        return self.top + len(self.rows) - 1

    @property
    def right(self) -> int:
        return self.left + len(self.rows[0]) - 1


def assigned(content: Content, marked: bool = True) -> object:
    """What is handed to xlwings so that this is in the cell."""
    if isinstance(content, Formula):
        return content.text
    if isinstance(content, bool) or content is None:
        return content
    if isinstance(content, int | float):
        return float(content)
    if isinstance(content, CellError):
        return str(content)
    if isinstance(content, str):
        return MARK + content if marked and RISKY.search(content) else content or None
    if isinstance(content, date) and not _has_place(content):
        return MARK + content.isoformat()
    if isinstance(content, time | timedelta):  # not every engine takes these; their number says the same
        return as_moment(content) / timedelta(days=1)
    return content


def _has_place(value: date) -> bool:
    """True for what Excel's calendar holds; the rest stays text rather than becoming a wrong date."""
    if isinstance(value, datetime):
        return value.tzinfo is None and value.date() >= FIRST_DAY
    return value >= FIRST_DAY


def as_moment(value: date | time | timedelta) -> timedelta:
    """The distance from day 0, which is how a spreadsheet keeps every kind of time."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, time):
        return datetime.combine(DAY_ZERO, value.replace(tzinfo=None)) - DAY_ZERO
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return value.replace(tzinfo=None) - DAY_ZERO


def kind_of(content: Content) -> str:
    """Which kind of format must show this value, or "" when any will do."""
    if isinstance(content, date) and not _has_place(content):
        return ""
    if isinstance(content, datetime):
        return "datetime" if content.time() != time() else "date"
    if isinstance(content, date):
        return "date"
    if isinstance(content, time):
        return "time"
    return "duration" if isinstance(content, timedelta) else ""


def stands(meant: Content, found: object) -> bool:
    """True when what is read back is what was meant."""
    if type(meant) is type(found) and meant == found:
        return True
    if isinstance(meant, Formula):
        return True  # what it gives is its own affair
    meant_plain, found_plain = _plain(meant), _plain(found)
    if isinstance(meant_plain, timedelta) and isinstance(found_plain, float | int):  # a format shows it as a number
        found_plain = timedelta(days=found_plain)
    if isinstance(meant_plain, timedelta) and isinstance(found_plain, timedelta):
        return abs(meant_plain - found_plain) < timedelta(milliseconds=1)
    return type(meant_plain) is type(found_plain) and meant_plain == found_plain


def _plain(value: object) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, date) and not _has_place(value):
        return (
            value.isoformat() if not isinstance(value, datetime) or value.year > DAY_ZERO.year + 1 else as_moment(value)
        )
    if isinstance(value, date | time | timedelta):
        return as_moment(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def blocks(cells: Mapping[Place, Content]) -> Iterator[Block]:
    """These cells as few filled rectangles: runs down a column, joined with equal runs beside them."""
    spans: dict[tuple[int, int], list[int]] = {}
    for top, bottom, column in runs(cells):
        spans.setdefault((top, bottom), []).append(column)
    for (top, bottom), columns in spans.items():
        for left, right, _ in runs((column, 0) for column in columns):
            rows = tuple(
                tuple(cells[row, column] for column in range(left, right + 1)) for row in range(top, bottom + 1)
            )
            yield Block(top, left, rows)


def runs(cells: Iterable[Place]) -> Iterator[tuple[int, int, int]]:
    """Cells as columns without gaps: (first row, last row, column), column by column."""
    ordered = sorted((column, row) for row, column in cells)
    start = 0
    for index in range(1, len(ordered) + 1):
        here = ordered[index - 1]
        if index == len(ordered) or ordered[index] != (here[0], here[1] + 1):
            yield ordered[start][1], here[1], here[0]
            start = index

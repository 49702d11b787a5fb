"""What is written into blocks of cells: plain numbers and texts in one call, the rest right after it.

Written texts behave as in Excel: `'007` is the text 007, `=A1` a formula, and what looks like a number or a date
becomes one, unless the cell is formatted as text. Notes stay, and so do the heights of rows that need no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from numbers import Number
from typing import TYPE_CHECKING, Any

from addin.libreoffice.bridge import struct
from addin.libreoffice.formulas import to_calc
from addin.libreoffice.notes import NOTE
from addin.libreoffice.values import IS_DATE, IS_LOGICAL, IS_TEXT, IS_TIME, Place, day_number, formatted, places

if TYPE_CHECKING:
    from addin.libreoffice.ranges import Range

IS_NUMBER_LIKE: Callable[[str], Any] = re.compile(
    r"\s*[-+(]?[\d.,/:%$€ -]*\d[\d.,/:%eE+$€)AaPpMm -]*\s*|(?i:true|false)"
).fullmatch


@dataclass
class Block:
    """What is written: plain numbers and texts in one call, the rest right after it."""

    plain: list[list[float | str]] = field(default_factory=list)
    kinds: dict[int, list[Place]] = field(default_factory=dict)
    """Kind of number format -> the cells that need one, so that a date shows as a date."""
    typed: list[tuple[int, int, str]] = field(default_factory=list)
    """Texts that Excel would read as if a person had typed them."""

    def put(self, row: int, column: int, value: Any) -> float | str:
        """The plain part of one value; what remains to be done for it is noted."""
        if type(value) is str:  # most are
            return self._text(row, column, value)
        if value is None:
            return ""
        if isinstance(value, bool):
            self._needs(IS_LOGICAL, row, column)
        elif isinstance(value, datetime):
            self._needs(IS_DATE | (IS_TIME if value.time() != time() else 0), row, column)
            return day_number(value)
        elif isinstance(value, date | time | timedelta):
            self._needs(IS_DATE if isinstance(value, date) else IS_TIME, row, column)
            return day_number(value)
        if isinstance(value, Number):
            return float(value)  # type: ignore[arg-type]  # every number a person writes can be a float
        return self._text(row, column, str(value))

    def _needs(self, kind: int, row: int, column: int) -> None:
        self.kinds.setdefault(kind, []).append((row, column))

    def _text(self, row: int, column: int, text: str) -> str:
        if text.startswith("'"):  # Excel's mark for a text; it is not part of it
            return text[1:]
        if text.startswith("=") or IS_NUMBER_LIKE(text):
            self.typed.append((row, column, text))
            return ""
        return text


def write(area: Range, data: Any) -> None:
    """Write a block (or one value into each cell of the area)."""
    if not isinstance(data, list | tuple):
        data = [[data] * area.ncols] * area.nrows
    elif data and not isinstance(data[0], list | tuple):
        data = [data] * area.nrows
    block = Block()
    for number, row in enumerate(data):
        block.plain.append([block.put(number, place, value) for place, value in enumerate(row)])
    plain = tuple(map(tuple, block.plain))
    with calmly(area, plain):
        area.xl.setDataArray(plain)
    _give_formats(area, block)
    _type_in(area, block)


@contextmanager
def calmly(area: Range, new: Sequence[Sequence[float | str]]) -> Iterator[None]:
    """While a block is written: as in Excel the notes stay, and the rows keep their heights, except where cells wrap
    their texts or a text has several lines."""
    wraps = any(type(value) is str and "\n" in value for row in new for value in row)
    wraps = wraps or area.xl.IsTextWrapped or area.xl.getPropertyState("IsTextWrapped").value == "AMBIGUOUS_VALUE"
    with notes_kept(area), area.sheet.book.heights_kept(not wraps):
        yield


@contextmanager
def notes_kept(area: Range) -> Iterator[None]:
    """LibreOffice takes the notes away with the contents when a block is written; Excel leaves them."""
    area.sheet.moved()
    kept = [
        (row, column, area.xl.getCellByPosition(column, row).Annotation.String)
        for row, column in places(area, area.xl.queryContentCells(NOTE))
    ]
    yield
    for row, column, text in kept:
        area.sheet.slips.put(area.row + row, area.column + column, text)


def _give_formats(area: Range, block: Block) -> None:
    """Dates, times and booleans get a format, where the cell has not one that shows them already."""
    if not block.kinds:
        return
    known = area.sheet.book.doc.NumberFormats
    fitting = {
        place
        for ranges, kind in formatted(area)
        if kind & (IS_DATE | IS_TIME | IS_LOGICAL)
        for place in places(area, ranges)
    }
    for kind, cells in block.kinds.items():
        key = known.getStandardFormat(kind, struct("com.sun.star.lang.Locale"))
        for top, bottom, column in runs(place for place in cells if place not in fitting):
            area.xl.getCellRangeByPosition(column, top, column, bottom).NumberFormat = key


def runs(cells: Iterable[Place]) -> Iterator[tuple[int, int, int]]:
    """Cells as columns without gaps: (first row, last row, column)."""
    column, top, bottom = -1, -1, -2
    for place in sorted((column, row) for row, column in cells):
        if place == (column, bottom + 1):
            bottom += 1
            continue
        if column >= 0:
            yield top, bottom, column
        column, top, bottom = place[0], place[1], place[1]
    if column >= 0:
        yield top, bottom, column


def _type_in(area: Range, block: Block) -> None:
    """As if typed in: Excel parses `007` to 7 and `1/2` to a date, and so do we; text cells keep the text."""
    if not block.typed:
        return
    known = area.sheet.book.doc.NumberFormats
    kept_as_text = {place for ranges, kind in formatted(area) if kind & IS_TEXT for place in places(area, ranges)}
    texts = {(row, column): text for row, column, text in block.typed if (row, column) not in kept_as_text}
    for row, column, text in block.typed:
        if (row, column) in kept_as_text:
            area.xl.getCellByPosition(column, row).String = text
    for top, bottom, column in runs(texts):
        lines = tuple((to_calc(texts[row, column]),) for row in range(top, bottom + 1))
        with calmly(area, lines):
            area.xl.getCellRangeByPosition(column, top, column, bottom).setFormulaArray(lines)
    for (row, column), text in texts.items():
        if not text.startswith("="):  # typing also gives the cell a format
            cell = area.xl.getCellByPosition(column, row)
            if known.getByKey(cell.NumberFormat).FormatString == "General":
                cell.NumberFormat = _typed_format(area, text, cell.NumberFormat)


def _typed_format(area: Range, text: str, default: int) -> int:
    """The number format that typing this text gives to a cell."""
    context = area.sheet.book.app.context
    formatter = context.ServiceManager.createInstanceWithContext("com.sun.star.util.NumberFormatter", context)
    formatter.attachNumberFormatsSupplier(area.sheet.book.doc)
    try:
        return int(formatter.detectNumberFormat(default, text))
    except Exception:  # NotNumericException has no Python class before it is raised: the text stays one
        return default

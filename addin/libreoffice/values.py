"""Blocks of cells as Python values, in as few calls as a block allows.

LibreOffice gives and takes a block as numbers and texts. Dates, times and booleans are numbers with a format, errors
are formulas with a result of their own, so a block is read in three calls and a few for each format. entries.py writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from addin.libreoffice.areas import Box, boxes

if TYPE_CHECKING:
    from addin.libreoffice.ranges import Range

Place = tuple[int, int]
"""Row and column, counted from 0 within a block."""

# com.sun.star.util.NumberFormat
IS_DATE, IS_TIME, IS_TEXT, IS_LOGICAL = 2, 4, 256, 1024
ERROR_RESULT = 4  # com.sun.star.sheet.FormulaResult.ERROR
ERROR_TEXTS = {
    32767: "#N/A",
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
}
DAY_ZERO = datetime(1899, 12, 30)
TICK = 10  # microseconds; a day number of this century is exact to about one


class ErrorValue(str):
    """An error that a formula gave, such as `#N/A`."""

    __slots__ = ()


def moment(days: float) -> datetime:
    """The point in time behind a day number, as exact as a day number can say it."""
    ticks = round(days * 86_400_000_000 / TICK)
    return DAY_ZERO + timedelta(microseconds=ticks * TICK)


def day_number(value: date | time | timedelta) -> float:
    """The day number of a point in time, a time of day or a duration."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - DAY_ZERO) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - DAY_ZERO.date()).days)
    if isinstance(value, time):
        return (datetime.combine(DAY_ZERO, value.replace(tzinfo=None)) - DAY_ZERO) / timedelta(days=1)
    return value / timedelta(days=1)


class Moments(dict[float, datetime]):
    """The point in time behind each day number, worked out once: the days of a sheet come again and again."""

    def __missing__(self, days: float) -> datetime:
        self[days] = found = moment(days)
        return found


class Seen(dict[float | str, Any]):
    """Each value of a sheet once, however often it stands there; a blank is None."""

    def __missing__(self, value: float | str) -> Any:
        self[value] = found = None if value == "" else value
        return found


def places(area: Range, ranges: Any) -> Iterator[Place]:
    """Row and column, counted from 0 within the area, of each cell of LibreOffice's ranges."""
    for top, left, bottom, right in within(area, ranges):
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield row, column


def within(area: Range, ranges: Any) -> Iterator[Box]:
    """LibreOffice's ranges, counted from 0 within the area that holds them."""
    up, left = area.row - 1, area.column - 1
    for box in boxes(ranges.RangeAddressesAsString):
        yield box[0] - up, box[1] - left, box[2] - up, box[3] - left


def read(area: Range) -> list[list[Any]]:
    """The values of an area: three calls, and a few more for each format in it."""
    seen = Seen()
    data = [[seen[value] for value in row] for row in area.xl.getDataArray()]
    if any(type(value) is float for row in data for value in row):
        moments = Moments()
        for ranges, kind in formatted(area):
            if kind & (IS_DATE | IS_TIME | IS_LOGICAL):
                for box in within(area, ranges):
                    _retype(data, box, bool if kind & IS_LOGICAL else moments.__getitem__)
    for row, column in places(area, area.xl.queryFormulaCells(ERROR_RESULT)):
        code = area.xl.getCellByPosition(column, row).getError()
        data[row][column] = ErrorValue(ERROR_TEXTS.get(code, "#VALUE!"))
    return data


def _retype(data: list[list[Any]], box: Box, kind: Callable[[float], Any]) -> None:
    """The numbers of a rectangle as what their format shows."""
    top, left, bottom, right = box
    for row in data[top : bottom + 1]:
        for column in range(left, right + 1):
            value = row[column]
            if type(value) is float:
                row[column] = kind(value)


def formatted(area: Range) -> Iterator[tuple[Any, int]]:
    """The parts of an area that share all formats, with the kind of their number format."""
    formats = area.sheet.book.doc.NumberFormats
    kinds: dict[int, int] = {}
    groups = area.xl.UniqueCellFormatRanges
    for index in range(groups.Count):
        group = groups.getByIndex(index)
        key = group.NumberFormat
        if key not in kinds:
            kinds[key] = formats.getByKey(key).Type
        yield group, kinds[key]

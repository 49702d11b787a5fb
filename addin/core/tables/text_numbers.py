"""The cells of a text file as a spreadsheet has them: numbers and days where they are sure, all else as written."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from addin.core.book import Grid, Value
from addin.core.records import replace
from addin.core.regex import regex

_WHOLE = regex(r"-?(?:0|[1-9]\d{0,14})")
_DECIMAL = regex(r"-?(?:0|[1-9]\d{0,8})[.](\d{1,6})")
_COMMA = regex(r"-?(?:0|[1-9]\d{0,8}),(\d{1,2})")
_DAY = regex(r"\d{4}-\d\d-\d\d")
_ZEROS = regex(r"0\d+")


def with_numbers(grid: Grid, *, comma: bool) -> tuple[Grid, dict[int, int]]:
    """The grid with numbers and ISO dates, and the decimals of each column that has some; `comma` as decimal sign.

    A column with a code such as 000012 stays text, so that all its codes are of one kind.
    """
    width = max(map(len, grid.values), default=0)
    codes: set[int] = set()
    decimals: dict[int, int] = {}
    pattern = _COMMA if comma else _DECIMAL
    for column in range(1, width + 1):
        texts = [value for value in _column(grid, column) if isinstance(value, str)]
        if any(_ZEROS.fullmatch(text) for text in texts):
            codes.add(column)
        decimals[column] = max((len(found[1]) for text in texts if (found := pattern.fullmatch(text))), default=0)
    values = [
        [value if column in codes else _typed(value, pattern) for column, value in enumerate(line, 1)]
        for line in grid.values
    ]
    return replace(grid, values=values), {column: most for column, most in decimals.items() if most}


def _column(grid: Grid, column: int) -> list[Value]:
    return [line[column - 1] for line in grid.values if column <= len(line)]


def _typed(value: Value, decimal: re.Pattern[str]) -> Value:
    """The number or the day that a text is; the text itself where it is neither."""
    if not isinstance(value, str):
        return value
    if _WHOLE.fullmatch(value) and value != "-0":
        return int(value)
    if decimal.fullmatch(value):
        return float(value.replace(",", "."))
    if _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value

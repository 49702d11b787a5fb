"""What the formulas of an existing Home sheet come to right after a check, for readers that calculate nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from addin.core.a1 import number
from addin.core.book import Cell, Grid, Value
from addin.core.names import HOME
from addin.core.regex import regex

NOT_CHECKED_YET, ERRORS, LOOK_AT_IT, OK = "○ not checked yet", "● errors", "● look at it", "● OK"
"""The states of a tracker on Home."""
_COUNT = regex(r'COUNTIFS\([^"]*,"([^"]+)",[^"]*,"(error|warning)"\)')
_REFERENCE = regex(r"\$([A-Z]+)\$?\d+")
_OVERDUE = regex(r"\$[A-Z]+\d+\+\$([A-Z]+)\d+>0")


def after_check(home: Grid, count: Callable[[str, str], int], rows: Mapping[str, int]) -> dict[Cell, Value]:
    """Errors, warnings and state of each tracker on this Home sheet. `count` says how many findings of a level a
    tracker has, `rows` how many rows."""
    found: dict[Cell, Value] = {}
    for row, column, tracker, level in _counts(home):
        known = home.value(row, _column(home.formulas[row, column], _REFERENCE) or column)
        filled = known if isinstance(known, int) else rows.get(tracker, 0)
        found[HOME, row, column] = count(tracker, level) if filled else ""
        for at in _states(home, row):
            overdue = home.value(row, _column(home.formulas[row, at], _OVERDUE))
            if not isinstance(overdue, int):
                continue  # not worked out yet, so neither is the state
            errors, warnings = count(tracker, "error"), count(tracker, "warning") + overdue
            found[HOME, row, at] = (ERRORS if errors else LOOK_AT_IT if warnings else OK) if filled else ""
    return found


def places(home: Grid) -> list[tuple[int, int]]:
    """The cells that say what the last check found."""
    rows = [(row, column) for row, column, _, _ in _counts(home)]
    return [*rows, *((row, at) for row in {row for row, _ in rows} for at in _states(home, row))]


def _counts(home: Grid) -> Iterator[tuple[int, int, str, str]]:
    for (row, column), formula in home.formulas.items():
        if match := _COUNT.search(formula):
            yield row, column, match[1], match[2]


def _column(formula: str, pattern: re.Pattern[str]) -> int:
    """The number of the column that the pattern finds in a formula."""
    match = pattern.search(formula)
    return number(match[1]) if match else 0


def _states(home: Grid, row: int) -> list[int]:
    return [column for (at, column), formula in home.formulas.items() if at == row and ERRORS in formula]

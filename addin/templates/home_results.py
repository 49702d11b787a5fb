"""What the formulas of an existing Home sheet come to right after a check, for readers that calculate nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from addin.core.a1 import letters
from addin.core.book import Cell, Grid, Value
from addin.core.names import HOME

NOT_CHECKED_YET, ERRORS, LOOK_AT_IT, OK = "○ not checked yet", "● errors", "● look at it", "● OK"
"""The states of a tracker on Home."""
_COUNT = re.compile(r'COUNTIFS\([^"]*,"([^"]+)",[^"]*,"(error|warning)"\)')
_REFERENCE = re.compile(r"\$([A-Z]+)\$?\d+")


def after_check(
    home: Grid, count: Callable[[str, str], int], overdue: Mapping[str, int], known: Mapping[Cell, Value]
) -> dict[Cell, Value]:
    """Errors, warnings and state of each tracker on this Home sheet. `count` says how many findings of a level a
    tracker has, `overdue` how many of its items are overdue, `known` what else is known of Home."""
    found: dict[Cell, Value] = {}
    for row, column, tracker, level in _counts(home):
        rows = _rows_column(home, row, column)
        filled = known.get((HOME, row, rows), home.value(row, rows))
        found[HOME, row, column] = count(tracker, level) if filled else ""
        for at in _states(home, row):
            errors, warnings = count(tracker, "error"), count(tracker, "warning") + overdue.get(tracker, 0)
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


def _rows_column(home: Grid, row: int, column: int) -> int:
    """The column with the tracker's number of rows, which such a formula names first."""
    match = _REFERENCE.search(home.formulas[row, column])
    return next((number for number in range(1, 100) if match and letters(number) == match[1]), column)


def _states(home: Grid, row: int) -> list[int]:
    return [column for (at, column), formula in home.formulas.items() if at == row and ERRORS in formula]

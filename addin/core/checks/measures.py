"""What the rows of a group amount to: counts, sums, distinct values, first and last dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from addin.core.book import Value
from addin.core.checks.words import whole_months
from addin.core.tables.values import day, is_number, split

Measured = tuple[Any, set[Any]]
"""The measure (None where there is nothing to measure) and, for `distinct`, the values seen."""


def groups(values: Sequence[Value], over: Iterable[Value] | None) -> dict[Value, list[int]]:
    """The indexes of the rows by their value, blanks left out; with `over` just these groups, empty ones too."""
    found: dict[Value, list[int]] = {} if over is None else {value: [] for value in over}
    for index, value in enumerate(values):
        if value in found:
            found[value].append(index)
        elif over is None and value is not None:
            found[value] = [index]
    return found


def measured(measure: str, columns: Sequence[Sequence[Value]], indexes: Sequence[int], several: bool) -> Measured:
    """One measure over the rows at these indexes; `columns` are those the measure is `of`."""
    if measure == "count":
        return (len(indexes) if not columns else sum(columns[0][i] is not None for i in indexes)), set()
    values = [value for i in indexes if (value := columns[0][i]) is not None]
    if measure == "distinct":
        seen = {part for value in values for part in (split(value) if several else (value,))}
        return len(seen), seen
    if measure == "sum":
        return sum(filter(is_number, values)), set()
    days = [value for value in values if isinstance(value, date)]
    if measure == "months":
        ends = [value for i in indexes if isinstance(value := columns[-1][i], date)]
        return (whole_months(min(days, key=_day), max(ends, key=_day)) if days and ends else None), set()
    return (min(days, key=_day) if measure == "earliest" else max(days, key=_day)) if days else None, set()


def _day(value: date) -> Any:
    return day(value)

"""Day numbers that are dates, in columns of which no tracker says so.

Google gives 46082 for 1 March 2026. Where the column is the tracker's, its type says what that is. In a person's own
column the other side says it: a cell that held a date holds a date, and so does a new cell in a column of dates.
Without this a date that nobody touched would come back into the workbook as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal

from addin.core.book import Value
from addin.core.sync.model import Row
from addin.core.trackers import Tracker

Kind = Literal["date", "time", "length"]
START = datetime(1899, 12, 30)


def read_moments(rows: Mapping[str, Row], tracker: Tracker, known: Mapping[str, Row]) -> None:
    """Turn day numbers into dates, times and lengths of time where `known` rows show that they are such."""
    typed = {name for name, column in tracker.columns.items() if column.type in ("date", "time")}
    kinds = column_kinds(known.values(), typed)
    if not kinds:
        return
    for row_id, row in rows.items():
        before = known.get(row_id, {})
        for name, column_kind in kinds.items():
            value = row.get(name)
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            kind = kind_of(before.get(name)) if before.get(name) is not None else column_kind
            if kind:
                row[name] = moment(value, kind)  # type: ignore[index]  # our own rows, just made


def column_kinds(known: Iterable[Row], typed: set[str]) -> dict[str, Kind | None]:
    """The columns that hold moments, each with its kind; None where it holds other things, too."""
    kinds: dict[str, set[Kind | None]] = {}
    for row in known:
        for name, value in row.items():
            if value is not None and not isinstance(value, str) and name not in typed:
                kinds.setdefault(name, set()).add(kind_of(value))
    return {name: next(iter(found)) if len(found) == 1 else None for name, found in kinds.items() if found != {None}}


def kind_of(value: Value) -> Kind | None:
    """What sort of moment a value is; None where it is none."""
    if isinstance(value, date):
        return "date"
    if isinstance(value, time):
        return "time"
    return "length" if isinstance(value, timedelta) else None


def moment(number: float, kind: Kind) -> Value:
    """The day number as what it is; the number itself where it cannot be that."""
    try:
        length = timedelta(milliseconds=round(number * 86_400_000))
        if kind == "length":
            return length
        found = START + length
    except OverflowError:
        return number
    if kind == "time":
        return found.time() if 0 <= number < 1 else number
    return found.date() if found.time() == time() else found

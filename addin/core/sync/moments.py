"""Day numbers that are dates, in columns of which no tracker says so.

Google gives 46082 for 1 March 2026. Where the column is the tracker's, its type says what that is. In a person's own
column the other side says it: a cell that held a date holds a date, and so does a new cell in a column of dates.
Without this an untouched date would come back into the workbook as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal

from addin.core.book import Value
from addin.core.sync.model import Row
from addin.core.trackers import Tracker

Kind = Literal["date", "time", "length"]
START = datetime(1899, 12, 30)
EARLIEST = 7306
"""1 January 1920. A smaller number in a column of dates is a number that somebody typed, such as the year 2027."""


def read_serial(rows: Mapping[str, Row], tracker: Tracker, known: Mapping[str, Row], like: Mapping[str, Row]) -> None:
    """Turn day numbers into dates and times in the tracker's columns of these types.

    What was a number when it was last seen (here, or now in the workbook: `like`) is that number still, and what can
    be no date or time of a school stays the number that it is.
    """
    kinds = moment_columns(tracker)
    for row_id, row in rows.items():
        for name in kinds.keys() & row.keys():
            seen = [table[row_id].get(name) for table in (known, like) if row_id in table]
            row[name] = serial_value(row[name], kinds[name], seen)  # type: ignore[index]  # our own rows, just made


def moment_columns(tracker: Tracker) -> dict[str, str]:
    """The tracker's columns of dates and of times."""
    return {name: column.type for name, column in tracker.columns.items() if column.type in ("date", "time")}


def serial_value(value: Value, kind: str, seen: Sequence[Value] = ()) -> Value:
    """One day number as the date or time that it is, by what was seen in its place."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if any(type(one) in (int, float) and one == value for one in seen):
        return value
    if any(kind_of(one) == "length" for one in seen):
        return moment(value, "length")
    if kind == "time":
        return moment(value, "time")
    was_date = any(kind_of(one) == "date" for one in seen)
    return moment(value, "date") if value >= (1 if was_date else EARLIEST) else value


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
    if kind == "date" and number < 1:
        return number
    if kind == "time":
        return found.time() if 0 <= number < 1 else number
    return found.date() if found.time() == time() else found

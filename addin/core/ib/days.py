"""Days as rules need them: a cell's or a setting's day, and a day some months before or after another."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any


def day(value: Any) -> date | None:
    """The day of a date, of a moment, or of a text such as `2027-10-04`; None for anything else.

    >>> day("2027-10-04"), day("soon"), day(None)
    (datetime.date(2027, 10, 4), None, None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def months_on(start: date, months: int) -> date:
    """The day so many months later (earlier for negative ones); the month's last where there is no such day.

    >>> months_on(date(2027, 3, 31), -1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))

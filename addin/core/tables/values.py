"""From what stands in a cell to a value of the column's type, and back to words; what cannot be read is named.

This is the only place where values are converted. Codes, names and ids stay text for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from datetime import date, datetime, time, timedelta
from typing import Any, TypeGuard

from addin.core.book import CellError, Value
from addin.core.records import record

EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheet day numbers (1900 system, from 1 March 1900 on)."""
_MONTHS = dict(
    zip(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), range(1, 13), strict=True)
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_THREE = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-]+([A-Za-z]{3,9})\.?[\s,.\-]+(\d{4})")
_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@record
class Odd:
    """A cell that cannot be read as its column's type (`value` None), or only with a remark."""

    raw: Value
    why: str
    fix: str = ""
    rule: str = "type"
    level: str = "error"


Read = tuple[Value, Odd | None]


def show(value: Value) -> str:
    """The value in words, as a person would type it; "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)


def brief(value: Value, most: int = 80) -> str:
    """The value in words, short enough for a sentence."""
    text = show(value)
    return text if len(text) <= most else f"{text[:most]}…"


def is_number(value: object) -> TypeGuard[int | float]:
    """True for a number; yes and no are not numbers."""
    return type(value) in (int, float)


def split(text: Value) -> tuple[str, ...]:
    """The single values of a cell that may hold several: parted by `;`, `,` or a new line."""
    if not isinstance(text, str):
        return () if text is None else (show(text),)
    return tuple(part for piece in re.split(r"[;,\n]", text) if (part := piece.strip()))


def day(value: Value) -> datetime | None:
    """A date or moment as a datetime, so that the two can be compared."""
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else None


def read_text(raw: Value) -> Read:
    if isinstance(raw, CellError):
        return _error(raw)
    if isinstance(raw, str):
        return (raw, None) if raw.strip() else (None, None)
    if raw is None or isinstance(raw, bool) or not isinstance(raw, (date, time, timedelta)):
        return (None if raw is None else str(raw).upper() if isinstance(raw, bool) else str(raw)), None
    return None, Odd(
        raw,
        f"The spreadsheet has turned what was typed into a date or time ({show(raw)}).",
        "Set the cell's format to Text, then type it again.",
    )


def read_integer(raw: Value) -> Read:
    value, odd = read_number(raw)
    if isinstance(value, float):
        if value.is_integer():
            return int(value), odd
        return None, Odd(raw, f"{brief(raw)} is not a whole number.", "Enter a whole number.")
    return value, odd


def read_number(raw: Value) -> Read:
    if raw is None or is_number(raw):
        return raw, None
    if isinstance(raw, CellError):
        return _error(raw)
    if isinstance(raw, str):
        text = raw.strip()
        if not text:
            return None, None
        if _INTEGER.fullmatch(text):
            return int(text), None
        if _NUMBER.fullmatch(text):
            return float(text), None
        if re.fullmatch(r"[+-]?\d+,\d+", text):
            return None, Odd(
                raw, f"{text} can be read as {text.replace(',', '.')} or as {text.replace(',', '')}.",
                "Enter it as a number.",
            )  # fmt: skip
    return None, Odd(raw, f"{brief(raw)} is not a number.", "Enter digits only.")


def read_date(raw: Value) -> Read:
    if raw is None:
        return None, None
    if isinstance(raw, datetime):
        return (raw.date() if raw.time() == time() else raw), None
    if isinstance(raw, date):
        return raw, None
    if isinstance(raw, CellError):
        return _error(raw)
    if isinstance(raw, str):
        return _date_from_text(raw)
    if is_number(raw):
        meant = _from_serial(raw)
        hint = f"If it means {show(meant)}, give the cell a date format." if meant else "Enter a date."
        return None, Odd(raw, f"{brief(raw)} is a number, not a date.", hint)
    return None, Odd(raw, f"{brief(raw)} is not a date.", "Enter a date.")


def read_serial_date(raw: Value) -> Read:
    """As read_date, from a source that gives dates as day numbers."""
    if is_number(raw):
        moment = _from_serial(raw)
        return (moment, None) if moment else (None, Odd(raw, f"{brief(raw)} is not a date.", "Enter a date."))
    return read_date(raw)


def read_time(raw: Value) -> Read:
    if raw is None or isinstance(raw, (time, timedelta)):
        return raw, None
    if isinstance(raw, CellError):
        return _error(raw)
    if isinstance(raw, str):
        if not raw.strip():
            return None, None
        match = _TIME.fullmatch(raw.strip())
        if match and int(match[1]) < 24 and int(match[2]) < 60 and int(match[3] or 0) < 60:
            return time(int(match[1]), int(match[2]), int(match[3] or 0)), None
    return None, Odd(raw, f"{brief(raw)} is not a time of day.", "Enter it as 14:30.")


def read_serial_time(raw: Value) -> Read:
    """As read_time, from a source that gives times as parts of a day."""
    if is_number(raw) and 0 <= raw < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(raw * 86_400, 3))).time(), None
    return read_time(raw)


def read_yes_no(raw: Value) -> Read:
    if raw is None or isinstance(raw, bool):
        return raw, None
    if isinstance(raw, CellError):
        return _error(raw)
    text = str(raw).strip()
    if not text:
        return None, None
    if text.casefold() in _YES:
        return _YES[text.casefold()], None
    return None, Odd(raw, f"{brief(raw)} is neither Yes nor No.", "Choose Yes or No.")


READERS: dict[str, Callable[[Value], Read]] = {
    "text": read_text, "choice": read_text, "email": read_text, "link": read_text, "integer": read_integer,
    "number": read_number, "date": read_date, "time": read_time, "yes_no": read_yes_no,
}  # fmt: skip
SERIAL_READERS = READERS | {"date": read_serial_date, "time": read_serial_time}
_CLEAN = {
    "integer": frozenset({int}), "number": frozenset({int, float}), "date": frozenset({date}),
    "yes_no": frozenset({bool}),
}  # fmt: skip
"""The Python types that need no look at the single cell."""


def read_column(raws: list[Value], kind: str, *, serial: bool = False) -> tuple[list[Value], dict[int, Odd]]:
    """One column's cells as values of its type, and what could not be read, by index."""
    kinds = set(map(type, raws)) - {type(None)}
    clean = frozenset() if serial and kind in ("date", "time") else _CLEAN.get(kind, frozenset())
    if kinds <= clean:
        return raws, {}
    if kinds <= {str} and READERS[kind] is read_text:
        blank = {text for text in set(raws) if text is not None and (not text or text.isspace())}  # type: ignore[union-attr]
        return [None if text in blank else text for text in raws] if blank else raws, {}
    return _read_each(raws, clean | {type(None)}, (SERIAL_READERS if serial else READERS)[kind])


def _read_each(
    raws: Sequence[Value], clean: Set[type], reader: Callable[[Value], Read]
) -> tuple[list[Value], dict[int, Odd]]:
    """The values, where those of a clean type are what they are and each other one is read, alike ones once."""
    values = list(raws)
    odd: dict[int, Odd] = {}
    seen: dict[Any, Read] = {}
    for index in [index for index, raw in enumerate(raws) if type(raw) not in clean]:
        key = (type(raws[index]), raws[index])
        read = seen.get(key) or seen.setdefault(key, reader(raws[index]))
        values[index] = read[0]
        if read[1]:
            odd[index] = read[1]
    return values, odd


def _error(raw: CellError) -> Read:
    return None, Odd(raw, f"The cell's formula gives the error {raw}.", "Mend the formula, or type the value.", "error")


def _from_serial(number: int | float) -> Value:
    if not 1 <= number < 2_958_466:
        return None
    moment = datetime(EPOCH.year, EPOCH.month, EPOCH.day) + timedelta(seconds=round(number * 86_400, 3))
    return moment.date() if moment.time() == time() else moment


def _date_from_text(raw: str) -> Read:
    text = raw.strip()
    if not text:
        return None, None
    if match := _ISO.fullmatch(text):
        return _as_text_date(raw, int(match[1]), int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(text):
        month = _MONTHS.get(match[2][:3].lower())
        if month:
            return _as_text_date(raw, int(match[3]), month, int(match[1]))
    if match := _THREE.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first == second or max(first, second) > 12:
            return _as_text_date(raw, year, *((first, second) if second > 12 else (second, first)))
        one, other = date(year, second, first), date(year, first, second)
        return None, Odd(
            raw,
            f"{text} can be read as {one:%d %B %Y} or as {other:%d %B %Y}.",
            "Enter it as a date; the spreadsheet then shows which it is.",
            "date-two-ways",
        )
    return None, Odd(raw, f"{brief(text)} is not a date.", "Enter a date, for example 2027-03-15.")


def _as_text_date(raw: str, year: int, month: int, number: int) -> Read:
    try:
        meant = date(year, month, number)
    except ValueError:
        return None, Odd(raw, f"{raw.strip()} is not a date.", "There is no such day; enter the right one.")
    return meant, Odd(
        raw,
        f"{raw.strip()} is text, not a date: sorting and formulas do not see it.",
        f"Type the date again: {meant.isoformat()}.",
        "date-as-text",
        "warning",
    )

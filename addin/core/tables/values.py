"""From what a cell holds to a value of the column's type, and back to words; what cannot be read is named.

This is the only place where values are converted. Codes, names and ids stay text for ever; the cell itself is never
rewritten by reading: what is read in another form is a `ReadIssue` with the exact value that a person may accept.
Texts that need knowledge (dates in words, units, yes in many languages) are read by modules loaded when one turns up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, TypeGuard

from addin.core.book import NOT_CALCULATED, CellError, Value
from addin.core.language import phrase, say_value
from addin.core.records import record
from addin.core.regex import regex

EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheet day numbers (1900 system, from 1 March 1900 on)."""
_INTEGER = regex(r"[+-]?\d{1,40}")
_NUMBER = regex(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TIME = regex(r"(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap])?\.?\s?(?:m\.?)?", re.IGNORECASE)
_SEPARATOR = regex(r"[;,\n]")
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_MOMENT = 0.001
"""Seconds by which a moment may miss a whole second: day numbers are fractions, and a breath is lost in them."""


@record
class ReadIssue:
    """A cell that cannot be read as its column's type (the value is None), or only with a remark.

    Level "none" is no finding: the value is understood, and only exports still want what the cell holds.
    """

    raw: Value
    message: str
    suggestion: str = ""
    rule: str = "type"
    level: str = "error"
    fix: Value = None
    """The exact value to write, where only one is right."""


Read = tuple[Value, ReadIssue | None]
TWO_WAYS = "date-two-ways"
"""The rule of a text that can mean two days."""
AS_TYPED = "as-typed"
"""The rule of a text that means a number or time and is written in another way: `000012`, `1.50`, `2 pm`."""


def show(value: Value) -> str:
    """The value as exact text, as a program would type it (ISO dates); "" for a blank."""
    if type(value) is str:  # most cells of most sheets
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _show_duration(value)
    return value if isinstance(value, str) else str(value)


def say(value: Value) -> str:
    """The value as a person reads it: `16 Mar 2009`, `14:30`, `Yes`."""
    return value if isinstance(value, str) else say_value(value) if isinstance(value, _SAID) else show(value)


_SAID = (bool, date, time)


def _show_duration(value: timedelta) -> str:
    """Hours and minutes as Excel's format `[h]:mm` shows them, with seconds only where there are some: `30:30`."""
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    minutes, rest = divmod(value, timedelta(minutes=1))
    seconds = f":{rest.seconds:02}" if rest else ""
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest.microseconds else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}{seconds}{fraction}"


def brief(value: Value, most: int = 80) -> str:
    """The value as a person reads it, short enough for a sentence."""
    text = say(value)
    return text if len(text) <= most else f"{text[:most]}…"


def is_number(value: object) -> TypeGuard[int | float]:
    """True for a number; yes and no are not numbers."""
    return type(value) in (int, float)


def split(text: Value) -> tuple[str, ...]:
    """The single values of a cell that may hold several: separated by `;`, `,` or a new line."""
    if not isinstance(text, str):
        return () if text is None else (show(text),)
    return tuple(part for piece in _SEPARATOR.split(text) if (part := piece.strip()))


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
    if raw is None or isinstance(raw, bool):
        return (None if raw is None else str(raw).upper()), None
    if isinstance(raw, (int, float)):
        return (f"{raw:.0f}" if isinstance(raw, float) and raw.is_integer() else str(raw)), None
    return None, ReadIssue(
        raw,
        phrase("The spreadsheet turned what was typed into a date or time ({raw}).", raw=say(raw)),
        "Set the cell's format to Text, then type it again.",
    )


def _understood(raw: str, value: Value) -> Read:
    """A value that a text means; a text that is written in another way is kept for exports."""
    is_exact = raw in (show(value), show(value).removesuffix(":00"))
    return value, None if is_exact else ReadIssue(raw, "", rule=AS_TYPED, level="none")


def read_integer(raw: Value) -> Read:
    value, issue = read_number(raw)
    if isinstance(value, float):
        if not value.is_integer():
            return None, ReadIssue(raw, f"{brief(raw)} is not a whole number.", "Enter a whole number.")
        value = int(value)
        if issue and issue.fix is not None:
            issue = ReadIssue(issue.raw, issue.message, issue.suggestion, issue.rule, issue.level, value)
        elif not issue and isinstance(raw, str):
            return _understood(raw, value)
    return value, issue


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
            return _understood(raw, int(text))
        if len(text) <= 60 and _NUMBER.fullmatch(text) and isfinite(number := float(text)):
            return _understood(raw, number)
        from addin.core.tables.text_values import number_from_text

        return number_from_text(raw)
    if isinstance(raw, (time, timedelta)):
        return _hours(raw)
    return None, ReadIssue(
        raw, phrase("{raw} is not a number.", raw=brief(raw)), "Enter a number; set the cell's format to Number."
    )


def read_date(raw: Value) -> Read:
    if raw is None:
        return None, None
    if isinstance(raw, datetime):
        return _whole_day(raw), None
    if isinstance(raw, date):
        return raw, None
    if isinstance(raw, CellError):
        return _error(raw)
    if isinstance(raw, str):
        from addin.core.tables.text_values import date_from_text

        return date_from_text(raw)
    if is_number(raw):
        meant = _from_serial(raw)
        hint = (
            phrase("If it means {meant}, give the cell a date format.", meant=say(meant)) if meant else "Enter a date."
        )
        return None, ReadIssue(raw, phrase("{raw} is a number, not a date.", raw=brief(raw)), hint)
    return None, ReadIssue(raw, phrase("{raw} is not a date.", raw=brief(raw)), "Enter a date.")


def read_serial_date(raw: Value) -> Read:
    """As read_date, from a source that gives dates as day numbers."""
    if is_number(raw):
        moment = _from_serial(raw)
        return (
            (moment, None)
            if moment
            else (None, ReadIssue(raw, phrase("{raw} is not a date.", raw=brief(raw)), "Enter a date."))
        )
    return read_date(raw)


def read_time(raw: Value) -> Read:
    if isinstance(raw, time):
        return _whole_time(raw), None
    if raw is None or isinstance(raw, timedelta):
        return raw, None
    if isinstance(raw, CellError):
        return _error(raw)
    if isinstance(raw, str):
        if not raw.strip():
            return None, None
        match = _TIME.fullmatch(raw.strip())
        hour = int(match[1]) if match else 24
        if match and match[4] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
        elif match and match[4]:
            hour = 24
        if match and hour < 24 and int(match[2]) < 60 and int(match[3] or 0) < 60:
            return _understood(raw, time(hour, int(match[2]), int(match[3] or 0)))
    return None, ReadIssue(raw, phrase("{raw} is not a time of day.", raw=brief(raw)), "Enter it as 14:30.")


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
    text = show(raw).strip()
    if not text:
        return None, None
    if text.casefold() in _YES:
        return _YES[text.casefold()], None
    from addin.core.tables.yes_no import meaning  # fifty languages: only where one turns up

    answer = meaning(text)
    if answer is None:
        return None, ReadIssue(raw, phrase("{raw} is neither Yes nor No.", raw=quoted(raw)), "Choose Yes or No.")
    word = say(answer)
    return answer, ReadIssue(
        raw,
        phrase("{raw} means {word}.", raw=quoted(raw), word=word),
        phrase("Choose {word}.", word=word),
        "yes-no-as-text",
        "warning",
        answer,
    )


READERS: dict[str, Callable[[Value], Read]] = {
    "text": read_text,
    "choice": read_text,
    "email": read_text,
    "link": read_text,
    "integer": read_integer,
    "number": read_number,
    "date": read_date,
    "time": read_time,
    "yes_no": read_yes_no,
}
SERIAL_READERS = READERS | {"date": read_serial_date, "time": read_serial_time}
_CLEAN = {
    "integer": frozenset({int}),
    "number": frozenset({int, float}),
    "date": frozenset({date}),
    "yes_no": frozenset({bool}),
}
"""The Python types that need no look at the single cell."""


def read_column(raws: list[Value], kind: str, *, serial: bool = False) -> tuple[list[Value], dict[int, ReadIssue]]:
    """One column's cells as values of its type, and what could not be read, by index."""
    kinds = set(map(type, raws)) - {type(None)}
    clean = frozenset() if serial and kind in ("date", "time") else _CLEAN.get(kind, frozenset())
    if kinds <= clean:
        return raws, {}
    if kinds <= {str} and READERS[kind] is read_text:
        blank = {text for text in set(raws) if text is not None and (not text or text.isspace())}  # type: ignore[union-attr]
        return [None if text in blank else text for text in raws] if blank else raws, {}
    values, issues = _read_each(raws, clean | {type(None)}, (SERIAL_READERS if serial else READERS)[kind])
    if any(issue.rule == TWO_WAYS for issue in issues.values()):
        from addin.core.tables.text_values import settled_by_column

        for index, (value, issue) in settled_by_column(raws, issues).items():
            values[index] = value
            issues |= {index: issue} if issue else {}
    return values, issues


def _read_each(
    raws: Sequence[Value], clean: Set[type], reader: Callable[[Value], Read]
) -> tuple[list[Value], dict[int, ReadIssue]]:
    """The values, where those of a clean type are what they are and each other one is read, alike ones once."""
    values = list(raws)
    issues: dict[int, ReadIssue] = {}
    seen: dict[Any, Read] = {}
    for index in [index for index, raw in enumerate(raws) if type(raw) not in clean]:
        key = (type(raws[index]), raws[index])
        read = seen.get(key) or seen.setdefault(key, reader(raws[index]))
        values[index] = read[0]
        if read[1]:
            issues[index] = read[1]
    return values, issues


def quoted(value: Value) -> str:
    """What a cell holds, in quotation marks, short enough for a sentence."""
    return phrase("“{value}”", value=brief(value))


def _error(raw: CellError) -> Read:
    if raw == NOT_CALCULATED:
        return None, ReadIssue(
            raw,
            "The formula here has not been calculated yet.",
            "Open the workbook in Excel and save it.",
            "not-calculated",
        )
    return None, ReadIssue(
        raw, phrase("The cell's formula gives the error {raw}.", raw=raw), "Correct the formula, or type the value."
    )


def _from_serial(number: int | float) -> Value:
    if not 1 <= number < 2_958_466:
        return None
    return _whole_day(datetime(EPOCH.year, EPOCH.month, EPOCH.day) + timedelta(seconds=round(number * 86_400, 3)))


def _whole_day(moment: datetime) -> date:
    """A moment without the breath that day numbers lose; a date where it is midnight."""
    part = moment.microsecond / 1_000_000
    if part >= 1 - _MOMENT and moment < datetime.max - timedelta(seconds=1):
        moment = moment.replace(microsecond=0) + timedelta(seconds=1)
    elif part <= _MOMENT:
        moment = moment.replace(microsecond=0)
    return moment.date() if moment.time() == time() and not moment.tzinfo else moment


def _whole_time(moment: time) -> time:
    """A time of day without the breath that fractions of a day lose."""
    if moment.microsecond in range(int(_MOMENT * 1_000_000) + 1, int((1 - _MOMENT) * 1_000_000)):
        return moment
    around = _whole_day(datetime(2000, 1, 1, moment.hour, moment.minute, moment.second, moment.microsecond))
    return around.time() if isinstance(around, datetime) else time()


def _hours(raw: time | timedelta) -> Read:
    """A length of time in a column of numbers: hours, exact to the second."""
    from addin.core.tables.numbers import hours_of

    seconds = (
        raw.total_seconds()
        if isinstance(raw, timedelta)
        else raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1_000_000
    )
    return hours_of(seconds), ReadIssue(raw, "", rule="duration", level="none")

"""One cell's value, as Google sends it and as it is sent to Google: exact, and never guessed.

Text goes as `stringValue`, so that `=1+1`, `0042` or `1e5` stay text; dates go as day numbers (day 0 is 1899-12-30).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from addin.core.book import CellError, Value
from addin.core.language import phrase
from addin.errors import BookProblem

Json = dict[str, Any]

EPOCH = datetime(1899, 12, 30)
DAY = timedelta(days=1)
MOST_CHARACTERS = 50_000
LARGEST_WHOLE = 2**53

ERRORS = {
    "NULL_VALUE": "#NULL!", "DIVIDE_BY_ZERO": "#DIV/0!", "VALUE": "#VALUE!", "REF": "#REF!", "NAME": "#NAME?",
    "NUM": "#NUM!", "N_A": "#N/A", "ERROR": "#ERROR!", "LOADING": "#LOADING!",
}  # fmt: skip
"""Google's kinds of error (discovery document, ErrorValue.type) and what a person sees in the cell."""


def shown(effective: Json | None) -> Value:
    """What the cell holds, from Google's `effectiveValue`; a formula that gives an empty text is blank."""
    if effective is None:
        return None
    if type(effective) is not dict:
        raise TypeError("a value is an object")  # never taken for a blank: that would look like a deletion
    if "numberValue" in effective:
        return whole(effective["numberValue"])
    if "stringValue" in effective:
        return text(effective["stringValue"]) or None
    if "boolValue" in effective:
        return bool(effective["boolValue"])
    if "errorValue" in effective:
        return CellError(ERRORS.get(effective["errorValue"].get("type", ""), "#ERROR!"))
    return None


def text(value: object) -> str:
    """A text of an answer. Raises TypeError where it is none."""
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def number(value: object) -> int:
    """A whole number of an answer that counts rows or names a sheet. Raises TypeError, ValueError."""
    if not isinstance(value, int):
        raise TypeError("a whole number is expected")
    if not 0 <= value <= LARGEST_WHOLE:
        raise ValueError("a number is out of range")
    return value


def whole(number: float) -> int | float:
    """A number as people think of it: 3, not 3.0."""
    return int(number) if abs(number) < LARGEST_WHOLE and number == int(number) else number


def entered(value: Value, where: str) -> Json:
    """The `userEnteredValue` that keeps this value; empty for a blank. `where` is for the sentence when none can."""
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        if not isfinite(value) or (isinstance(value, int) and abs(value) > LARGEST_WHOLE):
            raise BookProblem(
                phrase("Google Sheets cannot keep the number {value}.", value=value),
                where=where,
                next=phrase("Write it as text."),
            )
        return {"numberValue": value}
    if isinstance(value, str) or (isinstance(value, datetime | time) and value.tzinfo):
        text = value if isinstance(value, str) else value.isoformat()
        if len(text) > MOST_CHARACTERS:
            raise BookProblem(
                phrase(
                    "A cell of Google Sheets holds {most} characters, this text has {n}.",
                    most=MOST_CHARACTERS,
                    n=len(text),
                ),
                where=where,
                next=phrase("Shorten it."),
            )
        return {"stringValue": str(text)}
    return {"numberValue": whole(day_number(value))}


def day_number(value: date | time | timedelta) -> float:
    """The day number of a date, a moment, a time of day or a length of time."""
    if isinstance(value, datetime):
        return (value - EPOCH) / DAY
    if isinstance(value, date):
        return (datetime(value.year, value.month, value.day) - EPOCH) / DAY
    if isinstance(value, time):
        return (
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
            / DAY
        )
    return value / DAY


def number_format(value: Value) -> Json | None:
    """The format that makes a day number readable; None for values that need none."""
    if isinstance(value, datetime):
        return None if value.tzinfo else {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}
    if isinstance(value, date):
        return {"type": "DATE", "pattern": "yyyy-mm-dd"}
    if isinstance(value, time):
        return None if value.tzinfo else {"type": "TIME", "pattern": "hh:mm:ss" if value.second else "hh:mm"}
    if isinstance(value, timedelta):
        return {"type": "TIME", "pattern": "[h]:mm:ss"}
    return None


def kept(sent: Json, found: Json | None) -> bool:
    """Does the cell hold what was sent? Line ends may come back as a single character."""
    found = found or {}
    if "formulaValue" in sent:
        return "formulaValue" in found  # Google writes a formula in its own way
    if "stringValue" in sent:
        return _lines(found.get("stringValue")) == _lines(sent["stringValue"])
    return {kind: value for kind, value in found.items() if value != ""} == sent


def _lines(text: object) -> str:
    return str(text).replace("\r\n", "\n")

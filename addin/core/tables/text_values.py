"""A date or number written as text: its one meaning with a remark, or the question that a person must answer.

Loaded only where such a text turns up; `values.py` calls it.
"""

from __future__ import annotations

import re
from datetime import date

from addin.core.tables.dates import read_days, read_periods
from addin.core.tables.numbers import read_numbers
from addin.core.tables.values import Read, ReadIssue, quoted, say, show

_INEXACT = {
    "inexact": "Enter one exact number; put the rest into a note.",
    "minutes": "Enter the number in the column's unit, for example 0.75 for 45 minutes.",
    "percent": "Enter the number without the percent sign.",
}
_TAKEN_OFF = {"currency": " (the currency is not needed)", "hours": " (hours)", "roman": "", "label": "", "": ""}


def number_from_text(raw: str) -> Read:
    found = read_numbers(raw)
    if len(found.values) == 1:
        number = found.values[0]
        advice = f"Enter {number}{_TAKEN_OFF[found.about]}."
        return number, ReadIssue(
            raw, f"{quoted(raw)} is text, not a number.", advice, "number-as-text", "warning", number
        )
    if found.values:
        one, other = found.values
        return None, ReadIssue(
            raw, f"{quoted(raw)} can mean {one} or {other}.", f"Enter {one} or {other}.", "number-two-ways"
        )
    if found.about == "inexact":
        return None, ReadIssue(raw, f"{quoted(raw)} is not an exact number.", _INEXACT["inexact"], "number-inexact")
    return None, ReadIssue(raw, f"{quoted(raw)} is not a number.", _INEXACT.get(found.about, "Enter a number."))


def date_from_text(raw: str) -> Read:
    if not raw.strip():
        return None, None
    days = read_days(raw)
    if len(days) == 1:
        return _text_date(raw, days[0])
    if days:
        choice = " or ".join(map(say, days))
        sooner = "Day or month first?" if {days[0].day, days[0].month} == {days[1].day, days[1].month} else "Which day?"
        return None, ReadIssue(raw, f"{quoted(raw)} can mean {choice}. {sooner}", f"Enter {choice}.", "date-two-ways")
    for period in read_periods(raw):
        if period.precision == "range":
            advice = f"Enter one day here: {say(period.start)} or {say(period.end)}."
            return None, ReadIssue(raw, f"{quoted(raw)} is a range of days.", advice, "date-range")
        advice = f"Enter a day in {raw.strip()}."
        return None, ReadIssue(raw, f"{quoted(raw)} is a {period.precision}, not a day.", advice, "date-inexact")
    return None, ReadIssue(raw, f"{quoted(raw)} is not a date.", "Enter a date, for example 15 Mar 2027.")


def _text_date(raw: str, meant: date) -> Read:
    said = say(meant)
    short = not re.search(r"\d{4}", show(raw))
    message = f"Is {raw.strip()} {said}?" if short else f"{quoted(raw)} is stored as text, not as a date."
    advice = f"Enter it as {said}." if short else f"Enter {said} again as a date."
    return meant, ReadIssue(raw, message, advice, "date-as-text", "warning", meant)

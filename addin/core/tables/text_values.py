"""A date or number written as text: its one meaning with a remark, or the question that a person must answer.

Loaded only where such a text turns up; `values.py` calls it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from addin.core.book import Value
from addin.core.language import any_of, phrase
from addin.core.tables.dates import read_days, read_periods
from addin.core.tables.numbers import read_numbers
from addin.core.tables.values import TWO_WAYS, Read, ReadIssue, quoted, say, show

_INEXACT = {
    "inexact": "Enter one exact number; put the rest into a note.",
    "minutes": "Enter the number in the column's unit, for example 0.75 for 45 minutes.",
    "percent": "Enter the number without the percent sign.",
}
_NOT_A_DAY = {
    "month": "{raw} is a month, not a day.",
    "season": "{raw} is a season, not a day.",
    "year": "{raw} is a year, not a day.",
}
_ENTER = {
    "currency": "Enter {number} (the currency is not needed).",
    "hours": "Enter {number} (hours).",
}


def number_from_text(raw: str) -> Read:
    found = read_numbers(raw)
    if len(found.values) == 1:
        number = found.values[0]
        advice = phrase(_ENTER.get(found.about, "Enter {number}."), number=number)
        return number, ReadIssue(
            raw, phrase("{raw} is text, not a number.", raw=quoted(raw)), advice, "number-as-text", "warning", number
        )
    if found.values:
        one, other = found.values
        return None, ReadIssue(
            raw,
            phrase("{raw} can mean {one} or {other}.", raw=quoted(raw), one=one, other=other),
            phrase("Enter {one} or {other}.", one=one, other=other),
            "number-two-ways",
        )
    if found.about == "inexact":
        return None, ReadIssue(
            raw, phrase("{raw} is not an exact number.", raw=quoted(raw)), _INEXACT["inexact"], "number-inexact"
        )
    return None, ReadIssue(
        raw, phrase("{raw} is not a number.", raw=quoted(raw)), _INEXACT.get(found.about, "Enter a number.")
    )


def date_from_text(raw: str) -> Read:
    if not raw.strip():
        return None, None
    days = read_days(raw)
    if len(days) == 1:
        return _text_date(raw, days[0])
    if days:
        choice = any_of([say(day) for day in days])
        swapped = {days[0].day, days[0].month} == {days[1].day, days[1].month}
        sooner = "{raw} can mean {choice}. Day or month first?" if swapped else "{raw} can mean {choice}. Which day?"
        return None, ReadIssue(
            raw,
            phrase(sooner, raw=quoted(raw), choice=choice),
            phrase("Enter {choice}.", choice=choice),
            TWO_WAYS,
        )
    for period in read_periods(raw):
        if period.precision == "range":
            advice = phrase("Enter one day here: {start} or {end}.", start=say(period.start), end=say(period.end))
            return None, ReadIssue(raw, phrase("{raw} is a range of days.", raw=quoted(raw)), advice, "date-range")
        advice = phrase("Enter a day in {text}.", text=raw.strip())
        return None, ReadIssue(
            raw,
            phrase(_NOT_A_DAY[period.precision], raw=quoted(raw)),
            advice,
            "date-inexact",
        )
    return None, ReadIssue(
        raw, phrase("{raw} is not a date.", raw=quoted(raw)), "Enter a date, for example 15 Mar 2027."
    )


def _text_date(raw: str, meant: date) -> Read:
    said = say(meant)
    short = not re.search(r"\d{4}", show(raw))
    message = (
        phrase("Is {text} {said}?", text=raw.strip(), said=said)
        if short
        else phrase("{raw} is stored as text, not as a date.", raw=quoted(raw))
    )
    advice = phrase("Enter it as {said}.", said=said) if short else phrase("Enter {said} again as a date.", said=said)
    return meant, ReadIssue(raw, message, advice, "date-as-text", "warning", meant)


def settled_by_column(raws: Sequence[Value], issues: Mapping[int, ReadIssue]) -> dict[int, Read]:
    """index -> the one day of a text that can mean two, where other dates of its style in the column prove which
    comes first, day or month, and none of them proves the other."""
    from addin.core.tables.date_order import kind_of, proof_of

    proofs = {order: proof_of(raws, order) for order in ("dmy", "mdy")}
    found: dict[int, Read] = {}
    for index, issue in issues.items():
        raw = issue.raw
        if issue.rule != TWO_WAYS or not isinstance(raw, str):
            continue
        for order, proof in proofs.items():
            days = read_days(raw, order) if kind_of(raw) in proof else ()
            if len(days) == 1:
                found[index] = days[0], _in_order(raw, days[0], order, proof[kind_of(raw)])
    return found


def _in_order(raw: str, meant: date, order: str, proof: str) -> ReadIssue:
    said = say(meant)
    text = (
        "{raw} is stored as text. Day first, as in {proof}, it is {said}."
        if order == "dmy"
        else "{raw} is stored as text. Month first, as in {proof}, it is {said}."
    )
    message = phrase(text, raw=quoted(raw), proof=proof, said=said)
    advice = phrase("Enter {said} again as a date.", said=said)
    return ReadIssue(raw, message, advice, "date-as-text", "warning", meant)

"""The order of day, month and year in a template: from a pattern in its headers or from its number format."""

from __future__ import annotations

import re
from datetime import date

from addin.backends.ooxml.styles import NO_LETTERS
from addin.core.language import SHORT_MONTHS
from addin.core.regex import regex

ORDERS = ("dmy", "mdy", "ymd")
_WORDS = {
    "DAY": "d", "MONTH": "m", "YEAR": "y", "JOUR": "d", "MOIS": "m", "ANNÉE": "y", "DÍA": "d", "MES": "m", "AÑO": "y",
    "TAG": "d", "MONAT": "m", "JAHR": "y",
}  # fmt: skip
_TOKEN = rf"({'|'.join(_WORDS)}|D{{1,2}}|M{{1,3}}|Y{{4}}|Y{{2}}|A{{4}}|A{{2}}|J{{4}}|J{{1,2}}|T{{1,2}})"
_PATTERN = regex(rf"(?<![^\W\d_]){_TOKEN}([-/. ]?){_TOKEN}\2{_TOKEN}(?![^\W\d_])", re.I)
_USUAL = {"dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY", "ymd": "YYYY-MM-DD"}


def date_pattern(text: str) -> str:
    """The pattern of a date in a text, such as DD/MM/YYYY, JJMMAA or TT.MM.JJJJ; "" where there is none."""
    return next((match[0] for match in _PATTERN.finditer(text) if sorted(_kinds(match)) == ["d", "m", "y"]), "")


def order_of_pattern(pattern: str) -> str:
    """dmy, mdy or ymd; "" where the pattern has another order or there is none."""
    match = _PATTERN.fullmatch(pattern)
    order = "".join(_kinds(match)) if match else ""
    return order if order in ORDERS else ""


def order_of_format(code: str) -> str:
    """The order in which a number format shows a day; "" where it depends on the computer or shows none."""
    bare = re.sub(r"\[[^\]]*\]", "", NO_LETTERS.sub("", code.partition(";")[0])).lower()
    order = "".join(dict.fromkeys(sign for sign in bare if sign in "dmy"))
    return order if order in ORDERS else ""


def written_date(day: date, pattern: str, order: str) -> str:
    """A day as text, in the template's pattern or in the usual one of its order."""
    match = _PATTERN.fullmatch(pattern or _USUAL[order])
    assert match
    tokens = zip((match[1], match[3], match[4]), _kinds(match), strict=True)
    return match[2].join(_part(day, token.upper(), kind) for token, kind in tokens)


def _part(day: date, token: str, kind: str) -> str:
    if kind == "y":
        return f"{day.year % 100:02}" if len(token) == 2 else f"{day.year:04}"
    if token == "MMM":
        return SHORT_MONTHS[day.month - 1]
    return f"{day.day if kind == 'd' else day.month:02}"


def _kinds(match: re.Match[str]) -> list[str]:
    """Day, month or year for each part: J is the day in French (JJ/MM/AAAA) and the year in German (TT.MM.JJ)."""
    tokens = [token.upper() for token in (match[1], match[3], match[4])]
    with_day = any(token[0] in "DT" or token == "JOUR" for token in tokens)
    return [_kind(token, with_day) for token in tokens]


def _kind(token: str, with_day: bool) -> str:
    if token in _WORDS:
        return _WORDS[token]
    if token[0] == "J":
        return "y" if with_day or len(token) == 4 else "d"
    return {"D": "d", "T": "d", "M": "m", "Y": "y", "A": "y"}[token[0]]

"""Numbers as people write them: with a currency, a unit, groups of three, a decimal comma, in Roman or as hours.

    read_numbers(text)  the numbers a text may mean (none, one, or two: then a person is asked) and what was taken off

Loaded only where a number is written as text that is not plain digits.
"""

from __future__ import annotations

import re
import unicodedata

from addin.core.records import frozen
from addin.core.regex import regex

_CURRENCIES = (
    "usd|eur|gbp|chf|jpy|cny|rmb|hkd|sgd|aud|cad|nzd|inr|thb|myr|idr|php|vnd|krw|twd|aed|qar|sar|kwd|bhd|omr|egp|zar|kes"
    "|ngn|ghs|tzs|ugx|brl|mxn|ars|clp|cop|pen|sek|nok|dkk|pln|czk|huf|ron|bgn|try|ils|rub|uah|kr|zł|kč|ft|rs|rm|rp|fr|us"
)
_CURRENCY = regex(rf"(?:(?:{_CURRENCIES})\.?|[^\w\s.,;:#%&@*+\-/\\'\"()<>=?!~])+")
_HOURS = (
    r"(?:h|hr|hrs|hour|hours|std|stunden?|heures?|horas?|ore|ora|uur|uren|timer|timar|timmar|tuntia?|tim|godz(?:in[ay]?)?"
    r"|óra|saat|ч|час(?:а|ов)?|小时|小時|時間|시간|ชั่วโมง|ساعات|ساعة)\.?"
)
_MINUTES = r"(?:m|min|mins|minutes?|minuten|minutos?|мин|分|分钟|분)\.?"
_ABOUT = regex(
    r"(?:c|ca|circa|approx|about|around|etwa|env|environ|~|≈|>|<|≥|≤)\.?\s*\d.*|\d[\d.,]*\s*(?:\+|ish|or so|ca\.?)"
)
_SPAN = regex(r"\d+(?:[.,]\d+)?\s*(?:-|–|to|/|or|bis|à|a)\s*\d+(?:[.,]\d+)?(?:\s*\w+\.?)?")
_LABEL = regex(
    r"(?:cat|category|catégorie|categoría|kategorie|grade|level|group|term|year|no|nr|num|number|n[°º]|#)\.?\s*(\S+)"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}


@frozen
class Numbers:
    """What a text may mean, and what was around the number (`currency`, `hours`, `label` …) or why none is certain."""

    values: tuple[int | float, ...] = ()
    about: str = ""


LONGEST = 60
"""Characters of a text that is read as a number; a longer one is a slip of the keyboard."""


def read_numbers(text: str, *, hours: bool = True) -> Numbers:
    """The numbers that a text may mean. `hours`: whether `3h`, `2:30` and `2h30` count as hours."""
    if len(text) > LONGEST:
        return Numbers()
    plain = _plain(text)
    if not any(map(str.isdigit, plain)):
        return _roman(text, plain)
    if found := _amounts(plain):
        return Numbers(found)
    if _ABOUT.fullmatch(plain) or _SPAN.fullmatch(plain):
        return Numbers(about="inexact")
    if hours and (number := _duration(plain)) is not None:
        return Numbers((number,), "hours")
    if match := re.fullmatch(rf"([\d.,' ]+?)\s*{_MINUTES}", plain):
        return Numbers(about="minutes" if _amounts(match[1]) else "")
    if match := _LABEL.fullmatch(plain):
        return Numbers(_amounts(match[1]), "label")
    bare = re.sub(rf"^({_CURRENCY.pattern})\s*|\s*({_CURRENCY.pattern})$", "", plain)
    if bare != plain and (found := _amounts(bare)):
        return Numbers(found, "currency")
    return Numbers(about="percent" if re.fullmatch(r"[\d.,]+\s*%", plain) else "")


def _roman(text: str, plain: str) -> Numbers:
    """A text without digits: a number in Roman, alone or behind a label; `x`, `v` and `i` are mere letters."""
    if match := _LABEL.fullmatch(plain):
        return Numbers((_ROMAN[match[1]],) if match[1] in _ROMAN else (), "label")
    if plain in _ROMAN and (plain not in ("x", "v", "i") or text.strip() in ("I", "V")):
        return Numbers((_ROMAN[plain],), "roman")
    return Numbers()


def hours_of(seconds: float) -> int | float:
    """A length of time in hours, exact to the second: 30:30 is 30.5."""
    hours = round(seconds / 3600, 6)
    return int(hours) if hours.is_integer() else hours


def _plain(text: str) -> str:
    for sign, digits in _HALVES.items():
        if sign in text:
            text = re.sub(rf"(\d*)\s*{sign}", lambda m, d=digits: f"{m[1] or 0}{d}", text)  # type: ignore[misc]
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    signs = (str(unicodedata.digit(s)) if s.isdigit() else s for s in folded if unicodedata.category(s) != "Cf")
    return re.sub(r"[‐‑‒–—−]", "-", " ".join("".join(signs).replace("’", "'").split()))


def _amounts(text: str) -> tuple[int | float, ...]:
    """The readings of digits with their separators; `1,500` has two, `1,5` and `1,500.00` have one."""
    text = text.removesuffix(",-").removesuffix(".-")
    if re.fullmatch(r"[+-]?\d+", text):
        return (int(text),)
    if re.fullmatch(r"[+-]?(?:\d+\.\d*|\.\d+)", text):
        return (float(text),)
    if match := re.fullmatch(r"([+-]?\d{1,3}),(\d{3})", text):
        whole, part = match.groups()
        return (float(f"{whole}.{part}"), int(whole + part)) if whole.strip("+-") != "0" else (float(f"0.{part}"),)
    if match := re.fullmatch(r"([+-]?\d*),(\d+)", text):
        return (float(f"{match[1] or 0}.{match[2]}"),)
    for group, point in ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("'", ",")):
        whole = rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+"
        if match := re.fullmatch(rf"({whole})(?:{re.escape(point)}(\d+))?", text):
            digits = match[1].replace(group, "")
            return (float(f"{digits}.{match[2]}") if match[2] else int(digits),)
    return ()


def _duration(text: str) -> int | float | None:
    """Hours in a text: `3h`, `2 hrs`, `1,5 Std.`, `2h30`, `2 h 30 min`, `30:30`, `30:30:00`."""
    if match := re.fullmatch(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?", text):
        return hours_of(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0))
    if match := re.fullmatch(rf"(\d+)\s*{_HOURS}\s*(?:(?:and|und|et|y)\s*)?([0-5]?\d)\s*(?:{_MINUTES})?", text):
        return hours_of(int(match[1]) * 3600 + int(match[2]) * 60)
    if match := re.fullmatch(rf"([\d.,]+)\s*{_HOURS}", text):
        found = _amounts(match[1])
        return found[0] if len(found) == 1 else None
    return None

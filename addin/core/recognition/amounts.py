"""Numbers as people write them: `3h`, `1h30`, `2,5`, `c. 10`, `1 box`, `$850`, `Cat 1`, `III`, `free`.

What could be two numbers (`2-3`) is none.
"""

from __future__ import annotations

import math
import re
from datetime import time, timedelta

from addin.core.book import Value
from addin.core.records import record
from addin.core.regex import regex
from addin.core.tables.values import is_number

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_HOURS = regex(
    r"(\d+(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|std\.?|stunden|heures?|horas?|ore|ora|saat|sa|uren|uur|u|"
    r"timer?|timmar|tim|t|часа?|часов|ч|小时|小時|時間|시간|ساعة|ساعات|jam|giờ|godz\.?)?\.?",
    re.I,
)
_HOURS_MINUTES = regex(
    r"(\d{1,3})\s*(?:h|:|hrs?\.?|hours?|heures?|horas?|std\.?|stunden?)\s*(?:and |et |y |und |, ?)?"
    r"(\d{1,2})\s*(?:m|min\.?|mins|minutes?|minuten?|minutos?|['′])?",
    re.I,
)
_MINUTES = regex(r"(\d{1,6})\s*(?:m|min|mins|minutes?|minuten?|minutos?|['′])\.?", re.I)
_ABOUT = regex(r"^(?:c\.|ca\.?|circa|approx\.?|about|~|≈|env\.?|etwa|unos|around|>|<)\s*", re.I)
_WITH_WORDS = regex(r"(\d[^()]{0,9}?)\s*\(([^()]*[^\W\d_][^()]*)\)")
"""`4 (choir)`: a number, and what it was for."""
_SUM = regex(r"\d{1,3}(?:[.,]\d{1,2})?(?:\s*\+\s*\d{1,3}(?:[.,]\d{1,2})?)+")
_MONEY = regex(
    r"(?P<before>[^\d\s.,-]{1,4})?\s*"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f,.'’]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{1,2})?)\s*"
    r"(?P<after>[^\d\s.,-]{1,6}|[,.]?-{1,2})?"
)
_FREE = {"free", "gratis", "kostenlos", "gratuit", "none", "nil"}
_SIGNS = {
    "€": "EUR",
    "$": "$",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "eur": "EUR",
    "euro": "EUR",
    "usd": "USD",
    "chf": "CHF",
    "gbp": "GBP",
    "fr": "CHF",
}


@record
class Amount:
    """A number, and what else the text says of it: about, a unit, a currency."""

    number: float | int
    about: bool = False
    unit: str = ""


def read_hours(value: Value) -> Amount | None:
    """Hours; None for what is none or could be two numbers."""
    if is_number(value):
        return Amount(value) if value >= 0 else None
    if isinstance(value, timedelta):
        return Amount(_tidy(value.total_seconds() / 3600))
    if isinstance(value, time):
        return Amount(_tidy(value.hour + value.minute / 60))
    if not isinstance(value, str):
        return None
    text = value.strip()
    rest = _ABOUT.sub("", text)
    about = rest != text or text.endswith("+")
    rest = rest.rstrip("+ ")
    if match := _WITH_WORDS.fullmatch(rest):
        rest, about = match[1], True
    if _SUM.fullmatch(rest):
        return Amount(_tidy(sum(float(part.replace(",", ".")) for part in rest.split("+"))), about=True)
    if rest in ("-", "–", "—", "/"):
        return Amount(0)
    if match := _HOURS_MINUTES.fullmatch(rest):
        return Amount(_tidy(int(match[1]) + int(match[2]) / 60), about)
    if match := _MINUTES.fullmatch(rest):
        return Amount(_tidy(int(match[1]) / 60), about)
    match = _HOURS.fullmatch(rest)
    number = float(match[1].replace(",", ".")) if match else math.inf
    return Amount(_tidy(number), about) if math.isfinite(number) else None


def read_quantity(value: Value) -> Amount | None:
    """How many: `60`, `c. 10`, `1 box`."""
    if is_number(value):
        return Amount(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    rest = _ABOUT.sub("", text)
    if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f,.'’]\d{3})+", rest):
        return Amount(int(re.sub(r"\D", "", rest)), rest != text)
    if match := re.fullmatch(r"(\d+)\s*\(([^()]{1,30})\)", rest):
        return Amount(int(match[1]), rest != text, match[2].strip())
    match = re.fullmatch(r"(\d{1,12})\s*([^\d\W][\w ]{0,20})?\.?\+?", rest)
    return Amount(int(match[1]), rest != text or rest.endswith("+"), (match[2] or "").strip()) if match else None


def read_money(value: Value) -> Amount | None:
    """A sum with its currency as written: `€ 720`, `$850`, `CHF 1'200.-`; `free` is 0."""
    if is_number(value):
        return Amount(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text.casefold() in _FREE:
        return Amount(0)
    match = _MONEY.fullmatch(_ABOUT.sub("", text))
    if not match:
        return None
    digits = re.sub(r"[ \u00a0\u202f'’]", "", match["number"])
    if re.search(r"[.,]\d{3}(?!\d)", digits):  # a group of three is thousands
        digits = re.sub(r"[.,](?=\d{3}(?!\d))", "", digits)
    sign = (match["before"] or match["after"] or "").strip(" .,-")
    number = float(digits.replace(",", "."))
    return Amount(_tidy(number), False, _SIGNS.get(sign.casefold(), sign)) if math.isfinite(number) else None


def read_category(value: Value) -> int | None:
    """A workshop category: `1`, `III`, `Cat 2`, `category 3`."""
    if is_number(value) and value in (1, 2, 3):
        return int(value)
    if not isinstance(value, str):
        return None
    match = re.fullmatch(
        r"(?:cat(?:egory|égorie|egoría|egoria)?\.?|kat\.?|level)?\s*([1-3]|i{1,3})", value.strip().casefold()
    )
    return None if not match else _ROMAN.get(match[1]) or int(match[1])


def _tidy(number: float) -> float | int:
    number = round(number, 2)
    return int(number) if number == int(number) else number

"""Dates as people write them in lists: any usual order, names of months in five languages, spans, and vague ones.

Whether 03/04/2009 is March or April is settled by the other dates of its kind in the same sheet (05/29/09 can only be
one thing); where these do not say, it is a question. `spring 2021` is kept as text: no day is made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from addin.core.book import Value
from addin.core.records import record
from addin.core.regex import regex
from addin.core.tables.date_order import NUMERIC, SPAN
from addin.core.tables.dates import FIRST_YEAR, LAST_YEAR, month_numbers, read_days

_WORDS = {
    1: "jan january janvier enero ene januar jänner gennaio gen",
    2: "feb february février fevrier févr fév febrero februar febbraio",
    3: "mar march mars marzo märz maerz mrz",
    4: "apr april avril avr abril abr aprile",
    5: "may mai mayo maggio mag",
    6: "jun june juin junio juni giugno giu",
    7: "jul july juillet juil julio juli luglio lug",
    8: "aug august août aout agosto ago",
    9: "sep sept september septembre septiembre setiembre settembre set",
    10: "oct october octobre octubre oktober okt ottobre ott",
    11: "nov november novembre noviembre",
    12: "dec december décembre decembre déc diciembre dic dezember dez dicembre",
}
MONTHS = {word: number for number, words in _WORDS.items() for word in words.split()}
SEASONS = regex(
    r"\b(spring|summer|autumn|fall|winter|term|semester|trimester|quarter|printemps|été|automne|hiver|primavera|verano|"
    r"otoño|invierno|frühling|sommer|herbst|end|begin|ongoing|tbc|tba)\b",
    re.IGNORECASE,
)
_ISO = regex(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?"
_MONTH = r"([^\W\d_]{3,10})\.?"
_NAMED = regex(rf"{_DAY}\s*(?:[-\s./]|de\s|of\s)\s*{_MONTH}[-\s,./]*(?:de\s+|del\s+)?'?(\d{{4}}|\d{{2}})", re.I)
_NAMED_BACK = regex(rf"{_MONTH}\s+{_DAY},?\s+(\d{{4}})", re.I)
_SPAN_NAMED = regex(
    rf"{_DAY}\s*(?:-|–|to|bis|au|al|a|&|and)\s*{_DAY}\s+(?:de\s+)?{_MONTH}[\s,]*(?:de\s+)?(\d{{4}})", re.I
)
_SPAN_NAMED_BACK = regex(rf"{_MONTH}\s+{_DAY}\s*(?:-|–|to|&)\s*{_DAY},?\s+(\d{{4}})", re.I)
_SPAN_TWO = regex(rf"{_DAY}\s+{_MONTH}\s*(\d{{4}})?\s*(?:-|–|to|bis)\s*{_DAY}\s+{_MONTH}[\s,]*(\d{{4}})", re.I)
_SPAN_DOTS = regex(r"(\d{1,2})\.?\s*(?:-|–|/)\s*(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_SPAN_SLASHES = regex(r"(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})/(\d{4})")
_SPAN_NUMERIC = regex(
    r"(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\s*(?:\s-\s|–|to|bis|au|al|a|until)\s*(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})|"
    r"(\d{1,2}[./]\d{1,2}[./]\d{2,4})\s*-\s*(\d{1,2}[./]\d{1,2}[./]\d{2,4})",
    re.I,
)
_MONTHS_SPAN = regex(
    r"([^\W\d_]{3,10})\.?(?:\s*'?(\d{4}|\d{2}))?\s*(?:-|–|to|bis|à|a)\s*([^\W\d_]{3,10})\.?(?:\s*'?(\d{4}|\d{2}))?",
    re.I,
)
_MONTH_YEAR = regex(r"([^\W\d_]{3,10})\.?(?:\s+del?\s)?[\s\-/,]*'?(\d{4}|\d{2})", re.I)
_MONTH_NUMBER = regex(r"(0?[1-9]|1[0-2])[/.-](20\d{2})|(20\d{2})[/.-](0?[1-9]|1[0-2])")
"""`10/2024`, `2024-10`: a month, and no day of it."""
_BOOKED = regex(
    r"\(?\b(booked|planned|confirmed|tbc|tentative|registered|prévu|prévue|geplant|gebucht|reservado|reservada|inscrit|inscrite|inscrito|inscrita|angemeldet|enrolled)\b\)?",
    re.I,
)
_FROM = regex(r"^(?:du|from|vom|del|on|am|el|le)\s+(?=\d)", re.I)
_MARKED = regex(
    r"^(?:[✓✔√]|x|y|yes|oui|sí|ja|done|held|ok|fait|faite|hecha|hecho|erledigt)[\s:,–-]+(?=.*\d)|(?<=\d)[\s,–-]*(?:[✓✔√]|\(?(?:done|held|ok)\)?)$",
    re.I,
)
"""What says beside a day that it has been."""
_WEEKDAY = regex(r"^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*\.?,?\s+", re.I)

_MIDNIGHT = regex(r"(?<=\d)[T ]00?:00(?::00)?(?:\.0+)?$")
_WHOLE_YEAR = regex(r"(?<!\d)\d{4}(?!\d)|\d{8}|\d\s*[年년]")


@record
class Spoken:
    """What a text says of a date. `precision`: day, month, vague, or two (either order is possible)."""

    start: date | None = None
    end: date | None = None
    precision: str = "day"
    remark: str = ""
    """What else the text says: booked."""
    month: int = 0
    year: int = 0


def read_spoken(raw: Value, order: Mapping[str, str] | None = None, year: int = 0) -> Spoken | None:
    """What a cell says of a date; None where it speaks of none. `order` is as `orders` gives it."""
    if isinstance(raw, datetime):
        return Spoken(raw.date(), raw.date())
    if isinstance(raw, date):
        return Spoken(raw, raw)
    if not isinstance(raw, str):
        return None
    booked = _BOOKED.search(raw)
    text = " ".join(_BOOKED.sub("", raw).split()).strip(" ()")
    text = _MARKED.sub("", _WEEKDAY.sub("", _FROM.sub("", text))).strip(" ()")
    text = _MIDNIGHT.sub("", text)
    found = _span(text, order or {}) or _single(text, order or {}) or _vague(text, year) or _elsewhere(text)
    return (
        Spoken(found.start, found.end, found.precision, booked[1].casefold(), found.month, found.year)
        if (found and booked)
        else found
    )


def month_named(word: str) -> int:
    """The month that a word names in any language, beside a day or a year; 0 where it names none, or two."""
    found = MONTHS.get(word.casefold()) or month_numbers(word)
    return found if isinstance(found, int) else found[0] if len(found) == 1 else 0


def _elsewhere(text: str) -> Spoken | None:
    """A day as other languages, calendars and programs write it, with the whole year in it."""
    days = read_days(text) if len(text) < SPAN and _WHOLE_YEAR.search(text) else ()
    if not days:
        return None
    return Spoken(days[0], days[0]) if len(days) == 1 else Spoken(precision="two", year=days[0].year)


def _single(text: str, order: Mapping[str, str]) -> Spoken | None:
    if match := _ISO.fullmatch(text):
        return _days(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMERIC.fullmatch(text):
        one, two, year = int(match[1]), int(match[3]), _full(match[4])
        if one > 12 or one == two:
            return _days(year, two, one)
        if two > 12:
            return _days(year, one, two)
        way = order.get(f"{match[2]}{len(match[4])}", "")
        if not way:
            return Spoken(precision="two", year=year)
        return _days(year, two, one) if way == "dmy" else _days(year, one, two)
    if match := _NAMED.fullmatch(text):
        month = month_named(match[2])
        return _days(_full(match[3]), month, int(match[1])) if month else None
    if match := _NAMED_BACK.fullmatch(text):
        month = month_named(match[1])
        return _days(int(match[3]), month, int(match[2])) if month else None
    return None


def _span(text: str, order: Mapping[str, str]) -> Spoken | None:
    if match := _SPAN_NAMED.fullmatch(text):
        month = month_named(match[3])
        return _days(int(match[4]), month, int(match[1]), int(match[2])) if month else None
    if match := _SPAN_NAMED_BACK.fullmatch(text):
        month = month_named(match[1])
        return _days(int(match[4]), month, int(match[2]), int(match[3])) if month else None
    if (match := _SPAN_SLASHES.fullmatch(text)) and (order.get("/4") == "dmy" or int(match[2]) > 12):
        return _days(int(match[4]), int(match[3]), int(match[1]), int(match[2]))
    if match := _SPAN_DOTS.fullmatch(text):
        return _days(_full(match[4]), int(match[3]), int(match[1]), int(match[2]))
    if match := _SPAN_NUMERIC.fullmatch(text):
        ends = _single(match[1] or match[3], order), _single(match[2] or match[4], order)
        if ends[0] and ends[1] and ends[0].start and ends[1].start and ends[0].start <= ends[1].start:
            return Spoken(ends[0].start, ends[1].start)
        two = any(one and one.precision == "two" for one in ends)
        return Spoken(precision="two" if two else "vague") if all(ends) else None
    if match := _SPAN_TWO.fullmatch(text):
        first = _days(int(match[3] or match[6]), month_named(match[2]), int(match[1]))
        last = _days(int(match[6]), month_named(match[5]), int(match[4]))
        return Spoken(first.start, last.end) if first and last else None
    return None


def _vague(text: str, year: int) -> Spoken | None:
    match = _MONTH_YEAR.fullmatch(text)
    if match and (month := month_named(match[1])):
        return Spoken(precision="month", month=month, year=_full(match[2]))
    if match := _MONTH_NUMBER.fullmatch(text):
        return Spoken(precision="month", month=int(match[1] or match[4]), year=int(match[2] or match[3]))
    if month := MONTHS.get(text.casefold().strip(". "), 0):  # alone it may be another word elsewhere
        return Spoken(precision="month", month=month, year=year)
    match = _MONTHS_SPAN.fullmatch(text)
    if match and month_named(match[1]) and month_named(match[3]):
        return Spoken(precision="vague")
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return Spoken(precision="vague", year=int(text))
    return Spoken(precision="vague") if SEASONS.search(text) and len(text) <= 40 else None


_NO_YEAR = regex(rf"\d{{1,2}}\.\s?\d{{1,2}}\.?|\d{{1,2}}/\d{{1,2}}|{_DAY}\s*{_MONTH}|{_MONTH}\s+{_DAY}", re.I)


def is_without_year(text: str) -> bool:
    """Whether a text is a day and a month: `5.10.`, `12 March`."""
    match = _NO_YEAR.fullmatch(_MARKED.sub("", text.strip()))
    named = (match[2] or match[3]) if match else None
    return bool(match) and (named is None or bool(month_named(named.strip("."))))


_MONTH_OF = regex(r"([^\W\d_]{3,12})\.?(?:\s+de)?\s+(20\d\d)")
_YEARS_OF = regex(r"(?:[^\d]*\s)?(20\d\d)(?:\s*[-–/]\s*(?:20)?(\d\d))?")
BEGINS = 8
"""The month in which a school year begins at the earliest; July, between two, is in neither."""


def month_of(heading: str) -> tuple[int, int]:
    """The year and month that a heading such as `September 2026` is; (0, 0) for any other."""
    match = _MONTH_OF.fullmatch(heading.strip(" :"))
    if match and (month := month_named(match[1])):
        return int(match[2]), month
    return 0, 0


def dated_by(text: str, heading: str) -> date | None:
    """The day of a text without a year, where the heading above its row has the year: `15 Sep` below `September 2026`
    or `2026-27`. None where they do not agree, or July may be in either year."""
    if not heading or not is_without_year(text):
        return None
    year, month = month_of(heading)
    match = None if year else _YEARS_OF.fullmatch(heading.strip(" :"))
    if not year and match is None:
        return None
    numbers = re.fullmatch(r"(\d{1,2})([./])\s?(\d{1,2})\.?", text.strip())
    if numbers and numbers[2] == "/":
        one, two = int(numbers[1]), int(numbers[3])
        days = {two if one == month else one} if month in (one, two) else set()
        said = _days(year, month, days.pop()) if len(days) == 1 and year else None
        return said.start if said else None
    said = read_spoken(f"{numbers[1]}.{numbers[3]}.2000" if numbers else f"{text.strip()} 2000", {".4": "dmy"})
    day = said.start if said else None
    if day is None or (month and day.month != month):
        return None
    if match:
        year, after = int(match[1]), match[2]
        if after and (int(after) != (year + 1) % 100 or day.month == BEGINS - 1):
            return None
        year += bool(after) and day.month < BEGINS
    found = _days(year, day.month, day.day)
    return found.start if found else None


def month_days(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _days(year: int, month: int, first: int, last: int = 0) -> Spoken | None:
    try:
        start, end = date(year, month, first), date(year, month, last or first)
    except ValueError:
        return None
    return Spoken(start, end) if start <= end and FIRST_YEAR <= year <= LAST_YEAR else None


def _full(year: str) -> int:
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 60 else 1900)

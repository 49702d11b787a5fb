"""Dates as people write them: every day, month or span that a text may mean, in many languages and orders.

    read_days(text)     the days a text may mean: none, one, or two (then a person is asked, nothing is guessed)
    read_periods(text)  the same for spans, months and years: `12-14 March 2024`, `Oct 2023`, `2021`

Loaded only where a date is written as text. Years of two digits are read as Excel reads them (30 to 99 are 19..),
and asked about where both centuries are near enough to be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from addin.core.records import frozen
from addin.core.regex import regex

FIRST_YEAR, LAST_YEAR = 1900, 2199
_SHORT_LAST, _SHORT_UNSURE = 30, 45
"""Two digits below the first are 20.., from the second on 19..; between the two, a person is asked."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_BUDDHIST = 543
_THAI_ERAS = ("พ.ศ", "ค.ศ")
_FILLERS = (
    "de del d di do of the den der le la el em il am on du kl г г. года год р року рік m gada ngày năm ng th st nd rd"
    " er re e o º ª va en a y"
)
"""Small words and endings that are between the parts of a date and mean nothing."""
_ZONE = r"(?:z|utc|(?:utc|gmt)?[+\-−]\d{1,2}(?::?\d{2})?|gmt|[a-z]{3,4})"
_CLOCK = regex(
    r"(?:(?<=\d)t|[\s,]+(?:at|um|à|a las|kl\.?|klo)?\s*)(?:上午|下午|午前|午後|오전|오후)?\s*"
    r"\d{1,2}(?:[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(?:[ap]\.?\s?m\.?)?\s*" + _ZONE + r"?$"
)
_EAST = regex(
    r"(令和|平成|昭和|民國|民国)?\s*(\d{1,4}|元)\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日号號일])?\s*"
    r"(?:[(（]?(?:星期|周|週)?[一二三四五六日天月火水木金土월화수목금토일](?:曜日|요일)?[)）]?)?"
)
_NUMERIC = regex(r"'?(\d{1,4})\s*([./\-])\s*(\d{1,2})\s*\2\s*'?(\d{1,4})\.?")
_BLANKS = regex(r"(\d{4}) (\d{1,2}) (\d{1,2})|(\d{1,2}) (\d{1,2}) (\d{4})")
_SOLID = regex(r"(\d{4})(\d{2})(\d{2})")
_SOLID_BACK = regex(r"(\d{2})(\d{2})(\d{4})")
_VIETNAMESE = regex(r"(?:ngày\s+)?(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})(?:\s*,)?\s+(?:năm\s+)?(\d{4})")
_JOINT = regex(r"\s*(?:-|–|/|~|〜|\bto\b|\bau\b|\bbis\b|\bal\b|\ba\b|\btill\b|\buntil\b|&|\band\b)\s*")
_PARTS = regex(r"\d+|[^\W\d_]+(?:[.׳॰][^\W\d_]+)*", re.UNICODE)


@frozen
class Period:
    """A span that a text may mean: first and last day, and how exactly it was said (day, range, month, year)."""

    start: date
    end: date
    precision: str


def read_days(text: str, order: str = "") -> tuple[date, ...]:
    """The days that a text may mean, earliest reading first; `order` ("dmy" or "mdy") settles 3/4/2027."""
    plain = _plain(text)
    if not plain or not any(map(str.isdigit, plain)):
        return ()
    bare = _without_clock(plain)
    return tuple(sorted(set(_days(bare, order))))


def read_periods(text: str, order: str = "") -> tuple[Period, ...]:
    """The spans that a text may mean: a single day, a range, a month or a year."""
    days = read_days(text, order)
    if days:
        return tuple(Period(day, day, "day") for day in days)
    plain = _plain(text)
    found = [Period(*pair, "range") for pair in _ranges(plain, order)] or list(_months(plain))
    if not found and (match := re.fullmatch(r"(19|20)\d{2}", plain)):
        year = int(match[0])
        found = [Period(date(year, 1, 1), date(year, 12, 31), "year")]
    return tuple(sorted(set(found), key=lambda period: (period.start, period.end)))


def _plain(text: str) -> str:
    """The text in lower case, without invisible signs, every digit as 0 to 9, blanks single."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    signs = (str(unicodedata.digit(s)) if s.isdigit() else s for s in folded if unicodedata.category(s) != "Cf")
    return re.sub(r"[‐‑‒–—−]", "-", " ".join("".join(signs).split())).strip(" ,;")


def _without_clock(text: str) -> str:
    """The text without a time of day and zone at its end, and without the day of the week at either end."""
    bare = _CLOCK.sub("", text) if ":" in text or "h" in text else text
    if not any(map(str.isalpha, bare)):
        return bare.strip(" ,")
    words = _weekdays()
    first, _, rest = bare.partition(" ")
    if first.strip(",.()") in words:
        bare = rest
    bare = re.sub(r"[\s,]*\(?([^\W\d]+)\.?\)?$", lambda m: "" if m[1] in words else m[0], bare)
    return bare.strip(" ,")


def _days(text: str, order: str) -> Iterator[date]:
    if ("年" in text or "년" in text) and (match := _EAST.fullmatch(text)):
        year = 1 if match[2] == "元" else int(match[2])
        if match[4] and (match[1] or len(match[2]) in (2, 4)):
            full = [year + _ERAS[match[1]]] if match[1] else _years(match[2])
            yield from _valid((year, int(match[3]), int(match[4])) for year in full)
    elif match := _NUMERIC.fullmatch(text):
        yield from _numeric(match[1], match[3], match[4], order)
    elif match := _BLANKS.fullmatch(text):
        one, two, three = (part for part in match.groups() if part)
        yield from _numeric(one, two, three, order)
    elif match := _SOLID.fullmatch(text):
        yield from _valid([(int(match[1]), int(match[2]), int(match[3]))])
        back = _SOLID_BACK.fullmatch(text)
        if back:
            yield from _numeric(back[1], back[2], back[3], order)
    elif "th" in text and (match := _VIETNAMESE.fullmatch(text)):
        yield from _valid([(int(match[3]), int(match[2]), int(match[1]))])
    else:
        yield from _named(text)


def _numeric(one: str, two: str, three: str, order: str) -> Iterator[date]:
    """`2009-1-15` by its length; else day and month in both orders, the impossible ones left out."""
    if len(one) >= 3:
        if len(one) == 4 and len(three) <= 2:
            yield from _valid([(int(one), int(two), int(three))])
        return
    if len(three) not in (2, 4):
        return
    days = [(int(one), int(two))] if order != "mdy" else []
    days += [(int(two), int(one))] if order != "dmy" else []
    found = list(_valid((year, month, day) for year in _years(three) for day, month in days))
    if not found and len(one) == len(three) == 2:
        found = list(_valid((year, int(two), int(three)) for year in _years(one)))
    yield from found


def _named(text: str) -> Iterator[date]:
    """`15 January 2009`, `Jan 15, 2009`, `2009. gada 15. janvāris`: a month in words, a day and a year."""
    parts = [part for part in _PARTS.findall(text) if part not in _fillers()]
    words = [part for part in parts if not part.isdigit() and part not in _THAI_ERAS]
    numbers = [part for part in parts if part.isdigit()]
    if len(words) != 1 or len(numbers) != 2:
        return
    months = month_numbers(words[0])
    first, second = numbers
    if len(first) == 4:
        year, day = first, second
    elif len(second) in (2, 4):
        day, year = first, second
    else:
        return
    if len(day) > 2:
        return
    shift = _BUDDHIST if len(year) == 4 and int(year) > LAST_YEAR and "\u0e00" <= words[0][0] <= "\u0e7f" else 0
    yield from _valid((full - shift, month, int(day)) for month in months for full in _years(year))


def month_numbers(word: str) -> tuple[int, ...]:
    """The months that a whole word or real abbreviation names: none, one, or two (`listopad`)."""
    word = word.casefold().strip(" .")
    known = _month_words()
    if word in known:
        return known[word]
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    if bare in known and word.isalpha() and unicodedata.name(bare[:1] or " ").startswith("LATIN"):
        return known[bare]
    return known.get(word[1:], ()) if word[:1] == "ב" else ()  # Hebrew: in January


def _ranges(text: str, order: str) -> Iterator[tuple[date, date]]:
    """Two days joined by a dash, slash or word; what the first leaves out (month, year) is that of the second."""
    text = re.sub(r"^(?:du|del|vom|from|from the|dal|de)\s+", "", text)
    for joint in _JOINT.finditer(text):
        first, second = text[: joint.start()].strip(" ."), text[joint.end() :].strip()
        if not first or not second:
            continue
        dotted = text[: joint.start()].rstrip().endswith(".")  # `3.-5.11.`: only a day is written with a dot
        for end in set(_days(second, "dmy" if dotted and first.isdigit() else order)):
            yield from ((start, end) for start in _starts(first, end, order))
        yield from _month_first(first, second)


def _starts(first: str, end: date, order: str) -> Iterator[date]:
    """The first day of a range whose last day is known."""
    if whole := set(_days(first, order)):
        yield from (start for start in whole if start <= end)
    elif match := re.fullmatch(r"(\d{1,2})\.?", first):
        yield from (day for day in _valid([(end.year, end.month, int(match[1]))]) if day < end)
    elif match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})\.?", first):
        yield from (day for day in _valid([(end.year, int(match[2]), int(match[1]))]) if day < end)
    else:
        yield from (start for start in _named(f"{first} {end.year}") if start < end)


def _month_first(first: str, second: str) -> Iterator[tuple[date, date]]:
    """`March 12-14, 2024`: the month is before the first day only."""
    match = re.fullmatch(r"([^\W\d_]+)\.?\s+(\d{1,2})", first)
    rest = re.fullmatch(r"(\d{1,2}),?\s+(\d{4})", second)
    if match and rest:
        for month in month_numbers(match[1]):
            both = [*_valid((int(rest[2]), month, int(day)) for day in (match[2], rest[1]))]
            if len(both) == 2 and both[0] < both[1]:
                yield both[0], both[1]


def _months(text: str) -> Iterator[Period]:
    """`Oct 2023`, `2023-10`, `10/2023`, `2023年10月`: a month as a span."""
    pairs: list[tuple[int, int]] = []
    parts = [part for part in _PARTS.findall(text) if part not in _fillers()]
    if match := re.fullmatch(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[月월]?", text):
        pairs = [(int(match[1]), int(match[2]))]
    elif match := re.fullmatch(r"(\d{1,2})\s*[-/.]\s*(\d{4})", text):
        pairs = [(int(match[2]), int(match[1]))]
    elif len(parts) == 2 and (years := [part for part in parts if re.fullmatch(r"\d{4}", part)]):
        (word,) = [part for part in parts if part != years[0]] or [""]
        pairs = [(int(years[0]), month) for month in month_numbers(word)]
    for year, month in pairs:
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
            after = date(year + month // 12, month % 12 + 1, 1)
            yield Period(date(year, month, 1), after - timedelta(days=1), "month")


def _years(text: str) -> list[int]:
    if len(text) == 4:
        return [int(text)]
    year = int(text)
    if _SHORT_LAST <= year < _SHORT_UNSURE:
        return [1900 + year, 2000 + year]
    return [(2000 if year < _SHORT_LAST else 1900) + year]


def _valid(triples: Iterable[tuple[int, int, int]]) -> Iterator[date]:
    """The days that exist, in years that a school may write."""
    for year, month, day in triples:
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
            try:
                yield date(year, month, day)
            except ValueError:
                continue


@cache
def _month_words() -> dict[str, tuple[int, ...]]:
    from addin.core.tables.month_names import MONTHS  # a thousand words, only for dates in words

    words: dict[str, tuple[int, ...]] = {}
    for number, names in enumerate(MONTHS, 1):
        for word in names.split():
            words[word] = (*words.get(word, ()), number)
    return words


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_FILLERS.split())


@cache
def _weekdays() -> frozenset[str]:
    from addin.core.tables.month_names import WEEKDAYS

    return frozenset(" ".join(WEEKDAYS).split())

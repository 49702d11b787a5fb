"""Which years of school the students are in: the oldest sit their exams first, the others a year later each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from addin.core.book import Value
from addin.core.ib import session as sessions
from addin.core.recognition.people import bare
from addin.core.regex import regex
from addin.core.tables.values import show

_NUMBERED = regex(
    r"(?:(?:grade|year|yr|gr|class|form|klasse|kl|jahrgang|g|y)\.? ?)?(1[0-3])(?:\.0)?(?: ?[-./]? ?[a-z]\d?|[-./]\d)?"
)
"""`12`, `Grade 12`, `Y13`, `12A`, `12.1`: the years as a school counts them."""
_OF_TWO = regex(
    r"(?:(?:ibdp|ibcp|ib|dp|cp|bi|d|q)[ -]?(?:year |yr |y)?([12])|(?:year |yr |y)([12]) ?(?:ibdp|ibcp|ib|dp|cp)|"
    r"([12])\.?(?:o|º|ro|do)? ?(?:de )?(?:ib|dp|bi|bach(?:illerato)?\.?))(?: ?[-./]? ?[a-z])?"
)
"""`IB1`, `DP Year 2`, `1º de Bachillerato`: the first or second year of the programme."""
_NAMED = {
    "premiere": 1, "1ere": 1, "1re": 1, "lower sixth": 1, "l6": 1, "terminale": 2, "terminales": 2, "tle": 2,
    "upper sixth": 2, "u6": 2,
}  # fmt: skip
LAST = 11
"""From this grade on students are in the last years of school, those of the Diploma Programme."""
MOST_BEHIND = 2
"""Lists of more than three years are of a whole school."""


def year_of(group: Value) -> tuple[str, int] | None:
    """How the years are counted in a class's name, and which it is; None where it names none of the last years.

    >>> year_of("12A"), year_of("IB1"), year_of("Blue")
    (('grade', 12), ('programme', 1), None)
    """
    text = " ".join(bare(show(group)).split())
    if match := _NUMBERED.fullmatch(text):
        return "grade", int(match[1])
    if match := _OF_TWO.fullmatch(text):
        return "programme", int(match[1] or match[2] or match[3])
    return ("programme", _NAMED[text]) if text in _NAMED else None


def years_behind(groups: Iterable[Value]) -> dict[str, int]:
    """class -> how many years it is behind the oldest; {} where all are in one year, or it cannot be told."""
    told = {show(group): year for group in groups if (year := year_of(group))}
    numbers = {number for _, number in told.values()}
    if len({way for way, _ in told.values()}) != 1 or not 0 < max(numbers) - min(numbers) <= MOST_BEHIND:
        return {}
    return {group: max(numbers) - number for group, (_, number) in told.items()}


def session_for(group: Value, oldest: str, behind: Mapping[str, int]) -> str:
    """The exam session of a class, where the oldest are in the session `oldest`; "" where its name tells no year."""
    if not oldest or not behind:
        return oldest
    years, found = behind.get(show(group)), sessions.parse(oldest)
    return str(sessions.Session(found.year + years, found.month)) if found and years is not None else ""


def in_words(oldest: str, behind: Mapping[str, int]) -> str:
    """`M27 (IB2), M28 (IB1)`."""
    if not behind:
        return oldest
    classes: dict[int, list[str]] = {}
    for group, years in sorted(behind.items()):
        classes.setdefault(years, []).append(group)
    return ", ".join(
        f"{session_for(those[0], oldest, behind)} ({', '.join(those)})" for _, those in sorted(classes.items())
    )

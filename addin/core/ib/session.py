"""Exam sessions: `M27` is May 2027, `N26` is November 2026.

Source of the pattern: the school's own lists and IBIS file names (FACTS section 1, secondary). Years are 2000-2099.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from addin.core.language import MONTHS as NAMES
from addin.core.language import phrase
from addin.core.records import frozen
from addin.core.regex import regex

MONTHS = {"M": 5, "N": 11}
_SHORT = regex(r"([MN])\s*(?:20)?(\d{2})", re.IGNORECASE)
_LONG = regex(r"(may|nov(?:ember)?)[\s/-]*(20\d{2}|\d{2})", re.IGNORECASE)
_LONG_BACK = regex(r"(20\d{2})[\s/-]*(may|nov(?:ember)?)", re.IGNORECASE)


@frozen
class Session:
    """One exam session; sessions sort by time."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{'M' if self.month == 5 else 'N'}{self.year % 100:02}"

    def __lt__(self, other: Session) -> bool:
        return (self.year, self.month) < (other.year, other.month)

    @property
    def name(self) -> str:
        """The long form: `May 2027`, in other languages when it is said."""
        return phrase("{month} {year}", month=phrase(NAMES[self.month - 1]), year=str(self.year))

    @property
    def starts(self) -> date:
        """The first day of the session's month: the exams' own dates differ by year and are in the deadlines list."""
        return date(self.year, self.month, 1)


@lru_cache(maxsize=4096)  # thousands of rows name the same few sessions
def parse(text: str) -> Session | None:
    """The session that a text names (`M27`, `m2027`, `May 2027`, `Nov 26`, `2026 November`), None for anything else.

    >>> str(parse("November 2026")), parse("M27").name, parse("May")
    ('N26', 'May 2027', None)
    """
    text = text.strip()
    if match := _SHORT.fullmatch(text) or _LONG.fullmatch(text):
        letter, year = match[1], match[2]
    elif match := _LONG_BACK.fullmatch(text):
        letter, year = match[2], match[1]
    else:
        return None
    return Session(2000 + int(year[-2:]), MONTHS[letter[0].upper()])


def is_up_to(session: Session, limit: str) -> bool:
    """Whether a session is not later than a limit written as `M26` or as a year, `2028`; True for any other limit."""
    end = parse(limit)
    return not end < session if end else not limit.isdigit() or session.year <= int(limit)


def is_from(session: Session, limit: str) -> bool:
    """Whether a session is not earlier than a limit written as `M26` or as a year, `2028`; True for any other limit."""
    start = parse(limit)
    return not session < start if start else not limit.isdigit() or session.year >= int(limit)

"""The dates of a session, from lists/deadlines.csv: each with its source, and never chosen where sources disagree.

A row's date is written as year before or after the exam year (-1, 0, 1), month and day; or as days from the first
exam; or only in words, where no more is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from addin.core.ib.session import Session
from addin.core.language import MONTHS, phrase
from addin.core.records import frozen
from addin.errors import TrackerProblem

_COLUMNS = (
    "id", "programme", "session", "event", "year", "month", "day", "to_month", "to_day", "anchor", "days", "text",
    "choose", "mark", "source", "checked", "not_for",
)  # fmt: skip


WORDED = ("event", "text", "source")
"""The columns that a person reads: in another language than English each has one in its words beside it."""
PROGRAMMES = {"dp": ("DP",), "cp": ("CP", "DP"), "myp": ("MYP",), "pyp": ("PYP",)}
"""Whose dates a programme looks at; CP candidates sit DP courses."""


@frozen
class Deadline:
    """One date of one session."""

    id: str
    programme: str
    event: str
    starts: date | None
    """None where only words are known, or the first exam's date is not."""
    ends: date | None
    words: str
    """What the source says beyond a date: `mid July`, `midnight GMT`."""
    choose: str
    """Rows with the same mark here contradict each other: the coordinator keeps one."""
    verified: str
    """V read on an IB page, Vc quoted from one, S secondary, NV not verified."""
    source: str
    checked: str
    not_for: str = ""
    """A programme that looks at these dates, yet does not have this one: no CAS in the Career-related Programme."""

    def is_for(self, programme: str) -> bool:
        """Whether a programme (`dp`, `cp`) has this date."""
        return self.programme in PROGRAMMES.get(programme, (programme.upper(),)) and self.not_for != programme.upper()


def in_words(columns: Mapping[str, Sequence[str]], say: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
    """The list with what a person reads in another language, too: `event shown` beside `event`."""
    shown = {
        f"{name} shown": [say(text) if text else "" for text in columns[name]] for name in WORDED if name in columns
    }
    return {**columns, **shown}


def deadlines(columns: Mapping[str, Sequence[str]], session: Session, first_exam: date | None = None) -> list[Deadline]:
    """The deadlines of a session, in order of date; those without one at the end.

    `columns` is the list `deadlines`; `first_exam` is the school's first day of exams, where it knows it. Raises
    TrackerProblem for a row whose date is none.
    """
    found = list(_deadlines(columns, session, first_exam))
    return sorted(found, key=lambda d: (d.starts is None, d.starts or date.min, d.programme, d.id))


def _deadlines(columns: Mapping[str, Sequence[str]], session: Session, first_exam: date | None) -> Iterator[Deadline]:
    for values in zip(*columns.values(), strict=True):
        row = dict.fromkeys(_COLUMNS, "") | dict(zip(columns, values, strict=True))
        if row["session"] not in (str(session), str(session)[0]):
            continue
        starts = _date(session.year, row, "month", "day")
        if row["anchor"] == "first exam" and first_exam:
            starts = first_exam + timedelta(days=_number(row, "days"))
        yield Deadline(
            id=row["id"],
            programme=row["programme"],
            event=phrase(row["event"]),
            starts=starts,
            ends=_date(session.year, row, "to_month", "to_day"),
            words=phrase(row["text"]) if row["text"] else _words(row) if starts is None else "",
            choose=row["choose"],
            verified=row["mark"],
            source=phrase(row["source"]),
            checked=row["checked"],
            not_for=row["not_for"],
        )


def _date(year: int, row: Mapping[str, str], month: str, day: str) -> date | None:
    if not (row[month] and row[day]):
        return None
    try:
        return date(year + _number(row, "year"), _number(row, month), _number(row, day))
    except ValueError:
        raise _wrong(row, f"there is no day {row[day]} in month {row[month]}") from None


def _number(row: Mapping[str, str], column: str) -> int:
    try:
        return int(row[column] or 0)
    except ValueError:
        raise _wrong(row, f"{column} is {row[column]!r}, not a whole number") from None


def _wrong(row: Mapping[str, str], what: str) -> TrackerProblem:
    return TrackerProblem(f"{what}.", where=f"lists/deadlines.csv, {row['id']}", next=phrase("Correct that row."))


def _words(row: Mapping[str, str]) -> str:
    if row["anchor"]:
        days = _number(row, "days")
        if row["anchor"] == "each exam" and days > 0:
            one = days == 1
            return phrase("1 day after each exam") if one else phrase("{days} days after each exam", days=days)
        if row["anchor"] == "first exam":
            if days == 1:
                return phrase("1 day after the first exam")
            before = phrase("{days} days before the first exam", days=-days)
            return before if days < 0 else phrase("{days} days after the first exam", days=days)
        return f"{abs(days)} days {'before' if days < 0 else 'after'} {row['anchor']}"
    month = _number(row, "month")
    return phrase(MONTHS[month - 1]) if 1 <= month <= 12 else ""

"""The day of one deadline for one session: from the school's calendar where it has a row, else from the list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from addin.core.ib import Row, RuleContext, once
from addin.core.ib.days import day
from addin.core.ib.deadlines import Deadline, deadlines
from addin.core.ib.session import Session, parse
from addin.core.language import long_date, phrase
from addin.core.regex import regex
from addin.core.tables.equality import fold

_WORDS: Mapping[str, re.Pattern[str]] = {
    "reg2": regex(r"^(?!.*\bfirst\b).*registration"),
    "uploads": regex(r"\bupload|external (assessment|coursework)|ecoursework"),
    "ia": regex(r"predicted|\bia\b|internal assessment"),
    "cas": regex(r"\bcas\b"),
    "eur": regex(r"enquir"),
    "cp-rp": regex(r"reflective project"),
}
"""How a calendar row names a deadline, by the end of its id in lists/deadlines.csv."""


class KeyDate(NamedTuple):
    """A day, and whether the school or an IB page says so; what is not sure is told as to be confirmed."""

    day: date
    sure: bool

    @property
    def words(self) -> str:
        on = long_date(self.day)
        return on if self.sure else phrase("{day} (to be confirmed)", day=on)


def last_day(context: RuleContext, session: str | None, *ids: str) -> date | None:
    """The day on which the first known of these deadlines ends; None where session, row or day is missing."""
    found = key_date(context, session, *ids)
    return found.day if found else None


def key_date(context: RuleContext, session: str | None, *ids: str) -> KeyDate | None:
    """As `last_day`, with what it rests on. `ids` are those of lists/deadlines.csv: `m-eur`, `n-eur`."""
    return once(context, f"date {session} {' '.join(ids)}", lambda: _key_date(context, session, *ids))


def _key_date(context: RuleContext, session: str | None, *ids: str) -> KeyDate | None:
    exams = parse(session or "")
    if exams is None:
        return None
    known = {one.id: one for one in listed(context, exams)}
    mine = [name for name in ids if name.startswith(str(exams)[0].lower())]
    for name in mine:
        event = known[name].event if name in known else ""
        if written := _of_the_school(context, str(exams), event, name.partition("-")[2]):
            return KeyDate(written, True)
    for name in mine:
        if name in known and (ends := known[name].ends or known[name].starts):
            return KeyDate(ends, known[name].verified == "V")
    return None


def listed(context: RuleContext, session: Session) -> list[Deadline]:
    """The dates of a session from the list of deadlines; none where the school has no list."""
    columns = context.list("deadlines")
    return once(context, f"deadlines {session}", lambda: deadlines(columns, session) if "id" in columns else [])


def unknown(context: RuleContext, session: str, programme: str) -> list[Deadline]:
    """The deadlines of a session without a day, in the list as in the school's calendar."""
    exams = parse(session)
    if exams is None:
        return []
    events = {fold(row["event"]) for row in _rows(context, str(exams)) if row.get("event")}
    return [
        one
        for one in listed(context, exams)
        if one.starts is None
        and one.is_for(programme)
        and events.isdisjoint(names_of(context, one.event))
        and not _of_the_school(context, str(exams), one.event, one.id.partition("-")[2])
    ]


def names_of(context: RuleContext, event: str) -> set[str]:
    """How the calendar may name an event of the list: in English, and in the workbook's own words."""
    return {fold(event), fold(context.in_own_words(str(event)))}


def _of_the_school(context: RuleContext, session: str, event: str, kind: str) -> date | None:
    """The last day that the school's calendar names for it: the same event, else an IB deadline about the same."""
    rows = [row for row in _rows(context, session) if day(row.get("due"))]
    same = [row for row in rows if event and fold(row.get("event") or "") in names_of(context, event)]
    words = _WORDS.get(kind)
    for kinds in ("IB deadline", "School deadline") if not same and words else ():
        same = [r for r in rows if r.get("kind") == kinds and words and words.search(fold(r.get("event") or ""))]
        if same:
            break
    return max((found for row in same if (found := day(row["due"]))), default=None)


def _rows(context: RuleContext, session: str) -> list[Row]:
    return [row for row in context.rows("calendar") if str(parse(row.get("session") or "")) == session]

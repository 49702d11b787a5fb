"""Surveys, inductions and the agenda of a visit: own rules over the rows of these trackers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import combinations

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.people import people
from addin.core.language import long_date, phrase
from addin.core.tables.equality import fold


def low_rate(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Surveys with fewer replies in percent than the setting `survey_rate_least`."""
    least = context.setting("survey_rate_least")
    for index, row in enumerate(rows):
        asked, answered = row.get("asked"), row.get("answered")
        if least and asked and asked > 0 and answered is not None and 0 <= 100 * answered < least * asked:
            rate = round(100 * answered / asked)
            text = phrase(
                "{survey}: {answered} of {asked} replied ({rate} %).",
                survey=row.get("survey"),
                answered=answered,
                asked=asked,
                rate=rate,
            )
            yield Violation(index, "answered", text, "Ask again, or say with the result how few replied.")


def induction_overdue(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Inductions that are not complete so many weeks (setting `induction_weeks`) after the first day."""
    weeks, today = context.setting("induction_weeks"), context.setting("today")
    for index, row in enumerate(rows):
        started = day(row.get("started"))
        if weeks and today and started and not row.get("completed") and today > started + timedelta(weeks=weeks):
            text = phrase(
                "{person} began on {started}; the induction is not complete after {weeks} weeks.",
                person=row.get("person"),
                started=long_date(started),
                weeks=weeks,
            )
            yield Violation(index, "completed", text, "Do what is missing, then enter Completed.")


def visit_clashes(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Meetings of a visit that need one person or one room at the same time."""
    sittings = [(index, row) for index, row in enumerate(rows) if _span(row)]
    for (_, one), (index, other) in combinations(sittings, 2):
        if not _meet(one, other):
            continue
        busy = {fold(name): name for name in (*people(one.get("people")), *people(one.get("leader")))}
        both = [name for name in (*people(other.get("people")), *people(other.get("leader"))) if fold(name) in busy]
        if both:
            text = phrase(
                "{names} would be in {meeting} at the same time.",
                names=sorted(set(both)),
                meeting=one.get("meeting"),
            )
            yield Violation(index, "people", text, "Move one of the two meetings.")
        elif one.get("room") and one.get("room") == other.get("room"):
            text = phrase("{room} is taken by {meeting} then.", room=one["room"], meeting=one.get("meeting"))
            yield Violation(index, "room", text, "Choose another room or time.")


def _span(row: Row) -> tuple[date, time, time] | None:
    on, start, end = day(row.get("date")), row.get("start"), row.get("end")
    return (on, start, end) if on and isinstance(start, time) and isinstance(end, time) else None


def _meet(one: Row, other: Row) -> bool:
    a, b = _span(one), _span(other)
    return bool(a and b and a[0] == b[0] and a[1] < b[2] and b[1] < a[2])

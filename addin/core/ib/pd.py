"""Professional development: who still needs a workshop, what counts, whose knowledge rests on an older guide.

Source: ibo.org "Meeting PD requirements" (a copy of 2017), "Professional development requirements" and "Professional
development" (DP), checked 2026-11-21. Each function is a rule over the rows of the pd tracker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.session import Session, is_from, parse
from addin.core.ib.subjects import catalogue
from addin.core.language import phrase

ATTENDED = "Attended"
_PLACE = tuple[str, str, str, str]


def needs(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """People whose role began after the last workshop that they attended for it, with none planned."""
    for indexes in _by_place(rows).values():
        since = [_day(rows[i]["in_role_since"]) for i in indexes if isinstance(rows[i].get("in_role_since"), date)]
        done = [d for i in indexes if rows[i].get("status") == ATTENDED and (d := _ended(rows[i]))]
        planned = any(rows[i].get("status") in ("Planned", "Booked") for i in indexes)
        if since and done and max(done) < max(since) and not planned:
            text = phrase(
                "In this role since {since}; the last workshop for it ended on {done}.",
                since=max(since),
                done=max(done),
            )
            yield Violation(indexes[-1], "in_role_since", text, "Plan a workshop: one for another role does not count.")


def counts(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows that claim to count for an evaluation or authorization and cannot: another programme, not recognised."""
    for index, row in enumerate(rows):
        claim, programme, held = row.get("counts_for"), row.get("programme"), row.get("workshop_programme")
        if claim and held and programme and held != programme:
            text = phrase(
                "A {held} workshop does not count for a role in the {programme}.", held=held, programme=programme
            )
            yield Violation(index, "counts_for", text, "Clear Counts for, or correct the programme of the workshop.")
        if claim and row.get("ib_recognised") is False:
            text = "A workshop that the IB does not recognise counts neither for authorization nor for evaluation."
            yield Violation(index, "counts_for", text, "Clear Counts for, or correct IB recognised.")


def category_one(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """For authorization (setting `pd_for`): people without a category 1 workshop, held or planned, for their role."""
    if context.setting("pd_for") != "authorization":
        return
    for indexes in _by_place(rows).values():
        first = [i for i in indexes if rows[i].get("category") == 1 and rows[i].get("status") != "Cancelled"]
        if not first:
            text = "There is no category 1 workshop for this role, attended or planned; authorization asks for one."
            yield Violation(indexes[-1], "category", text, "Plan one, or set pd_for to evaluation.")


def guides(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Teachers whose newest workshop in a subject was about an older guide than the one now examined."""
    known = catalogue(context)
    for indexes in _by_place(rows).values():
        subject = known.find(rows[indexes[0]].get("subject") or "")
        about = [(rows[i]["guide_first_exams"], i) for i in indexes if rows[i].get("guide_first_exams")]
        if subject and subject.guide_from and about and not any(_is_new(year, subject.guide_from) for year, _ in about):
            year, index = max(about)
            now = parse(subject.guide_from)
            since = now.name if now else subject.guide_from
            text = phrase(
                "The workshop was about the guide first examined in {year}; now it is that of {since}.",
                year=year,
                since=since,
            )
            yield Violation(
                index, "guide_first_exams", text, "Plan a workshop on the present guide, or share its material."
            )


def due(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """People whose next workshop is overdue: the latest Next due of a role has passed, with none planned."""
    today = context.setting("today")
    for indexes in _by_place(rows).values():
        days = [(_day(rows[i]["next_due"]), i) for i in indexes if isinstance(rows[i].get("next_due"), date)]
        planned = any(rows[i].get("status") in ("Planned", "Booked") for i in indexes)
        if days and today and max(days)[0] < today and not planned:
            last, index = max(days)
            yield Violation(
                index,
                "next_due",
                phrase("The next workshop was due on {last}.", last=last),
                "Plan one, or move the date.",
            )


def _by_place(rows: Sequence[Row]) -> dict[_PLACE, list[int]]:
    """The rows of each person in each role: a workshop for another role or subject does not count for this one."""
    found: dict[_PLACE, list[int]] = {}
    for index, row in enumerate(rows):
        staff, role, programme, subject = (row.get(c) or "" for c in ("staff", "role", "programme", "subject"))
        if staff and row.get("status") != "Cancelled":
            found.setdefault((staff, role, programme, subject), []).append(index)
    return found


def _ended(row: Row) -> date | None:
    end = row.get("end") or row.get("start")
    return _day(end) if isinstance(end, date) else None


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _is_new(year: int, guide_from: str) -> bool:
    """Whether a guide first examined in `year` is the one of `M26` (or `2026`), or newer."""
    return is_from(Session(year, 11), guide_from)

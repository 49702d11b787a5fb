"""Examination days: rooms, candidates and invigilators that cannot be where the plan puts them.

No rule of the IB on the number of invigilators could be verified (2026-11-21): the numbers are settings. Rules over
rows of the trackers exams, materials and keylog.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import combinations

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.people import Candidates, session_of, some
from addin.core.language import phrase
from addin.core.records import frozen

BOTH = "SL and HL"
Paper = tuple[str, str, str, str]


@frozen
class Sitting:
    """One line of the plan with a day, a start and a length: minutes of that day from `start` to before `end`."""

    index: int
    date: date
    start: int
    end: int

    def meets(self, other: Sitting) -> bool:
        return self.date == other.date and self.start < other.end and other.start < self.end


def rooms(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rooms with more candidates at one time than seats."""
    sittings = _sittings(rows)
    for one in sittings:
        row = rows[one.index]
        if not row.get("room") or row.get("seats") is None:
            continue
        same = [o for o in sittings if rows[o.index].get("room") == row["room"] and o.meets(one)]
        total = sum(rows[o.index].get("candidates") or 0 for o in same)
        if total > row["seats"]:
            text = phrase(
                "{total} candidates at one time in {room}, which has {seats} seats.",
                total=total,
                room=row["room"],
                seats=row["seats"],
            )
            yield Violation(one.index, "seats", text, "Move some to another room.")


def enough_invigilators(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Sittings with fewer invigilators than the school's settings ask for."""
    least, each = context.setting("exam_invigilators_least") or 0, context.setting("exam_candidates_per_invigilator")
    for index, row in enumerate(rows):
        if (row.get("candidates") or 0) <= 0:
            continue
        needed = max(least, -(-row["candidates"] // each) if each else 0)
        here = len(_names(row))
        if here < needed:
            text = phrase(
                "{here} of {needed} invigilators for {candidates} candidates in {room}.",
                here=here,
                needed=needed,
                candidates=row["candidates"],
                room=row.get("room") or phrase("a room"),
            )
            yield Violation(index, "invigilators", text, "Add names, separated by semicolons.")


def one_place_at_a_time(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Invigilators who would be in two rooms at one time."""
    for one, other in combinations(_sittings(rows), 2):
        here, there = rows[one.index], rows[other.index]
        both = sorted(set(_names(here)) & set(_names(there)))
        if both and here.get("room") != there.get("room") and one.meets(other):
            text = phrase("{both} would be in {room} at the same time.", both=both, room=here.get("room"))
            yield Violation(other.index, "invigilators", text, "Put another person in one of the rooms.")


def clashes(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates with two papers at one time, by their registrations."""
    taken, name = _registered(context), Candidates(context).who
    first = {_paper(rows[one.index]): one for one in reversed(_sittings(rows))}
    for one, other in combinations(sorted(first.values(), key=lambda s: s.index), 2):
        if one.meets(other):
            both = sorted(_who(rows[one.index], taken) & _who(rows[other.index], taken))
            if both and _paper(rows[one.index])[:3] != _paper(rows[other.index])[:3]:
                text = phrase(
                    "{this} is at the same time as {other} for {who}.",
                    this=_title(rows[other.index]),
                    other=_title(rows[one.index]),
                    who=some(map(name, both)),
                )
                yield Violation(
                    other.index, "start", text, "Arrange one after the other, under supervision in between."
                )


def counts(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Papers whose candidates, all rooms together, are not those who are registered."""
    registered = _registered(context)
    planned: dict[Paper, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("candidates") is not None:
            planned.setdefault(_paper(row), []).append(index)
    for paper, indexes in planned.items():
        total, known = sum(rows[i]["candidates"] for i in indexes), registered.get(paper[:3])
        if known and total != len(known):
            text = phrase(
                "{paper}: {total} candidates are planned; {count} are registered.",
                paper=_title(rows[indexes[0]]),
                total=total,
                count=len(known),
            )
            yield Violation(
                indexes[0], "candidates", text, "Compare with Registrations, rooms for extra time included."
            )


def two_persons(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines that name one person twice where two must witness."""
    for index, row in enumerate(rows):
        one, other = (" ".join((row.get(c) or "").casefold().split()) for c in ("person", "second_person"))
        if one and one == other:
            yield Violation(
                index,
                "second_person",
                phrase("{person} is named twice; two people are needed.", person=row["person"]),
                "Name the second person.",
            )


def _sittings(rows: Sequence[Row]) -> list[Sitting]:
    found = []
    for index, row in enumerate(rows):
        on, start, minutes = day(row.get("date")), row.get("start"), row.get("minutes")
        if on and isinstance(start, time) and minutes:
            begins = start.hour * 60 + start.minute
            found.append(Sitting(index, on, begins, begins + minutes))
    return found


def _names(row: Row) -> list[str]:
    return [name.strip() for name in (row.get("invigilators") or "").replace(",", ";").split(";") if name.strip()]


def _paper(row: Row) -> Paper:
    return session_of(row), row.get("subject") or "", row.get("level") or "", row.get("paper") or ""


def _title(row: Row) -> str:
    """`Biology HL Paper 1`."""
    return " ".join(filter(None, (row.get("subject"), row.get("level"), row.get("paper"))))


def _registered(context: RuleContext) -> dict[tuple[str, ...], set[str]]:
    """Candidates by session, subject and level; those of both levels together too."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in context.rows("registrations"):
        if row.get("status") != "Withdrawn" and row.get("candidate"):
            for level in (row.get("level") or "", BOTH):
                key = session_of(row), row.get("subject") or "", level
                found.setdefault(key, set()).add(row["candidate"])
    return found


def _who(row: Row, registered: dict[tuple[str, ...], set[str]]) -> set[str]:
    return registered.get(_paper(row)[:3], set())

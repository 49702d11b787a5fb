"""CAS: when entries fall, and what a candidate still lacks when the end comes near.

Seven outcomes, three strands, a project, three interviews and 18 months are what school CAS handbooks say (secondary,
checked 2026-11-21); hours are no IB requirement. The numbers are settings of the trackers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.session import parse
from addin.core.language import phrase
from addin.core.records import frozen

INTERVIEW, PROJECT = "Interview", "Project"
NOT_COUNTED = ("Rejected", "Draft")
LATE = 12
"""Months after the exams in which an open CAS is still reported: one more year is given to finish it."""


@frozen
class Progress:
    """What one candidate's entries amount to; drafts and rejected entries left out."""

    experiences: int
    outcomes: frozenset[str]
    strands: frozenset[str]
    projects: int
    """Those that have ended and ran for at least a month."""
    interviews: int
    months: int
    """Whole months from the first start to the last end."""


def progress(entries: Iterable[Row]) -> Progress:
    """The progress of one candidate, from rows with the columns of sheets_templates/cas.toml."""
    rows = [row for row in entries if row.get("status") not in NOT_COUNTED]
    done = [row for row in rows if row.get("kind") != INTERVIEW]
    starts = [_day(row["start"]) for row in done if isinstance(row.get("start"), date)]
    ends = [_day(row["end"]) for row in done if isinstance(row.get("end"), date)]
    return Progress(
        experiences=len(done),
        outcomes=frozenset(part for row in done for part in _parts(row.get("outcomes"))),
        strands=frozenset(part for row in done for part in _parts(row.get("strand"))),
        projects=sum(row.get("kind") == PROJECT and _lasts_a_month(row) for row in done),
        interviews=len({row["interview"] for row in rows if row.get("kind") == INTERVIEW and row.get("interview")}),
        months=_months(min(starts), max(ends)) if starts and ends else 0,
    )


def missing(done: Progress, context: RuleContext) -> list[str]:
    """What a candidate still lacks, in words: `1 of 3 interviews`."""
    aims = (
        (phrase("learning outcomes"), len(done.outcomes), context.setting("cas_outcomes") or 7),
        (phrase("strands"), len(done.strands), context.setting("cas_strands") or 3),
        (phrase("projects"), done.projects, context.setting("cas_projects") or 1),
        (phrase("interviews"), done.interviews, context.setting("cas_interviews") or 3),
        (phrase("months"), done.months, context.setting("cas_months") or 18),
    )
    return [
        phrase("{have} of {need} {what}", have=have, need=need, what=what) for what, have, need in aims if have < need
    ]


def still_open(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates whose exams are near and whose CAS is not complete; `cas_warn_months` says how near, 0 is never."""
    months, today = context.setting("cas_warn_months"), context.setting("today")
    entries: dict[str, list[Row]] = {}
    for entry in context.rows("cas"):
        entries.setdefault(entry.get("candidate") or "", []).append(entry)
    if not months or not entries:
        return
    for index, row in enumerate(rows):
        session = parse(row.get("session") or "")
        diploma = row.get("category") in ("D", "R") and row.get("cas_complete") is not True and not row.get("left")
        if session and diploma and -LATE <= _months(today, session.starts) <= months:
            lacks = missing(progress(entries.get(row.get("code") or "", ())), context)
            text = phrase(
                "CAS is not complete before {session}: {lacks}.",
                session=session.name,
                lacks=lacks or phrase("only the confirmation lacks"),
            )
            yield Violation(
                index, "cas_complete", text, "Talk to the candidate and the adviser; set Yes when all is there."
            )


def in_programme(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Entries that begin before the candidate joined, or end after they left: a late starter's window is their own."""
    known = {row.get("code"): row for row in context.rows("candidates")}
    for index, row in enumerate(rows):
        person = known.get(row.get("candidate"), {})
        joined, left = person.get("joined"), person.get("left")
        start, end = row.get("start"), row.get("end")
        if isinstance(joined, date) and isinstance(start, date) and _day(start) < _day(joined):
            text = phrase(
                "This begins on {start}, before the candidate joined on {joined}.",
                start=_day(start),
                joined=_day(joined),
            )
            yield Violation(
                index, "start", text, "CAS counts from the start of the programme: correct one of the dates."
            )
        if isinstance(left, date) and isinstance(end, date) and _day(end) > _day(left):
            text = phrase("This ends on {end}, after the candidate left on {left}.", end=_day(end), left=_day(left))
            yield Violation(index, "end", text, "Correct one of the dates.")


def interviews_in_order(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's interviews, where a later one is dated before an earlier one."""
    held: dict[str, tuple[date, int]] = {}
    for index, row in enumerate(rows):
        start = row.get("start")
        if row.get("kind") == INTERVIEW and row.get("interview") and isinstance(start, date):
            held.setdefault(row["interview"], (_day(start), index))
    dated = [(name, *held[name]) for name in ("First", "Second", "Third") if name in held]
    for (name, earlier, _), (other, later, index) in pairwise(dated):
        if later < earlier:
            text = phrase(
                "The {lower} interview is on {later}, before the {lower_2} on {earlier}.",
                lower=other.lower(),
                later=later,
                lower_2=name.lower(),
                earlier=earlier,
            )
            yield Violation(index, "start", text, "Correct one of the dates.")


def _lasts_a_month(project: Row) -> bool:
    """Whether a project has ended and ran for a month or longer; without a start its end is enough."""
    start, end = project.get("start"), project.get("end")
    if not isinstance(end, date):
        return False
    return not isinstance(start, date) or _months(_day(start), _day(end)) >= 1


def _parts(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").replace(",", ";").split(";") if part.strip()]


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _months(first: date, last: date) -> int:
    """Whole months from one day to another; negative when the second is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)

"""Colleagues who have left: what they are still down for, and where they are named after their last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.people import STAFF_COLUMNS, WITHDRAWN, Candidates, has_left, people, some
from addin.core.ib.session import parse
from addin.core.language import long_date, phrase, phrases
from addin.core.tables.equality import fold


def _is_ahead(row: Row, today: date | None) -> bool:
    session = parse(row.get("session") or "")
    return session is None or today is None or (session.year, session.month) >= (today.year, today.month)


def _not_over(column: str) -> Callable[[Row, date | None], bool]:
    """Whether a row's day is today or later."""
    return lambda row, today: bool((on := day(row.get(column))) and (not today or on >= today))


def _is_over(until: object, today: date | None) -> bool:
    end = day(until)
    return bool(end and today and end < today)


_APPLYING = ("Asked", "Applied", "Offered", "Accepted")
_DUTIES: tuple[tuple[str, str, str, Callable[[Row, date | None], bool]], ...] = (
    ("candidates", "adviser", "adviser of {n} candidates", lambda r, day: not has_left(r, day) and _is_ahead(r, day)),
    (
        "registrations",
        "teacher",
        "teacher on {n} registration lines",
        lambda r, day: r.get("status") != WITHDRAWN and _is_ahead(r, day),
    ),
    (
        "core",
        "supervisor",
        "supervisor of {n} essays or TOK lines",
        lambda r, day: not r.get("uploaded") and _is_ahead(r, day),
    ),
    (
        "coursework",
        "teacher",
        "teacher of {n} pieces of coursework",
        lambda r, day: r.get("mark") is None and _is_ahead(r, day),
    ),
    (
        "predicted",
        "teacher",
        "teacher on {n} predicted grades",
        lambda r, day: not r.get("predicted") and _is_ahead(r, day),
    ),
    (
        "cp",
        "supervisor",
        "supervisor of {n} reflective projects",
        lambda r, day: not r.get("uploaded") and _is_ahead(r, day),
    ),
    ("myp", "supervisor", "supervisor of {n} MYP projects", lambda r, day: not r.get("report")),
    ("pyp", "mentor", "mentor of {n} exhibition pupils", lambda r, day: not r.get("reflection")),
    ("calendar", "owner", "owner of {n} open dates", lambda r, day: not r.get("done")),
    ("meetings", "owner", "owner of {n} open actions", lambda r, day: bool(r.get("action")) and not r.get("done")),
    ("policies", "owner", "owner of {n} policies", lambda r, day: r.get("state") not in ("Withdrawn", "Replaced")),
    ("evaluation", "owner", "owner of {n} pieces of evidence", lambda r, day: not r.get("submitted")),
    ("planners", "owner", "owner of {n} unit plans", lambda r, day: True),
    ("communications", "owner", "owner of {n} open matters", lambda r, day: bool(r.get("due")) and not r.get("done")),
    ("exams", "invigilators", "invigilator of {n} papers", _not_over("date")),
    ("induction", "mentor", "mentor of {n} new colleagues", lambda r, day: not r.get("completed")),
    ("learning", "leader", "leader of {n} activities", lambda r, day: not r.get("held")),
    ("partners", "owner", "owner of {n} partners", lambda r, day: r.get("state") != "Ended"),
    ("surveys", "owner", "owner of {n} surveys", lambda r, day: not r.get("done")),
    ("documents", "owner", "owner of {n} documents", lambda r, day: r.get("state") != "Replaced"),
    ("groups", "chair", "chair of {n} groups", lambda r, day: not _is_over(r.get("until"), day)),
    ("groups", "members", "member of {n} groups", lambda r, day: not _is_over(r.get("until"), day)),
    ("recruitment", "advisor", "advisor of {n} applicants", lambda r, day: r.get("state") in _APPLYING),
    (
        "eassessment",
        "teacher",
        "teacher of {n} eAssessments",
        lambda r, day: r.get("grade") is None and _is_ahead(r, day),
    ),
    (
        "idu",
        "owner",
        "owner of {n} interdisciplinary units",
        lambda r, day: r.get("state") not in ("Complete", "Reviewed"),
    ),
    ("visit", "leader", "leader of {n} meetings of the visit", _not_over("date")),
    ("trips", "staff", "down for {n} trips", _not_over("start")),
    (
        "observations",
        "observer",
        "observer of {n} open follow-ups",
        lambda r, day: bool(r.get("follow_up")) and not r.get("followed_up"),
    ),
    ("pd", "staff", "booked for {n} workshops", lambda r, day: r.get("status") in ("Planned", "Booked")),
    ("inventory", "lent_to", "holder of {n} loans", lambda r, day: not r.get("returned")),
)
"""Tracker, column, what the person still is, and which rows count."""
ONE: Mapping[str, str] = {
    "adviser of {n} candidates": "adviser of {n} candidate",
    "teacher on {n} registration lines": "teacher on {n} registration line",
    "supervisor of {n} essays or TOK lines": "supervisor of {n} essay or TOK line",
    "teacher of {n} pieces of coursework": "teacher of {n} piece of coursework",
    "teacher on {n} predicted grades": "teacher on {n} predicted grade",
    "supervisor of {n} reflective projects": "supervisor of {n} reflective project",
    "supervisor of {n} MYP projects": "supervisor of {n} MYP project",
    "mentor of {n} exhibition pupils": "mentor of {n} exhibition pupil",
    "owner of {n} open dates": "owner of {n} open date",
    "owner of {n} open actions": "owner of {n} open action",
    "owner of {n} policies": "owner of {n} policy",
    "owner of {n} pieces of evidence": "owner of {n} piece of evidence",
    "owner of {n} unit plans": "owner of {n} unit plan",
    "owner of {n} open matters": "owner of {n} open matter",
    "invigilator of {n} papers": "invigilator of {n} paper",
    "mentor of {n} new colleagues": "mentor of {n} new colleague",
    "leader of {n} activities": "leader of {n} activity",
    "owner of {n} partners": "owner of {n} partner",
    "owner of {n} surveys": "owner of {n} survey",
    "owner of {n} documents": "owner of {n} document",
    "chair of {n} groups": "chair of {n} group",
    "member of {n} groups": "member of {n} group",
    "advisor of {n} applicants": "advisor of {n} applicant",
    "teacher of {n} eAssessments": "teacher of {n} eAssessment",
    "owner of {n} interdisciplinary units": "owner of {n} interdisciplinary unit",
    "leader of {n} meetings of the visit": "leader of {n} meeting of the visit",
    "down for {n} trips": "down for {n} trip",
    "observer of {n} open follow-ups": "observer of {n} open follow-up",
    "booked for {n} workshops": "booked for {n} workshop",
    "holder of {n} loans": "holder of {n} loan",
}
"""What the person still is, where it is one."""


def left_with_duties(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Colleagues who have left school and still have a duty, a loan or an open task."""
    today = context.setting("today")
    gone: dict[str, tuple[int, str, date]] = {}
    for index, row in enumerate(rows):
        name, left = row.get("person") or row.get("name") or "", day(row.get("left_school") or row.get("left"))
        if name and left and (not today or left <= today):
            gone.setdefault(fold(name), (index, name, left))
    duties = _duties(context) if gone else {}
    for folded, (index, name, left) in gone.items():
        for duty, of in sorted(duties.get(folded, {}).items()):
            text = phrase(
                "{name} left on {left}, but is still {duty}.",
                name=name,
                left=long_date(left),
                duty=phrases(ONE[duty], duty, len(of)),
            )
            if whom := sorted(set(filter(None, of))):
                text = phrase("{sentence} ({names})", sentence=text, names=some(whom, 3))
            column = "left_school" if "left_school" in rows[index] else "left"
            yield Violation(index, column, text, "Name somebody else there, or correct the leaving date.")


def named_after_leaving(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows of a day on which a person they name had left school already."""
    left = {fold(row["name"]): day(row["left"]) for row in context.rows("staff") if row.get("name") and row.get("left")}
    left |= {
        fold(row["person"]): day(row["left_school"])
        for row in context.rows("access")
        if row.get("person") and row.get("left_school")
    }
    columns = {column for all_ in STAFF_COLUMNS.values() for column in all_} - {"owner"} | {"present"}
    for index, row in enumerate(rows) if left else ():
        on = next((day(row[c]) for c in ("received_on", "date", "start") if row.get(c)), None)
        for column in sorted(columns & {*row}) if on else ():
            for name in people(row.get(column)):
                since = left.get(fold(name))
                if since and on and on > since:
                    text = phrase(
                        "{name} is named for {on}, but left on {since}.",
                        name=name,
                        on=long_date(on),
                        since=long_date(since),
                    )
                    yield Violation(index, column, text, "Correct the person, the day, or the leaving date on Staff.")


def _duties(context: RuleContext) -> dict[str, dict[str, list[str]]]:
    """Folded name -> duty, with {n} for how many -> the candidate of each row, "" where it is about none."""
    today, people_ = context.setting("today"), Candidates(context)
    found: dict[str, dict[str, list[str]]] = {}
    for tracker, column, duty, is_open in _DUTIES:
        for row in context.rows(tracker):
            for name in people(row.get(column)) if is_open(row, today) else ():
                code = row.get("candidate") or (row.get("code") if tracker == "candidates" else "")
                whom = people_.who(code) if code in people_.rows else ""
                found.setdefault(fold(name), {}).setdefault(duty, []).append(whom)
    return found

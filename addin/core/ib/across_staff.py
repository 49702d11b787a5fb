"""What the trackers say together of a colleague: workshops, accounts, duties of people who left, slips in names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.across_subjects import teachers
from addin.core.ib.days import day
from addin.core.ib.people import STAFF_COLUMNS, WITHDRAWN, has_left, nearly, people, staff_names
from addin.core.ib.session import parse
from addin.core.ib.subjects import Subject, catalogue
from addin.core.language import long_date, phrase
from addin.core.tables.equality import fold

TEACHERS_SYSTEMS = ("My IB", "IBIS", "Programme Resource Centre")
_HELD = ("Attended", "Planned", "Booked")


def _is_ahead(row: Row, today: date | None) -> bool:
    session = parse(row.get("session") or "")
    return session is None or today is None or (session.year, session.month) >= (today.year, today.month)


_DUTIES: tuple[tuple[str, str, str, Callable[[Row, date | None], bool]], ...] = (
    ("candidates", "adviser", "adviser of {n} candidates", lambda r, day: not has_left(r, day) and _is_ahead(r, day)),
    ("registrations", "teacher", "teacher on {n} registration lines",
     lambda r, day: r.get("status") != WITHDRAWN and _is_ahead(r, day)),
    ("core", "supervisor", "supervisor of {n} essays or TOK lines",
     lambda r, day: not r.get("uploaded") and _is_ahead(r, day)),
    ("calendar", "owner", "owner of {n} open dates", lambda r, day: not r.get("done")),
    ("meetings", "owner", "owner of {n} open actions", lambda r, day: not r.get("done")),
    ("policies", "owner", "owner of {n} policies", lambda r, day: r.get("state") not in ("Withdrawn", "Replaced")),
    ("inventory", "lent_to", "holder of {n} loans", lambda r, day: not r.get("returned")),
)  # fmt: skip
"""Tracker, column, what the person still is, and which rows count."""


def trained(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Teachers of a registered subject without a workshop in it, held or planned; once for each teacher and subject.

    For authorization (setting `pd_for`) it must be of category 1; for evaluation any category that fits counts.
    """
    known, workshops = catalogue(context), dict[str, list[Row]]()
    for row in context.rows("pd"):
        if row.get("status") in _HELD and row.get("staff"):
            workshops.setdefault(fold(row["staff"]), []).append(row)
    if not workshops:
        return
    first_only = context.setting("pd_for") == "authorization"
    for (teacher, subject), index in teachers(rows).items():
        taught = known.find(subject)
        if taught is None:
            continue  # its name is a finding of its own
        mine = [one for one in workshops.get(fold(teacher), ()) if _fits(one, subject, taught, context)]
        if not any(one.get("category") == 1 or not first_only for one in mine):
            what = phrase("Category 1 workshop") if first_only or not mine else phrase("workshop")
            text = phrase(
                "{teacher} teaches {subject}, but has no {what} in it, attended or planned.",
                teacher=teacher,
                subject=subject,
                what=what,
            )
            yield Violation(index, "teacher", text, "Plan one in Professional development.")


def with_account(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Teachers of registered subjects without an account in My IB, once each, where Staff access is kept."""
    accounts = {
        fold(row["person"]) for row in context.rows("access")
        if row.get("person") and row.get("system") in TEACHERS_SYSTEMS and not row.get("removed")
    }  # fmt: skip
    said: set[str] = set()
    for (teacher, _), index in teachers(rows).items():
        if accounts and fold(teacher) not in accounts and fold(teacher) not in said:
            said.add(fold(teacher))
            text = phrase(
                "{teacher} teaches registered candidates, but has no account in My IB or IBIS.", teacher=teacher
            )
            yield Violation(index, "teacher", text, "Grant access, then enter it in Staff access.")


def left_with_duties(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Colleagues who have left school and are still advisers, teachers, supervisors, owners or borrowers."""
    today = context.setting("today")
    duties = _duties(context)
    said: set[str] = set()
    for index, row in enumerate(rows):
        name, left = row.get("person") or row.get("name") or "", day(row.get("left_school") or row.get("left"))
        if not name or left is None or (today and left > today) or fold(name) in said:
            continue
        said.add(fold(name))
        for duty, count in sorted(duties.get(fold(name), {}).items()):
            text = phrase(
                "{name} left on {left}, but is still {duty}.",
                name=name,
                left=long_date(left),
                duty=phrase(duty, n=count),
            )
            column = "left_school" if "left_school" in row else "left"
            yield Violation(index, column, text, "Name somebody else there, or correct the leaving date.")


def names_nearly(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Names of colleagues that are a letter away from a name used more often elsewhere: usually a slip."""
    columns = sorted({column for all_ in STAFF_COLUMNS.values() for column in all_} & {*(rows[0] if rows else ())})
    counts = staff_names(context)
    certain = [name for name, number in counts.items() if number > 1]
    asked: dict[str, str] = {}
    for index, row in enumerate(rows):
        for column in columns:
            for name in people(row.get(column)):
                if name not in asked:
                    others = [other for other in certain if counts[other] > counts[name] and fold(other) != fold(name)]
                    asked[name] = nearly(name, others) if counts[name] < 1000 else ""
                if asked[name]:
                    text = phrase("{name} is nearly {asked}, who is named elsewhere.", name=name, asked=asked[name])
                    yield Violation(
                        index, column, text, phrase("Write {asked} if it is the same person.", asked=asked[name])
                    )


def _fits(workshop: Row, subject: str, taught: Subject | None, context: RuleContext) -> bool:
    if workshop.get("programme") not in (None, "DP", "CP") or workshop.get("workshop_programme") not in (
        None,
        "DP",
        "CP",
    ):
        return False
    about = workshop.get("subject") or ""
    if fold(about) == fold(subject):
        return True
    other = catalogue(context).find(about)
    if taught and other:
        return taught.family == other.family or bool(taught.kind and taught.kind == other.kind)
    return bool(about) and fold(about) in fold(subject)


def _duties(context: RuleContext) -> dict[str, dict[str, int]]:
    """Folded name -> duty, with {n} for how many -> how many."""
    today = context.setting("today")
    found: dict[str, dict[str, int]] = {}
    for tracker, column, duty, is_open in _DUTIES:
        for row in context.rows(tracker):
            for name in people(row.get(column)) if is_open(row, today) else ():
                mine = found.setdefault(fold(name), {})
                mine[duty] = mine.get(duty, 0) + 1
    return found


def known_to_staff(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Colleagues who are named here but are not on the Staff sheet, once each; other spellings there count."""
    listed = {
        fold(name)
        for row in context.rows("staff")
        for name in (row.get("name") or "", *people(row.get("also_known_as")))
    }
    columns = [column for column in ("adviser", "teacher", "supervisor") if rows and column in rows[0]]
    said: set[str] = set()
    for index, row in enumerate(rows) if listed else ():
        for column in columns:
            for name in people(row.get(column)):
                if fold(name) not in listed and fold(name) not in said:
                    said.add(fold(name))
                    text = phrase("{name} is not on the Staff sheet, so no reminder can reach them.", name=name)
                    yield Violation(index, column, text, "Add a row on Staff, or correct the name here.")

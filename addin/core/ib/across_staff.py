"""What the trackers say together of a colleague who teaches: workshops, accounts, and the same teacher everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation, once
from addin.core.ib.across_subjects import teachers
from addin.core.ib.days import day
from addin.core.ib.people import Candidates, lines, nearly, people, session_of
from addin.core.ib.subjects import Catalogue, Subject, catalogue
from addin.core.language import long_date, phrase
from addin.core.tables.equality import fold

TEACHERS_SYSTEMS = ("My IB", "IBIS", "Programme Resource Centre")
_HELD = ("Attended", "Planned", "Booked")


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
        fold(row["person"])
        for row in context.rows("access")
        if row.get("person") and row.get("system") in TEACHERS_SYSTEMS and not row.get("removed")
    }
    said: set[str] = set()
    for (teacher, _), index in teachers(rows).items():
        if accounts and fold(teacher) not in accounts and fold(teacher) not in said:
            said.add(fold(teacher))
            text = phrase(
                "{teacher} teaches registered candidates, but has no account in My IB or IBIS.", teacher=teacher
            )
            yield Violation(index, "teacher", text, "Grant access, then enter it in Staff access.")


def same_teacher(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows that name another teacher (of an essay: supervisor) than the registration of the subject does."""
    known, who = catalogue(context), Candidates(context).who
    taught = once(context, "teachers by line", lambda: _taught(context, known))
    column = "supervisor" if rows and "supervisor" in rows[0] else "teacher"
    for index, row in enumerate(rows) if taught else ():
        level = "EE" if row.get("component") == "Extended essay" else row.get("level")
        named, there = people(row.get(column)), people(taught.get(_key(known, row, level)))
        others = [name for name in named if there and fold(name) not in map(fold, there) and not nearly(name, there)]
        if others and len(others) == len(named):
            text = phrase(
                "{who}, {subject}: {others} here, {there} in Registrations.",
                who=who(row.get("candidate")),
                subject=row["subject"],
                others=others[0],
                there=there[0],
            )
            yield Violation(index, column, text, "Correct the name here or in Registrations.")


def _taught(context: RuleContext, known: Catalogue) -> dict[tuple[str, str, str, str], str]:
    return {
        _key(known, line, line.get("level")): line["teacher"]
        for line in lines(context)
        if line.get("teacher") and line.get("subject")
    }


def teaches_listed_subject(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Teachers of a subject that is not among those that the Staff sheet names for them, once for each."""
    known, listed = catalogue(context), dict[str, list[Subject]]()
    for row in context.rows("staff"):
        found = [known.find(part) for part in people(row.get("subjects"))]
        if row.get("name") and found and None not in found:
            listed[fold(row["name"])] = [subject for subject in found if subject]
    for (teacher, name), index in teachers(rows).items() if listed else ():
        subject, mine = known.find(name), listed.get(fold(teacher))
        if subject and mine and not any(_is_kin(subject, one) for one in mine):
            text = phrase(
                "{teacher} teaches {name} here; Staff names {several}.",
                teacher=teacher,
                name=name,
                several=", ".join(one.name for one in mine),
            )
            yield Violation(index, "teacher", text, "Correct the teacher here, or the subjects on Staff.")


def coordinators_trained(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Coordinators and heads on the Staff sheet without any workshop, where Professional development is kept."""
    have = {fold(row["staff"]) for row in context.rows("pd") if row.get("staff") and row.get("status") in _HELD}
    for index, row in enumerate(rows) if have else ():
        roles = fold(row.get("roles") or "")
        leads = "coordinator" in roles or "head" in roles.split()
        if leads and row.get("name") and not day(row.get("left")) and fold(row["name"]) not in have:
            text = phrase(
                "{name} ({roles}) has no workshop for this role, attended or planned.",
                name=row["name"],
                roles=row["roles"],
            )
            yield Violation(index, "roles", text, "Plan one in Professional development; the IB asks for it.")


def access_of_leavers(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Open accounts of people who have left by the Staff sheet, where the row itself does not know."""
    today = context.setting("today")
    left = {fold(row["name"]): day(row["left"]) for row in context.rows("staff") if row.get("name") and row.get("left")}
    for index, row in enumerate(rows):
        since = left.get(fold(row.get("person") or ""))
        if since and (not today or since <= today) and not row.get("removed") and not row.get("left_school"):
            text = phrase(
                "{person} left on {since} (Staff), but still has access to {system}.",
                person=row["person"],
                since=long_date(since),
                system=row.get("system"),
            )
            yield Violation(index, "person", text, "Remove the account, then enter Removed on.")


def workshop_during_exams(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Workshops ahead on days on which the person is to invigilate."""
    papers: dict[str, list[Row]] = {}
    for paper in context.rows("exams"):
        for name in people(paper.get("invigilators")) if day(paper.get("date")) else ():
            papers.setdefault(fold(name), []).append(paper)
    for index, row in enumerate(rows):
        start, end = day(row.get("start")), day(row.get("end")) or day(row.get("start"))
        if start and end and row.get("status") in ("Planned", "Booked"):
            for paper in papers.get(fold(row.get("staff") or ""), ()):
                on = day(paper["date"])
                if on and start <= on <= end:
                    text = phrase(
                        "{staff} is at {workshop}, but invigilates {subject} on {on}.",
                        staff=row["staff"],
                        workshop=row.get("workshop"),
                        subject=paper.get("subject"),
                        on=on,
                    )
                    yield Violation(index, "start", text, "Find another invigilator in Exams, or another date.")
                    break


def _key(known: Catalogue, row: Row, level: str | None) -> tuple[str, str, str, str]:
    found = known.find(row.get("subject") or "")
    core = level if level in ("EE", "TK") else ""
    return row.get("candidate") or "", found.name if found else row.get("subject") or "", core or "", session_of(row)


def _is_kin(one: Subject, other: Subject) -> bool:
    return one.family == other.family or bool(one.language and one.language == other.language)


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

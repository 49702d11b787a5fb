"""One candidate's subjects, the same everywhere: registrations against coursework, grades, enquiries and staff.

`registered` fits every tracker that has a candidate and a subject; the others are rules of one tracker. What a tracker
does not hold for anybody of a session is not in use, and nothing is missing from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.key_dates import last_day
from addin.core.ib.people import WITHDRAWN, Candidates, by_candidate, lines, people, session_of, some
from addin.core.ib.session import parse
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.language import all_of, long_date, phrase

Taken = dict[str, list[Row]]


def registered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows on a subject, level or session in which the candidate is not registered; withdrawn lines count as not."""
    known, taken, who = catalogue(context), by_candidate(lines(context)), Candidates(context).who
    sessions = {session_of(row) for mine in taken.values() for row in mine}
    for index, row in enumerate(rows):
        candidate = row.get("candidate")
        if not candidate:
            continue
        mine = taken.get(candidate)
        if mine is None:
            in_use = taken and (not session_of(row) or session_of(row) in sessions)
            if in_use and not _is_finished(row):
                text = phrase("{who} has no registration lines.", who=who(candidate))
                yield Violation(index, "candidate", text, "Add them in Registrations, or correct the candidate.")
            continue
        yield from _compare(index, row, mine, known, who(candidate))


def _compare(index: int, row: Row, mine: Sequence[Row], known: Catalogue, who: str) -> Iterator[Violation]:
    subject, level = row.get("subject"), row.get("level")
    if not subject:
        return
    same = [one for one in mine if _name(known, one.get("subject")) == _name(known, subject)]
    if level:  # an essay in Biology is not the subject Biology
        same = [one for one in same if (one.get("level") in ("EE", "TK")) == (level in ("EE", "TK"))]
    session = session_of(row)
    if not same:
        what = f"{subject} {level}" if level == "EE" else subject
        yield Violation(
            index, "subject", phrase("{who} is not registered for {subject}.", who=who, subject=what),
            phrase("Registered: {subjects}. Correct the subject here or there.", subjects=some(map(_short, mine))),
        )  # fmt: skip
    elif level and level not in {one.get("level") for one in same}:
        text = phrase("{who} is registered for {there}, not {level}.", who=who, there=_short(same[0]), level=level)
        yield Violation(index, "level", text, "Correct the level here or in Registrations.")
    elif session and session not in {session_of(one) for one in same}:
        text = phrase(
            "{who} is registered for {subject} in {there}, not in {session}.",
            who=who,
            subject=subject,
            there=session_of(same[0]),
            session=session,
        )
        yield Violation(index, "session", text, "Correct the session here or in Registrations.")


def essay_subject(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Extended essays whose subject is not the registered one, and parts of the core that are not registered."""
    known, taken, who = catalogue(context), by_candidate(lines(context)), Candidates(context).who
    for index, row in enumerate(rows):
        mine = taken.get(row.get("candidate") or "", [])
        component = (row.get("component") or "").casefold()
        essay = "essay" in component and "tok" not in component
        essays = [one for one in mine if one.get("level") == "EE"]
        if mine and essay and essays and row.get("subject"):
            subjects = {_name(known, one.get(column)) for one in essays for column in ("subject", "second_subject")}
            if _name(known, row["subject"]) not in subjects:
                there = essays[0].get("subject")
                text = phrase(
                    "{who}: the essay is in {subject}, but registered in {there}.",
                    who=who(row["candidate"]),
                    subject=row["subject"],
                    there=there,
                )
                yield Violation(index, "subject", text, "Correct the subject here or in Registrations.")


def without_coursework(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Registered subjects without a coursework line, although others of the subject and session have one."""
    known, who = catalogue(context), Candidates(context).who
    used, have = set(), set()
    for row in context.rows("coursework"):
        subject = _name(known, row.get("subject"))
        used.add((subject, session_of(row)))
        have.add((row.get("candidate"), subject))
    for index, row in enumerate(rows):
        subject = _name(known, row.get("subject"))
        if row.get("level") not in ("SL", "HL") or row.get("status") == WITHDRAWN or not row.get("candidate"):
            continue
        if (subject, session_of(row)) in used and (row["candidate"], subject) not in have:
            text = phrase(
                "{who} has no coursework line for {subject}.", who=who(row["candidate"]), subject=row["subject"]
            )
            yield Violation(index, "subject", text, "Add a line in IA and coursework.")


def without_predicted(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates without any predicted grade line, although others of the session have some."""
    yield from _without_grades(rows, context, "predicted", phrase("predicted grades"), phrase("Predicted grades"))


def without_results(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Registered subjects without a result, although the session's results are in."""
    graded = by_candidate(context.rows("results"))
    sessions = {session_of(row) for mine in graded.values() for row in mine}
    known, who = catalogue(context), Candidates(context).who
    for indexes in _groups(rows).values():
        first = rows[indexes[0]]
        have = {
            (_name(known, r.get("subject")), r.get("level"), session_of(r)) for r in graded.get(first["candidate"], ())
        }
        missing = [
            _short(rows[i]) for i in indexes
            if session_of(rows[i]) in sessions and rows[i].get("subject") and rows[i].get("category") != "A"
            and (_name(known, rows[i]["subject"]), rows[i].get("level"), session_of(rows[i])) not in have
        ]  # fmt: skip
        if missing:
            text = phrase("{who} has no result for {subjects}.", who=who(first["candidate"]), subjects=some(missing))
            yield Violation(indexes[0], "subject", text, "Enter the result, or N where there is no grade.")


def _without_grades(
    rows: Sequence[Row], context: RuleContext, tracker: str, what: str, sheet: str
) -> Iterator[Violation]:  # fmt: skip
    graded = by_candidate(context.rows(tracker))
    sessions = {session_of(row) for mine in graded.values() for row in mine}
    who = Candidates(context).who
    for candidate, indexes in _groups(rows).items():
        if candidate not in graded and session_of(rows[indexes[0]]) in sessions:
            text = phrase(
                "{who} has no {what} for {session}.",
                who=who(candidate),
                what=what,
                session=session_of(rows[indexes[0]]),
            )
            yield Violation(indexes[0], "candidate", text, phrase("Add the lines in {sheet}.", sheet=sheet))


def subject_twice(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Subjects that a candidate takes twice in one session, additional ones included: two levels, two Histories.

    Two contributing lines are found by diploma.combination; two lines with one name and level by the unique key.
    """
    known, who, first = catalogue(context), Candidates(context).who, dict[tuple[str, str, str], int]()
    for index, row in enumerate(rows):
        if row.get("level") not in ("SL", "HL") or not row.get("subject") or row.get("status") == WITHDRAWN:
            continue
        subject = known.find(row["subject"])
        family = subject.family if subject else _name(known, row["subject"])
        other = first.setdefault((row.get("candidate") or "", family, session_of(row)), index)
        before = rows[other]
        if other == index or (before["subject"], before["level"]) == (row["subject"], row["level"]):
            continue
        person = who(row.get("candidate"))
        if _name(known, before["subject"]) == _name(known, row["subject"]):
            column = "level"
            text = phrase("{who} takes {subject} twice in one session.", who=person, subject=_short(row))
            if before["level"] != row["level"]:
                what = row["subject"]
                text = phrase("{who} takes {subject} at SL and at HL in one session.", who=person, subject=what)
        elif _both_contribute(before, row):
            continue
        else:
            column, both = "subject", all_of([_short(before), _short(row)])
            text = phrase("{who} takes {subjects} in one session.", who=person, subjects=both)
        yield Violation(index, column, text, "Keep one of the two, and withdraw the other line.")


def _both_contribute(one: Row, other: Row) -> bool:
    return all(row.get("contributing") is not False and row.get("category") in ("A", "D") for row in (one, other))


def self_taught(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Self-taught lines: only a Language A literature at SL can be self-taught (school handbooks)."""
    known = catalogue(context)
    for index, row in enumerate(rows):
        subject = known.find(row.get("subject") or "")
        if row.get("self_taught") is True and subject and row.get("status") != WITHDRAWN:
            if (
                not (subject.kind == "A" and subject.name.casefold().endswith("literature"))
                or "language and" in subject.name.casefold()
            ):
                text = phrase(
                    "{subject} cannot be self-taught: only a Language A literature can.", subject=subject.name
                )
                yield Violation(index, "self_taught", text, "Set Self-taught to No, or correct the subject.")
            elif row.get("level") != "SL":
                text = phrase(
                    "{subject} is self-taught, so it is taken at SL, not at {level}.",
                    subject=subject.name,
                    level=row.get("level"),
                )
                yield Violation(index, "level", text, "Change the level to SL.")


def guide_year(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines for a session after the last one of the present guide: the code and the rules may be new."""
    known, said = catalogue(context), set[tuple[str, str]]()
    for index, row in enumerate(rows):
        subject, session = known.find(row.get("subject") or ""), parse(row.get("session") or "")
        if not subject or not session or not subject.guide_to or row.get("level") not in ("SL", "HL"):
            continue
        if row.get("status") == WITHDRAWN:
            continue
        last = parse(subject.guide_to)
        ended = last < session if last else subject.guide_to.isdigit() and session.year > int(subject.guide_to)
        if ended and (subject.family, str(session)) not in said:
            said.add((subject.family, str(session)))
            text = phrase(
                "The present guide of {subject} ends in {guide_to}; this line is for {session}.",
                subject=subject.name,
                guide_to=subject.guide_to,
                session=session.name,
            )
            yield Violation(
                index, "subject", text, "Check the new guide and its code in your IB notice, then in Lists."
            )


def planned_after_deadline(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines still planned after the registration deadline of their session (the first of the IB's known dates)."""
    today = context.setting("today")
    who, days = Candidates(context).who, dict[str, date | None]()
    for indexes in _groups(rows).values():
        waiting = [i for i in indexes if rows[i].get("status") in ("Planned", "Agreed") and session_of(rows[i])]
        for session in sorted({session_of(rows[i]) for i in waiting}):
            if session not in days:
                days[session] = last_day(context, session, "m-reg2", "n-reg2")
            due = days[session]
            mine = [i for i in waiting if session_of(rows[i]) == session]
            if today and due and today > due:
                candidate = who(rows[mine[0]]["candidate"])
                text = phrase(
                    "{candidate}: {count} lines are not in IBIS; the deadline was {due}.",
                    candidate=candidate,
                    count=len(mine),
                    due=long_date(due),
                )
                yield Violation(
                    mine[0], "status", text, "Register now (fees rise), or correct the status; confirm the date."
                )


def grade_before(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Enquiries whose grade before is not the grade in Results."""
    known, who = catalogue(context), Candidates(context).who

    def key(row: Row) -> tuple[str, str, str, bool]:
        """An essay in Biology is another grade than the subject Biology."""
        core = row.get("level") in ("EE", "TK")
        return row.get("candidate") or "", _name(known, row.get("subject")), session_of(row), core

    grades = {key(row): row["grade"] for row in context.rows("results") if row.get("grade")}
    for index, row in enumerate(rows):
        grade = grades.get(key(row))
        before, after = str(row.get("grade_before") or ""), str(row.get("grade_after") or "")
        if grade is not None and before and str(grade) not in (before, after):
            text = phrase(
                "{who}, {subject}: grade before is {before}, the result {grade}.",
                who=who(row.get("candidate")),
                subject=row.get("subject"),
                before=before,
                grade=grade,
            )
            yield Violation(index, "grade_before", text, "Correct the grade here or in Results.")


def _is_finished(row: Row) -> bool:
    return row.get("state") in ("Cancelled",) or row.get("status") in (WITHDRAWN,) or day(row.get("left")) is not None


def _name(known: Catalogue, subject: str | None) -> str:
    found = known.find(subject or "")
    return found.name if found else " ".join((subject or "").casefold().split())


def _short(row: Row) -> str:
    return f"{row.get('subject') or ''} {row.get('level') or ''}".strip()


def _groups(rows: Sequence[Row]) -> dict[str, list[int]]:
    """The indexes of the lines that were not withdrawn, by candidate."""
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("candidate") and row.get("status") != WITHDRAWN:
            found.setdefault(row["candidate"], []).append(index)
    return found


def teachers(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """(teacher, subject) -> the index of the first line that names them together."""
    found: dict[tuple[str, str], int] = {}
    for index, row in enumerate(rows):
        if row.get("subject") and row.get("level") in ("SL", "HL") and row.get("status") != WITHDRAWN:
            for name in people(row.get("teacher")):
                found.setdefault((name, row["subject"]), index)
    return found

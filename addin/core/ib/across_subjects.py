"""One candidate's subjects, the same everywhere: registrations against coursework, grades, enquiries and staff.

`registered` fits every tracker that has a candidate and a subject; the others are rules of one tracker. What a tracker
does not hold for anybody of a session is not in use, and nothing is missing from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.key_dates import KeyDate, key_date
from addin.core.ib.people import WITHDRAWN, Candidates, by_candidate, people, session_of, some, taken_by
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.language import phrase, phrases

Taken = dict[str, list[Row]]


def registered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows on a subject, level or session in which the candidate is not registered; withdrawn lines count as not."""
    known, taken, who = catalogue(context), taken_by(context), Candidates(context).who
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
    same = [one for one in mine if subject_name(known, one.get("subject")) == subject_name(known, subject)]
    if level:  # an essay in Biology is not the subject Biology
        same = [one for one in same if (one.get("level") in ("EE", "TK")) == (level in ("EE", "TK"))]
    session, sessions = session_of(row), [found for one in same if (found := session_of(one))]
    if not same:
        what = f"{subject} {level}" if level == "EE" else subject
        yield Violation(
            index,
            "subject",
            phrase("{who} is not registered for {subject}.", who=who, subject=what),
            phrase("Registered: {subjects}. Correct the subject here or there.", subjects=some(map(short_name, mine))),
        )
    elif level and level not in {one.get("level") for one in same}:
        text = phrase("{who} is registered for {there}, not {level}.", who=who, there=short_name(same[0]), level=level)
        yield Violation(index, "level", text, "Correct the level here or in Registrations.")
    elif session and sessions and session not in sessions:
        text = phrase(
            "{who} is registered for {subject} in {there}, not in {session}.",
            who=who,
            subject=subject,
            there=sessions[0],
            session=session,
        )
        yield Violation(index, "session", text, "Correct the session here or in Registrations.")


def essay_subject(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Extended essays whose subject is not the registered one, and parts of the core that are not registered."""
    known, taken, who = catalogue(context), taken_by(context), Candidates(context).who
    for index, row in enumerate(rows):
        mine = taken.get(row.get("candidate") or "", [])
        component = (row.get("component") or "").casefold()
        essay = "essay" in component and "tok" not in component
        essays = [one for one in mine if one.get("level") == "EE"]
        if mine and essay and essays and row.get("subject"):
            subjects = {
                subject_name(known, one.get(column)) for one in essays for column in ("subject", "second_subject")
            }
            if subject_name(known, row["subject"]) not in subjects:
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
        subject = subject_name(known, row.get("subject"))
        used.add((subject, session_of(row)))
        have.add((row.get("candidate"), subject))
    for index, row in enumerate(rows):
        subject = subject_name(known, row.get("subject"))
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
            (subject_name(known, r.get("subject")), r.get("level"), session_of(r))
            for r in graded.get(first["candidate"], ())
        }
        missing = [
            short_name(rows[i])
            for i in indexes
            if session_of(rows[i]) in sessions
            and rows[i].get("subject")
            and rows[i].get("category") != "A"
            and (subject_name(known, rows[i]["subject"]), rows[i].get("level"), session_of(rows[i])) not in have
        ]
        if missing:
            text = phrase("{who} has no result for {subjects}.", who=who(first["candidate"]), subjects=some(missing))
            yield Violation(indexes[0], "subject", text, "Enter the result, or N where there is no grade.")


def _without_grades(
    rows: Sequence[Row], context: RuleContext, tracker: str, what: str, sheet: str
) -> Iterator[Violation]:
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


def planned_after_deadline(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines still planned after the registration deadline of their session, from the calendar or the list of dates."""
    today = context.setting("today")
    who, days = Candidates(context).who, dict[str, KeyDate | None]()
    for indexes in _groups(rows).values():
        waiting = [i for i in indexes if rows[i].get("status") in ("Planned", "Agreed") and session_of(rows[i])]
        for session in sorted({session_of(rows[i]) for i in waiting}):
            if session not in days:
                days[session] = key_date(context, session, "m-reg2", "n-reg2")
            due = days[session]
            mine = [i for i in waiting if session_of(rows[i]) == session]
            if today and due and today > due.day:
                candidate = who(rows[mine[0]]["candidate"])
                text = phrases(
                    "{candidate}: {n} line is not in IBIS; the deadline was {due}.",
                    "{candidate}: {n} lines are not in IBIS; the deadline was {due}.",
                    len(mine),
                    candidate=candidate,
                    due=due.words,
                )
                yield Violation(mine[0], "status", text, "Register now (fees rise), or correct the status.")


def grade_before(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Enquiries whose grade before is not the grade in Results."""
    known, who = catalogue(context), Candidates(context).who

    def key(row: Row) -> tuple[str, str, str, bool]:
        """An essay in Biology is another grade than the subject Biology."""
        core = row.get("level") in ("EE", "TK")
        return row.get("candidate") or "", subject_name(known, row.get("subject")), session_of(row), core

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


def subject_name(known: Catalogue, subject: str | None) -> str:
    found = known.find(subject or "")
    return found.name if found else " ".join((subject or "").casefold().split())


def short_name(row: Row) -> str:
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

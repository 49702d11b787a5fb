"""The year's dates against what is done: uploads, marks, CAS and exams, looked at from the calendar.

A day of the school's own calendar counts first, then the list of deadlines (key_dates.py); a day that no IB page gives
is said to be confirmed. Who has left is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.key_dates import KeyDate, key_date, listed, names_of, unknown
from addin.core.ib.people import Candidates, has_left, session_of
from addin.core.ib.session import Session, parse
from addin.core.language import in_a_row, long_date, phrase
from addin.core.tables.equality import fold

_EXTERNAL = ("Extended essay", "TOK essay")
_A_CALENDAR = 4
"""IB dates of a session from which the calendar is taken to be kept for it."""
_ASKED_MONTHS = 18
"""So early before the exams the calendar begins to ask for a date."""


def uploads_due(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Extended essays and TOK essays that are not uploaded after the day of their session."""
    pieces = [i for i, row in enumerate(rows) if row.get("component") in _EXTERNAL]
    yield from _late(rows, pieces, context, "uploaded", "component", lambda s: key_date(context, s, *_ids("uploads")))


def marks_due(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Internal assessments without a mark after the day for marks, or when the month of the exams has begun."""
    pieces = [i for i, row in enumerate(rows) if row.get("task") and "hl essay" not in fold(row["task"])]
    yield from _late(rows, pieces, context, "mark", "subject", lambda session: grades_due(context, session))


def grades_due(context: RuleContext, session: str) -> KeyDate | None:
    """The day for IA marks and predicted grades; the first of the exam month where it is not known."""
    exams = parse(session)
    return key_date(context, session, *_ids("ia")) or (KeyDate(exams.starts, True) if exams else None)


def cas_due(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma candidates whose CAS is not complete after the day of their session, where others' is."""
    today, who = context.setting("today"), Candidates(context).who
    used = {session_of(row) for row in rows if row.get("cas_complete") is True}
    days = {session: key_date(context, session, *_ids("cas")) for session in used}
    for index, row in enumerate(rows):
        due = days.get(session_of(row))
        asked = row.get("category") in ("D", "R") and row.get("cas_complete") is not True and not has_left(row, today)
        if asked and due and today and today > due.day:
            text = phrase("{who}: CAS was to be complete by {due}.", who=who(row.get("code")), due=due.words)
            yield Violation(index, "cas_complete", text, "Confirm it in IBIS and set Yes, or talk to the student.")


def exam_days(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Papers and bags whose day is not in the months of their session's exams."""
    for index, row in enumerate(rows):
        column = "date" if "date" in row else "exam_date"
        session, on = parse(row.get("session") or ""), day(row.get(column))
        if session and on and not (on.year == session.year and session.month - 1 <= on.month <= session.month):
            months = "April and May" if session.month == 5 else "October and November"
            what = row.get("subject") or row.get("content") or "This"
            text = phrase(
                "{what} is on {on}; the exams of {session} are in {months} {year}.",
                what=what,
                on=long_date(on),
                session=session,
                months=months,
                year=session.year,
            )
            yield Violation(index, column, text, "Correct the day or the session.")


def dates_differ(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Calendar rows with another day than an IB page gives for the same event and session."""
    for index, row in enumerate(rows):
        session, due = parse(row.get("session") or ""), day(row.get("due"))
        if session and due and row.get("kind") == "IB deadline":
            for one in listed(context, session):
                last = one.ends or one.starts
                if (
                    one.verified == "V"
                    and last
                    and last != due
                    and fold(row.get("event") or "") in names_of(context, one.event)
                ):
                    text = phrase(
                        "{event} of {session}: {due} here, {last} on {source}.",
                        event=row["event"],
                        session=session,
                        due=long_date(due),
                        last=long_date(last),
                        source=one.source,
                    )
                    yield Violation(index, "due", text, "Compare with your IB notice, and correct the day.")


def dates_unknown(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """IB dates that nobody knows yet, once for each session whose IB dates the calendar holds; a row answers it."""
    today = context.setting("today")
    programme = str(context.setting("programme") or "dp").casefold()
    sessions: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("kind") == "IB deadline" and parse(row.get("session") or ""):
            sessions.setdefault(session_of(row), []).append(index)
    for session, indexes in sessions.items():
        exams, index = parse(session), indexes[0]
        if len(indexes) < _A_CALENDAR:
            continue  # a single date is not a calendar of the session
        if today and exams and _is_near(exams, today) and (open_ones := unknown(context, session, programme)):
            text = phrase(
                "{session}: no date yet for {several}.",
                session=session,
                several=in_a_row([one.event for one in open_ones[:6]]),
            )
            fix = "Add a row with this event, the session and the date of your IB notice; it is then used everywhere."
            yield Violation(index, "event", text, fix)


def _is_near(exams: Session, today: date) -> bool:
    months = (exams.year - today.year) * 12 + exams.month - today.month
    return 0 <= months <= _ASKED_MONTHS


def _ids(name: str) -> tuple[str, str]:
    return f"m-{name}", f"n-{name}"


def _late(
    rows: Sequence[Row],
    indexes: Sequence[int],
    context: RuleContext,
    column: str,
    what: str,
    due_of: Callable[[str], KeyDate | None],
) -> Iterator[Violation]:
    """Rows of a session without `column` after its day; one sentence where all of them lack it."""
    today, people = context.setting("today"), Candidates(context)
    groups: dict[str, list[int]] = {}
    for index in indexes:
        if session_of(rows[index]) and not people.has_left(rows[index].get("candidate"), today):
            groups.setdefault(session_of(rows[index]), []).append(index)
    for session, mine in groups.items():
        due = due_of(session)
        if not due or not today or today <= due.day:
            continue
        late = [index for index in mine if rows[index].get(column) is None]
        if len(late) > 3 and len(late) == len(mine):
            text = phrase(
                "{session}: none of {count} rows has {_VERBS}, which was due by {due}.",
                session=session,
                count=len(late),
                _VERBS=_VERBS[column],
                due=due.words,
            )
            yield Violation(late[0], column, text, "Enter what is done, or archive the session.")
            continue
        for index in late:
            row = rows[index]
            text = phrase(
                "{who}, {get}: {_VERBS} was due by {due}.",
                who=people.who(row.get("candidate")),
                get=row.get(what),
                _VERBS=_VERBS[column],
                due=due.words,
            )
            yield Violation(index, column, text, "Enter it, or ask the teacher today.")


_VERBS = {"uploaded": phrase("the upload"), "mark": phrase("the mark")}

"""The lines of the registrations tracker: levels, sessions, categories, the essay and TOK; each function is a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.session import Session, is_from, is_up_to, parse
from addin.core.ib.subjects import Catalogue, Subject, catalogue
from addin.core.language import all_of, any_of, phrase

WITHDRAWN = "Withdrawn"
_NOT_INTERDISCIPLINARY = ("Environmental Systems and Societies", "Literature and Performance")


def offered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Every row: is the subject examined at this level, and still examined in this session?"""
    known = catalogue(context)
    for index, row in enumerate(rows):
        subject = known.find(row.get("subject") or "")
        if subject and row.get("status") != WITHDRAWN:
            yield from _level_violations(index, row.get("level") or "", subject, known)
            session = parse(row.get("session") or "")
            if session and subject.ended and not is_up_to(session, subject.ended):
                text = phrase(
                    "{subject} was examined for the last time in {session}.",
                    subject=subject.name,
                    session=_end(subject.ended),
                )
                yield Violation(index, "subject", text, "Choose a subject that is still examined.")


def categories(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's sessions: one category in each, in an order that exists."""
    indexes: dict[tuple[Session, str], int] = {}
    for index, row in enumerate(rows):
        session = parse(row.get("session") or "")
        if session and row.get("category") and row.get("status") != WITHDRAWN:
            indexes.setdefault((session, row["category"]), index)
    taken = sorted(indexes)
    yield from _mixed(taken, indexes)
    yield from _order(taken, indexes)
    yield from _anticipated(rows, context)


def many_sessions(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's sessions for the diploma, where they are more than the setting `diploma_sessions`: a doubt.

    School handbooks allow three; others name no limit any more (checked 2026-11-21), so the IB has to be asked.
    """
    first: dict[Session, int] = {}
    for index, row in enumerate(rows):
        session = parse(row.get("session") or "")
        if session and row.get("category") in ("A", "D", "R") and row.get("status") != WITHDRAWN:
            first.setdefault(session, index)
    most = context.setting("diploma_sessions") or 3
    if len(first) > most:
        taken = sorted(first)
        text = phrase(
            "{count} sessions for the diploma ({sessions}); sources disagree beyond {most}.",
            count=len(taken),
            sessions=list(map(str, taken)),
            most=most,
        )
        yield Violation(first[taken[most]], "session", text, "Ask the IB, or register as a course candidate (C).")


def agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Every row: does it agree with the candidates tracker on session and category?

    Anticipated subjects come a session earlier and retakes later: for these only the order is known.
    """
    people = {row.get("code"): row for row in context.rows("candidates")}
    for index, row in enumerate(rows):
        person = people.get(row.get("candidate"), {})
        here, there = parse(row.get("session") or ""), parse(person.get("session") or "")
        category, home = row.get("category"), person.get("category")
        if here and there and category in ("D", "C", "CP") and category == home and here != there:
            text = phrase("This is registered for {here}; the candidate's session is {there}.", here=here, there=there)
            yield Violation(index, "session", text, "Correct the session here or in Candidates.")
        if here and here == there and category and home and category != home:
            text = phrase(
                "This is registered in category {category}; in Candidates it is {home}.", category=category, home=home
            )
            yield Violation(index, "category", text, "Correct the category here or in Candidates.")


def core(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's lines for the essay and for TOK: one of each for the diploma, withdrawn ones left out."""
    for level, what in (("EE", phrase("extended essays")), ("TK", phrase("lines for theory of knowledge"))):
        indexes = [
            index
            for index, row in enumerate(rows)
            if row.get("level") == level and row.get("category") == "D" and row.get("status") != WITHDRAWN
        ]
        if len(indexes) > 1:
            text = phrase("There are {count} {what} for this diploma; one is needed.", count=len(indexes), what=what)
            yield Violation(indexes[1], "level", text, "Keep one, and set the other to Withdrawn.")


def extended_essay(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows of level EE with a second subject: from M27, two different subjects, neither of them two-group ones."""
    known = catalogue(context)
    for index, row in enumerate(rows):
        if row.get("level") != "EE" or not row.get("second_subject"):
            continue
        found = [known.find(row.get(column) or "") for column in ("subject", "second_subject")]
        one, other = (subject.name if subject else "" for subject in found)
        session = parse(row.get("session") or "")
        if session and not is_from(session, "M27"):
            text = phrase("Interdisciplinary essays of the new kind begin in M27, not in {session}.", session=session)
            yield Violation(index, "second_subject", text, "Clear the second subject, or correct the session.")
        elif one and one == other:
            text = phrase("An interdisciplinary essay needs two different subjects; both are {subject}.", subject=one)
            yield Violation(index, "second_subject", text, "Choose another second subject, or clear it.")
        else:
            for column, name in (("subject", one), ("second_subject", other)):
                if name in _NOT_INTERDISCIPLINARY:
                    text = phrase(
                        "{subject} may not be one of the two subjects of an interdisciplinary essay.", subject=name
                    )
                    yield Violation(
                        index, column, text, "Choose another subject, or write the essay in this subject alone."
                    )


def _level_violations(index: int, level: str, subject: Subject, known: Catalogue) -> Iterator[Violation]:
    core = subject.status == "core"
    if level == "TK" and subject.name != "Theory of Knowledge":
        yield Violation(
            index,
            "level",
            phrase("Level TK belongs to Theory of Knowledge, not to {subject}.", subject=subject.name),
            "Correct one.",
        )
    elif level != "TK" and core and level:
        text = phrase("{subject} is part of the core and has no level {level}.", subject=subject.name, level=level)
        yield Violation(index, "level", text, "Choose TK for Theory of Knowledge.")
    elif level in ("SL", "HL") and subject.levels and level not in subject.levels:
        regions = [
            other.name.removeprefix(subject.name).strip()
            for other in known
            if other.family == subject.family and level in other.levels and other.name.startswith(f"{subject.name} ")
        ]
        if regions:
            text = phrase("{subject} {level} is registered by region.", subject=subject.name, level=level)
            named = any_of(regions)
            yield Violation(
                index, "subject", text, phrase("Choose {subject} {named}.", subject=subject.name, named=named)
            )
        else:
            only = all_of(sorted(subject.levels, reverse=True))
            text = phrase(
                "{subject} is offered at {only} only, not at {level}.", subject=subject.name, only=only, level=level
            )
            yield Violation(index, "level", text, phrase("Choose {only}, or another subject.", only=only))


def _end(ended: str) -> str:
    session = parse(ended)
    return session.name if session else ended


def _mixed(taken: Sequence[tuple[Session, str]], indexes: dict[tuple[Session, str], int]) -> Iterator[Violation]:
    for (session, category), (other, another) in pairwise(taken):
        if session == other:
            text = phrase(
                "In {session} this candidate is in categories {category} and {another}; only one is possible.",
                session=session,
                category=category,
                another=another,
            )
            yield Violation(
                indexes[other, another], "category", text, "Give all rows of one session the same category."
            )
    kinds = {category for _, category in taken}
    if "CP" in kinds and kinds & {"A", "D", "R"}:
        index = next(index for (_, category), index in indexes.items() if category == "CP")
        text = "A candidate cannot be in the diploma and the Career-related Programme at once."
        yield Violation(index, "category", text, "Decide for one of the two.")


def _order(taken: Sequence[tuple[Session, str]], indexes: dict[tuple[Session, str], int]) -> Iterator[Violation]:
    """A comes before D, R after it; where no D row is in the workbook, nothing is said about R."""
    diploma = [session for session, category in taken if category == "D"]
    for session, category in taken:
        if diploma and category == "A" and diploma[0] < session:
            text = phrase(
                "Anticipated subjects come before the diploma session {diploma}, not in {session}.",
                diploma=diploma[0],
                session=session,
            )
            yield Violation(
                indexes[session, category], "category", text, "Choose R for a retake, or correct the session."
            )
        if diploma and category == "R" and session < diploma[0]:
            text = phrase(
                "A retake comes after the diploma session {diploma}, not in {session}.",
                diploma=diploma[0],
                session=session,
            )
            yield Violation(indexes[session, category], "category", text, "Choose A, or correct the session.")
    if len(diploma) > 1:
        text = phrase(
            "The diploma category is used once, in {diploma}; {later} is a retake.",
            diploma=diploma[0],
            later=diploma[1],
        )
        yield Violation(indexes[diploma[1], "D"], "category", text, "Choose R for the later session.")


def _anticipated(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    known = catalogue(context)
    for index, row in enumerate(rows):
        if row.get("category") == "A" and row.get("subject"):
            subject = known.find(row["subject"])
            if subject and subject.kind == "ab initio":
                text = phrase(
                    "{subject} cannot be taken early: ab initio subjects are never anticipated.", subject=subject.name
                )
                yield Violation(index, "subject", text, "Register it in the diploma session.")

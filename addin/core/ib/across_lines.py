"""Registration lines that cannot be: twice in a session, self-taught, of a guide that has ended, an early core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.across_subjects import short_name, subject_name
from addin.core.ib.people import WITHDRAWN, Candidates, session_of
from addin.core.ib.session import parse
from addin.core.ib.subjects import catalogue
from addin.core.language import all_of, phrase
from addin.core.tables.equality import fold


def subject_twice(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Subjects that a candidate takes twice in one session, additional ones included: two levels, two Histories.

    Two contributing lines are found by diploma.combination; two lines with one name and level by the unique key.
    """
    known, who, first = catalogue(context), Candidates(context).who, dict[tuple[str, str, str], int]()
    for index, row in enumerate(rows):
        if row.get("level") not in ("SL", "HL") or not row.get("subject") or row.get("status") == WITHDRAWN:
            continue
        subject = known.find(row["subject"])
        family = subject.family if subject else subject_name(known, row["subject"])
        other = first.setdefault((row.get("candidate") or "", family, session_of(row)), index)
        before = rows[other]
        if other == index or (before["subject"], before["level"]) == (row["subject"], row["level"]):
            continue
        person = who(row.get("candidate"))
        if subject_name(known, before["subject"]) == subject_name(known, row["subject"]):
            column = "level"
            text = phrase("{who} takes {subject} twice in one session.", who=person, subject=short_name(row))
            if before["level"] != row["level"]:
                what = row["subject"]
                text = phrase("{who} takes {subject} at SL and at HL in one session.", who=person, subject=what)
        elif _both_contribute(before, row):
            continue
        else:
            column, both = "subject", all_of([short_name(before), short_name(row)])
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


def early_without_core(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Essay and TOK lines of anticipated candidates: both belong to the diploma session."""
    who = Candidates(context).who
    for index, row in enumerate(rows):
        if row.get("category") == "A" and row.get("level") in ("EE", "TK") and row.get("status") != WITHDRAWN:
            what = "an extended essay" if row["level"] == "EE" else "TOK"
            text = phrase(
                "{who} is anticipated in {session_of} and cannot take {what} early.",
                who=who(row.get("candidate")),
                session_of=session_of(row),
                what=what,
            )
            yield Violation(index, "level", text, "Register it in the diploma session.")


def language_a_answered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Language A lines that are answered in another language than the one that is studied."""
    known, who = catalogue(context), Candidates(context).who
    for index, row in enumerate(rows):
        subject, language = known.find(row.get("subject") or ""), row.get("response_language")
        studied = subject.language if subject and subject.kind == "A" else ""
        if studied and language and row.get("level") in ("SL", "HL") and fold(language) != fold(studied):
            text = phrase(
                "{who}: {subject} is answered in {studied}, not in {language}.",
                who=who(row.get("candidate")),
                subject=row["subject"],
                studied=studied,
                language=language,
            )
            yield Violation(index, "response_language", text, phrase("Choose {studied}.", studied=studied))


def begins_own_language(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates who begin (ab initio) the language that is their first one in Candidates: a question."""
    known, people = catalogue(context), Candidates(context)
    for index, row in enumerate(rows):
        subject = known.find(row.get("subject") or "")
        if not subject or subject.kind != "ab initio" or row.get("status") == WITHDRAWN:
            continue
        person = people.rows.get(row.get("candidate") or "", {})
        if fold(subject.language) == fold(person.get("first_language") or ""):
            text = phrase(
                "{who} begins {subject}, but {language} is the first language in Candidates.",
                who=people.who(row["candidate"]),
                subject=subject.name,
                language=subject.language,
            )
            yield Violation(index, "subject", text, "Correct the language in Candidates, or choose another subject.")

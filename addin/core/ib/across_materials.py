"""Papers, bags, scripts and keys: each exam has its bag before and its shipment after, each opening its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.people import lines, session_of, some
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.language import long_date, phrase
from addin.core.tables.equality import fold

_STORE = "Exam materials store"
_SOON = 14
"""Days before an exam from which its bag is asked for (own rule)."""


def papers_have_bags(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Papers of the next days without a bag of question papers, where bags of the session are kept."""
    today = context.setting("today")
    bags = _by_session(context, "Question papers")
    for index, row in enumerate(rows):
        on, mine = day(row.get("date")), bags.get(session_of(row), ())
        near = today and on and today <= on <= today + timedelta(days=_SOON)
        if on and near and mine and not any(_is_for(bag, row) for bag in mine):
            text = phrase("{paper} on {on} has no bag in Exam materials.", paper=_paper(row), on=long_date(on))
            yield Violation(index, "paper", text, "Look for it in the store, then add its line.")


def papers_have_scripts(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Papers that were written without a shipment of scripts, where shipments of the session are kept."""
    today = context.setting("today")
    sent = _by_session(context, "Scripts")
    for index, row in enumerate(rows):
        on, mine = day(row.get("date")), sent.get(session_of(row), ())
        written = today and on and on < today - timedelta(days=1) and (row.get("candidates") or 0) > 0
        if on and written and mine and not any(_is_for(one, row) for one in mine):
            text = phrase(
                "{paper} was written on {on}; its scripts have no line in Exam materials.",
                paper=_paper(row),
                on=long_date(on),
            )
            yield Violation(index, "paper", text, "Enter the shipment with its courier number, or send the scripts.")


def opened_with_key(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Bags that came or were opened on a day on which nobody took the key, where the key log is kept."""
    keys = {on for row in context.rows("keylog") if (on := day(row.get("date")))}
    for index, row in enumerate(rows):
        on = day(row.get("opened"))
        if keys and on and on >= min(keys) and on not in keys:
            text = phrase(
                "{content} was opened on {on}, but the key log has no line of that day.",
                content=row.get("content"),
                on=long_date(on),
            )
            yield Violation(index, "opened", text, "Add the line in Key log, or correct the day.")


def subject_registered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Question papers of a subject that nobody of the session is registered for, where it has registrations."""
    known, taken = catalogue(context), dict[str, set[str]]()
    for line in lines(context):
        found = known.find(line.get("subject") or "")
        taken.setdefault(session_of(line), set()).add(found.name if found else line.get("subject") or "")
    for index, row in enumerate(rows):
        mine = taken.get(session_of(row))
        subject = _subject_of(known, row.get("content") or "") if row.get("kind") == "Question papers" else ""
        if mine and subject and subject not in mine:
            text = phrase(
                "{content}: nobody is registered for {subject} in {session}.",
                content=row["content"],
                subject=subject,
                session=session_of(row),
            )
            yield Violation(index, "content", text, "Correct subject or session, or ask the IB about the delivery.")


def may_hold_key(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """People of the key log without access to the store of exam materials, where Staff access names who has it."""
    holders = {
        fold(row["person"])
        for row in context.rows("access")
        if row.get("person") and row.get("system") == _STORE and not row.get("removed")
    }
    for index, row in enumerate(rows) if holders else ():
        if not row.get("person") or not row.get("second_person"):
            continue
        strangers = [row[c] for c in ("person", "second_person") if fold(row[c]) not in holders]
        if strangers:
            column = "person" if row["person"] in strangers else "second_person"
            text = phrase("{names} has no access to the exam materials store.", names=some(strangers))
            yield Violation(index, column, text, "Enter the access in Staff access, or correct the name.")


def _subject_of(known: Catalogue, content: str) -> str:
    """The subject with which a line begins: `Physics HL paper 1`; "" where it names none."""
    words = content.split()
    for length in range(len(words), 0, -1):
        if found := known.find(" ".join(words[:length])):
            return found.name
    return ""


def _by_session(context: RuleContext, kind: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in context.rows("materials"):
        if row.get("kind") == kind:
            found.setdefault(session_of(row), []).append(row)
    return found


def _is_for(material: Row, paper: Row) -> bool:
    """Whether a line of materials is about a paper: its day, and its subject where the line names any of the day's."""
    if day(material.get("exam_date")) != day(paper.get("date")):
        return False
    content, subject = fold(material.get("content") or ""), fold(paper.get("subject") or "")
    return not subject or subject in content or not _names_a_subject(content)


def _names_a_subject(content: str) -> bool:
    """`Scripts of the morning` names none; `Biology HL paper 1` does."""
    return any(word in content.split() for word in ("sl", "hl", "paper", "p1", "p2", "p3"))


def _paper(row: Row) -> str:
    return " ".join(part for part in (row.get("subject"), row.get("level"), row.get("paper")) if part)

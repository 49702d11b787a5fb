"""Moderation samples: the numbers that IBIS shows against candidates and coursework, and what moderation changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.candidates import numbers_in
from addin.core.ib.people import Candidates, session_of, some
from addin.core.ib.subjects import catalogue
from addin.core.language import in_digits, phrase


def numbers_known(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Sample numbers that no candidate of the session has, and coursework whose Sample column says otherwise."""
    known, people = catalogue(context), Candidates(context)
    codes = {
        (session_of(row), str(row["session_number"])[-4:].zfill(4)): code
        for code, row in people.rows.items()
        if row.get("session_number")
    }
    for index, row in enumerate(rows):
        numbers = numbers_in(row.get("numbers") or "")
        if not numbers or not codes:
            continue
        session = session_of(row)
        if unknown := [number for number in numbers if (session, number) not in codes]:
            text = phrase("No candidate of {session} has the number {numbers}.", session=session, numbers=unknown)
            yield Violation(index, "numbers", text, "Compare with the list in IBIS and with Candidates.")
        chosen = {codes[session, number] for number in numbers if (session, number) in codes}
        subject = known.find(row.get("subject") or "")
        marked = {
            one["candidate"]
            for one in context.rows("coursework")
            if one.get("sample") is True
            and one.get("candidate")
            and session_of(one) == session
            and known.find(one.get("subject") or "") == subject
            and row.get("level") in (None, one.get("level"))
        }
        if missing := chosen - marked:
            text = phrase("In the sample, but not marked so: {who}.", who=some(map(people.who, missing)))
            yield Violation(index, "numbers", text, "Set Sample to Yes in IA and coursework.")
        if more := marked - chosen:
            text = phrase("Marked as sample, but not among the numbers: {who}.", who=some(map(people.who, more)))
            yield Violation(index, "numbers", text, "Set Sample to No in IA and coursework, or add the number.")


def far_apart(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Means that moderation changed by more percent of the maximum than the setting `moderation_gap`."""
    gap = context.setting("moderation_gap")
    for index, row in enumerate(rows):
        before, after, most = row.get("school_mean"), row.get("moderated_mean"), row.get("maximum")
        if gap and most and before is not None and after is not None and 100 * abs(after - before) >= gap * most:
            text = phrase(
                "{subject}, {task}: the mean went from {before} to {after} of {most}.",
                subject=row.get("subject"),
                task=row.get("task"),
                before=in_digits(before),
                after=in_digits(after),
                most=most,
            )
            yield Violation(index, "moderated_mean", text, "Read the feedback together; think of re-moderation.")

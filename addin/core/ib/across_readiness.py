"""What a candidate still lacks when a day of the year has passed: fees, forms, codes, a first diploma session.

The lists behind it are those of a coordinators' guide (September: integrity form, payment; Faria, secondary, checked
2026-11-21) and of public readers of IBIS files (codes are confirmed before they are used). Days come from the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.checks.erased import is_erased
from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import months_on
from addin.core.ib.key_dates import key_date
from addin.core.ib.people import Candidates, has_left, session_of
from addin.core.ib.session import parse
from addin.core.language import phrase

_CONFIRM_MONTHS = 3
"""Months before the exams from which a code that nobody has compared is pointed out (own; given about January)."""
_FORM_MONTHS = 3
"""Months before the exams from which a missing integrity form is pointed out, where others have signed (own)."""


def fees_unpaid(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Registered candidates whose fees are marked as unpaid after the registration deadline of their session."""
    today, who = context.setting("today"), Candidates(context).who
    for index, row in _registered(rows, context):
        due = key_date(context, session_of(row), "m-reg2", "n-reg2") if row.get("payment") is False else None
        if due and today > due.day:
            text = phrase("{who}: Fees paid is No; registration ended on {day}.", who=who(row["code"]), day=due.words)
            yield Violation(index, "payment", text, "Ask the family or the accounts office, then set Yes.")


def form_missing(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Registered candidates without a signed integrity form shortly before the exams, where others have signed."""
    signed = {session_of(row) for row in rows if row.get("integrity_signed")}
    who = Candidates(context).who
    for index, row in _near(rows, context, _FORM_MONTHS):
        if session_of(row) in signed and not row.get("integrity_signed"):
            text = phrase("{who}: the integrity form is not signed.", who=who(row["code"]))
            yield Violation(index, "integrity_signed", text, "Get it signed, then enter the day.")


def code_unconfirmed(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Registered candidates whose codes nobody has compared with IBIS shortly before the exams."""
    confirmed = {session_of(row) for row in rows if row.get("identifier_state") == "Confirmed"}
    who = Candidates(context).who
    for index, row in _near(rows, context, _CONFIRM_MONTHS):
        state = row.get("identifier_state")
        without_number = not row.get("session_number") and not is_erased(row.get("code") or "")
        if session_of(row) in confirmed and (state in ("Unconfirmed", "Missing") or without_number):
            text = phrase("{who}: the codes are not confirmed, and the exams are near.", who=who(row["code"]))
            yield Violation(
                index, "identifier_state", text, "Compare them with the candidate list in IBIS, then choose Confirmed."
            )


def retake_without_diploma(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Retake lines of candidates of whom no earlier diploma session is known, where earlier sessions are kept."""
    earlier: dict[str, list[str]] = {}
    for tracker in ("results", "awards", "registrations"):
        for row in context.rows(tracker):
            if row.get("candidate") and row.get("category") not in ("C", "CP", "R"):
                earlier.setdefault(row["candidate"], []).append(session_of(row))
    kept = [when for row in context.rows("results") if (when := parse(row.get("session") or ""))]
    who, said = Candidates(context).who, set[str]()
    for index, row in enumerate(rows):
        now, candidate = parse(row.get("session") or ""), row.get("candidate") or ""
        is_kept = now and any(one < now for one in kept)
        if row.get("category") != "R" or not now or not candidate or candidate in said or not is_kept:
            continue
        said.add(candidate)
        if not any((then := parse(one)) and then < now for one in earlier.get(candidate, ())):
            text = phrase(
                "{who} retakes in {session}, but no earlier diploma session is entered.",
                who=who(candidate),
                session=session_of(row),
            )
            yield Violation(
                index,
                "category",
                text,
                "Enter the earlier results, or choose D or C: a retake follows a diploma session.",
            )


def _registered(rows: Sequence[Row], context: RuleContext) -> Iterator[tuple[int, Row]]:
    """Those whom IBIS has, of sessions that are not over, who have not left."""
    today = context.setting("today")
    for index, row in enumerate(rows):
        exams = parse(row.get("session") or "")
        ahead = exams and today and months_on(exams.starts, 1) > today
        if ahead and row.get("code") and row.get("registered") is True and not has_left(row, today):
            yield index, row


def _near(rows: Sequence[Row], context: RuleContext, months: int) -> Iterator[tuple[int, Row]]:
    today = context.setting("today")
    for index, row in _registered(rows, context):
        exams = parse(row["session"])
        if exams and today >= months_on(exams.starts, -months):
            yield index, row

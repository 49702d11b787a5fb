"""Who a candidate is: session numbers that must not meet, and ages (rules over the candidates tracker)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.session import parse
from addin.core.language import long_date, phrase
from addin.core.regex import regex

_NUMBER = regex(r"(?:(\d{6})-)?(\d{1,4})")
_INSIDE = regex(r"(?<!\d)(?:\d{6}-)?(\d{1,4})(?!\d)")


def session_numbers(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidate session numbers: unique within school and session (`0001` is `061983-0001`), and of this school.

    The number begins again at 0001 in each school and session, so only the three together are one candidate.
    """
    home = str(context.setting("school_code") or "")
    first: dict[tuple[str, str, str], int] = {}
    for index, row in enumerate(rows):
        match = _NUMBER.fullmatch(row.get("session_number") or "")
        if not match:
            continue
        own = row.get("school_code") or home
        if match[1] and own and match[1] != own:
            text = phrase(
                "The number {number} belongs to school {school}, this candidate to school {own}.",
                number=match[0],
                school=match[1],
                own=own,
            )
            yield Violation(index, "session_number", text, "Compare both with the IBIS candidate list.")
        key = (match[1] or own, row.get("session") or "", match[2].zfill(4))
        other = first.setdefault(key, index)
        if other != index:
            text = phrase(
                "Candidate {code} has the number {number} in {session} too.",
                code=rows[other].get("code") or phrase("(no code)"),
                number=match[0],
                session=key[1],
            )
            yield Violation(index, "session_number", text, "Compare both with the IBIS candidate list.")


def ages(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Ages in the month of the exams outside of what the school expects (own rule): often day and month are swapped."""
    least, most = context.setting("age_least"), context.setting("age_most")
    for index, row in enumerate(rows):
        born, session = row.get("birth_date"), parse(row.get("session") or "")
        if not isinstance(born, date) or not session:
            continue
        years = age(born, session.starts)
        if (least is not None and years < least) or (most is not None and years > most):
            text = phrase(
                "Born on {born}, this candidate is {years} in {session}.",
                born=long_date(born),
                years=years,
                session=session.name,
            )
            yield Violation(
                index, "birth_date", text, "Compare with the passport: day, month and year in the right order?"
            )


def age(born: date, on: date) -> int:
    """Full years from birth to a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def numbers_in(text: str) -> list[str]:
    """The candidate numbers in a pasted sample list, four digits each: `12, 061983-0031` gives `0012`, `0031`."""
    return [number.zfill(4) for number in _INSIDE.findall(text)]

"""Access arrangements: requests that come too late, and rows of candidates who have left.

How early the IB wants a request is a setting (`access_months`): it was found for the MYP only (checked 2026-11-21).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import months_on
from addin.core.ib.people import Candidates
from addin.core.ib.session import parse
from addin.core.language import long_date, phrase


def late(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Arrangements still planned after the month by which they should be requested (setting `access_months`)."""
    today, months, people = context.setting("today"), context.setting("access_months"), Candidates(context)
    for index, row in enumerate(rows):
        person = people.rows.get(row.get("candidate") or "", {})
        exams = parse(person.get("session") or "")
        if not (today and months and exams) or people.has_left(row.get("candidate"), today):
            continue
        due = months_on(exams.starts, -months)
        if row.get("state") in (None, "Planned") and today > due:
            text = phrase(
                "{who}: the arrangement should be requested by {due}.",
                who=people.who(row.get("candidate")),
                due=long_date(due),
            )
            yield Violation(
                index, "state", text, "Request it in IBIS now; the date is a setting, confirm it in your notice."
            )


def left(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Open arrangements of candidates who have left."""
    today, people = context.setting("today"), Candidates(context)
    for index, row in enumerate(rows):
        if row.get("state") not in ("Withdrawn", "Refused") and people.has_left(row.get("candidate"), today):
            text = phrase("{who} has left, but this arrangement is still open.", who=people.who(row["candidate"]))
            yield Violation(index, "candidate", text, "Set the state to Withdrawn.")

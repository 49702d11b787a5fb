"""What the school has lent and not got back (own rules; the IB asks for no form of inventory)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from addin.core.ib import Row, RuleContext, Violation
from addin.core.language import phrase, phrases


def overdue(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Loans past their day that have not come back; lost and withdrawn things are not asked for."""
    today = context.setting("today")
    for index, row in enumerate(rows):
        due = row.get("due")
        out = row.get("lent_to") and not row.get("returned") and row.get("state") not in ("Lost", "Withdrawn")
        if out and today and isinstance(due, date):
            late = (today - (due.date() if isinstance(due, datetime) else due)).days
            if late > 0:
                days = phrases("{n} day", "{n} days", late)
                text = phrase(
                    "{item} ({asset}) is {days} overdue.",
                    item=row.get("item") or phrase("This"),
                    asset=row.get("asset") or phrase("no number"),
                    days=days,
                )
                yield Violation(
                    index, "due", text, "Ask for it, or enter Returned on; set the state to Lost when it is."
                )

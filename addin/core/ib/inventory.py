"""What the school has lent and not got back (own rules; the IB asks for no form of inventory)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.people import Candidates, nearly
from addin.core.language import phrase, phrases
from addin.core.tables.equality import fold


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


def borrower_known(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Loans to a code like those of the candidates that no candidate has, and to a name a letter away from one."""
    people = Candidates(context).rows
    forms = {re.sub(r"\d", "9", re.sub(r"[A-Za-z]", "A", code)) for code in people}
    names = {f"{row.get('first_names')} {row.get('last_name')}" for row in people.values()}
    names |= {row["name"] for row in context.rows("staff") if row.get("name")}
    folded = {fold(name) for name in names}
    for index, row in enumerate(rows):
        borrower = row.get("lent_to") or ""
        if not borrower or row.get("returned") or borrower in people or fold(borrower) in folded:
            continue
        thing = f"{row.get('item') or 'This'} ({row.get('asset') or 'no number'})"
        if re.sub(r"\d", "9", re.sub(r"[A-Za-z]", "A", borrower)) in forms:
            text = phrase(
                "{thing} is lent to {borrower}, but no candidate has this code.", thing=thing, borrower=borrower
            )
            yield Violation(index, "lent_to", text, "Correct the code, or add the candidate.")
        elif near := nearly(borrower, sorted(names)):
            yield Violation(
                index,
                "lent_to",
                phrase("{thing} is lent to {borrower}: is it {near}?", thing=thing, borrower=borrower, near=near),
                phrase("Write {near}.", near=near),
            )

"""Books of the school and the candidates: who has one, who needs one (own rules)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.people import Candidates, lines, nearly, taken_by
from addin.core.ib.session import parse
from addin.core.ib.subjects import catalogue
from addin.core.language import phrase
from addin.core.tables.equality import fold

_FEW = 5
"""Books with candidates who do not take the subject that are pointed out even where no other book is lent (own)."""


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


def subject_taken(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Textbooks that a candidate has and whose subject the candidate does not take: a change of subject, usually.

    Silent where most of the lent books are so: the school lends them to others, or its column Subject means the shelf.
    """
    known, taken, who = catalogue(context), taken_by(context), Candidates(context).who
    fitting, odd = 0, list[tuple[int, str]]()
    for index, row in enumerate(rows):
        code, subject = row.get("lent_to") or "", known.find(row.get("subject") or "")
        mine = [known.find(line.get("subject") or "") for line in taken.get(code, ())]
        if not subject or row.get("returned") or row.get("type") != "Textbook" or not mine or None in mine:
            continue
        if subject.family in {one.family for one in mine if one}:
            fitting += 1
        else:
            odd.append((index, subject.name))
    for index, name in odd if len(odd) <= max(_FEW, fitting) else ():
        row = rows[index]
        text = phrase(
            "{who} has {item} ({asset}), but does not take {subject}.",
            who=who(row["lent_to"]),
            item=row.get("item") or phrase("a book"),
            asset=row.get("asset"),
            subject=name,
        )
        yield Violation(index, "lent_to", text, "Get it back, or correct the subject of the book.")


def enough_books(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Subjects whose course books were enough once and of which fewer are in use now than candidates need."""
    today, known = context.setting("today"), catalogue(context)
    stock: dict[str, int] = {}
    kept: dict[str, int] = {}
    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        subject = known.find(row.get("subject") or "")
        if subject and row.get("type") == "Textbook":
            first.setdefault(subject.name, index)
            kept[subject.name] = kept.get(subject.name, 0) + (row.get("quantity") or 0)
            usable = row.get("state") in (None, "In use") and row.get("condition") != "Unusable"
            stock[subject.name] = stock.get(subject.name, 0) + ((row.get("quantity") or 0) if usable else 0)
    wanted: dict[str, set[str]] = {}
    for line in lines(context) if stock else ():
        subject, exams = known.find(line.get("subject") or ""), parse(line.get("session") or "")
        if subject and line.get("level") in ("SL", "HL") and exams and today and exams.starts > today:
            wanted.setdefault(subject.name, set()).add(line["candidate"])
    for name, have in stock.items():
        number = len(wanted.get(name, ()))
        if have < number <= kept[name]:
            text = phrase(
                "{subject}: {have} books in use for {number} candidates.", subject=name, have=have, number=number
            )
            yield Violation(first[name], "quantity", text, "Order the difference, or enter the books you have.")

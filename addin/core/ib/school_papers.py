"""What a school must have on paper: mandated policies, and evidence in time for an evaluation visit.

Which policies are mandated is in lists/policies.csv, each with its source. Documents go in four months before the
visit (school pages about programme evaluation, checked 2026-11-21); the number is a setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day, months_on
from addin.core.language import phrase
from addin.core.tables.equality import fold


def mandated(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Mandated policies that are not listed; an empty sheet, or one of agreements only, is not asked for them."""
    policies = context.list("policies")
    listed = [i for i, row in enumerate(rows) if row.get("kind") in (None, "Policy") and row.get("policy")]
    papers = [row["policy"] for row in rows if row.get("policy") and row.get("kind") in (None, "Policy", "Procedure")]
    here = set().union(*map(_words, papers))
    wanted = zip(policies.get("name", ()), policies.get("mandated", ()), strict=False)
    missing = [name for name, asked in wanted if asked == "yes" and not here & _words(name)]
    if listed and missing:
        index = listed[0]
        text = phrase("Not in this list: {missing}. The IB asks schools for them.", missing=missing)
        yield Violation(index, "policy", text, "Add a line for each, with these names.")


def _words(name: str) -> set[str]:
    """What a policy is about: `Admissions policy` is `Access and admissions`, `Complaints` the complaints procedure."""
    words = {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{4,}", fold(name))}
    return words - {"policy", "policie", "procedure", "school"}


def before_visit(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Evidence that is not submitted, or due too late, when the documents must be with the IB before the visit."""
    visit, months = day(context.setting("evaluation_visit")), context.setting("evaluation_months_before")
    if visit is None or not isinstance(months, int):
        return
    last, today = months_on(visit, -months), context.setting("today")
    for index, row in enumerate(rows):
        if row.get("submitted") or not row.get("evidence"):
            continue
        due = day(row.get("due"))
        if due and due > last:
            text = phrase(
                "Due on {due}, but the documents go in by {last}: {months} months before the visit.",
                due=due,
                last=last,
                months=months,
            )
            yield Violation(index, "due", text, "Choose an earlier date.")
        elif today and today > last:
            text = phrase("The documents were to go in by {last}; this is not submitted.", last=last)
            yield Violation(index, "submitted", text, "Submit it, then enter the day.")


def documents_asked_for(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Kinds of documents that the IB checks at an evaluation and that nobody has in force.

    Organisation chart, job description, staff table, records of development, budget: from a public test of the IB's
    evaluation forms (secondary, checked 2026-11-21).
    """
    listed = [index for index, row in enumerate(rows) if row.get("document") and row.get("kind")]
    valid = {rows[index]["kind"] for index in listed if rows[index].get("state") in (None, "In force")}
    missing = [kind for kind in ASKED_FOR if kind not in valid]
    if listed and missing:
        text = phrase("Not in force here: {missing}. An evaluation looks at them.", missing=missing)
        yield Violation(listed[0], "kind", text, "Add a line for each, with this kind.")


ASKED_FOR = ("Job description", "Organisation chart", "Staff table", "PD records", "Budget")

"""Course wishes of applicants: do they make a diploma, and are they what was registered in the end.

The combination rules and their sources are in combination.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.combination import Choice, find_clashes
from addin.core.ib.people import people, taken_by
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.ib.what_if import change_in_words, repairs
from addin.core.language import phrase


def courses_fit(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Wishes for the diploma that break a combination rule, with the change that loses the fewest lessons."""
    known = catalogue(context)
    for index, row in enumerate(rows):
        choices = list(_choices(row, known)) if row.get("wish") == "Diploma" else []
        clashes = find_clashes(choices) if choices else []
        if clashes:
            who = " ".join(part for part in (row.get("first_names"), row.get("last_name")) if part)
            text = phrase("{who}: {clash}", who=who or row.get("applicant"), clash=clashes[0].message)
            offered = [choice.subject for choice in choices]
            found = repairs(choices, offered, most=1, limit=1)
            change = change_in_words(found[0], choices) if found else ""
            fix = phrase("One change is enough: {change}.", change=change) if change else clashes[0].fix
            yield Violation(index, "courses", text, fix)


def as_registered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Enrolled applicants whose registered courses are not those of the wish."""
    known, taken = catalogue(context), taken_by(context)
    for index, row in enumerate(rows):
        lines = [line for line in taken.get(row.get("candidate") or "", ()) if line.get("level") in ("SL", "HL")]
        wished = {(choice.subject.name, choice.level) for choice in _choices(row, known)}
        have = {(found.name, line["level"]) for line in lines if (found := known.find(line.get("subject") or ""))}
        if lines and wished and (other := sorted(wished - have)):
            text = phrase(
                "{last_name}: wished, but not registered: {courses}.",
                last_name=row.get("last_name"),
                courses=[f"{name} {level}" for name, level in other],
            )
            yield Violation(index, "courses", text, "Talk about it, or correct the wish or the registration.")


def _choices(row: Row, known: Catalogue) -> Iterator[Choice]:
    for part in people(row.get("courses")):
        name, _, level = part.rpartition(" ")
        subject = known.find(name)
        if subject and level in ("SL", "HL"):
            yield Choice(subject, level, row.get("language_a") or "English")

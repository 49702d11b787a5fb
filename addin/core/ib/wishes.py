"""Course wishes of applicants: do they make a diploma, and are they what was registered in the end.

The combination rules and their sources are in combination.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.combination import Choice, find_clashes
from addin.core.ib.people import Candidates, people, taken_by
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.ib.what_if import change_in_words, repairs
from addin.core.language import phrase
from addin.core.tables.equality import fold


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


def same_person(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Applicants whose candidate code is that of somebody else, and those who are candidates already."""
    candidates = Candidates(context)
    by_name = {_named(row): code for code, row in candidates.rows.items() if row.get("last_name")}
    for index, row in enumerate(rows):
        name, code = _named(row), row.get("candidate") or ""
        person = candidates.rows.get(code)
        who = " ".join(filter(None, (row.get("first_names"), row.get("last_name")))) or row.get("applicant")
        if person and row.get("last_name") and fold(person.get("last_name") or "") != fold(row["last_name"]):
            text = phrase(
                "{who} has the code {code}, which is {other}.", who=who, code=code, other=candidates.who(code)
            )
            yield Violation(index, "candidate", text, "Correct the code or the name.")
        elif not code and row.get("first_names") and name in by_name and row.get("state") in _OPEN:
            text = phrase("{who} is in Candidates already: {other}.", who=who, other=candidates.who(by_name[name]))
            yield Violation(index, "state", text, "Set the state to Enrolled and enter the code, or check the names.")


def _named(row: Row) -> tuple[str, str]:
    return fold(row.get("last_name") or ""), fold(row.get("first_names") or "")


_OPEN = ("Asked", "Applied", "Offered", "Accepted")


def _choices(row: Row, known: Catalogue) -> Iterator[Choice]:
    for part in people(row.get("courses")):
        name, _, level = part.rpartition(" ")
        subject = known.find(name)
        if subject and level in ("SL", "HL"):
            yield Choice(subject, level, row.get("language_a") or "English")

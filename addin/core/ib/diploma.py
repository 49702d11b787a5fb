"""The diploma: `award` says what grades amount to, `combination` and `doubts` which subjects may be taken together.

`combination` and `doubts` are rules (see addin/core/ib/__init__.py) over one candidate's rows, with the columns of
sheets_templates/registrations.toml; what concerns sessions, levels and the core is in registrations.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.award import CODES, CORE, Award, Limits, Result, award, core_points
from addin.core.ib.combination import Choice, Clash, excluded, find_clashes
from addin.core.ib.combination import doubts as _doubts
from addin.core.ib.registrations import WITHDRAWN
from addin.core.ib.subjects import Catalogue, Subject, catalogue
from addin.core.ib.what_if import change_in_words, repairs
from addin.core.language import in_one, phrase, spoken_later
from addin.core.records import replace

__all__ = ["CODES", "CORE", "Award", "Limits", "Result", "award", "combination", "core_points", "doubts"]


def combination(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's contributing subjects: C1 to C6 and C9 of combination.py, for the diploma category only.

    Subjects taken early (category A) count with those of the diploma session; retakes (R) stand for a subject that
    is counted already. Ab initio at HL (C7) is found by registrations.offered, for every category.
    """
    indexes, choices = _choices(rows, context)
    found = find_clashes(choices) if choices else []
    if any(fault.rule == "C2" for fault in found) and _approved(rows[indexes[0]].get("candidate"), context):
        found = find_clashes(choices, approved=True)
    clashes = [clash for clash in found if clash.rule != "C7"]
    for number, violation in enumerate(_faults(clashes, indexes)):
        advice = _advice(choices, context) if number == 0 else ""
        yield replace(violation, fix=in_one(spoken_later(violation.fix), advice)) if advice else violation


def _advice(choices: Sequence[Choice], context: RuleContext) -> str:
    """The single change that makes the choice valid with the fewest lessons lost, from the subjects of the school."""
    known = catalogue(context)
    taught = (row for row in context.rows("registrations") if row.get("level") in ("SL", "HL"))
    names = {row["subject"] for row in taught if row.get("subject")}
    offered = [subject for name in sorted(names) if (subject := known.find(name)) and subject.status == "regular"]
    found = repairs(choices, offered, most=1, limit=1)
    return phrase("One change is enough: {change}.", change=change_in_words(found[0], choices)) if found else ""


def doubts(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's contributing subjects: what the 2009 handbook limited, and the school's excluded pairs."""
    indexes, choices = _choices(rows, context)
    yield from _faults((*_doubts(choices), *excluded(choices, context.list("excluded_pairs"))), indexes)


def _choices(rows: Sequence[Row], context: RuleContext) -> tuple[list[int], list[Choice]]:
    """The contributing subjects of one candidate and where they stand; none unless registered for the diploma."""
    categories = [row.get("category") for row in rows]
    if None in categories:
        home = _home_category(rows, context)
        categories = [category or home for category in categories]
    taking = [row.get("status") != WITHDRAWN for row in rows]
    if ("D", True) not in zip(categories, taking, strict=True):
        return [], []
    known = catalogue(context)
    indexes, choices = [], []
    for index, row in enumerate(rows):
        counts = row.get("contributing") is not False and row.get("level") in ("SL", "HL")
        if counts and row.get("subject") and categories[index] in ("D", "A") and taking[index]:
            indexes.append(index)
            choices.append(_choice(row, known))
    return indexes, choices


def _home_category(rows: Sequence[Row], context: RuleContext) -> str:
    """The category that the candidates tracker knows; a school that writes none down has diploma candidates."""
    candidate = rows[0].get("candidate")
    people = (row for row in context.rows("candidates") if row.get("code") == candidate)
    return next((row["category"] for row in people if row.get("category")), "D")


def _choice(row: Row, known: Catalogue) -> Choice:
    name = row["subject"]
    return Choice(
        subject=known.find(name) or Subject(name, family=name),
        level=row["level"],
        language=row.get("response_language") or "",
        self_taught=row.get("self_taught") is True,
        pilot=row.get("pilot") is True,
    )


def _faults(found: Iterable[Clash], indexes: Sequence[int]) -> Iterator[Violation]:
    for fault in found:
        yield Violation(indexes[fault.index], "level" if fault.rule == "C4" else "subject", fault.message, fault.fix)


def _approved(candidate: str | None, context: RuleContext) -> bool:
    rows = (row for row in context.rows("candidates") if row.get("code") == candidate)
    return any(row.get("non_regular") is True for row in rows)

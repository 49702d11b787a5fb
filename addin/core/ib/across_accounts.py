"""Accounts that colleagues should have: a system that most of a group use is expected of the others too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.across_subjects import teachers
from addin.core.ib.days import day
from addin.core.ib.people import people
from addin.core.language import all_of, phrase
from addin.core.tables.equality import fold

_MOST = 0.75
"""The part of a group that has an account, from which the others are asked about (own)."""
_SYSTEMS = ("My IB", "IBIS", "Programme Resource Centre", "eCoursework", "ManageBac", "Toddle")


def staff_without_account(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Colleagues on the Staff sheet without an account that most of their kind have.

    An empty Staff access asks nothing. Teachers of registered subjects are compared with teachers, all with all.
    """
    today, held = context.setting("today"), _held(context)
    here = [
        (index, row["name"], {fold(name) for name in (row["name"], *people(row.get("also_known_as")))})
        for index, row in enumerate(rows)
        if row.get("name") and not ((left := day(row.get("left"))) and (not today or left <= today))
    ]
    teaching = {fold(name) for name, _ in teachers(context.rows("registrations"))}
    groups = [here, [one for one in here if one[2] & teaching]]
    missing: dict[int, list[str]] = {}
    for system in _SYSTEMS:
        for group in groups:
            lack = [index for index, _, names in group if not names & held.get(system, set())]
            if len(group) - len(lack) >= max(3, _MOST * len(group)):
                for index in lack:
                    if system not in missing.setdefault(index, []):
                        missing[index].append(system)
    for index, systems in sorted(missing.items()):
        text = phrase(
            "{name} has no account in {systems}; most colleagues have.",
            name=rows[index]["name"],
            systems=all_of(systems),
        )
        yield Violation(index, "name", text, "Grant access, then enter it in Staff access.")


def _held(context: RuleContext) -> dict[str, set[str]]:
    """System -> folded names of those with an open account."""
    found: dict[str, set[str]] = {}
    for row in context.rows("access"):
        if row.get("person") and row.get("system") and not row.get("removed"):
            found.setdefault(row["system"], set()).add(fold(row["person"]))
    return found

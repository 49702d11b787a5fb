"""Pieces of work that one candidate lacks and the others of the subject have, and states that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.across_subjects import subject_name
from addin.core.ib.people import Candidates, lines, session_of
from addin.core.ib.subjects import catalogue
from addin.core.language import phrase
from addin.core.tables.equality import fold

_UPLOADED = ("Candidate submitted", "Ready for authentication", "Ready for submission", "Submitted")
Group = tuple[str, str, str]
"""Session, kind or family of the subject, level."""


def tasks_missing(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Second tasks (the HL essay beside the oral) that a candidate lacks and most others of kind and level have."""
    known = catalogue(context)
    tasks: dict[Group, dict[str, set[tuple[str, str]]]] = {}
    names: dict[str, str] = {}
    have: dict[Group, dict[tuple[str, str], int]] = {}
    taken = {
        (line["candidate"], subject_name(known, line.get("subject")), line.get("level")) for line in lines(context)
    }
    for index, row in enumerate(rows):
        subject = known.find(row.get("subject") or "")
        if subject and row.get("candidate") and row.get("task") and row.get("level"):
            group = (session_of(row), subject.kind or subject.family, row["level"])
            who = (row["candidate"], subject.name)
            if not taken or (*who, row["level"]) in taken:
                tasks.setdefault(group, {}).setdefault(fold(row["task"]), set()).add(who)
                have.setdefault(group, {}).setdefault(who, index)
                names.setdefault(fold(row["task"]), row["task"])
    people = Candidates(context)
    for group, mine in have.items():
        for task, holders in tasks[group].items():
            lack = [who for who in mine if who not in holders]
            for candidate, name in lack if lack and 2 * len(holders) > len(mine) else ():
                text = phrase(
                    "{who} has no line for the {task} in {subject}; most others have one.",
                    who=people.who(candidate),
                    task=names[task],
                    subject=name,
                )
                yield Violation(mine[candidate, name], "task", text, "Add the line, or correct the task's name.")


def states_agree(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Work that eCoursework has and that the school still calls not begun."""
    who = Candidates(context).who
    for index, row in enumerate(rows):
        if row.get("ecoursework") in _UPLOADED and row.get("state") == "Not started":
            text = phrase(
                "{who}, {subject}: eCoursework says {there}, the state here is Not started.",
                who=who(row.get("candidate")),
                subject=row.get("subject"),
                there=row["ecoursework"],
            )
            yield Violation(index, "state", text, "Correct one of the two.")

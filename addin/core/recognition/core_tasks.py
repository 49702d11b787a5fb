"""A list of the core with two tasks side by side: `Exhibition mark | Essay title | PPF 1` is two lines for a student.

Whose a column is, its header or the heading above it says, else the column left of it; a teacher, a set and whatever
stands before them is of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from addin.core import records
from addin.core.recognition.likeness import known_name, names
from addin.core.recognition.parts import Part
from addin.core.recognition.recognise import Match
from addin.core.recognition.vocabulary import header_key
from addin.core.regex import regex
from addin.core.trackers import Tracker

_TASKS = {
    "Extended essay": regex(r"\b(?:ee|extended essays?|monografias?|memoires?|facharbeit(?:en)?)\b"),
    "TOK exhibition": regex(
        r"\b(?:exhib\w*|objects?|objetos?|objets?|objekte?|prompts?|exposicion|exposition|ausstellung)\b"
    ),
    "TOK essay": regex(r"\b(?:essays?|titles?|pts?|interactions?|ppf\d?|ensayos?|dissertations?|essais?)\b"),
}
"""The words of each task, in the order in which they are looked for."""
_OF_EACH = {"supervisor", "session", "notes", "last_name", "first_names", "candidate"}
_AROUND = regex(r"\b(?:extended|ee|tok|exhib\w*|essays?|out of \d+|\d+)\b")


def by_task(part: Part, tracker: Tracker) -> Iterator[tuple[str, Part]]:
    """(task, the list with its columns only) for each task that a list has columns of; ("", the list) for any other."""
    found = part.found
    tasks = _tasks(part) if tracker.name == "core" and found else {}
    if found is None or len(set(tasks.values())) < 2 or any(match.column == "component" for match in found.matches):
        yield "", part
        return
    sure = {match.number: match for match in found.matches}
    for task in dict.fromkeys(tasks.values()):
        columns = tuple(number for number in part.region.columns if tasks.get(number, task) == task)
        matches = [sure[number] for number in columns if number in sure]
        taken = {match.column for match in matches}
        for number in columns:
            column = "" if number in sure else _column_of(part.region.headers[number], tracker)
            if column and column not in taken:
                matches.append(Match(part.region.headers[number], number, column))
                taken.add(column)
        ordered = sorted(matches, key=lambda match: match.number)
        own = records.replace(part.region, columns=columns)
        yield task, records.replace(part, region=own, found=found.with_matches(ordered))


def _tasks(part: Part) -> dict[int, str]:
    """number -> the task of a column, for those that are of one."""
    assert part.found is not None
    of_each = {match.number for match in part.found.matches if match.column in _OF_EACH}
    tasks: dict[int, str] = {}
    current = ""
    for number in part.region.columns:
        role = part.roles.get(number)
        if number in of_each or (role and role.kind in ("name", "fact", "numbering")):
            continue
        said = f"{part.region.groups.get(number, '')} | {part.region.headers[number]}"
        text = " | ".join(map(header_key, said.split(" | ")))
        current = next((task for task, words in _TASKS.items() if words.search(text)), current)
        if current:
            tasks[number] = current
    return tasks


def _column_of(header: str, tracker: Tracker) -> str:
    """The column that a header means without the words for its task: `Exhibition mark /10` is the mark."""
    text = " ".join(re.sub(r"[/()]", " ", _AROUND.sub(" ", header_key(header))).split())
    known = names(tracker)
    name = known_name(text, known)
    return known[name][0] if name and len(known[name]) == 1 else ""

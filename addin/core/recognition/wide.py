"""What is side by side where a tracker wants one row each: Group 1 to Group 6, or a column for each subject.

Such a sheet cannot be mapped, column by column, and nobody should guess: it is said, with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.likeness import allowed, below
from addin.core.settings import Lists
from addin.core.tables.layout import plain
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker

LEAST = 3
"""So many columns of a kind at least."""
PART = 0.3
"""The part of their cells that must be values of the column that they are taken for."""

SIDE_BY_SIDE = (
    "{first} to {last} stand side by side, and {title} has one row for each {header}: put them below each other, on a "
    "sheet of their own"
)
OF_GROUPS = (
    "{first} to {last} are groups of subjects, and a registration or a grade is of a subject: enter the subjects in "
    "their cells, or above them"
)
ARE_VALUES = (
    "{first} to {last} are values of {header}, and {title} has one row for each {header}: put them below each other, "
    "on a sheet of their own"
)
_GROUP = frozenset({"group", "subject group", "groupe", "grupo", "gruppe"})


@dataclass(frozen=True, slots=True)
class Wide:
    """Columns that hold the values of one column, or are named by them."""

    numbers: tuple[int, ...]
    why: str


def side_by_side(
    grid: Grid, row: int, headers: Sequence[tuple[int, str]], trackers: Mapping[str, Tracker], lists: Lists
) -> Wide | None:
    """The columns among these headers that belong below each other; None where there are none."""
    stems: dict[str, list[tuple[int, str]]] = {}
    for number, header in headers:
        if match := re.fullmatch(r"(.*?)\s*\d+", plain(header)):
            stems.setdefault(match[1], []).append((number, header))
    for stem, found in stems.items():
        if len(found) >= LEAST:
            if stem in _GROUP:
                why = phrase(OF_GROUPS, first=found[0][1], last=found[-1][1])
                return Wide(tuple(number for number, _ in found), why)
            cells = [cell for number, _ in found for cell in below(grid, row, number)]
            place = _by_cells(cells, trackers, lists) or _by_name(stem, trackers)
            if place:
                return _wide(found, *place, SIDE_BY_SIDE)
    for tracker, column in _listed(trackers, lists):
        among = allowed(column, lists)
        found = [(number, header) for number, header in headers if _bare(header) in among]
        if len(found) >= LEAST:
            return _wide(found, tracker, column, ARE_VALUES)
    return None


def _wide(found: Sequence[tuple[int, str]], tracker: Tracker, column: Column, how: str) -> Wide:
    first, last = found[0][1], found[-1][1]
    title, header = phrase(tracker.title), phrase(column.header)
    why = phrase(how, first=first, last=last, title=title, header=header)
    return Wide(tuple(number for number, _ in found), why)


def _listed(trackers: Mapping[str, Tracker], lists: Lists) -> list[tuple[Tracker, Column]]:
    """Columns that are part of a key and hold one of a list's values: what makes many rows of one."""
    return [
        (tracker, tracker.columns[name])
        for tracker in trackers.values()
        for name in tracker.key
        if len(tracker.key) > 1 and len(allowed(tracker.columns[name], lists)) > LEAST
    ]


def _by_cells(cells: Sequence[Value], trackers: Mapping[str, Tracker], lists: Lists) -> tuple[Tracker, Column] | None:
    bare = [_bare(show(cell)) for cell in cells]
    for tracker, column in _listed(trackers, lists):
        among = allowed(column, lists)
        if bare and sum(cell in among for cell in bare) >= PART * len(bare):
            return tracker, column
    return None


def _by_name(stem: str, trackers: Mapping[str, Tracker]) -> tuple[Tracker, Column] | None:
    for tracker in trackers.values():
        for name in tracker.key:
            column = tracker.columns[name]
            if len(tracker.key) > 1 and stem in {plain(n) for n in (column.header, name, *column.aliases)}:
                return tracker, column
    return None


def _bare(text: str) -> str:
    """A subject without its level: `Biology HL` is Biology."""
    return re.sub(r"\b[hs]l\b", "", plain(text)).strip()

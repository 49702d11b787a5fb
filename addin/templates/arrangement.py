"""The order of a tracker's columns on its sheet: what is worked with first, the rest behind it, folded away."""

from __future__ import annotations

from collections.abc import Iterator

from addin.core.checks.due import due_dates, naming_columns
from addin.core.people import PERSON_COLUMNS
from addin.core.records import replace
from addin.core.trackers import Tracker

FEW = 20
"""Trackers with no more columns than this are shown whole, in the order of their declaration."""
_ALWAYS = ("last_name", "first_names", "status", "state", "notes", "email", "subject", "level", "programme", "start",
           "end", "joined", "left", "hours", "candidate", "student", "year_group", "career_study",
           "language", "a", "b", "c", "d")  # fmt: skip


def arranged(tracker: Tracker) -> Tracker:
    """The tracker with the columns that people work with first."""
    back = optional(tracker)
    if not back:
        return tracker
    columns = tracker.columns
    order = [name for name in columns if name not in back] + [name for name in columns if name in back]
    return replace(tracker, columns={name: columns[name] for name in order})


def optional(tracker: Tracker) -> set[str]:
    """The columns that are folded away: neither key nor required, no date that is due, no person, in no summary."""
    if len(tracker.columns) <= FEW:
        return set()
    return {*tracker.columns} - {*_worked_with(tracker)}


def folded(tracker: Tracker) -> set[str]:
    """All columns that are folded away: those behind the others, and those that say so and stay in their place."""
    return optional(tracker) | {name for name, column in tracker.columns.items() if column.folded}


def _worked_with(tracker: Tracker) -> Iterator[str]:
    yield from tracker.key
    yield from naming_columns(tracker)
    for name, column in tracker.columns.items():
        kept = name in (*_ALWAYS, *PERSON_COLUMNS) or name.endswith(("_state", "_hours"))
        if column.words.get("required") or column.calculated or kept:
            yield name
    for due in due_dates(tracker):
        yield from (due.column, *due.open)
    for view in tracker.views:
        yield view.match
        for measure in view.columns:
            yield from (*measure.of, *measure.where)
        yield from (r.rpartition(".")[2] for r in (view.per, *view.show) if r.startswith(f"{tracker.name}."))

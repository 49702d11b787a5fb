"""What is due: which date of a tracker says so, when a row is done, and how an item is named.

A tracker's own rules say it (`when = { due = { less_than = "settings.today" }, done = { blank = true } }`); a date
column called due without such a rule is over when one of the columns in CLOSED is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from addin.core.records import record
from addin.core.tables.values import show
from addin.core.trackers import Conditions, Tracker

CLOSED = ("returned", "done", "completed", "submitted", "final", "report", "uploaded", "plan_done", "followed_up")
"""A row with one of these columns filled is done: nothing in it is due any more."""
TODAY = "settings.today"
_SIMPLE = {"blank", "required", "one_of", "none_of"}
"""Words of conditions that a sheet can count by."""
WHAT = (
    "item",
    "component",
    "task",
    "title",
    "event",
    "topic",
    "action",
    "focus",
    "evidence",
    "unit",
    "policy",
    "workshop",
    "project",
)
WHOSE = ("first_names", "last_name", "staff", "teacher", "lent_to")


@record
class DueDate:
    """A date column that says when something is due, and what else must hold while the row is open."""

    column: str
    open: Conditions

    def until(self, limit: Any) -> dict[str, Mapping[str, Any]]:
        """The conditions of an open row whose date is not later than a limit."""
        return {**self.open, self.column: {"at_most": limit}}


def due_dates(tracker: Tracker) -> list[DueDate]:
    """The due dates of a tracker, as its rules declare them."""
    found: dict[str, DueDate] = {}
    for rule in tracker.rules:
        for name, words in rule.when.items():
            rest = {other: limits for other, limits in rule.when.items() if other != name}
            simple = all(limits.keys() <= _SIMPLE for limits in rest.values())
            if words == {"less_than": TODAY} and simple and "due" in rule.id:
                found.setdefault(name, DueDate(name, rest))
    for name, column in tracker.columns.items():
        named = name in ("due", "deadline") or (name.endswith("_due") and name != "next_due")
        if column.type == "date" and named and name not in found:
            found[name] = DueDate(name, {c: {"blank": True} for c in CLOSED if c in tracker.columns})
    return list(found.values())


def naming_columns(tracker: Tracker) -> list[str]:
    """The columns that name an item to a person: whose it is, and what it is; at least one."""
    whose = [name for name in WHOSE if name in tracker.columns][:2]
    what = next((name for name in WHAT if name in tracker.columns), "")
    names = [*whose, *([what] if what else [])]
    return names or [*tracker.key[:2]] or [next(iter(tracker.columns))]


def item_name(tracker: Tracker, row: Mapping[str, Any]) -> str:
    """An item in words, from its naming columns: `Viktor Sadeghi · Extended essay`."""
    return " · ".join(_parts(tracker, row))


def _parts(tracker: Tracker, row: Mapping[str, Any]) -> Iterator[str]:
    names = naming_columns(tracker)
    person = " ".join(show(row.get(name)) for name in names if name in ("first_names", "last_name")).strip()
    if person:
        yield person
    yield from (show(row[name]) for name in names if name not in ("first_names", "last_name") and row.get(name))

"""What the other trackers hold for the codes of the standards: meetings, policies, documents, learning, surveys.

Lessons are counted by code and named to nobody: an observation for the evaluation is about the school, not a teacher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from addin.core.book import Value
from addin.core.ib.days import day
from addin.core.ib.people import people
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.text import counted
from addin.reports.page import Grid, Item, Link, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

PLACES: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "policies": (("policy",), "reviewed", "link"),
    "documents": (("document",), "reviewed", "link"),
    "meetings": (("group", "item"), "date", "minutes"),
    "learning": (("activity",), "held", "link"),
    "communications": (("topic",), "date", "link"),
    "surveys": (("survey",), "done", ""),
    "partners": (("partner",), "from", ""),
}
"""Tracker -> what names its rows, their day, and where the paper is."""
OBSERVED = "observations"
MOST = 40
WEB_ADDRESS = regex(r"https?://", re.IGNORECASE)


class Held(NamedTuple):
    """Something that another tracker holds for a code."""

    code: str
    tracker: str
    what: str
    day: date | None
    link: str = ""


def held_elsewhere(workbook: Workbook, copy: FullView) -> list[Held]:
    """Everything with a code outside of Evaluation, by code, the newest first."""
    found = [*_named(workbook, copy), *_observed(workbook)]
    return sorted(found, key=lambda one: (one.code, -(one.day or date.min).toordinal(), one.tracker, one.what))


def _named(workbook: Workbook, copy: FullView) -> Iterator[Held]:
    for name, (columns, when, link) in PLACES.items():
        for row in _rows(workbook, name):
            tracker = workbook.trackers[name]
            words = (copy.value(tracker, column, row[column]) for column in columns if row[column])
            where = copy.value(tracker, link, row[link]) if link and row[link] else ""
            what = ": ".join(words)
            for code in people(show(row["codes"])) if what else ():
                yield Held(code, tracker.title, what, day(row[when]), where)


def _observed(workbook: Workbook) -> Iterator[Held]:
    """Lessons by code: how many, and the last day."""
    seen: dict[str, list[date | None]] = {}
    for row in _rows(workbook, OBSERVED):
        for code in people(show(row["codes"])):
            seen.setdefault(code, []).append(day(row["date"]))
    for code, days in seen.items():
        last = max(filter(None, days), default=None)
        yield Held(code, workbook.trackers[OBSERVED].title, counted(len(days), "lesson"), last)


def grid(title: str, found: list[Held]) -> Grid:
    """A list of what is held; long ones end with how many more there are."""
    rows: list[list[Item]] = [
        [
            one.code,
            one.tracker,
            one.what,
            on(one.day) if one.day else "",
            Link(one.link, one.link) if WEB_ADDRESS.match(one.link) else one.link,
        ]
        for one in found[:MOST]
    ]
    more = len(found) - len(rows)
    headers = ("Code", "Tracker", "What", "Day", "Link")
    return Grid(title, headers, rows, (2.2, 2.2, 3.4, 1.6, 2.6), note=f"and {more} more." if more else "")


def _rows(workbook: Workbook, name: str) -> list[Mapping[str, Value]]:
    table = workbook.tables.get(name)
    return [table.row(index) for index in range(len(table))] if table is not None else []

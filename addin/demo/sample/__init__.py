"""A believable school for trying things out: nobody in it exists. All rows are clean, but for what was planted.

    school(seed, today, lists)  ->  Sample(rows, ids, planted)

    people.py  made-up names        candidates.py  registrations.py  cas.py  pd.py  inventory.py: the clean rows
    planted.py what is wrong, where, and which rules must find it

The same seed and day give the same school; dates move with the day, so that a sample never looks old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from addin.core.book import Value
from addin.core.sync.identity import new_ids
from addin.demo.sample import candidates, cas, inventory, pd, planted, registrations
from addin.demo.sample.planted import Planted

__all__ = ["Planted", "Sample", "school", "school_on"]

Rows = dict[str, list[dict[str, Value]]]
DAY = date(2026, 11, 22)
"""The day of the sample that comes with the product."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A school's rows, their ids, and the mistakes that were planted in them."""

    rows: Mapping[str, list[dict[str, Value]]]
    ids: Mapping[str, list[str]]
    planted: tuple[Planted, ...]


def school(seed: int = 1, today: date = DAY) -> Sample:
    """120 candidates with their registrations and CAS, 300 workshops, 800 things, a few dozen mistakes."""
    random = Random(seed)
    people = candidates.rows(random, today)
    workshops = pd.rows(random, today)
    rows: Rows = {
        "candidates": people,
        "registrations": registrations.rows(random, people, pd.teachers(workshops)),
        "cas": cas.rows(random, people, today),
        "pd": workshops,
        "inventory": inventory.rows(random, people, today),
    }
    found = planted.plant(rows, today)
    given: set[str] = set()
    ids = {}
    for tracker, held in rows.items():
        ids[tracker] = new_ids(given, len(held), random)
        given.update(ids[tracker])
    return Sample(rows, ids, tuple(found))


def school_on(day: date) -> Sample:
    """The sample school as of a day, for `actions.new`."""
    return school(today=day)

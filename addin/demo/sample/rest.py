"""The sample school in all trackers of a programme: the same people continued everywhere, a mistake planted in each.

Rows of a tracker without a generator of its own come from the clean examples in its TOML file, with the people, the
session and the dates of the sample; a row in which the checks find anything is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from addin.core.checks.rules import check
from addin.core.people import PERSON_COLUMNS
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.demo.sample.people import address, names
from addin.demo.sample.planted import FIRST_ROW, Planted
from addin.templates.book import tables

Row = dict[str, Any]
CLONES = 24
"""So many times an example is repeated, for another person each time; what would differ only by a number is not."""
PUPIL = "student"
"""The column of a student who has no candidate code."""
WRITTEN = date(2026, 11, 21)
"""The day for which the examples were written."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and when: students' codes, colleagues' names, the session and the day."""

    codes: Sequence[str]
    staff: Sequence[str]
    session: str
    today: date


def staff_rows(
    workshops: Sequence[Mapping[str, Any]], advisers: Sequence[str], today: date, called: tuple[str, str, str]
) -> list[Row]:
    """Everybody who attends workshops or advises, once; a teacher who is new has had no workshop yet.

    `called` are the role of advisers, and role and subject of the newcomer.
    """
    found: dict[str, Row] = {}
    for row in workshops:
        found.setdefault(
            row["staff"],
            {
                "name": row["staff"],
                "email": row.get("email"),
                "roles": row.get("role"),
                "subjects": row.get("subject"),
                "joined": row.get("in_role_since"),
            },
        )
    for name in advisers:
        first, last = name.split()[0], name.split()[-1]
        found.setdefault(name, {"name": name, "email": address(first, last, "riverside.example"), "roles": called[0]})
    found["N. Newcomer"] = {
        "name": "N. Newcomer",
        "email": "n.newcomer@riverside.example",
        "roles": called[1],
        "subjects": called[2] or None,
        "joined": date(today.year, 8, 1),
    }
    return list(found.values())


def students(random: Random, count: int) -> list[tuple[str, str, str]]:
    """(id, first names, last name) of made-up pupils."""
    return [(f"P{number:03}", first, last) for number, (first, last) in enumerate(names(random, count), 1)]


def from_examples(tracker: Tracker, cast: Cast, clones: int = CLONES) -> list[Row]:
    """Rows of a tracker made of its clean examples."""
    clean = [row for example in tracker.examples if not example.trips for row in example.rows]
    made = [_clone(tracker, row, cast, number, place) for number in range(clones) for place, row in enumerate(clean)]
    keys: dict[tuple[str, ...], Row] = {}
    for row in made:
        keys.setdefault(tuple(str(row.get(name)) for name in tracker.key or row), row)
    return list(keys.values())


def _clone(tracker: Tracker, row: Mapping[str, Any], cast: Cast, number: int, place: int) -> Row:
    found: Row = {}
    moved = timedelta(days=(cast.today - WRITTEN).days)
    people = 0
    for name, value in row.items():
        column = tracker.columns[name]
        if column.words.get("exists_in") == "candidates.code":
            value = cast.codes[(number + 31 * place) % len(cast.codes)]
        elif name == "session":
            value = cast.session
        elif name in PERSON_COLUMNS and isinstance(value, str):
            value = cast.staff[(number * 7 + place + people) % len(cast.staff)]
            people += 1  # nobody observes or countersigns himself
        elif name == PUPIL and number:
            value = f"{value} {number + 1}"  # another one, whom the sample's pupils replace
        elif isinstance(value, (date, datetime)):
            value = value + moved
        found[name] = value
    return found


def cleaned(
    trackers: Mapping[str, Tracker], rows: Mapping[str, list[Row]], keep: Sequence[str], settings: Settings
) -> dict[str, list[Row]]:
    """The rows without those in which the checks find anything; the trackers in `keep` stay as they are."""
    held = {name: list(lines) for name, lines in rows.items()}
    for _ in range(4):
        bad: dict[str, set[int]] = {}
        for one in check(trackers, tables(trackers, held), settings):
            bad.setdefault(one.tracker, set()).add(one.row - FIRST_ROW)
        bad = {name: places for name, places in bad.items() if name not in keep}
        if not bad:
            break
        for name, places in bad.items():
            held[name] = [row for index, row in enumerate(held[name]) if index not in places]
    return held


def with_one_each(
    trackers: Mapping[str, Tracker], held: dict[str, list[Row]], cast: Cast, settings: Settings
) -> Iterator[Planted]:
    """Give each tracker that is still empty one row of its examples, and say what does not fit the other trackers."""
    empty = {n: from_examples(tracker, cast, 1)[:1] for n, tracker in trackers.items() if not held.get(n)}
    if not empty:
        return
    before = {(f.tracker, f.row, f.rule) for f in check(trackers, tables(trackers, held), settings)}
    held |= empty
    for one in check(trackers, tables(trackers, held), settings):
        if (one.tracker, one.row, one.rule) not in before:
            yield Planted(one.tracker, one.row, one.rule, "the row does not fit the other trackers")


def consequences(
    trackers: Mapping[str, Tracker], held: Mapping[str, list[Row]], planted: Sequence[Planted], settings: Settings
) -> Iterator[Planted]:
    """What else is found because of what was planted: at another row of the same person or thing."""
    known = {(trackers[one.tracker].sheet, one.row, one.rule) for one in planted if one.tracker in trackers}
    at = {tracker.sheet: name for name, tracker in trackers.items()}
    for one in check(trackers, tables(trackers, held), settings):
        if (one.sheet, one.row, one.rule) not in known:
            yield Planted(at[one.sheet], one.row, one.rule, "follows from a mistake elsewhere")


def plant_one(
    trackers: Mapping[str, Tracker], rows: dict[str, list[Row]], only: Sequence[str], settings: Settings
) -> Iterator[Planted]:
    """Take a needed value out of the last row of each of these trackers, and say so."""
    before = {(f.tracker, f.row, f.rule) for f in check(trackers, tables(trackers, rows), settings)}
    touched = {}
    for name in only:
        tracker = trackers[name]
        needed = [c for c in tracker.columns.values() if c.words.get("required") and c.name not in tracker.key]
        if rows.get(name) and needed:
            index = len(rows[name]) - 1
            rows[name][index] = {**rows[name][index], needed[-1].name: None}
            touched[name] = (FIRST_ROW + index, needed[-1].header)
    for one in check(trackers, tables(trackers, rows), settings):
        if (one.tracker, one.row, one.rule) not in before:
            row, header = touched.get(one.tracker, (one.row, ""))
            yield Planted(one.tracker, one.row, one.rule, f"{header} was taken out" if row == one.row else "follows")

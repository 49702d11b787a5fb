"""People of the school: which columns name them, and how a name on a sheet is found on the Staff sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from addin.core.records import record
from addin.core.tables.layout import plain
from addin.core.tables.table import Table
from addin.core.tables.values import show, split

STAFF = "staff"
"""The name of the tracker that lists them."""
OWNERS = ("supervisor", "observer", "teacher", "owner", "staff", "mentor", "name")
"""Columns that name the person whose row it is, in this order; `name` counts on Staff only."""
ADVISER = "adviser"
PERSON_COLUMNS = (ADVISER, *OWNERS[:-1], "chair", "granted_by", "person", "second_person")
"""Columns whose drop-down is the Staff sheet."""


@record
class Person:
    """One colleague, as the Staff sheet has them."""

    name: str
    address: str = ""
    names: tuple[str, ...] = ()
    """Every name by which the sheets may call this person."""
    left: date | None = None

    def is_here(self, today: date) -> bool:
        """Whether the person still works here."""
        return self.left is None or self.left >= today


def people_of(table: Table | None) -> list[Person]:
    """The people of a Staff table, in the order of its rows."""
    if table is None:
        return []
    return [_person(table.row(index)) for index in range(len(table)) if table.columns["name"][index]]


def _person(row: Mapping[str, Any]) -> Person:
    name, left = show(row["name"]).strip(), row.get("left")
    names = (name, *(part for part in split(row.get("also_known_as")) if part))
    return Person(
        name,
        show(row.get("email")).strip(),
        names,
        left.date() if isinstance(left, datetime) else left if isinstance(left, date) else None,
    )


class Directory:
    """Finds a person by a name as the sheets write it: exactly, else without case and punctuation if that is unique."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._exact = _unique((name, person) for person in people for name in person.names)
        self._plain = _unique((plain(name), person) for name, person in self._exact.items())

    def find(self, name: str) -> Person | None:
        """The person of this name; None where nobody has it, or more than one."""
        return self._exact.get(name.strip()) or self._plain.get(plain(name))


def _unique(pairs: Iterable[tuple[str, Person]]) -> dict[str, Person]:
    """Name -> person; a name that two people share is left out."""
    found: dict[str, Person] = {}
    shared = set()
    for name, person in pairs:
        if found.setdefault(name, person) is not person:
            shared.add(name)
    return {name: person for name, person in found.items() if name not in shared}


def owner_columns(tracker: str, columns: Collection[str]) -> list[str]:
    """The columns of a tracker that name whose row it is, the most particular first."""
    return [name for name in OWNERS if name in columns and (name != "name" or tracker == STAFF)]

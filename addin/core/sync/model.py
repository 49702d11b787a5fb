"""The words of a sync: tables, changes, conflicts, choices and the plan that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Literal

from addin.core.book import Value

Row = Mapping[str, Value]
Table = Mapping[str, Row]
"""row id -> column -> value"""

Side = Literal["left", "right"]
Direction = Literal["both", "to_right", "to_left"]
Place = tuple[str, str | None]
"""(row id, column); column None is the row as a whole."""


class Take(Enum):
    """Which side a person chose for a conflict: MINE is the left, THEIRS the right."""

    MINE = "mine"
    THEIRS = "theirs"


MINE, THEIRS = Take.MINE, Take.THEIRS


@dataclass(slots=True)
class Changes:
    """What one side has to do: cells to set, rows to add, rows to drop."""

    cells: dict[tuple[str, str], Value] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows or self.drops)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides did something to one cell, or to one row (column None), and neither may win by itself.

    Column None: `base`, `left` and `right` are rows, None for the side that deleted it.
    """

    row: str
    column: str | None
    base: Value | Row
    left: Value | Row
    right: Value | Row
    first: bool = False
    """No earlier sync is known in which this row was the same: `base` says nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's decision: MINE, THEIRS or a value; `seen` is the conflict as it was shown to them."""

    take: Take | Value
    seen: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An edit that the link does not accept from `side`: `value` was there, `instead` is there now.

    Column None: both are rows. An added row is left alone (`instead` is the row itself), a deleted one is put back
    (`value` is None), an edited one that the other side deleted is dropped (`instead` is None).
    """

    row: str
    column: str | None
    side: Side
    value: Value | Row
    instead: Value | Row


@dataclass(slots=True)
class Plan:
    """What a sync would do, and what it leaves to a person. `base` is what both sides hold once it is done."""

    to_left: Changes = field(default_factory=Changes)
    to_right: Changes = field(default_factory=Changes)
    base: dict[str, Row] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unused: list[Place] = field(default_factory=list)
    """Choices that were not carried out: their conflict is gone, or its values are no longer those that were seen."""

    def __bool__(self) -> bool:
        """Whether there is anything to write on either side."""
        return bool(self.to_left or self.to_right)

    def to(self, side: Side) -> Changes:
        """The changes for this side."""
        return self.to_left if side == "left" else self.to_right


def apply(table: Table, changes: Changes) -> dict[str, Row]:
    """The table with the changes made; the table that was given stays as it is."""
    done = dict(table)
    fresh: dict[str, dict[str, Value]] = {}
    for (row, column), value in changes.cells.items():
        if row not in fresh:
            fresh[row] = dict(done[row])
        fresh[row][column] = value
    done.update(fresh)
    done.update(changes.rows)
    for row in changes.drops:
        del done[row]
    return done


def same(one: object, other: object) -> bool:
    """Whether a spreadsheet would show and keep these two values as one and the same; an empty text is a blank."""
    one, other = (None if value == "" else value for value in (one, other))
    if type(one) is type(other):
        return one == other
    kinds = {type(one), type(other)}
    if kinds == {int, float}:
        return one == other
    if kinds == {date, datetime}:
        return _moment(one) == _moment(other)
    if kinds == {time, timedelta}:
        return _length(one) == _length(other)
    return False


def _moment(day: object) -> object:
    """A day as its midnight, as spreadsheets keep it."""
    return datetime(day.year, day.month, day.day) if type(day) is date else day


def _length(clock: object) -> object:
    """A time of day as the time since midnight, as spreadsheets keep it."""
    if not isinstance(clock, time):
        return clock
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)

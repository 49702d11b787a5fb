"""The mistakes of the sample: what was changed in which row, and which rule must find it.

Slip   one row is changed                       trips at that row
Twin   a row gets a value of the row before it  trips at both
Copy   a row is entered again, further down     trips at both
special.py has those whose finding is elsewhere than the mistake
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from addin.demo.sample.slips import COPIES, SLIPS, TWINS, Copy, Row, Slip, Twin

Rows = dict[str, list[Row]]
FIRST_ROW = 5
"""The first row of a new workbook's trackers."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One finding that must come: the row as the workbook counts it, the rule, and what was done there."""

    tracker: str
    row: int
    rule: str
    what: str


@dataclass(slots=True)
class Ground:
    """The rows and what has been planted in them; no row and no candidate gets two mistakes."""

    rows: Rows
    today: date
    used: set[tuple[str, str]] = field(default_factory=set)
    planted: list[Planted] = field(default_factory=list)

    def free(self, tracker: str, where: Any) -> int:
        """The first row that nothing was planted in yet and that suits."""
        for index, row in enumerate(self.rows[tracker]):
            if where(row) and not self.used & self.marks(tracker, index):
                return index
        raise LookupError(f"no row of {tracker} suits")

    def marks(self, tracker: str, index: int) -> set[tuple[str, str]]:
        """What a mistake in this row touches: the row, and in registrations the whole candidate."""
        row = self.rows[tracker][index]
        return {(tracker, str(row["candidate"]) if tracker == "registrations" else f"row {index}")}

    def note(self, tracker: str, index: int, trips: str, what: str) -> None:
        """Write down a mistake: the rules (parted by blanks) that must find it in this row."""
        self.used |= self.marks(tracker, index)
        self.planted += [Planted(tracker, FIRST_ROW + index, rule, what) for rule in trips.split()]


def plant(rows: Rows, today: date) -> list[Planted]:
    """Put the mistakes into the rows. Raises LookupError where the rows have no place for one."""
    from addin.demo.sample.special import special

    ground = Ground(rows, today)
    special(ground)
    for slip in SLIPS:
        _slip(ground, slip)
    for twin in TWINS:
        _twin(ground, twin)
    for copy in COPIES:
        _copy(ground, copy)
    return sorted(ground.planted, key=lambda p: (list(rows).index(p.tracker), p.row, p.rule))


def _changes(change: Any, row: Row, today: date) -> Row:
    return dict(change(row, today) if callable(change) else change)


def _slip(ground: Ground, slip: Slip) -> None:
    index = ground.free(slip.tracker, slip.where)
    row = ground.rows[slip.tracker][index]
    ground.note(slip.tracker, index, slip.trips, slip.what)
    row.update(_changes(slip.change, row, ground.today))
    ground.used |= ground.marks(slip.tracker, index)


def _twin(ground: Ground, twin: Twin) -> None:
    """The next two rows that suit, and that belong together, get the same value."""
    rows = ground.rows[twin.tracker]
    first = ground.free(twin.tracker, lambda row: twin.where(row) and _partner(ground, twin, row) is not None)
    second = _partner(ground, twin, rows[first])
    assert second is not None
    rows[second][twin.column] = rows[first][twin.column]
    if not twin.second_only:
        ground.note(twin.tracker, first, twin.trips, twin.what)
    ground.used |= ground.marks(twin.tracker, first)
    ground.note(twin.tracker, second, twin.trips, twin.what)


def _partner(ground: Ground, twin: Twin, row: Row) -> int | None:
    rows = ground.rows[twin.tracker]
    for index in range(rows.index(row) + 1, len(rows)):
        fits = twin.where(rows[index]) and all(rows[index][name] == row[name] for name in twin.same)
        if fits and not ground.used & ground.marks(twin.tracker, index):
            return index
    return None


def _copy(ground: Ground, copy: Copy) -> None:
    index = ground.free(copy.tracker, copy.where)
    rows = ground.rows[copy.tracker]
    rows.append(rows[index] | _changes(copy.change, rows[index], ground.today))
    if not copy.second_only:
        ground.note(copy.tracker, index, copy.trips, copy.what)
    ground.used |= ground.marks(copy.tracker, index)
    ground.note(copy.tracker, len(rows) - 1, copy.trips, copy.what)

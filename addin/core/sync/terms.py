"""What the two sides of a link have agreed: who may edit what, and which columns each side holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from addin.core.sync.model import Direction, Row, Side, Table

OTHER: Mapping[Side, Side] = {"left": "right", "right": "left"}
SOURCE: Mapping[str, Side] = {"to_right": "left", "to_left": "right"}

Columns = Collection[str]


@dataclass(frozen=True)
class Terms:
    """The terms of one link, and the three tables they are about."""

    base: Table
    left: Table
    right: Table
    direction: Direction = "both"
    edited_by: Mapping[str, Side] | None = None
    row_conflicts: bool = False
    holds: tuple[Columns, Columns] | None = None
    leaving: Collection[str] = ()
    unseen: Mapping[Side, Collection[str]] = field(default_factory=dict)
    """side -> rows in which it holds edits that the other side cannot have seen"""

    def __post_init__(self) -> None:
        if self.direction not in ("both", *SOURCE):
            raise ValueError(f"direction is both, to_right or to_left, not {self.direction!r}")

    @cached_property
    def source(self) -> Side | None:
        """The only side whose edits count, where the link is one-way."""
        return SOURCE.get(self.direction)

    def owner(self, column: str) -> Side | None:
        """The only side that may edit this column; None when both may."""
        return self.source or (self.edited_by or {}).get(column)

    def shared(self) -> set[str] | None:
        """The columns that both sides may hold; None when it was not said."""
        return None if self.holds is None else set(self.holds[0]) & set(self.holds[1])

    def part(self, side: Side, row: Row) -> Row:
        """What of this row, which the other side has, this side may hold."""
        if self.holds is None and row.keys() <= self._first[side]:
            return row
        held = self.held[side]
        return {column: value for column, value in row.items() if column in held}

    @cached_property
    def _first(self) -> dict[Side, set[str]]:
        """The columns of the first row of each side: nearly always all there is to know, and quick to know."""
        tables: dict[Side, Table] = {"left": self.left, "right": self.right}
        return {side: set(next(iter(table.values()), ())) for side, table in tables.items()}

    @cached_property
    def held(self) -> dict[Side, set[str]]:
        """The columns each side holds: as agreed, or its own and those that are new on the other side.

        A side without rows cannot show what it holds, and is taken to hold everything.
        """
        if self.holds is not None:
            return {"left": set(self.holds[0]), "right": set(self.holds[1])}
        base, left, right = (columns(table) for table in (self.base, self.left, self.right))
        return {
            "left": left | (right - base if self.left else base | right),
            "right": right | (left - base if self.right else base | left),
        }


def columns(table: Table) -> set[str]:
    """Every column that some row has."""
    return set().union(*table.values())

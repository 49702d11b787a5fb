"""The decisions: which side takes what, row by row, cell by cell. Their table is in addin/core/sync/__init__.py."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from typing import cast

from addin.core.book import Value
from addin.core.sync.agreed import sorted_out
from addin.core.sync.model import (
    MINE,
    THEIRS,
    Choice,
    Conflict,
    Direction,
    Place,
    Plan,
    Refused,
    Row,
    Side,
    Table,
    Take,
    same,
)
from addin.core.sync.terms import OTHER, Columns, Terms


class Open(Enum):
    """Nobody has decided yet: both sides keep what they have, and the base what it had."""

    OPEN = "open"


OPEN = Open.OPEN


def plan(
    base: Table,
    left: Table,
    right: Table,
    *,
    choices: Mapping[Place, Choice | Take | Value] | None = None,
    direction: Direction = "both",
    edited_by: Mapping[str, Side] | None = None,
    row_conflicts: bool = False,
    holds: tuple[Columns, Columns] | None = None,
    leaving: Collection[str] = (),
    unseen: Mapping[Side, Collection[str]] | None = None,
) -> Plan:
    """What each side has to do so that both hold every edit; conflicts are left to a person."""
    terms = Terms(base, left, right, direction, edited_by, row_conflicts, holds, frozenset(leaving), unseen or {})
    agreed, open_rows = sorted_out(base, left, right, terms.shared())
    merge = Merge(terms, Plan(base=agreed), dict(choices or {}))
    for row in dict.fromkeys(chain(open_rows, leaving)):
        merge.row(row)
    merge.plan.unused = list(merge.choices)
    return merge.plan


@dataclass(slots=True)
class Merge:
    """One run of the decisions: the terms, the choices not used so far, and the plan as it grows."""

    terms: Terms
    plan: Plan
    choices: dict[Place, Choice | Take | Value]

    def row(self, row: str) -> None:
        """Decide about one row."""
        mine, theirs = self.terms.left.get(row), self.terms.right.get(row)
        if mine is not None and row in self.terms.leaving:
            self.leave(row, mine, theirs)
        elif mine is not None and theirs is not None:
            self.both(row, mine, theirs)
        elif mine is not None:
            self.one(row, "left", mine)
        elif theirs is not None:
            self.one(row, "right", theirs)
        else:
            self.plan.base.pop(row, None)

    def leave(self, row: str, mine: Row, theirs: Row | None) -> None:
        """The row goes from the right, to another link: its edits come along, and it is not taken for a deletion."""
        known = len(self.plan.conflicts)
        if theirs is not None:
            self.both(row, mine, theirs)
            if len(self.plan.conflicts) > known:
                return
            for column in mine:
                self.plan.to_right.cells.pop((row, column), None)
            left_behind = [column for column in theirs if column not in mine and theirs[column] is not None]
            if any((row, column) not in self.plan.to_left.cells for column in left_behind):
                self.refuse(row, None, "right", theirs, None)
            self.plan.to_right.drops.add(row)
        self.plan.base.pop(row, None)

    # ── a row that only one side has ──

    def one(self, row: str, side: Side, kept: Row) -> None:
        """Only `side` has the row: it is new here, or it was deleted there."""
        was, source = self.terms.base.get(row), self.terms.source
        if not any(value is not None for value in self.terms.part(OTHER[side], kept).values()):
            self.plan.base.pop(row, None)  # beside a blank row there is a note of one's own: neither given nor deleted
            return
        if source == side:
            if was is not None:
                self.refuse(row, None, OTHER[side], None, kept)
            self.give(row, kept, OTHER[side])
        elif was is None and source is not None:
            self.refuse(row, None, side, kept, kept)
        elif was is None:
            self.give(row, kept, OTHER[side])
        elif self.edited_unseen(row, side, kept, was):
            self.deleted_and_edited(row, side, kept, was)
        else:
            if edited(kept, was):
                self.refuse(row, None, side, kept, None)
            self.drop(row, side)

    def edited_unseen(self, row: str, side: Side, kept: Row, was: Row) -> bool:
        """Whether the side that still has the row has done something to it that the deleting side has not seen."""
        if row in self.terms.unseen.get(side, ()):
            return True
        return any(self.terms.owner(column) != OTHER[side] for column in edited(kept, was))

    def deleted_and_edited(self, row: str, side: Side, kept: Row, was: Row) -> None:
        """Deleted on one side, edited on the other: the row stays until a person decides."""
        left, right = (kept, None) if side == "left" else (None, kept)
        take = self.chosen(Conflict(row, None, was, left, right))
        if take is OPEN:
            return
        if (take is MINE) == (side == "left"):
            self.give(row, kept, OTHER[side])
        else:
            self.drop(row, side)

    def give(self, row: str, cells: Row, side: Side) -> None:
        """Add the row on this side, with the columns that this side holds."""
        part = self.terms.part(side, cells)
        self.plan.to(side).rows[row] = part
        lost = cells.keys() - part.keys() if self.terms.holds is None else ()
        self.plan.base[row] = {**part, **dict.fromkeys(lost)} if lost else part

    def drop(self, row: str, side: Side) -> None:
        """Delete the row on this side."""
        self.plan.to(side).drops.add(row)
        del self.plan.base[row]

    # ── a row that both sides have ──

    def both(self, row: str, mine: Row, theirs: Row) -> None:
        """Merge cell by cell; or as a whole, where edits of both sides in one row are a conflict."""
        if self.terms.holds is not None:
            mine, theirs = self.terms.part("left", mine), self.terms.part("right", theirs)
        was = self.terms.base.get(row, {})
        whole = self.clash(row, was, mine, theirs) if self.terms.row_conflicts else None
        agreed: dict[str, Value] = {}
        for column in dict.fromkeys((*mine, *theirs)):
            if column in mine and column in theirs:
                if whole is None and type(mine[column]) is type(theirs[column]) and mine[column] == theirs[column]:
                    agreed[column] = mine[column]  # nearly always so, and at once
                    continue
                conflict = Conflict(row, column, was.get(column), mine[column], theirs[column], column not in was)
                value = self.cell(conflict, mine[column], theirs[column], whole)
            elif column in mine:
                value = self.silent(row, column, mine[column], "right", whole)
            else:
                value = self.silent(row, column, theirs[column], "left", whole)
            if value is not OPEN:
                agreed[column] = value
            elif column in was or self.lost(column, mine, theirs):
                agreed[column] = was.get(column)
        self.plan.base[row] = agreed

    def clash(self, row: str, was: Row, mine: Row, theirs: Row) -> Take | Open | None:
        """What was chosen for a row that both sides edited; None where they did not, or edited it alike."""
        free = [column for column in mine if column in theirs and self.terms.owner(column) is None]
        apart = [column for column in free if not same(mine[column], theirs[column])]
        if edited(mine, was).intersection(apart) and edited(theirs, was).intersection(apart):
            first = not was.keys() & set(apart)
            return cast("Take | Open", self.chosen(Conflict(row, None, was, mine, theirs, first)))
        return None

    def silent(self, row: str, column: str, value: Value, side: Side, whole: Take | Open | None) -> Value | Open:
        """`side` has no such column in this row: it takes the value if it holds the column at all."""
        if whole is OPEN or self.terms.owner(column) == side or column not in self.terms.held[side]:
            return OPEN
        if value is not None:
            self.plan.to(side).cells[row, column] = value
        return value

    def lost(self, column: str, mine: Row, theirs: Row) -> bool:
        """Whether a side has lost this column: the base then names it, lest it counts as new next time."""
        side: Side = "left" if column not in mine else "right"
        return (
            self.terms.holds is None
            and not (column in mine and column in theirs)
            and (column not in self.terms.held[side])
        )

    def cell(self, cell: Conflict, mine: Value, theirs: Value, whole: Take | Open | None) -> Value | Open:
        """Decide about one cell and write the outcome to the side that differs; OPEN when it stays a conflict."""
        row, column = cell.row, cast(str, cell.column)
        if whole is OPEN and self.terms.owner(column) is None:
            return OPEN
        if same(mine, theirs):
            return mine
        value = self.outcome(cell, mine, theirs, whole)
        if value is not OPEN:
            if not same(mine, value):
                self.plan.to_left.cells[row, column] = value
            if not same(theirs, value):
                self.plan.to_right.cells[row, column] = value
        return value

    def outcome(self, cell: Conflict, mine: Value, theirs: Value, whole: Take | Open | None) -> Value | Open:
        """Which value counts where the sides differ."""
        was = cast(Value, cell.base)
        owner = self.terms.owner(cast(str, cell.column))
        if owner:
            return self.owned(cell, owner, *((mine, theirs) if owner == "left" else (theirs, mine)))
        if whole is not None:
            return mine if whole is MINE else theirs
        if same(mine, was):
            return theirs
        if same(theirs, was):
            return mine
        take = self.chosen(cell)
        return mine if take is MINE else theirs if take is THEIRS else cast("Value | Open", take)

    def owned(self, cell: Conflict, owner: Side, value: Value, other: Value) -> Value:
        """The owner's value counts; but a new row's blank is filled by whoever has something to fill in."""
        if value is None and self.terms.source is None and cell.row not in self.terms.base:
            return other
        if not same(other, cast(Value, cell.base)):
            self.refuse(cell.row, cell.column, OTHER[owner], other, value)
        return value

    # ── what is left to a person ──

    def chosen(self, conflict: Conflict) -> Take | Value | Open:
        """What a person chose for this very conflict; else it is put on the list, and stays OPEN."""
        place = conflict.row, conflict.column
        if place in self.choices:
            choice = self.choices[place]
            choice = choice if isinstance(choice, Choice) else Choice(choice)
            fits = conflict.column is not None or isinstance(choice.take, Take)
            if fits and still_fits(choice, conflict):
                del self.choices[place]
                return choice.take
        self.plan.conflicts.append(conflict)
        return OPEN

    def refuse(self, row: str, column: str | None, side: Side, value: Value | Row, instead: Value | Row) -> None:
        """List an edit that the terms do not accept."""
        self.plan.refused.append(Refused(row, column, side, value, instead))


def edited(row: Row, was: Row) -> set[str]:
    """The columns in which a row is no longer what it was; what the base never saw counts, if it is not blank."""
    return {column for column, value in row.items() if not same(value, was.get(column))}


def still_fits(choice: Choice, now: Conflict) -> bool:
    """Whether each side still holds what the person saw when deciding, or (after an interrupted run) the outcome."""
    seen = choice.seen
    if seen is None:
        return True
    take = choice.take
    outcome = seen.left if take is MINE else seen.right if take is THEIRS else cast(Value, take)
    return all(
        alike(there, before) or (there is not None and alike(there, outcome))
        for there, before in ((now.left, seen.left), (now.right, seen.right))
    )


def alike(one: Value | Row, other: Value | Row) -> bool:
    """Whether two cells, or two rows, are the same."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and not edited(one, other)
    return same(one, other)

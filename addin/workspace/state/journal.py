"""Every value that a sync overwrites, and how to put it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from addin.core.book import Value
from addin.core.sync import Changes, Plan, Row, Table, same
from addin.core.sync.model import Side

Where = tuple[str, Side]
"""(link, side)"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a run changed on one side: a cell, or a whole row (column None; a side without it has None)."""

    link: str
    side: Side
    row: str
    column: str | None
    old: Value | Row
    new: Value | Row
    run: int = 0
    at: str = ""
    below: str | None = None
    """The row below which a deleted row was; "" at the top, None where it was not noted."""


@dataclass(slots=True)
class Undo:
    """What would bring old values back, per link and side; `changed` is what somebody has changed since: left alone."""

    changes: dict[Where, Changes] = field(default_factory=dict)
    changed: list[Entry] = field(default_factory=list)
    below: dict[Where, dict[str, str]] = field(default_factory=dict)
    """Per link and side: a row that comes back -> the row below which it was."""


Places = Mapping[str, tuple[str, int]]
"""row -> (sheet, row number)"""


def entries(
    link: str, plan: Plan, left: Table, right: Table, *, left_at: Places | None = None, right_at: Places | None = None
) -> list[Entry]:
    """What carrying out this plan will overwrite, add and drop. `left` and `right` have every column, and `left_at` and
    `right_at` the place of every row, so that a dropped row can come back whole and to its place."""
    found: list[Entry] = []
    for side, table, at in (("left", left, left_at), ("right", right, right_at)):
        where = cast(Side, side)
        changes = plan.to(where)
        above = rows_above(at or {}) if changes.drops else {}
        for (row, column), value in changes.cells.items():
            found.append(Entry(link, where, row, column, table[row].get(column), value))
        found += [Entry(link, where, row, None, None, cells) for row, cells in changes.rows.items()]
        found += [
            Entry(link, where, row, None, table[row], None, below=above.get(row)) for row in sorted(changes.drops)
        ]
    return found


def rows_above(at: Places) -> dict[str, str]:
    """For each row the one above it on its sheet; "" for the first."""
    above: dict[str, str] = {}
    last: dict[str, str] = {}
    for row, (sheet, _) in sorted(at.items(), key=lambda one: one[1]):
        above[row], last[sheet] = last.get(sheet, ""), row
    return above


def put_back(journal: Iterable[Entry], now: Mapping[Where, Table]) -> Undo:
    """The changes that take these entries back, the last one first. What is no longer as the run left it stays."""
    undo = Undo()
    context: dict[Where, dict[str, dict[str, Value]]] = {}
    for entry in sorted(journal, key=lambda entry: entry.run, reverse=True):
        where = entry.link, entry.side
        if where not in context:
            context[where] = {row: dict(cells) for row, cells in now[where].items()}
        if as_left(entry, context[where].get(entry.row)):
            take_back(entry, context[where])
            if entry.column is None and entry.old is not None and entry.below is not None:
                undo.below.setdefault(where, {})[entry.row] = entry.below
        else:
            undo.changed.append(entry)
    undo.changes = {where: difference(now[where], table) for where, table in context.items()}
    return undo


def as_left(entry: Entry, row: Row | None) -> bool:
    """Whether the cell, or the row, is still as the run left it."""
    if entry.column is not None:
        return row is not None and same(row.get(entry.column), entry.new)
    if row is None or entry.new is None:
        return row is None and entry.new is None
    new = cast(Row, entry.new)
    return all(same(value, new.get(column)) for column, value in row.items())


def take_back(entry: Entry, table: dict[str, dict[str, Value]]) -> None:
    """Put the old value in its place again."""
    if entry.column is not None:
        table[entry.row][entry.column] = cast(Value, entry.old)
    elif entry.old is None:
        del table[entry.row]
    else:
        table[entry.row] = dict(cast(Row, entry.old))


def difference(table: Table, wanted: Table) -> Changes:
    """The changes that make `wanted` of `table`."""
    changes = Changes(drops=set(table) - set(wanted))
    for row, cells in wanted.items():
        if row not in table:
            changes.rows[row] = cells
        else:
            changes.cells |= {
                (row, column): value for column, value in cells.items() if not same(value, table[row].get(column))
            }
    return changes

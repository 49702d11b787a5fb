"""The guards: what looks like a disaster rather than like work stops a sync before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress
from operator import ne
from typing import Literal, get_args

from addin.core.sync.model import Direction, Row, Side, Table, same
from addin.core.sync.terms import OTHER, SOURCE, Columns

Kind = Literal["empty", "stranger", "deleted", "truncated", "columns", "emptied", "rewritten", "undone", "older"]
KINDS = frozenset(get_args(Kind))
NOT_EDITS: frozenset[Kind] = frozenset({"empty", "stranger", "older"})
"""Such a side is not what was synced last: whoever goes on all the same begins again, so that nothing is deleted."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one side may do in one sync before a person is asked."""

    deleted: float = 0.20
    """Share of the rows that may go."""
    spare: int = 1
    """So many rows may always go, or values be emptied or overwritten."""
    tail: float = 0.05
    """Share of the rows that may go when they are exactly the last ones, as in a file that was cut off."""
    emptied: float = 0.50
    """Share of a column's values that may be emptied."""
    rewritten: float = 0.50
    """Share of all values that may be overwritten."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sync must stop: on `side`, `count` of `of` things; the words are in addin/core/sync/words.py."""

    kind: Kind
    side: Side
    count: int = 0
    of: int = 0
    columns: tuple[str, ...] = ()


def guard(
    base: Table,
    left: Table,
    right: Table,
    limits: Limits | None = None,
    *,
    direction: Direction = "both",
    holds: tuple[Columns, Columns] | None = None,
) -> list[Reason]:
    """The reasons to stop, none when all is well. A side whose edits are not accepted anyway can do no harm."""
    tables: Mapping[Side, Table] = {"left": left, "right": right}
    held: Mapping[Side, Columns | None] = {"left": holds and holds[0], "right": holds and holds[1]}
    sides: list[Side] = [SOURCE[direction]] if direction in SOURCE else ["left", "right"]
    reasons = []
    for side in sides:
        reasons += look_at(base, tables[side], tables[OTHER[side]], side, limits or Limits(), held[side])
    return reasons


def look_at(base: Table, table: Table, other: Table, side: Side, limits: Limits, held: Columns | None) -> list[Reason]:
    """The reasons that one side gives."""
    gone = [row for row in base if row not in table and row in other]
    if not table:
        return [Reason("empty", side, len(gone), len(base))] if gone else []
    if gone and not any(row in table for row in base):
        return [Reason("stranger", side, len(table), len(base))]
    reasons = []
    if len(gone) > max(limits.spare, limits.deleted * len(base)):
        reasons.append(Reason("deleted", side, len(gone), len(base)))
    elif len(gone) > max(limits.spare, limits.tail * len(base)) and list(base)[-len(gone) :] == gone:
        reasons.append(Reason("truncated", side, len(gone), len(base)))
    return reasons + look_at_columns(base, table, side, limits, held)


def look_at_columns(base: Table, table: Table, side: Side, limits: Limits, held: Columns | None) -> list[Reason]:
    """The reasons that lie in one side's columns: lost, emptied, or overwritten on the whole."""
    differs = map(ne, base.values(), map(table.get, base))  # None, where the row is gone
    changed = [row for row in compress(base, differs) if row in table]
    if not changed:
        return []
    known = set().union(*(base[row] for row in changed))
    missing = known - set(next(iter(table.values()))) if held is None else known.intersection(held)
    lost = sorted(name for name in missing if not any(name in row for row in table.values()))
    reasons = [Reason("columns", side, len(lost), len(known), tuple(lost))] if lost else []
    emptied, rewritten = overwritten(base, table, changed)
    if rewritten <= limits.spare:
        return reasons
    many = [name for name, n in emptied.items() if n > limits.spare and n > limits.emptied * filled(base, name)]
    if many:
        counts = sum(emptied[name] for name in many), sum(filled(base, name) for name in many)
        reasons.append(Reason("emptied", side, *counts, tuple(sorted(many))))
    few = values(base[row] for row in changed)  # where not even these suffice, the others need not be counted
    if rewritten > limits.rewritten * few and rewritten > limits.rewritten * (of := values(base.values())):
        reasons.append(Reason("rewritten", side, rewritten, of))
    return reasons


def values(rows: Iterable[Row]) -> int:
    """How many values these rows have."""
    return sum(len(row) - list(row.values()).count(None) for row in rows)


def filled(table: Table, name: str) -> int:
    """How many values this column has."""
    return sum(row.get(name) is not None for row in table.values())


def overwritten(base: Table, table: Table, changed: list[str]) -> tuple[Counter[str], int]:
    """How many values each column lost to blanks, and how many values were overwritten or emptied in all."""
    emptied: Counter[str] = Counter()
    rewritten = 0
    for row in changed:
        was, now = base[row], table[row]
        names = [name for name in now if was.get(name) is not None and not same(now[name], was[name])]
        rewritten += len(names)
        emptied.update(name for name in names if now[name] is None)
    return emptied, rewritten


def lost_columns(base: Table, left: Columns, right: Columns) -> list[Reason]:
    """The columns that were synced last time and that one side has no longer, though the other has them."""
    known = set().union(*base.values())
    held: Mapping[Side, Columns] = {"left": left, "right": right}
    reasons = []
    for side, names in held.items():
        lost = sorted(name for name in known if name not in names and name in held[OTHER[side]])
        if lost:
            reasons.append(Reason("columns", side, len(lost), len(known), tuple(lost)))
    return reasons

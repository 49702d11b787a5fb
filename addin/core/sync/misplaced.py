"""A write that landed on other rows than it was meant for: detect, explain, fix.

Google has no lock against people. Between the look before a write and the write (a tenth of a second) somebody may
insert, sort or delete rows. Read again, the sheet tells by the row ids. A worked example:

    before          the write was        meanwhile            now (read again)
    b2  Ana   5     b2.grade = 6         somebody inserts     --  (new)  6      <- meant for b2
    c3  Bo    7     new row d4 Chen      a row at the top     b2  Ana    5
                                                              d4  Chen   7      <- lies on c3: her 7 shines through

    detect:   astray   [(grade, 6)]          b2 has not got its value
              strays   {(new, grade): None}  the inserted row has it instead: take it away there
              gone     [c3]                  its row was overwritten by d4
              strays   {(d4, grade): None}   what is left of c3 in the row of d4
    fix:      these cells back to what was there, c3 added again; the sync then begins again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from addin.core.book import Edits, Value
from addin.core.sync.model import Changes, Row, apply, same
from addin.core.sync.side import SideRows, edits, restricted
from addin.core.text import counted

Place = tuple[str, str]
"""(row id, column)"""


@dataclass(slots=True)
class Misplaced:
    """What landed elsewhere; false where everything is where it belongs."""

    strays: dict[Place, Value] = field(default_factory=dict)
    """Cells that hold what was meant for another row, with what was there before."""
    astray: list[tuple[str, Value]] = field(default_factory=list)
    """(column, value) that did not reach its row."""
    stolen: dict[str, str] = field(default_factory=dict)
    """A new id that is on an old row now -> the id which that row had."""
    gone: list[str] = field(default_factory=list)
    """Rows that were overwritten."""
    undeleted: set[str] = field(default_factory=set)
    """Rows that were to go and are still there: others went in their place."""

    def __bool__(self) -> bool:
        return bool(self.strays or self.astray or self.stolen or self.gone or self.undeleted)


def detect(before: SideRows, now: SideRows, changes: Changes, names: frozenset[str]) -> Misplaced:
    """Compare what was read before the write with what is there now. `now` has the ids as they are in the sheet."""
    rows = {row: cells for row, cells in now.rows.items() if row not in now.fresh}
    missing = [row for row in before.rows if row not in rows and row not in changes.drops]
    found = Misplaced(
        strays=find_strays(before, rows, changes, names),
        astray=find_astray(before, rows, changes),
        stolen=find_stolen(before, rows, missing),
        undeleted=changes.drops & rows.keys(),
    )
    for row in now.fresh:  # a row inserted just now, which has no id yet
        found.strays |= {(row, name): None for name, value in found.astray if same(now.rows[row].get(name), value)}
    found.gone = find_gone(before, missing, changes, found)
    for row in changes.rows.keys() & rows.keys():
        found.strays |= left_over(row, changes.rows[row], rows[row], [before.rows[old] for old in found.gone])
    return found


def find_strays(
    before: SideRows, rows: Mapping[str, Row], changes: Changes, names: frozenset[str]
) -> dict[Place, Value]:
    """Cells that are neither as they were nor as they should be, but hold a value that was written in this column."""
    expected = apply(restricted(before.rows, names), changes)
    odd = {
        (row, name): value
        for row, now in rows.items()
        if row in expected and row in before.rows
        for name, value in now.items()
        if name in names and not same(value, expected[row].get(name)) and not same(value, before.rows[row].get(name))
    }
    if not odd:
        return {}  # nearly always so, and at once
    written: dict[str, list[Value]] = {}
    cells = [(name, value) for (_, name), value in changes.cells.items()]
    cells += [one for row in changes.rows.values() for one in row.items()]
    for name, value in cells:
        written.setdefault(name, []).append(value)
    return {
        (row, name): before.rows[row].get(name)
        for (row, name), value in odd.items()
        if any(same(value, one) for one in written.get(name, ()))
    }


def find_astray(before: SideRows, rows: Mapping[str, Row], changes: Changes) -> list[tuple[str, Value]]:
    """The changes that did not reach their rows."""
    return [
        (name, value)
        for (row, name), value in changes.cells.items()
        if row in rows
        and same(rows[row].get(name), before.rows[row].get(name))
        and not same(value, before.rows[row].get(name))
    ]


def find_stolen(before: SideRows, rows: Mapping[str, Row], missing: list[str]) -> dict[str, str]:
    """New ids that were meant for another row and are on an old one now."""
    found: dict[str, str] = {}
    for row in before.fresh.keys() & rows.keys():
        if rows[row] != before.rows[row]:
            owner = next((old for old in missing if before.rows[old] == rows[row]), "")
            if owner and owner not in found.values():
                found[row] = owner
    return found


def find_gone(before: SideRows, missing: list[str], changes: Changes, found: Misplaced) -> list[str]:
    """The rows that were overwritten. A row that only vanished was deleted by a person; but where new rows were added,
    and the last row is no longer there, it lies below them."""
    gone = [row for row in missing if row not in found.stolen.values() and row not in before.fresh]
    if found:
        return gone
    last = max(before.at.values(), default=("", 0))
    return [row for row in gone if before.at[row] >= last] if changes.rows else []


def left_over(row: str, meant: Row, now: Row, overwritten: list[Row]) -> dict[Place, Value]:
    """What shines through in a new row that lies on an old one."""
    return {
        (row, name): meant.get(name)
        for old in overwritten
        for name, value in old.items()
        if value is not None and same(now.get(name), value) and not same(value, meant.get(name))
    }


def explain(found: Misplaced) -> str:
    """What happened, in a sentence."""
    count = len(found.strays) + len(found.stolen) + len(found.gone) + len(found.undeleted)
    return f"Somebody moved rows just now; {counted(count, 'thing')} that landed elsewhere was put back."


def fix(found: Misplaced, before: SideRows, now: SideRows) -> Edits:
    """What puts it right: cells as they were, overwritten rows again, ids where they belong."""
    repair = edits(now, Changes(found.strays, {row: before.rows[row] for row in found.gone}))
    for row, row_id in found.stolen.items():
        sheet, number = now.at[row]
        column = now.layouts[sheet].id_column
        if column:
            repair.cells[sheet, number, column] = row_id
    return repair

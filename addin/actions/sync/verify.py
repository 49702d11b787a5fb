"""After a write to a shared Google Sheet: did it land on the rows it was meant for?

Google has no lock against people. Between the guard's look and the write (a tenth of a second) a person may insert,
sort or delete rows, and the write then lands on others. So the sheet is read once more after a write, by row ids.
What was overwritten by mistake is put back as it was read, and the sync begins anew; nothing is remembered of it.
What cannot be seen is a person typing into the very cell that is being written, within that tenth of a second: the
write wins, and Google's version history has the other value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from random import Random

from addin.actions.sync.session import Pair
from addin.core import target as targets
from addin.core.book import Book, Edits, Value
from addin.core.sync.model import Changes, Plan, Row, apply, same
from addin.core.sync.side import SideRows, edits, merged, restricted, side_rows
from addin.core.tables.table import find, read_table
from addin.errors import BookChanged


def verify_write(book: Book, pairs: Sequence[Pair], plans: Mapping[str, Plan]) -> None:
    """Raise BookChanged, with everything put back, when rows had moved under the write."""
    changed = [pair for pair in pairs if plans[pair.link.name].to_right or pair.right.fresh]
    if not changed or not isinstance(targets.parse(changed[0].link.target), targets.GoogleTarget):
        return
    grids = book.read([pair.link.sheet for pair in changed])
    repairs = []
    for pair in changed:
        layout = find(grids[pair.link.sheet], pair.tracker) if pair.link.sheet in grids else None
        if layout is not None:
            table = read_table(pair.tracker, grids, [layout])
            now = side_rows(pair.tracker, table, grids, pair.base, (), Random(), pair.left.rows)
            repairs.append(_repair(pair, now, plans[pair.link.name].to_right))
    if any(repair is not None for repair in repairs):
        book.apply(merged(repair for repair in repairs if repair is not None))
        raise BookChanged("Somebody moved rows just now; all was put back.", next="Run this again.")


def _repair(pair: Pair, now: SideRows, changes: Changes) -> Edits | None:
    """What puts right what landed on other rows; None where everything is where it belongs."""
    before = pair.right.rows
    rows = {row_id: row for row_id, row in now.rows.items() if row_id not in now.fresh}
    expected = apply(restricted(before, pair.names), changes)
    missing = [row_id for row_id in before if row_id not in rows and row_id not in changes.drops]
    stolen = _stolen_ids(pair, now, rows, missing)
    wrong = _victims(expected, rows, before, changes)
    astray = [
        (name, value)
        for (row, name), value in changes.cells.items()
        if row in rows and same(rows[row].get(name), before[row].get(name)) and not same(value, before[row].get(name))
    ]
    for row in now.fresh:  # a row inserted just now, which has no id yet
        wrong |= {(row, name): None for name, value in astray if same(now.rows[row].get(name), value)}
    moved = bool(wrong or stolen or astray or changes.drops & rows.keys())
    gone = [row for row in missing if row not in stolen.values() and row not in pair.right.fresh]
    if changes.rows and not moved:
        gone = [row for row in gone if pair.right.at[row] >= _last(pair)]
    elif not moved:
        gone = []
    if not (moved or gone):
        return None
    for row in changes.rows.keys() & rows.keys():  # where it lies on an old row, that row's values shine through
        left_over = {(row, name): value for old in gone for name, value in before[old].items() if value is not None}
        wrong |= {
            (new, name): changes.rows[new].get(name)
            for (new, name), value in left_over.items()
            if same(rows[new].get(name), value) and not same(value, changes.rows[new].get(name))
        }
    repair = edits(now, Changes(wrong, {row: before[row] for row in gone}))
    for row, row_id in stolen.items():
        sheet, number = now.at[row]
        column = now.layouts[sheet].id_column
        if column:
            repair.cells[sheet, number, column] = row_id
    return repair


def _victims(
    expected: Mapping[str, Row], rows: Mapping[str, Row], before: Mapping[str, Row], changes: Changes
) -> dict[tuple[str, str], Value]:  # fmt: skip
    """Cells that hold what was meant for another row, with what stood there."""
    written: dict[str, list[Value]] = {}
    for (_, name), value in changes.cells.items():
        written.setdefault(name, []).append(value)
    for row in changes.rows.values():
        for name, value in row.items():
            written.setdefault(name, []).append(value)
    return {
        (row_id, name): before[row_id].get(name)
        for row_id, row in rows.items()
        if row_id in expected and row_id in before
        for name, values in written.items()
        if name in row
        and not same(row[name], expected[row_id].get(name))
        and not same(row[name], before[row_id].get(name))
        and any(same(row[name], value) for value in values)
    }


def _stolen_ids(pair: Pair, now: SideRows, rows: Mapping[str, Row], missing: Collection[str]) -> dict[str, str]:
    """Ids that were meant for a new row and stand now on an old one: the new id -> the one that stood there."""
    found: dict[str, str] = {}
    for row_id in pair.right.fresh.keys() & rows.keys():
        if rows[row_id] != pair.right.rows[row_id]:
            owner = next((old for old in missing if pair.right.rows[old] == rows[row_id]), "")
            if owner and owner not in found.values():
                found[row_id] = owner
    return found


def _last(pair: Pair) -> tuple[str, int]:
    """The last row as it was read."""
    return max(pair.right.at.values(), default=("", 0))

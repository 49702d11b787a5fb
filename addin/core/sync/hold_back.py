"""What cannot be written, taken out of a plan: formulas, cells under a merged one, columns that a sheet lacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from addin.core.sync.hidden import is_calculated
from addin.core.sync.model import Changes, Conflict, Plan, Row
from addin.core.sync.side import SideRows

Sides = tuple[SideRows, SideRows]


def as_they_were(
    rows: dict[str, Row], others: Mapping[str, Row], base: Mapping[str, Row], side: SideRows
) -> dict[str, Row]:
    """In rows that the other side deleted, calculated cells count as they were: what moves by itself is no edit. The
    rows of which this is so, as they are."""
    shown: dict[str, Row] = {}
    for row_id in rows.keys() & base.keys() - others.keys():
        was = base[row_id]
        calculated = {
            name: was[name]
            for name in rows[row_id]
            if name in was and (is_calculated(side, name) or is_formula(side, row_id, name))
        }
        if calculated:
            shown[row_id] = rows[row_id]
            rows[row_id] = {**rows[row_id], **calculated}
    return shown


def as_calculated_here(rights: dict[str, Row], lefts: Mapping[str, Row], rows: Collection[str], sides: Sides) -> None:
    """In rows that go to another link, what both sides calculate counts as the same: neither takes the other's, and it
    keeps no row where it no longer belongs."""
    for row_id in rights.keys() & lefts.keys() & set(rows):
        here = {name: lefts[row_id].get(name) for name in rights[row_id] if _both_calculate(sides, row_id, name)}
        if here:
            rights[row_id] = {**rights[row_id], **here}


def give_as_shown(found: Plan, changes: Changes, shown: Mapping[str, Row]) -> None:
    """Give a row that the other side had deleted back with what its cells show now, not with what they were."""
    for row_id in changes.rows.keys() & shown.keys():
        for table in (changes.rows, found.base):
            table[row_id] = {name: shown[row_id].get(name, value) for name, value in table[row_id].items()}


def is_formula(side: SideRows, row_id: str, name: str) -> bool:
    """Whether this cell is calculated."""
    return bool(side.formulas) and side.cell(row_id, name) in side.formulas


def forget_covered(base: dict[str, Row], sides: Sides) -> None:
    """Cells under a merged one count as blank before, too: merging empties nothing on the other side, and once they
    are unmerged they are filled again."""
    for side in sides:
        if not side.covered:
            continue
        for row_id in base.keys() & side.rows.keys():
            names = [name for name in side.rows[row_id] if side.cell(row_id, name) in side.covered]
            if names:
                base[row_id] = {**base[row_id], **dict.fromkeys(names)}


def hold_back(
    found: Plan,
    changes: Changes,
    side: SideRows,
    sides: Sides,
    base: Mapping[str, Row],
    lefts: Mapping[str, Row],
    rights: Mapping[str, Row],
) -> None:
    """Take out of the plan what cannot be written on `side`. What a person typed on the other side is then a conflict,
    shown and kept; what both sides calculate, or the tracker does, is no edit."""
    quiet = set()
    for row_id, name in list(changes.cells):
        if row_id not in side.at:
            continue  # a row that another link brings in this very run
        cell, formula = side.cell(row_id, name), is_formula(side, row_id, name)
        if cell is not None and not formula and cell not in side.covered:
            continue
        del changes.cells[row_id, name]
        _remember(found, row_id, name, base)
        typed = formula and not _both_calculate(sides, row_id, name) and not is_calculated(side, name)
        if not typed:
            quiet.add((row_id, name))
            continue
        was, mine, theirs = (table.get(row_id, {}).get(name) for table in (base, lefts, rights))
        found.conflicts.append(Conflict(row_id, name, was, mine, theirs, name not in base.get(row_id, {})))
    quiet |= {
        (one.row, one.column) for one in found.conflicts if one.column and _both_calculate(sides, one.row, one.column)
    }
    if quiet:
        found.refused = [one for one in found.refused if (one.row, one.column) not in quiet]
        found.conflicts = [one for one in found.conflicts if (one.row, one.column) not in quiet]


def _both_calculate(sides: Sides, row_id: str, name: str) -> bool:
    return all(is_formula(side, row_id, name) for side in sides)


def _remember(found: Plan, row_id: str, name: str, base: Mapping[str, Row]) -> None:
    """Of a cell that stays as it is the base keeps what it had."""
    if row_id not in found.base:
        return
    row = {column: value for column, value in found.base[row_id].items() if column != name}
    if name in base.get(row_id, {}):
        row[name] = base[row_id][name]
    found.base[row_id] = row

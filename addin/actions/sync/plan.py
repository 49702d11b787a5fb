"""The plans of all links together: what one link brings to the workbook, the others pass on in the same run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from addin.actions.sync.session import Desk, Pair
from addin.core.sync import Plan, plan
from addin.core.sync.links import edited_by, shared_rows
from addin.core.sync.model import Changes, Conflict, Row, apply
from addin.core.sync.side import SideRows, restricted
from addin.errors import SyncStopped

Lefts = dict[str, dict[str, Row]]
"""tracker -> the workbook's rows as they will be"""


def plan_all(made: Desk, pairs: Sequence[Pair]) -> tuple[Lefts, dict[str, Changes]]:
    """Plan every link until none changes the workbook any more.

    The workbook's rows as they will be, by tracker, and what each link brings to them.
    """
    lefts: Lefts = {name: dict(side.rows) for name, side in made.lefts.items()}
    gained = {pair.link.name: Changes() for pair in pairs}
    bases = {pair.link.name: _base(pair, pairs) for pair in pairs}
    for _ in range(2 * len(pairs) + 1):
        settled = True
        for pair in pairs:
            left = lefts[pair.link.tracker]
            mine, leaving = _slice(made, pair, lefts, bases[pair.link.name])
            pair.plan = _planned(pair, left, bases[pair.link.name], mine, leaving)
            if pair.plan.to_left:
                lefts[pair.link.tracker] = apply(left, pair.plan.to_left)
                _add(gained[pair.link.name], pair.plan.to_left)
                settled = False
        if settled:
            return lefts, gained
    raise SyncStopped("the links pull the same rows to and fro; nothing was written.", next="Please report this.")


def _add(whole: Changes, more: Changes) -> None:
    whole.cells |= more.cells
    whole.rows |= more.rows
    whole.drops |= more.drops


def _base(pair: Pair, pairs: Sequence[Pair]) -> dict[str, Row]:
    """What both sides held, with rows that a person took from one shared sheet to another: no deletion there, and here
    no stranger."""
    base = dict(pair.base)
    for other in pairs:
        if other is pair or other.link.tracker != pair.link.tracker:
            continue
        for row in pair.base.keys() - pair.right.rows.keys():
            if row in other.right.rows and row not in other.base:
                base.pop(row, None)
        for row in pair.right.rows.keys() - pair.base.keys():
            if row in other.base and row not in other.right.rows:
                was = other.base[row]
                base[row] = {name: value for name, value in was.items() if name in pair.names}
    return base


def _slice(made: Desk, pair: Pair, lefts: Lefts, base: Mapping[str, Row]) -> tuple[set[str], list[str]]:
    """The ids of the workbook's rows that belong to the link now, and of those that go to another.

    A row of which nobody can tell whose it is, because there is a blank, stays where it is.
    """
    link, rows = pair.link, lefts[pair.link.tracker]
    if not link.only:
        return set(rows), []

    def others(tracker: str) -> Iterable[Row]:
        if tracker in lefts:
            return lefts[tracker].values()
        table = made.workbook.tables.get(tracker)
        return [table.row(index) for index in range(len(table))] if table else ()

    mine, open_ = shared_rows(link, pair.tracker, rows, others)
    here = base.keys() | pair.right.rows.keys()
    mine |= open_ & here
    if link.direction == "to_left":
        return mine | (here & rows.keys()), []
    return mine, [row for row in rows if row in here and row not in mine]


def _planned(
    pair: Pair, left: Mapping[str, Row], base: dict[str, Row], mine: set[str], leaving: Collection[str]
) -> Plan:  # fmt: skip
    link, right = pair.link, pair.right.rows
    one_way = {name: side for name, side in edited_by(link, pair.tracker).items() if name in pair.names}
    lefts = restricted(left, pair.names, mine | set(leaving))
    rights = restricted(right, pair.names)
    _as_they_were(lefts, rights, base, pair.left)
    _as_they_were(rights, lefts, base, pair.right)
    found = plan(
        base, lefts, rights, choices=dict(pair.choices), direction=link.direction, edited_by=one_way,
        row_conflicts=link.whole_rows, leaving=leaving,
    )  # fmt: skip
    _hold_back(found, found.to_left, pair.left, pair, base, lefts, rights)
    _hold_back(found, found.to_right, pair.right, pair, base, lefts, rights)
    return found


def _as_they_were(
    rows: dict[str, Row], others: Mapping[str, Row], base: Mapping[str, Row], side: SideRows
) -> None:  # fmt: skip
    """In rows that the other side deleted, formulas count as they were: what moves by itself is nobody's edit."""
    if not side.formulas:
        return
    for row_id in rows.keys() & base.keys() - others.keys():
        was = base[row_id]
        calculated = {name: was[name] for name in rows[row_id] if name in was and _formula(side, row_id, name)}
        if calculated:
            rows[row_id] = {**rows[row_id], **calculated}


def _formula(side: SideRows, row_id: str, name: str) -> bool:
    return side.cell(row_id, name) in side.formulas


def _hold_back(
    found: Plan, changes: Changes, side: SideRows, pair: Pair, base: Mapping[str, Row], lefts: Mapping[str, Row],
    rights: Mapping[str, Row],
) -> None:  # fmt: skip
    """Take out of the plan what cannot be written: a formula is never overwritten, and a sheet without the column has
    no cell. What a person typed on the other side is then a conflict, shown and kept; what both sides calculate, or
    the tracker does, is nobody's edit."""
    quiet = set()
    for row_id, name in list(changes.cells):
        if row_id not in side.at:
            continue  # a row that another link brings in this very run
        formula = _formula(side, row_id, name)
        if side.cell(row_id, name) is not None and not formula:
            continue
        del changes.cells[row_id, name]
        _remember(found, row_id, name, base)
        column = pair.tracker.columns.get(name)
        both = _formula(pair.left, row_id, name) and _formula(pair.right, row_id, name)
        if not formula or both or (column is not None and column.calculated):
            quiet.add((row_id, name))
            continue
        was, mine, theirs = (table.get(row_id, {}).get(name) for table in (base, lefts, rights))
        found.conflicts.append(Conflict(row_id, name, was, mine, theirs))
    both_calculate = {
        (one.row, one.column) for one in found.conflicts if one.column and _both_calculate(pair, one.row, one.column)
    }
    quiet |= both_calculate
    if quiet:
        found.refused = [one for one in found.refused if (one.row, one.column) not in quiet]
        found.conflicts = [one for one in found.conflicts if (one.row, one.column) not in both_calculate]


def _both_calculate(pair: Pair, row_id: str, name: str) -> bool:
    return _formula(pair.left, row_id, name) and _formula(pair.right, row_id, name)


def _remember(found: Plan, row_id: str, name: str, base: Mapping[str, Row]) -> None:
    """Of a cell that stays as it is the base keeps what it had."""
    if row_id not in found.base:
        return
    row = {column: value for column, value in found.base[row_id].items() if column != name}
    if name in base.get(row_id, {}):
        row[name] = base[row_id][name]
    found.base[row_id] = row

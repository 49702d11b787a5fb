"""The shopping list: what is wanted and not there, what is to be replaced, by subject, with the cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import facts
from addin.reports.packs import Pack, Row, Sheet, needed
from addin.reports.page import Block, Grid, Item, Page, Tile, Tiles, Words, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = phrase("shopping list")
AHEAD = 365
"""Days: what is to be replaced within them is on the list."""
GONE = ("Lost", "Withdrawn")


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return one page. Raises Problem where nothing is wanted."""
    table = needed(workbook, "inventory", NAME)
    rows = list(map(table.row, range(len(table))))
    wanted = _wanted(rows)
    today = workbook.settings.today
    old = [row for row in rows if row["state"] not in GONE and _is_due(row, today)]
    if not wanted and not old:
        raise Problem(
            phrase("Nothing is wanted."), where=workbook.target, next=phrase("Enter Wanted or Replace by on Inventory.")
        )
    orders: dict[str, list[list[Item]]] = {}
    total, unpriced = 0.0, 0
    for row, there, number in wanted:
        price = row["unit_price"]
        cost = number * float(price) if isinstance(price, (int, float)) else None
        total, unpriced = total + (cost or 0), unpriced + (cost is None)
        orders.setdefault(show(row["subject"]) or "General", []).append(
            [_item(row), show(row["edition"]), there, there + number, number, show(price), _money(cost)]
        )
    blocks: list[Block] = [
        Tiles(
            [
                Tile(str(sum(number for *_, number in wanted)), "pieces to order"),
                Tile(_money(total), "in all, priced items"),
                Tile(str(len(old)), "lines to replace within a year"),
            ]
        )
    ]
    headers = ("Item", "Edition", "There", "Wanted", "Order", "Price", "Cost")
    numbers = frozenset(range(2, 7))
    for subject, lines in sorted(orders.items()):
        blocks.append(Grid(subject, headers, lines, (4, 1.6, 1, 1, 1, 1, 1.2), numbers))
    blocks += _replace(old)
    remarks = (
        [phrase("{items} without a price: not in the total.", items=counted(unpriced, "item"))] if unpriced else []
    )
    blocks += [Words("To check", remarks)] if remarks else []
    return Pack([Sheet("index.html", Page("Shopping list", facts.heading_lines(workbook), blocks, FOOT))], remarks)


FOOT = "Quantities and prices as on the Inventory sheet; lost and withdrawn pieces are not counted."


def _wanted(rows: Sequence[Row]) -> list[tuple[Row, int, int]]:
    """What is short: the line that says how many are wanted, how many are there, how many to order.

    Copies have a line each: all lines of an item and edition are counted together, and the most that one wants holds.
    """
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        key = tuple(show(row[name]).casefold() for name in ("item", "edition", "subject"))
        groups.setdefault((key[0], key[1], key[2]), []).append(row)
    found = []
    for group in groups.values():
        asking = max(group, key=lambda row: _whole(row["wanted"]))
        there = sum(_whole(row["quantity"]) for row in group if row["state"] not in GONE)
        short = _whole(asking["wanted"]) - there
        if short > 0:
            found.append((asking, there, short))
    return found


def _whole(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0


def _is_due(row: Row, today: date) -> bool:
    day = row["replace_by"]
    return isinstance(day, date) and (day - today).days <= AHEAD


def _item(row: Row) -> str:
    kind = show(row["type"])
    return f"{show(row['item'])} ({kind})" if kind else show(row["item"])


def _money(cost: float | None) -> str:
    return "" if cost is None else f"{cost:,.2f}"


def _replace(rows: Sequence[Row]) -> list[Block]:
    lines: list[list[Item]] = []
    for row in sorted(rows, key=lambda row: show(row["replace_by"])):
        day = row["replace_by"]
        assert isinstance(day, date)
        lines.append([_item(row), show(row["asset"]), show(row["location"]), show(row["quantity"]), on(day)])
    headers = ("Item", "Number", "Where", "Pieces", "Replace by")
    return [Grid("To replace within a year", headers, lines, (4, 1.4, 1.6, 1, 1.6))] if lines else []

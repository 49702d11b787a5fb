"""Loans and stock counts of the inventory, each in one step: lend, return, count.

A line of the inventory holds one loan, and its notes those that came back: so a name that a person has typed over the
last one is known. Lending the rest of a quantity gets a line of its own, with its share of the pieces, so that their
number stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import SystemRandom

from addin.actions import Tell, silent
from addin.actions.stored_results import with_results
from addin.core.book import Book, Cell, Edits, Value
from addin.core.language import joined, phrase, say_value
from addin.core.tables.layout import Layout
from addin.core.tables.row_ids import new_ids
from addin.core.tables.table import Table
from addin.core.tables.values import read_date, show
from addin.errors import Problem
from addin.workspace.commit import commit
from addin.workspace.workbook import Workbook, opened, read

TRACKER = "inventory"
LOAN = ("lent_to", "lent_quantity", "lent_on", "due", "returned", "condition_returned")
NEW_LINE = (
    "item",
    "type",
    "subject",
    "counted_by",
    "edition",
    "guide_valid_to",
    "state",
    "condition",
    "location",
    "unit_price",
    "replace_by",
)
"""What a second line of the same item takes over."""
SENT = {"lend": "Items lent: {n}.", "give_back": "Items returned: {n}.", "count": "Items counted: {n}."}
MORE_LENT = "{n} more of {item} are lent, in a line of their own: {asset}."
MORE_TO = "{n} more of {item} are lent to {whom}, in a line of their own: {asset}."
_WHOM = "\0"
STOCK_FOUND, STOCK_DIFFERS = "{item}: {n} counted.", "{item}: {n} counted; the list says {listed}."


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with these items: asset numbers, or rows of the Inventory sheet."""

    verb: str
    assets: Sequence[str] = ()
    rows: Sequence[int] = ()
    to: str = ""
    quantity: int | None = None
    due: str = ""
    found: Mapping[str, int] = field(default_factory=dict)
    """Asset -> pieces that the count found, where it is not what the list says."""


@dataclass(slots=True)
class Done:
    """What was done: a sentence for each item, and the cell to type in next."""

    lines: list[str] = field(default_factory=list)
    written: bool = False
    next_cell: Cell | None = None
    new_line: str = ""
    """The asset of a new line that still asks who has it."""


def stock(target: str, wish: Wish, *, dry_run: bool = False, today: date | None = None, tell: Tell = silent) -> Done:
    """Lend, take back or count items of a workbook. Raises Problem."""
    tell("Reading")
    with opened(target, only=[TRACKER], today=today, verb="" if dry_run else "stock") as workbook:
        return _carry_out(workbook, wish, dry_run=dry_run)


def stock_book(book: Book, target: str, wish: Wish, *, today: date | None = None) -> Done:
    """As `stock`, for a book that is already open: what a button does."""
    workbook = read(book, target, today=today)
    if TRACKER not in workbook.tables:
        raise Problem(phrase("There is no Inventory sheet in it."), next=phrase("These buttons work on Inventory."))
    done = _carry_out(workbook, wish)
    if done.written and done.new_line:
        done.next_cell = _lent_to(read(book, target, today=today).tables[TRACKER], done.new_line)
    return done


def _lent_to(table: Table, asset: str) -> Cell | None:
    """The cell for who has this item."""
    index = [show(value) for value in table.raw("asset")].index(asset)
    sheet, row = table.sheets[index], table.rows[index]
    column = table.layouts[sheet].columns.get("lent_to")
    return (sheet, row, column) if column else None


def _carry_out(workbook: Workbook, wish: Wish, *, dry_run: bool = False) -> Done:
    table = workbook.tables[TRACKER]
    step = _Step(workbook, table, wish)
    for index in _chosen(table, wish):
        {"lend": step.lend, "give_back": step.give_back, "count": step.count}[wish.verb](index)
    if not dry_run:
        step.done.written = commit(workbook, with_results(workbook, step.edits), verb="stock")
    return step.done


def _chosen(table: Table, wish: Wish) -> list[int]:
    """The places of the items in the table. Raises Problem for one that is not there."""
    assets = [show(value).strip().casefold() for value in table.raw("asset")]
    found = []
    for asset in wish.assets:
        if asset.strip().casefold() not in assets:
            raise Problem(
                phrase("Inventory has no asset {asset}.", asset=asset), next=phrase("Check the number on the label.")
            )
        found.append(assets.index(asset.strip().casefold()))
    found += [index for index, row in enumerate(table.rows) if row in set(wish.rows)]
    if not found:
        raise Problem(
            phrase("No item is selected."), next=phrase("Click a row of Inventory, or select several, and press again.")
        )
    return found


class _Step:
    """The edits of one step."""

    def __init__(self, workbook: Workbook, table: Table, wish: Wish) -> None:
        self.workbook, self.table, self.wish = workbook, table, wish
        self.today = workbook.settings.today
        self.edits, self.done = Edits(), Done()

    def lend(self, index: int) -> None:
        """A loan from today on; what is lent in part gets a second line for the rest."""
        row, wish = self.table.row(index), self.wish
        open_ = row.get("lent_to") and not row.get("returned") and row.get("lent_on")
        if open_ and row.get("counted_by") != "Quantity":
            who, day = show(row["lent_to"]), show(row["lent_on"])
            raise Problem(
                phrase("{name} is lent to {who} since {day}.", name=self._name(index), who=who, day=day),
                next=phrase("Press Return first."),
            )
        loan: dict[str, Value] = {"lent_on": self.today, "due": self._due(), "lent_quantity": wish.quantity}
        noted = self._noted(row) if row.get("returned") else ""
        is_new = not row.get("lent_on") or (noted and noted != show(row.get("lent_to")))
        loan["lent_to"] = wish.to or (row.get("lent_to") if is_new and not open_ else None)
        if open_:
            self._second_line(index, loan)
            return
        if row.get("counted_by") == "Quantity" and not loan["lent_quantity"]:
            loan["lent_quantity"] = row.get("lent_quantity") if not row.get("returned") else row.get("quantity")
        if row.get("lent_on") and row.get("lent_to") and not noted:
            self._note(index, row)
        for name in LOAN:
            self._put(index, name, loan.get(name))
        self._say_lent(index, loan["lent_to"])
        if not loan["lent_to"]:
            self._type_next(index)

    def _say_lent(self, index: int, to: Value) -> None:
        sentence = "{item} is lent to {whom} until {due}." if to else "{item} is lent until {due}."
        self.done.lines.append(phrase(sentence, item=self._name(index), whom=show(to), due=say_value(self._due())))

    def _second_line(self, index: int, loan: dict[str, Value]) -> None:
        row = self.table.row(index)
        total, lent = row.get("quantity"), row.get("lent_quantity")
        if not isinstance(total, int) or not isinstance(lent, int):
            raise Problem(
                phrase(
                    "How many of {item} are lent to {whom} is missing.",
                    item=self._name(index),
                    whom=show(row["lent_to"]),
                ),
                next=phrase("Enter it under Lent quantity, then press Lend again."),
            )
        wanted = loan["lent_quantity"] if isinstance(loan["lent_quantity"], int) else total - lent
        if wanted > total - lent or wanted < 1:
            left = phrase("{n} of {item} are left.", n=total - lent, item=self._name(index))
            raise Problem(left, next=phrase("Lend at most these."))
        line = {name: row.get(name) for name in NEW_LINE} | loan
        line |= {"asset": self._free_asset(index), "quantity": total - lent, "lent_quantity": wanted}
        layout = self.table.layouts[self.table.sheets[index]]
        new: dict[int, Value] = {
            layout.columns[name]: v for name, v in line.items() if name in layout.columns and v is not None
        }
        if layout.id_column:
            new[layout.id_column] = new_ids([one for one in self.table.ids if one], 1, SystemRandom())[0]
        self._put(index, "quantity", lent)
        self.edits.rows.setdefault(layout.sheet, []).append(new)
        whom = show(loan["lent_to"]) if loan["lent_to"] else ""
        sentence = MORE_TO if whom else MORE_LENT
        self.done.lines.append(phrase(sentence, n=wanted, item=show(row["item"]), whom=whom, asset=line["asset"]))
        if not loan["lent_to"]:
            self.done.new_line = show(line["asset"])
            self.done.lines.append(phrase("Enter who has them under Lent to, in the last row."))

    def give_back(self, index: int) -> None:
        """Returned today."""
        row = self.table.row(index)
        if not row.get("lent_to") or row.get("returned"):
            self.done.lines.append(phrase("{item} is not lent.", item=self._name(index)))
            return
        self._put(index, "returned", self.today)
        if row.get("lent_on"):
            self._note(index, row | {"returned": self.today})
        back = phrase("{item} is back from {whom}.", item=self._name(index), whom=show(row["lent_to"]))
        self.done.lines.append(back)

    def count(self, index: int) -> None:
        """Counted today: what the list says, or what was found."""
        row, asset = self.table.row(index), show(self.table.row(index).get("asset") or "")
        found = self.wish.found.get(asset, row.get("quantity") or 0)
        self._put(index, "counted", found)
        self._put(index, "counted_on", self.today)
        listed = row.get("quantity") or 0
        sentence = STOCK_FOUND if found == row.get("quantity") else STOCK_DIFFERS
        self.done.lines.append(phrase(sentence, item=self._name(index), n=found, listed=show(listed)))

    def _put(self, index: int, name: str, value: Value) -> None:
        sheet, row = self.table.sheets[index], self.table.rows[index]
        column = self.table.layouts[sheet].columns.get(name)
        if column is not None and self.table.row(index).get(name) != value:
            self.edits.cells[sheet, row, column] = value

    def _note(self, index: int, loan: Mapping[str, Value]) -> None:
        """Keep a loan in the notes of its line."""
        notes = (show(loan.get("notes") or ""), self.workbook.settings.written.speak(_earlier(loan)))
        self._put(index, "notes", "; ".join(filter(None, notes)))

    def _noted(self, loan: Mapping[str, Value]) -> str:
        """Who had the item until it came back, by the last note of its line; "" where they do not say."""
        before, after = self.workbook.settings.written.speak(_earlier({**loan, "lent_to": _WHOM})).split(_WHOM)
        found = re.findall(f"{re.escape(before)}([^;]+){re.escape(after)}", show(loan.get("notes") or ""))
        return str(found[-1]) if found else ""

    def _type_next(self, index: int) -> None:
        layout = self._layout(index)
        if column := layout.columns.get("lent_to"):
            self.done.next_cell = layout.sheet, self.table.rows[index], column
            self.done.lines.append(phrase("Enter who has it under Lent to."))

    def _layout(self, index: int) -> Layout:
        return self.table.layouts[self.table.sheets[index]]

    def _name(self, index: int) -> str:
        row = self.table.row(index)
        return f"{show(row.get('item') or 'The item')} ({show(row.get('asset') or '')})"

    def _due(self) -> date:
        """The day asked for, else the end of the usual loan."""
        if self.wish.due:
            day = read_date(self.wish.due)[0]
            if not isinstance(day, date):
                raise Problem(
                    phrase("“{due}” is not a date.", due=self.wish.due),
                    next=phrase("Write it as 14 Mar 2027 or 2027-03-14."),
                )
            return day
        days = self.workbook.settings.get("loan_days", self.workbook.trackers)
        return self.today + timedelta(days=int(days or 0))

    def _free_asset(self, index: int) -> str:
        asset = show(self.table.row(index)["asset"])
        taken = {show(value) for value in self.table.raw("asset")}
        return next(f"{asset}/{number}" for number in range(2, 10_000) if f"{asset}/{number}" not in taken)


def _earlier(row: Mapping[str, Value]) -> str:
    words = {"whom": show(row["lent_to"]), "day": show(row["lent_on"])}
    if row.get("returned"):
        return phrase("Lent to {whom} {day} to {until}", until=show(row["returned"]), **words)
    return phrase("Lent to {whom} {day}", **words)


def summary(done: Done, verb: str) -> str:
    """What was done, in few lines."""
    if len(done.lines) > 3:
        return phrase(SENT[verb], n=len(done.lines))
    return joined("\n", done.lines)

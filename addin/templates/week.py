"""What is overdue or due within a week, over all trackers, as live formulas: the next items first.

The hidden sheet Calculations has a column for each due date: the day of each open row, with the number of the column
and of the row behind the point. SMALL then finds the next item of all trackers at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from addin.core.a1 import letters
from addin.core.checks.context import WorkbookContext
from addin.core.checks.due import DueDate, due_dates, item_name, naming_columns
from addin.core.trackers import Tracker
from addin.templates import calculations
from addin.templates.measures_native import Lines
from addin.templates.plan import CALCULATIONS, FIRST_ROW, HEADER_ROW, Plan, counted_name, text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from addin.templates.plain_sheet import PlainSheet

DAYS = 7
"""Days ahead that the list looks."""
_ROWS = 100_000
_SCALE = 10**7
AREA = "due_items"
"""The name of the area with the day of every open item."""


def pairs(plan: Plan) -> list[tuple[Tracker, DueDate]]:
    """Every due date of the workbook, in the order of its column on Calculations."""
    return [(tracker, due) for tracker in plan.trackers.values() for due in due_dates(tracker)]


def names(plan: Plan) -> set[tuple[str, str]]:
    """The columns that the formulas look at."""
    return {(t.name, column) for t, due in pairs(plan) for column in (due.column, *due.open)}


def write(sheet: PlainSheet, book: Workbook, plan: Plan) -> None:
    """The columns on Calculations, and the area as a name."""
    held = pairs(plan)
    if not held:
        return
    first = calculations.width(plan)
    last = HEADER_ROW
    for number, (tracker, due) in enumerate(held, 1):
        day = counted_name(tracker.name, due.column)
        test = "*".join([f"ISNUMBER({day})*({day}<=TODAY()+{DAYS})", *_masks(plan, tracker, due)])
        code = f"({number}*{_ROWS}+ROW({day}))/{_SCALE}"
        bottom = HEADER_ROW + plan.places[tracker.name].counted_rows
        last = max(last, bottom)
        sheet.write_string(HEADER_ROW - 1, first + number - 1, f"{tracker.sheet}: {due.column}")
        sheet.write_one_array(FIRST_ROW - 1, bottom - 1, first + number - 1, f'IF({test}>0,INT({day})+{code},"")')
    area = f"${letters(first + 1)}${FIRST_ROW}:${letters(first + len(held))}${last}"
    book.define_name(AREA, f"={CALCULATIONS}!{area}")


def _masks(plan: Plan, tracker: Tracker, due: DueDate) -> list[str]:
    return Lines(plan, tracker, None, 0).masks(due.open)


def overdue(plan: Plan, tracker: Tracker) -> str:
    """A formula for how many items of a tracker are overdue; 0 for a tracker without due dates."""
    counts = []
    for due in due_dates(tracker):
        day = counted_name(tracker.name, due.column)
        tests = [f"ISNUMBER({day})*({day}<TODAY())", *_masks(plan, tracker, due)]
        counts.append(f"SUMPRODUCT({'*'.join(tests)})")
    return "+".join(counts) or "0"


def overdue_in_python(tracker: Tracker, context: WorkbookContext) -> int:
    """The same number, for readers that calculate nothing."""
    if tracker.name not in context.tables:
        return 0
    table = context.tables[tracker.name]
    return sum(
        len(context.matching_rows(table, {**due.open, due.column: {"less_than": "settings.today"}}))
        for due in due_dates(tracker)
    )


def line(plan: Plan, number: int, nothing: str = "") -> tuple[str, str, str]:
    """Formulas for the day, the tracker and the name of item number `number`; `nothing` is used where there is none."""
    held = pairs(plan)
    key = f"SMALL({AREA},{number})"
    code = f"ROUND(MOD({key},1)*{_SCALE},0)"
    which, row = f"INT({code}/{_ROWS})", f"MOD({code},{_ROWS})"
    sheets = ",".join(text(tracker.title) for tracker, _ in held)
    labels = ",".join(_label(plan, tracker, row) for tracker, _ in held)
    shown = 'IFERROR({0},"")'
    return (
        shown.format(f"INT({key})"),
        shown.format(f"CHOOSE({which},{sheets})"),
        f"IFERROR(CHOOSE({which},{labels}),{text(nothing)})",
    )


def _label(plan: Plan, tracker: Tracker, row: str) -> str:
    cells = {name: f"INDEX({plan.places[tracker.name].whole(name)},{row})" for name in naming_columns(tracker)}
    person = [cells.pop(name) for name in ("first_names", "last_name") if name in cells]
    parts = ["TRIM(" + '&" "&'.join(person) + ")" if len(person) > 1 else person[0]] if person else []
    parts += cells.values()
    *before, last = parts
    return "&".join([*(f'IF({part}="","",{part}&" · ")' for part in before), last])


Item = tuple[date, str, str]
"""Day, tracker's title, name."""


def in_python(plan: Plan, context: WorkbookContext) -> Sequence[Item]:
    """The items, the next first."""
    return sorted(_items(plan, context), key=lambda item: item[0])


def _items(plan: Plan, context: WorkbookContext) -> Iterator[Item]:
    until = {"of": "settings.today", "plus_days": DAYS}
    for tracker, due in pairs(plan):
        table = context.tables.get(tracker.name)
        for index in sorted(context.matching_rows(table, due.until(until))) if table else ():
            day = table.columns[due.column][index] if table else None
            if isinstance(day, date):
                row = (
                    _with_names(context, tracker, {name: c[index] for name, c in table.columns.items()})
                    if table
                    else {}
                )
                yield (day.date() if isinstance(day, datetime) else day), tracker.title, item_name(tracker, row)


def _with_names(context: WorkbookContext, tracker: Tracker, row: dict[str, object]) -> dict[str, object]:
    """The row with the values that the sheet looks up from another tracker."""
    for column in tracker.columns.values():
        name, _, wanted = column.look_up.partition(".")
        if column.calculated and name in context.tables and row.get(column.by) is not None:
            other, key = context.tables[name], context.trackers[name].key[0]
            at = next((i for i, value in enumerate(other.columns[key]) if value == row[column.by]), None)
            row[column.name] = None if at is None else other.columns[wanted][at]
    return row

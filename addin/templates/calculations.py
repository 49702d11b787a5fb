"""A hidden sheet on which views work things out once: the line of a view that each row of the tracker belongs to.

Every measure of a view then only counts line numbers, where COUNTIFS would compare all rows with every line again: on
4,000 CAS entries and 120 candidates LibreOffice took 10 seconds for that after each cell that was typed.
Areas are spoken of by name, from INDEX to INDEX of whole columns: rows that are inserted or deleted do not move them,
so all areas of a tracker keep the same number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from addin.core.a1 import letters, number, quoted
from addin.core.trackers import Tracker, View
from addin.templates.look import TABS, Look
from addin.templates.plan import (
    CALCULATIONS,
    FIRST_ROW,
    HEADER_ROW,
    NOTHING_TYPED,
    Plan,
    counted_name,
    joined_name,
)

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from addin.templates.plain_sheet import PlainSheet

BEYOND = 1_000_000
"""The line of a row that belongs to none; FREQUENCY puts it behind all others."""
_TEXTS = ("text", "choice", "email", "link")


def shown(plan: Plan) -> Iterator[tuple[Tracker, View]]:
    """The views of this workbook, in order."""
    for name, view_name in plan.views:
        tracker = plan.trackers[name]
        yield tracker, next(view for view in tracker.views if view.name == view_name)


def as_text(plan: Plan, view: View) -> str:
    """What makes a code that was typed as a number the text that it is meant to be; nothing for numbers and dates."""
    return '&""' if plan.source(view.per).column.type in _TEXTS else ""


def lines_letter(plan: Plan, tracker: Tracker, view: View) -> str:
    """The column with the line of each row."""
    return letters(3 * list(plan.views).index((tracker.name, view.name)) + 1)


def rows_letter(plan: Plan, tracker: Tracker, view: View) -> str:
    """The column with the row in which each line's value is first; only for views that gather values."""
    return letters(3 * list(plan.views).index((tracker.name, view.name)) + 2)


def lines_area(plan: Plan, tracker: Tracker, view: View) -> str:
    """The area with the line of each row: `Calculations!$A$5:$A$10004`."""
    letter, rows = lines_letter(plan, tracker, view), plan.places[tracker.name].counted_rows
    return f"{CALCULATIONS}!${letter}${FIRST_ROW}:${letter}${HEADER_ROW + rows}"


def write(sheet: PlainSheet, look: Look, plan: Plan, tracker: Tracker, view: View, lines: int, gathered: bool) -> None:
    """One view's columns."""
    letter = lines_letter(plan, tracker, view)
    place = plan.places[tracker.name]
    keys = f"{quoted(plan.views[tracker.name, view.name])}!$A${FIRST_ROW}:$A${FIRST_ROW + lines - 1}"
    own = counted_name(tracker.name, view.match)
    line = f'IF({own}="",{BEYOND},IFERROR(MATCH({own}{as_text(plan, view)},{keys},0),{BEYOND}))'
    at = number(letter) - 1
    sheet.write_string(HEADER_ROW - 1, at, view.title, look("header"))
    sheet.write_one_array(FIRST_ROW - 1, HEADER_ROW + place.counted_rows - 1, at, line)
    if gathered:
        _gather(sheet, plan, tracker, view, lines)


def _gather(sheet: PlainSheet, plan: Plan, tracker: Tracker, view: View, lines: int) -> None:
    """The rows in which values occur first, and from them, line by line, the next such row below the one before."""
    name, _, column = view.per.partition(".")
    values, place = counted_name(name, column), plan.places[name]
    first = f"IF(MATCH({values},{values},0)=ROW({values}),ROW({values}),{BEYOND})"
    found = f'IF({values}="",{BEYOND},IF(ROW({values})>ROW({place.header(column)}),{first},{BEYOND}))'
    at = number(rows_letter(plan, tracker, view)) - 1
    sheet.write_one_array(FIRST_ROW - 1, HEADER_ROW + place.counted_rows - 1, at + 1, found)
    firsts = f"${letters(at + 2)}${FIRST_ROW}:${letters(at + 2)}${HEADER_ROW + place.counted_rows}"
    sheet.write_number(HEADER_ROW - 1, at, 0)
    for row in range(HEADER_ROW, HEADER_ROW + lines):
        above = f"{letters(at + 1)}{row}"
        next_one = f'IF({above}<{BEYOND},_xlfn.MINIFS({firsts},{firsts},">"&{above}),{BEYOND})'
        sheet.write_formula(row, at, next_one, None, BEYOND)


def join(sheet: PlainSheet, book: Workbook, plan: Plan) -> None:
    """Columns that together may be only once, joined row by row."""
    sets = [(tracker, columns) for tracker in plan.trackers.values() for columns in plan.joined(tracker)]
    for at, (tracker, columns) in enumerate(sets, 3 * len(plan.views)):
        last = HEADER_ROW + plan.places[tracker.name].counted_rows
        name = joined_name(tracker.name, columns)
        sheet.write_string(HEADER_ROW - 1, at, name)
        both = '&"|"&'.join(counted_name(tracker.name, column) for column in columns)
        sheet.write_one_array(FIRST_ROW - 1, last - 1, at, both)
        book.define_name(name, f"={CALCULATIONS}!${letters(at + 1)}${FIRST_ROW}:${letters(at + 1)}${last}")


def width(plan: Plan) -> int:
    """How many columns views and joined keys take."""
    return 3 * len(plan.views) + sum(len(plan.joined(tracker)) for tracker in plan.trackers.values())


def start(sheet: Worksheet, look: Look) -> None:
    """What the sheet is, for those who find it."""
    sheet.hide()
    sheet.set_tab_color(TABS["lists"])
    sheet.write_string(0, 0, "Calculations", look("title"))
    sheet.write_string(1, 0, f"What the summaries count with. {NOTHING_TYPED}", look("plain"))


def define_names(book: Workbook, plan: Plan, also: Iterable[tuple[str, str]] = ()) -> None:
    """A name for each column that a view looks at, and for these (tracker, column)."""
    wanted = {*also} | {pair for tracker, view in shown(plan) for pair in _columns(plan, tracker, view)}
    for tracker in plan.trackers.values():
        wanted |= {(tracker.name, column) for columns in plan.joined(tracker) for column in columns}
    for name, column in sorted(wanted):
        place = plan.places[name]
        whole, last = place.whole(column), place.counted_rows
        book.define_name(counted_name(name, column), f"=INDEX({whole},1):INDEX({whole},{last})")


def _columns(plan: Plan, tracker: Tracker, view: View) -> Iterator[tuple[str, str]]:
    yield tracker.name, view.match
    about, _, column = view.per.partition(".")
    if about in plan.trackers:
        yield about, column
    for measure in view.columns:
        for name in (*measure.of, *measure.where):
            yield tracker.name, name

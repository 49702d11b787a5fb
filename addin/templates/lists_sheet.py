"""The lists behind the drop-downs, side by side, and the names by which formulas know them.

Row 1 has the list's name, row 2 the column headers, the values follow as text; workbook.py reads them back from here,
so a school adds its own rows below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from addin.core.a1 import letters, number, quoted
from addin.core.people import STAFF
from addin.core.trackers import Tracker
from addin.templates.look import TABS, Look
from addin.templates.plan import FIRST_ROW, LISTS, LISTS_FIRST, LONGEST_LIST, Plan, defined_name, whole_name

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

PREPARED = 1_000
"""Rows that a list may have."""
_WIDEST, _NARROWEST = 90, 8


def write(sheet: Worksheet, look: Look, plan: Plan) -> None:
    """Fill the Lists sheet."""
    sheet.set_tab_color(TABS["lists"])
    sheet.hide()
    sheet.freeze_panes(2, 0)
    for name, columns in plan.lists.items():
        for header, letter in columns.items():
            at = number(letter) - 1
            sheet.write_string(0, at, name if header == next(iter(columns)) else "", look("list_name"))
            _column(sheet, look, at, header, plan.settings.lists[name][header])
        sheet.set_column(at + 1, at + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, 1)


def _column(sheet: Worksheet, look: Look, at: int, header: str, values: Sequence[str]) -> None:
    longest = max([len(header) + 2, *map(len, values)])
    sheet.set_column(at, at, max(_NARROWEST, min(longest + 1, _WIDEST)), look("list_text"))
    sheet.write_string(1, at, header, look("header"))
    for row, value in enumerate(values, LISTS_FIRST - 1):
        if value:
            sheet.write_string(row, at, value, look("list_text"))


def define_names(book: Workbook, plan: Plan) -> None:
    """The names behind drop-downs: exactly the filled part, growing with it, and not volatile."""
    for name, columns in plan.lists.items():
        first = _area(LISTS, next(iter(columns.values())), LISTS_FIRST, PREPARED)
        for column, letter in columns.items():
            area = _area(LISTS, letter, LISTS_FIRST, PREPARED)
            named = defined_name("list", name, column)
            book.define_name(named, _filled(area, f"COUNTA({first})"))
            book.define_name(whole_name(named), f"={LISTS}!${letter}:${letter}")
    people = [f"{STAFF}.name"] if STAFF in plan.trackers else []
    for reference in (*_referred(plan.trackers), *people):
        tracker, _, column = reference.partition(".")
        if tracker in plan.places:
            place = plan.places[tracker]
            area = _area(place.sheet, letters(place.columns[column]), FIRST_ROW, LONGEST_LIST)
            # The last filled row, so that a gap between rows hides nothing.
            last = f'SUMPRODUCT(MAX(({area}<>"")*(ROW({area})-{FIRST_ROW - 1})))'
            named = defined_name(tracker, column)
            book.define_name(named, _filled(area, last))
            book.define_name(whole_name(named), f"={place.whole(column)}")


def _referred(trackers: Mapping[str, Tracker]) -> list[str]:
    words = ("one_of", "none_of", "exists_in")
    conditions = [column.words for tracker in trackers.values() for column in tracker.columns.values()] + [
        words_of
        for tracker in trackers.values()
        for rule in tracker.rules
        for part in (rule.when, rule.then)
        for words_of in part.values()
    ]
    found = {limit for w in conditions for word in words if isinstance(limit := w.get(word), str)}
    return sorted(name for name in found if not name.startswith(("lists.", "settings.")))


def _area(sheet: str, letter: str, first: int, rows: int) -> str:
    return f"{quoted(sheet)}!${letter}${first}:${letter}${first + rows - 1}"


def _filled(area: str, rows: str) -> str:
    start = area.partition(":")[0]
    return f"={start}:INDEX({area},MAX(1,{rows}))"

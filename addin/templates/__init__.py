"""From trackers to an empty (or sample) workbook: drop-downs, formats and formulas from the same words as the checks.

    plan.py           where everything is: sheets, columns, names; and how a formula speaks of it
    book.py           the whole workbook, by XlsxWriter
    tracker_sheet.py  one tracker as a native table          columns.py     one column: drop-down, messages, formats
    rules_native.py   rule words as formulas                 patterns.py    the word `pattern`, as far as a sheet can
    views.py          a view as live formulas                measures_native.py  its measures and conditions
    calculations.py   what views work out once, on a hidden sheet
    home.py           progress, deadlines, how to use        deadlines_sheet.py  the session's dates, live
    lists_sheet.py    the lists behind the drop-downs        look.py        colours, fonts, widths

XlsxWriter is imported only when a workbook is built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from addin.core.book import Value
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker

Rows = Mapping[str, Sequence[Mapping[str, Value]]]
"""tracker -> rows, each column -> value."""
Ids = Mapping[str, Sequence[str]]
"""tracker -> row ids, one for each of its rows."""


def build(
    path: Path, trackers: Mapping[str, Tracker], settings: Settings, rows: Rows | None = None, ids: Ids | None = None
) -> None:
    """Write a new workbook for these trackers: `.xlsx`, or `.xlsm` with buttons and macros. Raises Problem.

    The same arguments give the same bytes. The file appears whole or not at all.
    """
    from addin.core.trackers.translate import in_its_words, local_lists
    from addin.templates.book import write

    settings = replace(settings, lists=local_lists(settings.lists, trackers.values()))
    rows = {name: in_cells(trackers[name], held) for name, held in (rows or {}).items() if name in trackers}
    write(path, {name: in_its_words(tracker) for name, tracker in trackers.items()}, settings, rows, ids or {})


def in_cells(tracker: Tracker, rows: Sequence[Mapping[str, Value]]) -> Sequence[Mapping[str, Value]]:
    """Rows with their choices as the cells of the workbook have them."""
    from addin.core.trackers.translate import in_cell

    local = {name: column for name, column in tracker.columns.items() if column.local}
    if not local:
        return rows
    return [
        {name: in_cell(local[name], value) if name in local else value for name, value in row.items()} for row in rows
    ]

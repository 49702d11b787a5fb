"""From trackers to an empty (or sample) workbook: drop-downs, formats and formulas from the same words as the checks.

    plan.py           where everything stands: sheets, columns, names; and how a formula speaks of it
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
    from addin.templates.book import write

    write(path, trackers, settings, rows or {}, ids or {})

"""A shared spreadsheet read as a workbook, with the coordinator's trackers beside it for the rules that look there.

What it is checked against is held to the privacy rule of sharing: of trackers that are not in the spreadsheet, private
columns count as blank, so that no finding can quote them to a teacher.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Book
from addin.core.checks import marks
from addin.core.checks.rules import Finding, check
from addin.core.language import phrase
from addin.core.records import replace
from addin.core.sync.links import Link
from addin.core.tables.layout import Layout, find
from addin.core.tables.table import Table, read_table
from addin.core.trackers import Tracker
from addin.core.trackers.audience import is_name
from addin.errors import BookProblem
from addin.workspace.workbook import Workbook


def read_shared(book: Book, links: Sequence[Link], own: Workbook) -> Workbook:
    """Read the sheets of these links, which all lead to one spreadsheet. Raises BookProblem where there is none."""
    wanted = {link.sheet for link in links} | {marks.SHEET, marks.OTHER_SHEET}
    grids = book.read([name for name in book.sheets() if name in wanted])
    layouts: dict[str, list[Layout]] = {}
    for link in links:
        layout = find(grids[link.sheet], own.trackers[link.tracker]) if link.sheet in grids else None
        if layout:
            layouts.setdefault(link.tracker, []).append(layout)
    if not layouts:
        sheets = ", ".join(dict.fromkeys(link.sheet for link in links))
        raise BookProblem(
            phrase("the headers of {sheets} were not found.", sheets=sheets),
            next=phrase("Put the headers back as they were."),
        )
    tables = {name: read_table(own.trackers[name], grids, found) for name, found in layouts.items()}
    return replace(own, book=book, target=links[0].target, grids=grids, tables=tables, remarks=())


def check_shared(shared: Workbook, own: Workbook, links: Sequence[Link]) -> list[Finding]:
    """The findings of a shared spreadsheet, also of rules that look at other trackers."""
    private = any(link.private for link in links)
    every = {
        name: table if private else _without_private(table, own.trackers[name])
        for name, table in own.tables.items()
        if name not in shared.tables
    }
    sheets = {(name, sheet) for name, table in shared.tables.items() for sheet in table.layouts}
    found = check(own.trackers, {**every, **shared.tables}, own.settings)
    return [finding for finding in found if (finding.tracker, finding.sheet) in sheets]


def _without_private(table: Table, tracker: Tracker) -> Table:
    hidden = [name for name, column in tracker.columns.items() if column.private and not is_name(column)]
    columns: Mapping[str, list] = {name: [None] * len(table) for name in hidden}  # type: ignore[type-arg]
    odd = {name: found for name, found in table.odd.items() if name not in hidden}
    return replace(table, columns={**table.columns, **columns}, odd=odd)

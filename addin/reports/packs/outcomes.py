"""Participation and outcomes: by session, subject and group, small numbers hidden; no name, no code."""

from __future__ import annotations

from addin.core.checks.context import WorkbookContext
from addin.core.ib.outcomes import HIDDEN, Table, outcomes
from addin.core.language import phrase
from addin.errors import Problem
from addin.reports import facts
from addin.reports.packs import Pack, Sheet, needed
from addin.reports.page import Block, Grid, Page, Words
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

FOOT = "No names. Small numbers are hidden, and what would give them away by subtraction."


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return one page with every table. Raises Problem where the workbook holds nothing to count."""
    needed(workbook, "candidates", phrase("report of outcomes"))
    tables = outcomes(WorkbookContext(workbook.trackers, workbook.tables, workbook.settings))
    if not tables:
        raise Problem(
            phrase("There is nothing to count yet."),
            where=workbook.target,
            next=phrase("Fill in Candidates or Results."),
        )
    blocks: list[Block] = [_grid(table) for table in tables]
    blocks.append(
        Words(
            "How to read it",
            [
                f"{HIDDEN} hides a number that could point at a person; the limit is a setting (outcomes_least).",
                "The difference is the final grade less the predicted one; the rate is of those with a result.",
            ],
        )
    )
    return Pack([Sheet("index.html", Page("Participation and outcomes", facts.heading_lines(workbook), blocks, FOOT))])


def _grid(table: Table) -> Grid:
    numbers = frozenset(
        column
        for column in range(1, len(table.headers))
        if any(isinstance(line[column], (int, float)) for line in table.lines)
    )
    widths = tuple(
        max(4.0, len(header) * 0.8, *(len(str(line[n])) * 0.9 for line in table.lines))
        for n, header in enumerate(table.headers)
    )
    return Grid(table.title, table.headers, [list(line) for line in table.lines], widths, numbers)

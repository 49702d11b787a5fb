"""XLSX and XLSM: every sheet on which a person may have typed; the file is only read."""

from __future__ import annotations

from pathlib import Path

from addin.core.book import Grid
from addin.templates.plan import NOTHING_TYPED
from addin.workspace.tracker_sheets import is_own_sheet

SUFFIXES = [".xlsx", ".xlsm"]


def read(path: Path) -> list[Grid]:
    """The workbook's sheets in order, without the tool's own and those that only calculate. Raises BookProblem."""
    from addin.backends.xlsx import XlsxBook

    book = XlsxBook.open(str(path))
    try:
        grids = book.read(book.sheets())
        return [grid for grid in grids.values() if not is_own_sheet(grid) and not _calculates(grid)]
    finally:
        book.close()


def _calculates(grid: Grid) -> bool:
    """Whether it is a sheet of our template that only shows what is on others."""
    return any(str(value).endswith(NOTHING_TYPED) for line in grid.values[:3] for value in line)

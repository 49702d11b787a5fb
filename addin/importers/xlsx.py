"""XLSX and XLSM: every sheet that is not the tool's own; the file is only read."""

from __future__ import annotations

from pathlib import Path

from addin.cells import Grid
from addin.workbook import OWN_SHEETS

SUFFIXES = [".xlsx", ".xlsm"]


def read(path: Path) -> list[Grid]:
    """The workbook's sheets in order. Raises BookProblem."""
    from addin.backends.xlsx import XlsxBook

    book = XlsxBook.open(str(path))
    try:
        names = [name for name in book.sheets() if name not in OWN_SHEETS]
        grids = book.read(names)
        return [grids[name] for name in names]
    finally:
        book.close()

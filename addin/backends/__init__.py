"""The narrow waist: a backend knows cells, not trackers.

A `Book` is read (one call for all sheets), looked at (fills and notes of a few cells) and given one batch of
`Edits`. One contract suite, tests/test_backends.py, runs against every backend; `memory.py` is the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from addin.cells import Area, Cell, CellError, Edits, Grid, Look, OwnSheet, Value

__all__ = ["Area", "Book", "Cell", "CellError", "Edits", "Grid", "Look", "OwnSheet", "Value", "open_book"]


@runtime_checkable
class Book(Protocol):
    """A spreadsheet, wherever it lives. Every method raises addin.errors.BookProblem (or ServiceProblem) in one
    sentence when it cannot do its work; after a failed `apply` the book is as it was."""

    def sheets(self) -> list[str]:
        """The names of the worksheets, in order (chart sheets are left out)."""
        ...

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        """What these sheets hold, in one go. A name that is not there is left out of the answer."""
        ...

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        """Fill and note of these cells."""
        ...

    def apply(self, edits: Edits) -> None:
        """Carry out the batch and make it last (a file is saved, atomically). An empty batch writes nothing."""
        ...

    def close(self) -> None:
        """Let go of the book. Calling it twice does no harm."""
        ...


def open_book(target: str) -> Book:
    """The book that `target` names: a path, `excel:[NAME]`, `gsheet:KEY` or a Google Sheets address.

    Raises BookProblem in one sentence where there is none.
    """
    if target.startswith("excel:"):
        from addin.backends.excel import ExcelBook

        return ExcelBook.attach(target.removeprefix("excel:"))
    if target.startswith(("gsheet:", "https://", "http://")):
        from addin.backends.gsheets import GoogleBook

        return GoogleBook.open(target)
    from addin.backends.xlsx import XlsxBook

    return XlsxBook.open(target)

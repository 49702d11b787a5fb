"""The open workbook, live: Excel on Windows and macOS, or LibreOffice, through xlwings.

Only xlwings' public interface is used, never a native object behind it, and nothing needs the workbook's path: the
same lines then run in every spreadsheet program, and with a workbook on OneDrive or SharePoint. Whole sheets are read
and written in blocks; the number of calls does not grow with the rows.

    attaching.py   find the open workbook            patience.py    a busy Excel, and a calm screen
    cells.py       cells to blocks, text that stays  reading.py     a sheet to a Grid
    writing.py     blocks in, read back, undone      rows.py        rows come and go
    looks.py       marks: fills and notes            fills.py       the fill of many cells at once
    own_sheets.py  sheets of the tool's own

`apply` does not save: the workbook is in front of a person who may undo by not saving.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from addin.backends.excel import looks, reading, rows, writing
from addin.backends.excel import managed_sheets as own_sheets
from addin.backends.excel.attach import open_workbook
from addin.backends.excel.patience import calmly, in_words, patiently
from addin.backends.excel.writing import Undo
from addin.core.book import Cell, Edits, Grid, Look
from addin.core.language import phrase
from addin.errors import BookProblem

if TYPE_CHECKING:
    import xlwings

__all__ = ["ExcelBook"]


class ExcelBook:
    """A workbook that is open in front of a person. `book` is handed in, never fetched inside."""

    def __init__(self, book: xlwings.Book) -> None:
        self._open: xlwings.Book | None = book
        self._seen: dict[Cell, Look] = {}

    @classmethod
    def attach(cls, name: str = "") -> ExcelBook:
        """The open workbook of this name, with or without its ending; "" is the one in front."""
        return cls(open_workbook(name))

    @property
    def book(self) -> xlwings.Book:
        """The workbook as xlwings has it, for what a button does beside cells: selecting, a status line."""
        if self._open is None:
            raise BookProblem(phrase("this workbook was let go of already."), next=phrase("Open it anew."))
        return self._open

    @property
    def name(self) -> str:
        """The workbook's name, such as School.xlsm."""
        return str(self.book.name)

    @property
    def detects_changes(self) -> bool:
        """A person may type at any moment; WatchedBook looks once more before a write."""
        return False

    @property
    def folder(self) -> Path | None:
        """The folder that the workbook was opened from, for the settings beside it; None where it is not a folder of
        this computer (not saved yet, or on OneDrive or SharePoint). Nothing else may depend on the path."""
        with suppress(Exception):  # xlwings raises in its own ways for a workbook behind a web address
            file = Path(self.book.fullname)
            return file.parent if file.is_file() else None
        return None

    @property
    def inserts_rows(self) -> bool:
        """Rows of the workbook stay where they are: formulas elsewhere may point at them."""
        return False

    def sheets(self) -> list[str]:
        book = self.book
        return patiently(lambda: [sheet.name for sheet in book.sheets])

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        here = self._by_name()
        with in_words(self.book), reading.uncollected():
            return {name: reading.grid(here[name]) for name in sheets if name in here}

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        here = self._by_name()
        with in_words(self.book):
            found = looks.read(here, cells)
        self._seen.update(found)
        return found

    def apply(self, edits: Edits) -> None:
        """Carry out the batch in the open workbook. When a part fails, what was done before it is put back."""
        if not edits:
            return
        here = self._by_name()
        self._check(edits, here)
        undo: Undo = []
        with in_words(self.book), calmly(self.book):
            try:
                self._carry_out(edits, here, undo)
            except BaseException:
                for put_back in reversed(undo):
                    with suppress(Exception):  # what can be put back is, whatever else fails on the way
                        put_back()
                raise
        if edits.rows:
            self._calculate()

    def _calculate(self) -> None:
        """Let summaries see new rows at once: LibreOffice leaves formulas out that follow an array formula."""
        with suppress(Exception):  # what was written is written
            app = self.book.app
            if app.calculation == "automatic":
                app.calculate()

    def _carry_out(self, edits: Edits, here: dict[str, xlwings.Sheet], undo: Undo) -> None:
        writing.cells(here, edits.cells, undo)
        for name, areas in edits.tables.items():
            rows.stretch(here[name], areas, undo)
        for name, new in edits.rows.items():
            rows.append(here[name], new, undo)
        looks.write(here, edits.looks, self._seen, undo)
        for name, content in edits.sheets.items():
            own_sheets.replace(self.book, name, content, undo)
        for name, numbers in edits.drops.items():  # last: a row that is gone cannot be put back with its looks
            rows.drop(here[name], numbers)
        for name in edits.removed:
            own_sheets.remove(self.book, name)
        self._seen = {} if edits.drops else {**self._seen, **edits.looks}

    def save(self) -> None:
        """Save the workbook where it was opened from."""
        patiently(self.book.save)

    def close(self) -> None:
        """Let go. The workbook stays open: it is the person's."""
        self._open = None

    def _by_name(self) -> dict[str, xlwings.Sheet]:
        book = self.book
        with in_words(book):
            return patiently(lambda: {sheet.name: sheet for sheet in book.sheets})

    def _check(self, edits: Edits, here: dict[str, xlwings.Sheet]) -> None:
        """Everything that can be known to fail fails before anything is written."""
        named = {sheet for sheet, *_ in (*edits.cells, *edits.looks)} | {*edits.rows, *edits.drops, *edits.tables}
        for name in sorted(named - set(here)):
            raise BookProblem(
                phrase("there is no sheet {name} any more.", name=f"{name!r}"),
                where=self.book.name,
                next=phrase("Nothing was changed."),
            )
        for value in writing.all_values(edits):
            writing.check(value)

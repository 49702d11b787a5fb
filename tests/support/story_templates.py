"""The books of a story whose workbook is one of ours: native tables, drop-downs, formulas, titles above the headers.

People edit it in another program (openpyxl), which calculates nothing and writes every part anew.
"""

from __future__ import annotations

import re
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import TableColumn
from package_validator import problems
from story_books import FileBooks, Formula, Lines, SheetBooks, with_formulas

from addin.actions.new import new
from addin.backends.xlsx import XlsxBook
from addin.core.book import Area

CALCULATED = "Name"
"""The column of the tracker that the workbook looks up."""


def load_workbook(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # print areas that are calculated
        return openpyxl.load_workbook(path)


class Templated(FileBooks):
    """The workbook is made by us; what is shared with it is as in the other books."""

    left_head = (
        "Entry", "Who", "Hours", "State", "Last review", "Begun", "Score", "Agreed", "Note", CALCULATED, "IBT id",
        "reviewed", "Mark",
    )  # fmt: skip
    titled = True
    formula = ""

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        if name != "left":
            return super().make(name, sheets)
        self.books[name] = self.folder / "left.xlsx"
        new(str(self.books[name]), trackers=["people", "log"])
        book = load_workbook(self.books[name])
        refs = {sheet: next(iter(book[sheet].tables.values())).ref for sheet in ("People", "Log")}
        self.tops = {sheet: int(re.sub(r"\D", "", ref.split(":")[0])) for sheet, ref in refs.items()}
        head = [cell.value for cell in book["Log"][self.tops["Log"]]]
        self.formula = str(book["Log"].cell(self.tops["Log"] + 1, head.index(CALCULATED) + 1).value)
        for sheet in sheets.keys() - self.tops.keys():
            book.create_sheet(sheet)
        self.save(book)
        for sheet, lines in sheets.items():
            self.put(name, lines, sheet)
        return "left.xlsx"

    def lines(self, name: str, sheet: str) -> Lines:
        if name != "left":
            return super().lines(name, sheet)
        grid = XlsxBook(self.books[name]).read([sheet])[sheet]
        lines = with_formulas(grid)[self.tops.get(sheet, 1) - 1 :]
        if lines and CALCULATED in lines[0]:
            at = lines[0].index(CALCULATED)
            lines = [line if number == 0 else [*line[:at], None, *line[at + 1 :]] for number, line in enumerate(lines)]
        return lines

    def put(self, name: str, lines: Lines, sheet: str) -> None:
        if name != "left":
            super().put(name, lines, sheet)
            return
        book = load_workbook(self.books[name])
        tab, top = book[sheet], self.tops.get(sheet, 1)
        for row in range(top, max(tab.max_row, top + len(lines)) + 1):
            line = lines[row - top] if row - top < len(lines) else []
            filled = row > top and any(value is not None for value in line)
            for column in range(1, max(tab.max_column, len(line)) + 1):
                value = line[column - 1] if column <= len(line) else None
                if filled and sheet == "Log" and column <= len(line) and lines[0][column - 1] == CALCULATED:
                    tab.cell(row, column).value = self.formula
                else:
                    put_value(tab.cell(row, column), value)
        for table in tab.tables.values():
            stretch(table, lines, top)
        self.save(book)

    def merge(self, name: str, sheet: str, area: Area | None) -> None:
        if name != "left":
            super().merge(name, sheet, area)
            return
        book = load_workbook(self.books[name])
        tab, down = book[sheet], self.tops[sheet] - 1
        for merged in list(tab.merged_cells.ranges) if area is None else ():
            if merged.min_row > down + 1:
                tab.unmerge_cells(str(merged))
        if area:
            tab.merge_cells(None, area.top + down, area.left, area.bottom + down, area.right)
        self.save(book)

    def save(self, book: Any) -> None:
        """Save the workbook; no two saves are the same bytes."""
        self.saves += 1
        book.properties.revision = str(self.saves)
        book.save(self.books["left"])

    def check(self) -> None:
        """Every part of the workbook is whole."""
        found = problems(self.books["left"])
        if found:
            raise AssertionError(found)


def put_value(cell: Any, value: Any) -> None:
    """A value as it is: a text that begins like a formula stays a text, and a number no date."""
    if isinstance(value, Formula):
        raise TypeError("this program calculates nothing")
    if hasattr(cell, "data_type") and type(cell).__name__ != "MergedCell":
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, date) != bool(cell.is_date) and value is not None:
            cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"


def stretch(table: Any, lines: Lines, top: int) -> None:
    """The native table over the headers that are all there, and over every row."""
    width = next((n for n, header in enumerate(lines[0]) if header is None), len(lines[0]))
    last = max((n for n, line in enumerate(lines) if any(value is not None for value in line)), default=0)
    calculated = {column.name: column.calculatedColumnFormula for column in table.tableColumns}
    table.ref = f"A{top}:{get_column_letter(width)}{top + max(last, 1)}"
    table.autoFilter.ref = table.ref
    table.tableColumns = [TableColumn(id=n, name=header) for n, header in enumerate(lines[0][:width], 1)]
    for column in table.tableColumns:
        column.calculatedColumnFormula = calculated.get(column.name)


class TemplateBooks(Templated):
    """A workbook of ours, and other workbooks."""


class TemplateSheets(Templated, SheetBooks):
    """A workbook of ours, and spreadsheets at the emulator."""

"""The books of a story whose workbook is one of ours: native tables, drop-downs, formulas, titles above the headers.

People edit it in another program (openpyxl), which calculates nothing and writes every part anew.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import TableColumn
from package_validator import problems
from story_books import FileBooks, Formula, Lines, SheetBooks
from story_promises import TRACKERS

from addin.actions.new import new
from addin.core.book import Area

CALCULATED = "Name"
"""The column of the tracker that the workbook looks up."""


def load_workbook(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # print areas that are calculated
        return openpyxl.load_workbook(path)


@dataclass(frozen=True)
class Blank:
    """A workbook of ours without rows, and what a story must know of it."""

    data: bytes
    tops: Mapping[str, int]
    """sheet -> the row of its headers"""
    formula: str
    """What looks up the calculated column, in its first row."""


@cache
def blank() -> Blank:
    """The workbook that `new` makes of the trackers of a story: the same for every story."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "left.xlsx"
        (path.parent / "trackers").mkdir()
        for name, text in TRACKERS.items():
            (path.parent / "trackers" / f"{name}.toml").write_text(text, encoding="utf-8")
        new(str(path), trackers=["people", "log"])
        book = load_workbook(path)
        refs = {sheet: next(iter(book[sheet].tables.values())).ref for sheet in ("People", "Log")}
        tops = {sheet: int(re.sub(r"\D", "", ref.split(":")[0])) for sheet, ref in refs.items()}
        head = [cell.value for cell in book["Log"][tops["Log"]]]
        formula = str(book["Log"].cell(tops["Log"] + 1, head.index(CALCULATED) + 1).value)
        return Blank(path.read_bytes(), tops, formula)


class Templated(FileBooks):
    """The workbook is made by us; what is shared with it is as in the other books."""

    left_head = (
        "Entry", "Who", "Hours", "State", "Last review", "Begun", "Score", "Agreed", "Note", CALCULATED, "IBT id",
        "reviewed", "Mark",
    )  # fmt: skip
    titled = True
    sound: ClassVar[set[Any]] = set()
    """Sheets that were found whole, by their checksums."""
    opened: tuple[bytes, Any] = b"", None
    """What was saved last, and the workbook as the other program has it."""

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        if name != "left":
            return super().make(name, sheets)
        self.books[name] = self.folder / "left.xlsx"
        made = blank()
        self.books[name].write_bytes(made.data)
        self.tops, self.formula = made.tops, made.formula
        book = self.workbook()
        for sheet, lines in sheets.items():
            if sheet not in self.tops:
                book.create_sheet(sheet)
            self.fill(book[sheet], lines, sheet)
        self.save(book)
        return "left.xlsx"

    def workbook(self) -> Any:
        """The workbook in the other program; there it stays open until somebody else has written it."""
        if self.opened[0] != self.books["left"].read_bytes():
            return load_workbook(self.books["left"])
        return self.opened[1]

    def lines(self, name: str, sheet: str) -> Lines:
        lines = super().lines(name, sheet)
        if name != "left":
            return lines
        lines = lines[self.tops.get(sheet, 1) - 1 :]
        if lines and CALCULATED in lines[0]:
            at = lines[0].index(CALCULATED)
            lines = [line if number == 0 else [*line[:at], None, *line[at + 1 :]] for number, line in enumerate(lines)]
        return lines

    def put(self, name: str, lines: Lines, sheet: str) -> None:
        if name != "left":
            super().put(name, lines, sheet)
            return
        book = self.workbook()
        self.fill(book[sheet], lines, sheet)
        self.save(book)

    def fill(self, tab: Any, lines: Lines, sheet: str) -> None:
        """Leave a sheet like that."""
        top = self.tops.get(sheet, 1)
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

    def merge(self, name: str, sheet: str, area: Area | None) -> None:
        if name != "left":
            super().merge(name, sheet, area)
            return
        book = self.workbook()
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
        self.opened = self.books["left"].read_bytes(), book

    def check(self) -> None:
        """Every part of the workbook is whole."""
        found = problems(self.books["left"], self.sound)
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

"""The books of a story: in memory, as files, or a file and spreadsheets at the emulator; formulas and merged cells too.

`lines` gives what a person sees, `put` leaves the sheet like that. A cell with a formula is a `Formula`: a text that is
its result, and knows what calculates it, so it moves with its row as in a spreadsheet.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from google_school import typed_by_format

from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.core.book import Area, Book, CellFormula, Grid

Lines = list[list[Any]]
START, DAY = datetime(1899, 12, 30), timedelta(days=1)
SAVED = datetime(2026, 9, 1)


class Formula(str):
    """A cell that is calculated: the text is what it gives."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """What stands behind the equals sign: a formula that always gives this text, in a form of its own."""
        return f'"{self}"&""'


def with_formulas(grid: Grid) -> Lines:
    """The cells of a grid, as wide as the widest line; the calculated ones as formulas."""
    width = max(map(len, grid.values), default=0)
    lines = [[*line, *[None] * (width - len(line))] for line in grid.values]
    for (row, column), text in grid.formulas.items():
        if row <= len(lines) and column <= width:
            value = lines[row - 1][column - 1]
            if value is None and text.startswith('"') and text.endswith('"&""'):  # calculated when the file is opened
                value = text[1:-4]
            lines[row - 1][column - 1] = None if value is None else Formula(value)
    return lines


class CalculatingBook(MemoryBook):
    """A book in memory whose cells may hold formulas, and may be merged."""

    merged: dict[str, list[Area]]

    def __init__(self, sheets: dict[str, Lines]) -> None:
        super().__init__(sheets)
        self.merged = {}

    def _put(self, sheet: str, row: int, column: int, value: Any) -> None:
        if isinstance(value, CellFormula):  # it is calculated at once
            value = Formula(value.removeprefix('="').removesuffix('"&""'))
        super()._put(sheet, row, column, value)

    def read(self, sheets: Any) -> dict[str, Grid]:
        grids = super().read(sheets)
        for name, grid in grids.items():
            grid.merged = list(self.merged.get(name, []))
            for row, line in enumerate(grid.values, 1):
                for column, value in enumerate(line, 1):
                    if isinstance(value, Formula):
                        grid.formulas[row, column] = value.text
                        line[column - 1] = str(value)
        return grids


class ReadOnce:
    """What was read of a book while it is the same, byte by byte; whoever asks gets lists of their own."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, Callable[[str], Lines], dict[str, Lines]]] = {}

    def lines(self, name: str, now: bytes, sheet: str, open_: Callable[[], Callable[[str], Lines]]) -> Lines:
        """The lines of a sheet in a book that holds `now`; read where they were not, by what `open_` gives."""
        if name not in self._known or self._known[name][0] != now:
            self._known[name] = now, open_(), {}
        _, read, found = self._known[name]
        if sheet not in found:
            found[sheet] = read(sheet)
        return [list(line) for line in found[sheet]]


class Everywhere:
    """What is so in most books of a story."""

    left_head: Sequence[str] = ()
    """The headers of the workbook, where they are its own."""
    titled = False
    """Whether there are titles above the headers of the workbook, native tables, and no program that calculates."""

    def check(self) -> None:
        """Look whether what was written is whole."""


@dataclass
class MemoryBooks(Everywhere):
    """Books in memory."""

    folder: Path
    books: dict[str, Any] = field(default_factory=dict)
    target = "excel:left"

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        self.books[name] = CalculatingBook(sheets)
        self.books[name].folder = self.folder
        return "excel:left" if name == "left" else f"gsheet:{name}"

    def open(self, target: str) -> Book:
        book: Book = self.books["left" if target == self.target else target.removeprefix("gsheet:")]
        return book

    def lines(self, name: str, sheet: str) -> Lines:
        return with_formulas(self.books[name].read([sheet])[sheet])

    def put(self, name: str, lines: Lines, sheet: str) -> None:
        self.books[name]._cells[sheet] = [list(line) for line in lines]

    def merge(self, name: str, sheet: str, area: Area | None) -> None:
        """Merge these cells, of which the first keeps its value; None unmerges all."""
        self.books[name].merged[sheet] = [area] if area else []
        if area:
            lines = self.lines(name, sheet)
            for row in range(area.top, area.bottom):
                lines[row][area.left - 1] = None
            self.put(name, lines, sheet)

    def remove(self, name: str, sheet: str) -> None:
        del self.books[name]._cells[sheet]

    def add(self, name: str, sheet: str, lines: Lines) -> None:
        self.books[name]._cells[sheet] = lines
        self.books[name]._tables[sheet] = []


@dataclass
class FileBooks(Everywhere):
    """Workbooks on disk."""

    folder: Path
    books: dict[str, Path] = field(default_factory=dict)
    merged: dict[tuple[str, str], Area] = field(default_factory=dict)
    saves: int = 0
    read_once: ReadOnce = field(default_factory=ReadOnce)

    @property
    def target(self) -> str:
        return str(self.books["left"])

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        self.books[name] = self.folder / f"{name}.xlsx"
        self.write(name, sheets)
        return f"{name}.xlsx"

    def open(self, target: str) -> Book:
        return XlsxBook(self.folder / target)

    def sheets(self, name: str) -> dict[str, Lines]:
        return {sheet: self.lines(name, sheet) for sheet in XlsxBook(self.books[name]).sheets()}

    def lines(self, name: str, sheet: str) -> Lines:
        path = self.books[name]

        def open_() -> Callable[[str], Lines]:
            book = XlsxBook(path)
            return lambda sheet: with_formulas(book.read([sheet])[sheet])

        return self.read_once.lines(name, path.read_bytes(), sheet, open_)

    def write(self, name: str, sheets: dict[str, Lines]) -> None:
        """The whole workbook anew, as a spreadsheet program saves it: with the time, so no two are the same bytes."""
        self.saves += 1
        with xlsxwriter.Workbook(self.books[name], {"default_date_format": "yyyy-mm-dd", "in_memory": True}) as book:
            book.set_properties({"created": SAVED + timedelta(seconds=self.saves)})
            for title, lines in sheets.items():
                sheet = book.add_worksheet(title)
                if area := self.merged.get((name, title)):
                    sheet.merge_range(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "")
                for row, line in enumerate(lines):
                    for column, value in enumerate(line):
                        if isinstance(value, Formula):
                            sheet.write_formula(row, column, f"={value.text}", None, str(value))
                        elif isinstance(value, str):
                            sheet.write_string(row, column, value)
                        elif value is not None:
                            sheet.write(row, column, value)

    def put(self, name: str, lines: Lines, sheet: str) -> None:
        self.write(name, {**self.sheets(name), sheet: lines})

    def merge(self, name: str, sheet: str, area: Area | None) -> None:
        lines = self.lines(name, sheet)
        self.merged.pop((name, sheet), None)
        if area:
            self.merged[name, sheet] = area
            for row in range(area.top, area.bottom):
                lines[row][area.left - 1] = None
        self.put(name, lines, sheet)

    def remove(self, name: str, sheet: str) -> None:
        self.write(name, {title: lines for title, lines in self.sheets(name).items() if title != sheet})

    def add(self, name: str, sheet: str, lines: Lines) -> None:
        self.write(name, {**self.sheets(name), sheet: lines})


def seen_by(person: Any, key: str, sheet: str) -> Lines:
    """What a person sees in a spreadsheet at the emulator; calculated cells as formulas, dates as dates."""
    mask = "sheets.data.rowData.values(effectiveValue,userEnteredValue.formulaValue,userEnteredFormat.numberFormat)"
    answer = person._sheets("GET", key, None, {"ranges": [f"'{sheet}'"], "fields": [mask]})
    rows = answer["sheets"][0].get("data", [{}])[0].get("rowData", [])
    lines = [[seen_cell(cell) for cell in row.get("values", ())] for row in rows]
    height = max((n for n, line in enumerate(lines, 1) if any(value is not None for value in line)), default=0)
    width = max((n for line in lines for n, value in enumerate(line, 1) if value is not None), default=0)
    return [[*line[:width], *[None] * (width - len(line))] for line in lines[:height]]


def seen_cell(cell: dict[str, Any]) -> Any:
    """What one cell shows."""
    value = next(iter(cell.get("effectiveValue", {}).values()), None)
    if value == "" or (isinstance(value, float) and value.is_integer()):
        value = None if value == "" else int(value)
    if cell.get("userEnteredValue"):
        return None if value is None else Formula(value)
    kind = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")
    return typed_by_format(value, kind) if kind else value


def typed_cell(value: Any) -> dict[str, Any]:
    """A cell of a spreadsheet at the emulator, as after somebody has typed this."""
    if isinstance(value, Formula):
        return {"userEnteredValue": {"formulaValue": f"={value.text}"}}
    if isinstance(value, datetime):
        return dated((value - START) / DAY, "DATE_TIME", "yyyy-mm-dd hh:mm")
    if isinstance(value, date):
        return dated((datetime(value.year, value.month, value.day) - START).days, "DATE", "yyyy-mm-dd")
    kinds = {bool: "boolValue", int: "numberValue", float: "numberValue", str: "stringValue"}
    return {} if value is None else {"userEnteredValue": {kinds[type(value)]: value}}


def dated(number: float, kind: str, pattern: str) -> dict[str, Any]:
    form = {"numberFormat": {"type": kind, "pattern": pattern}}
    return {"userEnteredValue": {"numberValue": number}, "userEnteredFormat": form}


class SheetBooks(FileBooks):
    """A workbook on disk, and spreadsheets at the emulator."""

    def __init__(self, folder: Path, school: Any) -> None:
        super().__init__(folder)
        self.school, self.keys = school, {}

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        if name == "left":
            return super().make(name, sheets)
        self.school.fresh(**sheets)
        self.keys[name] = self.school.key
        return f"gsheet:{self.school.key}"

    def open(self, target: str) -> Book:
        if not target.startswith("gsheet:"):
            return XlsxBook(Path(target))
        self.school.key = target.removeprefix("gsheet:")
        book: Book = self.school.book()
        return book

    def lines(self, name: str, sheet: str) -> Lines:
        if name == "left":
            return super().lines(name, sheet)
        key = self.keys[name]
        now = pickle.dumps(self.school.google.service.books[key].sheets)
        return self.read_once.lines(name, now, sheet, lambda: partial(seen_by, self.school.teacher, key))

    def put(self, name: str, lines: Lines, sheet: str) -> None:
        if name == "left":
            super().put(name, lines, sheet)
            return
        there = self.lines(name, sheet)
        tall, wide = len(there) + 1, max(map(len, (there or lines)[:1] + lines[:1]))  # a deleted column goes
        full = [[*line, *[None] * (wide - len(line))] for line in lines] + [[None] * wide] * (tall - len(lines))
        rows = [{"values": [typed_cell(value) for value in line]} for line in full]
        start = {"sheetId": self.school.teacher._id(self.keys[name], sheet), "rowIndex": 0, "columnIndex": 0}
        fields = "userEnteredValue,userEnteredFormat.numberFormat"
        change = {"updateCells": {"start": start, "rows": rows, "fields": fields}}
        self.school.teacher.change(self.keys[name], change)

    def merge(self, name: str, sheet: str, area: Area | None) -> None:
        if name == "left":
            super().merge(name, sheet, area)
            return
        where = {"sheetId": self.school.teacher._id(self.keys[name], sheet)}
        if area is None:
            self.school.teacher.change(self.keys[name], {"unmergeCells": {"range": where}})
            return
        where |= {
            "startRowIndex": area.top - 1,
            "endRowIndex": area.bottom,
            "startColumnIndex": area.left - 1,
            "endColumnIndex": area.right,
        }
        self.school.teacher.change(self.keys[name], {"mergeCells": {"range": where, "mergeType": "MERGE_ALL"}})

    def remove(self, name: str, sheet: str) -> None:
        where = self.school.teacher._id(self.keys[name], sheet)
        self.school.teacher.change(self.keys[name], {"deleteSheet": {"sheetId": where}})

    def add(self, name: str, sheet: str, lines: Lines) -> None:
        self.school.teacher.change(self.keys[name], {"addSheet": {"properties": {"title": sheet}}})
        self.school.key = self.keys[name]
        self.school.put(sheet, lines)

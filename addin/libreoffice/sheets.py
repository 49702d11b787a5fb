"""Worksheets: found, added, copied, deleted; the ranges, names, tables and shapes on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from numbers import Number
from typing import TYPE_CHECKING, Any, TypeVar

from xlwings import XlwingsError, base_classes

from addin.libreoffice.bridge import struct
from addin.libreoffice.charts import Charts
from addin.libreoffice.names import Names
from addin.libreoffice.notes import Note
from addin.libreoffice.pictures import Pictures
from addin.libreoffice.ranges import LAST_COLUMN, LAST_ROW, Range
from addin.libreoffice.shapes import Shapes
from addin.libreoffice.tables import Tables

if TYPE_CHECKING:
    from addin.libreoffice.books import Book

COLUMN, ROW = r"\$?[A-Za-z]{1,3}", r"\$?\d+"
IS_ADDRESS: Callable[[str], Any] = re.compile(f"{COLUMN}{ROW}(:{COLUMN}{ROW})?|{COLUMN}:{COLUMN}|{ROW}:{ROW}").fullmatch

Item = TypeVar("Item", bound=Any)


def picked(items: Sequence[Item], key: str | int) -> Item:
    """One of these by number, from 1, or by name in any case."""
    if isinstance(key, str):
        return {item.name.lower(): item for item in items}[key.lower()]
    return items[key - 1]


def free_name(pattern: str, taken: Any, first: int) -> str:
    """The first name of this pattern that a UNO container does not hold yet."""
    return next(name for name in map(pattern.format, range(first, 100_000)) if not taken.hasByName(name))


class Sheets(base_classes.Sheets):
    """The worksheets of a book, in order."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.doc.Sheets

    def _all(self) -> list[Sheet]:
        return [self.book.sheet_at(index) for index in range(self.api.Count)]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._all())

    def __len__(self) -> int:
        return int(self.api.Count)

    def __call__(self, key: str | int) -> Sheet:
        if isinstance(key, str) and self.api.hasByName(key):
            return Sheet(self.book, self.api.getByName(key))
        return picked(self._all(), key)

    @property
    def active(self) -> Sheet:
        view = self.book.doc.CurrentController
        return Sheet(self.book, view.ActiveSheet if view else self.api.getByIndex(0))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        place = after.index if after else (before or self.active).index - 1
        name = name or free_name("Sheet{}", self.api, first=1)
        self.api.insertNewByName(name, place)
        new = Sheet(self.book, self.api.getByName(name))
        new.activate()
        return new


class Sheet(base_classes.Sheet):
    """One worksheet; `xl` is LibreOffice's own object."""

    def __init__(self, book: Book, xl: Any) -> None:
        self._book, self.xl = book, xl

    @property
    def book(self) -> Book:
        return self._book

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @name.setter
    def name(self, text: str) -> None:
        self.xl.Name = text

    @property
    def index(self) -> int:
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, on: bool) -> None:
        self.xl.IsVisible = bool(on)

    @cached_property
    def annotations(self) -> Any:
        """LibreOffice's own list of the notes, live."""
        return self.xl.Annotations

    @property
    def notes(self) -> list[Note]:
        """The notes of the sheet, as xlwings asks for them from 0.37.5 on."""
        found = (self.annotations.getByIndex(index) for index in range(self.annotations.Count))
        places = ((note, note.Position) for note in found)
        return [Note(Range(self, place.Row + 1, place.Column + 1, 1, 1), note) for note, place in places]

    @property
    def names(self) -> Names:
        return Names(self.book, self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def shapes(self) -> Shapes:
        return Shapes(self)

    @property
    def pictures(self) -> Pictures:
        return Pictures(self)

    @property
    def charts(self) -> Charts:
        return Charts(self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def cells(self) -> Range:
        return Range(self, 1, 1, LAST_ROW, LAST_COLUMN)

    @property
    def used_range(self) -> Range:
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range.at(self, cursor.RangeAddress)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, Number):
            return self._part((arg1, arg2))
        if isinstance(arg1, tuple) and len(arg1) == 4:  # row, column, rows, columns
            row, column, height, width = arg1
            return Range(self, row, column, height, width)
        first = self._part(arg1)
        return first if arg2 is None else first.joined(self._part(arg2))

    def _part(self, what: Any) -> Range:
        if isinstance(what, Range):
            return what
        if isinstance(what, tuple):
            if min(what) < 1:
                raise IndexError(f"rows and columns count from 1, got {what}")
            row, column = what
            return Range(self, row, column, 1, 1)
        if IS_ADDRESS(what):
            return Range.at(self, self.xl.getCellRangeByName(what).RangeAddress)
        for names in (self.names, self.book.names):
            if names.contains(what) and (target := names(what).refers_to_range) is not None:
                return target
        return self._part_of_table(what)

    def _part_of_table(self, what: str) -> Range:
        name, _, column = what.partition("[")
        for table in self.tables:
            if table.name.lower() == name.lower():
                found = table.column(column.rstrip("]")) if column else table.data_body_range
                if found is not None:
                    return found
        raise XlwingsError(f"there is no range {what!r} on sheet {self.name!r}")

    def activate(self) -> None:
        view = self.book.doc.CurrentController
        if view:
            view.setActiveSheet(self.xl)
        self.book.app.activate()

    def select(self) -> None:
        self.activate()

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def clear(self) -> None:
        self.used_range.clear()

    def delete(self) -> None:
        """LibreOffice 7.4 drops the tables of a sheet when the *next* sheet goes, unless that is the first one:
        so the sheet that must go moves to the front before."""
        self.book.doc.Sheets.moveByName(self.name, 0)
        self.book.doc.Sheets.removeByName(self.name)

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        beside = before or after
        assert beside is not None, "xlwings names one of the two"
        sheets = beside.book.doc.Sheets
        place = before.index - 1 if before else beside.index
        name = self.name if not sheets.hasByName(self.name) else free_name(self.name + " ({})", sheets, first=2)
        if beside.book.doc.RuntimeUID == self.book.doc.RuntimeUID:
            sheets.copyByName(self.name, name, place)
            self._copy_tables_to(Sheet(self.book, sheets.getByName(name)))
        else:
            sheets.getByIndex(sheets.importSheet(self.book.doc, self.name, place)).Name = name

    def _copy_tables_to(self, twin: Sheet) -> None:
        """LibreOffice leaves tables behind when it copies a sheet; Excel takes them along under new names."""
        if len(twin.tables):
            return
        for table in self.tables:
            area = table.range
            table.copy_to(twin, Range(twin, area.row, area.column, area.nrows, area.ncols))


class PageSetup(base_classes.PageSetup):
    """What of a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        return self.sheet.xl

    @property
    def print_area(self) -> str | None:
        areas = self.api.getPrintAreas()
        return ",".join(Range.at(self.sheet, area).address for area in areas) or None

    @print_area.setter
    def print_area(self, text: str | None) -> None:
        if not text:
            self.api.setPrintAreas((struct("com.sun.star.table.CellRangeAddress"),))
            self.api.setPrintAreas(())
            return
        parts = [self.sheet.range(part.strip()) for part in text.split(",")]
        self.api.setPrintAreas(tuple(part.xl.RangeAddress for part in parts))

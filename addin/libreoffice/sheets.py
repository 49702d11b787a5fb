"""Worksheets: found, added, copied, deleted; the ranges, names, tables and shapes on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from numbers import Number
from typing import TYPE_CHECKING, Any, TypeVar

from xlwings import XlwingsError, base_classes

from addin.libreoffice.areas import boxes, empty_list
from addin.libreoffice.charts import Charts
from addin.libreoffice.names import Names
from addin.libreoffice.notes import Note, Slips
from addin.libreoffice.page_setup import PageSetup
from addin.libreoffice.pictures import Pictures
from addin.libreoffice.ranges import LAST_COLUMN, LAST_ROW, Range
from addin.libreoffice.shapes import Shapes
from addin.libreoffice.tables import Tables

if TYPE_CHECKING:
    from addin.libreoffice.books import Book

COLUMN, ROW = r"\$?[A-Za-z]{1,3}", r"\$?\d+"
CELLS = f"{COLUMN}{ROW}(:{COLUMN}{ROW})?"
IS_CELLS: Callable[[str], Any] = re.compile(CELLS).fullmatch
IS_ADDRESS: Callable[[str], Any] = re.compile(f"{CELLS}|{COLUMN}:{COLUMN}|{ROW}:{ROW}").fullmatch

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
        return self.book.holder

    def _all(self) -> list[Sheet]:
        return [Sheet(self.book, name=name) for name in self.api.ElementNames]

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
        self.book.reordered()
        self.api.insertNewByName(name, place)
        new = Sheet(self.book, self.api.getByName(name))
        new.activate()
        return new


class Sheet(base_classes.Sheet):
    """One worksheet, by LibreOffice's own object or by the name that it has now."""

    def __init__(self, book: Book, xl: Any = None, name: str = "") -> None:
        self._book, self._xl, self._name = book, xl, name
        self._slips: Slips | None = None

    @property
    def xl(self) -> Any:
        """LibreOffice's own object, fetched when something is to be done with it."""
        if self._xl is None:
            self._xl = self.book.holder.getByName(self._name)
        return self._xl

    @property
    def book(self) -> Book:
        return self._book

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def name(self) -> str:
        return self._name if self._xl is None else str(self._xl.Name)

    @name.setter
    def name(self, text: str) -> None:
        self.xl.Name = text

    @property
    def place(self) -> int:
        """Which sheet it is, counted from 0 as LibreOffice does."""
        return int(self.xl.RangeAddress.Sheet)

    @property
    def index(self) -> int:
        return self.place + 1

    @property
    def visible(self) -> bool:
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, on: bool) -> None:
        self.xl.IsVisible = bool(on)

    @cached_property
    def ranges(self) -> Any:
        """A list of ranges of LibreOffice's own, empty whenever nobody is asking (areas.py)."""
        return empty_list(self)

    @property
    def slips(self) -> Slips:
        """Where the notes are; asked again after cells or sheets came, went or moved."""
        if self._slips is None or self._slips.order != self.book.order:
            self._slips = Slips(self)
        return self._slips

    def moved(self) -> None:
        """Cells are about to come, go or move, and their notes with them."""
        self.book.app.settle()
        self._slips = None

    @property
    def notes(self) -> list[Note]:
        """The notes of the sheet, as xlwings asks for them from 0.37.5 on."""
        return self.slips.all()

    def cell(self, row: int, column: int) -> Range:
        """One cell, counted from 0 as LibreOffice does."""
        return Range(self, row + 1, column + 1, 1, 1)

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
        if self.xl.getCellByPosition(0, 0).Type.value == "EMPTY":  # to look for the start takes long beside many notes
            cursor.gotoStartOfUsedArea(False)
            cursor.gotoEndOfUsedArea(True)
            return Range.at(self, cursor.RangeAddress)
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return Range(self, 1, 1, end.EndRow + 1, end.EndColumn + 1)

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
        parts = what.replace(" ", "").split(",")
        if all(map(IS_ADDRESS, parts)):
            found = [self._addressed(part) for part in parts]
            return found[0] if len(found) == 1 else found[0].with_others(found)
        for names in (self.names, self.book.names):
            if names.contains(what) and (target := names(what).refers_to_range) is not None:
                return target
        return self._part_of_table(what)

    def _addressed(self, text: str) -> Range:
        if IS_CELLS(text):
            ((top, left, bottom, right),) = boxes(text)
            if 0 <= top <= bottom < LAST_ROW and left <= right < LAST_COLUMN:
                return Range(self, top + 1, left + 1, bottom - top + 1, right - left + 1)
        return Range.at(self, self.xl.getCellRangeByName(text).RangeAddress)  # whole rows, columns, what is no address

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
        self.book.reordered()
        self.book.holder.moveByName(self.name, 0)
        self.book.holder.removeByName(self.name)

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        beside = before or after
        assert beside is not None, "xlwings names one of the two"
        sheets = beside.book.holder
        beside.book.reordered()
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

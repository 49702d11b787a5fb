"""Defined names, of the book and of single sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from numbers import Number
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.bridge import struct

if TYPE_CHECKING:
    from addin.libreoffice.books import Book
    from addin.libreoffice.ranges import Range
    from addin.libreoffice.sheets import Sheet


def quoted(sheet_name: str) -> str:
    """A sheet's name as it stands before the `!` of an address."""
    return sheet_name if re.fullmatch(r"[^\W\d]\w*", sheet_name) else "'" + sheet_name.replace("'", "''") + "'"


def to_calc(refers_to: str) -> str:
    """Excel's `=Sheet1!$A$1` is `$Sheet1.$A$1` here."""
    text = refers_to.lstrip("=")
    sheet, mark, cells = text.rpartition("!")
    return f"${sheet}.{cells}" if mark else text


class Names(base_classes.Names):
    """A sheet's names; or a book's: its own and, as `Sheet!name`, those of its sheets, as in Excel."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self.book, self.sheet = book, sheet

    @property
    def api(self) -> Any:
        return (self.sheet.xl if self.sheet else self.book.doc).NamedRanges

    def _all(self) -> list[Name]:
        scopes: list[Sheet | None] = [self.sheet] if self.sheet else [None, *self.book.sheets]
        found = []
        for scope in scopes:
            holder = (scope.xl if scope else self.book.doc).NamedRanges
            found += [Name(self.book, scope, holder, holder.getByName(name)) for name in holder.ElementNames]
        return found

    def _find(self, text: str) -> Name | None:
        for entry in self._all():
            short = entry.xl.Name if entry.scope is None or self.sheet else entry.name
            if text.lower() in (entry.name.lower(), short.lower()):
                return entry
        return None

    def __iter__(self) -> Iterator[Name]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Name:
        entry = self._find(key) if isinstance(key, str) else self._all()[key - 1]
        if entry is None:
            raise KeyError(key)
        return entry

    def contains(self, key: Any) -> bool:
        return bool(1 <= key <= len(self)) if isinstance(key, Number) else self._find(key) is not None  # type: ignore[operator]

    def add(self, name: str, refers_to: str) -> Name:
        scope, _, short = name.rpartition("!")
        sheet = self.book.sheets(scope.strip("'")) if scope else self.sheet
        holder = (sheet.xl if sheet else self.book.doc).NamedRanges
        if holder.hasByName(short):
            holder.removeByName(short)
        holder.addNewByName(short, to_calc(refers_to), struct("com.sun.star.table.CellAddress"), 0)
        return Name(self.book, sheet, holder, holder.getByName(short))


class Name(base_classes.Name):
    """One name; `scope` is the sheet it belongs to, None for the book's."""

    def __init__(self, book: Book, scope: Sheet | None, holder: Any, xl: Any) -> None:
        self.book, self.scope, self.holder, self.xl = book, scope, holder, xl

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def name(self) -> str:
        return f"{quoted(self.scope.name)}!{self.xl.Name}" if self.scope else str(self.xl.Name)

    @name.setter
    def name(self, text: str) -> None:
        self.xl.Name = text.rpartition("!")[2]

    @property
    def refers_to_range(self) -> Range | None:
        from addin.libreoffice.ranges import Range

        cells = self.xl.ReferredCells
        if cells is None:
            return None
        return Range.at(self.book.sheet_at(cells.RangeAddress.Sheet), cells.RangeAddress)

    @property
    def refers_to(self) -> str:
        target = self.refers_to_range
        return f"={quoted(target.sheet.name)}!{target.address}" if target else "=" + self.xl.Content

    @refers_to.setter
    def refers_to(self, text: str) -> None:
        self.xl.Content = to_calc(text)

    def delete(self) -> None:
        self.holder.removeByName(self.xl.Name)

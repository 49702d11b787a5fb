"""An open workbook: its package and what is read from it once, when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from addin.backends.ooxml.notes import Notes, notes_of
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.reader import collect_rows
from addin.backends.ooxml.row_order import is_in_order, put_in_order
from addin.backends.ooxml.scan import cells, cells_named, rows, rows_numbered, sheet_data
from addin.backends.ooxml.splice import column_styles
from addin.backends.ooxml.styles import MINIMAL, Styles
from addin.backends.ooxml.tables import native_tables
from addin.backends.ooxml.typed import Values, shared_strings
from addin.backends.ooxml.workbook import Workbook
from addin.core.book import Appearance, Cell, Grid, Look


class OpenFile:
    """One state of a workbook file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.workbook = Workbook(package)
        self.without_formulas: set[str] = set()
        """Parts of sheets that were read and hold none."""
        self._in_order: dict[str, bool] = {}

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts; parsed when the first cell names one."""
        part = self.workbook.one("sharedStrings")
        return shared_strings(self.package.part(part)) if part else []

    def styles(self) -> Styles:
        """The styles, to look up and to add to."""
        part = self.workbook.one("styles")
        return Styles(self.package.part(part) if part else MINIMAL)

    @cached_property
    def values(self) -> Values:
        """What turns cells into values."""
        styles = self.styles()
        return Values(lambda: self.strings, styles.date_styles(), self.workbook.since_1904, styles.code_styles())

    def grid(self, name: str) -> Grid:
        """What a sheet holds."""
        part = self.workbook.sheet_part(name)
        tables = [table.area for table in native_tables(self.package, part)]
        xml = self.package.part(part)
        found = collect_rows(xml, name, self.values, f"{self.package.where}, {name}")
        self._in_order[part] = found.in_order
        grid = found.grid(xml, tables, name in self.workbook.hidden)
        if not grid.formulas and part not in self.package.changed:
            self.without_formulas.add(part)
        return grid

    def sheet_in_order(self, name: str) -> bytes:
        """A sheet's XML with each row as one element, in ascending order."""
        part = self.workbook.sheet_part(name)
        xml = self.package.part(part)
        if part not in self._in_order:
            self._in_order[part] = is_in_order(xml)
        return xml if self._in_order[part] else put_in_order(xml, f"{self.package.where}, {name}")

    def notes(self, sheet: str) -> Notes:
        """The notes of a sheet."""
        return notes_of(self.package, self.workbook.sheet_part(sheet))

    def looks(self, wanted: Iterable[Cell]) -> dict[Cell, Look]:
        """Fill and note of these cells."""
        by_sheet: dict[str, set[tuple[int, int]]] = {}
        for sheet, row, column in wanted:
            by_sheet.setdefault(sheet, set()).add((row, column))
        styles, found = self.styles(), {}
        for sheet, places in by_sheet.items():
            if sheet not in self.workbook.sheets:
                found.update({(sheet, *place): Look() for place in places})
                continue
            indexes, notes = self._style_indexes(sheet, places), self.notes(sheet).by_cell
            for place in places:
                note = notes.get(place)
                found[(sheet, *place)] = Look(styles.fill(indexes.get(place, 0)), note.text if note else None)
        return found

    def appearance(self, name: str) -> Appearance:
        """What a person sees on a sheet besides its values."""
        from addin.backends.ooxml.appearance import appearance_of

        xml = self.package.part(self.workbook.sheet_part(name))
        return appearance_of(xml, self.styles(), self.notes(name).by_cell)

    def formats(self, sheet: str, row: int, columns: Sequence[int]) -> dict[int, str]:
        """The number format in which each of these cells shows, or would show, a value."""
        xml = self.package.part(self.workbook.sheet_part(sheet))
        indexes, styles = self._style_indexes(sheet, {(row, column) for column in columns}), self.styles()
        usual = {c: s for first, last, s in column_styles(xml) for c in columns if first <= c <= last}
        return {c: styles.number_format(indexes.get((row, c), usual.get(c, 0))) for c in columns}

    def _style_indexes(self, sheet: str, places: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
        xml = self.package.part(self.workbook.sheet_part(sheet))
        start, end = sheet_data(xml, f"{self.package.where}, {sheet}")
        by_row: dict[int, set[int]] = {}
        for number, column in places:
            by_row.setdefault(number, set()).add(column)
        found = {}
        for row in rows_numbered(xml, start, end, by_row) or rows(xml, start, end):
            if row.number not in by_row:
                continue
            columns, stretch = by_row[row.number], xml[row.cells : row.cells_end]
            named = cells_named(stretch, row.number, columns)
            for cell in cells(stretch) if named is None else named.values():
                if cell.column in columns:
                    found[row.number, cell.column] = int(cell.attributes.get("s", "0"))
        return found

    def forget_changes(self) -> None:
        """Go back to what the file holds, after a batch that could not be written."""
        self.package.changed.clear()
        self.package.spliced.clear()
        self.workbook = Workbook(self.package)

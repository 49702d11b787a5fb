"""Native tables: LibreOffice keeps them as database ranges.

What a database range cannot say (the table's style and its stripes) is remembered for as long as this Python holds the
document, and is not drawn. The totals row is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from addin.libreoffice.ranges import Range
    from addin.libreoffice.sheets import Sheet

DEFAULT_STYLE = "TableStyleMedium2"


class Tables(base_classes.Tables):
    """The tables of a sheet, in the order of their place."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self.sheet

    @property
    def api(self) -> Any:
        return self.sheet.book.doc.DatabaseRanges

    def _all(self) -> list[Table]:
        place, holder = self.sheet.index - 1, self.api
        found = [holder.getByName(name) for name in holder.ElementNames if not name.startswith("__Anonymous")]
        areas = [(xl.DataArea, xl) for xl in found]
        here = [(area.StartRow, area.StartColumn, xl) for area, xl in areas if area.Sheet == place]
        return [Table(self.sheet, xl) for *_, xl in sorted(here, key=lambda item: item[:2])]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Table:
        from addin.libreoffice.sheets import picked

        return picked(self._all(), key)

    def __contains__(self, key: Any) -> bool:
        return str(key).lower() in [table.name.lower() for table in self._all()]

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: Any = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        from addin.libreoffice.ranges import Range
        from addin.libreoffice.sheets import free_name

        area: Range = getattr(source, "impl", source)
        if area.nrows == 1:  # Excel adds the row that the first entry will fill
            area = Range(area.sheet, area.row, area.column, 2, area.ncols)
        name = name or free_name("Table{}", self.api, first=1)
        self.api.addNewByName(name, area.xl.RangeAddress)
        table = Table(self.sheet, self.api.getByName(name))
        table.xl.ContainsHeader = table.xl.AutoFilter = True
        table.table_style = table_style_name or DEFAULT_STYLE
        return table


def remembered(name: str, default: Any) -> Any:
    """Part of a table's look that LibreOffice has no place for: kept in the office's app, by document and table."""

    def read(table: Table) -> Any:
        return table.memory.get(name, default)

    def write(table: Table, value: Any) -> None:
        table.memory[name] = value

    return property(read, write)


class Table(base_classes.Table):
    """One table."""

    table_style = remembered("style", DEFAULT_STYLE)
    show_table_style_column_stripes = remembered("column stripes", False)
    show_table_style_first_column = remembered("first column", False)
    show_table_style_last_column = remembered("last column", False)
    show_table_style_row_stripes = remembered("row stripes", True)

    def __init__(self, sheet: Sheet, xl: Any) -> None:
        self._sheet, self.xl = sheet, xl

    @property
    def memory(self) -> dict[str, Any]:
        looks: dict[tuple[str, str], dict[str, Any]] = self._sheet.book.app.settings.setdefault("tables", {})
        return looks.setdefault((self._sheet.book.doc.RuntimeUID, self.name), {})

    @property
    def parent(self) -> Sheet:
        return self._sheet

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
    def display_name(self) -> str:
        return self.name

    @display_name.setter
    def display_name(self, text: str) -> None:
        self.name = text

    @property
    def show_autofilter(self) -> bool:
        return bool(self.xl.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, on: bool) -> None:
        self.xl.AutoFilter = bool(on)

    @property
    def show_headers(self) -> bool:
        return bool(self.xl.ContainsHeader)

    @show_headers.setter
    def show_headers(self, on: bool) -> None:
        self.xl.ContainsHeader = bool(on)

    @property
    def show_totals(self) -> bool:
        return bool(self.xl.TotalsRow)

    @show_totals.setter
    def show_totals(self, on: bool) -> None:
        """As in Excel the table grows by its totals row, and shrinks without it."""
        if bool(on) == self.show_totals:
            return
        area = self.xl.DataArea
        area.EndRow += 1 if on else -1
        self.xl.DataArea = area
        self.xl.TotalsRow = bool(on)

    @property
    def range(self) -> Range:
        from addin.libreoffice.ranges import Range

        return Range.at(self.parent, self.xl.DataArea)

    def _rows(self, first: int, count: int) -> Range | None:
        from addin.libreoffice.ranges import Range

        area = self.range
        return Range(self.parent, first, area.column, count, area.ncols) if count > 0 else None

    @property
    def header_row_range(self) -> Range | None:
        return self._rows(self.range.row, int(self.show_headers))

    @property
    def data_body_range(self) -> Range | None:
        area, head = self.range, int(self.show_headers)
        return self._rows(area.row + head, area.nrows - head - int(self.show_totals))

    @property
    def totals_row_range(self) -> Range | None:
        return self._rows(self.range.last_row, int(self.show_totals))

    @property
    def insert_row_range(self) -> Range | None:
        """The one blank row of a table that has no entry yet."""
        body = self.data_body_range
        blank = body is not None and body.nrows == 1 and not any(body.xl.getDataArray()[0])
        return body if blank else None

    def column(self, heading: str) -> Range | None:
        """The data of the column with this heading."""
        from addin.libreoffice.ranges import Range

        head, body = self.header_row_range, self.data_body_range
        if head is None or body is None:
            return None
        headings = [str(value).lower() for value in head.xl.getDataArray()[0]]
        return Range(self.parent, body.row, body.column + headings.index(heading.lower()), body.nrows, 1)

    def resize(self, area: Any) -> None:
        self.xl.DataArea = getattr(area, "impl", area).xl.RangeAddress

    def copy_to(self, sheet: Sheet, area: Range) -> Table:
        """The same table on another sheet, over this area; a name can only be there once."""
        from addin.libreoffice.sheets import free_name

        holder = sheet.tables.api
        name = free_name(self.name + "{}", holder, first=2)
        holder.addNewByName(name, area.xl.RangeAddress)
        twin = Table(sheet, holder.getByName(name))
        twin.xl.ContainsHeader, twin.xl.AutoFilter = self.show_headers, self.show_autofilter
        twin.xl.TotalsRow = self.show_totals
        twin.memory.update(self.memory)
        return twin

"""Ranges: a rectangle of a sheet, its place, values, formulas, looks, and moving about from it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice import entries, values
from addin.libreoffice.areas import all_of, laid_over
from addin.libreoffice.bridge import enum
from addin.libreoffice.formats import (
    DIGIT,
    MIXED,
    Font,
    from_colour,
    hundredths,
    number_format,
    number_format_key,
    points,
    to_colour,
)
from addin.libreoffice.formulas import to_calc, to_excel
from addin.libreoffice.notes import NOTE, Note

if TYPE_CHECKING:
    from addin.libreoffice.names import Name
    from addin.libreoffice.sheets import Sheet
    from addin.libreoffice.tables import Table

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# com.sun.star.sheet.CellFlags
VALUE, DATETIME, STRING, FORMULA, HARD_FORMAT, STYLES = 1, 2, 4, 16, 32, 64
CONTENTS, FORMATS = VALUE | DATETIME | STRING | FORMULA, HARD_FORMAT | STYLES
BACKWARDS = ("up", "left", "u", "l", -4162, -4159)  # the words of xlwings, and Excel's XlDirection
UPRIGHT = ("up", "down", "u", "d", -4162, -4121)
FILL_DOWN, FILL_RIGHT = 0, 1  # com.sun.star.sheet.FillDirection
LOOKED_AT = 1000  # lines that are asked for their size, at most


def excel_text(formula: str) -> str:
    """What Excel calls a cell's formula: a text has no mark, and a formula is spelled as there."""
    if formula in ("=TRUE()", "=FALSE()"):  # how LibreOffice loads a plain TRUE from an .xlsx file
        return formula[1:-2]
    if formula.startswith("="):
        return to_excel(formula)
    return formula.removeprefix("'")


class Texts(dict[str, str]):
    """Each formula as Excel spells it, worked out once: those of a table's column are alike."""

    def __missing__(self, formula: str) -> str:
        self[formula] = text = excel_text(formula)
        return text


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


class Range(base_classes.Range):
    """A rectangle; LibreOffice's own object `xl` is asked for only when something is to be done with it."""

    max_cells_per_read = max_cells_per_write = None  # a block goes in one call, whatever its size
    arg1_input = ""

    def __init__(self, sheet: Sheet, row: int, column: int, nrows: int, ncols: int) -> None:
        self._sheet, self._row, self._column, self.nrows, self.ncols = sheet, row, column, nrows, ncols
        self._parts: list[Range] = []  # of several rectangles at once: all of them
        self._xl: Any = None
        self._first: Any = None

    @classmethod
    def at(cls, sheet: Sheet, address: Any) -> Range:
        """From a com.sun.star.table.CellRangeAddress, which counts from 0 and includes both ends."""
        height, width = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        return cls(sheet, address.StartRow + 1, address.StartColumn + 1, height, width)

    def with_others(self, parts: list[Range]) -> Range:
        """Several rectangles as one range: as in Excel it stands where the first does, and its looks are all theirs."""
        several = Range(self.sheet, self._row, self._column, self.nrows, self.ncols)
        several._parts = parts
        return several

    # -- where it is

    @property
    def xl(self) -> Any:
        if self._xl is None and self.nrows and self.ncols:
            left, top = self._column - 1, self._row - 1
            self._xl = self.sheet.xl.getCellRangeByPosition(left, top, left + self.ncols - 1, top + self.nrows - 1)
        return self._xl

    @cached_property
    def all(self) -> Any:
        """LibreOffice's object of all the cells, where there are several rectangles too."""
        return all_of(self._parts) if self._parts else self.xl

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def row(self) -> int:
        return self._row

    @property
    def column(self) -> int:
        return self._column

    @property
    def shape(self) -> tuple[int, int]:
        return self.nrows, self.ncols

    @property
    def coords(self) -> tuple[Sheet, int, int, int, int]:
        return self.sheet, self._row, self._column, self.nrows, self.ncols

    @property
    def last_row(self) -> int:
        return self._row + self.nrows - 1

    @property
    def last_column(self) -> int:
        return self._column + self.ncols - 1

    @property
    def first_cell(self) -> Any:
        """LibreOffice's object of the first cell, fetched once: each fetch costs a dozen messages to soffice."""
        if self._first is None:
            self._first = self.sheet.xl.getCellByPosition(self._column - 1, self._row - 1)
        return self._first

    @property
    def rows(self) -> Range:
        return self

    @property
    def columns(self) -> Range:
        return self

    def __len__(self) -> int:
        return self.nrows * self.ncols

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        row, column = divmod(arg1 - 1, self.ncols) if arg2 is None else (arg1 - 1, arg2 - 1)
        return Range(self.sheet, self._row + row, self._column + column, 1, 1)

    def joined(self, other: Range) -> Range:
        """The smallest rectangle around both."""
        top, left = min(self._row, other.row), min(self._column, other.column)
        bottom, right = max(self.last_row, other.last_row), max(self.last_column, other.last_column)
        return Range(self.sheet, top, left, bottom - top + 1, right - left + 1)

    def holds(self, row: int, column: int) -> bool:
        """True when this cell lies inside."""
        return self._row <= row <= self.last_row and self._column <= column <= self.last_column

    def _clipped(self) -> Range:
        """Of whole rows or columns only the used part: a million cells at once is too much."""
        if self.nrows < LAST_ROW // 10 and self.ncols < LAST_COLUMN // 2:
            return self
        used = self.sheet.used_range
        height = max(1, min(self.nrows, used.last_row - self._row + 1))
        return Range(
            self.sheet, self._row, self._column, height, max(1, min(self.ncols, used.last_column - self._column + 1))
        )

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        if self._parts and not external:
            return ",".join(part.get_address(row_absolute, col_absolute, False) for part in self._parts)
        corners = [(self._row, self._column)] + ([(self.last_row, self.last_column)] if len(self) > 1 else [])
        text = ":".join(
            f"{'$' * bool(col_absolute)}{column_letters(column)}{'$' * bool(row_absolute)}{row}"
            for row, column in corners
        )
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{text}" if external else text

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    # -- values and formulas

    @property
    def raw_value(self) -> Any:
        if self.xl is None:
            return None
        data = values.read(self._clipped())
        return data[0][0] if len(data) == len(data[0]) == 1 else data

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self.xl is not None:
            entries.write(self, data)

    @property
    def formula(self) -> Any:
        data = self._clipped().xl.getFormulaArray()
        if len(data) == len(data[0]) == 1:
            return excel_text(data[0][0])
        texts = Texts()
        return tuple(tuple(texts[text] for text in row) for row in data)

    @formula.setter
    def formula(self, value: Any) -> None:
        if not isinstance(value, str):
            rows = value if isinstance(value[0], list | tuple) else [value]
            texts = tuple(tuple("" if v is None else to_calc(str(v)) for v in row) for row in rows)
            with entries.calmly(self, texts):
                self.xl.setFormulaArray(texts)
            return
        self.first_cell.Formula = to_calc(value)
        if self.nrows > 1:
            self.xl.fillAuto(FILL_DOWN, 1)
        if self.ncols > 1:
            self.xl.fillAuto(FILL_RIGHT, 1)

    @property
    def formula2(self) -> Any:
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str | None:
        return to_excel(self.xl.ArrayFormula) or None

    @formula_array.setter
    def formula_array(self, text: str) -> None:
        self.xl.ArrayFormula = to_calc(text)

    @property
    def has_array(self) -> bool:
        return bool(self.xl.ArrayFormula)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """The rectangles of this range that hold formulas (`formulas`), or entries (`constants`)."""
        if value_type is not None or cell_type not in ("formulas", "constants"):
            raise NotImplementedError(f"special cells of the kind {cell_type} are not offered by this engine")
        kinds = FORMULA if cell_type == "formulas" else VALUE | DATETIME | STRING
        return [Range.at(self.sheet, area) for area in self.xl.queryContentCells(kinds).RangeAddresses]

    def clear_contents(self) -> None:
        self._clipped().xl.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        self._clipped().xl.clearContents(FORMATS)

    def clear(self) -> None:
        self.sheet.moved()
        self._clipped().xl.clearContents(CONTENTS | FORMATS | NOTE)

    # -- moving about

    def end(self, direction: Any) -> Range:
        """Ctrl+arrow: to the last filled cell of a block, else to the next filled cell, else to the edge."""
        step, upright = -1 if direction in BACKWARDS else 1, direction in UPRIGHT
        here, edge = (self._row, LAST_ROW) if upright else (self._column, LAST_COLUMN)
        filled = self._filled(here, upright)
        if here in filled and here + step in filled:
            while here + step in filled:
                here += step
        else:
            ahead = [number for number in filled if (number - here) * step > 0]
            nearest = min(ahead, key=lambda number: abs(number - here)) if ahead else None
            here = nearest or (1 if step < 0 else edge)
        return Range(self.sheet, here, self._column, 1, 1) if upright else Range(self.sheet, self._row, here, 1, 1)

    def _filled(self, here: int, upright: bool) -> set[int]:
        """The numbers of the filled cells in this cell's column, or row."""
        used = self.sheet.used_range
        length = max(here, used.last_row if upright else used.last_column)
        line = Range(self.sheet, 1, self._column, length, 1) if upright else Range(self.sheet, self._row, 1, 1, length)
        flat = (value for row in line.xl.getDataArray() for value in row)
        return {number for number, value in enumerate(flat, 1) if value != ""}

    @property
    def current_region(self) -> Range:
        cursor = self.sheet.xl.createCursorByRange(self.xl)
        cursor.collapseToCurrentRegion()
        return Range.at(self.sheet, cursor.RangeAddress)

    def select(self) -> None:
        view = self.sheet.book.doc.CurrentController
        if view:
            view.select(self.xl)

    # -- looks

    def _laid(self) -> AbstractContextManager[Any]:
        """LibreOffice's object of all the cells, for one or two questions."""
        if not self._parts and self._xl is None and len(self):
            return laid_over(self)
        return nullcontext(self.all)

    def _look(self, what: str) -> Any:
        """This property of the cells, None where they differ."""
        one = len(self) == 1 and not self._parts
        with self._laid() as xl:
            return getattr(xl, what) if one or xl.getPropertyState(what).value != "AMBIGUOUS_VALUE" else None

    @property
    def color(self) -> tuple[int, int, int] | None:
        colour = self._look("CellBackColor")
        return MIXED if colour is None else from_colour(colour)

    @color.setter
    def color(self, value: Any) -> None:
        with self._laid() as xl, self.sheet.book.heights_kept():
            xl.CellBackColor = to_colour(value)

    @property
    def font(self) -> Font:
        return Font(self.all)

    @property
    def wrap_text(self) -> bool:
        return bool(self.xl.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, on: bool) -> None:
        self.xl.IsTextWrapped = bool(on)

    @property
    def number_format(self) -> str | None:
        key = self._look("NumberFormat")
        return None if key is None else number_format(self.sheet.book, key)

    @number_format.setter
    def number_format(self, code: str) -> None:
        with self._laid() as xl, self.sheet.book.heights_kept():
            xl.NumberFormat = number_format_key(self.sheet.book, code)

    @property
    def left(self) -> float:
        return points(self.xl.Position.X)

    @property
    def top(self) -> float:
        return points(self.xl.Position.Y)

    @property
    def width(self) -> float:
        return points(self.xl.Size.Width)

    @property
    def height(self) -> float:
        return points(self.xl.Size.Height)

    @property
    def column_width(self) -> float | None:
        """In characters; 0 for hidden columns, None where the columns differ."""
        columns = self.xl.Columns
        sizes = {
            round(column.Width / DIGIT, 1) if column.IsVisible else 0.0
            for column in (columns.getByIndex(index) for index in range(min(columns.Count, LOOKED_AT)))
        }
        return sizes.pop() if len(sizes) == 1 else None

    @column_width.setter
    def column_width(self, characters: float) -> None:
        self.xl.Columns.IsVisible = characters > 0
        if characters > 0:
            self.xl.Columns.Width = round(characters * DIGIT)

    @property
    def row_height(self) -> float | None:
        rows = self.xl.Rows
        sizes = {points(rows.getByIndex(index).Height) for index in range(min(rows.Count, LOOKED_AT))}
        return sizes.pop() if len(sizes) == 1 else None

    @row_height.setter
    def row_height(self, size: float) -> None:
        self.xl.Rows.IsVisible = size > 0
        if size > 0:
            self.xl.Rows.Height = hundredths(size)

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "columns", "c"):
            self.xl.Columns.OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.xl.Rows.OptimalHeight = True

    # -- cells come and go

    def insert(self, shift: str | None = None, copy_origin: Any = None) -> None:
        self.sheet.moved()
        whole = self.ncols == LAST_COLUMN, self.nrows == LAST_ROW
        to_right = shift == "right" or (shift is None and (whole[1] or (not whole[0] and self.nrows > self.ncols)))
        mode = "RIGHT" if to_right else "DOWN"
        self.sheet.xl.insertCells(self.xl.RangeAddress, enum("com.sun.star.sheet.CellInsertMode", mode))

    def delete(self, shift: str | None = None) -> None:
        self.sheet.moved()
        if self.ncols == LAST_COLUMN:  # whole rows: tables shrink with them
            self.sheet.xl.Rows.removeByIndex(self._row - 1, self.nrows)
            return
        mode = (shift or ("up" if self.ncols > self.nrows else "left")).upper()
        self.sheet.xl.removeRange(self.xl.RangeAddress, enum("com.sun.star.sheet.CellDeleteMode", mode))

    def copy(self, destination: Any = None) -> None:
        target = getattr(destination, "impl", destination)
        if target is None:
            raise NotImplementedError("this engine has no clipboard: name a destination")
        target.sheet.moved()
        target.sheet.xl.copyRange(target.first_cell.CellAddress, self.xl.RangeAddress)

    def autofill(self, destination: Any, type_: str) -> None:
        """Formats downwards (`fill_formats`), or everything (`fill_copy`, `fill_default`) from the first row on."""
        target: Range = getattr(destination, "impl", destination)
        if type_ not in ("fill_formats", "fill_copy", "fill_default") or self._row != target.row:
            raise NotImplementedError(f"autofill {type_} is not offered by this engine")
        below = Range(self.sheet, self.last_row + 1, self._column, target.nrows - self.nrows, self.ncols)
        if not len(below):
            return
        kept = below.xl.getFormulaArray() if type_ == "fill_formats" else None
        for row in range(below.row, below.last_row + 1, self.nrows):
            Range(self.sheet, self._row, self._column, self.nrows, self.ncols).copy(
                Range(self.sheet, row, self._column, 1, 1)
            )
        below.sheet.moved()
        below.xl.clearContents(NOTE | (CONTENTS if kept else 0))
        if kept:
            below.xl.setFormulaArray(kept)

    def merge(self, across: bool) -> None:
        self.unmerge()
        if not across:
            self.xl.merge(True)
            return
        for row in range(self._row, self.last_row + 1):
            Range(self.sheet, row, self._column, 1, self.ncols).xl.merge(True)

    def unmerge(self) -> None:
        self.xl.merge(False)

    @property
    def merge_cells(self) -> bool:
        return bool(self.xl.IsMerged) if len(self) > 1 else len(self.merge_area) > 1

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.xl.createCursorByRange(self.first_cell)
        cursor.collapseToMergedArea()
        return Range.at(self.sheet, cursor.RangeAddress)

    # -- links, names, notes, tables

    @property
    def hyperlink(self) -> str:
        fields = self.first_cell.TextFields
        if not fields.hasElements():
            raise ValueError(f"{self.address} holds no link")
        return str(fields.createEnumeration().nextElement().URL)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """A link: LibreOffice keeps it as a field inside the cell's text."""
        field = self.sheet.book.service("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = address, text_to_display or address
        cell = self.first_cell
        cell.String = ""
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def name(self) -> Name | None:
        for entry in self.sheet.book.names:
            target = entry.refers_to_range
            if target is not None and target.coords[1:] == self.coords[1:] and target.sheet.name == self.sheet.name:
                return entry
        return None

    @name.setter
    def name(self, text: str) -> None:
        from addin.libreoffice.names import quoted

        self.sheet.book.names.add(text, f"={quoted(self.sheet.name)}!{self.address}")

    @property
    def note(self) -> Note | None:
        return Note(self) if self.sheet.slips.on(self._row, self._column) else None

    def add_note(self, text: str) -> Note:
        self.sheet.slips.put(self._row, self._column, text)
        return Note(self)

    @property
    def table(self) -> Table | None:
        return next((table for table in self.sheet.tables if table.range.holds(self._row, self._column)), None)

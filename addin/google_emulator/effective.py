"""What a cell shows: its effective value, and that value in the three render options."""

from __future__ import annotations

from typing import Any

from addin.google_emulator.answers import Json
from addin.google_emulator.formula_functions import Fault
from addin.google_emulator.formulas import Calculator
from addin.google_emulator.model import Cell, Formula, Sheet
from addin.google_emulator.number_formats import is_date, shown


def number_format(cell: Cell) -> Json | None:
    return (cell.format or {}).get("numberFormat")


def formatted(cell: Cell, value: Any) -> str:
    """FORMATTED_VALUE: the text on the screen."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown(value, number_format(cell))
    return "" if value is None else str(value)


class Rendering:
    """How values are to be given: the options of a request, and the calculator for formulas."""

    def __init__(self, calculator: Calculator, value: str | None, moment: str | None) -> None:
        self.calculator = calculator
        self.value = value or "FORMATTED_VALUE"
        self.dates_as_text = moment == "FORMATTED_STRING"

    def row(self, sheet: Sheet, row: int, line: dict[int, Cell], left: int, right: int) -> list[Any]:
        """The values of a row from one column to another; most need no thought."""
        as_it_is = {str} if self.value == "FORMATTED_VALUE" or self.dates_as_text else {str, int, float, bool}
        found: list[Any] = []
        for column in range(left, right):
            cell = line.get(column)
            if cell is None:
                found.append("")
            elif type(cell[0]) in as_it_is:
                found.append(cell[0])
            else:
                found.append(self.of(sheet, row, column, cell))
        return found

    def of(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        """The value as this request wants it; `""` for a blank cell.

        FORMULA too gives the number of a date unless dates are wanted as text, and FORMATTED_VALUE has no regard for
        dateTimeRenderOption (REC Worksheet get_all_records_value_render_options #9, and NOTES 3.2).
        """
        value: Any = cell.value
        if isinstance(value, Formula):
            if self.value == "FORMULA":
                return str(value)
            value = self.calculator.value(sheet, row, column)
        if value is None:
            return ""
        if self.value == "FORMATTED_VALUE":
            return formatted(cell, value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if self.dates_as_text and is_date(number_format(cell)):
                return formatted(cell, value)
            return value
        return str(value) if isinstance(value, Fault) else value

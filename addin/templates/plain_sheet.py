"""A worksheet that takes formulas as they stand: ours are written as the file wants them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from addin.core.a1 import letters, quoted
from addin.core.regex import regex

_CONTROLS = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = regex("_(?=x[0-9A-Fa-f]{4}_)")


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """XlsxWriter looks for thirty new functions in every formula, which takes half of the whole building time.

    We write `_xlfn.` ourselves, where it is needed. Should a later version of XlsxWriter not call this method any
    more, nothing is wrong but the time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _escape_data(self, data: Any) -> Any:
        """Also what XML cannot hold: XlsxWriter leaves control characters in the stored result of a formula."""
        if isinstance(data, str) and _CONTROLS.search(data):
            data = _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", data))
        return super()._escape_data(data)

    def write_one_array(self, first: int, last: int, column: int, formula: str) -> None:
        """One array formula down a column, without the thousands of cells in which XlsxWriter keeps its zeros."""
        self.write_array_formula(first, column, first, column, formula)
        cell = self.table[first][column]
        self.table[first][column] = cell._replace(range=xl_range(first, column, last, column))

    def results(self) -> Iterator[tuple[int, int, str, Any]]:
        """Row and column (from 1), formula and stored result of each formula and number, in the order of rows."""
        for row, line in sorted(self.table.items()):
            for column, cell in sorted(line.items()):
                formula, value = getattr(cell, "formula", ""), getattr(cell, "value", getattr(cell, "number", None))
                if formula or value is not None:
                    yield row + 1, column + 1, formula, value

    def print_filled(self, first: int, last: int, columns: int, column: str = "A") -> None:
        """Of the prepared lines print those down to the last one that says something in this column.

        Excel works such an area out each time it prints. LibreOffice knows none, and prints the blank lines too.
        """
        sheet = quoted(self.name)
        lines = f"{sheet}!${column}${first}:${column}${last}"
        filled = f'SUMPRODUCT(MAX(({lines}<>"")*ROW({lines})))'
        end = letters(columns)
        # The name that XlsxWriter gives to an area of its own: it refuses to define this one for a sheet like O'Neil.
        self.print_area_range = f"{sheet}!$A$1:INDEX({sheet}!${end}$1:${end}${last},MAX({first},{filled}))"

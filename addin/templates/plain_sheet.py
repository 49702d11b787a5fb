"""A worksheet that takes formulas as they stand: ours are written as the file wants them."""

from __future__ import annotations

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """XlsxWriter looks for thirty new functions in every formula, which takes half of the whole building time.

    We write `_xlfn.` ourselves, where it is needed. Should a later version of XlsxWriter not call this method any
    more, nothing is wrong but the time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def write_one_array(self, first: int, last: int, column: int, formula: str) -> None:
        """One array formula down a column, without the thousands of cells in which XlsxWriter keeps its zeros."""
        self.write_array_formula(first, column, first, column, formula)
        cell = self.table[first][column]
        self.table[first][column] = cell._replace(range=xl_range(first, column, last, column))

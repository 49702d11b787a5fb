"""Areas such as B2:D9, and formulas moved from one cell to another."""

from __future__ import annotations

import re

from addin.core.a1 import letters
from addin.core.a1 import number as column_number
from addin.core.book import CellFormula
from addin.core.regex import regex

__all__ = ["area", "area_text", "column_number", "fixed", "letters", "moved"]
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST = 8_192  # characters of a formula (support.microsoft.com, "Excel specifications and limits")
REFERENCE = regex(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
AREA = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
# Group 1: what may look like a reference but is none ("text", 'sheet names', [table columns]); 2: cells; 3: bands.
# Few workbooks have a formula moved, so it is compiled when the first one is.
PIECE = (
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!?|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])"""
    r"""|(?<![\w.\\$])(\$?[A-Za-z]{1,3}\$?\d{1,7})(?![\w.(!\\])"""
    r"""|(?<![\w.\\$:])(\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w.(!\\:])"""
)


def area(text: str) -> tuple[int, int, int, int] | None:
    """(top, left, bottom, right) of `B2:D9` or `B2`; None for what is neither."""
    match = AREA.fullmatch(text)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    return int(top), column_number(left), int(bottom or top), column_number(right or left)


def area_text(top: int, left: int, bottom: int, right: int) -> str:
    """`B2:D9`, or `B2` for a single cell."""
    first, last = f"{letters(left)}{top}", f"{letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def fixed(ref: str) -> str:
    """`A1:D9` as `$A$1:$D$9`."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", ref)


def put_back(formula: CellFormula, row: int) -> str:
    """A formula that goes back into a sheet, as it reads in this row; with its equals sign."""
    return moved(formula, row - formula.row, 0)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when it is filled down and right by so many rows and columns. What is longer than any
    formula of a spreadsheet program stays as it is."""
    if len(formula) > LONGEST:
        return formula

    def shift(match: re.Match[str]) -> str:
        _, cell, band = match.groups()
        if cell:
            return _moved_cell(cell, rows, columns)
        if band:
            return ":".join(_moved_end(end, rows, columns) for end in band.split(":"))
        return match[0]

    return re.sub(PIECE, shift, formula)


def _moved_cell(cell: str, rows: int, columns: int) -> str:
    match = REFERENCE.fullmatch(cell)
    if not match or column_number(match[2]) > LAST_COLUMN:
        return cell  # a name such as TAX2026 is no cell
    fixed_column, column, fixed_row, row = match.groups()
    new_row = int(row) if fixed_row else int(row) + rows
    new_column = column_number(column) if fixed_column else column_number(column) + columns
    if not (1 <= new_row <= LAST_ROW and 1 <= new_column <= LAST_COLUMN):
        return "#REF!"
    return f"{fixed_column}{letters(new_column)}{fixed_row}{new_row}"


def _moved_end(end: str, rows: int, columns: int) -> str:
    if end.startswith("$"):
        return end
    if end.isdigit():
        return str(int(end) + rows)
    return letters(column_number(end) + columns)

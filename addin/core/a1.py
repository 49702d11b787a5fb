"""The names of places in a sheet: `CAS!D17`, column letters, quoted sheet names."""

from __future__ import annotations

import re
from functools import cache

_REFERENCE = re.compile(r'"[^"]*"|(\$?\b[A-Za-z]{1,3}\$?[0-9]+\b)')
"""A text, which stays, or a cell."""


@cache
def letters(column: int) -> str:
    """The letters of a column number: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def number(column: str) -> int:
    """The number of a column's letters: A is 1."""
    total = 0
    for letter in column.upper():
        total = total * 26 + ord(letter) - 64
    return total


def cell_name(row: int, column: int) -> str:
    """`D17`."""
    return f"{letters(column)}{row}"


def cell_place(name: str) -> tuple[int, int]:
    """(row, column) of a cell name such as `D17` or `$D$17`. Raises ValueError."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9]\d*)", name)
    if not match:
        raise ValueError(f"{name!r} is not the name of a cell")
    return int(match[2]), number(match[1])


def quoted(sheet: str) -> str:
    """The sheet's name as it stands in a formula or a link."""
    return sheet if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", sheet) else "'" + sheet.replace("'", "''") + "'"


def without_references(formula: str) -> str:
    """What a formula does, whichever cells it refers to: the same for all rows that it fills, wherever they are."""
    return _REFERENCE.sub(lambda found: "@" if found[1] else found[0], formula)

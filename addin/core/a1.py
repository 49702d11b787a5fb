"""The names of places in a sheet: `CAS!D17`, column letters, quoted sheet names; what Excel lets a sheet be called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from addin.core.regex import regex

_REFERENCE = regex(r'"[^"]*"|(\$?\b[A-Za-z]{1,3}\$?[0-9]+\b)')
"""A text, which stays, or a cell."""
_CELL = regex(r"\$?([A-Z]{1,3})\$?([1-9]\d*)")
SHEET_LIMIT, SHEET_FORBIDDEN = 31, "[]:*?/\\"
_RESERVED = "history"
_NOT_IN_NAMES = regex(rf"[{re.escape(SHEET_FORBIDDEN)}\x00-\x1f]")


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
    match = _CELL.fullmatch(name)
    if not match:
        raise ValueError(f"{name!r} is not the name of a cell")
    return int(match[2]), number(match[1])


@lru_cache(maxsize=256)
def quoted(sheet: str) -> str:
    """The sheet's name as it stands in a formula or a link."""
    return sheet if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", sheet) else "'" + sheet.replace("'", "''") + "'"


def without_references(formula: str) -> str:
    """What a formula does, whichever cells it refers to: the same for all rows that it fills, wherever they are."""
    return _REFERENCE.sub(lambda found: "@" if found[1] else found[0], formula)


def is_sheet_name(name: str) -> bool:
    """Whether Excel takes it as the name of a sheet: by its length, its characters, and names it keeps for itself."""
    fits = name.strip() and len(name) <= SHEET_LIMIT and name.isprintable() and not _NOT_IN_NAMES.search(name)
    return bool(fits) and name == name.strip("'") and name.casefold() != _RESERVED


def sheet_name(name: str, otherwise: str = "Sheet") -> str:
    """The name without what Excel refuses: `Grade 11/12` is `Grade 11 12`. Excel keeps `History` for itself."""
    name = _NOT_IN_NAMES.sub(" ", name).strip("' ")[:SHEET_LIMIT].rstrip("' ") or otherwise
    return f"{name} list" if name.casefold() == _RESERVED else name


def sheet_name_ending(name: str, end: str) -> str:
    """The name with an end, shortened where both do not fit."""
    return f"{name[: SHEET_LIMIT - len(end)].rstrip()}{end}"


def free_sheet_name(name: str, taken: Iterable[str]) -> str:
    """The name, with a number where another sheet is called so."""
    known = {one.casefold() for one in taken}
    found, number = name, 2
    while found.casefold() in known:
        found, number = sheet_name_ending(name, f" {number}"), number + 1
    return found

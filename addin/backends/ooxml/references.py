"""Which cells a formula reads: areas of sheets, through names and native tables. Too many rather than too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from addin.backends.ooxml.formulas import LAST_COLUMN, LAST_ROW, area, column_number
from addin.backends.ooxml.markup import attributes, element
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.tables import NativeTable, native_tables
from addin.backends.ooxml.values import text
from addin.backends.ooxml.workbook import Workbook

_CELLS = (
    r"\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7}"
)
_NAME = r"[^\W\d][\w.\\?]*+"
_PIECES = (
    r'"(?:[^"]|"")*"'
    rf"|(?:'((?:[^']|'')+)'|(?<![\w.\\$])([\w.\[\]:]+))!({_CELLS}|{_NAME})(?![\w.])"
    rf"|(?<![\w.\\$])({_NAME})(\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])"
    rf"|(?<![\w.\\$])({_CELLS})(?![\w.(!\[])"
    rf"|(?<![\w.\\$])({_NAME})(?![(!\[])"
)
_ITEMS = r"\[((?:[^\[\]']|'.)*)\]"
_FIXED = r"\$[A-Za-z]+(?:\$\d+)?|\$\d+"
_JOINED = r"\)\s*:|:\s*[A-Za-z.]+\("
DEEPEST = 20
"""Names that name names that name names."""


OWN_ROW, ROW_ABOVE = 1_047_001, 1_047_000
"""Stand for the row of the formula and the one above it: formulas that differ in nothing else are taken apart once."""


class Reads(NamedTuple):
    """An area that a formula reads."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def whole_sheet(sheet: str) -> Reads:
    """All of a sheet."""
    return Reads(sheet, 1, 1, LAST_ROW, LAST_COLUMN)


class References:
    """Reads the formulas of one workbook. `of` gives None for a formula that may read any cell (INDIRECT)."""

    def __init__(self, package: Package, workbook: Workbook) -> None:
        self.sheets = list(workbook.sheets)
        self._folded = {sheet.casefold(): sheet for sheet in self.sheets}
        self._pieces = re.compile(_PIECES)
        self._names: dict[str, list[str]] = {}
        for match in element("definedName").finditer(package.part(workbook.part)):
            name = attributes(match[1]).get("name", "").casefold()
            self._names.setdefault(name, []).append(text(match[2] or b""))
        self._tables: dict[str, tuple[str, NativeTable]] = {}
        for sheet, part in workbook.sheets.items():
            for table in native_tables(package, part):
                self._tables[table.area.name.casefold()] = sheet, table
        self._rows = re.compile(r"(?<=[A-Za-z$])\d+")
        self._read_before: dict[tuple[str, str, bool], list[Reads] | None] = {}
        self._meanings: dict[str, list[Reads] | None] = {}
        self._known: dict[tuple[str, str], tuple[Reads, ...] | None] = {}

    def of(self, formula: str, sheet: str, row: int) -> tuple[Reads, ...] | None:
        """What a formula in this row of a sheet reads; its rows may be OWN_ROW and ROW_ABOVE."""
        own, above = str(row), str(row - 1)
        if own in formula or above in formula:
            names = {own: str(OWN_ROW), above: str(ROW_ABOVE)}
            formula = self._rows.sub(lambda match: names.get(match[0], match[0]), formula)
        if (sheet, formula) not in self._known:
            self._known[sheet, formula] = self._read(formula, sheet, 0)
        return self._known[sheet, formula]

    def words_for(self, sheets: set[str]) -> set[bytes]:
        """What is in a formula that reads one of these sheets: a part of the sheet's name or of another name, in
        small letters where it is ASCII, and free of signs that XML may write in several ways."""
        words = {*sheets, "indirect"}
        words |= {table.area.name for sheet, table in self._tables.values() if sheet in sheets}
        for name in self._names:
            reads = self._named(name, "", 0)
            if reads is None or any(one.sheet in sheets for one in reads):
                words.add(name)
        longest = (max(re.split(r"[^\w.]+", word), key=len) for word in words)
        return {(word.lower() if word.isascii() else word).encode() for word in longest}

    def _read(self, formula: str, sheet: str, depth: int) -> tuple[Reads, ...] | None:
        upper = formula.upper()
        if "INDIRECT(" in upper or depth > DEEPEST:
            return None
        found: list[Reads] = []
        for match in self._pieces.finditer(formula):
            piece = match[0]
            if piece[0] == '"':
                continue
            key = piece, sheet, depth > 0
            if key not in self._read_before:
                self._read_before[key] = self._piece(match, sheet, depth)
            reads = self._read_before[key]
            if reads is None:
                return None
            found += reads
        if "OFFSET(" in upper:
            found = [whole_sheet(one.sheet) for one in found]
        elif re.search(_JOINED, formula):
            found = list(_around(found))
        return tuple(dict.fromkeys(found))

    def _piece(self, match: re.Match[str], sheet: str, depth: int) -> list[Reads] | None:
        quoted, plain, there, table, parts, cells, name = match.groups()
        if quoted or plain:
            return self._elsewhere((quoted or plain).replace("''", "'"), there, depth)
        if table:
            return self._structured(table, parts)
        if cells:
            return [_area(cells, sheet, fixed=depth > 0)]
        return self._named(name, sheet, depth) if name else []

    def _elsewhere(self, owner: str, there: str, depth: int) -> list[Reads] | None:
        if "[" in owner:
            return []  # another workbook
        first, _, last = owner.partition(":")
        ends = [self._folded.get(one.casefold()) for one in (first, last or first)]
        if None in ends:
            return []
        places = sorted(self.sheets.index(one) for one in ends if one)
        sheets = self.sheets[places[0] : places[-1] + 1]
        if re.fullmatch(_CELLS, there):
            return [_area(there, sheet, fixed=depth > 0) for sheet in sheets]
        return self._named(there, sheets[0], depth)

    def _named(self, name: str, sheet: str, depth: int) -> list[Reads] | None:
        if name.casefold() in self._tables:
            return self._structured(name, "[#All]")
        key = name.casefold()
        if key not in self._meanings:
            self._meanings[key] = self._meaning(key, sheet, depth)
        return self._meanings[key]

    def _meaning(self, name: str, sheet: str, depth: int) -> list[Reads] | None:
        found: list[Reads] = []
        for formula in self._names.get(name, ()):
            reads = self._read(formula, sheet, depth + 1)
            if reads is None:
                return None
            found += reads
        return found

    def _structured(self, name: str, parts: str) -> list[Reads]:
        if name.casefold() not in self._tables:
            return []
        sheet, table = self._tables[name.casefold()]
        items = re.findall(_ITEMS, parts[1:-1]) or [parts[1:-1]]
        own_row = any(item.casefold() == "#this row" or item.startswith("@") for item in items)
        wanted = [re.sub("'(.)", r"\1", item.lstrip("@")) for item in items if not item.startswith("#")]
        columns = self._columns(table, [item for item in wanted if item])
        top, bottom = (OWN_ROW, OWN_ROW) if own_row else (table.area.top, table.area.bottom + table.totals)
        return [Reads(sheet, top, columns[0], bottom, columns[1])]

    @staticmethod
    def _columns(table: NativeTable, wanted: list[str]) -> tuple[int, int]:
        numbers = {header.casefold(): column for column, header in table.headers.items()}
        found = [numbers[header.casefold()] for header in wanted if header.casefold() in numbers]
        if not found or len(found) < len(wanted):
            return table.area.left, table.area.right
        return min(found), max(found)


def _area(cells: str, sheet: str, *, fixed: bool) -> Reads:
    """The area; all of the sheet where it must be `fixed` and is not, as a name that moves with the cell it is in."""
    if fixed and not all(re.fullmatch(_FIXED, end) for end in cells.split(":")):
        return whole_sheet(sheet)
    bare = cells.replace("$", "")
    found = area(bare)
    if found:
        top, left, bottom, right = found
        return Reads(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    first, _, last = bare.partition(":")
    if first.isdigit():
        return Reads(sheet, min(int(first), int(last)), 1, max(int(first), int(last)), LAST_COLUMN)
    left, right = sorted((column_number(first), column_number(last)))
    return Reads(sheet, 1, left, LAST_ROW, right)


def _around(found: list[Reads]) -> Iterator[Reads]:
    """One area a sheet that holds all that is read of it: `A1:INDEX(C:C,5)` reads what lies between, too."""
    for sheet in dict.fromkeys(one.sheet for one in found):
        here = [one for one in found if one.sheet == sheet]
        if any(one.top in (OWN_ROW, ROW_ABOVE) or one.bottom in (OWN_ROW, ROW_ABOVE) for one in here):
            yield whole_sheet(sheet)
        else:
            yield Reads(
                sheet,
                min(one.top for one in here),
                min(one.left for one in here),
                max(one.bottom for one in here),
                max(one.right for one in here),
            )

"""Sheet XML -> Grid: every value exactly as the file has it, at its true row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from addin.backends.ooxml.fast_reader import Line, Noted, Unusual, careful, lines
from addin.backends.ooxml.formulas import LAST_COLUMN, LAST_ROW, area, moved
from addin.backends.ooxml.guard import CELL_LIMIT
from addin.backends.ooxml.markup import attributes, element, pattern
from addin.backends.ooxml.scan import rows as scanned
from addin.backends.ooxml.scan import sheet_data
from addin.backends.ooxml.typed import Values
from addin.backends.ooxml.values import text
from addin.core.book import Area, Grid, Value
from addin.core.language import in_thousands, phrase
from addin.errors import BookProblem

SMALLEST_CELL = len(b'<c r="A1"/>')
ROOM_LIMIT = 3 * CELL_LIMIT  # cells and the blanks before them, all of which take memory
FORMULA_LIMIT = 60_000_000  # characters of all formulas of a sheet, each shared one counted in every cell

Formula = tuple[dict[str, str], str]
"""The attributes of a formula's element and its text."""


def read_sheet(xml: bytes, name: str, values: Values, tables: Sequence[Area], where: str) -> Grid:
    """What a sheet holds."""
    return collect_rows(xml, name, values, where).grid(xml, tables)


def collect_rows(xml: bytes, name: str, values: Values, where: str) -> Collected:
    """The rows of a sheet: quickly where they are written as usual, else with care."""
    start, end = sheet_data(xml, where)
    _check_size(xml, start, end, name, where)
    try:
        return Collected(name, where).all(lines(xml, start, end, values))
    except Unusual:
        with_care = (careful(row.number, xml[row.cells : row.cells_end], values) for row in scanned(xml, start, end))
        return Collected(name, where).all(with_care)


def _check_size(xml: bytes, start: int, end: int, name: str, where: str) -> None:
    """Refuse what would fill the memory; a sheet of few bytes has few cells and need not be counted."""
    count = xml.count(b"<c", start, end) if end - start > CELL_LIMIT * SMALLEST_CELL else 0
    if count > CELL_LIMIT:
        sentence = "the sheet {name} has {count} cells (limit {limit})."
        cells = phrase(sentence, name=name, count=in_thousands(count), limit=in_thousands(CELL_LIMIT))
        raise _too_big(cells, where)


def _too_big(what: str, where: str) -> BookProblem:
    return BookProblem(what, where=where, next=phrase("Delete its empty columns and rows, or split it."))


class Collected:
    """The rows of a sheet put together: values, formulas and codes."""

    def __init__(self, name: str, where: str) -> None:
        self.name, self.where, self.room, self.last = name, where, 0, 0
        self.in_order = True
        """Whether the rows are in the file in their order, each as one element."""
        self.rows: list[list[Value]] = []
        self.formulas: dict[tuple[int, int], Formula] = {}
        self.shown: dict[tuple[int, int], str] = {}

    def all(self, found: Iterable[Line]) -> Collected:
        """Take all rows in, whatever their order."""
        for number, line, noted in found:
            if number <= self.last:
                self.in_order = False
            self.last = number
            self._put(number, line)
            for column, more in noted:
                self._note(number, column, more)
        return self

    def _put(self, number: int, line: list[Value]) -> None:
        while line and line[-1] is None:
            line.pop()
        if not line:
            return
        rows = self.rows
        self.room += len(line) + max(0, number - len(rows))
        if self.room > ROOM_LIMIT:
            raise _too_big(
                phrase("the sheet {name} is so wide or long that it does not fit into memory.", name=self.name),
                self.where,
            )
        if number == len(rows) + 1:  # nearly always
            rows.append(line)
            return
        while len(rows) < number:
            rows.append([])
        rows[number - 1] = _joined(rows[number - 1], line) if rows[number - 1] else line

    def _note(self, row: int, column: int, more: Noted) -> None:
        if more.shown is not None:
            self.shown[row, column] = more.shown
        match = pattern("f").search(more.content) if more.content else None
        if match:
            self.formulas[row, column] = attributes(match[1]), text(match[2] or b"")

    def grid(self, xml: bytes, tables: Sequence[Area], hidden: bool = False) -> Grid:
        """The sheet as a Grid."""
        merged = merged_areas(xml, sheet_data(xml, self.where)[1])
        last = len(self.rows)
        if sum(max(0, min(area.bottom, last) - area.top) for area in merged) > ROOM_LIMIT:
            raise _too_big(
                phrase("the sheet {name} has more merged cells than it has room for.", name=self.name), self.where
            )
        return Grid(
            self.name,
            self.rows,
            _formula_texts(self.formulas, self.name, self.where),
            list(tables),
            merged,
            hidden=hidden,
            shown=self.shown,
            arrays=self.arrays(),
        )

    def arrays(self) -> list[Area]:
        """The areas of more than one cell that one formula fills."""
        bounds = [area(words.get("ref", "")) for words, _ in self.formulas.values() if words.get("t") == "array"]
        return [Area(*found) for found in bounds if found and found[:2] != found[2:]]


def _joined(one: list[Value], other: list[Value]) -> list[Value]:
    """One row out of two pieces of it: some programs write a row as several elements."""
    pairs = zip_longest(one, other)
    return [first if second is None else second for first, second in pairs]


def _formula_texts(formulas: dict[tuple[int, int], Formula], name: str, where: str) -> dict[tuple[int, int], str]:
    """Each cell's formula in words; those that only name a shared one are filled from it."""
    masters = {
        words["si"]: (row, column, string)
        for (row, column), (words, string) in formulas.items()
        if words.get("t") == "shared" and string and "si" in words
    }
    texts, length = {}, 0
    for (row, column), (words, string) in formulas.items():
        master = masters.get(words.get("si", "")) if words.get("t") == "shared" and not string else None
        if master:
            string = moved(master[2], row - master[0], column - master[1])
        if string:
            texts[row, column] = string
            length += len(string)
        if length > FORMULA_LIMIT:
            raise _too_big(phrase("the sheet {name} has formulas that do not fit into memory.", name=name), where)
    return texts


def merged_areas(xml: bytes, after: int) -> list[Area]:
    """The merged cells of a sheet."""
    if xml.find(b"<mergeCells", after) < 0:
        return []
    found = []
    for match in element("mergeCell").finditer(xml, after):
        bounds = area(attributes(match[1]).get("ref", ""))
        if bounds and bounds[2] <= LAST_ROW and bounds[3] <= LAST_COLUMN:
            found.append(Area(*bounds))
    return found

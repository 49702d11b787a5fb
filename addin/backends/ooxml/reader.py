"""Sheet XML -> Grid: every value exactly as the file has it, at its true row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from addin.backends.ooxml.fast_reader import Line, Unusual, careful, lines
from addin.backends.ooxml.formulas import area, moved
from addin.backends.ooxml.guard import CELL_LIMIT
from addin.backends.ooxml.markup import attributes, element, pattern
from addin.backends.ooxml.scan import rows as scanned
from addin.backends.ooxml.scan import sheet_data
from addin.backends.ooxml.typed import Values
from addin.backends.ooxml.values import text
from addin.core.book import Area, Grid, Value
from addin.errors import BookProblem

SMALLEST_CELL = len(b'<c r="A1"/>')

Formula = tuple[dict[str, str], str]
"""The attributes of a formula's element and its text."""


def read_sheet(xml: bytes, name: str, values: Values, tables: Sequence[Area], where: str) -> Grid:
    """What a sheet holds."""
    start, end = sheet_data(xml, where)
    _check_size(xml, start, end, name, where)
    try:
        rows, formulas = _collected(lines(xml, start, end, values))
    except Unusual:
        rows, formulas = _collected(
            careful(row.number, xml[row.cells : row.cells_end], values) for row in scanned(xml, start, end)
        )
    return Grid(name, rows, _formula_texts(formulas), list(tables), merged_areas(xml, end))


def _check_size(xml: bytes, start: int, end: int, name: str, where: str) -> None:
    """Refuse what would fill the memory; a sheet of few bytes has few cells and need not be counted."""
    count = xml.count(b"<c", start, end) if end - start > CELL_LIMIT * SMALLEST_CELL else 0
    if count > CELL_LIMIT:
        raise BookProblem(
            f"the sheet {name} has {count:,} cells (limit {CELL_LIMIT:,}).",
            where=where,
            next="Delete its empty columns and rows, or split it.",
        )


def _collected(found: Iterable[Line]) -> tuple[list[list[Value]], dict[tuple[int, int], Formula]]:
    """(values, formulas) of all rows."""
    rows: list[list[Value]] = []
    formulas: dict[tuple[int, int], Formula] = {}
    for number, line, calculated in found:
        _put(rows, number, line)
        for column, content in calculated:
            _note_formula(formulas, number, column, content)
    return rows, formulas


def _put(lines: list[list[Value]], number: int, line: list[Value]) -> None:
    while line and line[-1] is None:
        line.pop()
    if not line:
        return
    while len(lines) < number:
        lines.append([])
    lines[number - 1] = line


def _note_formula(formulas: dict[tuple[int, int], Formula], row: int, column: int, content: bytes) -> None:
    match = pattern("f").search(content)
    if match:
        formulas[row, column] = attributes(match[1]), text(match[2] or b"")


def _formula_texts(formulas: dict[tuple[int, int], Formula]) -> dict[tuple[int, int], str]:
    """Each cell's formula in words; those that only name a shared one are filled from it."""
    masters = {
        words["si"]: (row, column, string)
        for (row, column), (words, string) in formulas.items()
        if words.get("t") == "shared" and string and "si" in words
    }
    texts = {}
    for (row, column), (words, string) in formulas.items():
        master = masters.get(words.get("si", "")) if words.get("t") == "shared" and not string else None
        if master:
            string = moved(master[2], row - master[0], column - master[1])
        if string:
            texts[row, column] = string
    return texts


def merged_areas(xml: bytes, after: int) -> list[Area]:
    """The merged cells of a sheet."""
    if xml.find(b"<mergeCells", after) < 0:
        return []
    found = []
    for match in element("mergeCell").finditer(xml, after):
        bounds = area(attributes(match[1]).get("ref", ""))
        if bounds:
            found.append(Area(*bounds))
    return found

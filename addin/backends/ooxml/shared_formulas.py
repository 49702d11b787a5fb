"""Formulas that several cells have in common: shared ones, and arrays that one formula fills."""

from __future__ import annotations

from addin.backends.ooxml.formulas import area, moved
from addin.backends.ooxml.markup import attributes, escape, pattern
from addin.backends.ooxml.scan import cells, rows, sheet_data
from addin.backends.ooxml.values import text

FORMULA = pattern("f")


def array_areas(xml: bytes) -> list[tuple[int, int, int, int]]:
    """The areas that one formula fills: arrays, and the tables of Excel's what-if analysis."""
    if b'"array"' not in xml and b'"dataTable"' not in xml and b"'array'" not in xml:
        return []
    found = []
    for match in FORMULA.finditer(xml):
        words = attributes(match[1])
        bounds = area(words.get("ref", "")) if words.get("t") in ("array", "dataTable") else None
        if bounds:
            found.append(bounds)
    return found


def without_shared(xml: bytes, gone: set[str], where: str) -> bytes:
    """The sheet in which each cell of these shared formulas has its own in full."""
    start, end = sheet_data(xml, where)
    masters: dict[str, tuple[int, int, str]] = {}
    pieces, done = [], 0
    for row in rows(xml, start, end):
        stretch = xml[row.cells : row.cells_end]
        if b"shared" not in stretch:
            continue
        for cell in cells(stretch):
            match = FORMULA.search(cell.content)
            words = attributes(match[1]) if match else {}
            if not match or words.get("t") != "shared" or words.get("si") not in gone:
                continue
            if match[2]:
                masters[words["si"]] = row.number, cell.column, text(match[2])
            first_row, first_column, string = masters[words["si"]]
            full = f"<f>{escape(moved(string, row.number - first_row, cell.column - first_column))}</f>".encode()
            place = row.cells + cell.start
            old = stretch[cell.start : cell.end]
            pieces += [xml[done:place], old.replace(match[0], full, 1)]
            done = row.cells + cell.end
    pieces.append(xml[done:])
    return b"".join(pieces)

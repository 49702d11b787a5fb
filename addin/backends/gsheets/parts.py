"""A large batch in parts, each of a size that Google recommends (2 MB), each carried out whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from itertools import chain
from typing import TypeVar

from addin.backends.gsheets.making import Batch
from addin.backends.gsheets.snapshot import Snapshot
from addin.backends.gsheets.values import Json, shown
from addin.core.book import Cell, Edits, Value

Line = TypeVar("Line", bound=Sized)
MOST_CELLS = 25_000
"""In one part: some 1.5 MB."""


def in_parts(edits: Edits, most: int = MOST_CELLS) -> list[Edits]:
    """The batch as it is, where it is small; else cells, then new rows, then the rest, so that row numbers mean the
    same in every part. A row is never parted."""
    new = sum(len(row) for rows in edits.rows.values() for row in rows)
    if len(edits.cells) + new <= most:
        return [edits]
    rows: dict[tuple[str, int], dict[Cell, Value]] = {}
    for cell, value in edits.cells.items():
        rows.setdefault(cell[:2], {})[cell] = value
    parts = [
        Edits(cells=dict(chain.from_iterable(line.items() for line in some))) for some in _some(rows.values(), most)
    ]
    parts += [Edits(rows={sheet: some}) for sheet, lines in edits.rows.items() for some in _some(lines, most)]
    parts[0].tables = edits.tables
    rest = Edits(inserts=edits.inserts, drops=edits.drops, looks=edits.looks, sheets=edits.sheets)
    return [*parts, rest] if rest else parts


def _some(lines: Iterable[Line], most: int) -> Iterator[list[Line]]:
    """Lines, as many as have this many cells together."""
    some: list[Line] = []
    size = 0
    for line in lines:
        if some and size + len(line) > most:
            yield some
            some, size = [], 0
        some.append(line)
        size += len(line)
    if some:
        yield some


def advanced(seen: Snapshot, edits: Edits, made: Batch, after: Snapshot) -> Snapshot | None:
    """What the book holds after a part was written, for the guard of the next one; None where that is not known
    without reading it again: rows moved, or formulas were copied."""
    if made.moves or edits.sheets or edits.looks or any(_calculates(one) for one in made.requests):
        return None
    for (title, row, column), sent in made.wanted.items():
        grid = seen.sheets[title].grid
        grid.values.extend([] for _ in range(row - len(grid.values)))
        line = grid.values[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = shown(sent)
        grid.formulas.pop((row, column), None)
        while line and line[-1] is None:
            line.pop()
    seen.tokens = after.tokens
    return seen


def _calculates(request: Json) -> bool:
    return bool(request.get("copyPaste", {}).get("pasteType") == "PASTE_FORMULA")

"""What is in a book where it is about to be written, for books of which no copy is kept (open, or in Google)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from addin.core.book import Book, Cell, Edits, Grid, Look, Value


def take_snapshot(book: Book, grids: Mapping[str, Grid], edits: Edits) -> dict[str, Any]:
    """The rows that these edits touch as they were read, our own sheets whole, and the looks of the touched cells.

    `grids` is what the edits were decided on: reading again would hide what somebody changed meanwhile.
    """
    rows: dict[str, set[int]] = {sheet: set(numbers) for sheet, numbers in edits.drops.items()}
    for sheet, row, _ in (*edits.cells, *edits.looks):
        rows.setdefault(sheet, set()).add(row)
    looks = book.looks(sorted(edits.looks)) if edits.looks else {}
    kept = {name: _kept(grids[name], touched) for name, touched in rows.items() if name in grids}
    kept |= {name: _kept(grids[name], None) for name in (*edits.sheets, *edits.removed) if name in grids}
    return {"looks": dict(looks), "sheets": kept}


def _kept(grid: Grid, rows: set[int] | None) -> tuple[list[list[Value]], dict[tuple[int, int], str]]:
    """The values and formulas of these rows, or of all; the others are blank."""
    values = [list(line) if rows is None or number in rows else [] for number, line in enumerate(grid.values, 1)]
    return values, {cell: text for cell, text in grid.formulas.items() if rows is None or cell[0] in rows}


class Snapshot:
    """What was kept, read like a book."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self._kept = kept

    def sheets(self) -> list[str]:
        """The sheets that were kept."""
        return list(self._kept.get("sheets", {}))

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        """Their contents as they were."""
        kept = self._kept.get("sheets", {})
        return {name: Grid(name, *kept[name]) for name in sheets if name in kept}

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        """Fill and note as they were."""
        kept = self._kept.get("looks", {})
        return {cell: kept.get(cell, Look()) for cell in cells}

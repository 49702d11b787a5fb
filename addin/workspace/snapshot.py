"""What stands in a book where it is about to be written, for books of which no copy is kept (open, or in Google)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from addin.core.book import Book, Cell, Edits, Grid, Look, Value


def take_snapshot(book: Book, grids: Mapping[str, Grid], edits: Edits) -> dict[str, Any]:
    """The sheets that these edits touch as they were read, and the looks of the touched cells.

    `grids` is what the edits were decided on: reading again would hide what somebody changed meanwhile.
    """
    named = [cell[0] for cell in (*edits.cells, *edits.looks)]
    sheets = dict.fromkeys([*named, *edits.rows, *edits.drops, *edits.sheets])
    looks = book.looks(sorted(edits.looks)) if edits.looks else {}
    return {"looks": dict(looks), "sheets": {name: _kept(grids[name]) for name in sheets if name in grids}}


def _kept(grid: Grid) -> tuple[list[list[Value]], dict[tuple[int, int], str]]:
    return [list(line) for line in grid.values], dict(grid.formulas)


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

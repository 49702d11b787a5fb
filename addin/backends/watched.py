"""A book without a guard of its own, watched: what was read must still be there when it is written.

A file is guarded by its stamp and a Google spreadsheet by its token. A workbook that is open in front of a person has
neither, and the person may type while a sync waits for Google: so its sheets are read once more right before a write.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Protocol, runtime_checkable

from addin.core.book import Book, Cell, Edits, Grid, Look, Value
from addin.core.language import phrase
from addin.errors import BookChanged


@runtime_checkable
class Saveable(Protocol):
    """A book that is open in front of a person, and is saved on demand."""

    def save(self) -> None:
        """Save it where it was opened from."""
        ...


class WatchedBook:
    """Any book; `apply` raises BookChanged, and writes nothing, when its sheets are not as they were read."""

    def __init__(self, book: Book) -> None:
        self._inner = book
        self._seen: dict[str, list[list[Any]]] = {}

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def folder(self) -> PurePath | None:
        return self._inner.folder

    @property
    def detects_changes(self) -> bool:
        return True

    @property
    def inserts_rows(self) -> bool:
        return self._inner.inserts_rows

    def sheets(self) -> list[str]:
        return self._inner.sheets()

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        grids = self._inner.read(sheets)
        self._seen |= {name: _plain(grid) for name, grid in grids.items()}
        return grids

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        return self._inner.looks(cells)

    def apply(self, edits: Edits) -> None:
        if not edits:
            return
        now = self._inner.read(list(self._seen))
        for name, seen in self._seen.items():
            if name not in now or _plain(now[name]) != seen:
                raise BookChanged(
                    phrase("Somebody changed the open workbook just now."), where=name, next=phrase("Run this again.")
                )
        self._seen = {}
        self._inner.apply(edits)

    def save(self) -> None:
        """Save the open workbook, where there is something to save: what a sync remembers must last.

        A workbook that was never saved has no place, and keeps nothing: then the problem is told.
        """
        if isinstance(self._inner, Saveable):
            self._inner.save()

    def close(self) -> None:
        self._inner.close()


def _plain(grid: Grid) -> list[list[Any]]:
    """What a person put there: values with their types, since 1 is not True; a calculated cell by its formula."""
    return [
        [_told(grid, row, column, value) for column, value in enumerate(line, 1)]
        for row, line in enumerate(grid.values, 1)
    ]


def _told(grid: Grid, row: int, column: int, value: Value) -> Any:
    return ("=", grid.formulas[row, column]) if (row, column) in grid.formulas else (type(value), value)

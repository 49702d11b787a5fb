"""A Google Sheet of a district's list: read once where the sign-in is, then it travels to a worker as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any

from addin.core.book import Area, Cell, Edits, Grid, Look
from addin.core.names import SETTINGS_FILE
from addin.district.bundle import Bundle
from addin.workspace.state.packing import from_json, to_json

PART = "sheet.json"
"""The name of a bundle's file that holds a Google Sheet."""


def read_shared(address: str, folder: Path) -> Bundle:
    """The bundle of a Google Sheet, with the settings in a folder. Raises Problem where it cannot be read."""
    from addin.backends.open import open_book

    book = open_book(address)
    try:
        grids = book.read(book.sheets())
    finally:
        book.close()
    files = [(PART, pack(grids.values()))]
    settings = folder / SETTINGS_FILE
    files += [(SETTINGS_FILE, settings.read_bytes())] if settings.is_file() else []
    return Bundle(address, tuple(files))


def pack(grids: Iterable[Grid]) -> bytes:
    """Sheets as JSON: values, formulas, merged cells, and what else a check asks for."""
    return json.dumps([_packed(grid) for grid in grids], ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpack(data: bytes) -> list[Grid]:
    """The sheets that were packed."""
    return [
        Grid(
            one["sheet"],
            [[from_json(value) for value in line] for line in one["values"]],
            {(row, column): text for row, column, text in one["formulas"]},
            [Area(*area) for area in one["tables"]],
            [Area(*area) for area in one["merged"]],
            one["serial_dates"],
            one["hidden"],
            {(row, column): text for row, column, text in one["shown"]},
            [Area(*area) for area in one["arrays"]],
        )
        for one in json.loads(data.decode("utf-8", "surrogatepass"))
    ]


def _packed(grid: Grid) -> dict[str, Any]:
    return {
        "sheet": grid.sheet,
        "values": [[to_json(value) for value in line] for line in grid.values],
        "formulas": [[*cell, text] for cell, text in sorted(grid.formulas.items())],
        "shown": [[*cell, text] for cell, text in sorted(grid.shown.items())],
        "tables": grid.tables,
        "merged": grid.merged,
        "arrays": grid.arrays,
        "serial_dates": grid.serial_dates,
        "hidden": grid.hidden,
    }


class PackedBook:
    """A book that was read elsewhere: it can be checked, and nothing can be written."""

    name = ""
    detects_changes = False
    inserts_rows = False

    def __init__(self, data: bytes, folder: Path) -> None:
        self._grids = {grid.sheet: grid for grid in unpack(data)}
        self.folder: PurePath | None = folder

    def sheets(self) -> list[str]:
        """The titles of its sheets."""
        return list(self._grids)

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        """What these sheets hold."""
        return {name: self._grids[name] for name in sheets if name in self._grids}

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        """No fills and notes travel."""
        return {}

    def apply(self, edits: Edits) -> None:
        """Refuse: a check only reads."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""

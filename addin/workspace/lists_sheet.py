"""The Lists sheet of a workbook: where a person adds values of their own to the drop-downs."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Grid
from addin.core.settings import Lists


def with_lists(known: Lists, own: Lists) -> Lists:
    """The lists with those of a workbook's Lists sheet; one that lacks a column is a person's own: left alone."""
    needed = {name: {*columns} - {"source", "checked"} for name, columns in known.items()}
    return {**known, **{name: columns for name, columns in own.items() if needed.get(name, set()) <= {*columns}}}


def lists_of(grid: Grid) -> Lists:
    """The lists of a Lists sheet: names in row 1, column headers in row 2, values below, side by side."""
    lists: dict[str, dict[str, list[str]]] = {}
    names = grid.values[0] if grid.values else []
    headers = grid.values[1] if len(grid.values) > 1 else []
    current = ""
    for number, header in enumerate(headers, 1):
        current = str(grid.value(1, number) or current) if number <= len(names) else current
        if header is None or not current:
            continue
        values = [grid.value(row, number) for row in range(3, len(grid.values) + 1)]
        lists.setdefault(current, {})[str(header)] = ["" if value is None else str(value) for value in values]
    return {name: _without_blank_rows(columns) for name, columns in lists.items()}


def _without_blank_rows(columns: Mapping[str, list[str]]) -> dict[str, list[str]]:
    kept = [i for i, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]
    return {name: [values[i] for i in kept] for name, values in columns.items()}

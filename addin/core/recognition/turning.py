"""A sheet read by its columns: rows become columns, and places are turned back in the end."""

from __future__ import annotations

from addin.core import records
from addin.core.book import Appearance, Area, Grid
from addin.core.recognition.reading import Place


def turned(grid: Grid) -> Grid:
    """The grid with its rows as columns."""
    width = max(map(len, grid.values), default=0)
    values = [[line[n] if n < len(line) else None for line in grid.values] for n in range(width)]
    for line in values:
        while line and line[-1] is None:
            line.pop()
    return records.replace(
        grid,
        values=values,
        formulas={(column, row): text for (row, column), text in grid.formulas.items()},
        tables=[],
        merged=[Area(a.left, a.top, a.right, a.bottom, a.name) for a in grid.merged],
        shown={(column, row): text for (row, column), text in grid.shown.items()},
        arrays=[],
        appearance=_turned_look(grid.appearance),
    )


def _turned_look(look: Appearance) -> Appearance:
    """The appearance with its rows as columns."""
    return Appearance(
        set(look.hidden_columns),
        set(look.hidden_rows),
        {(c, r) for r, c in look.struck},
        {(c, r): fill for (r, c), fill in look.fills.items()},
        {(c, r) for r, c in look.notes},
    )


def turn_place(place: Place) -> Place:
    """The place of a cell on the sheet as it stands."""
    sheet, row, column = place
    return sheet, column, row

"""What a spreadsheet holds: cells, sheets, and what hangs on them.

Cells are immutable, so that a copy of a sheet shares them: that is what makes `:batchUpdate` all-or-nothing cheap
(`Spreadsheet.copy`). Rows and columns count from 0 here, as Google counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

Json = dict[str, Any]


class Formula(str):
    """Text that begins with `=` and is to be calculated."""

    __slots__ = ()


Entered = bool | int | float | str | Formula | None


class Cell(NamedTuple):
    """One cell: what was entered, and how it looks."""

    value: Entered = None
    format: Json | None = None
    note: str | None = None
    validation: Json | None = None
    runs: list[Json] | None = None


EMPTY = Cell()


class Box(NamedTuple):
    """A rectangle of cells; `bottom` and `right` are the first row and column outside."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Box) -> bool:
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )


@dataclass
class Sheet:
    """One tab. Stored rules, filters and ranges keep the JSON form in which Google takes and gives them."""

    id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    properties: Json = field(default_factory=dict)  # hidden, tabColor, rightToLeft: only what is set
    grid: Json = field(default_factory=dict)  # frozenRowCount, hideGridlines…: only what is set
    merges: list[Json] = field(default_factory=list)
    protected: list[Json] = field(default_factory=list)
    conditional: list[Json] = field(default_factory=list)
    filter: Json | None = None
    views: list[Json] = field(default_factory=list)
    bands: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    row_properties: dict[int, Json] = field(default_factory=dict)
    column_properties: dict[int, Json] = field(default_factory=dict)
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        line = self.rows.get(row)
        return line.get(column, EMPTY) if line else EMPTY

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell; one that holds nothing is dropped."""
        if cell == EMPTY:
            line = self.rows.get(row)
            if line and line.pop(column, None) is not None and not line:
                del self.rows[row]
        else:
            self.rows.setdefault(row, {})[column] = cell

    def enter(self, row: int, column: int, value: Entered) -> None:
        """Change the value; format, note and validation stay."""
        old = self.cell(row, column)
        if old is EMPTY and value is not None:
            self.rows.setdefault(row, {})[column] = Cell(value)
        else:
            self.put(row, column, old._replace(value=value))

    def filled(self) -> Iterator[tuple[int, int]]:
        """The cells that hold a value."""
        for row, line in self.rows.items():
            for column, cell in line.items():
                if cell.value is not None:
                    yield row, column

    @property
    def box(self) -> Box:
        return Box(0, 0, self.row_count, self.column_count)

    def copy(self) -> Sheet:
        """A copy of its own; the cells, which never change, are shared."""
        own: Json = {f.name: deepcopy(getattr(self, f.name)) for f in fields(self) if f.name != "rows"}
        return Sheet(**own, rows={row: dict(line) for row, line in self.rows.items()})


@dataclass
class Spreadsheet:
    """A file: its sheets, what is named and noted in it, who may use it."""

    id: str
    title: str
    created: str
    modified: str
    owner: str
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    version: int = 1
    properties: Json = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    named: list[Json] = field(default_factory=list)
    taken_names: list[str] = field(default_factory=list)  # of named ranges whose sheet is gone (READ gspread #1530)
    metadata: list[Json] = field(default_factory=list)
    permissions: list[Json] = field(default_factory=list)
    made_by_app: list[str] = field(default_factory=list)

    def by_id(self, sheet_id: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def by_title(self, title: str) -> Sheet | None:
        """Titles are compared without regard to case, as Google does."""
        wanted = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == wanted), None)

    def copy(self) -> Spreadsheet:
        own: Json = {f.name: deepcopy(getattr(self, f.name)) for f in fields(self) if f.name != "sheets"}
        return Spreadsheet(**own, sheets=[sheet.copy() for sheet in self.sheets])

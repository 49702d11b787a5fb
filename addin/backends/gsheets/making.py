"""A batch in the making: its requests, and what each cell must hold once they are carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from addin.backends.gsheets.blocks import CellData, blocks
from addin.backends.gsheets.snapshot import Sheet, Snapshot
from addin.backends.gsheets.values import Json, entered, number_format
from addin.backends.ooxml.formulas import put_back
from addin.core.a1 import cell_name, quoted
from addin.core.book import Cell, CellFormula, Value
from addin.core.language import phrase
from addin.errors import BookProblem

VALUE = "userEnteredValue"
DATED = "userEnteredValue,userEnteredFormat.numberFormat"


@dataclass(slots=True)
class Batch:
    """The requests of one batch, and what must be where afterwards."""

    requests: list[Json] = field(default_factory=list)
    wanted: dict[Cell, Json] = field(default_factory=dict)
    moves: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """sheet -> (row, by how much): from this row on, everything moved."""

    def now_at(self, sheet: str, row: int) -> int:
        """Where a row of the sheet, as it was read, is now."""
        for start, distance in self.moves.get(sheet, []):
            row += distance if row >= start else 0
        return row

    def move(self, sheet: str, start: int, distance: int) -> None:
        """From `start` on, rows are `distance` further down; upwards, the rows between are gone."""
        self.moves.setdefault(sheet, []).append((start, distance))
        before, self.wanted = self.wanted, {}
        for (title, row, column), sent in before.items():
            if title != sheet or row < min(start, start + distance):
                self.wanted[title, row, column] = sent
            elif row >= start:
                self.wanted[title, row + distance, column] = sent


def sheet_of(seen: Snapshot, title: str) -> Sheet:
    """The sheet, or one sentence that says which there are."""
    if title not in seen.sheets:
        raise BookProblem(
            phrase("There is no sheet {title}.", title=f"{title!r}"),
            next=phrase("There are: {sheets}.", sheets=", ".join(seen.sheets)),
        )
    return seen.sheets[title]


def room(sheet: Sheet, cells: Iterable[tuple[int, int]]) -> list[Json]:
    """The grid never grows by itself: a write past its edge is refused."""
    cells = list(cells)
    rows, columns = max((r for r, _ in cells), default=0), max((c for _, c in cells), default=0)
    missing = (("ROWS", rows - sheet.rows), ("COLUMNS", columns - sheet.columns))
    sheet.rows, sheet.columns = max(sheet.rows, rows), max(sheet.columns, columns)
    return [
        {"appendDimension": {"sheetId": sheet.gid, "dimension": dimension, "length": length}}
        for dimension, length in missing
        if length > 0
    ]


def write_cells(made: Batch, sheet: Sheet, cells: CellData) -> None:
    """Contents, and that they are looked for in the answer."""
    made.requests += [block.request(sheet.gid) for block in blocks(cells)]
    for (row, column), (_, data) in cells.items():
        made.wanted[sheet.title, row, column] = data.get(VALUE, {})


def formula(value: CellFormula, row: int) -> tuple[str, Json]:
    """The content of a cell in this row that gets a formula back."""
    return VALUE, {VALUE: {"formulaValue": put_back(value, row)}}


def content(sheet: Sheet, at: tuple[int, int], value: Value, like: tuple[int, int], now: Snapshot) -> tuple[str, Json]:
    """A cell's new content; a day number gets a format where the cell has none: that of `like`, or a plain one."""
    if isinstance(value, CellFormula):
        return formula(value, at[0])
    sent = entered(value, place((sheet.title, *at)))
    data: Json = {VALUE: sent} if sent else {}
    formats = now.sheets[sheet.title].formats if sheet.title in now.sheets else {}
    wished = number_format(value)
    pattern = formats.get(like) if at != like else None
    if at in formats or not (pattern or wished):
        return VALUE, data
    return DATED, data | {"userEnteredFormat": {"numberFormat": pattern or wished}}


def place(cell: Cell) -> str:
    """`CAS!D17`, for a sentence."""
    sheet, row, column = cell
    return f"{quoted(sheet)}!{cell_name(row, column)}"

"""Blocks in, read back and compared; what was there before is kept, so that a failure can put it back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from addin.backends.excel.cells import (
    FORMATS,
    LONGEST_TEXT,
    Block,
    Content,
    Formula,
    Place,
    assigned,
    blocks,
    kind_of,
    runs,
    stands,
)
from addin.backends.excel.patience import patiently
from addin.backends.excel.reading import area, part
from addin.backends.ooxml.formulas import put_back
from addin.backends.ooxml.styles import date_kind
from addin.core.book import Cell, CellFormula, Edits, Value
from addin.core.language import in_thousands, phrase
from addin.errors import BookProblem

if TYPE_CHECKING:
    import xlwings

Undo = list[Callable[[], None]]
TEXT = "@"


def check(value: Value) -> None:
    """What no cell can hold is refused before anything is written."""
    if isinstance(value, float) and not math.isfinite(value):
        raise BookProblem(
            phrase("a cell cannot hold the number {value}.", value=value),
            next=phrase("Leave it blank or write it as text."),
        )
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise BookProblem(
            phrase(
                "a text of {n} characters is longer than the {most} a cell can hold.",
                n=in_thousands(len(value)),
                most=in_thousands(LONGEST_TEXT),
            ),
            next=phrase("Shorten it or keep it in a document of its own."),
        )


def all_values(edits: Edits) -> Iterator[Value]:
    """Every value that a batch would write."""
    yield from edits.cells.values()
    for rows in edits.rows.values():
        for row in rows:
            yield from row.values()
    for own in edits.sheets.values():
        for line in own.rows:
            yield from line


def cells(here: Mapping[str, xlwings.Sheet], changed: Mapping[Cell, Value], undo: Undo) -> None:
    """Set these cells, sheet by sheet."""
    by_sheet: dict[str, dict[Place, Content]] = {}
    for (name, row, column), value in changed.items():
        by_sheet.setdefault(name, {})[row, column] = value
    for name, new in by_sheet.items():
        put(here[name], new, undo)


def put(sheet: xlwings.Sheet, new: Mapping[Place, Content], undo: Undo) -> None:
    """Write, read back, mend what the program made something else of; the way back is noted first."""
    new = {at: _content(value, at[0]) for at, value in new.items()}
    box = around(new)
    values, formulas = area(sheet, *box)
    before: dict[Place, Content] = {
        (row, column): Formula("=" + formulas[row, column])
        if (row, column) in formulas
        else values[row - box[0]][column - box[1]]
        for row, column in new
    }
    undo.append(lambda: write(sheet, before))
    write(sheet, new)
    wrong = differing(sheet, new, box)
    if not wrong:
        return
    for place, content in wrong.items():  # one by one, as text in a text cell: the last means
        cell = part(sheet, *place, *place)
        if isinstance(content, str):
            patiently(setattr, cell, "number_format", TEXT)
        value = assigned(content, marked=False)
        patiently(setattr, cell, "value", value)
    still = differing(sheet, wrong, around(wrong))
    if still:
        row, column = next(iter(still))
        raise BookProblem(
            phrase("the spreadsheet program changed a value while it was written."),
            where=f"{sheet.name}, row {row}, column {column}",
            next=phrase(
                "Nothing was changed. Clear filters and take away the protection of the sheet, then try again."
            ),
        )


def _content(content: Content, row: int) -> Content:
    """What is put into a cell of this row: a value, or a formula that is put back."""
    if isinstance(content, CellFormula):
        return Formula(put_back(content, row))
    return content


def around(cells: Mapping[Place, Content]) -> tuple[int, int, int, int]:
    """The rectangle around these cells: top, left, bottom, right."""
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    return min(rows), min(columns), max(rows), max(columns)


def write(sheet: xlwings.Sheet, new: Mapping[Place, Content]) -> None:
    """Write block by block, and let dates look like dates."""
    for block in blocks(new):
        target = part(sheet, block.top, block.left, block.bottom, block.right)
        data = [[assigned(content) for content in row] for row in block.rows]
        patiently(setattr, target, "value", data)
        _show(sheet, block)


def _show(sheet: xlwings.Sheet, block: Block) -> None:
    """Cells that get a kind of time need a format that shows it; a format that does already stays."""
    kinds: dict[str, list[Place]] = {}
    for row, line in enumerate(block.rows, block.top):
        for column, content in enumerate(line, block.left):
            if kind := kind_of(content):
                kinds.setdefault(kind, []).append((row, column))
    for kind, places in kinds.items():
        for top, bottom, column in runs(places):
            cells = part(sheet, top, column, bottom, column)
            code = patiently(getattr, cells, "number_format")
            if not shows(code or "", kind):
                patiently(setattr, cells, "number_format", FORMATS[kind])


def shows(code: str, kind: str) -> bool:
    """True when a cell of this format reads back as this kind of time."""
    present = date_kind(code)
    return present == kind or (kind == "datetime" and present == "date")


def differing(
    sheet: xlwings.Sheet, meant: Mapping[Place, Content], box: tuple[int, int, int, int]
) -> dict[Place, Content]:
    """The cells that do not hold what was meant."""
    cells = part(sheet, *box)
    found = patiently(lambda: cells.options(ndim=2, err_to_str=True).value)
    return {
        (row, column): content
        for (row, column), content in meant.items()
        if not stands(content, found[row - box[0]][column - box[1]])
    }

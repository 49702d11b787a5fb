"""The fill of many cells, asked for and set by few questions.

A question may name several rectangles at once, as `A2,C7:C9`. Excel takes an address of 255 characters, LibreOffice a
longer one, Excel for Mac may understand the first rectangle alone: what the program says that it understood is
compared with what was asked, and where it is not the same, the halves are tried, down to single rectangles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from addin.backends.excel.cells import Block, Place, blocks
from addin.backends.excel.patience import patiently
from addin.backends.excel.reading import part
from addin.backends.excel.writing import around
from addin.core.a1 import cell_name
from addin.errors import Problem

if TYPE_CHECKING:
    import xlwings

Fill = str
"""`RRGGBB`, or "" for none."""
MIXED = ((0, 0, 0), ())  # of cells that differ Excel says that they are black; `()`: the program cannot say


def fills(sheet: xlwings.Sheet, places: Iterable[Place]) -> dict[Place, Fill]:
    """The fill of each of these cells."""
    wanted = dict.fromkeys(places)
    if _colour(part(sheet, *around(wanted))) is None:  # most sheets have no fill at all
        return dict.fromkeys(wanted, "")
    return dict(_found(sheet, list(blocks(wanted))))


def paint(sheet: xlwings.Sheet, places: Iterable[Place], fill: Fill) -> None:
    """Give these cells a fill; "" takes it away."""
    _paint(sheet, list(blocks(dict.fromkeys(places))), f"#{fill}" if fill else None)


def _paint(sheet: xlwings.Sheet, group: Sequence[Block], colour: str | None) -> None:
    cells = _together(sheet, group)
    if cells is None:
        for half in _halves(group):
            _paint(sheet, half, colour)
    else:
        patiently(setattr, cells, "color", colour)


def _found(sheet: xlwings.Sheet, group: Sequence[Block]) -> Iterator[tuple[Place, Fill]]:
    """The fill of each cell of these rectangles, in one call where all have the same."""
    cells = _together(sheet, group)
    colour = () if cells is None else _colour(cells)
    if colour in MIXED and sum(len(block.rows) * len(block.rows[0]) for block in group) > 1:
        for half in _halves(group):
            yield from _found(sheet, half)
        return
    fill = "".join(f"{part:02X}" for part in colour or ())
    for block in group:
        for row in range(block.top, block.bottom + 1):
            yield from (((row, column), fill) for column in range(block.left, block.right + 1))


def _colour(cells: xlwings.Range) -> tuple[int, ...] | None:
    """The colour of a range, None when no cell has one, `()` when the program cannot say."""
    try:
        return patiently(lambda: cells.color)
    except (TypeError, ValueError):
        return ()


def _together(sheet: xlwings.Sheet, group: Sequence[Block]) -> xlwings.Range | None:
    """These rectangles as one range; None when the program understands something else."""
    if len(group) == 1:
        block = group[0]
        return part(sheet, block.top, block.left, block.bottom, block.right)
    address = ",".join(map(_address, group))
    try:
        cells: xlwings.Range = patiently(sheet.range, address)
        understood = patiently(lambda: cells.get_address(False, False))
    except Problem:
        raise
    except Exception:
        return None
    return cells if understood == address else None


def _address(block: Block) -> str:
    corners = ((block.top, block.left), (block.bottom, block.right))
    return ":".join(cell_name(*corner) for corner in dict.fromkeys(corners))


def _halves(group: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The rectangles in two lists; a single one is cut in two."""
    if len(group) > 1:
        return group[: len(group) // 2], group[len(group) // 2 :]
    (block,) = group
    if len(block.rows) > 1:
        middle = len(block.rows) // 2
        upper, lower = block.rows[:middle], block.rows[middle:]
        return [Block(block.top, block.left, upper)], [Block(block.top + middle, block.left, lower)]
    middle = len(block.rows[0]) // 2
    left, right = (block.rows[0][:middle],), (block.rows[0][middle:],)
    return [Block(block.top, block.left, left)], [Block(block.top, block.left + middle, right)]

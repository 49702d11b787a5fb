"""Fills and notes: asked for and set by ranges of the same fill; a note is a call of its own, there is no other way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from addin.backends import Cell, Look
from addin.backends.excel.cells import Block, Place, blocks
from addin.backends.excel.patience import patiently
from addin.backends.excel.reading import part
from addin.backends.excel.writing import Undo

if TYPE_CHECKING:
    import xlwings

Fill = str
"""`RRGGBB`, or "" for none."""
MIXED = (0, 0, 0)
FEW = 8  # cells are asked for their note one by one


def read(here: Mapping[str, xlwings.Sheet], cells: Iterable[Cell]) -> dict[Cell, Look]:
    """Fill and note of these cells; cells of sheets that are gone have neither."""
    found: dict[Cell, Look] = {}
    for name, places in _by_sheet((cell, None) for cell in cells).items():
        if name not in here:
            found.update(((name, *place), Look()) for place in places)
            continue
        sheet = here[name]
        fills = {place: fill for block in blocks(places) for place, fill in _fills(sheet, _box(block))}
        notes = _notes(sheet, places)
        found.update(((name, *place), Look(fills[place], notes[place])) for place in places)
    return found


def _notes(sheet: xlwings.Sheet, places: Iterable[Place]) -> dict[Place, str | None]:
    """The note of each of these cells: from the list of the sheet's notes where xlwings has one (from 0.37.5 on)."""
    wanted: dict[Place, str | None] = dict.fromkeys(places)
    if len(wanted) > FEW and hasattr(sheet, "notes"):
        for note in patiently(lambda: list(sheet.notes)):
            cell = patiently(getattr, note, "location")
            if (place := (cell.row, cell.column)) in wanted:
                wanted[place] = patiently(getattr, note, "text")
        return wanted
    return {place: note_of(sheet, place) for place in wanted}


def _box(block: Block) -> tuple[int, int, int, int]:
    return block.top, block.left, block.bottom, block.right


def _fills(sheet: xlwings.Sheet, box: tuple[int, int, int, int]) -> Iterator[tuple[Place, Fill]]:
    """The fill of each cell of a rectangle, in one call where all have the same.

    Of cells that differ Excel says that they are black, other programs give an error: then the halves are asked.
    """
    top, left, bottom, right = box
    colour = _colour(sheet, box)
    if colour not in (MIXED, ()) or (top, left) == (bottom, right):
        fill = "".join(f"{part:02X}" for part in colour or ())
        yield from (((row, column), fill) for row in range(top, bottom + 1) for column in range(left, right + 1))
    elif bottom > top:
        middle = (top + bottom) // 2
        yield from _fills(sheet, (top, left, middle, right))
        yield from _fills(sheet, (middle + 1, left, bottom, right))
    else:
        middle = (left + right) // 2
        yield from _fills(sheet, (top, left, bottom, middle))
        yield from _fills(sheet, (top, middle + 1, bottom, right))


def _colour(sheet: xlwings.Sheet, box: tuple[int, int, int, int]) -> tuple[int, ...] | None:
    """The colour of a rectangle, None when no cell has one, `()` when the program cannot say."""
    cells = part(sheet, *box)
    try:
        return patiently(lambda: cells.color)
    except (TypeError, ValueError):
        return ()


def note_of(sheet: xlwings.Sheet, place: Place) -> str | None:
    """The note of a cell, None where there is none."""
    cell = part(sheet, *place, *place)
    note = patiently(getattr, cell, "note")
    return patiently(getattr, note, "text") if note else None


def write(here: Mapping[str, xlwings.Sheet], looks: Mapping[Cell, Look], seen: Mapping[Cell, Look], undo: Undo) -> None:
    """Set fills and notes; `seen` is what a look at these cells found before, and saves calls."""
    if not looks:
        return
    before = {cell: seen[cell] for cell in looks if cell in seen}
    before |= read(here, [cell for cell in looks if cell not in seen])
    undo.append(lambda: _set(here, before, looks))
    _set(here, looks, before)


def _set(here: Mapping[str, xlwings.Sheet], looks: Mapping[Cell, Look], before: Mapping[Cell, Look]) -> None:
    """Only what differs is touched."""
    painted = ((cell, look.fill) for cell, look in looks.items() if before[cell].fill != look.fill)
    for name, fills in _by_sheet(painted).items():
        for fill in sorted({fill or "" for fill in fills.values()}):
            same = {place: None for place, other in fills.items() if other == fill}
            for block in blocks(same):
                cells = part(here[name], *_box(block))
                colour = f"#{fill}" if fill else None
                patiently(setattr, cells, "color", colour)
    for cell, look in looks.items():
        if before[cell].note != look.note:
            set_note(here[cell[0]], cell[1:], look.note, before[cell].note)


def set_note(sheet: xlwings.Sheet, place: Place, text: str | None, before: str | None) -> None:
    """Write, change or take away the note of a cell."""
    cell = part(sheet, *place, *place)
    text = text or None
    if text is not None and before is None:
        patiently(cell.add_note, text)
        return
    note = patiently(getattr, cell, "note")
    if note is None:
        if text is not None:
            patiently(cell.add_note, text)
    elif text is None:
        patiently(note.delete)
    else:
        patiently(setattr, note, "text", text)


def _by_sheet(cells: Iterable[tuple[Cell, str | None]]) -> dict[str, dict[Place, str | None]]:
    found: dict[str, dict[Place, str | None]] = {}
    for (name, row, column), fill in cells:
        found.setdefault(name, {})[row, column] = fill
    return found

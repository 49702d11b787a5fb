"""Fills and notes: fills by many cells at once (fills.py); a note is a call of its own, there is no other way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from addin.backends.excel.cells import Place
from addin.backends.excel.fills import fills, paint
from addin.backends.excel.patience import patiently
from addin.backends.excel.reading import part
from addin.backends.excel.writing import Undo
from addin.core.book import Cell, Look

if TYPE_CHECKING:
    import xlwings

FEW = 8  # cells are asked for their note one by one


def read(here: Mapping[str, xlwings.Sheet], cells: Iterable[Cell]) -> dict[Cell, Look]:
    """Fill and note of these cells; cells of sheets that are gone have neither."""
    found: dict[Cell, Look] = {}
    for name, places in _by_sheet((cell, None) for cell in cells).items():
        if name not in here:
            found.update(((name, *place), Look()) for place in places)
            continue
        sheet = here[name]
        found_fills, notes = fills(sheet, places), _notes(sheet, places)
        found.update(((name, *place), Look(found_fills[place], notes[place])) for place in places)
    return found


def _notes(sheet: xlwings.Sheet, places: Iterable[Place]) -> dict[Place, str | None]:
    """The note of each of these cells: from the list of the sheet's notes where xlwings has one (from 0.37.5 on)."""
    wanted: dict[Place, str | None] = dict.fromkeys(places)
    if len(wanted) > FEW and hasattr(sheet, "notes"):
        for note in patiently(lambda: [*iter(sheet.notes)]):  # list() would ask for their number first, one by one
            cell = patiently(getattr, note, "location")
            if (place := (cell.row, cell.column)) in wanted:
                wanted[place] = patiently(getattr, note, "text")
        return wanted
    return {place: note_of(sheet, place) for place in wanted}


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
    for name, wanted in _by_sheet(painted).items():
        for fill in sorted({fill or "" for fill in wanted.values()}):
            paint(here[name], [place for place, other in wanted.items() if other == fill], fill)
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

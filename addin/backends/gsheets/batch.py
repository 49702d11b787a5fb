"""Edits as requests of one `:batchUpdate`, in an order in which every row number still means what it meant.

Contents and looks first, then sheets of the tool's own, then new rows at the end, then new rows between others and
rows that go, each from the bottom up.
Nothing is ever appended: Google's append takes the first blank row for the end of the table, and a repeated append
writes twice.
"""

from __future__ import annotations

import re
from itertools import count

from addin.backends.gsheets.blocks import CellData, blocks
from addin.backends.gsheets.making import Batch, content, place, room, sheet_of, write_cells
from addin.backends.gsheets.managed_sheet import own_sheet_requests, same_rows
from addin.backends.gsheets.rows import add, drop, insert, stretch
from addin.backends.gsheets.snapshot import Sheet, Snapshot, style_of
from addin.backends.gsheets.values import Json, entered
from addin.core.book import Area, Cell, CellFormula, Edits, Look, Value

LOOK = "note,userEnteredFormat.backgroundColorStyle"


def news(edits: Edits, seen: Snapshot) -> Edits:
    """The edits that would change something: what is there already is left out."""
    return Edits(
        cells={cell: value for cell, value in edits.cells.items() if not _holds(seen, cell, value)},
        rows={sheet: rows for sheet, rows in edits.rows.items() if rows},
        inserts={sheet: rows for sheet, rows in edits.inserts.items() if rows},
        drops={sheet: sorted(set(rows)) for sheet, rows in edits.drops.items() if rows},
        looks={cell: look for cell, look in edits.looks.items() if look_at(seen, cell) != look},
        sheets={title: own for title, own in edits.sheets.items() if not same_rows(seen.sheets.get(title), own)},
        removed=[title for title in edits.removed if title in seen.sheets and len(seen.sheets) > 1],
        tables={title: areas for title, areas in _stretches(edits, seen).items() if areas},
    )


def _stretches(edits: Edits, seen: Snapshot) -> dict[str, list[Area]]:
    """Tables that are there and get other corners. None is made: in Google a table brings colours of its own."""
    there = {title: {table.name: table for table in sheet.grid.tables} for title, sheet in seen.sheets.items()}
    return {
        title: [area for area in areas if there.get(title, {}).get(area.name, area) != area]
        for title, areas in edits.tables.items()
    }


def look_at(seen: Snapshot, cell: Cell) -> Look:
    """The fill and note of a cell."""
    sheet = seen.sheets.get(cell[0])
    return sheet.looks.get(cell[1:], Look()) if sheet else Look()


def _holds(seen: Snapshot, cell: Cell, value: Value) -> bool:
    sheet = sheet_of(seen, cell[0])
    if cell[1:] in sheet.grid.formulas or isinstance(value, CellFormula):
        return False
    return entered(value, place(cell)) == entered(sheet.grid.value(*cell[1:]), place(cell))


def batch(edits: Edits, seen: Snapshot, now: Snapshot) -> Batch:
    """Requests for these edits. `seen` is the whole book as it was read; `now` has the touched rows' number formats."""
    made = Batch()
    for title in dict.fromkeys(cell[0] for cell in [*edits.cells, *edits.looks]):
        _change(made, title, edits, sheet_of(seen, title), now)
    _own_sheets(made, edits, seen)
    for title, areas in edits.tables.items():
        stretch(made, sheet_of(seen, title), areas)
    for title, rows in edits.rows.items():
        add(made, sheet_of(seen, title), rows, now)
    for title, places in edits.inserts.items():
        insert(made, sheet_of(seen, title), places, now)
    for title, numbers in edits.drops.items():
        drop(made, sheet_of(seen, title), numbers)
    made.requests += [{"deleteSheet": {"sheetId": sheet_of(seen, title).gid}} for title in edits.removed]
    return made


def _change(made: Batch, title: str, edits: Edits, sheet: Sheet, now: Snapshot) -> None:
    cells = {cell[1:]: value for cell, value in edits.cells.items() if cell[0] == title}
    looks = {cell[1:]: look for cell, look in edits.looks.items() if cell[0] == title}
    made.requests += room(sheet, [*cells, *looks])
    write_cells(made, sheet, {at: content(sheet, at, value, at, now) for at, value in cells.items()})
    marks: CellData = {at: (LOOK, _look(look)) for at, look in looks.items()}
    made.requests += [block.request(sheet.gid) for block in blocks(marks)]


def _look(look: Look) -> Json:
    data: Json = {}
    if look.note is not None:
        data["note"] = look.note
    if style := style_of(look.fill):
        data["userEnteredFormat"] = {"backgroundColorStyle": style}
    return data


def _own_sheets(made: Batch, edits: Edits, seen: Snapshot) -> None:
    gids = {title: sheet.gid for title, sheet in seen.sheets.items()}
    free = (number for number in count(1001) if number not in seen.gids)
    for title in edits.sheets:
        gids.setdefault(title, next(free))

    def link(target: str) -> str | None:
        title, _, cell = target.rpartition("!")
        title = re.sub(r"^'(.*)'$", lambda found: found[1].replace("''", "'"), title)
        return f"#gid={gids[title]}&range={cell}" if title in gids else None

    for title, own in edits.sheets.items():
        made.requests += own_sheet_requests(title, own, seen.sheets.get(title), gids[title], link)

"""Edits as requests of one `:batchUpdate`, in an order in which every row number still means what it meant.

Contents and looks first, then sheets of the tool's own, then new rows, then rows that go, from the bottom up.
Nothing is ever appended: Google's append takes the first blank row for the end of the table, and a repeated append
writes twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from addin.backends import Area, Cell, Edits, Look, Value
from addin.backends.gsheets.blocks import CellData, blocks, row_spans
from addin.backends.gsheets.own_sheet import own_sheet_requests, same_rows
from addin.backends.gsheets.snapshot import Sheet, Snapshot, style_of
from addin.backends.gsheets.values import Json, entered, number_format
from addin.backends.memory import last_filled, table_of
from addin.errors import BookProblem
from addin.places import cell_name, quoted

VALUE = "userEnteredValue"
DATED = "userEnteredValue,userEnteredFormat.numberFormat"
LOOK = "note,userEnteredFormat.backgroundColorStyle"


@dataclass(slots=True)
class Batch:
    """The requests of one batch, and what must stand where afterwards."""

    requests: list[Json] = field(default_factory=list)
    wanted: dict[Cell, Json] = field(default_factory=dict)
    moves: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """sheet -> (row, by how much): from this row on, everything moved."""

    def now_at(self, sheet: str, row: int) -> int:
        """Where a row of the sheet as it was stands by now."""
        for start, distance in self.moves.get(sheet, []):
            row += distance if row >= start else 0
        return row

    def move(self, sheet: str, start: int, distance: int) -> None:
        """From `start` on, rows stand `distance` further down; upwards, the rows between are gone."""
        self.moves.setdefault(sheet, []).append((start, distance))
        before, self.wanted = self.wanted, {}
        for (title, row, column), sent in before.items():
            if title != sheet or row < min(start, start + distance):
                self.wanted[title, row, column] = sent
            elif row >= start:
                self.wanted[title, row + distance, column] = sent


def news(edits: Edits, seen: Snapshot) -> Edits:
    """The edits that would change something: what stands there already is left out."""
    return Edits(
        cells={cell: value for cell, value in edits.cells.items() if not _holds(seen, cell, value)},
        rows={sheet: rows for sheet, rows in edits.rows.items() if rows},
        drops={sheet: sorted(set(rows)) for sheet, rows in edits.drops.items() if rows},
        looks={cell: look for cell, look in edits.looks.items() if look_at(seen, cell) != look},
        sheets={title: own for title, own in edits.sheets.items() if not same_rows(seen.sheets.get(title), own)},
    )


def look_at(seen: Snapshot, cell: Cell) -> Look:
    """The fill and note of a cell."""
    sheet = seen.sheets.get(cell[0])
    return sheet.looks.get(cell[1:], Look()) if sheet else Look()


def _holds(seen: Snapshot, cell: Cell, value: Value) -> bool:
    sheet = sheet_of(seen, cell[0])
    if cell[1:] in sheet.grid.formulas:
        return False
    return entered(value, place(cell)) == entered(sheet.grid.value(*cell[1:]), place(cell))


def sheet_of(seen: Snapshot, title: str) -> Sheet:
    """The sheet, or one sentence that says which there are."""
    if title not in seen.sheets:
        raise BookProblem(f"There is no sheet {title!r}.", next=f"There are: {', '.join(seen.sheets)}.")
    return seen.sheets[title]


def batch(edits: Edits, seen: Snapshot, now: Snapshot) -> Batch:
    """Requests for these edits. `seen` is the whole book as it was read; `now` has the touched rows' number formats."""
    made = Batch()
    for title in dict.fromkeys(cell[0] for cell in [*edits.cells, *edits.looks]):
        _change(made, title, edits, sheet_of(seen, title), now)
    _own_sheets(made, edits, seen)
    for title, rows in edits.rows.items():
        _add(made, sheet_of(seen, title), rows, now)
    for title, numbers in edits.drops.items():
        _drop(made, sheet_of(seen, title), numbers)
    return made


def _change(made: Batch, title: str, edits: Edits, sheet: Sheet, now: Snapshot) -> None:
    cells = {cell[1:]: value for cell, value in edits.cells.items() if cell[0] == title}
    looks = {cell[1:]: look for cell, look in edits.looks.items() if cell[0] == title}
    made.requests += _room(sheet, [*cells, *looks])
    _write(made, sheet, {at: _content(sheet, at, value, at, now) for at, value in cells.items()})
    marks: CellData = {at: (LOOK, _look(look)) for at, look in looks.items()}
    made.requests += [block.request(sheet.gid) for block in blocks(marks)]


def _room(sheet: Sheet, cells: Iterable[tuple[int, int]]) -> list[Json]:
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


def _write(made: Batch, sheet: Sheet, cells: CellData) -> None:
    made.requests += [block.request(sheet.gid) for block in blocks(cells)]
    for (row, column), (_, data) in cells.items():
        made.wanted[sheet.title, row, column] = data.get(VALUE, {})


def _content(sheet: Sheet, at: tuple[int, int], value: Value, like: tuple[int, int], now: Snapshot) -> tuple[str, Json]:
    """A cell's new content; a day number gets a format where the cell has none: that of `like`, or a plain one."""
    sent = entered(value, place((sheet.title, *at)))
    data: Json = {VALUE: sent} if sent else {}
    formats = now.sheets[sheet.title].formats if sheet.title in now.sheets else {}
    wished = number_format(value)
    pattern = formats.get(like) if at != like else None
    if at in formats or not (pattern or wished):
        return VALUE, data
    return DATED, data | {"userEnteredFormat": {"numberFormat": pattern or wished}}


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


def _add(made: Batch, sheet: Sheet, rows: list[dict[int, Value]], now: Snapshot) -> None:
    table = table_of(sheet.grid.tables, rows)
    last = last_filled(sheet.grid.values, table)
    if table and _stands_below(sheet, table, last, len(rows)):
        made.requests.append(_inserted(sheet.gid, last, len(rows)))
        made.move(sheet.title, last + 1, len(rows))
        sheet.rows += len(rows)
    elif table and last + len(rows) > table.bottom:
        made.requests.append(_stretched(sheet, table, last + len(rows)))
    old_end = sheet.rows
    columns = {column for row in rows for column in row}
    made.requests += _room(sheet, [(last + len(rows), max(columns, default=1))])
    made.requests += _like_above(sheet, table, last, len(rows), columns, beyond=last + len(rows) > old_end)
    cells: CellData = {}
    for number, row in enumerate(rows, last + 1):
        for column, value in row.items():
            if value is not None:
                cells[number, column] = _content(sheet, (number, column), value, (last, column), now)
    _write(made, sheet, cells)


def _stands_below(sheet: Sheet, table: Area, last: int, count: int) -> bool:
    """Is there something of somebody else's where the table would grow?"""
    lines = sheet.grid.values[table.bottom : last + count]
    return any(value is not None for line in lines for value in line[table.left - 1 : table.right])


def _inserted(gid: int, after: int, count: int) -> Json:
    place = {"sheetId": gid, "dimension": "ROWS", "startIndex": after, "endIndex": after + count}
    return {"insertDimension": {"range": place, "inheritFromBefore": True}}


def _stretched(sheet: Sheet, table: Area, bottom: int) -> Json:
    place = _grid_range(sheet.gid, table.top, table.left, bottom, table.right)
    return {"updateTable": {"table": {"tableId": sheet.table_ids[table], "range": place}, "fields": "range"}}


def _grid_range(gid: int, top: int, left: int, bottom: int, right: int) -> Json:
    rows = {"startRowIndex": top - 1, "endRowIndex": bottom}
    return {"sheetId": gid, **rows, "startColumnIndex": left - 1, "endColumnIndex": right}


def _like_above(
    sheet: Sheet, table: Area | None, last: int, count: int, columns: set[int], *, beyond: bool
) -> list[Json]:
    """Calculated columns go on, and rows that the sheet did not have get the drop-downs of the row above."""
    requests = []
    top = table.top if table else next((n for n, line in enumerate(sheet.grid.values, 1) if line), 1)
    if beyond and last > top:
        requests.append(_copied(sheet.gid, last, count, 1, sheet.columns, "PASTE_DATA_VALIDATION"))
    for row, column in sheet.grid.formulas:
        goes_on = (last - 1, column) in sheet.grid.formulas or (table is not None and last > table.top)
        if row == last and goes_on and column not in columns and (last + 1, column) not in sheet.grid.formulas:
            requests.append(_copied(sheet.gid, last, count, column, column, "PASTE_FORMULA"))
    return requests


def _copied(gid: int, row: int, count: int, left: int, right: int, what: str) -> Json:
    target = _grid_range(gid, row + 1, left, row + count, right)
    return {"copyPaste": {"source": _grid_range(gid, row, left, row, right), "destination": target, "pasteType": what}}


def _drop(made: Batch, sheet: Sheet, numbers: list[int]) -> None:
    """Rows go, from the bottom up; a row whose going would move what is not the table's is emptied instead."""
    gone: list[int] = []
    for number in sorted(numbers, reverse=True):
        table = _table_at(sheet, number)
        if table and _others_would_move(sheet, table, number):
            _empty(made, sheet, table, number)
        else:
            gone.append(made.now_at(sheet.title, number))
    for first, last in reversed(row_spans(gone, len(gone), gap=1)):
        place = {"sheetId": sheet.gid, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}
        made.requests.append({"deleteDimension": {"range": place}})
        made.move(sheet.title, last + 1, first - 1 - last)


def _empty(made: Batch, sheet: Sheet, table: Area, number: int) -> None:
    row, columns = made.now_at(sheet.title, number), range(table.left, table.right + 1)
    constants = [column for column in columns if (number, column) not in sheet.grid.formulas]
    _write(made, sheet, {(row, column): (VALUE, {}) for column in constants})


def _table_at(sheet: Sheet, row: int) -> Area | None:
    return next((table for table in sheet.grid.tables if table.top < row <= table.bottom), None)


def _others_would_move(sheet: Sheet, table: Area, row: int) -> bool:
    """Does anything that is not this table's stand in this row or below it?"""
    for number, line in enumerate(sheet.grid.values[row - 1 :], row):
        for column, value in enumerate(line, 1):
            inside = table.left <= column <= table.right and number <= table.bottom
            if value is not None and not inside:
                return True
    return False


def place(cell: Cell) -> str:
    """`CAS!D17`, for a sentence."""
    sheet, row, column = cell
    return f"{quoted(sheet)}!{cell_name(row, column)}"

"""New rows, rows that go, and the native tables around them."""

from __future__ import annotations

from addin.backends.gsheets.blocks import CellData, row_spans
from addin.backends.gsheets.making import VALUE, Batch, content, formula, room, write_cells
from addin.backends.gsheets.snapshot import Sheet, Snapshot
from addin.backends.gsheets.values import Json
from addin.backends.memory import last_filled, table_of
from addin.core.a1 import without_references
from addin.core.book import Area, CellFormula, Value


def stretch(made: Batch, sheet: Sheet, areas: list[Area]) -> None:
    """Native tables get other corners; rows that are added afterwards follow them."""
    for area in areas:
        old = next(table for table in sheet.grid.tables if table.name == area.name)
        made.requests.append(_corners(sheet, old, area))
        sheet.table_ids[area] = sheet.table_ids[old]
        sheet.grid.tables[sheet.grid.tables.index(old)] = area


def add(made: Batch, sheet: Sheet, rows: list[dict[int, Value]], now: Snapshot) -> None:
    """New rows below the last filled row, which the guard has seen to be the last one still."""
    table = table_of(sheet.grid.tables, rows)
    last = last_filled(sheet.grid.values, table)
    if table and _stands_below(sheet, table, last, len(rows)):
        made.requests.append(_inserted(sheet.gid, last, len(rows)))
        made.move(sheet.title, last + 1, len(rows))
        sheet.rows += len(rows)
    elif table and last + len(rows) > table.bottom:
        stretch(made, sheet, [table._replace(bottom=last + len(rows))])
    old_end = sheet.rows
    columns = {column for row in rows for column in row}
    made.requests += room(sheet, [(last + len(rows), max(columns, default=1))])
    made.requests += _like_above(sheet, table, last, len(rows), columns, beyond=last + len(rows) > old_end)
    cells: CellData = {}
    for number, row in enumerate(rows, last + 1):
        for column, value in row.items():
            if value is not None:
                cells[number, column] = content(sheet, (number, column), value, (last, column), now)
    write_cells(made, sheet, cells)


def _stands_below(sheet: Sheet, table: Area, last: int, count: int) -> bool:
    """Is there something of somebody else's where the table would grow?"""
    lines = sheet.grid.values[table.bottom : last + count]
    return any(value is not None for line in lines for value in line[table.left - 1 : table.right])


def _inserted(gid: int, after: int, count: int, *, like_above: bool = True) -> Json:
    place = {"sheetId": gid, "dimension": "ROWS", "startIndex": after, "endIndex": after + count}
    return {"insertDimension": {"range": place, "inheritFromBefore": like_above}}


def _corners(sheet: Sheet, table: Area, wanted: Area) -> Json:
    place = _grid_range(sheet.gid, wanted.top, wanted.left, wanted.bottom, wanted.right)
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
        goes_on = _fills(sheet, column, last, last - 1) or (table is not None and last == table.top + 1)
        if row == last and goes_on and column not in columns and (last + 1, column) not in sheet.grid.formulas:
            requests.append(_copied(sheet.gid, last, count, column, column, "PASTE_FORMULA"))
    return requests


def _fills(sheet: Sheet, column: int, row: int, other: int) -> bool:
    """Whether one formula fills a column: in both rows, the same but for the cells that it refers to."""
    one, two = (sheet.grid.formulas.get((number, column)) for number in (row, other))
    return one is not None and two is not None and without_references(one) == without_references(two)


def _copied(gid: int, row: int, count: int, left: int, right: int, what: str) -> Json:
    target = _grid_range(gid, row + 1, left, row + count, right)
    return {"copyPaste": {"source": _grid_range(gid, row, left, row, right), "destination": target, "pasteType": what}}


def insert(made: Batch, sheet: Sheet, places: list[tuple[int, dict[int, Value]]], now: Snapshot) -> None:
    """New rows between others, from the bottom up; each looks like its neighbour, and is calculated like it."""
    head = next((number for number, line in enumerate(sheet.grid.values, 1) if line), 1)
    for before in sorted({at for at, _ in places}, reverse=True):
        rows = [row for at, row in places if at == before]
        like = before - 1 if before - 1 > head else before
        start = made.now_at(sheet.title, before)
        made.requests += room(sheet, [(before - 1, 1)])
        made.requests.append(_inserted(sheet.gid, start - 1, len(rows), like_above=like < before))
        made.move(sheet.title, start, len(rows))
        sheet.rows += len(rows)
        for table in [table for table in sheet.grid.tables if before == table.bottom + 1]:
            made.requests.append(_corners(sheet, table, table._replace(bottom=table.bottom + len(rows))))
        cells: CellData = {}
        for number, row in enumerate(rows, start):
            for column, value in row.items():
                if isinstance(value, CellFormula):
                    cells[number, column] = formula(value, number)
                elif value is not None:
                    cells[number, column] = content(sheet, (like, column), value, (like, column), now)
        write_cells(made, sheet, cells)
        filled = {column for row in rows for column in row}
        other = before if like < before else before + 1
        for column in [c for r, c in sheet.grid.formulas if r == like and c not in filled]:
            if not _fills(sheet, column, like, other) and not _fills(sheet, column, like, like - 1):
                continue
            source = _grid_range(
                sheet.gid, made.now_at(sheet.title, like), column, made.now_at(sheet.title, like), column
            )
            target = _grid_range(sheet.gid, start, column, start + len(rows) - 1, column)
            made.requests.append({"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_FORMULA"}})


def drop(made: Batch, sheet: Sheet, numbers: list[int]) -> None:
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
    write_cells(made, sheet, {(row, column): (VALUE, {}) for column in constants})


def _table_at(sheet: Sheet, row: int) -> Area | None:
    return next((table for table in sheet.grid.tables if table.top < row <= table.bottom), None)


def _others_would_move(sheet: Sheet, table: Area, row: int) -> bool:
    """Whether something that is not this table's is in this row or below it."""
    for number, line in enumerate(sheet.grid.values[row - 1 :], row):
        for column, value in enumerate(line, 1):
            inside = table.left <= column <= table.right and number <= table.bottom
            if value is not None and not inside:
                return True
    return False

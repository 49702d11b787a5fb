"""Kinds that carry cells elsewhere: copy, cut, sort, insert and delete a block."""

from __future__ import annotations

from typing import Any

from addin.google_emulator.answers import Json, bad, unimplemented
from addin.google_emulator.batch.places import editable_box, the_box, the_sheet
from addin.google_emulator.context import Context
from addin.google_emulator.formula_functions import Fault
from addin.google_emulator.model import EMPTY, Box, Cell, Formula, Sheet
from addin.google_emulator.protection import check_cells
from addin.google_emulator.references import copied
from addin.google_emulator.shifting import move_metadata


def _pasted(old: Cell, new: Cell, kind: str, value: Any) -> Cell:
    """What a paste leaves in a cell: `old` is there, `new` comes, `value` is what `new` shows."""
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS"):
        look = {k: v for k, v in (new.format or {}).items() if k != "borders" or kind == "PASTE_NORMAL"}
        return new._replace(format=look or None)
    if kind == "PASTE_VALUES":
        return old._replace(value=str(value) if isinstance(value, Fault) else value)
    if kind == "PASTE_FORMULA":
        return old._replace(value=new.value)
    if kind == "PASTE_FORMAT":
        return old._replace(format=new.format)
    if kind == "PASTE_DATA_VALIDATION":
        return old._replace(validation=new.validation)
    raise unimplemented(f"{kind} is not carried out here")


def copy_paste(context: Context, request: Json) -> None:
    """Copy a block; a destination that is a multiple of the source is filled with copies."""
    source, box = the_box(context, request.get("source", {}))
    target, place = the_box(context, request.get("destination", {}))
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    height, width = box.bottom - box.top, box.right - box.left
    if turned:
        height, width = width, height
    rows = max(1, (place.bottom - place.top) // height)
    columns = max(1, (place.right - place.left) // width)
    whole = Box(place.top, place.left, place.top + rows * height, place.left + columns * width)
    if whole.bottom > target.row_count or whole.right > target.column_count:
        raise bad("The destination does not fit into the grid.")  # unknown wording
    check_cells(context.book, target, whole, context.user)
    kind = request.get("pasteType", "PASTE_NORMAL")
    taken = _taken(context, source, box)
    for row in range(whole.top, whole.bottom):
        for column in range(whole.left, whole.right):
            down, right = (row - whole.top) % height, (column - whole.left) % width
            down, right = (right, down) if turned else (down, right)
            new, value = taken[down, right]
            if isinstance(new.value, Formula):
                text = copied(new.value, row - box.top - down, column - box.left - right)
                new = new._replace(value=Formula(text))
            target.put(row, column, _pasted(target.cell(row, column), new, kind, value))


def _taken(context: Context, sheet: Sheet, box: Box) -> dict[tuple[int, int], tuple[Cell, Any]]:
    return {
        (row - box.top, column - box.left): (sheet.cell(row, column), context.calculator.value(sheet, row, column))
        for row in range(box.top, box.bottom)
        for column in range(box.left, box.right)
    }


def cut_paste(context: Context, request: Json) -> None:
    """Move a block. DIFFERS: references to the moved cells, and merges, stay behind."""
    source, box = editable_box(context, request.get("source", {}))
    start = request.get("destination", {})
    target = the_sheet(context, start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    place = Box(top, left, top + box.bottom - box.top, left + box.right - box.left)
    if place.bottom > target.row_count or place.right > target.column_count:
        raise bad("The destination does not fit into the grid.")  # unknown wording
    check_cells(context.book, target, place, context.user)
    kind = request.get("pasteType", "PASTE_NORMAL")
    taken = _taken(context, source, box)
    for down, right in taken:
        source.put(box.top + down, box.left + right, EMPTY)
    for (down, right), (cell, value) in taken.items():
        row, column = top + down, left + right
        target.put(row, column, _pasted(target.cell(row, column), cell, kind, value))


def sort_range(context: Context, request: Json) -> None:
    """Rows of the range in order: numbers before text before TRUE and FALSE, blanks last either way."""
    sheet, box = editable_box(context, request.get("range", {}))
    order = list(range(box.top, box.bottom))
    for spec in reversed(request.get("sortSpecs", [])):
        if set(spec) - {"dimensionIndex", "sortOrder"}:
            raise unimplemented("sorting by colour is not carried out here")
        column = spec.get("dimensionIndex", 0)
        keys = {row: _key(context.calculator.value(sheet, row, column)) for row in order}
        filled = [row for row in order if keys[row] is not None]
        filled.sort(key=lambda row, keys=keys: keys[row], reverse=spec.get("sortOrder") == "DESCENDING")  # type: ignore[misc]  # blanks are not among them
        order = filled + [row for row in order if keys[row] is None]
    _reorder(context, sheet, box, order)


def _key(value: Any) -> tuple[int, Any] | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return 2, value
    return (0, value) if isinstance(value, int | float) else (1, value.casefold())


def _reorder(context: Context, sheet: Sheet, box: Box, order: list[int]) -> None:
    lines = {row: {c: sheet.cell(row, c) for c in range(box.left, box.right)} for row in order}
    for new, old in enumerate(order, box.top):
        for column, cell in lines[old].items():
            if isinstance(cell.value, Formula) and new != old:
                cell = cell._replace(value=Formula(copied(cell.value, new - old, 0)))
            sheet.put(new, column, cell)
    place = {old: new for new, old in enumerate(order, box.top) if old != new}
    move_metadata(context.book, sheet, "ROWS", place)


def insert_range(context: Context, request: Json) -> None:
    _shift_block(context, request, inserted=True)


def delete_range(context: Context, request: Json) -> None:
    _shift_block(context, request, inserted=False)


def _shift_block(context: Context, request: Json, inserted: bool) -> None:
    """Cells below (or to the right of) the range make room, or close up. What would cut through merges, formulas or
    ranges that hang there is refused."""
    sheet, box = editable_box(context, request.get("range", {}))
    down = request.get("shiftDimension", "ROWS") != "COLUMNS"
    band = (
        Box(box.top, box.left, sheet.row_count, box.right)
        if down
        else Box(box.top, box.left, box.bottom, sheet.column_count)
    )
    check_cells(context.book, sheet, band, context.user)
    _refuse_crossing(context, sheet, band)
    by = (box.bottom - box.top) if down else (box.right - box.left)
    start = (box.top if down else box.left) + (0 if inserted else by)
    by = by if inserted else -by
    cells = [(r, c) for r, line in sheet.rows.items() for c in line if band.holds(r, c)]
    taken = {place: sheet.cell(*place) for place in cells}
    for place in cells:
        sheet.put(*place, EMPTY)
    for (row, column), cell in taken.items():
        if (row if down else column) >= start:
            row, column = (row + by, column) if down else (row, column + by)
        elif not inserted:
            continue
        if row < sheet.row_count and column < sheet.column_count:
            sheet.put(row, column, cell)
        else:
            raise bad("There is no room in the grid for the cells that move.")  # unknown wording


def _refuse_crossing(context: Context, sheet: Sheet, band: Box) -> None:
    lines = [line for one in context.book.sheets for line in one.rows.values()]
    formulas = any(isinstance(cell.value, Formula) for line in lines for cell in line.values())
    hanging = sheet.merges or sheet.conditional or sheet.views or sheet.filter or sheet.bands or sheet.protected
    named = [n for n in context.book.named if n["range"].get("sheetId", 0) == sheet.id]
    if formulas or hanging or named:
        what = "moving a block in a sheet with formulas, merges, rules or named ranges"
        raise unimplemented(f"{what} is not carried out here")


KINDS = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "sortRange": sort_range,
    "insertRange": insert_range,
    "deleteRange": delete_range,
}

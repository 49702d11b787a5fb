"""Kinds for rows and columns: insert, delete, move, append, sizes, groups."""

from __future__ import annotations

from addin.google_emulator.a1 import box_of
from addin.google_emulator.answers import Json, bad, protected, unimplemented
from addin.google_emulator.batch.places import mask_of, size, span_box, the_sheet, the_span
from addin.google_emulator.batch.sheets import CELL_LIMIT
from addin.google_emulator.context import Context
from addin.google_emulator.masks import merge
from addin.google_emulator.model import EMPTY, Cell, Sheet
from addin.google_emulator.protection import check_cells, may_edit_range, range_of
from addin.google_emulator.shifting import delete, insert, move


def insert_dimension(context: Context, request: Json) -> None:
    sheet, dimension, start, end = the_span(context, request.get("range", {}))
    before = request.get("inheritFromBefore", False)
    last = size(sheet, dimension)
    if start >= last + (1 if before else 0):
        rule = "less than or equal to" if before else "less than"
        word = "true" if before else "false"
        raise bad(f"range.startIndex[{start}] must be {rule} the grid size ({last}) if inheritFromBefore is {word}.")
    if before and start == 0:
        raise bad("inheritFromBefore cannot be true when inserting at index 0.")  # unknown wording
    if end <= start:
        raise bad("the range is empty or turned round")  # unknown wording
    _check_room(context, sheet, dimension, end - start)
    _check_between(context, sheet, dimension, start)
    insert(context.book, sheet, dimension, start, end - start)
    _inherit(sheet, dimension, start, end, start - 1 if before else end)


def _check_room(context: Context, sheet: Sheet, dimension: str, count: int) -> None:
    across = sheet.column_count if dimension == "ROWS" else sheet.row_count
    if sum(one.row_count * one.column_count for one in context.book.sheets) + count * across > CELL_LIMIT:
        raise bad(
            f"This action would increase the number of cells in the workbook above the limit of {CELL_LIMIT} cells."
        )


def _check_between(context: Context, sheet: Sheet, dimension: str, at: int) -> None:
    """Nothing comes in between the rows or columns of a range that this person may not edit."""
    for entry in sheet.protected:
        box = box_of(sheet, range_of(context.book, entry))
        low, high = (box.top, box.bottom) if dimension == "ROWS" else (box.left, box.right)
        if low < at < high and not may_edit_range(context.book, entry, context.user):
            raise protected()


def _inherit(sheet: Sheet, dimension: str, start: int, end: int, model: int) -> None:
    """New rows look like the row after them, or before (discovery document, `inheritFromBefore`). A drop-down goes
    along where both neighbours have it."""
    if dimension == "ROWS":
        cells = {(0, column): cell for column, cell in sheet.rows.get(model, {}).items()}
    else:
        cells = {(row, 0): line[model] for row, line in sheet.rows.items() if model in line}
    for (row, column), cell in cells.items():
        other = sheet.cell(start - 1, column) if dimension == "ROWS" else sheet.cell(row, start - 1)
        after = sheet.cell(end, column) if dimension == "ROWS" else sheet.cell(row, end)
        choice = cell.validation if other.validation == after.validation else None
        look = Cell(format=cell.format, validation=choice)
        if look != EMPTY:
            for index in range(start, end):
                sheet.put(*((index, column) if dimension == "ROWS" else (row, index)), look)


def delete_dimension(context: Context, request: Json) -> None:
    sheet, dimension, start, end = the_span(context, request.get("range", {}))
    word, last = ("row", sheet.row_count) if dimension == "ROWS" else ("column", sheet.column_count)
    if end > last:
        raise bad(
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {end - 1} "
            f"but there are only {last} {word}s."
        )
    if end - start >= last:
        raise bad(f"You can't delete all the {word}s on the sheet.")
    if end <= start:
        raise bad("the range is empty or turned round")  # unknown wording
    check_cells(context.book, sheet, span_box(sheet, dimension, start, end), context.user)
    delete(context.book, sheet, dimension, start, end)


def move_dimension(context: Context, request: Json) -> None:
    """`destinationIndex` counts before the rows are taken out; the texts: LIVE gdrives 018 note 001."""
    sheet, dimension, start, end = the_span(context, request.get("source", {}))
    to, last = request.get("destinationIndex", 0), size(sheet, dimension)
    if start <= to < end:
        raise bad(f"destinationIndex[{to}] must be outside the requested range[{start}-{end}]")
    if to > last:
        word = "row" if dimension == "ROWS" else "column"
        raise bad(f"destinationIndex[{to}] is after last {word}[{last}]")
    check_cells(context.book, sheet, span_box(sheet, dimension, start, end), context.user)
    _check_between(context, sheet, dimension, to)
    move(context.book, sheet, dimension, start, end, to)


def append_dimension(context: Context, request: Json) -> None:
    sheet = the_sheet(context, request.get("sheetId", 0))
    length = request.get("length", 0)
    if length < 1:
        raise bad("length must be at least 1")  # unknown wording
    dimension = request.get("dimension", "ROWS")
    _check_room(context, sheet, dimension, length)
    if dimension == "ROWS":
        sheet.row_count += length
    else:
        sheet.column_count += length


def update_dimension_properties(context: Context, request: Json) -> None:
    if "dataSourceSheetRange" in request:
        raise unimplemented("data sources are not carried out here")
    sheet, dimension, start, end = the_span(context, request.get("range", {}))
    mask, given = mask_of(request), request.get("properties", {})
    store = sheet.row_properties if dimension == "ROWS" else sheet.column_properties
    for index in range(start, min(end, size(sheet, dimension))):
        new = merge(store.get(index, {}), given, mask)
        new = {name: value for name, value in new.items() if value and name in ("pixelSize", "hiddenByUser")}
        if new:
            store[index] = new
        else:
            store.pop(index, None)


def auto_resize(context: Context, request: Json) -> None:
    """Sizes stay as they are: they hang on the service's fonts, which nobody has here."""
    sheet, dimension, start, end = the_span(context, request.get("dimensions", {}))
    context.note(f"autoResizeDimensions of {sheet.title}, {dimension} {start} to {end}: sizes are left as they are")


def add_group(context: Context, request: Json) -> Json:
    sheet, dimension, start, end = the_span(context, request.get("range", {}))
    groups = sheet.row_groups if dimension == "ROWS" else sheet.column_groups
    for group in groups:
        low, high = group["range"]["startIndex"], group["range"]["endIndex"]
        if low < end and start < high and not (low <= start and end <= high) and not (start <= low and high <= end):
            raise unimplemented("groups that overlap in part are not carried out here")
        if start <= low and high <= end and (low, high) != (start, end):
            group["depth"] += 1
    around = sum(g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"] for g in groups)
    place = {"dimension": dimension, "startIndex": start, "endIndex": end}
    groups.append({"range": {"sheetId": sheet.id, **place} if sheet.id else place, "depth": around + 1})
    sheet.grid["rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"] = True  # REC group_rows #6
    return {"dimensionGroups": groups}


def delete_group(context: Context, request: Json) -> Json:
    sheet, dimension, start, end = the_span(context, request.get("range", {}))
    groups = sheet.row_groups if dimension == "ROWS" else sheet.column_groups
    found = [g for g in groups if (g["range"]["startIndex"], g["range"]["endIndex"]) == (start, end)]
    if not found:
        raise unimplemented("taking a part out of a group is not carried out here")
    groups.remove(max(found, key=lambda group: group["depth"]))
    for group in groups:
        if start <= group["range"]["startIndex"] and group["range"]["endIndex"] <= end and len(found) == 1:
            group["depth"] -= 1
    return {"dimensionGroups": groups} if groups else {}


def update_group(context: Context, request: Json) -> None:
    given = request.get("dimensionGroup", {})
    sheet, dimension, start, end = the_span(context, given.get("range", {}))
    groups = sheet.row_groups if dimension == "ROWS" else sheet.column_groups
    for group in groups:
        where = (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"])
        if where == (start, end, given.get("depth", 0)):
            group.pop("collapsed", None)
            if given.get("collapsed"):
                group["collapsed"] = True
            return
    raise bad("There is no dimension group with this range and depth.")  # unknown wording


KINDS = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize,
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
    "updateDimensionGroup": update_group,
}

"""Kinds that set cells: values, formats, notes, merges, borders."""

from __future__ import annotations

from addin.google_emulator.answers import Json, bad, unimplemented
from addin.google_emulator.batch.formats import tidy_border, tidy_format, widened
from addin.google_emulator.batch.places import editable_box, full_range, mask_of, the_sheet
from addin.google_emulator.coercion import fits, number
from addin.google_emulator.context import Context
from addin.google_emulator.masks import Mask, merge
from addin.google_emulator.model import Box, Cell, Entered, Formula, Sheet
from addin.google_emulator.protection import check_cells

_READ_ONLY = {"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"}
_PARTS = {"userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns"}
_REFUSED = {"pivotTable", "dataSourceTable", "dataSourceFormula", "chipRuns"}
_PARTLY_MERGED = "You must select all cells in a merged range to merge or unmerge them."


def changed(cell: Cell, given: Json, mask: Mask) -> Cell:
    """The cell with the masked parts taken from `given`; a part that is masked and not given goes."""
    everything = "*" in mask
    names = _PARTS if everything else set(mask)
    for name in names & _REFUSED | (set(given) & _REFUSED if everything else set()):
        raise unimplemented(f"{name} is not carried out here")
    if names - _PARTS - _READ_ONLY:
        raise bad(f"Invalid field: {', '.join(sorted(names - _PARTS - _READ_ONLY))}")  # unknown wording
    if "userEnteredValue" in names:
        cell = cell._replace(value=entered(given.get("userEnteredValue", {})))
    if "userEnteredFormat" in names:
        own = widened(mask.get("userEnteredFormat", {}))
        new = merge(cell.format, tidy_format(given.get("userEnteredFormat", {})), own)
        cell = cell._replace(format=new or None)
    if "note" in names:
        cell = cell._replace(note=given.get("note") or None)
    if "dataValidation" in names:
        cell = cell._replace(validation=given.get("dataValidation") or None)
    if "textFormatRuns" in names:
        cell = cell._replace(runs=given.get("textFormatRuns") or None)
    return cell


def entered(given: Json) -> Entered:
    """The value of an ExtendedValue. Text that begins with `=` stays text (LIVE harvester A16)."""
    if not given:
        return None
    ((kind, value),) = given.items()
    if kind == "formulaValue":
        return Formula(value)
    if kind == "errorValue":
        raise unimplemented("an errorValue cannot be entered here")
    if kind == "stringValue" and value == "":
        return None
    if kind == "numberValue":
        return number(value)
    if kind == "stringValue":
        fits(value)
    plain: Entered = value
    return plain


def update_cells(context: Context, request: Json) -> None:
    """Rows of cells from a start, or into a range: what the range holds beyond them loses the masked parts."""
    rows = [row.get("values", []) for row in request.get("rows", [])]
    if "range" in request:
        sheet, box = editable_box(context, request["range"])
        if len(rows) > box.bottom - box.top or any(len(row) > box.right - box.left for row in rows):
            raise bad("More cells are given than the range holds.")  # unknown wording
    else:
        start = request.get("start", {})
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row) for row in rows), default=0)
        ends = {"endRowIndex": top + len(rows), "endColumnIndex": left + width}
        if not rows or not width:
            the_sheet(context, start.get("sheetId", 0))
            return
        place = {"sheetId": start.get("sheetId", 0), "startRowIndex": top, "startColumnIndex": left}
        sheet, box = editable_box(context, {**place, **ends})
        _inside(sheet, ends)
    _fill(sheet, box, rows, mask_of(request), ragged="range" not in request)


def _inside(sheet: Sheet, ends: Json) -> None:
    if ends["endRowIndex"] > sheet.row_count:
        last = sheet.row_count
        raise bad(f"Attempting to write row: {last}, beyond the last requested row of: {last - 1}")
    if ends["endColumnIndex"] > sheet.column_count:
        raise bad(
            f"Attempting to write column: {sheet.column_count}, "
            f"beyond the last requested column of: {sheet.column_count - 1}"
        )


def _fill(sheet: Sheet, box: Box, rows: list[list[Json]], mask: Mask, ragged: bool) -> None:
    for row in range(box.top, box.bottom):
        given = rows[row - box.top] if row - box.top < len(rows) else []
        right = min(box.right, box.left + len(given)) if ragged else box.right
        for column in range(box.left, right):
            one = given[column - box.left] if column - box.left < len(given) else {}
            sheet.put(row, column, changed(sheet.cell(row, column), one, mask))


def repeat_cell(context: Context, request: Json) -> None:
    mask = mask_of(request)
    sheet, box = editable_box(context, request.get("range", {}))
    given = request.get("cell", {})
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.put(row, column, changed(sheet.cell(row, column), given, mask))


def append_cells(context: Context, request: Json) -> None:
    """New rows below the last row that holds data; the grid grows (LIVE harvester A15)."""
    if "tableId" in request:
        raise unimplemented("tables are not carried out here")
    sheet = the_sheet(context, request.get("sheetId", 0))
    rows = [row.get("values", []) for row in request.get("rows", [])]
    top = max((row + 1 for row, _ in sheet.filled()), default=0)
    width = max((len(row) for row in rows), default=0)
    sheet.row_count = max(sheet.row_count, top + len(rows))
    sheet.column_count = max(sheet.column_count, width)
    box = Box(top, 0, top + len(rows), width)
    check_cells(context.book, sheet, box, context.user)
    _fill(sheet, box, rows, mask_of(request), ragged=True)


def merge_cells(context: Context, request: Json) -> None:
    sheet, box = editable_box(context, request.get("range", {}))
    kind = request.get("mergeType", "MERGE_ALL")
    boxes = [box]
    if kind == "MERGE_ROWS":
        boxes = [Box(row, box.left, row + 1, box.right) for row in range(box.top, box.bottom)]
    elif kind == "MERGE_COLUMNS":
        boxes = [Box(box.top, column, box.bottom, column + 1) for column in range(box.left, box.right)]
    _take_apart(sheet, box)
    for one in boxes:
        if (one.bottom - one.top) * (one.right - one.left) > 1:
            sheet.merges.append(full_range(sheet, one))
            _keep_first(sheet, one)


def _keep_first(sheet: Sheet, box: Box) -> None:
    for row, column in [place for place in sheet.filled() if box.holds(*place)]:
        if (row, column) != (box.top, box.left):
            sheet.enter(row, column, None)


def _take_apart(sheet: Sheet, box: Box) -> None:
    """Remove the merges inside the box; one that reaches out of it is in the way."""
    kept = []
    for merged in sheet.merges:
        area = Box(merged["startRowIndex"], merged["startColumnIndex"], merged["endRowIndex"], merged["endColumnIndex"])
        if not area.meets(box):
            kept.append(merged)
        elif not (box.holds(area.top, area.left) and box.holds(area.bottom - 1, area.right - 1)):
            raise bad(_PARTLY_MERGED)
    sheet.merges = kept


def unmerge_cells(context: Context, request: Json) -> None:
    sheet, box = editable_box(context, request.get("range", {}))
    _take_apart(sheet, box)


def update_borders(context: Context, request: Json) -> None:
    """Each named side is set on the outer cells of the range; inner lines between its cells."""
    sheet, box = editable_box(context, request.get("range", {}))
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sides = {
                "top": request.get("top" if row == box.top else "innerHorizontal"),
                "bottom": request.get("bottom" if row == box.bottom - 1 else "innerHorizontal"),
                "left": request.get("left" if column == box.left else "innerVertical"),
                "right": request.get("right" if column == box.right - 1 else "innerVertical"),
            }
            given = {side: tidy_border(border) for side, border in sides.items() if border is not None}
            cell = sheet.cell(row, column)
            borders = {**(cell.format or {}).get("borders", {}), **given}
            borders = {side: border for side, border in borders.items() if border.get("style") != "NONE"}
            look = {**(cell.format or {}), "borders": borders}
            sheet.put(row, column, cell._replace(format={k: v for k, v in look.items() if v != {}} or None))


KINDS = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "updateBorders": update_borders,
}

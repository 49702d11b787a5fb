"""Where a request points to: a sheet, a box of cells, a span of rows; Google's texts when it is not there."""

from __future__ import annotations

from addin.google_emulator.a1 import box_of, column_letters, quoted
from addin.google_emulator.answers import Json, bad, out_of_grid
from addin.google_emulator.context import Context
from addin.google_emulator.masks import Mask, parse
from addin.google_emulator.model import Box, Sheet
from addin.google_emulator.protection import check_cells


def the_sheet(context: Context, sheet_id: int) -> Sheet:
    found = context.book.by_id(sheet_id)
    if found is None:
        raise bad(f"No grid with id: {sheet_id}")  # LIVE harvester fixtures, 2026-09-30
    return found


def the_object(context: Context, kind: str, key: str, wanted: int, noun: str) -> tuple[Sheet, Json]:
    """The sheet and the object of this id, out of the sheets' lists `kind` (charts, views, bands)."""
    for sheet in context.book.sheets:
        objects: list[Json] = getattr(sheet, kind)
        for one in objects:
            if one[key] == wanted:
                return sheet, one
    raise bad(f"No {noun} with id: {wanted}")  # unknown wording


def the_box(context: Context, grid_range: Json) -> tuple[Sheet, Box]:
    """The cells of a GridRange. One that starts outside is refused, one that ends outside is clipped (gdrives 020)."""
    sheet = the_sheet(context, grid_range.get("sheetId", 0))
    box = box_of(sheet, grid_range)
    if box.top >= sheet.row_count or box.left >= sheet.column_count:
        raise out_of_grid(_open_a1(sheet, grid_range), sheet.row_count, sheet.column_count)
    if box.bottom <= box.top or box.right <= box.left:
        raise bad("the range is empty or turned round")  # unknown wording
    return sheet, box


def editable_box(context: Context, grid_range: Json) -> tuple[Sheet, Box]:
    sheet, box = the_box(context, grid_range)
    check_cells(context.book, sheet, box, context.user)
    return sheet, box


def _open_a1(sheet: Sheet, grid_range: Json) -> str:
    """`T!A1001:B`: an open end shows as open."""
    left = column_letters(grid_range.get("startColumnIndex", 0) + 1)
    right = column_letters(grid_range.get("endColumnIndex", sheet.column_count))
    top, bottom = grid_range.get("startRowIndex", 0) + 1, grid_range.get("endRowIndex", "")
    return f"{quoted(sheet.title)}!{left}{top}:{right}{bottom}"


def the_span(context: Context, span: Json) -> tuple[Sheet, str, int, int]:
    """The sheet, `ROWS` or `COLUMNS`, and the first and last-but-one index of a DimensionRange."""
    sheet = the_sheet(context, span.get("sheetId", 0))
    dimension = span.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in ("ROWS", "COLUMNS"):
        raise bad("dimension must be ROWS or COLUMNS")  # unknown wording
    start = span.get("startIndex", 0)
    return sheet, dimension, start, span.get("endIndex", size(sheet, dimension))


def size(sheet: Sheet, dimension: str) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def span_box(sheet: Sheet, dimension: str, start: int, end: int) -> Box:
    if dimension == "ROWS":
        return Box(start, 0, end, sheet.column_count)
    return Box(0, start, sheet.row_count, end)


def mask_of(request: Json) -> Mask:
    """The field mask, which must name something (LIVE fgac-ai, 2026-09-18)."""
    text = request.get("fields", "")
    if not text.strip():
        raise bad("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return parse(text)


def tidy_range(grid_range: Json) -> Json:
    """A GridRange as it is given back: sheetId 0 does not appear (REC Cell define_named_range #3)."""
    return {key: value for key, value in grid_range.items() if not (key == "sheetId" and value == 0)}


def full_range(sheet: Sheet, box: Box) -> Json:
    """A GridRange with all its ends."""
    ends = {
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }
    return {"sheetId": sheet.id, **ends} if sheet.id else ends

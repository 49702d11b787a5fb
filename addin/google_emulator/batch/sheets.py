"""Kinds that make, change and remove sheets, or change the spreadsheet's own properties."""

from __future__ import annotations

from itertools import count
from typing import Any

from addin.google_emulator.answers import Json, bad, protected
from addin.google_emulator.batch.places import mask_of, the_sheet
from addin.google_emulator.context import Context
from addin.google_emulator.looks import colour, theme_colour
from addin.google_emulator.masks import merge
from addin.google_emulator.model import Sheet, Spreadsheet
from addin.google_emulator.protection import may_edit_range
from addin.google_emulator.render import sheet_properties

CELL_LIMIT = 10_000_000  # READ pygsheets #589
_SPREADSHEET = {"title": "title", "locale": "locale", "timeZone": "time_zone"}


def add_sheet(context: Context, request: Json) -> Json:
    given = request.get("properties", {})
    grid = {"rowCount": 1000, "columnCount": 26, **given.get("gridProperties", {})}
    sheet_id = given["sheetId"] if "sheetId" in given else int(context.new_id("sheet"))
    if context.book.by_id(sheet_id):
        raise bad(f"A sheet with the id {sheet_id} already exists.")  # unknown wording
    sheet = Sheet(sheet_id, given.get("title") or free_title(context.book))
    _free(context.book, sheet.title, None)
    context.book.sheets.insert(_index(context.book, given.get("index")), sheet)
    _set_grid(context.book, sheet, grid)
    _set_plain(context.book, sheet, given, given)
    return {"properties": sheet_properties(sheet, context.book.sheets.index(sheet))}


def free_title(book: Spreadsheet) -> str:
    titles = (f"Sheet{number}" for number in count(len(book.sheets) + 1))
    return next(title for title in titles if not book.by_title(title))


def _free(book: Spreadsheet, title: str, own: Sheet | None) -> None:
    if book.by_title(title) not in (None, own):
        raise bad(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _index(book: Spreadsheet, index: int | None) -> int:
    if index is None:
        return len(book.sheets)
    if not 0 <= index <= len(book.sheets):
        raise bad(f"index {index} is not between 0 and {len(book.sheets)}")  # unknown wording
    return index


def duplicate_sheet(context: Context, request: Json) -> Json:
    source = the_sheet(context, request.get("sourceSheetId", 0))
    sheet = copy_of(source, request.get("newSheetId"), context)
    sheet.title = request.get("newSheetName") or copy_title(context.book, source.title)
    _free(context.book, sheet.title, None)
    context.book.sheets.insert(_index(context.book, request.get("insertSheetIndex", 0)), sheet)
    _check_cells(context.book)
    return {"properties": sheet_properties(sheet, context.book.sheets.index(sheet))}


def copy_title(book: Spreadsheet, title: str) -> str:
    names = (f"Copy of {title}" if n == 1 else f"Copy of {title} {n}" for n in count(1))
    return next(name for name in names if not book.by_title(name))


def copy_of(source: Sheet, sheet_id: int | None, context: Context) -> Sheet:
    """A sheet with the same contents and an id of its own, which its ranges name too."""
    sheet = source.copy()
    sheet.id = int(context.new_id("sheet")) if sheet_id is None else sheet_id
    stored = (sheet.merges, sheet.protected, sheet.conditional, sheet.filter, sheet.views, sheet.bands)
    _point(stored, source.id, sheet.id)
    _point((sheet.charts, sheet.row_groups, sheet.column_groups), source.id, sheet.id)
    for entries, name, kind in (
        (sheet.protected, "protectedRangeId", "protected"),
        (sheet.views, "filterViewId", "view"),
        (sheet.bands, "bandedRangeId", "band"),
        (sheet.charts, "chartId", "chart"),
    ):
        for entry in entries:
            entry[name] = context.new_id(kind)
    return sheet


def _point(value: Any, old: int, new: int) -> None:
    if isinstance(value, dict):
        ranged = any(name in value for name in ("startRowIndex", "startColumnIndex", "dimension", "rowIndex"))
        if value.get("sheetId", 0 if ranged else None) == old:
            value["sheetId"] = new
        for item in value.values():
            _point(item, old, new)
    elif isinstance(value, list | tuple):
        for item in value:
            _point(item, old, new)


def delete_sheet(context: Context, request: Json) -> None:
    sheet = the_sheet(context, request.get("sheetId", 0))
    if not any(one is not sheet and not one.properties.get("hidden") for one in context.book.sheets):
        raise bad("You can't remove all the sheets in a document.")  # READ googlesheets4 #70
    if not all(may_edit_range(context.book, entry, context.user) for entry in sheet.protected):
        raise protected()
    book = context.book
    book.sheets.remove(sheet)
    gone = [named for named in book.named if named["range"].get("sheetId", 0) == sheet.id]
    book.taken_names += [named["name"] for named in gone]
    book.named = [named for named in book.named if named not in gone]
    book.metadata = [entry for entry in book.metadata if _of_sheet(entry["location"]) != sheet.id]


def _of_sheet(place: Json) -> int | None:
    if place["locationType"] == "SPREADSHEET":
        return None
    found: int = place.get("dimensionRange", place).get("sheetId", 0)
    return found


def update_sheet_properties(context: Context, request: Json) -> None:
    given = request.get("properties", {})
    sheet, mask = the_sheet(context, given.get("sheetId", 0)), mask_of(request)
    book = context.book
    everything = "*" in mask
    if "title" in mask or everything:
        if not given.get("title"):
            raise bad("Sheet name cannot be empty.")  # unknown wording
        _free(book, given["title"], sheet)
        sheet.title = given["title"]
    if "index" in mask:
        _reorder(book, sheet, given.get("index", 0))
    if "gridProperties" in mask or (everything and "gridProperties" in given):
        old = {"rowCount": sheet.row_count, "columnCount": sheet.column_count, **sheet.grid}
        _set_grid(book, sheet, merge(old, given.get("gridProperties", {}), mask.get("gridProperties", {})))
    _set_plain(book, sheet, given, given if everything else mask)


def _reorder(book: Spreadsheet, sheet: Sheet, index: int) -> None:
    """The new index counts before the move (discovery document)."""
    old = book.sheets.index(sheet)
    index = _index(book, index)
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > old else index, sheet)


def _set_grid(book: Spreadsheet, sheet: Sheet, grid: Json) -> None:
    """Rows are set before columns, and the limit holds in between (READ gspread-dataframe #37)."""
    for name, attribute in (("rowCount", "row_count"), ("columnCount", "column_count")):
        if grid.get(name, 0) < 1:
            raise bad(f"{name} must be at least 1")  # unknown wording
        setattr(sheet, attribute, grid[name])
        _check_cells(book)
    sheet.grid = {k: v for k, v in grid.items() if v and k not in ("rowCount", "columnCount")}
    if sheet.grid.get("frozenRowCount", 0) >= sheet.row_count:
        raise bad("You can't freeze all visible rows on the sheet.")
    if sheet.grid.get("frozenColumnCount", 0) >= sheet.column_count:
        raise bad("You can't freeze all visible columns on the sheet.")
    _cut(sheet)


def _check_cells(book: Spreadsheet) -> None:
    if sum(sheet.row_count * sheet.column_count for sheet in book.sheets) > CELL_LIMIT:
        raise bad(
            f"This action would increase the number of cells in the workbook above the limit of {CELL_LIMIT} cells."
        )


def _cut(sheet: Sheet) -> None:
    """What lies outside the grid is gone."""
    sheet.rows = {
        row: kept
        for row, line in sheet.rows.items()
        if row < sheet.row_count and (kept := {c: x for c, x in line.items() if c < sheet.column_count})
    }
    sheet.row_properties = {i: one for i, one in sheet.row_properties.items() if i < sheet.row_count}
    sheet.column_properties = {i: one for i, one in sheet.column_properties.items() if i < sheet.column_count}
    sheet.merges = [
        m for m in sheet.merges if m["endRowIndex"] <= sheet.row_count and m["endColumnIndex"] <= sheet.column_count
    ]


def _set_plain(book: Spreadsheet, sheet: Sheet, given: Json, mask: Json) -> None:
    if "hidden" in mask:
        others = any(one is not sheet and not one.properties.get("hidden") for one in book.sheets)
        if given.get("hidden") and not others:
            raise bad("You can't hide all the sheets in a document.")  # REC
        _set(sheet.properties, "hidden", given.get("hidden"))
    if "rightToLeft" in mask:
        _set(sheet.properties, "rightToLeft", given.get("rightToLeft"))
    if "tabColor" in mask or "tabColorStyle" in mask:
        style = given.get("tabColorStyle") or ({"rgbColor": given["tabColor"]} if "tabColor" in given else {})
        _set_tab_colour(sheet, style)


def _set_tab_colour(sheet: Sheet, style: Json) -> None:
    for name in ("tabColor", "tabColorStyle"):
        sheet.properties.pop(name, None)
    if "themeColor" in style:
        sheet.properties.update(tabColor=theme_colour(style["themeColor"]), tabColorStyle=style)
    elif "rgbColor" in style:
        rgb = colour(style["rgbColor"])
        sheet.properties.update(tabColor=rgb, tabColorStyle={"rgbColor": rgb})


def _set(properties: Json, name: str, value: Any) -> None:
    if value:
        properties[name] = value
    else:
        properties.pop(name, None)


def update_spreadsheet_properties(context: Context, request: Json) -> None:
    given, mask = request.get("properties", {}), mask_of(request)
    for name in given if "*" in mask else mask:
        if name in _SPREADSHEET:
            setattr(context.book, _SPREADSHEET[name], given.get(name, ""))
        elif name in ("autoRecalc", "iterativeCalculationSettings"):
            _set(context.book.properties, name, given.get(name))
        else:
            raise bad(f"{name} cannot be changed")  # unknown wording


KINDS = {
    "addSheet": add_sheet,
    "duplicateSheet": duplicate_sheet,
    "deleteSheet": delete_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}

"""Kinds for the basic filter, filter views and bands. They are kept; rows are not hidden by them here."""

from __future__ import annotations

from copy import deepcopy
from itertools import count

from addin.google_emulator.answers import Json, bad
from addin.google_emulator.batch.formats import tidy_format
from addin.google_emulator.batch.moving import sort_range
from addin.google_emulator.batch.places import full_range, mask_of, the_box, the_object, the_sheet, tidy_range
from addin.google_emulator.context import Context
from addin.google_emulator.masks import merge
from addin.google_emulator.model import Sheet


def set_basic_filter(context: Context, request: Json) -> None:
    """The range is kept with all its ends; the rows below its first are sorted (pygsheets' tests, 2024-01)."""
    given = request.get("filter", {})
    sheet, box = the_box(context, given.get("range", {}))
    whole = full_range(sheet, box)
    if given.get("sortSpecs") and box.bottom > box.top + 1:
        below = {**whole, "startRowIndex": box.top + 1}
        sort_range(context, {"range": below, "sortSpecs": given["sortSpecs"]})
    sheet.filter = {**tidy_format(_in_both_forms(given)), "range": whole}


def _in_both_forms(given: Json) -> Json:
    """The criteria as a list and by column, whichever was sent (pygsheets' tests, 2024-01)."""
    by_column = given.get("criteria", {})
    specs = given.get("filterSpecs") or [{"columnIndex": int(c), "filterCriteria": by_column[c]} for c in by_column]
    if not specs:
        return given
    criteria = {str(spec.get("columnIndex", 0)): spec.get("filterCriteria", {}) for spec in specs}
    return {**given, "criteria": criteria, "filterSpecs": specs}


def clear_basic_filter(context: Context, request: Json) -> None:
    the_sheet(context, request.get("sheetId", 0)).filter = None


def add_view(context: Context, request: Json) -> Json:
    given = dict(request.get("filter", {}))
    sheet, box = the_box(context, given.get("range", {}))
    given["filterViewId"] = given.get("filterViewId") or context.new_id("view")
    if any(view["filterViewId"] == given["filterViewId"] for one in context.book.sheets for view in one.views):
        raise bad(f"A filter view with id: {given['filterViewId']} already exists.")  # unknown wording
    given["title"] = given.get("title") or _free_title(sheet)
    given["range"] = full_range(sheet, box)
    sheet.views.append(tidy_format(given))
    return {"filter": deepcopy(sheet.views[-1])}


def _free_title(sheet: Sheet) -> str:
    titles = {view["title"] for view in sheet.views}
    return next(title for title in (f"Filter {n}" for n in count(1)) if title not in titles)


def _view(context: Context, view_id: int) -> tuple[Sheet, Json]:
    return the_object(context, "views", "filterViewId", view_id, "filter view")


def update_view(context: Context, request: Json) -> None:
    given, mask = request.get("filter", {}), mask_of(request)
    sheet, view = _view(context, given.get("filterViewId", 0))
    new = {**merge(view, tidy_format(given), mask), "filterViewId": view["filterViewId"]}
    target, box = the_box(context, new.get("range", {}))
    new["range"] = full_range(target, box)
    sheet.views[sheet.views.index(view)] = new


def delete_view(context: Context, request: Json) -> None:
    sheet, view = _view(context, request.get("filterId", 0))
    sheet.views.remove(view)


def duplicate_view(context: Context, request: Json) -> Json:
    sheet, view = _view(context, request.get("filterId", 0))
    copy = {**deepcopy(view), "filterViewId": context.new_id("view"), "title": f"Copy of {view['title']}"}
    sheet.views.append(copy)
    return {"filter": deepcopy(copy)}


def add_banding(context: Context, request: Json) -> Json:
    given = dict(request.get("bandedRange", {}))
    sheet, _ = the_box(context, given.get("range", {}))
    given["bandedRangeId"] = given.get("bandedRangeId") or context.new_id("band")
    given["range"] = tidy_range(given.get("range", {}))
    sheet.bands.append(tidy_format(given))
    return {"bandedRange": deepcopy(sheet.bands[-1])}


def _band(context: Context, band_id: int) -> tuple[Sheet, Json]:
    return the_object(context, "bands", "bandedRangeId", band_id, "banded range")


def update_banding(context: Context, request: Json) -> None:
    given, mask = request.get("bandedRange", {}), mask_of(request)
    sheet, band = _band(context, given.get("bandedRangeId", 0))
    new = {**merge(band, tidy_format(given), mask), "bandedRangeId": band["bandedRangeId"]}
    the_box(context, new.get("range", {}))
    sheet.bands[sheet.bands.index(band)] = {**new, "range": tidy_range(new["range"])}


def delete_banding(context: Context, request: Json) -> None:
    sheet, band = _band(context, request.get("bandedRangeId", 0))
    sheet.bands.remove(band)


KINDS = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_view,
    "updateFilterView": update_view,
    "deleteFilterView": delete_view,
    "duplicateFilterView": duplicate_view,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
}

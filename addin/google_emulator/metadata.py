"""Developer metadata: notes of programs that hang on a row, a column, a sheet or the spreadsheet; and data filters.

The storage limit is that of the documentation, 30,000 characters a sheet; two probes agree with it (LIVE harvester A10,
A14: about 1,200 entries on a sheet; 20,000 characters taken, 100,000 refused).
"""

from __future__ import annotations

from copy import deepcopy

from addin.google_emulator.a1 import a1, box_of, locate
from addin.google_emulator.answers import Json, bad, out_of_grid, unimplemented
from addin.google_emulator.context import Context
from addin.google_emulator.masks import merge, parse
from addin.google_emulator.model import Box, Sheet

LIMIT = 30_000


def create(context: Context, request: Json) -> Json:
    given = deepcopy(request.get("developerMetadata", {}))
    if not given.get("metadataKey"):
        raise bad("A developer metadata entry needs a key.")  # unknown wording
    entry = {"metadataId": given.get("metadataId") or context.new_id("metadata"), "metadataKey": given["metadataKey"]}
    if any(one["metadataId"] == entry["metadataId"] for one in context.book.metadata):
        raise bad(f"Developer metadata with id: {entry['metadataId']} already exists.")  # unknown wording
    if "metadataValue" in given:
        entry["metadataValue"] = given["metadataValue"]
    entry["location"] = _location(context, given.get("location", {}))
    entry["visibility"] = given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED")
    if entry["visibility"] == "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED":
        raise bad("A developer metadata entry needs a visibility.")  # unknown wording
    context.book.metadata.append(entry)
    _check_room(context, entry)
    return {"developerMetadata": deepcopy(entry)}


def _location(context: Context, given: Json) -> Json:
    if given.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in given:
        span = given["dimensionRange"]
        if span.get("endIndex", 0) - span.get("startIndex", 0) != 1:
            raise bad("developer metadata can only be associated with a single row or column")  # unknown wording
        known_sheet(context, span.get("sheetId", 0))
        kept = {"dimension": span["dimension"], "startIndex": span.get("startIndex", 0), "endIndex": span["endIndex"]}
        if span.get("sheetId", 0):
            kept = {"sheetId": span["sheetId"], **kept}
        return {"locationType": "ROW" if span["dimension"] == "ROWS" else "COLUMN", "dimensionRange": kept}
    if "sheetId" in given:
        known_sheet(context, given["sheetId"])
        return {"locationType": "SHEET", "sheetId": given["sheetId"]}
    raise bad("A developer metadata entry needs a location.")  # unknown wording


def known_sheet(context: Context, sheet_id: int) -> Sheet:
    sheet = context.book.by_id(sheet_id)
    if sheet is None:
        raise bad(f"No grid with id: {sheet_id}")
    return sheet


def _owner(place: Json) -> int | None:
    if place["locationType"] == "SPREADSHEET":
        return None
    found: int = place.get("dimensionRange", place).get("sheetId", 0)
    return found


def _check_room(context: Context, new: Json) -> None:
    owner = _owner(new["location"])
    used = sum(
        len(one["metadataKey"]) + len(one.get("metadataValue", ""))
        for one in context.book.metadata
        if _owner(one["location"]) == owner
    )
    if used > LIMIT:
        raise bad("Adding the requested developer metadata would exceed the allowed storage limit")


def matches(context: Context, entry: Json, lookup: Json) -> bool:
    """Whether an entry is what a lookup asks for; what the lookup leaves out may be anything."""
    names = ("metadataKey", "metadataValue", "metadataId", "visibility")
    here = entry["location"]
    return (
        all(entry.get(name) == lookup[name] for name in names if name in lookup)
        and lookup.get("locationType", here["locationType"]) == here["locationType"]
        and _is_there(context, here, lookup)
    )


def _is_there(context: Context, here: Json, lookup: Json) -> bool:
    """Whether a location is the one of a lookup, or meets it (discovery document, DeveloperMetadataLookup)."""
    strategy = lookup.get("locationMatchingStrategy", "INTERSECTING_LOCATION")
    if "metadataLocation" not in lookup:
        if "locationMatchingStrategy" in lookup:
            raise bad("A location matching strategy needs a metadata location.")  # unknown wording
        return True
    asked = _location(context, lookup["metadataLocation"])
    if strategy == "EXACT_LOCATION" or "SPREADSHEET" in (asked["locationType"], here["locationType"]):
        return here == asked
    mine, theirs = here.get("dimensionRange"), asked.get("dimensionRange")
    if mine and theirs and mine["dimension"] == theirs["dimension"]:
        return bool(mine == theirs)
    return _owner(here) == _owner(asked)


def found_by(context: Context, filters: list[Json]) -> list[tuple[Json, list[Json]]]:
    """The entries that any of the filters asks for, each with those filters."""
    if not filters:
        raise bad("At least one data filter must be given.")  # unknown wording
    if any("developerMetadataLookup" not in one for one in filters):
        raise unimplemented("a search for metadata by range is not carried out here")
    pairs = [
        (entry, [one for one in filters if matches(context, entry, one["developerMetadataLookup"])])
        for entry in context.book.metadata
    ]
    return [(entry, by) for entry, by in pairs if by]


def search(context: Context, body: Json) -> Json:
    """`developerMetadata:search` (the answer's form: LIVE harvester fixtures, 2026-09-30)."""
    found = found_by(context, body.get("dataFilters", []))
    if not found:
        return {}
    return {"matchedDeveloperMetadata": [{"developerMetadata": deepcopy(e), "dataFilters": by} for e, by in found]}


def places(context: Context, data_filter: Json) -> list[tuple[Sheet, Box]]:
    """The cells that a data filter selects: a range, or the rows, columns and sheets that metadata hang on."""
    if "a1Range" in data_filter:
        return [locate(context.book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [_inside(known_sheet(context, data_filter["gridRange"].get("sheetId", 0)), data_filter["gridRange"])]
    return [
        place
        for entry, _ in found_by(context, [data_filter])
        if (place := _place(context, entry["location"])) is not None
    ]


def _inside(sheet: Sheet, grid_range: Json) -> tuple[Sheet, Box]:
    """The cells of a GridRange that begins within the grid (google-spreadsheet's tests against the service)."""
    box = box_of(sheet, grid_range)
    if box.top >= sheet.row_count or box.left >= sheet.column_count:
        raise out_of_grid(a1(sheet, box), sheet.row_count, sheet.column_count)  # unknown wording
    return sheet, box


def _place(context: Context, location: Json) -> tuple[Sheet, Box] | None:
    owner = _owner(location)
    sheet = None if owner is None else context.book.by_id(owner)
    if sheet is None:
        return None
    span = location.get("dimensionRange")
    if span is None:
        return sheet, sheet.box
    if span["dimension"] == "ROWS":
        return sheet, Box(span["startIndex"], 0, span["endIndex"], sheet.column_count)
    return sheet, Box(0, span["startIndex"], sheet.row_count, span["endIndex"])


def update(context: Context, request: Json) -> Json:
    given, mask = request.get("developerMetadata", {}), parse(request.get("fields", "") or "*")
    changed = []
    for entry, _ in found_by(context, request.get("dataFilters", [])):
        if "location" in mask:
            raise unimplemented("moving developer metadata is not carried out here")
        names = {"metadataKey", "metadataValue", "visibility"}
        new = merge(entry, given, {name: {} for name in (names & set(given) if "*" in mask else names & set(mask))})
        entry.clear()
        entry.update(new)
        _check_room(context, entry)
        changed.append(deepcopy(entry))
    return {"developerMetadata": changed} if changed else {}


def delete(context: Context, request: Json) -> Json:
    gone = [entry for entry, _ in found_by(context, [request.get("dataFilter", {})])]
    context.book.metadata = [entry for entry in context.book.metadata if entry not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


CHANGES = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}

"""The paths of Sheets v4, each with what it does: parameters and body are checked, then an endpoint is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote

from addin.google_emulator import batch, datafilters, metadata, values
from addin.google_emulator.answers import Json, unimplemented, violations
from addin.google_emulator.batch.sheets import copy_of, copy_title
from addin.google_emulator.context import Context
from addin.google_emulator.masks import parse
from addin.google_emulator.render import Renderer, sheet_properties
from addin.google_emulator.shapes import read as read_body

Query = dict[str, list[str]]

_SYSTEM = {
    *("fields", "alt", "prettyPrint", "key", "quotaUser", "access_token", "oauth_token", "callback", "$.xgafv"),
    *("uploadType", "upload_protocol"),
}
_READ = {"majorDimension", "valueRenderOption", "dateTimeRenderOption"}
_WRITE = {"valueInputOption", "includeValuesInResponse", "responseValueRenderOption", "responseDateTimeRenderOption"}
_GET = {"ranges", "includeGridData", "commentsViewMode", "excludeTablesInBandedRanges"}
_ENUMS = {
    "majorDimension": ("DIMENSION_UNSPECIFIED", "ROWS", "COLUMNS"),
    "valueRenderOption": ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"),
    "dateTimeRenderOption": ("SERIAL_NUMBER", "FORMATTED_STRING"),
    "valueInputOption": ("INPUT_VALUE_OPTION_UNSPECIFIED", "RAW", "USER_ENTERED"),
    "insertDataOption": ("OVERWRITE", "INSERT_ROWS"),
}
_ENUMS["responseValueRenderOption"] = _ENUMS["valueRenderOption"]
_ENUMS["responseDateTimeRenderOption"] = _ENUMS["dateTimeRenderOption"]
_TYPES = {
    "majorDimension": "Dimension",
    "valueRenderOption": "ValueRenderOption",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "valueInputOption": "ValueInputOption",
    "insertDataOption": "AppendValuesRequest.InsertDataOption",
    "responseValueRenderOption": "ValueRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
}


class Asked(NamedTuple):
    """A request that has found its spreadsheet: what is left of the path, parameters, body."""

    context: Context
    groups: tuple[str, ...]
    query: Query
    body: Any
    other: Callable[[str], Context]


def options(query: Query, allowed: set[str]) -> Json:
    """The parameters that this method knows; 400 in Google's words for any other."""
    found, wrong = {}, []
    for name, given in query.items():
        if name in _SYSTEM or (name in ("ranges",) and name in allowed):
            continue
        if name not in allowed:
            text = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message."
            )
            wrong.append(("", text))
        elif name in _ENUMS and given[-1] not in _ENUMS[name]:
            kind = _TYPES[name]
            where = re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), name)
            text = f"Invalid value at '{where}' (type.googleapis.com/google.apps.sheets.v4.{kind}), \"{given[-1]}\""
            wrong.append((where, text))
        else:
            found[name] = given[-1].lower() == "true" if name.startswith(("include", "exclude")) else given[-1]
    if wrong:
        raise violations(wrong)
    return found


def get(asked: Asked) -> Json:
    chosen = options(asked.query, _GET)
    mask = parse(asked.query["fields"][0]) if asked.query.get("fields", [""])[0] else None
    grid = bool(chosen.get("includeGridData"))
    return _renderer(asked.context).spreadsheet(asked.query.get("ranges", []), grid, mask)


def _renderer(context: Context) -> Renderer:
    return Renderer(context.book, context.user, context.calculator)


def batch_update(asked: Asked) -> Json:
    options(asked.query, set())
    body = read_body(asked.body, "BatchUpdateSpreadsheetRequest")
    replies = batch.run(asked.context, body.get("requests", []))
    answer: Json = {"spreadsheetId": asked.context.book.id, "replies": replies}
    if not asked.context.as_recorded:
        answer["commentUpdateState"] = "NO_UPDATES_REQUESTED"  # LIVE harvester fixtures, 2026-09-30
    if body.get("includeSpreadsheetInResponse"):
        grid = body.get("responseIncludeGridData", False)
        ranges = body.get("responseRanges", [])
        answer["updatedSpreadsheet"] = _renderer(asked.context).spreadsheet(ranges, grid, None)
    return answer


def get_by_filter(asked: Asked) -> Json:
    body = read_body(asked.body, "GetSpreadsheetByDataFilterRequest")
    mask = parse(asked.query["fields"][0]) if "fields" in asked.query else None
    ranges = datafilters.as_ranges(asked.context, body.get("dataFilters", []))
    return _renderer(asked.context).spreadsheet(ranges, body.get("includeGridData", False), mask)


def values_get(asked: Asked) -> Json:
    return values.read(asked.context, unquote(asked.groups[0]), options(asked.query, _READ))


def values_update(asked: Asked) -> Json:
    chosen = options(asked.query, _WRITE)
    body = read_body(asked.body, "ValueRange", "data")
    return values.update(asked.context, unquote(asked.groups[0]), body, chosen).answer


def values_append(asked: Asked) -> Json:
    chosen = options(asked.query, _WRITE | {"insertDataOption"})
    body = read_body(asked.body, "ValueRange", "data")
    return values.append(asked.context, unquote(asked.groups[0]), body, chosen)


def values_clear(asked: Asked) -> Json:
    options(asked.query, set())
    cleared = values.clear(asked.context, unquote(asked.groups[0]))
    return {"spreadsheetId": asked.context.book.id, "clearedRange": cleared}


def values_batch_get(asked: Asked) -> Json:
    chosen = options(asked.query, _READ | {"ranges"})
    found = [values.read(asked.context, text, chosen) for text in asked.query.get("ranges", [])]
    answer: Json = {"spreadsheetId": asked.context.book.id}
    return {**answer, "valueRanges": found} if found else answer


def values_batch_update(asked: Asked) -> Json:
    options(asked.query, set())
    return values.batch_update(asked.context, read_body(asked.body, "BatchUpdateValuesRequest"))


def values_batch_clear(asked: Asked) -> Json:
    options(asked.query, set())
    body = read_body(asked.body, "BatchClearValuesRequest")
    cleared = [values.clear(asked.context, text) for text in body.get("ranges", [])]
    return {"spreadsheetId": asked.context.book.id, "clearedRanges": cleared}


def filter_get(asked: Asked) -> Json:
    return datafilters.batch_get(asked.context, read_body(asked.body, "BatchGetValuesByDataFilterRequest"))


def filter_update(asked: Asked) -> Json:
    return datafilters.batch_update(asked.context, read_body(asked.body, "BatchUpdateValuesByDataFilterRequest"))


def search(asked: Asked) -> Json:
    return metadata.search(asked.context, read_body(asked.body, "SearchDeveloperMetadataRequest"))


def copy_to(asked: Asked) -> Json:
    """`sheets/{id}:copyTo`: the sheet, with its contents, at the end of another spreadsheet."""
    body = read_body(asked.body, "CopySheetToAnotherSpreadsheetRequest")
    source = metadata.known_sheet(asked.context, int(asked.groups[0]))
    target = asked.other(body.get("destinationSpreadsheetId", ""))
    sheet = copy_of(source, None, target)
    sheet.title = copy_title(target.book, source.title)
    target.book.sheets.append(sheet)
    return sheet_properties(sheet, len(target.book.sheets) - 1)


class Route(NamedTuple):
    method: str
    path: re.Pattern[str]
    action: Callable[[Asked], Json]
    edits: bool


def _route(method: str, path: str, action: Callable[[Asked], Json], edits: bool = False) -> Route:
    return Route(method, re.compile(path, re.DOTALL), action, edits)


ROUTES = [
    _route("GET", "", get),
    _route("POST", ":batchUpdate", batch_update, True),
    _route("POST", ":getByDataFilter", get_by_filter),
    _route("GET", "/values:batchGet", values_batch_get),
    _route("POST", "/values:batchUpdate", values_batch_update, True),
    _route("POST", "/values:batchClear", values_batch_clear, True),
    _route("POST", "/values:batchGetByDataFilter", filter_get),
    _route("POST", "/values:batchUpdateByDataFilter", filter_update, True),
    _route("POST", "/values/(.+):append", values_append, True),
    _route("POST", "/values/(.+):clear", values_clear, True),
    _route("GET", "/values/(.+)", values_get),
    _route("PUT", "/values/(.+)", values_update, True),
    _route("POST", "/developerMetadata:search", search),
    _route("POST", r"/sheets/(\d+):copyTo", copy_to, True),
]


def find(method: str, rest: str) -> tuple[Route, tuple[str, ...]]:
    for route in ROUTES:
        found = route.path.fullmatch(rest) if route.method == method else None
        if found:
            return route, found.groups()
    raise unimplemented(f"{method} {rest} is not carried out here")

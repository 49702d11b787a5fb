"""Facts about the Sheets service that recordings cannot show, each with its source and date.

A fact is a function of an `Api` that gives what the service answers, and the answer that was seen. The same facts are
put to the emulator in every test run, and to the real service in the opt-in live suite, which prints each difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from google_world import Api

FINDINGS = "danjmfox/job-alert-harvester live-findings and live-fixtures, 2026-09-30"
SPIKE = "danjmfox/job-alert-harvester spike findings, 2026-09-29"
FORMATS = "gitronald/gdrives 007 note 005, 2026-09-27"
MOVES = "gitronald/gdrives 018 note 001, 2026-09-27"
EDGES = "gitronald/gdrives 020 live-findings, 2026-09-29"
COERCION = "mmedum/google-sheets-mcp sheetstest/writes.go, 2026-09-06"
REFUSALS = "fgac-ai/fine_grain_access_control test-google-bad-request-copy.ts, 2026-09-18"
DOCUMENT = "discovery document of Sheets v4, revision 20261019"
PYGSHEETS = "pygsheets tests/online_test.py, written against the service, 033334e of 2024-01-14"
NODE = "google-spreadsheet src/test/cells.test.ts, written against the service, e39c8e9 of 2026-04-29"
OTHER_RECORDINGS = "gspread's recordings, 2023-07 to 2024-10 (NOTES 3.2)"


@dataclass(frozen=True)
class Fact:
    """What is asked, what was answered, who saw it and when."""

    name: str
    source: str
    expected: Any
    ask: Callable[[Api], Any]


FACTS: list[Fact] = []


def fact(name: str, source: str, expected: Any) -> Callable[[Callable[[Api], Any]], Callable[[Api], Any]]:
    def add(ask: Callable[[Api], Any]) -> Callable[[Api], Any]:
        FACTS.append(Fact(name, source, expected, ask))
        return ask

    return add


def text(value: str) -> dict[str, Any]:
    return {"values": [{"userEnteredValue": {"stringValue": value}}]}


def _typed(api: Api, given: Any) -> Any:
    """What a typed value becomes: the unformatted value, and the number format of its cell."""
    api.put("A1", [[given]], typed=True)
    cell = api.cells("A1", "userEnteredFormat.numberFormat,userEnteredValue")[0][0]
    return [api.get("A1")[0][0], cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("pattern")]


for given, expected, source in (
    ("2026-09-05", [46270, "yyyy-mm-dd"], COERCION),
    ("$100.15", [100.15, '"$"#,##0.00'], COERCION),
    ("007", [7, None], COERCION),
    ("'0123", ["0123", None], COERCION),
    ("TRUE", [True, None], COERCION),
    ("=1+2", [3, None], COERCION),
    ("50%", [0.5, "0%"], FORMATS),
    ("2026-09-27 10:30:15", [46292.43767361111, "yyyy-mm-dd h:mm:ss"], FORMATS),
    ("2,000,000.01", [2000000.01, "#,##0.00"], OTHER_RECORDINGS),
):
    fact(f"typed {given} is {expected[0]!r}", source, expected)(lambda api, given=given: _typed(api, given))


@fact("typed 1-2 is the second of January of this year, shown as m-d", COERCION, [True, "m-d"])
def _(api: Api) -> Any:
    from datetime import UTC, datetime

    value, pattern = _typed(api, "1-2")
    january = (datetime(datetime.now(UTC).year, 1, 2) - datetime(1899, 12, 30)).days
    return [value == january, pattern]


@fact("RAW keeps text as text", FORMATS, [["007", "2026-09-05", "=1+2", "TRUE", "50%", " 1 "]])
def _(api: Api) -> Any:
    api.put("A1", [["007", "2026-09-05", "=1+2", "TRUE", "50%", " 1 "]])
    return api.get("A1:F1")


@fact("RAW numbers and booleans keep their type", FORMATS, [[7, 2.5, True]])
def _(api: Api) -> Any:
    api.put("A1", [[7, 2.5, True]])
    return api.get("A1:C1")


@fact("a stringValue that begins with = stays text", FINDINGS + " A16", [["=1+2"]])
def _(api: Api) -> Any:
    start = {"sheetId": api.gid, "rowIndex": 0, "columnIndex": 0}
    api.change({"updateCells": {"start": start, "rows": [text("=1+2")], "fields": "userEnteredValue"}})
    return api.get("A1")


@fact("23:59:59.999 is shown as the next day", FORMATS, [["2026-09-28"]])
def _(api: Api) -> Any:
    api.put("A1", [["2026-09-27"]], typed=True)
    api.put("A1", [[46292 + 86399.999 / 86400]])
    return api.get("A1", "FORMATTED_VALUE")


@fact("FORMATTED_VALUE has no regard for dateTimeRenderOption", OTHER_RECORDINGS, [["2020-01-01"]])
def _(api: Api) -> Any:
    api.put("A1", [["2020-01-01"]], typed=True)
    return api.get("A1", "FORMATTED_VALUE", dateTimeRenderOption="SERIAL_NUMBER")


RECORDED = "gspread's recordings, 2023-07 to 2024-10: "


@fact(
    "null skips a cell and is not counted, an empty text clears and is",
    RECORDED + "update_cell_objects 5",
    [3, [["a", "b"]]],
)
def _(api: Api) -> Any:
    api.put("A1:C1", [["a", "b", "c"]])
    answer = api.put("A1:D1", [[None, "b", "", ""]])
    return [answer["updatedCells"], api.get("A1:D1")]


@fact("an empty range has no values at all", RECORDED + "CellTest a1_value 4", ["majorDimension", "range"])
def _(api: Api) -> Any:
    return sorted(api.ok("GET", api.values("D4")))


@fact("blanks at the end are left out, those before are there", RECORDED + "batch_update 6", [["", "x"], [], ["y"]])
def _(api: Api) -> Any:
    api.put("A1:C3", [["", "x", ""], ["", "", ""], ["y", "", ""]])
    return api.get("A1:E9")


@fact(
    "a range is echoed in order and clipped",
    RECORDED + "range_reversed 6, insert_cols 9",
    ["A1:D4", "B1:B100", "A1:J1"],
)
def _(api: Api) -> Any:
    return [api.ok("GET", api.values(cells))["range"].split("!")[1] for cells in ("D4:A1", "B1:B", "A1:1")]


@fact(
    "a title is quoted only where it has to be",
    RECORDED + "import_csv 7, a1_value 6",
    ["plain!A1", "'two words'!A1", "'it''s'!A1"],
)
def _(api: Api) -> Any:
    seen = []
    for title in ("plain", "two words", "it's"):
        fields = {"properties": {"sheetId": api.gid, "title": title}, "fields": "title"}
        api.change({"updateSheetProperties": fields})
        shown = title.replace("'", "''")
        seen.append(api.ok("GET", f"/values/'{shown}'!A1")["range"])
    return seen


@fact(
    "a row with a gap: the next append lands under its last block",
    RECORDED + "append_row_with_empty_value 5-7",
    ["A1:C1", "C2:E2"],
)
def _(api: Api) -> Any:
    seen = []
    for _turn in range(2):
        body = {"values": [["x", "", "y"]]}
        answer = api.ok("POST", api.values("A1:J100") + ":append", body, valueInputOption="RAW")
        seen.append(answer["updates"]["updatedRange"].split("!")[1])
    return seen


@fact("totals count distinct columns", RECORDED + "batch_update 5", [2, 4, 8, 1])
def _(api: Api) -> Any:
    data = [{"range": api.range(f"A{row}:D{row}"), "values": [["a", "b", "", "d"]]} for row in (1, 4)]
    answer = api.ok("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    return [answer[f"totalUpdated{what}"] for what in ("Rows", "Columns", "Cells", "Sheets")]


@fact("a descending sort, blanks last", RECORDED + "sort 10", [[3], [2], [1]])
def _(api: Api) -> Any:
    api.put("A1:A4", [[2], [""], [3], [1]])
    spec = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    api.change({"sortRange": {"range": api.box(0, 0, 4, 1), "sortSpecs": [spec]}})
    return api.get("A1:A4")


@fact("sheetId 0 is left out of a range", RECORDED + "CellTest define_named_range 3", True)
def _(api: Api) -> Any:
    first = api.ok("GET", "", fields="sheets.properties.sheetId")["sheets"][0]["properties"]["sheetId"]
    request = {"name": f"fact_{api.gid}", "range": {**api.box(0, 0, 1, 1), "sheetId": first}}
    reply = api.change({"addNamedRange": {"namedRange": request}})[0]["addNamedRange"]["namedRange"]
    api.change({"deleteNamedRange": {"namedRangeId": reply["namedRangeId"]}})
    return (first == 0) == ("sheetId" not in reply["range"])


@fact("colours have 8 bits and no zero channels", RECORDED + "update_tab_color 7", {"red": 1, "blue": 0.49803922})
def _(api: Api) -> Any:
    style = {"rgbColor": {"red": 1, "green": 0, "blue": 0.5}}
    properties = {"sheetId": api.gid, "tabColorStyle": style}
    api.change({"updateSheetProperties": {"properties": properties, "fields": "tabColorStyle"}})
    sheets = api.ok("GET", "", fields="sheets.properties(sheetId,tabColorStyle)")["sheets"]
    mine = next(one["properties"] for one in sheets if one["properties"]["sheetId"] == api.gid)
    return mine["tabColorStyle"]["rgbColor"]


@fact("a batch is all or nothing, across two tabs", FINDINGS + " A3", [None, None])
def _(api: Api) -> Any:
    other = api.new_tab()
    requests = [
        {
            "updateCells": {
                "start": {"sheetId": gid, "rowIndex": 0, "columnIndex": 0},
                "rows": [text("x")],
                "fields": "userEnteredValue",
            }
        }
        for gid in (api.gid, other.gid, 999999999)
    ]
    assert api.refused_change(*requests).startswith("400 ")
    return [api.get("A1"), other.get("A1")]


@fact("values:batchUpdate is all or nothing", FINDINGS + " A4", None)
def _(api: Api) -> Any:
    data = [{"range": api.range("A1"), "values": [["x"]]}, {"range": "NoSuchTab!A1", "values": [["y"]]}]
    assert api.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})[0] == 400
    return api.get("A1")


@fact(
    "the refusal of values:batchUpdate counts its items",
    FINDINGS,
    "400 Invalid data[1]: Unable to parse range: NoSuchTab!A1",
)
def _(api: Api) -> Any:
    data = [{"range": api.range("A1"), "values": [["x"]]}, {"range": "NoSuchTab!A1", "values": [["y"]]}]
    return api.refusal("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})


@fact("an unknown sheet in a batch", FINDINGS, "400 Invalid requests[1].updateCells: No grid with id: 999999")
def _(api: Api) -> Any:
    return api.refused_change(
        *(
            {
                "updateCells": {
                    "start": {"sheetId": gid, "rowIndex": 0, "columnIndex": 0},
                    "rows": [text("x")],
                    "fields": "userEnteredValue",
                }
            }
            for gid in (api.gid, 999999)
        )
    )


@fact("updateCells of the value keeps the format; * resets it", FINDINGS + " A8", [True, None])
def _(api: Api) -> Any:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    api.change(
        {"repeatCell": {"range": api.box(0, 0, 1, 1), "cell": bold, "fields": "userEnteredFormat.textFormat.bold"}}
    )
    seen = []
    for fields in ("userEnteredValue", "*"):
        start = {"sheetId": api.gid, "rowIndex": 0, "columnIndex": 0}
        api.change({"updateCells": {"start": start, "rows": [text("x")], "fields": fields}})
        look = api.cells("A1", "userEnteredValue,userEnteredFormat.textFormat.bold")[0][0]
        seen.append(look.get("userEnteredFormat", {}).get("textFormat", {}).get("bold"))
    return seen


@fact(
    "appendCells lands after the last row that holds data, and the grid grows", FINDINGS + " A15", [["end"], ["new"], 4]
)
def _(api: Api) -> Any:
    tab = api.new_tab(3, 2)
    tab.put("B3", [["end"]])
    tab.change({"appendCells": {"sheetId": tab.gid, "rows": [text("new")], "fields": "userEnteredValue"}})
    sheets = tab.ok("GET", "", fields="sheets.properties(sheetId,gridProperties.rowCount)")["sheets"]
    rows = next(s["properties"]["gridProperties"]["rowCount"] for s in sheets if s["properties"]["sheetId"] == tab.gid)
    return [tab.get("B3")[0], tab.get("A4")[0], rows]


@fact(
    "values:update never makes the grid grow",
    FINDINGS + " A7",
    "400 Range (TAB!A4) exceeds grid limits. Max rows: 3, max columns: 2",
)
def _(api: Api) -> Any:
    tab = api.new_tab(3, 2)
    return tab.refusal("PUT", tab.values("A4"), {"values": [["x"]]}, valueInputOption="RAW")


@fact(
    "values:clear keeps notes and formats",
    COERCION,
    [{"note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}],
)
def _(api: Api) -> Any:
    cell = {"userEnteredValue": {"stringValue": "x"}, "note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
    api.change(
        {
            "repeatCell": {
                "range": api.box(0, 0, 1, 1),
                "cell": cell,
                "fields": "userEnteredValue,note,userEnteredFormat.textFormat.bold",
            }
        }
    )
    api.ok("POST", api.values("A1") + ":clear", {})
    return api.cells("A1", "userEnteredValue,note,userEnteredFormat.textFormat.bold")[0]


@fact("append within a block uses that block; on the whole sheet, the last block", COERCION, ["A3:A3", "C6:C6"])
def _(api: Api) -> Any:
    api.put("A1:A2", [["a"], ["a"]])
    api.put("C5", [["c"]])
    seen = []
    for cells in ("A1:A2", "A1:J100"):
        answer = api.ok("POST", api.values(cells) + ":append", {"values": [["x"]]}, valueInputOption="RAW")
        place = answer["updates"]["updatedRange"].split("!")[1]
        seen.append(place if ":" in place else f"{place}:{place}")
    return seen


@fact("INSERT_ROWS makes room instead of writing over what stands below", DOCUMENT, [["a"], ["new"], [], ["below"]])
def _(api: Api) -> Any:
    api.put("A1:A3", [["a"], [""], ["below"]])
    query = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    api.ok("POST", api.values("A1") + ":append", {"values": [["new"]]}, **query)
    return api.get("A1:A4")


@fact("metadata stays with its row when rows come in above", "DeveloperMetadata reference", [3, 4])
def _(api: Api) -> Any:
    _note_row(api, 1)
    api.change({"insertDimension": {"range": api.rows(0, 2), "inheritFromBefore": False}})
    return _noted_row(api)


@fact("metadata goes with its row when that is deleted", "DeveloperMetadata reference", None)
def _(api: Api) -> Any:
    _note_row(api, 1)
    api.change({"deleteDimension": {"range": api.rows(1, 2)}})
    return _noted_row(api)


@fact("metadata follows its row through sortRange", SPIKE, [0, 1])
def _(api: Api) -> Any:
    api.put("A1:A2", [["b"], ["a"]])
    _note_row(api, 1)
    spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    api.change({"sortRange": {"range": api.box(0, 0, 2, 10), "sortSpecs": [spec]}})
    return _noted_row(api)


def _note_row(api: Api, row: int) -> None:
    entry = {
        "metadataKey": f"fact{api.gid}",
        "metadataValue": "1",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": api.rows(row, row + 1)},
    }
    api.change({"createDeveloperMetadata": {"developerMetadata": entry}})


def _noted_row(api: Api) -> Any:
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": f"fact{api.gid}"}}]}
    found = api.ok("POST", "/developerMetadata:search", body).get("matchedDeveloperMetadata")
    if not found:
        return None
    place = found[0]["developerMetadata"]["location"]["dimensionRange"]
    return [place["startIndex"], place["endIndex"]]


@fact("metadata of 20,000 characters is taken, of 100,000 refused", FINDINGS + " A10", [200, 400])
def _(api: Api) -> Any:
    seen = []
    for length in (20_000, 100_000):
        tab = api.new_tab()
        entry = {
            "metadataKey": "k",
            "metadataValue": "x" * length,
            "visibility": "DOCUMENT",
            "location": {"sheetId": tab.gid},
        }
        request = {"createDeveloperMetadata": {"developerMetadata": entry}}
        seen.append(tab.call("POST", ":batchUpdate", {"requests": [request]})[0])
    return seen


@fact(
    "too much metadata",
    FINDINGS + " A14",
    "400 Invalid requests[0].createDeveloperMetadata: "
    "Adding the requested developer metadata would exceed the allowed storage limit",
)
def _(api: Api) -> Any:
    entry = {
        "metadataKey": "k",
        "metadataValue": "x" * 100_000,
        "visibility": "DOCUMENT",
        "location": {"sheetId": api.gid},
    }
    return api.refused_change({"createDeveloperMetadata": {"developerMetadata": entry}})


@fact("a write through a row's metadata reaches the right row", FINDINGS + " A5", [[], ["hit"]])
def _(api: Api) -> Any:
    api.put("B1", [["x"]])
    _note_row(api, 1)
    item = {
        "dataFilter": {"developerMetadataLookup": {"metadataKey": f"fact{api.gid}"}},
        "majorDimension": "ROWS",
        "values": [["hit"]],
    }
    api.ok("POST", "/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [item]})
    return api.get("A1:A2")


@fact("moveDimension counts the destination before the rows are taken out", MOVES, [["b"], ["c"], ["a"], ["d"]])
def _(api: Api) -> Any:
    api.put("A1:A4", [["a"], ["b"], ["c"], ["d"]])
    api.change({"moveDimension": {"source": api.rows(0, 1), "destinationIndex": 3}})
    return api.get("A1:A4")


@fact(
    "moveDimension to its own place",
    MOVES,
    "400 Invalid requests[0].moveDimension: destinationIndex[1] must be outside the requested range[1-2]",
)
def _(api: Api) -> Any:
    return api.refused_change({"moveDimension": {"source": api.rows(1, 2), "destinationIndex": 1}})


@fact(
    "moveDimension past the end",
    MOVES,
    "400 Invalid requests[0].moveDimension: destinationIndex[9] is after last row[8]",
)
def _(api: Api) -> Any:
    tab = api.new_tab(8, 2)
    return tab.refused_change({"moveDimension": {"source": tab.rows(1, 2), "destinationIndex": 9}})


@fact(
    "a range that starts past the edge is refused",
    EDGES,
    "400 Invalid requests[0].repeatCell: Range (TAB!A1001:B) exceeds grid limits. Max rows: 1000, max columns: 26",
)
def _(api: Api) -> Any:
    tab = api.new_tab(1000, 26)
    place = {"sheetId": tab.gid, "startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2}
    return tab.refused_change({"repeatCell": {"range": place, "cell": {}, "fields": "note"}})


@fact("a range that only ends past the edge is taken, and the grid stays", EDGES, 100)
def _(api: Api) -> Any:
    tab = api.new_tab(100, 2)
    place = {"sheetId": tab.gid, "startRowIndex": 50, "endRowIndex": 500, "startColumnIndex": 0, "endColumnIndex": 2}
    tab.change({"repeatCell": {"range": place, "cell": {"note": "n"}, "fields": "note"}})
    sheets = tab.ok("GET", "", fields="sheets.properties(sheetId,gridProperties.rowCount)")["sheets"]
    return next(s["properties"]["gridProperties"]["rowCount"] for s in sheets if s["properties"]["sheetId"] == tab.gid)


for name, expected, ask in (  # type: ignore[assignment]
    (
        "three corners",
        "400 Unable to parse range: TAB!A1:B2:C3",
        lambda api: api.refusal("GET", api.values("A1:B2:C3")),
    ),
    (
        "a read past the edge",
        "400 Range (TAB!A100000) exceeds grid limits. Max rows: 100, max columns: 10",
        lambda api: api.refusal("GET", api.values("A100000")),
    ),
    (
        "more columns than the range",
        "400 Requested writing within range [TAB!A1:B1], but tried writing to column [C]",
        lambda api: api.refusal("PUT", api.values("A1:B1"), {"values": [[1, 2, 3]]}, valueInputOption="RAW"),
    ),
    (
        "more rows than the range",
        "400 Requested writing within range [TAB!A1:B1], but tried writing to row [2]",
        lambda api: api.refusal("PUT", api.values("A1:B1"), {"values": [[1], [2]]}, valueInputOption="RAW"),
    ),
    (
        "a range in the body that is another",
        "400 Request range[TAB!A9] does not match value's range[TAB!A8]",
        lambda api: api.refusal(
            "PUT", api.values("A9"), {"range": api.range("A8"), "values": [[1]]}, valueInputOption="RAW"
        ),
    ),
    ("an empty batch", "400 Must specify at least one request.", lambda api: api.refused_change()),
    (
        "an unknown name",
        "400 Invalid JSON payload received. Unknown name \"frobnicate\" at 'requests[0]': Cannot find field.",
        lambda api: api.refused_change({"frobnicate": {}}),
    ),
    (
        "no field mask",
        (
            "400 Invalid requests[0].repeatCell: "
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        ),
        lambda api: api.refused_change({"repeatCell": {"range": api.box(0, 0, 1, 1), "cell": {}}}),
    ),
    (
        "a title that is taken",
        '400 Invalid requests[0].addSheet: A sheet with the name "TAB" already exists. Please enter another name.',
        lambda api: api.refused_change({"addSheet": {"properties": {"title": api.tab}}}),
    ),
):
    fact(f"refused: {name}", REFUSALS, expected)(ask)


@fact(
    "no valueInputOption",
    "googleapis/google-api-dotnet-client #1287",
    "400 'valueInputOption' is required but not specified",
)
def _(api: Api) -> Any:
    return api.refusal("PUT", api.values("A1"), {"values": [[1]]})


@fact(
    "the name of a named range that is taken",
    "burnash/gspread #1530",
    "400 Invalid requests[1].addNamedRange: "
    "Cannot add named range with name: Range1, a named range with that name already exists.",
)
def _(api: Api) -> Any:
    request = {"addNamedRange": {"namedRange": {"name": "Range1", "range": api.box(0, 0, 1, 1)}}}
    return api.refused_change(request, request)


@fact(
    "a protected range that is not there",
    "googleapis/google-api-python-client #1064",
    "400 Invalid requests[0].deleteProtectedRange: No protected range with id: 7",
)
def _(api: Api) -> Any:
    return api.refused_change({"deleteProtectedRange": {"protectedRangeId": 7}})


@fact(
    "a second protection of the sheet",
    "googleapis/google-api-python-client #1064",
    '400 Invalid requests[1].addProtectedRange: Sheet "TAB" already has sheet protection.',
)
def _(api: Api) -> Any:
    request = {"addProtectedRange": {"protectedRange": {"range": {"sheetId": api.gid}}}}
    return api.refused_change(request, request)


@fact(
    "editors of a range that only warns",
    "googleapis/google-api-python-client #1437",
    "400 Invalid requests[0].addProtectedRange: ProtectedRange is warningOnly. Editors cannot be set on it.",
)
def _(api: Api) -> Any:
    entry = {"range": api.box(0, 0, 1, 1), "warningOnly": True, "editors": {"users": ["a@example.org"]}}
    return api.refused_change({"addProtectedRange": {"protectedRange": entry}})


@fact(
    "more than ten million cells",
    "nithinmurali/pygsheets #589",
    "400 Invalid requests[0].updateSheetProperties: "
    "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
)
def _(api: Api) -> Any:
    properties = {"sheetId": api.gid, "gridProperties": {"rowCount": 2_000_000}}
    request = {"properties": properties, "fields": "gridProperties.rowCount"}
    return api.refused_change({"updateSheetProperties": request})


@fact("a conditional format goes in at its index", DOCUMENT, ["c", "b", "d", "a"])
def _(api: Api) -> Any:
    def rule(name: str) -> dict[str, Any]:
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": name}]}
        format_ = {"textFormat": {"bold": True}}
        return {"ranges": [api.box(0, 0, 5, 1)], "booleanRule": {"condition": condition, "format": format_}}

    for name, index in (("a", 0), ("b", 0), ("c", 0), ("d", 2)):
        api.change({"addConditionalFormatRule": {"rule": rule(name), "index": index}})
    sheets = api.ok("GET", "", fields="sheets(properties.sheetId,conditionalFormats)")["sheets"]
    rules = next(s["conditionalFormats"] for s in sheets if s["properties"]["sheetId"] == api.gid)
    return [one["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for one in rules]


@fact("the index of a sheet counts before the move", DOCUMENT, ["b", "a", "c"])
def _(api: Api) -> Any:
    tabs = {name: api.new_tab() for name in "abc"}
    order = api.ok("GET", "", fields="sheets.properties(sheetId,index)")["sheets"]
    at = {one["properties"]["sheetId"]: one["properties"]["index"] for one in order}
    wanted = {"sheetId": tabs["a"].gid, "index": at[tabs["b"].gid] + 1}
    api.change({"updateSheetProperties": {"properties": wanted, "fields": "index"}})
    order = api.ok("GET", "", fields="sheets.properties(sheetId)")["sheets"]
    names = {tab.gid: name for name, tab in tabs.items()}
    return [names[one["properties"]["sheetId"]] for one in order if one["properties"].get("sheetId") in names]


@fact("a batch answers commentUpdateState", FINDINGS, "NO_UPDATES_REQUESTED")
def _(api: Api) -> Any:
    request = {"updateCells": {"range": api.box(0, 0, 1, 1), "fields": "note"}}
    return api.ok("POST", ":batchUpdate", {"requests": [request]}).get("commentUpdateState")


@fact("an empty list is none", PYGSHEETS, [{"range": {"startColumnIndex": 0, "startRowIndex": 0, "endColumnIndex": 3}}])
def _(api: Api) -> Any:
    wish = {"range": api.box(0, 0, 5, 3), "sortSpecs": [], "filterSpecs": []}
    api.change({"setBasicFilter": {"filter": wish}})
    sheets = api.ok("GET", "", fields="sheets(properties.sheetId,basicFilter)")["sheets"]
    found = next(one["basicFilter"] for one in sheets if one["properties"]["sheetId"] == api.gid)
    found["range"].pop("sheetId")
    found["range"].pop("endRowIndex")
    return [found]


@fact("a name that is none is an error of the cell", NODE, "NAME")
def _(api: Api) -> Any:
    api.put("A1", [["=NOTAFORMULA"]], typed=True)
    return api.cells("A1", "effectiveValue")[0][0]["effectiveValue"]["errorValue"]["type"]


@fact("cells by a range outside the grid are refused", NODE, "400")
def _(api: Api) -> Any:
    body = {"dataFilters": [{"gridRange": {"sheetId": api.gid, "startRowIndex": 100_000}}]}
    return api.refusal("POST", ":getByDataFilter", body)[:3]


def _noted(api: Api, **lookup: Any) -> list[str]:
    """The keys of the developer metadata that a lookup finds on a row, a column and the sheet."""
    row, column = api.rows(2, 3), {**api.rows(1, 2), "dimension": "COLUMNS"}
    places = {"row": {"dimensionRange": row}, "column": {"dimensionRange": column}, "sheet": {"sheetId": api.gid}}
    for key, place in places.items():
        entry = {"metadataKey": key, "location": place, "visibility": "DOCUMENT"}
        api.change({"createDeveloperMetadata": {"developerMetadata": entry}})
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataLocation": places["row"], **lookup}}]}
    found = api.ok("POST", "/developerMetadata:search", body).get("matchedDeveloperMetadata", [])
    return [one["developerMetadata"]["metadataKey"] for one in found]


@fact("metadata are found by the place that they meet", DOCUMENT, ["row", "column", "sheet"])
def _(api: Api) -> Any:
    return _noted(api)


@fact("metadata are found by their exact place", DOCUMENT, ["row"])
def _(api: Api) -> Any:
    return _noted(api, locationMatchingStrategy="EXACT_LOCATION")


@fact("a chart has the usual font", PYGSHEETS, ["Roboto", "Roboto"])
def _(api: Api) -> Any:
    position = {"overlayPosition": {"anchorCell": {"sheetId": api.gid, "rowIndex": 0, "columnIndex": 0}}}
    spec = {"title": "t", "basicChart": {"chartType": "COLUMN"}}
    made = api.change({"addChart": {"chart": {"spec": spec, "position": position}}})[0]["addChart"]["chart"]["spec"]
    return [made["fontName"], made["titleTextFormat"]["fontFamily"]]


@fact("a basic filter with an order sorts the rows below the headers", PYGSHEETS, [["h"], [1], [2], [3]])
def _(api: Api) -> Any:
    api.put("A1", [["h"], [3], [1], [2]])
    wish = {"range": api.box(0, 0, 4, 1), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}
    api.change({"setBasicFilter": {"filter": wish}})
    return api.get("A1:A4")


@fact("criteria of a basic filter are given in both forms", PYGSHEETS, {"0": {"hiddenValues": ["x"]}})
def _(api: Api) -> Any:
    specs = [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["x"]}}]
    api.change({"setBasicFilter": {"filter": {"range": api.box(0, 0, 4, 1), "filterSpecs": specs}}})
    sheets = api.ok("GET", "", fields="sheets(properties.sheetId,basicFilter)")["sheets"]
    found = next(one["basicFilter"] for one in sheets if one["properties"]["sheetId"] == api.gid)
    return found["criteria"] if found["filterSpecs"] == specs else None

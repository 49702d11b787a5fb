"""Requests and answers fit the service's own discovery document."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from google_facts import FACTS, text
from google_replay import SETTING, load, recordings
from google_schema import check_exchange, document, messages_of, misfits, schemas
from google_world import Api, fresh

from addin.google_emulator import messages, shapes
from addin.google_emulator.batch import KINDS


def _type(schema: dict[str, Any]) -> str:
    """A field's type in the words of messages.py; an enum is just `enum` here."""
    if "$ref" in schema:
        return str(schema["$ref"])
    if schema["type"] == "array":
        return f"[{_type(schema['items'])}]"
    if "enum" in schema:
        return "enum"
    if "additionalProperties" in schema:
        return "{" + _type(schema["additionalProperties"]) + "}"
    return {"integer": "int", "boolean": "bool", "any": "value"}.get(schema["type"], str(schema["type"]))


def _declared(kind: str) -> str:
    inner = kind.strip("[]{}")
    return kind.replace(inner, "enum") if inner in shapes._tables()[1] else kind


def test_the_list_of_kinds_is_the_service_s() -> None:
    assert set(messages.KINDS.split()) | set(messages.NOT_BUILT.split()) == set(schemas()["Request"]["properties"])


def test_each_kind_that_is_listed_is_carried_out() -> None:
    assert set(KINDS) == set(messages.KINDS.split())


@pytest.mark.parametrize("message", [name for name in shapes._tables()[0] if name != "Request"])
def test_each_message_has_the_service_s_fields_and_types(message: str) -> None:
    """An `object` is one whose inside the emulator does not look at."""
    wanted = {name: _type(schema) for name, schema in schemas()[message].get("properties", {}).items()}
    declared = {name: _declared(kind) for name, kind in shapes.fields_of(message).items()}
    assert set(declared) == set(wanted)
    assert {n: k for n, k in declared.items() if k.strip("[]") != "object"} == {
        n: k for n, k in wanted.items() if declared[n].strip("[]") != "object"
    }


def test_each_enum_has_the_service_s_words() -> None:
    known = {
        frozenset(one.get("items", one)["enum"])
        for schema in schemas().values()
        for one in schema.get("properties", {}).values()
        if "enum" in one.get("items", one)
    }
    assert all(words in known for words in shapes._tables()[1].values())


def test_recorded_answers_fit() -> None:
    """The check itself is right: it finds nothing wrong with what Google answered."""
    folder = recordings()
    if folder is None:
        pytest.skip(f"no recordings here: set {SETTING} to their folder")
    checked: Counter[str] = Counter()
    for one in (one for file in load(folder) for one in file):
        message = messages_of(one.method, one.path)[1]
        if one.path.startswith("/v4/") and message and one.code == 200:
            checked["answers"] += 1
            assert misfits(one.got, {"$ref": message}) == [], one.name
    assert checked["answers"] >= 700


def test_a_wrong_body_is_noticed() -> None:
    document()
    assert misfits({"requests": [{"addSheett": {}}]}, {"$ref": "BatchUpdateSpreadsheetRequest"})
    assert misfits({"sheets": [{"properties": {"sheetId": "7"}}]}, {"$ref": "Spreadsheet"})


@pytest.fixture
def checked() -> Api:
    """A spreadsheet of which every exchange is held to the document."""
    document()
    api = fresh()

    def watch(method: str, path: str, sent: Any, status: int, got: Any) -> None:
        assert check_exchange(method, path, sent, status, got) == []

    api.watchers.append(watch)
    return api


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_exchanges_of_each_fact_fit(fact: Any, checked: Api) -> None:
    fact.ask(checked.new_tab())


RED = {"red": 1, "green": 0.2}
BOLD = {"textFormat": {"bold": True}, "backgroundColor": RED}


def _requests(api: Api) -> list[dict[str, Any]]:
    """One request of every kind, in an order in which they can be carried out."""
    box, row = api.box(0, 0, 3, 3), api.rows(1, 2)
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "x"}]}
    rule = {"ranges": [box], "booleanRule": {"condition": condition, "format": BOLD}}
    choice = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}, "strict": True}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": api.gid, "rowIndex": 1, "columnIndex": 1}}}
    note = {"metadataKey": "k", "metadataValue": "v", "visibility": "DOCUMENT", "location": {"dimensionRange": row}}
    lookup = {"developerMetadataLookup": {"metadataKey": "k"}}
    line = {"style": "SOLID", "color": RED}
    bands = {"headerColor": RED, "firstBandColor": RED}
    cell = {"userEnteredValue": {"numberValue": 2.5}, "userEnteredFormat": BOLD, "note": "n", "dataValidation": choice}
    return [
        {"addSheet": {"properties": {"title": "new", "sheetId": 71, "tabColor": RED}}},
        {"duplicateSheet": {"sourceSheetId": 71, "newSheetId": 72, "newSheetName": "twin"}},
        {"deleteSheet": {"sheetId": 72}},
        {"updateSheetProperties": {"properties": {"sheetId": 71, "hidden": True}, "fields": "hidden"}},
        {"updateSpreadsheetProperties": {"properties": {"title": "T", "locale": "en_GB"}, "fields": "title,locale"}},
        {"updateCells": {"range": box, "rows": [{"values": [cell]}], "fields": "*"}},
        {"repeatCell": {"range": box, "cell": {"userEnteredFormat": BOLD}, "fields": "userEnteredFormat"}},
        {"appendCells": {"sheetId": api.gid, "rows": [text("a")], "fields": "userEnteredValue"}},
        {"mergeCells": {"range": api.box(10, 0, 12, 2), "mergeType": "MERGE_ALL"}},
        {"unmergeCells": {"range": api.box(10, 0, 12, 2)}},
        {"updateBorders": {"range": box, "top": line, "innerVertical": line}},
        {"copyPaste": {"source": box, "destination": api.box(20, 0, 23, 3)}},
        {"findReplace": {"find": "a", "replacement": "b", "range": box}},
        {"pasteData": {"coordinate": {"sheetId": api.gid, "rowIndex": 20}, "data": "a\tb", "delimiter": "\t"}},
        {"cutPaste": {"source": api.box(20, 0, 23, 3), "destination": {"sheetId": api.gid, "rowIndex": 30}}},
        {"sortRange": {"range": box, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}},
        {"insertRange": {"range": api.box(40, 0, 41, 1), "shiftDimension": "ROWS"}},
        {"deleteRange": {"range": api.box(40, 0, 41, 1), "shiftDimension": "ROWS"}},
        {"insertDimension": {"range": row}},
        {"deleteDimension": {"range": row}},
        {"moveDimension": {"source": row, "destinationIndex": 5}},
        {"appendDimension": {"sheetId": api.gid, "dimension": "ROWS", "length": 1}},
        {"updateDimensionProperties": {"range": row, "properties": {"pixelSize": 30}, "fields": "pixelSize"}},
        {"autoResizeDimensions": {"dimensions": row}},
        {"addDimensionGroup": {"range": row}},
        {"updateDimensionGroup": {"dimensionGroup": {"range": row, "depth": 1, "collapsed": True}, "fields": "*"}},
        {"deleteDimensionGroup": {"range": row}},
        {"addNamedRange": {"namedRange": {"namedRangeId": "n1", "name": "first", "range": box}}},
        {"updateNamedRange": {"namedRange": {"namedRangeId": "n1", "name": "other"}, "fields": "name"}},
        {"deleteNamedRange": {"namedRangeId": "n1"}},
        {"addProtectedRange": {"protectedRange": {"protectedRangeId": 5, "range": box}}},
        {
            "updateProtectedRange": {
                "protectedRange": {"protectedRangeId": 5, "description": "d"},
                "fields": "description",
            }
        },
        {"deleteProtectedRange": {"protectedRangeId": 5}},
        {"setDataValidation": {"range": box, "rule": choice}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"updateConditionalFormatRule": {"rule": rule, "index": 0}},
        {"deleteConditionalFormatRule": {"sheetId": api.gid, "index": 0}},
        {"setBasicFilter": {"filter": {"range": box}}},
        {"clearBasicFilter": {"sheetId": api.gid}},
        {"addFilterView": {"filter": {"filterViewId": 6, "title": "v", "range": box}}},
        {"updateFilterView": {"filter": {"filterViewId": 6, "title": "w"}, "fields": "title"}},
        {"duplicateFilterView": {"filterId": 6}},
        {"deleteFilterView": {"filterId": 6}},
        {"addBanding": {"bandedRange": {"bandedRangeId": 7, "range": box, "rowProperties": bands}}},
        {"updateBanding": {"bandedRange": {"bandedRangeId": 7, "rowProperties": bands}, "fields": "rowProperties"}},
        {"deleteBanding": {"bandedRangeId": 7}},
        {"addChart": {"chart": {"chartId": 8, "spec": {"title": "c"}, "position": anchor}}},
        {"updateChartSpec": {"chartId": 8, "spec": {"title": "d"}}},
        {"updateEmbeddedObjectPosition": {"objectId": 8, "newPosition": anchor, "fields": "anchorCell"}},
        {"deleteEmbeddedObject": {"objectId": 8}},
        {"createDeveloperMetadata": {"developerMetadata": note}},
        {
            "updateDeveloperMetadata": {
                "dataFilters": [lookup],
                "developerMetadata": {"metadataValue": "w"},
                "fields": "metadataValue",
            }
        },
        {"deleteDeveloperMetadata": {"dataFilter": lookup}},
    ]


def test_every_kind_of_request_is_carried_out_and_fits(checked: Api) -> None:
    tab = checked.new_tab()
    requests = _requests(tab)
    assert {kind for request in requests for kind in request} == set(KINDS)
    for request in requests:
        tab.ok("POST", ":batchUpdate", {"requests": [request], "includeSpreadsheetInResponse": True})
    tab.ok("GET", "", includeGridData="true")


def test_a_spreadsheet_with_everything_in_it_fits(checked: Api) -> None:
    """Nothing is taken away again: the whole content stands in one answer."""
    tab = checked.new_tab()
    gone = ("delete", "unmerge", "clear")
    tab.change(*(r for r in _requests(tab) if not next(iter(r)).startswith(gone) and "insertRange" not in r))
    tab.put("A1:C2", [["=1/0", "=A9", "2026-01-02"], ["TRUE", "1.5", "'01"]], typed=True)
    body = {"requests": [{"appendDimension": {"sheetId": tab.gid, "dimension": "ROWS", "length": 1}}]}
    wide = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
    answer = tab.ok("POST", ":batchUpdate", {**body, **wide})
    sheet = next(s for s in answer["updatedSpreadsheet"]["sheets"] if s["properties"]["sheetId"] == tab.gid)
    assert {"charts", "bandedRanges", "filterViews", "protectedRanges", "conditionalFormats", "basicFilter"} <= set(
        sheet
    )


def test_the_other_endpoints_fit(checked: Api) -> None:
    tab = checked.new_tab()
    tab.put("A1:B2", [[1, "a"], [2, "b"]])
    tab.ok(
        "POST", tab.values("A1") + ":append", {"values": [[3]]}, valueInputOption="RAW", includeValuesInResponse="true"
    )
    tab.ok("GET", "/values:batchGet", ranges=[tab.range("A1"), tab.range("B:B")])
    tab.ok("POST", "/values:batchClear", {"ranges": [tab.range("A2")]})
    tab.ok("POST", "/values:batchGetByDataFilter", {"dataFilters": [{"a1Range": tab.range("A1:B1")}]})
    tab.ok("POST", ":getByDataFilter", {"dataFilters": [{"gridRange": tab.box(0, 0, 1, 1)}], "includeGridData": True})
    tab.ok("POST", f"/sheets/{tab.gid}:copyTo", {"destinationSpreadsheetId": tab.book})


@pytest.mark.parametrize("kind", messages.NOT_BUILT.split())
def test_a_kind_that_is_not_built_is_refused_with_501(kind: str) -> None:
    assert fresh().refused_change({kind: {}}).startswith("501 local emulator, not Google: ")

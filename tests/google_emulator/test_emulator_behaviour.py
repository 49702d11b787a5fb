"""What the emulator does beyond single answers: things that hang on rows move along, rights hold, formulas follow."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from google_world import BOT, Api, fresh, local

from addin.google_emulator.a1 import quoted
from addin.google_emulator.answers import ApiError
from addin.google_emulator.number_formats import shown
from addin.google_emulator.references import copied, rewritten
from addin.google_emulator.service import Service
from addin.google_emulator.shifting import Shift

TEACHER = "teacher@school.example"


@pytest.fixture
def api() -> Api:
    return fresh().new_tab()


def sheet_of(api: Api, fields: str) -> Any:
    sheets = api.ok("GET", "", fields=f"sheets(properties.sheetId,{fields})")["sheets"]
    return next(one for one in sheets if one["properties"]["sheetId"] == api.gid)


@pytest.mark.parametrize(
    ("number", "kind", "pattern", "text"),
    [
        (46270, "DATE", "yyyy-mm-dd", "2026-09-05"),
        (46270, "DATE", "d mmm yyyy", "5 Sep 2026"),
        (46270, "DATE", "dddd, mmmm d", "Saturday, September 5"),
        (46270.4375, "DATE_TIME", "yyyy-mm-dd hh:mm", "2026-09-05 10:30"),
        (0.75, "TIME", "h:mm am/pm", "6:00 PM"),
        (0.75, "TIME", "hh:mm:ss", "18:00:00"),
        (1234.5, "NUMBER", "#,##0.00", "1,234.50"),
        (1234.5, "NUMBER", "0", "1235"),
        (-2.5, "NUMBER", "0.0#", "-2.5"),
        (0.125, "PERCENT", "0.0%", "12.5%"),
        (5, "CURRENCY", '"$"#,##0.00', "$5.00"),
        (1234.5, "SCIENTIFIC", "0.00E+00", "1.23E+03"),
        (7, "NUMBER", "000", "007"),
    ],
)
def test_numbers_are_shown_by_their_format(number: float, kind: str, pattern: str, text: str) -> None:
    assert shown(number, {"type": kind, "pattern": pattern}) == text


def test_a_format_that_is_not_known_is_refused() -> None:
    with pytest.raises(ApiError, match="not known here"):
        shown(1, {"type": "NUMBER", "pattern": "# ?/?"})


@pytest.mark.parametrize("text", ["10:30", "5 Sep 2026", "€5", "1/2", "12.5.2026", "+41 79 123", "Sept 5, 2026", "$-5"])
def test_typed_text_that_google_may_read_otherwise_is_refused_when_strict(api: Api, text: str) -> None:
    refusal = api.refusal("PUT", api.values("A1"), {"values": [[text]]}, valueInputOption="USER_ENTERED")
    assert refusal.startswith("501 ") and text in refusal


@pytest.mark.parametrize("text", ["Ada", "3 rooms", "0001-0042-x", "M27", "a1b2", "May", "8085807e40000000x", "n/a"])
def test_other_text_stays_as_it_was_typed(api: Api, text: str) -> None:
    api.put("A1", [[text]], typed=True)
    assert api.get("A1") == [[text]]


def test_without_strictness_a_doubtful_text_stays_and_is_noted() -> None:
    service = Service(strict=False)
    api = fresh(service).new_tab()
    api.put("A1", [["10:30"]], typed=True)
    assert api.get("A1") == [["10:30"]] and "10:30" in service.notes[0]


def test_numbers_have_double_precision(api: Api) -> None:
    """An integer beyond 2**53 loses its last digits, as in the service: codes must be sent as text."""
    api.put("A1", [[12345678901234567890, 9007199254740992]])
    assert api.get("A1:B1") == [[float(12345678901234567890), 9007199254740992]]


def test_a_text_of_more_than_50000_characters_is_refused(api: Api) -> None:
    refusal = api.refusal("PUT", api.values("A1"), {"values": [["x" * 50_001]]}, valueInputOption="RAW")
    assert "50000 characters" in refusal


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", 7),
        ("=(1+2)*3", 9),
        ("=2^3", 8),
        ("=-A1", -1),
        ("=50%", 0.5),
        ('="a"&1', "a1"),
        ("=A1=1", True),
        ('="b">"A"', True),
        ("=1/0", "#DIV/0!"),
        ('=A1+"x"', "#VALUE!"),
        ("=SUM(A1:A3)", 6),
        ("=SUM(A:A)", 6),
        ("=AVERAGE(A1:A3,10)", 4),
        ("=COUNTA(A1:B3)", 4),
        ("=COUNTBLANK(A1:B3)", 2),
        ('=COUNTIF(A1:A3,">1")', 2),
        ('=COUNTIF(B1:B3,"X")', 1),
        ('=IF(A1>0,"yes","no")', "yes"),
        ("=IFERROR(1/0,0)", 0),
        ("=LEN(B2)", 1),
        ('=HYPERLINK("#gid=0","go")', "go"),
        ("=MAX(A1:A3)-MIN(A1:A3)", 2),
        ("=$A$2", 2),
    ],
)
def test_the_declared_formulas_are_worked_out(api: Api, formula: str, value: Any) -> None:
    api.put("A1:B3", [[1, ""], [2, "x"], [3, ""]])
    api.put("D1", [[formula]], typed=True)
    assert api.get("D1") == [[value]]
    assert api.get("D1", "FORMULA") == [[formula]]


@pytest.mark.parametrize("formula", ["=QUERY(A1:B2)", "=A1:B2", "=SUM(", "=9^9^9^9", "=1 2", "=NOW()"])
def test_any_other_formula_is_refused_and_kept(api: Api, formula: str) -> None:
    api.put("D1", [[formula]], typed=True)
    assert api.refusal("GET", api.values("D1")).startswith("501 ")
    assert api.get("D1", "FORMULA") == [[formula]]


def test_formulas_of_other_sheets_and_circles() -> None:
    api = fresh()
    other = api.new_tab()
    other.put("A1", [[5]])
    api.put("A1", [[f"={other.tab}!A1*2", "=C1", "=B1"]], typed=True)
    assert api.get("A1:C1") == [[10, "#REF!", "#REF!"]]


@pytest.mark.parametrize(
    ("formula", "shift", "after"),
    [
        ("=A5+A1", Shift("ROWS", 2, 3), "=A8+A1"),
        ("=SUM(A1:A5)", Shift("ROWS", 2, 1), "=SUM(A1:A6)"),
        ("=SUM(A:A)", Shift("ROWS", 2, 1), "=SUM(A:A)"),
        ("=B1", Shift("COLUMNS", 0, 1), "=C1"),
        ("=$B$3", Shift("ROWS", 0, 1), "=$B$4"),
        ("=A3", Shift("ROWS", 2, -1), "=#REF!"),
        ("=SUM(A1:A5)", Shift("ROWS", 1, -2), "=SUM(A1:A3)"),
        ('="A5"&A5', Shift("ROWS", 0, 1), '="A5"&A6'),
        ("=Other!A5", Shift("ROWS", 0, 1), "=Other!A5"),
        ("='S 1'!A5", Shift("ROWS", 0, 1), "='S 1'!A6"),
        ("=LOG10(A1)", Shift("ROWS", 0, 1), "=LOG10(A2)"),
    ],
)
def test_references_follow_their_cells(formula: str, shift: Shift, after: str) -> None:
    assert rewritten(formula, "S 1", "S 1", shift) == after


def test_a_copied_formula_moves_what_has_no_dollar() -> None:
    assert copied("=A1+$B$1+C$1+$D1", 2, 1) == "=B3+$B$1+D$1+$D3"
    assert copied("=A1", -1, 0) == "=#REF!"


def test_what_hangs_on_rows_moves_with_them(api: Api) -> None:
    box = api.box(4, 0, 6, 2)
    rule = {
        "ranges": [box],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
    }
    api.change(
        {"mergeCells": {"range": box, "mergeType": "MERGE_ALL"}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"addProtectedRange": {"protectedRange": {"range": box}}},
        {"addNamedRange": {"namedRange": {"name": "here", "range": box}}},
        {"setBasicFilter": {"filter": {"range": box}}},
        {"addFilterView": {"filter": {"title": "v", "range": box}}},
        {
            "updateDimensionProperties": {
                "range": api.rows(4, 5),
                "properties": {"pixelSize": 50},
                "fields": "pixelSize",
            }
        },
        {"insertDimension": {"range": api.rows(0, 3)}},
        {"deleteDimension": {"range": api.rows(0, 1)}},
    )
    found = sheet_of(api, "merges,conditionalFormats,protectedRanges.range,basicFilter,filterViews")
    ranges = [
        found["merges"][0],
        found["conditionalFormats"][0]["ranges"][0],
        found["protectedRanges"][0]["range"],
        found["basicFilter"]["range"],
        found["filterViews"][0]["range"],
        api.ok("GET", "", fields="namedRanges")["namedRanges"][0]["range"],
    ]
    assert {(one["startRowIndex"], one["endRowIndex"]) for one in ranges} == {(6, 8)}
    sizes = api.ok("GET", "", ranges=[api.range("A7:A8")], fields="sheets.data.rowMetadata.pixelSize")
    assert [one["pixelSize"] for one in sizes["sheets"][0]["data"][0]["rowMetadata"]] == [50, 21]


def test_a_deleted_range_takes_what_hung_on_it_along(api: Api) -> None:
    api.change(
        {"addProtectedRange": {"protectedRange": {"range": api.box(2, 0, 3, 2)}}},
        {"mergeCells": {"range": api.box(2, 0, 3, 2), "mergeType": "MERGE_ALL"}},
        {"deleteDimension": {"range": api.rows(2, 3)}},
    )
    assert set(sheet_of(api, "merges,protectedRanges")) == {"properties"}


def test_a_new_row_looks_like_the_one_after_it_or_before_it(api: Api) -> None:
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    api.change({"repeatCell": {"range": api.box(1, 0, 2, 1), "cell": look, "fields": "userEnteredFormat"}})
    api.change({"insertDimension": {"range": api.rows(1, 2), "inheritFromBefore": False}})
    api.change({"insertDimension": {"range": api.rows(4, 5), "inheritFromBefore": False}})
    assert [bool(row) for row in api.cells("A1:A5", "userEnteredFormat")] == [False, True, True]


@pytest.fixture
def shared() -> tuple[Api, Api]:
    """The same tab for the bot and for a teacher."""
    service = Service()
    mine = fresh(service).new_tab()
    share = {"type": "user", "role": "writer", "emailAddress": TEACHER}
    assert mine.send("POST", f"/drive/v3/files/{mine.book}/permissions", {}, share)[0] == 200
    return mine, Api(local(service, TEACHER), mine.book, mine.tab, mine.gid)


def test_a_protected_range_holds_against_every_way_in(shared: tuple[Api, Api]) -> None:
    mine, teacher = shared
    mine.put("A1:B3", [["id", "name"], ["1", "a"], ["2", "b"]])
    mine.change({"addProtectedRange": {"protectedRange": {"range": mine.box(0, 0, 10, 1)}}})
    gid = mine.gid
    tries = [
        {"updateCells": {"range": mine.box(1, 0, 2, 1), "fields": "userEnteredValue"}},
        {"repeatCell": {"range": mine.box(0, 0, 2, 2), "cell": {}, "fields": "note"}},
        {"deleteDimension": {"range": mine.rows(1, 2)}},
        {"insertDimension": {"range": mine.rows(1, 2)}},
        {"moveDimension": {"source": mine.rows(1, 2), "destinationIndex": 3}},
        {"sortRange": {"range": mine.box(0, 0, 3, 2), "sortSpecs": [{"dimensionIndex": 1}]}},
        {"copyPaste": {"source": mine.box(0, 1, 1, 2), "destination": mine.box(0, 0, 1, 1)}},
        {"mergeCells": {"range": mine.box(0, 0, 1, 2), "mergeType": "MERGE_ALL"}},
        {"deleteSheet": {"sheetId": gid}},
    ]
    for request in tries:
        assert "protected cell" in teacher.refused_change(request), request
    for method, rest in (("PUT", mine.values("A1")), ("POST", mine.values("A1") + ":clear")):
        query = {"valueInputOption": "RAW"} if method == "PUT" else {}
        assert "protected cell" in teacher.refusal(method, rest, {"values": [["x"]]} if query else {}, **query)
    teacher.put("B2", [["mine"]])
    assert mine.get("A1:B3") == [["id", "name"], ["1", "mine"], ["2", "b"]]


def test_editors_warnings_and_spared_cells(shared: tuple[Api, Api]) -> None:
    mine, teacher = shared
    spared = {"range": {"sheetId": mine.gid}, "unprotectedRanges": [mine.box(1, 1, 5, 2)]}
    protected = mine.change({"addProtectedRange": {"protectedRange": spared}})[0]["addProtectedRange"]["protectedRange"]
    teacher.put("B2:B3", [["x"], ["y"]])
    assert "protected cell" in teacher.refusal("PUT", mine.values("C2"), {"values": [["x"]]}, valueInputOption="RAW")
    entry = {"protectedRangeId": protected["protectedRangeId"], "editors": {"users": [TEACHER]}}
    mine.change({"updateProtectedRange": {"protectedRange": entry, "fields": "editors"}})
    teacher.put("C2", [["x"]])
    seen = sheet_of(teacher, "protectedRanges")["protectedRanges"][0]
    assert seen["requestingUserCanEdit"] and set(seen["editors"]["users"]) == {TEACHER, BOT}


def test_a_person_who_may_not_edit_a_range_does_not_see_its_editors(shared: tuple[Api, Api]) -> None:
    mine, teacher = shared
    mine.change({"addProtectedRange": {"protectedRange": {"range": mine.box(0, 0, 1, 1)}}})
    seen = sheet_of(teacher, "protectedRanges")["protectedRanges"][0]
    assert "editors" not in seen and "requestingUserCanEdit" not in seen
    assert "protected cell" in teacher.refused_change(
        {"deleteProtectedRange": {"protectedRangeId": seen["protectedRangeId"]}}
    )


def test_a_batch_that_fails_late_leaves_nothing(api: Api) -> None:
    """Not even what hangs on the sheet rather than in its cells."""
    before = api.ok("GET", "", includeGridData="true")
    box = api.box(0, 0, 2, 2)
    refusal = api.refused_change(
        {"mergeCells": {"range": box, "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "n", "range": box}}},
        {"addSheet": {"properties": {"title": "gone"}}},
        {"updateCells": {"range": box, "fields": "*", "rows": [{"values": [{"note": "n"}]}]}},
        {"updateDimensionProperties": {"range": api.rows(0, 1), "properties": {"pixelSize": 9}, "fields": "pixelSize"}},
        {"deleteNamedRange": {"namedRangeId": "nobody"}},
    )
    assert refusal.startswith("400 Invalid requests[5].deleteNamedRange: ")
    assert api.ok("GET", "", includeGridData="true") == before


def test_a_named_range_whose_sheet_is_gone_keeps_its_name_taken() -> None:
    """READ gspread #1530."""
    api = fresh()
    tab = api.new_tab()
    tab.change({"addNamedRange": {"namedRange": {"name": "once", "range": tab.box(0, 0, 1, 1)}}})
    api.change({"deleteSheet": {"sheetId": tab.gid}})
    assert "namedRanges" not in api.ok("GET", "")
    refusal = api.refused_change({"addNamedRange": {"namedRange": {"name": "once", "range": api.box(0, 0, 1, 1)}}})
    assert "already exists" in refusal


def test_a_compare_and_swap_by_named_ranges(api: Api) -> None:
    """The stale writer is refused on its first request, and nothing of its batch is applied (NOTES 2.2)."""

    def swap(number: int, value: str) -> list[dict[str, Any]]:
        token = {"namedRangeId": f"sync-{number + 1}", "name": f"_sync_{number + 1}", "range": api.box(0, 0, 1, 1)}
        cells = {"range": api.box(1, 0, 2, 1), "fields": "userEnteredValue"}
        rows = [{"values": [{"userEnteredValue": {"stringValue": value}}]}]
        first = [{"deleteNamedRange": {"namedRangeId": f"sync-{number}"}}] if number else []
        return [*first, {"addNamedRange": {"namedRange": token}}, {"updateCells": {**cells, "rows": rows}}]

    api.change(*swap(0, "set up"))
    api.change(*swap(1, "first"))
    assert api.refused_change(*swap(1, "stale")).startswith("400 ")
    assert api.get("A2") == [["first"]]


def test_the_state_file_gives_everything_back(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    service = Service(path)
    api = fresh(service).new_tab()
    box = api.box(0, 0, 2, 2)
    cell = {
        "userEnteredValue": {"formulaValue": "=1+1"},
        "userEnteredFormat": {"textFormat": {"bold": True}},
        "note": "n",
    }
    note = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": api.rows(1, 2)}}
    api.change(
        {"updateCells": {"range": box, "fields": "*", "rows": [{"values": [cell]}]}},
        {"addProtectedRange": {"protectedRange": {"range": box}}},
        {"createDeveloperMetadata": {"developerMetadata": note}},
        {"updateDimensionProperties": {"range": api.rows(0, 1), "properties": {"pixelSize": 9}, "fields": "pixelSize"}},
    )
    api.put("C1", [["é", 1.5, True]])
    again = Service(path)
    assert asdict(again.books[api.book]) == asdict(service.books[api.book])


@pytest.mark.parametrize(
    ("title", "shown_as"),
    [
        ("Sheet1", "Sheet1"),
        ("food.csv", "food.csv"),
        ("A1", "'A1'"),
        ("R1C1", "'R1C1'"),
        ("2027", "'2027'"),
        ("a b", "'a b'"),
        ("_x", "_x"),
    ],
)
def test_titles_that_could_be_cells_are_quoted(title: str, shown_as: str) -> None:
    assert quoted(title) == shown_as


def test_explicit_null_counts_as_absent_and_a_wrong_type_is_named(api: Api) -> None:
    entry = {"range": api.box(0, 0, 1, 1), "description": None, "editors": None}
    api.change({"addProtectedRange": {"protectedRange": entry}})
    refusal = api.refused_change({"updateCells": {"start": {"rowIndex": "x"}, "fields": "note"}})
    assert refusal == "400 Invalid value at 'requests[0].update_cells.start.row_index' (TYPE_INT32), \"x\""


def test_requests_in_a_list_in_the_list_and_null_among_them(api: Api) -> None:
    """As pygsheets (hidden rows) and google-spreadsheet (cells, some of them unchanged) send them to the service."""
    span = {"range": api.rows(0, 2), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    start = {"sheetId": api.gid, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}]
    change = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    api.ok("POST", ":batchUpdate", {"requests": [[{"updateDimensionProperties": span}], None, change]})
    mask = "sheets.data.rowMetadata.hiddenByUser"
    data = api.ok("GET", "", ranges=[api.range("A1:A3")], fields=mask)["sheets"][0]["data"][0]
    assert [one.get("hiddenByUser") for one in data["rowMetadata"]] == [True, True, None]
    assert api.get("A1") == [["x"]]
    assert api.refusal("POST", ":batchUpdate", {"requests": [None]}) == "400 Must specify at least one request."


def test_an_unknown_parameter_is_refused(api: Api) -> None:
    assert "Cannot bind query parameter" in api.refusal("GET", api.values("A1"), valueRender="FORMULA")


def test_the_stamp_and_version_of_a_file_move_with_each_change() -> None:
    now = [datetime(2026, 11, 22, tzinfo=UTC).timestamp()]
    service = Service(clock=lambda: now[0])
    api = fresh(service)
    seen = []
    for _ in range(2):
        now[0] += 1
        api.put("A1", [["x"]])
        fields = {"fields": ["version,modifiedTime"]}
        seen.append(api.send("GET", f"/drive/v3/files/{api.book}", fields, None)[1])
    assert seen[0]["version"] < seen[1]["version"]
    assert seen[1]["modifiedTime"] == "2026-11-22T00:00:02.000Z"


def test_what_other_projects_recorded_of_links_dates_appends_and_the_root_folder() -> None:
    from google_world import fresh as new_world

    api = new_world()
    api.put("A1:A2", [['=HYPERLINK("https://a.example","A")'], ["2026-03-01"]], typed=True)
    assert api.cells("A1:A1", "hyperlink") == [[{"hyperlink": "https://a.example"}]]
    assert api.get("A2:A2", "FORMULA", dateTimeRenderOption="FORMATTED_STRING") == [["2026-03-01"]]
    assert api.get("A2:A2", "FORMULA") == [[46082]]
    done = api.ok("POST", f"{api.values('C1')}:append", {"values": [["x", "y", None]]}, valueInputOption="RAW")
    assert done["updates"]["updatedRange"].endswith("!C1:D1")
    assert api.send("GET", "/drive/v3/files/root", {}, None)[1]["name"] == "My Drive"


def test_what_google_documents_of_answers_with_values_and_of_the_field_star(api: Api) -> None:
    shown = {"valueInputOption": "RAW", "includeValuesInResponse": "true"}
    done = api.ok("PUT", api.values("A1:C3"), {"values": [["x"]]}, **shown)
    assert (done["updatedRange"].split("!")[1], done["updatedData"]["range"].split("!")[1]) == ("A1", "A1:C3")
    assert done["updatedData"]["values"] == [["x"]]
    done = api.ok("PUT", api.values("A1"), {"values": [["x", "y"]]}, **shown)
    assert done["updatedData"]["range"].split("!")[1] == "A1:B1"
    request = {"updateSheetProperties": {"properties": {"sheetId": api.gid, "hidden": False}, "fields": "*"}}
    assert api.refused_change(request).startswith("400 Invalid requests[0].updateSheetProperties")


@pytest.mark.parametrize("kind", ["addTable", "updateTable", "textToColumns", "deleteDuplicates", "addSlicer"])
def test_what_is_not_carried_out_is_refused_and_never_answered_with_200(api: Api, kind: str) -> None:
    assert api.refused_change({kind: {}}).startswith("501")


@pytest.mark.parametrize(
    "kind", ["application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
)
def test_an_export_that_is_not_built_is_refused(kind: str) -> None:
    api = fresh()
    assert api.send("GET", f"/drive/v3/files/{api.book}/export", {"mimeType": [kind]}, None)[0] == 501


def test_find_and_replace_changes_texts_as_typed_and_counts(api: Api) -> None:
    rows = [["Mr Ito", "mr ito, mr bo"], ['=A1&" mr"', "none"], ["Mr 5", ""]]
    api.put("A1:B3", rows, typed=True)
    whole = {"sheetId": api.gid}
    (done,) = api.change({"findReplace": {"find": "mr ", "replacement": "", **whole}})
    assert done["findReplace"] == {"valuesChanged": 3, "occurrencesChanged": 4, "rowsChanged": 2, "sheetsChanged": 1}
    assert api.get("A1:B3") == [["Ito", "ito, bo"], ["Ito mr", "none"], [5]]
    box = {"sheetId": api.gid, "startRowIndex": 1, "endRowIndex": 2}
    (done,) = api.change(
        {"findReplace": {"find": '" mr"', "replacement": '"!"', "includeFormulas": True, "range": box}}
    )
    assert done["findReplace"]["formulasChanged"] == 1
    assert api.get("A2") == [["Ito!"]]
    (done,) = api.change(
        {"findReplace": {"find": "(n)o(ne)", "replacement": "$2-$1", "searchByRegex": True, "allSheets": True}}
    )
    assert api.get("B2") == [["ne-n"]]
    (done,) = api.change({"findReplace": {"find": "ITO", "replacement": "x", "matchCase": True, **whole}})
    assert done["findReplace"] == {}
    (done,) = api.change({"findReplace": {"find": "ito", "replacement": "x", "matchEntireCell": True, **whole}})
    assert api.get("A1:B1") == [["x", "ito, bo"]]
    assert api.refused_change({"findReplace": {"find": "a"}}).startswith("400")
    assert api.refused_change({"findReplace": {"find": "(", "searchByRegex": True, **whole}}).startswith("400")


def test_pasted_text_is_read_as_typed(api: Api) -> None:
    start = {"sheetId": api.gid, "rowIndex": 1, "columnIndex": 1}
    api.change({"pasteData": {"coordinate": start, "data": "a\t5\n\tTRUE\r\n=C2*2\t'007\n", "delimiter": "\t"}})
    assert api.get("B2:C4") == [["a", 5], ["", True], [10, "007"]]
    assert api.refused_change({"pasteData": {"coordinate": start, "data": "x"}}).startswith("400")
    assert api.refused_change({"pasteData": {"coordinate": start, "data": "<b>", "html": True}}).startswith("501")
    far = {**start, "columnIndex": 25}
    assert api.refused_change({"pasteData": {"coordinate": far, "data": "a,b", "delimiter": ","}}).startswith("400")

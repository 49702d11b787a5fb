"""Edits become the right requests where the emulator cannot show it: native tables, and what stands beside them."""

from __future__ import annotations

from typing import Any

import pytest

from addin.backends.gsheets.batch import batch, news
from addin.backends.gsheets.making import Batch
from addin.backends.gsheets.snapshot import Sheet, Snapshot
from addin.core.book import Area, Edits, Grid, Value

TABLE = Area(1, 1, 4, 2, "Entries")
ROWS: list[list[Value]] = [["entry", "hours"], ["E1", 1], ["E2", 2], ["E3", 3]]


def seen(rows: list[list[Value]], table: Area | None = TABLE, height: int = 100) -> Snapshot:
    grid = Grid("CAS", [list(row) for row in rows], tables=[table] if table else [], serial_dates=True)
    sheet = Sheet("CAS", 5, height, 10, grid, table_ids={table: "t1"} if table else {})
    return Snapshot({"CAS": sheet}, {}, [5])


def made(edits: Edits, book: Snapshot) -> Batch:
    return batch(edits, book, book)


def kinds(result: Batch) -> list[str]:
    return [kind for request in result.requests for kind in request]


def test_a_table_is_stretched_over_its_new_rows() -> None:
    result = made(Edits(rows={"CAS": [{1: "E4"}, {1: "E5"}]}), seen(ROWS))
    assert kinds(result) == ["updateTable", "updateCells"]
    table = result.requests[0]["updateTable"]
    assert table["fields"] == "range"
    assert table["table"]["tableId"] == "t1"
    assert table["table"]["range"] == {
        "sheetId": 5, "startRowIndex": 0, "endRowIndex": 6, "startColumnIndex": 0, "endColumnIndex": 2
    }  # fmt: skip
    assert list(result.wanted) == [("CAS", 5, 1), ("CAS", 6, 1)]


def test_a_table_with_blank_rows_at_its_end_is_filled_first() -> None:
    result = made(Edits(rows={"CAS": [{1: "E3"}]}), seen(ROWS[:3]))
    assert kinds(result) == ["updateCells"]
    assert list(result.wanted) == [("CAS", 4, 1)]


def test_what_stands_below_a_table_moves_down_and_is_not_written_over() -> None:
    rows = [*ROWS, [], ["Signed:", "A. Coordinator"]]
    result = made(Edits(cells={("CAS", 6, 2): "B."}, rows={"CAS": [{1: "E4"}, {1: "E5"}]}), seen(rows))
    assert kinds(result) == ["updateCells", "insertDimension", "updateCells"]
    place = result.requests[1]["insertDimension"]["range"]
    assert place == {"sheetId": 5, "dimension": "ROWS", "startIndex": 4, "endIndex": 6}
    assert result.wanted == {
        ("CAS", 8, 2): {"stringValue": "B."},
        ("CAS", 5, 1): {"stringValue": "E4"},
        ("CAS", 6, 1): {"stringValue": "E5"},
    }


def test_a_row_goes_whole_where_the_sheet_holds_nothing_else() -> None:
    result = made(Edits(drops={"CAS": [2, 3]}), seen(ROWS))
    assert kinds(result) == ["deleteDimension"]
    place = result.requests[0]["deleteDimension"]["range"]
    assert (place["startIndex"], place["endIndex"]) == (1, 3)


@pytest.mark.parametrize(
    "rows",
    [
        [["entry", "hours"], ["E1", 1], ["E2", 2, None, "beside"], ["E3", 3]],
        [*ROWS, [], ["below"]],
        [["entry", "hours"], ["E1", 1], ["E2", 2], ["E3", 3, "beside a lower row"]],
    ],
)
def test_a_row_is_emptied_where_its_going_would_move_what_is_not_the_tables(rows: list[list[Value]]) -> None:
    book = seen(rows)
    book.sheets["CAS"].grid.formulas[3, 2] = "A3*2"
    result = made(Edits(drops={"CAS": [3]}), book)
    assert result.requests == [
        {
            "updateCells": {
                "start": {"sheetId": 5, "rowIndex": 2, "columnIndex": 0},
                "rows": [{"values": [{}]}],
                "fields": "userEnteredValue",
            }
        }
    ]
    assert result.wanted == {("CAS", 3, 1): {}}


def test_what_stands_above_a_table_does_not_keep_its_rows() -> None:
    rows: list[list[Value]] = [["Our CAS list", None, "of M27"], ["entry", "hours"], ["E1", 1], ["E2", 2]]
    assert kinds(made(Edits(drops={"CAS": [3]}), seen(rows, Area(2, 1, 4, 2, "Entries")))) == ["deleteDimension"]


def test_rows_that_go_are_taken_from_the_bottom_up() -> None:
    rows: list[list[Value]] = [["entry"], *[[f"E{n}"] for n in range(2, 12)]]
    result = made(Edits(cells={("CAS", 11, 1): "last"}, drops={"CAS": [2, 5, 6, 9]}), seen(rows, None))
    gone = [request["deleteDimension"]["range"] for request in result.requests if "deleteDimension" in request]
    assert [(place["startIndex"], place["endIndex"]) for place in gone] == [(8, 9), (4, 6), (1, 2)]
    assert result.wanted == {("CAS", 7, 1): {"stringValue": "last"}}


def test_new_rows_after_rows_that_go_are_looked_for_where_they_end_up() -> None:
    result = made(Edits(rows={"CAS": [{1: "E4"}]}, drops={"CAS": [2]}), seen(ROWS, None))
    assert kinds(result) == ["updateCells", "deleteDimension"]
    assert result.wanted == {("CAS", 4, 1): {"stringValue": "E4"}}


def test_a_sheet_that_is_full_grows_and_its_new_rows_keep_the_drop_downs() -> None:
    result = made(Edits(rows={"CAS": [{1: "E4"}, {1: "E5"}]}), seen(ROWS, None, height=4))
    assert kinds(result) == ["appendDimension", "copyPaste", "updateCells"]
    assert result.requests[0]["appendDimension"] == {"sheetId": 5, "dimension": "ROWS", "length": 2}
    assert result.requests[1]["copyPaste"]["pasteType"] == "PASTE_DATA_VALIDATION"


def test_an_own_sheets_id_is_one_that_nobody_has() -> None:
    from addin.core.book import OwnSheet

    book = seen(ROWS)
    book.gids.append(1001)  # a chart sheet, say
    result = made(Edits(sheets={"Findings": OwnSheet([["a"]]), "Conflicts": OwnSheet([["b"]])}), book)
    added: list[Any] = [r["addSheet"]["properties"]["sheetId"] for r in result.requests if "addSheet" in r]
    assert len(set(added)) == 2
    assert not {5, 1001} & set(added)


def test_a_table_gets_other_corners_and_its_new_rows_follow() -> None:
    wider = Area(1, 1, 4, 3, "Entries")
    edits = Edits(cells={("CAS", 1, 3): "IBT id"}, tables={"CAS": [wider]}, rows={"CAS": [{3: "b2c3d4"}]})
    result = made(news(edits, seen(ROWS)), seen(ROWS))
    assert kinds(result) == ["updateCells", "updateTable", "updateTable", "updateCells"]
    assert result.requests[1]["updateTable"]["table"]["range"]["endColumnIndex"] == 3
    assert result.requests[2]["updateTable"]["table"]["range"]["endRowIndex"] == 5


def test_a_table_that_is_as_wanted_or_would_be_new_needs_nothing() -> None:
    same = Edits(tables={"CAS": [TABLE, Area(9, 1, 12, 2, "New")]})
    assert not news(same, seen(ROWS))

"""Values go to Google and come back exactly; cells are gathered into few requests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.backends.gsheets.blocks import blocks, cell_ranges, row_ranges, row_spans
from addin.backends.gsheets.snapshot import fill_of, snapshot, style_of
from addin.backends.gsheets.values import day_number, entered, kept, number_format, shown
from addin.core.book import CellError, Look
from addin.core.target import google_key
from addin.errors import BookProblem

TEXTS = ["000123", "0001-0042", "Nan", "None", "NA", "Inf", "1e5", "8085807e40000000", "=1+1", "+1", "-1", "@x", "\tx"]


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_text(text: str) -> None:
    assert entered(text, "") == {"stringValue": text}
    assert shown({"stringValue": text}) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (date(2026, 9, 5), 46270),  # LIVE mmedum/google-sheets-mcp writes.go, 2026-09-06
        (datetime(2020, 1, 1), 43831),  # recorded: USER_ENTERED 2020-01-01
        (datetime(2026, 9, 5, 18, 0), 46270.75),
        (time(6, 0), 0.25),
        (timedelta(hours=36), 1.5),
        (date(1899, 12, 31), 1),
    ],
)
def test_dates_go_as_day_numbers_with_a_format(value: Any, number: float) -> None:
    assert entered(value, "") == {"numberValue": number}
    assert (number_format(value) or {}).keys() == {"type", "pattern"}


def test_a_zone_survives_as_text() -> None:
    moment = datetime(2026, 9, 5, 12, 30, tzinfo=UTC)
    assert entered(moment, "") == {"stringValue": "2026-09-05T12:30:00+00:00"}
    assert number_format(moment) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_a_moment_comes_back_to_the_millisecond(moment: datetime) -> None:
    back = datetime(1899, 12, 30) + timedelta(days=day_number(moment))
    assert abs(back - moment) < timedelta(milliseconds=1)


@given(st.one_of(st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_and_truth_come_back_as_they_went(value: Any) -> None:
    back = shown(entered(value, ""))
    assert back == value
    assert isinstance(back, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("effective", "value"),
    [
        (None, None),
        ({}, None),
        ({"stringValue": ""}, None),
        ({"numberValue": 3.0}, 3),
        ({"numberValue": 0}, 0),
        ({"boolValue": False}, False),
        ({"errorValue": {"type": "N_A", "message": "x"}}, CellError("#N/A")),
        ({"errorValue": {"type": "DIVIDE_BY_ZERO"}}, CellError("#DIV/0!")),
        ({"errorValue": {"type": "SOMETHING_NEW"}}, CellError("#ERROR!")),
    ],
)
def test_what_a_cell_shows(effective: Any, value: Any) -> None:
    assert (shown(effective), type(shown(effective))) == (value, type(value))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "x" * 50_001])
def test_what_google_cannot_keep_is_refused_with_the_place(value: Any) -> None:
    with pytest.raises(BookProblem, match="CAS!D17"):
        entered(value, "CAS!D17")


def test_a_blank_is_sent_as_nothing() -> None:
    assert entered(None, "") == entered("", "") == {}


def test_a_read_back_that_differs_is_noticed_and_line_ends_are_not_a_difference() -> None:
    assert kept({"stringValue": "a\r\nb"}, {"stringValue": "a\nb"})
    assert kept({}, None)
    assert kept({"numberValue": 5}, {"numberValue": 5.0})
    assert not kept({"stringValue": "0042"}, {"numberValue": 42})
    assert not kept({}, {"stringValue": "x"})
    assert not kept({"stringValue": "=1+1"}, {"formulaValue": "=1+1"})


@pytest.mark.parametrize("fill", ["F8CBAD", "000000", "FFFFFF", "FF0000", "theme:ACCENT1"])
def test_fills_come_back_in_googles_eight_bits(fill: str) -> None:
    style = style_of(fill)
    assert style
    if "rgbColor" in style:  # as Google sends it: parts rounded, zero parts left out
        style = {"rgbColor": {part: round(share, 8) for part, share in style["rgbColor"].items() if share}}
    assert fill_of(style) == fill


def test_no_fill_is_no_fill() -> None:
    assert style_of("") is None
    assert fill_of(None) == fill_of({}) == ""


cells = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 6)), st.sampled_from(["value", "value,format"]), min_size=1
)


@given(cells)
def test_blocks_cover_exactly_the_cells_each_with_its_mask(wanted: dict[tuple[int, int], str]) -> None:
    covered: dict[tuple[int, int], str] = {}
    for block in blocks({at: (fields, {"at": at}) for at, fields in wanted.items()}):
        for r, line in enumerate(block.lines, block.top):
            for c, data in enumerate(line, block.left):
                assert (r, c) not in covered
                assert data["at"] == (r, c)
                covered[r, c] = block.fields
    assert covered == wanted


def test_a_full_rectangle_is_one_block() -> None:
    assert len(blocks({(r, c): ("v", {}) for r in range(2, 9) for c in range(3, 6)})) == 1
    assert cell_ranges([("It's", r, c) for r in range(2, 9) for c in range(3, 30)]) == ["'It''s'!C2:AC8"]


@given(st.sets(st.integers(1, 30_000), min_size=1, max_size=300), st.integers(1, 40))
def test_row_spans_hold_all_rows_and_are_few(rows: set[int], most: int) -> None:
    spans = row_spans(rows, most)
    assert len(spans) <= most
    assert all(any(first <= row <= last for first, last in spans) for row in rows)
    assert all(first in rows and last in rows for first, last in spans)


def test_a_read_of_scattered_rows_has_a_bounded_number_of_ranges() -> None:
    ranges = row_ranges(("A sheet", row, 1) for row in range(2, 60_000, 9))
    assert len(ranges) <= 1000


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("gsheet:1a-b_C", "1a-b_C"),
        ("https://docs.google.com/spreadsheets/d/1a-b_C/edit?gid=0#gid=0", "1a-b_C"),
        ("https://docs.google.com/spreadsheets/u/1/d/1a-b_C/edit", "1a-b_C"),
    ],
)
def test_the_key_in_an_address(target: str, key: str) -> None:
    assert google_key(target) == key


@pytest.mark.parametrize(
    "target", ["https://docs.google.com/spreadsheets/d/e/2PACX-1/pubhtml", "https://e.test/", "gsheet:"]
)
def test_an_address_of_something_else_is_refused(target: str) -> None:
    with pytest.raises(BookProblem):
        google_key(target)


def test_a_chart_sheet_is_left_out_but_its_id_is_known() -> None:
    answer = {
        "sheets": [
            {"properties": {"sheetId": 7, "title": "Chart", "sheetType": "OBJECT"}},
            {"properties": {"title": "CAS", "gridProperties": {"rowCount": 9, "columnCount": 3}}},
        ]
    }
    seen = snapshot(answer)
    assert list(seen.sheets) == ["CAS"]
    assert seen.gids == [7, 0]


def test_a_grid_is_read_with_its_offsets_trimmed_and_typed() -> None:
    cell = {"effectiveValue": {"numberValue": 6.0}, "userEnteredValue": {"formulaValue": "=A1*2"}}
    rows = [
        {},
        {"values": [{}, cell, {"userEnteredValue": {}, "note": "why"}]},
        {"values": [{"userEnteredFormat": {}}]},
    ]
    sheet = {
        "properties": {"sheetId": 5, "title": "CAS", "gridProperties": {"rowCount": 100, "columnCount": 26}},
        "data": [{"startRow": 1, "startColumn": 1, "rowData": rows}],
        "merges": [{"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}],
        "tables": [{"tableId": "t", "name": "T", "range": {"startRowIndex": 1, "endRowIndex": 9, "endColumnIndex": 3}}],
    }
    seen = snapshot({"sheets": [sheet]}).sheets["CAS"]
    assert seen.grid.values == [[], [], [None, None, 6]]
    assert seen.grid.formulas == {(3, 3): "A1*2"}
    assert seen.looks == {(3, 4): Look("", "why")}
    assert seen.grid.serial_dates
    assert [(a.top, a.left, a.bottom, a.right, a.name) for a in seen.grid.merged + seen.grid.tables] == [
        (1, 1, 1, 3, ""),
        (2, 1, 9, 3, "T"),
    ]

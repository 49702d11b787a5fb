"""A tracker is found in a person's sheet wherever it stands, and read with true row numbers."""

from __future__ import annotations

import pytest
from make import tracker

from addin.core.book import Area, Grid
from addin.core.tables.data_rows import data_rows
from addin.core.tables.layout import find, plain
from addin.core.tables.table import read_table

THINGS = tracker("""
key = ["code"]
[columns.code]
aliases = ["Student no"]
[columns.last_name]
[columns.born]
type = "date"
""")


def test_banners_other_order_extra_columns_and_blank_rows_are_normal() -> None:
    grid = Grid("Things", [
        ["Our school"], [], ["Last name", "House", "STUDENT NO.", "Born"],
        ["Ito", "Red", "000123", None], [], ["Bø", None, "7", "soon"], [None, None, "  "],
    ])  # fmt: skip
    layout = find(grid, THINGS)
    assert layout is not None
    assert (layout.header_row, dict(layout.columns), dict(layout.extra)) == (
        3,
        {"last_name": 1, "code": 3, "born": 4},
        {"House": 2},
    )
    table = read_table(THINGS, {"Things": grid}, [layout])
    assert table.rows == [4, 6]
    assert table.columns["code"] == ["000123", "7"]
    assert table.extra["House"] == ["Red", None]
    assert table.odd["born"][1].raw == "soon"
    assert table.raw("born") == [None, "soon"]


def test_several_sheets_of_one_kind_are_one_table() -> None:
    grids = {
        n: Grid(n, [["Code", "Last name", extra], [code, "x", "y"]])
        for n, extra, code in [("12A", "House", "1"), ("12B", "Club", "2")]
    }
    layouts = [layout for grid in grids.values() if (layout := find(grid, THINGS))]
    table = read_table(THINGS, grids, layouts)
    assert (table.sheets, table.rows, table.columns["code"]) == (["12A", "12B"], [2, 2], ["1", "2"])
    assert table.extra == {"House": ["y", None], "Club": [None, "y"]}


@pytest.mark.parametrize(
    "values",
    [[], [["Code"]], [["Last name", "Born"], ["x", None]], [["Something", "Else"], ["a", "b"]]],
    ids=["empty", "one header", "no key", "other headers"],
)
def test_a_sheet_without_the_headers_is_not_taken(values: list[list[str | None]]) -> None:
    assert find(Grid("Things", [list(row) for row in values]), THINGS) is None


def test_headers_that_adopt_wrote_down_are_used_even_without_the_key() -> None:
    grid = Grid("x", [["Nom", "Né"], ["Ito", None]])
    layout = find(grid, THINGS, {"header_row": 1, "columns": {"Nom": "last_name", "Né": "born"}})
    assert layout is not None
    assert dict(layout.columns) == {"last_name": 1, "born": 2}


def test_below_a_native_table_only_rows_without_a_gap_belong_to_it() -> None:
    rows = [["Code", "Last name"], ["1", "a"], ["2", "b"], ["3", "typed below"], [], ["Total", "3"]]
    grid = Grid("Things", [list(row) for row in rows], tables=[Area(1, 1, 3, 2, "tbl")])
    layout = find(grid, THINGS)
    assert layout is not None
    assert data_rows(grid, layout) == [2, 3, 4]


def test_pandas_gets_exact_values_and_row_numbers() -> None:
    pytest.importorskip("pandas")
    grid = Grid("Things", [["Code", "Last name", "Born"], ["000123", "None", "31/02/2026"]])
    layout = find(grid, THINGS)
    assert layout is not None
    frame = read_table(THINGS, {"Things": grid}, [layout]).to_pandas()
    assert frame.loc[2].tolist() == ["000123", "None", "31/02/2026"]


def test_covered_and_specially_shown_cells_are_read_as_a_person_sees_them() -> None:
    of = tracker('key=["code"]\n[columns.code]\n[columns.title]\n[columns.hours]\ntype="number"')
    grid = Grid(
        "Things",
        [["Code", "Title", "Hours"], [12, "Choir", None], [None, "Run", 2], [13, 7, 1]],
        formulas={(2, 3): "1+1"},
        merged=[Area(2, 1, 3, 1)],
        shown={(2, 1): "000012", (4, 2): "007"},
    )
    layout = find(grid, of)
    assert layout is not None
    table = read_table(of, {"Things": grid}, [layout])
    assert table.columns["code"] == ["000012", "000012", "13"]
    assert table.columns["title"] == ["Choir", "Run", "007"]
    assert table.covered == {("code", 1)}
    assert "not been calculated" in table.odd["hours"][0].message, "a formula without a result is no blank"
    assert layout.top_of(3, 1) == (2, 1)
    assert grid.values[1][0] == 12, "reading changes no cell"


@pytest.mark.parametrize(("one", "other"), [("กิจ", "กีจ"), ("कि", "का"), ("Nom", "Nóm"), ("Größe", "Grosse2")])
def test_headers_that_differ_in_an_accent_or_vowel_sign_are_different(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("E-mail", "e mail"), ("Student_ID", "student id"), ("Prénom", "PRE\u0301NOM")]
)
def test_headers_that_differ_in_case_or_punctuation_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)

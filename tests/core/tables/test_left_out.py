"""A row with any value is a row of data, or is listed as left out; what is calculated is no content."""

from __future__ import annotations

import pytest
from make import tracker

from addin.core.book import Area, Grid, Value
from addin.core.tables.data_rows import data_rows, left_out
from addin.core.tables.layout import calculated_columns, find
from addin.workspace.unread import rows_left_out

LOG = tracker("""
key = ["entry"]
[columns.entry]
[columns.title]
[columns.who]
[columns.hours]
type = "number"
[columns.last_name]
look_up = "people.last_name"
by = "who"
""")
HEAD: list[Value] = ["Entry", "Title", "Who", "Hours", "Last name", "Mine"]


def read(
    *rows: list[Value], formulas: dict[tuple[int, int], str] | None = None, bottom: int = 0
) -> tuple[list[int], list[int]]:
    """The rows of data, and those that are left out."""
    tables = [Area(1, 1, bottom, 6, "tbl")] if bottom else []
    grid = Grid(LOG.sheet, [list(HEAD), *map(list, rows)], formulas=formulas or {}, tables=tables)
    layout = find(grid, LOG)
    assert layout is not None
    calculated = calculated_columns(LOG, layout)
    found = data_rows(grid, layout, calculated)
    return found, left_out(grid, layout, found, calculated)


A: list[Value] = ["1", "Choir", "s1", 2, "Ito", None]
B: list[Value] = ["2", "Chess", "s2", 3, "Bo", None]


@pytest.mark.parametrize(
    ("rows", "data", "out"),
    [
        ([A, B], [2, 3], []),
        ([A, [], B], [2, 4], []),
        ([A, [name.upper() for name in map(str, HEAD)], B], [2, 4], []),
        ([A, B, ["3", "Total immersion week", "s1", 4, "Ito", None]], [2, 3, 4], []),
        ([A, B, [None, "Total immersion week", "s1", None, None, None]], [2, 3, 4], []),
        ([A, B, [None, "Sum of us, a play", None, None, None, None]], [2, 3, 4], []),
        ([A, B, ["Total", None, None, 5, None, None]], [2, 3], [4]),
        ([A, B, ["Total hours", None, None, 5, None, None]], [2, 3], [4]),
        ([A, B, ["Total records: 2", None, None, None, None, None]], [2, 3], [4]),
        ([A, B, [], ["Please fill in by May", None, None, None, None, None]], [2, 3], [5]),
    ],
)
def test_every_row_is_data_or_left_out(rows: list[list[Value]], data: list[int], out: list[int]) -> None:
    assert read(*rows) == (data, out)


@pytest.mark.parametrize(
    ("rows", "data"),
    [
        ([A, HEAD, B], [2, 4]),
        ([A, ["Class 12", None, None, None, None, None], HEAD, B], [2, 5]),
        ([A, ["3", "Class 12", None, None, None, None], HEAD, B], [2, 3, 5]),
        ([HEAD, A], [3]),
        ([A, ["Entry", "Title", "s1", 1, "Ito", None], B], [2, 3, 4]),
        ([A, ["Entry"], B], [2, 3, 4]),
    ],
    ids=["headers again", "with a title above", "an entry above", "directly again", "begins alike", "short"],
)
def test_headers_that_are_repeated_are_no_rows(rows: list[list[Value]], data: list[int]) -> None:
    assert read(*rows) == (data, [])


@pytest.mark.parametrize(
    ("area", "line", "data"),
    [
        (Area(3, 1, 3, 6), ["Group B", None, None, None, None, None], [2, 4]),
        (Area(3, 1, 3, 2), ["Group B", None, None, None, None, None], [2, 4]),
        (Area(3, 1, 3, 2), ["3", None, "s1", None, None, None], [2, 3, 4]),
        (Area(3, 1, 4, 1), ["3", None, None, None, None, None], [2, 3, 4]),
        (Area(1, 1, 1, 6), ["3", None, None, None, None, None], [2, 3, 4]),
        (Area(3, 1, 99, 6), ["Group B", None, None, None, None, None], [2, 4]),
    ],
    ids=["whole row", "two cells", "more than the heading", "merged downwards", "merged above", "far down"],
)
def test_one_text_merged_across_is_a_heading(area: Area, line: list[Value], data: list[int]) -> None:
    grid = Grid(LOG.sheet, [HEAD, A, line, B], merged=[area])
    layout = find(grid, LOG)
    assert layout is not None
    assert data_rows(grid, layout, calculated_columns(LOG, layout)) == data


def note(text: str, second: str | None = None) -> list[Value]:
    return [text, second, None, None, None, None]


@pytest.mark.parametrize(
    ("rows", "data"),
    [
        ([A, B, [], *[note("x")] * 12], [2, 3]),
        ([A, B, [], *[note("x")] * 13], [2, 3, *range(5, 18)]),
        ([A, B, note("x")], [2, 3, 4]),
        ([A, B, [], note("CAS", "Creativity")], [2, 3, 5]),
        ([A, B, [], note("x"), [], note("y")], [2, 3]),
        ([[], note("x")], [3]),
        ([A, B, [], note("Total"), note("x")], [2, 3]),
        ([A, B, note("Total"), [], note("x")], [2, 3]),
    ],
    ids=["twelve", "thirteen", "no gap", "two values", "two notes", "only row", "a total", "total, note"],
)
def test_short_lines_below_a_gap_at_the_end_are_notes(rows: list[list[Value]], data: list[int]) -> None:
    found, out = read(*rows)
    assert found == data
    assert {*found, *out} == {number for number, row in enumerate(rows, 2) if any(row)}, "nothing is passed over"


def test_notes_and_totals_with_a_row_id_or_in_a_native_table_are_rows() -> None:
    rows: list[list[Value]] = [[*HEAD, "IBT id"], [*A, "b"], [], [*note("x"), "c"], [], [*note("Total"), "d"]]
    grid = Grid(LOG.sheet, rows)
    layout = find(grid, LOG)
    assert layout is not None and layout.id_column == 7
    assert data_rows(grid, layout) == [2, 4, 6]
    assert read(A, [], note("x"), bottom=4) == ([2, 4], [])
    assert read(A, [], note("x"), bottom=3) == ([2], [4])


@pytest.mark.parametrize(
    ("line", "data"),
    [
        (["Total", 1, 2, 3, None, None], True),
        (["Total", 1, 2, None, None, None], False),
        (["Total", "Ito", None, None, None, None], False),
        (["Total hours", "Ito", None, None, None, None], True),
        (["Total hours", True, None, None, None, None], True),
        (["Total hours", 1.5, None, None, None, None], False),
        (["Gesamt", None, None, None, None, None], False),
        (["Totally", 5, None, None, None, None], True),
        ([5, 6, None, None, None, None], True),
    ],
    ids=lambda value: str(value)[:40],
)
def test_totals_have_only_numbers_beside_them_and_less_than_a_row(line: list[Value], data: bool) -> None:
    assert read(A, B, line)[0] == ([2, 3, 4] if data else [2, 3])


def test_a_table_that_begins_further_right_keeps_its_rows() -> None:
    rows: list[list[Value]] = [[], [None, None, *HEAD], [None, None, *A], ["beside", None], [None, None, *B]]
    grid = Grid(LOG.sheet, rows)
    layout = find(grid, LOG)
    assert layout is not None
    assert data_rows(grid, layout) == [3, 5]
    assert left_out(grid, layout, [3, 5]) == []


def test_what_is_calculated_alone_is_no_row() -> None:
    hollow: list[Value] = [None, None, None, None, "Ito", 0]
    assert read(A, hollow, B, formulas={(3, 6): "D3*2"}) == ([2, 4], [])
    assert read(A, [None, None, None, 7, None, None], B, formulas={(3, 4): "A1"})[0] == [2, 3, 4]


def test_below_a_native_table_and_a_gap_a_row_is_listed_and_one_with_an_id_is_read() -> None:
    assert read(A, [], B, bottom=2) == ([2], [4])
    grid = Grid(LOG.sheet, [[*HEAD, "IBT id"], A, [], [*B, "bcdfgh"]], tables=[Area(1, 1, 2, 7, "tbl")])
    layout = find(grid, LOG)
    assert layout is not None
    assert data_rows(grid, layout) == [2, 4]


def test_what_is_left_out_is_one_sentence_a_sheet() -> None:
    from addin.core.tables.table import read_table

    grid = Grid(LOG.sheet, [HEAD, A, [], B, B], tables=[Area(1, 1, 2, 6, "tbl")])
    layout = find(grid, LOG)
    assert layout is not None
    tables = {LOG.name: read_table(LOG, {LOG.sheet: grid}, [layout])}
    (said,) = rows_left_out({LOG.name: LOG}, tables, {LOG.sheet: grid})
    assert "2 rows (4, 5)" in said


def test_cells_right_of_the_columns_make_a_heading_no_row() -> None:
    title: list[Value] = ["Class 12A", None, None, None, None, None, "see plan"]
    grid = Grid(LOG.sheet, [list(HEAD), list(A), title, [*A[:5]]], merged=[Area(3, 1, 3, 6)])
    layout = find(grid, LOG)
    assert layout is not None
    assert data_rows(grid, layout) == [2, 4] and left_out(grid, layout, [2, 4]) == []
    total: list[Value] = ["Total", None, None, 2, None, None, "checked"]
    assert data_rows(Grid(LOG.sheet, [list(HEAD), list(A), ["2", "Run", "s2", 3], total]), layout) == [2, 3]


def test_the_title_above_repeated_headers_is_no_row_but_the_headers_are_none_either() -> None:
    layout = find(Grid(LOG.sheet, [list(HEAD)]), LOG)
    assert layout is not None
    assert data_rows(Grid(LOG.sheet, [list(HEAD), ["12B"], list(HEAD), list(A)]), layout) == [4]
    assert data_rows(Grid(LOG.sheet, [list(HEAD), list(HEAD), list(A)]), layout) == [3]
    assert data_rows(Grid(LOG.sheet, [list(HEAD), list(A), list(HEAD), list(A)]), layout) == [2, 4]

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

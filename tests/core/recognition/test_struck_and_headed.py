"""What is struck out or shown by a colour, classes by their names, and headers that Excel's tables can have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from addin.core.book import Appearance, Area, Grid, Value
from addin.core.recognition.adoption import _overlap, _why_no_headers
from addin.core.recognition.cohorts import year_of
from addin.core.recognition.context import category_in
from addin.core.recognition.formats import _cross_out, _in_table

HEAD: list[Value] = ["Code", "Name", "Biology"]


@pytest.mark.parametrize(
    ("lines", "struck", "rows", "cells", "left"),
    [
        ([["0012", "Ito", "HL"]], [(2, 2)], {}, {(2, 2): "Ito"}, [["0012", None, "HL"]]),
        ([["0012", "Ito", "HL"]], [(2, 1)], {2: (1, "0012")}, {}, [[None, None, None]]),
        ([[12, "Ito", "HL"]], [(2, 2)], {2: (2, "Ito")}, {}, [[None, None, None]]),
        ([["0012", "Ito", "HL", "x"]], [(2, 3), (2, 4)], {2: (1, "0012")}, {}, [[None] * 4]),
        ([["0012", "Ito", "HL", "x", "y"]], [(2, 3), (2, 4)], {}, {(2, 3): "HL", (2, 4): "x"},
         [["0012", "Ito", None, None, "y"]]),
        ([[1, 2, 3]], [(2, 1)], {2: (1, "1")}, {}, [[None, None, None]]),
        ([["Withdrew: Ito"]], [(2, 1)], {}, {}, [["Withdrew: Ito"]]),
        ([["Withdrew: Ito", "x"]], [(2, 1)], {2: (1, "Withdrew: Ito")}, {}, [[None, None]]),
        ([["0012", None, "HL"]], [(2, 2)], {}, {}, [["0012", None, "HL"]]),
        ([["Ito   Aya", "x"], ["Roy", "y"]], [(2, 1), (3, 2)], {2: (1, "Ito Aya"), 3: (1, "Roy")}, {},
         [[None, None], [None, None]]),
    ],
)  # fmt: skip
def test_a_row_is_struck_out_by_its_first_text_or_half_of_its_cells(
    lines: list[list[Value]],
    struck: Sequence[tuple[int, int]],
    rows: dict[int, tuple[int, str]],
    cells: dict[tuple[int, int], str],
    left: list[list[Value]],
) -> None:
    values = [list(line) for line in [HEAD, *lines]]
    crossed = _cross_out(Grid("S", [HEAD, *lines], appearance=Appearance(struck={*struck})), values)
    assert (crossed.rows, crossed.cells, values[1:]) == (rows, cells, left)
    gone = sum(value is None for line in left for value in line) - sum(
        value is None for line in lines for value in line
    )
    assert crossed.count == gone


def test_a_coloured_cell_is_of_a_table_below_a_header_in_a_row_that_holds_something() -> None:
    grid = Grid("S", [HEAD, ["0012"], [None, None], ["0013", "Ito"]])
    places = [(2, 3), (2, 4), (3, 3), (4, 3), (5, 3), (1, 1), (2, 2)]
    assert [_in_table(grid, *place) for place in places] == [True, False, False, True, False, False, True]


@pytest.mark.parametrize(
    ("group", "year"),
    [
        ("Première", ("programme", 1)), ("1ère", ("programme", 1)), ("1re", ("programme", 1)), ("L6", ("programme", 1)),
        ("Lower Sixth", ("programme", 1)), ("Terminale", ("programme", 2)), ("terminales", ("programme", 2)),
        ("Tle", ("programme", 2)), ("Upper sixth", ("programme", 2)), ("U6", ("programme", 2)),
        ("DP2", ("programme", 2)),
        ("11B", ("grade", 11)), ("Seconde", None), (None, None),
    ],
)  # fmt: skip
def test_the_year_of_a_class(group: Value, year: tuple[str, int] | None) -> None:
    assert year_of(group) == year


@pytest.mark.parametrize(
    ("text", "category"),
    [("COURSE CANDIDATES", "C"), ("Diploma candidates:", "D"), ("D", ""), ("Students", ""), ("CP candidates", "CP")],
)
def test_the_category_in_a_heading(text: str, category: str) -> None:
    assert category_in(text) == category


@pytest.mark.parametrize(
    ("head", "area", "new", "why"),
    [
        (["a", "b", "c"], Area(1, 1, 5, 3), 0, ""), (["a", None, "c"], Area(1, 1, 5, 3), 0, "a column in it has no"),
        (["a", " ", "c"], Area(1, 1, 5, 3), 0, "a column in it has no"),
        (["a", 7, "c"], Area(1, 1, 5, 3), 0, "a column"),
        (["a", "b"], Area(1, 1, 5, 3), 0, "a column in it has no header"), (["a", "b"], Area(1, 1, 5, 3), 1, ""),
        ([None, "b", "c"], Area(1, 2, 5, 3), 0, ""),
        (["a", "b", "A "], Area(1, 1, 5, 3), 0, "two columns are called a"),
        (["a", "x" * 255, "c"], Area(1, 1, 5, 3), 0, ""),
        (["a", "x" * 256, "c"], Area(1, 1, 5, 3), 0, "a header in it is"),
    ],
)  # fmt: skip
def test_why_a_row_cannot_be_the_headers_of_a_table(head: list[Value], area: Area, new: int, why: str) -> None:
    assert str(_why_no_headers(Grid("S", [head]), area, new)).startswith(why)
    assert bool(_why_no_headers(Grid("S", [head]), area, new)) is bool(why)
    calculated = Grid("S", [head], formulas={(1, 2): "=B9"})
    assert why or "calculated" in str(_why_no_headers(calculated, area, new))


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (Area(4, 4, 6, 6), True), (Area(1, 1, 2, 9), False), (Area(1, 1, 3, 3), True), (Area(6, 1, 7, 9), False),
        (Area(5, 5, 7, 7), True), (Area(3, 6, 5, 7), False), (Area(3, 1, 5, 2), False),
    ],
)  # fmt: skip
def test_areas_that_overlap(other: Area, overlap: bool) -> None:
    assert _overlap(Area(3, 3, 5, 5), other) is overlap and _overlap(other, Area(3, 3, 5, 5)) is overlap

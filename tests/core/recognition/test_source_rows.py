"""Rows of a list and what surrounds it: a row with a key and values is a row; the rest is listed with a reason."""

from __future__ import annotations

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.source import Source
from addin.core.recognition.source_rows import align_sections, sort_rows

HEAD: list[Value] = ["Code", "Last name", "First names", "Session", "Category"]
ROWS: list[list[Value]] = [["0012", "Ito", "Aya", "M27", "D"], ["0013", "Berg", "Ann", "M27", "D"]]
OTHERS = {"asset", "item", "location", "code", "staff"}
NAMES = {"code", "surname", "last name", "first names", "session", "category", "room"}


def sorted_out(lines: list[list[Value]], widths: list[int] | None = None) -> tuple[list[int], dict[int, str]]:
    """The rows taken, and those left out, of a list with these lines below its headers."""
    source = align_sections(Source(Grid("list", [HEAD, *lines]), widths=[5, *widths] if widths else ()), 1)
    rows, left = sort_rows(source, 1, dict(enumerate("abcde", 1)), [1], NAMES, OTHERS)
    return rows, {one.row: one.why for one in left}


@pytest.mark.parametrize(
    "line",
    [
        ["Total students", "2"],
        ["Total", None, None, None, 25],
        ["Generated on 2026-11-29 by SIS"],
        ["Page 1 of 1"],
        ["Page 2"],
        ["Seite 2 von 3"],
        ["Printed by J. Lee"],
        ["Exportado por SIS"],
        ["2 records"],
        ["TOTAL: 2"],
        ["End of report"],
        ["© School"],
        ["Count: 2"],
        ["Gesamt", 2],
        ["Confidential"],
        ["Source: SIS"],
        ["DP1 class 12A"],
        [None, "Number of students", 2],
        ["Summe", None, None, "2"],
        ["Notes: two are new"],
        ["As of 29 November 2026"],
        ["Gesamtzahl der Schüler", 2],
        ["合计", 2],
        ["총계", "2"],
        ["Итого", "2"],
        ["المجموع", 2],
        ["Totaal", 2],
        ["Nombre d'élèves", "2"],
        ["Report date", "29/11/2026"],
        ["Boys: 1", "Girls: 1"],
        ["Legend", "D", "Diploma"],
        ["Total", 2, None, None, "M27"],
        ["Grand total", 2],
        ["1"],
        ["Class average", None, None, None, 3.5],
        ["Total", 12, 13, 2, 25],
        ["Average", "4.5", "61 %", "3,2", 1],
    ],
)
@pytest.mark.parametrize("gap", [True, False])
def test_what_a_program_prints_around_a_list_is_no_row_and_is_listed(line: list[Value], gap: bool) -> None:
    rows, left = sorted_out([*ROWS, *([[]] if gap else []), line])
    assert rows == [2, 3]
    assert list(left) == [4 + gap]


def test_in_a_list_with_more_around_it_than_in_it_the_rows_are_those_with_codes() -> None:
    around: list[list[Value]] = [["Total", 2], ["Printed by", "J. Lee"], ["Page 1 of 2"], ["*** End ***"]]
    rows, left = sorted_out([ROWS[0], *around, ROWS[1]])
    assert rows == [2, 7]
    assert list(left) == [3, 4, 5, 6]


@pytest.mark.parametrize(
    "line",
    [
        ["0101", "Total", "Immersion", "M27", "D"],
        ["0101", "New", None, None, None],
        ["0101"],
        ["Total-1", "Count", "Ann", "M27", "D"],
        ["S12", "Page", "Ann", "M27", "D"],
        ["0101", None, None, None, "C"],
    ],
)
def test_a_row_with_a_key_and_values_is_a_row_whatever_its_words(line: list[Value]) -> None:
    assert sorted_out([*ROWS, line]) == ([2, 3, 4], {})
    assert sorted_out([ROWS[0], line, ROWS[1]]) == ([2, 3, 4], {})


def test_headers_that_are_repeated_are_no_row() -> None:
    rows, left = sorted_out([ROWS[0], list(HEAD), ROWS[1], ["CODE", "last name", "First Names", "Session", "Category"]])
    assert rows == [2, 4]
    assert left == {3: "it repeats the headers", 5: "it repeats the headers"}


def test_rows_below_headers_in_another_order_are_read_by_these() -> None:
    other: list[Value] = ["Code", "First names", "Last name", "Session", "Category"]
    source = Source(Grid("list", [HEAD, ROWS[0], other, ["0014", "Kim", "Li", "M27", "C"]], shown={(4, 2): "Kim"}))
    moved = align_sections(source, 1)
    assert moved.grid.values[3] == ["0014", "Li", "Kim", "M27", "C"]
    assert moved.grid.shown == {(4, 3): "Kim"}
    assert sort_rows(moved, 1, dict(enumerate("abcde", 1)), [1], NAMES)[0] == [2, 4]


def test_another_table_below_is_left_out_row_by_row() -> None:
    rows, left = sorted_out([*ROWS, [], ["Code", "Room"], ["0012", "B1"], ["0013", "B2"]])
    assert rows == [2, 3]
    assert list(left) == [5, 6, 7]


def test_a_row_wider_than_the_headers_is_left_out_even_where_its_last_cells_are_blank() -> None:
    rows, left = sorted_out([*ROWS, ["0014", "Ito", " Jr.", "Aya", "M27"]], [5, 5, 6])
    assert rows == [2, 3]
    assert left[4].startswith("it has 6 cells under 5 headers")


def test_a_delimiter_at_the_end_of_every_row_is_no_cell() -> None:
    assert sorted_out(ROWS, [6, 6]) == ([2, 3], {})
    rows, left = sorted_out([*ROWS, ["0014", "Ito", " Jr.", "Aya", "M27", "D"]], [6, 6, 7])
    assert rows == [2, 3]
    assert list(left) == [4]


@pytest.mark.parametrize("gap", [True, False])
def test_a_table_of_another_tracker_below_is_left_out_row_by_row(gap: bool) -> None:
    rows, left = sorted_out([*ROWS, *([[]] if gap else []), ["Asset", "Item", "Location"], ["A1", "Lamp", "B12"]])
    assert rows == [2, 3]
    assert list(left) == [4 + gap, 5 + gap]


@pytest.mark.parametrize(
    ("name", "says"),
    [("D\u00c3\u00adaz", "perhaps Díaz"), ("MÃ¼ller", "perhaps Müller"), ("D\ufffdaz", "was lost before")],
)
def test_a_name_that_was_damaged_before_is_not_taken(name: str, says: str) -> None:
    rows, left = sorted_out([*ROWS, ["0101", name, "Jo", "M27", "D"], ["0102", "Çelik", "Zoë", "M27", "D"]])
    assert rows == [2, 3, 5]
    assert says in left[4]


def test_our_own_export_is_taken_as_it_is() -> None:
    source = Source(Grid("list", [[*HEAD, "IBT id"], ["0101", "MÃ¼ller", "Jo", "M27", "D", "abcdef"]]))
    assert sort_rows(source, 1, {**dict(enumerate("abcde", 1)), 6: ""}, [1], NAMES) == ([2], [])


@pytest.mark.parametrize(("column", "left"), [(1, True), (2, True), (5, True), (6, False)])
def test_a_garbled_cell_leaves_its_row_out_where_its_column_is_taken(column: int, left: bool) -> None:
    line: list[Value] = ["0014", "Berg", "Ann", "M27", "D", "late"]
    line[column - 1] = "MÃ¼ller"
    rows, why = sorted_out([*ROWS, line])
    assert (4 in why) is left and (4 in rows) is not left
    assert not left or "perhaps Müller" in why[4]


def test_codes_are_told_by_the_first_part_of_a_key() -> None:
    head: list[Value] = ["Code", "Subject", "Grade", "Level", "Session"]
    lines: list[list[Value]] = [[f"00{n}", "Biology", n, "HL", "M27"] for n in range(12, 18)]
    source = align_sections(Source(Grid("list", [head, *lines[:3], ["Boarders"], *lines[3:], ["Boys", None, 3]])), 1)
    rows, left = sort_rows(source, 1, dict(enumerate("abcde", 1)), [1, 2], {"code", "subject"}, OTHERS)
    assert rows == [2, 3, 4, 6, 7, 8] and [one.row for one in left] == [5, 9]
    assert "it is a heading" in left[0].why and "no code as the others have" in left[1].why

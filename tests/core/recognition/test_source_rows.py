"""Rows of a list and what surrounds it: a row with a key and values is a row; the rest is listed with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.source import Source
from addin.core.recognition.source_rows import _Judge, align_sections, sort_rows

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
        ["Total boys", 12, 13, 2, 25],
        ["Grand total", 12, 13, 2, 25],
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


def all_left(lines: list[list[Value]], **more: object) -> list[tuple[int, str, bool]]:
    """Row, reason and whether a person should look, of what is left out below the headers."""
    source = replace(Source(Grid("list", [HEAD, *lines])), **more)  # type: ignore[arg-type]
    return [
        (one.row, str(one.why), one.look)
        for one in sort_rows(source, 1, dict(enumerate("abcde", 1)), [1], NAMES, OTHERS)[1]
    ]


def test_a_person_should_look_at_what_may_be_a_row_and_at_nothing_else() -> None:
    assert all_left([*ROWS, list(HEAD), ["Page 1 of 2"]]) == [
        (4, "it repeats the headers", False),
        (5, "it is a heading, a total or a note, no row of the list", False),
    ]
    assert all_left([*ROWS, ["Code", "Room"], ["0014", "B1"]]) == [
        (4, "it holds headers of its own, as of another table", True),
        (5, "it belongs to the table whose headers are in row 4", True),
    ]
    assert all_left([*ROWS, ["0014", "D\ufffdaz"], ["0015", "MÃ¼ller"]]) == [
        (4, "a letter of “D\ufffdaz” was lost before; make the list again", True),
        (5, "“MÃ¼ller” is garbled, perhaps Müller; make the list again as CSV UTF-8", True),
    ]
    assert all_left([*ROWS, ["Boys", "x", 3, 4]]) == []
    assert all_left([*ROWS, ["Boys", None, 3]]) == [
        (4, "“Boys” is no code as the others have, and little else is filled", True)
    ]
    assert all_left([*ROWS, ["Total", 1, 2, 3]]) == [(4, "it is a line of totals", False)]
    assert all_left([*ROWS, ["1"]]) == [(4, "it holds nothing but “1”", True)]


def test_what_cannot_be_read_is_listed_below_the_headers_and_who_is_not_meant_with_the_reason() -> None:
    damaged = {1: "headers", 2: "a cell is cut off"}
    assert all_left(ROWS, damaged=damaged) == [(2, "a cell is cut off", True)]
    assert all_left(ROWS, excluded={3: "a teacher"}) == [(3, "a teacher", False)]
    assert all_left([*ROWS, []], excluded={4: "a teacher"}) == []


@pytest.mark.parametrize(("reading", "sign"), [("UTF-8, separated by commas", "comma"), ("UTF-8, tabs", "separator")])
def test_too_many_cells_may_come_of_a_sign_within_one(reading: str, sign: str) -> None:
    why = f"it has 6 cells under 5 headers (is a quotation mark missing around a {sign}?)"
    assert all_left(ROWS, widths=[5, 5, 6], reading=reading) == [(3, why, True)]


@pytest.mark.parametrize(
    ("widths", "left"),
    [
        ([5, 6, 6, 6], []), ([5, 6, 6, 5], []), ([5, 6, 5, 5], [2]), ([5, 6, 6, 7], [4]), ([5, 7, 6, 6], [2]),
        ([5, 5, 5, 5], []), ([5, 6, 7, 8], [2, 3, 4]), ([6, 6, 6, 7], [4]),
    ],
)  # fmt: skip
def test_a_delimiter_at_the_end_of_most_rows_is_no_cell(widths: list[int], left: list[int]) -> None:
    lines = [*ROWS, ["0014", "Roy", "Tom", "M27", "D"]]
    assert [row for row, _, _ in all_left(lines, widths=widths)] == left


def test_half_of_the_rows_that_end_with_a_delimiter_are_not_most() -> None:
    assert [row for row, _, _ in all_left(ROWS, widths=[5, 6, 5])] == [2]
    assert [row for row, _, _ in all_left([*ROWS, []], widths=[5, 6, 6, 0])] == []


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (["Asset", "Item", "Location"], True), (["Asset", "Item"], False), (["Asset", "Lamp", "Item", "Staff"], False),
        (["Asset", "Item", "Staff", "x"], True), (["Asset", "Item", "x", "y"], False),
        (["Asset", "Item", "x", "Staff"], True), (["Asset", "Item", "x"], False),
        (["Asset", "Item", "Staff", "Location", "x"], True), (["Lamp", "Item", "Staff", "Location"], False),
        ([None, "Item", "Staff", "Location"], True), ([7, "Item", "Staff", "Location"], False),
    ],
)  # fmt: skip
def test_headers_of_another_tracker_are_its_first_two_and_most_of_the_others(line: list[Value], left: bool) -> None:
    found = [why for row, why, _ in all_left([*ROWS, line, ["0019", "B1", "Hall", "x", "y"]]) if row == 4]
    assert (found == ["it holds headers of its own, as of another table"]) is left


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["Code", "Last name"], "it repeats the headers"), (["code", None, None, "SESSION"], "it repeats the headers"),
        (["Code", "Room"], "it holds headers of its own, as of another table"), (["Code"], ""),
        (["Code", 7], ""), (["Code", "Room", 7], ""),
        (["Surname", "Code"], "it holds headers of its own, as of another table"),
        ([None, "Surname", "Room"], "it holds headers of its own, as of another table"),
        ([None, "Ito", "Room", "Surname"], "it holds headers of its own, as of another table"),
        ([None, "Ito", "Room", "x"], ""), ([None, "Ito", "Aya", "Room"], ""),
        ([None, "Room", "Surname", "Session", "x", "y"], "it holds headers of its own, as of another table"),
        ([None, 7, "Surname", "Room"], ""),
        (["Code", "x", "y", "z"], "it holds headers of its own, as of another table"),
        ([None, "Surname", "x", "Room"], "it holds headers of its own, as of another table"),
        ([None, "Ito", "Room", "x", "Surname", "Session"], "it holds headers of its own, as of another table"),
        ([None, "Room", "Surname", "x", "y"], ""), (["0014", "Room", "Surname", "Session"], ""),
    ],
)  # fmt: skip
def test_a_row_of_headers_is_told_by_its_key_or_by_most_of_its_cells(line: list[Value], why: str) -> None:
    found = {row: said for row, said, _ in all_left([*ROWS, line, ["0019", "B1", "Hall", "x", "y"]])}
    said = found.get(4, "")
    assert (said if "headers" in said else "") == why


def test_lists_below_each_other_with_their_columns_in_another_order_are_read_as_one() -> None:
    def moved(*lines: list[Value], head: int = 1) -> list[list[Value]]:
        return [list(line) for line in align_sections(Source(Grid("list", list(lines))), head).grid.values]

    first, second = ["Code", "Name", "Class"], ["Name", "Code", "Class"]
    row: list[Value] = ["Ito", "0012", "A"]
    assert moved(first, ["0011", "Roy"], second, row)[3] == ["0012", "Ito", "A"]
    assert moved(["List"], first, second, row, head=2)[3] == ["0012", "Ito", "A"]
    assert moved(first, second, ["Ito", None, None, None, "late"])[2] == [None, "Ito", None, None, "late"]
    assert moved(first, second, ["Ito", "0012", None, "late"])[2] == ["0012", "Ito", None, "late"]
    assert moved(first, ["Name", "Code"], ["Ito", "0012", "A", None])[2] == ["0012", "Ito"]
    assert moved(first, second, row, first, ["0013", "Roy", "B"])[4] == ["0013", "Roy", "B"]
    assert moved(first, second, [])[2] == []
    assert moved(first, ["Name"], row)[2] == row
    assert moved(first, ["Name", "Code", 7], row)[2] == row
    assert moved(first, ["Name", "Name"], row)[2] == row
    assert moved(first, ["Name", "Room"], row)[2] == row
    assert moved(first, ["Code", "Name"], row)[2] == row


def test_what_is_shown_moves_with_its_cell() -> None:
    lines: list[list[Value]] = [["Code", "Name"], ["Name", "Code"], ["Ito", 12]]
    shown = {(3, 2): "0012", (1, 1): "Code", (3, 9): "far"}
    assert align_sections(Source(Grid("list", lines, shown=shown)), 1).grid.shown == {
        (3, 1): "0012", (1, 1): "Code", (3, 9): "far",
    }  # fmt: skip


def judge(lines: list[list[Value]], key: list[int] | None = None) -> _Judge:
    return _Judge(Source(Grid("list", [HEAD, *lines])), 1, dict(enumerate("abcde", 1)), key or [1], NAMES, OTHERS)


@pytest.mark.parametrize(
    ("lines", "usual", "shortest", "coded"),
    [
        ([], 0, 0, False), (ROWS, 5, 4, True),
        ([["0011"], ["0012", "a"], ["00131", "a", "b", "c", "d"], ["00141", "a", "b", "c", "d"]], 5, 5, True),
        ([["0011", "a", "b", "c", "d"], ["x", "y"], ["zz", "w"]], 2, 1, False),
        ([["0012", "a", "b", "c"], ["0013", "a", "b", "c"], ["1", "x"], ["0014", "a", "b", "c"]], 4, 4, True),
        ([["Ito", 3, 4], [], [], []], 3, 3, False), ([[None, 3, 4]], 2, 0, False),
        ([["0012", 3, 4], ["0013", 3, 4], ["Ito", 3, 4]], 3, 3, True), ([["0012", 3, 4], ["Ito", 3, 4]], 3, 3, False),
        ([["0012", "a"], ["Asset", "Item", "Staff"], ["0013", "a", "b", "c"], ["0014", "a", "b", "c"]], 2, 4, True),
    ],
)  # fmt: skip
def test_the_usual_row_is_that_of_the_list_itself(
    lines: list[list[Value]], usual: int, shortest: int, coded: bool
) -> None:
    found = judge(lines)
    assert (found.usual, found.shortest, found.coded) == (usual, shortest, coded)


def test_the_first_part_of_a_key_says_what_codes_look_like() -> None:
    found = judge([["0012", "A", 3], ["0013", "B", 4]], [1, 2])
    assert (found.shortest, found.shapes) == (4, {"9"})


FOUR: list[list[Value]] = [["0012", "Ito", "Aya", "M27"], ["0013", "Berg", "Ann", "M27"]]
NAMED: list[list[Value]] = [["Ito", 3, 4], ["Roy", 5, 6]]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([*FOUR, ["Boys", None, 3, 4]], []), ([*FOUR, ["Boys", None, 3]], [4]), ([*FOUR, ["1"]], [4]),
        ([*NAMED, ["R"]], []), ([*FOUR, ["Total", 2], FOUR[0]], [4]), ([*NAMED, ["Total", 8, 10]], [4]),
        ([*NAMED, ["Total", "x", 10]], []), ([*NAMED, [None, "Total", 8]], [4]), ([*NAMED, ["x", "Total", 8]], []),
    ],
)  # fmt: skip
def test_the_last_row_is_none_of_the_list_where_it_counts_or_is_hardly_filled(
    lines: list[list[Value]], left: list[int]
) -> None:
    assert [row for row, _, _ in all_left(lines)] == left


def test_rows_of_one_cell_may_end_with_a_delimiter_too() -> None:
    assert all_left([["0012"], ["0013"], ["0014"]], widths=[5, 6, 6, 6]) == []

"""The shape of a sheet at its edges: headers of two rows, tables beside each other, ticks, rows that end a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from addin.core.book import Area, Grid, Value
from addin.core.recognition.columns import roles
from addin.core.recognition.context import Context
from addin.core.recognition.formats import _colour
from addin.core.recognition.header_rows import header_block
from addin.core.recognition.header_words import Words
from addin.core.recognition.regions import Region, _stands_alone, regions
from addin.core.recognition.roles import cells_of
from addin.core.recognition.subject_names import SubjectNames
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

WORDS = Words(load_all(), SubjectNames(load_lists()))
HEAD: list[Value] = ["Code", "Last name", "First names"]
ROWS: list[list[Value]] = [["000123", "Ito", "Aya"], ["000124", "Diaz", "Eva"]]


@pytest.mark.parametrize(
    ("area", "block"),
    [
        (Area(1, 2, 1, 3, ""), (1, 2)), (Area(1, 1, 1, 2, ""), (1, 2)), (Area(1, 1, 1, 3, ""), (2, 2)),
        (Area(1, 1, 1, 4, ""), (2, 2)), (None, (2, 2)),
    ],
)  # fmt: skip
def test_a_heading_merged_over_some_of_the_columns_is_a_part_of_the_headers(
    area: Area | None, block: tuple[int, int]
) -> None:
    top: list[Value] = [None, None, None]
    if area:
        top[area.left - 1] = "Names"
    assert header_block(Grid("S", [top, HEAD, *ROWS], merged=[area] if area else []), 1, 3, 2) == block


def test_two_headings_above_the_columns_are_a_part_of_the_headers_without_merging() -> None:
    assert header_block(Grid("S", [["Who", None, "Name"], HEAD, *ROWS]), 1, 3, 2) == (1, 2)
    assert header_block(Grid("S", [["Who", None, 7], HEAD, *ROWS]), 1, 3, 2) == (2, 2)
    assert header_block(Grid("S", [HEAD, *ROWS]), 1, 3, 1) == (1, 1)


def ticked(heads: Sequence[str], *cells: Sequence[Value]) -> list[str]:
    """The kinds of the columns after the student and the activity."""
    rows: list[list[Value]] = [["Student", "Activity", "Hours", *heads]]
    rows += [[f"Ito, A{n}", "Choir", 3, *line] for n, line in enumerate(cells)]
    grid = Grid("CAS", rows)
    (region,) = regions(grid, WORDS)
    found = roles(region, grid, WORDS)
    return [found[number].kind for number in range(4, 4 + len(heads))]


def test_strands_and_outcomes_are_ticked_in_columns_of_their_own() -> None:
    assert ticked(["LO1", "LO2"], ["x", None], [None, "x"]) == ["outcome ticked"] * 2
    assert ticked(["LO1"], ["x"], [None]) == ["own"]
    assert ticked(["LO1", "LO1"], ["x", None], [None, "x"]) == ["own", "own"]
    assert ticked(["LO1", "LO2"], ["good", None], [None, "x"]) == ["own", "own"]
    assert ticked(["C", "A", "S"], ["x", None, None], [None, "x", "x"]) == ["strand ticked"] * 3
    assert "strand ticked" not in ticked(["C", "A"], ["x", None], [None, "x"])


@pytest.mark.parametrize(
    ("legend", "tables"),
    [
        ([["red", "late"], [None, None]], [(1, 2, 3, 5, 6)]),
        ([["red = late", None], [None, None]], [(1, 2, 3)]),
        ([[None, "a"], ["b", None]], [(1, 2, 3, 5, 6)]),
    ],
)  # fmt: skip
def test_two_columns_beside_a_list_are_of_it_where_headers_are_above_them(
    legend: list[list[Value]], tables: list[tuple[int, ...]]
) -> None:
    head: list[Value] = [*HEAD, None, *(["Mark", "Remark"] if "=" not in str(legend[0][0]) else ["x = late", None])]
    grid = Grid("S", [head, *([*row, None, *more] for row, more in zip(ROWS, legend, strict=True))])
    assert [one.columns for one in regions(grid, WORDS)] == tables


@pytest.mark.parametrize(
    ("last", "rows"),
    [
        (["TOTAL", None, 2], 2), (["Total students", None, 2], 2), (["Note: ask the office about all of them."], 2),
        (["000125", "Cruz", "Mia"], 3), (["000125", "Cruz", None], 3), (["x = left"], 2),
    ],
)  # fmt: skip
def test_totals_and_notes_below_a_list_are_none_of_its_rows(last: list[Value], rows: int) -> None:
    (region,) = regions(Grid("S", [HEAD, *ROWS, last]), WORDS)
    assert len(region.rows) == rows


def test_four_known_headers_are_enough_beside_as_many_that_are_numbers() -> None:
    def header_rows(*head: Value) -> list[int]:
        return [one.header_row for one in regions(Grid("S", [[*head], *([*row, 1, 2, 3, 4] for row in ROWS)]), WORDS)]

    assert header_rows(*HEAD, "Session", 2023, 2024, 2025, 2026) == [1]
    assert header_rows(*HEAD, 2023, 2024, 2025, 2026) == []


@pytest.mark.parametrize(
    ("beside", "alone"),
    [
        (["Remark", "late"], False), (["x = late", "y"], True), ([None, "late"], True), ([], True),
    ],
)  # fmt: skip
def test_what_is_beside_a_list_is_of_it_where_it_has_headers_in_the_same_row(beside: list[Value], alone: bool) -> None:
    lines: list[list[Value]] = [[*HEAD, None], [*ROWS[0], None]]
    grid = Grid("S", [[*line, cell] for line, cell in zip(lines, [*beside, None, None][:2], strict=True)])
    assert _stands_alone(grid, (1, 3), (5, 5), lambda *_: [1]) is alone
    assert _stands_alone(grid, (1, 3), (5, 5), lambda *_: [])


def test_a_last_name_alone_below_a_note_is_a_row_where_all_rows_have_one_cell() -> None:
    lines: list[list[Value]] = [["Ito"], ["Note: ask the office"], ["Diaz"]]
    (region,) = regions(Grid("S", [HEAD, *lines]), WORDS)
    assert region.rows == [2, 4] and [aside.kind for aside in region.asides] == ["note"]


def test_titles_of_a_table_begin_below_the_one_above_it() -> None:
    second: list[list[Value]] = [["Class 12B"], ["Code", "Session", "Category"], ["000125", "M27", "D"]]
    found = regions(Grid("S", [HEAD, *ROWS, *second]), WORDS)
    assert [(one.header_row, one.rows, one.titles) for one in found] == [
        (1, [2, 3], []), (5, [6], [(4, 1, "Class 12B")]),
    ]  # fmt: skip


@pytest.mark.parametrize(("bottom", "block"), [(2, (1, 2)), (4, (1, 4)), (5, (1, 1))])
def test_headers_of_at_most_four_rows_are_merged_downwards(bottom: int, block: tuple[int, int]) -> None:
    lines: list[list[Value]] = [HEAD, *([[None, None, None]] * (bottom - 1)), *ROWS]
    merged = [Area(1, column, bottom, column, "") for column in (1, 2, 3)]
    assert header_block(Grid("S", lines, merged=merged), 1, 3, 1) == block


def test_sixty_cells_of_a_column_are_a_sample() -> None:
    names: list[list[Value]] = [[f"{n:06}", "Ito", f"A{n}"] for n in range(70)]
    grid = Grid("S", [HEAD, *names])
    (region,) = regions(grid, WORDS)
    assert cells_of(region, grid, 1) == [line[0] for line in names[:60]]


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        ("FF0000", "red"), ("FF4000", "orange"), ("FFBF00", "orange"), ("FFC000", "yellow"), ("AAFF00", "green"),
        ("00FFD5", "blue"),
        ("5500FF", "purple"), ("FF00AA", "pink"), ("FF0040", "pink"), ("FF0030", "red"), ("FFFFFF", ""),
        ("000000", ""), ("808080", "grey"),
        ("F3F3F3", ""), ("404040", ""), ("FF00", ""), ("", ""), ("FFC0C0", "red"), ("F0FFF0", ""), ("E6F0E6", "grey"),
    ],
)  # fmt: skip
def test_a_fill_has_the_name_of_its_colour(fill: str, colour: str) -> None:
    assert _colour(fill) == colour


def test_nothing_holds_for_all_rows_unless_a_line_says_so() -> None:
    nothing = Context()
    assert not nothing.withdrawn and not nothing.school_year and nothing.session == nothing.student == ""


def table_of(headers: Mapping[int, str], groups: Mapping[int, str] | None = None, **more: object) -> Region:
    return Region("S", 1, tuple(headers), headers, groups or {}, [], [2], {}, [], **more)  # type: ignore[arg-type]


def test_columns_of_the_same_name_are_told_apart_by_the_heading_above_or_a_number() -> None:
    dates = table_of({1: "Name", 2: "Date", 3: "Date", 4: "Date", 5: "Note"}, {1: "Who", 2: "CAS", 3: "EE", 4: "EE"})
    said = ["Name", "CAS Date", "EE Date", "EE Date (2)", "Note"]
    assert [dates.own_name(number) for number in (1, 2, 3, 4, 5)] == said
    assert [dates.own_name(number) for number in (1, 2, 3, 4, 5)] == said
    notes = table_of({1: "Note", 2: "Note", 3: "Note"})
    assert [notes.own_name(number) for number in (1, 2, 3)] == ["Note", "Note (2)", "Note (3)"]
    assert Region("S", 1, (1,), {1: "Note", 2: "Note"}, {}, [], [], {}, []).own_name(2) == "Note"


def test_a_row_is_as_long_as_its_table_with_what_is_merged_and_shown() -> None:
    grid = Grid("S", [["a"], ["b", "c", None, "d", "e"], ["f", "g", 7, "h"]])
    plain, filled = table_of({1: "A", 2: "B", 4: "D"}), table_of({1: "A", 2: "B", 4: "D"}, filled={(1, 2): "up"})
    assert list(plain.line(grid, 1)) == ["a", None, None, None]
    assert list(plain.line(grid, 2))[:4] == ["b", "c", None, "d"] and list(plain.line(grid, 3)) == ["f", "g", 7, "h"]
    assert list(filled.line(grid, 1)) == ["a", "up", None, None] and list(filled.line(grid, 3)) == ["f", "g", 7, "h"]
    shown = Grid("S", [["a", 12]], shown={(1, 2): "0012"})
    assert list(plain.line(shown, 1)) == ["a", "0012", None, None]
    assert [plain.value(shown, 1, 2), plain.value(grid, 1, 2), filled.value(grid, 1, 2)] == ["0012", None, "up"]

"""Small decisions on the way from a sheet to its tables: seats, workshops, interviews, ends of tables, whose rows."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from make import table, tracker

from addin.core.book import Area, Grid, Value
from addin.core.recognition.header_words import Words
from addin.core.recognition.matching import Match
from addin.core.recognition.other_lines import _counts_above, _is_name_like, is_legend, is_note
from addin.core.recognition.parts import _is_of_other_rows
from addin.core.recognition.people import Person
from addin.core.recognition.recognise import Understood
from addin.core.recognition.regions import _end_before, _has_headings_alone, _merged_down, _used_columns
from addin.core.recognition.roles import Role
from addin.core.recognition.row_match import RowFinder
from addin.core.recognition.subject_names import SubjectNames
from addin.core.recognition.survey import _with_names, is_seating
from addin.core.recognition.time_columns import interview_role
from addin.core.recognition.work import _account_at_home
from addin.core.recognition.workshop_text import split_date
from addin.core.recognition.workshops import _is_attended, times_attended, year_of
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

TRACKERS = load_all()
WORDS = Words(TRACKERS, SubjectNames(load_lists()))


@pytest.mark.parametrize(
    ("name", "lines", "seats"),
    [
        ("Seating plan", [["Biology"]], True),
        ("Plan", [["Seat", "Biology paper 1", "x"], [1, "Ito, Aya", "y"]], False),
        ("Exam", [["Seat", "Name", "Code"], [1, "Ito, Aya", "x"]], True), ("Exam", [["Name", "Code", "x"]], False),
        ("Places", [["Biology HL"]], False), ("S", [["Exam hall"], ["Desk", "Name", "Code"]], True),
        ("S", [["Hall"], ["Desk", "Name", "Code"]], False), ("Sitzplan", [["Klausur"]], True),
        ("S", [*([["a"]] * 5), ["exam seats"]], True), ("S", [*([["a"]] * 6), ["exam seats"]], False),
    ],
)  # fmt: skip
def test_a_sheet_about_seats_of_an_exam_is_known(name: str, lines: list[list[Value]], seats: bool) -> None:
    assert is_seating(Grid(name, lines)) is seats


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        ([[None, "Biology", "Physics"], ["Ito, Aya", "HL"], ["Diaz, Eva", "SL"]], ["Student", "Biology", "Physics"]),
        ([[None, "Biology", "Physics"], ["Ito, Aya", "HL"], ["Total", 1]], [None, "Biology", "Physics"]),
        ([[None, "Biology"], ["Ito, Aya", "HL"], ["Diaz, Eva", "SL"]], [None, "Biology"]),
        ([["Name", "Biology", "Physics"], ["Ito, Aya", "HL"], ["Diaz, Eva", "SL"]], ["Name", "Biology", "Physics"]),
        ([[None, "HL", "SL"], ["Biology", "x"], ["Physics", "y"]], [None, "HL", "SL"]),
        ([["Title"], [None, "Biology", "Physics"], ["Ito, Aya"], ["Diaz, Eva"], ["Total"]], ["Title"]),
    ],
)  # fmt: skip
def test_names_below_nothing_are_students(lines: list[list[Value]], head: list[Value]) -> None:
    found = _with_names(Grid("S", lines), WORDS)
    assert found.values[0] == head and found.values[2:] == lines[2:]
    if head == ["Title"]:
        assert found.values[1] == ["Student", "Biology", "Physics"]


@pytest.mark.parametrize(
    ("value", "attended"),
    [
        ("x", True), ("no", True), ("?", True), ("??", True), ("???", False), ("2024", True), ("12 Oct 2019", True),
        ("Nairobi, March 2021", True), ("2021 Bangkok", True), ("2014; 2018", True), ("2014; soon", False),
        ("Choir", False), (date(2024, 3, 1), True), (7, False),
    ],
)  # fmt: skip
def test_a_cell_says_that_somebody_went_to_a_workshop(value: Value, attended: bool) -> None:
    assert _is_attended(value) is attended


def test_where_and_when_somebody_went() -> None:
    assert [(text, place) for text, place, _ in times_attended("March 2021 Nairobi and 2023 (Bangkok)")] == [
        ("March 2021 Nairobi", "Nairobi"), ("2023 (Bangkok)", "Bangkok"),
    ]  # fmt: skip
    assert [said.year for *_, said in times_attended("2014; 2018")] == [2014, 2018]


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("2024", 2024), ("2024-25", 2024), ("PD 2024/2025", 2024), ("School year 2024", 2024), ("24/25", 2024),
        ("Cat 1", 0), ("1924", 0), ("2024 workshops and others", 0),
    ],
)  # fmt: skip
def test_a_header_is_a_year(header: str, year: int) -> None:
    assert year_of(header) == year


@pytest.mark.parametrize(
    ("text", "title", "when"),
    [
        ("Cat 1 Physics, Bangkok, 12-14 March 2024", "Cat 1 Physics, Bangkok", "12-14 March 2024"),
        ("TOK (May 2024)", "TOK", "May 2024"), ("TOK - online, 2024", "TOK", "online, 2024"), ("TOK", "TOK", ""),
        ("TOK; Cat 1", "TOK; Cat 1", ""), ("CAS: 5 May 2024", "CAS", "5 May 2024"),
    ],
)  # fmt: skip
def test_a_date_at_the_end_is_no_part_of_the_title(text: str, title: str, when: str) -> None:
    assert split_date(text) == (title, when)


@pytest.mark.parametrize(
    ("key", "above", "cells", "role"),
    [
        ("1st interview", "", [], Role("interview", number=1)), ("interview 2", "", [], Role("interview", number=2)),
        ("final interview", "", [], Role("interview", number=3)),
        ("third cas interview", "", [], Role("interview", number=3)),
        ("interview", "", [], None), ("int 1", "", [1, 2], None), ("int 1", "", ["x"], Role("interview", number=1)),
        ("notes", "interview 2", [], Role("interview note", number=2)),
        ("date", "2nd interview", [], Role("interview", number=2)),
        ("notes", "interviews", [], None), ("2", "interviews", [], Role("interview", number=2)),
        ("second", "interviews", [], Role("interview", number=2)), ("room", "interview 2", [], None),
        ("entretien 3", "", [], Role("interview", number=3)), ("erstes gesprach", "", [], Role("interview", number=1)),
        ("tercera entrevista", "", [], Role("interview", number=3)),
        ("premier entretien", "", [], Role("interview", number=1)),
        ("deuxieme entretien", "", [], Role("interview", number=2)), ("4", "interviews", [], None),
    ],
)  # fmt: skip
def test_a_column_of_interviews_has_its_number(key: str, above: str, cells: list[Value], role: Role | None) -> None:
    assert interview_role(key, above, cells) == role


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ([["a", 1], ["b", 2], [], ["Class 12B"], ["Name", "Code"]], 3), ([["a", 1], ["b", 2], ["Name", "Code"]], 3),
        ([["a", 1], ["x", "y"], ["Name", "Code"]], 3), ([["a", 1], [None, "x", "y"], ["Name", "Code"]], 2),
        ([["a", 1], ["x", "y", "z"], ["Name", "Code"]], 3),
        ([["x"], ["y"], ["Name", "Code"]], 1),
    ],
)  # fmt: skip
def test_titles_above_a_table_are_not_of_the_one_before(lines: list[list[Value]], end: int) -> None:
    assert _end_before(Grid("S", [["Name", "Code"], *lines]), 1, 3, 1, len(lines) + 1) == end


@pytest.mark.parametrize(
    ("lines", "alone"),
    [
        ([["12A"], ["Ito", 1], ["Diaz", 2]], True), ([["12A"], ["Ito", 1]], False),
        ([["later"], ["Ito", 1], ["Diaz", 2]], False),
        ([["12A"], ["12B", 1], ["12C", 2]], False), ([["Ito", 1], ["Diaz", 2], ["12A"]], False),
        ([["CLASS A"], ["Ito", 1], ["Group:"], ["Diaz", 2], ["Berg", 3]], True),
        ([["12A"], ["12B", 1], ["Ito", 1], ["Diaz", 2], ["Berg", 3]], True),
        ([["12A"], ["12B", 1], ["Ito", 1], ["Diaz", 2]], False),
    ],
)  # fmt: skip
def test_rows_with_one_cell_of_two_are_headings(lines: list[list[Value]], alone: bool) -> None:
    assert _has_headings_alone({n: len(line) for n, line in enumerate(lines, 1)}, lines, 0) is alone


@pytest.mark.parametrize(
    ("line", "above", "counts"),
    [
        (["Ito", 1, 2], [["Diaz", "HL", "SL"]], True), (["Ito", 1, 2], [["Diaz", "HL", None]], False),
        (["Ito", 1, 2], [["Diaz", "HL", "7"]], False), (["Ito", 1, "x"], [["Diaz", "HL", "SL"]], False),
        (["Ito", 1], [["Diaz", "HL"]], False), (["Number of HL", 1, 2], [], True), (["Ito", 1, 2], [], False),
        (["Ito", 1, 2], [["Diaz", 3, 4]], False),
    ],
)  # fmt: skip
def test_numbers_below_texts_count_them(line: list[Value], above: list[list[Value]], counts: bool) -> None:
    assert _counts_above(str(line[0]), line, 0, above) is counts


def test_lines_that_are_no_rows() -> None:
    assert [_is_name_like(line, 4) for line in (["a", "b"], ["a", "b", "c"], ["a", "b", "3c"], ["a", "b", 7])] == [
        False, True, False, False,
    ]  # fmt: skip
    assert [_is_name_like(["a", "b", "c"], usual) for usual in (5, 6, 7)] == [True, False, False]
    assert [is_note("Note: x", "Note: x", count, 6, False) for count in (1, 2, 3)] == [True, True, False]
    assert [is_note(first, str(first), 1, 3, below) for first, below in (("x", True), ("x", False), (7, True))] == [
        True, False, False,
    ]  # fmt: skip
    assert is_legend(["red = late", None]) and not is_legend(["red = late", "x"]) and not is_legend([7])


def test_cells_merged_downwards_are_filled_and_titles_across_use_no_column() -> None:
    grid = Grid("S", [["T"], ["a", "b"], ["x", 1], [None, 2], ["y", 3]], merged=[Area(3, 1, 4, 1), Area(1, 1, 1, 3)])
    assert _merged_down(grid, 2, 5, (1, 2)) == {(4, 1): "x"} and _merged_down(grid, 2, 3, (1, 2)) == {}
    assert _merged_down(grid, 3, 5, (1, 2)) == {} and _merged_down(grid, 2, 5, (2,)) == {}
    title = Grid("S", [["T"], [None, "b"], [None, "c"]], merged=[Area(1, 1, 1, 2)])
    assert _used_columns(title) == [2]
    assert _used_columns(Grid("S", title.values)) == [1, 2]
    assert _used_columns(Grid("S", title.values, merged=[Area(1, 1, 2, 1)])) == [1, 2]


LINES = tracker('key = ["code", "part"]\n[columns.code]\n[columns.part]\n[columns.note]', name="lines", sheet="Lines")


@pytest.mark.parametrize(
    ("row_id", "key", "index", "doubt"),
    [
        ("r00000", ("a", "1"), 0, ""), ("r00001", ("x", "9"), 1, ""),
        ("r00001", ("a", "1"), None, "two rows, 3 and 2."),
        ("", ("A", "1"), 0, ""), ("", ("c", "1"), None, ""), ("same", ("c", "1"), None, "is on several rows of Lines."),
        ("", ("d", "1"), None, "d · 1 is on several rows of Lines."), ("new", ("c", "1"), None, ""),
        ("r00001", ("", ""), 1, ""),
    ],
)  # fmt: skip
def test_a_row_is_found_by_its_id_then_by_its_key(
    row_id: str, key: tuple[str, ...], index: int | None, doubt: str
) -> None:
    stored = [{"code": code, "part": part} for code, part in (("a", "1"), ("b", "1"), ("d", "1"), ("d", "1"))]
    held = table(LINES, stored, ["r00000", "r00001", "same", "same"])
    finder = RowFinder(LINES, held, {name: held.raw(name) for name in LINES.key}, LINES.key)
    found = finder.find(row_id, key, own_id=False)
    assert found.index == index and found.doubt.endswith(doubt) and bool(found.doubt) is bool(doubt)


@pytest.mark.parametrize(
    ("tracker_", "columns", "other"),
    [
        ("eur", ("candidate", "subject", "level", "grade_before"), False),
        ("eur", ("candidate", "subject", "grade_before", "grade_after"), True),
        ("eur", ("candidate", "grade_before", "grade_after"), False),
        ("registrations", ("candidate", "subject"), False),
        ("cas", ("candidate", "title", "start"), False),
    ],
)  # fmt: skip
def test_a_list_with_two_columns_that_no_registration_has_is_another(
    tracker_: str, columns: tuple[str, ...], other: bool
) -> None:
    found = Understood("S", tracker_, 1, [Match(name, n, name) for n, name in enumerate(columns, 1)])
    assert _is_of_other_rows(found, TRACKERS) is other


def test_a_cell_is_accounted_for_where_it_says_who_or_what_the_list_of_students_says() -> None:
    work: Any = SimpleNamespace(placed=set())
    person = Person(0, {"last_name": "Ito", "adviser": "Lee", "class": "12A"})
    cells = {(2, 1): "last_name", (2, 2): "adviser", (2, 3): "class", (2, 4): "notes", (2, 5): ""}
    facts: dict[str, Value] = {"last_name": "Ito", "adviser": "Lee", "class": "12B", "notes": None}
    _account_at_home(person, facts, cells, work, "S")
    assert work.placed == {("S", 2, 1), ("S", 2, 2)}

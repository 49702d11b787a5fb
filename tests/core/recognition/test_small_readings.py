"""Small readings that decide where a cell of a person's own sheet goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from addin.core.book import Area, CellError, Grid, Value
from addin.core.language import ENGLISH
from addin.core.recognition.cells import CellReader
from addin.core.recognition.columns import roles
from addin.core.recognition.context import month_year, running_school_year
from addin.core.recognition.formats import without_invisible
from addin.core.recognition.forms import find_form
from addin.core.recognition.header_words import Words
from addin.core.recognition.import_cells import is_same
from addin.core.recognition.import_columns import is_free_text
from addin.core.recognition.matching import Match
from addin.core.recognition.people import Name, split_name
from addin.core.recognition.programs import translate
from addin.core.recognition.pupils import lists_groups, pupils_in
from addin.core.recognition.recognise import Understood
from addin.core.recognition.regions import regions
from addin.core.recognition.setup import choices_of, english_choices
from addin.core.recognition.short_rows import _Judge
from addin.core.recognition.source import Source
from addin.core.recognition.spoken_dates import read_spoken
from addin.core.recognition.subject_names import SubjectNames
from addin.core.recognition.survey import _is_beside
from addin.core.recognition.time_columns import _month_in_any_language, interview_role
from addin.core.recognition.work import _more_facts
from addin.core.recognition.workshop_text import jotted
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

LISTS, TRACKERS = load_lists(), load_all()
SUBJECTS = SubjectNames(LISTS)
WORDS = Words(TRACKERS, SUBJECTS)
CELLS = CellReader(LISTS, SUBJECTS, {})


def test_a_school_year_begins_in_july_for_a_day_and_for_a_month() -> None:
    assert [running_school_year(date(2026, month, 1)) for month in (6, 7, 8)] == [2025, 2026, 2026]
    assert [month_year(month, 2026) for month in (6, 7, 8, 12, 1)] == [2027, 2026, 2026, 2026, 2027]


@pytest.mark.parametrize(
    ("old", "new", "same"), [(2, 2.0, True), ("2", 2, True), (1, 2, False), ("a", "b", False), (1, "b", False)]
)
def test_numbers_of_different_make_say_the_same(old: Value, new: Value, same: bool) -> None:
    assert is_same(old, new) is same


def test_a_code_may_be_any_text_and_a_choice_may_not() -> None:
    candidates = TRACKERS["candidates"]
    assert is_free_text(candidates, "code") and is_free_text(candidates, "last_name")
    assert not is_free_text(candidates, "category") and not is_free_text(candidates, "birth_date")


@pytest.mark.parametrize(
    ("key", "cells", "number"),
    [
        ("int 1", [4, 5, 6], 0),  # marks of an internal task
        ("int 1", [date(2026, 9, 1)] * 3, 1),
        ("1st interview", [1, 2, 3], 1),
        ("2nd interview", ["12 May", "done"], 2),
    ],
)
def test_numbers_under_int_are_no_interviews(key: str, cells: list[Value], number: int) -> None:
    role = interview_role(key, "", cells)
    assert (role.number if role else 0) == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GARCÍA LÓPEZ Chloé", Name("GARCÍA LÓPEZ", "Chloé")),
        ("DUPONT de Marie", Name("de DUPONT", "Marie")),
        ("NGUYEN Van", Name("NGUYEN", "Van")),  # a first name here, though a small word elsewhere
    ],
)
def test_last_names_in_capitals(text: str, name: Name) -> None:
    assert split_name(text) == name


def test_what_a_formula_gives_that_fails_is_kept_and_said() -> None:
    read = CELLS.read(TRACKERS["cas"].columns["title"], CellError("#REF!"))
    assert (read.value, read.kept, str(read.why)) == (None, "#REF!", "the formula gives #REF!")


def test_letters_of_strands_are_strands_where_strands_are_asked_for() -> None:
    assert CELLS.read(TRACKERS["cas"].columns["strand"], "CA").value == "Creativity; Activity"


def test_signs_that_nobody_sees_go_and_the_other_cells_stay() -> None:
    grid = Grid("CAS", [["Ito\u200b", "É", 4], ["é", None, "b"]])
    assert without_invisible(grid).values == [["Ito", "É", 4], ["é", None, "b"]]
    clean = Grid("CAS", [["Ito", "É"]])
    assert without_invisible(clean) is clean


def test_a_language_a_of_which_no_language_is_said_is_every_one_of_its_kind() -> None:
    reading = SUBJECTS.read_header("Lang & Lit HL")
    assert reading and reading.level == "HL" and len(reading.names) > 10
    assert all(name.endswith(" A: Language and Literature") for name in reading.names)
    assert reading.names[0] == "English A: Language and Literature"
    assert SUBJECTS.read_header("Literature") is None and SUBJECTS.read_header("Language") is None
    assert SUBJECTS.read_header("Lit Perf") is not None


def oneroster(role: str, grades: str, status: str = "active") -> Mapping[int, str]:
    head: list[Value] = ["sourcedId", "status", "enabledUser", "givenName", "familyName", "role", "grades"]
    row: list[Value] = ["u1", status, "true", "Aya", "Ito", role, grades]
    found = translate(Source(Grid("users", [head, row])))
    assert found is not None
    return found[0].excluded


def test_a_user_of_oneroster_is_a_student_by_the_role_or_by_a_grade() -> None:
    assert not oneroster("student", "11") and not oneroster("", "11")
    assert "teacher" in oneroster("teacher", "")[2] and "neither" in oneroster("", "")[2]
    assert "tobedeleted" in oneroster("student", "11", "tobedeleted")[2]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["Timestamp", "Email Address", "Title"], True),
        (["Horodateur", "Adresse courriel"], True),
        (["Timestamp", "Title"], False),
        (["Email Address", "Timestamp"], False),
        ([], False),
    ],
)
def test_answers_to_a_form_begin_with_a_time_and_an_address(head: list[Value], expected: bool) -> None:
    form = find_form(Source(Grid("Form", [head] if head else [])))
    assert (form is not None) is expected


HEAD: list[Value] = ["Code", "Last name", "First names"]
ROW: list[Value] = ["000123", "Ito", "Aya"]


def test_two_lists_beside_each_other_are_two_tables_from_three_blank_columns_on() -> None:
    def tables(gutter: int) -> int:
        blank: list[Value] = [None] * gutter
        legend: list[Value] = ["Colour", "Meaning"]
        return len(regions(Grid("List", [[*HEAD, *blank, *legend], [*ROW, *blank, "red", "late"]]), WORDS))

    assert [tables(gutter) for gutter in (2, 3)] == [1, 1]
    both = Grid("List", [[*HEAD, None, *HEAD], [*ROW, None, *ROW]])
    assert [region.columns for region in regions(both, WORDS)] == [(1, 2, 3), (5, 6, 7)]


def test_a_name_merged_downwards_counts_for_all_its_rows() -> None:
    rows: list[list[Value]] = [HEAD, ROW, [None, None, "Bo"], ["000124", "Diaz", "Eva"]]
    (region,) = regions(Grid("List", rows, merged=[Area(2, 2, 3, 2, "")]), WORDS)
    assert region.filled == {(3, 2): "Ito"}


@pytest.mark.parametrize(
    ("line", "data"),
    [
        (["Higher level", 12, 9], 2),  # counts what is HL and SL above
        (["000125", "Cruz", "Mia"], 3),
    ],
)
def test_numbers_below_levels_count_them(line: list[Value], data: int) -> None:
    rows: list[list[Value]] = [["Name", "Biology", "Chemistry"], ["Ito, Aya", "HL", "SL"], ["Diaz, Eva", "SL", "HL"]]
    (region,) = regions(Grid("Subjects", [*rows, line]), WORDS)
    assert len(region.rows) == data


def test_spanish_under_group_1_is_a_language_a_and_under_group_2_a_language_b() -> None:
    def subjects(group: str) -> set[str]:
        rows: list[list[Value]] = [[None, group, "Group 4"], ["Name", "Spanish HL", "Biology HL"]]
        grid = Grid("Subjects", [*rows, ["Ito, Aya", "x", "x"], ["Diaz, Eva", "x", None]])
        (region,) = regions(grid, WORDS)
        return set(roles(region, grid, WORDS)[2].subjects)

    assert subjects("Group 1") and all(" A: " in name for name in subjects("Group 1"))
    assert subjects("Group 2") and not any(" A: " in name for name in subjects("Group 2"))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-03-02", date(2025, 3, 2), None), ("31.12.2025", date(2025, 12, 31), None),
        ("12/31/2025", date(2025, 12, 31), None), ("5.5.25", date(2025, 5, 5), None),
        ("2 juin 25", date(2025, 6, 2), None),
        ("July 4th, 2025", date(2025, 7, 4), None), ("Mrz 2, 2025", date(2025, 3, 2), None),
        ("March 5-7, 2025", date(2025, 3, 5), date(2025, 3, 7)),
        ("5 to 7 March 2025", date(2025, 3, 5), date(2025, 3, 7)),
        ("5-13/03/2025", date(2025, 3, 5), date(2025, 3, 13)), ("5-12/03/2025", None, None),
        ("1-14/13/2025", None, None), ("3.-5.11.25", date(2025, 11, 3), date(2025, 11, 5)),
        ("14/03/2025 - 14/03/2025", date(2025, 3, 14), date(2025, 3, 14)),
        ("2025-03-14 to 2025-04-01", date(2025, 3, 14), date(2025, 4, 1)),
        ("28 Feb 2024 - 1 March 2025", date(2024, 2, 28), date(2025, 3, 1)),
        ("5 Foo 2025", None, None), ("Foo 5, 2025", None, None), ("5-7 Foo 2025", None, None),
        ("Foo 5-7, 2025", None, None), ("30 Feb 2025", None, None), ("1 Foo - 2 March 2025", None, None),
        ("20250302", date(2025, 3, 2), None), ("2025年3月2日", date(2025, 3, 2), None),
    ],
)  # fmt: skip
def test_a_day_or_a_span_is_read_to_its_ends(text: str, start: date | None, end: date | None) -> None:
    said = read_spoken(text)
    assert (said.start if said else None, said.end if said else None) == (start, end or start)


@pytest.mark.parametrize(
    ("text", "pupils", "groups"),
    [
        ("Ana, Ben, Chloé", ["Ana", "Ben", "Chloé"], ["Ana", "Ben", "Chloé"]),
        ("Ruiz, Ana", ["Ruiz, Ana"], ["Ruiz", "Ana"]),
        ("Ruiz, Ana; Ito, Ben", ["Ruiz, Ana", "Ito, Ben"], ["Ruiz", "Ana", "Ito", "Ben"]), ("Ana", ["Ana"], ["Ana"]),
        ("Ana and Ben", ["Ana", "Ben"], ["Ana", "Ben"]), ("7 pupils", ["7 pupils"], ["7 pupils"]), ("", [], []),
    ],
)  # fmt: skip
def test_the_pupils_of_a_cell_are_taken_apart(text: str, pupils: list[str], groups: list[str]) -> None:
    assert pupils_in(text) == pupils and pupils_in(text, groups=True) == groups
    assert lists_groups(["", text]) is (len(pupils) > 2)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("DP Biology", ["DP Biology"]), ("1. DP Biology\n2. TOK", ["DP Biology", "TOK"]),
        ("- CAS\n\n- EE", ["CAS", "EE"]),
        ("CAS; EE", ["CAS", "EE"]), ("CAS;EE", ["CAS;EE"]), ("(1) - CAS", ["- CAS"]), ("", []),
    ],
)  # fmt: skip
def test_workshops_in_one_cell_are_taken_apart(text: str, lines: list[str]) -> None:
    assert jotted(text) == lines


CHOSEN: list[list[Value]] = [
    ["Sheets", "Column", "Cells", "Read as", "Sure?", "Change to", ""],
    ["S", "Nr", "1", "x", "sure", "Code", "column S!Nr\ncolumn T!Nr"],
    ["S", "Name", "a", "x", "sure", "as read", "column S!Name"],
    ["S", "House", "a", "x", "sure", None, "column S!House"],
    ["", "Which order?", "", "", "", "day first (dmy)", "? date order\ndmy = day first\nmdy = month first"],
    ["", "Which session?", "", "", "", "May 2027", "? session\nM27 = May 2027"],
    ["", "Which year?", "", "", "", None, "? year\n2026 = 2026-27"], [],
]  # fmt: skip


def test_the_answers_of_a_setup_sheet_are_read() -> None:
    assert choices_of(Grid("Setup", CHOSEN)) == {
        "column S!Nr": "Code", "column T!Nr": "Code", "date order": "dmy", "session": "M27", "year": "leave",
    }  # fmt: skip
    chosen = {"column S!Nr": "code", "column S!A": "As read", "column S!B": "Shoe size", "session": "M27"}
    assert english_choices(chosen, TRACKERS.values(), [ENGLISH]) == {
        "column S!Nr": "Code", "column S!B": "Shoe size", "session": "M27",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "raw", "facts"),
    [
        ("first_names", "Robert (Bob)", {"first_names": "Robert", "preferred_name": "Bob"}),
        ("last_name", "Ito (Bob)", {}),
        ("first_names", "Aya", {}),
        ("nationality", "French / Spanish", {"nationality": "French", "second_nationality": "Spanish"}),
        ("nationality", "French", {}), ("notes", "French / Spanish", {}), ("nationality", "A / B / C", {}),
    ],
)  # fmt: skip
def test_what_a_cell_says_besides_its_own_fact(column: str, raw: str, facts: dict[str, Value]) -> None:
    found: dict[str, Value] = {}
    _more_facts(column, raw, raw, found)
    assert found == facts


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("kwi", 4),
        ("9月", 9),
        ("13月", 0),
        ("0月", 0),
        ("12 월", 12),
        ("ma", 0),
        ("maj 1", 0),
        ("wrzesień", 9),
        ("Ito", 0),
    ],
)
def test_a_month_in_any_language_stands_alone(text: str, month: int) -> None:
    assert _month_in_any_language(text) == month


@pytest.mark.parametrize(
    ("place", "cell", "misfit"),
    [(0, "0014", False), (1, "x", False), (1, "9", False), (2, "12 May", False), (2, "soon", True)],
)
def test_a_value_that_its_column_cannot_hold_is_a_misfit(place: int, cell: Value, misfit: bool) -> None:
    rows: list[list[Value]] = [["Code", "Name", "Day"], ["0012", "Ito", "1 May"], ["0013", "9", "2 May"]]
    source = Source(Grid("list", rows), widths=[3, 3, 3])

    def reads(number: int, value: Value) -> bool | None:
        return str(value).startswith("3 ") if number == 3 else None

    judge = _Judge(source, [2, 3], ["Code", "Name", "Day"], [1], reads)
    assert judge.is_misfit(place, cell) is misfit


@pytest.mark.parametrize(
    ("numbers", "beside"), [([1, 2], False), ([1, 5], True), ([5, 6], False), ([1, 9], False), ([9], False)]
)
def test_what_was_taken_for_one_table_may_be_two(numbers: list[int], beside: bool) -> None:
    line: list[Value] = ["Name", "Code", "Class", None, "Name", "Code", "Class"]
    grid = Grid(
        "S", [line, ["Ito, Aya", "0012", "12A", None, "Berg, Ann", "0014", "12B"], ["Diaz, Eva", "0013", "12A"]]
    )
    tables = regions(grid, WORDS)
    found = Understood("S", "candidates", 1, [Match(str(n), n, str(n)) for n in numbers])
    assert len(tables) == 2 and _is_beside(found, tables) is beside
    assert not _is_beside(replace(found, header_row=2), tables)

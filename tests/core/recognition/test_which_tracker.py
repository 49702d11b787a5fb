"""Which tracker a row of headers belongs to: what its headers, its cells, its sheet and its titles say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from make import tracker

from addin.core.book import Grid, Value
from addin.core.recognition.header_language import language_of_headers, writes_day_first
from addin.core.recognition.likeness import weights
from addin.core.recognition.matching import (
    HeaderCandidate,
    Match,
    _are_marks_of_myp,
    _has_names,
    _is_choice,
    _is_outside,
    _like,
    _may_be_students,
    _names_the_candidate,
    _other_kind,
    _titles,
    best_row,
    headers_in,
    is_called,
    is_titled,
)
from addin.core.recognition.wide import _bare, side_by_side
from addin.core.tables.choices import choices_of
from addin.core.tables.layout import HEADER_SEARCH
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

LISTS, TRACKERS = load_lists(), load_all()
WEIGHTS = weights(TRACKERS)


def sheet(name: str, *rows: Sequence[Value]) -> Grid:
    return Grid(name, [list(row) for row in rows])


def two(*cells: Value) -> list[list[Value]]:
    return [list(cells), list(cells)]


@pytest.mark.parametrize(
    ("name", "head", "tracker_", "says"),
    [
        (
            "List",
            ["Code", "Last name", "First names", "Session"],
            "candidates",
            "code last_name first_names session, keyed",
        ),
        ("CAS", ["Student", "Activity", "Hours"], "cas", "candidate title hours, named, keyed"),
        ("CAS log 12A", ["Student", "Activity", "Hours"], "cas", "candidate title hours, named, keyed"),
        ("Sheet1", ["Student", "Activity", "Hours"], "cas", "candidate title hours, keyed"),
        ("CAS", ["Activity", "Hours"], "cas", "title hours, named, nobodys"),
        ("CAS", ["Student", "Class"], "cas", "candidate, named, nobodys"),
        ("Sheet1", ["Item", "Quantity", "Location"], "inventory", "item quantity location, keyed, whole"),
        ("Sheet1", ["Item", "Quantity"], "inventory", "item quantity"),
        ("Sheet1", ["Staff", "Workshop", "Start"], "pd", "staff workshop start, keyed, whole"),
        ("PD", ["Staff", "Workshop", "Start"], "pd", "staff workshop start, named, keyed, whole"),
        ("Sheet1", ["Policy", "Reviewed", "Owner"], "policies", "policy reviewed owner, keyed"),
        ("Sheet1", ["Policy", "Owner"], "policies", "policy owner"),
    ],
)
def test_what_the_headers_of_a_sheet_say_of_a_tracker(name: str, head: list[Value], tracker_: str, says: str) -> None:
    found = best_row(sheet(name, head), TRACKERS[tracker_], LISTS, WEIGHTS)
    said = [" ".join(match.column for match in found.matches)]
    said += [flag for flag in ("named", "keyed", "whole", "nobodys", "of_names", "of_whom") if getattr(found, flag)]
    assert ", ".join(said) == says


def test_headers_may_be_in_any_of_the_first_rows_and_the_row_that_tells_most_has_them() -> None:
    title, head = ["List of candidates"], ["Code", "Last name", "First names", "Session"]
    few = ["Code", "Session"]
    for above in (0, 1, 5):
        assert (
            best_row(sheet("S", *[title] * above, head, few), TRACKERS["candidates"], LISTS, WEIGHTS).row == above + 1
        )
    last = [*[title] * (HEADER_SEARCH - 1), head]
    assert best_row(sheet("S", *last), TRACKERS["candidates"], LISTS, WEIGHTS).row == HEADER_SEARCH
    assert best_row(sheet("S", title, *last), TRACKERS["candidates"], LISTS, WEIGHTS).row == 0
    assert best_row(sheet("S", few, head), TRACKERS["candidates"], LISTS, WEIGHTS).row == 2
    assert best_row(sheet("S", title), TRACKERS["candidates"], LISTS, WEIGHTS) == HeaderCandidate()
    assert best_row(sheet("S"), TRACKERS["candidates"], LISTS, WEIGHTS) == HeaderCandidate()


@pytest.mark.parametrize(
    ("found", "score", "enough"),
    [
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 1.5, whole=True), 1.8, True),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 1.4, whole=True), 1.7, False),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 2.0, keyed=True), 2.3, True),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 1.9, keyed=True), 2.2, False),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 4.5), 4.8, True),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 4.4), 4.7, False),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 2, 0, 9.0), 9.2, False),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 2, 1, 0.0), 2.2, True),
        (HeaderCandidate(1, [Match("a", 1, "a")], 1, 0.0), 2.1, False),
        (HeaderCandidate(1, [Match("a", 1, "a")], 2, 0.0, of_names=True), 4.1, True),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 2, 1, 0.0, nobodys=True), 2.2, False),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 1, 0.0, nobodys=True), 2.3, True),
        (HeaderCandidate(1, [Match("a", 1, "a")] * 3, 0, 9.0, nobodys=True), 9.3, False),
    ],
)  # fmt: skip
def test_how_much_is_enough(found: HeaderCandidate, score: float, enough: bool) -> None:
    assert found.score == pytest.approx(score) and found.enough is enough


@pytest.mark.parametrize(
    ("name", "rows", "are_marks"),
    [
        ("MYP marks", [["Name", "Subject", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], True),
        ("Marks", [["MYP 4"], ["Name", "Subject", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], True),
        ("Marks", [["MYP 4", "x"], ["Name", "Subject", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], False),
        ("DP marks", [["Name", "Subject", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], False),
        ("MYP marks", [["Name", "Subject", "A", "B"], *two("Ito", "Maths", 5, 6)], False),
        ("MYP marks", [["Name", "Room", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], False),
        ("MYP marks", [["Name", "Subject", "A", "B", "C"], ["Ito", "Maths", 5, 6, 7], ["Roy", "Art", 1, 2, 3]], False),
        ("MYP marks", [["Project", "Subject", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], False),
        ("MYP projects", [["Name", "Subject", "A", "B", "C"], *two("Ito", "Maths", 5, 6, 7)], False),
        ("MYP marks", [["Subject", "Crit A", "Crit. B", "Criterion D"], *two("Maths", 5, 6, 7)], True),
    ],
)  # fmt: skip
def test_marks_of_myp_subjects_are_of_no_tracker(name: str, rows: list[list[Value]], are_marks: bool) -> None:
    grid = sheet(name, *rows)
    row = next(n for n, line in enumerate(rows, 1) if len(line) > 2)
    assert _are_marks_of_myp(grid, row) is are_marks
    if are_marks:
        assert best_row(grid, TRACKERS["myp"], LISTS, WEIGHTS) == HeaderCandidate()


@pytest.mark.parametrize(
    ("titles", "name", "titled"),
    [
        ("Service as Action 2026", "myp", True), ("Personal project list", "myp", True), ("Projects", "myp", False),
        ("CP core 2026", "cp", True), ("CAS experiences", "cas", False), ("", "cp", False),
    ],
)  # fmt: skip
def test_a_title_names_a_tracker_of_one_programme_in_two_words(titles: str, name: str, titled: bool) -> None:
    assert is_titled(titles, TRACKERS[name]) is titled


@pytest.mark.parametrize(
    ("text", "name", "called"),
    [("CAS 12A", "cas", True), ("cas 12A", "cas", False), ("CASE 12A", "cas", False), ("PD 2026", "pd", True),
     ("Candidates", "candidates", False)],
)  # fmt: skip
def test_letters_in_a_title_name_a_tracker(text: str, name: str, called: bool) -> None:
    assert is_called(text, TRACKERS[name]) is called
    head = ["Student", "Activity", "Hours"]
    assert bool(best_row(sheet("S", [text], head), TRACKERS[name], LISTS, WEIGHTS).named) is (called and name == "cas")


def test_titles_are_the_lines_of_one_text_above_the_headers() -> None:
    grid = sheet("S", ["CAS"], ["a", "b"], [7], ["2026", 7], ["x"])
    assert _titles(grid, 5) == "CAS 2026" and _titles(grid, 2) == "CAS" and _titles(grid, 1) == _titles(grid, 0) == ""


@pytest.mark.parametrize(
    ("name", "head", "may_be"),
    [
        ("S", {"staff": "Name", "workshop": "Activity"}, True), ("S", {"staff": "Name"}, True),
        ("S", {"staff": "Name", "workshop": "Workshop title"}, False), ("S", {"staff": "Staff"}, False),
        ("S", {"staff": "Name", "workshop": "Activity", "cost": "Cost"}, False), ("S", {"workshop": "Activity"}, False),
        ("Training", {"staff": "Name", "workshop": "Activity"}, False),
    ],
)  # fmt: skip
def test_names_and_activities_may_be_those_of_students(name: str, head: dict[str, str], may_be: bool) -> None:
    matches = [Match(header, n, column) for n, (column, header) in enumerate(head.items(), 1)]
    assert _may_be_students(sheet(name, list(head.values())), 1, matches) is may_be


def test_a_header_of_the_row_itself_speaks_of_training_and_one_below_does_not() -> None:
    matches = [Match("Name", 1, "staff")]
    assert not _may_be_students(sheet("S", ["Name", "PD"]), 1, matches)
    assert _may_be_students(sheet("S", ["Name", 7], ["PD"]), 1, matches)


def test_a_header_of_whole_names() -> None:
    grid = sheet("S", ["Name", "x"], ["y", "Student name"], ["z"])
    assert [_has_names(grid, row) for row in (0, 1, 2, 3)] == [False, True, True, False]


def test_headers_are_texts_of_up_to_five_hundred_characters() -> None:
    grid = sheet("S", ["a", 7, None, "b" * 500, "c" * 501])
    assert headers_in(grid, 1) == [(1, "a"), (4, "b" * 500)]


@pytest.mark.parametrize(
    ("cell", "outside"), [(0, True), (1, False), (5, False), (6, True), ("6", False), (None, False)]
)
def test_a_number_that_a_column_cannot_hold(cell: Value, outside: bool) -> None:
    column = tracker('[columns.year]\ntype = "integer"\nat_least = 1\nat_most = 5\n[columns.n]\ntype = "integer"')
    assert _is_outside(cell, column.columns["year"]) is outside
    assert not _is_outside(cell, column.columns["n"])


KINDS = tracker(
    '[columns.day]\ntype = "date"\n[columns.count]\ntype = "integer"\n[columns.session]\n[columns.year_group]\n'
    '[columns.predicted]\n[columns.note]\n[columns.form]\ntype = "integer"\nat_least = 1\nat_most = 5'
)
DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("header", "column", "cells", "other"),
    [
        ("Out", "day", [3, 4], True), ("Out", "day", [3, DAY], False), ("Out", "day", [1899, 3], True),
        ("Out", "day", [1900, 3], False), ("Out", "day", [], False), ("Out", "day", ["3"], False),
        ("Out", "count", [DAY, DAY], True), ("Out", "count", [DAY, "1/9/2026"], True),
        ("Out", "count", [DAY, 3], False),
        ("Out", "count", [DAY, "soon"], False), ("Out", "count", [], False), ("Out", "note", [DAY], False),
        ("Session", "session", ["AM", "pm"], True), ("Session", "session", ["AM", "M27"], False),
        ("Session", "session", [], False), ("Note", "predicted", [5, "A"], False),
        ("Note", "predicted", ["late"], True),
        ("Note", "predicted", [8], True), ("Grade", "predicted", ["late"], False),
        ("Grade", "year_group", ["late"], False),
        ("Form", "form", [8, 9], True), ("Form", "form", [8, 5], False), ("Form", "form", ["8"], False),
    ],
)  # fmt: skip
def test_cells_of_another_kind_speak_against_a_column(
    header: str, column: str, cells: list[Value], other: bool
) -> None:
    grid = sheet("S", [header], *([cell] for cell in cells))
    assert _other_kind(grid, 1, 1, KINDS.columns[column]) is other


def test_a_grade_beside_marks_is_no_year() -> None:
    assert _other_kind(sheet("S", ["Marks", "Grade"]), 1, 2, KINDS.columns["year_group"])
    assert not _other_kind(sheet("S", ["Name", "Grade"]), 1, 2, KINDS.columns["year_group"])


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["0012", "Ito"], ["0012", "Ito"], ["0013", "Roy"]], True), ([["0012", "Ito"], ["0012", "Roy"]], False),
        ([["0012", "Ito"], ["0013", "Roy"]], False), ([], False), ([["0012", None], ["0012", "Ito"]], False),
        ([[None, "Ito"], ["0012", "Ito"], ["0012", "Ito"]], True),
    ],
)  # fmt: skip
def test_a_name_beside_a_code_says_who_that_is_where_it_is_one_and_the_same(
    rows: list[list[Value]], names: bool
) -> None:
    grid = sheet("S", ["Code", "Name"], *rows)
    code, name = Match("Code", 1, "candidate"), Match("Name", 2, "title")
    assert _names_the_candidate(grid, 1, name, [code, name]) is names
    assert not _names_the_candidate(grid, 1, name, [name])
    assert not _names_the_candidate(grid, 1, Match("Name", 2, "last_name"), [code, name])
    assert not _names_the_candidate(grid, 1, Match("Title", 2, "title"), [code, name])


def test_a_cell_may_name_a_choice_in_another_way_or_several_of_which_one_is_asked() -> None:
    outcomes = choices_of(TRACKERS["cas"].columns["outcomes"], LISTS)
    levels = choices_of(TRACKERS["registrations"].columns["level"], LISTS)
    roles = choices_of(TRACKERS["pd"].columns["role"], LISTS)
    assert outcomes and levels and roles
    assert _is_choice("1,2,4", outcomes) and not _is_choice("choir", outcomes)
    assert _is_choice("HL", levels) and _is_choice("higher", levels) and not _is_choice("12A", levels)
    assert _is_choice("Lehrkraft", roles, asked=True) and not _is_choice("Lehrkraft", roles)
    assert not _is_choice("12A", roles, asked=True)


def test_a_header_that_is_nearly_a_column_is_it_above_cells_that_agree() -> None:
    def like(header: str, *cells: Value, taken: frozenset[str] = frozenset()) -> str:
        grid = sheet("S", [header], *([cell] for cell in cells))
        return _like(grid, 1, 1, header, TRACKERS["registrations"], LISTS, {*taken})

    assert like("Levl", "HL", "SL") == "level" and like("Levl", "HL", "SL", taken=frozenset({"level"})) == ""
    assert like("Levl", *["HL"] * 4, "x") == "level" and like("Levl", *["HL"] * 3, "x") == "" and like("Levl") == ""
    assert like("Shoe size", "HL", "SL") == ""


@pytest.mark.parametrize(
    ("head", "cells", "found"),
    [
        (["Group 1", "Group 2", "Group 3"], ["a", "b", "c"], (1, 2, 3)), (["Group 1", "Group 2"], ["a", "b"], None),
        (["Subject 1", "Subject 2", "Subject 3"], ["Biology", "Physics", "History"], (1, 2, 3)),
        (["Choice 1", "Choice 2", "Choice 3"], ["Biology", "Physics", "Latin"], (1, 2, 3)),
        (["Choice 1", "Choice 2", "Choice 3"], ["a", "b", "c"], None),
        (["Name", "Biology HL", "Physics", "Chemistry SL"], ["Ito", 5, 6, 7], (2, 3, 4)),
        (["Name", "Biology HL", "Physics"], ["Ito", 5, 6], None), (["Name", "Class"], ["Ito", "12A"], None),
    ],
)  # fmt: skip
def test_what_stands_side_by_side(head: list[str], cells: list[Value], found: tuple[int, ...] | None) -> None:
    wide = side_by_side(sheet("S", head, cells), 1, list(enumerate(head, 1)), TRACKERS, LISTS)
    assert (wide.numbers if wide else None) == found
    assert wide is None or f"{head[wide.numbers[0] - 1]} to {head[wide.numbers[-1] - 1]} " in str(wide.why)


def test_a_subject_without_its_level() -> None:
    assert [_bare("Biology HL"), _bare("SL Physics"), _bare("Hlinka")] == ["biology", "physics", "hlinka"]


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["Name", "Date", "Hours"], "en"), (["Nom", "Prénom", "Élève"], "fr"), (["Apellidos", "Nombre", "Nivel"], "es"),
        (["Nachname", "Vorname", "Klasse"], "de"), (["x", "y"], ""), ([], ""),
        (["Elevens namn", "Årskurs", "Ämne"], "en"),
        (["Élève", "Hours"], "en"), (["Élève", "Prénom", "Name"], "fr"), (["Leerling", "Vak", "Klas", "Nom"], "en"),
    ],
)  # fmt: skip
def test_the_language_of_headers(texts: list[Value], language: str) -> None:
    assert language_of_headers([sheet("S", texts)], ("fr", "es", "de"), {}) == language


def test_headers_are_looked_for_in_the_first_rows_and_are_short() -> None:
    long: list[Value] = ["Élève" + " " * 35, "Prénom" + " " * 35]
    assert language_of_headers([sheet("S", [long[0]])], ("fr",), {}) == "fr"
    assert language_of_headers([sheet("S", [long[1]])], ("fr",), {}) == ""
    assert language_of_headers([sheet("Élève")], ("fr",), {}) == ""
    assert language_of_headers([sheet("S", ["Zzz"])], ("fr",), {"fr": frozenset({"zzz"})}) == "fr"


@pytest.mark.parametrize(
    ("texts", "day_first"),
    [
        (["Élève", "Prénom"], True), (["Name", "Hours"], False), (["Élève", "Hours"], False), (["x"], False),
        (["Leerling", "Vak"], True), (["Имя"], True), (["Имя", "Hours"], False), (["学生"], False),
    ],
)  # fmt: skip
def test_languages_in_which_the_day_comes_first(texts: list[Value], day_first: bool) -> None:
    assert writes_day_first([sheet("S", texts)]) is day_first

"""What a header is known as, which keys tell that a list is known, and what a person is asked and told about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from make import table, tracker

from addin.core.book import Area, Grid, Value
from addin.core.recognition.adoption import plan
from addin.core.recognition.evidence import _has_other_key, _share, is_known
from addin.core.recognition.header_words import Words
from addin.core.recognition.import_plan import plan_import
from addin.core.recognition.likeness import alike
from addin.core.recognition.list_tables import _of_a_student
from addin.core.recognition.matching import HeaderCandidate, Match, _is_of_series, _wrong_list, is_result
from addin.core.recognition.missing_session import _month
from addin.core.recognition.recognise import NotUnderstood, Understood, recognise
from addin.core.recognition.regions import _last_dense
from addin.core.recognition.roles import Role
from addin.core.recognition.setup import role_words
from addin.core.recognition.source import Source
from addin.core.recognition.subject_names import SubjectNames
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

LISTS, TRACKERS = load_lists(), load_all()
WORDS = Words(TRACKERS, SubjectNames(LISTS))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Last name", "field"), ("LAST_NAME", "field"), ("#", "field"), ("Prénom", "field"), ("Biology HL", "topic"),
        ("September", "topic"), ("Sept 2026", "topic"), ("Creativity", "topic"), ("Week 3", "topic"),
        ("Group 4", "topic"), ("2nd interview", "topic"), ("HL subjects", "topic"), ("Total", "field"),
        ("Choir practice", ""), ("10:45", ""), ("", ""), ("Biology HL" + " " * 50 + ".", ""),
        (date(2026, 9, 1), "topic"), (7, ""), (None, ""),
    ],
)  # fmt: skip
def test_a_header_is_a_field_a_topic_or_nothing(text: Value, known: str) -> None:
    assert WORDS(text) == known and WORDS(text) == known


@pytest.mark.parametrize(
    ("header", "others", "series"),
    [
        ("Student 1", ["Student 2"], True), ("Student", ["Student 1", "Student 2"], False), ("Student 1", [], False),
        ("Student 1", ["Teacher 2"], False), ("Student #1", ["Student #2", "Hours"], True),
    ],
)  # fmt: skip
def test_headers_that_differ_in_their_number_are_a_series(header: str, others: Sequence[str], series: bool) -> None:
    assert _is_of_series(header, [header, *others]) is series


@pytest.mark.parametrize(
    ("head", "number", "result"),
    [
        (["Name", "Total", "Grade"], 3, True), (["Name", "Grade", "Total"], 2, False), (["Grade", "Name"], 1, False),
        (["Marks", "Name", "Year"], 3, False), (["Mark", "grade "], 2, True), (["Name", "Grade", "Grade"], 3, False),
    ],
)  # fmt: skip
def test_a_grade_right_of_marks_is_a_result_and_no_year(head: list[Value], number: int, result: bool) -> None:
    assert is_result(Grid("S", [head]), 1, number) is result


@pytest.mark.parametrize(
    ("header", "column", "cells", "wrong"),
    [
        ("Class", "subject", ["12A", "12B", "12A"], True), ("Class", "subject", ["12A", "12B"], False),
        ("Class", "subject", ["Biology", "12A", "12B"], False), ("Subject", "subject", ["12A", "12B", "12C"], False),
        ("subject", "subject", ["12A", "12B", "12C"], False), ("Set", "class_group", ["12A", "12B", "12C"], False),
        ("Remark", "notes", ["12A", "12B", "12C"], False), ("Tier", "level", ["x", "y", "z"], True),
        ("Tier", "level", ["x", "y", "HL"], False), ("Class group", "class_group", ["1", "Group 4"], True),
        ("Set", "class_group", [1, 4, 7], False),
    ],
)  # fmt: skip
def test_an_alias_above_cells_of_another_kind_is_none(
    header: str, column: str, cells: list[Value], wrong: bool
) -> None:
    grid = Grid("S", [[header], *([cell] for cell in cells)])
    assert _wrong_list(grid, 1, Match(header, 1, column), TRACKERS["registrations"], LISTS) is wrong


LINES = tracker(
    'key = ["code", "session"]\n[columns.code]\n[columns.session]\npattern = "[MN]\\\\d{2}"\n[columns.note]\n'
    "[columns.mark]",
    name="lines",
    sheet="Lines",
)


@pytest.mark.parametrize(
    ("head", "lines", "known"),
    [
        (["Code", "Session", "Note"], [["0012", "M27", "x"], ["0013", "M27", "y"]], True),
        (["Code", "Session", "Note"], [["0012", "M27", "x"], ["9999", "M27", "y"]], True),
        (["Code", "Session", "Note"], [["9998", "May", "x"], ["9999", "M27", "y"]], False),
        (["Code", "Session"], [["0012", "M27"], ["0013", "M27"]], False),
        (["Code", "Note", "Mark"], [["0012", "x", 1], ["0013", "y", 2]], False),
        (["Note", "Mark", "IBT id"], [["x", 1, "r00000"], ["y", 2, "r00001"]], False),
        (["Note", "Mark", "Session", "IBT id"], [["x", 1, "", "r00000"], ["y", 2, "", "q"]], True),
        (["Note", "Mark", "Session", "IBT id"], [["x", 1, "", "r00000"], ["y", 2, "", "q"], ["", 2, "", "p"]], False),
        (["Code", "Session", "Note"], [["00012", "M28", "x"], ["0013", "N28", "y"]], True),
        (["Code", "Session", "Note"], [["0012", "M28", "x"], ["9013", "N28", "y"]], False),
        (["Code", "Session", "Note"], [], False),
    ],
)  # fmt: skip
def test_a_list_is_known_by_its_keys_or_row_ids(head: list[Value], lines: list[list[Value]], known: bool) -> None:
    held = table(LINES, [{"code": code, "session": "M27"} for code in ("0012", "0013")])
    grid = Grid("list", [head, *lines])
    matches = [Match(str(h), n, str(h).casefold()) for n, h in enumerate(head, 1) if h != "IBT id"]
    allowed = {"code": ("0012", "0013")}
    found = is_known(grid, HeaderCandidate(1, matches), LINES, held, lambda name: allowed.get(name, ()))
    assert found is known


@pytest.mark.parametrize(
    ("column", "values", "cells", "share"),
    [
        ("code", ["0012", ""], ["0012", "12", "x", "y"], 0.5), ("code", ["A-1"], ["a–1", "b"], 0.5),
        ("code", [], ["x"], None), ("session", [], ["M27", " N27 ", "May", "M2"], 0.5), ("session", [], [], None),
    ],
)  # fmt: skip
def test_how_many_cells_are_of_the_list_or_pattern(
    column: str, values: list[str], cells: list[Value], share: float | None
) -> None:
    grid = Grid("S", [["x"], *([cell] for cell in cells)])
    assert _share(grid, 1, 1, LINES.columns[column], values) == share


@pytest.mark.parametrize(
    ("counts", "usual", "last"),
    [
        ({2: 2, 3: 2, 4: 1}, 2, 3), ({2: 9, 3: 4, 4: 3}, 9, 3), ({2: 1, 3: 1}, 1, 3), ({2: 6, 3: 3, 5: 2}, 6, 3),
        ({}, 0, 0), ({2: 3, 3: 2, 4: 1}, 3, 3),
    ],
)  # fmt: skip
def test_below_the_last_row_that_is_filled_like_the_others_are_notes(
    counts: dict[int, int], usual: int, last: int
) -> None:
    assert _last_dense(counts, usual) == last


def test_a_session_is_said_as_its_month() -> None:
    assert [_month(session) for session in ("M27", "N26", "M09")] == ["May 2027", "November 2026", "May 2009"]


def test_what_a_column_was_read_as_names_tracker_and_column() -> None:
    people = TRACKERS["candidates"]
    assert role_words(Role("fact", column="birth_date"), people) == "Candidates: Birth date"
    assert role_words(Role("fact", column="no such"), people) == role_words(Role("own"), people) == "Kept as it is"


@pytest.mark.parametrize(
    ("grid", "why"),
    [
        ([["Wer", "Was"], ["Ito", "rot"]], "none of its headers is known"),
        ([["Name", "Activity"], ["Ito, Aya", "Choir"]], "be CAS experiences or Professional development; rename"),
        ([["Workshop", "Room"], ["DP maths", "3"]], "it lacks Staff, Role, Programme, Start"),
        ([["Asset", "Shelf"], ["1", "2"]], "only Asset, Shelf would fit Inventory: too little to be sure; it lacks"),
    ],
)  # fmt: skip
def test_why_a_sheet_is_no_tracker(grid: list[list[Value]], why: str) -> None:
    found = recognise(Grid("S", grid), TRACKERS, LISTS)
    assert isinstance(found, NotUnderstood)
    assert why in found.why


@pytest.mark.parametrize(("header", "share"), [("Reviewers", 1.0), ("Reviewe", 0.875), ("Revie", 0.0), ("Rvwr", 0.0)])
def test_headers_are_alike_from_a_share_of_their_letters_on(header: str, share: float) -> None:
    things = tracker('key = ["code"]\n[columns.code]\n[columns.reviewers]')
    assert alike(header, things.columns["reviewers"]) == share
    eleven = tracker('key = ["code"]\n[columns.code]\n[columns.abcdefghijk]')
    assert alike("abcdefghixx", eleven.columns["abcdefghijk"]) == 0.0
    assert alike("abcdefghijx", eleven.columns["abcdefghijk"]) == 10 / 11


def test_the_lists_of_one_student_need_three_headers() -> None:
    two = [["Activity", "Outcomes"], ["Choir", "LO1"], ["Run", "LO2"]]
    three = [["Activity", "Outcomes", "Reflections"], ["Choir", "LO1", 2], ["Run", "LO2", 1]]
    assert _of_a_student(Grid("Ito", [*map(list, two)]), TRACKERS, LISTS) is None
    found = _of_a_student(Grid("Ito", [*map(list, three)]), TRACKERS, LISTS)
    assert found is not None and [match.column for match in found.matches] == ["title", "outcomes", "reflections"]


def test_a_list_without_rows_becomes_a_table_of_two_rows() -> None:
    grid = Grid("Mine", [["List"], ["Code", "Session", "Note"]])
    found = Understood("Mine", "lines", 2, [Match("Code", 1, "code"), Match("Session", 2, "session")])
    edits, adopted = plan([found], {"Mine": grid}, {"lines": LINES}, Random(1))
    assert [tuple(area)[:4] for area in edits.tables["Mine"]] == [(2, 1, 3, 4)]
    assert (adopted[0].rows, adopted[0].new_ids, adopted[0].no_table) == (0, 0, "")
    assert edits.cells == {("Mine", 2, 4): "IBT id"}


def test_a_code_of_another_tracker_that_lost_its_zeros_is_a_question() -> None:
    log = tracker(
        'key = ["entry"]\n[columns.entry]\n[columns.candidate]\nexists_in = "people.code"', name="log", sheet="Log"
    )
    found = Understood("list", "log", 1, [Match("Entry", 1, "entry"), Match("Candidate", 2, "candidate")])
    plan_ = plan_import(
        found,
        Source(Grid("list", [["Entry", "Candidate"], ["1", "12"], ["2", "0013"], ["3", "99"]])),
        log,
        table(log, []),
        {"Log": Grid("Log", [["Entry", "Candidate", "IBT id"]])},
        allowed=lambda name: ("0012", "0013") if name == "candidate" else (),
        keep_ids=True,
        random=Random(1),
        defaults={},
    )
    assert [(one.row, one.why) for one in plan_.doubts] == [(2, "Candidate 12 may be 0012, changed on the way.")]
    assert len(plan_.added) == 2


def test_a_table_with_merged_cells_is_no_native_table() -> None:
    lines: list[list[Value]] = [["Code", "Session", "Note"], ["0012", "M27", "x"], ["0013", "M27", "y"]]
    found = Understood("Mine", "lines", 1, [Match("Code", 1, "code"), Match("Session", 2, "session")])
    for area, why in ((Area(2, 3, 3, 3), "cells in it are merged"), (Area(5, 1, 6, 1), "")):
        _, (adopted,) = plan([found], {"Mine": Grid("Mine", lines, merged=[area])}, {"lines": LINES}, Random(1))
        assert (adopted.no_table, adopted.rows, adopted.new_ids) == (why, 2, 2)


@pytest.mark.parametrize(
    ("columns", "known"),
    [
        ({"last", "first", "born"}, True), ({"last", "first", "mail"}, True), ({"last", "first", "note"}, False),
        ({"last", "mail", "note"}, False), ({"mail", "note", "born"}, False), ({"last", "first"}, False),
    ],
)  # fmt: skip
def test_names_and_a_birth_date_or_an_address_say_who_a_row_is(columns: set[str], known: bool) -> None:
    people = tracker(
        'key = ["code"]\n[columns.code]\n[columns.last]\n[columns.first]\n[columns.born]\n[columns.note]\n'
        '[columns.mail]\nunique = true\n[[rules]]\nid = "same"\nunique = ["last", "first", "born"]\n'
        'say = "x"\nfix = "y"',
        name="people",
        sheet="People",
    )
    assert _has_other_key(columns, people) is known

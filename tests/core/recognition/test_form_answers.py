"""Answers to a form: which columns the program added, whose answer it is, and the number that an answer gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.forms import (
    Form,
    People,
    _entry,
    _moments,
    _read,
    as_asked,
    asks_for,
    find_form,
    of_staff,
    of_students,
)
from addin.core.recognition.source import Source

PEOPLE = People(
    {"aya@x.org": "0012", "eva@x.org": "0013"},
    {"pd": {"brown@x.org": "Jo Brown"}},
    frozenset({"0012", "0013"}),
    frozenset({"F20270102130500"}),
    {"0012": "M27"},
)


def source(*rows: Sequence[Value], widths: Sequence[int] = ()) -> Source:
    return Source(Grid("Answers", [list(row) for row in rows]), widths=widths)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (["Timestamp", "Email Address", "Title"], Form("Google Forms", 1, 2, 0, [3])),
        (["Timestamp", "Title", "Email Address"], Form("Google Forms", 1, 3, 0, [2])),
        (["Timestamp", "Title", None, "Hours"], Form("Google Forms", 1, 0, 0, [2, 4])),
        (["Timestamp", "Title", "Hours"], Form("Google Forms", 1, 0, 0, [2, 3])),
        (["Timestamp", "Email Address"], Form("Google Forms", 1, 2, 0, [])), (["Timestamp", "Title"], None),
        (
            ["Start time", "Completion time", "a", "b", "c", "d", "Last modified time", "Last modified time"],
            Form("Microsoft Forms", 2, 0, 0, [3, 4, 5, 6, 8]),
        ),
        (
            ["Id", "Start time", "Completion time", "Email", "Name", "Title"],
            Form("Microsoft Forms", 3, 4, 5, [6]),
        ),
        (["Start time", "Completion time", "Title", "Email", "Name"], Form("Microsoft Forms", 2, 4, 5, [3])),
        (["Start time", "Completion time", "A", "B", "C", "Name"], Form("Microsoft Forms", 2, 0, 0, [3, 4, 5, 6])),
        (["a", "b", "c", "d", "Start time", "Completion time"], Form("Microsoft Forms", 6, 0, 0, [1, 2, 3, 4])),
        (["a", "b", "c", "d", "e", "Start time", "Completion time"], None),
        (["Start time", "Title"], None), (["Completion time", "Title"], None), ([], None), ([7, "Title"], None),
        ([7, "Timestamp", "Title"], None),
    ],
)  # fmt: skip
def test_the_columns_that_a_program_adds(head: list[Value], form: Form | None) -> None:
    assert find_form(source(head, ["x"])) == form
    assert find_form(source()) is None


def test_who_answers_is_asked_by_one_question_and_whole_names_are_none_of_the_rest() -> None:
    given = source(["Timestamp", "Full name", "Student code", "Student code", "Title"])
    form = Form("Google Forms", 1, 0, 0, [2, 3, 4, 5])
    assert form.asking(given, {"student code"}) == Form("Google Forms", 1, 0, 0, [4, 5], 3)
    assert form.asking(given, {"colour"}) == Form("Google Forms", 1, 0, 0, [3, 4, 5], 0)
    assert asks_for(given, form, {"title"}) and not asks_for(given, form, {"timestamp"})


@pytest.mark.parametrize(
    ("stamp", "order", "moments"),
    [
        (datetime(2027, 1, 2, 13, 5), "", [datetime(2027, 1, 2, 13, 5)]),
        ("1/2/2027 13:05:09", "mdy", [datetime(2027, 1, 2, 13, 5, 9)]),
        ("1/2/2027 13:05:09", "dmy", [datetime(2027, 2, 1, 13, 5, 9)]),
        ("1/2/2027 13:05", "", [datetime(2027, 2, 1, 13, 5), datetime(2027, 1, 2, 13, 5)]),
        ("2/2/2027 13:05", "", [datetime(2027, 2, 2, 13, 5)]),
        ("13/2/2027 8:05", "", [datetime(2027, 2, 13, 8, 5)]),
        ("2027-02-13T08:05:00", "mdy", [datetime(2027, 2, 13, 8, 5)]),
        ("2027/02/13 08:05:59", "", [datetime(2027, 2, 13, 8, 5, 59)]),
        ("1/2/27 1:05 PM", "mdy", [datetime(2027, 1, 2, 13, 5)]),
        ("1/2/27 1:05 a.m.", "mdy", [datetime(2027, 1, 2, 1, 5)]),
        ("1/2/27 12:05 p. m.", "mdy", [datetime(2027, 1, 2, 12, 5)]),
        ("1/2/27 12:05 AM", "mdy", [datetime(2027, 1, 2, 0, 5)]),
        ("1/2/99 10:05", "mdy", [datetime(2099, 1, 2, 10, 5)]), ("1/2/100 10:05", "mdy", [datetime(100, 1, 2, 10, 5)]),
        ("30/2/2027 8:05", "", []), ("soon", "", []), (None, "", []),
    ],
)  # fmt: skip
def test_a_moment_may_be_two_where_nothing_says_which_number_is_the_day(
    stamp: Value, order: str, moments: list[datetime]
) -> None:
    assert _read(stamp, order) == moments


@pytest.mark.parametrize(
    ("stamp", "order", "known", "number"),
    [
        ("1/2/2027 13:05:00", "mdy", (), "F20270102130500"), ("1/2/2027 13:05:00", "dmy", (), "F20270201130500"),
        ("1/2/2027 13:05:00", "", (), "F01022027130500"),
        ("1/2/2027 13:05:00", "", ("F20270102130500",), "F20270102130500"),
        ("1/2/2027 13:05:00", "", ("F20270201130500",), "F20270201130500"),
        ("1/2/2027 13:05:00", "mdy", ("F01022027130500",), "F01022027130500"),
        ("week 7", "", (), "F07"), ("soon", "", (), None), (None, "", (), None),
    ],
)  # fmt: skip
def test_an_answer_keeps_the_number_it_was_given(
    stamp: Value, order: str, known: tuple[str, ...], number: str | None
) -> None:
    assert _entry(stamp, order, frozenset(known)) == number


def test_one_moment_that_can_only_be_read_in_one_way_settles_all() -> None:
    form = Form("Google Forms", 1, 0, 0, [2])
    head = ["13/2/2027 8:00", "Title"]  # headers are no moments
    assert _moments(source(head, ["1/2/2027 8:00"], ["14/2/2027 8:00"]), form) == "dmy"
    assert _moments(source(head, ["1/2/2027 8:00"], ["2/14/2027 8:00"]), form) == "mdy"
    assert _moments(source(head, ["1/2/2027 8:00"]), form) == ""
    assert _moments(source(head, ["13/2/2027 8:00"], ["2/14/2027 8:00"]), form) == ""


GIVEN = {"entry": ("Entry", ""), "candidate": ("Candidate", ""), "kind": ("Kind", "Reflection"), "session": ("S", "")}


def test_answers_of_students_have_the_code_by_address_or_as_it_was_asked() -> None:
    form = Form("Google Forms", 1, 2, 0, [4], asked=3)
    made = of_students(
        source(
            ["Timestamp", "Email", "Code", "Title"],
            ["1/2/2027 13:05:00", "AYA@x.org", "0012", "Choir; "],
            ["1/14/2027 9:00:00", None, "0013", " Run"],
            [],
            ["1/14/2027 9:00:01", "eva@x.org", "0012", "Swim"],
            ["1/14/2027 9:00:02", "bo@x.org", None, None],
            ["1/14/2027 9:00:03", "anonymous", "0099"],
            ["1/14/2027 9:00:04", "eva@x.org", "0099", 7],
            widths=[4, 4, 4, 0, 4, 2, 3, 4],
        ),
        form,
        PEOPLE,
        GIVEN,
    )
    assert made.grid.values == [
        ["Entry", "Candidate", "Kind", "S", "Title"],
        ["F20270102130500", "0012", "Reflection", "M27", "Choir"],
        ["F20270114090000", "0013", "Reflection", None, "Run"],
        [],
        ["F20270114090001", "0013", "Reflection", None, "Swim"],
        ["F20270114090002", "bo@x.org", "Reflection"],
        ["F20270114090003", "anonymous", "Reflection"],
        ["F20270114090004", "0013", "Reflection", None, 7],
    ]
    assert {row: str(why) for row, why in made.excluded.items()} == {
        5: "the e-mail address is of 0013, the code 0012",
        6: "bo@x.org is not the e-mail address of a candidate",
        7: "it does not say whose answer it is: collect e-mail addresses in the form",
    }
    assert made.widths == [5, 5, 5, 1, 5, 3, 4, 5] and made.program == "Google Forms"


def test_answers_of_staff_are_called_as_the_workbook_calls_them() -> None:
    form = Form("Microsoft Forms", 1, 2, 3, [4])
    made = of_staff(
        source(
            ["Completion time", "Email", "Name", "Workshop"],
            [1, "BROWN@x.org", "J. Brown", "TOK"],
            [2, "lee@x.org", "Bo Lee", "CAS"],
            [3, "anonymous", "Ana", "EE"],
            [4, "none", None, "EE"],
            [],
            widths=[4, 4, 4, 4, 4, 0],
        ),
        form,
        PEOPLE.staff["pd"],
        ["Staff", "E-mail"],
    )
    assert made.grid.values == [
        ["Staff", "E-mail", "Workshop"],
        ["Jo Brown", "BROWN@x.org", "TOK"],
        ["Bo Lee", "lee@x.org", "CAS"],
        ["Ana", None, "EE"],
        [None, None, "EE"],
    ]
    assert {row: str(why) for row, why in made.excluded.items()} == {
        5: "it says neither a name nor the e-mail address of a colleague"
    }
    assert made.widths == [4, 4, 4, 4, 4, 0]


def test_the_answers_alone_come_with_the_address_where_there_is_one() -> None:
    given = source(["Timestamp", "Email", "Item"], [1], [2, "a@x.org", "Lens"])
    assert as_asked(given, Form("Google Forms", 1, 2, 0, [3])).grid.values == [
        ["Email", "Item"],
        [],
        ["a@x.org", "Lens"],
    ]
    assert as_asked(given, Form("Google Forms", 1, 0, 0, [3])).grid.values == [["Item"], [], ["Lens"]]

"""Lists that call candidates by what IBIS calls them: who a row is about, which session it is, and what is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.ibis import (
    Candidate,
    _Columns,
    _Finder,
    _has_numbers,
    _is_called,
    candidates_of,
    with_codes,
    with_session,
)
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.workspace.tracker_files import load_all

TRACKERS = load_all()
PEOPLE = [
    Candidate("S-71", "000999", "0001", "vrq000", "M27", "Bergqvist", "Goran"),
    Candidate("S-72", "000999", "0002", "dmf001", "M27", "Pereira", "Lamia"),
    Candidate("S-73", "000999", "0001", "abc003", "M26", "Ito", "Aya"),
    Candidate("S-74", "", "0004", "", "", "", "Bo"),
    Candidate("S-75", "", "", "", "M27", "", ""),
]
FINDER = _Finder(PEOPLE)


def source(*rows: Sequence[Value], shown: Mapping[tuple[int, int], str] | None = None) -> Source:
    return Source(Grid("Results", [list(row) for row in rows], shown=dict(shown or {})))


@pytest.mark.parametrize(
    ("who", "code", "why"),
    [
        (("0002", "", "", "Pereira"), "S-72", ""), (("0002", "", "", ""), "S-72", ""),
        (("000999-0002", "", "M27", "PEREIRA, Lamia"), "S-72", ""), (("999 0002", "", "", ""), "", "no candidate has"),
        (("000998-0002", "", "", ""), "", "no candidate has the session number or personal code 000998-0002"),
        (("000998-0004", "", "", ""), "S-74", ""),
        (("0001", "", "", ""), "", "0001 may be 2 candidates"), (("0001", "", "", "Ito"), "S-73", ""),
        (("0001", "", "M27", ""), "S-71", ""), (("0001", "", "May 2026", ""), "S-73", ""),
        (("0001", "", "N27", ""), "", "no candidate of N27 has the session number 0001"),
        (("0004", "", "N27", ""), "S-74", ""),
        (("", "VRQ000", "", ""), "S-71", ""), (("0001", "vrq000", "", ""), "S-71", ""),
        (("0002", "vrq000", "", ""), "", "0002 and vrq000 are two candidates"),
        (("0009", "vrq000", "", ""), "S-71", ""),
        (("", "xyz999", "M27", ""), "", "no candidate has the session number or personal code xyz999"),
        (("0002", "", "", "Ito Aya"), "", "0002 is Lamia Pereira here, and Ito Aya in the list"),
        (("S-75", "", "", ""), "S-75", ""), (("S-75", "", "", "Anybody"), "S-75", ""),
        (("0004", "", "", "Bo Lee"), "S-74", ""), (("0004", "", "", "Al Lee"), "", "0004 is Bo here"),
    ],
)  # fmt: skip
def test_who_a_row_is_about(who: tuple[str, str, str, str], code: str, why: str) -> None:
    found, said = FINDER.find(*who)
    assert found == code
    assert str(said).startswith(why) and bool(said) is bool(why)


def test_two_of_one_number_whose_name_fits_both_stay_unsure() -> None:
    twins = _Finder([
        Candidate("A", "", "0001", "", "", "Ito", "Aya"), Candidate("B", "", "0001", "", "", "Ito", "Bo"),
        Candidate("C", "", "0003", "", "", "", ""), Candidate("D", "", "0003", "", "", "Roy", "Tom"),
    ])  # fmt: skip
    assert str(twins.find("0001", "", "", "Ito")[1]) == "0001 may be 2 candidates"
    assert twins.find("0003", "", "", "")[0] == ""
    assert twins.find("0003", "", "", "Diaz")[0] == "C"


@pytest.mark.parametrize(
    ("last", "first", "name", "is_called"),
    [
        ("Ito", "Aya", "ITO, Aya", True), ("Ito", "Aya", "Aya", False), ("Ito", "Aya", "", True),
        ("de Vries", "Leo", "Vries Leo", False), ("de Vries", "Leo", "Leo De Vries", True),
        ("", "Aya Mei", "Mei", True),
        ("", "Aya", "Ito", False), ("", "", "Ito", True),
    ],
)  # fmt: skip
def test_a_name_may_be_that_of_a_candidate(last: str, first: str, name: str, is_called: bool) -> None:
    assert _is_called(Candidate("1", "", "", "", "", last, first), name) is is_called


def test_candidates_with_the_numbers_of_the_school_before_those_of_the_session() -> None:
    rows: list[dict[str, Value]] = [
        {"code": "1", "school_code": "000999", "session_number": "000111-0007", "personal_code": "ABC 123",
         "session": "May 2027", "last_name": " Ito ", "first_names": "Aya"},
        {"code": "2", "school_code": "000999", "session_number": "0008", "session": "soon"},
        {"code": "3", "session_number": "8"}, {"code": None, "session_number": "0009"},
    ]  # fmt: skip
    assert [(one.code, one.school, one.number, one.session, one.last) for one in candidates_of(rows)] == [
        ("1", "000111", "0007", "M27", "Ito"), ("2", "000999", "0008", "", ""), ("3", "", "", "", ""),
    ]  # fmt: skip
    assert candidates_of(rows)[0].personal == "abc 123"


def understood(**columns: int) -> Understood:
    matches = [Match(name, number, name) for name, number in columns.items()]
    return Understood("Results", "results", 1, matches)


@pytest.mark.parametrize(
    ("head", "placed", "columns"),
    [
        (["Name", "Registration code", "Grade"], {}, _Columns(2, 0, 0, (1,), True)),
        (["Candidate", "IB personal code", "Surname", "Name"], {}, _Columns(1, 2, 0, (3, 4), False)),
        (["Session number", "Session", "Candidate"], {"candidate": 3, "session": 2}, _Columns(3, 0, 2, (), False)),
        (["Grade"], {}, _Columns(0, 0, 0, (), False)),
        (["Personal code", "x", "Registration number"], {}, _Columns(3, 1, 0, (), True)),
    ],
)  # fmt: skip
def test_the_columns_that_say_who(head: list[Value], placed: dict[str, int], columns: _Columns) -> None:
    assert _Columns.of(source(head), understood(**placed)) == columns


@pytest.mark.parametrize(
    ("cells", "columns", "numbers"),
    [
        ([], _Columns(1, 2, 0, (), False), True), (["", ""], _Columns(1, 0, 0, (), False), False),
        (["0001", "0002"], _Columns(1, 0, 0, (), False), True), (["0001", "x"], _Columns(1, 0, 0, (), True), False),
        (["0001", "0002", "x"], _Columns(1, 0, 0, (), True), True), (["12", "13"], _Columns(1, 0, 0, (), True), False),
        (["S-71", "S-72"], _Columns(1, 2, 0, (), True), False),
        (["S-71", "0002"], _Columns(1, 0, 0, (), True), False),
        (["S-71", "0002", "0001"], _Columns(1, 0, 0, (), False), True),
    ],
)  # fmt: skip
def test_a_list_has_the_numbers_of_a_session_where_most_cells_are_such(
    cells: list[str], columns: _Columns, numbers: bool
) -> None:
    assert _has_numbers(cells, columns, FINDER) is numbers


def test_where_nobody_has_a_number_the_header_or_the_number_of_the_school_must_say_that_it_is_one() -> None:
    nobody = _Finder([Candidate("x", "", "", "", "", "", "")])
    assert not _has_numbers(["0001"], _Columns(1, 0, 0, (), False), nobody)
    assert _has_numbers(["0001"], _Columns(1, 0, 0, (), True), nobody)
    assert _has_numbers(["0001"], _Columns(1, 2, 0, (), False), nobody)
    assert _has_numbers(["000999-0001"], _Columns(1, 0, 0, (), False), nobody)
    assert not _has_numbers(["0001"], _Columns(1, 0, 0, (3,), False), nobody)


def test_codes_of_four_digits_that_are_numbers_of_others_are_settled_by_the_names() -> None:
    both = _Finder([Candidate("0001", "", "0002", "", "", "Ito", ""), Candidate("0002", "", "0001", "", "", "Roy", "")])
    assert not _has_numbers(["0001", "0002"], _Columns(1, 0, 0, (), True), both)
    assert _has_numbers(["0001", "0002"], _Columns(1, 0, 0, (2,), False), both)
    assert _has_numbers(["0001", "0002"], _Columns(1, 2, 0, (), False), both)
    half = _Finder([Candidate("0001", "", "0001", "", "", "Ito", ""), Candidate("0003", "", "", "", "", "Roy", "")])
    assert not _has_numbers(["0001", "0003"], _Columns(1, 0, 0, (2,), True), half)
    assert not _has_numbers(["0001", "0001", "0003", "0003", "0003"], _Columns(1, 0, 0, (2,), True), half)
    assert _has_numbers(["0001", "0002"], _Columns(1, 0, 0, (), True), half)
    assert _has_numbers(["0003", "0003", "0002", "0004", "0005"], _Columns(1, 0, 0, (), True), half)


def test_the_school_s_codes_take_the_place_of_the_numbers_and_who_is_unsure_is_left_out() -> None:
    given = source(
        ["Registration code", "Personal code", "Name", "Grade"],
        [7, "VRQ000", "Bergqvist", 6],
        ["0002", None, "PEREIRA, Lamia", 5],
        [None, None, None, 4],
        ["0002", None, "Ito", 3],
        [9],
        shown={(3, 1): "0002", (3, 3): "Pereira L", (2, 1): "0001"},
    )
    coded, found = with_codes(given, understood(grade=4), TRACKERS["results"], PEOPLE)
    assert [line[:1] for line in coded.grid.values] == [["Registration code"], ["S-71"], ["S-72"], [None], [], []]
    assert coded.grid.shown == {(3, 3): "Pereira L"}
    assert {row: str(why) for row, why in coded.damaged.items()} == {
        5: "0002 is Lamia Pereira here, and Ito in the list",
        6: "no candidate has the session number or personal code 9",
    }
    assert [(match.column, match.number) for match in found.matches if match.column == "candidate"] == [
        ("candidate", 1)
    ]


def test_a_list_of_personal_codes_alone_gets_the_codes_in_their_place() -> None:
    given = source(["Grade", "Personal code"], [6, "dmf001"])
    coded, _ = with_codes(given, understood(grade=1), TRACKERS["results"], PEOPLE)
    assert coded.grid.values[1] == [6, "S-72"]
    assert (
        with_codes(source(["Candidate"], ["S-71"]), understood(candidate=1), TRACKERS["results"], PEOPLE)[0].damaged
        == {}
    )
    assert with_codes(given, understood(grade=1), TRACKERS["pd"], PEOPLE)[0] is given


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        ([["Year", "Month", "x"], [2027, "MAY", 1], ["2027", "Nov.", 2]],
         [[None, "Session", "x"], [None, "M27", 1], [None, "N27", 2]]),
        ([["Month", "Year"], ["11", 2026], [None, 2026], [], ["May"]],
         [["Session"], ["N26"], [None, 2026], [], ["May"]]),
        ([["Title"], [], ["Month", "Year"], ["m", 2027]], [["Title"], [], ["Session"], ["M27"]]),
        ([["Month", "Year"], ["June", 2027], ["May", 2027]], None), ([["Month", "Year"], ["June", 2027]], None),
        ([["Month", "Year", "Session"], ["May", 2027, "M27"]], None), ([["Month"], ["May"]], None),
        ([["Year"], [2027]], None), ([["Month", "Year"]], None), ([], None),
        ([*[["x"]] * 14, ["Month", "Year"], ["May", 2027]], [*[["x"]] * 14, ["Session"], ["M27"]]),
        ([*[["x"]] * 15, ["Month", "Year"], ["May", 2027]], None),
        ([["May", "Year"], ["Month", "Year"], ["May", 2027]], [["May", "Year"], ["Session"], ["M27"]]),
    ],
)  # fmt: skip
def test_month_and_year_become_a_session(rows: list[list[Value]], made: list[list[Value]] | None) -> None:
    given = source(*rows)
    assert with_session(given).grid.values == (rows if made is None else made)

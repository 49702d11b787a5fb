"""Small promises of the core, each where a person would notice that it is broken."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest
from make import tracker
from test_phrases import FRENCH, Words

from addin.core.book import Area, Grid, Value
from addin.core.checks.advice import closest_choice, known_code, session_of
from addin.core.checks.due import item_name
from addin.core.checks.erased import is_erased
from addin.core.checks.predicates import comparable_texts
from addin.core.erasure import new_word
from addin.core.language import ENGLISH, Language
from addin.core.privacy import Finder, Private
from addin.core.requests import Request, old_rows, waiting
from addin.core.retention import later
from addin.core.tables.choices import Choices
from addin.core.tables.csv_text import declared_delimiter, delimiter
from addin.core.tables.equality import fold
from addin.core.tables.layout import Layout, repeated_headers, table_over
from addin.core.tables.row_ids import new_ids
from addin.core.tables.text_numbers import with_numbers
from addin.core.tables.values import read_integer, read_number, read_yes_no
from addin.core.tables.yes_no import meaning
from addin.core.text import sentences_of
from addin.errors import Problem


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("May 2027", "M27"), ("Mai 2027", "M27"), ("mayo de 2027", "M27"), ("2027-05", "M27"), ("M2027", "M27"),
        ("Nov 27", "N27"), ("novembre 2027", "N27"), ("Nov '27", "N27"), ("mai 27", "M27"), ("M07", "M07"),
        ("mai 2107", "M07"), ("Juni 2027", ""), ("avril 2027", ""), ("octobre 2027", ""), ("décembre 2027", ""),
        ("May 2027 and Nov 2027", ""), ("12 mai 2027", ""), ("x", ""),
    ],
)  # fmt: skip
def test_a_session_is_known_by_its_month_of_exams_in_any_language(text: str, session: str) -> None:
    assert session_of(text) == session


@pytest.mark.parametrize(
    ("value", "fix", "message"),
    [
        ("417", "000417", "it is 000417"), ("00417", None, "000417"), ("4170", None, None),
        ("00O417", None, "Did you mean 000417?"), ("zzz", None, None),
    ],
)  # fmt: skip
def test_a_code_without_its_zeros_is_certain_and_a_slip_is_only_a_question(
    value: str, fix: str | None, message: str | None
) -> None:
    advice = known_code(value, ["000417", "001200", "009100"])
    assert (advice.fix if advice else None) == fix
    assert (advice is None) is (message is None) and (message or "") in (str(advice.text) if advice else "")


def test_a_slip_in_one_of_several_choices_is_asked_about_and_a_strange_one_is_not() -> None:
    found = closest_choice("Creativty; Service", ["Creativity", "Activity", "Service"])
    assert found and str(found.text) == "Did you mean Creativity?" and found.fix is None
    assert closest_choice("Creativty; Qwertz", ["Creativity", "Activity", "Service"]) is None


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"first_names": "Liv", "last_name": "Holm", "title": "Choir"}, "Liv Holm · Choir"),
        ({"last_name": "Holm", "title": "Choir"}, "Holm · Choir"), ({"title": "Choir"}, "Choir"),
        ({"first_names": "Liv"}, "Liv"),
    ],
)  # fmt: skip
def test_an_item_is_named_by_whose_it_is_and_what_it_is(row: dict[str, Any], name: str) -> None:
    things = tracker('key=["code"]\n[columns.code]\n[columns.first_names]\n[columns.last_name]\n[columns.title]')
    assert item_name(things, {"first_names": None, "last_name": None, "title": None, **row}) == name


def test_an_item_of_a_colleague_has_the_name_and_the_thing() -> None:
    things = tracker('key=["code"]\n[columns.code]\n[columns.staff]\n[columns.workshop]')
    assert item_name(things, {"code": "1", "staff": "Ana Diaz", "workshop": "TOK"}) == "Ana Diaz · TOK"
    bare = tracker('key=["code"]\n[columns.code]\n[columns.note]')
    assert item_name(bare, {"code": "B7", "note": "x"}) == "B7"


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        (["Ab", "aB"], ["ab", "ab"]), (["a  b", " A b"], ["a b", "a b"]), (["'12", "12"], ["12", "12"]),
        (["Ａ", "a"], ["a", "a"]), ([1, "A"], [1, "a"]), ([None, 2], [None, 2]),
        ([date(2027, 5, 1)], [date(2027, 5, 1)]),
    ],
)  # fmt: skip
def test_texts_are_compared_in_one_form_and_other_values_as_they_are(values: list[Value], forms: list[Value]) -> None:
    assert comparable_texts(values) == forms


def test_a_language_says_counts_with_its_own_sign_and_only_english_is_english() -> None:
    spaced = Language("fr", "français", Words({"1,000": "1 000", "0.5": "0,5", "Yes": "Oui", "No": "Non"}))
    assert spaced.count(1234567) == "1 234 567" and spaced.count(12) == "12"
    assert spaced.show([True, False, 0.25]) == "Oui, Non, 0,25"
    assert ENGLISH.is_english is True and FRENCH.is_english is False


def test_what_is_private_is_found_in_addresses_and_dates_of_both_centuries() -> None:
    finder = Finder(Private(names={"Hasegawa"}, dates={date(1999, 3, 14)}))
    for text in ("14.03.99", "born 14/03/1999", "1999-03-14", "14031999", "19990314", "140399", "990314"):
        assert "99" not in finder.blacked(text), text
    assert finder.blacked("14.03.98") == "14.03.98"
    assert "asegawa" not in finder.blacked("see https://x.org/hasegawa2")
    assert Finder(Private()).blacked("see https://x.org/Hasegawa2") == "see https://x.org/Hasegawa2"


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)), (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 7, 31), 0.5, date(2027, 1, 31)), (date(2026, 8, 31), 0.5, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 12, 1)), (date(2026, 1, 1), 0, date(2026, 1, 1)),
        (date(2026, 5, 31), 1.5, date(2027, 11, 30)),
    ],
)  # fmt: skip
def test_years_later_is_the_same_day_or_the_last_of_its_month(start: date, years: float, end: date) -> None:
    assert later(start, years) == end


def test_a_request_in_the_row_below_the_headers_waits_too() -> None:
    head: list[Value] = ["Id", "Request", "Asked", "By", "State"]
    grid = Grid("_requests", [head, ["u1", "sync", None, "a@x.org", "NEW"]])
    assert waiting(grid) == [Request(2, "sync", "u1", "a@x.org")]
    done: list[list[Value]] = [["u", "sync", None, "", "ERROR"] for _ in range(51)]
    assert old_rows(Grid("_requests", [head, *done])) == [2]


SUBJECTS = Choices(
    ["Literature and Performance", "Language and Literature", "Visual Arts", "Business Management", "Theatre", "Film",
     "Environmental Systems and Societies"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("LitPerf", "Literature and Performance"), ("lang lit", "Language and Literature"),
        ("LangLit", "Language and Literature"), ("L&L", "Language and Literature"), ("VA", "Visual Arts"),
        ("VisArts", "Visual Arts"), ("BusMan", "Business Management"), ("BM", "Business Management"),
        ("ESS", "Environmental Systems and Societies"), ("EnvSys", "Environmental Systems and Societies"),
        ("Thea", "Theatre"), ("Films", "Film"), ("Filxs", ""), ("Visual Art", "Visual Arts"), ("F", "Film"),
        ("Arts", ""),
        ("visa", ""), ("litp", ""), ("busma", ""), ("ArtsVis", ""), ("", ""), ("x" * 301, ""),
    ],
)  # fmt: skip
def test_an_abbreviation_means_what_it_fits(text: str, meant: str) -> None:
    assert SUBJECTS.meanings(text) == ((meant,) if meant else ())


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a;b\n1;2\n", ";"), ("a,b\n1,2\n", ","), ("a\tb\n1\t2\n", "\t"), ("a;b\n1,5;2,5\n", ";"),
        ("a, b; c\n1;2;3\n4;5;6\n", ";"), ("title\na,b,c\n1,2,3\n", ","),
    ],
)  # fmt: skip
def test_the_delimiter_is_the_one_that_makes_most_lines_alike(text: str, sign: str) -> None:
    assert delimiter(text) == sign


@pytest.mark.parametrize(
    ("text", "sign"), [("sep=;\na", ";"), ('"sep=|"\na', "|"), ("SEP=,\na", ","), ("sep=;;\na", ""), ("sep\na", "")]
)
def test_excels_own_first_line_says_the_delimiter(text: str, sign: str) -> None:
    assert declared_delimiter(text) == (sign, "a" if sign else text)


@pytest.mark.parametrize(
    "code",
    [0x00, 0x08, 0x0E, 0x1B, 0x7F, 0x84, 0x86, 0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
     0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFFB, 0x1BCA0,
     0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF],
)  # fmt: skip
def test_signs_that_nobody_sees_are_not_compared(code: int) -> None:
    assert fold(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("code", [0x09, 0x0D, 0x1F, 0x20, 0x85, 0xA0, 0x2009, 0x2028, 0x3000])
def test_blanks_of_every_kind_part_words(code: int) -> None:
    assert fold(f"a{chr(code)}b") == "a b"


@pytest.mark.parametrize("code", [0x21, 0x7E, 0xA1, 0xAE, 0x2190, 0xFE10, 0x1D172, 0x1F600])
def test_signs_that_are_seen_are_compared(code: int) -> None:
    assert fold(f"a{chr(code)}b") != "ab"


IDS: list[Value] = [*new_ids([], 2, Random(5))]


@pytest.mark.parametrize(
    ("below", "again"),
    [
        ([["1", "x", "y"]], ["Code"]), ([["1", "x", None]], ["Code"]), ([["1", "x"]], ["Code"]),
        ([["1", "x", IDS[0]], ["2", "x", IDS[1]]], []), ([["1", "x", IDS[0]], ["2", "x", "note"]], ["Code"]),
        ([["1", "x", IDS[0]], ["2", "x", 7]], ["Code"]), ([["1", "x", IDS[0]], ["2"]], []),
    ],
)  # fmt: skip
def test_a_header_that_is_twice_is_named_unless_row_ids_are_below_it(
    below: list[list[Value]], again: list[str]
) -> None:
    grid = Grid("S", [["Code", "Name", "Code"], *below])
    layout = Layout("S", 1, {"code": 1, "name": 2}, {"Code 2": 3}, 0)
    assert repeated_headers(grid, layout) == again


@pytest.mark.parametrize(
    ("rows", "bottom"), [([5], None), ([4], 4), ([4, 5], 5), ([4, 6], 4), ([2, 3], None), ([], None)]
)
def test_a_table_takes_the_rows_right_below_it(rows: list[int], bottom: int | None) -> None:
    grid = Grid("S", [["Code"], ["1"], ["2"]], tables=[Area(1, 1, 3, 1, "T")])
    found = table_over(grid, Layout("S", 1, {"code": 1}, {}, 0), rows)
    assert (found.bottom if found else None) == bottom


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("yes", True), ("y", True), ("TRUE", True), ("no", False), ("N", False), ("False", False), (1, True),
        (0, False), ("oui", True), ("nein", False), ("✓", True), ("✗", False), ("maybe", None), (2, None), ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_in_their_usual_forms(raw: Value, value: bool | None) -> None:
    assert read_yes_no(raw)[0] is value


@pytest.mark.parametrize(
    ("word", "means"),
    [("Yes.", None), ("oui!", True), ("JA", True), ("はい", True), ("нет", False), ("non", False), ("ja nein", None)],
)
def test_words_for_yes_and_no_of_other_languages(word: str, means: bool | None) -> None:
    assert meaning(word) is means


@pytest.mark.parametrize(
    ("raw", "value", "rule", "fix"),
    [
        ("3", 3, "", None), ("3.0", 3, "as-typed", None), ("3,0", 3, "number-as-text", 3), (4.0, 4, "", None),
        ("III", 3, "number-as-text", 3), ("4.5", None, "type", None), (4.5, None, "type", None),
        ("1,000", None, "number-two-ways", None), (True, None, "type", None), (None, None, "", None),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_and_its_fix_is_whole(raw: Value, value: int | None, rule: str, fix: int | None) -> None:
    found, issue = read_integer(raw)
    assert (found, issue.rule if issue else "", issue.fix if issue else None) == (value, rule, fix)
    assert type(found) is type(value) and (not issue or type(issue.fix) is type(fix))


@pytest.mark.parametrize(
    ("raw", "hours"),
    [
        (time(1, 30), 1.5), (time(0, 0, 36), 0.01), (time(2, 0, 0, 900_000), 2.00025), (time(3), 3),
        (timedelta(hours=30, minutes=30), 30.5), (timedelta(days=1), 24),
    ],
)  # fmt: skip
def test_a_length_of_time_is_hours(raw: Value, hours: float) -> None:
    assert read_number(raw)[0] == hours


def test_a_problem_is_said_with_its_place_and_the_next_step() -> None:
    assert sentences_of(Problem("It is locked.", next="Close it.", where="A.xlsx")) == "A.xlsx: It is locked. Close it."
    assert sentences_of(Problem("It is locked.")) == "It is locked."


@pytest.mark.parametrize(
    ("text", "comma", "typed", "decimals"),
    [
        ("12", False, 12, {}), ("-7", False, -7, {}), ("-0", False, "-0", {}), ("007", False, "007", {}),
        ("1.50", False, 1.5, {1: 2}), ("1,50", False, "1,50", {}), ("1,50", True, 1.5, {1: 2}),
        ("1.50", True, "1.50", {}), ("1,500", True, "1,500", {}), ("2027-05-01", False, date(2027, 5, 1), {}),
        ("2027-13-01", False, "2027-13-01", {}),
        ("1" * 16, False, "1" * 16, {}), ("1" * 15, False, int("1" * 15), {}), ("0.1234567", False, "0.1234567", {}),
    ],
)  # fmt: skip
def test_a_cell_of_a_text_file_is_a_number_or_day_where_it_is_sure(
    text: str, comma: bool, typed: Value, decimals: dict[int, int]
) -> None:
    grid, found = with_numbers(Grid("S", [[text]]), comma=comma)
    assert grid.values == [[typed]] and type(grid.values[0][0]) is type(typed) and found == decimals


def test_a_column_with_one_code_stays_text() -> None:
    grid, _ = with_numbers(Grid("S", [["12", "5"], ["007"], ["8", "6"]]), comma=False)
    assert grid.values == [["12", 5], ["007"], ["8", 6]]


def test_the_word_of_an_erased_student_is_known() -> None:
    assert is_erased(new_word()) is True
    assert is_erased("000123") is False and is_erased(new_word() + "x") is False

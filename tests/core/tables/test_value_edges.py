"""Choices, references, times and layouts at the edge: what is still meant, and what is asked or left to the rules."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from make import table, tracker

from addin.core.book import Area, CellError, Grid, Value
from addin.core.tables.choices import Choices
from addin.core.tables.csv_text import CsvError, declared_delimiter, parse
from addin.core.tables.data_rows import data_rows
from addin.core.tables.exact import with_english_choices, with_exact_choices, with_exact_references
from addin.core.tables.layout import Layout, find, header_line
from addin.core.tables.numbers import read_numbers
from addin.core.tables.row_ids import is_id
from addin.core.tables.values import read_serial_time, read_time, show

FEW = Choices(["Draft", "Done", "Approved"], [("ok", "Done")])
OUTCOMES = Choices(["LO1", "LO2", "LO10"], several=True)
MANY = Choices([f"{letter}{letter} course" for letter in "ABCDEFGHI"] + ["Xylophone"])


@pytest.mark.parametrize(
    ("choices", "text", "meant"),
    [
        (FEW, "Done", ("Done",)), (FEW, "done", ("Done",)), (FEW, "OK", ("Done",)), (FEW, "a", ("Approved",)),
        (FEW, "d", ("Draft", "Done")), (FEW, "x", ()), (FEW, "d" * 301, ()), (FEW, "Do-ne", ("Done",)),
        (MANY, "x", ()), (MANY, "xy", ("Xylophone",)), (MANY, "aa", ()),
        (MANY, "xyl", ("Xylophone",)), (MANY, "xylophones", ("Xylophone",)),
        (OUTCOMES, "2", ("LO2",)), (OUTCOMES, "lo 2", ("LO2",)), (OUTCOMES, "10", ("LO10",)),
        (OUTCOMES, "l 10", ("LO10",)),
        (OUTCOMES, "x 2", ()), (OUTCOMES, "3", ()),
        (Choices(["A1", "B2"]), "1", ()), (Choices(["A1", "Other"]), "1", ()),
        (Choices(["French B (2)", "French B"]), "french b", ("French B",)),
        (Choices(["Old name", "Old"], retired=["Old"]), "old n", ("Old name",)),
        (Choices(["History Africa", "History Europe"], retired=["History Africa"]), "hist", ("History Europe",)),
        (Choices(["History Africa"], retired=["History Africa"]), "history africa", ("History Africa",)),
    ],
)  # fmt: skip
def test_the_choices_that_a_text_may_mean(choices: Choices, text: str, meant: tuple[str, ...]) -> None:
    assert choices.meanings(text) == meant


@pytest.mark.parametrize("raw", [None, "", "  ", True, CellError("#N/A"), time(1)])
def test_what_is_no_text_or_number_is_no_choice(raw: Value) -> None:
    assert FEW.read(raw) == (raw, None)


@pytest.mark.parametrize(
    ("choices", "raw", "value", "rule"),
    [
        (FEW, "ok", "Done", "other-name"),
        (FEW, "d", None, "several-meanings"),
        (FEW, "zzz", "zzz", None),
        (OUTCOMES, "LO1; LO2", "LO1; LO2", None),
        (OUTCOMES, "1, 2", "LO1; LO2", "other-name"),
        (OUTCOMES, "1 and 2", "LO1; LO2", "other-name"),
        (OUTCOMES, "lo1 lo2", "LO1; LO2", "other-name"),
        (OUTCOMES, "1; 1", "LO1", "other-name"),
        (OUTCOMES, "1; 9", "1; 9", None),
        (OUTCOMES, 2, "LO2", "other-name"),
    ],
)
def test_a_cell_is_read_as_its_choices(choices: Choices, raw: Value, value: Value, rule: str | None) -> None:
    read, issue = choices.read(raw)
    assert (read, issue and issue.rule) == (value, rule)
    if issue and rule == "other-name":
        assert issue.fix == value


@pytest.mark.parametrize(("count", "named"), [(4, "a1, a2, a3 or a4"), (5, "5 of the choices")])
def test_a_question_names_up_to_four_choices(count: int, named: str) -> None:
    _, issue = Choices([f"a{number}" for number in range(1, count + 1)]).read("a")
    assert issue is not None and named in issue.message


FORM = tracker(
    'key=["code"]\n[columns.code]\n[columns.state]\none_of=["Done","Open"]\n[columns.kinds]\nseveral=true\n'
    'one_of=["Book","Key"]\n[columns.paid]\ntype="yes_no"\n[columns.who]\nexists_in="people.code"',
    "form",
)
PEOPLE = tracker('key=["code"]\n[columns.code]', "people", "People")


ROWS: list[dict[str, Value]] = [
    {"code": str(number), "state": state} for number, state in enumerate(("done", "Done", None, "?"))
]


def test_cells_are_taken_as_the_exact_choice_with_a_fix() -> None:
    read = with_exact_choices(FORM, table(FORM, ROWS), {})
    assert read.columns["state"] == ["Done", "Done", None, "?"]
    assert {index: issue.fix for index, issue in read.odd["state"].items()} == {0: "Done"}


def test_a_reference_is_the_one_code_that_differs_in_writing_only() -> None:
    people = table(PEOPLE, [{"code": code} for code in ("ab1", "0012", "Ab2", "aB2")])
    form = table(FORM, [{"code": "x", "who": code} for code in ("AB1", "0012", "AB2", "12", None, "ab1 ")])
    read = with_exact_references(FORM, form, {"people": people})
    assert read.columns["who"] == ["ab1", "0012", "AB2", "12", None, "ab1"]
    assert {i: (issue.rule, issue.fix) for i, issue in read.odd["who"].items()} == {
        0: ("same-code", "ab1"),
        5: ("same-code", "ab1"),
    }
    assert with_exact_references(FORM, form, {}).columns["who"] == form.columns["who"]


def test_words_of_the_workbooks_language_count_as_the_english_choices() -> None:
    from addin.core.records import replace

    local = {"state": {"Done": "Fini"}, "kinds": {"Book": "Livre", "Key": "Clé"}, "paid": {"Yes": "Oui", "No": "Non"}}
    columns = {name: replace(column, local=local.get(name, {})) for name, column in FORM.columns.items()}
    form = replace(FORM, columns=columns)
    rows: list[dict[str, Value]] = [
        {"state": "Fini", "kinds": "Livre; Clé", "paid": "Oui"},
        {"state": "Done", "kinds": "Key", "paid": "Non"},
        {"state": "Open", "kinds": "Livre", "paid": True},
    ]
    read = with_english_choices(form, table(form, rows))
    assert read.columns["state"] == ["Done", "Done", "Open"]
    assert {index: issue.level for index, issue in read.odd["state"].items()} == {0: "none", 1: "info"}
    assert read.columns["kinds"] == ["Book; Key", "Key", "Book"]
    assert read.columns["paid"] == [True, False, True]
    assert {index: (issue.raw, issue.level) for index, issue in read.odd["paid"].items()} == {
        0: ("Oui", "none"),
        1: ("Non", "none"),
    }


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("9:05", time(9, 5)), ("23:59:59", time(23, 59, 59)), ("24:00", None), ("9:60", None), ("9:05:60", None),
        ("12:00 am", time(0)), ("12:30 pm", time(12, 30)), ("1:00 pm", time(13)), ("11:59 pm", time(23, 59)),
        ("13:00 pm", None), ("0:30 am", None), ("0:00", time(0)), ("  ", None), ("soon", None),
        (timedelta(hours=30), timedelta(hours=30)), (time(9, 5, 0, 200), time(9, 5)),
        (time(9, 4, 59, 999_800), time(9, 5)), (time(9, 5, 0, 400_000), time(9, 5, 0, 400_000)),
        (time(23, 59, 59, 999_900), time(0)),
    ],
)  # fmt: skip
def test_a_time_of_day(raw: Value, read: Value) -> None:
    assert read_time(raw)[0] == read
    issue = read_time(raw)[1]
    assert bool(issue and issue.level != "none") is (read is None and bool(str(raw).strip()))


@pytest.mark.parametrize(
    ("raw", "read"), [(0, time(0)), (0.5, time(12)), (0.999, time(23, 58, 33, 600_000)), (1, None), (-0.5, None)]
)
def test_a_time_as_a_part_of_a_day(raw: Value, read: time | None) -> None:
    assert read_serial_time(raw)[0] == read


@pytest.mark.parametrize(("raw", "shown"), [(timedelta(0), "0:00"), (timedelta(hours=30), "30:00")])
def test_a_length_of_time_is_shown(raw: Value, shown: str) -> None:
    assert show(raw).startswith(shown)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("bcdfg2", True), ("2cdfgb", False), ("bcdfg", False), ("bcdfg22", False), ("bcdfga", False), ("bcdfgl", False)],
)
def test_a_row_id_is_six_signs_that_begin_with_a_letter(text: str, answer: bool) -> None:
    assert is_id(text) is answer


@pytest.mark.parametrize(
    ("text", "sign"),
    [("sep=;\na;b", ";"), ('"sep=,"\na', ","), ("SEP=|\r\na", "|"), ("sep=ab\na", ""), ("sep=\na", "")],
)
def test_the_delimiter_that_excel_declares(text: str, sign: str) -> None:
    assert declared_delimiter(text) == ((sign, text.partition("\n")[2]) if sign else ("", text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b,c\n1,"x\n2,y,z\n3,w,"v\n', 2),
        ('a,b,c\n1,2,3\n4,"x,5\n', 3),
    ],
)
def test_rows_that_a_quotation_mark_swallows_are_refused_at_their_line(text: str, line: int) -> None:
    with pytest.raises(CsvError) as refused:
        parse(text, ",")
    assert refused.value.line == line


@pytest.mark.parametrize(
    "text", ['a,b,c\n1,"two, three\nfour, five",6\n', 'a,b\n1,"x\n2,y"\n', "a,b,c\r\n1,2,3\r\n", "a\rb\r"]
)
def test_a_text_over_lines_is_one_cell(text: str) -> None:
    assert len(parse(text, ",")) == 2


THINGS = tracker('key = ["code"]\n[columns.code]\n[columns.name]')
HEAD: list[Value] = ["Code", "Name"]


@pytest.mark.parametrize(("above", "found"), [(0, 1), (39, 40), (40, None)])
def test_headers_are_looked_for_in_forty_rows(above: int, found: int | None) -> None:
    layout = find(Grid("Things", [*[["x"]] * above, HEAD, ["1", "a"]]), THINGS)
    assert (layout and layout.header_row) == found


def test_headers_merged_downwards_count_in_the_last_row() -> None:
    grid = Grid("Things", [[None, "Name", None, "Wide"], ["Code", None]], merged=[Area(1, 2, 2, 2), Area(1, 4, 2, 5)])
    assert header_line(grid, 2) == ["Code", "Name"]
    layout = find(grid, THINGS)
    assert layout is not None and dict(layout.columns) == {"code": 1, "name": 2}


def test_columns_and_ids_of_another_native_table_are_not_ours() -> None:
    rows: list[list[Value]] = [["Code", "Name", "Mine", "Mine", None, "Other", "IBT id"], ["1", "a"]]
    one, other = Area(1, 1, 2, 4, "one"), Area(1, 6, 2, 7, "other")
    layout = find(Grid("Things", rows, tables=[one, other]), THINGS)
    assert layout is not None
    assert (dict(layout.extra), layout.id_column, layout.bottom) == ({"Mine": 3, "Mine 2": 4}, None, 2)
    beside = find(Grid("Things", rows, tables=[one]), THINGS)
    assert beside is not None and (dict(beside.extra), beside.id_column) == ({"Mine": 3, "Mine 2": 4}, 7)
    below = find(Grid("Things", rows, tables=[one, Area(5, 6, 9, 7, "other")]), THINGS)
    assert below is not None and below.id_column == 7


@pytest.mark.parametrize(
    ("cell", "seen"),
    [((2, 2), (2, 2)), ((2, 3), (2, 2)), ((4, 3), (2, 2)), ((5, 3), (5, 3)), ((2, 4), (2, 4)), ((1, 2), (1, 2))],
)
def test_a_cell_under_merged_cells_is_seen_at_their_first(cell: tuple[int, int], seen: tuple[int, int]) -> None:
    layout = Layout("Things", 1, {"code": 1}, merged=[Area(2, 2, 4, 3)])
    assert layout.top_of(*cell) == seen


def test_a_formula_in_a_persons_own_first_column_is_no_row() -> None:
    rows: list[list[Value]] = [["Mine", "Code", "Name"], ["x", "1", "a"], ["y", None, None], ["z", "2", "b"]]
    grid = Grid("Things", rows, formulas={(2, 1): "A", (3, 1): "B", (4, 1): "C"})
    layout = find(grid, THINGS)
    assert layout is not None
    assert data_rows(grid, layout) == [2, 4]


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ((1, 1), True),
        ((1, 2), False),
        ((2, 2), True),
        ((3, 3), True),
        ((3, 4), False),
        ((4, 2), False),
        ((5, 1), False),
    ],
)
def test_a_cell_that_a_formula_fills_is_not_calculated_until_it_has_a_result(
    place: tuple[int, int], answer: bool
) -> None:
    empty = Area(2, 2, 3, 3)
    grid = Grid("x", [[None, 5], [None, None], [], [], [None]], formulas={(1, 1): "A", (1, 2): "B"}, arrays=[empty])
    assert grid.is_uncalculated(*place) is answer
    grid.values[1][1] = 7
    assert grid.is_uncalculated(*place) is (answer and place == (1, 1))


@pytest.mark.parametrize(
    ("text", "values", "about"),
    [
        ("12", (12,), ""), ("1,5", (1.5,), ""), ("1,500", (1.5, 1500), ""), ("0,500", (0.5,), ""), (".5", (0.5,), ""),
        ("1,500.25", (1500.25,), ""), ("1.500,25", (1500.25,), ""), ("1 500", (1500,), ""), ("1'500", (1500,), ""),
        ("-3", (-3,), ""), ("850,-", (850,), ""), ("ca. 3", (), "inexact"), ("3h", (3,), "hours"),
        ("2h30", (2.5,), "hours"), ("30:30", (30.5,), "hours"), ("1:00:36", (1.01,), "hours"), ("1:60", (), ""),
        ("90 min", (), "minutes"), ("$850", (850,), "currency"), ("850 EUR", (850,), "currency"), ("IV", (4,), "roman"),
        ("5 %", (), "percent"), ("five", (), ""), ("1" * 60, (int("1" * 60),), ""), ("1" * 61, (), ""),
        ("1½", (1.5,), ""),
        ("I", (1,), "roman"), ("i", (), ""),
    ],
)  # fmt: skip
def test_the_numbers_that_a_text_may_mean(text: str, values: tuple[float, ...], about: str) -> None:
    found = read_numbers(text)
    assert (found.values, found.about) == (values, about)
    if about == "hours":
        assert read_numbers(text, hours=False).values == ()


def test_a_fix_names_choices_as_the_workbook_calls_them() -> None:
    local = {"Done": "Fini", "Draft": "Projet"}
    one = Choices(["Done", "Draft", "Other"], local=local)
    value, issue = one.read("FINI")
    assert (value, issue and issue.fix) == ("Done", "Fini")
    several, fixed = Choices(["Done", "Draft", "Other"], several=True, local=local).read("other, fini")
    assert (several, fixed and fixed.fix) == ("Other; Done", "Other; Fini")

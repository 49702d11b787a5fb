"""Whole columns: days that settle each other, blanks beside formulas, the last column, numbers in words."""

from __future__ import annotations

from datetime import date

import pytest
from make import tracker

from addin.core.book import Grid, Value
from addin.core.tables.choices import Choices
from addin.core.tables.csv_text import CsvError, parse
from addin.core.tables.exact import with_exact_choices
from addin.core.tables.layout import find
from addin.core.tables.numbers import read_numbers
from addin.core.tables.table import Table, read_table
from addin.core.tables.text_numbers import with_numbers
from addin.core.tables.values import read_column

LIST = tracker("""
key = ["code"]
[columns.code]
[columns.mark]
one_of = ["Good", "Poor"]
[columns.points]
type = "number"
""")


def test_one_day_that_can_only_be_read_one_way_settles_the_others() -> None:
    values, issues = read_column(["07/02/2009", "25/02/2009"], "date")
    assert values == [date(2009, 2, 7), date(2009, 2, 25)]
    values, issues = read_column(["07/02/2009"], "date")
    assert values == [None] and "2 Jul 2009" in issues[0].suggestion


def test_a_day_that_is_written_is_read_where_days_are_numbers() -> None:
    values, issues = read_column([46000, "2026-03-05", None], "date", serial=True)
    assert values == [date(2025, 12, 9), date(2026, 3, 5), None] and list(issues) == [1]


def test_the_last_column_of_a_text_file_holds_numbers_and_codes_as_the_others_do() -> None:
    grid, decimals = with_numbers(Grid("List", [["A", "Points"], ["x", "1,5"]]), comma=True)
    assert grid.values[1] == ["x", 1.5] and decimals == {2: 1}
    grid, _ = with_numbers(Grid("List", [["A", "Code"], ["x", "0012"], ["y", "13"]]), comma=True)
    assert [line[1] for line in grid.values[1:]] == ["0012", "13"]


def read(rows: list[list[Value]], formulas: dict[tuple[int, int], str] | None = None) -> Table:
    grid = Grid(LIST.sheet, rows, formulas=formulas or {})
    layout = find(grid, LIST)
    assert layout is not None
    return read_table(LIST, {LIST.sheet: grid}, [layout])


def test_a_blank_beside_formulas_without_results_is_blank() -> None:
    rows: list[list[Value]] = [["Code", "Mark", "Points"], ["a", "Good", None], ["b", "Poor", None], ["c", None, 4]]
    assert list(read(rows, {(2, 3): "=1+1"}).odd["points"]) == [0]


def test_a_table_without_a_column_of_choices_stays_as_it_is() -> None:
    table = read([["Code", "Points"], ["a", 1]])
    del table.columns["mark"]
    assert with_exact_choices(LIST, table, {}).columns == table.columns


@pytest.mark.parametrize(("text", "expected"), [("Labs", "Laboratory"), ("Lab", "Laboratory"), ("Las", "Las")])
def test_a_shortened_word_of_four_letters_may_have_an_s_at_its_end(text: str, expected: str) -> None:
    value, _ = Choices(["Laboratory", "Garden", "Office", "Hall", "Gym", "Room", "Yard", "Roof", "Cellar"]).read(text)
    assert value == expected


@pytest.mark.parametrize(
    ("text", "number"),
    list(zip(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], range(1, 11), strict=True)),
)
def test_roman_numbers_up_to_ten(text: str, number: int) -> None:
    assert read_numbers(f"cat {text}").values == (number,)


def test_many_titles_of_one_cell_do_not_hide_a_row_that_was_swallowed() -> None:
    titles = ["School", "Term 1", "Printed on Monday", "Grade 11", "All students", ""]
    rows = ["Code,Name,Class", 'a,"Ito,11A', "b,Bo,11B", 'c,Cy",11B', "d,Di,11A"]
    with pytest.raises(CsvError, match="quotation mark"):
        parse("\n".join([*titles, *rows]), ",")

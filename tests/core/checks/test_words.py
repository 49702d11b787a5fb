"""Every rule word at its edges: what breaks it is marked x, what keeps it is marked with a dot."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from make import findings, tracker

from addin.core.book import Value
from addin.core.checks.words import WORDS, PerRow, broken, later, whole_months

D = date
CASES: list[tuple[str, object, list[Value], str]] = [
    ("required", True, ["a", None, 0, False, ""], ".x..."),
    ("required", False, [None], "."),
    ("blank", True, ["a", None, 0, False], "x.xx"),
    ("unique", True, ["a", "b", "a", None, None, "A"], "x.x..x"),
    ("unique", True, [1, "1", 2, 2], "..xx"),
    ("one_of", ["A", "D"], ["A", "d", "D ", None, "A; D"], ".xx.x"),
    ("one_of", [6, 7], [6, "7", 8], "..x"),
    ("none_of", ["None"], ["None", "none", None, "Nan"], "x..."),
    ("pattern", r"\d{4}", ["0001", "1", "00011", 2027, None, "0001\n"], ".xx..x"),
    ("pattern", r"\d", ["1", "x", None, "x", "1"], ".x.x."),
    ("pattern", r"\d", [1, True, 1.0, "1"], ".xx."),
    ("at_least", 3, [2, 3, 3.0, 2.999, None, "2"], "x..x.."),
    ("at_most", 7, [7, 8, 7.0001, None], ".xx."),
    ("more_than", 0, [0, 1, -1], "x.x"),
    ("less_than", 10, [10, 9.99, 11], "x.x"),
    ("at_least", D(2026, 2, 28), [D(2026, 2, 27), D(2026, 2, 28), datetime(2026, 2, 28, 9)], "x.."),
    ("at_most", D(2026, 2, 28), [D(2026, 2, 28), datetime(2026, 2, 28, 0, 0, 1)], ".x"),
    ("at_least", PerRow([1, 5, None, 2]), [1, 4, 0, None], ".x.."),
    ("exists_in", frozenset({"0001"}), ["0001", "1", 1, None], ".xx."),
    ("longest", 3, ["abc", "abcd", None, 1234], ".x.x"),
    ("most_words", 2, ["two words", "now three words", None], ".x."),
    ("least_values", 2, ["a", "a; b", "a,b", "a;;", None], "x..x."),
    ("most_values", 2, ["a; b", "a; b; c", "a\nb\nc", None], ".xx."),
]  # fmt: skip


@pytest.mark.parametrize(("word", "limit", "cells", "marks"), CASES)
def test_a_word_marks_just_the_cells_that_break_it(word: str, limit: object, cells: list[Value], marks: str) -> None:
    assert "".join("x" if i in broken(word, cells, limit) else "." for i in range(len(cells))) == marks


def test_every_word_has_a_case_and_a_sentence() -> None:
    assert {case[0] for case in CASES} == set(WORDS)
    assert all(word.say and word.suggestion and word.description and word.kind for word in WORDS.values())


@pytest.mark.parametrize(
    ("cell", "marks"),
    [("A", "."), ("A; B", "."), ("A,B", "."), ("A\nB", "."), ("A; X", "x"), ("", "."), (";", "."), ("AB", "x")],
)
def test_a_cell_of_several_values_is_looked_at_value_by_value(cell: str, marks: str) -> None:
    assert broken("one_of", [cell or None], ["A", "B"], several=True) == ([0] if marks == "x" else [])


@pytest.mark.parametrize(
    ("start", "days", "months", "then"),
    [
        (D(2026, 1, 31), 0, 1, D(2026, 2, 28)),
        (D(2028, 1, 31), 0, 1, D(2028, 2, 29)),
        (D(2026, 12, 15), 0, 1, D(2027, 1, 15)),
        (D(2026, 1, 1), 28, 0, D(2026, 1, 29)),
        (D(2026, 11, 30), 0, 18, D(2028, 5, 30)),
        (None, 1, 1, None),
    ],
)
def test_a_date_moves_on_by_days_and_months(start: date | None, days: int, months: int, then: date | None) -> None:
    assert later(start, days, months) == then


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (D(2025, 9, 1), D(2027, 3, 1), 18),
        (D(2025, 9, 1), D(2027, 2, 28), 17),
        (D(2026, 1, 31), D(2026, 2, 28), 1),
        (D(2026, 5, 1), D(2026, 5, 31), 0),
        (D(2026, 5, 1), D(2026, 4, 1), -1),
    ],
)
def test_months_are_whole_months(first: date, last: date, months: int) -> None:
    assert whole_months(first, last) == months


def sentence(column: str, value: Value) -> tuple[str, str, str]:
    found = findings(tracker(f"key=[]\n[columns.c]\n{column}"), [{"c": value}])
    return (found[0].rule, found[0].message, found[0].suggestion) if found else ("", "", "")


@pytest.mark.parametrize(
    ("column", "value", "rule", "says", "suggests"),
    [
        (
            "pattern='\\d{4}'",
            12,
            "c-pattern",
            "“12” is not a valid c.",
            "enter 0012 in a cell of format Text",
        ),
        (
            "one_of=['Approved']",
            "approved",
            "c-other-name",
            "“approved” is written Approved here.",
            "Use Approved.",
        ),
        ("one_of=['Approved']", "zzz", "c-one-of", "zzz", "Choose Approved."),
        ("type='date'\nat_least=2026-01-01", D(2025, 1, 1), "c-at-least", "before 1 Jan 2026.", "later date"),
        ("type='integer'\nat_most=7", 9, "c-at-most", "C is 9; the maximum is 7.", "Enter 7 or less."),
        ("longest=5", "x" * 500, "c-longest", "C has 500 characters; the maximum is 5.", "Shorten it."),
    ],
)
def test_a_sentence_says_what_and_what_to_do(column: str, value: Value, rule: str, says: str, suggests: str) -> None:
    found = sentence(column, value)
    assert found[0] == rule
    assert says in found[1]
    assert suggests in found[2]

"""A column that names the programme gives the category of a list that is adopted as it stands."""

from __future__ import annotations

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.recognise import Understood, recognise
from addin.core.recognition.vocabulary import CATEGORIES
from addin.core.tables.choices import choices_of
from addin.workspace.lists import load_lists
from addin.workspace.tracker_files import load_all

HEADERS: list[Value] = ["Student ID", "Last name", "First names", "Date of birth", "Session"]
NAMES = [("Okafor", "Ada"), ("Lindqvist", "Nils"), ("Reyes", "Marisol"), ("Haddad", "Karim")]


def category_header(header: str, cells: list[Value], more: str = "") -> str:
    """The header that is taken for the category of a list with this column."""
    rows = [[f"10{n}", *NAMES[n], "25/03/2009", "M27", cell, cell] for n, cell in enumerate(cells)]
    values: list[list[Value]] = [[*HEADERS, header, *([more] if more else [])], *rows]
    found = recognise(Grid("Students", values), load_all(), load_lists())
    assert isinstance(found, Understood) and found.tracker == "candidates"
    return next((match.header for match in found.matches if match.column == "category"), "")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Programme", ["IBDP", "IBCP", "DP Courses", "IBDP"]),
        ("Program", ["DP", "CP", "DP", None]),
        ("Enrolled in", ["Full diploma", "Courses only", "Career-related Programme", "Diploma"]),
        ("IB", ["Diplôme", "Certificat", "Diplôme", "Diplôme"]),
    ],
)
def test_a_column_of_programmes_is_the_category(header: str, cells: list[Value]) -> None:
    assert category_header(header, cells) == header


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Maths set", ["A", "C", "A", "D"]),
        ("Programme", ["MYP", "PYP", "MYP", "DP"]),
        ("Programme", ["DP", None, None]),
    ],
)
def test_sets_and_other_programmes_are_not(header: str, cells: list[Value]) -> None:
    assert not category_header(header, cells)


def test_two_columns_of_programmes_are_left_to_a_person() -> None:
    assert not category_header("This year", ["IBDP", "IBCP", "IBDP", "IBDP"], more="Next year")


def test_what_is_read_as_a_category_in_a_grid_is_understood_by_the_checks() -> None:
    choices = choices_of(load_all()["candidates"].columns["category"], load_lists())
    assert choices is not None
    assert {word: choices.meanings(word) for word in CATEGORIES} == {w: (value,) for w, value in CATEGORIES.items()}

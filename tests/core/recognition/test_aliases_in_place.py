"""One word above a column may be one of two: its cells and its neighbours say which."""

from __future__ import annotations

from datetime import date

import pytest

from addin.core.book import Grid
from addin.core.recognition.recognise import Understood, recognise
from addin.core.recognition.survey import survey
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

TRACKERS, LISTS = load_all(), load_lists()


def columns_of(sheet: str, rows: list[list[object]]) -> dict[str, str]:
    """Header -> column of the tracker that the sheet was taken for."""
    found = recognise(Grid(sheet, rows), TRACKERS, LISTS)  # type: ignore[arg-type]
    assert isinstance(found, Understood), found
    return {match.header: match.column for match in found.matches}


def test_a_name_beside_a_code_is_whose_entry_it_is_and_no_title() -> None:
    heads = ["Student ID", "Name", "Activity", "Strand", "Hours"]
    rows = [["10012", "Smith, John", "Choir", "Creativity", 5], ["10013", "Ito, Yui", "Football", "Activity", 3]]
    found = columns_of("CAS log", [heads, *rows, ["10012", "Smith, John", "Food bank", "Service", 2]])
    assert found["Activity"] == "title" and "Name" not in found


def test_a_name_that_differs_from_row_to_row_is_the_title() -> None:
    heads = ["Student ID", "Name", "Strand", "Hours"]
    rows = [
        ["10012", "Choir", "Creativity", 5],
        ["10012", "Football", "Activity", 3],
        ["10013", "Debate", "Service", 1],
    ]
    assert columns_of("CAS log", [heads, *rows])["Name"] == "title"


@pytest.mark.parametrize(("cell", "column"), [(date(2026, 9, 1), "lent_on"), (12, "lent_quantity")])
def test_out_is_since_when_above_dates_and_how_many_above_numbers(cell: object, column: str) -> None:
    rows = [["TI-84", 30, "Room 12", "12A", cell], ["Atlas", 20, "Room 3", "12B", cell]]
    assert columns_of("Inventory", [["Item", "Qty", "Where", "Lent to", "Out"], *rows])["Out"] == column


@pytest.mark.parametrize(("header", "is_class"), [("Class", True), ("Grade", False)])
def test_letters_are_classes_but_no_year(header: str, is_class: bool) -> None:
    rows = [["Ito, Yui", "A", "Biology"], ["Berg, Ann", "B", "History"], ["Li, Kim", "A", "Physics"]]
    grid = Grid("EE", [["Student", header, "EE subject"], *rows])  # type: ignore[list-item]
    (part,) = survey({"EE": grid}, TRACKERS, LISTS, "book")[0]["EE"].parts
    assert (part.roles[2].column == "year_group") is is_class

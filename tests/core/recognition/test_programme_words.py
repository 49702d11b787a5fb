"""Which programme a sheet is about, by its own words, and which trackers its lists are then none of."""

from __future__ import annotations

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.programme_words import is_myp_year, myp_year, myp_year_said, of_programmes, programmes_of
from addin.workspace.tracker_files import load_all

ROWS: list[list[Value]] = [["Student", "Date", "Activity", "Hours"], ["Ana Ruiz", None, "Clean-up", 4]]


@pytest.mark.parametrize(
    ("sheet", "rows", "expected"),
    [
        ("Servicio como acción", ROWS, {"myp"}),
        ("Projets personnels 26-27", ROWS, {"myp"}),
        ("Sheet1", [["Suivi du PEI 4"], *ROWS], {"myp"}),
        ("Sheet1", [["Student", "Year", "Hours"], ["Ana Ruiz", "MYP 4", 3]], {"myp"}),
        ("POP", ROWS, {"cp"}),
        ("pop songs", ROWS, set()),
        ("Programme of Inquiry", ROWS, {"pyp"}),
        ("CAS", ROWS, {"dp"}),
        ("MYP and DP service", ROWS, {"myp", "dp"}),
        ("DP1", [["Student", "MYP eAssessment"], ["Ana Ruiz", 45]], {"dp"}),
        ("Sheet1", ROWS, set()),
    ],
)
def test_a_sheet_says_its_programme(sheet: str, rows: list[list[Value]], expected: set[str]) -> None:
    assert programmes_of(Grid(sheet, rows)) == expected


def test_trackers_of_other_programmes_are_away_only_where_all_that_is_said_agrees() -> None:
    trackers = load_all()
    assert {"cas", "candidates"} & of_programmes(trackers, {"myp"}).keys() == set()
    assert {"myp", "pd"} <= of_programmes(trackers, {"myp"}).keys()
    assert {"cas", "candidates", "myp"} <= of_programmes(trackers, {"myp", "dp"}).keys()
    assert of_programmes(trackers, ()) is trackers


@pytest.mark.parametrize(
    ("text", "year"),
    [("Year 5", 5), ("année 3", 3), ("PEI 4", 4), ("MYP4B", 4), ("4.º año del PAI", 4), ("Grade 4", 0), ("9A", 0)],
)
def test_a_year_of_the_myp_is_read_where_a_cell_says_so(text: str, year: int) -> None:
    assert myp_year(text) == year


def test_a_year_of_the_school_in_a_title_is_none_of_the_myp() -> None:
    assert myp_year_said("Year 5 projects") == 0
    assert myp_year_said("MYP Year 3 and MYP Year 4") == 0
    assert is_myp_year("PAI 5") and not is_myp_year("DP 2") and not is_myp_year(5)

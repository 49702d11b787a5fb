"""The Deadlines sheet: dates of the calendar first, in the words of the workbook, and those of its programme only."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from recalculated import recalculated

from addin.actions.new import new
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Value

MINE = date(2028, 5, 17)


def formulas(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name)


def test_a_date_of_the_calendar_counts_before_the_list(tmp_path: Path) -> None:
    new(str(tmp_path / "with.xlsx"), trackers=["candidates", "calendar"], session="M28")
    new(str(tmp_path / "without.xlsx"), trackers=["candidates"], session="M28")
    assert "AVERAGEIFS(" in formulas(tmp_path / "with.xlsx")
    assert "your calendar" in formulas(tmp_path / "with.xlsx")
    assert "AVERAGEIFS(" not in formulas(tmp_path / "without.xlsx"), "no sheet to look in"


@pytest.mark.parametrize("event", ["CAS completion on IBIS", "Accomplissement de CAS dans IBIS"])
def test_dates_are_in_the_words_of_the_workbook_and_found_in_its_calendar(event: str, tmp_path: Path) -> None:
    """A French workbook whose calendar names an event in English, or as the Deadlines sheet shows it."""
    path = tmp_path / "fr.xlsx"
    new(str(path), trackers=["candidates", "calendar"], session="M28", language="fr")
    book = XlsxBook.open(path)
    head = book.read(["Calendrier"])["Calendrier"].values[3]
    row: dict[str, Value] = {"Objet": event, "Session": "M28", "Échéance": MINE}
    book.apply(Edits(cells={("Calendrier", 5, head.index(name) + 1): value for name, value in row.items()}))
    (made,) = recalculated([path], tmp_path / "made")
    lines = XlsxBook.open(made).read(["Échéances"])["Échéances"].values[4:]
    dates = {line[2]: (line[0], line[5]) for line in lines if len(line) > 5 and line[2]}
    assert dates["Accomplissement de CAS dans IBIS"] == (MINE, "votre calendrier")
    assert "Arrivée des diplômes" in dates and not {"Certificates arrive", "CAS completion on IBIS"} & dates.keys()


@pytest.mark.parametrize(("programme", "has"), [("dp", True), ("cp", False)])
def test_the_career_related_programme_has_no_date_of_cas(programme: str, has: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    new(str(path), trackers=["candidates"], session="M28", programme=programme)
    (made,) = recalculated([path], tmp_path / "made")
    events = {line[2] for line in XlsxBook.open(made).read(["Deadlines"])["Deadlines"].values[4:] if len(line) > 2}
    assert ("CAS completion on IBIS" in events) is has
    assert "Results to candidates" in events

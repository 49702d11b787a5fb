"""The strip of links on Findings: beside its headers, through every write, and never one of its columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas
import pytest

from addin.actions.undo import undo
from addin.actions.validate import validate
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Grid
from addin.core.checks import marks

TODAY = date(2026, 11, 22)
WORDS = {
    "en": ["Home", "‹ Prev", "Next ›", "Findings"],
    "fr": ["Accueil", "‹ Préc.", "Suiv. ›", "Constats"],
    "es": ["Inicio", "‹ Ant.", "Sig. ›", "Hallazgos"],
    "de": ["Start", "‹ Zurück", "Weiter ›", "Befunde"],
}


def strip(path: Path, findings: str) -> list[tuple[str, str]]:
    """The words beside the headers of Findings, and where each leads."""
    book = openpyxl.load_workbook(path)
    cells = book[findings][1][len(marks.HEADERS) :]
    return [(cell.value, cell.hyperlink.location.rpartition("!")[0].strip("'")) for cell in cells]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    assert main(["-q", "new", str(path), "--programme", "pyp", "--sample"]) == 0
    return path


@pytest.mark.parametrize("language", WORDS)
def test_the_strip_is_there_before_and_after_a_check_in_every_language(tmp_path: Path, language: str) -> None:
    path = tmp_path / "School.xlsx"
    assert main(["-q", "new", str(path), "--programme", "pyp", "--sample", "--language", language]) == 0
    words = WORDS[language]
    before = strip(path, words[-1])
    assert [said for said, _ in before] == words
    validate(str(path), today=TODAY)
    assert strip(path, words[-1]) == before
    sheets = openpyxl.load_workbook(path).sheetnames
    assert {to for _, to in before} <= {*sheets} and before[0][1] == sheets[0] and before[3][1] == words[-1]


def test_a_sheet_that_a_person_hides_renames_or_moves_is_followed(school: Path) -> None:
    book = openpyxl.load_workbook(school)
    book["PD"].sheet_state = "hidden"
    book.move_sheet("Findings", -(book.sheetnames.index("Findings") - 1))
    book.save(school)
    validate(str(school), today=TODAY)
    assert strip(school, "Findings")[1:3] == [("‹ Prev", "Home"), ("Next ›", "Inventory")]


def test_the_strip_is_no_column_of_findings(school: Path) -> None:
    validate(str(school), today=TODAY)
    sheet = openpyxl.load_workbook(school)["Findings"]
    assert sheet.auto_filter.ref == f"A1:K{sheet.max_row}" and sheet.freeze_panes == "A2"
    assert sheet.print_area == "$A:$K" or not sheet.print_area
    grid = XlsxBook.open(school).read(["Findings"])["Findings"]
    assert marks.is_ours(grid) and marks.marked_before(grid)
    frame = pandas.read_excel(school, sheet_name="Findings", usecols="A:K", engine="openpyxl")
    assert [*frame.columns] == [*marks.HEADERS] and len(frame) == sheet.max_row - 1


def test_a_second_check_changes_nothing(school: Path) -> None:
    validate(str(school), today=TODAY)
    once = school.read_bytes()
    validate(str(school), today=TODAY)
    assert school.read_bytes() == once


def test_a_strip_that_is_missing_comes_with_the_next_check(school: Path) -> None:
    validate(str(school), today=TODAY)
    book = openpyxl.load_workbook(school)
    book["Findings"].delete_cols(len(marks.HEADERS) + 1, 4)
    book.save(school)
    validate(str(school), today=TODAY)
    assert [words for words, _ in strip(school, "Findings")] == WORDS["en"]


def test_a_workbook_without_our_home_gets_no_strip(tmp_path: Path) -> None:
    path = tmp_path / "Own.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "CAS"
    for row in (["Candidate", "Experience", "Strand", "Start", "End"], ["000123", "Choir", "Creativity", "x", "y"]):
        sheet.append(row)
    book.save(path)
    assert main(["-q", "adopt", str(path), "--yes"]) in (0, 1)
    validate(str(path), today=TODAY)
    assert strip(path, "Findings") == []


def test_undo_after_an_edit_puts_the_links_back(school: Path) -> None:
    before = strip(school, "Findings")
    validate(str(school), today=TODAY)
    book = XlsxBook.open(school)
    book.apply(Edits(cells={("Staff", 60, 9): "typed since"}))
    book.close()
    undo(str(school))
    assert strip(school, "Findings") == before


def test_findings_that_are_put_back_lead_to_their_cells() -> None:
    line = ["error", "Staff", "B7", "Email", "x", "wrong", "right", "staff", "email", "abc", "none"]
    then = Grid("Findings", [[*marks.HEADERS, *WORDS["en"]], line])
    own = marks.as_it_was(then, ["Home", "Staff", "Findings", "Settings"])
    assert own.rows == then.values and own.beside == 4
    assert own.links == {
        (1, 12): "Home!A1",
        (1, 13): "Staff!A1",
        (1, 14): "Settings!A1",
        (1, 15): "Findings!A1",
        (2, 3): "Staff!B7",
    }

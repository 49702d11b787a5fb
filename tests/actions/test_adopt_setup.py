"""The Setup sheet: every column with what it holds and how it was read, changed by a person, then applied and gone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from adopt_rows import build_book, held, load

from addin.cli.main import main
from addin.core.names import SETUP
from addin.core.recognition.setup import HEADERS


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build_book(load("CAS hours 26-27"), tmp_path / "CAS hours 26-27.xlsx")


def choose(book: Path, choices: dict[str, str]) -> None:
    """What a person does on the sheet, and saves."""
    opened = openpyxl.load_workbook(book)
    for row in opened[SETUP].iter_rows(min_row=2):
        if row[6].value in choices:
            row[5].value = choices[row[6].value]
    opened.save(book)


def test_the_sheet_shows_each_column_and_asks_in_drop_downs(book: Path) -> None:
    before = book.read_bytes()
    assert main(["adopt", str(book), "--setup"]) == 0
    sheet = openpyxl.load_workbook(book)[SETUP]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(HEADERS)
    by_key = {row[6]: row for row in rows}
    assert by_key["column DP2!Sep"][:5] == ["DP2", "Sep", "3 · 3h", "CAS hours: September", "sure"]
    assert by_key["column DP2!Student name"][3] == "Student's whole name"
    assert by_key["? session"][5] == "leave it out (leave)"
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert len(lists) == len(rows) - 1
    number = rows.index(by_key["column DP2!Notes"]) + 1
    assert lists[f"F{number}"].startswith('"as read,leave alone,Code,') and len(lists[f"F{number}"]) <= 255
    assert main(["undo", str(book)]) == 0
    assert book.read_bytes() == before


def test_what_is_chosen_there_is_done_and_the_sheet_goes(book: Path) -> None:
    main(["adopt", str(book), "--setup"])
    choose(
        book,
        {
            "? session": "May 2028 (M28)",
            "? codes": "make codes S001; S002 … (make)",
            "column DP2!Notes": "leave alone",
            "column DP2!Project": "Preferred name",
        },
    )
    changed = book.read_bytes()
    assert main(["adopt", str(book)]) == 0
    assert openpyxl.load_workbook(book).sheetnames == ["DP2", "Candidates", "CAS", "Adoption notes"]
    assert held(book, "candidates", ["code", "session", "preferred_name"])[:1] == [["S001", "M28", "Beach clean"]]
    once = book.read_bytes()
    assert main(["adopt", str(book)]) == 0
    assert book.read_bytes() == once  # the choices are remembered
    assert main(["undo", str(book)]) == 0
    assert book.read_bytes() == changed


def test_a_person_may_say_in_a_file_what_a_column_is(book: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"session": "M27", "codes": "make", "column DP2!Sep": "leave"}')
    assert main(["adopt", str(book), "--answers", str(answers), "--yes"]) == 0
    titles = {row[0] for row in held(book, "cas", ["title"])}
    assert "CAS hours, October 2026" in titles and "CAS hours, September 2026" not in titles


def test_written_again_it_keeps_what_was_chosen(book: Path) -> None:
    main(["adopt", str(book), "--setup"])
    choose(book, {"? session": "May 2028 (M28)", "column DP2!Notes": "leave alone"})
    assert main(["adopt", str(book), "--setup"]) == 0
    rows = {row[6].value: row[5].value for row in openpyxl.load_workbook(book)[SETUP].iter_rows()}
    assert (rows["? session"], rows["column DP2!Notes"]) == ("May 2028 (M28)", "leave alone")

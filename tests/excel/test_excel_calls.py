"""What one press asks of the spreadsheet program: so many calls whatever the rows, and few for each mark."""

import random
from datetime import date

import pytest
from office_tools import Counted

from addin.backends.excel import ExcelBook
from addin.core.book import Edits, Look, OwnSheet

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice

CONSTANT = 110
"""Calls of a Validate-like round on a workbook of two sheets, beside those for the marks."""
FOR_A_MARK = 3
"""Find the cell, ask whether it has a note, write the note; the fills of all marks are set together."""


def calls_for(open_book, monkeypatch, rows, cells):
    """The calls that one Validate-like round makes on a sheet with so many rows, with these cells marked."""
    native = open_book({"CAS": [["Entry", "Date", "Hours"]], "Home": [["Findings"]]})
    block = [[f"'{number:06}", date(2026, 1, 1), 1.5] for number in range(rows)]
    native.sheets["CAS"]["A2"].value = block
    native.sheets["CAS"].tables.add(native.sheets["CAS"].range((1, 1), (rows + 1, 3)), name="tblCAS")
    book = ExcelBook(native)
    findings = [["Level", "Cell"], *([f"error {n}", f"CAS!A{n}"] for n in range(2, rows // 2))]
    links = {(number, 2): f"CAS!A{number}" for number in range(2, len(findings) + 1)}
    with monkeypatch.context() as patch:
        counted = Counted().watch(patch)
        book.read(["CAS", "Home"])
        book.looks(cells)
        book.apply(
            Edits(
                cells={("Home", 2, 1): 1},
                looks={cell: Look(fill, "note") for cell, fill in zip(cells, ["F8CBAD", "FFE699"] * 999, strict=False)},
                sheets={"Findings": OwnSheet(findings, links, [9, 12])},
            )
        )
        first = counted.total
        book.looks(cells)
    return first, counted


def scattered(rows, count):
    places = [("CAS", row, column) for row in range(2, rows + 2) for column in (1, 2, 3)]
    return sorted(random.Random(3).sample(places, count))


def test_calls_do_not_grow_with_the_rows(open_book, monkeypatch):
    few, counted = calls_for(open_book, monkeypatch, 40, scattered(40, 20))
    many, again = calls_for(open_book, monkeypatch, 2000, scattered(2000, 20))
    assert few == many, again.calls - counted.calls
    assert many <= CONSTANT + 20 * FOR_A_MARK


def test_many_marks_cost_their_notes_alone(open_book, monkeypatch):
    first, counted = calls_for(open_book, monkeypatch, 2000, scattered(2000, 400))
    assert first <= CONSTANT + 400 * FOR_A_MARK
    assert counted.calls["Range.color="] == 2, "one for each fill, wherever the cells are"
    assert counted.calls["Sheet.notes"] == 2, "the notes are read in one go, before and afterwards"

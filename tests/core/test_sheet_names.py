"""The names that Excel gives a sheet: what it refuses, what we call it instead, and that each is there once."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from addin.core.a1 import free_sheet_name, is_sheet_name, sheet_name, sheet_name_ending
from addin.core.recognition.new_sheets import free_name

REFUSED = ["", "  ", "9" * 32, *(f"A{sign}B" for sign in "[]:*?/\\"), "'A", "A'", "History", "HISTORY", "A\nB"]
TAKEN = ["9" * 31, "Grade 11 (HL)", "it's", "Geschichte", "履歴", "Histories"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_excel_refuses_becomes_a_name_that_it_takes(name: str) -> None:
    assert not is_sheet_name(name)
    assert is_sheet_name(sheet_name(name))


@pytest.mark.parametrize("name", TAKEN)
def test_what_excel_takes_stays_as_it_is(name: str) -> None:
    assert is_sheet_name(name) and sheet_name(name) == name


@pytest.mark.parametrize("name", [name for name in [*REFUSED, *TAKEN] if name.strip() and name.isprintable()])
def test_another_writer_of_workbooks_agrees(name: str) -> None:
    """XlsxWriter knows these rules, too, except that Excel keeps the name History for itself."""
    if name.casefold() == "history":
        return
    book = xlsxwriter.Workbook(BytesIO())
    try:
        book.add_worksheet(name)
    except XlsxWriterException:
        assert not is_sheet_name(name)
    else:
        assert is_sheet_name(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Grade 11/12", "Grade 11 12"), ("'Quoted'", "Quoted"), ("History", "History list"), ("?", "Sheet")],
)
def test_a_name_keeps_what_can_be_kept(name: str, expected: str) -> None:
    assert sheet_name(name) == expected


def test_a_second_sheet_of_a_name_gets_a_number_whatever_its_case_and_length() -> None:
    assert free_sheet_name("CAS", ["Staff"]) == "CAS"
    assert free_sheet_name("CAS", ["cas", "Cas 2"]) == "CAS 3"
    longest = "9" * 31
    hundred = [longest, *(sheet_name_ending(longest, f" {number}") for number in range(2, 101))]
    assert free_sheet_name(longest, hundred) == f"{'9' * 27} 101"


def test_the_sheet_of_a_tracker_beside_one_of_its_name_keeps_to_the_longest_name() -> None:
    assert free_name("Inventory", ["inventory"]) == "Inventory (tracker)"
    assert free_name("Inventory", ["Inventory", "Inventory (Tracker)"]) == "Inventory (tracker) 2"
    longest = "Extended essay supervision 2027"
    assert is_sheet_name(free_name(longest, [longest]))

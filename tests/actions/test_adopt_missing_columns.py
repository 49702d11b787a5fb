"""A list that is adopted as it stands and lacks a column that differs from row to row gets it, where that is wanted."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.core.book import Value

STUDENTS = [
    ["Last name", "First names", "Date of birth", "Gender", "Year group", "Nationality", "Email"],
    ["Ito", "Aya", "3 May 2009", "F", "DP1", "Japan", "aya@school.example"],
    ["Bø", "Ann", "4 May 2009", "F", "DP1", "Norway", "ann@school.example"],
]
ITEMS = [["Asset", "Item", "Location"], ["I1", "Microscope", "Lab 2"], ["I2", "Globe", "R4"]]


def adopted(rows: list[list[str]], path: Path, **answers: str) -> list[tuple[Value, ...]]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "List"
    book.save(path)
    for _ in range(2):  # the second time changes nothing
        adopt(str(path), answers={"session": "M27", **answers}, take_defaults=True)
    return list(openpyxl.load_workbook(path)["List"].values)


@pytest.mark.parametrize(("answer", "codes"), [("make", [["S001"], ["S002"]]), ("none", [[], []])])
def test_students_without_codes_get_some_when_asked_for(answer: str, codes: list[list[str]], tmp_path: Path) -> None:
    header, *lines = adopted(STUDENTS, tmp_path / "Class.xlsx", codes=answer)
    assert list(header[:7]) == STUDENTS[0] and ("Code" in header) == (answer == "make")
    assert [[line[header.index("Code")]] if "Code" in header else [] for line in lines] == codes


def test_an_inventory_is_told_what_is_one_copy_and_what_is_several(tmp_path: Path) -> None:
    header, *lines = adopted(ITEMS, tmp_path / "Items.xlsx")
    assert [line[header.index("Kept by")] for line in lines] == ["Copy", "Copy"]
    assert [line[header.index("Quantity")] for line in lines] == [1, 1]
    counted = [[*ITEMS[0], "Quantity"], [*ITEMS[1], 25], [*ITEMS[2], 1]]
    header, *lines = adopted(counted, tmp_path / "Counted.xlsx")
    assert [line[header.index("Kept by")] for line in lines] == ["Quantity", "Copy"]

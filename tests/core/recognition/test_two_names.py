"""Names in two columns are one colleague, and two whole names in a cell of a group two students."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.core.recognition.reading import Reading


def read(path: Path, title: str, rows: list[list[object]]) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return adopt(str(path), dry_run=True, take_defaults=True, answers={"session": "M27"}).reading


@pytest.mark.parametrize(
    "headers",
    [("Surname", "Name"), ("Last name", "First name"), ("Nom", "Prénom"), ("Name", "Vorname")],
)
def test_the_names_of_staff_in_two_columns(tmp_path: Path, headers: tuple[str, str]) -> None:
    rows: list[list[object]] = [[*headers, "Position", "Workshop", "Date"]]
    rows += [["Lund", "Eva", "Librarian", "DP Biology", date(2024, 10, 3)]]
    rows += [["Osei", "Jan", "Librarian", "DP Biology", date(2024, 10, 3)]]
    rows += [["Hall", "Ute", "Librarian", "DP Biology", date(2024, 10, 3)]]
    made = read(tmp_path / "Own.xlsx", "PD", rows).made
    assert [one.values["staff"] for one in made] == ["Lund, Eva", "Osei, Jan", "Hall, Ute"]
    assert not any(one.extra for one in made)


@pytest.mark.parametrize(
    ("groups", "cells", "names"),
    [
        (("1", "2"), ("Ana Ruiz, Ben Ito", "Zoe Park, Dan Oz"), ["Ruiz Ana", "Ito Ben", "Park Zoe", "Oz Dan"]),
        (("1", "1"), ("García López, Ana María", "Gil Paz, Eva Luz"), ["García López Ana María", "Gil Paz Eva Luz"]),
        (("1", "2"), ("Ruiz, Ana", "Ito, Ben"), ["Ruiz Ana", "Ito Ben"]),
    ],
)
def test_whole_names_of_the_students_of_a_group(
    tmp_path: Path, groups: tuple[str, str], cells: tuple[str, str], names: list[str]
) -> None:
    rows: list[list[object]] = [["Group", "Students", "Mentor", "Central idea", "Transdisciplinary theme"]]
    rows += [[g, cell, "Ms Lund", "Water", "Who we are"] for g, cell in zip(groups, cells, strict=True)]
    made = read(tmp_path / "Own.xlsx", "PYP exhibition", rows).made
    assert [f"{one.values['last_name']} {one.values['first_names']}" for one in made] == names

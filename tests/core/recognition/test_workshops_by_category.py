"""Where and when a colleague went, as cells below `Cat 1`, `Cat 2` say it; a month in figures."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.core.recognition.spoken_dates import Spoken, read_spoken
from addin.core.recognition.workshops import times_attended


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [("10/2024", 10, 2024), ("3.2024", 3, 2024), ("2024-09", 9, 2024), ("01-2026", 1, 2026)],
)
def test_a_month_in_figures(text: str, month: int, year: int) -> None:
    assert read_spoken(text) == Spoken(precision="month", month=month, year=year)


@pytest.mark.parametrize("text", ["13/2024", "0/2024", "10/1924", "2024-13", "10/24", "2024/25"])
def test_what_is_no_month_in_figures(text: str) -> None:
    assert read_spoken(text) is None


@pytest.mark.parametrize(
    ("cell", "where", "when"),
    [
        ("Athens Mar 2022", "Athens", (3, 2022)),
        ("online 10/2024", "online", (10, 2024)),
        ("03/2022 Wien", "Wien", (3, 2022)),
        ("virtual - 2022-05", "Virtual", (5, 2022)),
        ("Webinar, Mar 2022", "Webinar", (3, 2022)),
        ("2019 (Doha)", "Doha", (0, 2019)),
    ],
)
def test_where_and_when(cell: str, where: str, when: tuple[int, int]) -> None:
    ((_, place, said),) = times_attended(cell)
    assert (place, (said.month, said.year)) == (where, when)


@pytest.mark.parametrize(("headers", "made"), [(("Cat 1", "Cat 2", "Cat 3"), 2), (("Since", "Cat 2", "Notes"), 0)])
def test_one_column_of_several_categories_is_enough(tmp_path: Path, headers: tuple[str, ...], made: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "IB training"
    for row in (
        ["Faculty member", *headers],
        ["Ortega, Maria", "May 2022", None, None],
        ["Khan, Bilal", "2019", "", ""],
    ):
        sheet.append(row)
    book.save(tmp_path / "Own.xlsx")
    rows = adopt(str(tmp_path / "Own.xlsx"), dry_run=True, take_defaults=True).reading.made
    assert [(one.tracker, one.values["category"]) for one in rows] == [("pd", 1)] * made


def test_categories_say_that_a_list_of_staff_is_about_workshops(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lehrkräfte"
    for row in (["Name", "Fächer", "Kat. 1", "Kat. 2"], ["Weber, Max", "Biologie", "03/2022 Wien", ""]):
        sheet.append(row)
    sheet.append(["Klein, Eva", "Geschichte", "online 2021", "10/2024 Berlin"])
    book.save(tmp_path / "Own.xlsx")
    rows = adopt(str(tmp_path / "Own.xlsx"), dry_run=True, take_defaults=True).reading.made
    assert [(one.tracker, one.values["category"]) for one in rows] == [("pd", 1), ("pd", 1), ("pd", 2)]


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("Lab kit", ["Item", "Qty", "Loc", "Cond.", "Last check"]),
        ("Ordenadores", ["Nº", "Modelo", "Asignado a", "Fecha entrega", "Fecha devolución"]),
    ],
)
def test_things_under_the_words_that_schools_have(tmp_path: Path, title: str, headers: list[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (
        headers,
        [1, "Dell 3120", "García, Ana", "01/09/2026", ""],
        [2, "HP 11", "López, Hugo", "01/09/2026", ""],
    ):
        sheet.append(row)
    book.save(tmp_path / "Own.xlsx")
    (found,) = adopt(str(tmp_path / "Own.xlsx"), dry_run=True, take_defaults=True).reading.understood
    assert found.tracker == "inventory" and {one.header for one in found.matches} >= {*headers[:3]}

"""A code that lost its zeros on one of two sheets is joined where the name agrees, and said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.core.recognition.reading import Reading

CANDIDATES = [
    ["Code", "Last name", "First names", "Session", "Category"],
    ["000123", "Okafor", "Ada", "M27", "D"],
    ["000124", "Lindqvist", "Nils", "M27", "D"],
]
SUBJECTS = [
    ["ID", "Name", "Biology", "French B", "History"],
    ["000123", "Ada Okafor", "HL", "SL", "SL"],
    ["000124", "Nils Lindqvist", "SL", "HL", "SL"],
]


def hours(*people: tuple[object, str]) -> list[list[object]]:
    return [["Student ID", "Name", "Sep", "Oct", "Nov"], *([code, name, 3, 4, 5] for code, name in people)]


def read(path: Path, sheets: dict[str, list[list[object]]]) -> Reading:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)
    book.save(path)
    return adopt(str(path), dry_run=True, take_defaults=True).reading


def codes(reading: Reading) -> set[object]:
    return {made.values.get("candidate") for made in reading.made if made.tracker == "cas"}


def remarks(reading: Reading) -> str:
    return "\n".join(remark for one in reading.sheets for remark in one.remarks)


@pytest.mark.parametrize("other", [CANDIDATES, SUBJECTS])
@pytest.mark.parametrize("first", [True, False])
def test_a_number_is_the_code_with_zeros_of_the_same_name(
    tmp_path: Path, other: list[list[object]], first: bool
) -> None:
    cas = hours((123, "Ada Okafor"), (124, "Lindqvist, Nils"))
    sheets = {"CAS": cas, "Students": other} if first else {"Students": other, "CAS": cas}
    found = read(tmp_path / "Own.xlsx", sheets)
    assert codes(found) == {"000123", "000124"} and not found.listed
    assert "codes without their zeros, joined as the names agree: 123 is 000123, 124 is 000124" in remarks(found)


@pytest.mark.parametrize(
    "person", [(123, "Nils Lindqvist"), (124, "Ada Okafor"), (1230, "Ada Okafor"), ("A123", "Ada Okafor")]
)
def test_another_name_or_another_number_is_not_joined(tmp_path: Path, person: tuple[object, str]) -> None:
    found = read(tmp_path / "Own.xlsx", {"Students": CANDIDATES, "CAS": hours(person, ("000124", "Nils Lindqvist"))})
    assert codes(found) == {"000124"} and "zeros" not in remarks(found)
    assert [one.why for one in found.listed if one.column == 1]


def test_two_of_one_name_and_number_are_not_decided_between(tmp_path: Path) -> None:
    twice = [*CANDIDATES, ["0123", "Okafor", "Ada", "M27", "D"]]
    found = read(
        tmp_path / "Own.xlsx", {"Students": twice, "CAS": hours((123, "Ada Okafor"), ("000124", "Nils Lindqvist"))}
    )
    assert codes(found) == {"000124"} and "2 students may be meant" in str(found.listed)

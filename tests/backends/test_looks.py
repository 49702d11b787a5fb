"""What a coordinator sees of a new workbook: nothing is cut, nothing hides below an arrow."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.cli.main import main
from addin.core.trackers import Column
from addin.templates.look import header_width, width
from addin.workspace.tracker_files import load_all

ARROW = 3
COLUMNS = [(tracker.name, column) for tracker in load_all().values() for column in tracker.columns.values()]


@pytest.mark.parametrize(("tracker", "column"), COLUMNS, ids=[f"{name}.{column.name}" for name, column in COLUMNS])
def test_a_header_has_room_beside_its_filter_arrow_or_takes_two_lines(tracker: str, column: Column) -> None:
    wide, header = width(column), column.header
    assert max(map(len, header.split())) + 2 <= wide  # no word is broken
    assert len(header) + ARROW <= wide or len(header) > wide + 1


def test_findings_keep_their_colours_when_validate_writes_them(tmp_path: Path) -> None:
    book = tmp_path / "School.xlsx"
    assert main(["new", str(book), "--sample", "--trackers", "inventory"]) == 0
    assert main(["validate", str(book)]) == 1
    sheet = openpyxl.load_workbook(book)["Findings"]
    assert sheet["A2"].value == "error"
    rules = {str(area.sqref): [rule.type for rule in area.rules] for area in sheet.conditional_formatting}
    assert rules == {"A1:G1": ["notContainsErrors"], "A2:A20001": ["expression"] * 3}
    wide = sheet.column_dimensions["F"].width
    long = [cell for cell in sheet["F"][1:] if len(cell.value) > 1.2 * wide]
    assert long and all(cell.alignment.wrap_text for cell in sheet["F"][1:])
    assert all((sheet.row_dimensions[cell.row].height or 15) >= 30 for cell in long)  # a sentence is seen whole


@pytest.mark.parametrize(
    ("header", "given", "wide"),
    [
        ("Outcomes of 7", 12, 16),  # it fills the line: the 7 would be below the arrow
        ("Outcomes of 7", 10, 10),  # two lines
        ("Interviews", 8, 13),  # one word, which would be broken
        ("Hours", 12, 12),
    ],
)
def test_width_of_a_header(header: str, given: float, wide: float) -> None:
    assert header_width(header, given) == wide

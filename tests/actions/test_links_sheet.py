"""The Links sheet: what is shared, with whom and how it stands, without a look at a settings file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from addin.cli.main import main

TRACKER = (
    'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.adviser]\n[columns.hours]\ntype="number"\n'
)
LINKS = """
[[links]]
name = "Log of Kim"
target = "kim.xlsx"
tracker = "log"
only = { adviser = "Kim" }
[[links]]
name = "Log of all"
target = "gsheet:1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v"
tracker = "log"
direction = "publish"
"""


@pytest.fixture
def school(tmp_path: Path) -> Path:
    (tmp_path / "trackers").mkdir()
    (tmp_path / "trackers" / "log.toml").write_text(TRACKER, encoding="utf-8")
    (tmp_path / "ib-trackers.toml").write_text(LINKS, encoding="utf-8")
    for name, rows in (("school.xlsx", [["0001", "Kim", 2], ["0002", "Lee", 3]]), ("kim.xlsx", [])):
        book = Workbook()
        book.active.title = "Log"
        for row in [["Entry", "Adviser", "Hours", "IBT id"], *rows]:
            book.active.append(row)
        book.save(tmp_path / name)
    return tmp_path


def shown(path: Path) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)["Links"].iter_rows(values_only=True))


def test_validate_lists_what_is_shared_and_how_it_stands(school: Path) -> None:
    mine = school / "school.xlsx"
    assert main(["validate", str(mine)]) == 0
    header, kim, everybody = shown(mine)
    assert header[:4] == ("Tracker", "Whose rows", "Shared sheet", "Address")
    assert kim == ("Log", "Kim", "Log", "kim.xlsx", "Both ways", None, "Not synced yet: press Sync.")
    assert everybody[1] == "All rows" and everybody[4] == "From here only"
    assert everybody[3] == "https://docs.google.com/spreadsheets/d/1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v/edit"
    again = mine.read_bytes()
    assert main(["validate", str(mine)]) == 0
    assert mine.read_bytes() == again


def test_after_a_sync_it_says_when_and_that_both_sides_agree(school: Path) -> None:
    mine = school / "school.xlsx"
    (school / "ib-trackers.toml").write_text(LINKS.partition('[[links]]\nname = "Log of all"')[0], encoding="utf-8")
    assert main(["sync", str(mine)]) == 0
    assert main(["validate", str(mine)]) == 0
    kim = shown(mine)[1]
    assert kim[5].date() == date.today() and kim[6] == "In sync."
    assert main(["validate", str(school / "kim.xlsx")]) == 0
    assert "Links" not in load_workbook(school / "kim.xlsx").sheetnames  # the shared side shares nothing itself


def test_a_sheet_of_the_persons_own_that_is_called_links_stays(school: Path) -> None:
    mine = school / "school.xlsx"
    book = load_workbook(mine)
    book.create_sheet("Links").append(["Useful pages", "https://example.org"])
    book.save(mine)
    assert main(["validate", str(mine)]) == 0
    assert shown(mine) == [("Useful pages", "https://example.org")]

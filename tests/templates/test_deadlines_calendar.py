"""The Deadlines sheet takes a date from the calendar where a row of it has the same event and session."""

from __future__ import annotations

import zipfile
from pathlib import Path

from addin.actions.new import new


def formulas(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name)


def test_a_date_of_the_calendar_counts_before_the_list(tmp_path: Path) -> None:
    new(str(tmp_path / "with.xlsx"), trackers=["candidates", "calendar"], session="M28")
    new(str(tmp_path / "without.xlsx"), trackers=["candidates"], session="M28")
    assert "AVERAGEIFS(" in formulas(tmp_path / "with.xlsx")
    assert "your calendar" in formulas(tmp_path / "with.xlsx")
    assert "AVERAGEIFS(" not in formulas(tmp_path / "without.xlsx"), "no sheet to look in"

"""What was ugly when every sheet was looked at: texts over one another, and a tile that counts by what is not there."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

from addin.backends.xlsx import XlsxBook
from addin.core.names import HOME
from addin.core.settings import Settings
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

DAY = date(2026, 11, 22)


def settings_of(programme: str) -> Settings:
    return Settings({"session": "M27", "programme": programme}, load_lists(), DAY, {})


def sheet_xml(path: Path, sheet: str) -> str:
    with zipfile.ZipFile(path) as package:
        book = package.read("xl/workbook.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', book)
        return package.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml").decode()


def test_a_row_is_as_high_as_its_longest_wrapped_text(tmp_path: Path) -> None:
    trackers = {name: one for name, one in load_all().items() if name == "groups"}
    members = "; ".join(f"Somebody Longname {n}" for n in range(8))
    rows = {"groups": [{"group": "IB team", "members": members}, {"group": "Arts", "members": "A. Short"}]}
    build(tmp_path / "a.xlsx", trackers, settings_of("dp"), rows)
    heights = dict(re.findall(r'<row r="([56])"[^>]*? ht="([\d.]+)"', sheet_xml(tmp_path / "a.xlsx", "Meeting groups")))
    assert float(heights.get("5", 15)) >= 4 * 15 and "6" not in heights


def test_a_pyp_workbook_counts_pupils_not_candidates_of_a_session(tmp_path: Path) -> None:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "pyp")}
    build(tmp_path / "a.xlsx", trackers, settings_of("pyp"))
    home = XlsxBook.open(tmp_path / "a.xlsx").read([HOME])[HOME]
    tiles = [value for value in home.values[5] if value]
    assert "Pupils" in tiles and "Candidates" not in tiles

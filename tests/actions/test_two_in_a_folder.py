"""Two workbooks in one folder, one adopted: what leaves the folder does not take the other's layout along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.cli.main import main
from addin.district.bundle import read_bundle
from addin.district.school import check_here
from addin.workspace.settings import settings_for
from addin.workspace.workbook import opened

WORD = "correct horse"
COUNT = 3


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """School.xlsx with three candidates; beside it a colleague's list, whose only sheet is laid out in another way."""
    monkeypatch.setenv("IB_TRACKERS_HANDOVER_PASSWORD", WORD)
    path = tmp_path / "here" / "School.xlsx"
    path.parent.mkdir()
    assert main(["new", str(path), "--session", "M27"]) == 0
    for code in range(COUNT):
        words = ["--code", f"00{code}", "--last-name", f"Berg{code}", "--first-names", "Ida"]
        assert main(["register", str(path), *words, "--birth-date", "5 May 2009"]) in (0, 1)
    book = openpyxl.Workbook()
    for line in (["12A"], ["Code", "Surname", "First names", "Session"], ["000901", "Okafor", "Ada", "M27"]):
        book.active.append(line)
    book.save(path.with_name("mine.xlsx"))
    assert main(["adopt", str(path.with_name("mine.xlsx")), "--yes"]) == 0
    assert 'book = "mine.xlsx"' in path.with_name("ib-trackers.toml").read_text("utf-8")
    return path


def candidates(path: Path) -> int:
    with opened(str(path)) as workbook:
        return len(workbook.tables["candidates"])


def test_it_rolls_over(school: Path, tmp_path: Path) -> None:
    assert main(["rollover", str(school), "--session", "M28", "--to", str(tmp_path / "next")]) == 0
    assert "mine.xlsx" not in (tmp_path / "next" / "ib-trackers.toml").read_text("utf-8")


def test_the_adopted_ones_layout_goes_along_under_its_new_name(school: Path) -> None:
    beside = school.with_name("ib-trackers.toml")
    text = beside.read_text("utf-8")
    assert settings_for(beside, "mine.xlsx").decode() == text
    assert settings_for(beside, "mine.xlsx", name="mine M28.xlsx").decode() == text.replace(
        "mine.xlsx", "mine M28.xlsx"
    )


def test_it_is_handed_over(school: Path, tmp_path: Path) -> None:
    assert main(["handover", str(school)]) == 0
    archive = school.with_name("School handover.zip")
    assert main(["handover", str(archive), "--to", str(tmp_path / "there")]) == 0
    assert candidates(tmp_path / "there" / "School.xlsx") == COUNT


def test_a_district_reads_each_by_its_own_layout(school: Path) -> None:
    rows = {}
    for name in ("School.xlsx", "mine.xlsx"):
        tables = check_here(read_bundle(school.with_name(name), school.parent), date(2026, 11, 30), False)
        rows[name] = [(one["status"], one["trackers"] > 0, one["rows"]) for one in tables["schools"]]
    assert rows["mine.xlsx"] == [("ok", True, 1)]
    assert rows["School.xlsx"][0][:2] == ("ok", True) and rows["School.xlsx"][0][2] >= COUNT

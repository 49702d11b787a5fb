"""The demo: told in plain words, true in what it tells, and possible without Google's packages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from addin.demo.sharing import share
from addin.demo.tour import demo
from addin.workspace.settings import load
from addin.workspace.workbook import opened


@pytest.mark.slow
def test_a_teacher_and_the_coordinator_edit_and_one_conflict_is_settled(tmp_path: Path) -> None:
    messages: list[str] = []
    demo(tmp_path / "demo", messages.append)
    text = "\n".join(messages)
    assert [n for n in range(1, 9) if f"\n{n}. " in f"\n{text}"] == [1, 2, 3, 4, 5, 6, 7]
    assert "local emulator, not Google" in text
    assert "1 cell and 1 new row to the workbook, 1 cell to the shared sheet" in text
    assert "1 conflict" in text
    assert "was Submitted; the workbook says Rejected, the shared sheet says Returned" in text
    edits = text.partition("\n5. ")[2].partition("\n6. ")[0]
    assert max(map(len, edits.splitlines())) <= 110  # no planted title is quoted
    assert "is Returned in the workbook and Returned in the shared sheet" in text
    assert "no conflicts left" in " ".join(text.split())
    assert "A sync once more changes nothing: both sides are alike." in text
    assert "127.0.0.1" not in text
    book = tmp_path / "demo" / "School.xlsx"
    with opened(str(book)) as workbook:
        table = workbook.tables["cas"]
        assert table.columns["title"][table.columns["entry"].index("T-001")] == "Choir concert"
        assert "Returned" in table.columns["status"]
        assert "Rejected" not in table.columns["status"]
        assert load(book.parent, today=workbook.settings.today).links == ()


def test_without_googles_packages_it_says_so_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gspread", None)
    messages: list[str] = []
    share(tmp_path / "School.xlsx", messages.append, keep=False)
    assert "pip install 'ib-trackers[google]'" in messages[-1]
    assert len(messages) == 2

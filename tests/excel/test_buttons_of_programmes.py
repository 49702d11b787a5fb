"""Every button on a new workbook of each programme: an answer or a sentence, never a fault, and nothing to type."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from addin.cli.main import main
from addin.errors import Problem
from addin.excel.buttons import BUTTONS

pytest_plugins = ("office", "google_desk")
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
NOT_HERE = {"adopt", "nightly"}
"""For a workbook that is not ours; puts jobs into the computer's own schedule."""


@pytest.mark.parametrize("programme", ["pyp", "myp", "cp"])
def test_every_button_answers(
    programme: str, office: xw.App, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda address: True)
    path = tmp_path / "School.xlsx"
    assert main(["-q", "new", str(path), "--programme", programme]) == 0
    book = office.books.open(path)
    try:
        said = {name: answer(name, book) for name in BUTTONS if name not in NOT_HERE}
    finally:
        book.close()
    assert all(said.values())
    assert not {name: words for name, words in said.items() if "--" in words}, "options of a command"
    if programme == "pyp":
        assert "session" not in said["roll_over"], "a PYP workbook has none"
        assert "Candidates" in said["ibis"]
    assert said["packs"].count("is missing") == 0 and "This workbook has no sheets for" in said["packs"]


def answer(name: str, book: xw.Book) -> str:
    try:
        return BUTTONS[name](book)
    except Problem as problem:
        return f"{problem.what} {problem.next}"

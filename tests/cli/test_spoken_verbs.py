"""The verbs over a sample school in another language, and what goes wrong most: no English sentence of ours is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from english_left import english_in

from addin.cli.main import main
from addin.core.text import in_buttons
from addin.errors import Problem
from addin.excel.reasons import BUTTONS
from addin.workspace.languages import language
from addin.workspace.spoken import conversation, said
from addin.workspace.unread import no_tracker

LANGUAGES = ["fr", "es", "de"]
DATA = ("planted mistakes.csv", "Riverside International School", "ib-trackers")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_verbs_of_a_day_over_the_sample(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book, listed = "2027.xlsx", Path("lists.csv")
    listed.write_text(
        "Code,Last name,First names,Birth date\nC1,Ito,Aiko,2009-03-04\nC2,Ruiz,Eva,2009-05-04\n", "utf-8"
    )
    for verb in (
        ["new", book, "--language", code, "--sample"],
        ["validate", book],
        ["fix", book],
        ["fix", book, "--yes"],
        ["history", book],
        ["import", str(listed), "--into", book, "--tracker", "candidates", "--dry-run"],
        ["remind", book, "--dry-run"],
        ["rollover", book, "--dry-run"],
        ["adopt", book],
        ["undo", book, "--dry-run"],
        ["undo", book],
    ):
        assert main(verb) in (0, 1), verb
        out = capsys.readouterr()
        assert english_in(out.out + out.err, code, data=DATA) == [], verb


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_goes_wrong_most_is_said_in_the_language_of_the_computer(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", f"{code}.UTF-8")
    Path("a.xlsx").write_bytes(b"")
    Path("b.xlsx").write_bytes(b"%PDF-1.4 a letter")
    Path("c.xlsx").write_bytes(b"PK\x03\x04 half a workbook")
    Path("d.xlsx").write_bytes(b"Name;Class\n")
    Path("e.xlsx").mkdir()
    for name in ("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx", "e.xlsx", "none.xlsx"):
        for verb in ("validate", "adopt", "undo"):
            assert main([verb, name]) == 2
            assert english_in(capsys.readouterr().err, code) == [], (verb, name)


def test_a_locked_workbook_is_told_in_its_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "2027.xlsx"
    assert main(["new", str(book), "--language", "fr", "--sample"]) == 0
    (tmp_path / "~$2027.xlsx").write_bytes(b"\x04Anna" + b" " * 160)
    capsys.readouterr()
    assert main(["validate", str(book)]) == 2
    shown = capsys.readouterr().err
    assert english_in(shown, "fr") == [] and "est ouvert dans Excel" in shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_command_becomes_a_button_in_each_language(code: str) -> None:
    problem: Problem = no_tracker("excel:", (), {}, {}, {}, {}, {}, ["Feuille1"])
    with conversation(asked=code):
        words = in_buttons(said(problem), BUTTONS)
    press = {"fr": "appuyez sur Adopt", "es": "pulse Adopt", "de": "drücken Sie Adopt"}[code]
    assert press in words and "ib-trackers" not in words
    assert language(code).say("Run again.") != "Run again."


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_command_that_is_not_there_is_said_in_the_language_of_the_computer(
    code: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{code}.UTF-8")
    for words in (["validat"], ["zzz"], ["new", "a\0b.xlsx"]):
        assert main(words) == 2
        shown = capsys.readouterr().err
        assert english_in(shown, code, data=DATA) == [] and "There is no" not in shown

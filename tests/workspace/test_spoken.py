"""The language of an answer: what was asked for, else the workbook's, else the computer's."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.actions.new import new
from addin.cli.main import main
from addin.core.language import phrase
from addin.workspace.languages import language
from addin.workspace.spoken import conversation, note, of_computer, spoken

SENTENCE = "Your own sheets stay as they are."


def said(target: str = "", asked: str = "") -> str:
    with conversation(target, asked=asked):
        return spoken(phrase(SENTENCE))


def test_outside_a_conversation_everything_is_english() -> None:
    assert spoken(phrase(SENTENCE)) == SENTENCE


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LC_ALL": "fr_CH.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LANG": "de_AT.UTF-8"}, "de"),
        ({"LC_ALL": "", "LANG": "es"}, "es"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "fi_FI.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "fi_FI.UTF-8", "LANGUAGE": "sv:es"}, "es"),
        ({"LC_ALL": "", "LANG": ""}, "en"),
    ],
)
def test_the_computer_says_its_language(variables: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert of_computer().code == code


def test_the_workbook_goes_before_the_computer_and_what_is_asked_for_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    french, english = tmp_path / "École.xlsx", tmp_path / "School.xlsx"
    new(str(french), language="fr")
    new(str(english))
    assert said() == said(str(tmp_path / "none.xlsx")) == language("es").say(SENTENCE)
    assert said(str(french)) == language("fr").say(SENTENCE)
    assert said(str(english)) == SENTENCE
    assert said(str(french), asked="deutsch") == language("de").say(SENTENCE)


def test_the_first_workbook_that_is_read_counts() -> None:
    with conversation():
        note(language("fr"))
        note(language("es"))
        assert spoken(phrase(SENTENCE)) == language("fr").say(SENTENCE)


def test_a_workbook_of_ours_is_not_adopted_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in ("en", "fr"):
        book = tmp_path / f"{code}.xlsx"
        new(str(book), language=code)
        before = book.read_bytes()
        assert main(["adopt", str(book)]) == 0 and main(["adopt", str(book), "--setup"]) == 0
        assert book.read_bytes() == before
        sentence = "This workbook has its trackers already: there is nothing to adopt. Validate checks it."
        assert capsys.readouterr().out == f"{language(code).say(sentence)}\n" * 2

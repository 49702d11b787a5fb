"""The language of a workbook by its headers: words that two languages share say nothing."""

from __future__ import annotations

import pytest

from addin.core.book import Grid
from addin.core.recognition.header_language import WORDS, language_of_headers, writes_day_first
from addin.workspace.languages import available


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (["Who", "What", "Date", "Hrs"], ""),
        (["Code", "E-mail"], ""),
        (["Std", "Sect."], ""),
        (["Engagement", "Pts"], ""),
        (["Student", "Date", "Hours"], "en"),
        (["Nom", "Prénom", "Date"], "fr"),
        (["Alumno", "Fecha", "Horas"], "es"),
        (["Name", "Klasse", "E-Mail"], "de"),
        (["Cognome", "Nome", "Classe", "Data di nascita"], "en"),  # Italian is not spoken, and no Spanish
        (["Professor", "Disciplina", "Data", "Formação", "Categoria"], "en"),
    ],
)
def test_the_language_is_that_of_the_words_which_no_other_has(headers: list[str], code: str) -> None:
    assert language_of_headers([Grid("Sheet1", [list(headers)])], ["fr", "es", "de"], {}) == code


@pytest.mark.parametrize(
    ("headers", "first"),
    [
        (["Alumno", "Fecha"], True),
        (["Cognome", "Data di nascita"], True),
        (["Фамилия", "Дата рождения"], True),
        (["Student", "Date"], False),
        (["氏名", "生年月日"], False),
        ([], False),
    ],
)
def test_the_day_comes_first_in_most_languages_and_english_does_not_say(headers: list[str], first: bool) -> None:
    assert writes_day_first([Grid("Sheet1", [list(headers)])]) is first


def test_a_language_that_a_school_adds_is_known_by_the_words_of_its_catalogue() -> None:
    assert WORDS.keys() <= {"en", *available()}  # a language with words of its own here is not looked up there
    words = {"it": frozenset({"cognome", "nome"})}
    assert (
        language_of_headers([Grid("Sheet1", [["Cognome", "Nome", "Classe"]])], ["fr", "es", "de", "it"], words) == "it"
    )

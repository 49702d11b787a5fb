"""The language of a workbook by its headers: words that two languages share say nothing."""

from __future__ import annotations

import pytest

from addin.core.book import Grid
from addin.core.recognition.header_language import language_of_headers


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
    ],
)
def test_the_language_is_that_of_the_words_which_no_other_has(headers: list[str], code: str) -> None:
    assert language_of_headers([Grid("Sheet1", [list(headers)])], ["fr", "es", "de"], {}) == code

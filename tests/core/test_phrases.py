"""A sentence is written in English, and said in the workbook's language at the end, its values too."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date

import pytest
from make import table, tracker

from addin.core.checks.people import People
from addin.core.checks.rules import check
from addin.core.language import ENGLISH, Language, Meant, all_of, any_of, long_date, phrase, phrases, upper_first
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.tables.values import quoted, say


class Words:
    """A catalogue as gettext gives it, from a dictionary; a tuple holds the plural forms of a language with two."""

    def __init__(self, words: Mapping[str, str | tuple[str, str]]) -> None:
        self.words = words

    def gettext(self, message: str) -> str:
        found = self.words.get(message, message)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        one, many = self.words.get(msgid1, (msgid1, msgid2))  # type: ignore[str-unpack]
        return one if n < 2 else many

    def pgettext(self, context: str, message: str) -> str:
        found = self.words.get(f"{context}|{message}", message)
        return found if isinstance(found, str) else found[0]


FRENCH = Language("fr", "français", Words({
    "{header} is missing.": "« {header} » n'est pas renseigné.", "{n} row": ("{n} ligne", "{n} lignes"),
    "{several} and {last}": "{several} et {last}", "in {many}": "dans {many}", "Due {day}.": "Échéance : {day}.",
    "{day} {month} {year}": "{day} {month} {year}", "short month|May": "mai", "month|May": "mai", "0.5": "0,5",
    "Yes": "Oui", "No": "Non", "“{value}”": "« {value} »", "{raw} is odd.": "{raw} est étrange.",
    "service learning": "apprentissage par le service", "{who}: {message}": "{who} : {message}",
    "{part}: {n} hours": "{part} : {n} heures",
}))  # fmt: skip


def test_english_is_what_the_code_says_and_is_a_plain_text_in_the_end() -> None:
    said = ENGLISH.speak(phrase("{header} is missing.", header="Code"))
    assert said == "Code is missing." and type(said) is str


@pytest.mark.parametrize(
    ("sentence", "english", "french"),
    [
        (phrase("{header} is missing.", header="Code"), "Code is missing.", "« Code » n'est pas renseigné."),
        (phrases("{n} row", "{n} rows", 1), "1 row", "1 ligne"),
        (phrases("{n} row", "{n} rows", 3), "3 rows", "3 lignes"),
        (phrase("in {many}", many=phrases("{n} row", "{n} rows", 0)), "in 0 rows", "dans 0 ligne"),
        (phrase("Due {day}.", day=date(2027, 5, 4)), "Due 4 May 2027.", "Échéance : 4 mai 2027."),
        (phrase("Due {day}.", day=say(date(2027, 5, 4))), "Due 4 May 2027.", "Échéance : 4 mai 2027."),
        (phrase("Due {day}.", day=long_date(date(2027, 5, 4))), "Due 4 May 2027.", "Échéance : 4 mai 2027."),
        (phrase("Due {day}.", day=1.5), "Due 1.5.", "Échéance : 1,5."),
        (phrase("Due {day}.", day=say(True)), "Due Yes.", "Échéance : Oui."),
        (phrase("Due {day}.", day=Meant.of("Complete", "Terminé")), "Due Complete.", "Échéance : Terminé."),
        (phrase("{raw} is odd.", raw=quoted("x")), "“x” is odd.", "« x » est étrange."),
        (all_of(["a", "b", "c"]), "a, b and c", "a, b et c"),
        (
            phrase("{part}: {n} hours", part=upper_first(phrase("service learning")), n=3),
            "Service learning: 3 hours",
            "Apprentissage par le service : 3 heures",
        ),
        (upper_first(phrases("{n} row", "{n} rows", 1)), "1 row", "1 ligne"),
        (upper_first(phrases("{n} row", "{n} rows", 3)), "3 rows", "3 lignes"),
        ("Ana Diaz", "Ana Diaz", "Ana Diaz"),
    ],
)
def test_a_sentence_is_said_with_its_values_in_the_language(sentence: str, english: str, french: str) -> None:
    assert (sentence, FRENCH.speak(sentence)) == (english, french)


def test_a_word_is_looked_up_where_it_stands_first() -> None:
    words = Language("fr", "", Words({"cas.status|Complete": "Terminée", "Complete": "Terminé"}))
    assert words.word("Complete", "cas.status") == "Terminée" and words.word("Complete", "pd.status") == "Terminé"


def test_a_sentence_goes_to_another_process_as_its_words() -> None:
    assert pickle.loads(pickle.dumps(phrase("{a} is odd.", a=1))) == "1 is odd."


def test_findings_are_said_in_the_language_of_the_settings() -> None:
    people = tracker('key=["code"]\n[columns.code]\n[columns.last_name]\nrequired=true\n[columns.first_names]')
    trackers, tables = {"candidates": replace(people, name="candidates")}, {}
    tables["candidates"] = table(trackers["candidates"], [{"code": "1", "first_names": "Ana"}])
    found = check(trackers, tables, Settings(language=FRENCH))
    assert [f.message for f in found] == ["« Last name » n'est pas renseigné."]
    assert People(trackers, tables, FRENCH).named(found)[0].message == "Ana (1) : « Last name » n'est pas renseigné."


def test_several_are_listed_with_the_last_one_by_a_word() -> None:
    parts = ["a", "b", "c", "d"]
    assert [all_of(parts[:n]) for n in range(5)] == ["", "a", "a and b", "a, b and c", "a, b, c and d"]
    assert [any_of(parts[:n]) for n in (0, 1, 2, 4)] == ["", "a", "a or b", "a, b, c or d"]

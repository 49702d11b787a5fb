"""What is private is found however it is written, and what only looks like it is left alone."""

from __future__ import annotations

import time
from datetime import date

import pytest

from addin.core.privacy import BLACK, Finder, Private, private_words, pseudonym
from addin.workspace.tracker_files import load_all

NAMES = {"Novák", "García-López", "O'Brien", "Hasegawa", "Li", "Bø", "Müller", "李", "นภา", "Anna Zdenka", "Şahin"}
FINDER = Finder(
    Private(
        names=NAMES,
        texts={"anna.novak@school.example", "061983-0017", "F", "7", "Peanut allergy"},
        dates={date(2009, 3, 14)},
        codes={"000123"},
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Novák",
        "NOVÁK",
        "novak",
        "Nova\u0301k",
        "García",
        "Lopez",
        "GARCIA LOPEZ",
        "García López",
        "Garcia‐Lopez",
        "O’Brien",
        "O Brien",
        "OBrien",
        "obrien",
        "Hase-gawa",
        "garcialopez",
        "Li",
        "li",
        "Bo",
        "BØ",
        "Muller",
        "MÜLLER",
        "Sahin",
        "李",
        "李明的作业",
        "นภา",
        "นภามา",
        "Hasegawa_EE.pdf",
        "HasegawaEE.pdf",
        "https://x.org/a/hasegawa2026.pdf",
        "https://x.org/EEhasegawa",
        "a.hasegawa@x.org",
        "EE_Hasegawa",
        "anna.novak@school.example",
        "Anna.Novak@School.Example",
        "061983-0017",
        "061983 0017",
        "061983",
        "14.03.2009",
        "14/3/09",
        "3/14/2009",
        "2009-03-14",
        "14 March 2009",
        "March 14, 2009",
        "14th Mar 2009",
        "20090314",
        "14032009",
        "140309",
        "14. März 2009",
        "14 de marzo de 2009",
        "2009年3月14日",
        "born 14.03.2009.",
        "Anna",
        "Zdenka",
        "peanut",
    ],
)
def test_a_private_word_is_found_however_it_is_written(text: str) -> None:
    assert BLACK in FINDER.blacked(text), text
    assert FINDER.blacked(f"about {text} today") != f"about {text} today"


@pytest.mark.parametrize(
    "text",
    [
        "Nováková",
        "Lilly",
        "Bologna",
        "Annandale",
        "15.03.2009",
        "14.03.2010",
        "grade 7",
        "F",
        "5.14.3.2009.1",
        "Mullerian",
        "l i",
        "Hase gawa",
        "Service",
        "3 hours on 14 March 2010",
        "school.example",
        "HL",
        "0001234",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert FINDER.blacked(text) == text


def test_a_code_becomes_its_pseudonym_and_the_rest_stays() -> None:
    said = FINDER.blacked("Choir with 000123 & Novák", lambda code: pseudonym(b"k" * 32, code))
    assert said == f"Choir with {pseudonym(b'k' * 32, '000123')} & {BLACK}"


def test_a_large_school_is_searched_quickly() -> None:
    names = {f"Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(4000)}
    finder = Finder(Private(names=names))
    start = time.process_time()
    for number in range(5000):
        finder.blacked(f"Experience {number} in the Community Garden, with photos and a reflection of the week")
    assert time.process_time() - start < 5


def test_names_are_the_private_columns_of_all_trackers() -> None:
    from addin.core.tables.table import Table

    tracker = load_all()["candidates"]
    columns = {name: [None] for name in tracker.columns}
    columns |= {"code": ["0012"], "last_name": ["Ito"], "birth_date": [date(2009, 1, 2)], "gender": ["Female"]}
    found = private_words({"candidates": tracker}, {"candidates": Table("candidates", columns, [2], [""], ["C"])})  # type: ignore[arg-type]
    assert found.names == {"Ito"} and found.codes == {"0012"} and found.dates == {date(2009, 1, 2)}
    assert found.texts == {"Female"}

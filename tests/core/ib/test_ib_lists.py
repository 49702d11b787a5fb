"""The reference lists: complete, consistent with each other, each row with source and date."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from addin.core.ib.session import parse
from addin.core.ib.subjects import Catalogue
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import TEMPLATES, load_all

LISTS = load_lists()
SUBJECTS = LISTS["subjects"]
KNOWN = Catalogue(SUBJECTS, LISTS["subject_aliases"])


@pytest.mark.parametrize("name", LISTS)
def test_every_row_says_where_it_comes_from_and_when_it_was_checked(name: str) -> None:
    assert all(LISTS[name]["source"])
    for number, checked in enumerate(LISTS[name]["checked"]):
        unverified = LISTS[name].get("mark", [""] * (number + 1))[number] == "NV"
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", checked) or (unverified and not checked), (number, checked)


@pytest.mark.parametrize("path", sorted((TEMPLATES / "lists").glob("*.csv")), ids=lambda path: path.stem)
def test_a_list_has_one_kind_of_line_end_and_no_stray_blanks(path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    values = [value for column in LISTS[path.stem].values() for value in column]
    assert [value for value in values if value != value.strip()] == []


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("subjects", "name"),
        ("subject_aliases", "alias"),
        ("deadlines", "id"),
        ("cas_outcomes", "code"),
        ("languages", "name"),
        ("categories", "code"),
        ("ib_roles", "name"),
    ],
)
def test_what_a_person_chooses_from_stands_once(name: str, column: str) -> None:
    folded = Counter(value.casefold() for value in LISTS[name][column])
    assert [value for value, times in folded.items() if times > 1] == []


def test_subject_codes_are_six_digits_and_one_subjects() -> None:
    codes = [code for code in SUBJECTS["code"] if code]
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert [n for n, code in zip(SUBJECTS["name"], SUBJECTS["code"], strict=True) if not code] == [
        "Theory of Knowledge"
    ]


def test_every_living_subject_has_a_level_and_a_group_and_every_language_its_name() -> None:
    for subject in KNOWN:
        if subject.status == "regular":
            assert subject.levels, subject.name
            assert subject.groups, subject.name
        if subject.status == "regular" and subject.groups & {2}:
            assert subject.language, subject.name
            assert subject.kind, subject.name
    languages = {subject.language for subject in KNOWN if subject.kind in ("A", "B", "ab initio")}
    assert languages == set(LISTS["languages"]["name"])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("BIOLOGY", "Biology"),
        ("COMPUTER SC.", "Computer Science"),
        ("ess", "Environmental Systems and Societies"),
        ("FRENCH AB INITIO.", "French ab initio"),
        ("SPORTS EX SCI", "Sports, Exercise and Health Science"),
        ("ENGLISH A: Lang and Literature", "English A: Language and Literature"),
        ("MATH APPS", "Mathematics: Applications and Interpretation"),
        ("Theory Knowl. TK", "Theory of Knowledge"),
    ],
)
def test_subjects_are_found_as_ibis_and_schools_write_them(written: str, name: str) -> None:
    found = KNOWN.find(written)
    assert found
    assert found.name == name


def test_no_alias_hides_a_subject_and_each_leads_to_one() -> None:
    names = set(SUBJECTS["name"])
    assert set(LISTS["subject_aliases"]["name"]) <= names
    for subject in KNOWN:
        assert KNOWN.find(subject.name) == subject
    assert KNOWN.find("Herbology") is None


def test_ab_initio_subjects_are_sl_only_and_guides_begin_in_sessions() -> None:
    assert {s.levels for s in KNOWN if s.kind == "ab initio"} == {frozenset({"SL"})}
    for limit in {*SUBJECTS["guide_from"], *SUBJECTS["guide_to"], *SUBJECTS["ended"]} - {""}:
        assert parse(limit) or re.fullmatch(r"20\d\d", limit), limit


def test_the_seven_outcomes_are_there_in_order() -> None:
    assert LISTS["cas_outcomes"]["code"] == [f"LO{n}" for n in range(1, 8)]
    assert LISTS["cas_outcomes"]["outcome"][6] == "Recognize and consider the ethics of choices and actions"


def test_every_list_that_a_tracker_names_is_there() -> None:
    named = {
        limit.split(".")[1]
        for tracker in load_all().values()
        for column in tracker.columns.values()
        for limit in column.words.values()
        if isinstance(limit, str) and limit.startswith("lists.")
    }
    assert named <= set(LISTS)
    assert "subjects" in named


def test_examples_break_every_word_of_every_column() -> None:
    for name, tracker in load_all().items():
        tripped = {rule for example in tracker.examples for rule in example.trips}
        words = {f"{c.name}-{word}".replace("_", "-") for c in tracker.columns.values() for word in c.words}
        assert sorted(words - tripped) == [], name
        if tracker.key:
            assert "key" in tripped or any(tracker.columns[part].words.get("unique") for part in tracker.key), name


def test_headers_and_aliases_lead_to_one_column_each() -> None:
    """What two columns of one tracker are called alike, `adopt` could not tell apart."""
    for name, tracker in load_all().items():
        messages: dict[str, str] = {}
        for column in tracker.columns.values():
            for header in {*column.aliases, column.header}:
                plain = re.sub(r"[\W_]+", " ", header.casefold()).strip()
                assert messages.setdefault(plain, column.name) == column.name, (name, header)

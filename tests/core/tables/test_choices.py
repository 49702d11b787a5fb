"""Choices are accepted under every name that means one of them; two possible meanings are a question."""

from __future__ import annotations

import csv

import pytest

from addin.core.tables.choices import Choices, choices_of
from addin.workspace.lists import BUILT_IN, load_lists
from addin.workspace.tracker_files import load_all

LISTS = load_lists()
TRACKERS = load_all()
SECOND_CODES = {"Chinese A: Language and Literature (112791)", "Chinese A: Literature (112783)"}
RENAMED = {"Business and Management": "Business Management"}


def choices(tracker: str, column: str) -> Choices:
    found = choices_of(TRACKERS[tracker].columns[column], LISTS)
    assert found is not None
    return found


SUBJECTS = choices("registrations", "subject")


def rows(name: str) -> list[dict[str, str]]:
    with (BUILT_IN / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_alias_that_we_ship_is_accepted_as_what_it_means() -> None:
    wrong = {row["alias"]: SUBJECTS.meanings(row["alias"]) for row in rows("subject_aliases")}
    assert {a: m for a, m in wrong.items() if len(m) != 1} == {}
    assert all(SUBJECTS.meanings(row["alias"]) == (row["name"],) for row in rows("subject_aliases"))


def test_every_name_on_an_ib_transcript_is_accepted_as_its_subject() -> None:
    for row in rows("subjects"):
        if row["name"] not in SECOND_CODES:
            expected = RENAMED.get(row["name"], row["name"])
            assert SUBJECTS.meanings(row["transcript_name"]) == (expected,), row["transcript_name"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Eng A Lit", "English A: Literature"),
        ("Eng A L&L", "English A: Language and Literature"),
        ("English A Lang & Lit", "English A: Language and Literature"),
        ("english a:  lit", "English A: Literature"),
        ("Bio", "Biology"),
        ("Spanish ab", "Spanish ab initio"),
        ("Math AA", "Mathematics: Analysis and Approaches"),
        ("Vis Arts", "Visual Arts"),
        ("Bus Man", "Business Management"),
        ("Hist", "History"),
        ("Geog", "Geography"),
        ("German A LL", "German A: Language and Literature"),
        ("Span B", "Spanish B"),
    ],
)
def test_an_abbreviation_that_fits_one_subject_is_that_subject(text: str, subject: str) -> None:
    value, issue = SUBJECTS.read(text)
    assert value == subject
    assert issue is not None
    assert (issue.fix, issue.raw) == (subject, text)


@pytest.mark.parametrize("text", ["Eng", "French", "Chinese A", "Maths"])
def test_a_text_that_fits_several_is_a_question(text: str) -> None:
    value, issue = SUBJECTS.read(text)
    assert value is None
    assert issue is not None
    assert (issue.rule, issue.level, issue.fix) == ("several-meanings", "error", None)


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [("LO5 LO7", "LO5; LO7"), ("1 2 4", "LO1; LO2; LO4"), ("1,2 4", "LO1; LO2; LO4"), ("lo 3", "LO3")],
)
def test_outcomes_parted_by_blanks_are_outcomes(text: str, outcomes: str) -> None:
    assert choices("cas", "outcomes").read(text)[0] == outcomes


def test_words_parted_by_blanks_are_no_several_choices_when_one_is_only_an_abbreviation() -> None:
    assert choices("cas", "strand").read("Creativity Service")[0] == "Creativity; Service"
    assert choices("cas", "strand").read("Creativity club") == ("Creativity club", None)


@pytest.mark.parametrize("text", ["Phsyics", "Herbology", "x", "?", "-", "Self-taught", "✓"])
def test_a_slip_or_something_else_is_left_to_the_rules(text: str) -> None:
    assert SUBJECTS.read(text) == (text, None)


@pytest.mark.parametrize(
    ("tracker", "column", "text", "value", "level"),
    [
        ("candidates", "category", "Diploma", "D", "warning"),
        ("candidates", "category", "Course", "C", "warning"),
        ("candidates", "category", "d", "D", "info"),
        ("registrations", "level", "hl", "HL", "info"),
        ("registrations", "level", "Higher", "HL", "warning"),
        ("registrations", "level", "ＨＬ", "HL", "warning"),
        ("cas", "strand", "Action", "Activity", "warning"),
        ("cas", "strand", "creat", "Creativity", "warning"),
        ("cas", "outcomes", "1,3", "LO1; LO3", "warning"),
        ("cas", "outcomes", "LO 1 & LO3", "LO1; LO3", "warning"),
    ],
)
def test_other_names_of_a_choice(tracker: str, column: str, text: str, value: str, level: str) -> None:
    meant, issue = choices(tracker, column).read(text)
    assert meant == value
    assert issue is not None
    assert (issue.level, issue.fix) == (level, value)


def test_a_column_that_holds_exact_values_only_is_taken_as_it_is() -> None:
    assert choices("cas", "outcomes").read("LO1, LO3") == ("LO1, LO3", None)
    assert choices("cas", "strand").read("Service") == ("Service", None)

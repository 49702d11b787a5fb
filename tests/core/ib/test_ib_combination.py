"""Which subjects may be taken together: the worked cases of the rules, on the list of subjects that is shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from addin.core.ib import Row, diploma, registrations
from addin.core.ib.combination import Choice, doubts, excluded, find_clashes
from addin.core.ib.subjects import Catalogue
from addin.workspace.settings import load_lists

LISTS = load_lists()
KNOWN = Catalogue(LISTS["subjects"], LISTS["subject_aliases"])
SHORT = {
    "English A": "English A: Literature", "Spanish A": "Spanish A: Literature", "AA": "Maths AA", "AI": "Maths AI",
    "L&P": "Literature and Performance", "L&C": "Language and Culture",
}  # fmt: skip


def choices(text: str) -> list[Choice]:
    """`English A HL, ESS SL` -> choices, answered in English."""
    found = []
    for part in text.split(", "):
        name, _, level = part.rpartition(" ")
        subject = KNOWN.find(SHORT.get(name, name))
        assert subject, name
        found.append(Choice(subject, level, "English"))
    return found


# FACTS section 5, worked cases
CASES = [
    ("English A HL, French B SL, History Europe HL, Biology SL, AA SL, Chemistry HL", []),
    ("English A HL, Spanish A SL, Economics HL, ESS SL, AI SL, Visual Arts HL", []),
    ("English A HL, Spanish B HL, French B SL, ESS SL, AI SL, Visual Arts HL", []),
    ("English A HL, English B SL, History Europe HL, Biology SL, AA SL, Chemistry HL", ["C5"]),
    ("English A HL, French B SL, Economics HL, Biology SL, AA HL, AI SL", ["C5"]),
    ("English A HL, French B SL, Economics HL, Biology SL, AA SL, Chemistry SL", ["C4"]),
    ("English A HL, French B HL, Economics HL, Biology HL, AA HL, Chemistry SL", ["C4"]),
    ("English A HL, French ab initio HL, Economics HL, Biology SL, AA SL, Chemistry SL", ["C7"]),
    ("English A HL, French B SL, History Europe HL, Biology SL, AA SL, History Americas HL", ["C5"]),
    ("English A HL, French B SL, Physics HL, Biology SL, AA SL, Chemistry HL", ["C2"]),
    # beyond the worked cases
    ("English A HL, French B SL, Economics HL, Biology HL, AA SL", ["C1"]),
    ("English A HL, Economics HL, Biology HL, AA SL, Chemistry SL, Music SL", ["C2"]),
    ("French B HL, Economics HL, Biology HL, AA SL, Chemistry SL, Spanish B SL", ["C2"]),
    ("English A HL, French B HL, Economics HL, Biology SL, Chemistry SL, Music SL", ["C2"]),
    ("Biology HL, Biology SL, English A HL, French B SL, Economics HL, AA SL", ["C5"]),
    ("L&P SL, Spanish B HL, Economics HL, Biology HL, AA SL, Chemistry SL", []),
    ("L&C SL, French B HL, Biology HL, Chemistry HL, AA SL, Music SL", []),
    ("Chinese A: Literature HL, Mandarin ab initio SL, Economics HL, Biology HL, AA SL, Music SL", ["C5"]),
    ("English A HL, French B SL, Spanish A HL, Economics HL, Biology SL, AA SL", []),
]


@pytest.mark.parametrize(("text", "rules"), CASES)
def test_a_combination_breaks_just_these_rules(text: str, rules: list[str]) -> None:
    assert [fault.rule for fault in find_clashes(choices(text))] == rules


def test_seven_subjects_are_told_as_one_too_many_and_the_other_rules_wait() -> None:
    found = find_clashes(choices("English A HL, French B SL, Economics HL, Biology SL, AA SL, Chemistry HL, Music HL"))
    assert [(fault.rule, fault.index) for fault in found] == [("C1", 6)]
    assert "7" in found[0].message


def test_a_non_regular_diploma_leaves_out_a_group_only_when_the_ib_has_approved_it() -> None:
    three_sciences = choices("English A HL, French B SL, Physics HL, Biology SL, AA SL, Chemistry HL")
    assert [fault.rule for fault in find_clashes(three_sciences, approved=True)] == []
    without_mathematics = choices("English A HL, French B SL, Physics HL, Biology SL, Economics SL, Chemistry HL")
    assert [fault.rule for fault in find_clashes(without_mathematics, approved=True)] == ["C9"]
    only_two_of_a_group = choices("English A HL, French B SL, Physics HL, Music SL, AA SL, Chemistry HL")
    assert [fault.rule for fault in find_clashes(only_two_of_a_group, approved=True)] == ["C9"]


def test_a_message_says_what_clashes_with_what() -> None:
    (clash,) = find_clashes(choices("English A HL, English B SL, History Europe HL, Biology SL, AA SL, Chemistry HL"))
    assert clash.index == 1
    assert clash.message == "English A: Literature and English B may not both count: both are in English."


def test_what_the_handbook_of_2009_limited_is_a_doubt_and_no_error() -> None:
    two = choices("L&P SL, Spanish B HL, French B SL, ESS HL, AI SL, Biology HL")
    assert find_clashes(two) == []
    assert [fault.rule for fault in doubts(two)] == ["C8"]


class School:
    """What the rules may ask, from the shipped lists."""

    def __init__(self, **rows: Sequence[Row]) -> None:
        self._rows = rows

    def setting(self, name: str) -> Any:
        return None

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        return LISTS.get(name, {})

    def in_own_words(self, text: str) -> str:
        return text

    def rows(self, tracker: str) -> Sequence[Row]:
        return self._rows.get(tracker, ())


def registered(text: str, **more: Any) -> list[Row]:
    rows = [{"subject": c.subject.name, "level": c.level, "category": "D", "session": "M27"} for c in choices(text)]
    return [{"candidate": "1", "response_language": "English", "contributing": True, **row, **more} for row in rows]


FIVE = "English A HL, French B SL, Economics HL, Biology HL, AA SL"


def test_only_the_diploma_category_is_judged_and_early_subjects_count_with_it() -> None:
    early = registered("Chemistry SL", category="A", session="M26")
    assert list(diploma.combination(early + registered(FIVE), School())) == []
    assert list(diploma.combination(registered(FIVE, category="C"), School())) == []
    assert list(diploma.combination(early, School())) == []


def test_withdrawn_additional_and_retaken_subjects_do_not_count() -> None:
    whole = registered(FIVE + ", Chemistry SL")
    more = [*registered("Music HL", contributing=False), *registered("Film HL", status="Withdrawn")]
    more += registered("Biology HL", category="R", session="N27")
    assert list(diploma.combination(whole + more, School())) == []


def test_a_fault_points_at_the_row_of_the_subject() -> None:
    rows = registered(FIVE) + registered("Biology SL", category="A", session="M26")
    (fault,) = diploma.combination(rows, School())
    assert (fault.row, fault.column) == (5, "subject")
    assert fault.message == "Biology is chosen twice, at HL and SL."


def test_a_subject_that_no_list_knows_says_nothing_about_groups() -> None:
    rows = registered("English A HL, French B SL, Biology HL, AA SL, Chemistry HL")
    assert list(diploma.combination([*rows, {**rows[0], "subject": "Herbology", "level": "SL"}], School())) == []


def test_the_ibs_approval_stands_in_the_candidates_tracker() -> None:
    rows = registered("English A HL, French B SL, Physics HL, Biology SL, AA SL, Chemistry HL")
    assert len(list(diploma.combination(rows, School()))) == 1
    assert list(diploma.combination(rows, School(candidates=[{"code": "1", "non_regular": True}]))) == []


def test_without_a_category_column_candidates_say_it_and_else_it_is_the_diploma() -> None:
    rows = [{**row, "category": None} for row in registered(FIVE)]
    assert len(list(diploma.combination(rows, School()))) == 1
    assert len(list(diploma.combination(rows, School(candidates=[{"code": "1", "category": "D"}])))) == 1
    assert list(diploma.combination(rows, School(candidates=[{"code": "1", "category": "C"}]))) == []


def test_early_subjects_and_retakes_agree_with_another_session_in_candidates() -> None:
    school = School(candidates=[{"code": "1", "category": "D", "session": "M27"}])
    rows = registered("Biology SL", category="A", session="M26") + registered("Biology SL", category="R", session="N27")
    assert list(registrations.agrees(rows + registered(FIVE), school)) == []
    assert [f.column for f in registrations.agrees(registered("Biology SL", session="N27"), school)] == ["session"]
    assert [f.column for f in registrations.agrees(registered("Biology SL", category="C"), school)] == ["category"]
    later_course = registered("Biology SL", category="C", session="M28")
    assert list(registrations.agrees(later_course, school)) == []


def line(category: str, session: str, **more: Any) -> Row:
    return {"candidate": "1", "category": category, "session": session, "subject": "Biology", "level": "SL", **more}


# FACTS section 4: sequences of the three sessions
@pytest.mark.parametrize(
    ("sequence", "column"),
    [
        ("A M26, D M27", None),
        ("A M26, D M27, R N27", None),
        ("D M26, R N26, R M27", None),
        ("A M26", None),
        ("R M27", None),
        ("C M26, C N26, C M27, C N27", None),
        ("A M26, D M27, C M28", None),
        ("D M26, A M27", "category"),
        ("R M26, D M27", "category"),
        ("D M26, D M27", "category"),
        ("D M27, C M27", "category"),
        ("A M26, CP M27", "category"),
        ("A M25, R M26, R N26, R M27", None),
    ],
)
def test_the_order_of_categories(sequence: str, column: str | None) -> None:
    rows = [line(*part.split()) for part in sequence.split(", ")]
    found = [fault.column for fault in registrations.categories(rows, School())]
    assert found == ([column] if column else [])
    assert not list(registrations.categories([{**row, "status": "Withdrawn"} for row in rows], School()))


def test_a_fourth_session_is_a_doubt_of_its_own() -> None:
    rows = [line("A", "M25"), line("D", "M26"), line("R", "N26")]
    assert not list(registrations.many_sessions(rows, School()))
    (doubt,) = registrations.many_sessions([*rows, line("R", "M27"), line("R", "M27", level="HL")], School())
    assert (doubt.row, doubt.column) == (3, "session")
    assert "sources disagree" in doubt.message
    assert not list(registrations.many_sessions([*rows, line("R", "M27", status="Withdrawn")], School()))
    assert not list(registrations.many_sessions([line("C", f"M2{year}") for year in range(5, 9)], School()))


@pytest.mark.parametrize(
    ("subject", "level", "session", "column"),
    [
        ("Biology", "HL", "M27", None),
        ("History", "HL", "M27", "subject"),
        ("History Europe", "SL", "M27", "level"),
        ("French ab initio", "HL", "M27", "level"),
        ("World Arts and Cultures", "SL", "M26", None),
        ("World Arts and Cultures", "SL", "N26", "subject"),
        ("Theory of Knowledge", "TK", "M27", None),
        ("Theory of Knowledge", "HL", "M27", "level"),
        ("Biology", "TK", "M27", "level"),
        ("Biology", "EE", "M27", None),
        ("Herbology", "HL", "M27", None),
        ("Biology", None, None, None),
    ],
)
def test_what_is_examined_and_when(subject: str, level: str, session: str, column: str | None) -> None:
    rows = [{"subject": subject, "level": level, "session": session}]
    assert [fault.column for fault in registrations.offered(rows, School())] == ([column] if column else [])


# FACTS section 7: registration for 2027
@pytest.mark.parametrize(
    ("subject", "second", "session", "columns"),
    [
        ("Biology", "Geography", "M27", []),
        ("Biology", None, "M26", []),
        ("Biology", "Geography", "M26", ["second_subject"]),
        ("Biology", "BIOLOGY", "M27", ["second_subject"]),
        ("ESS", "Geography", "M27", ["subject"]),
        ("ESS", "Literature and Performance", "N27", ["subject", "second_subject"]),
    ],
)
def test_essays_in_two_subjects(subject: str, second: str | None, session: str, columns: list[str]) -> None:
    row = {"level": "EE", "subject": subject, "second_subject": second, "session": session}
    assert [fault.column for fault in registrations.extended_essay([row], School())] == columns
    assert list(registrations.extended_essay([{**row, "level": "HL"}], School())) == []


def test_a_diploma_has_one_essay_and_one_line_for_tok() -> None:
    essay, tok = line("D", "M27", level="EE"), line("D", "M27", level="TK")
    assert list(registrations.core([essay, tok, {**essay, "status": "Withdrawn"}], School())) == []
    assert list(registrations.core([essay, tok, {**essay, "category": "R"}], School())) == []
    assert [fault.row for fault in registrations.core([essay, tok, essay, tok], School())] == [2, 3]


def test_a_school_may_list_pairs_that_exclude_each_other() -> None:
    pairs = {"first": ["Biology", "Film"], "second": ["Chemistry", "Music"], "reason": ["one laboratory", ""]}
    (found,) = excluded(choices("Chemistry HL, Physics HL, Biology HL, Film SL"), pairs)
    assert (found.index, found.message) == (0, "Biology and Chemistry may not be taken together: one laboratory.")
    assert not list(excluded(choices("Film HL, Biology HL"), pairs))


def test_history_at_higher_level_asks_for_its_region() -> None:
    (found,) = registrations.offered([{"subject": "History", "level": "HL", "session": "M27"}], School())
    assert found.column == "subject"
    assert found.message == "History HL is registered by region."
    assert found.fix == "Choose History Africa and Middle East, Americas, Asia and Oceania or Europe."

"""Awards: the worked cases of the IB's rules, as tables; each names the rule it is about."""

from __future__ import annotations

import pytest

from addin.core.ib import cp, myp
from addin.core.ib.award import CORE
from addin.core.ib.diploma import Result, award, core_points

# FACTS section 10, worked cases: HL / SL / TOK, EE -> total, codes
DIPLOMA = [
    ("4 4 4", "3 3 3", "A", "B", 24, (), "at the limit; three 3s are allowed"),
    ("4 4 4", "3 3 3", "B", "C", 23, (2,), "one point short"),
    ("4 4 4", "4 3 3", "B", "C", 24, (), "B + C gives 2; with the table of 2010 it would be 23"),
    ("4 4 4", "4 4 4", "D", "D", 24, (), "no core points are enough"),
    ("5 5 2", "5 4 2", "C", "C", 24, (), "two 2s are allowed"),
    ("6 6 2", "6 2 2", "B", "C", 26, (6,), "three 2s"),
    ("5 5 3", "3 3 3", "B", "B", 24, (7,), "four 3s"),
    ("4 4 3", "5 5 5", "B", "D", 27, (8,), "11 points on HL"),
    ("5 4 3 3", "4 4", "B", "D", 24, (), "the best three of four HL make 12"),
    ("4 4 3 3", "5 5", "C", "C", 25, (8,), "the best three of four HL make 11, all four 14"),
    ("5 5 5 5", "2 2", "C", "C", 25, (9,), "two SL make 4"),
    ("5 5 5 5", "3 2", "C", "C", 26, (), "two SL make 5"),
    ("7 7 7", "7 7 1", "A", "A", 39, (5,), "one 1"),
    ("7 7 7", "7 7 7", "A", "E", 42, (4,), "an E, and no core points with it"),
    ("5 5 5", "5 5 N", "B", "B", 27, (3,), "no grade in a subject"),
    ("5 5 N", "6 6 6", "A", "A", 31, (3, 8), "no grade in an HL subject: both reasons are told"),
    ("5 5 5", "5 5 5", "N", "A", 30, (3,), "no grade for TOK"),
    ("2 2 2", "2 1 N", "E", "N", 9, (2, 3, 4, 5, 6, 7, 8, 9), "everything at once"),
]


@pytest.mark.parametrize(("higher", "standard", "tok", "ee", "points", "codes", "why"), DIPLOMA)
def test_all_requirements_codes_of_a_result(
    higher: str, standard: str, tok: str, ee: str, points: int, codes: tuple[int, ...], why: str
) -> None:
    subjects = [("HL", grade) for grade in higher.split()] + [("SL", grade) for grade in standard.split()]
    result = award(subjects, tok=tok, ee=ee)
    assert (result.points, result.codes, result.awarded) == (points, codes, not codes), why


def test_open_cas_withholds_the_diploma_whatever_the_points() -> None:
    result = award([("HL", 7)] * 3 + [("SL", 7)] * 3, tok="A", ee="A", cas=False)
    assert (result.points, result.codes, result.awarded) == (45, (1,), False)
    assert result.reasons == ["CAS requirements have not been met"]


def test_misconduct_and_a_fourth_session_are_reasons_without_a_code() -> None:
    subjects = [("HL", 7)] * 3 + [("SL", 7)] * 3
    assert award(subjects, tok="A", ee="A", misconduct=True).text == "Diploma not awarded"
    result = award(subjects, tok="A", ee="A", sessions=4)
    assert (result.awarded, result.codes, len(result.others)) == (False, (), 1)


# FACTS section 10: the core matrix, since 2015
@pytest.mark.parametrize(
    ("tok", "line"),
    [("A", "3 3 2 2 -"), ("B", "3 2 2 1 -"), ("C", "2 2 1 0 -"), ("D", "2 1 0 0 -"), ("E", "- - - - -")],
)
def test_core_points(tok: str, line: str) -> None:
    wanted = [None if cell == "-" else int(cell) for cell in line.split()]
    assert [core_points(tok, ee) for ee in "ABCDE"] == wanted
    assert [core_points(ee, tok) for ee in "ABCDE"] == wanted, "the table is symmetric"


def test_another_core_table_can_be_handed_in() -> None:
    old = {**CORE, ("B", "C"): 1, ("C", "B"): 1}
    subjects = [("HL", 4)] * 3 + [("SL", 4), ("SL", 3), ("SL", 3)]
    assert award(subjects, tok="B", ee="C", core=old).codes == (2,)


ENGLISH, SPANISH = ({"groups": frozenset({1}), "language": language} for language in ("English", "Spanish"))
HISTORY = {"groups": frozenset({3}), "language": "Spanish"}
# FACTS section 10, bilingual
BILINGUAL = [
    ([("HL", 4, ENGLISH), ("SL", 3, SPANISH)], 5, True, "two languages A with 4 and 3"),
    ([("HL", 4, ENGLISH), ("SL", 3, HISTORY)], 5, True, "history in another language"),
    ([("HL", 2, ENGLISH), ("SL", 7, HISTORY)], 6, False, "the language A has a 2"),
    ([("HL", 4, ENGLISH), ("SL", 2, SPANISH)], 6, False, "the second language A has a 2"),
    ([("HL", 4, ENGLISH), ("SL", 7, {"groups": frozenset({2}), "language": "French"})], 5, False, "group 2 is none"),
    ([("HL", 4, ENGLISH), ("SL", 7, {"groups": frozenset({4}), "language": "english"})], 5, False, "the same language"),
    ([("HL", 4, ENGLISH), ("SL", 3, SPANISH)], 3, False, "the languages would do, but code 8 holds"),
]


@pytest.mark.parametrize(("two", "others", "bilingual", "why"), BILINGUAL)
def test_the_bilingual_diploma(two: list[tuple], others: int, bilingual: bool, why: str) -> None:  # type: ignore[type-arg]
    results = [Result(level, grade, **more) for level, grade, more in two]
    results += [Result("HL", others)] * 2 + [Result("SL", others)] * 2
    result = award(results, tok="B", ee="B")
    assert result.bilingual is bilingual, why
    assert (result.text == "Bilingual Diploma awarded") is bilingual


@pytest.mark.parametrize(
    ("subjects", "tok", "says"),
    [
        ([("HL", 7)] * 5, "A", "six contributing subjects"),
        ([("HL", 7)] * 5 + [("SL", 7)], "A", "with 5 at HL"),
        ([("HL", 7)] * 3 + [("SL", 8)] * 3, "A", "8 is not a subject grade"),
        ([("HL", 7)] * 3 + [("XL", 7)] * 3, "A", "'XL' is not a level"),
        ([("HL", 7)] * 3 + [("SL", 7)] * 3, "F", "'F' is not a TOK grade"),
    ],
)
def test_what_does_not_exist_is_refused(subjects: list[tuple[str, int]], tok: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        award(subjects, tok=tok, ee="A")


# FACTS section 10, CP
@pytest.mark.parametrize(
    ("courses", "project", "open_parts", "awarded"),
    [
        ([3, 2], "A", (), False),
        ([3, 3, 1], "D", (), True),
        ([7, 7], "E", (), False),
        ([7, 7], "A", ("service learning",), False),
        ([7, "N"], "A", (), False),
    ],
)
def test_the_cp_certificate(courses: list[int | str], project: str, open_parts: tuple[str, ...], awarded: bool) -> None:
    result = cp.award(courses, reflective_project=project, open_requirements=open_parts)
    assert (result.awarded, bool(result.reasons)) == (awarded, not awarded)


def test_the_cp_needs_the_career_study_and_no_misconduct() -> None:
    assert cp.award([4, 4], reflective_project="C", career_study=False).reasons == (
        "career-related study not completed",
    )
    assert not cp.award([4, 4], reflective_project="C", misconduct=True).awarded
    with pytest.raises(ValueError, match="'service' is not a requirement"):
        cp.award([4, 4], reflective_project="C", open_requirements=["service"])


# FACTS section 10, MYP
@pytest.mark.parametrize(
    ("grades", "points", "awarded"), [("33333333", 24, False), ("44443333", 28, True), ("77777772", 51, False)]
)
def test_the_myp_certificate(grades: str, points: int, awarded: bool) -> None:
    result = myp.award(zip(myp.PARTS, map(int, grades), strict=True))
    assert (result.points, result.awarded) == (points, awarded)


def test_of_several_myp_grades_in_one_part_the_highest_counts_and_a_missing_part_is_named() -> None:
    grades = [*zip(myp.PARTS, [4] * 8, strict=True), ("sciences", 7), ("sciences", 1)]
    assert myp.award(grades).points == 35
    assert myp.award(grades, service=False).reasons == ("service as action not met",)
    assert "no grade for mathematics" in myp.award([g for g in grades if g[0] != "mathematics"]).reasons

"""What-if: the smallest changes there are, compared with plain enumeration of everything."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.ib.award import Result, award
from addin.core.ib.combination import Choice, find_clashes
from addin.core.ib.subjects import Catalogue
from addin.core.ib.what_if import LETTERS, change_in_words, in_words, outlook, repairs
from addin.workspace.settings import load_lists

LISTS = load_lists()
KNOWN = Catalogue(LISTS["subjects"], LISTS["subject_aliases"])
LEVELS = ("HL", "HL", "HL", "SL", "SL", "SL")


def fewest_steps(grades: tuple[int, ...], tok: str, ee: str, most: int) -> int | None:
    """By looking at every set of grades that is nowhere lower: how many steps the nearest diploma is away."""
    best = None
    for raised in product(*(range(grade, min(7, grade + most) + 1) for grade in grades)):
        cost = sum(raised) - sum(grades)
        if cost > most or (best is not None and cost >= best):
            continue
        for t, e in product(LETTERS[LETTERS.index(tok) :], LETTERS[LETTERS.index(ee) :]):
            whole = cost + LETTERS.index(t) - LETTERS.index(tok) + LETTERS.index(e) - LETTERS.index(ee)
            if whole <= most and (best is None or whole < best):
                results = [Result(level, grade) for level, grade in zip(LEVELS, raised, strict=True)]
                if award(results, tok=t, ee=e).awarded:
                    best = whole
    return best


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(1, 7)] * 6), st.sampled_from("ABCDE"), st.sampled_from("ABCDE"))
def test_the_way_to_the_diploma_is_the_shortest(grades: tuple[int, ...], tok: str, ee: str) -> None:
    results = [Result(level, grade) for level, grade in zip(LEVELS, grades, strict=True)]
    found = outlook(results, tok=tok, ee=ee, most=4)
    expected = fewest_steps(grades, tok, ee, 4)
    assert found.steps == (expected or 0)
    assert found.now.awarded == (expected == 0)
    for way in found.ways:
        changed = list(results)
        letters = {"TOK": tok, "EE": ee}
        for step in way:
            if step.index >= 0:
                changed[step.index] = changed[step.index]._replace(grade=step.after)
            else:
                letters[step.what] = step.after
        assert award(changed, tok=letters["TOK"], ee=letters["EE"]).awarded


def test_just_above_the_line_each_grade_that_must_not_fall_is_named() -> None:
    results = [Result("HL", 4)] * 3 + [Result("SL", 4), Result("SL", 3), Result("SL", 3)]
    found = outlook(results, tok="B", ee="C", names=["Biology", "History", "English", "Spanish", "Maths", "Art"])
    assert found.now.points == 24
    assert {step.what for step in found.drops} >= {"Biology", "Maths", "TOK"}
    assert all((step.before, step.after) for step in found.drops)


def test_ways_are_told_in_words() -> None:
    results = [Result("HL", 4)] * 3 + [Result("SL", 3)] * 3
    found = outlook(results, tok="B", ee="C", names=["Biology", "History", "English", "Spanish", "Maths", "Art"])
    assert in_words(found.ways, 1).startswith("Biology 4 to 5; or ")


def choices(text: str) -> list[Choice]:
    found = []
    for part in text.split(", "):
        name, _, level = part.rpartition(" ")
        subject = KNOWN.find(name)
        assert subject, name
        found.append(Choice(subject, level, "English"))
    return found


OFFERED = [
    subject
    for name in ("Physics", "Economics", "Spanish B", "Visual Arts", "Chemistry")
    if (subject := KNOWN.find(name))
]


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        (
            "English A: Literature HL, French B SL, Economics HL, Biology SL, Maths AA SL, Chemistry SL",
            "Biology SL to HL",
        ),
        (
            "English A: Literature HL, French B HL, Economics HL, Biology HL, Maths AA HL, Chemistry SL",
            "Biology HL to SL",
        ),
        (
            "English A: Literature HL, Spanish B SL, Economics HL, Biology HL, Chemistry SL, Maths AA HL, Physics SL",
            "do not count Physics",
        ),
    ],
)
def test_repairs_are_ranked_by_the_lessons_that_are_lost(text: str, repair: str) -> None:
    chosen = choices(text)
    assert find_clashes(chosen)
    found = repairs(chosen, [*OFFERED, *(choice.subject for choice in chosen)], limit=200)
    assert repair in [change_in_words(one, chosen) for one in found]
    assert [one.hours for one in found] == sorted(one.hours for one in found)


def test_a_valid_registration_needs_no_repair() -> None:
    chosen = choices("English A: Literature HL, French B SL, Economics HL, Biology HL, Maths AA SL, Chemistry SL")
    assert repairs(chosen, OFFERED) == []


def test_one_change_is_found_whenever_there_is_one() -> None:
    """Against enumeration of every single exchange of one subject or level."""
    chosen = choices("English A: Literature HL, Spanish B SL, Economics HL, Biology SL, Maths AA SL, Chemistry SL")
    offered = [*OFFERED, *(choice.subject for choice in chosen)]
    single = set()
    for index, choice in enumerate(chosen):
        for subject in offered:
            for level in subject.levels:
                if (subject.name, level) != (choice.subject.name, choice.level):
                    new = [*chosen[:index], Choice(subject, level, subject.language or "English"), *chosen[index + 1 :]]
                    if not find_clashes(new):
                        single.add((index, subject.name, level))
    found = repairs(chosen, offered, limit=10_000)
    assert {(c.index, c.subject, c.level) for repair in found for c in repair.changes if c.subject} == single

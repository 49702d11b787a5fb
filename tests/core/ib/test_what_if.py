"""What-if: the smallest changes there are, compared with plain enumeration of everything."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.ib.award import Result, award
from addin.core.ib.combination import Choice, _higher, find_clashes
from addin.core.ib.subjects import Catalogue, Subject
from addin.core.ib.what_if import LETTERS, change_in_words, in_words, outlook, repairs
from addin.core.language import in_one, phrase, spoken_later
from addin.workspace.languages import every
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


def distances(lowest: int) -> dict[tuple[str, ...], int]:
    """State -> steps to the nearest diploma, by going back from every diploma, for all grades from `lowest` to 7 and
    all letters; a state is the HL grades and the SL grades, each sorted, then TOK and EE."""
    grades = list(combinations_with_replacement("1234567"[lowest - 1 :], 3))
    states = [(*high, *low, t, e) for high in grades for low in grades for t in LETTERS for e in LETTERS]
    good = [state for state in states if award(results_of(state), tok=state[6], ee=state[7]).awarded]
    found: dict[tuple[str, ...], int] = dict.fromkeys(good, 0)
    edge = list(found)
    while edge:
        after = []
        for state in edge:
            for index in range(8):
                scale = "1234567" if index < 6 else LETTERS
                place = scale.index(state[index]) - 1
                if place < (lowest - 1 if index < 6 else 0):
                    continue
                one = [*state]
                one[index] = scale[place]
                before = (*sorted(one[:3]), *sorted(one[3:6]), *one[6:])
                if before not in found:
                    found[before] = found[state] + 1
                    after.append(before)
        edge = after
    return found


def results_of(state: tuple[str, ...]) -> list[Result]:
    return [Result(level, int(grade)) for level, grade in zip(LEVELS, state, strict=False)]


@pytest.mark.slow
def test_every_set_of_grades_from_3_to_5_is_as_far_as_going_back_from_each_diploma_says() -> None:
    near, most = distances(3), 3
    for high, low in product(combinations_with_replacement("345", 3), repeat=2):
        for tok, ee in product(LETTERS, repeat=2):
            state = (*high, *low, tok, ee)
            found = outlook(results_of(state), tok=tok, ee=ee, most=most)
            steps = near[state] if near.get(state, most + 1) <= most else 0
            assert (found.now.awarded, found.steps) == (near.get(state) == 0, steps), state


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


def test_advice_is_in_one_language_with_its_levels() -> None:
    chosen = choices("English A: Literature HL, French B SL, Economics HL, Biology SL, Maths AA SL, Chemistry SL")
    (repair,) = repairs(chosen, [choice.subject for choice in chosen], limit=1)
    advice = phrase("One change is enough: {change}.", change=change_in_words(repair, chosen))
    french = next(language for language in every() if language.code == "fr")
    said = french.speak(in_one(spoken_later("Change levels until three or four are HL."), advice))
    assert said == (
        "Changez les niveaux pour avoir trois ou quatre matières au NS. "
        "Un seul changement suffit\N{NO-BREAK SPACE}: Biology NM au NS."
    )


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


def test_a_registration_that_needs_three_changes_is_left_to_a_person() -> None:
    chosen = choices("English A: Literature SL, French B SL, Economics SL, Biology SL, Maths AA SL, Chemistry SL")
    assert repairs(chosen, []) == []
    assert {len(one.changes) for one in repairs(chosen, [], most=3)} == {3}
    one_higher = choices("English A: Literature HL, French B SL, Economics SL, Biology SL, Maths AA SL, Chemistry SL")
    assert {len(one.changes) for one in repairs(one_higher, [])} == {2} and len(repairs(one_higher, [])) == 5


def test_too_few_subjects_at_higher_level_are_told_of_the_last_one() -> None:
    subjects = ("English A: Literature", "French B", "Economics", "Biology", "Maths AA", "Chemistry")
    for higher, row in ((0, 0), (1, 0), (2, 1), (5, 4)):
        text = ", ".join(f"{one} {'HL' if n < higher else 'SL'}" for n, one in enumerate(subjects))
        assert [(one.rule, one.index) for one in _higher(choices(text))] == [("C4", row)]
    assert not list(_higher(choices("English A: Literature HL, French B HL, Economics HL, Biology SL")))


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


def exchanges(chosen: list[Choice], offered: list[Subject]) -> list[list[tuple[int, Choice]]]:
    """For each place, every other subject and level that could stand there."""
    return [
        [
            (index, Choice(subject, level, subject.language or "English"))
            for subject in offered
            for level in subject.levels
            if (subject.name, level) != (choice.subject.name, choice.level)
        ]
        for index, choice in enumerate(chosen)
    ]


@pytest.mark.parametrize("levels", list(product(("HL", "SL"), repeat=6)), ids="".join)
def test_every_mixture_of_levels_is_repaired_as_enumeration_says(levels: tuple[str, ...]) -> None:
    names = ("English A: Literature", "Spanish B", "Economics", "Biology", "Maths AA", "Chemistry")
    chosen = choices(", ".join(f"{name} {level}" for name, level in zip(names, levels, strict=True)))
    offered = [choice.subject for choice in chosen]
    if not find_clashes(chosen):
        assert repairs(chosen, offered) == []
        return
    places = exchanges(chosen, offered)
    valid: set[frozenset[tuple[int, str, str]]] = set()
    for size in (1, 2):
        for some in combinations(places, size):
            for changes in product(*some):
                new = [dict(changes).get(index, choice) for index, choice in enumerate(chosen)]
                if not find_clashes(new):
                    valid.add(frozenset((index, one.subject.name, one.level) for index, one in changes))
        if valid:
            break
    found = repairs(chosen, offered, limit=100_000)
    assert {frozenset((c.index, c.subject, c.level) for c in one.changes) for one in found} == valid

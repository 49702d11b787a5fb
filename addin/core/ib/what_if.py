"""What would have to change: from predicted grades to the diploma, from an invalid choice of subjects to a valid one.

    outlook(...)   the award by these grades, the smallest rises that reach the diploma, the single drops that lose it
    repairs(...)   the changes that make a registration valid, the fewest lessons lost first

Both search every possibility up to their limit, so what they return is the smallest there is; the tests compare them
with plain enumeration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement

from addin.core.ib.award import Award, Result, award
from addin.core.ib.combination import Choice, find_clashes
from addin.core.ib.subjects import Subject
from addin.core.language import all_of, either, in_one, phrase, spoken_later
from addin.core.records import frozen

LETTERS = "EDCBA"
MOST_STEPS = 8
"""Rises beyond this many grades are no advice."""
HOURS = {"HL": 240, "SL": 150}
"""Recommended teaching hours (school pages, secondary, checked 2026-11-21); they only rank the changes."""


@frozen
class Step:
    """One grade that changes: `index` of the subject, or "TOK" or "EE" with no index."""

    what: str
    before: str
    after: str
    index: int = -1


@frozen
class Outlook:
    """The award by the grades given, and how near the other side is."""

    now: Award
    ways: tuple[tuple[Step, ...], ...] = ()
    """Where the diploma is not reached: each smallest set of rises that reaches it; empty where none is near enough."""
    drops: tuple[Step, ...] = ()
    """Where it is reached: each single grade whose fall by one step would lose it."""

    @property
    def steps(self) -> int:
        """How many grades are missing: 0 where the diploma is reached or out of reach."""
        return sum(_size(step) for step in self.ways[0]) if self.ways else 0


def outlook(
    subjects: Sequence[Result],
    *,
    tok: str,
    ee: str,
    cas: bool = True,
    names: Sequence[str] = (),
    most: int = MOST_STEPS,
) -> Outlook:
    """The outlook for six contributing subjects, TOK and extended essay. Raises ValueError as `award` does.

    >>> outlook([Result("HL", 4)] * 3 + [Result("SL", 3)] * 3, tok="B", ee="C").steps
    1

    `names` label the subjects in the steps; CAS and misconduct cannot be mended by grades.
    """
    now = award(subjects, tok=tok, ee=ee, cas=cas)
    grades = [str(result.grade).upper() for result in subjects] + [tok.upper(), ee.upper()]
    labels = [
        *(names or [phrase("subject {number}", number=number) for number in range(1, len(subjects) + 1)]),
        "TOK",
        "EE",
    ]

    def awarded(changed: Sequence[str]) -> bool:
        results = [result._replace(grade=grade) for result, grade in zip(subjects, changed, strict=False)]
        return award(results, tok=changed[-2], ee=changed[-1], cas=True).awarded

    def steps(changed: Sequence[str]) -> tuple[Step, ...]:
        last = len(subjects)
        return tuple(
            Step(labels[i], grades[i], changed[i], i if i < last else -1)
            for i in range(len(grades))
            if changed[i] != grades[i]
        )

    if now.awarded:
        lower = [_moved(grades, (i,), -1) for i in range(len(grades))]
        return Outlook(now, (), tuple(steps(one)[0] for one in lower if one and not awarded(one)))
    for size in range(1, most + 1):
        raised = (_moved(grades, chosen, 1) for chosen in combinations_with_replacement(range(len(grades)), size))
        if found := [steps(one) for one in raised if one and awarded(one)]:
            return Outlook(now, tuple(found))
    return Outlook(now)


def _moved(grades: Sequence[str], chosen: Sequence[int], by: int) -> list[str] | None:
    """The grades with each chosen one moved by a step, once for each time it is chosen; None where there is no such."""
    changed = list(grades)
    for index in chosen:
        scale = LETTERS if index >= len(grades) - 2 else "1234567"
        place = scale.find(changed[index]) + by  # an N comes before the lowest grade
        if not 0 <= place < len(scale):
            return None
        changed[index] = scale[place]
    return changed


def _size(step: Step) -> int:
    scale = LETTERS if step.after in LETTERS else "1234567"
    return scale.find(step.after) - scale.find(step.before)


@frozen
class Change:
    """One change of a registration: the choice at `index` becomes this subject and level; "" takes it out."""

    index: int
    subject: str
    level: str
    hours: int
    """Lessons lost: of a subject given up all of its hours, of a level the hours that are to be caught up."""


@frozen
class Repair:
    """Changes that together make a registration valid."""

    changes: tuple[Change, ...]
    hours: int = 0


def repairs(
    choices: Sequence[Choice], offered: Sequence[Subject], *, approved: bool = False, most: int = 2, limit: int = 5
) -> list[Repair]:
    """The repairs of an invalid choice, at most `limit`: as few changes as possible, then the fewest lessons lost.

    `offered` are the subjects that the school teaches. Up to `most` changes are tried together; a choice that is valid
    needs none: [].
    """
    if not find_clashes(choices, approved=approved):
        return []
    options = [list(_options(index, choice, offered)) for index, choice in enumerate(choices)]
    if len(choices) < 6:
        options += [[Change(len(choices), s.name, level, HOURS[level]) for s in offered for level in sorted(s.levels)]]
    by_name = {subject.name: subject for subject in offered}
    for size in range(1, most + 1):
        found = []
        for indexes in combinations(range(len(options)), size):
            for changes in _product([options[index] for index in indexes]):
                if not find_clashes(_changed(choices, changes, by_name), approved=approved):
                    found.append(Repair(tuple(changes), sum(change.hours for change in changes)))
        if found:
            return sorted(found, key=lambda one: (one.hours, [c.subject for c in one.changes]))[:limit]
    return []


def _options(index: int, choice: Choice, offered: Sequence[Subject]) -> Iterator[Change]:
    name = choice.subject.name
    for level in sorted(choice.subject.levels - {choice.level}):
        yield Change(index, name, level, abs(HOURS[level] - HOURS.get(choice.level, 0)) if level == "HL" else 0)
    for subject in offered:
        for level in sorted(subject.levels):
            if subject.name != name:
                yield Change(index, subject.name, level, HOURS.get(choice.level, HOURS["SL"]))
    yield Change(index, "", "", 0)


def _product(options: Sequence[Sequence[Change]]) -> Iterator[list[Change]]:
    if not options:
        yield []
        return
    for first in options[0]:
        for rest in _product(options[1:]):
            yield [first, *rest]


def _changed(choices: Sequence[Choice], changes: Sequence[Change], offered: dict[str, Subject]) -> list[Choice]:
    by_index = {change.index: change for change in changes}
    result = []
    for index in range(max(len(choices), max(by_index, default=-1) + 1)):
        change = by_index.get(index)
        if change is None:
            result.append(choices[index])
        elif change.subject:
            old = choices[index] if index < len(choices) else None
            same = old is not None and old.subject.name == change.subject
            subject = old.subject if old and same else offered[change.subject]
            language = old.language if old and same else subject.language or (old.language if old else "English")
            result.append(Choice(subject, change.level, language))
    return result


def in_words(ways: Sequence[Sequence[Step]], most: int = 3) -> str:
    """The ways in a sentence: `Biology 3 to 4; or EE D to C; or 4 other ways`."""
    texts = [all_of(list(map(_step_in_words, way))) for way in ways[:most]]
    more = len(ways) - most
    return either([*texts, *([phrase("{more} other ways", more=more)] if more > 0 else [])])


def _step_in_words(step: Step) -> str:
    return phrase("{what} {before} to {after}", what=step.what, before=step.before, after=step.after)


def change_in_words(repair: Repair, choices: Sequence[Choice]) -> str:
    """A repair in a sentence: `Biology HL to SL`, `Physics SL instead of Chemistry SL`."""
    texts = []
    for change in repair.changes:
        old = choices[change.index] if change.index < len(choices) else None
        new = in_one(change.subject, spoken_later(change.level))
        if old is None:
            texts.append(phrase("add {new}", new=new))
        elif not change.subject:
            texts.append(phrase("do not count {subject}", subject=old.subject.name))
        elif old.subject.name == change.subject:
            before, after = spoken_later(old.level), spoken_later(change.level)
            texts.append(phrase("{subject} {level} to {other}", subject=old.subject.name, level=before, other=after))
        else:
            level = spoken_later(old.level)
            texts.append(phrase("{new} instead of {subject} {level}", new=new, subject=old.subject.name, level=level))
    return all_of(texts)

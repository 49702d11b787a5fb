"""Subjects that may be taken together: six with essay and TOK for the diploma, fewer for course and CP candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

Choice = tuple[str, str]
"""(subject, response language)"""
_ENGLISH = ("English A: Language and Literature", "English A: Literature")
_SECOND = (
    ("Spanish B", "Spanish"), ("French B", "French"), ("German B", "German"), ("Spanish ab initio", "Spanish"),
    ("Mandarin ab initio", "Chinese"), ("French ab initio", "French"),
)  # fmt: skip
_OTHER_FIRST = (
    ("Spanish A: Literature", "Spanish"),
    ("German A: Literature", "German"),
    ("Swedish A: Literature", "Swedish"),
)
_SOCIETIES = ("Economics", "Geography", "Psychology", "Business Management", "Global Politics", "Philosophy")
_SCIENCES = ("Biology", "Chemistry", "Physics", "Computer Science", "Design Technology")
_MATHEMATICS = ("Mathematics: Analysis and Approaches", "Mathematics: Applications and Interpretation")
_ARTS = ("Visual Arts", "Music", "Theatre", "Film")
SUBJECTS = (
    *_ENGLISH,
    *(subject for subject, _ in (*_SECOND, *_OTHER_FIRST)),
    *_SOCIETIES,
    *_SCIENCES,
    *_MATHEMATICS,
    *_ARTS,
    "Theory of Knowledge",
)
"""Everything that the school teaches."""
ANTICIPATED = 6
"""So many candidates of the later session take one SL subject a year early."""


def rows(random: Random, candidates: Sequence[dict[str, Any]], teachers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The registrations, candidate by candidate; `teachers` names the one of each subject."""
    found: list[dict[str, Any]] = []
    early = [c["code"] for c in candidates if c["category"] == "D" and c["year_group"] == "DP1"][:ANTICIPATED]
    for candidate in candidates:
        if candidate["category"] == "D":
            found += _diploma(random, candidate, candidate["code"] in early, candidates[0]["session"])
        else:
            for subject in random.sample((*_SOCIETIES, *_SCIENCES), 3 if candidate["category"] == "C" else 2):
                found.append(_row(random, candidate, subject, "HL" if random.random() < 0.4 else "SL", "English"))
    return [line | {"teacher": teachers[line["subject"]]} for line in found]


def _diploma(random: Random, candidate: dict[str, Any], early: bool, first_session: str) -> list[dict[str, Any]]:
    chosen = _six(random, candidate["first_language"])
    higher = _higher(random, chosen)
    lines = [_row(random, candidate, s, "HL" if s in higher else "SL", language) for s, language in chosen]
    if early:
        taken = next(line for line in lines if line["level"] == "SL" and "ab initio" not in line["subject"])
        taken |= {"session": first_session, "category": "A", "status": "In IBIS"}
    essay = _row(random, candidate, random.choice(chosen[2:])[0], "EE", "English")
    tok = _row(random, candidate, "Theory of Knowledge", "TK", "English")
    for line in (essay, tok):
        line["contributing"] = False
    return [*lines, essay, tok]


def _six(random: Random, first_language: str) -> list[Choice]:
    """One subject of each group, the sixth free; sometimes a second first language instead of group 2.

    Nobody begins the language of their own home.
    """
    second = random.choice(_OTHER_FIRST if random.random() < 0.15 else _SECOND)
    if "ab initio" in second[0] and second[1] == first_language:
        second = next(other for other in _SECOND if other[1] != first_language)
    society, science = random.choice(_SOCIETIES), random.choice(_SCIENCES)
    free = [s for s in (*_ARTS, *_SOCIETIES, *_SCIENCES) if s not in (society, science)]
    sixth = random.choice(free)
    own = [random.choice(_ENGLISH), society, science, random.choice(_MATHEMATICS), sixth]
    return [(own[0], "English"), second, *((subject, "English") for subject in own[1:])]


def _higher(random: Random, chosen: Sequence[Choice]) -> set[str]:
    possible = [subject for subject, _ in chosen if "ab initio" not in subject]
    return set(random.sample(possible, 4 if random.random() < 0.15 else 3))


def _row(random: Random, candidate: dict[str, Any], subject: str, level: str, language: str) -> dict[str, Any]:
    final = candidate["year_group"] == "DP2"
    return {
        "candidate": candidate["code"],
        "session": candidate["session"],
        "category": candidate["category"],
        "subject": subject,
        "level": level,
        "response_language": language,
        "contributing": True,
        "self_taught": None,
        "online": None,
        "pilot": None,
        "class_group": f"{'ABCDEF'[hash_of(subject) % 6]}{1 + hash_of(subject + level) % 3}",
        "status": random.choice(("In IBIS", "Confirmed")) if final else random.choice(("Planned", "Agreed")),
    }


def hash_of(text: str) -> int:
    """A number that is the same for the same text in every run."""
    return sum(place * ord(sign) for place, sign in enumerate(text, 1))

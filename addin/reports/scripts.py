"""The scripts of a text: what is read from the right, which letters are joined, whose Han letters these are.

    ordered(text)       the parts of a line in the order in which they are drawn, from the left
    is_shaped(text)     whether its letters change with their neighbours (Arabic, Devanagari, Thai and the like)
    east_of(text)       "zh", "ja" or "ko" for a text with letters of East Asia, else ""

The order is that of the Unicode bidirectional algorithm without its invisible control characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

SHAPED = {
    "ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL",
    "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER", "MONGOLIAN",
}  # fmt: skip
EAST = {"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "BOPOMOFO": "zh"}
_RIGHT, _NUMBER = ("R", "AL"), ("EN", "AN")


class Part(NamedTuple):
    """Letters that are drawn in one direction."""

    text: str
    is_right: bool


@lru_cache(4096)
def script_of(letter: str) -> str:
    """The first word of a letter's Unicode name: ARABIC, CJK, LATIN; "" where it has none."""
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]


def is_shaped(text: str) -> bool:
    """Whether letters of the text change with their neighbours."""
    return any(letter > "\u0590" and script_of(letter) in SHAPED for letter in text)


def is_right(text: str) -> bool:
    """Whether the text has letters that are read from the right."""
    return any(letter > "\u058f" and unicodedata.bidirectional(letter) in _RIGHT for letter in text)


def east_of(text: str) -> str:
    """The language whose fonts suit the East Asian letters of a text; "" where it has none."""
    found = {EAST[script] for letter in text if letter > "\u10ff" and (script := script_of(letter)) in EAST}
    return next((language for language in ("ja", "ko", "zh") if language in found), "")


def ordered(text: str) -> list[Part]:
    """The parts of a line in the order in which they are drawn; each is in reading order itself."""
    if not is_right(text):
        return [Part(text, False)] if text else []
    levels = _levels(text)
    parts: list[tuple[int, str]] = []
    for level, letters in groupby(zip(levels, text, strict=True), lambda pair: pair[0]):
        parts.append((level, "".join(letter for _, letter in letters)))
    for level in range(max(levels), 0, -1):
        parts = _turned(parts, level)
    return [Part(words, level % 2 == 1) for level, words in parts]


def _turned(parts: Sequence[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """Each stretch of parts at this level or above, the other way round."""
    made: list[tuple[int, str]] = []
    for is_inner, group in groupby(parts, lambda part: part[0] >= level):
        stretch = list(group)
        made += reversed(stretch) if is_inner else stretch
    return made


def _levels(text: str) -> list[int]:
    """0 for what is read from the left, 1 from the right, 2 for numbers and words from the left inside of that."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    strong = [("R" if kind in _RIGHT else "L") if kind in ("L", *_RIGHT) else "" for kind in kinds]
    base = next((1 if one == "R" else 0 for one in strong if one), 0)
    before, arabic, found = "R" if base else "L", False, list[str]()
    for at, (kind, one) in enumerate(zip(kinds, strong, strict=True)):
        if kind == "NSM":  # a mark goes with the letter that it is on
            found.append(found[-1] if found else before)
            kinds[at] = kinds[at - 1] if at else "ON"
            continue
        before, arabic = (one, kind == "AL") if one else (before, arabic)
        if kind == "EN" and arabic:
            kinds[at] = "AN"
        found.append(one or ("N" if kind in _NUMBER else ""))
    _join_numbers(found, kinds)
    before = "R" if base else "L"
    for at, one in enumerate(found):
        before = one if one in ("L", "R") else before
        if one == "N" and kinds[at] == "EN" and before == "L":
            found[at] = "L"
    return [_level(one, base) for one in _neutrals(found, "R" if base else "L")]


def _join_numbers(found: list[str], kinds: list[str]) -> None:
    """A separator between two digits, and a sign beside them, belong to the number."""
    for at in range(1, len(found) - 1):
        around = {kinds[at - 1], kinds[at + 1]}
        if (kinds[at] in ("CS", "ES") and around == {"EN"}) or (kinds[at] == "CS" and around == {"AN"}):
            found[at], kinds[at] = "N", kinds[at - 1]
    for places, step in ((range(1, len(found)), -1), (range(len(found) - 2, -1, -1), 1)):
        for at in places:
            if kinds[at] == "ET" and kinds[at + step] == "EN":
                found[at], kinds[at] = "N", "EN"


def _neutrals(found: Sequence[str], base: str) -> list[str]:
    """Spaces and signs take the direction of their two neighbours where these agree, else that of the line."""
    made: list[str] = []
    place = 0
    for one, stretch in groupby(found):
        count = len(list(stretch))
        if one:
            made += [one] * count
        else:
            before = _strong(made[-1]) if made else base
            after = _strong(found[place + count]) if place + count < len(found) else base
            made += [before if before == after else base] * count
        place += count
    return made


def _strong(one: str) -> str:
    return "R" if one == "N" else one


def _level(one: str, base: int) -> int:
    if one == "R":
        return 1
    return 2 if one == "N" or base else 0

"""Weigh how likely the words of a text are as names or words of a language, to tell encodings apart.

Letters beyond ASCII are compared with those in names (`name_letters.py`): pairs of letters for Latin writing, single
letters for other alphabets, Chinese, Japanese and Korean characters.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice, pairwise

from addin.core.records import frozen
from addin.core.regex import regex
from addin.core.tables.name_letters import LETTERS, PAIRS, WIDE

MOST_WORDS = 3000
"""So many different words are weighed."""
USUAL_SIGN, UNKNOWN = math.log(1e-4), 1e-6
_WORD = regex(r"(?:[A-Za-z]|[^\x00-\x7f])*[^\x00-\x7f](?:[A-Za-z]|[^\x00-\x7f])*")
_QUOTES, _ALONE = "’‘“”«»„¿¡", "–—…€£©®°№·"


@frozen
class Weight:
    """The logarithm of how likely words are, and the part of them that hold what no name does."""

    likely: float
    strange: float


def weigh(text: str) -> Weight:
    """Weigh the words of a text, each in the language that suits it best."""
    words = list(islice(dict.fromkeys(_WORD.findall(text)), MOST_WORDS))
    found = [_word(word) for word in words]
    return Weight(sum(one.likely for one in found), sum(one.strange for one in found) / max(1, len(found)))


@cache
def _word(word: str) -> Weight:
    likely, odd, letters = 0.0, False, ""
    for index, sign in enumerate(word):
        kind = "Lu" if sign.isascii() else unicodedata.category(sign)
        if kind in ("Cc", "Cn", "Co", "Cs"):
            return Weight(-math.inf, 1.0)
        if kind[0] in "LM":
            letters += sign
            continue
        part, other = _letters(letters), _sign(word, index)
        likely, odd, letters = likely + part.likely + other, odd or part.strange > 0 or other < USUAL_SIGN, ""
    part = _letters(letters)
    return Weight(likely + part.likely, float(odd or part.strange > 0))


def _sign(word: str, index: int) -> float:
    """What a character that is no letter weighs: quotes around a word and signs that are alone are usual."""
    sign, before, after = word[index], word[index - 1 : index], word[index + 1 : index + 2]
    if sign == "’" and before.isalpha() and after.isalpha():
        return math.log(1e-3 if index <= 2 else 3e-5)
    if sign == "\N{NO-BREAK SPACE}" or (sign in _QUOTES and word[0] in _QUOTES and word[-1] in _QUOTES):
        return math.log(1e-3)
    return math.log(1e-2 if sign in _ALONE and not before and not after else 1e-5)


@cache
def _letters(word: str) -> Weight:
    if word.isascii():
        return Weight(0.0, 0.0)
    lower = word.lower().replace("i\N{COMBINING DOT ABOVE}", "i")
    if lower.isascii():
        return Weight(math.log(UNKNOWN), 1.0)
    pairs = [pair for pair in pairwise(f"^{lower}$") if not (pair[0] + pair[1]).isascii()]
    flips = sum(one.islower() and other.isupper() for one, other in pairwise(word))
    small = not word[0].isascii() and word[0].islower()
    likely, strange = max(
        max(_by_pairs(pairs, *_model(text, 2)) for text in PAIRS.values()),
        max(_by_letters(pairs, *_model(text, 1), alphabet=True) for text in LETTERS.values()),
        max(_by_letters(pairs, *_model(text, 1), alphabet=False) for text in WIDE.values()),
    )
    return Weight(likely - 4.0 * flips - small, float(strange or flips > 0))


@cache
def _model(text: str, width: int) -> tuple[Mapping[str, int], int, frozenset[str]]:
    """What is known of one language: counts, their sum, the letters."""
    step = width + 1
    counts = {text[at : at + width]: 1 << int(text[at + width]) for at in range(0, len(text), step)}
    return counts, sum(counts.values()), frozenset("".join(counts))


Pairs = Sequence[tuple[str, str]]


def _by_pairs(pairs: Pairs, counts: Mapping[str, int], total: int, known: frozenset[str]) -> tuple[float, bool]:
    """How likely these pairs of letters are in a language, and whether a letter is none of its own."""
    weight, strange = 0.0, False
    for one, other in pairs:
        number = counts.get(one + other, 0)
        usual = bool(number) or all(sign.isascii() or sign in known for sign in (one, other))
        weight += math.log((number or 0.3) / (total + 60)) if usual else math.log(1e-5)
        strange = strange or not usual
    return weight, strange


def _by_letters(
    pairs: Pairs, counts: Mapping[str, int], total: int, known: frozenset[str], *, alphabet: bool
) -> tuple[float, bool]:
    """As `_by_pairs`, from how frequent the letters are: each is in two pairs."""
    chances = [_chance(sign, counts, total, alphabet) for pair in pairs for sign in pair]
    return sum(map(math.log, chances)), min(chances) <= UNKNOWN


def _chance(sign: str, counts: Mapping[str, int], total: int, alphabet: bool) -> float:
    if sign in "^$":
        return 0.25 if alphabet else 0.5
    if sign.isascii():
        return 1e-3
    if sign in counts:
        return counts[sign] / (total + 10)
    if alphabet:
        return UNKNOWN
    if "\u3040" <= sign < "\u3100":  # kana: in one language only, and few
        return 1e-3 if "ア" in counts else UNKNOWN
    if "가" <= sign < "\ud7a4":
        return 2e-4 if "김" in counts else UNKNOWN
    return 2e-5 if "\u4e00" <= sign < "\ua000" and "김" not in counts else UNKNOWN

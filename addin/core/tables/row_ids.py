"""Row ids: short, for ever, and never anything that a spreadsheet would take for a number or a word."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: no words and no months; no l: it looks like 1
SIGNS = LETTERS + "23456789"
LENGTH = 6


def new_ids(taken: Collection[str], n: int, random: Random) -> list[str]:
    """`n` ids that nobody has: six lower-case letters and digits, a letter first, never a number or a word."""
    used = {name.casefold() for name in taken}
    ids: list[str] = []
    while len(ids) < n:
        name = random.choice(LETTERS) + "".join(random.choices(SIGNS, k=LENGTH - 1))
        if name not in used:
            used.add(name)
            ids.append(name)
    return ids


def is_id(text: str) -> bool:
    """True for a text that `new_ids` could have given."""
    return len(text) == LENGTH and text[0] in LETTERS and all(sign in SIGNS for sign in text)

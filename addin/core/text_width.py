"""How wide a text is in a proportional font, and how many lines it takes: for the heights of rows.

Widths are those of Arial, in digits, the unit in which spreadsheets give the widths of columns.
"""

from __future__ import annotations

from functools import lru_cache

_WIDTHS = {
    0.4: "ijl'’", 0.5: "ft .,:;!/|\\I[]·", 0.6: "r()-‐`\"“”", 0.9: "cksvxyzJ", 1.2: "ABEKPSVXY&", 1.3: "CDHNRUw",
    1.4: "GOQ", 1.5: "mM%", 1.7: "Wœæ@…—",
}  # fmt: skip
_OF = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_WIDE_FROM, _WIDE = "\u2e80", 1.9
"""Signs of scripts that are as wide as they are high."""


@lru_cache(maxsize=4096)  # the words of sentences come again and again
def width_of(text: str) -> float:
    """The width of a text on one line, in digits."""
    return round(sum(_OF.get(sign, _WIDE if sign >= _WIDE_FROM else 1.0) for sign in text), 2)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, broken between words; at least one."""
    if len(text) * _WIDE <= width and text.isprintable():
        return 1  # short, and without breaks: no sign needs to be measured
    return sum(_lines(line, max(1.0, width)) for line in text.splitlines() or [""])


def _lines(text: str, room: float) -> int:
    words = [width_of(word) for word in text.split(" ")]
    if round(sum(words) + _OF[" "] * (len(words) - 1), 2) <= room:
        return 1
    count, used = 1, 0.0
    for wide in words:
        if used and used + _OF[" "] + wide <= room:
            used += _OF[" "] + wide
            continue
        count += bool(used)
        while wide > room:  # a word longer than the line is broken anywhere
            count, wide = count + 1, wide - room
        used = wide
    return count

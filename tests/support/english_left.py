"""English that is left in what a person of another language reads: sentences of our catalogue that were not said in it.

english_in(text, "fr")    the sentences, or the longest parts of them, that a text still has in English
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import polib

from addin.workspace.languages import OURS

_NAMES = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[A-Za-z']+")
_SHORT = re.compile(
    r"\b(?:the|were|this|that|with|nothing|rows?|cells?|sheets?|written|press|again|columns?|errors|warnings?)\b"
)
"""Words of our sentences that are no words of French, Spanish or German."""


@lru_cache(maxsize=4)
def _sentences(code: str) -> tuple[str, ...]:
    """Parts of at least three words of every English sentence that this language says in another way."""
    found: dict[str, None] = {}
    for entry in polib.pofile(str(OURS / f"{code}.po"), encoding="utf-8"):
        there = [entry.msgstr, *entry.msgstr_plural.values()]
        for text in filter(None, (entry.msgid, entry.msgid_plural)):
            for part in _NAMES.split(text):
                words = _WORD.findall(part)
                if len(words) >= 3 and not any(part.strip() in one for one in there):
                    found.setdefault(part.strip(" .:;,()"))
    return tuple(found)


def english_in(text: str, code: str, *, data: tuple[str, ...] = ()) -> list[str]:
    """What is English in a text; `data` is what the person typed and what is called so everywhere."""
    for known in data:
        text = text.replace(known, "")
    return [*(part for part in _sentences(code) if part in text), *_short_words(text)]


def _short_words(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if _SHORT.search(line):
            yield line

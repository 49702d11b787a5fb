"""Small pieces of sentences: numbers with their noun, file names as they are typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from addin.core.language import Phrase, in_thousands, joined, phrase
from addin.core.regex import regex
from addin.errors import Problem, Sentence

_PRESS = {"run": "press", "lancez": "appuyez sur", "ejecute": "pulse", "starten sie": "drücken Sie"}
"""How a command is advised, and a button instead, in each of our languages."""
_RUN = regex(
    r"\b(run|lancez|ejecute|starten Sie)[\s\u00a0]?:? ib-trackers (google (?:link|sign-in)|\w+)(?! --)"
    r"(?: (?!again)\S.*?\.xls[xm]\b\"?)?",
    re.IGNORECASE,
)
_SENTENCE = regex(r"(?<=[.!?]) (?=[A-Z])")


def typed(name: str) -> str:
    """A file's name as it is typed into a command: in quotes where it has blanks or other signs of its own."""
    return name if all(sign.isalnum() or sign in "._-/\\:~+" for sign in name) and name else f'"{name}"'


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 error`, `2 errors`, `no errors`, `1,204 rows`."""
    things = things or f"{thing}s"
    if not number:
        return phrase(f"no {things}")
    n = in_thousands(number)
    text = f"{n} {thing if number == 1 else things}"
    return Phrase.of(text, f"{{n}} {thing}", {"n": n}, many=f"{{n}} {things}", n=number)


def as_phrase(text: str) -> str:
    """A sentence of errors.py as a phrase; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    return phrase(text.id, **{name: phrase(value) for name, value in text.values.items()})


def sentences_of(problem: Problem) -> str:
    """A problem as a part of another answer, to be said in a language later."""
    parts = [as_phrase(problem.what), *([" ", as_phrase(problem.next)] if problem.next else [])]
    return joined("", [*([problem.where, ": "] if problem.where else []), *parts])


def first_of(items: Sequence[object], most: int, between: str = ", ") -> str:
    """The first few of a list, and `…` where there are more."""
    return between.join(map(str, items[:most])) + (" …" if len(items) > most else "")


def in_buttons(text: str, buttons: Mapping[str, str]) -> str:
    """A sentence for a person who sees buttons (verb -> label): `run: ib-trackers adopt` becomes `press Adopt`."""

    def press(found: re.Match[str]) -> str:
        label = buttons.get(found[2])
        word = _PRESS[found[1].casefold()]
        return (
            found[0] if label is None else f"{word[0].upper() if found[1][0].isupper() else word[0]}{word[1:]} {label}"
        )

    return _RUN.sub(press, text)


def without_commands(text: str, buttons: Mapping[str, str]) -> str:
    """As `in_buttons`, for a place that has no terminal at all: a sentence with any other command is left out."""
    return " ".join(one for one in _SENTENCE.split(in_buttons(text, buttons)) if "ib-trackers " not in one)

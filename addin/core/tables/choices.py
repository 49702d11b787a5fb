"""What a person means by a choice: the exact value, its alias, its IB name, or an abbreviation that fits only one.

    choices_of(column, lists)   what a column may hold, with every other name for it; None where anything may be
    choices.meanings(text)      the exact values that a text may mean: none, one, or several (then a person is asked)
    choices.read(raw)           a cell as the exact value, with a remark where it is written otherwise

Other names come from the list's own naming columns (code, name, transcript name …), from `<subject>_aliases` lists and
from `value_aliases`. A typing mistake is never taken for a value: `closest` suggests, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from addin.core.book import CellError, Value
from addin.core.language import Language, Meant, any_of, phrase
from addin.core.regex import regex
from addin.core.tables.equality import fold
from addin.core.tables.values import Read, ReadIssue, quoted, show, split
from addin.core.trackers.model import Column

Lists = Mapping[str, Mapping[str, Sequence[str]]]
_NAMING = ("code", "name", "short", "transcript_name", "outcome")
"""Columns of a list whose values all name the same thing."""
_SMALL = frozenset(["and", "of", "the", "in", "for", "de", "la", "le", "les", "et", "und", "y", "e"])
CHOICE = "choice"
"""The context of choices in a catalogue."""
_PROGRAMMES = {
    "Primary Years Programme": "PYP", "IB PYP": "PYP", "Middle Years Programme": "MYP", "IB MYP": "MYP",
    "Diploma Programme": "DP", "IB DP": "DP", "Diploma": "DP", "Career-related Programme": "CP", "IB CP": "CP",
}  # fmt: skip
LONGEST = 300
"""Characters of a text that may mean a choice."""
_FEW = 8
"""Among so few choices one letter may stand for one of them."""
LONGEST_NAME = 5
"""Into so many parts at most the commas in a name cut it."""
_CODED = regex(r"([A-Z]{2,3}\d)\s*[:.)–—-]+\s*(.+)", re.DOTALL)
"""A code and what it stands for: `LO1: Identify own strengths`."""
_ABROAD = {"LO": ("outcome", "learning outcome", "ra", "resultado", "résultat", "objectif", "lernziel")}
"""The word of a numbered value -> what it is elsewhere: `RA3` is LO3."""
_ASKED = 4
"""So many possible meanings are named in a question."""


class Choices:
    """The exact values that a column may hold, and the other names for them."""

    def __init__(
        self,
        allowed: Sequence[str],
        aliases: Iterable[tuple[str, str]] = (),
        *,
        several: bool = False,
        retired: Iterable[str] = (),
        local: Mapping[str, str] | None = None,
    ) -> None:
        self.allowed, self.several, self.retired = tuple(dict.fromkeys(allowed)), several, frozenset(retired)
        self.exact = frozenset(self.allowed)
        self._aliases, self._local = aliases, local or {}

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Comparison form -> the exact values that it names; an exact value's own form names it alone."""
        names: dict[str, set[str]] = {}
        for alias, value in (*self._aliases, *((name, value) for value, name in self._local.items())):
            if value in self.exact and alias:
                for form in {comparison_form(alias), comparison_form(alias).replace(" ", "")}:
                    names.setdefault(form, set()).add(value)
        own: dict[str, set[str]] = {}
        for value in self.allowed:
            for form in {comparison_form(value), comparison_form(value).replace(" ", "")}:
                own.setdefault(form, set()).add(value)
        return names | own

    def meanings(self, text: str) -> tuple[str, ...]:
        """The exact values that a text may mean, in the order of the list."""
        if text in self.exact:
            return (text,)
        if len(text) > LONGEST:
            return ()
        form = comparison_form(text)
        found = self._names.get(form) or self._names.get(form.replace(" ", "")) or self._numbered(form)
        return self._current(found or self._abbreviated(form))

    def _current(self, found: set[str]) -> tuple[str, ...]:
        """In the order of the list; a retired value, or a second code of one name, only where nothing else is meant."""
        names = tuple(value for value in self.allowed if value in found)
        kept = [v for v in names if v not in self.retired and re.sub(r" \(\d+\)$", "", v) not in found - {v}]
        return tuple(kept) or names

    def read(self, raw: Value) -> Read:
        """The cell as the exact value; what means none of them is left to the rules."""
        if not isinstance(raw, (str, int, float)) or isinstance(raw, (bool, CellError)) or not show(raw).strip():
            return raw, None
        text = show(raw)
        if text in self.exact:
            return text, None
        if self.several:
            return self._read_several(raw, text)
        found = self.meanings(text)
        if len(found) == 1:
            return found[0], remark(raw, self._called(found[0]))
        return (None, _question(raw, list(map(self._called, found)))) if found else (raw, None)

    def _read_several(self, raw: Value, text: str) -> Read:
        parts = split(text)
        if self.exact.issuperset(parts):
            return raw, None
        parts = self._joined(parts)
        found = [self.meanings(part) for part in parts]
        if not all(found):
            parts = tuple(piece for part in parts for piece in re.split(r"\s*(?:[/&+]|\band\b)\s*", part) if piece)
            found = [self.meanings(part) for part in parts]
        if not all(found) and (named := [self._named(piece) for part in parts for piece in part.split()]):
            found = named if all(len(one) == 1 for one in named) else found  # `LO5 LO7`
        if all(len(one) == 1 for one in found):
            whole = "; ".join(dict.fromkeys(one[0] for one in found))
            return whole, remark(raw, self._called(whole))
        doubt = next((one for one in found if len(one) > 1), ())
        return (None, _question(raw, list(map(self._called, doubt)))) if doubt and all(found) else (raw, None)

    def _joined(self, parts: Sequence[str]) -> tuple[str, ...]:
        """The parts of a cell, where a name with a comma in it, or behind its code, is one: `LO1: Strengths`."""
        found: list[str] = []
        place = 0
        while place < len(parts):
            taken = place + 1
            if not self.meanings(parts[place]):
                ends = range(place + 2, min(place + LONGEST_NAME, len(parts)) + 1)
                taken = next((end for end in ends if self._names_one(", ".join(parts[place:end]))), taken)
            text = ", ".join(parts[place:taken])
            coded = _CODED.fullmatch(text)
            found.append(coded[1] if coded and coded[1] in self.exact and len(self.meanings(text)) != 1 else text)
            place = taken
        return tuple(found)

    def _names_one(self, text: str) -> bool:
        """Whether a text is the whole name of a value, perhaps behind its code."""
        coded = _CODED.fullmatch(text)
        return len(self._names.get(comparison_form(coded[2] if coded else text), ())) == 1

    def _called(self, exact: str) -> str:
        """A choice as the workbook calls it."""
        parts = split(exact) if self.several else (exact,)
        if not any(part in self._local for part in parts):
            return exact
        return Meant.of(exact, "; ".join(self._local.get(part, part) for part in parts))

    def _named(self, text: str) -> tuple[str, ...]:
        """As `meanings`, of what is a value's whole name or number and no abbreviation."""
        form = comparison_form(text)
        return self._current(self._names.get(form) or self._numbered(form))

    def _numbered(self, form: str) -> set[str]:
        """`3` for `LO3`, where all values are one word with a number."""
        bare = re.fullmatch(r"(?:[^\W\d]+ ?)?(\d+)", form)
        if not bare:
            return set()
        numbered = [re.fullmatch(r"([^\W\d]+)\s?(\d+)", value) for value in self.allowed]
        if len({match[1] if match else "" for match in numbered}) != 1 or not numbered[0]:
            return set()
        word, kind = form.rstrip("0123456789 "), numbered[0][1]
        if word and not kind.casefold().startswith(word) and word not in _ABROAD.get(kind, ()):
            return set()
        return {match[0] for match in numbered if match and match[2] == bare[1]}

    def _abbreviated(self, form: str) -> set[str]:
        """The values that a text abbreviates: whole names before names of which it is the beginning."""
        words = [word for word in form.split() if word not in _SMALL] or form.split()
        if not words or (len("".join(words)) < 2 and len(self.allowed) > _FEW):
            return set()
        fits = {value: left for value, names in self._words.items() if (left := _matches(words, names)) is not None}
        found = {value: left for value, left in fits.items() if value not in self.retired} or fits
        whole = {value for value, left in found.items() if not left}
        return whole or {value for value in found if len(words[0]) >= 3 or len(self.allowed) <= _FEW}

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        return {v: [w for w in comparison_form(v).split() if w not in _SMALL] for v in self.allowed}


def comparison_form(text: str) -> str:
    """A choice without case, accent of writing, punctuation and double blanks; `&` is `and`."""
    folded = fold(text.replace("&", " and "))
    return re.sub(r"[\W_]+", " ", folded).strip() or folded


def _matches(words: Sequence[str], names: Sequence[str], *, begun: bool = False) -> int | None:
    """How many of a value's words are left when these words, in order, abbreviate its words; None where they do not.

    A single letter between a value's words may be left out: `English Lit` is English A: Literature.
    """
    if not words:
        return len(names)
    if not names:
        return None
    for used in _used(words[0], names):
        left = _matches(words[1:], names[used:], begun=True)
        if left is not None:
            return left
    return _matches(words, names[1:], begun=True) if begun and len(names[0]) == 1 else None


def _used(word: str, names: Sequence[str]) -> Iterator[int]:
    """How many of a value's words one word abbreviates: its beginning, initials, or beginnings put together."""
    if names[0].startswith(word) or (word.endswith("s") and len(word) > 3 and names[0].startswith(word[:-1])):
        yield 1
    for count in range(2, len(names) + 1):
        if word == "".join(name[0] for name in names[:count]):
            yield count
    for cut in range(3, len(word) - 2):
        if len(names) > 1 and names[0].startswith(word[:cut]) and names[1].startswith(word[cut:]):
            yield 2


def remark(raw: Value, exact: str) -> ReadIssue:
    """The finding about a choice that is written otherwise, with the exact value as the workbook has it."""
    only_case = show(raw).casefold() == exact.casefold()
    level = "info" if only_case else "warning"
    return ReadIssue(
        raw,
        phrase("{raw} is written {exact} here.", raw=quoted(raw), exact=exact),
        phrase("Use {exact}.", exact=exact),
        "other-name",
        level,
        exact.local if isinstance(exact, Meant) else exact,
    )


def _question(raw: Value, found: Sequence[str]) -> ReadIssue:
    named = any_of(found) if len(found) <= _ASKED else phrase("{count} of the choices", count=len(found))
    return ReadIssue(
        raw,
        phrase("{raw} can mean {named}.", raw=quoted(raw), named=named),
        "Choose which one is meant.",
        "several-meanings",
    )


def choices_of(column: Column, lists: Lists, languages: Sequence[Language] = ()) -> Choices | None:
    """What a column may hold, where its declaration says so; None where it does not, or the list is not there."""
    limit = column.words.get("one_of")
    if isinstance(limit, (list, tuple)):
        values = [show(value) for value in limit]
        aliases = [*_general(lists, column.name), *_usual(values), *_translated(values, languages)]
        return Choices(values, aliases, several=column.several, local=column.local)
    if not isinstance(limit, str) or not limit.startswith("lists."):
        return None
    name, _, of = limit.removeprefix("lists.").partition(".")
    listed = lists.get(name, {}).get(of)
    if not listed:
        return None
    ended = lists[name].get("ended", ())
    retired = [value for value, end in zip(listed, ended, strict=False) if end]
    aliases = [*_aliases(lists, name, of), *_translated(listed, languages)]
    return Choices(listed, aliases, several=column.several, retired=retired, local=column.local)


def _usual(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(what other programs call it, choice) for the programmes, and for what was attended or booked."""
    if {"PYP", "MYP", "DP", "CP"} <= {*values}:
        yield from _PROGRAMMES.items()
    if {"Attended", "Booked"} <= {*values}:
        yield from (("Completed", "Attended"), ("Registered", "Booked"))


def _translated(values: Sequence[str], languages: Sequence[Language]) -> Iterator[tuple[str, str]]:
    """(what another language calls it, choice)."""
    for language in languages:
        yield from ((name, value) for value in values if (name := language.word(value, CHOICE)) != value)


def _aliases(lists: Lists, name: str, of: str) -> Iterator[tuple[str, str]]:
    """(other name, exact value) from the list itself and from the alias lists."""
    here = lists[name]
    for naming in _NAMING:
        if naming != of and naming in here:
            yield from zip(here[naming], here[of], strict=True)
            yield from (
                (name.replace("ogniz", "ognis"), value) for name, value in zip(here[naming], here[of], strict=True)
            )
    special = lists.get(f"{name.removesuffix('s')}_aliases", {})
    yield from zip(special.get("alias", ()), special.get("name", ()), strict=False)
    yield from _general(lists, name)


def _general(lists: Lists, name: str) -> list[tuple[str, str]]:
    every = lists.get("value_aliases", {})
    rows = zip(every.get("list", ()), every.get("alias", ()), every.get("value", ()), strict=False)
    return [(alias, value) for of, alias, value in rows if of == name]

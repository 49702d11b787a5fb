"""The sentences of findings: what is wrong in a person's words, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from addin.core.checks.words import DATE_SENTENCES, WORDS
from addin.core.tables.table import Table
from addin.core.tables.values import brief, show, split
from addin.core.trackers import Column, Tracker

LISTED = 12
"""How many allowed values a sentence names before it stops."""


class Words(dict[str, str]):
    """What a rule's own sentence may name: the cells of the row, and what the rule adds."""

    def __init__(self, tracker: Tracker, table: Table, index: int, /, **more: str) -> None:
        super().__init__(more)
        self._tracker, self._table, self._index = tracker, table, index

    def __missing__(self, name: str) -> str:
        if name not in self._tracker.columns:
            return "{" + name + "}"
        return brief(self._table.columns[name][self._index]) or f"(no {self._tracker.columns[name].header.lower()})"


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """The sentence with its `{names}` filled in."""
    return sentence.format_map(words)


def cell_sentences(
    column: Column, word: str, index: int, value: Any, limits: tuple[Any, Any], other: str
) -> tuple[str, str]:
    """(sentence, suggestion) for one cell that breaks a word; `limits` is the limit as declared and as resolved."""
    limit, resolved = limits
    rule = WORDS[word]
    say, fix = DATE_SENTENCES.get(word, (rule.say, rule.fix)) if column.type == "date" else (rule.say, rule.fix)
    told = {
        "header": column.header,
        "value": brief(value),
        "about": column.about,
        "limit": _limit(word, limit, resolved, index),
        "other": other,
        "length": str(len(show(value))),
        "words": str(len(show(value).split())),
        "count": str(len(split(value))),
    }
    return fill(say, told), (rule.suggest(value, resolved) if rule.suggest else "") or fill(fix, told)


def others(values: Sequence[Any], table: Table, twice: Sequence[int]) -> dict[int, str]:
    """For each of these indexes, whose value stands elsewhere too, the words for that other row: `12` or
    `12 of CAS 12B`."""
    places: dict[Any, list[int]] = {}
    for index in twice:
        places.setdefault(values[index], []).append(index)
    named = {}
    for found in places.values():
        for index in found:
            other = found[0] if index != found[0] else found[1]
            sheet = "" if table.sheets[other] == table.sheets[index] else f" of {table.sheets[other]}"
            named[index] = f"{table.rows[other]}{sheet}"
    return named


def _limit(word: str, limit: Any, resolved: Any, index: int) -> str:
    if word == "exists_in":
        return f"the {str(limit).removeprefix('lists.').partition('.')[0]} list"
    if isinstance(resolved, list) and word not in ("one_of", "none_of"):
        return show(resolved[index])
    if isinstance(resolved, (list, tuple, set, frozenset)):
        values = [show(value) for value in (resolved if isinstance(resolved, (list, tuple)) else sorted(resolved))]
        return ", ".join(values[:LISTED]) + (" …" if len(values) > LISTED else "")
    return show(resolved)

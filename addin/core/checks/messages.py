"""The sentences of findings: what is wrong in a person's words, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from addin.core.book import Value
from addin.core.checks.words import WORDS
from addin.core.language import any_of, filled, lower_first, phrase
from addin.core.tables.table import Table
from addin.core.tables.values import brief, quoted, say, show, split
from addin.core.trackers import Column, Tracker
from addin.core.trackers.translate import in_cell, meant

LISTED = 6
"""How many choices a sentence names; of more it names none."""


class Words(dict[str, Any]):
    """What a rule's own sentence may name: the cells of the row, and what the rule adds."""

    def __init__(self, tracker: Tracker, table: Table, index: int, /, **more: Any) -> None:
        super().__init__(more)
        self._tracker, self._table, self._index = tracker, table, index

    def __missing__(self, name: str) -> str:
        if name not in self._tracker.columns:
            return "{" + name + "}"
        return brief(self._table.columns[name][self._index]) or phrase(
            "(no {header})", header=self._tracker.columns[name].header.lower()
        )


def fill(sentence: str, words: Mapping[str, Any]) -> str:
    """The sentence with its `{names}` filled in."""
    return filled(sentence, words)


def cell_sentences(
    column: Column, word: str, index: int, value: Any, limits: tuple[Any, Any], declared: Mapping[str, Any]
) -> tuple[str, str, Value]:
    """(message, suggestion, exact value where it is certain) for one cell that breaks a word.

    `limits` is the limit as declared and as resolved; `declared` are the names that the cell does not decide.
    """
    limit, resolved = limits
    rule = WORDS[word]
    is_date = column.type == "date"
    say_, suggestion = (
        (rule.date_say or rule.say, rule.date_suggestion or rule.suggestion) if is_date else (rule.say, rule.suggestion)
    )
    names = {
        **declared,
        "value": quoted(value) if isinstance(value, str) else brief(value),
        "limit": _limit(limit, resolved, index),
        "length": str(len(show(value))),
        "words": str(len(show(value).split())),
        "count": str(len(split(value))),
    }
    advice = rule.advise(value, _in_its_words(column, resolved)) if rule.advise else None
    message = fill(say_, names)
    if advice:
        return message, advice.text, advice.fix
    return message, fill(suggestion, names), None


def declared_names(
    column: Column, word: str, limit: Any, resolved: Any, trackers: Mapping[str, Tracker]
) -> dict[str, str]:
    """What the sentences of a word may name that no cell decides; a value that a cell gives stays `{value}`."""
    value = "{value}" if column.type in ("integer", "number", "date", "time", "yes_no") else "“{value}”"
    names = {
        "header": column.header,
        "name": _kind(column),
        "value": value,
        "choose": _choose(resolved, column),
        "example": _example(column),
        "where": "in row {other}",
    }
    return names | (_reference_names(value, limit, trackers) if word == "exists_in" else {})


def _reference_names(value: str, limit: Any, trackers: Mapping[str, Tracker]) -> dict[str, str]:
    """The sentences about a value that another tracker, or a list, does not have."""
    name, _, column = str(limit).partition(".")
    if name not in trackers:
        return {
            "nothing": phrase("{value} is not in the list.", value=value),
            "add": phrase("Choose one from the list."),
        }
    thing = lower_first(trackers[name].title).removesuffix("s")
    header = lower_first(trackers[name].columns[column].header)
    bare = value.strip("“”")
    return {
        "nothing": phrase("No {thing} has the {header} {bare}.", thing=thing, header=header, bare=bare),
        "add": phrase("Correct it, or add the {thing}.", thing=thing),
    }


def reference_sentences(value: Value, limit: Any, trackers: Mapping[str, Tracker]) -> dict[str, str]:
    """As `declared_names` gives them for `exists_in`, about this value."""
    shown = quoted(value) if isinstance(value, str) else brief(value)
    return _reference_names(shown, limit, trackers)


def _kind(column: Column) -> str:
    return phrase("email address") if column.type == "email" else lower_first(column.header)


def _example(column: Column) -> str:
    if column.type == "email":
        return phrase("Enter one (name@school.org), or leave the cell empty.")
    return (
        phrase("Write it like {example}.", example=column.example)
        if column.example
        else phrase("Correct it, or leave the cell empty.")
    )


def _choose(resolved: Any, column: Column) -> str:
    """The choices, where they are few; a list of hundreds helps nobody."""
    if isinstance(resolved, (list, tuple, set, frozenset)) and 0 < len(resolved) <= LISTED:
        choices = resolved if isinstance(resolved, (list, tuple)) else sorted(resolved)
        values = [say(meant(column, one)) for one in choices]
        return phrase("Choose {choices}.", choices=any_of(values))
    return phrase("Choose the {header} from the list.", header=lower_first(column.header))


def others(values: Sequence[Any], table: Table, twice: Sequence[int]) -> dict[int, tuple[str, str]]:
    """For each of these indexes, whose value is elsewhere too, that other row: (`12`, `in row 12`), or on another sheet
    (`12 of CAS 12B`, `on sheet CAS 12B, row 12`)."""
    places: dict[Any, list[int]] = {}
    for index in twice:
        places.setdefault(values[index], []).append(index)
    named = {}
    for found in places.values():
        for index in found:
            other = found[0] if index != found[0] else found[1]
            row, sheet = table.rows[other], table.sheets[other]
            away = sheet != table.sheets[index]
            named[index] = (
                (
                    phrase("{row} of {sheet}", row=row, sheet=sheet),
                    phrase("on sheet {sheet}, row {row}", sheet=sheet, row=row),
                )
                if away
                else (str(row), phrase("in row {row}", row=row))
            )
    return named


def _in_its_words(column: Column, resolved: Any) -> Any:
    """What a cell may hold, in the workbook's words."""
    if not column.local or not isinstance(resolved, (list, tuple, set, frozenset)):
        return resolved
    return frozenset(show(in_cell(column, one)) for one in resolved)


def _limit(limit: Any, resolved: Any, index: int) -> str:
    if isinstance(resolved, list) and not isinstance(limit, list):
        return say(resolved[index])
    if isinstance(resolved, (list, tuple, set, frozenset)):
        return ""
    return say(resolved)

"""A tracker explained in words: for `ib-trackers trackers NAME` and, generated, for the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from addin.core.checks.rule_functions import rule_function
from addin.core.checks.words import WORDS
from addin.core.tables.values import say
from addin.core.trackers import Column, Rule, Tracker


def explain(tracker: Tracker) -> str:
    """The whole tracker as text: columns with what they must keep, rules, views, settings with their source."""
    return "\n".join(_lines(tracker))


def _lines(tracker: Tracker) -> Iterator[str]:
    yield f"{tracker.title} (sheet {tracker.sheet})"
    if tracker.about:
        yield tracker.about
    yield f"\nUnique key: {', '.join(tracker.columns[name].header for name in tracker.key)}"
    yield "\nColumns"
    for column in tracker.columns.values():
        yield f"  {column.header}: {', '.join(about_column(column))}"
    yield "\nChecks over more than one cell"
    for rule in tracker.rules:
        yield f"  {rule.id} ({rule.level}): {about_rule(rule, tracker)}"
    if tracker.views:
        yield "\nLive summaries"
        for view in tracker.views:
            yield f"  {view.title}: {', '.join(measure.header for measure in view.columns)}"
    if tracker.settings:
        yield "\nSettings (change them on the Settings sheet)"
        for setting in tracker.settings.values():
            value = say(setting.value) or "not set"
            yield f"  {setting.name} = {value}: {setting.about} Source: {setting.source}, checked {setting.checked}."


def about_column(column: Column) -> list[str]:
    """What a column holds and must keep, in words."""
    words = [column.type.replace("_", " or ") if column.type != "text" else "text"]
    if column.several:
        words.append("several, separated by semicolons")
    if column.calculated:
        words.append(f"looked up from {column.look_up}")
    for word, limit in column.words.items():
        text = _about_word(column, word, limit)
        if text:
            words.append(f"{text} (warning)" if word in column.warn else text)
    if column.private:
        words.append("private")
    return words


_DATE_WORDS = {
    "at_least": "not before {}",
    "at_most": "not after {}",
    "more_than": "after {}",
    "less_than": "before {}",
}


def _about_word(column: Column, word: str, limit: Any) -> str:
    """What a column's word asks for, in plain words; "" where the column's type says it already."""
    if word == "pattern":
        example = column.example and f"written like {column.example}"
        return "" if column.type == "email" else example or "in a fixed form"
    if word in ("required", "unique", "blank"):
        return WORDS[word].description if limit else ""
    said = _DATE_WORDS.get(word, WORDS[word].description) if column.type == "date" else WORDS[word].description
    return said.format(in_words(limit))


def about_rule(rule: Rule, tracker: Tracker) -> str:
    """A rule's sentence, with headers where its finding has values; of a rule in Python what its function says."""
    if rule.use:
        said = rule_function(rule.use, rule.id, tracker.source).__doc__ or ""
        return " ".join(said.partition("\n\n")[0].split())
    headers = {name: f"({column.header})" for name, column in tracker.columns.items()}
    return re.sub(r"\{(\w+)\}", lambda word: headers.get(word[1], "…"), rule.say)


def in_words(limit: Any) -> str:
    """A rule word's value as a person would say it: a list, a column, a setting, a shifted date."""
    if isinstance(limit, (list, tuple)):
        return ", ".join(map(say, limit))
    if isinstance(limit, dict):
        units = [(n, unit.removeprefix("plus_")) for unit, n in limit.items() if unit != "of"]
        moved = [f"{n} {unit.removesuffix('s') if n == 1 else unit}" for n, unit in units]
        return f"{in_words(limit['of'])} plus {' and '.join(moved)}"
    if not isinstance(limit, str):
        return say(limit)
    if limit == "settings.today":
        return "today"
    if limit.startswith("settings."):
        return f"the setting {limit.removeprefix('settings.')}"
    if limit.startswith("lists."):
        return f"the list of {limit.split('.')[1].replace('_', ' ')}"
    name, _, column = limit.partition(".")
    return f"the {column.replace('_', ' ')}s in {name.capitalize()}" if column else limit.replace("_", " ")

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
        yield "\nSettings (ib-trackers.toml, [settings])"
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
        told = WORDS[word].description.format(in_words(limit))
        words.append(f"{told} (warning)" if word in column.warn else told)
    if column.private:
        words.append("private")
    return words


def about_rule(rule: Rule, tracker: Tracker) -> str:
    """A rule's sentence, with headers where its finding has values; of a rule in Python what its function says."""
    if rule.use:
        said = rule_function(rule.use, rule.id, tracker.source).__doc__ or ""
        return " ".join(said.partition("\n\n")[0].split())
    headers = {name: f"({column.header})" for name, column in tracker.columns.items()}
    return re.sub(r"\{(\w+)\}", lambda word: headers.get(word[1], "…"), rule.say)


def in_words(limit: Any) -> str:
    """A rule word's value as a person would say it."""
    if isinstance(limit, (list, tuple)):
        return ", ".join(map(say, limit))
    if isinstance(limit, dict):
        plus = " and ".join(f"{n} {unit.removeprefix('plus_')}" for unit, n in limit.items() if unit != "of")
        return f"{limit['of']} + {plus}"
    return say(limit)

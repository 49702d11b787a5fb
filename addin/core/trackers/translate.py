"""A tracker in a workbook's language: its names, headers, sentences, and what its choices are called in the cells.

    translated(tracker, lists, written, spoken)  headers as the workbook has them, sentences as the person reads them
    with_other_names(tracker, languages)         the headers of other languages as aliases, to recognise them by
    in_its_words(tracker)                        choices and conditions in the workbook's words: for formulas

Names of trackers, columns, rules and views, and the values that rules compare with, stay English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from addin.core.book import Value
from addin.core.language import Language, Meant
from addin.core.records import replace
from addin.core.tables.choices import CHOICE
from addin.core.tables.equality import fold
from addin.core.tables.values import split
from addin.core.trackers.model import Column, Rule, Setting, Tracker, View

Lists = Mapping[str, Mapping[str, list[str]]]
_WORDS_OF_VALUES = ("one_of", "none_of")


def translated(tracker: Tracker, lists: Lists, written: Language, spoken: Language) -> Tracker:
    """The tracker for a workbook that is `written` in one language and checked in another (mostly the same)."""
    if written.is_english and spoken.is_english:
        return tracker
    say = spoken.say
    columns = {name: _column(tracker, column, lists, written, spoken) for name, column in tracker.columns.items()}
    return replace(
        tracker,
        title=say(tracker.title),
        sheet=written.say(tracker.sheet),
        about=say(tracker.about),
        aliases=(*tracker.aliases, tracker.sheet, tracker.title),
        columns=columns,
        rules=tuple(replace(rule, say=say(rule.say), fix=say(rule.fix)) for rule in tracker.rules),
        views=tuple(_view(view, written) for view in tracker.views),
        settings={name: _setting(one, spoken) for name, one in tracker.settings.items()},
    )


def _column(tracker: Tracker, column: Column, lists: Lists, written: Language, spoken: Language) -> Column:
    header = written.word(column.header, f"{tracker.name}.{column.name}")
    return replace(
        column,
        header=header,
        about=spoken.say(column.about),
        aliases=(*column.aliases, column.header) if header != column.header else column.aliases,
        local=_local_choices(tracker, column, lists, written),
    )


def _local_choices(tracker: Tracker, column: Column, lists: Lists, written: Language) -> dict[str, str]:
    """What each choice of a column is called in this language, where that is not its English name."""
    if written.is_english:
        return {}
    if column.type == "yes_no":
        return {"Yes": written.yes, "No": written.no}
    limit = column.words.get("one_of")
    values: Sequence[Any] = limit if isinstance(limit, (list, tuple)) else ()
    if isinstance(limit, str) and limit.startswith("lists."):
        _, which, of = (*limit.split("."), "", "")[:3]
        values = lists.get(which, {}).get(of, ())
    named = {
        value: written.word(value, f"{tracker.name}.{column.name}", CHOICE)
        for value in values
        if isinstance(value, str)
    }
    return {value: local for value, local in named.items() if local != value}


def _view(view: View, written: Language) -> View:
    columns = tuple(replace(one, header=written.say(one.header)) for one in view.columns)
    return replace(view, title=written.say(view.title), columns=columns)


def _setting(setting: Setting, spoken: Language) -> Setting:
    return replace(setting, about=spoken.say(setting.about))


def with_other_names(tracker: Tracker, languages: Iterable[Language]) -> Tracker:
    """The tracker with its headers in these languages as further aliases, where no other column is called so."""
    taken = {fold(name) for column in tracker.columns.values() for name in (column.header, *column.aliases)}
    columns = dict(tracker.columns)
    for language in languages:
        for name, column in columns.items():
            other = language.word(column.header, f"{tracker.name}.{name}")
            if fold(other) not in taken:
                taken.add(fold(other))
                columns[name] = replace(column, aliases=(*column.aliases, other))
    return replace(tracker, columns=columns)


# the workbook's words, for drop-downs, formulas and the script of a shared sheet


def in_its_words(tracker: Tracker) -> Tracker:
    """The tracker with its choices, defaults and conditions as the cells of its workbook have them."""
    if not any(column.local for column in tracker.columns.values()):
        return tracker
    return replace(
        tracker,
        columns={name: _local_column(column) for name, column in tracker.columns.items()},
        rules=tuple(_local_rule(tracker, rule) for rule in tracker.rules),
        views=tuple(
            replace(view, columns=tuple(replace(m, where=_conditions(tracker, m.where)) for m in view.columns))
            for view in tracker.views
        ),
    )


def _local_column(column: Column) -> Column:
    if not column.local:
        return column
    return replace(column, words=_words(column, column.words), default=in_cell(column, column.default))


def _local_rule(tracker: Tracker, rule: Rule) -> Rule:
    parts = {name: _conditions(tracker, getattr(rule, name)) for name in ("when", "then", "where")}
    return replace(rule, **parts)


def _conditions(tracker: Tracker, conditions: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {name: _words(tracker.columns[name], words) for name, words in conditions.items()}


def _words(column: Column, words: Mapping[str, Any]) -> Mapping[str, Any]:
    if not column.local or column.type == "yes_no":
        return words
    return {
        word: [in_cell(column, value) for value in limit]
        if word in _WORDS_OF_VALUES and isinstance(limit, (list, tuple))
        else limit
        for word, limit in words.items()
    }


def in_cell(column: Column, value: Value) -> Value:
    """A value as a cell of the workbook has it: a choice, or yes and no, in the workbook's words."""
    if isinstance(value, Meant):
        return value.local
    if not column.local or value is None:
        return value
    if isinstance(value, bool):
        return column.local["Yes" if value else "No"] if column.type == "yes_no" else value
    if not isinstance(value, str) or column.type != "choice":
        return value
    if value in column.local or not column.several:
        return column.local.get(value, value)
    return "; ".join(column.local.get(part, part) for part in split(value))


def meant(column: Column, value: str) -> str:
    """A choice that rules know, with what the workbook calls it."""
    return Meant.of(value, column.local[value]) if value in column.local else value


def english_lists(own: Lists, lists: Lists, trackers: Iterable[Tracker], written: Language) -> Lists:
    """The lists of a workbook's own sheet with the choices as rules know them; `lists` are those in English."""
    found = dict(own)
    for tracker in trackers:
        for column in tracker.columns.values():
            limit = str(column.words.get("one_of", ""))
            _, which, of = (*limit.split("."), "", "")[:3]
            if limit.startswith("lists.") and of in found.get(which, {}):
                names = _local_choices(tracker, column, lists, written)
                exact = {local: value for value, local in names.items()}
                found[which] = {**found[which], of: [exact.get(value, value) for value in found[which][of]]}
    return found


def local_lists(lists: Lists, trackers: Iterable[Tracker]) -> Lists:
    """The lists behind drop-downs in the workbook's words; the others, and those that it does not translate, as they
    are."""
    found: dict[str, Mapping[str, list[str]]] = {}
    for tracker in trackers:
        for column in tracker.columns.values():
            limit = str(column.words.get("one_of", ""))
            if column.local and limit.startswith("lists."):
                _, which, of = (*limit.split("."), "", "")[:3]
                here = found.get(which) or lists[which]
                found[which] = {**here, of: [column.local.get(value, value) for value in lists[which][of]]}
    return {**lists, **found} if found else lists

"""From a TOML document to a Tracker, naming each mistake: the file, the place, and what would have been right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from addin.core.a1 import SHEET_FORBIDDEN, SHEET_LIMIT, is_sheet_name
from addin.core.checks.words import WORDS
from addin.core.trackers import grammar
from addin.core.trackers.model import (
    LEVELS,
    MEASURES,
    TYPES,
    Column,
    Conditions,
    Example,
    Measure,
    Pace,
    Rule,
    Setting,
    Tracker,
    View,
)
from addin.core.trackers.patterns import pattern_problem
from addin.errors import TrackerProblem


def parse(data: Mapping[str, Any], *, name: str, source: str = "") -> Tracker:
    """The tracker that a parsed TOML document declares."""
    at = Place(source or name)
    at.known(data, grammar.TRACKER)
    columns = {
        column: _column(at.into(f"columns.{column}"), column, table)
        for column, table in at.need(data, "columns", dict).items()
    }
    tracker = Tracker(
        name=name,
        title=at.need(data, "title", str),
        sheet=_sheet(at, at.need(data, "sheet", str)),
        about=data.get("about", ""),
        key=tuple(data.get("key", ())),
        columns=columns,
        rules=tuple(_rule(at.into(f"rules[{i}]"), rule, columns) for i, rule in enumerate(data.get("rules", ()), 1)),
        views=tuple(_view(at.into(f"views[{i}]"), view, columns) for i, view in enumerate(data.get("views", ()), 1)),
        settings={n: _setting(at.into(f"settings.{n}"), n, table) for n, table in data.get("settings", {}).items()},
        examples=tuple(_example(at.into(f"examples[{i}]"), e) for i, e in enumerate(data.get("examples", ()), 1)),
        aliases=tuple(data.get("aliases", ())),
        programmes=tuple(data.get("programmes", ())),
        starter=data.get("starter", False),
        order=data.get("order", 100),
        source=source,
    )
    for column in tracker.key:
        at.into("key").one_of(column, columns, "column")
    _no_doubles(at, [column.header for column in columns.values()], "header")
    _no_doubles(at, [rule.id for rule in tracker.rules], "rule id")
    return tracker


class Place:
    """Where in which file we are, for messages."""

    def __init__(self, file: str, place: str = "") -> None:
        self.file, self.place = file, place

    def into(self, place: str) -> Place:
        return Place(self.file, place)

    def wrong(self, what: str, next: str = "") -> TrackerProblem:  # noqa: A002 (the house word)
        return TrackerProblem(what, where=f"{self.file}, {self.place}" if self.place else self.file, next=next)

    def known(self, table: Mapping[str, Any], names: Collection[str]) -> None:
        for name in table:
            self.one_of(name, names, "word")

    def one_of(self, name: Any, names: Any, kind: str) -> None:
        if name in names:
            return
        from difflib import get_close_matches  # only a mistake pays for it

        near = get_close_matches(str(name), [str(n) for n in names], 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"It may be: {', '.join(map(str, names))}."
        raise self.wrong(f"{name!r} is not a {kind} that is known here.", hint)

    def need(self, table: Mapping[str, Any], name: str, kind: type) -> Any:
        if name not in table:
            raise self.wrong(f"{name!r} is missing.", f"Add {name} = …")
        if not isinstance(table[name], kind):
            raise self.wrong(f"{name!r} must be a {kind.__name__}, not {table[name]!r}.")
        return table[name]


def _sheet(at: Place, name: str) -> str:
    if not is_sheet_name(name):
        raise at.wrong(
            f"{name[:40]!r} cannot be the name of a sheet.",
            f"Use 1 to {SHEET_LIMIT} characters, none of {SHEET_FORBIDDEN}, and no apostrophe at either end"
            " (Excel keeps the name History for itself).",
        )
    return name


def _no_doubles(at: Place, names: list[str], kind: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise at.wrong(f"the {kind} {name!r} is there twice.", "Give each its own.")


def _column(at: Place, name: str, table: Mapping[str, Any]) -> Column:
    if not name.isidentifier() or name != name.lower():
        raise at.wrong(f"{name!r} is not a column name.", "Use lower_snake_case.")
    at.known(table, (*grammar.COLUMN, *WORDS))
    at.one_of(table.get("type", "text"), TYPES, "type")
    words = {word: table[word] for word in WORDS if word in table}
    _check_pattern(at, words)
    for word in table.get("warn", ()):
        at.one_of(word, words, "rule word of this column")
    if ("look_up" in table) != ("by" in table):
        raise at.wrong("look_up and by go together.", 'For example look_up = "candidates.name", by = "candidate".')
    return Column(
        name=name,
        header=table.get("header", name.replace("_", " ").capitalize()),
        type=table.get("type", "text"),
        several=table.get("several", False),
        about=table.get("about", ""),
        aliases=tuple(table.get("aliases", ())),
        private=table.get("private", False),
        edited_by=table.get("edited_by", ""),
        width=table.get("width", 0),
        folded=table.get("folded", False),
        look_up=table.get("look_up", ""),
        by=table.get("by", ""),
        default=table.get("default"),
        example=table.get("example", ""),
        words=words,
        warn=frozenset(table.get("warn", ())),
    )


def _conditions(at: Place, table: Mapping[str, Any], columns: Mapping[str, Column]) -> Conditions:
    for column, words in table.items():
        at.one_of(column, columns, "column")
        if not isinstance(words, dict):
            raise at.wrong(
                f"{column} = {words!r} is not a condition.", f'For example {column} = {{ one_of = ["A", "B"] }}.'
            )
        at.known(words, tuple(WORDS))
        _check_pattern(at, words)
    return table


def _check_pattern(at: Place, words: Mapping[str, Any]) -> None:
    pattern = words.get("pattern", "")
    if not isinstance(pattern, str):
        raise at.wrong(f"pattern must be a text, not {pattern!r}.")
    if pattern and not pattern.startswith("settings.") and (problem := pattern_problem(pattern)):
        raise at.wrong(f"the pattern {pattern[:40]!r} {problem}.", "Write it more simply.")


def _rule(at: Place, table: Mapping[str, Any], columns: Mapping[str, Column]) -> Rule:
    at.known(table, grammar.RULE)
    at = at.into(f"{at.place} {at.need(table, 'id', str)!r}")
    forms = [form for form in ("then", "unique", "measure", "use") if form in table]
    if len(forms) != 1:
        raise at.wrong(
            f"a rule has one form, this has {' and '.join(forms) or 'none'}.",
            "Give it when/then, unique, per/measure or use.",
        )
    at.one_of(table.get("level", "error"), LEVELS, "level")
    if forms == ["measure"]:
        at.one_of(table["measure"], MEASURES, "measure")
        at.one_of(at.need(table, "per", str), columns, "column")
    low, high = table.get("between", (table.get("at_least"), table.get("at_most")))
    of = _names(table.get("of", ()))
    for column in (*of, *_names(table.get("unique", ())), *_names(table.get("column", ()))):
        at.one_of(column, columns, "column")
    if forms != ["use"] and not table.get("say"):
        raise at.wrong("'say' is missing.", "Add the sentence that a person reads.")
    return Rule(
        id=table["id"],
        level=table.get("level", "error"),
        say=table.get("say", ""),
        fix=table.get("fix", ""),
        column=table.get("column", ""),
        when=_conditions(at, table.get("when", {}), columns),
        then=_conditions(at, table.get("then", {}), columns),
        unique=_names(table.get("unique", ())),
        per=table.get("per", ""),
        over=table.get("over", ""),
        over_where=table.get("over_where", {}),
        measure=table.get("measure", ""),
        of=of,
        where=_conditions(at, table.get("where", {}), columns),
        low=low,
        high=high,
        use=table.get("use", ""),
    )


def _view(at: Place, table: Mapping[str, Any], columns: Mapping[str, Column]) -> View:
    at.known(table, grammar.VIEW)
    name = at.need(table, "name", str)
    at.one_of(at.need(table, "match", str), columns, "column")
    measures: list[Measure] = []
    counted = [name for name, words in at.need(table, "columns", dict).items() if "measure" in words]
    for column, words in table["columns"].items():
        here = at.into(f"{at.place} {name!r}, columns.{column}")
        here.known(words, grammar.MEASURE)
        if not words.keys() & {"needs", "lacks", "pace"}:
            here.one_of(here.need(words, "measure", str), MEASURES, "measure")
        for source in _names(words.get("of", ())):
            here.one_of(source, columns, "column")
        for aim in words.get("needs") or words.get("lacks") or words.get("pace", {}):
            here.one_of(aim, [*counted, *(m.name for m in measures)], "column of this view that measures")
        measures.append(
            Measure(
                name=column,
                header=words.get("header", column.replace("_", " ").capitalize()),
                measure=words.get("measure") or next((one for one in ("pace", "lacks") if one in words), "needs"),
                of=_names(words.get("of", ())),
                where=_conditions(here, words.get("where", {}), columns),
                needs=words.get("needs", {}),
                lacks=words.get("lacks", {}),
                pace=_pace(here, words, table.get("show", ())) if "pace" in words else None,
                programmes=tuple(words.get("programmes", ())),
            )
        )
    if "left" in table:
        at.one_of(table["left"], table.get("show", ()), "column that this view shows")
    return View(
        name=name,
        title=table.get("title", name.replace("_", " ").capitalize()),
        per=at.need(table, "per", str),
        match=table["match"],
        show=tuple(table.get("show", ())),
        columns=tuple(measures),
        asked=_asked(at, table),
        left=table.get("left", ""),
    )


def _asked(at: Place, table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    asked = table.get("asked", {})
    for name in asked:
        at.one_of(name, table.get("show", ()), "column that this view shows")
    return {name: _names(values) for name, values in asked.items()}


def _pace(at: Place, words: Mapping[str, Any], shown: Sequence[str]) -> Pace:
    for name in ("session", "joined"):
        at.one_of(at.need(words, name, str), shown, "column that this view shows")
    return Pace(words["pace"], words["session"], words["joined"], words.get("months", 18), words.get("slack", 0))


def _setting(at: Place, name: str, table: Mapping[str, Any]) -> Setting:
    at.known(table, grammar.SETTING)
    return Setting(
        name=name,
        value=table.get("value"),
        about=at.need(table, "about", str),
        source=at.need(table, "source", str),
        checked=str(table.get("checked", "")),
        programmes=tuple(table.get("programmes", ())),
    )


def _example(at: Place, table: Mapping[str, Any]) -> Example:
    at.known(table, grammar.EXAMPLE)
    return Example(
        name=at.need(table, "name", str),
        rows=tuple(at.need(table, "rows", list)),
        trips=tuple(table.get("trips", ())),
        given={tracker: tuple(rows) for tracker, rows in table.get("given", {}).items()},
        settings=table.get("settings", {}),
    )


def _names(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value)


def check_uses(tracker: Tracker, trackers: Mapping[str, Tracker]) -> None:
    """Every function and setting that a tracker's rules name must be there. Raises TrackerProblem."""
    from addin.core.checks.rule_functions import rule_function  # loads the functions that are named

    at = Place(tracker.source or tracker.name)
    settings = {name for one in trackers.values() for name in one.settings} | {"today"}
    for rule in tracker.rules:
        if rule.use:
            rule_function(rule.use, rule.id, tracker.source)
    for limit in _limits(tracker):
        if isinstance(limit, Mapping):
            limit = limit.get("of")
        if isinstance(limit, str) and limit.startswith("settings."):
            at.one_of(limit.removeprefix("settings."), settings, "setting")


def _limits(tracker: Tracker) -> Iterator[Any]:
    """The limits of every word of a tracker's columns and rules."""
    for column in tracker.columns.values():
        yield from column.words.values()
    for rule in tracker.rules:
        for conditions in (rule.when, rule.then, rule.where):
            for words in conditions.values():
                yield from words.values()
        yield from (rule.low, rule.high)


def check_references(tracker: Tracker, trackers: Mapping[str, Tracker], known: Collection[str]) -> None:
    """Every `tracker.column` that a column, rule or view names must be there (lists are checked when they are used)."""
    at = Place(tracker.source or tracker.name)
    for column in tracker.columns.values():
        here = at.into(f"columns.{column.name}")
        for reference in (column.words.get("exists_in", ""), column.look_up):
            _check_reference(here, reference, trackers, known)
        if column.by:
            here.one_of(column.by, tracker.columns, "column")
    for rule in tracker.rules:
        here = at.into(f"rule {rule.id!r}")
        _check_reference(here, rule.over, trackers, known)
        if rule.over_where:
            _conditions(here, rule.over_where, trackers[rule.over.partition(".")[0]].columns)
    for view in tracker.views:
        for reference in (view.per, *view.show):
            _check_reference(at.into(f"view {view.name!r}"), reference, trackers, known)


def _check_reference(at: Place, reference: str, trackers: Mapping[str, Tracker], known: Collection[str]) -> None:
    if not reference or reference.startswith("lists."):
        return
    name, _, column = reference.partition(".")
    at.one_of(name, known, "tracker")
    at.one_of(column, trackers[name].columns, f"column of {name}")

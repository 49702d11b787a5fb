"""The rules of a shared sheet as data for the Apps Script (Checks.gs): the same declaration, limits and sentences.

They are written into the hidden sheet `_rules`, so that the script is the same in every spreadsheet and a change of a
setting needs no new script. What the sheet cannot know (other trackers, Python rules) is listed under `left`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from addin.core.checks.messages import declared_names
from addin.core.checks.words import WORDS
from addin.core.language import Language
from addin.core.names import RULES
from addin.core.settings import Settings
from addin.core.tables.values import READERS, brief, say, show
from addin.core.trackers import Column, Conditions, Rule, Tracker
from addin.templates.google.seen import Json, Seen, area
from addin.templates.google.share import Laid, new_gid

VERSION = 1
CELL = 40_000
"""Characters of one cell; Google allows 50,000."""
CELLS = 20
"""Columns for the text of one sheet's rules."""
MOST_VALUES = 2_000
"""Values of a list that travel with the rules; a longer list is left to the program."""
_MEASURES = ("count", "sum", "distinct")
_LISTS = ("one_of", "none_of", "exists_in")
_COUNTS = ("longest", "most_words", "least_values", "most_values")
_UNKNOWN = object()
_SIGN = "\ue000"
"""A text that no cell holds, to find the place of the value in a sentence."""


def rules_of(laid: Laid, settings: Settings, trackers: Mapping[str, Tracker]) -> Json:
    """The rules of one shared sheet."""
    return rules_for(laid.tracker, laid.share.sheet, settings, trackers)


def rules_for(tracker: Tracker, sheet: str, settings: Settings, trackers: Mapping[str, Tracker]) -> Json:
    """The rules of a tracker as JSON-ready data, and the ids of those that are left to the program."""
    return _Maker(tracker, settings, trackers).make(sheet)


class _Maker:
    """One tracker's rules in the making; `left` collects what a sheet cannot check."""

    def __init__(self, tracker: Tracker, settings: Settings, trackers: Mapping[str, Tracker]) -> None:
        self.tracker, self.settings, self.trackers = tracker, settings, trackers
        self.language = settings.language
        self.left: list[str] = []

    def make(self, sheet: str) -> Json:
        columns = [self._column(column) for column in self.tracker.columns.values()]
        rules = [*self._key(), *(made for rule in self.tracker.rules if (made := self._rule(rule)))]
        return {
            "version": VERSION,
            "sheet": sheet,
            "tracker": self.tracker.name,
            "key": list(self.tracker.key),
            "columns": columns,
            "rules": rules,
            "types": _types(self.language),
            "left": self.left,
        }

    def _column(self, column: Column) -> Json:
        words = []
        wanted = dict(column.words)
        if column.name in self.tracker.key and not wanted.get("required"):
            wanted["required"] = True
        for word, limit in wanted.items() if not column.calculated else ():
            rule = f"{_dashed(column.name)}-{_dashed(word)}"
            level = "warning" if word in column.warn else "error"
            if made := self._word(column, word, limit, rule, level):
                words.append(made)
        data: Json = {"name": column.name, "header": column.header, "type": column.type, "words": words}
        return data | ({"several": True} if column.several else {}) | ({"aliases": list(column.aliases)})

    def _word(self, column: Column, word: str, limit: Any, rule: str, level: str) -> Json | None:
        """A word with its sentences; None, and noted as left, where its limit is not known to the sheet."""
        resolved = self._limit(limit, word)
        if word not in WORDS or resolved is _UNKNOWN:
            self.left.append(rule)
            return None
        entry = WORDS[word]
        message, fix = entry.say, entry.suggestion
        if column.type == "date":
            message, fix = entry.date_say or message, entry.date_suggestion or fix
        names = declared_names(column, word, limit, resolved, self.trackers)
        known = {name: self.language.speak(text) for name, text in names.items()}
        if (text := self._limit_text(limit, word, resolved)) is not None:
            known["limit"] = text
        return {
            "word": word,
            "limit": resolved,
            "rule": rule,
            "level": level,
            "say": _fill(self.language.say(message), known),
            "fix": _fill(self.language.say(fix), known),
        }

    def _limit(self, limit: Any, word: str) -> Any:
        """The limit as data: a number, text, list, {date}, {today}, {column}, {of, days, months}, or _UNKNOWN."""
        if word in _LISTS:
            return self._values(limit)
        if word == "pattern":
            pattern = self._setting(limit) if limit.startswith("settings.") else limit
            return pattern if isinstance(pattern, str) and _is_plain(pattern) else _UNKNOWN
        if isinstance(limit, Mapping):
            base = self._limit(limit["of"], word)
            moved = {"of": base, "days": limit.get("plus_days", 0), "months": limit.get("plus_months", 0)}
            return _UNKNOWN if base is _UNKNOWN else moved
        if isinstance(limit, str) and limit in self.tracker.columns:
            return {"column": limit}
        if isinstance(limit, str) and limit == "settings.today":
            return {"today": True}
        value = self._setting(limit) if isinstance(limit, str) and limit.startswith("settings.") else limit
        if word in _COUNTS:
            return {"count": value}
        return _constant(value)

    def _setting(self, name: str) -> Any:
        return self.settings.get(name.removeprefix("settings."), self.trackers)

    def _values(self, limit: Any) -> Any:
        """The values of a list; those of another tracker are not known to the sheet."""
        values: Sequence[Any] | None = None if isinstance(limit, str) else limit
        if isinstance(limit, str) and limit.startswith("settings."):
            values = self._setting(limit)
        elif isinstance(limit, str) and limit.startswith("lists."):
            _, name, column = (*limit.split("."), "", "")[:3]
            values = self.settings.lists.get(name, {}).get(column)
        if not values or len(values) > MOST_VALUES:
            return _UNKNOWN
        return list(dict.fromkeys(show(value) for value in values))

    def _limit_text(self, limit: Any, word: str, resolved: Any) -> str | None:
        """The limit in a sentence; None where it differs from row to row, or from day to day."""
        if isinstance(resolved, Mapping) and ("column" in resolved or "of" in resolved or "today" in resolved):
            return None
        if isinstance(resolved, list):
            return ""
        if isinstance(resolved, Mapping) and "date" in resolved:
            return say(date.fromisoformat(resolved["date"]))
        return say(resolved["count"] if isinstance(resolved, Mapping) else resolved)

    def _key(self) -> Iterator[Json]:
        key = list(self.tracker.key)
        if key and not self.tracker.columns[key[0]].words.get("unique"):
            say = self.language.say("{what} is also in row {other}.")
            yield {
                "id": "key",
                "level": "error",
                "say": say,
                "fix": self.language.say("Keep one row, or correct the other."),
                "unique": key,
            }

    def _rule(self, rule: Rule) -> Json | None:
        made = self._parts(rule) if not rule.use else None
        if made is None:
            self.left.append(rule.id)
            return None
        say, fix = self._named(rule.say), self._named(rule.fix)
        return {"id": rule.id, "level": rule.level, "say": say, "fix": fix, **made} | (
            {"column": rule.column} if rule.column else {}
        )

    def _parts(self, rule: Rule) -> Json | None:
        """What the rule says beside its sentences; None where a part of it is not known to the sheet."""
        if rule.unique:
            return {"unique": list(rule.unique)}
        if rule.measure:
            return self._measure(rule)
        when, then = self._conditions(rule.when), self._conditions(rule.then, rule)
        return None if when is None or then is None else {"when": when, "then": then}

    def _measure(self, rule: Rule) -> Json | None:
        low, high = self._limit(rule.low, "at_least"), self._limit(rule.high, "at_most")
        plain = all(limit is None or isinstance(limit, int | float) for limit in (low, high))
        where = self._conditions(rule.where)
        if rule.over or rule.measure not in _MEASURES or not plain or where is None:
            return None
        words = self.tracker.columns[rule.of[0]].words if rule.of else {}
        allowed = self._values(words["one_of"]) if "one_of" in words else []
        return {
            "measure": rule.measure,
            "per": rule.per,
            "of": list(rule.of),
            "where": where,
            "low": low,
            "high": high,
            "allowed": [] if allowed is _UNKNOWN else allowed,
        }

    def _conditions(self, conditions: Conditions, rule: Rule | None = None) -> Json | None:
        """Conditions with their limits; with `rule` each word has the rule's own sentences. None: not known."""
        made: Json = {}
        for name, words in conditions.items():
            if name not in self.tracker.columns:
                return None
            for word, limit in words.items():
                resolved = self._limit(limit, word)
                if word not in WORDS or resolved is _UNKNOWN or resolved is None:
                    return None
                entry: Json = {"word": word, "limit": resolved}
                if rule:
                    column = self.tracker.columns[name]
                    own = self._word(column, word, limit, rule.id, rule.level)
                    fix = self._named(rule.fix) or (own["fix"] if own else "")
                    entry |= {"rule": rule.id, "level": rule.level, "say": self._named(rule.say), "fix": fix}
                made.setdefault(name, []).append(entry)
        return made

    def _named(self, sentence: str) -> str:
        """A rule's sentence, with what it says where a cell is blank: `{title|(no title)}`."""

        def named(found: re.Match[str]) -> str:
            column = self.tracker.columns.get(found[1])
            if column is None:
                return found[0]
            return f"{{{found[1]}|{self.language.say('(no {header})', header=column.header.lower())}}}"

        return re.sub(r"\{(\w+)\}", named, sentence)


def _constant(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return {"date": date.fromisoformat(value).isoformat()}
        except ValueError:
            return _UNKNOWN
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if value is None or isinstance(value, bool | int | float) else _UNKNOWN


def _is_plain(pattern: str) -> bool:
    """Whether JavaScript reads the pattern as Python does."""
    return not re.search(r"\(\?[^:=!]|\\[AZzpPbB]|[*+?}]\+", pattern)


def _fill(sentence: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), sentence)


def _types(language: Language) -> Json:
    """The sentences about cells that are not of their column's type, with {value} where the value is."""
    made: Json = {}
    for kind in ("integer", "number", "date"):
        texts: Json = {"text": _type_sentence(kind, _SIGN, language)}
        if kind == "integer":
            texts["fraction"] = _type_sentence(kind, 0.123456789, language)
        made[kind] = texts
    return made


def _type_sentence(kind: str, value: Any, language: Language) -> list[str] | None:
    _, issue = READERS[kind](value)
    if issue is None or issue.rule != "type":
        return None
    return [language.speak(text).replace(brief(value), "{value}") for text in (issue.message, issue.suggestion)]


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def requests(
    all_laid: Sequence[Laid], settings: Settings, trackers: Mapping[str, Tracker], now: Seen
) -> Iterator[Json]:
    """What makes the hidden sheet `_rules` right: a line for each shared sheet, those of other links kept."""
    sheet = now.by_title(RULES)
    gid = sheet.gid if sheet else new_gid(RULES, now)
    kept = {str(line[0]): [str(value) for value in line] for line in sheet.grid.values if line} if sheet else {}
    there = {str(one.gid) for one in now.sheets}
    lines = {key: line for key, line in kept.items() if key in there}
    for laid in all_laid:
        text = json.dumps(rules_of(laid, settings, trackers), ensure_ascii=False, separators=(",", ":"))
        pieces = [text[start : start + CELL] for start in range(0, len(text), CELL)]
        lines[str(laid.gid)] = [str(laid.gid), laid.share.sheet, *pieces]
    if sheet and list(lines.values()) == list(kept.values()):
        return
    if sheet is None:
        size = {"rowCount": 100, "columnCount": CELLS}
        yield {"addSheet": {"properties": {"sheetId": gid, "title": RULES, "hidden": True, "gridProperties": size}}}
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}} for text in line]} for line in lines.values()]
    place = area(gid, 1, 1, bottom=100, right=CELLS)
    yield {"updateCells": {"range": place, "rows": rows, "fields": "userEnteredValue"}}

"""The grammar of a tracker's file: every key of every table, what it holds and what it is for.

`parse.py` accepts just these keys; the grammar page and the JSON Schema for editors are made from the same lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from addin.core.checks.words import WORDS
from addin.core.trackers.model import LEVELS, MEASURES, TYPES

Schema = dict[str, Any]


class Key(NamedTuple):
    """A key of a table: its JSON Schema, what it is for, and whether it must be there."""

    schema: Schema
    about: str
    required: bool = False


TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NAMES: Schema = {"anyOf": [TEXT, TEXTS]}
YES_NO: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
ANY: Schema = {}
TABLE: Schema = {"type": "object"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def tables(name: str) -> Schema:
    """Tables by any name, each of this kind."""
    return {"type": "object", "additionalProperties": ref(name)}


def listed(name: str) -> Schema:
    """A list of tables of this kind."""
    return {"type": "array", "items": ref(name)}


EXTENDS = "extends"
TRACKER: Mapping[str, Key] = {
    "title": Key(TEXT, "what people call it", True),
    "sheet": Key(TEXT, "the name of its sheet in a new workbook", True),
    "about": Key(TEXT, "one sentence: what a row is"),
    "key": Key(TEXTS, "the columns that together identify a row"),
    "aliases": Key(TEXTS, "other names that people give to the sheet"),
    "programmes": Key(TEXTS, "the programmes that use it (DP, CP, MYP, PYP); all where it is left out"),
    "starter": Key(YES_NO, "whether a new workbook has it from the start"),
    "order": Key({"type": "integer"}, "its place among the trackers, the lowest first"),
    "columns": Key(tables("column"), "its columns, in the order of the sheet", True),
    "rules": Key(listed("rule"), "checks over more than one cell"),
    "views": Key(listed("view"), "live summaries"),
    "settings": Key(tables("setting"), "values that a school may change"),
    "examples": Key(listed("example"), "rows and the rules that they break: the tracker's own tests"),
}
COLUMN: Mapping[str, Key] = {
    "header": Key(TEXT, "the text above the column"),
    "type": Key({"enum": list(TYPES)}, "what its cells hold (text where it is left out)"),
    "several": Key(YES_NO, "whether a cell may hold several values, separated by semicolons"),
    "about": Key(TEXT, "what is entered, for the input help"),
    "aliases": Key(TEXTS, "other headers, in any language, under which the column is found"),
    "private": Key(YES_NO, "whether a redacted copy leaves it out"),
    "edited_by": Key(TEXT, "who edits it in a shared sheet"),
    "width": Key(NUMBER, "the width of the column"),
    "folded": Key(YES_NO, "whether a new workbook folds it away in its place (+ above it opens it)"),
    "look_up": Key(TEXT, "`tracker.column` that a formula shows here"),
    "by": Key(TEXT, "the column whose value is looked up"),
    "default": Key(ANY, "what a new row begins with"),
    "example": Key({"type": ["string", "number", "boolean"]}, "a value as it should be written, for messages"),
    "warn": Key(TEXTS, "the words of this column that are warnings, not errors"),
}
RULE: Mapping[str, Key] = {
    "id": Key(TEXT, "its name, in lower case with hyphens", True),
    "level": Key({"enum": list(LEVELS)}, "how serious it is (error where it is left out)"),
    "say": Key(TEXT, "the sentence that a person reads; `{column}` is filled in"),
    "fix": Key(TEXT, "what to do about it"),
    "column": Key(TEXT, "the column whose cell is marked"),
    "when": Key(ref("conditions"), "which rows it is about"),
    "then": Key(ref("conditions"), "what must be true of them"),
    "unique": Key(NAMES, "columns that may not repeat together"),
    "per": Key(TEXT, "the column that groups rows, for a measure"),
    "over": Key(TEXT, "`tracker.column` whose values must each have a group"),
    "over_where": Key(TABLE, "which of them"),
    "measure": Key({"enum": list(MEASURES)}, "what is measured of each group"),
    "of": Key(NAMES, "the columns that are measured"),
    "where": Key(ref("conditions"), "which rows are measured"),
    "between": Key({"type": "array", "minItems": 2, "maxItems": 2}, "the least and the most that a measure may be"),
    "at_least": Key(ANY, "the least that a measure may be"),
    "at_most": Key(ANY, "the most that a measure may be"),
    "use": Key(TEXT, "a check in Python: `module.function` of addin/core/ib, or `own.NAME` of your school's package"),
}
VIEW: Mapping[str, Key] = {
    "name": Key(TEXT, "its name", True),
    "title": Key(TEXT, "what people call it"),
    "per": Key(TEXT, "`tracker.column`: a line for each value", True),
    "match": Key(TEXT, "the column of this tracker with these values", True),
    "show": Key(TEXTS, "`tracker.column`s shown beside each line"),
    "asked": Key(
        TABLE, "the shown columns and the values of whom `needs`, `lacks` and `pace` are asked; others have blank cells"
    ),
    "left": Key(TEXT, "the shown column with the day of leaving, from which on nothing is asked any more"),
    "columns": Key(tables("measure"), "what is measured, a column each", True),
}
MEASURE: Mapping[str, Key] = {
    "header": Key(TEXT, "the text above the column"),
    "measure": Key({"enum": list(MEASURES)}, "what is measured"),
    "of": Key(NAMES, "the columns that are measured"),
    "where": Key(ref("conditions"), "which rows are measured"),
    "needs": Key(TABLE, "the least that other columns must reach, for Yes"),
    "lacks": Key(TABLE, "the least that other columns must reach; the headers of those that do not are listed"),
    "pace": Key(TABLE, "the aims whose share is compared with the time that has passed"),
    "session": Key(TEXT, "with pace: the shown column with the exam session"),
    "joined": Key(TEXT, "with pace: the shown column with the day of joining"),
    "months": Key(ANY, "with pace: how many months there are"),
    "slack": Key(ANY, "with pace: how many percent a line may lag"),
    "programmes": Key(TEXTS, "the programmes whose workbooks show it; all where it is left out"),
}
SETTING: Mapping[str, Key] = {
    "value": Key(ANY, "its value; left out where a school must set it"),
    "about": Key(TEXT, "what it does", True),
    "source": Key(TEXT, "where it is from", True),
    "checked": Key(ANY, "the day on which the source was looked at"),
    "programmes": Key(TEXTS, "the programmes whose Settings sheet shows it; all where it is left out"),
}
EXAMPLE: Mapping[str, Key] = {
    "name": Key(TEXT, "what it shows", True),
    "rows": Key({"type": "array", "items": TABLE}, "rows of this tracker", True),
    "trips": Key(TEXTS, "the ids of the rules that they break"),
    "given": Key({"type": "object", "additionalProperties": {"type": "array"}}, "rows of other trackers"),
    "settings": Key(TABLE, "settings that differ"),
}
PARTS: Mapping[str, Mapping[str, Key]] = {
    "tracker": TRACKER,
    "column": COLUMN,
    "rule": RULE,
    "view": VIEW,
    "measure": MEASURE,
    "setting": SETTING,
    "example": EXAMPLE,
}
_TEXT_WORDS = ("pattern", "exists_in")


def word_keys() -> dict[str, Key]:
    """The rule words, as keys of a column or a condition."""
    return {
        word: Key(TEXT if word in _TEXT_WORDS else ANY, entry.description.replace("{}", "…"))
        for word, entry in WORDS.items()
    }


def schema() -> Schema:
    """The JSON Schema of a tracker's file."""
    words = _table("conditions of a cell", word_keys())
    kinds = {name: _table(f"a {name}", keys) for name, keys in PARTS.items() if name != "tracker"}
    kinds["column"] = _table("a column", {**COLUMN, **word_keys()})
    kinds["conditions"] = {"type": "object", "description": "column -> rule words", "additionalProperties": words}
    whole = _table("A tracker of IB Trackers", TRACKER)
    needed = whole.pop("required")
    whole["properties"][EXTENDS] = {**TEXT, "description": "the built-in tracker that this file changes"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tracker file of IB Trackers",
        **whole,
        "anyOf": [{"required": [EXTENDS]}, {"required": needed}],
        "$defs": kinds,
    }


def _table(about: str, keys: Mapping[str, Key]) -> Schema:
    found: Schema = {
        "type": "object",
        "description": about,
        "additionalProperties": False,
        "properties": {name: {**key.schema, "description": key.about} for name, key in keys.items()},
    }
    required = [name for name, key in keys.items() if key.required]
    return {**found, "required": required} if required else found

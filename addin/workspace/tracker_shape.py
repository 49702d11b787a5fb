"""The shape of a tracker's TOML file, checked once before it is understood: a text where a text belongs, and so on.

What the words mean is checked in core/trackers/parse.py; an unknown word is its business, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addin.errors import TrackerProblem

Shape = Any
"""A type or types; [shape] for a list; {"*": shape} for tables by any name; {name: shape} for one table."""

TEXT = str
TEXTS = [str]
NAMES = (str, list)
COLUMN: Shape = {
    "header": TEXT,
    "type": TEXT,
    "several": bool,
    "about": TEXT,
    "aliases": TEXTS,
    "private": bool,
    "edited_by": TEXT,
    "width": (int, float),
    "folded": bool,
    "look_up": TEXT,
    "by": TEXT,
    "example": (str, int, float, bool),
    "warn": TEXTS,
    "pattern": TEXT,
    "exists_in": TEXT,
}
RULE: Shape = {
    "id": TEXT,
    "level": TEXT,
    "say": TEXT,
    "fix": TEXT,
    "column": NAMES,
    "when": dict,
    "then": dict,
    "where": dict,
    "over_where": dict,
    "unique": NAMES,
    "per": TEXT,
    "over": TEXT,
    "measure": TEXT,
    "of": NAMES,
    "use": TEXT,
    "between": list,
}
MEASURE: Shape = {"header": TEXT, "measure": TEXT, "of": NAMES, "where": dict, "needs": dict, "programmes": TEXTS}
VIEW: Shape = {"name": TEXT, "title": TEXT, "per": TEXT, "match": TEXT, "show": TEXTS, "columns": {"*": MEASURE}}
SETTING: Shape = {"about": TEXT, "source": TEXT}
EXAMPLE: Shape = {"name": TEXT, "rows": [dict], "trips": TEXTS, "given": {"*": [dict]}, "settings": dict}
TRACKER: Shape = {
    "extends": TEXT,
    "title": TEXT,
    "sheet": TEXT,
    "about": TEXT,
    "key": TEXTS,
    "aliases": TEXTS,
    "programmes": TEXTS,
    "starter": bool,
    "order": int,
    "columns": {"*": COLUMN},
    "rules": [RULE],
    "views": [VIEW],
    "settings": {"*": SETTING},
    "examples": [EXAMPLE],
}
WORDS = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list in [ ]",
    dict: "a table",
}


def check_tracker_shape(data: Mapping[str, Any], where: str) -> None:
    """Raise TrackerProblem where a value is not of the kind that its name wants."""
    _check(data, TRACKER, where, "")


def _check(value: Any, shape: Shape, where: str, path: str) -> None:
    if isinstance(shape, list):
        _is(value, (list,), where, path)
        for number, one in enumerate(value, 1):
            _check(one, shape[0], where, f"{path}[{number}]")
    elif isinstance(shape, dict):
        _is(value, (dict,), where, path)
        for name, one in value.items():
            wanted = shape.get("*", shape.get(name))
            if wanted is not None:
                _check(one, wanted, where, f"{path}.{name}" if path else name)
    else:
        _is(value, shape if isinstance(shape, tuple) else (shape,), where, path)
        if isinstance(value, list):
            _check(value, TEXTS, where, path)


def _is(value: Any, kinds: tuple[type, ...], where: str, path: str) -> None:
    right = isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds)
    if not right:
        wanted = " or ".join(WORDS[kind] for kind in kinds)
        raise TrackerProblem(f"{path or 'it'} is {str(value)[:40]!r}, and must be {wanted}.", where=where)

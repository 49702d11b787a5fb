"""A school's file that changes a built-in tracker: only what differs is written down.

    extends = "cas"
    [columns.title]
    header = "Titel"                    the old header stays an alias, so that old workbooks are still read
    [[rules]]
    id = "no-essay-supervisor"          a rule of this id is changed, any other is added
    level = "info"

Aliases are added to those there are; tables are merged; every other value takes the place of the built-in one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from addin.core.trackers.grammar import EXTENDS

_BY = {"rules": "id", "views": "name", "examples": "name"}
"""Lists of tables, and what identifies one in them."""
_ADDED = ("aliases",)


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a tracker with the changes of another."""
    made = _merged(base, {name: value for name, value in over.items() if name != EXTENDS})
    for name, column in over.get("columns", {}).items():
        before = base.get("columns", {}).get(name)
        if before is not None and "header" in column:
            old = before.get("header", name.replace("_", " ").capitalize())
            aliases = made["columns"][name].setdefault("aliases", [])
            made["columns"][name]["aliases"] = list(dict.fromkeys([*aliases, old]))
    return made


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(base)
    for name, value in over.items():
        before = base.get(name)
        if name in _ADDED and isinstance(value, list) and isinstance(before, list):
            made[name] = list(dict.fromkeys([*before, *value]))
        elif name in _BY and isinstance(value, list):
            made[name] = _merged_list(before or [], value, _BY[name])
        elif isinstance(value, dict) and isinstance(before, dict):
            made[name] = _merged(before, value)
        else:
            made[name] = value
    return made


def _merged_list(base: Sequence[Any], over: Sequence[Any], by: str) -> list[Any]:
    """The tables of both lists; one with the identity of another changes it."""
    made = {one.get(by): dict(one) for one in base}
    for place, one in enumerate(over):
        name = one.get(by, place) if isinstance(one, dict) else place
        made[name] = {**made.get(name, {}), **one} if isinstance(one, dict) else one
    return list(made.values())

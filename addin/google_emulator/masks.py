"""Field masks: `sheets(properties.title,data.rowData)` says which parts of an answer or a change are meant."""

from __future__ import annotations

import re
from typing import Any

from addin.google_emulator.answers import bad

Mask = dict[str, Any]
"""A tree of names; a leaf takes everything below it."""

_WORD = re.compile(r"[A-Za-z0-9_*-]+")
_TOKEN = re.compile(r"\s*([A-Za-z0-9_*-]+|[(),./])")


def parse(text: str) -> Mask:
    """The tree that a mask stands for."""
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise invalid(text)
        tokens.append(found[1])
        at = found.end()
    tree: Mask = {}
    rest = _group(tokens, tree, text)
    if rest:
        raise invalid(text)
    return tree


def invalid(text: str) -> Exception:
    return bad(f"Invalid field mask: {text}")  # unknown wording


def _group(tokens: list[str], tree: Mask, text: str) -> list[str]:
    """Read names separated by commas into the tree; give back what is left (from a closing bracket on)."""
    while tokens:
        tokens = _path(tokens, tree, text)
        if not tokens or tokens[0] != ",":
            return tokens
        tokens = tokens[1:]
    return tokens


def _path(tokens: list[str], tree: Mask, text: str) -> list[str]:
    node = tree
    while True:
        if not tokens or not _WORD.fullmatch(tokens[0]):
            raise invalid(text)
        node = node.setdefault(_camel(tokens[0]), {})
        tokens = tokens[1:]
        if tokens and tokens[0] in "./":
            tokens = tokens[1:]
            continue
        break
    if tokens and tokens[0] == "(":
        tokens = _group(tokens[1:], node, text)
        if not tokens or tokens[0] != ")":
            raise invalid(text)
        tokens = tokens[1:]
    return tokens


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def pick(value: Any, mask: Mask) -> Any:
    """The parts that the mask names. An object that loses everything stays as `{}` (REC update_tab_color #5)."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [pick(item, mask) for item in value]
    if isinstance(value, dict):
        return {key: pick(item, mask[key]) for key, item in value.items() if key in mask}
    return value


def merge(old: Any, new: Any, mask: Mask) -> Any:
    """`old` with the masked parts taken from `new`; a part that `new` lacks goes. Neither is changed."""
    if not mask or "*" in mask or not isinstance(new, dict | None):
        return new
    result = dict(old or {})
    for name, below in mask.items():
        value = merge(result.get(name), (new or {}).get(name), below)
        if value is None or (value == {} and below):
            result.pop(name, None)
        else:
            result[name] = value
    return result

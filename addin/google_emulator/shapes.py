"""A request's JSON held against the shapes in messages.py, as protobuf's JSON reader would.

`null` counts as absent (gspread sends it, REC add_protected_range_normal #4), `"7"` is taken where a number is meant,
`sheet_id` means `sheetId`; an unknown name or a wrong type is 400 in Google's words. An empty list is none, a list of
messages in a list is the same list, and no request is made of a `null` (pygsheets' and google-spreadsheet's own tests
against the service: basic filters, hidden rows, cells of which some have not changed).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from addin.google_emulator import messages
from addin.google_emulator.answers import Json, violations

Found = list[tuple[str, str]]
_ENUM_PACKAGE = "type.googleapis.com/google.apps.sheets.v4."


@cache
def fields_of(message: str) -> dict[str, str]:
    """The fields of one message: name -> type."""
    return _tables()[0][message]


@cache
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, frozenset[str]]]:
    shapes: dict[str, dict[str, str]] = {}
    for name, words in _entries(messages.MESSAGES):
        shapes[name] = dict(word.split(":", 1) for word in words)
    shapes["Request"] = {kind: kind[0].upper() + kind[1:] + "Request" for kind in messages.KINDS.split()}
    shapes["Request"].update(dict.fromkeys(messages.NOT_BUILT.split(), "object"))
    return shapes, {name: frozenset(words) for name, words in _entries(messages.ENUMS)}


def _entries(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.strip("\n").splitlines():
        if line.startswith(" "):
            found[-1][1].extend(line.split())
        else:
            found.append((line, []))
    return found


def read(payload: Any, message: str, at: str = "") -> Json:
    """The payload as the service understands it; 400 that lists everything that does not fit."""
    found: Found = []
    result = _message({} if payload is None else payload, message, at, found)
    if found:
        raise violations(found)
    return result or {}


def _message(value: Any, message: str, at: str, found: Found) -> Json | None:
    if not isinstance(value, dict):
        found.append((at, f"Invalid value at '{at}' ({_ENUM_PACKAGE}{message}), {_said(value)}"))
        return None
    shape, result = fields_of(message), {}
    for key, item in value.items():
        name = key if key in shape else re.sub(r"_([a-z])", lambda m: m[1].upper(), key)
        if name not in shape:
            place = f" at '{at}'" if at else ""
            text = f'Invalid JSON payload received. Unknown name "{key}"{place}: Cannot find field.'
            found.append((at, text))
        elif item is not None:
            read_value = _value(item, shape[name], f"{at}.{_snake(name)}" if at else _snake(name), found)
            if read_value is not None and (read_value != [] or shape[name] == "[[value]]"):
                result[name] = read_value
    return result


def _value(value: Any, kind: str, at: str, found: Found) -> Any:
    if kind.startswith("["):
        return _list(value, kind[1:-1], at, found)
    if kind.startswith("{"):
        return {key: _value(item, kind[1:-1], f"{at}.{key}", found) for key, item in value.items()}
    if kind in _SCALARS:
        return _SCALARS[kind](value, at, found)
    choices = _tables()[1].get(kind)
    if choices is None:
        return _message(value, kind, at, found)
    if isinstance(value, str) and value in choices:
        return value
    found.append((at, f"Invalid value at '{at}' ({_ENUM_PACKAGE}{kind}), {_said(value)}"))
    return None


def _list(value: Any, kind: str, at: str, found: Found) -> list[Any] | None:
    if kind == "[value]":
        return _rows(value, at, found)
    if not isinstance(value, list):
        value = [value]  # protobuf takes a single item for a list of one
    items = list(_flat(value))
    if kind == "Request":
        items = [item for item in items if item is not None]
    return [_value({} if item is None else item, kind, f"{at}[{i}]", found) for i, item in enumerate(items)]


def _flat(items: list[Any]) -> Iterator[Any]:
    for item in items:
        yield from _flat(item) if isinstance(item, list) else [item]


def _rows(value: Any, at: str, found: Found) -> list[Any] | None:
    """Rows of values: every row has to be a list; a cell that is a list or an object is refused where it is entered."""
    rows = value if isinstance(value, list) else [value]
    for i, row in enumerate(rows):
        if not isinstance(row, list):
            place = at if not isinstance(value, list) else f"{at}[{i}]"
            found.append(
                (place, f"Invalid value at '{place}' (type.googleapis.com/google.protobuf.ListValue), {_said(row)}")
            )
    return rows


def _int(value: Any, at: str, found: Found) -> int | None:
    try:
        number = float(value) if isinstance(value, str) and value.strip() else value
        if isinstance(number, int | float) and not isinstance(value, bool) and number == int(number):
            return int(number)
    except (ValueError, OverflowError):
        pass
    found.append((at, f"Invalid value at '{at}' (TYPE_INT32), {_said(value)}"))
    return None


def _number(value: Any, at: str, found: Found) -> float | int | None:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            pass
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    found.append((at, f"Invalid value at '{at}' (TYPE_DOUBLE), {_said(value)}"))
    return None


def _bool(value: Any, at: str, found: Found) -> bool | None:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    found.append((at, f"Invalid value at '{at}' (TYPE_BOOL), {_said(value)}"))
    return None


def _string(value: Any, at: str, found: Found) -> str | None:
    if isinstance(value, str):
        return value
    found.append((at, f"Invalid value at '{at}' (TYPE_STRING), {_said(value)}"))
    return None


def _as_it_is(value: Any, at: str, found: Found) -> Any:
    return value


_SCALARS = {
    "int": _int,
    "number": _number,
    "bool": _bool,
    "string": _string,
    "value": _as_it_is,
    "object": _as_it_is,
}


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: "_" + found[1].lower(), name)


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

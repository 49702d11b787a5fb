"""JSON: our own export, or a list of records under any names; each list becomes one sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.core.book import Grid, Value, trimmed
from addin.core.language import phrase
from addin.errors import Problem
from addin.files import parsed_json

SUFFIXES = [".json"]
NEXT = phrase("It must be a list of records, or lists of records by name.")


def read(path: Path) -> list[Grid]:
    """A grid for each list of records: its headers are the names in the records. Raises Problem."""
    try:
        data = parsed_json(path.read_bytes())
    except OSError as error:
        raise Problem(
            phrase("cannot be read: {strerror}.", strerror=error.strerror),
            where=str(path),
            next=phrase("Check the name."),
        ) from None
    except json.JSONDecodeError as error:
        raise Problem(phrase("is not JSON."), where=f"{path}, line {error.lineno}", next=NEXT) from None
    except ValueError:
        raise Problem(phrase("is not JSON."), where=str(path), next=NEXT) from None
    lists = data if isinstance(data, dict) else {path.stem: data}
    return [_grid(str(name), records, path) for name, records in lists.items()]


def _grid(name: str, records: Any, path: Path) -> Grid:
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Problem(phrase("holds no list of records under {name}.", name=f"{name!r}"), where=str(path), next=NEXT)
    headers = list(dict.fromkeys(header for record in records for header in record))
    return Grid(name, trimmed([[*headers], *(_row(headers, record) for record in records)]))


def _row(headers: Sequence[str], record: Mapping[str, Any]) -> list[Value]:
    return [_value(record.get(header)) for header in headers]


def _value(value: Any) -> Value:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, (str, bool, int, float)):
        return value
    return json.dumps(value, ensure_ascii=False)

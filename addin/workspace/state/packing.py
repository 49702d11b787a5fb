"""Tables and values as text that comes back exactly: types, order, zeros and the last digit of a number included.

A table is kept column by column, because most columns hold one kind of value and are then read back at the speed of C.
JSON knows None, True, numbers and text; every other value says what it is: {"date": "2026-03-01"}.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from addin.core.book import CellError, CellFormula, Value
from addin.core.sync import Row, Table

PLAIN = {type(None), bool, int, float, str}
MICROSECOND = timedelta(microseconds=1)
WRITE: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    date: ("date", date.isoformat),
    datetime: ("datetime", datetime.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("length", lambda length: length // MICROSECOND),
    CellError: ("error", str),
    CellFormula: ("formula", lambda formula: [formula.row, str(formula)]),
}
READ: Mapping[str, Callable[[Any], Value]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "length": lambda count: count * MICROSECOND,
    "error": CellError,
    "formula": lambda place: CellFormula(place[1], place[0]),
}


def pack_value(value: Value) -> str:
    """One cell as text."""
    return json.dumps(to_json(value))


def unpack_value(text: str) -> Value:
    """The cell that was packed."""
    return from_json(json.loads(text))


def pack_row(row: Row | None) -> str:
    """One row as text; None for no row."""
    return json.dumps(None if row is None else {column: to_json(value) for column, value in row.items()})


def unpack_row(text: str) -> dict[str, Value] | None:
    """The row that was packed."""
    row = json.loads(text)
    return None if row is None else {column: from_json(value) for column, value in row.items()}


def to_json(value: Value) -> Any:
    """Give a value as JSON knows it."""
    if type(value) in PLAIN:
        return value
    name, write = WRITE[type(value)]
    return {name: write(value)}


def from_json(word: Any) -> Value:
    """Give the value back from its JSON form."""
    if isinstance(word, dict):
        ((name, text),) = word.items()
        return READ[name](text)
    if type(word) not in PLAIN:
        raise ValueError("a cell holds what no cell can hold")
    plain: Value = word
    return plain


def pack_table(table: Table) -> bytes:
    """A whole table, small and quick to read; rows with the same columns are kept together."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for row, cells in table.items():
        kinds.setdefault(tuple(cells), []).append(row)
    groups = [
        {"columns": names, "rows": ids, "cells": [pack_column(line) for line in transposed(table[row] for row in ids)]}
        for names, ids in kinds.items()
    ]
    order = list(table) if len(groups) > 1 else None
    return zlib.compress(json.dumps({"groups": groups, "order": order}).encode(), level=1)


def unpack_table(data: bytes) -> dict[str, Row]:
    """The table that was packed, its rows and columns in the same order."""
    kept = json.loads(zlib.decompress(data))
    table: dict[str, Row] = {}
    for group in kept["groups"]:
        names, rows = group["columns"], group["rows"]
        lines: Iterable[tuple[Value, ...]] = zip(*map(unpack_column, group["cells"]), strict=True)
        lines = lines if names else [()] * len(rows)
        table.update(zip(rows, (dict(zip(names, line, strict=True)) for line in lines), strict=True))
    return {row: table[row] for row in kept["order"]} if kept["order"] else table


def transposed(rows: Iterable[Row]) -> Iterable[tuple[Value, ...]]:
    """Rows of the same columns as columns."""
    return zip(*(row.values() for row in rows), strict=True)


def pack_column(cells: tuple[Value, ...]) -> dict[str, Any]:
    """The values of one column, with the one kind they are of, or each with its own."""
    kinds = set(map(type, cells))
    if kinds <= PLAIN:
        return {"plain": cells}
    if len(kinds - {type(None)}) == 1:
        name, write = WRITE[(kinds - {type(None)}).pop()]
        return {name: [None if cell is None else write(cell) for cell in cells]}
    return {"mixed": [to_json(cell) for cell in cells]}


def unpack_column(column: Mapping[str, Any]) -> list[Value]:
    """The values of one column."""
    ((kind, cells),) = column.items()
    if kind == "plain":
        if not PLAIN.issuperset(map(type, cells)):
            raise ValueError("a cell holds what no cell can hold")
        return cast("list[Value]", cells)
    read = from_json if kind == "mixed" else READ[kind]
    return [None if cell is None else read(cell) for cell in cells]

"""The cells of a list's rows as what the target's columns hold: typed, in the spelling of the target, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.import_columns import Columns
from addin.core.recognition.import_values import Understanding
from addin.core.recognition.likeness import refers
from addin.core.tables.date_order import kind_of, orders
from addin.core.tables.equality import PRECISION, fold_code, loose_code
from addin.core.tables.layout import Layout, plain
from addin.core.tables.table import Table
from addin.core.tables.values import AS_TYPED, ReadIssue, is_number, read_date, read_number, show
from addin.core.trackers import Column, Tracker

Cell = tuple[Value, ReadIssue | None, Value]
"""The typed value, the issue with it, and what is in the source."""
Line = Mapping[str, Cell]
"""A row of the source: the target's column, or the header of an own one -> its cell."""


def cells_that_are_no_code(grid: Grid, layout: Layout, tracker: Tracker, rows: Sequence[int]) -> dict[int, str]:
    """Why a cell in the key of a row cannot be what was typed: a yes/no value, or a number that lost its digits."""
    found: dict[int, str] = {}
    for name in tracker.key:
        number = layout.columns.get(name)
        if number is None or tracker.columns[name].type != "text":
            continue
        header = tracker.columns[name].header
        for row in rows:
            cell = grid.value(row, number)
            if isinstance(cell, bool):
                found[row] = phrase(
                    "{header} holds the value {cell}, which is no code.", header=header, cell=show(cell)
                )
            elif is_number(cell) and abs(cell) >= 10**PRECISION:
                found[row] = phrase(
                    "{header} {cell} lost its last digits: a spreadsheet keeps {digits} of a number.",
                    header=header,
                    cell=show(cell),
                    digits=PRECISION,
                )
    return found


References = Mapping[str, tuple[frozenset[str], Mapping[str, str]]]
"""Column -> the codes of the tracker it refers to, and these by the form they have after they were numbers."""


def references_of(layout: Layout, tracker: Tracker, allowed: Callable[[str], Sequence[str]]) -> References:
    found = {}
    for name in layout.columns:
        if refers(tracker.columns[name]) and (codes := allowed(name)):
            found[name] = (frozenset(codes), {loose_code(code): code for code in codes})
    return found


def read_lines(
    taken: Table,
    columns: Columns,
    tracker: Tracker,
    table: Table,
    allowed: Callable[[str], Sequence[str]],
    understanding: Understanding,
) -> list[Line]:
    """The cells of each row by column."""
    found: dict[str, list[Cell]] = {}
    for name in columns.layout.columns:
        issues, column = taken.odd.get(name, {}), tracker.columns[name]
        values = taken.columns[name]
        raws = taken.raw(name) if issues else values
        if column.type == "choice" and not column.several:
            values = _as_spelt(values, allowed(name), plain)
        elif isinstance(column.words.get("exists_in"), str) and not column.several:
            values = _as_spelt(values, allowed(name), fold_code)
        if name in understanding.exact:
            values = list(map(understanding.exact[name], values))
        cells: list[Cell] = list(zip(values, map(issues.get, range(len(values))), raws, strict=True))
        ends = _read_again(cells, column, understanding) if issues else {}
        if name == "start" and ends and "end" in tracker.columns and "end" not in columns.layout.columns:
            found["end"] = [(ends.get(index), None, None) for index in range(len(cells))]
        found[name] = cells
    for header in columns.layout.extra:
        found[columns.own[header]] = _own_cells(taken.extra[header], table.extra[columns.own[header]])
    return [dict(zip(found, line, strict=True)) for line in zip(*found.values(), strict=True)]


def _read_again(cells: list[Cell], column: Column, understanding: Understanding) -> dict[int, Value]:
    """Read the cells that are no plain number or date as a person does; the last days of spans, by index."""
    order = orders(raw for _, _, raw in cells) if column.type == "date" else {}
    ends: dict[int, Value] = {}
    for index, (_, issue, raw) in enumerate(cells):
        if issue is None or issue.level != "error" or (isinstance(raw, str) and kind_of(raw)):
            continue
        read = understanding.again(column, raw, order)
        if read.value is not None:
            cells[index] = (read.value, None, raw)
            if end := read.more.get("end"):
                ends[index] = end
    return ends


def _as_spelt(values: Sequence[Value], allowed: Sequence[str], form: Callable[[str], str]) -> list[Value]:
    """The values in the spelling of the list that the column may hold, where they are the same in another writing."""
    spelt: dict[str, str] = {}
    for value in allowed:
        spelt.setdefault(form(value), value)
    spelt.pop("", None)
    known: dict[Value, Value] = {None: None, **{value: value for value in allowed}}
    for other in set(values) - known.keys():
        known[other] = spelt.get(form(show(other)), other)
    return [known[value] for value in values]


def _own_cells(raws: Sequence[Value], existing: Sequence[Value]) -> list[Cell]:
    """Cells of a person's own column, read like what is in it."""
    kinds = {type(value) for value in existing if value is not None}
    if kinds and kinds <= {int, float}:
        return [(*read_number(raw), raw) for raw in raws]
    if kinds == {date}:
        return [(*read_date(raw), raw) for raw in raws]
    return [(raw, None, raw) for raw in raws]


def written_value(value: Value, issue: ReadIssue | None) -> Value:
    """The value, or, where it could not be read, what is in the source: Validate then points it out."""
    new = issue.raw if issue and issue.level == "error" else value
    return None if is_blank(new) else new


def as_compared(table: Table, name: str) -> list[Value]:
    """What is in a column's cells; the number or time that a text means, however it is written."""
    values = table.raw(name)
    for index, issue in table.odd.get(name, {}).items():
        if issue.rule == AS_TYPED:
            values[index] = table.columns[name][index]
    return values


def is_same(old: Value, new: Value) -> bool:
    """Whether two cells say the same, in the same words or as numbers of different make."""
    return show(old) == show(new) or (is_number(old) and is_number(new) and old == new)


def is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())

"""Trackers, findings and a codebook as flat tables whose columns have one type each: for a school's data person.

A cell that cannot be read as its column's type is blank in the typed column; a column of text beside it, which is there
only where it is needed, has it as it was typed: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from addin.core.book import Value
from addin.core.checks.rules import FIELDS, check
from addin.core.names import FINDINGS
from addin.core.records import record
from addin.core.tables.values import show
from addin.core.trackers import Column
from addin.exporters.tables import Exported, exported
from addin.workspace.workbook import Workbook

AS_TYPED = "as typed"
WIDEST_INTEGER = 2**63 - 1
EXACT_FLOAT = 2**53
KINDS = ("text", "integer", "number", "date", "datetime", "time", "yes_no")
CODEBOOK = (
    ("Tracker", "text"), ("Column", "text"), ("Type", "text"), ("About", "text"), ("Private", "yes_no"),
    ("Required", "yes_no"), ("Values", "text"), ("Rows", "integer"), ("Filled", "integer"), ("Different", "integer"),
)  # fmt: skip


@record
class TypedColumn:
    """A column of one kind (see KINDS): every value is None or of the kind's Python type."""

    header: str
    kind: str
    values: Sequence[Value]
    about: str = ""


@record
class TypedTable:
    """A flat table; every header differs from the others by more than case."""

    name: str
    title: str
    columns: Sequence[TypedColumn]


def typed_tables(workbook: Workbook) -> list[TypedTable]:
    """All trackers, the findings of a check, and the codebook that explains the columns."""
    tables = [_tracker_table(workbook, name) for name in workbook.tables]
    return [*tables, _findings(workbook), _codebook(workbook, tables)]


def _tracker_table(workbook: Workbook, name: str) -> TypedTable:
    table = workbook.tables[name]
    columns = [column for one in exported(workbook, name) for column in _typed(one)]
    columns += [TypedColumn("Sheet", "text", list(table.sheets)), TypedColumn("Row", "integer", list(table.rows))]
    return TypedTable(name, workbook.trackers[name].title, _unique(columns))


def _typed(one: Exported) -> Iterator[TypedColumn]:
    """The column of one type, and the column of what was typed where that differs."""
    about = one.column.about if one.column else "A column of the school's own."
    values = one.typed if one.column and not one.column.calculated else one.values
    kind = _kind_of(one, values)
    kept = [_converted(value, kind) for value in values]
    yield TypedColumn(one.header, kind, kept, about)
    different = [None if _is_same(value, raw, kind) else show(raw) for value, raw in zip(kept, one.values, strict=True)]
    if any(text is not None for text in different):
        yield TypedColumn(
            f"{one.header} ({AS_TYPED})", "text", different, f"What cells of {one.header} hold that differs."
        )


def _kind_of(one: Exported, values: Sequence[Value]) -> str:
    """The kind of a tracker's column by its type, of an own one by what all of its cells are."""
    there = [value for value in values if value is not None]
    types = {type(value) for value in there}
    if one.column and not one.column.calculated:
        kind = one.column.type if one.column.type in KINDS else "text"
    else:
        kind = next((kind for kind, known in _OWN_KINDS.items() if types and types <= known), "text")
    if kind == "date" and datetime in types:
        kind = "datetime"
    if kind == "number" and not types - {int}:
        kind = "integer" if types else "number"
    if kind == "integer" and any(abs(value) > WIDEST_INTEGER for value in there if isinstance(value, int)):
        return "text"
    return kind


_OWN_KINDS: dict[str, set[type]] = {
    "yes_no": {bool},
    "integer": {int},
    "number": {int, float},
    "date": {date},
    "datetime": {date, datetime},
    "time": {time},
}


def _converted(value: Value, kind: str) -> Value:
    """The value as the kind's Python type; None where it is none."""
    if value is None:
        return None
    if kind == "text":
        return show(value)
    if kind == "number" and type(value) in (int, float):
        return float(value)  # type: ignore[arg-type]
    if kind == "datetime" and isinstance(value, date):
        return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if kind == "time" and isinstance(value, timedelta):
        return (datetime(2000, 1, 1) + value).time() if timedelta() <= value < timedelta(days=1) else None
    return value if type(value) is _PYTHON[kind] else None


_PYTHON: dict[str, type] = {
    "integer": int,
    "number": float,
    "date": date,
    "datetime": datetime,
    "time": time,
    "yes_no": bool,
}


def _is_same(value: Value, raw: Value, kind: str) -> bool:
    """Whether the typed value says all that the cell holds."""
    if raw is None or value is None:
        return raw is None or (isinstance(raw, str) and not raw.strip())
    if kind == "text":
        return show(raw) == value
    if kind == "number" and isinstance(raw, int) and not isinstance(raw, bool):
        return abs(raw) <= EXACT_FLOAT
    return show(raw) == show(value) or _converted(raw, kind) == value


def _findings(workbook: Workbook) -> TypedTable:
    found = check(workbook.present, workbook.tables, workbook.settings)
    columns = [
        TypedColumn(
            name.replace("_", " ").capitalize(),
            "integer" if name == "row" else "text",
            [_converted(getattr(one, name), "integer" if name == "row" else "text") for one in found],
        )
        for name in FIELDS
    ]
    return TypedTable("findings", FINDINGS, columns)


def _codebook(workbook: Workbook, tables: Sequence[TypedTable]) -> TypedTable:
    rows: list[list[Value]] = []
    for table in tables:
        by_header = {column.header: column for column in workbook.trackers[table.name].columns.values()}
        rows += [_described(table.name, column, by_header.get(column.header)) for column in table.columns]
    columns = [TypedColumn(head, kind, [row[i] for row in rows]) for i, (head, kind) in enumerate(CODEBOOK)]
    return TypedTable("codebook", "Codebook", columns)


def _described(table: str, column: TypedColumn, known: Column | None) -> list[Value]:
    """One line of the codebook."""
    filled = [value for value in column.values if value is not None]
    choices = known.words.get("one_of", "") if known else ""
    words = "; ".join(map(str, choices)) if isinstance(choices, (list, tuple)) else str(choices)
    needed = bool(known and known.words.get("required"))
    private = bool(known and known.private)
    numbers = [len(column.values), len(filled), len(set(filled))]
    return [table, column.header, column.kind, column.about, private, needed, words, *numbers]


def _unique(columns: Sequence[TypedColumn]) -> list[TypedColumn]:
    """The columns with headers that a database tells apart: not by case alone."""
    taken: set[str] = set()
    made = []
    for column in columns:
        name, number = column.header, 1
        while name.casefold() in taken:
            number += 1
            name = f"{column.header} {number}"
        taken.add(name.casefold())
        made.append(TypedColumn(name, column.kind, column.values, column.about))
    return made

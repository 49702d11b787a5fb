"""SQLite: one database with a table for each tracker, its findings and a codebook; dates and times as ISO text."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.book import Value
from addin.exporters.typed import TypedTable, typed_tables
from addin.files import private_bytes
from addin.workspace.workbook import Workbook

if TYPE_CHECKING:
    import sqlite3

TYPES = {
    "text": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "DATE", "datetime": "DATETIME", "time": "TIME",
    "yes_no": "BOOLEAN",
}  # fmt: skip


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is the file, or a folder in which `trackers.sqlite` is made."""
    import sqlite3
    from contextlib import closing

    path = out if out.suffix.lower() == ".sqlite" else out / "trackers.sqlite"
    with closing(sqlite3.connect(":memory:")) as database:
        for table in typed_tables(workbook):
            _add(database, table)
        database.commit()
        private_bytes(path, database.serialize())
    return [path]


def _add(database: sqlite3.Connection, table: TypedTable) -> None:
    columns = ", ".join(f"{_quoted(column.header)} {TYPES[column.kind]}" for column in table.columns)
    database.execute(f"CREATE TABLE {_quoted(table.name)} ({columns})")
    marks = ", ".join("?" * len(table.columns))
    rows = zip(*([_stored(value) for value in column.values] for column in table.columns), strict=True)
    database.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)


def _quoted(name: str) -> str:
    """A name as SQL writes it; no name holds the character that ends text for SQLite."""
    return '"' + name.replace("\0", " ").replace('"', '""') + '"'


def _stored(value: Value) -> Value:
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value

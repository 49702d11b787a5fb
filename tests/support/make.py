"""Short ways for tests to make trackers and tables from text and rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date

from addin.core.book import Grid, Value
from addin.core.checks.rules import Finding, check
from addin.core.settings import Settings
from addin.core.tables.layout import Layout
from addin.core.tables.table import Table, read_table
from addin.core.trackers import ID_HEADER, Tracker, parse
from addin.workspace.settings import load_lists

TODAY = date(2026, 11, 21)


def tracker(text: str, name: str = "things", sheet: str = "Things") -> Tracker:
    """A tracker from its TOML; title and sheet are filled in."""
    return parse(tomllib.loads(f'title = "{sheet}"\nsheet = "{sheet}"\n{text}'), name=name)


def table(of: Tracker, rows: Sequence[Mapping[str, Value]], ids: Sequence[str] | None = None) -> Table:
    """A table with these rows from row 2 on, read as from a sheet that has all the tracker's columns."""
    headers = [column.header for column in of.columns.values()]
    values: list[list[Value]] = [[*headers, ID_HEADER]]
    for number, row in enumerate(rows):
        values.append([*(row.get(name) for name in of.columns), ids[number] if ids else f"r{number:05d}"])
    columns = {name: number for number, name in enumerate(of.columns, 1)}
    layout = Layout(of.sheet, 1, columns, {}, len(headers) + 1)
    return read_table(of, {of.sheet: Grid(of.sheet, values)}, [layout])


def findings(
    of: Tracker,
    rows: Sequence[Mapping[str, Value]],
    *,
    given: Mapping[str, Table] | None = None,
    others: Mapping[str, Tracker] | None = None,
    settings: Settings | None = None,
) -> list[Finding]:
    """All findings of these rows."""
    settings = settings or Settings(today=TODAY, lists=load_lists())
    trackers = {**(others or {}), of.name: of}
    tables = {**(given or {}), of.name: table(of, rows)}
    return [f for f in check(trackers, tables, settings) if f.tracker == of.name]

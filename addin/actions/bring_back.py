"""Bring back rows that are gone.

They come from what we wrote since the workbook was saved, else from the saved file, else from the newest kept copy that
still has them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from addin.backends.backup import backups_of
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book, Edits, Value
from addin.core.language import phrase
from addin.core.records import field, record
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.errors import BookProblem, Problem
from addin.workspace.commit import commit
from addin.workspace.compare import row_edits
from addin.workspace.journal import entries
from addin.workspace.workbook import Workbook, read


@record
class BroughtBack:
    """Which rows were gone, the day and time of the copy that has them, and whether they are back."""

    rows: list[str] = field(default_factory=list)
    at: str = ""
    written: bool = False


def bring_back_book(book: Book, target: str, *, dry_run: bool = False) -> BroughtBack:
    """Put the rows back that an earlier state of an open workbook has and it lacks. Raises Problem."""
    workbook = read(book, target)
    path = Path(book.folder) / book.name if book.folder else None
    if path is None:
        raise Problem(
            phrase("This workbook was never saved, so no earlier state is known."), next=phrase("Press Ctrl+Z instead.")
        )
    edits, rows, at = _unsaved(workbook, path)
    if rows:
        done = BroughtBack(rows, at)
        done.written = not dry_run and commit(workbook, edits, verb="restore")
        return done
    for copy in [*([path] if path.is_file() else []), *reversed(backups_of(path))]:
        try:
            old = read(XlsxBook.open(copy), str(copy))
        except Problem:
            continue  # damaged, or no tracker in it
        edits, rows = _missing(old, workbook)
        if rows:
            at = time.strftime("%d %b %Y %H:%M", time.localtime(copy.stat().st_mtime))
            done = BroughtBack(rows, at)
            done.written = not dry_run and commit(workbook, edits, verb="restore")
            return done
    return BroughtBack()


def _unsaved(workbook: Workbook, path: Path) -> tuple[Edits, list[str], str]:
    """The edits that add missing rows which we wrote after the last save, what they are, and when they were written."""
    saved = path.stat().st_mtime if path.is_file() else 0.0
    at = {sheet: (name, table) for name, table in workbook.tables.items() for sheet in table.layouts}
    for entry in entries(path.parent, path.name):
        written = time.mktime(time.strptime(entry.at, "%Y-%m-%dT%H:%M:%S"))
        if written < int(saved):
            break
        edits, rows = Edits(), []
        for sheet, lines in entry.rows.items():
            if sheet in at:
                name, table = at[sheet]
                gone = [line for line in lines if _is_gone(line, table, sheet, workbook.trackers[name].key)]
                edits.rows |= {sheet: gone} if gone else {}
                rows += [
                    f"{sheet}: {' '.join(_said(line, table, sheet, workbook.trackers[name].key))}" for line in gone
                ]
        if rows:
            return edits, rows, time.strftime("%d %b %Y %H:%M", time.localtime(written))
    return Edits(), [], ""


def _is_gone(line: Mapping[int, Value], table: Table, sheet: str, key: tuple[str, ...]) -> bool:
    """Whether a row that we wrote is in the table no more, neither by its id nor by its key."""
    row_id = line.get(table.layouts[sheet].id_column or 0)
    mine = tuple(_of(line, table, sheet, name) for name in key)
    return bool(row_id) and row_id not in table.ids and any(mine) and mine not in _keys(table, key)


def _of(line: Mapping[int, Value], table: Table, sheet: str, column: str) -> str:
    value = line.get(table.layouts[sheet].columns.get(column, 0))
    return "" if value is None else show(value).strip()


def _said(line: Mapping[int, Value], table: Table, sheet: str, key: tuple[str, ...]) -> Iterable[str]:
    return filter(None, (_of(line, table, sheet, name) for name in (*key, "first_names", "last_name")))


def _missing(old: Workbook, now: Workbook) -> tuple[Edits, list[str]]:
    """The edits that add the rows which only the old state has, and what they are."""
    edits, rows = Edits(), []
    for name, table in old.tables.items():
        there = now.tables.get(name)
        if there is None:
            continue
        ids, keys = set(there.ids), set(_keys(there, old.trackers[name].key))
        for index, key in enumerate(_keys(table, old.trackers[name].key)):
            sheet = table.sheets[index]
            if table.ids[index] in ids - {""} or key in keys or not any(key) or sheet not in now.grids:
                continue
            layout = table.layouts[sheet]
            columns = [layout.columns[one] for one in old.trackers[name].key if one in layout.columns]
            try:
                one = row_edits(old.grids[sheet], table.rows[index], now.grids[sheet], columns)
            except BookProblem:
                continue
            for where, lines in one.rows.items():
                edits.rows.setdefault(where, []).extend(lines)
            edits.cells.update(one.cells)
            rows.append(f"{sheet}: {' '.join(filter(None, (*key, *_names(table, index))))}")
    return edits, rows


def _keys(table: Table, key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    columns: list[list[Value]] = [table.raw(name) for name in key if name in table.columns]
    for index in range(len(table)):
        yield tuple(show(column[index]).strip() if column[index] is not None else "" for column in columns)


def _names(table: Table, index: int) -> Iterator[str]:
    for name in ("first_names", "last_name"):
        if name in table.columns and table.columns[name][index]:
            yield show(table.columns[name][index])

"""Know a short list by what it says: its rows are in the workbook, or its keys are those that the workbook knows.

Headers alone must tell a lot before a sheet is taken for a tracker (`matching.py`). A list for a workbook that is there
has more to show: codes of its candidates, subjects of its lists, sessions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set

from addin.core.book import Grid
from addin.core.recognition.likeness import AGREES, below
from addin.core.recognition.matching import LEAST, HeaderCandidate, Match
from addin.core.recognition.row_match import fold_key
from addin.core.recognition.row_without_key import LEAST as LEAST_TOGETHER
from addin.core.recognition.row_without_key import other_keys
from addin.core.tables.equality import fold_code, loose_code
from addin.core.tables.layout import header_line, plain
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER, Column, Tracker

SAMPLE = 200
Allowed = Callable[[str], Sequence[str]]
"""The values that a column may hold: of a list, or of another tracker of the workbook; empty where any may."""


def is_known(grid: Grid, seen: HeaderCandidate, tracker: Tracker, table: Table, allowed: Allowed) -> bool:
    """Whether this sheet, under these headers, holds rows of the tracker: old ones, or new ones with known keys."""
    columns = {match.column: match for match in seen.matches if match.sure}
    if len(columns) < LEAST:
        return False
    return (
        _has_row_ids(grid, seen.row, table)
        or _lists_rows(grid, seen.row, columns, tracker, table)
        or _has_other_key(columns.keys(), tracker)
        or _has_known_keys(grid, seen.row, columns, tracker, allowed)
    )


def _has_other_key(columns: Set[str], tracker: Tracker) -> bool:
    """True where each row says who it is about without a code: names and birth date, or names and an address."""
    alone, together = other_keys(tracker)
    named = [one for one in together if columns >= {*one[:LEAST_TOGETHER]}]
    return any(columns >= {*one} or not columns.isdisjoint(alone) for one in named)


def _has_row_ids(grid: Grid, row: int, table: Table) -> bool:
    """True where half of the row ids, in a sample, are in the table."""
    number = next((n for n, cell in enumerate(header_line(grid, row), 1) if plain(cell) == plain(ID_HEADER)), 0)
    ids = [show(cell).strip() for cell in below(grid, row, number)] if number else []
    return 0 < len(ids) <= 2 * sum(one in table.ids for one in ids)


def _lists_rows(grid: Grid, row: int, columns: Mapping[str, Match], tracker: Tracker, table: Table) -> bool:
    """True where half of the keys, in a sample, are in the table."""
    if not all(name in columns for name in tracker.key):
        return False
    stored = {fold_key(key) for key in zip(*(map(show, table.raw(name)) for name in tracker.key), strict=True)}
    places = [columns[name].number - 1 for name in tracker.key]
    keys = [
        fold_key(tuple(show(line[place]) if place < len(line) else "" for place in places))
        for line in grid.values[row : row + SAMPLE]
        if line
    ]
    return 0 < len(keys) <= 2 * sum(key in stored for key in keys)


def _has_known_keys(grid: Grid, row: int, columns: Mapping[str, Match], tracker: Tracker, allowed: Allowed) -> bool:
    """True where at least two parts of the key, and the greater part, hold what the workbook knows, and none else."""
    there = [name for name in tracker.key if name in columns]
    if 2 * len(there) <= len(tracker.key):
        return False
    shares = [
        share
        for name in there
        if (share := _share(grid, row, columns[name].number, tracker.columns[name], allowed(name))) is not None
    ]
    return len(shares) >= 2 and min(shares) >= AGREES


def _share(grid: Grid, row: int, number: int, column: Column, values: Sequence[str]) -> float | None:
    """The part of the cells that are of the list or pattern; None where there is neither."""
    cells = [show(cell) for cell in below(grid, row, number)]
    pattern = column.words.get("pattern")
    if not cells or not (values or pattern):
        return None
    if values:
        known = {form(value) for value in values for form in (plain, fold_code, loose_code)} - {""}
        return sum(any(form(cell) in known for form in (plain, fold_code, loose_code)) for cell in cells) / len(cells)
    return sum(bool(re.fullmatch(str(pattern), cell.strip())) for cell in cells) / len(cells)

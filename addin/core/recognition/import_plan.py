"""What a list from elsewhere changes in a tracker: cells to fill or replace, rows to add, and what is left to a person.

Rows are matched by their row id, else by the tracker's key. Nothing is deleted, a blank cell empties nothing, and what
is not certain is listed with its reason, never guessed: double keys, codes that lost their zeros, cells that hold what
cannot be read, cells that a formula fills.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from addin.core.a1 import cell_name
from addin.core.book import CellError, Edits, Grid, Value
from addin.core.recognition.recognise import Understood
from addin.core.tables.row_ids import LENGTH, SIGNS, new_ids
from addin.core.tables.table import Table, plain
from addin.core.tables.values import READERS, ReadIssue, brief, is_number, read_date, read_number, show
from addin.core.trackers import ID_HEADER, Column, Tracker


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the target that gets another value."""

    sheet: str
    cell: str
    header: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row or a cell of the source that was not taken, and why."""

    sheet: str
    row: int
    why: str


@dataclass(slots=True)
class Intake:
    """What one sheet of the source amounts to for one tracker."""

    tracker: str
    source: str
    rows: int = 0
    changes: list[Change] = field(default_factory=list)
    changed_rows: int = 0
    added: list[str] = field(default_factory=list)
    """The key of each new row, in words."""
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Headers of the source for which the target has no column."""
    unsure: list[tuple[str, str]] = field(default_factory=list)
    """(header, column) where only likeness and content speak for it."""
    edits: Edits = field(default_factory=Edits)


Cell = tuple[Value, ReadIssue | None]
Line = Mapping[str, tuple[Value, ReadIssue | None, Value]]
"""A row of the source: column, or header of the person's own -> the typed value, what is odd, what stands there."""


def intake(
    found: Understood, source: Grid, tracker: Tracker, table: Table, grids: Mapping[str, Grid], *,
    allowed: Callable[[str], Sequence[str]], keep_ids: bool, random: Random,
) -> Intake:  # fmt: skip
    """The plan for one recognised sheet of a source. `allowed` gives the values that a column may hold."""
    result = Intake(tracker.name, source.sheet, unsure=[(m.header, m.column) for m in found.matches if not m.sure])
    planner = _Planner(result, tracker, table, grids, keep_ids, random)
    columns = _columns(found, source, tracker, table, result)
    id_column = _id_column(source, found.header_row)
    lines = list(_lines(source, found.header_row, columns, tracker, table, allowed, id_column))
    planner.run(lines)
    return result


def _columns(found: Understood, source: Grid, tracker: Tracker, table: Table, result: Intake) -> dict[int, str]:
    """Source column number -> the target's column it goes to; own columns of the person by their header."""
    there = {name for layout in table.layouts.values() for name in layout.columns}
    columns: dict[int, str] = {}
    for match in found.matches:
        if tracker.columns[match.column].calculated:
            continue
        if match.column in there:
            columns[match.number] = match.column
        else:
            result.left_out.append(match.header)
    own = {plain(header): header for header in table.extra}
    calculated = {plain(n) for c in tracker.columns.values() if c.calculated for n in (c.header, c.name, *c.aliases)}
    for unknown in found.unknown:
        header = own.get(plain(unknown.header))
        if header is not None and header not in columns.values():
            columns[unknown.number] = header
        elif plain(unknown.header) not in calculated:
            result.left_out.append(unknown.header)
    return columns


def _id_column(source: Grid, header_row: int) -> int:
    headers = source.values[header_row - 1]
    return next((number for number, value in enumerate(headers, 1) if plain(value) == plain(ID_HEADER)), 0)


def _lines(
    source: Grid, header_row: int, columns: Mapping[int, str], tracker: Tracker, table: Table,
    allowed: Callable[[str], Sequence[str]], id_column: int,
) -> Iterator[tuple[int, str, Line]]:  # fmt: skip
    """(row number, row id, line) of each row of the source that holds something."""
    rows = source.values[header_row:]
    names, cells = list(columns.values()), []
    for number, name in columns.items():
        read = _reader(tracker.columns.get(name), table.extra.get(name, ()), allowed, name)
        cells.append(_column(read, [row[number - 1] if len(row) >= number else None for row in rows]))
    ids = [show(row[id_column - 1]).strip() if 0 < id_column <= len(row) else "" for row in rows]
    for number, line in enumerate(zip(*cells, strict=True)):
        if any(not _blank(raw) for _, _, raw in line):
            yield header_row + 1 + number, ids[number], dict(zip(names, line, strict=True))


def _column(read: Callable[[Value], Cell], raws: Sequence[Value]) -> list[tuple[Value, ReadIssue | None, Value]]:
    """The cells of one column; a text that stands in it again and again is read once."""
    known: dict[str, tuple[Value, ReadIssue | None, Value]] = {}
    cells = []
    for raw in raws:
        if type(raw) is not str:  # an error of a formula is a text of its own kind
            cells.append((*read(raw), raw))
            continue
        cell = known.get(raw)
        if cell is None:
            known[raw] = cell = (*read(raw), raw)
        cells.append(cell)
    return cells


def _reader(
    column: Column | None, existing: Sequence[Value], allowed: Callable[[str], Sequence[str]], name: str
) -> Callable[[Value], Cell]:
    """How the cells of a source column become values: by the column's type, or like what stands in the person's own."""
    if column is None:
        kinds = {type(value) for value in existing if value is not None}
        if kinds and kinds <= {int, float}:
            return read_number
        return read_date if kinds == {date} else lambda value: (value, None)
    read = READERS[column.type]
    if column.type != "choice" or column.several:
        return read
    spelt = {plain(value): value for value in allowed(name)}

    def choose(raw: Value) -> Cell:
        value, odd = read(raw)
        return (spelt.get(plain(value), value) if value is not None else None), odd

    return choose


class _Planner:
    """Holds what every row needs: the target's rows by id and by key, and the result that grows."""

    def __init__(
        self, result: Intake, tracker: Tracker, table: Table, grids: Mapping[str, Grid], keep_ids: bool, random: Random
    ) -> None:
        self.result, self.tracker, self.table, self.grids = result, tracker, table, grids
        self.keep_ids, self.random = keep_ids, random
        self.raw = {name: table.raw(name) for name in tracker.columns} | dict(table.extra)
        parts = [[show(value).strip() for value in self.raw[name]] for name in tracker.key]
        self.keys = list(zip(*parts, strict=True)) if parts else [()] * len(table)
        self.by_key: dict[tuple[str, ...], list[int]] = {}
        for index, key in enumerate(self.keys):
            self.by_key.setdefault(key, []).append(index)
        self.by_id: dict[str, list[int]] = {}
        for index, row_id in enumerate(table.ids):
            self.by_id.setdefault(row_id, []).append(index)
        self.without_zeros = {tuple(part.lstrip("0") for part in key): key for key in self.by_key}
        self.new: list[tuple[str, Line]] = []

    def key(self, line: Line) -> tuple[str, ...]:
        """What makes a row the same row to a person, as words."""
        return tuple(show(line[name][0]).strip() if name in line else "" for name in self.tracker.key)

    def run(self, lines: Sequence[tuple[int, str, Line]]) -> None:
        self.result.rows = len(lines)
        all_keys = [self.key(line) for _, _, line in lines]
        keys, ids = Counter(all_keys), Counter(row_id for _, row_id, _ in lines)
        taken: set[int] = set()
        for (row, row_id, line), key in zip(lines, all_keys, strict=True):
            whole = all(key)
            if row_id and ids[row_id] > 1:
                self.doubt(row, f"the row id {row_id} stands more than once in the source.")
                continue
            if whole and keys[key] > 1 and row_id not in self.by_id:
                self.doubt(row, f"{' · '.join(key)} stands more than once in the source.")
                continue
            index, why = self.match(row_id, key, whole)
            if why:
                self.doubt(row, why)
            elif index is None:
                self.add(row, row_id, key, line)
            elif index in taken:
                self.doubt(row, "another row of the source is for the same row.")
            else:
                taken.add(index)
                self.update(row, index, line)
        self.place()

    def match(self, row_id: str, key: tuple[str, ...], whole: bool) -> tuple[int | None, str]:
        """The row of the target that a row of the source is about (None: a new one), or why nobody can tell."""
        same_key = self.by_key.get(key, []) if whole else []
        same_id = self.by_id.get(row_id, []) if row_id else []
        if len(same_id) > 1:
            return None, f"the row id {row_id} stands on several rows of {self.tracker.sheet}."
        if same_id:
            other = [] if same_id[0] in same_key else same_key
            if other:
                rows = f"{self.table.rows[same_id[0]]} and {self.table.rows[other[0]]}"
                return None, f"its row id and its {self.key_words()} are of two rows, {rows}."
            return same_id[0], ""
        if not whole:
            return None, f"it has no {self.key_words()}, so nobody can tell which row it is."
        if len(same_key) > 1:
            return None, f"{' · '.join(key)} stands more than once in {self.tracker.sheet}."
        if not same_key:
            like = self.without_zeros.get(tuple(part.lstrip("0") for part in key))
            if like:
                return None, f"{' · '.join(key)} may be {' · '.join(like)} that lost its zeros on the way."
        return (same_key[0] if same_key else None), ""

    def key_words(self) -> str:
        return " and ".join(self.tracker.columns[name].header for name in self.tracker.key)

    def doubt(self, row: int, why: str) -> None:
        self.result.doubts.append(Doubt(self.result.source, row, why))

    def header(self, name: str) -> str:
        return self.tracker.columns[name].header if name in self.tracker.columns else name

    def update(self, row: int, index: int, line: Line) -> None:
        """Replace the cells of one row that differ; filled cells stay where the source is blank."""
        before = len(self.result.changes)
        sheet, number = self.table.sheets[index], self.table.rows[index]
        layout = self.table.layouts[sheet]
        for name, (value, odd, raw) in line.items():
            old = self.raw[name][index]
            if old is raw or (value is not None and type(old) is type(value) and old == value):
                continue  # the usual case, in short
            place = layout.columns.get(name) or layout.extra.get(name)
            new = taken_value(value, odd)
            if new is None or place is None or same(old, new) or same(old, raw):
                continue
            if (number, place) in self.grids[sheet].formulas:
                self.doubt(row, f"{self.header(name)} is calculated in {sheet}!{cell_name(number, place)}: kept.")
            elif (odd and odd.level == "error" and not _blank(old)) or isinstance(new, CellError):
                self.doubt(row, f"{self.header(name)} says {brief(new)}, which cannot be read: {brief(old)} is kept.")
            else:
                self.result.changes.append(Change(sheet, cell_name(number, place), self.header(name), old, new))
                self.result.edits.cells[sheet, number, place] = new
        self.result.changed_rows += len(self.result.changes) > before

    def add(self, row: int, row_id: str, key: tuple[str, ...], line: Line) -> None:
        if len(self.table.layouts) > 1:
            sheets = " and ".join(self.table.layouts)
            self.doubt(
                row, f"{' · '.join(key)} is new, but {self.tracker.title} stands on {sheets}: enter it yourself."
            )
            return
        self.result.added.append(" · ".join(key))
        self.new.append((row_id, line))

    def place(self) -> None:
        """Put the new rows below the tracker's last, each with an id where the sheet has a column for it."""
        if not self.new:
            return
        (layout,) = self.table.layouts.values()
        used = {row_id for row_id in self.table.ids if row_id}
        kept = [row_id if self.keep_ids and _is_id(row_id) and row_id not in used else "" for row_id, _ in self.new]
        fresh = iter(new_ids([*used, *filter(None, kept)], kept.count(""), self.random))
        for (_, line), row_id in zip(self.new, kept, strict=True):
            cells: dict[int, Value] = {}
            for name, (value, odd, _) in line.items():
                place = layout.columns.get(name) or layout.extra.get(name)
                new = taken_value(value, odd)
                if place and new is not None and not isinstance(new, CellError):
                    cells[place] = new
            if layout.id_column and self.keep_ids:
                cells[layout.id_column] = row_id or next(fresh)
            self.result.edits.rows.setdefault(layout.sheet, []).append(cells)


def taken_value(value: Value, odd: ReadIssue | None) -> Value:
    """The value, or, where it could not be read, what stands in the source: Validate then points it out."""
    new = odd.raw if odd and odd.level == "error" else value
    return None if _blank(new) else new


def same(old: Value, new: Value) -> bool:
    """Whether two cells say the same, in the same words or as numbers of different make."""
    return show(old) == show(new) or (is_number(old) and is_number(new) and old == new)


def _blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_id(text: str) -> bool:
    return len(text) == LENGTH and all(sign in SIGNS for sign in text)

"""A tracker as it is shared: which of its columns, on which sheet, and where they stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from addin.core.records import replace
from addin.core.tables.layout import find, plain
from addin.core.trackers import ID_HEADER, Column, Conditions, Rule, Tracker
from addin.core.trackers.audience import is_shown
from addin.errors import BookProblem
from addin.templates.google.seen import Seen, SeenSheet
from addin.templates.plan import Place, table_name

ROWS = 1_000
"""Rows of a new sheet; a sync adds more where they are needed."""


@dataclass(frozen=True, slots=True)
class Share:
    """What is to be shared. `values` are those that drop-downs and filter views offer, by `tracker.column`."""

    tracker: Tracker
    sheet: str
    private: bool = False
    locked: bool = False
    """True where the sheet is only published: nobody types there."""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        return f"{self.tracker.name}/{self.sheet}"


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a share is once the requests are carried out."""

    share: Share
    tracker: Tracker
    """Only the shared columns, in the order of the sheet, and the rules that speak of these alone."""
    place: Place
    gid: int
    rows: int
    sheet: SeenSheet | None
    """The sheet as it is now; None where it has to be made."""
    fresh: frozenset[str]
    """Columns that have to be made."""

    @property
    def last_column(self) -> int:
        return max(*self.place.columns.values(), self.place.id_column)


def lay(share: Share, now: Seen, *, reuse: bool = False) -> Laid:
    """Where the share's columns are or are to be. Raises BookProblem where the sheet holds something else.

    With `reuse` the one empty sheet of a new spreadsheet is taken.
    """
    tracker = shared(share.tracker, private=share.private)
    sheet = now.by_title(share.sheet) or now.by_owner(share.owner) or (_only_empty(now) if reuse else None)
    header_row, columns = _found(share, tracker, sheet)
    end = max((len(line) for line in sheet.grid.values), default=0) if sheet else 0
    fresh = [name for name in (*tracker.columns, ID_HEADER) if name not in columns]
    columns |= {name: max(end, *columns.values(), 0) + at for at, name in enumerate(fresh, 1)}
    id_column = columns.pop(ID_HEADER)
    ordered = sorted(columns, key=columns.__getitem__)
    tracker = replace(tracker, columns={name: tracker.columns[name] for name in ordered})
    rows = max(sheet.rows if sheet else ROWS, header_row + 1)
    gid = sheet.gid if sheet else new_gid(share.sheet, now)
    place = Place(share.sheet, table_name(tracker.name), columns, id_column, 0, rows, header_row)
    return Laid(share, tracker, place, gid, rows, sheet, frozenset(fresh))


def _only_empty(now: Seen) -> SeenSheet | None:
    """The one empty sheet of a new spreadsheet: it is used, and not left behind."""
    return now.sheets[0] if len(now.sheets) == 1 and not now.sheets[0].grid.values else None


def _found(share: Share, tracker: Tracker, sheet: SeenSheet | None) -> tuple[int, dict[str, int]]:
    """The header row and the columns that are there: by their headers, else by the mark that we left on them."""
    if sheet is None:
        return 1, {}
    grid, known = sheet.grid, (*tracker.columns, ID_HEADER)
    layout = find(grid, tracker)
    columns = {name: number for name, number in layout.columns.items() if name in tracker.columns} if layout else {}
    if layout and layout.id_column:
        columns[ID_HEADER] = layout.id_column
    marked = {name: number for name, number in sheet.columns_of_ours.items() if name in known}
    if grid.values and not layout and not marked:
        raise BookProblem(
            "this sheet has other content.",
            where=f"sheet {share.sheet}",
            next="Name another sheet with --sheet, or give its columns the tracker's headers.",
        )
    taken = set(columns.values()) | (
        {*layout.columns.values(), *layout.extra.values()} - set(marked.values()) if layout else set()
    )
    columns |= {name: number for name, number in marked.items() if name not in columns and number not in taken}
    return (layout.header_row if layout else max(sheet.frozen, 1)), columns


def new_gid(title: str, now: Seen) -> int:
    """An id for a new sheet, the same each time, so that one batch can make and fill it."""
    gid = crc32(title.encode()) & 0x7FFFFFFF
    while any(sheet.gid == gid for sheet in now.sheets):
        gid = (gid + 1) & 0x7FFFFFFF
    return gid


def header_is_right(column: Column, text: object) -> bool:
    """The header or one of its other names: a school's own wording stays."""
    return bool(plain(text)) and plain(text) in {plain(name) for name in (column.header, *column.aliases)}


def shared(tracker: Tracker, *, private: bool) -> Tracker:
    """The tracker without the columns that are not for teachers, and without the words and rules that speak of them."""
    columns = {name: column for name, column in tracker.columns.items() if is_shown(column, private=private)}
    gone = tracker.columns.keys() - columns.keys()
    columns = {
        name: replace(column, words={w: limit for w, limit in column.words.items() if not _speaks_of(limit, gone)})
        for name, column in columns.items()
    }
    rules = tuple(rule for rule in tracker.rules if not _columns_of(rule) & gone)
    return replace(tracker, columns=columns, rules=rules, key=tuple(name for name in tracker.key if name in columns))


def _speaks_of(limit: Any, gone: set[str]) -> bool:
    return (limit.get("of") if isinstance(limit, Mapping) else limit) in gone if gone and _is_name(limit) else False


def _is_name(limit: Any) -> bool:
    return isinstance(limit, str | Mapping)


def _columns_of(rule: Rule) -> set[str]:
    return {*rule.unique, rule.column, *_named(rule.when), *_named(rule.then)}


def _named(conditions: Conditions) -> set[str]:
    limits = [limit for words in conditions.values() for limit in words.values()]
    return set(conditions) | {str(m["of"]) if isinstance(m, Mapping) else m for m in limits if _is_name(m)}

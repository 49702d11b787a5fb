"""Which column of a list goes to which column of a tracker: by name, never by likeness where text proves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from addin.core.a1 import letters
from addin.core.book import Grid
from addin.core.language import phrase
from addin.core.recognition.recognise import Understood
from addin.core.tables.equality import fold
from addin.core.tables.layout import Layout, header_line, headless_columns, layout_at, plain
from addin.core.tables.table import Table
from addin.core.tables.values import brief, show
from addin.core.trackers import Column, Tracker

SAMPLES, SEEN = 3, 50


@dataclass(frozen=True, slots=True)
class Placed:
    """A header of the source, its column number, and the header of the column it goes to ("" for none).

    `samples` are the first cells; `sure` is false where only likeness of the name and the cells speak for it.
    """

    header: str
    number: int
    column: str
    sure: bool = True
    samples: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the source's cells go: `layout` reads them, `own` maps its extra columns to the target's."""

    layout: Layout
    own: Mapping[str, str]
    placed: Sequence[Placed]


def place_columns(found: Understood, grid: Grid, tracker: Tracker, table: Table) -> Columns:
    """The columns of a recognised sheet that the target has; the others are placed nowhere."""
    there = {name for layout in table.layouts.values() for name in layout.columns}
    matches = [match for match in found.matches if match.sure or not is_free_text(tracker, match.column)]
    layout = layout_at(grid, found.header_row, {match.column: match.number for match in matches})
    taken = {name: n for name, n in layout.columns.items() if name in there and not tracker.columns[name].calculated}
    own = match_own(list(layout.extra), list(table.extra))
    sure = {match.column: match.sure for match in matches}
    line = header_line(grid, found.header_row)
    placed = []
    for name, number in sorted([*layout.columns.items(), *layout.extra.items()], key=lambda one: one[1]):
        header = show(line[number - 1])
        if name in layout.columns and layout.columns[name] == number:
            if not tracker.columns[name].calculated:
                column = tracker.columns[name].header if name in taken else ""
                placed.append(Placed(header, number, column, sure[name]))
        elif not _is_calculated(header, tracker):
            placed.append(Placed(header, number, own.get(name, "")))
    kept = {name: number for name, number in layout.extra.items() if name in own}
    return Columns(Layout(grid.sheet, layout.header_row, taken, kept, layout.id_column, None), own, placed)


def second_table(placed: Sequence[Placed], key: Sequence[int]) -> str:
    """Why a table beside the list was not read: the header of the key is there once more; "" where none does."""
    keys = {fold(one.header) for one in placed if one.number in key}
    again = next((one for one in placed if not one.column and fold(one.header) in keys), None)
    if again is None:
        return ""
    column = letters(again.number)
    return f"{again.header} is also in column {column}: the table there was not read. Put it on a sheet of its own."


def match_own(source: Sequence[str], target: Sequence[str]) -> dict[str, str]:
    """Headers of the source to headers of the person's own columns: letter by letter first, then as equal writings."""
    found = {header: header for header in source if header in target}
    free = {fold(header): header for header in reversed(target) if header not in found.values() and fold(header)}
    for header in source:
        if header not in found and (name := free.pop(fold(header), "")):
            found[header] = name
    return found


def is_free_text(tracker: Tracker, name: str) -> bool:
    """True for a key, or a column whose cells may hold any text: only its own name or an alias proves it."""
    column: Column = tracker.columns[name]
    if name in tracker.key:
        return True
    limited = any(word in column.words for word in ("one_of", "pattern", "exists_in"))
    return column.type in ("text", "link") and not limited


def _is_calculated(header: str, tracker: Tracker) -> bool:
    names = (n for c in tracker.columns.values() if c.calculated for n in (c.header, c.name, *c.aliases))
    return plain(header) in {plain(name) for name in names}


def with_headless(placed: Sequence[Placed], grid: Grid, layout: Layout, rows: Sequence[int]) -> list[Placed]:
    """The columns, and those without a header in which the list's rows hold something: they are placed nowhere."""
    if not layout.columns:
        return list(placed)
    nameless = headless_columns(grid, layout, rows)
    return [*placed, *(Placed(phrase("column {letters}", letters=letters(n)), n, "") for n in nameless)]


def with_samples(placed: Sequence[Placed], grid: Grid, rows: Sequence[int]) -> list[Placed]:
    """The columns with the first different cells of the list's rows."""
    return [replace(one, samples=_samples(grid, rows[:SEEN], one.number)) for one in placed]


def _samples(grid: Grid, rows: Sequence[int], number: int) -> list[str]:
    cells = (grid.shown.get((row, number)) or brief(grid.value(row, number), 24) for row in rows)
    return [text for text in dict.fromkeys(cells) if text][:SAMPLES]

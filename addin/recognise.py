"""Which tracker a coordinator's own sheet is: by its headers, their aliases and what stands below them.

A header that is the tracker's own or one of its aliases is taken; one that is nearly so is taken when its cells agree
with the column; everything else is listed with a suggestion, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from addin.cells import Grid, Value
from addin.errors import SettingsProblem
from addin.settings import FILE, Lists
from addin.table import HEADER_SEARCH, find, plain
from addin.trackers import ID_HEADER, Column, Tracker
from addin.values import READERS, SERIAL_READERS, show, split

SAMPLE = 200
"""How many cells of a column are looked at."""
AGREES = 0.8
"""The part of the cells that must agree with a column before a doubtful header is taken for it."""
LIKE = 0.82
"""How alike a header and a column's name must be to be thought of at all (difflib's ratio)."""
LEAST = 3
"""A sheet with fewer known headers is not taken for a tracker, unless it bears the tracker's name (then 2)."""


@dataclass(frozen=True, slots=True)
class Match:
    """A header that stands for a column; `sure` is False where only likeness and content speak for it."""

    header: str
    number: int
    column: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """A header that stands for no column of the tracker, and what it may be."""

    header: str
    number: int
    perhaps: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A sheet taken for a tracker."""

    sheet: str
    tracker: str
    header_row: int
    matches: Sequence[Match]
    unknown: Sequence[Unknown] = ()
    missing: Sequence[str] = ()
    """Columns that must be filled in and that the sheet does not have."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sheet that is left alone, and why."""

    sheet: str
    why: str


@dataclass(slots=True)
class _Try:
    row: int = 0
    matches: list[Match] = field(default_factory=list)
    named: bool = False

    @property
    def score(self) -> float:
        return sum(1.0 if match.sure else 0.5 for match in self.matches) + 2.0 * self.named

    @property
    def enough(self) -> bool:
        return len(self.matches) >= (2 if self.named else LEAST)


def recognise(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> Understood | NotUnderstood:
    """What one sheet is."""
    if not grid.values:
        return NotUnderstood(grid.sheet, "it is empty")
    tries = {name: _best_row(grid, tracker, lists) for name, tracker in trackers.items()}
    ranked = sorted((name for name in tries if tries[name].enough), key=lambda name: -tries[name].score)
    if not ranked:
        return NotUnderstood(grid.sheet, _closest(tries, trackers))
    best = tries[ranked[0]]
    if len(ranked) > 1 and tries[ranked[1]].score == best.score:
        titles = " or ".join(trackers[name].title for name in ranked[:2])
        return NotUnderstood(grid.sheet, f"it could be {titles}; name the sheet after the one it is")
    tracker = trackers[ranked[0]]
    taken = {match.column for match in best.matches}
    return Understood(
        grid.sheet,
        tracker.name,
        best.row,
        best.matches,
        _unknown(grid, tracker, best, lists),
        [c.header for c in tracker.columns.values() if c.words.get("required") and c.name not in taken],
    )


def as_told(
    grid: Grid, trackers: Mapping[str, Tracker], name: str, given: Mapping[str, Any]
) -> Understood | NotUnderstood:
    """A sheet as ib-trackers.toml describes it. Raises SettingsProblem where the file names what is not there."""
    tracker = trackers.get(name)
    if tracker is None:
        raise SettingsProblem(
            f"[layout.{name}] is for a tracker that does not exist.",
            where=FILE,
            next=f"There are: {', '.join(trackers)}.",
        )
    strange = [column for column in given.get("columns", {}).values() if column not in tracker.columns]
    if strange:
        raise SettingsProblem(
            f"[layout.{name}] names the column {strange[0]!r}, which the tracker does not have.",
            where=FILE,
            next=f"It has: {', '.join(tracker.columns)}.",
        )
    layout = find(grid, tracker, given)
    if layout is None:
        return NotUnderstood(grid.sheet, f"the headers that {FILE} names are no longer there")
    matches = [Match(show(grid.value(layout.header_row, n)), n, column) for column, n in layout.columns.items()]
    best = _Try(layout.header_row, sorted(matches, key=lambda match: match.number))
    return Understood(grid.sheet, name, layout.header_row, best.matches, _unknown(grid, tracker, best, {}), ())


def _closest(tries: Mapping[str, _Try], trackers: Mapping[str, Tracker]) -> str:
    near = max(tries, key=lambda name: len(tries[name].matches), default="")
    if not near or not tries[near].matches:
        return "none of its headers is known"
    known = ", ".join(match.header for match in tries[near].matches)
    return f"only {known} would fit {trackers[near].title}: too little to be sure"


def _best_row(grid: Grid, tracker: Tracker, lists: Lists) -> _Try:
    """The row whose cells are the most headers of this tracker."""
    called = {plain(name) for name in (tracker.sheet, tracker.title, *tracker.aliases)}
    named = any(name and re.search(rf"\b{re.escape(name)}\b", plain(grid.sheet)) for name in called)
    best = _Try(named=named)
    for row in range(1, min(HEADER_SEARCH, len(grid.values)) + 1):
        found = _Try(row, _matches(grid, row, tracker, lists), named)
        if found.score > best.score:
            best = found
    return best


def _matches(grid: Grid, row: int, tracker: Tracker, lists: Lists) -> list[Match]:
    headers = [(number, show(value)) for number, value in enumerate(grid.values[row - 1], 1) if isinstance(value, str)]
    if len(headers) < 2:
        return []
    names = _names(tracker)
    found: list[Match] = []
    for number, header in headers:
        columns = [name for name in names.get(plain(header), ()) if name not in {m.column for m in found}]
        if len(columns) == 1:
            found.append(Match(header, number, columns[0]))
    if len(found) < 2:
        return found  # too little to look closer: likeness alone makes no header row
    for number, header in headers:
        if all(number != match.number for match in found):
            column = _like(grid, row, number, header, tracker, lists, {match.column for match in found})
            if column:
                found.append(Match(header, number, column, sure=False))
    return sorted(found, key=lambda match: match.number)


def _names(tracker: Tracker) -> dict[str, list[str]]:
    """Every plain header and alias, with the columns it stands for; a column's own header wins over aliases."""
    own = {plain(column.header): [column.name] for column in tracker.columns.values()}
    names: dict[str, list[str]] = {}
    for column in tracker.columns.values():
        for alias in {plain(alias) for alias in (*column.aliases, column.name)}:
            names.setdefault(alias, []).append(column.name)
    return names | own


def _like(grid: Grid, row: int, number: int, header: str, tracker: Tracker, lists: Lists, taken: set[str]) -> str:
    """The one free column whose name is nearly this header and whose cells agree; "" where none or several are."""
    cells = _below(grid, row, number)
    near = [
        column.name
        for column in tracker.columns.values()
        if column.name not in taken
        and not column.calculated
        and _alike(header, column) >= LIKE
        and cells
        and agreement(cells, column, lists, serial=grid.serial_dates) >= AGREES
    ]
    return near[0] if len(near) == 1 else ""


def _alike(header: str, column: Column) -> float:
    return max(SequenceMatcher(None, plain(header), plain(n)).ratio() for n in (column.header, *column.aliases))


def _below(grid: Grid, row: int, number: int) -> list[Value]:
    """The filled cells below a header, a sample of them."""
    cells: list[Value] = []
    for line in grid.values[row:]:
        if len(line) >= number and line[number - 1] is not None:
            cells.append(line[number - 1])
            if len(cells) == SAMPLE:
                break
    return cells


def agreement(cells: Sequence[Value], column: Column, lists: Lists, *, serial: bool = False) -> float:
    """The part of these cells (0 to 1) that could stand in the column."""
    read = (SERIAL_READERS if serial else READERS)[column.type]
    allowed = _allowed(column, lists)
    pattern = column.words.get("pattern")
    good = 0
    for cell in cells:
        value, odd = read(cell)
        if odd and odd.level == "error":
            continue
        parts: Iterable[str] = split(value) if column.several else (show(value),)
        good += all(
            (not allowed or plain(part) in allowed) and (not pattern or bool(re.fullmatch(pattern, part)))
            for part in parts
        )
    return good / len(cells) if cells else 0.0


def _allowed(column: Column, lists: Lists) -> set[str]:
    limit = column.words.get("one_of") or column.words.get("exists_in") or ()
    if isinstance(limit, str):
        _, _, rest = limit.partition("lists.")
        name, _, of = rest.partition(".")
        limit = lists.get(name, {}).get(of, ())
    return {plain(value) for value in limit}


def _unknown(grid: Grid, tracker: Tracker, best: _Try, lists: Lists) -> list[Unknown]:
    """The headers that were not taken, each with the column it may be: by its cells, where these say something."""
    taken = {match.column for match in best.matches}
    numbers = {match.number for match in best.matches}
    found = []
    for number, value in enumerate(grid.values[best.row - 1], 1):
        if value is None or number in numbers or plain(value) == plain(ID_HEADER):
            continue
        cells = _below(grid, best.row, number)
        perhaps = [
            column.name
            for column in tracker.columns.values()
            if column.name not in taken and not column.calculated and _telling(column, lists) and cells
            and agreement(cells, column, lists, serial=grid.serial_dates) >= AGREES
        ]  # fmt: skip
        found.append(Unknown(show(value), number, perhaps[0] if len(perhaps) == 1 else ""))
    return found


def _telling(column: Column, lists: Lists) -> bool:
    """True where a column's cells can be told from any others: by a list or a pattern."""
    return bool(_allowed(column, lists)) or "pattern" in column.words

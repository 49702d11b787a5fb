"""Which tracker a coordinator's own sheet is: by its headers, their aliases and what stands below them.

A header that is the tracker's own or one of its aliases is taken; one that is nearly so is taken when its cells agree
with the column; everything else is listed with a suggestion, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from addin.cells import Grid, Value
from addin.errors import SettingsProblem
from addin.likeness import AGREES, LIKE, agreement, alike, allowed, below, names, plain_names, refers, telling, weights
from addin.settings import FILE, Lists
from addin.table import HEADER_SEARCH, find, header_line, plain
from addin.trackers import ID_HEADER, Tracker
from addin.values import show
from addin.wide import side_by_side

LEAST = 3
"""A sheet with fewer known headers is not taken for a tracker, unless it bears the tracker's name (then 2)."""
TELLING, TELLING_ALONE = 2.0, 4.5
"""What the headers of a sheet must tell (see likeness.weights): with at least half of the key there, and without."""
CLEAR = 0.25
"""By so much the best tracker must lead."""
WHOLE_NAMES = frozenset({"name", "names", "full name", "student", "student name", "candidate name", "pupil", "learner"})
"""Headers under which first and last names stand in one cell."""


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
    why: str = ""
    """Why it was not taken, where there is more to say."""


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
    named: int = 0
    tells: float = 0.0
    keyed: bool = False

    @property
    def score(self) -> float:
        return self.tells + 0.1 * len(self.matches) + 2.0 * self.named

    @property
    def enough(self) -> bool:
        if self.named:
            return len(self.matches) >= 2
        return len(self.matches) >= LEAST and self.tells >= (TELLING if self.keyed else TELLING_ALONE)


def recognise_all(
    grids: Mapping[str, Grid], trackers: Mapping[str, Tracker], lists: Lists
) -> list[Understood | NotUnderstood]:
    """What each sheet of a workbook is; columns that name rows of another sheet are held against that sheet."""
    found = [recognise(grid, trackers, lists) for grid in grids.values()]
    understood = [one for one in found if isinstance(one, Understood)]
    known: dict[str, set[str]] = {}
    for one in understood:
        for match in one.matches:
            values = below_all(grids[one.sheet], one.header_row, match.number)
            known.setdefault(f"{one.tracker}.{match.column}", set()).update(map(show, values))
    return [
        _without_strangers(one, grids[one.sheet], trackers, known) if isinstance(one, Understood) else one
        for one in found
    ]


def below_all(grid: Grid, row: int, number: int) -> list[Value]:
    """All filled cells below a header."""
    return [line[number - 1] for line in grid.values[row:] if len(line) >= number and line[number - 1] is not None]


def _without_strangers(
    one: Understood, grid: Grid, trackers: Mapping[str, Tracker], known: Mapping[str, set[str]]
) -> Understood:
    """A sheet without the matches that name rows of another sheet, yet none that is there: names, say, for codes."""
    matches, unknown = list(one.matches), list(one.unknown)
    for match in one.matches:
        column = trackers[one.tracker].columns[match.column]
        there = known.get(str(column.words.get("exists_in")), set()) if refers(column) else set()
        cells = [show(cell) for cell in below(grid, one.header_row, match.number)]
        if there and len(cells) >= LEAST and not there & set(cells):
            other, _, of = str(column.words["exists_in"]).partition(".")
            place = f"{trackers[other].columns[of].header} in {trackers[other].title}"
            matches.remove(match)
            why = f"it is called like {column.header}, but none of its cells is a {place}"
            unknown.append(Unknown(match.header, match.number, why=why))
    return replace(one, matches=matches, unknown=sorted(unknown, key=lambda other: other.number))


def recognise(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> Understood | NotUnderstood:
    """What one sheet is."""
    if not grid.values:
        return NotUnderstood(grid.sheet, "it is empty")
    weigh = weights(trackers)
    tries = {name: _best_row(grid, tracker, lists, weigh) for name, tracker in trackers.items()}
    ranked = sorted((name for name in tries if tries[name].enough), key=lambda name: -tries[name].score)
    best = max(tries.values(), key=lambda one: one.score)
    if _copied(grid, best):
        return NotUnderstood(grid.sheet, "its rows are formulas, which only show what stands elsewhere")
    if not ranked:
        return NotUnderstood(grid.sheet, _wide_sheet(grid, trackers, lists) or _closest(tries, trackers))
    best = tries[ranked[0]]
    if len(ranked) > 1 and best.score - tries[ranked[1]].score < CLEAR:
        titles = " or ".join(trackers[name].title for name in ranked[:2])
        return NotUnderstood(grid.sheet, f"it could be {titles}; name the sheet after the one it is")
    tracker = trackers[ranked[0]]
    taken = {match.column for match in best.matches}
    needed = [c for c in tracker.columns.values() if c.words.get("required") or c.name in tracker.key]
    return Understood(
        grid.sheet,
        tracker.name,
        best.row,
        best.matches,
        _unknown(grid, tracker, best, lists, trackers),
        [column.header for column in needed if column.name not in taken and not column.calculated],
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
    headers = header_line(grid, layout.header_row)
    matches = [Match(show(headers[n - 1]), n, column) for column, n in layout.columns.items()]
    best = _Try(layout.header_row, sorted(matches, key=lambda match: match.number))
    unknown = _unknown(grid, tracker, best, {}, trackers)
    return Understood(grid.sheet, name, layout.header_row, best.matches, unknown, ())


def _closest(tries: Mapping[str, _Try], trackers: Mapping[str, Tracker]) -> str:
    near = max(tries, key=lambda name: tries[name].score, default="")
    if not near or not tries[near].matches:
        return "none of its headers is known"
    known = ", ".join(match.header for match in tries[near].matches)
    tracker = trackers[near]
    return (
        f"only {known} would fit {tracker.title}: too little to be sure; "
        f"if it is one, call the sheet {tracker.sheet} and adopt again"
    )


def _wide_sheet(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> str:
    """Why a sheet with a column for each subject or group is none; "" where it has no such columns."""
    for row in range(1, min(HEADER_SEARCH, len(grid.values)) + 1):
        wide = side_by_side(grid, row, _headers(grid, row), trackers, lists)
        if wide:
            return wide.why
    return ""


def _copied(grid: Grid, best: _Try) -> bool:
    """True where nearly all cells below the headers are formulas: a sheet that gathers what stands on others."""
    columns = {match.number for match in best.matches}
    calculated = {place for place in grid.formulas if place[0] > best.row and place[1] in columns}
    typed = sum(len(below_all(grid, best.row, number)) for number in columns) if calculated else 0
    typed -= sum(grid.value(*place) is not None for place in calculated)
    return bool(calculated) and len(calculated) >= AGREES * (len(calculated) + typed)


def _best_row(grid: Grid, tracker: Tracker, lists: Lists, weigh: Mapping[str, float]) -> _Try:
    """The row whose cells are the most headers of this tracker."""
    called = {plain(name) for name in (tracker.sheet, tracker.title, *tracker.aliases)}
    sheet = plain(grid.sheet)
    named = any(name and re.search(rf"\b{re.escape(name)}\b", sheet) for name in called) + (sheet in called)
    known = names(tracker)
    best, most = 0, 0.0
    for row in range(1, min(HEADER_SEARCH, len(grid.values)) + 1):
        found = _exact(grid, row, tracker, lists, known)
        told = _tells(found, tracker, weigh) + 0.1 * len(found)
        if told > most:
            best, most = row, told
    matches = _with_like(grid, best, tracker, lists, _exact(grid, best, tracker, lists, known)) if best else []
    keyed = 2 * len({match.column for match in matches} & set(tracker.key)) >= len(tracker.key)
    return _Try(best, matches, named, _tells(matches, tracker, weigh), keyed)


def _tells(matches: Sequence[Match], tracker: Tracker, weigh: Mapping[str, float]) -> float:
    return sum(
        weigh.get(plain(match.header), 0.3) * (1.0 if match.sure else 0.5)
        for match in matches
        if not tracker.columns[match.column].calculated
    )


def _headers(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(number, value) for number, value in enumerate(header_line(grid, row), 1) if isinstance(value, str)]


def _exact(
    grid: Grid, row: int, tracker: Tracker, lists: Lists, known: Mapping[str, list[str]]
) -> list[Match]:  # fmt: skip
    """The headers in this row that are the tracker's own or aliases."""
    headers = [(number, header, name) for number, header in _headers(grid, row) if (name := plain(header)) in known]
    if not headers:
        return []
    own = {plain_names((column.header,))[0] for column in tracker.columns.values()}
    found: dict[str, Match] = {}
    # A column's own header goes before an alias, wherever it stands; the same header twice is taken once.
    for number, header, name in sorted(headers, key=lambda one: one[2] not in own):
        taken = {match.column for match in found.values()}
        columns = [column for column in known[name] if column not in taken]
        if len(columns) == 1 and name not in found:
            found[name] = Match(header, number, columns[0])
    return [match for match in found.values() if not _wrong_list(grid, row, match, tracker, lists)]


def _with_like(grid: Grid, row: int, tracker: Tracker, lists: Lists, found: list[Match]) -> list[Match]:
    """These matches, and the headers that are nearly a column's name above cells that agree; in order."""
    if len(found) >= 2:  # likeness alone makes no header row
        for number, header in _headers(grid, row):
            if all(number != match.number and plain(header) != plain(match.header) for match in found):
                column = _like(grid, row, number, header, tracker, lists, {match.column for match in found})
                if column:
                    found.append(Match(header, number, column, sure=False))
    return sorted(found, key=lambda match: match.number)


def _wrong_list(grid: Grid, row: int, match: Match, tracker: Tracker, lists: Lists) -> bool:
    """True for a mere alias above cells of which none is in the column's list: `Class` with 12A is no subject."""
    column = tracker.columns[match.column]
    if plain(match.header) in (plain(column.header), plain(column.name)) or not allowed(column, lists):
        return False
    cells = below(grid, row, match.number)
    return len(cells) >= LEAST and agreement(cells, column, lists) == 0


def _like(grid: Grid, row: int, number: int, header: str, tracker: Tracker, lists: Lists, taken: set[str]) -> str:
    """The one free column whose name is nearly this header and whose cells agree; "" where none or several are."""
    free = [c for c in tracker.columns.values() if c.name not in taken and not c.calculated]
    near = [column for column in free if alike(header, column) >= LIKE]
    cells = below(grid, row, number) if near else []
    good = [c.name for c in near if cells and agreement(cells, c, lists, serial=grid.serial_dates) >= AGREES]
    return good[0] if len(good) == 1 else ""


def _unknown(
    grid: Grid, tracker: Tracker, best: _Try, lists: Lists, trackers: Mapping[str, Tracker]
) -> list[Unknown]:  # fmt: skip
    """The headers that were not taken, each with the column it may be: by its cells, where these say something."""
    taken = {match.column for match in best.matches}
    numbers = {match.number for match in best.matches}
    line = list(enumerate(header_line(grid, best.row), 1))
    left = [(n, v) for n, v in line if v is not None and n not in numbers and plain(v) != plain(ID_HEADER)]
    wide = side_by_side(grid, best.row, [(n, v) for n, v in left if isinstance(v, str)], trackers, lists)
    found = []
    for number, value in left:
        if wide and number in wide.numbers:
            found.append(Unknown(show(value), number, why=wide.why))
            continue
        cells = below(grid, best.row, number)
        perhaps = [
            column.name
            for column in tracker.columns.values()
            if column.name not in taken and not column.calculated and telling(column, lists) and cells
            and agreement(cells, column, lists, serial=grid.serial_dates) >= AGREES
        ]  # fmt: skip
        why = _why(value, best, tracker, taken)
        found.append(Unknown(show(value), number, perhaps[0] if len(perhaps) == 1 and not why else "", why))
    return found


def _why(value: Value, best: _Try, tracker: Tracker, taken: Iterable[str]) -> str:
    """What keeps a header from being taken, where a person can mend it."""
    header = plain(value)
    if header in {plain(match.header) for match in best.matches}:
        return "another column has this header too"
    two = [tracker.columns.get(name) for name in ("last_name", "first_names")]
    free = [column.header for column in two if column and column.name not in taken and not column.calculated]
    if header in WHOLE_NAMES and len(free) == 2:
        return f"whole names in one cell; {tracker.title} has {free[0]} and {free[1]}: split it into two columns"
    columns = [name for name in names(tracker).get(header, ()) if name not in taken]
    if columns:
        column = tracker.columns[columns[0]]
        return f"it may be {column.header}, but its cells are not its values (ib-trackers trackers {tracker.name})"
    return ""

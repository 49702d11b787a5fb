"""Which tracker a coordinator's own sheet is: by its headers, their aliases and what is below them.

A header that is the tracker's own or one of its aliases is taken; one that is nearly so is taken when its cells agree
with the column; everything else is listed with a suggestion, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from addin.core.book import Grid, Value
from addin.core.language import any_of, phrase
from addin.core.recognition.categories import with_category
from addin.core.recognition.likeness import AGREES, agreement, below, names, refers, telling, weights
from addin.core.recognition.matching import LEAST, HeaderCandidate, Match, best_row, headers_in, is_result
from addin.core.recognition.wide import side_by_side
from addin.core.settings import FILE, Lists
from addin.core.tables.equality import without_zeros
from addin.core.tables.layout import HEADER_SEARCH, find, header_line, plain
from addin.core.tables.values import show
from addin.core.text import first_of
from addin.core.trackers import ID_HEADER, Column, Tracker
from addin.core.trackers.translate import in_cell
from addin.errors import SettingsProblem

__all__ = ["Added", "Match", "NotUnderstood", "Understood", "Unknown", "as_told", "recognise", "recognise_all"]

LONG = 3
"""Headers with fewer signs say nothing of a sheet by themselves: A below a date is `absent`."""
CLEAR = 0.25
"""By so much the best tracker must lead."""
FORMULAS = phrase("its rows are formulas, which only show other cells")
WHOLE_NAMES = frozenset({"name", "names", "full name", "student", "student name", "candidate name", "pupil", "learner"})
"""Headers under which first and last names are in one cell."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A header that stands for no column of the tracker, and what it may be."""

    header: str
    number: int
    perhaps: str = ""
    why: str = ""
    """Why it was not taken, where there is more to say."""


@dataclass(frozen=True, slots=True)
class Added:
    """A column that the sheet does not have and gets: one value for all its rows, which its title says, or a value
    for each row."""

    column: str
    header: str
    value: Value = None
    of_rows: Mapping[int, Value] = field(default_factory=dict)

    def in_row(self, row: int) -> Value:
        return self.of_rows.get(row, self.value)

    def in_words_of(self, column: Column) -> Added:
        """The same as a workbook has it whose language this column of the tracker is in."""
        of_rows = {row: in_cell(column, value) for row, value in self.of_rows.items()}
        return Added(self.column, column.header, in_cell(column, self.value), of_rows)


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
    added: Sequence[Added] = ()
    remarks: Sequence[str] = ()

    def with_column(self, name: str, number: int) -> Understood:
        """The same where the column of this number stands for this column of the tracker, and for no other."""
        header = next((match.header for match in self.matches if match.number == number), "")
        others = [match for match in self.matches if match.number != number and match.column != name]
        matches = sorted([*others, Match(header, number, name)], key=lambda one: one.number)
        return replace(self, matches=matches)

    def with_matches(self, matches: Sequence[Match]) -> Understood:
        """The same with these columns."""
        return replace(self, matches=matches)

    def with_added(self, column: Added) -> Understood:
        """The same with a column that it gets, and so lacks no longer."""
        missing = [header for header in self.missing if header != column.header]
        return replace(self, missing=missing, added=[*self.added, column])


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sheet that is left alone, and why."""

    sheet: str
    why: str


def recognise_all(
    grids: Mapping[str, Grid], trackers: Mapping[str, Tracker], lists: Lists
) -> list[Understood | NotUnderstood]:
    """What each sheet of a workbook is; columns that name rows of another sheet are held against that sheet."""
    return checked([recognise(grid, trackers, lists) for grid in grids.values()], grids, trackers)


def checked(
    found: Sequence[Understood | NotUnderstood], grids: Mapping[str, Grid], trackers: Mapping[str, Tracker]
) -> list[Understood | NotUnderstood]:
    """These sheets without the columns that name rows of another sheet, yet none that is there."""
    understood = [one for one in found if isinstance(one, Understood)]
    known: dict[str, set[str]] = {}
    asked = {str(c.words.get("exists_in")) for tracker in trackers.values() for c in tracker.columns.values()}
    for one in understood:
        for match in one.matches:
            if f"{one.tracker}.{match.column}" not in asked:
                continue
            values = seen_below(grids[one.sheet], one.header_row, match.number)
            known.setdefault(f"{one.tracker}.{match.column}", set()).update(values)
    return [
        _without_strangers(one, grids[one.sheet], trackers, known) if isinstance(one, Understood) else one
        for one in found
    ]


def below_all(grid: Grid, row: int, number: int) -> list[Value]:
    """All filled cells below a header."""
    return [line[number - 1] for line in grid.values[row:] if len(line) >= number and line[number - 1] is not None]


def seen_below(grid: Grid, row: int, number: int) -> list[str]:
    """The filled cells below a header as a person sees them: 12 in the format `0000` is 0012."""
    if not grid.shown:
        return [show(cell) for cell in below_all(grid, row, number)]
    lines = enumerate(grid.values[row:], row + 1)
    cells = ((n, line[number - 1]) for n, line in lines if len(line) >= number)
    return [grid.shown.get((n, number)) or show(cell) for n, cell in cells if cell is not None]


def _without_strangers(
    one: Understood, grid: Grid, trackers: Mapping[str, Tracker], known: Mapping[str, set[str]]
) -> Understood:
    """A sheet without the matches that name rows of another sheet, yet none that is there: names, say, for codes."""
    matches, unknown, remarks = list(one.matches), list(one.unknown), list(one.remarks)
    for match in one.matches:
        column = trackers[one.tracker].columns[match.column]
        there = known.get(str(column.words.get("exists_in")), set()) if refers(column) else set()
        if not there:
            continue
        cells = seen_below(grid, one.header_row, match.number)
        cut = without_zeros(set(cells) - there, there)
        if cut:
            codes = [f"{short} is {whole}" for short, whole in sorted(cut.items())]
            remarks.append(
                phrase("codes without their zeros: {codes}; Fix writes them whole", codes=first_of(codes, 3))
            )
        elif len(cells) >= LEAST and not there & set(cells):
            other, _, of = str(column.words["exists_in"]).partition(".")
            matches.remove(match)
            why = phrase(
                "it is called like {header}, but none of its cells is a {other} in {title}",
                header=phrase(column.header),
                other=phrase(trackers[other].columns[of].header),
                title=phrase(trackers[other].title),
            )
            unknown.append(Unknown(match.header, match.number, why=why))
    return replace(one, matches=matches, unknown=sorted(unknown, key=lambda other: other.number), remarks=remarks)


def recognise(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> Understood | NotUnderstood:
    """What one sheet is."""
    if not grid.values:
        return NotUnderstood(grid.sheet, phrase("it is empty"))
    weigh = weights(trackers)
    tries = {name: best_row(grid, tracker, lists, weigh) for name, tracker in trackers.items()}
    ranked = sorted((name for name in tries if tries[name].enough), key=lambda name: -tries[name].score)
    best = max(tries.values(), key=lambda one: one.score)
    if _copied(grid, best):
        return NotUnderstood(grid.sheet, FORMULAS)
    if not ranked:
        return NotUnderstood(grid.sheet, _wide_sheet(grid, trackers, lists) or _closest(tries, trackers))
    best = tries[ranked[0]]
    if len(ranked) > 1 and best.score - tries[ranked[1]].score < CLEAR:
        return NotUnderstood(grid.sheet, _could_be(trackers[ranked[0]], trackers[ranked[1]]))
    tracker = trackers[ranked[0]]
    best.matches = with_category(grid, best, tracker, lists)
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
            phrase("[layout.{name}] is for a tracker that does not exist.", name=name),
            where=FILE,
            next=phrase("There are: {trackers}.", trackers=", ".join(trackers)),
        )
    strange = [column for column in given.get("columns", {}).values() if column not in tracker.columns]
    if strange:
        raise SettingsProblem(
            phrase(
                "[layout.{name}] names the column {strange}, which the tracker does not have.",
                name=name,
                strange=f"{strange[0]!r}",
            ),
            where=FILE,
            next=phrase("It has: {columns}.", columns=", ".join(tracker.columns)),
        )
    layout = find(grid, tracker, given)
    if layout is None:
        return NotUnderstood(grid.sheet, phrase("the headers that {file} names are no longer there", file=FILE))
    headers = header_line(grid, layout.header_row)
    matches = [Match(show(headers[n - 1]), n, column) for column, n in layout.columns.items()]
    best = HeaderCandidate(layout.header_row, sorted(matches, key=lambda match: match.number))
    unknown = _unknown(grid, tracker, best, {}, trackers)
    return Understood(grid.sheet, name, layout.header_row, best.matches, unknown, ())


def _could_be(one: Tracker, other: Tracker) -> str:
    titles = any_of([phrase(one.title), phrase(other.title)])
    return phrase("it could be {titles}; rename the sheet to the right one", titles=titles)


def _closest(tries: Mapping[str, HeaderCandidate], trackers: Mapping[str, Tracker]) -> str:
    near = max(tries, key=lambda name: tries[name].score, default="")
    if not near or all(len(match.header) < LONG for match in tries[near].matches):
        return phrase("none of its headers is known")
    tracker = trackers[near]
    if tries[near].of_whom and "cas" in trackers:
        return _could_be(trackers["cas"], tracker)
    known = ", ".join(match.header for match in tries[near].matches)
    taken = {match.column for match in tries[near].matches}
    needed = [c for c in tracker.columns.values() if c.words.get("required") or c.name in tracker.key]
    missing = [phrase(column.header) for column in needed if column.name not in taken] or [
        phrase("more of its columns")
    ]
    return phrase(
        "only {known} would fit {title}: too little to be sure; it lacks {missing}",
        known=known,
        title=phrase(tracker.title),
        missing=missing[:4],
    )


def _wide_sheet(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> str:
    """Why a sheet with a column for each subject or group is none; "" where it has no such columns."""
    for row in range(1, min(HEADER_SEARCH, len(grid.values)) + 1):
        wide = side_by_side(grid, row, headers_in(grid, row), trackers, lists)
        if wide:
            return wide.why
    return ""


def _copied(grid: Grid, best: HeaderCandidate) -> bool:
    """True where nearly all cells below the headers are formulas: a sheet that gathers what is on others."""
    columns = {match.number for match in best.matches}
    calculated = {place for place in grid.formulas if place[0] > best.row and place[1] in columns}
    typed = sum(len(below_all(grid, best.row, number)) for number in columns) if calculated else 0
    typed -= sum(grid.value(*place) is not None for place in calculated)
    return bool(calculated) and len(calculated) >= AGREES * (len(calculated) + typed)


def _unknown(
    grid: Grid, tracker: Tracker, best: HeaderCandidate, lists: Lists, trackers: Mapping[str, Tracker]
) -> list[Unknown]:
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
            if column.name not in taken
            and not column.calculated
            and telling(column, lists)
            and cells
            and agreement(cells, column, lists, serial=grid.serial_dates) >= AGREES
        ]
        if is_result(grid, best.row, number):
            found.append(Unknown(show(value), number))
            continue
        called = [name for name in names(tracker).get(plain(value), ()) if name not in taken]
        if len(called) == 1 and _fits(cells, tracker.columns[called[0]], lists, grid):
            found.append(Unknown(show(value), number, called[0]))
            continue
        why = _why(value, best, tracker, taken)
        found.append(Unknown(show(value), number, perhaps[0] if len(perhaps) == 1 and not why else "", why))
    return found


def _fits(cells: Sequence[Value], column: Column, lists: Lists, grid: Grid) -> bool:
    """Whether cells could be in a column; in one of free text anything can."""
    return agreement(cells, column, lists, serial=grid.serial_dates) >= AGREES if cells else not column.calculated


def _why(value: Value, best: HeaderCandidate, tracker: Tracker, taken: Iterable[str]) -> str:
    """What keeps a header from being taken, where a person can mend it."""
    header = plain(value)
    if show(value).strip() in {match.header.strip() for match in best.matches}:
        return phrase("another column has this header too")
    two = [tracker.columns.get(name) for name in ("last_name", "first_names")]
    free = [column.header for column in two if column and column.name not in taken and not column.calculated]
    if header in WHOLE_NAMES and len(free) == 2:
        return phrase(
            "whole names in one cell; {title} has {last_name} and {first_names}: split it into two columns",
            title=phrase(tracker.title),
            last_name=phrase(free[0]),
            first_names=phrase(free[1]),
        )
    columns = [name for name in names(tracker).get(header, ()) if name not in taken]
    if columns:
        column = tracker.columns[columns[0]]
        return phrase("it may be {header}, but its cells do not fit that column", header=phrase(column.header))
    return ""

"""A target opened: the book, its settings, and the tables of the trackers that stand in it.

Which sheet holds which tracker is written down by `adopt` in ib-trackers.toml; without that, a sheet named as the
tracker (or one of its aliases) is looked at for the tracker's headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from addin.backends.open import open_book
from addin.core.book import Book, Grid
from addin.core.checks import marks
from addin.core.records import record, replace
from addin.core.settings import Lists, Settings
from addin.core.tables.table import Layout, Table, find, plain, read_table
from addin.core.trackers import Tracker
from addin.errors import BookProblem, Problem
from addin.workspace.home_settings import HOME_SHEET, told_on_home
from addin.workspace.settings import load, load_lists
from addin.workspace.tracker_files import TEMPLATES, Head, heads, load_named

LISTS_SHEET = "Lists"
CONFLICTS_SHEET = "Conflicts"
OWN_SHEETS = (HOME_SHEET, LISTS_SHEET, "Links", marks.SHEET, marks.OTHER_SHEET, CONFLICTS_SHEET)
"""Sheets that are the tool's own or its template's: never a tracker."""
_READ_ALWAYS = {name.casefold() for name in (HOME_SHEET, marks.SHEET, marks.OTHER_SHEET, LISTS_SHEET, CONFLICTS_SHEET)}


@record
class Workbook:
    """What a verb works on."""

    book: Book
    target: str
    folder: Path
    settings: Settings
    trackers: Mapping[str, Tracker]
    grids: Mapping[str, Grid]
    tables: Mapping[str, Table]
    remarks: Sequence[str] = ()
    """Sheets that look like a tracker's but could not be read as one: said, never passed over."""

    @property
    def present(self) -> dict[str, Tracker]:
        """The trackers whose tables stand in the book."""
        return {name: tracker for name, tracker in self.trackers.items() if name in self.tables}


@contextmanager
def opened(target: str, *, only: Sequence[str] = (), today: date | None = None) -> Iterator[Workbook]:
    """Open a target, read what the trackers need in one call, and close it again whatever happens."""
    book = open_book(target)
    try:
        yield read(book, target, only=only, today=today)
    finally:
        book.close()


def read(book: Book, target: str, *, only: Sequence[str] = (), today: date | None = None) -> Workbook:
    """A book that is already open as a Workbook; all trackers are read, so that references between them hold.

    Raises Problem where no tracker stands in it, or not the one asked for (`only`).
    """
    folder = folder_of(book, target)
    settings = load(folder, today=today or date.today(), book=file_name(book, target))
    known = heads(folder / "trackers")
    for name in only:
        if name not in known:
            raise Problem(f"There is no tracker {name!r}.", next=f"There are: {', '.join(known)}.")
    names = book.sheets()
    places = whose(known, names, settings)
    trackers = load_named([*places, *only, *(str(link.get("tracker")) for link in settings.links)], known)
    asked = {sheet for found in places.values() for sheet, _ in found}
    asked |= {name for name in names if name.casefold() in _READ_ALWAYS}
    grids = book.read([name for name in names if name in asked])
    if LISTS_SHEET in grids:
        settings = replace(settings, lists=with_lists(settings.lists, lists_of(grids[LISTS_SHEET])))
    on_home, remarks = told_on_home(grids.get(HOME_SHEET))
    settings = replace(settings, values={**settings.values, **on_home})
    tables = _tables(trackers, places, grids)
    if not any(name in tables for name in only or known):
        if tables and not any(name in places for name in only):
            raise BookProblem(
                f"no sheet of it is the tracker {' or '.join(known[name].title for name in only)}.",
                where=target,
                next=f"It holds: {', '.join(trackers[name].title for name in tables)}.",
            )
        raise _nothing(target, trackers, {name: places.get(name, []) for name in only or places}, grids, known, names)
    remarks += _left_out(trackers, places, tables)
    return Workbook(book, target, folder, settings, trackers, grids, tables, remarks)


def _left_out(trackers: Mapping[str, Tracker], places: Mapping[str, Found], tables: Mapping[str, Table]) -> list[str]:
    return [
        f"Sheet {sheet} is left out: the headers of the {trackers[name].title} tracker were not found. "
        "Give the columns their headers back, or run: ib-trackers adopt"
        for name, found in places.items()
        for sheet, _ in found
        if name not in tables or sheet not in tables[name].layouts
    ]


def folder_of(book: Book, target: str) -> Path:
    """Where the settings lie: beside a file, else in the folder of the open book, else in the current one."""
    if not target.startswith(("excel:", "gsheet:", "http://", "https://")):
        return Path(target).resolve().parent
    return Path(getattr(book, "folder", None) or Path.cwd())


def ours(grid: Grid) -> bool:
    """Whether a sheet is the tool's own or its template's: by its name, and what stands on it."""
    if grid.sheet in (marks.SHEET, marks.OTHER_SHEET):
        return marks.is_ours(grid)
    if grid.sheet == LISTS_SHEET:
        return not {*load_lists()}.isdisjoint(lists_of(grid))
    return grid.sheet in OWN_SHEETS


def file_name(book: Book, target: str) -> str:
    """The workbook's own name, as ib-trackers.toml has it; "" for a Google Sheet."""
    if target.startswith(("gsheet:", "http://", "https://")):
        return ""
    return str(getattr(getattr(book, "book", None), "name", "")) if target.startswith("excel:") else Path(target).name


Found = list[tuple[str, Mapping[str, Any]]]
"""Sheets of a tracker, each with what adopt wrote down about it (empty where it wrote nothing)."""


def whose(known: Mapping[str, Head], names: Sequence[str], settings: Settings) -> dict[str, Found]:
    """Which sheets belong to which tracker: as adopt wrote it down, else by name; a sheet belongs to one tracker only.

    A tracker's own sheet name goes before titles and aliases, a school's own tracker before a built-in one.
    """
    told = {given.get("sheet"): (name, given) for name, all_ in settings.layouts.items() for given in all_}
    places: dict[str, Found] = {}
    for sheet in names:
        if sheet in told and told[sheet][0] in known:
            tracker, given = told[sheet]
        else:
            ranked = [(rank, name) for name, head in reversed(list(known.items())) if (rank := _claim(head, sheet))]
            tracker, given = (min(ranked, key=lambda claim: claim[0])[1] if ranked else "", {})
        if tracker and (given or tracker not in settings.layouts):
            places.setdefault(tracker, []).append((sheet, given))
    return {name: places[name] for name in known if name in places}


def _claim(head: Head, sheet: str) -> int:
    """How good a tracker's claim to a sheet of this name is: 1 is best, 0 is none."""
    name = plain(sheet)
    own = head.path.parent != TEMPLATES
    if not own and name not in head.words:
        return 0  # without reading what the lines say
    claims = ({plain(head.sheet)}, {plain(head.title)}, {plain(alias) for alias in head.aliases})
    return next((2 * rank - own for rank, called in enumerate(claims, 1) if name in called), 0)


def _tables(
    trackers: Mapping[str, Tracker], places: Mapping[str, Found], grids: Mapping[str, Grid]
) -> dict[str, Table]:
    tables = {}
    for name, tracker in trackers.items():
        layouts = [find(grids[sheet], tracker, given) for sheet, given in places.get(name, ())]
        found: list[Layout] = [layout for layout in layouts if layout]
        if found:
            tables[name] = read_table(tracker, grids, found)
    return tables


def _nothing(
    target: str, trackers: Mapping[str, Tracker], places: Mapping[str, Found], grids: Mapping[str, Grid],
    known: Mapping[str, Head], names: Sequence[str],
) -> BookProblem:  # fmt: skip
    for name, found in places.items():
        for sheet, _ in found:
            tracker = trackers[name]
            there = {plain(value) for line in grids[sheet].values[:40] for value in line if isinstance(value, str)}
            missing = [tracker.columns[c].header for c in tracker.key if plain(tracker.columns[c].header) not in there]
            return BookProblem(
                f"the headers of the {tracker.title} tracker were not found"
                + (f" (no {', '.join(missing)})." if missing else "."),
                where=f"{target}, sheet {sheet}",
                next="Give the columns their headers back, or run: ib-trackers adopt",
            )
    sheets = ", ".join(known[name].sheet for name in (places or known))
    return BookProblem(
        f"none of its sheets ({', '.join(names)}) is a tracker; they are called {sheets}.",
        where=target,
        next="If these are your own sheets, run: ib-trackers adopt",
    )


def with_lists(known: Lists, own: Lists) -> Lists:
    """The lists with those of a workbook's Lists sheet; one that lacks a column is a person's own: left alone."""
    needed = {name: {*columns} - {"source", "checked"} for name, columns in known.items()}
    return {**known, **{name: columns for name, columns in own.items() if needed.get(name, set()) <= {*columns}}}


def lists_of(grid: Grid) -> Lists:
    """The lists of a Lists sheet: names in row 1, column headers in row 2, values below, side by side."""
    lists: dict[str, dict[str, list[str]]] = {}
    names = grid.values[0] if grid.values else []
    headers = grid.values[1] if len(grid.values) > 1 else []
    current = ""
    for number, header in enumerate(headers, 1):
        current = str(grid.value(1, number) or current) if number <= len(names) else current
        if header is None or not current:
            continue
        values = [grid.value(row, number) for row in range(3, len(grid.values) + 1)]
        lists.setdefault(current, {})[str(header)] = ["" if value is None else str(value) for value in values]
    return {name: _without_blank_rows(columns) for name, columns in lists.items()}


def _without_blank_rows(columns: Mapping[str, list[str]]) -> dict[str, list[str]]:
    kept = [i for i, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]
    return {name: [values[i] for i in kept] for name, values in columns.items()}

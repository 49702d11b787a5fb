"""The sentences about sheets that could not be read as a tracker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from addin.core import names
from addin.core.book import Book, Grid
from addin.core.language import any_of, phrase
from addin.core.regex import regex
from addin.core.settings import Settings
from addin.core.tables.data_rows import left_out
from addin.core.tables.layout import calculated_columns, find, plain, repeated_headers
from addin.core.tables.table import Table
from addin.core.text import counted, first_of
from addin.core.trackers import Tracker
from addin.errors import BookProblem
from addin.workspace.tracker_files import Head, load_named
from addin.workspace.tracker_sheets import Found
from addin.workspace.translation import in_its_language

HEADER_ROWS = 40
"""Rows at the top that are searched for headers."""
_COPY = regex(r"(.+?) ?\(\d+\)|(?:Copy of |Kopie von |Copie de |Copia de )(.+)", re.I)
MOST_ROWS = 5
"""Row numbers that a sentence lists."""


def sheets_left_out(
    trackers: Mapping[str, Tracker], sheets: Mapping[str, Found], tables: Mapping[str, Table]
) -> list[str]:
    """A sentence for each sheet that is named like a tracker but lacks its headers; a view of a tracker is none."""
    views = {plain(view.title) for tracker in trackers.values() for view in tracker.views}
    return [
        f"Sheet {sheet} is left out: the headers of the {trackers[name].title} tracker were not found. "
        "Give the columns their headers back, or run: ib-trackers adopt"
        for name, found in sheets.items()
        for sheet, _ in found
        if (name not in tables or sheet not in tables[name].layouts) and not (name in tables and plain(sheet) in views)
    ]


def rows_left_out(trackers: Mapping[str, Tracker], tables: Mapping[str, Table], grids: Mapping[str, Grid]) -> list[str]:
    """A sentence for each sheet on which rows hold something but are no entries: totals, notes, what is below a gap."""
    remarks = []
    for name, table in tables.items():
        for sheet, layout in table.layouts.items():
            rows = left_out(grids[sheet], layout, table.rows_on(sheet), calculated_columns(trackers[name], layout))
            if rows:
                numbers = first_of(rows, MOST_ROWS)
                remarks.append(
                    phrase(
                        "Sheet {sheet}: left out below the entries: {rows} ({numbers}). "
                        "If these are entries, move them up, directly below the others.",
                        sheet=sheet,
                        rows=counted(len(rows), "row"),
                        numbers=numbers,
                    )
                )
    return remarks


def columns_left_out(tables: Mapping[str, Table], grids: Mapping[str, Grid]) -> list[str]:
    """The columns that have the header of another one that is read."""
    layouts = [layout for table in tables.values() for layout in table.layouts.values()]
    found = [(one.sheet, header) for one in layouts for header in repeated_headers(grids[one.sheet], one)]
    return [about_repeated(header, sheet) for sheet, header in found]


def about_repeated(header: str, where: str) -> str:
    """What to say of a header that is there again."""
    sentence = "The column {header} is twice in {where}; only the first one counts. Rename the other."
    return phrase(sentence, header=header, where=where)


def copies_of_sheets(there: Sequence[str], tables: Mapping[str, Table]) -> list[str]:
    """A sentence for each sheet that a person copied from a tracker's sheet: its rows are not checked."""
    read = {sheet for table in tables.values() for sheet in table.layouts}
    found = [(sheet, match[1] or match[2]) for sheet in there if (match := _COPY.fullmatch(sheet))]
    return [
        f"Sheet {sheet} is a copy of {original} and is not checked. Put rows that count on {original}."
        for sheet, original in found
        if sheet not in read and original in read
    ]


def renamed_sheets(
    book: Book, grids: Mapping[str, Grid], known: Mapping[str, Head], sheets: Mapping[str, Found], settings: Settings
) -> list[str]:
    """A sentence for each tracker on Home whose sheet was renamed or deleted. Others are not read for it."""
    home = grids.get(names.HOME) or grids.get(settings.written.say(names.HOME))
    listed = _listed_on_home(home, settings) if home else set()
    missing = [name for name in known if name not in sheets] if listed else []
    lost = [name for name in missing if plain(settings.written.say(known[name].title)) in listed]
    if not lost:
        return []
    trackers = in_its_language(load_named(lost, known), settings)
    others = book.read([sheet for sheet in book.sheets() if sheet not in grids])
    found: dict[str, str] = {}
    for name in lost:
        for sheet, grid in others.items():
            layout = find(grid, trackers[name])
            if layout and layout.id_column and len(layout.columns) > len(trackers[name].columns) // 2:
                found.setdefault(name, sheet)
    return [
        f"Sheet {found[name]} has the columns of {trackers[name].title} and is not checked. "
        f"Name it {trackers[name].sheet} again, or run: ib-trackers adopt"
        if name in found
        else f"Sheet {trackers[name].sheet} is missing: Home lists it. "
        "Put it back (ib-trackers restore), or delete its line on Home."
        for name in lost
    ]


def _listed_on_home(home: Grid, settings: Settings) -> set[str]:
    """The titles below the heading "Tracker", up to the next blank line: deadlines may be called like a tracker."""
    lines = [[value for value in line if value not in (None, "")] for line in home.values]
    headings = (plain(names.HOME_TRACKER), plain(settings.written.say(names.HOME_TRACKER)))
    first = next((row for row, line in enumerate(lines, 1) if line and plain(line[0]) in headings), len(lines))
    return {plain(line[0]) for line in takewhile(bool, lines[first:])}


NO_TRACKER = "none of its sheets ({there}) is a tracker."
NO_TRACKER_OF = "none of its sheets ({there}) is a tracker; it would be called {called}."
NO_HEADERS = "the headers of the {title} tracker were not found."
NO_HEADERS_OF = "the headers of the {title} tracker were not found (no {missing})."


def no_tracker(
    target: str,
    only: Sequence[str],
    trackers: Mapping[str, Tracker],
    sheets: Mapping[str, Found],
    grids: Mapping[str, Grid],
    tables: Mapping[str, Table],
    known: Mapping[str, Head],
    there: Sequence[str],
) -> BookProblem:
    """The problem of a workbook without any tracker, or without the one that was asked for."""
    if tables and not any(name in sheets for name in only):
        return BookProblem(
            phrase(
                "no sheet of it is the tracker {titles}.", titles=any_of([phrase(known[name].title) for name in only])
            ),
            where=target,
            next=phrase("It holds: {titles}.", titles=[phrase(trackers[name].title) for name in tables]),
        )
    wanted = {name: sheets.get(name, []) for name in only or sheets}
    for name, found in wanted.items():
        for sheet, _ in found:
            return _no_headers(target, trackers[name], grids[sheet])
    called = ", ".join(known[name].sheet for name in wanted)
    return BookProblem(
        phrase(NO_TRACKER_OF if called else NO_TRACKER, there=", ".join(there), called=called),
        where=target,
        next=phrase("If these are your own sheets, run: {command}", command="ib-trackers adopt"),
    )


def _no_headers(target: str, tracker: Tracker, grid: Grid) -> BookProblem:
    there = {plain(value) for line in grid.values[:HEADER_ROWS] for value in line if isinstance(value, str)}
    headers = [tracker.columns[name].header for name in tracker.key]
    missing = [header for header in headers if plain(header) not in there]
    return BookProblem(
        phrase(NO_HEADERS_OF if missing else NO_HEADERS, title=phrase(tracker.title), missing=", ".join(missing)),
        where=f"{target}, sheet {grid.sheet}",
        next=phrase("Give the columns their headers back, or run: {command}", command="ib-trackers adopt"),
    )

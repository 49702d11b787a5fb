"""What the words around a list say of all its rows, where a tracker must know it and the list has no column for it.

`Personal Project 2026` is about the personal project; `MYP unit planners` are planners of the MYP.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from addin.core.book import Grid
from addin.core.language import phrase
from addin.core.recognition.reading import SheetReading
from addin.core.recognition.recognise import Added
from addin.core.recognition.regions import texts_above
from addin.core.recognition.survey import Surveyed
from addin.core.settings import Lists
from addin.core.tables.choices import choices_of
from addin.core.tables.layout import header_line, plain
from addin.core.trackers import ID_HEADER, Tracker
from addin.core.trackers.translate import in_cell


def said_of_all(text: str, tracker: Tracker, known: Collection[str], lists: Lists) -> dict[str, str]:
    """Column -> the one of its values that a text says, of the columns that must be filled in and are not `known`."""
    words = f" {plain(text)} "
    found: dict[str, str] = {}
    for column in tracker.columns.values():
        if not column.words.get("required") or column.type != "choice" or column.name in known:
            continue
        choices = choices_of(column, lists)
        names = {one: {plain(one), plain(str(in_cell(column, one)))} for one in (choices.allowed if choices else ())}
        said = [one for one in names if any(_says(words, name) for name in names[one])]
        if len(said) == 1:
            found[column.name] = said[0]
    return found


def _says(words: str, name: str) -> bool:
    """Whether words say a name, in the singular or the plural; a letter such as D says nothing."""
    ending = "(?:e?s|e?n)?" if len(name) > 3 else ""
    return len(name) > 1 and bool(re.search(rf"\b{re.escape(name)}{ending}\b", words))


def add_said(
    surveyed: Mapping[str, Surveyed],
    grids: Mapping[str, Grid],
    trackers: Mapping[str, Tracker],
    lists: Lists,
    reports: Mapping[str, SheetReading],
) -> None:
    """Give each list that is adopted as it stands the columns that its title fills in."""
    for name, report in reports.items():
        found = report.understood
        if report.way != "place" or found is None:
            continue
        tracker, grid = trackers[found.tracker], grids[name]
        headers = set(map(plain, header_line(grid, found.header_row)))
        if plain(ID_HEADER) in headers:
            continue
        known = {match.column for match in found.matches} | {added.column for added in found.added}
        for column, value in said_of_all(" ".join(_texts(surveyed[name], name)), tracker, known, lists).items():
            header = tracker.columns[column].header
            if plain(header) in headers:
                continue
            shown = in_cell(tracker.columns[column], value)
            found = found.with_added(Added(column, header, shown))
            report.remarks.append(
                phrase("a new column {header} holds {answer} in each row", header=phrase(header), answer=str(shown))
            )
        report.understood = found


def _texts(one: Surveyed, sheet: str) -> Iterator[str]:
    """The name of a sheet and the titles on it."""
    yield sheet
    for part in one.parts:
        yield from texts_above(part.region)

"""Where everything is in a new workbook, and how a formula speaks of it.

Formulas name whole columns (`CAS!$B:$B`): they see rows that are added below a table in any program, Excel, LibreOffice
and Google alike, while structured references grow in Excel only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from addin.core import names
from addin.core.a1 import free_sheet_name, letters, quoted, sheet_name
from addin.core.ib.deadlines import in_words
from addin.core.language import Language
from addin.core.records import replace
from addin.core.settings import Lists, Settings
from addin.core.tables.values import is_number
from addin.core.trackers import Column, Tracker
from addin.templates import Rows

HOME, DEADLINES, FINDINGS, LISTS = names.HOME, names.DEADLINES, names.FINDINGS, names.LISTS
REGISTER = names.REGISTER
CALCULATIONS, SETTINGS, VIEWS = names.CALCULATIONS, names.SETTINGS, names.VIEWS
NOTHING_TYPED = "Updates by itself."
"""How the second row of a sheet ends that only calculates."""
HEADER_ROW = 4
"""Title, what the tracker is for, and the buttons are above; the reader looks through the first 40 rows."""
FIRST_ROW = HEADER_ROW + 1
LISTS_FIRST = 3
"""The first row of values on the Lists sheet, below the list's name and the column headers."""
PREPARED = 2_000
"""Rows below the last filled one that have drop-downs and formats: only Excel gives them to new rows by itself."""
LONGEST_LIST = 20_000
"""Rows of another tracker that a drop-down offers at most."""
COUNTED = 10_000
"""Rows of a tracker that views count at least; twice the rows that there are, where that is more."""
MOST_COMPARED = 10_000
"""Rows in which duplicates are marked while typing; comparing each row with all above took LibreOffice minutes on
saving 50,000 of them, since it works out every mark for the filter arrows. Validate finds duplicates in any number."""
LINES = 400
"""Lines of a view, where there are not more rows to show."""


_OURS = (HOME, REGISTER, SETTINGS, VIEWS, DEADLINES, FINDINGS, LISTS, CALCULATIONS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tracker is: its sheet, its table, the number of each column, the last prepared row."""

    sheet: str
    table: str
    columns: Mapping[str, int]
    id_column: int
    rows: int
    last: int
    header_row: int = HEADER_ROW

    @property
    def first_row(self) -> int:
        return self.header_row + 1

    def whole(self, column: str) -> str:
        """The whole column: `CAS!$B:$B`."""
        letter = letters(self.columns[column])
        return f"{quoted(self.sheet)}!${letter}:${letter}"

    def below(self, column: str, last: int = 0) -> str:
        """The column from the first row on: `CAS!$B$5:$B$2004`."""
        return f"{quoted(self.sheet)}!{self.here(column, last)}"

    @property
    def counted_rows(self) -> int:
        """The last row that views look at: far more than there are, since whole columns take LibreOffice minutes."""
        return self.header_row + max(COUNTED, 2 * self.rows)

    def here(self, column: str, last: int = 0) -> str:
        """As `below`, for formulas on the sheet itself."""
        letter = letters(self.columns[column])
        return f"${letter}${self.first_row}:${letter}${last or self.last}"

    def cell(self, column: str) -> str:
        """The column's cell in the first row, to be moved down: `$B5`."""
        return f"${letters(self.columns[column])}{self.first_row}"

    def header(self, column: str) -> str:
        """The header's own cell: `CAS!$B$4`."""
        return f"{quoted(self.sheet)}!${letters(self.columns[column])}${self.header_row}"


@dataclass(frozen=True, slots=True)
class Source:
    """A column that a view is about or shows, of a tracker or of a list."""

    whole: str
    header_cell: str
    rows: int
    sheet: str
    column: Column


@dataclass(frozen=True, slots=True)
class Plan:
    """The workbook that is to be built."""

    trackers: Mapping[str, Tracker]
    settings: Settings
    places: Mapping[str, Place]
    views: Mapping[tuple[str, str], str]
    """(tracker, view) -> sheet."""
    lists: Mapping[str, Mapping[str, str]]
    """list -> column -> its letters on the Lists sheet."""
    live: frozenset[str] = frozenset()
    """Settings that formulas take from the Settings sheet, each behind a defined name."""

    def is_compared(self, tracker: Tracker) -> bool:
        """Whether duplicates in the tracker are marked while typing."""
        return self.places[tracker.name].rows <= MOST_COMPARED

    def joined(self, tracker: Tracker) -> list[tuple[str, ...]]:
        """The columns that the hidden sheet joins, so that duplicates are found."""
        return joined_columns(tracker) if self.is_compared(tracker) else []

    @property
    def language(self) -> Language:
        """The language that the workbook is made in."""
        return self.settings.written

    def say(self, sentence: str, /, **values: Any) -> str:
        """A sentence in the workbook's language."""
        return self.language.say(sentence, **values)

    def quote(self, sentence: str, /, **values: Any) -> str:
        """A sentence in the workbook's language, as a formula writes it."""
        return text(self.say(sentence, **values))

    def called(self, name: str) -> str:
        """One of our own sheets, or words of its links, in the workbook's language; a tracker's sheet as it is."""
        return name if any(name == tracker.sheet for tracker in self.trackers.values()) else self.say(name)

    def sheet(self, name: str) -> str:
        """One of our own sheets, as a formula names it."""
        return quoted(self.say(name))

    def source(self, reference: str) -> Source:
        """Where the values of `tracker.column` or `lists.list.column` are."""
        kind, _, rest = reference.partition(".")
        if kind != "lists":
            place, column = self.places[kind], self.trackers[kind].columns[rest]
            return Source(place.whole(rest), place.header(rest), place.rows, place.sheet, column)
        which, _, name = rest.partition(".")
        letter, values = self.lists[which][name], self.settings.lists[which][name]
        wide = min(max(map(len, (*values, name))) + 3, 40)
        column = Column(name, self.say(name.replace("_", " ").capitalize()), width=wide)
        return Source(f"{LISTS}!${letter}:${letter}", f"{LISTS}!${letter}$2", len(values), LISTS, column)

    def has(self, reference: str) -> bool:
        """Whether the column is in this workbook."""
        return self.name(reference) is not None

    def name(self, reference: str) -> str | None:
        """The defined name behind `tracker.column` or `lists.list.column`; None where it is not in this workbook."""
        kind, _, rest = reference.partition(".")
        if kind == "lists":
            which, _, column = rest.partition(".")
            known = column in self.settings.lists.get(which, {})
            return defined_name("list", which, column) if known else None
        return defined_name(kind, rest) if kind in self.trackers and rest in self.trackers[kind].columns else None

    def setting(self, name: str) -> Any:
        return self.settings.get(name, self.trackers)

    def constant(self, value: Any) -> str | None:
        """A limit that is one value, as a formula writes it; None for a setting that nobody set."""
        if value == "settings.today":
            return "TODAY()"
        if isinstance(value, str) and value.startswith("settings."):
            name = value.removeprefix("settings.")
            return setting_name(name) if name in self.live else self.constant(self.setting(name))
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return text(value)
        return None if value is None else literal(value)

    def allowed(self, limit: Any) -> list[Any] | None:
        """The values of a one_of or none_of that are written out (or are a setting); None for a reference."""
        if not isinstance(limit, str):
            return list(limit)
        if limit.startswith("settings."):
            value = self.setting(limit.removeprefix("settings."))
            return list(value) if value else None
        return None


def plan(trackers: Mapping[str, Tracker], settings: Settings, rows: Rows) -> Plan:
    """Where everything is to be."""
    from addin.templates.arrangement import arranged

    if not settings.written.is_english and "deadlines" in settings.lists:
        dates = in_words(settings.lists["deadlines"], settings.written.say)
        settings = replace(settings, lists={**settings.lists, "deadlines": dates})
    trackers = {name: _for_programme(arranged(t), settings.programme) for name, t in trackers.items()}
    taken = [*_OURS, *map(settings.written.say, _OURS), *(t.sheet for t in trackers.values())]
    places = {name: _place(tracker, len(rows.get(name, ()))) for name, tracker in trackers.items()}
    views: dict[tuple[str, str], str] = {}
    live = frozenset(
        one.name
        for tracker in trackers.values()
        for one in tracker.settings.values()
        if is_number(one.value) and one.is_for(settings.programme)
    )
    here = Plan(trackers, settings, places, views, list_letters(trackers, settings.lists), live)
    for name, tracker in trackers.items():
        for view in tracker.views:
            if here.has(view.per):
                views[name, view.name] = free_sheet_name(sheet_name(view.title, "View"), taken)
                taken.append(views[name, view.name])
    return here


def _for_programme(tracker: Tracker, programme: str) -> Tracker:
    """The tracker with the summary columns that the programme has: a CP candidate writes no extended essay."""
    views = tuple(
        replace(view, columns=tuple(measure for measure in view.columns if measure.is_for(programme)))
        for view in tracker.views
    )
    return replace(tracker, views=views)


def list_letters(trackers: Mapping[str, Tracker], lists: Lists) -> dict[str, dict[str, str]]:
    """Where the lists are, side by side with a blank column between; those that a column names come first."""
    named = {
        str(limit).split(".")[1]
        for tracker in trackers.values()
        for column in tracker.columns.values()
        for limit in column.words.values()
        if str(limit).startswith("lists.")
    }
    found: dict[str, dict[str, str]] = {}
    at = 1
    for name in sorted(lists, key=lambda name: (name not in named, name)):
        found[name] = {column: letters(at + number) for number, column in enumerate(lists[name])}
        at += len(lists[name]) + 1
    return found


def _place(tracker: Tracker, rows: int) -> Place:
    columns = {name: number for number, name in enumerate(tracker.columns, 1)}
    return Place(tracker.sheet, table_name(tracker.name), columns, len(columns) + 1, rows, HEADER_ROW + rows + PREPARED)


def own_sheets(trackers: Mapping[str, Tracker]) -> set[str]:
    """The sheets of a new workbook that hold no tracker: for readers that look for trackers everywhere."""
    return {*_OURS, *plan(trackers, Settings(), {}).views.values()}


def table_name(tracker: str) -> str:
    """The native table's name; one that reads like a cell (`m27`) gets a tail."""
    return f"{tracker}_rows" if re.fullmatch(r"[a-z]{1,3}\d+|[rc]\d*", tracker) else tracker


def defined_name(*parts: str) -> str:
    """`candidates_code`, `list_subjects_name`."""
    return re.sub(r"\W", "_", "_".join(parts))


def counted_name(tracker: str, column: str) -> str:
    """The name of the part of a column that views look at."""
    return f"counted_{defined_name(tracker, column)}"


def joined_name(tracker: str, columns: Sequence[str]) -> str:
    """The name of the area where these columns are joined, row by row, so that one MATCH finds them all."""
    return f"joined_{defined_name(tracker, *columns)}"


def joined_columns(tracker: Tracker) -> list[tuple[str, ...]]:
    """The columns that together may be in one row only."""
    sets = [tracker.key, *(rule.unique for rule in tracker.rules)]
    return list(dict.fromkeys(tuple(columns) for columns in sets if len(columns) > 1))


def whole_name(name: str) -> str:
    """The name of the whole column behind a name: quick to look through, since nothing is worked out for it."""
    return f"all_{name}"


def setting_name(name: str) -> str:
    """The defined name behind a setting of the Settings sheet."""
    return f"setting_{name}"


def text(value: str) -> str:
    """A text as a formula writes it."""
    return '"' + value.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A value as a formula writes it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (date, datetime)):
        return f"DATE({value.year},{value.month},{value.day})"
    return text(str(value))

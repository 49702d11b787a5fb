"""The workbook as adopt finds it: which sheets are a person's own, how they look, what each is, and who is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from addin.core import names, records
from addin.core.book import Book, Grid, ShowsAppearance, Value
from addin.core.language import ENGLISH
from addin.core.recognition.adoption import layout_settings
from addin.core.recognition.formats import TAKE, Crossed, as_seen
from addin.core.recognition.new_sheets import ORIGIN_HEADER
from addin.core.recognition.reading import Reading, SheetReading
from addin.core.recognition.recognise import NotUnderstood, Understood, as_told, checked
from addin.core.recognition.survey import Surveyed, survey
from addin.core.settings import Settings
from addin.core.tables.layout import find, plain
from addin.core.tables.table import Table, read_table
from addin.core.trackers import ID_HEADER, Tracker
from addin.workspace.languages import every, written_in
from addin.workspace.settings import load
from addin.workspace.tracker_files import heads, load_all
from addin.workspace.tracker_sheets import has_headers, is_own_sheet, sheets_of_trackers
from addin.workspace.workbook import file_name, folder_of


@dataclass(slots=True)
class Opened:
    """The workbook as adopt finds it: the person's sheets, those adopted before, and those that adopt made."""

    book: Book
    folder: Path
    name: str
    settings: Settings
    trackers: Mapping[str, Tracker]
    grids: dict[str, Grid]
    hidden: list[str]
    known: dict[str, tuple[str, Mapping[str, Any]]]
    made: dict[str, Table]
    names: list[str]
    read: Mapping[str, Grid]
    """All sheets as they were read, for undo."""


def open_source(book: Book, target: str) -> Opened:
    """Read the workbook: its sheets as grids, those of an earlier adoption apart, hidden ones only named."""
    folder, name = folder_of(book, target), file_name(book, target)
    settings = load(folder, today=date.today(), book=name)
    trackers = load_all(folder / "trackers")
    sheets = book.sheets()
    read = book.read(sheets)
    written = written_in(sheets, folder)
    grids = {sheet: grid for sheet, grid in read.items() if not is_own_sheet(grid, written or ENGLISH)}
    known = {one["sheet"]: (tracker, one) for tracker, sheets in settings.layouts.items() for one in sheets}
    made: dict[str, Table] = {}
    for sheet, grid in grids.items():
        tracker, given = known.get(sheet) or (_tracker_of(grid, trackers), {})
        if _is_made(grid) and tracker in trackers and (layout := find(grid, trackers[tracker], given)):
            made[tracker] = read_table(trackers[tracker], {sheet: grid}, [layout])
    for table in made.values():
        for sheet in table.layouts:
            del grids[sheet]
    hidden = [sheet for sheet, grid in grids.items() if grid.hidden and sheet not in known]
    if isinstance(book, ShowsAppearance):
        for sheet, look in book.appearance([sheet for sheet in grids if sheet not in hidden]).items():
            grids[sheet] = records.replace(grids[sheet], appearance=look)
    return Opened(
        book,
        folder,
        name,
        settings,
        trackers,
        {s: g for s, g in grids.items() if s not in hidden},
        hidden,
        known,
        made,
        sheets,
        read,
    )


def setup_name(read: Mapping[str, Grid]) -> str:
    """The name of the Setup sheet that adopt wrote, by its headers in any language; "" where there is none."""
    return next((n for n, grid in read.items() if grid.values and has_headers(grid, names.SETUP_HEADERS)), "")


def is_ours(opened: Opened) -> bool:
    """Whether a workbook that we made holds no sheet of the person's own."""
    written = written_in(opened.names, opened.folder)
    if written is None:
        return False
    known = heads(opened.folder / "trackers")
    theirs = sheets_of_trackers(known, list(opened.grids), opened.settings, [written])
    ours = {sheet for found in theirs.values() for sheet, _ in found}
    ours |= {written.say(name) for name in (names.REGISTER, names.DEADLINES, names.VIEWS)}
    return not any(grid.values and sheet not in ours for sheet, grid in opened.grids.items())


def _is_made(grid: Grid) -> bool:
    """Whether an earlier adoption made this sheet."""
    headers = {plain(value) for value in grid.values[0]} if grid.values else set()
    if plain(ID_HEADER) not in headers:
        return False
    return plain(ORIGIN_HEADER) in headers or any(plain(one.say(ORIGIN_HEADER)) in headers for one in every())


def _tracker_of(grid: Grid, trackers: Mapping[str, Tracker]) -> str:
    """The tracker of a sheet that was made in a copy of the workbook, by its name: `CAS (tracker)` is CAS."""
    name = grid.sheet.partition(" (tracker")[0].casefold()
    return next((tracker.name for tracker in trackers.values() if tracker.sheet.casefold() == name), "")


def known_answers(opened: Opened) -> dict[str, str]:
    """What need not be asked, because the settings say it."""
    values = opened.settings.values
    return {name: str(values[name]) for name in ("session", "programme") if values.get(name)}


@dataclass(slots=True)
class Seen:
    """The person's sheets as they look: without what is struck out, where that is not taken."""

    grids: dict[str, Grid]
    crossed: dict[str, Crossed]
    take: bool


def as_it_looks(opened: Opened, answers: Mapping[str, str]) -> Seen:
    """The sheets without what is struck out, unless the answers say that withdrawn students are taken."""
    take = answers.get("withdrawn") == TAKE
    found = {name: as_seen(grid, take=take) for name, grid in opened.grids.items()}
    crossed = {name: one for name, (_, one) in found.items() if one.count}
    return Seen({name: grid for name, (grid, _) in found.items()}, crossed, take)


def survey_sheets(
    opened: Opened, grids: Mapping[str, Grid], answers: Mapping[str, str]
) -> tuple[dict[str, Surveyed], Any, list[Understood | NotUnderstood]]:
    """What each sheet is; those that ib-trackers.toml speaks of are as it says."""
    known = [
        as_told(grid, opened.trackers, *opened.known[sheet])
        for sheet, grid in opened.grids.items()
        if sheet in opened.known
    ]
    fresh = {sheet: grid for sheet, grid in grids.items() if sheet not in opened.known}
    surveyed, words = survey(fresh, opened.trackers, opened.settings.lists, opened.name, answers)
    mine = [one.found for one in surveyed.values() if one.found and one.way in ("place", "rows")]
    for found in checked(
        [*(one for one in known if isinstance(one, Understood)), *mine], opened.grids, opened.trackers
    ):
        if found.sheet in surveyed:
            surveyed[found.sheet].found = found
    return surveyed, words, known


def find_students(
    opened: Opened, surveyed: Mapping[str, Surveyed], known: Sequence[Understood | NotUnderstood]
) -> tuple[list[dict[str, Value]], list[dict[str, Value]]]:
    """The students in tables of the person's own, and those of the sheet that an earlier adoption made."""
    mine = [one for one in known if isinstance(one, Understood)]
    mine += [one.found for one in surveyed.values() if one.way == "place" and isinstance(one.found, Understood)]
    home: list[dict[str, Value]] = []
    for found in mine:
        if found.tracker == "candidates":
            layout = find(opened.grids[found.sheet], opened.trackers["candidates"], layout_settings(found))
            if layout:
                home += _rows(read_table(opened.trackers["candidates"], opened.grids, [layout]))
    return home, _rows(opened.made["candidates"]) if "candidates" in opened.made else []


def _rows(table: Table) -> list[dict[str, Value]]:
    return [
        {name: value for name, value in table.row(index).items() if value is not None} for index in range(len(table))
    ]


def with_known(reading: Reading, known: Sequence[Understood | NotUnderstood], opened: Opened) -> Reading:
    """The reading with the sheets that were adopted before, in the order of the workbook."""
    for one in known:
        if isinstance(one, Understood):
            reading.sheets.append(SheetReading(one.sheet, "place", understood=one))
        else:
            reading.sheets.append(SheetReading(one.sheet, "left", why=one.why))
    reading.sheets.sort(key=lambda one: opened.names.index(one.sheet))
    reading.hidden = opened.hidden
    return reading

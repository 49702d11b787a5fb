"""A target opened: the book, its settings, and the tables of the trackers in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from addin.backends.open import open_book
from addin.core import names
from addin.core import target as targets
from addin.core.book import Book, Grid
from addin.core.records import record
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.trackers import Tracker
from addin.workspace import spoken, unread
from addin.workspace.cloud_copies import conflict_copies, copy_remarks
from addin.workspace.settings import load
from addin.workspace.sheet_settings import with_sheet_settings
from addin.workspace.tracker_files import heads, load_named
from addin.workspace.tracker_names import tracker_names
from addin.workspace.tracker_sheets import read_tables, sheets_of_trackers
from addin.workspace.translation import (
    in_its_language,
    is_unread,
    with_all_languages,
    with_languages,
    written_in_english,
)
from addin.workspace.turns import Tell, writing

_READ_ALWAYS = (
    names.HOME,
    names.FINDINGS,
    names.OTHER_FINDINGS,
    names.LISTS,
    names.CONFLICTS,
    names.SETTINGS,
    names.STAFF,
    names.LINKS,
    names.IMPORT,
    names.REGISTER,
)


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
    """Sheets that look like a tracker's but could not be read as one: reported, never skipped in silence."""

    @property
    def present(self) -> dict[str, Tracker]:
        """The trackers that have a table in the book."""
        return {name: tracker for name, tracker in self.trackers.items() if name in self.tables}


@contextmanager
def opened(
    target: str, *, only: Sequence[str] = (), today: date | None = None, verb: str = "", tell: Tell | None = None
) -> Iterator[Workbook]:
    """Open a target, read what the trackers need in one call, and close it again whatever happens.

    A verb that may write says its name: then it holds the workbook's lock, from before the first read. Raises Busy.
    """
    with writing(target, verb, tell=tell):
        book = open_book(target)
        try:
            yield read(book, target, only=only, today=today)
        finally:
            book.close()


def read(book: Book, target: str, *, only: Sequence[str] = (), today: date | None = None) -> Workbook:
    """Read an open book as a Workbook; all trackers are read, so that references between them hold.

    Raises Problem where it holds no tracker, or not the one asked for (`only`).
    """
    folder = folder_of(book, target)
    settings = load(folder, today=today or date.today(), book=file_name(book, target))
    known = heads(folder / "trackers")
    only = tracker_names(only, known)
    there = book.sheets()
    sheets = sheets_of_trackers(known, there, settings)
    settings = with_languages(settings, folder, there, sheets)
    if settings.others:
        sheets = sheets_of_trackers(known, there, settings, settings.others)
    trackers = load_named([*sheets, *only, *(str(link.get("tracker")) for link in settings.links)], known)
    wanted = {sheet for found in sheets.values() for sheet, _ in found}
    always = {called.casefold() for name in _READ_ALWAYS for called in (name, settings.written.say(name))}
    wanted |= {name for name in there if name.casefold() in always}
    grids = book.read([name for name in there if name in wanted])
    settings, remarks = with_sheet_settings(settings, grids, trackers.values(), folder)
    spoken.note(settings.language)
    trackers = in_its_language(trackers, settings)
    tables = read_tables(trackers, sheets, grids)
    if not settings.others and is_unread(sheets, tables) and not written_in_english(there):
        settings = with_all_languages(settings, folder)
        trackers = in_its_language(trackers, settings)
        tables = read_tables(trackers, sheets, grids)
    if not any(name in tables for name in only or known):
        raise unread.no_tracker(target, only, trackers, sheets, grids, tables, known, there)
    remarks += unread.sheets_left_out(trackers, sheets, tables)
    remarks += unread.rows_left_out(trackers, tables, grids) + unread.columns_left_out(tables, grids)
    remarks += unread.copies_of_sheets(there, tables) + unread.renamed_sheets(book, grids, known, sheets, settings)
    if targets.is_file(target):
        remarks += copy_remarks(conflict_copies(folder / book.name))
    return Workbook(book, target, folder, settings, trackers, grids, tables, remarks)


def folder_of(book: Book, target: str) -> Path:
    """The folder of the settings: beside a file, else that of the open book, else the current one."""
    named = targets.parse(target)
    if isinstance(named, targets.FileTarget):
        return Path(named.path).resolve().parent
    return Path(book.folder or Path.cwd())


def file_name(book: Book, target: str) -> str:
    """The workbook's own name, as ib-trackers.toml has it; "" for a Google Sheet."""
    named = targets.parse(target)
    return Path(named.path).name if isinstance(named, targets.FileTarget) else book.name

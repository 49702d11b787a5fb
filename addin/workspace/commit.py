"""The one way to write a workbook: under its lock, as one journal entry that `undo` takes back.

    with opened(target, verb="fix") as workbook:       # holds the lock; waits for another run
        ...
        commit(workbook, edits, verb="fix")

`files` are text files beside the workbook that belong to the same write, such as ib-trackers.toml.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol, runtime_checkable

from addin.backends.lock import locked
from addin.core import target as targets
from addin.core.book import Book, Edits, Grid
from addin.core.names import STATE_FOLDER
from addin.core.tables.layout import table_over
from addin.errors import file_problem
from addin.files import private
from addin.workspace.journal import Entry, finished, forget, new_entry, write_entry
from addin.workspace.workbook import Workbook, folder_of


@runtime_checkable
class KeepsCopies(Protocol):
    """A book that keeps a copy of itself before it is written: a file."""

    fingerprint: str
    """Of the bytes that were read."""
    saved: str
    """Of the bytes that were written last; blank before."""


def commit(workbook: Workbook, edits: Edits, *, verb: str, files: Mapping[str, str] | None = None) -> bool:
    """Carry out the edits and these files as one journal entry; False where nothing had to change. Raises Problem.

    A native table to which rows are added takes over the tracker's rows that stand right below it.
    """
    for table in workbook.tables.values():
        for sheet in table.layouts.keys() & edits.rows.keys():
            if area := table_over(workbook.grids[sheet], table.layouts[sheet], table.rows_on(sheet)):
                edits.tables.setdefault(sheet, []).append(area)
    return commit_book(workbook.book, workbook.target, workbook.grids, edits, verb=verb, files=files)


def commit_book(
    book: Book,
    target: str,
    grids: Mapping[str, Grid],
    edits: Edits,
    *,
    verb: str,
    files: Mapping[str, str] | None = None,
    made_from: str = "",
) -> bool:
    """As `commit`, for a book that was read without its trackers; `grids` is what the edits were decided on.

    `made_from` is the list from which the workbook was made for this write: undo removes it again.
    """
    folder = journal_folder(book, target)
    if folder is None:
        book.apply(edits)
        return bool(edits)
    changed = {name: (_text(folder / name), text) for name, text in (files or {}).items()}
    changed = {name: texts for name, texts in changed.items() if texts[0] != texts[1]}
    if not edits and not changed:
        book.apply(edits)  # which says so where the workbook has gone, or changed, meanwhile
        return False
    with locked(folder, verb):
        entry = _begin(book, grids, new_entry(folder, book_key(book, target), verb, edits), edits, changed)
        entry = finished(entry, made_from=made_from)
        _keep(folder, entry)  # before anything is written: on a full disk nothing is
        try:
            book.apply(edits)
            for name, (_, text) in changed.items():
                write_text(folder / name, text)
        except BaseException:
            _drop(folder, entry)
            raise
        after = book.saved if isinstance(book, KeepsCopies) else ""
        if isinstance(book, KeepsCopies) and not after and not changed:
            _drop(folder, entry)  # the book held all of it already
            return False
        with suppress(OSError):  # without it, undo compares cell by cell
            write_entry(folder, finished(entry, after=after or entry.before))
    return True


def journal_folder(book: Book, target: str) -> Path | None:
    """The folder whose journal knows this workbook; None where there is none to write to: an open workbook that was
    never saved, a Google Sheet that is checked from a folder of somebody else."""
    folder = folder_of(book, target)
    known = book.folder is not None or targets.is_file(target)
    named = isinstance(targets.parse(target), targets.GoogleTarget) and os.access(folder, os.W_OK)
    return folder if known or named else None


def book_key(book: Book, target: str) -> str:
    """The name under which the journal knows a workbook: its file name, open or closed; a Google Sheet's key."""
    named = targets.parse(target)
    if isinstance(named, targets.FileTarget):
        return Path(named.path).name.casefold()
    return (book.name or targets.canonical(target)).casefold()


def write_text(path: Path, text: str) -> None:
    """Write a text file beside the workbook, for its owner alone. Raises FileProblem."""
    try:
        with private(path, "utf-8") as file:
            file.write(text)
    except OSError as error:
        raise file_problem(error, path) from None


def _begin(
    book: Book, grids: Mapping[str, Grid], entry: Entry, edits: Edits, files: Mapping[str, tuple[str | None, str]]
) -> Entry:
    """The entry with what is needed to take the write back."""
    if isinstance(book, KeepsCopies):
        return finished(entry, before=book.fingerprint, files=files)
    from addin.workspace.snapshot import take_snapshot

    return finished(entry, old=take_snapshot(book, grids, edits), files=files)


def _keep(folder: Path, entry: Entry) -> None:
    try:
        write_entry(folder, entry)
    except OSError as error:
        raise file_problem(error, folder / STATE_FOLDER) from None


def _drop(folder: Path, entry: Entry) -> None:
    with suppress(OSError):
        forget(folder, entry.number)


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise file_problem(error, path, doing="read") from None
    except UnicodeDecodeError:
        return ""

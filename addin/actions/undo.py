"""undo: take the last write of ours to a workbook back, whichever verb it was."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from addin.actions.convert import convertible, made_from
from addin.actions.sync.write import accept_version
from addin.backends.backup import backup_with, fingerprint, keep_backup
from addin.backends.ooxml.saving import replace_whole
from addin.backends.open import open_book
from addin.core import target as targets
from addin.core.book import Book
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.records import field, record
from addin.errors import BookProblem, Problem, file_problem
from addin.workspace.commit import book_key, journal_folder, write_text
from addin.workspace.journal import SYNC, Entry, entries, forget
from addin.workspace.snapshot import Snapshot
from addin.workspace.spoken import settle
from addin.workspace.take_back import Readable, TakenBack, take_back
from addin.workspace.turns import writing


@record
class Undone:
    """What was taken back: which write, how many of its changes, and what was left because somebody changed it."""

    verb: str
    at: str
    words: str
    count: int = 0
    whole: bool = False
    """Whether the file is byte for byte what it was."""
    changed_since: Sequence[str] = ()
    remarks: Sequence[str] = field(default_factory=list)
    run: int = 0
    """The sync to take back: that is done by sync's own undo."""
    written: bool = True
    removed: str = ""
    """The workbook that we had made from a list, where it goes again."""
    source: str = ""
    """That list."""


def undo(target: str, *, dry_run: bool = False, break_lock: bool = False) -> Undone:
    """Take back the last write to a workbook that was not taken back yet. Raises Problem.

    Where nobody has edited the file since, it becomes byte for byte what it was; else only what we wrote is put back,
    and only where it still is as we wrote it. A sync is named, not undone: both sides are needed for that.
    """
    target = _workbook_of(target)
    named = targets.parse(target)
    if isinstance(named, targets.FileTarget) and not Path(named.path).is_file():
        raise BookProblem(
            phrase("there is no such workbook."), where=target, next=phrase("Check the name and the folder.")
        )
    with writing(target, "undo", break_lock=break_lock):
        book = open_book(target)
        try:
            return undo_book(book, target, dry_run=dry_run)
        finally:
            book.close()


def _workbook_of(target: str) -> str:
    """The workbook that was made from the list that a person names; the target itself where it is no such list."""
    named = targets.parse(target)
    if isinstance(named, targets.FileTarget) and Path(named.path).suffix.lower() in convertible():
        made = made_from(named.path)
        folder, key = made.resolve().parent, made.name.casefold()
        if made.is_file() and any(entry.made_from == Path(named.path).name for entry in entries(folder, key)):
            return str(made)
    return target


def undo_book(book: Book, target: str, *, dry_run: bool = False) -> Undone:
    """As `undo`, for a book that is already open: what a button does."""
    folder = journal_folder(book, target)
    entry = next(iter(_open_entries(folder, book, target)), None) if folder else None
    if folder is None or entry is None:
        raise nothing_to_undo(target)
    return _take_back(folder, book, target, entry, dry_run=dry_run)


def nothing_to_undo(target: str) -> Problem:
    """The problem of a workbook that we never wrote, or whose writes are all taken back."""
    copies = phrase("Earlier copies of this workbook: {command}", command=f"ib-trackers restore {target}")
    if not targets.is_file(target):
        copies = phrase("Earlier copies of a workbook file are in .ib-trackers/backups beside it.")
    return Problem(phrase("Nothing to undo."), where=target, next=copies)


def _open_entries(folder: Path, book: Book, target: str) -> list[Entry]:
    """The entries that can be taken back, the newest first; syncs that were taken back already are forgotten."""
    found = entries(folder, book_key(book, target))
    if any(entry.verb == SYNC for entry in found):
        from addin.workspace.state import State

        with State(folder / STATE_FOLDER) as state:
            runs = {run.run: run for run in state.runs(200)}
        over = {n for n, run in runs.items() if run.outcome == "undone" or run.note.startswith("undo")}
        over |= {n for n, run in runs.items() if run.outcome == "done" and not run.changes}  # nothing was overwritten
        for entry in [one for one in found if one.verb == SYNC and (one.run in over or one.run not in runs)]:
            found.remove(entry)
            forget(folder, entry.number)
    return found


def _take_back(folder: Path, book: Book, target: str, entry: Entry, *, dry_run: bool) -> Undone:
    settle()
    result = Undone(entry.verb, entry.at, entry.words(), written=not dry_run)
    if entry.verb == SYNC:
        result.run, result.written = entry.run, False
        return result
    named = targets.parse(target)
    path = Path(named.path).expanduser().resolve() if isinstance(named, targets.FileTarget) else None
    copy = backup_with(path, entry.before) if path and entry.before else None
    now = fingerprint(path.read_bytes()) if path else ""
    if path and entry.made_from and now in (entry.before, entry.after) and (path.parent / entry.made_from).is_file():
        result.whole, result.removed, result.source = True, path.name, entry.made_from
        if not dry_run:
            _remove_made(path)
    elif path and entry.before and now == entry.before:
        result.whole = True  # only files beside it were written, or the run, or an undo, was killed before its end
        if not dry_run:
            accept_version(folder, book)
    elif path and copy and now == entry.after:
        result.whole = True
        if not dry_run:
            replace_whole(path, copy.read_bytes(), now)
            accept_version(folder, book)
    else:
        _put_cells_back(book, entry, copy, result, target, dry_run=dry_run)
        if entry.made_from and path:
            stays = phrase("{name} stays, because it was changed since.", name=path.name)
            result.remarks = [*result.remarks, stays]
    _put_files_back(folder, entry, result, dry_run=dry_run)
    if not dry_run:
        with suppress(OSError):
            forget(folder, entry.number)
    return result


def _remove_made(path: Path) -> None:
    """Remove a workbook that we made and nobody has changed; a copy is kept with the others."""
    try:
        keep_backup(path, path.read_bytes())
        path.unlink()
    except OSError as error:
        raise file_problem(error, path) from None


def _put_cells_back(book: Book, entry: Entry, copy: Path | None, result: Undone, target: str, *, dry_run: bool) -> None:
    if entry.before and copy is None:
        raise Problem(
            phrase("The copy from before {verb} is no longer kept, so it cannot be taken back.", verb=entry.verb),
            where=target,
            next=phrase("Copies that are kept: {command}", command=f"ib-trackers restore {target}"),
        )
    before: Readable = open_book(targets.FileTarget(str(copy))) if copy else Snapshot(entry.old)
    plan: TakenBack = take_back(entry, before, book)
    result.count, result.changed_since = plan.count, plan.changed_since
    if entry.tables:
        result.remarks = [f"The table frames on {', '.join(entry.tables)} stay."]
    if plan.edits and not dry_run:
        book.apply(plan.edits)


def _beside(folder: Path, name: str) -> Path:
    """The file that a journal names: beside the workbook, or in the folder of its state."""
    path = Path(name)
    return folder / STATE_FOLDER / path.name if path.parts[:-1] == (STATE_FOLDER,) else folder / path.name


def _put_files_back(folder: Path, entry: Entry, result: Undone, *, dry_run: bool) -> None:
    for name, (old, new) in entry.files.items():
        path = _beside(folder, name)
        there = path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else None
        if there == old:
            continue
        if there != new:
            result.changed_since = [*result.changed_since, name]
            continue
        result.count += 1
        if dry_run:
            continue
        if old is not None:
            write_text(path, old)
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise file_problem(error, path) from None

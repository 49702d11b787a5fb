"""restore: the kept copies of a workbook, and one row, one sheet or all of one brought back."""

from __future__ import annotations

import time
from pathlib import Path

from addin.backends.backup import backups_of, fingerprint
from addin.backends.ooxml.saving import replace_whole
from addin.backends.xlsx import XlsxBook
from addin.core import target as targets
from addin.core.book import Edits, Grid
from addin.core.language import joined, phrase
from addin.core.records import record, replace
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import BookProblem, Problem
from addin.workspace.commit import commit_book
from addin.workspace.compare import changed_cells, row_edits, sheet_edits
from addin.workspace.journal import entries, new_entry, write_entry
from addin.workspace.turns import writing
from addin.workspace.workbook import read

UNREAD, COPY_UNREAD = phrase("the workbook cannot be read now"), phrase("this copy cannot be read")
"""What stands for the differences where there is nothing to compare."""


@record
class Copy:
    """A kept copy of a workbook: number 1 is the newest."""

    number: int
    path: Path
    at: str
    size: int
    followed_by: str
    """What was written after it: "validate (12 marks)"; "" where no entry of ours says."""
    differs: str
    """How it differs from the workbook as it is now: "14 cells on CAS"."""


@record
class Restored:
    """What was brought back."""

    copy: Copy
    what: str
    cells: int = 0
    rows: int = 0
    written: bool = False


def copies(target: str) -> list[Copy]:
    """The kept copies of a workbook, the newest first. Raises Problem where there is none."""
    path = _file(target)
    kept = list(reversed(backups_of(path)))
    if not kept:
        raise Problem(
            phrase("No copies are kept yet: one is kept each time that IB Trackers changes the workbook."),
            where=target,
            next=phrase("An older version may be in your cloud folder or backup."),
        )
    after = {
        entry.before: joined("", [phrase(entry.verb), " (", entry.words(), ")"])
        for entry in entries(path.parent, path.name)
    }
    now = _grids(path)
    return [_copy(number, one, after, now) for number, one in enumerate(kept, 1)]


def restore(target: str, number: int, *, sheet: str = "", row: str = "", dry_run: bool = False) -> Restored:
    """Bring a copy back: all of it, one sheet, or one row by its key or id. A copy of the present state is kept.

    Raises Problem.
    """
    path = _file(target)
    with writing(target, "" if dry_run else "restore"):
        found = copies(target)
        if not 1 <= number <= len(found):
            raise Problem(
                phrase("There is no copy {number}.", number=number),
                where=target,
                next=phrase("There are: 1 to {n}.", n=len(found)),
            )
        copy = found[number - 1]
        if not sheet and not row:
            return _whole(path, copy, dry_run=dry_run)
        return _part(target, path, copy, sheet, row, dry_run=dry_run)


def _whole(path: Path, copy: Copy, *, dry_run: bool) -> Restored:
    data = copy.path.read_bytes()
    if dry_run:
        return Restored(copy, phrase("the whole workbook"))
    before = fingerprint(path.read_bytes()) if path.is_file() else ""
    if before:
        entry = new_entry(path.parent, path.name, "restore", Edits(), before=before)
        write_entry(path.parent, replace(entry, after=fingerprint(data)))
        replace_whole(path, data, before)
    else:
        from addin.files import private_bytes

        private_bytes(path, data)
    return Restored(copy, phrase("the whole workbook"), written=True)


def _part(target: str, path: Path, copy: Copy, sheet: str, row: str, *, dry_run: bool) -> Restored:
    book, old_book = XlsxBook.open(path), XlsxBook.open(copy.path)
    now, old = book.read(book.sheets()), old_book.read(old_book.sheets())
    name = _sheet_name(sheet, old, now, target) if sheet else ""
    if row:
        edits, what = _row(target, old_book, old, now, row, name)
    else:
        edits, what = sheet_edits(old[name], now[name]), phrase("sheet {name}", name=name)
    result = Restored(copy, what, len(edits.cells), sum(map(len, edits.rows.values())))
    if edits and not dry_run:
        result.written = commit_book(book, target, now, edits, verb="restore")
    return result


def _sheet_name(sheet: str, old: dict[str, Grid], now: dict[str, Grid], target: str) -> str:
    name = next((one for one in old if one.casefold() == sheet.strip().casefold()), "")
    if not name:
        raise Problem(
            phrase("The copy has no sheet {sheet}.", sheet=f"{sheet!r}"),
            where=target,
            next=phrase("It has: {old}.", old=", ".join(old)),
        )
    if name not in now:
        raise Problem(
            phrase("The workbook has no sheet {name} any more, so its contents have no place.", name=f"{name!r}"),
            where=target,
            next=phrase("Bring the whole copy back, or open the copy and move the sheet over."),
        )
    return name


def _row(
    target: str, old_book: XlsxBook, old: dict[str, Grid], now: dict[str, Grid], row: str, sheet: str
) -> tuple[Edits, str]:
    """The edits for the one row of the copy that has this id or key."""
    copy = read(old_book, target)
    found: list[tuple[str, int, list[int]]] = []
    for name, table in copy.tables.items():
        keys = [(table.raw(key), key) for key in copy.trackers[name].key]
        for index, number in enumerate(table.rows):
            texts = {show(values[index]) for values, _ in keys}
            is_key = row in (table.ids[index], " ".join(show(values[index]) for values, _ in keys))
            if (is_key or (len(keys) == 1 and row in texts)) and sheet in ("", table.sheets[index]):
                layout = table.layouts[table.sheets[index]]
                found.append(
                    (table.sheets[index], number, [layout.columns[key] for _, key in keys if key in layout.columns])
                )
    if len(found) != 1:
        where = ", ".join(f"{name} row {number}" for name, number, _ in found[:5])
        what = (
            phrase("The copy has {n} rows {row} ({where}).", n=len(found), row=repr(row), where=where)
            if found
            else phrase("The copy has no row {row}.", row=repr(row))
        )
        raise Problem(
            what, where=target, next=phrase("Name a row by its code or its IBT id, and its sheet with --sheet.")
        )
    name, number, columns = found[0]
    _sheet_name(name, old, now, target)
    return row_edits(old[name], number, now[name], columns), phrase("row {row} of {sheet}", row=row, sheet=name)


def _copy(number: int, path: Path, after: dict[str, str], now: dict[str, Grid] | None) -> Copy:
    data = path.read_bytes()
    at = time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
    return Copy(number, path, at, len(data), after.get(fingerprint(data), ""), _differs(_grids(path), now))


def _differs(then: dict[str, Grid] | None, now: dict[str, Grid] | None) -> str:
    if then is None:
        return COPY_UNREAD
    if now is None:
        return UNREAD
    return joined(
        ", ",
        [
            joined(": ", [name, counted(count, "cell") if count >= 0 else phrase("sheet added or removed")])
            for name, count in changed_cells(then, now).items()
        ],
    )


def _grids(path: Path) -> dict[str, Grid] | None:
    """What a file holds; None where it cannot be read."""
    try:
        book = XlsxBook.open(path)
        return book.read(book.sheets())
    except Problem:
        return None


def _file(target: str) -> Path:
    named = targets.parse(target)
    if not isinstance(named, targets.FileTarget):
        raise Problem(
            phrase("Copies are kept of workbook files only."),
            where=target,
            next=phrase("A Google Sheet has its own: File > Version history."),
        )
    path = Path(named.path).expanduser().resolve()
    if not path.is_file() and not backups_of(path):
        raise BookProblem(
            phrase("there is no such workbook."), where=target, next=phrase("Check the name and the folder.")
        )
    return path

"""The button Import: choose a list on the Import sheet, see what it would change, take it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.names import IMPORT, STATE_FOLDER
from addin.core.text import counted
from addin.excel.shown import note_shown, shown_before

if TYPE_CHECKING:
    import xlwings

MOST = 12
"""Lines that a message box shows."""


def import_(book: xlwings.Book) -> str:
    """List the files that can be taken in; then show what the chosen one changes; pressed again, write that."""
    from addin.actions.import_sheet import import_sheet_book
    from addin.backends.excel import ExcelBook

    open_book = ExcelBook(book)
    folder = open_book.folder or Path.home()
    seen = folder / STATE_FOLDER / "import-shown.json"
    name, agreed = shown_before(seen)
    folders = [Path.home() / "Downloads", Path.home() / "Desktop", *([open_book.folder] if open_book.folder else [])]
    done = import_sheet_book(open_book, "excel:", folders, agreed=agreed if name == book.name else "")
    note_shown(seen, *(("", "") if done.written else (book.name, done.preview)))
    book.sheets[IMPORT].activate()
    if done.path is None:
        found = (
            f"{counted(done.lists, 'list').capitalize()} found in Downloads, on the Desktop and beside this workbook."
        )
        return f"{found}\nOn Import choose Yes beside one, or enter the path of another, and press Import again."
    if done.written:
        more = f"\n{counted(done.waiting, 'more list')} chosen: press Import again." if done.waiting else ""
        return f"{done.path.name} was taken in. Validate checks it; Undo takes it back.{more}"
    lines = done.preview.splitlines()[1:]
    shown = "\n".join([*lines[:MOST], *(["… the sheet Import lists the rest."] if len(lines) > MOST else [])])
    return f"{done.path.name}:\n{shown}" + ("\nPress Import again to write this." if done.changes else "")

"""The button Import: choose a list on the Import sheet, see what it would change, take it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import joined, phrase, phrases
from addin.core.names import STATE_FOLDER
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
    book.sheets[done.sheet].activate()
    if done.path is None:
        none = phrase("No lists found in Downloads, on the Desktop and beside this workbook.")
        some = phrases(
            "{n} list found in Downloads, on the Desktop and beside this workbook.",
            "{n} lists found in Downloads, on the Desktop and beside this workbook.",
            done.lists,
        )
        found = some if done.lists else none
        how = phrase("On Import choose Yes beside one, or enter the path of another, and press Import again.")
        return joined("\n", [found, how])
    if done.written:
        taken = phrase("{name} was taken in. Validate checks it; Undo takes it back.", name=done.path.name)
        more = phrases(
            "{n} more list is chosen: press Import again.",
            "{n} more lists are chosen: press Import again.",
            done.waiting,
        )
        return joined("\n", [taken, more]) if done.waiting else taken
    lines = done.lines[:MOST]
    if len(done.lines) > MOST:
        lines.append(phrase("… the sheet Import lists the rest."))
    if done.changes:
        lines.append(phrase("Press Import again to write this."))
    return joined("\n", [f"{done.path.name}:", *lines])

"""Find the open workbook whose button was pressed: by the window it was pressed in, then by its name.

Never by path: a workbook on OneDrive or SharePoint has a web address where a path should be.
"""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from addin.backends.excel.lean_xlwings import lean_xlwings
from addin.core.language import phrase
from addin.errors import BookProblem

if TYPE_CHECKING:
    from xlwings import Book


def open_workbook(name: str, window: int | None = None, pipe: str = "") -> "Book":
    """The open workbook with this name; with `pipe`, in the LibreOffice that listens there."""
    xlwings = lean_xlwings()
    from addin.backends.excel.patience import patiently  # after lean_xlwings: it imports xlwings

    if pipe:
        from addin.libreoffice import attach

        office = attach(pipe)
        return find_book([office], name, None)  # type: ignore[no-any-return]  # xlwings ships no types
    return patiently(lambda: find_book(list(xlwings.apps), name, window))  # type: ignore[no-any-return]


def find_book(apps: Iterable[Any], name: str, window: int | None) -> Any:
    """The one book with this name. Two Excels may each have it open: then the window decides."""
    found = [(app, book) for app in apps for book in app.books if _same(book.name, name)]
    if window is not None and len(found) > 1:
        found = [(app, book) for app, book in found if app.hwnd == window] or found
    if not found:
        raise BookProblem(
            phrase("{name} was not found among the open workbooks.", name=name),
            next=phrase("If it is in Protected View, click Enable Editing; then press the button again."),
        )
    if len(found) > 1:
        raise BookProblem(
            phrase(
                "{name} is open in {n} Excel programs at once, and it is not clear which one is meant.",
                name=name,
                n=len(found),
            ),
            next=phrase("Close all but one and press the button again."),
        )
    return found[0][1]


def _same(one: str, other: str) -> bool:
    """macOS writes an umlaut as two characters, Windows as one; neither tells capitals apart."""
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()

"""The books of a sync as people have them: the file, or the open workbook; one sign-in for all spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from addin.backends.open import open_book
from addin.backends.watched import WatchedBook
from addin.backends.xlsx import XlsxBook
from addin.core import target as targets
from addin.core.book import Book
from addin.errors import BookInUse, Problem
from addin.workspace.workbook import file_name

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

Open = Callable[[str], Book]


def opener(open_: Open | None = None) -> Open:
    """How a sync opens its books: `open_` instead of the usual way, for tests and for a workbook that is handed in.

    All Google spreadsheets share one client, so that the calls of all together keep to the quota of a minute.
    """
    shared: list[HTTPClient] = []

    def opened(target: str) -> Book:
        if open_ is not None:
            book = open_(target)
        elif isinstance(targets.parse(target), targets.GoogleTarget):
            book = _google(target, shared)
        else:
            book = open_book(target)
        return book if book.detects_changes else WatchedBook(book)

    return opened


def _google(target: str, shared: list[HTTPClient]) -> Book:
    from addin.backends.gsheets import GoogleBook
    from addin.google.sign_in import sign_in

    if not shared:
        shared.append(sign_in().http_client)
    return GoogleBook.open(target, shared[0])


def where_people_have_it(book: Book) -> Book:
    """The workbook to write to: the open one, where somebody has the file open here. Raises BookInUse where it is open
    elsewhere: then nothing is begun, because the file may be older than what that person sees."""
    if not isinstance(book, XlsxBook):
        return book
    from addin.backends.ooxml.guard import check_writable

    try:
        check_writable(book.path)
    except BookInUse:
        live = _open_here(book.path)
        if live is None:
            raise
        book.close()
        return live
    return book


def _open_here(path: Path) -> Book | None:
    try:
        from addin.backends.excel import ExcelBook

        book = ExcelBook.attach(path.name)
    except (Problem, ImportError):
        return None
    return WatchedBook(book) if book.folder == path.parent else None


def make_last(book: Book) -> None:
    """Save a workbook that is open in front of a person; files and Google sheets are saved already."""
    if isinstance(book, WatchedBook):
        book.save()


def pairing(book: Book, target: str, other: str) -> str:
    """Which workbook is synced with which sheet: what the memory of a link is about."""
    return f"{(file_name(book, target) or targets.canonical(target)).casefold()} | {targets.canonical(other)}"


def file_stamp(book: Book) -> str:
    """Which version of a file this is: the same bytes, the same stamp; "" for a book that is no file."""
    if not isinstance(book, XlsxBook):
        return ""
    from hashlib import sha256

    try:
        return sha256(book.path.read_bytes()).hexdigest()
    except OSError:
        return ""

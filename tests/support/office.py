"""A headless LibreOffice for the tests, started once: put `pytest_plugins = ("office",)` into a test module to use it.

Never import this module (pytest must be the first to see its fixtures): what can be imported is in office_tools.py.
Where LibreOffice is missing the tests are skipped with the reason; in CI (environment CI=true) that is a failure.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw
from office_tools import fill, shared_office

from addin.core.book import Value


@pytest.fixture(scope="session")
def office() -> xw.App:
    """The soffice of this test run, attached; `office.home` is the folder that it takes for the person's home."""
    return shared_office()


@pytest.fixture
def open_book(office: xw.App) -> Iterator[Callable[..., xw.Book]]:
    """Makes new workbooks (sheets by name) or opens files; closes them afterwards, unsaved."""
    opened: list[xw.Book] = []

    def make(source: Path | dict[str, list[list[Value]]] | None = None) -> xw.Book:
        book = office.books.open(source) if isinstance(source, Path) else office.books.add()
        opened.append(book)
        if isinstance(source, dict):
            fill(book, source)
        return book

    yield make
    for book in opened:
        book.close()

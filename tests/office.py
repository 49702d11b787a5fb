"""A headless LibreOffice for the tests, started once: put `pytest_plugins = ("office",)` into a test module to use it.

Never import this module (pytest must be the first to see its fixtures): what can be imported is in office_tools.py.
Where LibreOffice is missing the tests are skipped with the reason; in CI (environment CI=true) that is a failure.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw
from office_tools import fill, require_office

from addin.backends import Value
from addin.libreoffice import start


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.App]:
    """One soffice with a profile of its own, and the environment that a pressed button needs."""
    require_office()
    home = tmp_path_factory.mktemp("office home")  # with a space, on purpose
    env = {**os.environ, "IB_TRACKERS_CONF": str(home / "excel.conf"), "HOME": str(home)}
    pipe = f"ib-tests-{os.getpid()}"
    with start({**env, "IB_TRACKERS_LO_PIPE": pipe}, pipe) as app:
        app.home = home
        yield app


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

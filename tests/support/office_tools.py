"""What tests on a headless LibreOffice share: whether it is there, filling a workbook, waiting, counting calls."""

import atexit
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.core.book import Value
from addin.libreoffice import start


def missing_office() -> str:
    """Why LibreOffice cannot be used here, or ""."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    try:
        from addin.libreoffice.bridge import load_uno

        load_uno()
    except Exception as problem:
        return str(problem)
    return ""


def require_office() -> None:
    """Skip without LibreOffice; fail in CI."""
    reason = missing_office()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"CI must have LibreOffice: {reason}")
    if reason:
        pytest.skip(reason)


@cache
def shared_office() -> xw.App:
    """One soffice for the whole test run, with a home of its own and what a pressed button needs."""
    require_office()
    left_open = ExitStack()
    atexit.register(left_open.close)
    home = Path(tempfile.mkdtemp(prefix="office home "))  # with a space, on purpose
    left_open.callback(shutil.rmtree, home, ignore_errors=True)
    pipe = f"ib-tests-{os.getpid()}"
    env = {**os.environ, "HOME": str(home), "IB_TRACKERS_CONF": str(home / "excel.conf"), "IB_TRACKERS_LO_PIPE": pipe}
    app = left_open.enter_context(start(env, pipe))
    app.home = home  # type: ignore[attr-defined]
    return app


def fill(book: xw.Book, sheets: dict[str, list[list[Value]]]) -> None:
    """Give a new workbook these sheets and no others."""
    book.sheets[0].name = next(iter(sheets))
    for name in list(sheets)[1:]:
        book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
    for name, rows in sheets.items():
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    cell = book.sheets[name].range((number, column))
                    cell.value = "'" + value if isinstance(value, str) else value
    book.sheets[0].activate()


def wait_for(ready: Callable[[], Any], seconds: float = 60.0) -> Any:
    """What `ready` gives as soon as it gives something; a failure after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ready():
            return answer
        time.sleep(0.05)
    raise AssertionError("nothing happened in time")


class Counted:
    """Counts what is asked of the spreadsheet program: a method or property of an xlwings object is a call."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return sum(self.calls.values())

    def watch(self, patch: pytest.MonkeyPatch) -> "Counted":
        """Count every use of the engine's sheets, ranges, tables and notes."""
        from addin.libreoffice import notes, ranges, sheets, tables

        for kind in (ranges.Range, sheets.Sheet, sheets.Sheets, tables.Tables, tables.Table, notes.Note):
            for name, member in vars(kind).items():
                if name.startswith("_") or name in PLACE_ONLY:
                    continue
                if isinstance(member, property):
                    patch.setattr(kind, name, self._property(f"{kind.__name__}.{name}", member))
                elif callable(member) and not isinstance(member, (staticmethod, classmethod)):
                    patch.setattr(kind, name, self._method(f"{kind.__name__}.{name}", member))
        return self

    def _property(self, name: str, member: property) -> property:
        def read(owner: Any) -> Any:
            self.calls[name] += 1
            return member.fget(owner)  # type: ignore[misc]

        def write(owner: Any, value: Any) -> None:
            self.calls[f"{name}="] += 1
            member.fset(owner, value)  # type: ignore[misc]

        return property(read, write if member.fset else None)

    def _method(self, name: str, member: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls[name] += 1
            return member(*args, **kwargs)

        return call


PLACE_ONLY = {  # answered without asking the program: where a range is, and what it belongs to
    "row", "column", "shape", "coords", "last_row", "last_column", "sheet", "book", "xl", "api", "first_cell", "rows",
    "columns", "holds", "joined", "parent", "address", "get_address", "memory", "owner", "names", "tables", "shapes",
    "with_others", "all", "moved", "cell", "place", "slips",
}  # fmt: skip

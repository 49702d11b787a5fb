"""The book that a target names."""

from __future__ import annotations

from addin.core import target as targets
from addin.core.book import Book


def open_book(target: str | targets.Target) -> Book:
    """The book that `target` names: a path, `excel:[NAME]`, `gsheet:KEY` or a Google Sheets address.

    Raises BookProblem in one sentence where there is none.
    """
    named = targets.parse(target) if isinstance(target, str) else target
    if isinstance(named, targets.ExcelTarget):
        from addin.backends.excel import ExcelBook

        return ExcelBook.attach(named.name)
    if isinstance(named, targets.GoogleTarget):
        from addin.backends.gsheets import GoogleBook

        return GoogleBook.open(f"gsheet:{named.key}")
    from addin.backends.xlsx import XlsxBook

    return XlsxBook.open(named.path)

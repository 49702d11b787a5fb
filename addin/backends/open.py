"""The book that a target names."""

from __future__ import annotations

from addin.core.book import Book


def open_book(target: str) -> Book:
    """The book that `target` names: a path, `excel:[NAME]`, `gsheet:KEY` or a Google Sheets address.

    Raises BookProblem in one sentence where there is none.
    """
    if target.startswith("excel:"):
        from addin.backends.excel import ExcelBook

        return ExcelBook.attach(target.removeprefix("excel:"))
    if target.startswith(("gsheet:", "https://", "http://")):
        from addin.backends.gsheets import GoogleBook

        return GoogleBook.open(target)
    from addin.backends.xlsx import XlsxBook

    return XlsxBook.open(target)

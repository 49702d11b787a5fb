"""One value into one cell, exactly: text stays text, whatever it looks like."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from addin.core.book import Value
from addin.core.language import ENGLISH, Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def put(sheet: Worksheet, row: int, column: int, value: Value, style: Format | None = None) -> None:
    """Write a value (row and column count from 0); nothing for a blank."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "Yes" if value else "No", style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, (date, datetime, time, timedelta)):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, value, style)


def cached(value: Value, language: Language = ENGLISH) -> Any:
    """A formula's result as XlsxWriter stores it beside the formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return language.yes if value else language.no
    if isinstance(value, date):
        return (datetime(value.year, value.month, value.day) - datetime(1899, 12, 30)).days
    return value

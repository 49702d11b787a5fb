"""Workbooks for the tests, built by XlsxWriter from plain values, and looked into part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter

from addin.core.book import Area, Value

FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}


def build(path: Path, sheets: Mapping[str, Sequence[Sequence[Value]]], tables: Mapping[str, Sequence[Area]]) -> Path:
    """A workbook that holds these values, with native tables whose header cells stand in the values."""
    book = xlsxwriter.Workbook(path)
    formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for area in tables.get(name, ()):
            header = rows[area.top - 1][area.left - 1 : area.right]
            columns = [{"header": str(word)} for word in header]
            sheet.add_table(
                area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, {"name": area.name, "columns": columns}
            )
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                put(sheet, r, c, value, formats)
    book.close()
    return path


def put(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, formats: Mapping) -> None:
    """One value, typed as it is."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_datetime(row, column, value, formats[type(value)])


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a package, unpacked."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(path: Path, changes: Mapping[str, bytes | None]) -> Path:
    """The package with some parts set, added or (None) taken out: surgery for what no library writes."""
    old = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**old, **changes}.items():
            if data is not None:
                archive.writestr(name, data)
    return path

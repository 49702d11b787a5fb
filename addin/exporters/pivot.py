"""Pivot: one workbook for PivotTables, each tracker a flat native table with types, with findings and a codebook."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from addin.core.a1 import sheet_name
from addin.core.book import Value
from addin.core.language import in_thousands, phrase
from addin.errors import Problem
from addin.exporters.typed import TypedTable, typed_tables
from addin.files import private_bytes
from addin.workspace.workbook import Workbook

SUFFIX = ".xlsx"
FORMATS = {
    "text": "@", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss", "time": "hh:mm:ss", "integer": "0",
    "number": "General", "yes_no": "General",
}  # fmt: skip
LONGEST_HEADER, LONGEST_TEXT = 255, 32_767
EARLIEST = date(1900, 3, 1)


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is the file, or a folder in which `pivot.xlsx` is made."""
    import xlsxwriter

    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_urls": False})
    formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    for table in typed_tables(workbook):
        _add(book, table, formats)
    book.close()
    path = out if out.suffix.lower() == SUFFIX else out / "pivot.xlsx"
    private_bytes(path, data.getvalue())
    return [path]


def _add(book: Any, table: TypedTable, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(sheet_name(table.name.replace("_", " ").capitalize()))
    sheet.freeze_panes(1, 0)
    rows = len(table.columns[0].values)
    heads = [{"header": column.header[:LONGEST_HEADER].strip() or "Column"} for column in table.columns]
    sheet.add_table(
        0,
        0,
        max(rows, 1),
        len(heads) - 1,
        {"name": f"pivot_{table.name}", "columns": heads, "style": "Table Style Light 1"},
    )
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, max(10, min(40, len(column.header) + 4)), formats[column.kind])
        for row, value in enumerate(column.values, 1):
            _put(sheet, row, number, value, formats[column.kind])


def _put(sheet: Any, row: int, column: int, value: Value, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, form)
    elif isinstance(value, time) or (isinstance(value, date) and _day(value) >= EARLIEST):
        sheet.write_datetime(row, column, value, form)
    else:
        if len(str(value)) > LONGEST_TEXT:
            raise Problem(
                phrase("A text of {n} characters does not fit into a cell.", n=in_thousands(len(str(value)))),
                next=phrase("Export to CSV."),
            )
        sheet.write_string(row, column, str(value), form)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value

"""XLSX: a clean, typed workbook without formulas or marks, for sending on.

openpyxl makes the workbook with its headers, widths and formats; the rows are written here, in the words of the xlsx
backend. openpyxl would round numbers to 16 digits, take a text that begins with `=` for a formula, cut long texts, and
take five times as long.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from addin.backends.ooxml.values import content, storable
from addin.core.a1 import letters
from addin.core.book import Value
from addin.core.regex import regex
from addin.exporters.tables import exported
from addin.files import private_bytes
from addin.workspace.workbook import Workbook

FORMATS = {
    str: "@",
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}
SHEET_DATA = regex(rb"<sheetData\s*(?:/>|>.*?</sheetData>)", re.S)
Columns = Sequence[Sequence[Value]]


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is the file, or a folder in which `trackers.xlsx` is made."""
    from openpyxl import Workbook as Made

    made = Made()
    made.remove(made.active)
    rows: list[tuple[Sequence[str], Columns]] = []
    for name in workbook.tables:
        found = exported(workbook, name)
        headers, columns = [one.header for one in found], [one.values for one in found]
        sheet = made.create_sheet(workbook.trackers[name].sheet)
        sheet.freeze_panes = "A2"
        for number, header in enumerate(headers, 1):
            sheet.column_dimensions[letters(number)].width = max(10, min(40, len(header) + 4))
        rows.append((headers, columns))
    styles = _styles(sheet)
    data = BytesIO()
    made.save(data)
    path = out if out.suffix.lower() == ".xlsx" else out / "trackers.xlsx"
    private_bytes(path, _filled(data, rows, styles))
    return [path]


def _styles(sheet: Any) -> dict[type | None, str]:
    """For each kind of value the style of its cells; for None that of headers."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet)
    cell.font = Font(bold=True)
    styles: dict[type | None, str] = {None: f' s="{cell.style_id}"'}
    for kind, form in FORMATS.items():
        cell = WriteOnlyCell(sheet)
        cell.number_format = form
        styles[kind] = f' s="{cell.style_id}"'
    return styles


def _filled(empty: BytesIO, rows: Sequence[tuple[Sequence[str], Columns]], styles: Mapping[type | None, str]) -> bytes:
    """The workbook with headers and rows in its sheets."""
    sheets = {f"xl/worksheets/sheet{number}.xml": one for number, one in enumerate(rows, 1)}
    data = BytesIO()
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name in sheets:
                headers, columns = sheets[name]
                area = f'<dimension ref="A1:{letters(len(columns))}{len(columns[0]) + 1}"'
                part = re.sub(rb'<dimension ref="[^"]*"', area.encode(), part, count=1)
                held = "".join((_head(headers, styles), *_rows(columns, styles)))
                before, after = SHEET_DATA.split(part, maxsplit=1)
                part = before + f"<sheetData>{held}</sheetData>".encode() + after
            new.writestr(name, part)
    return data.getvalue()


def _head(headers: Sequence[str], styles: Mapping[type | None, str]) -> str:
    cells = (content(header, False) for header in headers)
    named = (f'<c r="{letters(n)}1"{styles[None]}{kind}>{inner}</c>' for n, (kind, inner) in enumerate(cells, 1))
    return f'<row r="1">{"".join(named)}</row>'


def _rows(columns: Columns, styles: Mapping[type | None, str]) -> Iterator[str]:
    names = [letters(number) for number in range(1, len(columns) + 1)]
    known: dict[Value, str] = {}
    for number, row in enumerate(zip(*columns, strict=True), 2):
        yield f'<row r="{number}">'
        for name, value in zip(names, row, strict=True):
            if value is None or value == "":
                continue
            cell = known.get(value) if type(value) is str or type(value) is date else None
            if cell is None:
                cell = _cell(value, styles)
                if type(value) is str or type(value) is date:
                    known[value] = cell  # a value that repeats is written once
            yield f'<c r="{name}{number}"{cell}'
        yield "</row>"


def _cell(value: Value, styles: Mapping[type | None, str]) -> str:
    """What follows the address of a cell that holds this value."""
    held = storable(value, False)
    kind, inner = content(held, False)
    return f"{styles.get(type(held), '')}{kind}>{inner}</c>"

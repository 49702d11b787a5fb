"""XLSX: a clean, typed workbook without formulas or marks, for sending on; written by openpyxl.

Text is written as text whatever it begins with: openpyxl would take `=…` for a formula, so the type is set by hand.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from addin.cells import CellError, Value
from addin.exporters import exported
from addin.files import private_bytes
from addin.places import letters
from addin.workbook import Workbook

ILLEGAL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML cannot hold at all."""
LIKE_A_CODE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
"""What Excel takes for the code of a character: `_x005F_` stands for its underscore (ECMA-376, ST_Xstring)."""
FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is the file, or a folder in which `trackers.xlsx` is made."""
    from openpyxl import Workbook as Made
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = Made(write_only=True)
    for name, table in workbook.tables.items():
        tracker = workbook.trackers[name]
        headers, columns = exported(tracker, table)
        sheet = made.create_sheet(tracker.sheet)
        sheet.freeze_panes = "A2"
        for number, header in enumerate(headers, 1):
            sheet.column_dimensions[letters(number)].width = max(10, min(40, len(header) + 4))
        head = [WriteOnlyCell(sheet, header) for header in headers]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        for row in zip(*columns, strict=True):
            sheet.append([_cell(WriteOnlyCell(sheet), value) for value in row])
    data = BytesIO()
    made.save(data)
    path = out if out.suffix.lower() == ".xlsx" else out / "trackers.xlsx"
    private_bytes(path, data.getvalue())
    return [path]


def _cell(cell: Any, value: Value) -> Any:
    if isinstance(value, str):
        cell.value = LIKE_A_CODE.sub("_x005F_x", ILLEGAL_CHARACTERS.sub("", value)).replace("\r", "_x000D_")
        cell.data_type = "e" if isinstance(value, CellError) else "s"
        cell.number_format = "@"
    else:
        cell.value = value
        cell.number_format = FORMATS.get(type(value), "General")
    return cell

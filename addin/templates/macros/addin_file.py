"""Make `IB Trackers.xlam`, the add-in that gives Excel the ribbon tab for any open workbook, without Excel."""

import io
import os
import zipfile
from pathlib import Path

from addin.templates.macros.workbook import add_macros, packed, with_ribbon

WORKBOOK_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
WHAT_IT_DOES = "Checks, exports, syncs and reports on IB trackers from the ribbon tab IB Trackers."


def build_addin(path: str | os.PathLike[str]) -> None:
    """Write the add-in to `path`; the same bytes every time."""
    Path(path).write_bytes(addin_bytes())


def addin_bytes() -> bytes:
    """The add-in: a workbook with one empty sheet, the macros and the ribbon, whose type says that it is an add-in."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "IB Trackers", "comments": WHAT_IT_DOES})  # what Excel's list of add-ins shows
    book.add_worksheet("IB Trackers")
    add_macros(book, book.worksheets())
    book.close()
    with zipfile.ZipFile(buffer) as package:
        parts = with_ribbon({name: package.read(name) for name in package.namelist()})
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(WORKBOOK_TYPE, ADDIN_TYPE)
    return packed(parts)

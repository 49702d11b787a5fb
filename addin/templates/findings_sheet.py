"""The Findings sheet of a new workbook: its headers; marks.py fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.marks import HEADERS, WIDTHS
from addin.templates.look import TABS, Look

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write(sheet: Worksheet, look: Look) -> None:
    """Header only: Validate writes a row for each finding."""
    for number, (header, wide) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.write_string(0, number, header, look("header"))
        if wide:
            sheet.set_column(number, number, wide)
        else:
            sheet.set_column(number, number, None, None, {"hidden": True})
    sheet.autofilter(0, 0, 0, len(HEADERS) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_tab_color(TABS["findings"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)

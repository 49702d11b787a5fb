"""The Findings sheet of a new workbook: its headers and colours; marks.py fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.core.checks.marks import HEADERS, STRIP_WIDTH, WIDTHS
from addin.core.language import Language
from addin.templates.look import TABS, Look
from addin.templates.navigation import TARGETS
from addin.templates.plan import FINDINGS, text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576
MOST = 20_000
"""So many findings are coloured."""


def write(sheet: Worksheet, look: Look, language: Language) -> None:
    """Header only: Validate writes a row for each finding."""
    for number, (header, wide) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.write_string(0, number, language.say(header), look("header"))
        if wide:
            sheet.set_column(number, number, wide)
        else:
            sheet.set_column(number, number, None, None, {"hidden": True})
    sheet.set_column(len(HEADERS), len(HEADERS) + TARGETS - 1, STRIP_WIDTH)
    _colours(sheet, look, language)
    sheet.autofilter(0, 0, 0, len(HEADERS) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_tab_color(TABS["findings"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{language.say(FINDINGS)}&C&P / &N&R&D")
    sheet.print_area(0, 0, ROWS - 1, len(HEADERS) - 1)  # whole columns: the links beside the headers are not printed


def _colours(sheet: Worksheet, look: Look, language: Language) -> None:
    """By conditional formats, since Validate writes the cells again: the headers, and how bad each finding is."""
    seen = sum(1 for wide in WIDTHS if wide) - 1
    sheet.conditional_format(0, 0, 0, seen, {"type": "no_errors", "format": look("heading")})
    for level in ("error", "warning", "info"):
        options = {
            "type": "formula",
            "criteria": f"=$A2={text(language.say(level))}",
            "format": look(level),
            "stop_if_true": True,
        }
        sheet.conditional_format(1, 0, MOST, 0, options)

"""Write the strip of links between sheets: in the second row, on Findings beside the headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from addin.core.a1 import quoted
from addin.core.checks.marks import STRIP_CELLS
from addin.core.navigation import strip
from addin.templates.look import Look

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROW = 2
TARGETS = STRIP_CELLS
"""The strip's cells, from the first column on."""


def write(
    sheet: Worksheet,
    look: Look,
    name: str,
    visible: Sequence[str],
    columns: Sequence[int] = range(TARGETS),
    called: Callable[[str], str] = str,
    row: int = ROW,
) -> None:
    """Write the strip of one visible sheet into these columns (counted from 0) of a row (from 1)."""
    for column, (words, to) in zip(columns, strip(name, visible, called), strict=False):
        tip = called("Go to {sheet}").format(sheet=to)
        sheet.write_url(row - 1, column, f"internal:{quoted(to)}!A1", look("nav"), words, tip)

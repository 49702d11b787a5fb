"""The strip of links in the second row of every sheet: Home, the sheet before, the sheet after, Findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from addin.core.a1 import quoted
from addin.templates.look import Look
from addin.templates.plan import FINDINGS, HOME

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROW = 2
TARGETS = 4
"""The strip's cells, from the first column on."""


def write(
    sheet: Worksheet,
    look: Look,
    name: str,
    visible: Sequence[str],
    columns: Sequence[int] = range(TARGETS),
    called: Callable[[str], str] = str,
) -> None:
    """Write the strip of one visible sheet into these columns (counted from 0)."""
    at = visible.index(name)
    before, after = visible[at - 1], visible[(at + 1) % len(visible)]
    links = ((called(HOME), HOME), (called("‹ Prev"), before), (called("Next ›"), after), (called(FINDINGS), FINDINGS))
    for column, (words, to) in zip(columns, links, strict=False):
        sheet.write_url(
            ROW - 1,
            column,
            f"internal:{quoted(called(to))}!A1",
            look("nav"),
            words,
            called("Go to {sheet}").format(sheet=called(to)),
        )

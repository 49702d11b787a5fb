"""Packs: several pages made together for one occasion, with an index; each pack is a function from the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.core.tables.table import plain
from addin.reports.page import Page

LONGEST = 60
"""The longest file name of a page, in letters, without number and ending."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a pack, and the name of its file in a folder."""

    name: str
    page: Page


@dataclass(frozen=True, slots=True)
class Pack:
    """All pages, the index first, and what its reader must know about missing data."""

    sheets: Sequence[Sheet]
    remarks: Sequence[str] = ()


def file_name(kind: str, number: int, *parts: str) -> str:
    """Return a name that every file system takes: `attendance-01-biology-hl-paper-1.html`."""
    words = plain(" ".join(parts)).replace(" ", "-")
    return f"{kind}-{number:02d}-{words[:LONGEST].strip('-')}".rstrip("-") + ".html"

"""export: write a workbook's trackers in another format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from addin.actions import Tell, silent
from addin.exporters import export as write
from addin.workspace.workbook import opened


def export(
    target: str, *, to: str, out: Path, trackers: Sequence[str] = (), tell: Tell = silent
) -> tuple[list[Path], Counter[str]]:
    """Write a workbook's trackers in a format: the files, and how many rows of each tracker. Raises Problem."""
    tell("Reading")
    with opened(target, only=trackers) as workbook:
        if trackers:
            workbook.tables = {name: table for name, table in workbook.tables.items() if name in trackers}
        tell("Writing")
        return write(workbook, to, out), Counter({name: len(t) for name, t in workbook.tables.items()})

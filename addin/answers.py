"""What the verbs found, in a few lines: the same words on the command line, in the buttons and in the logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.marks import SHEET
from addin.screen import counted

if TYPE_CHECKING:
    from addin.actions.validate import Validated


def validated(result: Validated, target: str) -> list[str]:
    """A check's result: a line for each tracker, then where to look."""
    lines = [
        f"{result.titles[name]}: {counted(rows, 'row')}, {counted(result.count('error', name), 'error')}, "
        f"{counted(result.count('warning', name), 'warning')}."
        for name, rows in result.rows.items()
    ]
    lines += result.remarks
    if result.more_than_marked:
        lines.append(f"{counted(result.more_than_marked, 'cell')} more are listed, but not marked.")
    if not result.findings:
        lines.append("Nothing to mend.")
    elif result.written:
        lines.append(f"Marked in {target}; its sheet {SHEET} lists each with what to do.")
    return lines

"""history: every change that IB Trackers made to a workbook and that undo can still take back, the newest first."""

from __future__ import annotations

from pathlib import Path

from addin.core import target as targets
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.errors import BookProblem
from addin.workspace.journal import Entry, entries


def writes(target: str) -> list[Entry]:
    """The journal of a workbook file, or of what is checked from this folder. Raises BookProblem."""
    named = targets.parse(target)
    if not isinstance(named, targets.FileTarget):
        return entries(Path.cwd(), targets.canonical(target))
    path = Path(named.path).expanduser().resolve()
    if not path.is_file():
        raise BookProblem(
            phrase("there is no such workbook."), where=target, next=phrase("Check the name and the folder.")
        )
    return entries(path.parent, path.name)


def is_synced(target: str) -> bool:
    """Whether a sync's memory is beside the workbook."""
    named = targets.parse(target)
    folder = Path(named.path).expanduser().resolve().parent if isinstance(named, targets.FileTarget) else Path.cwd()
    return (folder / STATE_FOLDER / "state.sqlite").exists()

"""What a button showed last: those that ask before they write are pressed twice."""

from __future__ import annotations

import json
from pathlib import Path

from addin.errors import FileProblem
from addin.files import private, read_json


def shown_before(path: Path) -> tuple[str, str]:
    """The problem that was shown last; blank where that is not known."""
    try:
        found = read_json(path, lambda found: list(map(type, found)) == [str, str], next="")
    except FileProblem:
        found = None  # it is shown once more
    return tuple(found or ("", ""))


def is_agreed(path: Path, name: str, text: str) -> bool:
    """Whether this is what the person was shown by the last press in this workbook; else it is noted as shown now."""
    if shown_before(path) == (name, text):
        return True
    note_shown(path, name, text)
    return False


def note_shown(path: Path, sheet: str, cell: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with private(path, "utf-8") as file:
            json.dump([sheet, cell], file)
    except OSError:
        return  # a folder that cannot be written to only costs the place

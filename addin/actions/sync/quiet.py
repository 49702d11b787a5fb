"""Whether a sync can have anything to do, asked before a sheet is read: nothing has changed since it had nothing to do.

What is remembered was looked at before that sync read both sides. A later edit gives its spreadsheet another version
and the workbook other bytes, so none can be missed. Only where the sign-in may see changes (google/changes.py).
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from addin.actions.sync.books import Open
from addin.backends.ooxml.guard import check_writable
from addin.core import target as targets
from addin.core.names import STATE_FOLDER
from addin.errors import BookInUse, Problem
from addin.files import private
from addin.workspace.beside import fingerprint
from addin.workspace.settings_file import read_file
from addin.workspace.state import State

FILE = "unchanged.json"


@dataclass(frozen=True, slots=True)
class Versions:
    """The workbook with the files beside it, the last run, and each spreadsheet that it is linked with."""

    workbook: str
    run: int
    sheets: dict[str, str]
    """key of a spreadsheet -> its version"""


def look(target: str, open_: Open) -> Versions | None:
    """The versions of now; None where they cannot be known, or a link leads to anything but a spreadsheet at Google."""
    path = Path(target)
    if not targets.is_file(target) or not (path.parent / STATE_FOLDER).is_dir():
        return None
    try:
        check_writable(path)  # while it is open somewhere, the file is not all that there is
        keys = _keys(path)
        known = _ask(keys[0], open_) if keys else None
        if known is None or any(targets.google_key(key) not in known for key in keys):
            return None
        with State(path.parent / STATE_FOLDER) as state:
            run = state.last_run()
        return Versions(fingerprint(path), run, {key: known[targets.google_key(key)] for key in keys})
    except (Problem, BookInUse, OSError):
        return None  # the sync itself will say it


def is_known(target: str, versions: Versions) -> bool:
    """Whether these are the versions at which a sync had nothing to do."""
    try:
        said = json.loads((Path(target).parent / STATE_FOLDER / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(said == asdict(versions))


def remember(target: str, versions: Versions) -> None:
    """Remember that there was nothing to do at these versions."""
    with suppress(OSError), private(Path(target).parent / STATE_FOLDER / FILE, "utf-8") as file:
        json.dump(asdict(versions), file)


def _keys(path: Path) -> list[str]:
    """The addresses of the linked spreadsheets; none where a link leads elsewhere."""
    links: list[Any] = list(read_file(path.parent).get("links", ()))
    addresses = sorted({str(link.get("target", "")) for link in links if isinstance(link, dict)})
    google = [one for one in addresses if isinstance(targets.parse(one), targets.GoogleTarget)]
    return google if len(google) == len(addresses) else []


def _ask(address: str, open_: Open) -> dict[str, str] | None:
    from addin.backends.gsheets import GoogleBook
    from addin.google.changes import versions

    book = open_(address)
    try:
        return versions(book.client) if isinstance(book, GoogleBook) else None
    finally:
        book.close()

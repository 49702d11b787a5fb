"""Whether a sync can have anything to do, asked before a sheet is read: nothing has changed since it had nothing to do.

What is remembered was looked at before that sync read both sides. A later edit gives its spreadsheet another version
or other values, and the workbook other bytes, so none can be missed. Where the sign-in may see changes one question
tells the versions of all spreadsheets (google/changes.py); else, of a few, the values are downloaded and compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from addin.actions.sync.books import Open
from addin.backends.ooxml.guard import check_writable
from addin.core import target as targets
from addin.core.names import STATE_FOLDER
from addin.errors import BookInUse, FileProblem, Problem
from addin.files import private, read_json
from addin.workspace.beside import fingerprint
from addin.workspace.cloud_copies import conflict_copies
from addin.workspace.settings_file import read_file
from addin.workspace.state import State
from addin.workspace.tracker_files import heads

FILE = "unchanged.json"
FEW = 10
"""Of more spreadsheets the values are not compared: each costs one of the 60 reads a minute that Google allows."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The workbook with the files beside it, the last run, and each spreadsheet that it is linked with."""

    workbook: str
    run: int
    sheets: dict[str, str]
    """address of a spreadsheet -> its version, or one word for its values"""


def look(target: str, open_: Open) -> Versions | None:
    """The versions of now; None where they cannot be known, or a link leads to anything but a spreadsheet at Google.

    Where a cloud folder has left a copy beside the workbook, a sync always has something to say.
    """
    path = Path(target)
    if not targets.is_file(target) or not (path.parent / STATE_FOLDER).is_dir() or conflict_copies(path):
        return None
    try:
        check_writable(path)  # while it is open somewhere, the file is not all that there is
        linked = _linked(path)
        if not linked:
            return None
        with State(path.parent / STATE_FOLDER) as state:
            run = state.last_run()
        found = _ask(linked, open_) if run else None
        return Versions(fingerprint(path), run, found) if found else None
    except (Problem, BookInUse, OSError):
        return None  # the sync itself will say it


def is_known(target: str, versions: Versions) -> bool:
    """Whether these are the versions at which a sync had nothing to do."""
    try:
        said = read_json(Path(target).parent / STATE_FOLDER / FILE, lambda found: True, next="")
    except FileProblem:
        return False  # it only spares a reading
    return bool(said == asdict(versions))


def remember(target: str, versions: Versions) -> None:
    """Remember that there was nothing to do at these versions."""
    with suppress(OSError), private(Path(target).parent / STATE_FOLDER / FILE, "utf-8") as file:
        json.dump(asdict(versions), file)


def _linked(path: Path) -> dict[str, list[str]]:
    """The address of each linked spreadsheet -> its linked sheets; none where a link leads elsewhere."""
    links = [link for link in read_file(path.parent).get("links", ()) if isinstance(link, dict)]
    addresses = [str(link.get("target", "")) for link in links]
    if not all(isinstance(targets.parse(address), targets.GoogleTarget) for address in addresses):
        return {}
    known = heads(path.parent / "trackers") if links else {}
    found: dict[str, list[str]] = {}
    for link, address in zip(links, addresses, strict=True):
        tracker = known.get(str(link.get("tracker")))
        if tracker is None:
            return {}
        found.setdefault(address, []).append(str(link.get("sheet") or tracker.sheet))
    return found


def _ask(linked: Mapping[str, Sequence[str]], open_: Open) -> dict[str, str] | None:
    """Address -> version of each spreadsheet; None where that of one is not known."""
    from addin.backends.gsheets import GoogleBook
    from addin.google.changes import contents, may_see_changes, versions

    book = open_(next(iter(linked)))
    try:
        if not isinstance(book, GoogleBook):
            return None
        keys = {address: targets.google_key(address) for address in linked}
        if may_see_changes(book.client):
            known = versions(book.client) or {}
            return {one: known[key] for one, key in keys.items()} if known.keys() >= {*keys.values()} else None
        if len(linked) > FEW:
            return None
        return {one: contents(book.client, key, sorted(set(linked[one]))) for one, key in keys.items()}
    finally:
        book.close()

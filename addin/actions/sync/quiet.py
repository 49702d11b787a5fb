"""Whether a sync can have anything to do, asked before a sheet is read: nothing has changed since it had nothing to do.

What is remembered was looked at before that sync read both sides. A later edit gives its spreadsheet another version
or other values, and the workbook other bytes, so none can be missed. Where the sign-in may see changes one question
tells the versions of all spreadsheets (google/changes.py); else, of a few, the values are downloaded and compared.

A sync that wrote is remembered, too, where what was read back to verify it is exactly what it decided (verify.py), and
the workbook on the disk is the one that it wrote: whoever edits in between makes one of them another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from addin.actions.sync.books import Open
from addin.backends import backup
from addin.backends.ooxml.guard import check_writable
from addin.core import target as targets
from addin.core.names import STATE_FOLDER
from addin.errors import BookInUse, FileProblem, Problem
from addin.files import private, read_json
from addin.workspace.beside import digest, files_of
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
    beside: str
    """The files beside the workbook alone."""
    run: int
    sheets: dict[str, str]
    """address of a spreadsheet -> its version, or one word for its values; none before the first sync"""
    by_values: bool = True


def look(target: str, open_: Open) -> Versions | None:
    """The versions of now; None where they cannot be known, or a link leads to anything but a spreadsheet at Google.

    Where a cloud folder has left a copy beside the workbook, a sync always has something to say.
    """
    path = Path(target)
    if not targets.is_file(target) or conflict_copies(path):
        return None
    try:
        check_writable(path)  # while it is open somewhere, the file is not all that there is
        linked = _linked(path)
        if not linked:
            return None
        run = _last_run(path.parent / STATE_FOLDER)
        found = _ask(linked, open_) if run else ({}, True)  # the first sync reads them all
        if not found:
            return None
        files = _files(path)
        return Versions(digest(files), digest(files[1:]), run, *found)
    except (Problem, BookInUse, OSError):
        return None  # the sync itself will say it


def _last_run(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    with State(folder) as state:
        return state.last_run()


def after_writing(target: str, before: Versions, run: int, written: Mapping[str, str], saved: str) -> Versions | None:
    """The versions after a sync that wrote; None where it is not sure that nothing else has changed since `before`.

    `written` are the spreadsheets that it wrote, with the word of what it read back, "" where that was not as decided;
    `saved` is the fingerprint of the workbook that it wrote, "" where it wrote none.
    """
    if not all(written.values()) or (written and not before.by_values):
        return None
    try:
        files, linked = _files(Path(target)), _linked(Path(target)).keys()
    except (Problem, OSError):
        return None
    now = digest(files)
    as_written = backup.fingerprint(files[0][1]) == saved if saved else now == before.workbook
    if not as_written or digest(files[1:]) != before.beside:
        return None
    sheets = {**before.sheets, **written}
    return Versions(now, before.beside, run, sheets, before.by_values) if sheets.keys() == linked else None


def is_known(target: str, versions: Versions) -> bool:
    """Whether these are the versions at which a sync had nothing to do."""
    if not versions.sheets:
        return False
    try:
        said = read_json(Path(target).parent / STATE_FOLDER / FILE, lambda found: True, next="")
    except FileProblem:
        return False  # it only spares a reading
    return bool(said == asdict(versions))


def remember(target: str, versions: Versions) -> None:
    """Remember that there was nothing to do at these versions."""
    with suppress(OSError), private(Path(target).parent / STATE_FOLDER / FILE, "utf-8") as file:
        json.dump(asdict(versions), file)


def _files(path: Path) -> list[tuple[str, bytes]]:
    return [(one.relative_to(path.parent).as_posix(), one.read_bytes()) for one in files_of(path)]


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


def _ask(linked: Mapping[str, Sequence[str]], open_: Open) -> tuple[dict[str, str], bool] | None:
    """Address -> version of each spreadsheet, and whether these are words for their values; None where that of one is
    not known."""
    from addin.backends.gsheets import GoogleBook
    from addin.google.changes import contents, may_see_changes, versions

    book = open_(next(iter(linked)))
    try:
        if not isinstance(book, GoogleBook):
            return None
        keys = {address: targets.google_key(address) for address in linked}
        if may_see_changes(book.client):
            known = versions(book.client) or {}
            return ({one: known[key] for one, key in keys.items()}, False) if known.keys() >= {*keys.values()} else None
        if len(linked) > FEW:
            return None
        return {one: contents(book.client, key, sorted(set(linked[one]))) for one, key in keys.items()}, True
    finally:
        book.close()

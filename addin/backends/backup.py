"""The last versions of a workbook, kept in `.ib-trackers/backups` beside it before it is replaced."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from addin.core.names import STATE_FOLDER

KEEP = 10


def keep_backup(path: Path, data: bytes, keep: int = KEEP) -> Path:
    """Keep the bytes of a workbook as its newest backup and drop all but the last `keep` of that workbook."""
    folder = path.parent / STATE_FOLDER / "backups"
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")  # local time: a person looks for "this morning"
    backup = folder / f"{path.stem}.{moment}{path.suffix}"
    descriptor = os.open(backup, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    for old in backups_of(path)[:-keep]:
        old.unlink(missing_ok=True)
    return backup


def backups_of(path: Path) -> list[Path]:
    """The kept versions of a workbook, oldest first."""
    folder = path.parent / STATE_FOLDER / "backups"
    name = re.compile(re.escape(path.stem) + r"\.\d{4}-\d\d-\d\d-\d{6}-\d{6}" + re.escape(path.suffix))
    return sorted(one for one in folder.iterdir() if name.fullmatch(one.name)) if folder.is_dir() else []


def how_to_restore(path: Path) -> str:
    """What to do about a damaged workbook: where its last kept version is, if there is one."""
    try:
        kept = backups_of(path)
    except OSError:
        kept = []
    if kept:
        return f"Its last version that we kept is {kept[-1]}."
    return "Restore an older version of it, for example from your cloud folder."

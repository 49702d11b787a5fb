"""The last versions of a workbook, kept in `.ib-trackers/backups` beside it before it is replaced."""

from __future__ import annotations

import os
import re
import time
import zlib
from contextlib import suppress
from pathlib import Path

from addin.core.language import phrase
from addin.core.names import STATE_FOLDER

KEEP = 10


def keep_backup(path: Path, data: bytes, keep: int = KEEP) -> Path:
    """Keep the bytes of a workbook as its newest backup and drop all but the last `keep` of that workbook.

    Which is the last goes by what was written last, not by names: a clock may have been set back.
    """
    folder = backup_folder(path)
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, exist_ok=True)
    known = backups_of(path)
    number = 1 + max((_number(one) for one in known), default=0)
    moment = time.strftime("%Y-%m-%d-%H%M%S")  # local time: a person looks for "this morning"
    backup = folder / f"{path.stem}.{moment}-{number:06}{path.suffix}"
    try:
        descriptor = os.open(backup, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            backup.unlink()
        raise
    for old in [*known, backup][:-keep]:
        with suppress(OSError):
            old.unlink()
    return backup


def backups_of(path: Path) -> list[Path]:
    """The kept versions of a workbook, in the order in which they were written."""
    folder = backup_folder(path)
    name = re.compile(re.escape(path.stem) + r"\.\d{4}-\d\d-\d\d-\d{6}-\d{6,}" + re.escape(path.suffix))
    found = [one for one in folder.iterdir() if name.fullmatch(one.name)] if folder.is_dir() else []
    return sorted(found, key=lambda one: (_number(one), one.name))


def backup_folder(path: Path) -> Path:
    """Where the versions of a workbook are kept."""
    return path.parent / STATE_FOLDER / "backups"


def backup_with(path: Path, wanted: str) -> Path | None:
    """The newest backup whose bytes have this fingerprint."""
    size = int(wanted.partition("-")[0] or -1)
    for one in reversed(backups_of(path)):
        with suppress(OSError):
            if one.stat().st_size == size and fingerprint(one.read_bytes()) == wanted:
                return one
    return None


def fingerprint(data: bytes) -> str:
    """Size and checksum: enough to see that a file is not the one that we wrote."""
    return f"{len(data)}-{zlib.crc32(data):08x}"


def _number(backup: Path) -> int:
    return int(backup.stem.rpartition("-")[2])


def how_to_restore(path: Path) -> str:
    """What to do about a damaged workbook: where its last kept version is, if there is one."""
    try:
        kept = backups_of(path)
    except OSError:
        kept = []
    if kept:
        return phrase("An earlier copy is kept; ib-trackers restore brings it back ({kept}).", kept=kept[-1])
    return phrase("Restore an older version of it, for example from your cloud folder.")

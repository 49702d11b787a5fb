"""What the check of a workbook depends on: the workbook, and the settings, lists and trackers beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from addin import __version__
from addin.core.settings import FILE


def files_of(path: Path) -> list[Path]:
    """The workbook first, then what lies beside it and says how it is read."""
    folder = path.parent
    beside = [folder / FILE, *sorted((folder / "lists").glob("*.csv")), *sorted((folder / "trackers").glob("*.toml"))]
    return [path, *(one for one in beside if one.is_file())]


def fingerprint(path: Path) -> str:
    """Changes when any of the files or the version of this program changes. Raises OSError."""
    return digest((one.relative_to(path.parent).as_posix(), one.read_bytes()) for one in files_of(path))


def digest(files: Iterable[tuple[str, bytes]]) -> str:
    """One word for files and the version of this program."""
    found = hashlib.sha256(__version__.encode())
    for name, data in files:
        found.update(f"\0{name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()

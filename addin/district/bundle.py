"""What the check of one school depends on: its workbook, and the settings, lists and trackers beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from addin.core import target as targets
from addin.core.names import SETTINGS_FILE, STATE_FOLDER
from addin.core.records import frozen
from addin.errors import Problem
from addin.workspace.beside import digest, files_of
from addin.workspace.settings import settings_for

ENDINGS = (".xlsx", ".xlsm")
HEADERS = ("file", "path", "workbook", "target")
"""What the first line of a list may say."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a workbook; a larger one is named and left out."""


@frozen
class Bundle:
    """A school's files by the name relative to its folder, the workbook first."""

    workbook: str
    """The path as the source names it; it identifies the school's results."""
    files: tuple[tuple[str, bytes], ...]

    @property
    def fingerprint(self) -> str:
        """Changes when any of the files or the version of this program changes."""
        return digest(self.files)


def identity(workbook: str) -> str:
    """A short, lasting name for a workbook's files in the dataset."""
    return hashlib.sha256(workbook.encode()).hexdigest()[:16]


def find_workbooks(source: Path) -> list[Path | str]:
    """The workbooks of a folder and its folders, of a pattern, or of a CSV list of paths and Google Sheets (as text).

    Raises Problem for anything else.
    """
    if source.is_dir():
        every = sorted(path for ending in ENDINGS for path in source.rglob(f"*{ending}"))
        return [path for path in every if not path.name.startswith(("~$", ".")) and STATE_FOLDER not in path.parts]
    if source.suffix.lower() == ".csv" and source.is_file():
        return list(_listed(source))
    parent, name = source.parent, source.name
    if any(sign in str(source) for sign in "*?["):
        base = Path(source.anchor or ".")
        return sorted(path for path in base.glob(str(source.relative_to(source.anchor) if source.anchor else source)))
    raise Problem("is no folder, pattern or CSV list of workbooks.", where=str(parent / name), next="Name a folder.")


def _listed(source: Path) -> Iterator[Path | str]:
    import csv

    with source.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.reader(file):
            said = line[0].strip() if line else ""
            if not said or said.casefold() in HEADERS:
                continue
            path = Path(said)
            yield _address(said) or (path if path.is_absolute() else source.parent / path)


def _address(said: str) -> str:
    """The one name of a Google Sheet; "" for a file."""
    try:
        named = targets.parse(said)
    except Problem as problem:
        raise Problem(f"{said}: {problem.what}", next="Correct the list.") from None
    return f"gsheet:{named.key}" if isinstance(named, targets.GoogleTarget) else ""


def name_of(path: Path, root: Path) -> str:
    """A file as the source names it. What of a file name is no text, as on an old disk, is written as its bytes."""
    named = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(named.as_posix()).decode("utf-8", "backslashreplace")


def read_bundle(path: Path, root: Path) -> Bundle:
    """The bundle of a workbook. Raises Problem where it cannot be read or is too large."""
    name = name_of(path, root)
    try:
        if not path.is_file():
            raise Problem("is no file.", where=name, next="Check the list of workbooks.")
        if path.stat().st_size > LARGEST:
            raise Problem(
                f"is larger than {LARGEST // 1024**2} MB.", where=name, next="Ask the school for a smaller copy."
            )
        files = files_of(path)
        return Bundle(name, tuple((name_of(one, path.parent), _content(one, path.name)) for one in files))
    except OSError as error:
        raise Problem(f"cannot be read: {error.strerror}.", where=name, next="Check the file's rights.") from None


def _content(path: Path, workbook: str) -> bytes:
    """What the school's worker needs of a file; a settings file that cannot be read is named there."""
    if path.name != SETTINGS_FILE:
        return path.read_bytes()
    try:
        return settings_for(path, workbook)
    except (Problem, ValueError):
        return path.read_bytes()

"""Files that hold personal data: readable by their owner alone, whole or not there at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from addin.core.regex import regex
from addin.errors import FileProblem, Sentence, file_problem

LARGEST = 100_000_000
"""Bytes of a JSON file that is read; those of ours have a few thousand."""
LEFT_AFTER = 3600
"""Seconds after which a temporary file of an unknown process is taken for left behind."""


_TEMPORARY = regex(r"\.~ib-trackers-(\d+)-[0-9a-f]{16}\.tmp")


def temporary_name(path: Path) -> Path:
    """A name beside a file for its new version; it says which process writes it."""
    return path.with_name(f".~ib-trackers-{os.getpid()}-{os.urandom(8).hex()}.tmp")


def clear_leftovers(folder: Path) -> None:
    """Remove the temporary files that killed runs left in a folder: they hold people's data.

    One that a running process writes stays; where that cannot be known (Windows, another computer), for an hour.
    """
    with suppress(OSError):
        for left in os.scandir(folder):
            if (match := _TEMPORARY.fullmatch(left.name)) and _is_left(left, int(match[1])):
                if left.is_dir(follow_symlinks=False):
                    _remove(Path(left.path))
                    continue
                with suppress(OSError):
                    os.unlink(left.path)  # noqa: PTH108 (an entry of the scan, not a Path)


def _is_left(left: os.DirEntry[str], process: int) -> bool:
    if time.time() - left.stat().st_mtime > LEFT_AFTER:
        return True
    return process != os.getpid() and not _may_run(process)


def _may_run(process: int) -> bool:
    if os.name == "nt":
        return True  # asking there would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


@contextmanager
def temporary_folder(path: Path) -> Iterator[Path]:
    """A folder beside a file in which its new version is made; it goes again whatever happens."""
    clear_leftovers(path.parent)
    folder = temporary_name(path)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


@contextmanager
def private(path: Path, encoding: str) -> Iterator[TextIO]:
    """A text file for its owner alone (0600) that appears whole, or not at all."""
    clear_leftovers(path.parent)
    temporary = temporary_name(path)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding=encoding, newline="") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)  # the name that a person knows
        raise
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def private_bytes(path: Path, data: bytes) -> None:
    """As `private`, for bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with private(path, "latin-1") as file:
        file.buffer.write(data)


def parsed_json(text: str | bytes) -> Any:
    """Parse JSON. Raises ValueError for whatever is none, also where it is nested too deeply to be read."""
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def read_json(path: Path, is_right: Callable[[Any], object], *, next: str) -> Any:  # noqa: A002 (the house word)
    """Read a JSON file of ours, which a person or a cloud folder may have damaged; None where it is missing.

    `is_right` says whether the contents have the shape that the caller relies on; it may fail on others. Raises
    FileProblem with `next`.
    """
    where = str(path)
    try:
        if not path.is_file():
            if path.exists() or path.is_symlink():
                raise FileProblem(Sentence.of("is not a file."), where=where, next=next)
            return None
        if path.stat().st_size > LARGEST:
            raise FileProblem(Sentence.of("is too large to be a file of IB Trackers."), where=where, next=next)
        data = parsed_json(path.read_bytes())
        if is_right(data):
            return data
    except OSError as error:
        raise file_problem(error, where, doing="read") from None
    except (ValueError, TypeError, LookupError, AttributeError):
        pass
    raise FileProblem(Sentence.of("is damaged."), where=where, next=next)

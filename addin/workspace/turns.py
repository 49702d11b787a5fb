"""Whose turn it is: one verb at a time writes a workbook. See backends/lock.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from addin.backends.lock import WAIT, locked
from addin.core import target as targets

Tell = Callable[[str], None]


@contextmanager
def writing(
    target: str, verb: str, *, wait: float = WAIT, break_lock: bool = False, tell: Tell | None = None
) -> Iterator[None]:
    """Hold the lock of a workbook's folder while a verb reads, decides and writes; without a verb nothing is held.

    Google and the open workbook detect changes by themselves and need no lock on a folder. Raises Busy.
    """
    named = targets.parse(target)
    folder = Path(named.path).expanduser().resolve().parent if isinstance(named, targets.FileTarget) else None
    if not verb or folder is None or not folder.is_dir():
        yield  # where there is no folder, opening says what is wrong
        return
    with locked(folder, verb, wait=wait, break_lock=break_lock, tell=tell):
        yield

"""One writer at a time: a lock on the folder that holds a workbook, its settings and what we remember of it.

The system holds the lock (flock, or LockFileEx on Windows), so it ends with the process that took it, however that
ended. The file says who holds it, for the sentence that others read. A folder that is shared between computers may
not pass locks on: a holder on another computer counts until the lock is broken with `--break-lock`.

    with locked(folder, "import"):        waits for another run, then raises Busy
        ... read, decide, write ...
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.records import as_dict, field_names, frozen
from addin.errors import Busy, file_problem, is_disk_full

LOCK, REPLACE = "lock", "replace.lock"
WAIT = 30.0
"""Seconds to wait for another run."""
SAY_AFTER, STEP, TRIES = 1.0, 0.05, 50
FAR = 1 << 30
"""The byte that is locked on Windows: outside the text, which others may read meanwhile."""


@frozen
class Holder:
    """Who holds a lock. `began` is when its process began: process numbers are given out again."""

    host: str = ""
    pid: str = ""
    began: str = ""
    thread: str = ""
    verb: str = ""
    at: str = ""


@contextmanager
def locked(
    folder: Path,
    verb: str,
    *,
    wait: float = WAIT,
    break_lock: bool = False,
    tell: Callable[[str], None] | None = None,
    name: str = LOCK,
) -> Iterator[None]:
    """Hold the lock of a folder; Busy when another run has held it for `wait` seconds.

    Taken again by the thread that holds it, it does nothing. `break_lock` overrides a holder on another computer.
    """
    me, path = _myself(verb), folder / STATE_FOLDER / name
    is_new = not path.parent.exists()
    file = _opened(path)
    if file is None or _is_mine(file, me):
        if file is not None:
            os.close(file)
        yield  # nothing can be written there, and the write itself will say so; or it is held already
        return
    started = time.monotonic()
    while not (_wait_for(file, started, wait, tell) and _is_current(file, path)):
        os.close(file)  # whoever had it removed the file: lock the one that others see
        file = _opened(path)
        if file is None:
            raise _busy(Holder())
    try:
        _check_elsewhere(file, me, break_lock)
        _note(file, path, me)
        yield
    finally:
        _release(file, path, me, is_new)


def holder_of(folder: Path) -> Holder:
    """Who holds the lock of a folder; a blank holder where nobody does."""
    with suppress(OSError):
        file = os.open(folder / STATE_FOLDER / LOCK, os.O_RDONLY)
        try:
            return _read(file)
        finally:
            os.close(file)
    return Holder()


def _opened(path: Path) -> int | None:
    """The lock's file, made where it is missing; None where nothing can be written."""
    for _ in range(TRIES):
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except FileNotFoundError:
            continue  # the run that held it has just removed the folder, which was empty again
        except OSError as error:
            if is_disk_full(error):
                raise file_problem(error, path) from None
            return None
    return None


def _wait_for(file: int, started: float, wait: float, tell: Callable[[str], None] | None) -> bool:
    while not _try_lock(file):
        waited = time.monotonic() - started
        if waited >= wait:
            holder = _read(file)
            os.close(file)
            raise _busy(holder)
        if tell is not None and waited >= SAY_AFTER:
            tell(f"Waiting for another run ({_read(file).verb or 'unknown'})")
        time.sleep(STEP)
    return True


def _is_current(file: int, path: Path) -> bool:
    """Whether the file that was locked is still the one at its place."""
    try:
        there, ours = path.stat(), os.fstat(file)
    except OSError:
        return False
    return (there.st_ino, there.st_dev) == (ours.st_ino, ours.st_dev)


def _release(file: int, path: Path, me: Holder, is_new: bool) -> None:
    """Let go, and leave no trace: the file goes, and a folder that was made for it and holds nothing else."""
    if _read(file) in (me, Holder()):
        with suppress(OSError):
            _write(file, Holder())
        with suppress(OSError):  # Windows keeps a file that is open; a blank one says that nobody holds it
            path.unlink()
            if is_new:
                path.parent.rmdir()
    _unlock(file)
    os.close(file)


def _check_elsewhere(file: int, me: Holder, break_lock: bool) -> None:
    """Raise Busy for a holder on another computer, of which the system here may know nothing."""
    holder = _read(file)
    if holder.host and holder.host != me.host and not break_lock:
        raise _busy(holder)


def _busy(holder: Holder) -> Busy:
    here = holder.host in ("", _host())
    who = f"{holder.verb or 'another run'} on this workbook's folder"
    if here:
        return Busy(
            phrase("{who} is still running (process {number}).", who=who, number=holder.pid or "?"),
            next=phrase("Try again when it has ended."),
        )
    return Busy(
        phrase(
            "{who} was started on the computer {host} at {at} and has not ended.",
            who=who,
            host=holder.host,
            at=holder.at,
        ),
        next=phrase("Wait for it. If that computer was switched off meanwhile, add --break-lock."),
    )


def _is_mine(file: int, me: Holder) -> bool:
    """Whether this very thread holds the lock; what a killed process left behind is not ours."""
    holder = _read(file)
    if (holder.host, holder.pid, holder.began, holder.thread) != (me.host, me.pid, me.began, me.thread):
        return False
    if _try_lock(file):
        _unlock(file)
        return False
    return True


def _myself(verb: str) -> Holder:
    at = time.strftime("%Y-%m-%d %H:%M")
    return Holder(_host(), str(os.getpid()), _began(), str(threading.get_ident()), verb, at)


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _began() -> str:
    """When this process began, in ticks since the computer was started; "" where the system does not say."""
    try:
        line = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return line.rpartition(")")[2].split()[19]


def _read(file: int) -> Holder:
    try:
        os.lseek(file, 0, os.SEEK_SET)
        fields = os.read(file, 2_000).decode("utf-8", "replace").split("\n")
    except OSError:
        return Holder()
    return Holder(*fields) if len(fields) == len(field_names(Holder)) else Holder()


def _note(file: int, path: Path, me: Holder) -> None:
    """Note that we hold the lock: without it a step of this run would wait for the run itself. Raises DiskFull."""
    try:
        _write(file, me)
    except OSError as error:
        if is_disk_full(error):
            raise file_problem(error, path) from None


def _write(file: int, holder: Holder) -> None:
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, "\n".join(as_dict(holder).values()).encode() if holder.pid else b"")


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        os.lseek(file, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, FAR, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # this file system knows no locks: better than no run
        return True

    def _unlock(file: int) -> None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)

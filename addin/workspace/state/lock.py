"""One run at a time: who holds the lock, and whether they are still there.

The lock is a row in the database, taken in one transaction, so two runs can never both think that they have it. A run
that was killed leaves the row behind; the next run on the same computer sees that the process is gone and goes on.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from pathlib import Path

from addin.core.language import phrase
from addin.errors import Busy


def take(db: sqlite3.Connection, force: bool = False) -> None:
    """Take the lock, or raise Busy; `force` takes it from a computer that cannot be asked."""
    me = myself()
    with db:
        db.execute("BEGIN IMMEDIATE")
        found = db.execute("SELECT holder FROM lock").fetchone()
        if found and not force:
            give_way(json.loads(found[0]))
        db.execute("DELETE FROM lock")
        db.execute("INSERT INTO lock (holder) VALUES (?)", (json.dumps(me),))


def look(db: sqlite3.Connection) -> None:
    """Raise Busy when another run is at work; nothing is written."""
    found = db.execute("SELECT holder FROM lock").fetchone()
    if found:
        give_way(json.loads(found[0]))


def give_way(holder: dict[str, str | int]) -> None:
    """Raise Busy when the holder is still at work."""
    if not still_there(holder):
        return
    here = holder["host"] == socket.gethostname()
    raise Busy(
        "Another sync of this workbook is running"
        + (f" (process {holder['pid']})." if here else f" on the computer {holder['host']}."),
        next=phrase("Wait for it to end.")
        if here
        else phrase("If that computer was switched off, run it with --break-lock."),
    )


def release(db: sqlite3.Connection) -> None:
    """Let go of the lock, if it is still ours."""
    with db:
        db.execute("DELETE FROM lock WHERE holder = ?", (json.dumps(myself()),))


def myself() -> dict[str, str | int]:
    """This process: computer, number, and when it began, because numbers are given out again."""
    return {"host": socket.gethostname(), "pid": os.getpid(), "began": began(os.getpid())}


def still_there(holder: dict[str, str | int]) -> bool:
    """Whether the holder is still at work. Another computer cannot be asked, so it counts as at work."""
    if holder["host"] != socket.gethostname():
        return True
    pid = int(holder["pid"])
    return alive(pid) and began(pid) == holder["began"]


def alive(pid: int) -> bool:
    """Whether a process of this number runs on this computer."""
    if os.name == "nt":
        return alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def alive_on_windows(pid: int) -> bool:
    """The same on Windows, where os.kill(pid, 0) would end the process instead of asking."""
    import ctypes  # only here: not every Python has it

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]  # exists on Windows only
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE


def began(pid: int) -> str:
    """When a process began, in ticks since the computer was started; "" where the system does not say."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return line.rpartition(")")[2].split()[19]

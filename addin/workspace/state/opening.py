"""Opening the database: made where it is missing, checked where it is there, refused in one sentence when damaged."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addin.core.language import phrase
from addin.errors import Busy, DiskFull, FileProblem, Problem, StateDamaged, is_disk_full

VERSION = 2
SCHEMA = """
CREATE TABLE bases (link TEXT PRIMARY KEY, base BLOB NOT NULL, before BLOB, run INTEGER NOT NULL, book TEXT NOT NULL,
                    hidden_left BLOB, hidden_right BLOB, before_left BLOB, before_right BLOB);
CREATE TABLE conflicts (link TEXT NOT NULL, row TEXT NOT NULL, column_ TEXT, base TEXT, left_ TEXT, right_ TEXT,
                        since INTEGER NOT NULL, first INTEGER NOT NULL DEFAULT 0);
CREATE TABLE runs (run INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, note TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE TABLE journal (run INTEGER NOT NULL, link TEXT NOT NULL, side TEXT NOT NULL, row TEXT NOT NULL, column_ TEXT,
                      old TEXT NOT NULL, new TEXT NOT NULL, below TEXT);
CREATE INDEX journal_run ON journal (run);
CREATE TABLE stops (link TEXT PRIMARY KEY, reasons TEXT NOT NULL, at TEXT NOT NULL, accepted INTEGER NOT NULL);
CREATE TABLE lock (holder TEXT NOT NULL);
CREATE TABLE stamps (book TEXT NOT NULL, stamp TEXT NOT NULL, number INTEGER PRIMARY KEY AUTOINCREMENT);
"""
FROM_1 = """
ALTER TABLE bases ADD COLUMN hidden_left BLOB;
ALTER TABLE bases ADD COLUMN hidden_right BLOB;
ALTER TABLE bases ADD COLUMN before_left BLOB;
ALTER TABLE bases ADD COLUMN before_right BLOB;
ALTER TABLE conflicts ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN below TEXT;
CREATE TABLE stamps (book TEXT NOT NULL, stamp TEXT NOT NULL, number INTEGER PRIMARY KEY AUTOINCREMENT);
"""


def opened(path: Path, *, check: bool = True) -> sqlite3.Connection:
    """The database at this path, readable by its owner only; without `check` it is not read whole.

    Where nobody may write there, it is opened for reading alone.
    """
    mode = "rwc"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)  # never the folder of the workbook: it may have been moved
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        if is_disk_full(error):
            raise _full(path) from error
        mode = "ro"
        if not os.access(path, os.R_OK):
            raise _not_here(path, error) from error
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", timeout=10, isolation_level=None, uri=True)
    try:
        with unpacking(path):
            prepare(db, path)
            if check:
                check_whole(db, path)
    except Exception:
        db.close()
        raise
    return db


def _not_here(path: Path, error: OSError) -> Problem:
    return Problem(
        phrase("The sync memory cannot be kept here ({strerror}).", strerror=error.strerror),
        where=str(path),
        next=phrase("Check who may write there."),
    )


def _full(path: Path) -> DiskFull:
    return DiskFull(
        phrase("The sync memory could not be written: the disk is full."),
        where=str(path),
        next=phrase("Free some space and run again."),
    )


def prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new file; of an old one check the version."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version == 1:
        db.executescript(f"BEGIN IMMEDIATE; {FROM_1} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version != VERSION:
        raise damaged(path, f"it is of version {version}, this program reads version {VERSION}")


def check_whole(db: sqlite3.Connection, path: Path) -> None:
    """Read the whole file once. Raises StateDamaged."""
    if (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise damaged(path, found)


def damaged(path: Path, why: object) -> StateDamaged:
    """The problem that a person reads."""
    return StateDamaged(
        phrase("What the last sync remembered cannot be read ({why}).", why=why),
        where=str(path),
        next=phrase(
            "Put the file back from a backup; or take it away: then both sides count as new, nothing "
            "is deleted and every difference is shown as a conflict."
        ),
    )


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what a damaged or busy file does to a reader into the problem that a person reads."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Busy(
                phrase("Another program is using the sync memory."), where=str(path), next=phrase("Try again later.")
            ) from error
        if code == sqlite3.SQLITE_FULL:
            raise _full(path) from error
        if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            raise FileProblem(
                phrase("The sync memory could not be read or written ({error}).", error=error),
                where=str(path),
                next=phrase("Check the disk, the folder and your permissions, then run again."),
            ) from error
        raise damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error


@contextmanager
def unpacking(path: Path) -> Iterator[None]:
    """The same, and what damaged contents do to whoever unpacks them."""
    try:
        with readable(path):
            yield
    except (zlib.error, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise damaged(path, error) from error

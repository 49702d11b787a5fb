"""The atomic write: a new file beside the old one, checked, then put in its place. The old file is whole until then."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from addin.backends.backup import fingerprint, keep_backup
from addin.backends.lock import REPLACE, locked
from addin.backends.ooxml import guard
from addin.backends.ooxml.package import Package, stamp
from addin.backends.ooxml.scan import rows_numbered, sheet_data
from addin.core.language import phrase
from addin.errors import BookInUse, BookProblem, is_disk_full
from addin.files import clear_leftovers, temporary_name


def save(package: Package, check: Callable[[Package], None]) -> str:
    """Write the package's changes, and give the new file's fingerprint.

    `check` raises when the new file does not hold what it should.
    """
    path = package.path
    check_unchanged(package)
    try:
        temporary = _write_beside(package)
    except OSError as problem:
        raise _not_saved(path, problem) from problem
    try:
        written = _checked(temporary, package)
        check(written)
        with locked(path.parent, "save", name=REPLACE):  # two of ours never look and replace at the same time
            check_unchanged(package)
            keep_backup(path, package.data)
            check_unchanged(package)  # once more, as late as can be: Excel knows no lock of ours
            _like_the_original(path, temporary)
            os.replace(temporary, path)  # noqa: PTH105 (the one call that is atomic on every system, named as such)
        _sync_folder(path.parent)
        return fingerprint(written.data)
    except OSError as problem:
        raise _not_saved(path, problem) from problem
    except BookProblem as problem:
        if problem.where != str(temporary):
            raise
        raise BookProblem(
            phrase("the new version could not be read back ({what}); the old version is untouched.", what=problem.what),
            where=str(path),
            next=phrase("Run again."),
        ) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def replace_whole(path: Path, data: bytes, expected: str) -> None:
    """Put other bytes in the place of a workbook whose bytes have the `expected` fingerprint; a copy of it is kept.

    Raises BookProblem, and leaves the file as it was.
    """
    clear_leftovers(path.parent)
    temporary = temporary_name(path)
    try:
        with locked(path.parent, "save", name=REPLACE):
            old = path.read_bytes()
            if fingerprint(old) != expected:
                raise BookInUse(
                    phrase("the workbook changed since it was read."), where=str(path), next=phrase("Run again.")
                )
            guard.check_writable(path)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _like_the_original(path, temporary)
            keep_backup(path, old)
            os.replace(temporary, path)  # noqa: PTH105 (the one call that is atomic on every system, named as such)
        _sync_folder(path.parent)
    except OSError as problem:
        raise _not_saved(path, problem) from problem
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def check_unchanged(package: Package) -> None:
    """Refuse when the file is not the one that was read, or is open in a spreadsheet program."""
    check_still_there(package)
    guard.check_writable(package.path)


def check_still_there(package: Package) -> None:
    """Refuse when the file is not the one that was read."""
    where = str(package.path)
    try:
        now = stamp(package.path)
    except OSError:
        raise BookInUse(
            phrase("the workbook was moved or deleted since it was read."), where=where, next=phrase("Run again.")
        ) from None
    if now != package.stamp:
        raise BookInUse(phrase("the workbook changed since it was read."), where=where, next=phrase("Run again."))


def _write_beside(package: Package) -> Path:
    path = package.path
    clear_leftovers(path.parent)
    temporary = temporary_name(path)
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            package.write(file)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _like_the_original(path: Path, temporary: Path) -> None:
    """The new file belongs to whom the old one belonged, with the same permissions."""
    old = path.stat()
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (temporary.stat().st_uid, temporary.stat().st_gid):
        with contextlib.suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(old.st_mode & 0o777)


def _checked(temporary: Path, package: Package) -> Package:
    """The new file, read back: changed parts are well-formed XML, all others the very bytes they were."""
    written = Package(temporary)
    if written.names != {name for name in package.names | set(package.changed) if package.has(name)}:
        raise _unsound("its parts are not those that were written", package)
    for name in written.names:
        if package.changed.get(name) is None:
            if not written.holds_as_it_was(name, package):
                raise _unsound(f"{name} is not what it was", package)
            continue
        xml = written.part(name)
        if xml != package.changed[name]:
            raise _unsound(f"{name} is not what was written", package)
        if why := _defect(_new_in(name, xml, package)):
            if name in package.names and _defect([package.raw(name)]):
                raise guard.damaged(f"{name} holds what no workbook may hold", package.where)
            raise _unsound(f"{name}: {why}", package)
    return written


def _defect(xml: Iterable[bytes | memoryview]) -> str:
    """Why this, piece by piece, is no well-formed XML; "" where it is."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        for piece in xml:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        return str(problem)
    return ""


def _new_in(name: str, xml: bytes, package: Package) -> Iterator[bytes | memoryview]:
    """What of a changed part must be looked at: a spliced sheet without the rows that are the very bytes they were."""
    numbers = package.spliced.get(name)
    start, end = (0, 0) if numbers is None else sheet_data(xml, name)
    rows = None if numbers is None else rows_numbered(xml, start, end, numbers)
    if not rows:
        yield xml
        return
    whole = memoryview(xml)  # a copy of all rows would take as much memory again
    yield whole[:start]
    yield from (whole[row.start : row.end] for row in rows)
    yield whole[end:]


def _unsound(why: str, package: Package) -> BookProblem:
    return BookProblem(
        phrase("the new version would not be sound ({why}); nothing was written.", why=why),
        where=package.where,
        next=phrase("Please report this with a copy of the workbook without its data."),
    )


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can (Windows has no such call)."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _not_saved(path: Path, problem: OSError) -> BookProblem:
    if isinstance(problem, PermissionError):
        return BookInUse(
            phrase("the workbook cannot be replaced; it is open, or this user may not write there."),
            where=str(path),
            next=phrase("Close it everywhere and run again."),
        )
    if is_disk_full(problem):
        return BookProblem(
            phrase("the workbook was not saved because the disk is full; the old version is untouched."),
            where=str(path),
            next=phrase("Free some space and run again."),
        )
    return BookProblem(
        phrase(
            "the workbook was not saved ({strerror}); the old version is untouched.",
            strerror=problem.strerror or problem,
        ),
        where=str(path),
        next=phrase("Check the disk and the folder, and run again."),
    )

"""Which files are refused, each in one sentence that says what to do next."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from addin.backends.backup import how_to_restore
from addin.core.language import in_one, phrase
from addin.core.text import typed
from addin.errors import BookInUse, BookProblem, file_problem

FILE_LIMIT = 300_000_000  # bytes on disk
UNPACKED_LIMIT = 1_500_000_000  # bytes of all parts together; 200,000 rows of 15 columns are 120,000,000
PART_LIMIT = 500_000_000  # bytes of one part that we unpack
RATIO_FROM, RATIO_LIMIT = 20_000_000, 400  # a part above this size that packs better than 400 : 1 is no spreadsheet
MEMBER_LIMIT = 20_000
CELL_LIMIT = 6_000_000

OTHER_KINDS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"<!DOC": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file (perhaps an Excel 2003 XML spreadsheet)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"Rar!": "an archive (RAR)",
    b"7z\xbc\xaf": "an archive (7z)",
}
SAVE_AS = "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
MAKE_ONE = "ib-trackers adopt {name} makes an Excel workbook of it, beside it."
LISTS = (".xls", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html")
"""How the names of lists end of which adopt makes a workbook."""
IN_THE_CLOUD = range(362, 399)
"""Windows' numbers for errors of cloud files. macOS answers EDEADLK for a file that iCloud has not downloaded."""
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load(path: Path) -> bytes:
    """The file's bytes, once it is clear that it is a zip archive of a bearable size."""
    where = str(path)
    try:
        if path.is_dir():
            raise BookProblem(
                phrase("this is a folder, not a workbook."), where=where, next=phrase("Name the workbook inside it.")
            )
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise BookProblem(
                phrase("this is a device, not a file."), where=where, next=phrase("Name a workbook (.xlsx or .xlsm).")
            )
        size = status.st_size
        if size > FILE_LIMIT:
            raise BookProblem(
                phrase(
                    "the file has {size} MB; workbooks up to {most} MB can be read.",
                    size=f"{size / 1000000.0:,.0f}",
                    most=f"{FILE_LIMIT / 1000000.0:,.0f}",
                ),
                where=where,
                next=phrase("Take pictures and old sheets out of it."),
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise BookProblem(
            phrase("there is no such file."), where=where, next=phrase("Check the name and the folder.")
        ) from None
    except PermissionError:
        raise BookProblem(
            phrase("you are not allowed to read this file."), where=where, next=phrase("Ask its owner for access.")
        ) from None
    except OSError as problem:
        raise unreadable(problem, path) from None
    check_kind(data, path)
    return data


def unreadable(error: OSError, path: Path) -> BookProblem:
    """The sentence for a file that is there, and that the system does not give us."""
    if getattr(error, "winerror", None) in IN_THE_CLOUD or error.errno == errno.EDEADLK:
        return BookProblem(
            phrase("the file is in the cloud only, and cannot be fetched now."),
            where=str(path),
            next=phrase("Start OneDrive or iCloud Drive, go online, or choose Always keep on this device."),
        )
    found = file_problem(error, path, doing="read", next=phrase("Try again."))
    return BookProblem(found.what, where=found.where, next=found.next)


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Whatever a damaged workbook makes go wrong becomes one sentence that names the file."""
    try:
        yield
    except BookProblem as problem:
        if problem.where:
            raise
        raise type(problem)(problem.what, where=str(path), next=problem.next) from None
    except (ValueError, LookupError, OverflowError, RecursionError) as problem:
        raise BookProblem(
            phrase("a part of the workbook is damaged, or written in a way that cannot be read."),
            where=str(path),
            next=phrase("Open it in Excel, let it repair, and save it."),
        ) from problem


def check_kind(data: bytes, path: Path) -> None:
    """Refuse what is no zip archive at all, by content rather than by name."""
    where, ending = str(path), path.suffix.lower()
    if not data:
        raise BookProblem(phrase("the file is empty."), where=where, next=how_to_restore(path))
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise BookProblem(
                phrase("the workbook is protected with a password."),
                where=where,
                next=phrase("Open it in Excel and take the password off (File > Info > Protect Workbook > Encrypt)."),
            )
        raise BookProblem(phrase("this is an old Excel file (.xls or similar)."), where=where, next=_instead(where))
    for start, kind in OTHER_KINDS.items():
        if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise BookProblem(
                phrase("this is {kind}, not an Excel workbook.", kind=phrase(kind)), where=where, next=_instead(where)
            )
    if data[:1] == b"{" and b'"doc_id"' in data[:4000]:
        raise BookProblem(
            phrase("this is Google Drive's shortcut to a Google Sheet, not a workbook."),
            where=where,
            next=phrase("Open it in the browser, then File > Download > Microsoft Excel (.xlsx)."),
        )
    if not data.strip(b"\0"):
        raise BookProblem(
            phrase("the file was not downloaded or copied whole: it holds nothing but zeros."),
            where=where,
            next=in_one(phrase("Let your cloud program download it again."), how_to_restore(path)),
        )
    if ending in (".csv", ".tsv", ".txt"):
        raise BookProblem(phrase("this is a text file, not an Excel workbook."), where=where, next=_instead(where))
    raise BookProblem(
        phrase("this is not an Excel workbook, or the file is damaged."),
        where=where,
        next=in_one(phrase("Open it in Excel."), how_to_restore(path)),
    )


def _instead(where: str) -> str:
    """What to do with a file that is no Excel workbook."""
    if Path(where).suffix.lower() in LISTS:
        return phrase(MAKE_ONE, name=typed(Path(where).name))
    return phrase(SAVE_AS)


def check_members(members: list[ZipInfo], size: int, where: str) -> None:
    """Refuse archives that would unpack to more than any workbook holds, or that say two things at once."""
    names = [member.filename for member in members]
    if len(names) > MEMBER_LIMIT:
        raise _bomb(f"it has {len(names):,} parts (limit {MEMBER_LIMIT:,})", where)
    if len(set(names)) < len(names):
        raise damaged("it holds the same part twice", where)
    total = sum(member.file_size for member in members)
    if total > UNPACKED_LIMIT:
        raise _bomb(f"it would unpack to {total / 1e6:,.0f} MB (limit {UNPACKED_LIMIT / 1e6:,.0f} MB)", where)
    if total > RATIO_FROM and total > RATIO_LIMIT * size:
        raise _bomb(f"it would unpack to {total / 1e6:,.0f} MB out of almost nothing", where)
    if sum(member.compress_size for member in members) > size:
        raise _bomb("its parts overlap", where)
    for member in members:
        if member.flag_bits & 1:
            raise BookProblem(
                phrase("the workbook is encrypted."), where=where, next=phrase("Take the password off in Excel.")
            )
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged(f"{member.filename} is packed in a way that Excel does not use", where)
        if member.file_size > RATIO_FROM and member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
            raise _bomb(
                f"{member.filename} would unpack to {member.file_size / 1e6:,.0f} MB out of almost nothing", where
            )


def _bomb(why: str, where: str) -> BookProblem:
    return BookProblem(
        phrase("the file is refused because {why}.", why=why),
        where=where,
        next=phrase("If you trust it, save it again in Excel, then try again."),
    )


def damaged(why: str, where: str) -> BookProblem:
    """What a file is whose archive contradicts itself."""
    return BookProblem(
        phrase("the file is damaged: {why}.", why=why),
        where=where,
        next=phrase("Open it in Excel, let it repair, and save."),
    )


def check_parts(names: set[str], where: str) -> None:
    """Refuse archives that are something else than an Excel workbook; `names` in lower case, with slashes."""
    other = ""
    if "xl/workbook.bin" in names:
        other = "a binary Excel workbook (.xlsb)"
    elif "content.xml" in names:
        other = "an OpenDocument file (.ods)"
    elif any(name.endswith(".iwa") or name == "index.zip" for name in names):
        other = "an Apple Numbers or Pages file"
    elif "word/document.xml" in names:
        other = "a Word document"
    elif "ppt/presentation.xml" in names:
        other = "a PowerPoint presentation"
    elif "[content_types].xml" not in names:
        other = "a zip archive"
    if other:
        raise BookProblem(
            phrase("this is {kind}, not an Excel workbook.", kind=phrase(other)), where=where, next=_instead(where)
        )


LONGEST_NAME = 54
"""Letters of a name that a program notes in its file beside the workbook."""


def check_writable(path: Path) -> None:
    """Refuse to write while another program has the workbook open, or where this user may not write."""
    where = str(path)
    for owner_file, program in ((path.parent / f"~${path.name}", "Excel"), *_libre_office(path)):
        if owner_file.exists():
            who = _excel_user(owner_file) if program == "Excel" else _libre_user(owner_file)
            who = who if len(who) <= LONGEST_NAME and who.isprintable() and "\ufffd" not in who else ""  # damaged
            raise BookInUse(
                phrase(
                    "the workbook is open in {program} by {who}." if who else "the workbook is open in {program}.",
                    program=program,
                    who=who,
                ),
                where=where,
                next=phrase(
                    "Close it there and run again (if it is not open anywhere, delete {name} beside it).",
                    name=owner_file.name,
                ),
            )
    if not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise BookProblem(
            phrase("the file is read-only."), where=where, next=phrase("Allow writing in its properties and run again.")
        )
    folder = path.parent
    if not folder.stat().st_mode & stat.S_IWUSR or not os.access(folder, os.W_OK | os.X_OK):
        raise BookProblem(
            phrase("nothing may be written in the workbook's folder."),
            where=where,
            next=phrase("Allow writing in the folder, or move the workbook."),
        )


def _libre_office(path: Path) -> list[tuple[Path, str]]:
    return [(path.parent / f".~lock.{path.name}#", "LibreOffice")]


def _excel_user(owner_file: Path) -> str:
    """The name in Excel's owner file: a length byte and the name, then the same in UTF-16 from byte 55."""
    try:
        data = owner_file.read_bytes()
    except OSError:
        return ""
    if len(data) > 56:
        length = int.from_bytes(data[55:57], "little")
        name = data[57 : 57 + 2 * length].decode("utf-16-le", "replace").strip("\0 ")
        if name and length <= LONGEST_NAME:
            return name
    return data[1 : 1 + data[0]].decode("latin-1").strip("\0 ") if data else ""


def _libre_user(lock: Path) -> str:
    """LibreOffice's lock: name, account, computer, date, profile, separated by commas."""
    try:
        fields = lock.read_text("utf-8", errors="replace").split(",")
    except OSError:
        return ""
    return next((field.strip() for field in fields[:2] if field.strip()), "")

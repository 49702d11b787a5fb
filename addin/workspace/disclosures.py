"""The disclosure log: which data of whom left the workbook, when, in what form, to whom and why.

One line an event in `.ib-trackers/disclosures.jsonl`, for its owner alone. People are kept by their codes, not
by name. Only `forget_before` shortens it; after an erasure it keeps the pseudonym that stands for the person.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.privacy import is_code
from addin.core.records import as_dict, frozen, record, replace
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import DiskFull, FileProblem, is_disk_full
from addin.files import parsed_json, private_bytes
from addin.workspace.commit import book_key, journal_folder
from addin.workspace.workbook import Workbook

FILE = "disclosures.jsonl"
BEGINS = '{"at": "'
"""How each line begins."""


@record
class Purpose:
    """To whom a file goes and why, in the words of the person who makes it."""

    to: str = ""
    why: str = ""


@frozen
class Disclosure:
    """One event: what left, of whom, to whom, why and when."""

    at: str
    book: str
    how: str
    """Such as `export csv`, `report`, `e-mail`, `shared sheet`."""
    what: tuple[str, ...]
    """The trackers whose rows are in it."""
    people: tuple[str, ...]
    """Codes of the candidates in it."""
    to: str = ""
    why: str = ""
    where: str = ""
    """File names or an address."""


def people_in(trackers: Mapping[str, Tracker], tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The codes of all candidates whom rows of these tables are about, in order."""
    found = set()
    for name, table in tables.items():
        for key in trackers[name].columns:
            if is_code(trackers[name], key):
                found |= {show(value).strip() for value in table.columns[key] if value is not None}
    return tuple(sorted(found - {""}))


def note_disclosure(
    workbook: Workbook, how: str, purpose: Purpose, *, what: Iterable[str], people: Sequence[str], where: str = ""
) -> None:
    """Add an event to the log; nothing where no candidate is in it. Raises FileProblem."""
    folder = journal_folder(workbook.book, workbook.target)
    if folder is None or not people:
        return
    book = book_key(workbook.book, workbook.target)
    one = Disclosure(
        time.strftime("%Y-%m-%dT%H:%M:%S"), book, how, tuple(what), tuple(people), purpose.to, purpose.why, where
    )
    _append(folder / STATE_FOLDER / FILE, one)


def disclosures(folder: Path, book: str = "", person: str = "") -> list[Disclosure]:
    """The events of a workbook, oldest first; of one candidate where a code is given. Raises FileProblem."""
    return [
        one
        for one in _events(folder / STATE_FOLDER / FILE)
        if (not book or one.book == book) and (not person or person in one.people)
    ]


def disclosures_of(workbook: Workbook, person: str = "") -> list[Disclosure]:
    """The events of an open workbook, of one candidate where a code is given. Raises FileProblem."""
    folder = journal_folder(workbook.book, workbook.target)
    return disclosures(folder, book_key(workbook.book, workbook.target), person) if folder else []


def rename_person(folder: Path, code: str, word: str) -> int:
    """Put a pseudonym in the place of a code; the number of events that have it. Raises FileProblem."""
    path = folder / STATE_FOLDER / FILE
    every = _events(path)
    changed = [
        replace(one, people=tuple(sorted(word if person == code else person for person in one.people))) for one in every
    ]
    number = sum(code in one.people for one in every)
    if number:
        private_bytes(path, "".join(map(_line, changed)).encode())
    return number


def forget_before(folder: Path, book: str, day: str) -> int:
    """Remove a workbook's events before a day (ISO); their number. Raises FileProblem."""
    path = folder / STATE_FOLDER / FILE
    every = _events(path)
    kept = [one for one in every if one.book != book or one.at[:10] > day]
    if len(kept) < len(every):
        private_bytes(path, "".join(map(_line, kept)).encode())
    return len(every) - len(kept)


def _append(path: Path, one: Disclosure) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(b"" if _ends_whole(path) else b"\n")
            file.write(_line(one).encode())
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(
                phrase("the disk is full. The file was made, but the disclosure log does not know of it."),
                where=str(path),
                next=phrase("Free some space, and make the file again."),
            ) from None
        raise FileProblem(
            phrase(
                "cannot be written: {strerror}. The file was made, but the disclosure log does not know of it.",
                strerror=error.strerror,
            ),
            where=str(path),
            next=phrase("Check the folder's rights, and make the file again."),
        ) from None


def _ends_whole(path: Path) -> bool:
    """Whether the last line of the log has its end; a full disk or a lost computer may have cut it short."""
    with path.open("rb") as file:
        return not file.seek(0, os.SEEK_END) or (file.seek(-1, os.SEEK_END) >= 0 and file.read() == b"\n")


def _line(one: Disclosure) -> str:
    return json.dumps(as_dict(one), ensure_ascii=False) + "\n"


def _events(path: Path) -> list[Disclosure]:
    """Every event. A line that a full disk or a lost computer cut short is passed over; any other line that cannot be
    read was damaged. Raises FileProblem: an incomplete log must not pass for a whole one."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    except (OSError, UnicodeDecodeError):
        raise _damaged(path, "cannot be read.") from None
    found = []
    for number, line in enumerate(lines, 1):
        try:
            if line.strip("\r \0"):
                found.append(_event(line))
        except (ValueError, TypeError, LookupError, AttributeError):
            if not (line.startswith(BEGINS) and not line.rstrip().endswith("}")):
                raise _damaged(path, f"line {number} is damaged.") from None
    return found


def _event(line: str) -> Disclosure:
    data = parsed_json(line)
    one = Disclosure(**data | {"what": tuple(data["what"]), "people": tuple(data["people"])})
    if not all(isinstance(text, str) for text in (one.at, one.book, one.how, *one.what, *one.people, one.to, one.why)):
        raise ValueError("not an event")
    return one


def _damaged(path: Path, what: str) -> FileProblem:
    return FileProblem(what, where=str(path), next=phrase("Put the file back from a backup, or take that line out."))

"""handover: one protected archive for the person who takes over, and taking it up on the second computer."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from addin.actions import Tell, silent
from addin.core import names, target
from addin.core.checks.rules import check
from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.text import counted
from addin.errors import Problem, file_problem
from addin.files import private_bytes, temporary_folder
from addin.reports import dates
from addin.reports.page import on
from addin.workspace.disclosures import Purpose, note_disclosure, people_in
from addin.workspace.settings import settings_for
from addin.workspace.workbook import Workbook, opened

TITLE = "What you need to know"
PAGE = f"{TITLE}.html"
LEFT_OUT = ("lock", "log", "key", "tmp", "part", "backups", "token")
"""Parts of the state that stay: locks, logs, keys, copies."""
FOLDERS = ("lists", "trackers", names.STATE_FOLDER)
LARGEST = 2_000_000_000
"""Bytes of all that an archive holds."""
SHORTEST = 8
"""Characters of a password."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Where the archive or the taken-up workbook is, and what belongs to it."""

    path: Path
    files: tuple[str, ...]


def hand_over(book: str, out: str, password: str, *, tell: Tell = silent) -> HandedOver:
    """Pack the workbook, its settings, links and state (no keys) into one encrypted archive. Raises Problem."""
    if not target.is_file(book):
        raise Problem(
            phrase("Handing over works on a saved workbook."), where=book, next=phrase("Save it and name the file.")
        )
    _check_password(password)
    path = Path(book).resolve()
    to = Path(out).resolve() if out else path.with_name(f"{path.stem} handover.zip")
    if to.exists():
        raise Problem(
            phrase("already exists; it is not overwritten."),
            where=str(to),
            next=phrase("Choose another name with --out."),
        )
    tell("Reading")
    with opened(book) as workbook:
        page = what_to_know(workbook, path.name)
        people = people_in(workbook.trackers, workbook.tables)
    tell("Packing")
    held = {name: file.read_bytes() for name, file in _files(path)}
    if names.SETTINGS_FILE in held:
        held[names.SETTINGS_FILE] = settings_for(path.parent / names.SETTINGS_FILE, path.name)
    private_bytes(to, _packed({PAGE: page.encode(), **held}, password))
    purpose = Purpose("the new coordinator", "handover")
    note_disclosure(workbook, "handover archive", purpose, what=workbook.tables, people=people, where=to.name)
    return HandedOver(to, (PAGE, *held))


def take_over(archive: str, folder: str, password: str, *, tell: Tell = silent) -> HandedOver:
    """Unpack an archive into a new folder, for its owner alone. Raises Problem."""
    path, to = Path(archive), Path(folder).resolve()
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Problem(phrase("is not empty."), where=str(to), next=phrase("Name a new folder with --to."))
    tell("Unpacking")
    held = _unpacked(path, password)
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary_folder(to) as made:
            for name, data in held.items():
                (made / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                private_bytes(made / name, data)
            if to.exists():
                to.rmdir()
            made.rename(to)
    except OSError as error:
        raise file_problem(error, to) from None
    book = next((name for name in held if Path(name).suffix.lower() in (".xlsx", ".xlsm") and "/" not in name), "")
    return HandedOver(to / book, tuple(held))


def _check_password(password: str) -> None:
    if len(password) < SHORTEST:
        raise Problem(
            phrase("The password has fewer than {shortest} characters.", shortest=SHORTEST),
            next=phrase("Choose a longer one."),
        )


def _files(book: Path) -> Iterator[tuple[str, Path]]:
    """What belongs to a workbook: (name in the archive, file)."""
    yield book.name, book
    settings = book.parent / names.SETTINGS_FILE
    if settings.exists():
        yield names.SETTINGS_FILE, settings
    for folder in FOLDERS:
        for file in sorted((book.parent / folder).rglob("*")):
            inside = file.relative_to(book.parent)
            if file.is_file() and not file.is_symlink() and not _stays(inside):
                yield inside.as_posix(), file


def _stays(inside: Path) -> bool:
    words = [part.casefold() for part in inside.parts[1:]]
    return inside.parts[0] == names.STATE_FOLDER and any(word in part for part in words for word in LEFT_OUT)


def _packed(held: dict[str, bytes], password: str) -> bytes:
    from io import BytesIO

    import pyzipper

    data = BytesIO()
    with pyzipper.AESZipFile(data, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as file:
        file.setpassword(password.encode())
        for name, content in held.items():
            file.writestr(name, content)
    return data.getvalue()


def _unpacked(path: Path, password: str) -> dict[str, bytes]:
    import zlib

    import pyzipper

    try:
        with pyzipper.AESZipFile(path) as file:
            file.setpassword(password.encode())
            if sum(one.file_size for one in file.infolist()) > LARGEST:
                raise Problem(
                    phrase("is too large for a handover archive."), where=str(path), next=phrase("Ask for it again.")
                )
            held = {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
    except FileNotFoundError:
        raise Problem(
            phrase("there is no such archive."), where=str(path), next=phrase("Check the name and the folder.")
        ) from None
    except RuntimeError:
        raise Problem(
            phrase("does not open with this password."), where=str(path), next=phrase("Ask who made it.")
        ) from None
    except (OSError, ValueError, LookupError, EOFError, zlib.error, pyzipper.BadZipFile):
        raise Problem(phrase("is not a handover archive."), where=str(path), next=phrase("Ask for it again.")) from None
    for name in held:
        parts = PurePosixPath(name).parts
        if PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name:
            raise Problem(
                phrase("holds a file that points outside of it."), where=str(path), next=phrase("Do not use it.")
            )
    if PAGE not in held:
        raise Problem(phrase("is not a handover archive."), where=str(path), next=phrase("Ask for it again."))
    return held


def what_to_know(workbook: Workbook, book: str) -> str:
    """The page for the person who takes over: what there is, who is who, what is open, what comes next."""
    settings = workbook.settings
    session = sessions.parse(str(settings.values.get("session") or ""))
    findings = check(workbook.present, workbook.tables, settings)
    school = str(settings.school.get("name") or "your school")
    sections = [
        (
            "The workbook",
            [f"{book}: {session.name if session else 'no exam session'}, {school}."]
            + [
                f"{workbook.trackers[name].title}: {counted(len(table), 'row')}"
                for name, table in workbook.tables.items()
            ],
        ),
        (
            "What is open",
            [f"{sum(f.level == level for f in findings)} {level}s" for level in ("error", "warning")]
            + ["Validate lists each on the Findings sheet."],
        ),
        (
            "What comes next",
            [
                f"{on(one.starts)}: {one.event}"
                for one in dates.of_the_ib(settings)
                if one.starts and one.starts >= settings.today
            ][:8],
        ),
        ("Shared sheets", [str(link.get("name") or link.get("tracker")) for link in settings.links] or ["None."]),
        (
            "What you still need",
            [
                "The Google key or sign-in: run google sign-in on your computer. It is not in this archive.",
                "The password of the mail server, if reminders are sent by mail.",
                "Access to My IB and IBIS from the IB.",
                "Only one of you works on the workbook and syncs it from now on; the other one deletes the old copy.",
            ],
        ),
    ]
    body = "".join(
        f"<h2>{html.escape(title)}</h2><ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"
        for title, lines in sections
        if lines
    )
    style = (
        "body{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#1F2933}h1,h2{color:#1F3A5F}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{TITLE}</title><style>{style}</style>'
        f"<h1>{TITLE}</h1><p>{on(settings.today)}. Contains personal data: keep it to yourself.</p>{body}"
    )

"""rollover: next session's workbook from this one. The old workbook is not touched; nothing is lost on the way."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from addin.actions import Tell, silent
from addin.core import names, target
from addin.core.book import Edits, Value
from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.rollover import Moves, next_session, plan_rollover
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.errors import BookProblem, Problem
from addin.files import private, private_bytes
from addin.workspace.home_settings import NOT_CHECKED, last_check_cell
from addin.workspace.settings import settings_for
from addin.workspace.settings_file import document_of
from addin.workspace.settings_sheet import setting_cell
from addin.workspace.workbook import Workbook, opened

AUTUMN = 10
FOLDERS = ("lists", "trackers")
"""What a school keeps beside its workbook, copied with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one tracker's rows."""

    title: str
    rows: int
    kept: int
    archived: int


@dataclass(slots=True)
class RolledOver:
    """Where the new workbook and the archive are, and what went where."""

    session: str
    path: Path
    archive: Path
    parts: list[Part] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Shared sheets of the old workbook: they stay with it, and are shared again from the new one."""
    written: bool = True


def rollover(
    book: str, *, session: str = "", folder: str = "", dry_run: bool = False, tell: Tell = silent
) -> RolledOver:
    """Make next session's workbook and an archive of those who graduate, in a new folder. Raises Problem."""
    if not target.is_file(book):
        raise Problem(
            phrase("Roll-over works on a saved workbook."), where=book, next=phrase("Save it and name the file.")
        )
    tell("Reading")
    with opened(book) as workbook:
        now, by_year = sessions.parse(str(workbook.settings.values.get("session") or "")), False
        if now is None and workbook.settings.programme == "pyp":
            now, by_year = _school_year(workbook.settings.today), True  # nobody sits exams there
        if now is None:
            raise Problem(
                phrase("The exam session of this workbook is missing."),
                where=book,
                next=phrase("Enter it on Settings."),
            )
        coming = sessions.parse(session) if session else next_session(workbook.tables, now)
        if coming is None or not now < coming:
            raise Problem(
                phrase("“{session}” is not a session after {now}.", session=session, now=now),
                next=phrase("Use one such as {after}.", after=_after(now)),
            )
        moves = plan_rollover(workbook.trackers, workbook.tables, now)
        old = Path(book).resolve()
        called, over = (str(one.year if by_year else one) for one in (coming, now))
        out = Path(folder).resolve() if folder else old.parent / f"{_stem(old, over)} {called}"
        path = out / f"{_stem(old, over)} {called}{old.suffix}"
        archive = out / f"{_stem(old, over)} archive {over}.xlsx"
        done = RolledOver(called, path, archive, list(_parts(workbook, moves)), _links(workbook), not dry_run)
        if dry_run:
            return done
        tell("Writing")
        _make(workbook, old, done, moves, "" if by_year else str(coming))
    tell("Verifying")
    _verify(done, moves)
    return done


def _after(session: sessions.Session) -> sessions.Session:
    return sessions.Session(session.year + 1, session.month)


def _school_year(today: date) -> sessions.Session:
    """The school year of a day, as the session in May at its end; it begins in the autumn."""
    return sessions.Session(today.year + (today.month >= AUTUMN), 5)


def _stem(path: Path, over: str) -> str:
    return path.stem.removesuffix(over).strip() or path.stem


def _parts(workbook: Workbook, moves: Mapping[str, Moves]) -> list[Part]:
    return [
        Part(workbook.trackers[name].title, len(workbook.tables[name]), len(one.kept), len(one.archived))
        for name, one in moves.items()
    ]


def _links(workbook: Workbook) -> list[str]:
    return [str(link.get("name") or link.get("tracker")) for link in workbook.settings.links]


def _make(workbook: Workbook, old: Path, done: RolledOver, moves: Mapping[str, Moves], session: str) -> None:
    from addin.backends.xlsx import XlsxBook

    folder = done.path.parent
    if folder.exists() and any(folder.iterdir()):
        raise BookProblem(
            phrase("already exists; it is not overwritten."), where=str(folder), next=phrase("Name another with --to.")
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(old, done.path)
        done.path.chmod(0o600)
        for name in FOLDERS:
            if (old.parent / name).is_dir():
                shutil.copytree(old.parent / name, folder / name)
        _settings_file(old, done.path)
        book = XlsxBook.open(done.path)
        book.apply(_edits(workbook, moves, session))
        book.close()
        _archive(workbook, moves, done.archive)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _settings_file(old: Path, new: Path) -> None:
    """The settings file without links and session: which sheet holds which tracker stays known."""
    import tomlkit

    path = old.parent / names.SETTINGS_FILE
    if not path.exists():
        return
    document = document_of(settings_for(path, old.name, name=new.name).decode("utf-8-sig"), path)
    for name in ("links", "session"):
        document.pop(name, None)
    with private(new.parent / names.SETTINGS_FILE, "utf-8") as file:
        file.write(tomlkit.dumps(document))


def _edits(workbook: Workbook, moves: Mapping[str, Moves], session: str) -> Edits:
    edits = Edits()
    for name, one in moves.items():
        table = workbook.tables[name]
        for index in one.archived:
            edits.drops.setdefault(table.sheets[index], []).append(table.rows[index])
        for (index, column), changed in one.changed.items():
            sheet = table.sheets[index]
            if number := table.layouts[sheet].columns.get(column):
                edits.cells[sheet, table.rows[index], number] = changed
    written = workbook.settings.written
    settings: dict[str, Value] = {"session": session, "first_exam": None} if session else {}
    for name, value in settings.items():
        if cell := setting_cell(workbook.grids.get(written.say(names.SETTINGS)), name, written):
            edits.cells[cell] = value
    home = workbook.grids.get(written.say(names.HOME))
    if checked := last_check_cell(home, written):
        edits.cells[checked] = NOT_CHECKED
    return edits


def _archive(workbook: Workbook, moves: Mapping[str, Moves], path: Path) -> None:
    """The archived rows as values, a protected sheet each, with every column that the sheet has."""
    import xlsxwriter

    data = BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    as_they_are = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(data, {**options, **as_they_are}) as book:
        bold = book.add_format({"bold": True})
        for name, one in moves.items():
            for sheet, rows in _by_sheet(workbook.tables[name], one.archived).items():
                page = book.add_worksheet(sheet)
                page.protect()
                grid = workbook.grids[sheet]
                header = grid.values[workbook.tables[name].layouts[sheet].header_row - 1]
                _line(page, 0, header, bold)
                for at, row in enumerate(rows, 1):
                    _line(page, at, grid.values[row - 1])
                page.freeze_panes(1, 0)
                page.set_column(0, max(len(header) - 1, 0), 16)
        if not book.worksheets():
            book.add_worksheet("Nothing archived").protect()
    private_bytes(path, data.getvalue())


def _by_sheet(table: Table, indexes: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index in indexes:
        found.setdefault(table.sheets[index], []).append(table.rows[index])
    return found


def _line(page: Any, at: int, values: Sequence[Value], style: Any = None) -> None:
    from addin.templates.cells import put

    for number, value in enumerate(values):
        put(page, at, number, show(value) if isinstance(value, str) else value, style)


def _verify(done: RolledOver, moves: Mapping[str, Moves]) -> None:
    """Rows in = rows kept + rows archived, read again from what was written; else nothing of it stays."""
    from addin.backends.xlsx import XlsxBook

    with opened(str(done.path)) as new:
        kept = {name: len(table) for name, table in new.tables.items()}
    book = XlsxBook.open(done.archive)
    archived = sum(max(0, len(grid.values) - 1) for grid in book.read(book.sheets()).values())
    book.close()
    wrong = [name for name, one in moves.items() if kept.get(name, 0) != len(one.kept)]
    if wrong or archived != sum(len(one.archived) for one in moves.values()):
        shutil.rmtree(done.path.parent, ignore_errors=True)
        raise Problem(
            phrase(
                "The new workbook did not hold every row ({wrong}). It was removed again.",
                wrong=", ".join(wrong) or "archive",
            )
        )

"""The Import sheet: lists that lie in a person's folders, which of them to take in, and what it would change.

A person says Yes beside a list and presses Import: below the list is what it would change. Pressed again, exactly that
is written. A list that lies elsewhere is named by its path in a row of its own. One list at a time is taken in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from addin.actions.import_ import Imported, planned
from addin.actions.import_words import nothing_used, preview_lines
from addin.actions.stored_results import with_results
from addin.core.book import Book, Edits, Grid, OwnSheet, Value, fitting_choices, trimmed
from addin.core.language import ENGLISH, Language, in_one, in_thousands, phrase
from addin.core.names import IMPORT, IMPORT_HEADERS
from addin.core.records import record
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.errors import Problem
from addin.importers import endings, read
from addin.workspace.commit import commit
from addin.workspace.tracker_sheets import has_headers
from addin.workspace.workbook import Workbook
from addin.workspace.workbook import read as read_workbook

WIDTHS = [44.0, 40.0, 17.0, 12.0, 26.0, 14.0, 100.0]
CHOICE = IMPORT_HEADERS.index("Take it in") + 1
MOST_FILES = 15
MOST_LINES = 60
"""Of what a list changes."""
DAYS = timedelta(days=120)
"""An older file is no news; it can still be named by its path."""
ROOM = 3
"""Blank rows for lists that lie elsewhere."""


@record
class Wish:
    """A row of the Import sheet: a list, whether to take it in, and what its columns do not say."""

    path: Path
    chosen: bool = False
    tracker: str = ""
    session: str = ""


@dataclass(slots=True)
class TakenIn:
    """What became of the first list that was chosen; without one, the sheet lists what there is."""

    path: Path | None = None
    preview: str = ""
    """What the list would change, or why it cannot be taken in, as a person saw it."""
    lines: list[str] = field(default_factory=list)
    """The same in sentences."""
    changes: bool = False
    written: bool = False
    to_look_at: int = 0
    lists: int = 0
    sheet: str = IMPORT
    waiting: int = 0
    """Further lists that were chosen."""


def import_sheet_book(book: Book, target: str, folders: Sequence[Path], *, agreed: str = "") -> TakenIn:
    """List what could be taken in and what the chosen list would change. Raises Problem.

    `agreed` is a preview that a person has seen: where it still is what would change, it is written.
    """
    workbook = read_workbook(book, target)
    name = name_of(workbook)
    grid = workbook.grids.get(name)
    if not is_ours(grid):
        raise Problem(
            phrase("The sheet Import is one of your own."),
            where=target,
            next=phrase("Give it another name, and try again."),
        )
    wishes = _with_news(
        wishes_on(grid, workbook.settings.written), newest(folders, besides=workbook.folder / book.name)
    )
    chosen = [wish for wish in wishes if wish.chosen]
    done = TakenIn(sheet=name, lists=len(wishes), waiting=max(0, len(chosen) - 1))
    lines: list[str] = []
    if chosen:
        done.path = chosen[0].path
        lines, result = _decided(workbook, chosen[0])
        done.preview, done.lines = "\n".join([str(done.path), *lines]), lines
        done.changes = bool(result and result.edits)
        done.to_look_at = result.to_look_at if result else 0
        if result and result.edits and agreed == done.preview:
            edits = with_results(workbook, result.edits)
            edits.sheets[name] = _sheet(workbook, [wish for wish in wishes if wish is not chosen[0]], None, [])
            done.written = commit(workbook, edits, verb="import")
            return done
    own = _sheet(workbook, wishes, done.path, lines)
    if grid is None or trimmed(grid.values) != trimmed(own.rows):
        commit(workbook, Edits(sheets={name: own}), verb="list imports")
    return done


def _decided(workbook: Workbook, wish: Wish) -> tuple[list[str], Imported | None]:
    """What a list would change, in lines; why it cannot be read is one, too."""
    try:
        result = planned(workbook, read(wish.path), wish.path, tracker=wish.tracker, session=wish.session)
    except Problem as problem:
        return [in_one(problem.what, problem.next)], None
    lines = preview_lines(result)
    if not result.edits:
        lines.append(nothing_used(result) or phrase("This workbook holds all of it already."))
    return lines, result


def newest(folders: Sequence[Path], besides: Path) -> list[Path]:
    """The lists that these folders hold, the newest first; no workbook of ours, and not the one that is open."""
    found: dict[Path, float] = {}
    known = endings()
    since = (datetime.now() - DAYS).timestamp()
    for folder in folders:
        with suppress(OSError):
            for path in folder.iterdir():
                hidden = path.name.startswith((".", "~$"))
                if path.suffix.lower() in known and not hidden and path != besides and path.is_file():
                    found[path] = path.stat().st_mtime
    recent = [path for path, at in sorted(found.items(), key=lambda one: -one[1]) if at >= since]
    return recent[:MOST_FILES]


def _with_news(wishes: Sequence[Wish], paths: Sequence[Path]) -> list[Wish]:
    """The rows of the sheet, then the files that are new since; one that is gone is left out unless it was chosen."""
    known = {wish.path for wish in wishes}
    kept = [wish for wish in wishes if wish.chosen or wish.path.is_file()]
    return [*kept, *(Wish(path) for path in paths if path not in known)]


def is_ours(grid: Grid | None) -> bool:
    """Whether the Import sheet is the tool's, or is not there yet."""
    return has_headers(grid, IMPORT_HEADERS)


def name_of(workbook: Workbook) -> str:
    """The name of the Import sheet: in the workbook's language, unless there is one under its English name."""
    called = workbook.settings.written.say(IMPORT)
    there = workbook.grids.get(IMPORT)
    return IMPORT if called not in workbook.grids and there is not None and is_ours(there) else called


def wishes_on(grid: Grid | None, language: Language = ENGLISH) -> list[Wish]:
    """The lists on the Import sheet. A row without a list holds what one changes, and is none."""
    found = []
    for line in grid.values[1:] if grid else []:
        name, folder, _, choice, tracker, session = (
            show(value).strip().strip('"') for value in [*line, *[None] * len(IMPORT_HEADERS)][:6]
        )
        if name:
            path = (Path(folder) / name if folder else Path(name)).expanduser()
            found.append(
                Wish(path, fold(choice) in {"yes", "y", "x", "true", "1", fold(language.yes)}, tracker, session)
            )
    return found


def _sheet(workbook: Workbook, wishes: Sequence[Wish], shown: Path | None, lines: Sequence[str]) -> OwnSheet:
    language = workbook.settings.written
    lines = list(map(language.speak, lines))
    rows: list[list[Value]] = [list(map(language.say, IMPORT_HEADERS))]
    for wish in wishes:
        first, *more = lines if wish.path == shown else ("",)
        rows.append(
            [
                wish.path.name,
                str(wish.path.parent),
                _changed(wish.path),
                language.yes if wish.chosen else None,
                wish.tracker or None,
                wish.session or None,
                first or None,
            ]
        )
        rows += [[*[None] * (len(IMPORT_HEADERS) - 1), line] for line in more[: MOST_LINES - 1]]
        if len(more) >= MOST_LINES:
            rows.append(
                [
                    *[None] * (len(IMPORT_HEADERS) - 1),
                    language.say("… and {n} lines more", n=in_thousands(len(more) - MOST_LINES + 1)),
                ]
            )
    rows += [[None] * len(IMPORT_HEADERS) for _ in range(ROOM)]
    return OwnSheet(rows, widths=list(WIDTHS), choices=dict(_choices(workbook)))


def _choices(workbook: Workbook) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield CHOICE, (workbook.settings.written.yes, workbook.settings.written.no)
    titles = fitting_choices([workbook.trackers[name].title for name in workbook.tables])
    if titles:
        yield IMPORT_HEADERS.index("Tracker") + 1, titles


def _changed(path: Path) -> Value:
    """When a file was saved last, to the minute; blank where it is gone."""
    with suppress(OSError):
        return datetime.fromtimestamp(path.stat().st_mtime).replace(second=0, microsecond=0)
    return None

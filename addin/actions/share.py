"""Share trackers with Google Sheets as the Links sheet says: the button Share, and `google link` without an address.

A person adds a line to Links: the tracker, whose rows, and the address of an empty spreadsheet. Each such line is set
up as `google link` does it and becomes a link; a line that cannot be keeps what was typed, and its State says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from addin.actions import Tell, silent
from addin.actions.link import Linked, link_entry, set_up, with_link
from addin.actions.links_sheet import ALL_ROWS, DIRECTIONS, Line, is_ours, name_of, new_lines, sheet_with_room
from addin.backends.open import open_book
from addin.core import records
from addin.core import target as targets
from addin.core.book import Book, Edits
from addin.core.language import ENGLISH, in_one, phrase
from addin.core.settings import FILE
from addin.core.sync.links import read_links
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.core.text import first_of
from addin.core.trackers import Tracker
from addin.errors import Problem, SignInProblem
from addin.google import signed_in
from addin.workspace.commit import commit
from addin.workspace.tracker_names import tracker_names
from addin.workspace.workbook import Workbook, read

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

ADD_ADDRESS = "Make an empty Google Sheet, press Share there and add {who} as Editor, and paste its address."
LET_EDIT = "Make an empty Google Sheet, let this account edit it, and paste its address."
GROUPS = ("adviser", "teacher", "teachers", "supervisor", "owner", "class_group", "class")
"""Columns by which rows are shared, where a line names a value and no column."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What became of the new lines. `who` is the account to share spreadsheets with, where there is one."""

    made: Sequence[Linked] = ()
    failed: Sequence[str] = ()
    who: str = ""
    ready: bool = False
    """There was no new line: the Links sheet is ready for one."""
    repaired: Sequence[Linked] = ()
    """Without a new line: the sheets that are shared already; those with changes were damaged."""
    sheet: str = ""
    """The name of the Links sheet."""


def share(target: str, *, client: HTTPClient | None = None, today: date | None = None, tell: Tell = silent) -> Shared:
    """Set up every new line of a workbook's Links sheet; without one, make room for it. Raises Problem."""
    tell("Reading")
    book = open_book(target)
    try:
        return share_book(book, target, client=client, today=today, tell=tell)
    finally:
        book.close()


def share_book(
    book: Book, target: str, *, client: HTTPClient | None = None, today: date | None = None, tell: Tell = silent
) -> Shared:
    """As `share`, for a book that is already open: what a button does."""
    workbook = read(book, target, today=today)
    if not is_ours(workbook.grids.get(name_of(workbook))):
        raise Problem(
            phrase("The sheet Links is one of your own."),
            where=target,
            next=phrase("Give it another name, and try again."),
        )
    lines = new_lines(workbook)
    http = client or signed_in()
    who = str(getattr(http, "who", ""))
    who = who if who.endswith("gserviceaccount.com") else ""
    repaired, broken = ((), ()) if lines else _repair(workbook, http, tell)
    made: list[Linked] = []
    failed: dict[int, str] = {}
    settled: set[int] = set()
    path = workbook.folder / FILE
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    for line in lines:
        tell("Writing")
        try:
            done = _set_up(workbook, line, http, who)
        except SignInProblem:
            raise
        except Problem as problem:
            failed[line.row] = in_one(problem.what, problem.next)
            continue
        made.append(done)
        settled.add(line.row)
        if done.new:
            text = with_link(text, done.link, path)
            links = [*workbook.settings.links, link_entry(done.link)]
            workbook.settings = records.replace(workbook.settings, links=links)
    edits = Edits()
    if own := sheet_with_room(workbook, failed, settled):
        edits.sheets[name_of(workbook)] = own
    commit(workbook, edits, verb="share", files={FILE: text} if any(done.new for done in made) else None)
    sentences = [phrase("Links, row {row}: {why}", row=row, why=why) for row, why in failed.items()]
    return Shared(made, [*broken, *sentences], who, not lines, repaired, name_of(workbook))


def _repair(workbook: Workbook, http: HTTPClient, tell: Tell) -> tuple[list[Linked], list[str]]:
    """Put back what is damaged in the sheets that are shared already; what became of each, and which could not be."""
    done, failed = [], []
    for link in read_links(workbook.settings.links, workbook.trackers):
        if targets.is_file(link.target):
            continue
        tell("Writing")
        try:
            done.append(set_up(workbook, link.target, tracker=link.tracker, sheet=link.sheet, client=http))
        except SignInProblem:
            raise
        except Problem as problem:
            failed.append(phrase("{name}: {what}", name=link.name, what=in_one(problem.what, problem.next)))
    return done, failed


def _set_up(workbook: Workbook, line: Line, http: HTTPClient, who: str) -> Linked:
    if not line.tracker:
        titles = [workbook.trackers[name].title for name in workbook.tables]
        raise Problem(
            phrase("The tracker is missing."), next=phrase("Choose one of: {titles}.", titles=first_of(titles, 12))
        )
    tracker = workbook.trackers[tracker_names([line.tracker], workbook.present)[0]]
    if not line.address:
        sentence = ADD_ADDRESS if who else LET_EDIT
        raise Problem(
            phrase("The address is missing."),
            next=phrase(sentence, who=who),
        )
    said = (ENGLISH, workbook.settings.written, workbook.settings.language)
    directions = {fold(one.say(words)): word for word, words in DIRECTIONS.items() for one in said}
    only = _slice(workbook, tracker, line.whose)
    return set_up(
        workbook,
        line.address,
        tracker=tracker.name,
        only=only,
        sheet=line.sheet or _free_sheet(workbook, tracker, line.address, only),
        direction=directions.get(fold(line.direction), "both"),
        client=http,
    )


def _slice(workbook: Workbook, tracker: Tracker, whose: str) -> dict[str, str | list[str]]:
    """The rows that a line names: `Ms Ito`, `Adviser: Ms Ito`, several names with semicolons; blank is all."""
    if fold(whose) in ("", "all", fold(ALL_ROWS), fold(workbook.settings.written.say(ALL_ROWS))):
        return {}
    header, colon, rest = whose.partition(":")
    paths = list(_paths(workbook, tracker))
    named = [path for path, called in paths if colon and fold(header) == fold(called)]
    names = [name.strip() for name in (rest if named else whose).split(";") if name.strip()]
    usual = [path for path, _ in paths if path.rpartition(".")[2] in GROUPS]
    found = {
        path: spelt for path in named or usual if len(spelt := _spelt(workbook, tracker, path, names)) == len(names)
    }
    if not found:
        known = [value for path in named or usual for value in _values(workbook, tracker, path)]
        there = first_of(list(dict.fromkeys(known)), 8)
        raise Problem(
            phrase("No row is for {names}.", names="; ".join(names)),
            next=phrase("There are: {there}.", there=there) if there else "",
        )
    if len(found) > 1:
        called = [f"{header}: {'; '.join(names)}" for path, header in paths if path in found]
        raise Problem(
            phrase("{names} is in more than one column.", names="; ".join(names)),
            next=phrase("Write {called}.", called=" or ".join(called)),
        )
    ((path, spelt),) = found.items()
    return {path: spelt[0] if len(spelt) == 1 else spelt}


def _paths(workbook: Workbook, tracker: Tracker) -> Iterator[tuple[str, str]]:
    """What rows can be shared by: (`adviser`, `Adviser`) of its own, (`candidate.adviser`, …) of what it refers to."""
    for name, column in tracker.columns.items():
        yield name, column.header
        other = str(column.words.get("exists_in", "")).partition(".")[0]
        if other in workbook.tables:
            for further, there in workbook.trackers[other].columns.items():
                yield f"{name}.{further}", there.header


def _values(workbook: Workbook, tracker: Tracker, path: str) -> list[str]:
    """The different values at the end of a path, as they are written."""
    column, _, further = path.partition(".")
    other = str(tracker.columns[column].words.get("exists_in", "")).partition(".")[0] if further else tracker.name
    values = workbook.tables[other].columns[further or column] if other in workbook.tables else []
    return sorted({text for value in values if (text := show(value).strip())})


def _spelt(workbook: Workbook, tracker: Tracker, path: str, names: Sequence[str]) -> list[str]:
    """These names as the rows spell them; those that no row has are left out."""
    known = {fold(value): value for value in _values(workbook, tracker, path)}
    return [known[fold(name)] for name in names if fold(name) in known]


def _free_sheet(workbook: Workbook, tracker: Tracker, address: str, only: Mapping[str, str | list[str]]) -> str:
    """A sheet for this slice: the tracker's own, or one with the name of the person where that is taken."""
    try:
        wanted = targets.canonical(f"gsheet:{targets.google_key(address)}")
    except Problem:
        return tracker.sheet
    links = read_links(workbook.settings.links, workbook.trackers)
    taken = {link.sheet for link in links if targets.canonical(link.target) == wanted and link.tracker == tracker.name}
    names = [name for value in only.values() for name in ([value] if isinstance(value, str) else value)]
    return " ".join([tracker.sheet, *names]) if tracker.sheet in taken else tracker.sheet

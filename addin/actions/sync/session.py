"""Every link of a workbook with both of its sides, read in one call per book: what sync, undo and conflicts work on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random, SystemRandom

from addin.actions.sync.books import Open, conflict_copies, opener, pairing, told_of, where_people_have_it
from addin.backends.xlsx import XlsxBook
from addin.core import target as targets
from addin.core.book import Book, Grid
from addin.core.names import SETTINGS_FILE, STATE_FOLDER
from addin.core.sync.links import Link, read_links
from addin.core.sync.model import Choice, Conflict, Place, Plan, Row
from addin.core.sync.side import SideRows, shared_names, side_rows
from addin.core.tables.table import find, read_table
from addin.core.trackers import Tracker
from addin.errors import BookProblem, Problem, SettingsProblem, SignInProblem
from addin.workspace.state import State
from addin.workspace.workbook import Workbook, folder_of, read

STATE_FILE = "state.sqlite"


@dataclass(slots=True)
class Pair:
    """A link with both of its sides as they were read, and what is remembered of it."""

    link: Link
    tracker: Tracker
    left: SideRows
    right: SideRows
    base: Mapping[str, Row]
    seen: Sequence[Conflict]
    """The conflicts that stood after the last sync, as they were shown."""
    names: set[str]
    """The columns that are synced."""
    book: str
    """Which workbook is synced with which sheet."""
    other_book: str = ""
    """With what this link was synced last time, where that was another workbook or sheet."""
    choices: dict[Place, Choice] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)


@dataclass(slots=True)
class Desk:
    """A workbook and everything it is linked to, open and read."""

    workbook: Workbook
    state: State
    last_run: int
    """The last run that was known before anything was read."""
    random: Random
    others: dict[str, Book] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    lefts: dict[str, SideRows] = field(default_factory=dict)
    """tracker -> the workbook's side of it, shared by all links of that tracker"""
    broken: dict[str, tuple[Link, Problem]] = field(default_factory=dict)
    """link -> why it could not be read; the other links go on"""
    remarks: list[str] = field(default_factory=list)


@contextmanager
def desk(
    target: str, *, writing: bool = True, take_over: bool = False, today: date | None = None, open_: Open | None = None,
    random: Random | None = None,
) -> Iterator[Desk]:  # fmt: skip
    """Open and read a workbook with all that it is linked to; closed again whatever happens. Raises Problem.

    With `writing` a workbook that is open here is taken as it stands open; one that is open elsewhere is a BookInUse.
    """
    open_ = opener(open_)
    with ExitStack() as stack:
        book = open_(target)
        book = stack.enter_context(_closing(where_people_have_it(book) if writing else book))
        before = _last_run(folder_of(book, target) / STATE_FOLDER, give_way=writing and not take_over)
        workbook = read(book, target, today=today)
        links = read_links(workbook.settings.links, workbook.trackers)
        if not links:
            raise SettingsProblem(
                "there are no [[links]] in it.",
                where=str(workbook.folder / SETTINGS_FILE),
                next="Link a sheet first, for example: ib-trackers google link School.xlsx ADDRESS --tracker cas",
            )
        state = stack.enter_context(State(workbook.folder / STATE_FOLDER))
        made = Desk(workbook, state, before, random or SystemRandom())
        if isinstance(book, XlsxBook):
            made.remarks += told_of(conflict_copies(book.path))
        for other in dict.fromkeys(link.target for link in links):
            _read_other(made, other, links, open_, stack, writing=writing)
        if not made.pairs:
            raise next(problem for _, problem in made.broken.values())
        yield made


def _last_run(folder: Path, *, give_way: bool) -> int:
    """The last run so far, without making a memory where there is none; Busy when one is at work."""
    if not (folder / STATE_FILE).exists():
        return 0
    with State(folder) as state:
        if give_way:
            state.give_way()
        return state.last_run()


@contextmanager
def _closing(book: Book) -> Iterator[Book]:
    try:
        yield book
    finally:
        book.close()


def _read_other(
    made: Desk, target: str, links: Sequence[Link], open_: Open, stack: ExitStack, *, writing: bool
) -> None:  # fmt: skip
    """Read one shared book for all of its links. A link that cannot be read is noted, and the others go on; only where
    a service does not answer everything ends, since the next book would wait as long."""
    mine = [link for link in links if link.target == target]
    lefts = {link.name: _left(made, link, links) for link in mine}  # what is wrong in the workbook ends everything
    try:
        book = open_(_resolved(target, made.workbook.folder))
        other = stack.enter_context(_closing(where_people_have_it(book) if writing else book))
        wanted = {link.sheet for link in mine}
        grids = other.read([name for name in other.sheets() if name in wanted])
    except (BookProblem, SignInProblem) as problem:
        made.broken |= {link.name: (link, problem) for link in mine}
        return
    made.others[target] = other
    for link in mine:
        try:
            made.pairs.append(_pair(made, link, lefts[link.name], grids))
        except BookProblem as problem:
            made.broken[link.name] = link, problem


def _resolved(target: str, folder: Path) -> str:
    """A workbook named in a link lies beside the settings, unless its whole path is given."""
    if not targets.is_file(target) or Path(target).is_absolute():
        return target
    return str(folder / target)


def _pair(made: Desk, link: Link, left: SideRows, grids: Mapping[str, Grid]) -> Pair:
    tracker, state = made.workbook.trackers[link.tracker], made.state
    layout = find(grids[link.sheet], tracker) if link.sheet in grids else None
    if layout is None or layout.id_column is None:
        raise _no_headers(link, tracker, link.sheet in grids, layout is not None)
    book, before = pairing(made.workbook.book, made.workbook.target, link.target), state.book(link.name)
    stranger = before if before not in ("", book) else ""
    base = {} if stranger else state.base(link.name)
    table = read_table(tracker, grids, [layout])
    taken = {*left.rows, *base, *(row for pair in made.pairs for row in pair.right.rows)}
    right = side_rows(tracker, table, grids, base, taken, made.random, left.rows)
    names = shared_names(left, right, private=link.private)
    return Pair(link, tracker, left, right, base, state.conflicts(link.name), names, book, stranger)


def _no_headers(link: Link, tracker: Tracker, sheet: bool, headers: bool) -> BookProblem:
    if not sheet:
        return BookProblem(
            f"there is no sheet {link.sheet!r} to share {tracker.title} with.",
            where=link.target,
            next=f"Give the sheet this name, or name the right one in the link {link.name!r}.",
        )
    what = "the column IBT id is" if headers else f"the headers of {tracker.title} are"
    return BookProblem(
        f"{what} not there any more; nothing was written.",
        where=f"{link.target}, sheet {link.sheet}",
        next="Put the headers back as they were.",
    )


def _left(made: Desk, link: Link, links: Sequence[Link]) -> SideRows:
    """The workbook's side of a tracker, read once for all links that share it."""
    if link.tracker in made.lefts:
        return made.lefts[link.tracker]
    workbook = made.workbook
    tracker, table = workbook.trackers[link.tracker], workbook.tables.get(link.tracker)
    if table is None or any(layout.id_column is None for layout in table.layouts.values()):
        raise Problem(
            f"the {tracker.title} tracker " + ("has no column for row ids." if table else "is not in the workbook."),
            where=workbook.target,
            next=f"Run: ib-trackers adopt {workbook.target}",
        )
    known: dict[str, Row] = {}
    for other in links:
        if other.tracker == link.tracker:
            known |= made.state.base(other.name)
    side = side_rows(tracker, table, workbook.grids, known, known, made.random)
    made.lefts[link.tracker] = side
    return side

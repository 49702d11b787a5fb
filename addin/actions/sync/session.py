"""A workbook and everything it is linked to, read once and frozen: what sync, undo and conflicts decide about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random, SystemRandom

from addin.actions.sync.books import (
    Open,
    file_stamp,
    opener,
    pairing,
    where_people_have_it,
)
from addin.actions.sync.copies import settle_copies
from addin.backends.xlsx import XlsxBook
from addin.core import target as targets
from addin.core.book import Book, Grid
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.sync.decisions import in_english, name_in
from addin.core.sync.held import Held, held, shown
from addin.core.sync.identity import Rows
from addin.core.sync.links import Link, read_links
from addin.core.sync.model import Conflict, Row, Side
from addin.core.sync.side import SideRows, shared_names, side_rows
from addin.core.tables.layout import find
from addin.core.tables.table import Table, read_table
from addin.core.trackers import Tracker
from addin.errors import BookProblem, Problem, SettingsProblem, SignInProblem
from addin.workspace.cloud_copies import conflict_copies, copy_remarks
from addin.workspace.state import State
from addin.workspace.workbook import Workbook, folder_of, read

STATE_FILE = "state.sqlite"
WORKBOOK = "workbook"
"""Under this name the versions of the workbook are remembered; those of a shared file under its target."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A link with both of its sides as they were read, and what is remembered of it."""

    link: Link
    tracker: Tracker
    left: SideRows
    right: SideRows
    base: Mapping[str, Row]
    seen: Sequence[Conflict]
    """The conflicts that were open after the last sync, as they were shown."""
    names: frozenset[str]
    """The columns that are synced."""
    book: str
    """Which workbook is synced with which sheet."""
    other_book: str = ""
    """With what this link was synced last time, where that was another workbook or sheet."""

    @property
    def held(self) -> set[str]:
        """The remembered rows that were in the shared sheet after the last sync: a row that was deleted there, while
        the workbook keeps it until a person decides, was not."""
        deleted = {one.row for one in self.seen if one.column is None and one.right is None}
        return self.base.keys() - deleted


@dataclass(frozen=True, slots=True)
class SyncSession:
    """A workbook and everything it is linked to, as it was read."""

    workbook: Workbook
    state: State
    last_run: int
    """The last run that was known before anything was read."""
    random: Random
    others: Mapping[str, Book] = field(default_factory=dict)
    pairs: Sequence[Pair] = ()
    lefts: Mapping[str, SideRows] = field(default_factory=dict)
    """tracker -> the workbook's side of it, shared by all links of that tracker"""
    unreadable: Mapping[str, tuple[Link, Problem]] = field(default_factory=dict)
    """link -> why it could not be read; the other links go on"""
    stamps: Mapping[str, str] = field(default_factory=dict)
    """book -> which version of the file was read"""
    remarks: Sequence[str] = ()
    verified: dict[str, str] = field(default_factory=dict)
    """shared book that was written -> one word for its values where they were read back as decided, or an empty one"""

    @property
    def conflicts_name(self) -> str:
        """What the sheet of conflicts is called in this workbook."""
        return name_in(self.workbook.grids, self.workbook.settings.written)

    def books(self) -> dict[str, Book]:
        """The workbook and every shared book, by the names under which their versions are remembered."""
        return {WORKBOOK: self.workbook.book, **self.others}


def conflicts_sheet(workbook: Workbook) -> Grid | None:
    """The sheet of conflicts as an English workbook has it; None where there is none."""
    language = workbook.settings.written
    return in_english(workbook.grids.get(name_in(workbook.grids, language)), language)


@contextmanager
def open_session(
    target: str,
    *,
    writing: bool = True,
    break_lock: bool = False,
    force: bool = False,
    today: date | None = None,
    open_: Open | None = None,
    random: Random | None = None,
) -> Iterator[SyncSession]:
    """Open and read a workbook with all that it is linked to; closed again whatever happens. Raises Problem.

    With `writing` a workbook that is open here is taken as it is there; one that is open elsewhere is a BookInUse.
    With `force` row ids beside the values of other rows are put back.
    """
    open_ = opener(open_)
    with ExitStack() as stack:
        book = open_(target)
        book = stack.enter_context(_closing(where_people_have_it(book) if writing else book))
        before = _last_run(folder_of(book, target) / STATE_FOLDER, give_way=writing and not break_lock)
        stamp = file_stamp(book)
        workbook = read(book, target, today=today)
        links = read_links(workbook.settings.links, workbook.trackers)
        if not links:
            raise SettingsProblem(
                phrase("no sheet is linked with this workbook."),
                where=target,
                next=phrase("To share one, run: ib-trackers google link School.xlsx"),
            )
        state = stack.enter_context(State(workbook.folder / STATE_FOLDER))
        reader = _Reader(workbook, state, links, random or SystemRandom(), force)
        for other in dict.fromkeys(link.target for link in links):
            reader.read_other(other, open_, stack, writing=writing)
        if not reader.pairs:
            raise next(problem for _, problem in reader.unreadable.values())
        settle_copies(reader.pairs, reader.random)
        remarks = list(workbook.remarks)
        if isinstance(book, XlsxBook):
            remarks += copy_remarks(conflict_copies(book.path))
        yield SyncSession(
            workbook,
            state,
            before,
            reader.random,
            reader.others,
            tuple(reader.pairs),
            reader.lefts,
            reader.unreadable,
            {WORKBOOK: stamp, **reader.stamps},
            tuple(remarks),
        )


def _last_run(folder: Path, *, give_way: bool) -> int:
    """The last run so far, without making a memory where there is none; Busy when one is at work."""
    if not (folder / STATE_FILE).exists():
        return 0
    with State(folder, check=False) as state:  # it is checked when the session opens it
        if give_way:
            state.give_way()
        return state.last_run()


@contextmanager
def _closing(book: Book) -> Iterator[Book]:
    try:
        yield book
    finally:
        book.close()


@dataclass(slots=True)
class _Reader:
    """Reads the sides of every link; what it has read becomes the session."""

    workbook: Workbook
    state: State
    links: Sequence[Link]
    random: Random
    force: bool
    others: dict[str, Book] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    lefts: dict[str, SideRows] = field(default_factory=dict)
    unreadable: dict[str, tuple[Link, Problem]] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)

    def read_other(self, target: str, open_: Open, stack: ExitStack, *, writing: bool) -> None:
        """Read one shared book for all of its links. A link that cannot be read is noted, and the others go on; only
        where a service does not answer everything ends, since the next book would wait as long."""
        mine = [link for link in self.links if link.target == target]
        for link in mine:
            self.left(link)  # what is wrong in the workbook ends everything
        try:
            book = open_(_resolved(target, self.workbook.folder))
            other = stack.enter_context(_closing(where_people_have_it(book) if writing else book))
            self.stamps[target] = file_stamp(other)
            wanted = {link.sheet for link in mine}
            grids = other.read([name for name in other.sheets() if name in wanted])
        except (BookProblem, SignInProblem) as problem:
            self.unreadable |= {link.name: (link, problem) for link in mine}
            return
        self.others[target] = other
        for link in mine:
            try:
                self.pairs.append(self.pair(link, grids))
            except BookProblem as problem:
                self.unreadable[link.name] = link, problem

    def pair(self, link: Link, grids: Mapping[str, Grid]) -> Pair:
        """One link with both of its sides."""
        tracker, left, state = self.workbook.trackers[link.tracker], self.lefts[link.tracker], self.state
        book, before = pairing(self.workbook.book, self.workbook.target, link.target), state.book(link.name)
        stranger = before if before not in ("", book) else ""
        base = {} if stranger else state.base(link.name)
        layout = find(grids[link.sheet], tracker) if link.sheet in grids else None
        if layout is None:
            raise _no_headers(link, tracker, sheet=link.sheet in grids)
        table = read_table(tracker, grids, [layout])
        taken = {*left.rows, *base, *(row for pair in self.pairs for row in pair.right.rows)}
        right = side_rows(
            tracker,
            table,
            grids,
            base,
            taken,
            self.random,
            left.rows,
            force=self.force,
            slice_=bool(link.only),
            rows_held=self.rows_held([link], base, "right"),
        )
        if layout.id_column is None and not base and before != book and _has_rows_of(left, right):
            raise _no_headers(link, tracker, headers=True)
        if not stranger:  # what an interrupted run has added already was the same on both sides then
            added = state.half_added(link.name).get("right", {})
            base |= {row: cells for row, cells in added.items() if row in right.rows and row not in base}
        names = frozenset(shared_names(left, right, private=link.private))
        return Pair(link, tracker, left, right, base, state.conflicts(link.name), names, book, stranger)

    def left(self, link: Link) -> None:
        """Read the workbook's side of a tracker, once for all links that share it."""
        if link.tracker in self.lefts:
            return
        workbook = self.workbook
        tracker, table = workbook.trackers[link.tracker], workbook.tables.get(link.tracker)
        links = [other for other in self.links if other.tracker == link.tracker]
        known: dict[str, Row] = {}
        for other in links:
            known |= self.state.base(other.name)
        if table is None or (table.rows and not known and not self.is_synced(links) and _lacks_ids(table)):
            what = (
                phrase("the {title} tracker has no column for row ids.", title=tracker.title)
                if table is not None
                else phrase("the {title} tracker is not in the workbook.", title=tracker.title)
            )
            raise Problem(
                what,
                where=workbook.target,
                next=phrase("Run: ib-trackers adopt {target}", target=workbook.target),
            )
        rows_held = self.rows_held(links, known, "left")
        self.lefts[link.tracker] = side_rows(
            tracker, table, workbook.grids, known, known, self.random, force=self.force, rows_held=rows_held
        )

    def is_synced(self, links: Sequence[Link]) -> bool:
        """Whether this workbook was synced with one of these links."""
        book, target = self.workbook.book, self.workbook.target
        return any(self.state.book(link.name) == pairing(book, target, link.target) for link in links)

    def rows_held(self, links: Sequence[Link], known: Mapping[str, Row], side: Side) -> Held:
        """What this side held of the rows that wait for a decision."""
        if not known:
            return shown(conflicts_sheet(self.workbook), [link.name for link in links], side)
        return held([one for link in links for one in self.state.conflicts(link.name)], known, side)


def _resolved(target: str, folder: Path) -> str:
    """A workbook named in a link lies beside the settings, unless its whole path is given."""
    if not targets.is_file(target) or Path(target).is_absolute():
        return target
    return str(folder / target)


def _has_rows_of(left: SideRows, right: SideRows) -> bool:
    """Whether a shared sheet of which nothing is remembered, and that has lost its ids, holds rows of the workbook: as
    new rows they would be there twice."""
    key_of = Rows(lambda _: {}, {}, left.tracker.key).key_of
    known = {key_of(row) for row in left.rows.values()}
    return any(row_id in left.rows or key_of(row) in known for row_id, row in right.rows.items())


def _lacks_ids(table: Table) -> bool:
    return any(layout.id_column is None for layout in table.layouts.values())


def _no_headers(link: Link, tracker: Tracker, *, sheet: bool = True, headers: bool = False) -> BookProblem:
    if not sheet:
        return BookProblem(
            phrase("there is no sheet {sheet} to share {title} with.", sheet=f"{link.sheet!r}", title=tracker.title),
            where=link.target,
            next=phrase(
                "Give the sheet this name again, or link again to make a new one; {name} is then filled "
                "from the workbook by: ib-trackers sync --force",
                name=link.name,
            ),
        )
    id_missing = phrase("the column IBT id is missing; nothing was written.")
    missing = phrase("the headers of {title} are missing; nothing was written.", title=tracker.title)
    return BookProblem(
        id_missing if headers else missing,
        where=f"{link.target}, sheet {link.sheet}",
        next=phrase("Put the headers back as they were, or link the sheet again."),
    )

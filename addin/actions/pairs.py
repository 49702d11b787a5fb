"""Every link of a workbook with both of its sides, read in one call per book: what sync, undo and conflicts work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random, SystemRandom

from addin.backends import Book, open_book
from addin.cells import Grid
from addin.errors import Problem, SettingsProblem
from addin.links import Link, read_links, shared_rows
from addin.state import State
from addin.sync.model import Choice, Conflict, Place, Plan, Row
from addin.sync.side import SideRows, shared_names, side_rows
from addin.table import find, read_table
from addin.trackers import Tracker
from addin.workbook import Workbook, read

STATE_FOLDER = ".ib-trackers"


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
    mine: set[str]
    """The ids of the workbook's rows that belong to the link now."""
    choices: dict[Place, Choice] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)


@dataclass(slots=True)
class Desk:
    """A workbook and everything it is linked to, open and read."""

    workbook: Workbook
    state: State
    others: dict[str, Book]
    pairs: list[Pair]
    lefts: dict[str, SideRows]
    """tracker -> the workbook's side of it, shared by all links of that tracker"""


@contextmanager
def desk(
    target: str, *, today: date | None = None, open_: Callable[[str], Book] = open_book, random: Random | None = None
) -> Iterator[Desk]:
    """Open and read a workbook with all that it is linked to; closed again whatever happens. Raises Problem."""
    with ExitStack() as stack:
        book = stack.enter_context(_closing(open_(target)))
        workbook = read(book, target, today=today)
        links = read_links(workbook.settings.links, workbook.trackers)
        if not links:
            raise SettingsProblem(
                "there are no [[links]] in it.",
                where=str(workbook.folder / "ib-trackers.toml"),
                next="Link a sheet first: ib-trackers google link",
            )
        state = stack.enter_context(State(workbook.folder / STATE_FOLDER))
        made = Desk(workbook, state, {}, [], {})
        bases = {link.name: state.base(link.name) for link in links}
        for target_ in dict.fromkeys(link.target for link in links):
            other = made.others[target_] = stack.enter_context(_closing(open_(_resolved(target_, workbook.folder))))
            mine = [link for link in links if link.target == target_]
            wanted = {link.sheet for link in mine}
            grids = other.read([name for name in other.sheets() if name in wanted])
            for link in mine:
                left = _left(made, link, links, bases, random or SystemRandom())
                made.pairs.append(_pair(made, link, left, grids, bases[link.name], random or SystemRandom()))
        yield made


@contextmanager
def _closing(book: Book) -> Iterator[Book]:
    try:
        yield book
    finally:
        book.close()


def _resolved(target: str, folder: Path) -> str:
    """A workbook named in a link lies beside the settings, unless its whole path is given."""
    if target.startswith(("gsheet:", "http://", "https://", "excel:")) or Path(target).is_absolute():
        return target
    return str(folder / target)


def _pair(
    made: Desk, link: Link, left: SideRows, grids: Mapping[str, Grid], base: Mapping[str, Row], random: Random
) -> Pair:
    tracker = made.workbook.trackers[link.tracker]
    layout = find(grids[link.sheet], tracker) if link.sheet in grids else None
    if layout is None or layout.id_column is None:
        raise _no_headers(link, tracker, link.sheet in grids, layout is not None)
    table = read_table(tracker, grids, [layout])
    right = side_rows(tracker, table, grids, base, {*left.rows, *base}, random)
    mine = shared_rows(link, tracker, made.workbook.tables) if link.only else set(left.rows)
    names = shared_names(left, right, private=link.private)
    return Pair(link, tracker, left, right, base, made.state.conflicts(link.name), names, mine - {""})


def _no_headers(link: Link, tracker: Tracker, sheet: bool, headers: bool) -> Problem:
    if not sheet:
        return Problem(
            f"there is no sheet {link.sheet!r} to share {tracker.title} with.",
            where=link.target,
            next=f"Make it with ib-trackers google link, or name the sheet in the link {link.name!r}.",
        )
    what = "the column IBT id is" if headers else f"the headers of {tracker.title} are"
    return Problem(
        f"{what} not there any more; nothing was written.",
        where=f"{link.target}, sheet {link.sheet}",
        next="Put the headers back as they were.",
    )


def _left(
    made: Desk, link: Link, links: Sequence[Link], bases: Mapping[str, Mapping[str, Row]], random: Random
) -> SideRows:
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
            known |= bases[other.name]
    side = side_rows(tracker, table, workbook.grids, known, known, random)
    places = {at: row_id for row_id, at in side.fresh.items()}
    table.ids = [
        places.get(at, row_id) for at, row_id in zip(zip(table.sheets, table.rows, strict=True), table.ids, strict=True)
    ]
    made.lefts[link.tracker] = side
    return side

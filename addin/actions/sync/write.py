"""The plans carried out, in an order that the next run can make good from any point: ids, journal, shared sheets,
workbook, memory.

Ids come first, so that a crash never gives a row two. The journal is on disk before anything is overwritten. What a
link remembers moves on last, when everything that it says has been written and will last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from addin.actions.sync.books import make_last
from addin.actions.sync.plan import Lefts
from addin.actions.sync.session import Desk, Pair
from addin.actions.sync.verify import prove
from addin.core.book import Edits, Grid, OwnSheet, Value
from addin.core.records import replace
from addin.core.sync import Plan
from addin.core.sync.agreed import exactly_the_same
from addin.core.sync.decisions import SHEET, Standing, conflicts_sheet, decisions
from addin.core.sync.model import Changes, Place
from addin.core.sync.side import edits, id_edits, merged
from addin.core.tables.values import show
from addin.errors import BookChanged
from addin.workspace.state import Entry, Memory, entries
from addin.workspace.state.journal import difference


def write(
    made: Desk, pairs: Sequence[Pair], lefts: Lefts, standing: Sequence[Standing], stopped: set[str], *,
    take_over: bool = False,
) -> bool:  # fmt: skip
    """Carry the plans out; False when there was nothing to write. Raises BookChanged when somebody was faster."""
    to_left = {name: difference(side.rows, lefts[name]) for name, side in made.lefts.items()}
    left = merged(edits(made.lefts[name], changes) for name, changes in to_left.items())
    left.sheets |= _conflicts_sheet(made, standing, stopped)
    fresh = merged(id_edits(made.lefts[name]) for name in {pair.link.tracker for pair in pairs})
    right = {target: _to_other(pairs, target) for target in made.others}
    news = [pair for pair in pairs if _is_news(pair)]
    if not (left or fresh or any(right.values()) or news):
        return False
    with made.state.lock(force=take_over):
        if made.state.last_run() != made.last_run:
            raise BookChanged("Another sync of this workbook was faster.", next="Run this again.")
        run = made.state.begin("sync")
        try:
            if fresh:
                made.workbook.book.apply(fresh)
                _still_the_same(made, fresh)
            made.state.record(run, _journal(made, pairs, to_left))
            for target, batch in right.items():
                made.others[target].apply(batch)
                if batch:
                    prove(made.others[target], [pair for pair in pairs if pair.link.target == target])
            made.workbook.book.apply(left)
            for book in (made.workbook.book, *made.others.values()):
                make_last(book)
        except BaseException as error:
            made.state.fail(run, type(error).__name__)
            raise
        made.state.finish(run, {p.link.name: Memory(p.plan.base, p.plan.conflicts, p.book) for p in news})
    return bool(left or fresh or any(right.values()))


def _to_other(pairs: Sequence[Pair], target: str) -> Edits:
    """What one shared book gets, of all links that lead there: one batch."""
    mine = [pair for pair in pairs if pair.link.target == target]
    return merged(merged([edits(pair.right, pair.plan.to_right), id_edits(pair.right)]) for pair in mine)


def _still_the_same(made: Desk, fresh: Edits) -> None:
    """Between writing ids and writing values somebody may have saved the workbook: places may have moved."""
    sheets = {sheet for side in made.lefts.values() for sheet in side.layouts} | {SHEET} & set(made.workbook.grids)
    now = made.workbook.book.read(sorted(sheets))
    for name in sheets:
        before = made.workbook.grids[name]
        values = [list(line) for line in before.values]
        for (sheet, row, column), value in fresh.cells.items():
            if sheet == name:
                values[row - 1].extend([None] * (column - len(values[row - 1])))
                values[row - 1][column - 1] = value
        if name not in now or _constants(replace(before, values=values)) != _constants(now[name]):
            raise BookChanged("Somebody changed the workbook just now.", where=name, next="Run this again.")


def _constants(grid: Grid) -> list[list[tuple[type, Value]]]:
    """What a person put there, without what is calculated, which moves by itself."""
    return [
        [
            (type(value), value) if (row, column) not in grid.formulas else (str, grid.formulas[row, column])
            for column, value in enumerate(line, 1)
        ]
        for row, line in enumerate(grid.values, 1)
    ]


def _journal(made: Desk, pairs: Sequence[Pair], to_left: Mapping[str, Changes]) -> list[Entry]:
    """What is about to be overwritten; the workbook's part stands under the first link of each tracker."""
    journal: list[Entry] = []
    for pair in pairs:
        journal += entries(pair.link.name, Plan(to_right=pair.plan.to_right), {}, pair.right.rows)
    for tracker, changes in to_left.items():
        link = next((pair.link.name for pair in made.pairs if pair.link.tracker == tracker), tracker)
        journal += entries(link, Plan(to_left=changes), made.lefts[tracker].rows, {})
    return journal


def _is_news(pair: Pair) -> bool:
    """Whether there is something new to remember about a link."""
    return bool(
        pair.other_book
        or list(pair.plan.conflicts) != list(pair.seen)
        or not exactly_the_same(pair.plan.base, pair.base)
    )  # fmt: skip


def _conflicts_sheet(made: Desk, standing: Sequence[Standing], stopped: Iterable[str]) -> dict[str, OwnSheet]:
    """The Conflicts sheet, where it must change.

    A decision is used once: where its conflict still stands, other values stand there now, and it must be made anew.
    Only those about a link that stands still wait.
    """
    old = made.workbook.grids.get(SHEET)
    if not standing and old is None:
        return {}
    waiting = {place: value for place, value in decided(made).items() if place[0] in stopped}
    sheet = conflicts_sheet(standing, waiting)
    now = [_stripped(line) for line in old.values] if old else []
    return {} if now == [_stripped(line) for line in sheet.rows] else {SHEET: sheet}


def decided(made: Desk) -> dict[tuple[str, Place], Value]:
    """What a person has written into the Conflicts sheet."""
    linked = [*((pair.link.name, pair.tracker) for pair in made.pairs)]
    linked += [(link.name, made.workbook.trackers[link.tracker]) for link, _ in made.broken.values()]
    headers = {name: {c.header: n for n, c in tracker.columns.items()} for name, tracker in linked}
    return decisions(made.workbook.grids.get(SHEET), headers)


def _stripped(line: Sequence[Value]) -> list[str]:
    shown = [show(value) for value in line]
    while shown and not shown[-1]:
        shown.pop()
    return shown

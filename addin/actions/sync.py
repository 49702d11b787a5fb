"""sync: bring the workbook and its shared sheets together, cell by cell. Decide, then act.

Read everything, plan every link, stop or show the plan; then ids, journal, shared sheets, workbook and memory are
written in this order, so that the next run makes good a crash at any point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from addin.actions import Tell, silent
from addin.actions.pairs import Desk, Pair, desk
from addin.backends import Book, open_book
from addin.cells import OwnSheet, Value
from addin.google.problems import BookChanged
from addin.links import edited_by
from addin.state import Entry, Memory, entries
from addin.state.journal import difference
from addin.sync import Plan, guard, plan
from addin.sync.decisions import SHEET, WHOLE_ROW, Standing, choices, conflicts_sheet, decisions
from addin.sync.model import Changes, Conflict, Place, Row, apply
from addin.sync.side import edits, id_edits, merged, restricted
from addin.sync.words import id_problem
from addin.sync.words import reason as in_words
from addin.values import show

TRIES = 3
"""So often a sync begins anew when somebody edits between its reading and its writing."""


@dataclass(slots=True)
class Synced:
    """What a sync did, or would do: link by link, and what it leaves to a person."""

    plans: dict[str, Plan] = field(default_factory=dict)
    lefts: dict[str, Mapping[str, Row]] = field(default_factory=dict)
    rights: dict[str, Mapping[str, Row]] = field(default_factory=dict)
    conflicts: list[Standing] = field(default_factory=list)
    stopped: dict[str, list[str]] = field(default_factory=dict)
    """link -> why it stands still, in sentences"""
    written: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return any(self.plans.values())


def sync(
    target: str, *, dry_run: bool = False, accept: bool = False, today: date | None = None, tell: Tell = silent,
    open_: Callable[[str], Book] = open_book, random: Random | None = None,
) -> Synced:  # fmt: skip
    """Sync a workbook with everything it is linked to. Raises Problem; whatever happens, both sides stay whole."""
    for attempt in range(1, TRIES + 1):
        try:
            tell("Reading")
            with desk(target, today=today, open_=open_, random=random) as made:
                return _run(made, dry_run=dry_run, accept=accept, tell=tell)
        except BookChanged:
            if attempt == TRIES:
                raise
    raise AssertionError("not reached")


def _run(made: Desk, *, dry_run: bool, accept: bool, tell: Tell) -> Synced:
    tell("Planning")
    done = Synced()
    if accept and not dry_run:
        for pair in made.pairs:
            made.state.accept(pair.link.name)
    pairs = [pair for pair in made.pairs if _may_go(made, pair, done, dry_run=dry_run)]
    lefts, gained = plan_all(made, pairs)
    for pair in pairs:
        name = pair.link.name
        done.plans[name] = Plan(
            gained[name], pair.plan.to_right, {}, pair.plan.conflicts, pair.plan.refused, pair.plan.unused
        )
        done.lefts[name], done.rights[name] = pair.left.rows, pair.right.rows
    for pair in made.pairs:
        still = pair.seen if pair.link.name in done.stopped else pair.plan.conflicts
        done.conflicts += [_standing(pair, conflict) for conflict in still]
    if not dry_run:
        tell("Writing")
        done.written = _write(made, pairs, lefts, done)
    return done


def _may_go(made: Desk, pair: Pair, done: Synced, *, dry_run: bool) -> bool:
    """False, with the reasons noted, where a damaged id or a guard keeps this link from being synced now."""
    name = pair.link.name
    problems = [*pair.left.problems.problems, *pair.right.problems.problems]
    if problems:
        done.stopped[name] = [id_problem(problem) for problem in problems]
        return False
    left = restricted(pair.left.rows, pair.names, pair.mine | set(pair.base))
    reasons = guard(pair.base, left, restricted(pair.right.rows, pair.names), direction=pair.link.direction)
    stop = made.state.stopped(name) if dry_run else made.state.stop_or_go(name, reasons)
    standing = reasons if stop is None else [] if stop.accepted else stop.reasons
    if standing and (dry_run or stop is not None):
        done.stopped[name] = [in_words(one) for one in standing]
        return False
    return True


def plan_all(made: Desk, pairs: Sequence[Pair]) -> tuple[dict[str, dict[str, Row]], dict[str, Changes]]:
    """Plan every link until none changes the workbook any more: what one link brings, the others pass on.

    The workbook's rows as they will be, by tracker, and what each link brings to them.
    """
    lefts = {name: dict(side.rows) for name, side in made.lefts.items()}
    gained = {pair.link.name: Changes() for pair in pairs}
    told = decided(made)
    for pair in pairs:
        pair.choices = choices(told, pair.link.name, pair.seen)
    for _ in range(len(pairs) + 1):
        settled = True
        for pair in pairs:
            left = lefts[pair.link.tracker]
            pair.plan = _planned(pair, left)
            if pair.plan.to_left:
                lefts[pair.link.tracker] = apply(left, pair.plan.to_left)
                _add(gained[pair.link.name], pair.plan.to_left)
                settled = False
        if settled:
            break
    return lefts, gained


def _add(whole: Changes, more: Changes) -> None:
    whole.cells |= more.cells
    whole.rows |= more.rows
    whole.drops |= more.drops


def _planned(pair: Pair, left: Mapping[str, Row]) -> Plan:
    link = pair.link
    mine = set(left)
    if link.only:
        brought = {row for row in left if row not in pair.left.rows and row in pair.right.rows}
        mine &= pair.mine | brought
    leaving = [row for row in pair.base if row in left and row not in mine]
    one_way = {name: side for name, side in edited_by(link, pair.tracker).items() if name in pair.names}
    return plan(
        pair.base,
        restricted(left, pair.names, mine | set(leaving)),
        restricted(pair.right.rows, pair.names),
        choices=dict(pair.choices),
        direction=link.direction,
        edited_by=one_way,
        row_conflicts=link.whole_rows,
        leaving=leaving,
    )


def _write(made: Desk, pairs: Sequence[Pair], lefts: Mapping[str, dict[str, Row]], done: Synced) -> bool:
    """Carry the plans out; False when there was nothing to write or to remember."""
    to_left = {name: difference(side.rows, lefts[name]) for name, side in made.lefts.items()}
    left = merged(edits(made.lefts[name], changes) for name, changes in to_left.items())
    left.sheets |= _conflicts_sheet(made, done)
    right = {
        target: merged(
            merged([edits(pair.right, pair.plan.to_right), id_edits(pair.right)])
            for pair in pairs
            if pair.link.target == target
        )
        for target in made.others
    }
    fresh = merged(id_edits(made.lefts[name]) for name in {pair.link.tracker for pair in pairs})
    news = {pair.link.name: pair for pair in pairs if _is_news(pair)}
    if not (left or fresh or any(right.values()) or news):
        return False
    with made.state.lock():
        run = made.state.begin("sync")
        try:
            made.workbook.book.apply(fresh)
            made.state.record(run, _journal(made, pairs, to_left))
            for target, batch in right.items():
                made.others[target].apply(batch)
            made.workbook.book.apply(left)
        except BaseException as error:
            made.state.fail(run, type(error).__name__)
            raise
        memories = {name: Memory(p.plan.base, p.plan.conflicts, p.link.target) for name, p in news.items()}
        made.state.finish(run, memories)
    return bool(left or fresh or any(right.values()))


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
    return dict(pair.plan.base) != dict(pair.base) or list(pair.plan.conflicts) != list(pair.seen)


def _conflicts_sheet(made: Desk, done: Synced) -> dict[str, OwnSheet]:
    """The Conflicts sheet, where it must change.

    A decision is used once: where its conflict still stands, other values stand there now, and it must be made anew.
    Only those about a link that stands still wait.
    """
    old = made.workbook.grids.get(SHEET)
    if not done.conflicts and old is None:
        return {}
    waiting = {place: value for place, value in decided(made).items() if place[0] in done.stopped}
    sheet = conflicts_sheet(done.conflicts, waiting)
    now = [_stripped(line) for line in old.values] if old else []
    return {} if now == [_stripped(line) for line in sheet.rows] else {SHEET: sheet}


def decided(made: Desk) -> dict[tuple[str, Place], Value]:
    """What a person has written into the Conflicts sheet."""
    headers = {pair.link.name: {c.header: n for n, c in pair.tracker.columns.items()} for pair in made.pairs}
    return decisions(made.workbook.grids.get(SHEET), headers)


def _stripped(line: Sequence[Value]) -> list[str]:
    shown = [show(value) for value in line]
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _standing(pair: Pair, conflict: Conflict) -> Standing:
    row = pair.left.rows.get(conflict.row) or pair.right.rows.get(conflict.row) or {}
    name = " ".join(show(row[key]) for key in pair.tracker.key if row.get(key) is not None) or conflict.row
    column = conflict.column
    if column is None:
        header = WHOLE_ROW
    else:
        header = pair.tracker.columns[column].header if column in pair.tracker.columns else column
    return Standing(pair.link.name, name, header, conflict)

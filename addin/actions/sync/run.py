"""sync: bring the workbook and its shared sheets together, cell by cell. Decide, then act.

Read everything, plan every link (planning.py), stop or show the plan, then write (writing.py). Who begins while another
run is at work gives way; who finds that somebody else was faster begins anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from addin.actions import Tell, silent
from addin.actions.sync.books import Open
from addin.actions.sync.plan import plan_all
from addin.actions.sync.session import Desk, Pair, desk
from addin.actions.sync.write import decided, write
from addin.core.sync import Plan, guard
from addin.core.sync.decisions import WHOLE_ROW, Standing, choices
from addin.core.sync.links import Link
from addin.core.sync.model import Conflict, Row
from addin.core.sync.side import restricted
from addin.core.sync.words import id_problem
from addin.core.sync.words import reason as in_words
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import BookChanged, BookInUse

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
    remarks: list[str] = field(default_factory=list)
    """What a person should look at, though nothing stands still for it."""
    written: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return any(self.plans.values())


def sync(
    target: str, *, dry_run: bool = False, accept: bool = False, take_over: bool = False, today: date | None = None,
    tell: Tell = silent, open_: Open | None = None, random: Random | None = None,
) -> Synced:  # fmt: skip
    """Sync a workbook with everything it is linked to. Raises Problem; whatever happens, both sides stay whole.

    `accept` lets links go on that stand still; `take_over` takes the lock from a computer that was switched off.
    """
    for attempt in range(1, TRIES + 1):
        tell("Reading")
        begun = False
        try:
            with desk(
                target, writing=not dry_run, take_over=take_over, today=today, open_=open_, random=random
            ) as made:
                begun = True
                return _run(made, dry_run=dry_run, accept=accept, take_over=take_over, tell=tell)
        except (BookChanged, BookInUse):
            if attempt == TRIES or not begun:
                raise  # not begun: it is open somewhere, and still will be
    raise AssertionError("not reached")


def _run(made: Desk, *, dry_run: bool, accept: bool, take_over: bool, tell: Tell) -> Synced:
    tell("Planning")
    done = Synced(remarks=list(made.remarks))
    if accept and not dry_run:
        for pair in made.pairs:
            made.state.accept(pair.link.name)
    for name, (_, problem) in made.broken.items():
        done.stopped[name] = [str(problem)]
    pairs = [pair for pair in made.pairs if _may_go(made, pair, done, dry_run=dry_run, accept=accept)]
    told = decided(made)
    for pair in pairs:
        pair.choices = choices(told, pair.link.name, pair.seen)
    lefts, gained = plan_all(made, pairs)
    for pair in pairs:
        name, plan = pair.link.name, pair.plan
        done.plans[name] = Plan(gained[name], plan.to_right, {}, plan.conflicts, plan.refused, plan.unused)
        done.lefts[name], done.rights[name] = pair.left.rows, pair.right.rows
    done.conflicts = _all_conflicts(made, done)
    if not dry_run:
        tell("Writing")
        stopped = set(done.stopped)
        done.written = write(made, pairs, lefts, done.conflicts, stopped, take_over=take_over)
    return done


def _may_go(made: Desk, pair: Pair, done: Synced, *, dry_run: bool, accept: bool) -> bool:
    """False, with the reasons noted, where a damaged id or a guard keeps this link from being synced now."""
    name = pair.link.name
    problems = [*pair.left.problems.problems, *pair.right.problems.problems]
    if problems:
        done.stopped[name] = [id_problem(problem) for problem in problems]
        return False
    if pair.other_book and (dry_run or not accept):
        done.stopped[name] = [_other_book(pair)]
        return False
    left = restricted(pair.left.rows, pair.names)
    reasons = guard(pair.base, left, restricted(pair.right.rows, pair.names), direction=pair.link.direction)
    stop = made.state.stopped(name) if dry_run else made.state.stop_or_go(name, reasons)
    standing = reasons if stop is None else [] if stop.accepted else stop.reasons
    if standing and (dry_run or stop is not None):
        done.stopped[name] = [in_words(one) for one in standing]
        return False
    return True


def _other_book(pair: Pair) -> str:
    before, now = pair.other_book.partition(" | "), pair.book.partition(" | ")
    was, is_ = (before[0], now[0]) if before[0] != now[0] else (before[2], now[2])
    return (
        f"Last time this link was synced with {was}, now it is {is_}. Where that is meant, go on with --accept: "
        "nothing is deleted then, and every difference is shown as a conflict."
    )


def _all_conflicts(made: Desk, done: Synced) -> list[Standing]:
    """The conflicts that stand now; those of a link that stands still, or could not be read, as they were shown."""
    found: list[Standing] = []
    for pair in made.pairs:
        still = pair.seen if pair.link.name in done.stopped else pair.plan.conflicts
        rows = {**pair.right.rows, **pair.left.rows}
        found += [_standing(pair.link, pair.tracker, rows, conflict) for conflict in still]
    for link, _ in made.broken.values():
        rows = dict(made.lefts[link.tracker].rows)
        tracker = made.workbook.trackers[link.tracker]
        found += [_standing(link, tracker, rows, conflict) for conflict in made.state.conflicts(link.name)]
    return found


def _standing(link: Link, tracker: Tracker, rows: Mapping[str, Row], conflict: Conflict) -> Standing:
    row = rows.get(conflict.row) or {}
    name = " ".join(show(row[key]) for key in tracker.key if row.get(key) is not None) or conflict.row
    column = conflict.column
    if column is None:
        header = WHOLE_ROW
    else:
        header = tracker.columns[column].header if column in tracker.columns else column
    return Standing(link.name, name, header, conflict)

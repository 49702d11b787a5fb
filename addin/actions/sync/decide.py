"""Decide what a sync does: `decide(session)` gives a Decision, and writes nothing.

Safety stops first (stops.py); then every link is planned until none changes the workbook any more, so that what one
link brings to the workbook the others pass on in the same run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from addin.actions.sync.carried import NewRows, new_rows, pasted_beside, pasted_there, waiting, with_carried
from addin.actions.sync.on_formulas import keep_formulas
from addin.actions.sync.remarks import side_remarks
from addin.actions.sync.session import Pair, SyncSession, conflicts_sheet
from addin.actions.sync.stops import go_or_stop
from addin.core.language import phrase
from addin.core.sync import Plan, plan
from addin.core.sync.columns import header
from addin.core.sync.decisions import WHOLE_ROW, Decided, OpenConflict, choices, read_decisions
from addin.core.sync.held import known_by_conflicts
from addin.core.sync.hidden import hidden_rows, unseen_rows
from addin.core.sync.hold_back import as_calculated_here, as_they_were, forget_covered, give_as_shown, hold_back
from addin.core.sync.links import Link, edited_by, shared_rows
from addin.core.sync.model import Changes, Choice, Conflict, Place, Row, Side, Table, apply, same
from addin.core.sync.side import restricted
from addin.core.tables.values import show
from addin.core.text import sentences_of
from addin.core.trackers import Tracker
from addin.errors import SyncStopped

Lefts = Mapping[str, Mapping[str, Row]]
"""tracker -> the workbook's rows as they will be"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a sync will do, link by link, and what it leaves to a person."""

    pairs: Sequence[Pair] = ()
    """The links that go on."""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    lefts: Lefts = field(default_factory=dict)
    gained: Mapping[str, Changes] = field(default_factory=dict)
    """link -> what it brings to the workbook"""
    hidden: Mapping[str, tuple[Table, Table]] = field(default_factory=dict)
    """link -> what of each row the other side cannot see, to be remembered"""
    conflicts: Sequence[OpenConflict] = ()
    stopped: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """link -> why it is paused, in sentences"""
    decided: Sequence[Decided] = ()
    """What a person has written on the Conflicts sheet."""
    remarks: Sequence[str] = ()


def decide(session: SyncSession, *, dry_run: bool = False, force: bool = False) -> Decision:
    """What to do about everything that was read. Of the memory only the stops are touched, and not in a dry run."""
    stopped: dict[str, Sequence[str]] = {
        name: [sentences_of(problem)] for name, (_, problem) in session.unreadable.items()
    }
    bases: dict[str, dict[str, Row]] = {}
    pairs = []
    for pair in session.pairs:
        reasons, anew = go_or_stop(session, pair, dry_run=dry_run, force=force)
        if reasons:
            stopped[pair.link.name] = reasons
        else:
            pairs.append(pair)
            bases[pair.link.name] = {} if anew else dict(pair.base)
    decided = keep_formulas(read_decisions(conflicts_sheet(session.workbook)), pairs)
    remarks = [*side_remarks(pairs, dry_run=dry_run), *(one.problem for one in decided if one.problem)]
    chosen = {pair.link.name: choices(decided, pair.link.name, pair.seen, pair.tracker) for pair in pairs}
    planner = _Planner(session, pairs, bases, chosen)
    planner.run()
    plans = planner.plans
    return Decision(
        tuple(pairs),
        plans,
        planner.lefts,
        planner.gained,
        {pair.link.name: _hidden(session, pair, plans[pair.link.name], pairs) for pair in pairs},
        tuple(_all_conflicts(session, plans, planner.lefts)),
        stopped,
        decided,
        (*session.remarks, *remarks),
    )


@dataclass(slots=True)
class _Planner:
    """Plans all links in turn until the workbook no longer changes."""

    session: SyncSession
    pairs: Sequence[Pair]
    known: Mapping[str, dict[str, Row]]
    choices: Mapping[str, Mapping[Place, Choice]]
    plans: dict[str, Plan] = field(default_factory=dict)
    lefts: dict[str, Mapping[str, Row]] = field(default_factory=dict)
    gained: dict[str, Changes] = field(default_factory=dict)
    waiting: dict[str, set[str]] = field(default_factory=dict)
    """link -> rows in its shared sheet that are left alone this time"""
    new: NewRows = field(default_factory=dict)

    def run(self) -> None:
        """Plan every link, and again where another one has changed the workbook since."""
        self.lefts = {name: dict(side.rows) for name, side in self.session.lefts.items()}
        self.gained = {pair.link.name: Changes() for pair in self.pairs}
        bases = {pair.link.name: self.base(pair) for pair in self.pairs}
        self.waiting = {pair.link.name: waiting(pair, self.session, self.pairs) for pair in self.pairs}
        unseen = {pair.link.name: self.unseen(pair, bases[pair.link.name]) for pair in self.pairs}
        for _ in range(2 * len(self.pairs) + 1):
            settled = True
            for pair in self.pairs:
                name, left = pair.link.name, self.lefts[pair.link.tracker]
                mine, leaving = self.slice(pair, bases[name])
                made = self.plan(pair, left, bases[name], mine, leaving, unseen[name])
                self.plans[name] = made
                if made.to_left:
                    self.lefts[pair.link.tracker] = apply(left, made.to_left)
                    _add(self.gained[name], made.to_left)
                    settled = False
            if settled:
                return
        raise SyncStopped(
            phrase("the links pull the same rows to and fro; nothing was written."), next=phrase("Please report this.")
        )

    def base(self, pair: Pair) -> dict[str, Row]:
        """What both sides held last time, as far as it still counts."""
        base = with_carried(self.known[pair.link.name], pair, self.session)
        base = known_by_conflicts(base, pair.seen, self.lefts[pair.link.tracker], pair.right.rows)
        forget_covered(base, (pair.left, pair.right))
        return base

    def unseen(self, pair: Pair, base: Mapping[str, Row]) -> dict[Side, set[str]]:
        """The rows that one side has deleted, and in which the other has edits that the deleting side cannot see: in
        columns that are not shared, or brought by another link."""
        gone_right = base.keys() & pair.left.rows.keys() - pair.right.rows.keys()
        gone_left = base.keys() & pair.right.rows.keys() - pair.left.rows.keys()
        if not (gone_right or gone_left):
            return {}
        before = self.session.state.hidden(pair.link.name)
        asked = [one for one in pair.seen if one.column is None]  # these stay until a person decides
        found: dict[Side, set[str]] = {
            "left": {one.row for one in asked if one.right is None} & gone_right,
            "right": {one.row for one in asked if one.left is None} & gone_left,
        }
        if before is not None:
            found["left"] |= unseen_rows(pair.left, pair.names, gone_right, before[0])
            found["right"] |= unseen_rows(pair.right, pair.names, gone_left, before[1])
        self.new = self.new or new_rows(self.session.pairs)
        found["left"] |= pasted_beside(pair, gone_right, base, self.session, self.new)
        found["right"] |= pasted_there(pair, gone_left, base, self.new)
        for other in self.pairs:
            if other is not pair and other.link.tracker == pair.link.tracker:
                found["left"] |= {row for row in gone_right if _edited_there(other, row)}
                if (there := self.session.state.hidden(other.link.name)) is not None:
                    found["left"] |= unseen_rows(other.right, other.names, gone_right, there[1])
        return found

    def slice(self, pair: Pair, base: Mapping[str, Row]) -> tuple[set[str], list[str]]:
        """The ids of the workbook's rows that belong to the link now, and of those that go to another.

        A row whose slice is unknown, because there is a blank, stays where it is.
        """
        link, rows = pair.link, self.lefts[pair.link.tracker]
        if not link.only:
            return set(rows), []

        def others(tracker: str) -> Iterable[Row]:
            if tracker in self.lefts:
                return self.lefts[tracker].values()
            table = self.session.workbook.tables.get(tracker)
            return [table.row(index) for index in range(len(table))] if table else ()

        mine, open_ = shared_rows(link, pair.tracker, rows, others)
        here = base.keys() | pair.right.rows.keys()
        begins_anew = not self.known[link.name]  # what the sheet had before it was emptied comes back
        mine |= open_ & (here | pair.base.keys() if begins_anew else here)
        if link.direction == "to_left":
            return mine | (here & rows.keys()), []
        return mine, [row for row in rows if row in here and row not in mine]

    def plan(
        self,
        pair: Pair,
        left: Mapping[str, Row],
        base: dict[str, Row],
        mine: set[str],
        leaving: Collection[str],
        unseen: Mapping[Side, Collection[str]],
    ) -> Plan:
        """The plan of one link, without what cannot be written."""
        link = pair.link
        one_way = {name: side for name, side in edited_by(link, pair.tracker).items() if name in pair.names}
        waiting = self.waiting[link.name]
        base = {row: was for row, was in base.items() if row not in waiting} if waiting else base
        lefts = restricted(left, pair.names, (mine | set(leaving)) - waiting)
        rights = restricted(pair.right.rows, pair.names, pair.right.rows.keys() - waiting if waiting else None)
        left_shown = as_they_were(lefts, rights, base, pair.left)
        right_shown = as_they_were(rights, lefts, base, pair.right)
        leaving = [row for row in leaving if row not in waiting]
        as_calculated_here(rights, lefts, leaving, (pair.left, pair.right))

        def planned(leaving: Collection[str]) -> Plan:
            found = plan(
                base,
                lefts,
                rights,
                choices=dict(self.choices[link.name]),
                direction=link.direction,
                edited_by=one_way,
                row_conflicts=link.whole_rows,
                leaving=leaving,
                unseen=unseen,
            )
            give_as_shown(found, found.to_left, right_shown)
            give_as_shown(found, found.to_right, left_shown)
            for changes, side in ((found.to_left, pair.left), (found.to_right, pair.right)):
                hold_back(found, changes, side, (pair.left, pair.right), base, lefts, rights)
            return found

        found = planned(leaving)
        kept = {one.row for one in found.conflicts} & found.to_right.drops & set(leaving)
        return planned([row for row in leaving if row not in kept]) if kept else found


def _edited_there(other: Pair, row: str) -> bool:
    """Whether another shared sheet holds an edit of this row that has not come to the workbook yet."""
    now, was = other.right.rows.get(row), other.base.get(row)
    if now is None or was is None:
        return False
    return any(name in other.names and not same(value, was.get(name)) for name, value in now.items())


def _add(whole: Changes, more: Changes) -> None:
    whole.cells |= more.cells
    whole.rows |= more.rows
    whole.drops |= more.drops


def _hidden(session: SyncSession, pair: Pair, made: Plan, going_on: Sequence[Pair]) -> tuple[Table, Table]:
    """What to remember of the columns that are not shared. While another link of the tracker is paused, what it has not
    seen of this shared sheet stays unseen."""
    left, right = (hidden_rows(side, pair.names, made.base.keys()) for side in (pair.left, pair.right))
    before = session.state.hidden(pair.link.name)
    going = {other.link.name for other in going_on}
    paused = [other for other in session.pairs if other.link.name not in going]
    if before is not None and any(other.link.tracker == pair.link.tracker for other in paused):
        right = {row: before[1][row] for row in before[1] if row in made.base} | {
            row: values for row, values in right.items() if row not in pair.base
        }
    return left, right


def _all_conflicts(session: SyncSession, plans: Mapping[str, Plan], lefts: Lefts) -> list[OpenConflict]:
    """The conflicts that are open now; those of a link that is paused, or could not be read, as they were shown."""
    found: list[OpenConflict] = []
    for pair in session.pairs:
        open_ = plans[pair.link.name].conflicts if pair.link.name in plans else pair.seen
        rows = {**pair.right.rows, **lefts[pair.link.tracker]}
        found += [_open_conflict(pair.link, pair.tracker, rows, conflict) for conflict in open_]
    for link, _ in session.unreadable.values():
        rows = dict(session.lefts[link.tracker].rows)
        tracker = session.workbook.trackers[link.tracker]
        found += [_open_conflict(link, tracker, rows, conflict) for conflict in session.state.conflicts(link.name)]
    return found


def _open_conflict(link: Link, tracker: Tracker, rows: Mapping[str, Row], conflict: Conflict) -> OpenConflict:
    column = WHOLE_ROW if conflict.column is None else header(conflict.column, tracker)
    return OpenConflict(link.name, row_name(tracker, rows, conflict.row), column, conflict, tracker)


def row_name(tracker: Tracker, rows: Mapping[str, Row], row_id: str) -> str:
    """How a person calls a row: by its key; by its id where it has none."""
    row = rows.get(row_id) or {}
    return " ".join(show(row[key]) for key in tracker.key if row.get(key) is not None) or row_id

"""sync: bring the workbook and its shared sheets together, cell by cell: read, decide, write, verify.

Who begins while another run is at work gives way; who finds that somebody else was faster begins again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from addin.actions import Tell, silent
from addin.actions.sync import quiet
from addin.actions.sync.books import Open, opener
from addin.actions.sync.decide import Decision, decide
from addin.actions.sync.session import SyncSession, open_session
from addin.actions.sync.write import write
from addin.backends.xlsx import XlsxBook
from addin.core.privacy import is_code
from addin.core.sync import Plan, apply, same
from addin.core.sync.decisions import SHEET as CONFLICTS
from addin.core.sync.decisions import OpenConflict
from addin.core.sync.model import Row
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import BookChanged, BookInUse
from addin.workspace.disclosures import Purpose, note_disclosure

TRIES = 3
"""So often a sync begins again when somebody edits between its reading and its writing."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did, or would do: link by link, and what it leaves to a person."""

    plans: Mapping[str, Plan] = field(default_factory=dict)
    lefts: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    rights: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    trackers: Mapping[str, Tracker] = field(default_factory=dict)
    conflicts: Sequence[OpenConflict] = ()
    stopped: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """link -> why it is paused, in sentences"""
    remarks: Sequence[str] = ()
    """What a person should look at, though nothing is paused for it."""
    written: bool = False
    sheet: str = CONFLICTS
    """What the sheet of conflicts is called."""

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return any(self.plans.values())

    @property
    def leaves_nothing(self) -> bool:
        """Whether nothing waits for anybody, and nothing was refused."""
        refused = any(plan.refused or plan.unused for plan in self.plans.values())
        return not (refused or self.conflicts or self.stopped or self.remarks)

    @property
    def is_settled(self) -> bool:
        """Whether nothing was written, and nothing waits for anybody."""
        return not (self or self.written or self.conflicts or self.stopped or self.remarks)


def sync(
    target: str,
    *,
    dry_run: bool = False,
    force: bool = False,
    break_lock: bool = False,
    today: date | None = None,
    tell: Tell = silent,
    open_: Open | None = None,
    random: Random | None = None,
) -> Synced:
    """Sync a workbook with everything it is linked to. Raises Problem; whatever happens, both sides stay whole.

    `force` overrides safety stops; `break_lock` takes the lock from a computer that was switched off.
    """
    open_ = opener(open_)
    for attempt in range(1, TRIES + 1):
        tell("Reading")
        begun = False
        versions = quiet.look(target, open_)
        if versions and not force and quiet.is_known(target, versions):
            return Synced()
        try:
            with open_session(
                target, writing=not dry_run, break_lock=break_lock, force=force, today=today, open_=open_, random=random
            ) as session:
                begun = True
                tell("Planning")
                decision = decide(session, dry_run=dry_run, force=force)
                if dry_run:
                    return _outcome(session, decision, written=False)
                tell("Writing")
                written = write(session, decision, break_lock=break_lock, tell=tell)
                if written:
                    _note_shared(session, decision)
                outcome = _outcome(session, decision, written=written)
                if versions:
                    _remember(session, versions, outcome, decision)
                return outcome
        except (BookChanged, BookInUse):
            if attempt == TRIES or not begun:
                raise  # not begun: it is open somewhere, and still will be
    raise AssertionError("not reached")


def _remember(session: SyncSession, versions: quiet.Versions, outcome: Synced, decision: Decision) -> None:
    """Remember the versions at which the next sync has nothing to do, where they are known."""
    run, target = session.state.last_run(), session.workbook.target
    if outcome.is_settled and run == versions.run:
        quiet.remember(target, versions)
    elif outcome.leaves_nothing and session.last_run == versions.run == run - 1 and sides_agree(decision):
        book = session.workbook.book
        saved = book.saved if isinstance(book, XlsxBook) else ""
        if now := quiet.after_writing(target, versions, run, session.verified, saved):
            quiet.remember(target, now)


def sides_agree(decision: Decision) -> bool:
    """Whether both sides hold what is remembered as the same on both. Where they do not, as beside a formula that gives
    something else, the next sync must look."""
    for pair in decision.pairs:
        made = decision.plans[pair.link.name]
        for rows in (decision.lefts[pair.link.tracker], apply(pair.right.rows, made.to_right)):
            if not all(_holds(rows.get(row, {}), agreed) for row, agreed in made.base.items()):
                return False
    return True


def _holds(row: Row, agreed: Row) -> bool:
    return all(row.get(name) is value or same(row.get(name), value) for name, value in agreed.items())


def _note_shared(session: SyncSession, decision: Decision) -> None:
    """Enter in the disclosure log whose rows were sent to which shared sheet."""
    for pair in decision.pairs:
        sent = decision.plans[pair.link.name].to_right
        ids = {row_id for row_id, _ in sent.cells} | set(sent.rows)
        keys = [key for key in pair.tracker.columns if is_code(pair.tracker, key)]
        rows = [sent.rows.get(one) or pair.left.rows.get(one, {}) for one in ids]
        people = sorted({show(row[key]).strip() for row in rows for key in keys if row.get(key) is not None} - {""})
        purpose = Purpose(pair.link.name, "shared sheet")
        note_disclosure(
            session.workbook, "sync", purpose, what=[pair.tracker.name], people=people, where=pair.link.target
        )


def _outcome(session: SyncSession, decision: Decision, *, written: bool) -> Synced:
    plans = {
        name: Plan(decision.gained[name], plan.to_right, {}, plan.conflicts, plan.refused, plan.unused)
        for name, plan in decision.plans.items()
    }
    pairs = {pair.link.name: pair for pair in decision.pairs}
    return Synced(
        plans,
        {name: pair.left.rows for name, pair in pairs.items()},
        {name: pair.right.rows for name, pair in pairs.items()},
        {name: pair.tracker for name, pair in pairs.items()},
        [*decision.conflicts],
        dict(decision.stopped),
        [*decision.remarks],
        written,
        session.conflicts_name,
    )

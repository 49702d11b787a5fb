"""A sync without settings, memory on disk and journal, over two books in memory: what it reads, which row it takes for
which, when it stops, what it plans and which cells it writes. Quick enough for ten thousand stories."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from desks import TRACKERS
from sync_people import HEAD, SHEET, People

from addin.actions.sync.decide import _Planner
from addin.actions.sync.run import Synced
from addin.actions.sync.session import Pair, SyncSession
from addin.backends.memory import MemoryBook
from addin.core.sync import Choice, Conflict, Plan, Reason, guard
from addin.core.sync.columns import header
from addin.core.sync.decisions import WHOLE_ROW, OpenConflict
from addin.core.sync.links import Link
from addin.core.sync.model import Row
from addin.core.sync.side import SideRows, edits, id_edits, merged, restricted, shared_names, side_rows
from addin.core.tables.layout import find
from addin.core.tables.table import read_table
from addin.core.trackers import Tracker
from addin.workspace.state.journal import difference
from addin.workspace.tracker_files import load

LEFT, RIGHT = "left", "gsheet:a"
LINK = Link("all", RIGHT, "log", SHEET)


@cache
def tracker() -> Tracker:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.toml"
        path.write_text(TRACKERS["log"], encoding="utf-8")
        return load(path)


class BarePeople(People):
    """People whose two books are synced by the bare means."""

    def __init__(self, rows: int = 6) -> None:
        self.number, self.random = 0, Random(7)
        start = [self.new_row(f"s{1 + i % 3}") for i in range(rows)]
        self.books = {LEFT: MemoryBook({SHEET: [list(HEAD), *start]}), RIGHT: MemoryBook({SHEET: [list(HEAD)]})}
        self.base: Mapping[str, Row] = {}
        self.conflicts: list[Conflict] = []
        self.accepted: list[Reason] = []

    def side(self, where: str, taken: Mapping[str, Row], like: Mapping[str, Row] | None = None) -> SideRows:
        grids = self.books[where].read([SHEET])
        layout = find(grids[SHEET], tracker())
        assert layout is not None
        table = read_table(tracker(), grids, [layout])
        return side_rows(tracker(), table, grids, self.base, taken.keys() | self.base.keys(), self.random, like)

    def sync(self, *, force: bool = False, choices: Mapping[Any, Choice] | None = None, **more: Any) -> Synced:
        left = self.side(LEFT, {})
        right = self.side(RIGHT, left.rows, left.rows)
        names = frozenset(shared_names(left, right, private=False))
        reasons = guard(self.base, restricted(left.rows, names), restricted(right.rows, names))
        self.accepted = reasons if force else self.accepted
        problems = [*left.problems, *right.problems]
        if problems or any(reason not in self.accepted for reason in reasons):
            return Synced(stopped={LINK.name: [str(one) for one in (*problems, *reasons)]})
        pair = Pair(LINK, tracker(), left, right, self.base, self.conflicts, names, "")
        session: Any = SyncSession(None, NoState(), 0, self.random, lefts={LINK.tracker: left})  # type: ignore[arg-type]
        planner = _Planner(session, [pair], {LINK.name: dict(self.base)}, {LINK.name: dict(choices or {})})
        planner.run()
        plan, lefts = planner.plans[LINK.name], planner.lefts
        to_left = merged([id_edits(left), edits(left, difference(left.rows, lefts[LINK.tracker]))])
        to_right = merged([edits(right, plan.to_right), id_edits(right)])
        for where, batch in ((RIGHT, to_right), (LEFT, to_left)):
            if batch:
                self.books[where].apply(batch)
        self.base, self.conflicts = plan.base, plan.conflicts
        shown = [
            OpenConflict(LINK.name, "", WHOLE_ROW if one.column is None else header(one.column, tracker()), one)
            for one in self.conflicts
        ]
        plans = {LINK.name: Plan(planner.gained[LINK.name], plan.to_right)}
        return Synced(plans, conflicts=shown, written=bool(to_left or to_right))


class NoState:
    """A memory that knows nothing of the columns that are not shared."""

    def hidden(self, link: str) -> None:
        return None

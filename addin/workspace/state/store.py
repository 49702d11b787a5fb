"""The memory itself: one file, one transaction per step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from addin.backends.lock import locked
from addin.core.book import Edits, Value
from addin.core.names import STATE_FOLDER
from addin.core.sync import Conflict, Reason, Row, Table
from addin.core.sync.guard import KINDS
from addin.core.sync.model import Side
from addin.workspace.journal import SYNC, new_entry, write_entry
from addin.workspace.state import lock
from addin.workspace.state.journal import Entry
from addin.workspace.state.opening import opened, readable, unpacking
from addin.workspace.state.packing import pack_row, pack_table, pack_value, unpack_row, unpack_table, unpack_value

MOST_STAMPS = 200
"""So many versions of a book are remembered."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What one link remembers: the base, the open conflicts, which book is on the other side, and what of each row
    the other side cannot see (`hidden`, left and right)."""

    base: Table
    conflicts: Sequence[Conflict] = ()
    book: str = ""
    hidden: tuple[Table, Table] = field(default_factory=lambda: ({}, {}))


@dataclass(frozen=True, slots=True)
class Run:
    """One run: `outcome` is done, open (it was interrupted), undone, or why it failed."""

    run: int
    at: str
    note: str
    outcome: str
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a link is paused, since when, and whether a person has said to go on with just these reasons."""

    link: str
    reasons: list[Reason] = field(default_factory=list)
    at: str = ""
    accepted: bool = False


def clock() -> str:
    """The time now, for people to read in the history; nothing is decided by it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class State:
    """The memory beside one workbook. Opening makes the folder and the file where there are none."""

    def __init__(
        self, folder: Path, *, now: Callable[[], str] = clock, journal_limit: int = 20_000_000, check: bool = True
    ) -> None:
        self.path = folder / "state.sqlite"
        self.now, self.journal_limit = now, journal_limit
        self.db = opened(self.path, check=check)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens, or nothing does."""
        with readable(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> State:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @contextmanager
    def lock(self, *, force: bool = False) -> Iterator[None]:
        """Hold the workbook's lock while inside, and note the sync in the journal of writes; Busy when another run has
        it. Another sync is not waited for: this one gives way."""
        if not force:
            self.give_way()
        folder = self.path.parent
        beside = folder.parent if folder.name == STATE_FOLDER else folder
        with locked(beside, SYNC, break_lock=force):
            with unpacking(self.path):
                lock.take(self.db, force)
            before = self.last_run()
            try:
                yield
            finally:
                lock.release(self.db)
                if (run := self.last_run()) != before:
                    with suppress(OSError):
                        write_entry(beside, new_entry(beside, "", SYNC, Edits(), run=run))

    def give_way(self) -> None:
        """Raise Busy when another run is at work; nothing is written."""
        with unpacking(self.path):
            lock.look(self.db)

    def last_run(self) -> int:
        """The number of the last run that began: another one since means that what was read is out of date."""
        with unpacking(self.path):
            return int(self.db.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone()[0])

    # ── what both sides held ──

    def known(self, link: str) -> bool:
        """Whether this link was ever synced."""
        with unpacking(self.path):
            return self.db.execute("SELECT 1 FROM bases WHERE link = ?", (link,)).fetchone() is not None

    def last_synced(self, link: str) -> str:
        """The moment at which the run began that this link was last synced in; "" where that is not known any more."""
        with unpacking(self.path):
            found = self.db.execute(
                "SELECT runs.at FROM bases JOIN runs ON runs.run = bases.run WHERE link = ?", (link,)
            ).fetchone()
            return str(found[0]) if found else ""

    def base(self, link: str) -> dict[str, Row]:
        """What both sides held after the last sync; nothing before the first."""
        with unpacking(self.path):
            found = self.db.execute("SELECT base FROM bases WHERE link = ?", (link,)).fetchone()
            return unpack_table(found[0]) if found else {}

    def half_added(self, link: str) -> dict[Side, dict[str, Row]]:
        """The rows that the last run was adding on each side when it was interrupted."""
        run = next(iter(self.runs(1)), None)
        if run is None or run.outcome in ("done", "undone"):
            return {}
        added: dict[Side, dict[str, Row]] = {}
        for entry in self.history(run=run.run, link=link):
            if entry.column is None and entry.old is None:
                added.setdefault(entry.side, {})[entry.row] = cast(Row, entry.new)
        return added

    def hidden(self, link: str) -> tuple[Table, Table] | None:
        """What of each row the other side could not see at the last sync, left and right; None where it is unknown."""
        with unpacking(self.path):
            found = self.db.execute("SELECT hidden_left, hidden_right FROM bases WHERE link = ?", (link,)).fetchone()
            return (unpack_table(found[0]), unpack_table(found[1])) if found and found[0] and found[1] else None

    def book(self, link: str) -> str:
        """Which book was on the other side at the last sync."""
        with unpacking(self.path):
            found = self.db.execute("SELECT book FROM bases WHERE link = ?", (link,)).fetchone()
            return str(found[0]) if found else ""

    def conflicts(self, link: str) -> list[Conflict]:
        """The conflicts that were open after the last sync, as they were shown."""
        with unpacking(self.path):
            rows = self.db.execute("SELECT * FROM conflicts WHERE link = ? ORDER BY rowid", (link,)).fetchall()
            return [
                Conflict(row, column, unpack(column, base), unpack(column, left), unpack(column, right), bool(first))
                for _, row, column, base, left, right, _, first in rows
            ]

    # ── runs and the journal ──

    def begin(self, note: str = "") -> int:
        """Begin a run, and give its number."""
        with self.transaction() as db:
            cursor = db.execute("INSERT INTO runs (at, note, outcome) VALUES (?, ?, 'open')", (self.now(), note))
            return int(cursor.lastrowid or 0)

    def record(self, run: int, journal: Iterable[Entry]) -> None:
        """Write down what is about to be overwritten. It is on disk when this returns."""
        lines = [
            (run, e.link, e.side, e.row, e.column, pack(e.column, e.old), pack(e.column, e.new), e.below)
            for e in journal
        ]
        with self.transaction() as db:
            db.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines)

    def finish(
        self, run: int, memories: Mapping[str, Memory], stamps: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """The run's writes were read back and are right: remember the new bases and which versions the books had
        (see `stamp`), all in one transaction."""
        with self.transaction() as db:
            for book, versions in (stamps or {}).items():
                _stamp(db, book, versions)
            for link, memory in memories.items():
                self.remember(db, run, link, memory)
            db.execute("UPDATE runs SET outcome = 'done' WHERE run = ?", (run,))
            self.rotate(db)
        self.db.execute("PRAGMA incremental_vacuum").fetchall()

    def remember(self, db: sqlite3.Connection, run: int, link: str, memory: Memory) -> None:
        """Keep one link's base, the base before it, and its conflicts; a stop that was accepted is over."""
        db.execute(
            "INSERT INTO bases VALUES (?, ?, NULL, ?, ?, ?, ?, NULL, NULL) ON CONFLICT (link) DO UPDATE SET"
            " before = bases.base, before_left = bases.hidden_left, before_right = bases.hidden_right,"
            " base = excluded.base, run = excluded.run, book = excluded.book, hidden_left = excluded.hidden_left,"
            " hidden_right = excluded.hidden_right",
            (link, pack_table(memory.base), run, memory.book, *map(pack_table, memory.hidden)),
        )
        since = {
            (row, column): first
            for row, column, first in db.execute("SELECT row, column_, since FROM conflicts WHERE link = ?", (link,))
        }
        db.execute("DELETE FROM conflicts WHERE link = ?", (link,))
        db.executemany(
            "INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    link,
                    c.row,
                    c.column,
                    *(pack(c.column, side) for side in (c.base, c.left, c.right)),
                    since.get((c.row, c.column), run),
                    c.first,
                )
                for c in memory.conflicts
            ],
        )
        db.execute("DELETE FROM stops WHERE link = ?", (link,))

    def fail(self, run: int, why: str) -> None:
        """The run did not come to its end; its journal stays."""
        with self.transaction() as db:
            db.execute("UPDATE runs SET outcome = ? WHERE run = ?", (why, run))

    def rotate(self, db: sqlite3.Connection) -> None:
        """Forget the oldest runs' journal while it takes more than its room; the last run is never forgotten."""
        total = 0
        sizes = db.execute(
            "SELECT run, sum(length(old) + length(new) + 80) FROM journal GROUP BY run ORDER BY run DESC"
        ).fetchall()
        for place, (run, size) in enumerate(sizes):
            total += size
            if place and total > self.journal_limit:
                db.execute("DELETE FROM journal WHERE run <= ?", (run,))
                db.execute("DELETE FROM runs WHERE run <= ?", (run,))
                return

    def runs(self, limit: int = -1) -> list[Run]:
        """The last runs, the newest first, each with the number of changes that it wrote down."""
        with unpacking(self.path):
            rows = self.db.execute(
                "SELECT run, at, note, outcome, (SELECT count(*) FROM journal WHERE journal.run = runs.run)"
                " FROM runs ORDER BY run DESC LIMIT ?",
                (limit,),
            )
            return [Run(*row) for row in rows]

    # ── which version of a book this is ──

    def stamp(self, book: str, stamps: Sequence[str]) -> None:
        """Remember the versions of a book, in the order in which it had them."""
        with self.transaction() as db:
            _stamp(db, book, stamps)

    def saw(self, book: str, stamp: str, run: int) -> None:
        """Remember a version that needed nothing written, unless another run was faster since `run`."""
        with self.transaction() as db:
            known = db.execute("SELECT 1 FROM stamps WHERE book = ? AND stamp = ?", (book, stamp)).fetchone()
            if not known and self.last_run() == run:
                db.execute("INSERT INTO stamps (book, stamp) VALUES (?, ?)", (book, stamp))

    def is_older(self, book: str, stamp: str) -> bool:
        """Whether this is, byte for byte, a version of the book that a later one has replaced."""
        with unpacking(self.path):
            rows = self.db.execute("SELECT stamp FROM stamps WHERE book = ? ORDER BY number", (book,)).fetchall()
            stamps = [found for (found,) in rows]
            return stamp in stamps and stamps[-1] != stamp

    def history(
        self,
        *,
        run: int | None = None,
        link: str | None = None,
        row: str | None = None,
        column: str | None = None,
        limit: int = -1,
    ) -> list[Entry]:
        """What was overwritten, the newest first: all of it, or one run's, link's, row's or cell's."""
        wanted = {"journal.run": run, "link": link, "row": row, "column_": column}
        asked = {name: value for name, value in wanted.items() if value is not None}
        where = "".join(f" AND {name} = ?" for name in asked)  # names are ours, values are bound
        with unpacking(self.path):
            rows = self.db.execute(
                "SELECT link, side, row, column_, old, new, journal.run, at, below FROM journal JOIN runs USING (run)"
                f" WHERE 1 {where} ORDER BY journal.rowid DESC LIMIT ?",
                (*asked.values(), limit),
            ).fetchall()
            for *_, at, _ in rows:
                datetime.fromisoformat(at or "2000-01-01")  # a moment that is none is damage, as other values are
            return [
                Entry(link, cast(Side, side), row, column, unpack(column, old), unpack(column, new), run, at, below)
                for link, side, row, column, old, new, run, at, below in rows
            ]

    def undone(self, run: int) -> None:
        """Both sides hold again what they held before this run: so does the memory, and its links are paused,
        because the next sync would do the same once more."""
        with self.transaction() as db:
            links = [link for (link,) in db.execute("SELECT link FROM bases WHERE run = ?", (run,))]
            db.execute(
                "UPDATE bases SET base = before, hidden_left = before_left, hidden_right = before_right, run = 0"
                " WHERE run = ? AND before IS NOT NULL",
                (run,),
            )
            db.execute("DELETE FROM bases WHERE run = ?", (run,))
            db.execute("UPDATE runs SET outcome = 'undone' WHERE run = ?", (run,))
            for link in links:
                self.halt(db, link, [Reason("undone", "left")])

    # ── standing still until a person says go on ──

    def stopped(self, link: str) -> Stop | None:
        """Why this link is paused; None when it is not."""
        with unpacking(self.path):
            found = self.db.execute("SELECT reasons, at, accepted FROM stops WHERE link = ?", (link,)).fetchone()
            if found is None:
                return None
            reasons = [Reason(**{**facts, "columns": tuple(facts["columns"])}) for facts in json.loads(found[0])]
            if any(reason.kind not in KINDS for reason in reasons):
                raise ValueError("a stop of an unknown kind")
            return Stop(link, reasons, found[1], bool(found[2]))

    def stop_or_go(self, link: str, reasons: Sequence[Reason]) -> Stop | None:
        """The stop that keeps this link from being synced now, kept until it is overridden; None to go on.

        A stop whose reasons are gone is over. Only an undo stays until a person says to go on.
        """
        stop = self.stopped(link)
        undone = [reason for reason in stop.reasons if reason.kind == "undone"] if stop and not stop.accepted else []
        now = [*undone, *reasons]
        if stop and stop.accepted and all(reason in stop.reasons for reason in now):
            return None
        with self.transaction() as db:
            if not now:
                db.execute("DELETE FROM stops WHERE link = ? AND accepted = 0", (link,))
                return None
            if stop is None or stop.accepted or list(stop.reasons) != now:
                self.halt(db, link, now)
        return self.stopped(link)

    def halt(self, db: sqlite3.Connection, link: str, reasons: Sequence[Reason]) -> None:
        """Pause this link."""
        facts = json.dumps([asdict(reason) for reason in reasons])
        db.execute("INSERT OR REPLACE INTO stops VALUES (?, ?, ?, 0)", (link, facts, self.now()))

    def accept(self, link: str) -> Stop | None:
        """A person has seen why this link is paused, and says: go on. The stop, or None where there is none."""
        with self.transaction() as db:
            db.execute("UPDATE stops SET accepted = 1 WHERE link = ?", (link,))
        return self.stopped(link)


def _stamp(db: sqlite3.Connection, book: str, stamps: Sequence[str]) -> None:
    db.executemany("INSERT INTO stamps (book, stamp) VALUES (?, ?)", [(book, stamp) for stamp in stamps])
    db.execute(
        "DELETE FROM stamps WHERE book = ? AND number NOT IN"
        " (SELECT number FROM stamps WHERE book = ? ORDER BY number DESC LIMIT ?)",
        (book, book, MOST_STAMPS),
    )


def pack(column: str | None, value: Value | Row) -> str:
    """A cell or a whole row as text."""
    return pack_row(cast("Row | None", value)) if column is None else pack_value(cast(Value, value))


def unpack(column: str | None, text: str) -> Value | Row:
    """The cell, or the row, that was packed."""
    return unpack_row(text) if column is None else unpack_value(text)

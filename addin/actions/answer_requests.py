"""Answer what teachers ask for from their shared sheets: validate, export and sync, one turn over all spreadsheets.

A turn costs one small read for each spreadsheet it looks at (`_requests` and Home only); where the sign-in may see
changes, one question to Drive tells which ones need no look. Where something is asked for,
it is carried out with what the asker may see: validate and export work on the shared spreadsheet alone, a sync never
overrides a safety stop. Each request is closed with its answer and the time; asked twice is answered once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.actions.request_sheets import Looked, close_requests, look, write_status
from addin.actions.shared_book import check_shared, read_shared
from addin.backends.open import open_book
from addin.core import target as targets
from addin.core.book import Book
from addin.core.language import phrase
from addin.core.requests import Answer, Status, kinds_of
from addin.core.sync.links import Link, read_links
from addin.core.text import counted
from addin.errors import BookInUse, Problem, SettingsProblem
from addin.google import signed_in
from addin.workspace.settings import load
from addin.workspace.workbook import Workbook, opened

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

    from addin.actions.sync.run import Synced

LOOK_ANYWAY = timedelta(minutes=5)
"""After so long a spreadsheet is looked at although it has not changed: it says when the next look is due."""
READS_A_TURN = 20
"""Spreadsheets that one turn looks at: a third of the 60 reads a minute that Google allows one account. Of more, each
turn takes the next ones."""


@dataclass(slots=True)
class Turn:
    """What one turn did: `lines` and `problems` are sentences for the coordinator."""

    looked: int = 0
    spreadsheets: int = 0
    answered: int = 0
    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


Seen = dict[str, tuple[str, datetime]]
"""target -> the version at which nothing was asked for there, and when that was seen"""


@dataclass(slots=True)
class RequestDesk:
    """How requests are carried out: the client, how books are opened, and the moment."""

    target: str
    client: HTTPClient
    open_: Callable[[str], Book]
    now: datetime
    synced: Synced | Problem | None = None
    """The sync of this turn, carried out once whoever asked for it."""


def spreadsheets(target: str, today: datetime) -> dict[str, list[str]]:
    """The Google spreadsheets that a workbook is linked with: target -> names of the links. Raises SettingsProblem."""
    folder = Path(target).resolve().parent
    found: dict[str, list[str]] = {}
    for link in load(folder, today=today.date(), book=Path(target).name).links:
        address = str(link.get("target", ""))
        if not targets.is_file(address) and isinstance(targets.parse(address), targets.GoogleTarget):
            found.setdefault(address, []).append(str(link.get("name") or link.get("tracker")))
    if not found:
        raise SettingsProblem(
            phrase("this workbook is not linked with a Google spreadsheet."),
            where=target,
            next=phrase("To share one, run: ib-trackers google link School.xlsx"),
        )
    return found


def has_spreadsheets(target: str) -> bool:
    """Whether the workbook is linked with any Google spreadsheet."""
    try:
        return bool(spreadsheets(target, datetime.now(UTC)))
    except SettingsProblem:
        return False


def answer_requests(
    target: str,
    *,
    now: datetime,
    next_run: datetime | None,
    lasts: timedelta,
    start: int = 0,
    most: int = READS_A_TURN,
    client: HTTPClient | None = None,
    open_: Callable[[str], Book] | None = None,
    seen: Seen | None = None,
) -> Turn:
    """Look at up to `most` spreadsheets, beginning with number `start`, and answer what is asked for there.

    Each is told that the next look is at `next_run`; `lasts` is for how long this can be relied on. A spreadsheet that
    cannot be read is a sentence among the problems, and the others go on. Raises Problem where none can be read.
    `seen` is kept from turn to turn by who watches.
    """
    from addin.google.changes import versions
    from addin.google.client import CarefulClient

    found = spreadsheets(target, now)
    http = client or signed_in()
    if isinstance(http, CarefulClient):
        http.begin_run()
    desk = RequestDesk(target, http, open_ or _opener(http), now)
    addresses = list(found)
    seen, known = {} if seen is None else seen, versions(http) or {}
    order = [addresses[(start + number) % len(addresses)] for number in range(len(addresses))]
    changed = [address for address in order if not _is_unchanged(address, seen, known, now)]
    turn, pending = Turn(spreadsheets=len(addresses)), list[Looked]()
    for address in changed[:most]:
        try:
            looked = look(http, address)
        except Problem as problem:
            turn.problems.append(f"{found[address][0]}: {problem}")
            continue
        turn.looked += 1
        status = Status(now, next_run, now + lasts)
        if looked.requests:
            pending.append(looked)
            seen.pop(address, None)
        else:
            if looked.needs_status(status):
                write_status(http, looked, status)
            if version := known.get(targets.google_key(address)):
                seen[address] = version, now
    for looked in pending:
        _answer(desk, looked, Status(now, next_run, now + lasts), turn, found)
    return turn


def _is_unchanged(address: str, seen: Seen, known: Mapping[str, str], now: datetime) -> bool:
    """Whether nothing can be asked for in a spreadsheet, since it is as when nothing was."""
    version, at = seen.get(address, ("", now))
    return bool(version) and known.get(targets.google_key(address)) == version and now - at < LOOK_ANYWAY


def _answer(desk: RequestDesk, looked: Looked, status: Status, turn: Turn, names: Mapping[str, Sequence[str]]) -> None:
    """Carry out and close the requests of one spreadsheet."""
    given: dict[str, Answer] = {}
    name = names[looked.target][0]
    for kind in sorted(kinds_of(looked.requests), key=ORDER.index):
        try:
            given[kind] = CARRIED_OUT[kind](desk, looked)
        except BookInUse as problem:
            turn.problems.append(f"{name}: {kind} waits: {problem}")
            continue  # it stays on the list, and is answered once the workbook is closed
        except Problem as problem:
            turn.problems.append(f"{name}: {kind}: {problem}")
            given[kind] = Answer(False, f"This did not work: {problem.what} Your coordinator has been told.")
        turn.lines.append(f"{name}: {kind}: {given[kind].words}")
    if not given:
        return
    try:
        turn.answered += close_requests(desk.open_, looked, given, status)
    except Problem as problem:
        turn.problems.append(f"{name}: {problem}")


def _sync(desk: RequestDesk, looked: Looked) -> Answer:
    """Sync once for everybody who asked in this turn, and say what it meant for this spreadsheet."""
    from addin.actions.sync.run import sync

    if desk.synced is None:
        try:
            desk.synced = sync(desk.target, open_=desk.open_)
        except BookInUse:
            raise
        except Problem as problem:
            desk.synced = problem
    if isinstance(desk.synced, Problem):
        raise desk.synced
    mine = [link.name for link in _links(desk) if link.target == looked.target]
    return _sync_answer(desk.synced, mine)


def _sync_answer(done: Synced, names: Sequence[str]) -> Answer:
    if any(name in done.stopped for name in names):
        return Answer(
            False, "A safety check stopped the sync. Nothing was changed; your coordinator has to look at it."
        )
    plans = [done.plans[name] for name in names if name in done.plans]
    sent = [counted(number, word) for number, word in _sizes(plan.to_left for plan in plans) if number]
    got = [counted(number, word) for number, word in _sizes(plan.to_right for plan in plans) if number]
    parts = [
        f"{' and '.join(sent)} sent to the coordinator" if sent else "",
        f"{' and '.join(got)} received" if got else "",
    ]
    words = f"{', '.join(part for part in parts if part)}." if sent or got else "Already in sync."
    waiting = sum(conflict.link in names for conflict in done.conflicts)
    if waiting:
        words += f" {counted(waiting, 'conflict')} for the coordinator to decide."
    return Answer(True, words)


def _sizes(changes: Any) -> Iterator[tuple[int, str]]:
    every = list(changes)
    yield sum(len(one.cells) for one in every), "changed cell"
    yield sum(len(one.rows) for one in every), "new row"
    yield sum(len(one.drops) for one in every), "deleted row"


def _validate(desk: RequestDesk, looked: Looked) -> Answer:
    """Check the shared spreadsheet with the coordinator's trackers beside it, and mark the findings there."""
    from addin.actions.validate import show

    with opened(desk.target) as own, closing(desk.open_(looked.target)) as book:
        links = _mine(own, looked)
        shared = read_shared(book, links, own)
        findings = check_shared(shared, own, links)
        show(shared, findings)
    rows = sum(len(table) for table in shared.tables.values())
    errors = sum(finding.level == "error" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    if not errors and not warnings:
        return Answer(True, f"No problems found in {counted(rows, 'row')}.")
    parts = [counted(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]
    return Answer(True, f"{' and '.join(parts)} marked. The sheet Findings lists what to do.")


def _export(desk: RequestDesk, looked: Looked) -> Answer:
    """Export what the asker sees, and no more, into a folder beside the coordinator's workbook."""
    from addin.exporters import export

    with opened(desk.target) as own, closing(desk.open_(looked.target)) as book:
        links = _mine(own, looked)
        shared = read_shared(book, links, own)
        folder = own.folder / "exports" / _file_name(f"{desk.now:%Y-%m-%d} {links[0].name}")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        export(shared, "csv", folder)
    rows = sum(len(table) for table in shared.tables.values())
    return Answer(True, f"{counted(rows, 'row')} exported for your coordinator (exports/{folder.name}).")


def _file_name(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in text).strip(" .")


def _mine(own: Workbook, looked: Looked) -> list[Link]:
    return [link for link in read_links(own.settings.links, own.trackers) if link.target == looked.target]


def _links(desk: RequestDesk) -> list[Link]:
    with opened(desk.target) as own:
        return read_links(own.settings.links, own.trackers)


ORDER = ("sync", "validate", "export")
"""A sync first: the check and the export are then of what both sides hold."""
CARRIED_OUT: Mapping[str, Callable[[RequestDesk, Looked], Answer]] = {
    "sync": _sync,
    "validate": _validate,
    "export": _export,
}


def _opener(http: HTTPClient) -> Callable[[str], Book]:
    def opened_(target: str) -> Book:
        if not isinstance(targets.parse(target), targets.GoogleTarget):
            return open_book(target)
        from addin.backends.gsheets import GoogleBook

        return GoogleBook.open(target, http)

    return opened_

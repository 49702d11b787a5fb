"""One run at night: a verb, one line in the log, and a file (or mail) when something needs a person.

The log names no people and quotes no cell: what ran, how it ended, how many of what, how long. What a person must
look at stands in `needs-a-person.txt` beside it, for the owner's eyes, and goes when the verb has come through again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from addin.core.names import STATE_FOLDER
from addin.errors import Busy, Problem
from addin.files import private

FOLDER = Path(STATE_FOLDER) / "log"
LOG, LAST, SUMMARY = "nightly.log", "last.json", "needs-a-person.txt"
LOG_LIMIT, LOGS = 200_000, 5
TURN, PATIENCE = "turn.sqlite", 600
"""The seconds for which a job waits until another of this workbook has ended."""
MISSED_AFTER = timedelta(hours=20)
"""Less than a day, since a run remembers when it ended and the next one begins at the hour."""


@dataclass(slots=True)
class Told:
    """What a verb said: counts for the log, sentences for the person."""

    counts: dict[str, int] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)


def nightly(
    what: str, target: str, *, missed: bool = False, now: Callable[[], datetime] = lambda: datetime.now(UTC),
    verbs: Mapping[str, Callable[[str], Told]] | None = None,
) -> int:  # fmt: skip
    """Run a verb as a scheduler does: 0 all is well, 1 somebody should look, 2 it could not run.

    Jobs of one workbook take turns; a run that finds another sync at work gives way (0). With `missed` it runs only
    when the last night was missed.
    """
    folder = Path(target).resolve().parent / FOLDER
    if missed and not was_missed(folder, what, now()):
        return 0
    try:
        with turn(folder):
            return _run(what, target, folder, now, (verbs or VERBS)[what])
    except Busy:
        log(folder, f"{now().isoformat(timespec='seconds')} {what} gave way code=0")
        return 0


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One job at a time: a computer that was switched on starts all that it missed at once, and two would write to the
    workbook together. The lock is SQLite's, which waits, and ends with the process. Raises Busy."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / TURN, timeout=PATIENCE, isolation_level=None)) as db:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:  # else the folder knows no locks: better that than no run
                raise Busy("Another nightly job of this workbook is at work.") from None
        yield


def _run(what: str, target: str, folder: Path, now: Callable[[], datetime], verb: Callable[[str], Told]) -> int:
    started = time.monotonic()
    try:
        told = verb(target)
        code, how = (1, "look") if told.needs else (0, "ok")
    except Busy:
        told, code, how = Told(), 0, "gave way"
    except Problem as problem:
        told, code, how = Told(needs=[str(problem)]), 2, type(problem).__name__
    except Exception as error:  # a bug must not end the night without a word; its text may quote a cell
        told, code, how = Told(needs=[f"{what} broke down ({type(error).__name__})."]), 2, type(error).__name__
    counts = "".join(f" {name}={number}" for name, number in told.counts.items())
    seconds = time.monotonic() - started
    log(folder, f"{now().isoformat(timespec='seconds')} {what} {how} code={code}{counts} seconds={seconds:.1f}")
    if how != "gave way":
        remember(folder, what, now())
        summarise(folder, what, told.needs)
        if told.needs:
            mail(target, what, told.needs)
    return code


def was_missed(folder: Path, what: str, now: datetime) -> bool:
    """Whether there was no run in the last night, or never one."""
    last = _last(folder).get(what)
    return last is None or now - datetime.fromisoformat(last) > MISSED_AFTER


def _last(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(folder: Path, what: str, now: datetime) -> None:
    """When this verb ran last."""
    with private(folder / LAST, "utf-8") as file:
        json.dump({**_last(folder), what: now.isoformat(timespec="seconds")}, file)


def log(folder: Path, line: str) -> None:
    """One line more; a log that has grown long becomes `.1`, and the fifth goes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / LOG
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        for number in range(LOGS - 1, 0, -1):
            older = path.with_name(f"{LOG}.{number}")
            if older.exists():
                older.replace(path.with_name(f"{LOG}.{number + 1}"))
        path.replace(path.with_name(f"{LOG}.1"))
        path.with_name(f"{LOG}.{LOGS}").unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.write(line + "\n")


def summarise(folder: Path, what: str, needs: list[str]) -> None:
    """What needs a person, verb by verb; no file where nothing does."""
    path = folder / SUMMARY
    parts = _parts(path)
    parts.pop(what, None)
    if needs:
        parts[what] = needs
    if not parts:
        path.unlink(missing_ok=True)
        return
    with private(path, "utf-8") as file:
        for name, sentences in parts.items():
            file.write(f"{name}:\n" + "".join(f"  {' '.join(one.split())}\n" for one in sentences))


def _parts(path: Path) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("  "):
            parts[list(parts)[-1]].append(line.strip())
        else:
            parts[line.removesuffix(":")] = []
    return parts


def mail(target: str, what: str, needs: list[str]) -> None:
    """A mail to `tell` under [mail] of ib-trackers.toml, where there is one. It counts, and quotes nothing."""
    import tomllib

    from addin.core.settings import FILE
    from addin.reminders import mail as post

    path = Path(target).resolve().parent / FILE
    told = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("mail", {}) if path.exists() else {}
    password = os.environ.get("IB_TRACKERS_MAIL_PASSWORD", "")
    if not told.get("tell"):
        return
    words = f"{what} found {len(needs)} things for you to look at: see {FOLDER / SUMMARY} beside the workbook.\n"
    try:
        server = post.server({name: value for name, value in told.items() if name != "tell"})
        with post.Post(server, password) as line:
            line.send(post.message("", str(told["tell"]), "IB Trackers needs you", words, server.sender))
    except Problem:
        return  # the file has it all the same


def validate(target: str) -> Told:
    """Check the workbook and mark it."""
    from addin.actions.validate import validate as verb

    found = verb(target)
    errors = found.count("error")
    needs = [f"{errors} errors: see the sheet Findings."] if errors else []
    return Told({"errors": errors, "warnings": found.count("warning")}, needs)


def sync(target: str) -> Told:
    """Sync the workbook with its shared sheets."""
    from addin.actions.sync.run import sync as verb
    from addin.core.sync.decisions import sentence

    done = verb(target)
    needs = [f"{name}: {reason}" for name, reasons in done.stopped.items() for reason in reasons]
    needs += [f"{one.link}: {sentence(one)}" for one in done.conflicts] + done.remarks
    cells = sum(len(p.to_left.cells) + len(p.to_right.cells) for p in done.plans.values())
    return Told({"cells": cells, "conflicts": len(done.conflicts), "stopped": len(done.stopped)}, needs)


def remind(target: str) -> Told:
    """Write the reminders that are due, as files to send."""
    from addin.actions.remind import remind as verb

    verb(target)
    return Told()


def report(target: str) -> Told:
    """Write the report page beside the workbook."""
    from addin.actions.report import report as verb

    path = Path(target).resolve()
    done = verb(target, path.with_name(f"{path.stem} report.html"))
    return Told({"errors": done.errors})


VERBS: Mapping[str, Callable[[str], Told]] = {
    "validate": validate, "sync": sync, "remind": remind, "report": report,
}  # fmt: skip

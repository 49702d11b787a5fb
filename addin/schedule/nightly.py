"""One run at night: a verb, one line in the log, and a file (or mail) when something needs a person.

The log names no people and quotes no cell: what ran, how it ended, how many of what, how long. What a person must
look at is in `needs-a-person.txt` beside it, for the owner's eyes, and goes when the verb has come through again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.text import counted
from addin.errors import Busy, FileProblem, Problem, file_problem
from addin.files import private, read_json

FOLDER = Path(STATE_FOLDER) / "log"
LOG, LAST, SUMMARY = "nightly.log", "last.json", "needs-a-person.txt"
LOG_LIMIT, LOGS = 200_000, 5
TURN, PATIENCE = "turn.sqlite", 600
"""The seconds for which a job waits until another of this workbook has ended."""
COULD_NOT_RUN = 2
"""The exit code."""
LATE = timedelta(hours=1)
"""For so long after it was due a run still counts as on its way."""
MISSED_AFTER = timedelta(hours=20)
"""Less than a day, since a run remembers when it ended and the next one begins at the hour."""


@dataclass(slots=True)
class Outcome:
    """The result of a task: counts for the log, sentences for the person."""

    counts: dict[str, int] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)


def nightly(
    task: str,
    target: str,
    *,
    catch_up: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    verbs: Mapping[str, Callable[[str], Outcome]] | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> int:
    """Run a verb as a scheduler does: 0 all is well, 1 somebody should look, 2 it could not run. Raises Problem.

    Jobs of one workbook take turns; a run that finds another sync at work gives way (0). With `catch_up` it runs only
    when the last night was missed. `tell` gets one sentence where the code is not 0.
    """
    home = Path(target).resolve().parent
    if not home.is_dir():
        raise FileProblem(
            phrase("there is no such folder."), where=str(home), next=phrase("Check the name and the folder.")
        )
    folder = home / FOLDER
    if catch_up and not was_missed(folder, task, now()):
        return 0
    try:
        with turn(folder):
            code, needs = _run(task, target, folder, now, (verbs or VERBS)[task])
    except Busy:
        log(folder, f"{now().isoformat(timespec='seconds')} {task} gave way code=0")
        return 0
    if code == COULD_NOT_RUN:
        tell(needs[0])
    elif needs:
        tell(f"{task}: {counted(len(needs), 'thing')} for you to look at. See {folder / SUMMARY}")
    return code


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One job at a time: a computer that was switched on starts all that it missed at once, and two would write to the
    workbook together. The lock is SQLite's, which waits, and ends with the process. Raises Busy, FileProblem."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise file_problem(error, folder) from None
    with ExitStack() as stack:
        try:
            db = sqlite3.connect(folder / TURN, timeout=PATIENCE, isolation_level=None)
            stack.enter_context(closing(db)).execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
                raise Busy(phrase("Another nightly job of this workbook is at work.")) from None
            # the folder knows no locks, or the file was damaged: better that than no run
        yield


def _run(
    task: str, target: str, folder: Path, now: Callable[[], datetime], verb: Callable[[str], Outcome]
) -> tuple[int, list[str]]:
    """Run the verb, log it, keep what it needs; the exit code and what needs a person."""
    started = time.monotonic()
    try:
        outcome = verb(target)
        code, how = (1, "look") if outcome.needs else (0, "ok")
    except Busy:
        outcome, code, how = Outcome(), 0, "gave way"
    except Problem as problem:
        outcome, code, how = Outcome(needs=[str(problem)]), COULD_NOT_RUN, type(problem).__name__
    except Exception as error:  # a bug must not end the night without a word; its text may quote a cell
        words = f"Unexpected error in {task} ({type(error).__name__}). Nothing else was changed."
        outcome, code, how = Outcome(needs=[words]), COULD_NOT_RUN, type(error).__name__
    counts = "".join(f" {name}={number}" for name, number in outcome.counts.items())
    seconds = time.monotonic() - started
    log(folder, f"{now().isoformat(timespec='seconds')} {task} {how} code={code}{counts} seconds={seconds:.1f}")
    if how != "gave way":
        remember(folder, task, now())
        summarise(folder, task, outcome.needs)
        if outcome.needs:
            mail(target, task, outcome.needs)
    return code, outcome.needs


def was_missed(folder: Path, task: str, now: datetime) -> bool:
    """Whether there was no run in the last night, or never one."""
    last = _last(folder).get(task)
    return last is None or now - last > MISSED_AFTER


def _last(folder: Path) -> dict[str, datetime]:
    """When each task ran last; a damaged file counts as none, and the task runs."""
    try:
        found = read_json(folder / LAST, _are_times, next="")
    except FileProblem:
        return {}
    times = {task: datetime.fromisoformat(at) for task, at in (found or {}).items()}
    return {task: at if at.tzinfo else at.replace(tzinfo=UTC) for task, at in times.items()}


def _are_times(found: Any) -> bool:
    return all(map(datetime.fromisoformat, found.values()))


def remember(folder: Path, task: str, now: datetime) -> None:
    """Note when this task ran last."""
    times = {**_last(folder), task: now}
    with private(folder / LAST, "utf-8") as file:
        json.dump({name: at.isoformat(timespec="seconds") for name, at in times.items()}, file)


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


def summarise(folder: Path, task: str, needs: list[str]) -> None:
    """Write what needs a person, task by task; no file where nothing does."""
    path = folder / SUMMARY
    parts = _parts(path)
    parts.pop(task, None)
    if needs:
        parts[task] = needs
    if not parts:
        path.unlink(missing_ok=True)
        return
    with private(path, "utf-8") as file:
        for name, sentences in parts.items():
            file.write(f"{name}:\n" + "".join(f"  {' '.join(one.split())}\n" for one in sentences))


def _parts(path: Path) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    task = ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        if line.startswith("  ") and task:
            parts[task].append(line.strip())
        elif (name := line.removesuffix(":")) in VERBS:
            task = name
            parts[task] = []
    return parts


def mail(target: str, task: str, needs: list[str]) -> None:
    """Send a mail to `tell` under [mail] of ib-trackers.toml, where there is one. It counts, and quotes nothing."""
    from addin.reminders import mail as post
    from addin.workspace.settings import read_file

    words = f"{task} found {len(needs)} things for you to look at: see {FOLDER / SUMMARY} beside the workbook.\n"
    password = os.environ.get("IB_TRACKERS_MAIL_PASSWORD", "")
    try:
        settings = read_file(Path(target).resolve().parent).get("mail", {})
        if not settings.get("tell"):
            return
        server = post.server({name: value for name, value in settings.items() if name != "tell"})
        with post.Post(server, password) as line:
            line.send(post.message("", str(settings["tell"]), "IB Trackers needs you", words, server.sender))
    except Exception as error:  # the file has it all the same; the log says why no mail went
        log(Path(target).resolve().parent / FOLDER, f"{task} mail was not sent ({type(error).__name__})")


def validate(target: str) -> Outcome:
    """Check the workbook and mark it."""
    from addin.actions.validate import validate as verb

    found = verb(target)
    errors = found.count("error")
    needs = [f"{errors} errors: see the sheet Findings."] if errors else []
    return Outcome({"errors": errors, "warnings": found.count("warning")}, needs)


def requests(target: str) -> Outcome:
    """Answer what is asked for in the shared spreadsheets; each is told when the next run is due."""
    from addin.actions.answer_requests import answer_requests, spreadsheets
    from addin.schedule.install import next_run

    now = datetime.now(UTC)
    following = next_run(Path(target).resolve(), now)
    lasts = following - now + LATE if following else timedelta()
    done = answer_requests(target, now=now, next_run=following, lasts=lasts, most=len(spreadsheets(target, now)))
    return Outcome({"asked": done.answered}, done.problems)


def sync(target: str) -> Outcome:
    """Answer requests, and sync the workbook with its shared sheets."""
    from addin.actions.answer_requests import has_spreadsheets
    from addin.actions.sync.run import sync as verb
    from addin.core.sync.decisions import sentence

    asked = requests(target) if has_spreadsheets(target) else Outcome()
    done = verb(target)
    needs = asked.needs + [f"{name}: {reason}" for name, reasons in done.stopped.items() for reason in reasons]
    needs += [f"{one.link}: {sentence(one)}" for one in done.conflicts] + [*done.remarks]
    cells = sum(len(p.to_left.cells) + len(p.to_right.cells) for p in done.plans.values())
    return Outcome(
        {**asked.counts, "cells": cells, "conflicts": len(done.conflicts), "stopped": len(done.stopped)}, needs
    )


def remind(target: str) -> Outcome:
    """Write the reminders that are due, as files to send."""
    from addin.actions.remind import remind as verb

    verb(target)
    return Outcome()


def report(target: str) -> Outcome:
    """Write the report page beside the workbook."""
    from addin.actions.report import report as verb

    path = Path(target).resolve()
    done = verb(target, path.with_name(f"{path.stem} report.html"))
    return Outcome({"errors": done.errors})


VERBS: Mapping[str, Callable[[str], Outcome]] = {
    "validate": validate,
    "sync": sync,
    "remind": remind,
    "report": report,
    "requests": requests,
}

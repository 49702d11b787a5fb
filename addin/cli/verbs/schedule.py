"""ib-trackers schedule: validate, sync, remind and report every night, without anybody at the computer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import all_of, phrase, upper_first
from addin.core.text import sentences_of

if TYPE_CHECKING:
    from addin.schedule.jobs import Job

HELP = "validate, sync, remind and report every night"
EXAMPLE = "ib-trackers schedule install School.xlsx --tasks validate,sync --at 02:30"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, step, words in (
        ("install", install, "install jobs, replacing this workbook's existing ones"),
        ("remove", remove, "remove this workbook's jobs"),
        ("show", show, "list this workbook's jobs, and the text of what install would add"),
    ):
        one = steps.add_parser(name, help=words, description=words, epilog=f"Example: {EXAMPLE}")
        one.add_argument("workbook", metavar="BOOK.xlsx")
        one.add_argument(
            "--tasks", default="validate,sync", help="validate, sync, remind, report, requests (default: validate,sync)"
        )
        one.add_argument("--at", default="02:30", metavar="HH:MM", help="start time of the first task (default: 02:30)")
        one.add_argument(
            "--every",
            default="",
            metavar="TIME",
            help="sync, and answer requests from shared sheets, at this interval instead, such as 15m or 1h",
        )
        one.add_argument(
            "--scheduler", choices=("cron", "systemd", "launchd", "tasks"), help="default: that of this computer"
        )
        one.set_defaults(step=step)
    one = steps.add_parser("run", help="run one task now, as the computer does at night")
    one.add_argument("task", choices=("validate", "sync", "remind", "report", "requests"))
    one.add_argument("workbook", metavar="BOOK.xlsx")
    one.add_argument("--catch-up", action="store_true", help="only when the last night was missed")
    one.set_defaults(step=run_now)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.step(arguments))


def install(arguments: argparse.Namespace) -> int:
    """Put the jobs in place."""
    from addin.cli.terminal import say
    from addin.schedule.install import install as put
    from addin.schedule.jobs import make_jobs
    from addin.schedule.nightly import FOLDER, SUMMARY
    from addin.schedule.schedulers import usual
    from addin.workspace.settings import load

    workbook = _workbook(arguments)
    jobs = make_jobs(workbook, arguments.tasks, arguments.at, every=arguments.every)
    name = arguments.scheduler or usual()
    idle = any(job.task == "sync" for job in jobs) and not load(workbook.parent, today=date.today()).links
    put(jobs, name)
    for job in jobs:
        say(
            phrase(
                "{task} runs {when} ({scheduler}, {name}).", task=job.task, when=job.when, scheduler=name, name=job.name
            )
        )
    if name != "cron":
        say(phrase("It runs while you are signed in to this computer; a missed run is made up for when you are again."))
    if idle:
        say(phrase("There is nothing to sync yet. First link a Google Sheet: ib-trackers google link"))
    say(phrase("What needs your attention is listed in {path}", path=workbook.parent / FOLDER / SUMMARY))
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Remove the jobs."""
    from addin.cli.terminal import say
    from addin.schedule.install import remove as take
    from addin.schedule.schedulers import usual

    names = take(Path(arguments.workbook).resolve(), arguments.scheduler or usual())
    say(
        phrase("Removed: {names}.", names=", ".join(names))
        if names
        else phrase("Nothing is scheduled for this workbook.")
    )
    return 0


def show(arguments: argparse.Namespace) -> int:
    """List the jobs in place, and the text of those that install would add."""
    from addin.cli.terminal import say
    from addin.errors import Problem
    from addin.schedule.install import times
    from addin.schedule.jobs import make_jobs
    from addin.schedule.schedulers import scheduler, usual

    workbook, name = _workbook(arguments), arguments.scheduler or usual()
    jobs = make_jobs(workbook, arguments.tasks, arguments.at, every=arguments.every)
    try:
        for job, time in times(workbook, name).items():
            when = time if time.startswith("every") else phrase("every day at {time}", time=time)
            say(
                phrase("Scheduled: {job}, {when}.", job=job, when=when)
                if time
                else phrase("Scheduled: {job}.", job=job)
            )
        if not times(workbook, name):
            say(phrase("Nothing is scheduled yet. {jobs}", jobs=_would_run(jobs)))
    except Problem as problem:
        say(phrase("Nothing is scheduled yet. {jobs}", jobs=_would_run(jobs)))
        say(sentences_of(problem))
    say(phrase("\nText of --tasks {tasks} --at {at} for {name}:", tasks=arguments.tasks, at=arguments.at, name=name))
    for one in jobs:
        for file, text in scheduler(name).texts(one).items():
            say(f"\n{file}\n{text}")
    return 0


def _would_run(jobs: Sequence[Job]) -> str:
    return phrase(
        "{tasks} would run daily from {time} while this computer is on.",
        tasks=upper_first(all_of([job.task for job in jobs])),
        time=f"{jobs[0].hour:02}:{jobs[0].minute:02}",
    )


def run_now(arguments: argparse.Namespace) -> int:
    """One run."""
    from addin.cli.terminal import complain
    from addin.schedule.nightly import nightly

    return nightly(arguments.task, arguments.workbook, catch_up=arguments.catch_up, tell=complain)


def _workbook(arguments: argparse.Namespace) -> Path:
    from addin.errors import BookProblem

    workbook = Path(arguments.workbook).resolve()
    if not workbook.is_file():
        raise BookProblem(
            phrase("there is no such file."), where=str(workbook), next=phrase("Check the name and the folder.")
        )
    return workbook

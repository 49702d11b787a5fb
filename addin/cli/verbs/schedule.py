"""ib-trackers schedule: let the computer validate, sync, remind and report every night."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

HELP = "validate, sync, remind and report every night"
EXAMPLE = "ib-trackers schedule install School.xlsx --what validate,sync --at 02:30"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, step, words in (
        ("install", install, "put the jobs in place, instead of those of this workbook"),
        ("remove", remove, "take this workbook's jobs away"),
        ("show", show, "show what is in place, and the text of what install would put there"),
    ):
        one = steps.add_parser(name, help=words, description=words, epilog=f"Example: {EXAMPLE}")
        one.add_argument("workbook", metavar="BOOK.xlsx")
        one.add_argument("--what", default="validate,sync", help="validate, sync, remind, report (validate,sync)")
        one.add_argument("--at", default="02:30", metavar="HH:MM", help="when the first begins (02:30)")
        one.add_argument("--with", dest="scheduler", choices=("cron", "systemd", "launchd", "tasks"))
        one.set_defaults(step=step)
    one = steps.add_parser("run", help="one run, as the computer does it at night")
    one.add_argument("what", choices=("validate", "sync", "remind", "report"))
    one.add_argument("workbook", metavar="BOOK.xlsx")
    one.add_argument("--missed", action="store_true", help="only when the last night was missed")
    one.set_defaults(step=run_now)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.step(arguments))


def install(arguments: argparse.Namespace) -> int:
    """Put the jobs in place."""
    from addin.cli.terminal import say
    from addin.errors import Problem
    from addin.schedule.installed import install as put
    from addin.schedule.installed import usual
    from addin.schedule.jobs import jobs
    from addin.schedule.nightly import FOLDER, SUMMARY
    from addin.workspace.settings import load

    workbook = Path(arguments.workbook).resolve()
    if not workbook.is_file():
        raise Problem("there is no such file.", where=str(workbook), next="Check the name and the folder.")
    found = jobs(workbook, arguments.what, arguments.at)
    if not found:
        raise Problem("Nothing was named.", next="For example: --what validate,sync")
    scheduler = arguments.scheduler or usual()
    idle = any(job.what == "sync" for job in found) and not load(workbook.parent, today=date.today()).links
    put(found, scheduler)
    for job in found:
        say(f"{job.what} runs every day at {job.hour:02}:{job.minute:02} ({scheduler}, {job.name}).")
    if scheduler != "cron":
        say("It runs while you are signed in to this computer; what was missed is caught up when you are again.")
    if idle:
        say("There is nothing to sync yet, and each run will say so: first run ib-trackers google link.")
    say(f"What needs you will stand in {workbook.parent / FOLDER / SUMMARY}")
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Take the jobs away."""
    from addin.cli.terminal import say
    from addin.schedule.installed import remove as take
    from addin.schedule.installed import usual

    names = take(Path(arguments.workbook).resolve(), arguments.scheduler or usual())
    say(f"Taken away: {', '.join(names)}." if names else "This workbook has no jobs here.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Show the jobs in place, and the text of those that install would make."""
    from addin.cli.terminal import say
    from addin.errors import Problem
    from addin.schedule.definitions import SCHEDULERS
    from addin.schedule.installed import times, usual
    from addin.schedule.jobs import jobs

    workbook, scheduler = Path(arguments.workbook).resolve(), arguments.scheduler or usual()
    try:
        found = times(workbook, scheduler)
        told = [f"{name} at {time}" if time else name for name, time in found.items()]
        say(f"In place: {', '.join(told)}." if told else "In place: nothing.")
    except Problem as problem:
        say(str(problem))
    say(f"\nWhat install would put in place with --what {arguments.what} --at {arguments.at}:")
    for job in jobs(workbook, arguments.what, arguments.at):
        for name, text in SCHEDULERS[scheduler](job).items():
            say(f"\n{name}\n{text}")
    return 0


def run_now(arguments: argparse.Namespace) -> int:
    """One run."""
    from addin.schedule.nightly import nightly

    return nightly(arguments.what, arguments.workbook, missed=arguments.missed)

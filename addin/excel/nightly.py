"""The button Nightly: check the workbook, and sync its shared sheets, every night; or stop doing so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import in_one, joined, phrase
from addin.core.names import STATE_FOLDER
from addin.errors import Problem
from addin.excel.desk import saved_file
from addin.excel.shown import is_agreed, note_shown
from addin.schedule.schedulers import OTHER, Do, run

if TYPE_CHECKING:
    import xlwings

    from addin.schedule.jobs import Job

AT = "02:30"


def nightly(book: xlwings.Book, *, scheduler: str = "", do: Do = run) -> str:
    """Show what would run each night; pressed again, set it up. Where it is set up: show it; pressed again, stop it."""
    from addin.schedule.install import install, remove
    from addin.schedule.jobs import make_jobs
    from addin.schedule.schedulers import usual
    from addin.workspace.settings import load

    path = saved_file(book, "Nightly")
    name = scheduler or usual()
    there = _times(path, name, do)
    shared = bool(load(path.parent, today=date.today()).links)
    jobs = make_jobs(path, "validate,sync" if shared else "validate", AT)
    shown = _in_place(path, there) if there else _planned(jobs)
    seen = path.parent / STATE_FOLDER / "nightly-shown.json"
    if not is_agreed(seen, book.name, shown):
        again = phrase("Press Nightly again to stop this.") if there else phrase("Press Nightly again to set this up.")
        return joined("\n", [shown, again])
    note_shown(seen, "", "")
    if there:
        remove(path, name, do)
        return phrase("Nothing runs by itself any more.")
    install(jobs, name, do)
    return joined("\n", [shown, phrase("It is set up. Nightly shows it, and stops it.")])


def _times(path: Path, name: str, do: Do) -> Mapping[str, str]:
    """What is set up, job by job. Raises Problem where this computer has nothing that runs jobs."""
    from addin.schedule.install import times

    try:
        return times(path, name, do)
    except Problem as problem:
        if problem.next != OTHER:
            raise
        raise Problem(phrase("This computer cannot run anything by itself at night."), next=phrase(BY_HAND)) from None


BY_HAND = (
    "Press Validate, and Sync where a sheet is shared, at the end of the day; or ask whoever looks after this "
    "computer for a scheduler."
)


def _planned(jobs: Sequence[Job]) -> str:
    lines = [phrase(PLANNED[job.task], at=f"{job.hour:02}:{job.minute:02}") for job in jobs]
    start = phrase("Every night, while this computer is on and you are signed in:")
    return joined("\n", [start, *lines, _missed()])


PLANNED = {
    "validate": "{at}: the workbook is checked.",
    "sync": "{at}: the shared sheets are synced.",
}
IN_PLACE = {
    "validate": "the check",
    "sync": "the sync",
    "validate at": "the check at {at}",
    "sync at": "the sync at {at}",
}


def _missed() -> str:
    return phrase(
        "A missed night is made up for. Close the workbook before you leave, else it is left for the next night."
    )


def _in_place(path: Path, there: Mapping[str, str]) -> str:
    """What is set up, and what the last nights found."""
    from addin.schedule.nightly import FOLDER, SUMMARY

    tasks = [
        phrase(IN_PLACE[f"{task} at" if at else task], at=at)
        for job, at in sorted(there.items())
        if (task := job.split("-")[2]) in IN_PLACE
    ]
    open_points = path.parent / FOLDER / SUMMARY
    found = phrase("To look at: {file}.", file=open_points) if open_points.is_file() else phrase("Nothing needs you.")
    return in_one(phrase("Every night: {tasks}.", tasks=tasks), found)

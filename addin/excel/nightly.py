"""The button Nightly: check the workbook, and sync its shared sheets, every night; or stop doing so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.names import STATE_FOLDER
from addin.excel.desk import saved_file
from addin.excel.shown import is_agreed, note_shown
from addin.schedule.schedulers import Do, run

if TYPE_CHECKING:
    import xlwings

    from addin.schedule.jobs import Job

AT = "02:30"


def nightly(book: xlwings.Book, *, scheduler: str = "", do: Do = run) -> str:
    """Show what would run each night; pressed again, set it up. Where it is set up: show it; pressed again, stop it."""
    from addin.schedule.install import install, remove, times
    from addin.schedule.jobs import make_jobs
    from addin.schedule.schedulers import usual
    from addin.workspace.settings import load

    path = saved_file(book, "Nightly")
    name = scheduler or usual()
    there = times(path, name, do)
    shared = bool(load(path.parent, today=date.today()).links)
    jobs = make_jobs(path, "validate,sync" if shared else "validate", AT)
    shown = _in_place(path, there) if there else _planned(jobs)
    seen = path.parent / STATE_FOLDER / "nightly-shown.json"
    if not is_agreed(seen, book.name, shown):
        return f"{shown}\nPress Nightly again to {'stop this' if there else 'set this up'}."
    note_shown(seen, "", "")
    if there:
        remove(path, name, do)
        return "Nothing runs by itself any more."
    install(jobs, name, do)
    return f"{shown}\nIt is set up. Nightly shows it, and stops it."


def _planned(jobs: Sequence[Job]) -> str:
    verbs = {"validate": "the workbook is checked", "sync": "the shared sheets are synced"}
    lines = [f"{job.hour:02}:{job.minute:02}: {verbs[job.task]}." for job in jobs]
    return "\n".join(["Every night, while this computer is on and you are signed in:", *lines, _missed()])


def _missed() -> str:
    return "A missed night is made up for. Close the workbook before you leave, else it is left for the next night."


def _in_place(path: Path, there: Mapping[str, str]) -> str:
    """What is set up, and what the last nights found."""
    from addin.schedule.nightly import FOLDER, SUMMARY

    tasks = sorted(f"{job.split('-')[2]} {f'at {time}' if time else ''}".strip() for job, time in there.items())
    open_points = path.parent / FOLDER / SUMMARY
    found = f"To look at: {open_points}." if open_points.is_file() else "Nothing needs you."
    return f"Every night: {', '.join(tasks)}. {found}"

"""Put the jobs of a workbook in place, list and remove them; nothing of others is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from addin.errors import Problem
from addin.schedule.jobs import ANSWERING, Job, mark
from addin.schedule.schedulers import Do, run, scheduler, usual
from addin.workspace.interpreter import lasting


def install(jobs: Sequence[Job], name: str, do: Do = run) -> None:
    """Replace the jobs of this workbook with these, all of them or none. Raises Problem."""
    for job in jobs:
        lasting(job.python)
    remove(jobs[0].workbook, name, do)
    try:
        scheduler(name).put(jobs, do)
    except Problem:
        remove(jobs[0].workbook, name, do)
        raise


def remove(workbook: Path, name: str, do: Do = run) -> list[str]:
    """Remove this workbook's jobs; their names."""
    return scheduler(name).take(workbook, do)


def times(workbook: Path, name: str, do: Do = run) -> Mapping[str, str]:
    """This workbook's jobs, each with when it runs; "" where only the scheduler knows it."""
    return scheduler(name).times(workbook, do)


def next_run(workbook: Path, now: datetime, name: str = "", do: Do = run) -> datetime | None:
    """When the next run that answers people is due; None where none is installed, or only the scheduler knows it."""
    try:
        found = times(workbook, name or usual(), do)
    except Problem:
        return None
    answering = {f"ib-trackers-{task}-{mark(workbook)}" for task in ANSWERING}
    moments = [_moment(time, now) for job, time in found.items() if time and job in answering]
    return min(moments, default=None)


def _moment(time: str, now: datetime) -> datetime:
    """The next moment of `02:30` on this computer's clock, or of `every 15 minutes`."""
    if time.startswith("every"):
        return now + timedelta(minutes=int(time.split()[1]))
    hour, minute = map(int, time.split(":"))
    local = now.astimezone()
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)

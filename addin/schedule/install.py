"""Put the jobs of a workbook in place, list and remove them; nothing of others is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from addin.errors import Problem
from addin.schedule.jobs import Job
from addin.schedule.schedulers import Do, run, scheduler


def install(jobs: Sequence[Job], name: str, do: Do = run) -> None:
    """Replace the jobs of this workbook with these, all of them or none. Raises Problem."""
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
    """This workbook's jobs, each with the time of day at which it runs; "" where only the scheduler knows it."""
    return scheduler(name).times(workbook, do)

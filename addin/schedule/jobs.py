"""What runs at night: one job is one task on one workbook at one time."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from addin.errors import Problem

TASKS = ("validate", "sync", "remind", "report")
MINUTES_APART = 10


@dataclass(frozen=True, slots=True)
class Job:
    """One task, every night."""

    task: str
    workbook: Path
    hour: int
    minute: int
    python: str

    @property
    def name(self) -> str:
        """The name of the job, different for each workbook: `ib-trackers-sync-3f2a9c`."""
        return f"ib-trackers-{self.task}-{mark(self.workbook)}"

    def command(self, *more: str) -> list[str]:
        """The command that the scheduler runs."""
        return [self.python, "-m", "addin", "schedule", "run", self.task, str(self.workbook), *more]


def mark(workbook: Path) -> str:
    """A short hash of the workbook's path, so that two workbooks' jobs do not replace each other."""
    return hashlib.sha256(str(workbook).encode()).hexdigest()[:6]


def is_job_of(name: str, workbook: Path) -> bool:
    """Whether a job of this name belongs to the workbook."""
    return name.startswith("ib-trackers-") and name.endswith(f"-{mark(workbook)}")


def make_jobs(workbook: Path, tasks: str, at: str, python: str = sys.executable) -> list[Job]:
    """The jobs of `--tasks validate,sync --at 02:30`, ten minutes apart. Raises Problem."""
    time = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at)
    if not time:
        raise Problem(f"{at!r} is not a time.", next="Enter it as 02:30.")
    names = [name.strip().lower() for name in tasks.split(",") if name.strip()]
    for name in names:
        if name not in TASKS:
            raise Problem(f"{name!r} cannot be scheduled.", next=f"Tasks: {', '.join(TASKS)}.")
    if not names:
        raise Problem("No tasks given.", next="For example: --tasks validate,sync")
    if any(ord(sign) < 32 for sign in str(workbook)):
        raise Problem("The workbook's name has a line break or a tab in it.", next="Rename it.")
    start = int(time[1]) * 60 + int(time[2])
    found = []
    for number, name in enumerate(dict.fromkeys(names)):
        minutes = (start + MINUTES_APART * number) % (24 * 60)
        found.append(Job(name, workbook, minutes // 60, minutes % 60, python))
    return found

"""What runs by itself: one job is one task on one workbook, at a time of day or at an interval."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from addin.core.language import phrase
from addin.errors import Problem

TASKS = ("validate", "sync", "remind", "report", "requests")
ANSWERING = ("sync", "requests")
"""What people wait for: these may run at an interval; for the others once a day is enough."""
INTERVALS = (5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720)
"""Minutes: what divides an hour or a day, so that every scheduler can keep it."""
MINUTES_APART = 10


@dataclass(frozen=True, slots=True)
class Job:
    """One task, every day at a time, or (`every` minutes) all day long."""

    task: str
    workbook: Path
    hour: int
    minute: int
    python: str
    every: int = 0

    @property
    def when(self) -> str:
        """`every 15 minutes` or `every day at 02:30`."""
        return f"every {self.every} minutes" if self.every else f"every day at {self.hour:02}:{self.minute:02}"

    @property
    def name(self) -> str:
        """The name of the job, different for each workbook: `ib-trackers-sync-3f2a9c`."""
        return f"ib-trackers-{self.task}-{mark(self.workbook)}"

    def command(self, *more: str) -> list[str]:
        """The command that the scheduler runs."""
        return [self.python, "-P", "-m", "addin", "schedule", "run", self.task, str(self.workbook), *more]


def mark(workbook: Path) -> str:
    """A short hash of the workbook's path, so that two workbooks' jobs do not replace each other."""
    return hashlib.sha256(str(workbook).encode()).hexdigest()[:6]


def is_job_of(name: str, workbook: Path) -> bool:
    """Whether a job of this name belongs to the workbook."""
    return name.startswith("ib-trackers-") and name.endswith(f"-{mark(workbook)}")


def make_jobs(workbook: Path, tasks: str, at: str, python: str = sys.executable, every: str = "") -> list[Job]:
    """The jobs of `--tasks validate,sync --at 02:30`, ten minutes apart. Raises Problem.

    With `every` (such as 15m) those that answer people run at that interval instead.
    """
    interval = interval_minutes(every) if every else 0
    time = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at)
    if not time:
        raise Problem(phrase("{at} is not a time.", at=f"{at!r}"), next=phrase("Enter it as 02:30."))
    names = [name.strip().lower() for name in tasks.split(",") if name.strip()]
    for name in names:
        if name not in TASKS:
            raise Problem(
                phrase("{name} cannot be scheduled.", name=f"{name!r}"),
                next=phrase("Tasks: {tasks}.", tasks=", ".join(TASKS)),
            )
    if not names:
        raise Problem(phrase("No tasks given."), next=phrase("For example: --tasks validate,sync"))
    if any(ord(sign) < 32 for sign in str(workbook)):
        raise Problem(phrase("The workbook's name has a line break or a tab in it."), next=phrase("Rename it."))
    start = int(time[1]) * 60 + int(time[2])
    found = []
    for number, name in enumerate(dict.fromkeys(names)):
        minutes = (start + MINUTES_APART * number) % (24 * 60)
        often = interval if name in ANSWERING else 0
        found.append(Job(name, workbook, minutes // 60, minutes % 60, python, often))
    return found


def interval_minutes(text: str) -> int:
    """Read `15m` or `2h` as minutes. Raises Problem."""
    found = re.fullmatch(r"\s*(\d{1,3})\s*(m|min|h)\s*", text.lower())
    minutes = int(found[1]) * (60 if found[2] == "h" else 1) if found else 0
    if minutes not in INTERVALS:
        raise Problem(
            phrase("{text} is not an interval that every scheduler can keep.", text=f"{text!r}"),
            next=phrase("Choose one of: 5m, 10m, 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h."),
        )
    return minutes

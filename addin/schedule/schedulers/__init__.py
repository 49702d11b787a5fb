"""The schedulers: one file each, found by its name. A scheduler is a module with

    texts(job)              what `install` puts there: file name -> text
    put(jobs, do)           put these jobs of one workbook in place; raises Problem
    take(workbook, do)      remove the jobs of a workbook; their names
    times(workbook, do)     name of each job -> time of day or `every N minutes` ("": only the scheduler knows)

`do` runs a command of the system. A night that was missed, because the computer was off, is caught up by each.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from addin.core.language import phrase
from addin.errors import Problem
from addin.schedule.jobs import Job

CATCH_UP = "--catch-up"
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))

Do = Callable[[Sequence[str], str], "subprocess.CompletedProcess[str]"]


class Scheduler(Protocol):
    """What each file in this folder offers."""

    def texts(self, job: Job) -> dict[str, str]: ...
    def put(self, jobs: Sequence[Job], do: Do) -> None: ...
    def take(self, workbook: Path, do: Do) -> list[str]: ...
    def times(self, workbook: Path, do: Do) -> Mapping[str, str]: ...


def scheduler(name: str) -> Scheduler:
    """The scheduler of this name."""
    return cast(Scheduler, import_module(f"addin.schedule.schedulers.{name}"))


def usual() -> str:
    """The scheduler of this computer."""
    if sys.platform == "win32":
        return "tasks"
    if sys.platform == "darwin":
        return "launchd"
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"  # sd_booted(3)


def run(command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of the system. Raises Problem where there is none of this name."""
    try:
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=60)
    except FileNotFoundError:
        raise not_here(command[0]) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(
            phrase("{command} does not work here ({error}).", command=command[0], error=error), next=OTHER
        ) from None


OTHER = phrase("Choose another scheduler with --scheduler.")


def not_here(program: str) -> Problem:
    """The problem of a scheduler that this computer does not have."""
    return Problem(phrase("This computer has no {program}.", program=program), next=OTHER)


def must(done: subprocess.CompletedProcess[str]) -> None:
    """Raise Problem where the scheduler refused."""
    if done.returncode:
        why = (done.stderr or done.stdout).strip()
        raise Problem(
            phrase("The scheduler refused the job ({why}).", why=why),
            next=phrase("ib-trackers schedule show lists its text."),
        )

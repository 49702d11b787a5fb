"""cron: two lines of a crontab for each job; the other lines are a person's own and stay as they are."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from addin.core.language import phrase
from addin.errors import Problem
from addin.schedule.jobs import Job, is_job_of
from addin.schedule.schedulers import CATCH_UP, OTHER, Do, must, not_here, run


def texts(job: Job) -> dict[str, str]:
    """One line for the night, and one at the start of the computer that catches up a missed night; one for an interval.

    In a crontab % is a line break unless it is escaped (crontab(5)).
    """
    end = f"# {job.name}"

    def line(*more: str) -> str:
        return shlex.join(job.command(*more)).replace("%", r"\%") + " >/dev/null 2>&1"

    if job.every:
        return {"crontab": f"{_interval(job.every)} * * * {line()} {end}\n"}
    return {"crontab": f"{job.minute} {job.hour} * * * {line()} {end}\n@reboot {line(CATCH_UP)} {end}\n"}


def _interval(minutes: int) -> str:
    """Minutes and hours of a crontab line that runs at this interval."""
    if minutes < 60:
        return f"*/{minutes} *"
    return "0 *" if minutes == 60 else f"0 */{minutes // 60}"


def put(jobs: Sequence[Job], do: Do) -> None:
    """Add the jobs to the person's crontab."""
    _write(_read(do) + "".join(texts(job)["crontab"] for job in jobs), do)


def take(workbook: Path, do: Do) -> list[str]:
    """Remove this workbook's lines."""
    names = list(times(workbook, do))
    if names:
        kept = [line for line in _read(do).splitlines(True) if not is_job_of(_name(line), workbook)]
        _write("".join(kept), do)
    return names


def times(workbook: Path, do: Do) -> dict[str, str]:
    """This workbook's jobs, each with the time of day in its line."""
    found: dict[str, str] = {}
    for line in _read(do).splitlines():
        if is_job_of(name := _name(line), workbook):
            found.setdefault(name, "")
            if line[0] != "@":
                minute, hour = line.split()[:2]
                found[name] = _time(minute, hour)
    return found


def _time(minute: str, hour: str) -> str:
    if minute.startswith("*/"):
        return f"every {minute[2:]} minutes"
    if hour.startswith("*"):
        return f"every {60 * int(hour[2:] or 1)} minutes"
    return f"{hour:0>2}:{minute:0>2}"


def _name(line: str) -> str:
    return line.rstrip().rpartition("# ")[2]


def _read(do: Do) -> str:
    if do is run and not shutil.which("crontab"):
        raise not_here("cron")
    answer = do(["crontab", "-l"], "")
    if answer.returncode and "no crontab" not in answer.stderr:
        raise Problem(phrase("The crontab cannot be read ({stderr}).", stderr=answer.stderr.strip()), next=OTHER)
    text = answer.stdout if not answer.returncode else ""
    return text if not text or text.endswith("\n") else text + "\n"


def _write(text: str, do: Do) -> None:
    must(do(["crontab", "-"], text))

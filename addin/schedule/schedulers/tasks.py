"""tasks: the Task Scheduler of Windows; StartWhenAvailable catches up (Task Scheduler schema, learn.microsoft.com)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from addin.schedule.jobs import Job, is_job_of
from addin.schedule.schedulers import Do, must

TIME_LIMIT = "PT1H"


def texts(job: Job) -> dict[str, str]:
    """A task for `schtasks /Create /XML`; a run that is still at work keeps the next from starting."""
    program, *words = job.command()
    arguments = " ".join(_quoted(word) for word in words)
    start = "00:00" if job.every else f"{job.hour:02}:{job.minute:02}"
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>IB Trackers: nightly {job.task}</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      {_repetition(job.every)}<StartBoundary>2026-01-01T{start}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>{TIME_LIMIT}</ExecutionTimeLimit>
  </Settings>
  <Actions><Exec><Command>{escape(program)}</Command><Arguments>{escape(arguments)}</Arguments></Exec></Actions>
</Task>
"""
    return {f"{job.name}.xml": text}


def _repetition(minutes: int) -> str:
    """How a daily task is repeated all day long; nothing for one that runs once a day."""
    if not minutes:
        return ""
    return f"<Repetition><Interval>PT{minutes}M</Interval><Duration>P1D</Duration></Repetition>\n      "


def put(jobs: Sequence[Job], do: Do) -> None:
    """Register the tasks."""
    for job in jobs:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_text(texts(job)[f"{job.name}.xml"], encoding="utf-16")
            must(do(["schtasks", "/Create", "/F", "/TN", job.name, "/XML", str(file)], ""))


def take(workbook: Path, do: Do) -> list[str]:
    """Delete this workbook's tasks."""
    names = list(times(workbook, do))
    for name in names:
        must(do(["schtasks", "/Delete", "/F", "/TN", name], ""))
    return names


def times(workbook: Path, do: Do) -> dict[str, str]:
    """This workbook's tasks; only the scheduler knows when each runs."""
    listed = do(["schtasks", "/Query", "/FO", "CSV", "/NH"], "").stdout.splitlines()
    names = [line.split(",")[0].strip('"\\ ') for line in listed]
    return {name: "" for name in names if is_job_of(name, workbook)}


def _quoted(word: str) -> str:
    """In quotes where it has blanks; a name in Windows has no quotes in it."""
    return f'"{word}"' if " " in word or not word else word

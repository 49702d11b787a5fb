"""A job as text for each scheduler. A night that was missed, because the computer was off, is caught up.

cron      the job's line, and one at the start of the computer that runs what was missed (`--missed`)
systemd   Persistent=true (systemd.timer(5))
launchd   a time missed in sleep is run on waking (launchd.plist(5)); RunAtLoad with `--missed` for one switched off
tasks     StartWhenAvailable (Task Scheduler schema, learn.microsoft.com)
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from html import escape

from addin.schedule.jobs import Job

TIME_LIMIT = "PT1H"
MISSED = "--missed"


def cron(job: Job) -> str:
    """Two lines of a crontab. In a crontab % is a line break unless it is escaped (crontab(5))."""
    end = f"# {job.name}"

    def line(*more: str) -> str:
        return shlex.join(job.command(*more)).replace("%", r"\%") + " >/dev/null 2>&1"

    return f"{job.minute} {job.hour} * * * {line()} {end}\n@reboot {line(MISSED)} {end}\n"


def systemd_service(job: Job) -> str:
    """The unit that runs once. `%` and `$` mean something to systemd, and are doubled (systemd.service(5))."""
    command = " ".join(_systemd_quoted(word) for word in job.command())
    return (
        f"[Unit]\nDescription=IB Trackers: nightly {job.what}\n\n"
        f"[Service]\nType=oneshot\nSuccessExitStatus=1\nUMask=0077\nTimeoutStartSec=1h\nExecStart={command}\n"
    )


def _systemd_quoted(word: str) -> str:
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def systemd_timer(job: Job) -> str:
    """The unit that says when."""
    return (
        f"[Unit]\nDescription=IB Trackers: when to {job.what}\n\n"
        f"[Timer]\nOnCalendar=*-*-* {job.hour:02}:{job.minute:02}:00\nPersistent=true\nRandomizedDelaySec=60\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def launchd(job: Job) -> str:
    """A property list for ~/Library/LaunchAgents."""
    words = "\n".join(f"    <string>{escape(word)}</string>" for word in job.command(MISSED))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>{job.name}</string>
  <key>ProgramArguments</key>
  <array>
{words}
  </array>
  <key>StartCalendarInterval</key>
  <dict><key>Hour</key><integer>{job.hour}</integer><key>Minute</key><integer>{job.minute}</integer></dict>
  <key>RunAtLoad</key><true/>
  <key>Umask</key><integer>63</integer>
</dict>
</plist>
"""


def tasks(job: Job) -> str:
    """A task for `schtasks /Create /XML`; a run that is still at work keeps the next from starting."""
    program, *words = job.command()
    arguments = " ".join(_windows_quoted(word) for word in words)
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>IB Trackers: nightly {job.what}</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{job.hour:02}:{job.minute:02}:00</StartBoundary>
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


def _windows_quoted(word: str) -> str:
    """In quotes where it has blanks; a name in Windows has no quotes in it."""
    return f'"{word}"' if " " in word or not word else word


SCHEDULERS: Mapping[str, Callable[[Job], dict[str, str]]] = {
    "cron": lambda job: {"crontab": cron(job)},
    "systemd": lambda job: {f"{job.name}.service": systemd_service(job), f"{job.name}.timer": systemd_timer(job)},
    "launchd": lambda job: {f"{job.name}.plist": launchd(job)},
    "tasks": lambda job: {f"{job.name}.xml": tasks(job)},
}
"""scheduler -> what a job is there: file name -> text"""

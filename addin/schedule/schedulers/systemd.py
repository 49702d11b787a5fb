"""systemd: a service and a timer among the person's own units; Persistent=true catches up (systemd.timer(5))."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from addin.schedule.jobs import Job, mark
from addin.schedule.schedulers import Do, must

USER = ["systemctl", "--user"]


def texts(job: Job) -> dict[str, str]:
    """The unit that runs once, and the one that says when."""
    return {f"{job.name}.service": service(job), f"{job.name}.timer": timer(job)}


def service(job: Job) -> str:
    """The unit that runs once. `%` and `$` mean something to systemd, and are doubled (systemd.service(5))."""
    command = " ".join(_quoted(word) for word in job.command())
    return (
        f"[Unit]\nDescription=IB Trackers: nightly {job.task}\n\n"
        f"[Service]\nType=oneshot\nSuccessExitStatus=1\nUMask=0077\nTimeoutStartSec=1h\nExecStart={command}\n"
    )


def timer(job: Job) -> str:
    """The unit that says when."""
    at = _interval(job.every) if job.every else f"*-*-* {job.hour:02}:{job.minute:02}:00"
    spread = "" if job.every else "RandomizedDelaySec=60\n"
    return (
        f"[Unit]\nDescription=IB Trackers: when to {job.task}\n\n"
        f"[Timer]\nOnCalendar={at}\nPersistent=true\n{spread}\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _interval(minutes: int) -> str:
    """A calendar expression (systemd.time(7)) that runs at this interval."""
    return f"*-*-* *:0/{minutes}:00" if minutes < 60 else f"*-*-* 0/{minutes // 60}:00:00"


def put(jobs: Sequence[Job], do: Do) -> None:
    """Write the units and start the timers."""
    folder().mkdir(parents=True, exist_ok=True)
    for job in jobs:
        for name, text in texts(job).items():
            (folder() / name).write_text(text, encoding="utf-8")
        must(do([*USER, "daemon-reload"], ""))
        must(do([*USER, "enable", "--now", f"{job.name}.timer"], ""))


def take(workbook: Path, do: Do) -> list[str]:
    """Stop and remove this workbook's units."""
    names = list(times(workbook, do))
    for name in names:
        do([*USER, "disable", "--now", f"{name}.timer"], "")
        for ending in (".service", ".timer"):
            (folder() / f"{name}{ending}").unlink(missing_ok=True)
    if names:
        do([*USER, "daemon-reload"], "")
    return names


def times(workbook: Path, do: Do) -> dict[str, str]:
    """This workbook's jobs, each with the time of day in its timer."""
    found = {}
    for path in sorted(folder().glob(f"ib-trackers-*-{mark(workbook)}.timer")):
        found[path.stem] = _time(path.read_text("utf-8"))
    return found


def _time(text: str) -> str:
    if often := re.search(r"^OnCalendar=\S+ (?:\*:0/(\d+)|0/(\d+):00):00$", text, re.M):
        return f"every {int(often[1] or 0) + 60 * int(often[2] or 0)} minutes"
    time = re.search(r"^OnCalendar=\S+ (\d\d:\d\d)", text, re.M)
    return time[1] if time else ""


def folder() -> Path:
    """Where a person's own units are."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _quoted(word: str) -> str:
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'

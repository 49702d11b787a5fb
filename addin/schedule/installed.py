"""Put jobs in place, show them, take them away, through the scheduler's own commands; nothing of others is touched."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from addin.errors import Problem
from addin.schedule.definitions import SCHEDULERS, cron
from addin.schedule.jobs import Job, mark

Run = Callable[[Sequence[str], str], "subprocess.CompletedProcess[str]"]


def run(command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
    """A command of the system. Raises Problem where there is none of this name."""
    try:
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(f"{command[0]} does not work here ({error}).", next="Choose another with --with.") from None


def usual() -> str:
    """The scheduler of this computer."""
    if sys.platform == "win32":
        return "tasks"
    if sys.platform == "darwin":
        return "launchd"
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"  # sd_booted(3)


def install(found: Sequence[Job], scheduler: str, do: Run = run) -> None:
    """Put the jobs in place of those that this workbook had, all of them or none. Raises Problem."""
    workbook = found[0].workbook
    remove(workbook, scheduler, do)
    if scheduler == "cron":
        _write_crontab(_crontab(do) + "".join(cron(job) for job in found), do)
        return
    try:
        for job in found:
            _put(job, scheduler, do)
    except Problem:
        remove(workbook, scheduler, do)
        raise


def _put(job: Job, scheduler: str, do: Run) -> None:
    for name, text in SCHEDULERS[scheduler](job).items():
        if scheduler == "tasks":
            _make_task(job, text, do)
            continue
        folder(scheduler).mkdir(parents=True, exist_ok=True)
        (folder(scheduler) / name).write_text(text, encoding="utf-8")
    if scheduler == "systemd":
        _must(do(["systemctl", "--user", "daemon-reload"], ""))
        _must(do(["systemctl", "--user", "enable", "--now", f"{job.name}.timer"], ""))
    elif scheduler == "launchd":
        _must(do(["launchctl", "load", "-w", str(folder(scheduler) / f"{job.name}.plist")], ""))


def _make_task(job: Job, text: str, do: Run) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "task.xml"
        file.write_text(text, encoding="utf-16")
        _must(do(["schtasks", "/Create", "/F", "/TN", job.name, "/XML", str(file)], ""))


def remove(workbook: Path, scheduler: str, do: Run = run) -> list[str]:
    """Take this workbook's jobs away; their names."""
    names = shown(workbook, scheduler, do)
    if scheduler == "cron":
        if names:
            kept = [line for line in _crontab(do).splitlines(True) if not _is_ours(line, workbook)]
            _write_crontab("".join(kept), do)
        return names
    for name in names:
        if scheduler == "systemd":
            do(["systemctl", "--user", "disable", "--now", f"{name}.timer"], "")
        elif scheduler == "launchd":
            do(["launchctl", "unload", "-w", str(folder(scheduler) / f"{name}.plist")], "")
        else:
            _must(do(["schtasks", "/Delete", "/F", "/TN", name], ""))
        for ending in (".service", ".timer", ".plist") if scheduler != "tasks" else ():
            (folder(scheduler) / f"{name}{ending}").unlink(missing_ok=True)
    if names and scheduler == "systemd":
        do(["systemctl", "--user", "daemon-reload"], "")
    return names


def shown(workbook: Path, scheduler: str, do: Run = run) -> list[str]:
    """The names of this workbook's jobs."""
    end = f"-{mark(workbook)}"
    if scheduler == "cron":
        lines = [line for line in _crontab(do).splitlines() if _is_ours(line, workbook)]
        return list(dict.fromkeys(line.rpartition("# ")[2] for line in lines))
    if scheduler == "tasks":
        told = do(["schtasks", "/Query", "/FO", "CSV", "/NH"], "").stdout
        return [name for line in told.splitlines() if (name := line.split(",")[0].strip('"\\ ')).endswith(end)]
    ending = ".timer" if scheduler == "systemd" else ".plist"
    return sorted(one.stem for one in folder(scheduler).glob(f"ib-trackers-*{end}{ending}"))


def times(workbook: Path, scheduler: str, do: Run = run) -> dict[str, str]:
    """This workbook's jobs, each with the time of day at which it runs; "" where only the scheduler knows it."""
    names = shown(workbook, scheduler, do)
    if scheduler == "cron":
        lines = [line for line in _crontab(do).splitlines() if _is_ours(line, workbook) and line[0] != "@"]
        told = {line.rpartition("# ")[2]: line.split()[:2] for line in lines}
        return {name: "{1:0>2}:{0:0>2}".format(*told[name]) if name in told else "" for name in names}
    return {name: _time(folder(scheduler) / name, scheduler) for name in names}


def _time(path: Path, scheduler: str) -> str:
    if scheduler == "systemd":
        found = re.search(r"^OnCalendar=\S+ (\d\d:\d\d)", path.with_name(f"{path.name}.timer").read_text("utf-8"), re.M)
        return found[1] if found else ""
    if scheduler == "launchd":
        when = plistlib.loads(path.with_name(f"{path.name}.plist").read_bytes()).get("StartCalendarInterval", {})
        return f"{when['Hour']:02}:{when['Minute']:02}" if when else ""
    return ""


def folder(scheduler: str) -> Path:
    """Where a person's own jobs lie."""
    if scheduler == "launchd":
        return Path.home() / "Library" / "LaunchAgents"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _is_ours(line: str, workbook: Path) -> bool:
    name = line.rstrip().rpartition("# ")[2]
    return name.startswith("ib-trackers-") and name.endswith(f"-{mark(workbook)}")


def _crontab(do: Run) -> str:
    if do is run and not shutil.which("crontab"):
        raise Problem("There is no cron here.", next="Choose another with --with.")
    told = do(["crontab", "-l"], "")
    if told.returncode and "no crontab" not in told.stderr:
        raise Problem(f"The crontab cannot be read ({told.stderr.strip()}).", next="Choose another with --with.")
    text = told.stdout if not told.returncode else ""
    return text if not text or text.endswith("\n") else text + "\n"


def _write_crontab(text: str, do: Run) -> None:
    _must(do(["crontab", "-"], text))


def _must(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        why = (done.stderr or done.stdout).strip()
        raise Problem(f"The scheduler refused the job ({why}).", next="ib-trackers schedule show has its text.")

"""launchd: a property list in ~/Library/LaunchAgents. A time missed in sleep is run on waking (launchd.plist(5));
RunAtLoad with `--catch-up` makes up for a Mac that was switched off."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from addin.errors import file_problem
from addin.schedule.jobs import Job, mark
from addin.schedule.schedulers import CATCH_UP, Do, must


def texts(job: Job) -> dict[str, str]:
    """The property list."""
    more = [] if job.every else [CATCH_UP]
    words = "\n".join(f"    <string>{escape(word)}</string>" for word in job.command(*more))
    daily = f"<dict><key>Hour</key><integer>{job.hour}</integer><key>Minute</key><integer>{job.minute}</integer></dict>"
    often = f"<key>StartInterval</key><integer>{job.every * 60}</integer>"
    when = often if job.every else f"<key>StartCalendarInterval</key>\n  {daily}"
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>{job.name}</string>
  <key>ProgramArguments</key>
  <array>
{words}
  </array>
  {when}
  <key>RunAtLoad</key><true/>
  <key>Umask</key><integer>63</integer>
</dict>
</plist>
"""
    return {f"{job.name}.plist": text}


def put(jobs: Sequence[Job], do: Do) -> None:
    """Write the property lists and load them."""
    folder().mkdir(parents=True, exist_ok=True)
    for job in jobs:
        for name, text in texts(job).items():
            (folder() / name).write_text(text, encoding="utf-8")
            must(do(["launchctl", "load", "-w", str(folder() / name)], ""))


def take(workbook: Path, do: Do) -> list[str]:
    """Unload and remove this workbook's property lists."""
    names = list(times(workbook, do))
    for name in names:
        do(["launchctl", "unload", "-w", str(folder() / f"{name}.plist")], "")
        (folder() / f"{name}.plist").unlink(missing_ok=True)
    return names


def times(workbook: Path, do: Do) -> dict[str, str]:
    """This workbook's jobs, each with the time of day in its property list."""
    found = {}
    for path in sorted(folder().glob(f"ib-trackers-*-{mark(workbook)}.plist")):
        try:
            found[path.stem] = _time(plistlib.loads(path.read_bytes()))
        except OSError as error:
            raise file_problem(error, path, doing="read") from None
        except (ValueError, ExpatError, LookupError, TypeError, AttributeError, RecursionError):
            found[path.stem] = ""  # a damaged list is one of this workbook's, at no known time; install replaces it
    return found


def _time(entries: dict[str, Any]) -> str:
    when = entries.get("StartCalendarInterval", {})
    often = f"every {entries['StartInterval'] // 60} minutes" if "StartInterval" in entries else ""
    return f"{when['Hour']:02}:{when['Minute']:02}" if when else often


def folder() -> Path:
    """Where a person's own agents are."""
    return Path.home() / "Library" / "LaunchAgents"

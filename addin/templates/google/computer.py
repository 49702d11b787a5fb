"""Where this computer is: its locale and time zone, for spreadsheets that are made on it."""

from __future__ import annotations

import locale
import os
import re
from pathlib import Path

ZONE_FILE = Path("/etc/localtime")


def computer_locale() -> str:
    """The locale of the person's account, such as `es_ES`; empty where none is set."""
    try:
        found = locale.getlocale()[0] or ""
    except ValueError:
        found = ""
    name = found or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    match = re.match(r"[a-z]{2}_[A-Z]{2}", name)
    return match[0] if match else ""


def computer_zone() -> str:
    """The name of the computer's time zone, such as `Europe/Madrid`; empty where only its offset is known."""
    if "/" in os.environ.get("TZ", ""):
        return os.environ["TZ"].lstrip(":")
    try:
        target = str(ZONE_FILE.resolve())
    except OSError:
        return ""
    _, found, name = target.partition("zoneinfo/")
    return name if found and "/" in name else ""

"""Copies that a cloud folder makes beside a workbook when two computers have changed it."""

from __future__ import annotations

import re
from pathlib import Path

from addin.core.language import phrase

COPIES = (
    r"[-_ ](DESKTOP|LAPTOP|WIN)-\w+",  # OneDrive adds the computer's name; Windows calls them so
    r"[-_ ]{host}",
    r"[-_ ][\w -]*(MacBook|iMac|Mac-mini)[\w-]*",
    r".*\(.*(conflicted copy|conflicting copy|case conflict|conflict).*\)",  # Dropbox, Nextcloud, Box, Google Drive
    r".*\[conflict(ed)?.*\]",
    r"\.sync-conflict-\d{8}-\d{6}.*",  # Syncthing
    r".*_conf\(.*\)",
)
"""What follows the name in a copy that a cloud folder made of two people's changes (general knowledge, 2026-11)."""


def conflict_copies(path: Path) -> list[str]:
    """The names of what a cloud folder made beside this workbook, when two computers had changed it."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    alike = [one for one in beside if one != path and one.name.casefold().startswith(path.stem.casefold())]
    if not alike:
        return []
    import socket  # costly to load, and needed here alone

    host = re.escape(socket.gethostname().partition(".")[0])
    endings = "|".join(COPIES).replace("{host}", host)
    copy = re.compile(rf"{re.escape(path.stem)}({endings}){re.escape(path.suffix)}", re.IGNORECASE)
    return sorted(one.name for one in alike if copy.fullmatch(one.name))


def copy_remarks(copies: list[str]) -> list[str]:
    """What to do about them, in a sentence each."""
    return [
        phrase(
            "{name} beside the workbook looks like a copy that your cloud folder made when two "
            "computers had changed it. Take over what the workbook lacks, then move it away.",
            name=name,
        )
        for name in copies
    ]

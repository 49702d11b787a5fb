"""The Apps Script of the shared sheets as one file, to be pasted once."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "script"
FILES = ("Code.gs", "Checks.gs")


def script_text() -> str:
    """The files one after the other: Apps Script puts all files of a project into one scope anyway."""
    return "\n\n".join((FOLDER / name).read_text(encoding="utf-8").strip() for name in FILES) + "\n"

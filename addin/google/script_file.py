"""The Apps Script of the shared sheets as one file, to be pasted once."""

from __future__ import annotations

from pathlib import Path

from addin.core.regex import regex

FOLDER = Path(__file__).parent / "script"
FILES = ("Code.gs", "Checks.gs")
WORDS = "const WORDS = {};"
"""Where the words of other languages go."""
_SAID = regex(r"\bsay\('([^']+)'")


def script_text() -> str:
    """The files one after the other: Apps Script puts all files of a project into one scope anyway."""
    return "\n\n".join((FOLDER / name).read_text(encoding="utf-8").strip() for name in FILES) + "\n"


def sentences() -> list[str]:
    """What the script says to people, each once."""
    return list(dict.fromkeys(_SAID.findall((FOLDER / FILES[0]).read_text(encoding="utf-8"))))

"""The settings file of the macros, `excel.conf`: which Python to start. One `key=value` a line.

Written for VBA: its Line Input ends a line at CR or CRLF only, and on Windows it reads the system's code page
(learn.microsoft.com, "Line Input # statement", read 2026-11).
"""

import os
from collections.abc import Callable
from pathlib import PureWindowsPath

from addin.core.language import phrase
from addin.errors import SettingsProblem
from addin.excel.paths import Platform

Exists = Callable[[str], bool]


def interpreter(executable: str, platform: Platform, exists: Exists = os.path.exists) -> str:
    """The Python that the macros start: on Windows the one beside it that opens no black window."""
    if platform != "windows":
        return executable
    windowless = str(PureWindowsPath(executable).with_name("pythonw.exe"))
    return windowless if exists(windowless) else executable


def settings_bytes(python: str, platform: Platform) -> bytes:
    """The file's content; SettingsProblem where VBA could not read the path."""
    text = f"python={python}\r\n"
    try:
        return text.encode(_encoding(platform))
    except UnicodeEncodeError:
        raise SettingsProblem(
            phrase(
                "Excel's macros cannot read the path {python}: it has characters outside the system's code page.",
                python=python,
            ),
            next=phrase(
                "Install it in a folder with plain letters, or work without macros: ib-trackers validate excel:"
            ),
        ) from None


def read_python(content: bytes, platform: Platform) -> str:
    """The interpreter that the file names; SettingsProblem in one sentence where VBA would not find it."""
    if b"\n" in content.replace(b"\r\n", b""):
        raise SettingsProblem(
            phrase("Its lines do not end as VBA needs them (CRLF)."), next=phrase("Run: ib-trackers excel install")
        )
    rows = content.decode(_encoding(platform), errors="replace").split("\r\n")
    named = [row.removeprefix("python=") for row in rows if row.startswith("python=")]
    if not named or not named[-1]:
        raise SettingsProblem(phrase("It names no Python."), next=phrase("Run: ib-trackers excel install"))
    return named[-1]


def _encoding(platform: Platform) -> str:
    if platform == "windows":
        return "mbcs" if os.name == "nt" else "cp1252"  # the stand-in only where Windows' own is not at hand: in tests
    return "utf-8"

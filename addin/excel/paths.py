"""Where things are on a person's computer, for Windows, macOS and Linux, worked out without looking at a disk.

The macro works out the first two by itself (vba/IBBridge.bas), so both must say the same; a test holds them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Literal

from addin.core.names import STATE_FOLDER

Platform = Literal["windows", "macos", "linux"]

ADDIN_NAME = "IB Trackers.xlam"
PIPE_VARIABLE = "IB_TRACKERS_LO_PIPE"
SETTINGS_VARIABLE = "IB_TRACKERS_CONF"
DEFAULT_PIPE = "ib-trackers"
"""Where LibreOffice listens unless told otherwise; addin/libreoffice says the same, and a test holds them together."""

# Excel for Mac runs in a sandbox whose HOME is this folder; a file there needs no permission.
MAC_SANDBOX = "Library/Containers/com.microsoft.Excel/Data"
# The one folder from which AppleScriptTask runs scripts (learn.microsoft.com, AppleScriptTask, read 2026-11).
MAC_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"
# Excel opens what is in its start-up folder; ".localized" is why the Finder shows other names.
MAC_STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"


@dataclass(frozen=True)
class Places:
    """The files that the installer writes; None where the platform has no such thing."""

    settings: PurePath
    addin: PurePath | None = None
    script: PurePath | None = None


def platform_name(system: str) -> Platform:
    """Our word for a value of sys.platform."""
    if system.startswith(("win", "cygwin")):
        return "windows"
    return "macos" if system == "darwin" else "linux"


def places(platform: Platform, env: Mapping[str, str], home: str) -> Places:
    """Where this person's files belong."""
    if platform == "windows":
        profile = PureWindowsPath(env.get("USERPROFILE") or home)
        roaming = PureWindowsPath(env.get("APPDATA") or profile / "AppData" / "Roaming")
        startup = roaming / "Microsoft" / "Excel" / "XLSTART"
        return Places(profile / STATE_FOLDER / "excel.conf", addin=startup / ADDIN_NAME)
    folder = PurePosixPath(home)
    if platform == "macos":
        return Places(
            folder / MAC_SANDBOX / "ib-trackers.conf",
            addin=folder / MAC_STARTUP / ADDIN_NAME,
            script=folder / MAC_SCRIPTS / "ib-trackers.applescript",
        )
    return Places(PurePosixPath(env.get(SETTINGS_VARIABLE) or folder / STATE_FOLDER / "excel.conf"))

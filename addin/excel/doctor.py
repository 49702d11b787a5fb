"""Look a machine over: each check is one line with its remedy. What works here works when a button is pressed.

The one thing that no check outside Excel can see is whether Excel may start programs at all; the last line says so.
"""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from addin import __version__
from addin.errors import Problem
from addin.excel.install import here, plan
from addin.excel.paths import Platform, places
from addin.excel.settings_file import interpreter, read_python

RUN_INSTALL = "Run: ib-trackers excel install"
PING_LIMIT = 60.0
DRIVERS = {"windows": ("xlwings", "win32com"), "macos": ("xlwings", "appscript", "psutil"), "linux": ("xlwings",)}
MAC_EXCEL = "/Applications/Microsoft Excel.app"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `remedy` is empty where there is nothing to do."""

    ok: bool
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{'ok ' if self.ok else '-- '} {self.what}" + (f"  {self.remedy}" if self.remedy else "")


def checks() -> list[Check]:
    """Everything that can be checked on this computer."""
    return look_over(*here())


def look_over(platform: Platform, env: Mapping[str, str], home: str) -> list[Check]:
    """The checks for this platform and person."""
    where = places(platform, env, home)
    settings, python = check_settings(Path(where.settings), platform)
    found = [check_excel(platform), settings]
    found += [check_interpreter(python)] if python else []
    found.append(check_start(python or interpreter(sys.executable, platform)))
    found += [check_driver(name) for name in DRIVERS[platform]]
    found.append(check_compiled())
    found += check_files(platform, env, home)
    if platform != "linux":
        found.append(check_conversation())
    return found


def check_excel(platform: Platform) -> Check:
    """Whether there is an Excel on this computer at all."""
    if platform == "linux":
        office = shutil.which("soffice")
        remedy = (
            "The buttons work in LibreOffice here."
            if office
            else "Workbooks can be checked closed: ib-trackers validate BOOK."
        )
        return Check(False, "Excel is not on this computer: it runs on Windows and macOS.", remedy)
    there = Path(MAC_EXCEL).exists() if platform == "macos" else _registered_on_windows()
    if there:
        return Check(True, "Excel is installed.")
    return Check(
        False, "Excel was not found on this computer.", "Workbooks can be checked closed: ib-trackers validate BOOK."
    )


def check_settings(file: Path, platform: Platform) -> tuple[Check, str]:
    """The settings file of the macros, read as VBA reads it; and the Python it names."""
    try:
        python = read_python(file.read_bytes(), platform)
    except OSError:
        return Check(False, f"{file} is not there: the buttons do not know which Python to start.", RUN_INSTALL), ""
    except Problem as problem:
        return Check(False, f"{file}: {problem.what}", problem.next), ""
    return Check(True, f"{file} names {python}"), python


def check_interpreter(python: str) -> Check:
    """The Python that the buttons start is there, and it is the one of this installation."""
    if not Path(python).exists():
        return Check(False, f"{python} is gone.", RUN_INSTALL)
    if Path(python).parent != Path(sys.executable).parent:
        return Check(False, f"The buttons start another Python than this one ({sys.executable}).", RUN_INSTALL)
    return Check(True, "The buttons start the Python of this installation.")


def check_start(python: str) -> Check:
    """Start Python with the macro's own command line, from another folder, and read the answer as the macro does."""
    with tempfile.TemporaryDirectory(prefix="ib trackers ") as folder:
        answer = Path(folder) / "answer-doctor.txt"
        try:
            run = subprocess.run(launch_line(python, "ping", "", str(answer)), cwd=folder, timeout=PING_LIMIT)
        except (OSError, subprocess.TimeoutExpired) as error:
            return Check(False, f"Python did not start ({type(error).__name__}).", RUN_INSTALL)
        if not answer.exists():
            return Check(False, f"Python stopped without an answer (exit code {run.returncode}).", RUN_INSTALL)
        code, _, text = answer.read_text(encoding="ascii", errors="replace").partition("\n")
    text = text.strip()
    if code != "0":
        return Check(False, f"Started as a button starts it, Python says: {text}")
    if f"IB Trackers {__version__}," not in text:
        return Check(False, f"The buttons start another version: {text}; this is {__version__}.", RUN_INSTALL)
    return Check(True, f"Started as a button starts it: {text}")


def launch_line(python: str, action: str, book: str, answer: str) -> list[str]:
    """The command of the macros (IBCommand in vba/IBBridge.bas), as a list."""
    return [python, "-P", "-m", "addin.excel.entry", action, f"--wb={book}", f"--log={answer}"]


def check_driver(name: str) -> Check:
    """A package that talks to the spreadsheet program is installed."""
    if importlib.util.find_spec(name) is None:
        return Check(False, f"The package {name} is missing.", "Run: pip install 'ib-trackers[excel]'")
    return Check(True, f"The package {name} is installed.")


def check_compiled() -> Check:
    """Compiled files are there, or every press of a button compiles again."""
    slow = [name for name in ("addin", "xlwings") if not _has_compiled(name)]
    if slow:
        return Check(False, f"{' and '.join(slow)} not compiled: buttons start slowly.", RUN_INSTALL)
    return Check(True, "Python's files are compiled.")


def check_files(platform: Platform, env: Mapping[str, str], home: str) -> list[Check]:
    """What the installer writes beside the settings: the add-in, on macOS the script."""
    try:
        items = plan(platform, env, home, sys.executable)[1:]
    except Problem as problem:
        return [Check(False, problem.what, problem.next)]
    return [check_installed(item.path, item.content, item.what) for item in items]


def check_installed(path: PurePath, content: bytes, what: str) -> Check:
    """A file of the installer is in place and is the one of this version."""
    try:
        there = Path(path).read_bytes()
    except OSError:
        remedy = f"{RUN_INSTALL}. Gone again? A virus scanner took it; ib-trackers validate excel: needs no add-in."
        return Check(False, f"{path} is not there ({what}).", remedy)
    if there != content:
        return Check(False, f"{path} is from another version ({what}).", RUN_INSTALL)
    return Check(True, f"{path} ({what})")


def check_conversation() -> Check:
    """Python can talk to a running Excel; on macOS this is what makes the system ask for permission."""
    from addin.backends.excel.lean_xlwings import lean_xlwings
    from addin.excel.reasons import reason

    try:
        books = [len(app.books) for app in lean_xlwings().apps]
    except Exception as error:
        return Check(False, reason(error) or f"Python could not talk to Excel ({type(error).__name__}).")
    if not books:
        return Check(False, "Excel is not running, so talking to it was not tried.", "Open Excel and run this again.")
    inside = "Whether Excel may start programs shows only inside it: press Help on the tab IB Trackers."
    return Check(True, f"Python talks to Excel: {sum(books)} open workbooks.", inside)


def _has_compiled(package: str) -> bool:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return False
    return Path(importlib.util.cache_from_source(spec.origin)).exists()


def _registered_on_windows() -> bool:
    """Windows keeps where Excel is under "App Paths"."""
    if sys.platform != "win32":
        return False
    import winreg

    key = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
    for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        try:
            winreg.CloseKey(winreg.OpenKey(root, key))
        except OSError:
            continue
        return True
    return False

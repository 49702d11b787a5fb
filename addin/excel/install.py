"""Set Excel up for one person: which Python the macros start, the ribbon add-in, on macOS the script that starts it.

Everything goes into the person's own folders; no administrator is needed. What would be written where is worked out
first (`plan`), then written, so that both platforms can be looked at anywhere.
"""

import compileall
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path, PurePath

from addin.core.language import phrase
from addin.errors import Problem
from addin.excel.paths import DEFAULT_PIPE, Platform, places, platform_name
from addin.excel.settings_file import interpreter, settings_bytes
from addin.templates.macros.addin_file import addin_bytes
from addin.workspace.interpreter import lasting

# Without compiled files a button takes 0.36 s longer, with pandas beside it 1.7 s (measured with xlwings 0.37.8).
COMPILED = ("addin", "xlwings", "win32com", "appscript", "aem", "psutil", "gspread", "google", "openpyxl", "xlsxwriter")


@dataclass(frozen=True)
class Item:
    """A file that the installer writes: where, what, and what it is to a person."""

    path: PurePath
    content: bytes
    what: str


def plan(platform: Platform, env: Mapping[str, str], home: str, python: str) -> list[Item]:
    """What an installation writes."""
    where = places(platform, env, home)
    settings = settings_bytes(interpreter(python, platform), platform)
    items = [Item(where.settings, settings, "the Python that the buttons start")]
    if where.addin is not None:
        items.append(Item(where.addin, addin_bytes(), "the ribbon tab IB Trackers"))
    if where.script is not None:
        script = (files("addin.excel") / "ib-trackers.applescript").read_bytes()
        items.append(Item(where.script, script, "the script that starts Python for Excel"))
    return items


def install(platform: Platform, env: Mapping[str, str], home: str, python: str = sys.executable) -> list[str]:
    """Write everything; one line for each thing that was done. Raises Problem."""
    done = [f"wrote {_write(item)}  ({item.what})" for item in plan(platform, env, home, lasting(python))]
    done.append(f"compiled {', '.join(compiled())}  (buttons start faster)")
    done.append(_what_next(platform))
    return done


def uninstall(platform: Platform, env: Mapping[str, str], home: str) -> list[str]:
    """Take away what `install` wrote; one line for each file."""
    where = places(platform, env, home)
    done = []
    for path in (where.settings, where.addin, where.script):
        if path is None:
            continue
        file = Path(path)
        there = file.exists()
        with _excel_may_hold(file):
            file.unlink(missing_ok=True)
        done.append(f"removed {file}" if there else f"was not there: {file}")
    return done


def compiled() -> list[str]:
    """Compile the packages that a button imports, as far as they are installed and it was not done before."""
    names = []
    for name in COMPILED:
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            compileall.compile_dir(folder, quiet=2)
            names.append(name)
    return list(dict.fromkeys(names))


def _write(item: Item) -> Path:
    file = Path(item.path)
    half_done = file.with_name(file.name + ".part")
    with _excel_may_hold(file):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half_done.write_bytes(item.content)
        half_done.replace(file)
    return file


@contextmanager
def _excel_may_hold(file: Path) -> Iterator[None]:
    """Say it in a sentence when a file cannot be changed because Excel has it open, or a rule forbids it."""
    try:
        yield
    except OSError as error:
        raise Problem(
            phrase("The file could not be changed ({strerror}).", strerror=error.strerror or error),
            where=str(file),
            next=phrase("Close Excel and run the command again."),
        ) from error


def _what_next(platform: Platform) -> str:
    if platform == "linux":
        from addin.libreoffice.office import accept_option

        how = f'soffice "{accept_option(DEFAULT_PIPE)}"'
        return f"Excel does not run on Linux. For the buttons in LibreOffice start it as: {how}"
    if platform == "macos":
        return "Quit Excel and open it again. At the first button macOS asks whether Excel may be controlled: allow it."
    return "Close Excel and open it again: the tab IB Trackers is there. If it is not: ib-trackers excel doctor"


def here() -> tuple[Platform, Mapping[str, str], str]:
    """This computer, as `install`, `uninstall` and `doctor` want it."""
    return platform_name(sys.platform), os.environ, str(Path.home())

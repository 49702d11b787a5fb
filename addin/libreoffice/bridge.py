"""LibreOffice's own Python bridge (UNO): found, loaded, and spoken to in a few words.

python3-uno belongs to the system's Python. From a virtual environment `uno.py` is loaded by its path, so that
nothing else of the system's packages comes along.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from addin.errors import ServiceProblem

UNO_FOLDERS = (
    "/usr/lib/python3/dist-packages",  # Debian, Ubuntu
    "/usr/lib64/python3.11/site-packages",  # Fedora
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
)


def load_uno() -> ModuleType:
    """The module `uno`; one plain sentence where this machine has none that fits this Python."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    plain_import = builtins.__import__
    try:
        return _found_uno()
    except ImportError as problem:
        sys.modules.pop("uno", None)
        raise ServiceProblem(
            "LibreOffice's Python bridge cannot be loaded here.",
            next=f"Install libreoffice-calc and python3-uno, and run this with the system's Python ({problem}).",
        ) from problem
    finally:
        builtins.__import__ = plain_import  # uno.py puts its own there; nothing here says `from com.sun.star import`


def _found_uno() -> ModuleType:
    try:
        return importlib.import_module("uno")
    except ImportError:
        file = next((file for folder in UNO_FOLDERS if (file := Path(folder, "uno.py")).exists()), None)
        if file is None:
            raise
    spec = importlib.util.spec_from_file_location("uno", file)
    assert spec is not None and spec.loader is not None, "a file that exists has a loader"
    module = sys.modules["uno"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def struct(kind: str, **fields: Any) -> Any:
    """A new UNO struct of this kind, such as `com.sun.star.awt.Point`."""
    made = load_uno().createUnoStruct(kind)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def enum(kind: str, value: str) -> Any:
    """One value of a UNO enumeration."""
    return load_uno().Enum(kind, value)


def properties(**named: Any) -> tuple[Any, ...]:
    """The arguments of a UNO call that takes named values."""
    return tuple(struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in named.items())


def address_of(path: str | Path) -> str:
    """The file address that LibreOffice wants for a path."""
    return str(load_uno().systemPathToFileUrl(str(Path(path).absolute())))


def path_of(address: str) -> str:
    """The path behind a file address."""
    return str(load_uno().fileUrlToSystemPath(address))

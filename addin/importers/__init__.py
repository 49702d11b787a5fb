"""One source, one file: a module here has SUFFIXES and `read(path) -> list[Grid]`; a grid is what one sheet holds."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from addin.core.book import Grid
from addin.errors import Problem

SOURCES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__"))


def read(path: Path) -> list[Grid]:
    """The sheets of a source, by the end of its name. Raises Problem."""
    if path.is_dir():
        raise Problem("is a folder.", where=str(path), next="Name one file in it.")
    if not path.exists():
        raise Problem("there is no such file.", where=str(path), next="Check the name and the folder.")
    known: list[str] = []
    for name in SOURCES:
        module = import_module(f"addin.importers.{name}")
        known += module.SUFFIXES
        if path.suffix.lower() in module.SUFFIXES:
            reader: Callable[[Path], list[Grid]] = module.read
            return reader(path)
    raise Problem("cannot be imported.", where=str(path), next=f"Save it as one of: {', '.join(known)}.")

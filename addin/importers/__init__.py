"""One source, one file: a module here has SUFFIXES and `read(path)`, which gives a Grid or a Source for each sheet."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from addin.core.book import Grid
from addin.core.language import phrase
from addin.core.recognition.source import Source
from addin.errors import Problem

SOURCES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__"))


def read(path: Path, *, encoding: str = "") -> list[Source]:
    """The sheets of a source, by the end of its name; `encoding` is for text files. Raises Problem."""
    if path.is_dir():
        raise Problem(phrase("is a folder."), where=str(path), next=phrase("Name one file in it."))
    if not path.exists():
        raise Problem(phrase("there is no such file."), where=str(path), next=phrase("Check the name and the folder."))
    if not path.is_file():  # a pipe would be waited for, a device has no end
        raise Problem(phrase("is not a file."), where=str(path), next=phrase("Name a file."))
    module = _reader(path)
    if encoding and not getattr(module, "ENCODED", False):
        raise Problem(phrase("says its own encoding."), where=str(path), next=phrase("Leave --encoding out."))
    found: list[Grid | Source] = module.read(path, encoding) if encoding else module.read(path)
    return [one if isinstance(one, Source) else Source(one) for one in found]


def endings() -> frozenset[str]:
    """How the names of files end that can be read, such as `.csv`."""
    modules = (import_module(f"addin.importers.{name}") for name in SOURCES)
    return frozenset(ending for module in modules for ending in module.SUFFIXES if ending != ".json")


def _reader(path: Path) -> ModuleType:
    known: list[str] = []
    for name in SOURCES:
        module = import_module(f"addin.importers.{name}")
        if path.suffix.lower() in module.SUFFIXES:
            return module
        known += module.SUFFIXES
    raise Problem(
        phrase("cannot be imported."),
        where=str(path),
        next=phrase("Save it as one of: {known}.", known=", ".join(known)),
    )

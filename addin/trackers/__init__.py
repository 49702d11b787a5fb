"""What a tracker is, and the trackers there are: one TOML file each, read here; `model.py` has the parts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from addin.errors import TrackerProblem
from addin.records import record
from addin.trackers.model import (
    ID_HEADER,
    LEVELS,
    MEASURES,
    TYPES,
    WORDS,
    Column,
    Conditions,
    Example,
    Measure,
    Rule,
    Setting,
    Tracker,
    View,
)  # fmt: skip
from addin.trackers.parse import check_references, parse

__all__ = [
    "ID_HEADER", "LEVELS", "MEASURES", "TEMPLATES", "TYPES", "WORDS", "Column", "Conditions", "Example", "Measure",
    "Rule", "Setting", "Tracker", "View", "load", "load_all", "parse",
]  # fmt: skip

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "sheets_templates"


@record
class Head:
    """The first lines of a tracker's file: enough to know which sheet it is, without reading the rest."""

    path: Path
    title: str
    sheet: str
    aliases: tuple[str, ...]
    programmes: tuple[str, ...]
    starter: bool
    order: int


def heads(*folders: Path) -> dict[str, Head]:
    """The heads of every tracker that comes with the product and of those in `folders` (a school's own), in order.

    A school's tracker of the same name takes the place of the built-in one. Raises TrackerProblem.
    """
    found: dict[str, Head] = {}
    for folder in (TEMPLATES, *folders):
        for path in sorted(folder.glob("*.toml")):
            if path.name != "ib-trackers.toml":
                found[path.stem] = _head(path)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def _head(path: Path) -> Head:
    text = _text(path)
    end = text.find("\n[")
    top = text if end < 0 else text[:end]
    told = _parsed(top, path)
    aliases, programmes = (tuple(map(str, told.get(word, ()))) for word in ("aliases", "programmes"))
    title, sheet = str(told.get("title", "")), str(told.get("sheet", ""))
    starter = bool(told.get("starter", False))
    return Head(path, title, sheet, aliases, programmes, starter, int(told.get("order", 100)))


def load_all(*folders: Path) -> dict[str, Tracker]:
    """Every tracker that comes with the product, then those in `folders`, by name and in order.

    Raises TrackerProblem.
    """
    known = heads(*folders)
    return load_named(known, known)


def load_named(names: Iterable[str], known: Mapping[str, Head]) -> dict[str, Tracker]:
    """These trackers and all that they refer to, in order. Raises TrackerProblem."""
    found: dict[str, Tracker] = {}
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in known and name not in found:
            found[name] = load(known[name].path)
            todo += referred(found[name])
    trackers = {name: found[name] for name in known if name in found}
    for tracker in trackers.values():
        check_references(tracker, trackers, known)
    return trackers


def referred(tracker: Tracker) -> set[str]:
    """The other trackers that a tracker's columns, rules and views speak of."""
    references = [str(column.words.get("exists_in", "")) for column in tracker.columns.values()]
    references += [column.look_up for column in tracker.columns.values()]
    references += [rule.over for rule in tracker.rules] + [view.per for view in tracker.views]
    return {reference.partition(".")[0] for reference in references if reference} - {tracker.name, "lists"}


def load(path: Path) -> Tracker:
    """The tracker that one TOML file declares. Raises TrackerProblem: the file, the place, what would be right."""
    return parse(_parsed(_text(path), path), name=path.stem, source=str(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TrackerProblem(f"cannot be read: {error}.", where=str(path)) from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TrackerProblem(f"is not valid TOML: {error}.", where=str(path), next="Mend that line.") from None

"""What a tracker is, and the trackers there are: one TOML file each, read here; `model.py` has the parts."""

from __future__ import annotations

import tomllib
from pathlib import Path

from addin.errors import TrackerProblem
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


def load_all(*folders: Path) -> dict[str, Tracker]:
    """Every tracker that comes with the product, then those in `folders` (a school's own), by name and in order.

    A school's tracker of the same name takes the place of the built-in one. Raises TrackerProblem.
    """
    found: dict[str, Tracker] = {}
    for folder in (TEMPLATES, *folders):
        for path in sorted(folder.glob("*.toml")):
            if path.name != "ib-trackers.toml":
                found[path.stem] = load(path)
    trackers = dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
    for tracker in trackers.values():
        check_references(tracker, trackers)
    return trackers


def load(path: Path) -> Tracker:
    """The tracker that one TOML file declares. Raises TrackerProblem: the file, the place, what would be right."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TrackerProblem(f"is not valid TOML: {error}.", where=str(path), next="Mend that line.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise TrackerProblem(f"cannot be read: {error}.", where=str(path)) from None
    return parse(data, name=path.stem, source=str(path))

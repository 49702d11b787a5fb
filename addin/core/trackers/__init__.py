"""What a tracker is: `model.py` has its parts, `parse.py` reads a declaration, `describe.py` puts it into words."""

from addin.core.trackers.model import (
    ID_HEADER,
    LEVELS,
    MEASURES,
    TYPES,
    Column,
    Conditions,
    Example,
    Measure,
    Pace,
    Rule,
    Setting,
    Tracker,
    View,
)
from addin.core.trackers.parse import parse

__all__ = [
    "ID_HEADER",
    "LEVELS",
    "MEASURES",
    "TYPES",
    "Column",
    "Conditions",
    "Example",
    "Measure",
    "Pace",
    "Rule",
    "Setting",
    "Tracker",
    "View",
    "parse",
]

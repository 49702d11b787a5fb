"""The names of columns in a sync: a tracker's column by its internal name, a person's own by its header, kept apart.

A person may call a column of theirs `reviewed`, which is also the internal name of a tracker's column "Last review".
So a column of a person's own is `own:` and its header; no internal name has a colon.
"""

from __future__ import annotations

from addin.core.trackers import Tracker

OWN = "own:"


def own_name(header: str) -> str:
    """The name under which a person's own column is synced and remembered."""
    return OWN + header


def header_of(name: str) -> str | None:
    """The header of a person's own column; None for a column of the tracker."""
    return name.removeprefix(OWN) if name.startswith(OWN) else None


def header(name: str, tracker: Tracker | None) -> str:
    """How a person calls this column."""
    own = header_of(name)
    if own is not None:
        return own
    return tracker.columns[name].header if tracker and name in tracker.columns else name

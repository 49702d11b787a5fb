"""The caller of inside.py: asks soffice to run it, and does without where soffice cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.libreoffice.bridge import address_of, struct

INSIDE = Path(__file__).with_name("inside.py")
NAME = (
    "ib-trackers.inside.1"  # as in inside.py; soffice keeps what it loaded until it ends, so a change needs a new one
)

Written = tuple[int, int, str]
"""A note: row and column, counted from 0, and its text."""


def load(context: Any) -> Any:
    """The object that works inside soffice. Raises what soffice raises where it cannot load it."""
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    factory = loader.activate(NAME, "", address_of(INSIDE), None)
    return factory.createInstanceWithContext(context)


def helper(context: Any) -> Any | None:
    """The object that works inside soffice; None where soffice has no Python, or may not read the add-in's folder."""
    try:
        return load(context)
    except Exception:  # what is raised where a service is missing has no Python class before it is raised
        return None


def read_notes(inside: Any, sheet: Any) -> list[Written]:
    """Every note of LibreOffice's sheet."""
    return list(_asked(inside, sheet=sheet))


def write_notes(inside: Any, document: Any, sheet: Any, notes: Sequence[Written]) -> None:
    """Write these notes; one that is there is replaced."""
    _asked(inside, document=document, sheet=sheet, notes=tuple(notes))


def _asked(inside: Any, **given: Any) -> Any:
    named = (struct("com.sun.star.beans.NamedValue", Name=name, Value=value) for name, value in given.items())
    return inside.execute(tuple(named))

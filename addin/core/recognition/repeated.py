"""A student who is on two lists: what both say is one row, and where they differ the second is listed."""

from __future__ import annotations

from addin.core.a1 import cell_name
from addin.core.language import phrase
from addin.core.recognition.reading import Made, Place
from addin.core.recognition.work import Work

ONE_EACH = ("registrations", "predicted")
"""Trackers in which a student has one row for a subject."""


def drop_repeated(work: Work) -> None:
    """Take out the rows that another row of the workbook has already said of the student and the subject."""
    first: dict[tuple[object, ...], Made] = {}
    kept: list[Made] = []
    for made in work.made:
        key = (made.tracker, made.person, *made.identity)
        known = first.setdefault(key, made) if made.tracker in ONE_EACH else made
        if known is made or known.origin[:2] == made.origin[:2]:
            kept.append(made)
        elif not _is_same(known, made):
            _list(work, made, known.origin)
    work.made = kept


def _is_same(one: Made, other: Made) -> bool:
    """Whether two rows say the same of the subject."""
    return one.values == other.values and one.extra == other.extra


def _list(work: Work, made: Made, known: Place) -> None:
    work.placed.discard(made.origin)
    where = f"{known[0]}!{cell_name(known[1], known[2])}"
    value = made.values.get("level") if made.tracker == "registrations" else made.values.get("predicted")
    work.list(
        *made.origin,
        value,
        phrase(
            "{subject}: {where} says something else of this student", subject=made.values.get("subject"), where=where
        ),
    )

"""The parts of a page, as plain values: what both writers, HTML and PDF, draw.

A page is a title, a few lines, and blocks one below the other: Tiles, Fields, Grid, Words and Signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from addin.core.language import SHORT_MONTHS

TONES = ("plain", "error", "warning", "info", "good")


@dataclass(frozen=True, slots=True)
class Pill:
    """A word that is told by its colour and its text."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a whole, 0 to 1, with its words beside it: the bar alone says nothing to a screen reader."""

    share: float
    text: str
    tone: str = "good"


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another page: a web address, or the name of a file beside this one."""

    text: str
    to: str


Item = str | int | float | Pill | Bar | Link
"""One cell of a grid; a number is aligned to the right."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that matters, large, with what it counts."""

    value: str
    label: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Tiles:
    """The few numbers that a person in a hurry reads."""

    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values, to be compared with a passport or a form."""

    title: str
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are the columns' shares of the line; `numbers` the columns that are aligned to the right."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Item]]
    widths: Sequence[float]
    numbers: frozenset[int] = frozenset()
    note: str = ""
    framed: bool = False
    """Frame every cell, with room to write in."""


@dataclass(frozen=True, slots=True)
class Words:
    """A heading and sentences."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Signatures:
    """What is signed for, and a line for each who signs."""

    title: str
    text: str
    who: Sequence[str]


Block = Tiles | Fields | Grid | Words | Signatures


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report. `foot` is at the end and on every printed page."""

    title: str
    lines: Sequence[str]
    blocks: Sequence[Block] = field(default_factory=list)
    foot: str = ""


def on(day: date) -> str:
    """A date that nobody reads two ways, kept on one line: `5 Nov 2026`."""
    return f"{day.day}\N{NO-BREAK SPACE}{SHORT_MONTHS[day.month - 1]}\N{NO-BREAK SPACE}{day.year}"

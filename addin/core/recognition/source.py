"""What an importer hands over: the cells of one sheet, and what had to be assumed to read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from addin.core.book import Grid


@dataclass(frozen=True, slots=True)
class Source:
    """One sheet from elsewhere.

    `reading` says how a text file was read ("UTF-8, separated by commas"); `assumed` is a sample line where that was
    not certain. `widths` is the number of cells of each row as written, empty for a workbook. `damaged` maps rows that
    cannot be read to the reason, `excluded` those that are not meant, such as teachers in a list of all users.
    `program` is the one that wrote the list, where it is known; `fills` are columns that it only fills where they are
    blank.
    """

    grid: Grid
    reading: str = ""
    assumed: str = ""
    widths: Sequence[int] = ()
    damaged: Mapping[int, str] = field(default_factory=dict)
    excluded: Mapping[int, str] = field(default_factory=dict)
    program: str = ""
    fills: Collection[str] = ()
    separator: str = ""
    """Between the cells of a text file."""

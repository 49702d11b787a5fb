"""What one sheet of a list amounts to for a tracker: changes, new rows, doubts, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from addin.core.book import Edits, Value
from addin.core.recognition.import_columns import Placed
from addin.core.recognition.source_rows import LeftOut


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the target that gets another value."""

    sheet: str
    cell: str
    header: str
    old: Value
    new: Value
    index: int
    """The row in the tracker's table."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row or a cell of the source that was not taken, and why."""

    sheet: str
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A cell that says the same in another writing: the stored one stays."""

    row: int
    header: str
    kept: str
    given: str
    how: str


@dataclass(slots=True)
class ImportPlan:
    """What one sheet of the source amounts to for one tracker."""

    tracker: str
    source: str
    reading: str = ""
    """How a text file was read: its encoding and delimiter."""
    assumed: str = ""
    """A sample line, where the encoding was not certain."""
    program: str = ""
    """The program that wrote the list, where it is known."""
    rows: int = 0
    placed: Sequence[Placed] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Header -> the value that all new rows get, as the source has no such column."""
    changes: list[Change] = field(default_factory=list)
    changed_rows: int = 0
    unchanged: int = 0
    blanks: list[Change] = field(default_factory=list)
    """Filled cells of the target that are blank in the source: they stay."""
    sessions: Collection[str] = ()
    """The exam sessions that the list is about."""
    matched: set[int] = field(default_factory=set)
    """Indexes of the target's rows that the source is about."""
    added: list[str] = field(default_factory=list)
    """The key of each new row, in words."""
    called: list[str] = field(default_factory=list)
    """What the new rows are called: with the name where they are about a person."""
    doubts: list[Doubt] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unread: list[Doubt] = field(default_factory=list)
    """Cells that are entered as they stand, though they cannot be read as what their column holds."""
    left_out: Sequence[LeftOut] = ()
    """Rows of the source that are none of the list."""
    edits: Edits = field(default_factory=Edits)

    @property
    def nowhere(self) -> list[str]:
        """Headers of the source for which the target has no column."""
        return [one.header for one in self.placed if not one.column]

    @property
    def to_look_at(self) -> int:
        """How many rows or cells a person has to look at."""
        return len(self.doubts) + sum(one.look for one in self.left_out)

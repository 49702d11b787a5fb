"""A Reading: what a workbook holds, as plain data, before anything is written.

Each sheet is adopted in place (one row each under proper headers), turned into rows of trackers, or left alone with the
reason. Every filled cell of a sheet that is turned into rows is accounted for: placed in a row, heading or total, or
listed with what is unclear about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Value
from addin.core.recognition.people import People
from addin.core.recognition.recognise import NotUnderstood, Understood
from addin.core.records import field, record

Place = tuple[str, int, int]
"""(sheet, row, column) of a cell."""


@record
class Made:
    """A row for a tracker's sheet, with the cell it comes from."""

    tracker: str
    values: dict[str, Value]
    origin: Place
    extra: dict[str, Value] = field(default_factory=dict)
    """Columns of the person's own: header -> value."""
    person: int = -1
    """The number of the student it belongs to; the code is filled in last."""
    identity: tuple[str, ...] = ()
    """What makes it the same row when the workbook is read again."""


@record
class Listed:
    """A cell that was not understood, or only in part, and what a person can do."""

    sheet: str
    row: int
    column: int
    text: str
    why: str
    placed: bool = False
    """True where the text is kept in the new row all the same."""


@record
class Question:
    """What the sheets do not say. `options` are (answer, words); the first is taken where nobody answers and
    `certain` is set: else an answer is needed."""

    name: str
    text: str
    options: Sequence[tuple[str, str]]
    default: str = ""
    flag: str = ""


@record
class SheetReading:
    """What one sheet is. `way` is place, rows, joined or left."""

    sheet: str
    way: str
    what: str = ""
    rows: int = 0
    made: dict[str, int] = field(default_factory=dict)
    """tracker -> rows that come from this sheet."""
    alone: list[str] = field(default_factory=list)
    """Headers that are left alone."""
    kept: list[str] = field(default_factory=list)
    """Headers that go along as columns of the person's own."""
    read: int = 0
    placed: int = 0
    headings: int = 0
    left: int = 0
    """Cells of columns that are left alone as a whole."""
    remarks: list[str] = field(default_factory=list)
    understood: Understood | None = None
    why: str = ""


@record
class Reading:
    """A workbook read: its sheets, the rows to be made, what is unclear and what is asked."""

    sheets: list[SheetReading]
    made: list[Made]
    listed: list[Listed]
    questions: list[Question]
    people: People
    hidden: list[str] = field(default_factory=list)
    behind: Mapping[str, int] = field(default_factory=dict)
    """Class -> how many years it is behind the oldest, where the exam session was asked of these."""

    @property
    def understood(self) -> list[Understood]:
        """The sheets that are adopted in place."""
        return [one.understood for one in self.sheets if one.understood]

    @property
    def not_understood(self) -> list[NotUnderstood]:
        """The sheets that are left alone."""
        return [NotUnderstood(one.sheet, one.why) for one in self.sheets if one.way == "left"]


Answers = Mapping[str, str]
"""Question -> answer, from a person, a flag or a file."""
LEAVE = ("leave", "none", "leave out")
"""Answers by which everything stays as it is without one."""

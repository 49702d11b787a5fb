"""The narrow waist: cells in, cells out. What a backend gives (`Grid`, `Look`), what it is given (`Edits`), and `Book`.

A backend knows cells, not trackers. Rows and columns count from 1. One contract suite, tests/backends/test_contract.py,
runs against every backend; `backends/memory.py` is the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import NamedTuple, Protocol, runtime_checkable

from addin.core.records import field, record


class CellError(str):
    """An error that a formula gave, such as `#N/A` or `#DIV/0!`; a value like any other, never a blank."""

    __slots__ = ()


class CellFormula(str):
    """A formula to be put back into a cell, with its equals sign: text that a person typed is never one.

    `row` is where it was read; in another row it is put as if it had been filled down to there.
    """

    __slots__ = ("row",)
    row: int

    def __new__(cls, text: str, row: int) -> CellFormula:
        made = super().__new__(cls, text)
        made.row = row
        return made


NOT_CALCULATED = CellError("#NOT CALCULATED!")
"""Stands for the result of a formula that no spreadsheet program has calculated yet; never in a cell."""

Value = None | bool | int | float | str | date | datetime | time | timedelta | CellError
"""One cell. A blank cell is None; a whole number is an int; text is never converted."""

Cell = tuple[str, int, int]
"""(sheet, row, column), counted from 1."""


class Area(NamedTuple):
    """A rectangle of a sheet, both ends included: a native table, or merged cells (then without a name)."""

    top: int
    left: int
    bottom: int
    right: int
    name: str = ""


@record
class Appearance:
    """What a person sees on a sheet besides its values. Cells are (row, column)."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    """Cells in struck-out letters."""
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    """The fill of the cells that have one, as a Look says it; empty for a long sheet."""
    notes: set[tuple[int, int]] = field(default_factory=set)
    """Cells with a comment."""
    widths: dict[int, float] = field(default_factory=dict)
    """The widths of columns in characters, where the file is one that is made new from it."""


@record
class Grid:
    """What one sheet holds: `values[row - 1][column - 1]`.

    Blank cells and rows at the end are left out, blank rows between are empty lists, so a row's number is its index
    plus one whatever is blank. `formulas` has the text of each cell that is calculated (no leading `=`); its cached
    result is in `values`, None where it was never calculated.
    """

    sheet: str
    values: list[list[Value]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    tables: list[Area] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    serial_dates: bool = False
    """True where dates arrive as day numbers (Google): the column's type then says what is a date."""
    hidden: bool = False
    """True where a person cannot see the sheet's tab."""
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    """Numbers whose format shows them as a code: 12 in the format `000000` is `000012`."""
    arrays: list[Area] = field(default_factory=list)
    """Areas of more than one cell that one formula fills (array and spill formulas)."""

    appearance: Appearance = field(default_factory=Appearance)
    """How it looks, where somebody asked."""

    def value(self, row: int, column: int) -> Value:
        """The cell's value; None outside what the sheet holds."""
        if row > len(self.values) or column > len(self.values[row - 1]):
            return None
        return self.values[row - 1][column - 1]

    def is_uncalculated(self, row: int, column: int) -> bool:
        """Whether a formula without a stored result fills the cell: no spreadsheet program has calculated it yet."""
        if self.value(row, column) is not None:
            return False
        if (row, column) in self.formulas:
            return True
        return any(
            array.top <= row <= array.bottom
            and array.left <= column <= array.right
            and self.value(array.top, array.left) is None
            for array in self.arrays
        )

    def visible_cell(self, row: int, column: int) -> tuple[int, int]:
        """The cell that a person sees here: the first one of the merged cells that cover this one, else itself."""
        for area in self.merged:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return area.top, area.left
        return row, column


class Look(NamedTuple):
    """A cell's fill (`RRGGBB`, "" for none, or a backend's own word such as `theme:4` that it can put back) and its
    note (None where there is none)."""

    fill: str = ""
    note: str | None = None


@record
class OwnSheet:
    """A sheet that belongs to the tool, such as Findings: replaced whole, made where it is missing.

    `rows[0]` is the header (bold, frozen, filterable); its last `beside` cells are links beside the table, no headers.
    `links` maps (row, column) to a place such as `CAS!D17`.
    `widths` are in characters; a width of 0 hides the column. `choices` are drop-downs below the header:
    column -> words; `cell_choices` those of single cells: (row, column) -> words. `wrapped` names the columns whose
    long texts go on in the next line; every cell then begins at the top.
    """

    rows: list[list[Value]]
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)
    choices: dict[int, tuple[str, ...]] = field(default_factory=dict)
    cell_choices: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    wrapped: frozenset[int] = frozenset()
    beside: int = 0

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return max((len(row) - (self.beside if at == 0 else 0) for at, row in enumerate(self.rows)), default=0)

    def lines_of(self, row: int) -> int:
        """How many lines a row (counted from 1) needs for what is in its wrapped columns, about."""
        from addin.core.text_width import lines_of  # only long sheets of ours pay for it

        values = self.rows[row - 1]
        texts = ((values[column - 1], self.widths[column - 1]) for column in self.wrapped if column <= len(values))
        return max(
            (lines_of(text, width - PADDING) for text, width in texts if isinstance(text, str) and width), default=1
        )

    def drop_downs(self) -> list[tuple[Area, tuple[str, ...]]]:
        """Each drop-down with the cells that have it."""
        bottom = max(2, len(self.rows))
        whole = [(Area(2, column, bottom, column), words) for column, words in sorted(self.choices.items())]
        return whole + [(Area(r, c, r, c), words) for (r, c), words in sorted(self.cell_choices.items())]


PADDING = 1
"""Of a column's width, what is blank beside the text."""
LONGEST_CHOICE = 240
"""Characters of the words of a drop-down; Excel takes 255."""


def fitting_choices(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a drop-down; none where they do not fit into one, which would forbid the rest."""
    fits = len(",".join(words)) <= LONGEST_CHOICE and not any("," in word for word in words)
    return tuple(words) if fits else ()


@record
class Edits:
    """One batch. Everything happens, or nothing does."""

    cells: dict[Cell, Value] = field(default_factory=dict)
    """Contents only: fills, formats and notes stay. None empties the cell."""
    rows: dict[str, list[dict[int, Value]]] = field(default_factory=dict)
    """sheet -> new rows, each {column: value}, put below the last filled row of the native table that holds these
    columns (else of the sheet); the table grows and the new rows look like the row above."""
    inserts: dict[str, list[tuple[int, dict[int, Value]]]] = field(default_factory=dict)
    """sheet -> new rows between others: the number of the row that it pushes down, with everything below, and its
    {column: value}. Several before one row are in the order given. Only for a book that `inserts_rows`; row numbers
    mean the sheet as it was before this batch."""
    drops: dict[str, list[int]] = field(default_factory=dict)
    """sheet -> rows that go. A backend removes the row, or, where removing would move what is not the table's,
    empties its constants and leaves a blank row. Row numbers mean the sheet as it was before this batch."""
    looks: dict[Cell, Look] = field(default_factory=dict)
    """Fill and note, both set: `Look()` takes both away."""
    sheets: dict[str, OwnSheet] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    """Own sheets that go."""
    tables: dict[str, list[Area]] = field(default_factory=dict)
    """sheet -> native tables to make (a new name, no style of its own, headers as they stand in `cells` and the sheet)
    or to stretch (the name of one that is there); rows that are added come below it then. A backend without native
    tables ignores this."""
    results: dict[Cell, Value] = field(default_factory=dict)
    """What formulas come to after this batch, where that is known: a file stores it beside the formula, for readers
    that calculate nothing. The stored result of any other formula that reads an edited cell goes. No reason to write,
    and nothing to a backend that calculates by itself."""

    def __bool__(self) -> bool:
        parts = (self.cells, self.rows, self.inserts, self.drops, self.looks, self.sheets, self.removed, self.tables)
        return any(parts)


def trimmed(rows: list[list[Value]]) -> list[list[Value]]:
    """The rows without blank cells and blank rows at the end."""
    kept = []
    for row in rows:
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        kept.append(row[:end])
    while kept and not kept[-1]:
        kept.pop()
    return kept


@runtime_checkable
class ShowsAppearance(Protocol):
    """A book that also knows how its sheets look."""

    def appearance(self, sheets: Sequence[str]) -> dict[str, Appearance]:
        """What a person sees on these sheets besides their values."""
        ...


@runtime_checkable
class Book(Protocol):
    """A spreadsheet, wherever it lives. Every method raises addin.errors.BookProblem (or ServiceProblem) in one
    sentence when it cannot do its work; after a failed `apply` the book is as it was."""

    @property
    def name(self) -> str:
        """The file name, as the settings know the workbook; "" where there is none (Google, memory)."""
        ...

    @property
    def folder(self) -> PurePath | None:
        """The folder that it lies in, for the settings beside it; None where there is none on this computer."""
        ...

    @property
    def detects_changes(self) -> bool:
        """Whether `apply` itself refuses to write when the book is no longer as it was read."""
        ...

    @property
    def inserts_rows(self) -> bool:
        """Whether `apply` can put new rows between others."""
        ...

    def sheets(self) -> list[str]:
        """The names of the worksheets, in order (chart sheets are left out)."""
        ...

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        """What these sheets hold, in one go. A name that is not there is left out of the answer."""
        ...

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        """Fill and note of these cells."""
        ...

    def apply(self, edits: Edits) -> None:
        """Carry out the batch and make it last (a file is saved, atomically). An empty batch writes nothing."""
        ...

    def close(self) -> None:
        """Let go of the book. Calling it twice does no harm."""
        ...

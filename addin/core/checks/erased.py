"""What a check does not ask of rows about a student who was erased: the values that are gone on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from addin.core.regex import regex
from addin.core.tables.row_ids import SIGNS
from addin.core.tables.table import Table
from addin.core.trackers import Column, Tracker

if TYPE_CHECKING:
    from addin.core.checks.rules import Finding

START, ERASED = "E-", "Erased"
_WORD = regex(f"{START}[{SIGNS}]{{7}}")
_CODE = "candidates.code"
EMPTIED = frozenset({"text", "link", "email", "date"})
"""Types of private columns whose values go; choices, numbers and grades count in totals and stay."""


def is_erased(code: str) -> bool:
    """Whether this is the word of an erased student."""
    return bool(_WORD.fullmatch(code))


def goes(column: Column) -> bool:
    """Whether erasing a student takes the value of this column away."""
    return column.private and column.type in EMPTIED


def names_student(tracker: Tracker, name: str) -> bool:
    """Whether a column says by a code which student a row is about."""
    exists_in = tracker.columns[name].words.get("exists_in")
    return _CODE in (f"{tracker.name}.{name}", exists_in) or (tracker.name, name) == ("inventory", "lent_to")


def without_erased(tracker: Tracker, table: Table, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those at emptied cells of an erased student: nobody can fill them, nor should."""
    keys = [name for name in tracker.columns if names_student(tracker, name)]
    rows = {
        (table.sheets[index], table.rows[index])
        for key in keys
        for index, code in enumerate(table.columns[key])
        if isinstance(code, str) and code.startswith(START) and is_erased(code)
    }
    gone = {column.header: column.type for name, column in tracker.columns.items() if goes(column) and name not in keys}
    return (
        one
        for one in found
        if (one.sheet, one.row) not in rows
        or one.column not in gone
        or (one.value not in ("", ERASED) and gone[one.column] != "date")
    )

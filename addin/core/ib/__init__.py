"""What the IB asks, as plain functions: they know values, not spreadsheets.

A tracker's rule calls one by `use = "diploma.combination"`: the function gets the rows of one group (or all rows
where the rule has no `per`) and says what is wrong with which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from addin.core.records import frozen

Row = Mapping[str, Any]
"""column name -> typed value (None where blank); a column of several values holds them as one text."""


@frozen
class Fault:
    """What is wrong: in which of the rows handed in (counted from 0), at which column, in one sentence."""

    row: int
    column: str
    say: str
    fix: str = ""


class Ask(Protocol):
    """What a function may ask about the school."""

    def setting(self, name: str) -> Any:
        """The school's value of a setting, or its default; None where nobody declared it."""
        ...

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        """A reference list as columns; empty where there is none."""
        ...

    def rows(self, tracker: str) -> Sequence[Row]:
        """The rows of another tracker; empty where the workbook has none."""
        ...


class Use(Protocol):
    """A rule in plain Python."""

    def __call__(self, rows: Sequence[Row], ask: Ask) -> Iterable[Fault]: ...

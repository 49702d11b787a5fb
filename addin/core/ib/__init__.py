"""What the IB asks, as plain functions: they know values, not spreadsheets.

A tracker's rule names one by `use = "diploma.combination"`: the function gets the rows of one group (or all rows where
the rule has no `per`) and returns the violations among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from addin.core.records import frozen

Row = Mapping[str, Any]
"""column name -> typed value (None where blank); a column of several values holds them as one text."""


@frozen
class Violation:
    """What is wrong: the row's index (from 0) among the rows handed in, the column, one sentence, and the remedy."""

    row: int
    column: str
    message: str
    fix: str = ""


class RuleContext(Protocol):
    """What a rule function can look up: settings, reference lists, the rows of other trackers."""

    def setting(self, name: str) -> Any:
        """The school's value of a setting, or its default; None where none is declared."""
        ...

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        """A reference list as columns; empty where there is none."""
        ...

    def rows(self, tracker: str) -> Sequence[Row]:
        """The rows of another tracker; empty where the workbook has none."""
        ...

    def in_own_words(self, text: str) -> str:
        """A sentence of ours as the workbook's own sheets have it."""
        ...


T = TypeVar("T")


def once(context: RuleContext, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made once for each context that has a `memory`: many rules ask for the same look-ups."""
    memory: dict[str, Any] | None = getattr(context, "memory", None)
    if memory is None:
        return make()
    if name not in memory:
        memory[name] = make()
    made: T = memory[name]
    return made


class RuleFunction(Protocol):
    """A rule in plain Python."""

    def __call__(self, rows: Sequence[Row], context: RuleContext) -> Iterable[Violation]: ...

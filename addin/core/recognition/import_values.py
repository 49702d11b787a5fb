"""What a list writes for a choice or an exam session, as the value that a cell of the tracker holds.

A list from IBIS says `Diploma` and `May 2027` where the tracker holds D and M27: that is the same, no change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from addin.core.book import Value
from addin.core.ib import session as sessions
from addin.core.language import Language
from addin.core.recognition.cells import CellReader, Read
from addin.core.recognition.subject_names import SubjectNames
from addin.core.records import field, frozen
from addin.core.settings import Lists
from addin.core.tables.choices import Choices, choices_of
from addin.core.tables.values import split
from addin.core.trackers import Column, Tracker
from addin.core.trackers.translate import in_cell

Meaning = Callable[[Value], Value]
"""A cell's value as the exact one, in the words of the workbook; what means none, or several, stays as it is."""
SESSION = r"[MN]\d{2}"
"""The pattern of columns that hold an exam session."""


@frozen
class Understanding:
    """How the cells of a list are understood: `exact` for columns in which the same may be written in several ways,
    `reader` for numbers and dates in words."""

    exact: Mapping[str, Meaning] = field(default_factory=dict)
    reader: CellReader | None = None

    def again(self, column: Column, raw: Value, order: Mapping[str, str]) -> Read:
        """A cell that is no plain number or date, read as in a sheet of a person's own: `Cat 2`, `12-14 March 2026`."""
        if self.reader is None or column.type not in ("integer", "number", "date"):
            return Read()
        read = self.reader.read(column, raw, order)
        return Read() if read.kept or read.why else read


def understanding_of(tracker: Tracker, lists: Lists, languages: Sequence[Language] = ()) -> Understanding:
    """How the cells of a list for this tracker are understood."""
    exact = _exact_readers(tracker, lists, languages)
    return Understanding(exact, CellReader(lists, SubjectNames(lists), {}))


def _exact_readers(tracker: Tracker, lists: Lists, languages: Sequence[Language]) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for name, column in tracker.columns.items():
        if column.calculated:
            continue
        if column.words.get("pattern") == SESSION:
            found[name] = _session
        elif column.type == "choice" and (choices := choices_of(column, lists, languages)):
            found[name] = _choice(column, choices)
    return found


def _session(value: Value) -> Value:
    session = sessions.parse(value) if isinstance(value, str) else None
    return str(session) if session else value


def _choice(column: Column, choices: Choices) -> Meaning:
    known: dict[Value, Value] = {}

    def read(value: Value) -> Value:
        if value not in known:
            known[value] = _exact(value, column, choices)
        return known[value]

    return read


def _exact(value: Value, column: Column, choices: Choices) -> Value:
    exact, _ = choices.read(value)
    if exact is None or isinstance(exact, bool):
        return value
    if column.several and isinstance(exact, str) and choices.exact.issuperset(parts := split(exact)):
        exact = "; ".join(dict.fromkeys(parts))
    return in_cell(column, exact)

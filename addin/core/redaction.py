"""What a redacted copy may show of each cell: no private column, no student's code, no private word typed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from addin.core.book import CellError, Value
from addin.core.checks.context import WorkbookContext
from addin.core.privacy import Finder, is_code, private_words, pseudonym
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import TrackerProblem


class ListWords:
    """What the lists of a workbook allow in its columns."""

    def __init__(self, trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings) -> None:
        self._context = WorkbookContext(trackers, tables, settings)
        self._listed: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, tracker: Tracker, column: str) -> frozenset[str]:
        """What a list allows in this column: anybody may say it. Names of people are no such list."""
        key = tracker.name, column
        if key not in self._listed:
            of_a_list = tracker.columns[column].type == "choice" and "one_of" in tracker.columns[column].words
            try:
                self._listed[key] = frozenset(self._context.allowed(tracker, column)) if of_a_list else frozenset()
            except TrackerProblem:
                self._listed[key] = frozenset()
        return self._listed[key]


class Redaction:
    """Decides for each cell of a workbook's trackers what a copy shows; `key` gives the pseudonyms of this copy."""

    def __init__(
        self, trackers: Mapping[str, Tracker], tables: Mapping[str, Table], key: bytes, settings: Settings
    ) -> None:
        self._key = key
        self.finder = Finder(private_words(trackers, tables))
        self.words = ListWords(trackers, tables, settings)

    def cell(self, tracker: Tracker, column: str, value: Value) -> Value:
        """What the copy holds in a cell; None where it is blank there."""
        if value is None or tracker.columns[column].private:
            return None
        if is_code(tracker, column):
            return self.pseudonym(show(value))
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return None if day in self.finder.private.dates else value
        if isinstance(value, str) and not isinstance(value, CellError):
            return value if value in self.words.of(tracker, column) else self.text(value)
        return value

    def text(self, text: str) -> str:
        """A text without what is private, codes as pseudonyms."""
        return self.finder.blacked(text, self.pseudonym)

    def pseudonym(self, code: str) -> str:
        """The word that stands for a code."""
        return pseudonym(self._key, code)

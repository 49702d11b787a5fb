"""What a copy may show: everything, or, redacted, no private column and no candidate's code.

A redacted copy shows a pseudonym in place of each code. It is made with a key that stays in the state folder: the same
student has the same pseudonym in every copy, and nobody without the key can work back by trying out all codes.
What people typed freely may hold a name that belongs in a private column; there such words are blacked out.
"""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Value
from addin.core.checks.context import World
from addin.core.privacy import BLACK, CODE, Finder, is_code, private_words, pseudonym
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker
from addin.errors import TrackerProblem

__all__ = ["BLACK", "CODE", "Redacted", "Whole", "is_code"]


class Whole:
    """A copy that shows everything."""

    redacted = False

    def shows(self, column: Column) -> bool:
        """Whether the column may stand in the copy."""
        return True

    def value(self, tracker: Tracker, column: str, value: Value) -> str:
        """A cell, as the copy shows it."""
        return show(value)

    def text(self, text: str) -> str:
        """A sentence that may quote cells, as the copy shows it."""
        return text


class Redacted(Whole):
    """A copy without private columns and codes."""

    redacted = True

    def __init__(
        self, trackers: Mapping[str, Tracker], tables: Mapping[str, Table], key: bytes,
        settings: Settings | None = None,
    ) -> None:  # fmt: skip
        self._key = key
        self._finder = Finder(private_words(trackers, tables))
        self._world = World(trackers, tables, settings or Settings())
        self._allowed: dict[tuple[str, str], frozenset[str]] = {}

    def shows(self, column: Column) -> bool:
        return not column.private

    def value(self, tracker: Tracker, column: str, value: Value) -> str:
        known = tracker.columns[column]
        if known.private:
            return BLACK
        if value is not None and is_code(tracker, column):
            return self.pseudonym(show(value))
        shown = show(value)
        return shown if shown in self._words_of_list(tracker, column) else self.text(shown)

    def _words_of_list(self, tracker: Tracker, column: str) -> frozenset[str]:
        """What a list allows in this column: anybody may say it. Names of people are no such list."""
        key = tracker.name, column
        if key not in self._allowed:
            words = tracker.columns[column].words
            listed = tracker.columns[column].type == "choice" and "one_of" in words
            try:
                self._allowed[key] = frozenset(self._world.allowed(tracker, column)) if listed else frozenset()
            except TrackerProblem:
                self._allowed[key] = frozenset()
        return self._allowed[key]

    def text(self, text: str) -> str:
        return self._finder.blacked(text, self.pseudonym)

    def pseudonym(self, code: str) -> str:
        """The word that stands for a code in every redacted copy made with this key."""
        return pseudonym(self._key, code)

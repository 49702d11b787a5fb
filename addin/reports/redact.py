"""What a copy may show: everything, or, redacted, no private column and no candidate's code.

A redacted copy shows a pseudonym in place of each code. It is made with a key that stays in the state folder: the same
student has the same pseudonym in every copy, and nobody without the key can work back by trying out all codes.
What people typed freely may hold a name that belongs in a private column; there such words are blacked out.
"""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Value
from addin.core.privacy import BLACK, CODE, is_code
from addin.core.redaction import Redaction
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker

__all__ = ["BLACK", "CODE", "FullView", "RedactedView", "is_code"]


class FullView:
    """A copy that shows everything."""

    redacted = False

    def shows(self, column: Column) -> bool:
        """Whether the column may be in the copy."""
        return True

    def value(self, tracker: Tracker, column: str, value: Value) -> str:
        """A cell, as the copy shows it."""
        return show(value)

    def text(self, text: str) -> str:
        """A sentence that may quote cells, as the copy shows it."""
        return text


class RedactedView(FullView):
    """A copy without private columns and codes."""

    redacted = True

    def __init__(
        self,
        trackers: Mapping[str, Tracker],
        tables: Mapping[str, Table],
        key: bytes,
        settings: Settings | None = None,
    ) -> None:
        self._redaction = Redaction(trackers, tables, key, settings or Settings())

    def shows(self, column: Column) -> bool:
        return not column.private

    def value(self, tracker: Tracker, column: str, value: Value) -> str:
        if tracker.columns[column].private:
            return BLACK
        shown = self._redaction.cell(tracker, column, value)
        return BLACK if shown is None and value is not None else show(shown)

    def text(self, text: str) -> str:
        return self._redaction.text(text)

    def pseudonym(self, code: str) -> str:
        """The word that stands for a code in every redacted copy made with this key."""
        return self._redaction.pseudonym(code)

"""What a copy may show: everything, or, redacted, no private column and no candidate's code.

A redacted copy shows a pseudonym in place of each code. It is made with a key that stays in the state folder: the same
student has the same pseudonym in every copy, and nobody without the key can work back by trying out all codes.
What people typed freely may hold a name that belongs in a private column; there such words are blacked out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping

from addin.core.book import Value
from addin.core.tables.row_ids import SIGNS
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker

CODE = "candidates.code"
BLACK = "███"
LEAST = 3
"""Shorter words are not looked for in free text: they would black out half of it."""
LONGEST = 80
"""Longer private texts, such as notes, are not looked for word by word."""


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

    def __init__(self, trackers: Mapping[str, Tracker], tables: Mapping[str, Table], key: bytes) -> None:
        self._key = key
        here = [(trackers[name], table) for name, table in tables.items()]
        codes = {show(value) for tracker, table in here for value in _codes(tracker, table)}
        private = {word for tracker, table in here for word in _private(tracker, table)} - codes
        self._codes = {code.casefold() for code in codes}
        words = sorted((w for w in codes | private if len(w) >= LEAST), key=len, reverse=True)
        found = "|".join(map(re.escape, words))
        self._found = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE) if words else None

    def shows(self, column: Column) -> bool:
        return not column.private

    def value(self, tracker: Tracker, column: str, value: Value) -> str:
        known = tracker.columns[column]
        if known.private:
            return BLACK
        if value is not None and is_code(tracker, column):
            return self.pseudonym(show(value))
        free = known.type in ("text", "link", "email") and not known.words.keys() & {"one_of", "exists_in"}
        return self.text(show(value)) if free else show(value)

    def text(self, text: str) -> str:
        return self._found.sub(self._hide, text) if self._found else text

    def _hide(self, found: re.Match[str]) -> str:
        return self.pseudonym(found[0]) if found[0].casefold() in self._codes else BLACK

    def pseudonym(self, code: str) -> str:
        """The word that stands for a code in every redacted copy made with this key."""
        number = int.from_bytes(hmac.digest(self._key, code.encode(), hashlib.sha256)[:8], "big")
        word = ""
        for _ in range(7):
            number, sign = divmod(number, len(SIGNS))
            word += SIGNS[sign]
        return f"P-{word}"


def is_code(tracker: Tracker, column: str) -> bool:
    """Whether a column holds candidates' codes."""
    return f"{tracker.name}.{column}" == CODE or tracker.columns[column].words.get("exists_in") == CODE


def _codes(tracker: Tracker, table: Table) -> Iterator[Value]:
    for name in tracker.columns:
        if is_code(tracker, name):
            yield from (value for value in table.raw(name) if value is not None)


def _private(tracker: Tracker, table: Table) -> Iterator[str]:
    """The private texts, whole and word by word; what a list of words allows anybody may say."""
    for name, column in tracker.columns.items():
        if column.private and column.type in ("text", "link", "email"):
            for value in set(map(show, table.raw(name))):
                if value and len(value) <= LONGEST:
                    yield from {value.strip(), *value.split()}

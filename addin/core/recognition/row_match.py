"""Find the row of a tracker that a row of a list is about: by its row id, else by its key, however that is written.

A key that is the same in another writing finds its row, and the stored key stays. One that only may be the same, as it
went through a number on the way, is a question for a person, never a second row.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from addin.core.book import Value
from addin.core.language import all_of, any_of, phrase, phrases
from addin.core.tables.equality import fold_code, is_number_writing, loose_code, rounded_to
from addin.core.tables.table import Table
from addin.core.tables.values import brief, show
from addin.core.trackers import Tracker

Key = tuple[str, ...]
T = TypeVar("T", bound=Hashable)

LOST_ZEROS = "{words} may be {stored} that lost its zeros on the way."
TO_NUMBER = "{words} may be {stored} that was turned into a number on the way."
OTHER_WRITING = "{words} may be {stored} in another writing."


@dataclass(frozen=True, slots=True)
class Match:
    """The index of the row that was found (None: a new row), or the doubt why that cannot be known."""

    index: int | None = None
    doubt: str = ""


class RowFinder:
    """The rows of a tracker by row id and by key."""

    def __init__(
        self, tracker: Tracker, table: Table, raw: Mapping[str, Sequence[Value]], given: Collection[str]
    ) -> None:
        self.tracker, self.table = tracker, table
        self.given = [place for place, name in enumerate(tracker.key) if name in given]
        parts = [[show(value).strip() for value in raw[name]] for name in tracker.key]
        self.keys: list[Key] = list(zip(*parts, strict=True)) if parts else [()] * len(table)
        self.by_key = _indexes(self.keys)
        self.by_id = _indexes(table.ids)
        self._folded: dict[Key, list[int]] | None = None
        self._loose: dict[Key, list[int]] | None = None
        self._partial: dict[Key, list[int]] | None = None
        self._codes = {
            place: {key[place] for key in self.keys}
            for place, name in enumerate(tracker.key)
            if tracker.columns[name].type == "text"
        }

    @property
    def folded(self) -> Mapping[Key, list[int]]:
        """The rows by their keys in the form in which codes are compared."""
        if self._folded is None:
            self._folded = _indexes(map(fold_key, self.keys))
        return self._folded

    @property
    def partial(self) -> Mapping[Key, list[int]]:
        """The rows by those parts of their keys for which the source has a column."""
        if self._partial is None:
            self._partial = _indexes(map(self.given_parts, self.keys))
        return self._partial

    def given_parts(self, key: Key) -> Key:
        return tuple(fold_code(key[place]) for place in self.given)

    @property
    def loose(self) -> Mapping[Key, list[int]]:
        """The rows by their keys as they may be after they were taken for numbers."""
        if self._loose is None:
            self._loose = _indexes(map(self.loosen, self.keys))
        return self._loose

    def loosen(self, key: Key) -> Key:
        return tuple(loose_code(part) if place in self._codes else fold_code(part) for place, part in enumerate(key))

    def key_words(self) -> str:
        """The key's headers, for a sentence."""
        return " and ".join(self.tracker.columns[name].header for name in self.tracker.key)

    def find(self, row_id: str, key: Key, own_id: bool) -> Match:
        """The row that a row of the source is about. `own_id`: the row id is one that we gave."""
        same_id = self.by_id.get(row_id, []) if row_id else []
        whole = all(key)
        same_key = self.same_key(key) if whole else []
        if len(same_id) > 1:
            return Match(
                doubt=phrase("row id {row_id} is on several rows of {sheet}.", row_id=row_id, sheet=self.tracker.sheet)
            )
        if same_id:
            other = [] if same_id[0] in same_key else same_key
            if other:
                rows = f"{self.table.rows[same_id[0]]} and {self.table.rows[other[0]]}"
                return Match(
                    doubt=phrase(
                        "its row id and its {key} belong to two rows, {rows}.",
                        key=self.key_words(),
                        rows=rows,
                    )
                )
            return Match(same_id[0])
        if not whole:
            return self.by_part(key)
        if len(same_key) > 1:
            return Match(
                doubt=phrase("{key} is on several rows of {sheet}.", key=" · ".join(key), sheet=self.tracker.sheet)
            )
        if same_key:
            return Match(same_key[0])
        return Match(doubt="" if own_id else self.question(key))

    def by_part(self, key: Key) -> Match:
        """The one row with these parts of the key, where the source has no column for the others.

        The first part says whose row it is, or what it is about: without it no row is the same one.
        """
        missing = [place for place, part in enumerate(key) if not part]
        headers = all_of([phrase(self.tracker.columns[self.tracker.key[place]].header) for place in missing])
        if not self.given or 0 in missing or any(place in self.given for place in missing):
            return Match(
                doubt=phrases("{headers} is missing.", "{headers} are missing.", len(missing), headers=headers)
            )
        found = self.partial.get(self.given_parts(key), [])
        if len(found) == 1:
            return Match(found[0])
        if not found:
            return Match(
                doubt=phrases("{headers} is missing.", "{headers} are missing.", len(missing), headers=headers)
            )
        return Match(
            doubt=phrases(
                "{headers} is missing, and {sheet} has {rows} rows for it.",
                "{headers} are missing, and {sheet} has {rows} rows for it.",
                len(missing),
                headers=headers,
                sheet=self.tracker.sheet,
                rows=len(found),
            )
        )

    def same_key(self, key: Key) -> list[int]:
        """The rows with this key, letter by letter if there are any, else however it is written."""
        return self.by_key.get(key) or self.folded.get(fold_key(key), [])

    def question(self, key: Key) -> str:
        """Why a key that was not found may be one of the tracker's all the same; "" where it is new."""
        words = " · ".join(map(brief, key))
        near = self.loose.get(self.loosen(key)) or self._rounded(key)
        if near:
            stored = [" · ".join(self.keys[index]) for index in near[:3]]
            happened = self._what_happened(key, near[0])
            return phrase(happened, words=words, stored=" / ".join(stored) if len(stored) > 2 else any_of(stored))
        for place in self._codes:
            if is_number_writing(key[place]):
                return phrase(
                    "{key} is a code that was turned into a number on the way: enter the code itself.", key=key[place]
                )
        return ""

    def _what_happened(self, key: Key, index: int) -> str:
        """How this key may have come of the stored one."""
        if index in self._without_zeros(key):
            return LOST_ZEROS
        parts = [part for place, part in enumerate(key) if fold_code(part) != fold_code(self.keys[index][place])]
        signs = "".join(map(fold_code, parts)).replace("e+", "")
        return TO_NUMBER if not signs.strip("0123456789.,' ") else OTHER_WRITING

    def _without_zeros(self, key: Key) -> list[int]:
        bare = tuple(part.lstrip("0") for part in key)
        return [i for i in self.loose.get(self.loosen(key), ()) if tuple(p.lstrip("0") for p in self.keys[i]) == bare]

    def _rounded(self, key: Key) -> list[int]:
        """The rows whose code a rounded number in the key may stand for; the other parts of the key are the same."""
        for place, codes in self._codes.items():
            found = [
                index
                for code in rounded_to(key[place], sorted(codes))
                for index in self.same_key((*key[:place], code, *key[place + 1 :]))
            ]
            if found:
                return found
        return []


def fold_key(key: Key) -> Key:
    """A key in the form in which codes are compared."""
    return tuple(map(fold_code, key))


def _indexes(values: Iterable[T]) -> dict[T, list[int]]:
    found: dict[T, list[int]] = {}
    for index, value in enumerate(values):
        found.setdefault(value, []).append(index)
    return found

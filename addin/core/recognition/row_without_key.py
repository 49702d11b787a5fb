"""Find the row that a row of a list is about where the list has no key: a list from IBIS knows no school codes.

What else tells rows apart does: each unique column (e-mail address, personal code), then the columns that are unique
together (names and birth date). All that is filled must point to one row, and nothing may contradict it; a value that
two rows share identifies neither. What is not certain is a doubt with its reason, never a second row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Value
from addin.core.language import phrase
from addin.core.recognition.row_match import Match
from addin.core.tables.equality import fold
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker

Row = Mapping[str, Value]
LEAST = 2
"""So many of the columns that are unique together must be filled on both sides, as last and first names are."""


def other_keys(tracker: Tracker) -> tuple[list[str], list[tuple[str, ...]]]:
    """What tells rows apart besides the key: the columns that are unique alone, and those that are so together."""
    alone = [name for name, column in tracker.columns.items() if column.words.get("unique")]
    together = [rule.unique for rule in tracker.rules if len(rule.unique) >= LEAST]
    return [one for one in alone if one not in tracker.key], [one for one in together if not {*one} & {*tracker.key}]


class RowWithoutKey:
    """The rows of a tracker by what identifies them besides the key, and those of the list that share such a value."""

    def __init__(
        self, tracker: Tracker, table: Table, raw: Mapping[str, Sequence[Value]], lines: Sequence[Row]
    ) -> None:
        self.tracker, self.table = tracker, table
        given = {name for line in lines for name, value in line.items() if value is not None}
        alone, together = other_keys(tracker)
        self._together = [one for one in together if given >= {*one[:LEAST]}]
        self.ways: list[tuple[str, ...]] = [(one,) for one in alone if one in given]
        self.ways += [one[:LEAST] for one in self._together]
        rows = [{name: values[index] for name, values in raw.items()} for index in range(len(table))]
        self.rows = rows if self.ways else []
        self._stored = {way: _by_value(self.rows, way) for way in self.ways}
        self._listed = {way: _by_value(lines, way) for way in self.ways}

    def find(self, line: Row) -> Match:
        """The one row that this row without a key is about, or the doubt why that cannot be known."""
        hits: dict[tuple[str, ...], int] = {}
        for way in self.ways:
            value = _value(line, way)
            found = self._agreeing(line, self._stored[way].get(value, ())) if value else []
            if len(found) > 1:
                return Match(doubt=f"{self._headers(way)} of {self._rows(found)} of {self.tracker.sheet}.")
            if found and len(self._listed[way].get(value, ())) > 1:
                return Match(doubt=phrase("{headers} of another row of the list, too.", headers=self._headers(way)))
            if found:
                hits[way] = found[0]
        if len({*hits.values()}) > 1:
            words = " and ".join(self._headers(way) for way in hits)
            return Match(
                doubt=phrase(
                    "{words} are of {rows} of {sheet}.",
                    words=words,
                    rows=self._rows(sorted({*hits.values()})),
                    sheet=self.tracker.sheet,
                )
            )
        for way, index in hits.items():
            if other := self._contradiction(line, index):
                row = self._rows([index])
                return Match(doubt=f"{self._headers(way)} of {row} of {self.tracker.sheet}, but {other} differs.")
            return Match(index)
        tried = " or ".join(map(self._headers, self.ways))
        return Match(
            doubt=phrase("no row of {sheet} has its {tried}.", sheet=self.tracker.sheet, tried=tried) if tried else ""
        )

    def _agreeing(self, line: Row, indexes: Sequence[int]) -> list[int]:
        """Those of several rows that the rest of a unique group (the birth date) leaves over; one row as it is."""
        if len(indexes) < 2:
            return list(indexes)
        return [index for index in indexes if not self._contradiction(line, index)]

    def _contradiction(self, line: Row, index: int) -> str:
        """The header of a column of the unique groups (names, birth date) that both sides fill differently; or ""."""
        stored = self.rows[index]
        for name in dict.fromkeys(name for group in self._together for name in group):
            here, there = show(line.get(name)).strip(), show(stored[name]).strip()
            if here and there and not _is_alike(here, there):
                return self.tracker.columns[name].header
        return ""

    def _headers(self, way: Sequence[str]) -> str:
        return " and ".join(self.tracker.columns[name].header for name in way)

    def _rows(self, indexes: Sequence[int]) -> str:
        numbers = [str(self.table.rows[index]) for index in indexes]
        return f"row {numbers[0]}" if len(numbers) == 1 else f"rows {' and '.join(numbers)}"


def _by_value(rows: Sequence[Row], way: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(rows):
        if value := _value(row, way):
            found.setdefault(value, []).append(index)
    return found


def _value(row: Row, way: Sequence[str]) -> tuple[str, ...]:
    """The folded values of these columns; () where one is blank."""
    value = tuple(fold(show(row.get(name))) for name in way)
    return value if all(value) else ()


def _is_alike(one: str, other: str) -> bool:
    """Whether two writings may be the same name: equal, or one with more of the first names than the other."""
    first, second = fold(one), fold(other)
    return first == second or {*first.split()} <= {*second.split()} or {*second.split()} <= {*first.split()}

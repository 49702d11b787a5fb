"""Names that are written once above the rows they belong to: what a person reads on is filled in."""

from __future__ import annotations

from collections.abc import Collection

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.recognition.header_rows import filled
from addin.core.recognition.regions import Region
from addin.core.recognition.vocabulary import WORDS, header_key, words_of

LEAST, MOST = 0.2, 0.9
"""The part of a table's rows without a name: fewer are forgotten names, more are no list."""

_REMARKS = words_of("comment | comments | remark | remarks | note | notes") | frozenset(
    key for words in WORDS.values() for key in words_of(words.get("notes", ""))
)

_LOANS = frozenset(
    key for column in ("lent_on", "returned", "condition_returned") for key in words_of(WORDS["inventory"][column])
)


def fill_blocks(region: Region, grid: Grid, names: Collection[str], facts: Collection[str]) -> Region:
    """The region with names carried down to the rows below them, up to the next name or blank line.

    `names` are the headers (as `header_key` gives them) of columns that say whose row it is, `facts` those of columns
    that say something else of the same person.
    """
    column = next((n for n in region.columns if header_key(region.headers[n]) in names), 0)
    bare = _bare_rows(region, grid, column) if column else []
    if not bare or not LEAST <= len(bare) / len(region.rows) <= MOST or _is_on_the_shelf(region, grid, column, bare):
        return region
    filled_in = dict(region.filled)
    carried = [n for n in region.columns if n == column or _goes_with_the_name(region, grid, n, bare, facts)]
    for one in carried:
        _carry_down(region, grid, one, bare, filled_in)
    return records.replace(region, filled=filled_in, carried=tuple(carried))


def _bare_rows(region: Region, grid: Grid, column: int) -> list[int]:
    """The rows that continue the one above; none where a row has no name and none directly above it either."""
    bare: list[int] = []
    before = 0
    for row in region.rows:
        if not filled(region.value(grid, row, column)):
            if row != before + 1:
                return []
            bare.append(row)
        before = row
    return bare


def _is_on_the_shelf(region: Region, grid: Grid, column: int, bare: list[int]) -> bool:
    """Whether rows without a name are things that nobody has: a list of loans that names each thing first."""
    if not any(header_key(region.headers[n]) in _LOANS for n in region.columns):
        return False
    return any(all(filled(region.value(grid, row, n)) for row in bare) for n in region.columns if n < column)


def _goes_with_the_name(region: Region, grid: Grid, column: int, bare: list[int], facts: Collection[str]) -> bool:
    """Whether a column is blank in just those rows: it says something of the person, as Class or Department does. A
    remark is about its own row only."""
    if header_key(region.headers[column]) in _REMARKS or any(filled(grid.value(row, column)) for row in bare):
        return False
    first = [row for row in region.rows if row not in set(bare)]
    known = header_key(region.headers[column]) in facts
    return known or (len(first) >= 3 and all(filled(grid.value(row, column)) for row in first))


def _carry_down(region: Region, grid: Grid, column: int, bare: list[int], into: dict[tuple[int, int], Value]) -> None:
    value: Value = None
    for row in region.rows:
        if row not in bare:
            value = region.value(grid, row, column)
        elif filled(value):
            into[row, column] = value

"""Which rows of a sheet are headers, and how tall: one row, or two or three with merged headings above the columns.

Known headers say it first. Where a sheet knows too few of them, the first full row of texts above rows of data is one,
if at least one of its texts is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import Protocol

from addin.core.book import Area, Grid, Value
from addin.core.recognition.subject_names import read_level
from addin.core.recognition.vocabulary import header_key, words_of
from addin.core.regex import regex
from addin.core.tables.values import show


class Known(Protocol):
    """The texts that are known as headers."""

    def __call__(self, value: object) -> str:
        """`field` (a person's or a tracker's column), `topic` (a subject, month, strand) or ""."""
        ...

    def is_field(self, value: str) -> bool:
        """Whether a text is a field: asked of every text of a sheet, so it must be quick."""
        ...


NEW_TABLE = 2
"""So many known headers at least make a header row."""
MANY = 4
"""So many known headers do, where half of the cells are others."""
TALLEST = 4
"""More rows than this are no header."""
_PART = words_of(
    "hl | sl | level | hours | h | date | teacher | subject | grade | done | title | c | a | s | course | set | 1st | "
    "2nd | 3rd | first | second | third | 1 | 2 | 3"
)

_BOTH_LEVELS = words_of("hl sl | sl hl")


def filled(value: Value) -> bool:
    """Whether a cell holds something."""
    return value is not None and not (type(value) is str and (not value or value.isspace()))


def head_line(grid: Grid, row: int, left: int, right: int) -> dict[int, Value]:
    """The headers of a row: what is merged downwards to it counts as standing in it."""
    line = {column: grid.value(row, column) for column in range(left, right + 1)}
    for area in _tall(grid, left, right):
        if area.top <= row <= area.bottom:
            line[area.left] = grid.value(area.top, area.left)
    return {column: value for column, value in line.items() if filled(value)}


def _tall(grid: Grid, left: int, right: int) -> list[Area]:
    """Cells merged downwards only."""
    return [a for a in grid.merged if a.left == a.right and a.top < a.bottom and left <= a.left <= right]


def header_rows(grid: Grid, left: int, right: int, known: Known) -> list[int]:
    """The rows of a strip that are headers, each other kind once: repeated ones are no new table."""
    found: list[int] = []
    texts: list[list[str]] = []
    tall = {row for area in _tall(grid, left, right) for row in range(area.top, area.bottom + 1)}
    held = {value for line in grid.values for value in line[left - 1 : right] if type(value) is str}
    fields = set(filter(known.is_field, held))
    for row, line in enumerate(grid.values, 1):
        part = line[left - 1 : right]
        if row not in tall and fields.isdisjoint(part):
            continue  # as nearly every row of data
        if found and found[-1] != row - 1 and not _begins_anew(grid, row, left, right, known):
            continue
        cells = head_line(grid, row, left, right) if row in tall else dict(enumerate(part, left))
        score = _score(cells, known)
        if not score:
            continue
        text = [header_key(show(value)) for value in cells.values()]
        if found and found[-1] == row - 1 and _names_somebody(cells, known):
            continue  # the first row of data, of a student with subjects in it
        if found and found[-1] == row - 1 and score >= _score(head_line(grid, row - 1, left, right), known):
            found[-1], texts[-1] = row, text  # the lower of two header rows
        elif not found or (text not in texts and found[-1] != row - 1):
            found.append(row)
            texts.append(text)
    return found


_LAST_FIRST = regex(r"[^\W\d_][\w'’ -]*, [^\W\d_][\w'’. -]*")


def _names_somebody(cells: Mapping[int, Value], known: Known) -> bool:
    """Whether a row holds a person's name, written last name first."""
    return any(isinstance(value, str) and _LAST_FIRST.fullmatch(value) and not known(value) for value in cells.values())


def _begins_anew(grid: Grid, row: int, left: int, right: int, known: Known) -> bool:
    """Whether a row below another table begins one of its own: after a blank line or a title, or by its headers
    alone. A row of data may well hold a subject and a month."""
    above = filter(filled, grid.values[row - 2][left - 1 : right])
    if len([*islice(above, 2)]) < 2:
        return True
    part = grid.values[row - 1][left - 1 : right]
    if not all(isinstance(value, str) and known.is_field(value) for value in filter(filled, part)):
        return False
    return sum(map(filled, part)) > NEW_TABLE


def _score(cells: Mapping[int, Value], known: Known) -> int:
    """How many known headers a row has; 0 where it is none: two at least, one a field, and half of its cells."""
    values = [value for value in cells.values() if filled(value)]
    kinds = [known(value) for value in values]
    fields, topics = kinds.count("field"), kinds.count("topic")
    texts = sum(isinstance(value, str | date) for value in values)
    if not fields or fields + topics < NEW_TABLE or 2 * (fields + topics) < len(values):
        return 0
    if len(values) > 2 and 2 * (fields + topics) == len(values) and fields + topics < MANY:
        return 0  # `Student | Ito, Aya | Class | 12A` is a form, not headers
    if any(isinstance(value, str) and value.rstrip().endswith(":") for value in values) or _is_form(values, kinds):
        return 0
    if fields == 1 and (topics < 2 or any(header_key(value) in _BOTH_LEVELS for value in values)):
        return 0  # `HL/SL` is a header beside Subject, and what somebody has not decided beside HL and SL
    return fields + topics if 2 * texts >= len(values) else 0


def _is_form(values: Sequence[Value], kinds: Sequence[str]) -> bool:
    """Whether labels and what is entered are in turn: `Full name | Novak, Lucy | Date of birth | 3 Mar 2009`."""
    if len(kinds) < MANY or len(kinds) % 2 or set(kinds[::2]) != {"field"}:
        return False
    return all(
        kind == "" or (kind == "topic" and re.search(r"\d", show(value)))
        for kind, value in zip(kinds[1::2], values[1::2], strict=True)
    )


def full_row(grid: Grid, left: int, right: int, known: Known) -> int:
    """The first row that is as full as those below it, all of it texts of which one at least is a known field; 0
    where there is none."""
    counts = [sum(map(filled, line[left - 1 : right])) for line in grid.values]
    most = max(counts, default=0)
    for row, count in enumerate(counts, 1):
        if count < max(3, 0.6 * most):
            continue
        cells = [value for value in head_line(grid, row, left, right).values() if filled(value)]
        texts = all(isinstance(value, str) and not value.rstrip().endswith(":") for value in cells)
        below = [n for n in counts[row : row + 3] if n >= NEW_TABLE]
        if texts and below and len({header_key(value) for value in cells}) == len(cells):
            return row if any(known(value) == "field" for value in cells) else 0
        return 0
    return 0


def header_block(grid: Grid, left: int, right: int, head: int) -> tuple[int, int]:
    """(the first, the last) row of the headers around a row of them."""
    covering = [a for a in _tall(grid, left, right) if a.top <= head <= a.bottom < a.top + TALLEST]
    if covering:
        top, bottom = min(a.top for a in covering), max(a.bottom for a in covering)
        if bottom > head or _has_group(grid, top, head, left, right):
            return top, bottom
    below = {column: value for column, value in enumerate(_cells(grid, head + 1, left, right), left) if filled(value)}
    own = head_line(grid, head, left, right)
    if len(below) >= 2 and _is_lower_row(grid, head, own, below, left, right):
        return head, head + 1
    above = {column: value for column, value in enumerate(_cells(grid, head - 1, left, right), left) if filled(value)}
    wide = [a for a in grid.merged if a.top == head - 1 == a.bottom and left <= a.left < a.right <= right]
    single = len(above) == 1 and wide and wide[0].right - wide[0].left + 1 >= (right - left + 1) * 0.8
    if above and not single and (wide or len(above) >= 2) and all(isinstance(v, str) for v in above.values()):
        return head - 1, head
    return head, head


def _has_group(grid: Grid, top: int, head: int, left: int, right: int) -> bool:
    return top < head and any(map(filled, _cells(grid, top, left, right)))


def _is_lower_row(
    grid: Grid, head: int, own: Mapping[int, Value], below: Mapping[int, Value], left: int, right: int
) -> bool:
    """Whether the row below the headers is their second one: HL and SL, or short texts under merged headings only."""
    first = min(own, default=left)
    merged = any(a.left == first == a.right and a.top <= head < a.bottom for a in grid.merged)
    if all(header_key(show(value)) in _PART for value in below.values()):
        return first not in below or merged
    wide = [a for a in grid.merged if a.top == head == a.bottom and left <= a.left < a.right <= right]
    under = {column for area in wide for column in range(area.left, area.right + 1)} or _under_headings(own, below)
    texts = all(isinstance(value, str) and len(value) <= 25 for value in below.values())
    return bool(under) and texts and first not in below and set(below) <= under and filled(grid.value(head + 2, first))


def _under_headings(own: Mapping[int, Value], below: Mapping[int, Value]) -> set[int]:
    """The columns under headings that are not merged but stand above the first of several, whose texts come again:
    `1st interview` above Date and Notes, `2nd interview` above Date and Notes."""
    starts = sorted(own)
    spans = [range(start, end) for start, end in pairwise([*starts, max([*starts, *below]) + 1])]
    found = {column for span in spans if len(span) > 1 and all(map(below.__contains__, span)) for column in span}
    texts = [header_key(show(below[column])) for column in sorted(found)]
    return found if len(set(texts)) < len(texts) else set()


def _cells(grid: Grid, row: int, left: int, right: int) -> Sequence[Value]:
    return grid.values[row - 1][left - 1 : right] if 0 < row <= len(grid.values) else []


def headings(grid: Grid, left: int, right: int, top: int, bottom: int) -> tuple[dict[int, str], dict[int, str]]:
    """The heading next above each column, and the one above that: `English A` and `Group 1`."""
    near: dict[int, str] = {}
    far: dict[int, str] = {}
    for row in range(bottom - 1, top - 1, -1):
        for column, text in _row_headings(grid, left, right, row).items():
            if column in near:
                far.setdefault(column, text)
            else:
                near[column] = text
    return near, far


def _row_headings(grid: Grid, left: int, right: int, row: int) -> dict[int, str]:
    """The heading above each column: merged across, or standing over the first of its columns."""
    found: dict[int, str] = {}
    merged = {a.left: a for a in grid.merged if a.top == row and a.left < a.right}
    covered = {c for a in merged.values() for c in range(a.left, a.right + 1)}
    tall = {area.left for area in _tall(grid, left, right) if area.top <= row < area.bottom}
    current = ""
    for column in range(left, right + 1):
        value = grid.value(row, column)
        if column in tall:
            current = ""
            continue
        if filled(value):
            current = show(value)
        if column in merged:
            for one in range(column, merged[column].right + 1):
                found[one] = show(value)
        elif column not in covered and current and (filled(value) or not merged):
            found[column] = " ".join(current.split())
    return found


def over_several(grid: Grid, head: int, right: int, headers: Mapping[int, str], end: int) -> dict[int, str]:
    """The header of each column that has none and holds something, below one that is merged across it or that says a
    level: `HL` above the first of three columns."""
    merged = {
        column: area.left for area in grid.merged if area.top == head for column in range(area.left, area.right + 1)
    }
    found: dict[int, str] = {}
    for column in range(min(headers, default=right) + 1, right + 1):
        before = headers.get(column - 1) or found.get(column - 1, "")
        spans = merged.get(column, column) < column or bool(read_level(before))
        below = range(head + 1, end + 1) if column not in headers and before and spans else ()
        if any(filled(grid.value(row, column)) for row in below):
            found[column] = before
    return found

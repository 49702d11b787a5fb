"""The tables that stand on a sheet, as a person sees them: side by side or below each other, under titles and headings.

Each region has its header row (with the group headings above it), its rows, the headings of its sections, and what is
no data: totals, notes, legends, headers once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from addin.core.book import Grid, Value
from addin.core.recognition.vocabulary import TOTAL, header_key, words_of
from addin.core.records import field, record
from addin.core.tables.table import TOTALS, plain
from addin.core.tables.values import show

Known = Callable[[object], str]
"""A header text -> `field` (a person's or a tracker's column), `topic` (a subject, month, strand) or ""."""
NOTE = re.compile(
    r"^\W*(withdr[ae]w|withdrawn|left|moved|note|notes|nb|n\.b\.|key|legend|updated|last updated|total|signed|source|"
    r"see|\*|remarque|hinweis|nota|abgemeldet|retiré|baja)\b", re.IGNORECASE,
)  # fmt: skip
NEW_TABLE = 2
"""So many known headers at least make a header row."""
GUTTER = 2
"""More blank columns than this part two tables; what stands behind them and has no known headers is something else."""
MANY = 4
"""So many known headers do, where half of the cells are others."""


@record
class Aside:
    """A row, or a cell, that is no data, and what it is: title, heading, total, note, headers, numbering."""

    row: int
    kind: str
    text: str


@record
class Region:
    """One table of a sheet."""

    sheet: str
    header_row: int
    columns: tuple[int, ...]
    headers: Mapping[int, str]
    groups: Mapping[int, str]
    titles: Sequence[tuple[int, int, str]]
    rows: Sequence[int]
    sections: Mapping[int, str]
    asides: Sequence[Aside]
    filled: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    """Cells merged downwards: what stands in the first counts for all."""

    def value(self, grid: Grid, row: int, column: int) -> Value:
        """What a cell holds, or the cell that it is merged into."""
        shown = grid.shown.get((row, column)) if grid.shown else None
        value = grid.value(row, column) if shown is None else shown
        return self.filled.get((row, column)) if value is None else value


def regions(grid: Grid, known: Known) -> list[Region]:
    """The tables of a sheet, from left to right and from top to bottom."""

    @cache
    def headers(left: int, right: int) -> list[int]:
        return _header_rows(grid, left, right, known)

    found: list[Region] = []
    for left, right in _strips(grid, headers):
        heads = headers(left, right)
        starts = [*heads[1:], None]
        top = 1
        for head, after in zip(heads, starts, strict=True):
            end = _end_before(grid, left, right, head, after) if after else len(grid.values)
            found.append(_region(grid, left, right, top, head, end))
            top = end + 1
    return sorted(found, key=lambda region: (region.columns[0] if region.columns else 0, region.header_row))


def filled(value: Value) -> bool:
    """Whether a cell holds something."""
    return value is not None and not (type(value) is str and (not value or value.isspace()))


def _strips(grid: Grid, headers: Callable[[int, int], list[int]]) -> list[tuple[int, int]]:
    """Column ranges with blank columns between; one without headers of its own belongs to the one left of it."""
    strips: list[tuple[int, int]] = []
    for column in _used_columns(grid):
        if strips and strips[-1][1] == column - 1:
            strips[-1] = (strips[-1][0], column)
        else:
            strips.append((column, column))
    joined: list[tuple[int, int]] = []
    for strip in strips:
        if joined and not headers(*strip) and not _stands_alone(grid, joined[-1], strip, headers):
            joined[-1] = (joined[-1][0], strip[1])
        else:
            joined.append(strip)
    return [strip for strip in joined if headers(*strip)]


def _used_columns(grid: Grid) -> list[int]:
    """The columns that hold something, titles merged across left aside."""
    across = {area.top for area in grid.merged if area.left < area.right}
    unused = set(range(1, max(map(len, grid.values), default=0) + 1))
    used: set[int] = set()
    for number, line in enumerate(grid.values, 1):
        if not unused:
            break
        if number in across and sum(map(filled, line)) == 1:
            continue
        found = {column for column in unused if column <= len(line) and filled(line[column - 1])}
        used |= found
        unused -= found
    return sorted(used)


def _stands_alone(
    grid: Grid, before: tuple[int, int], strip: tuple[int, int], headers: Callable[[int, int], list[int]]
) -> bool:
    """Whether a strip without known headers is something else, such as a key of colours: it has none in their row."""
    heads = headers(*before)
    row = heads[0] if heads else 0
    texts = [show(grid.value(row, column)) for column in range(strip[0], strip[1] + 1)] if row else []
    return strip[0] - before[1] > GUTTER or any("=" in text for text in texts) or not any(texts)


def head_line(grid: Grid, row: int, left: int, right: int) -> dict[int, Value]:
    """The headers of a row: what is merged downwards to it counts as standing in it."""
    line = {column: grid.value(row, column) for column in range(left, right + 1)}
    for area in grid.merged:
        if area.top <= row <= area.bottom and area.left == area.right and left <= area.left <= right:
            line[area.left] = grid.value(area.top, area.left)
    return {column: value for column, value in line.items() if filled(value)}


def _header_rows(grid: Grid, left: int, right: int, known: Known) -> list[int]:
    """The rows of a strip that are headers, each other kind once: repeated ones are no new table."""
    found: list[int] = []
    texts: list[list[str]] = []
    tall = {row for area in grid.merged if area.left == area.right for row in (area.top, area.bottom)}
    for row, line in enumerate(grid.values, 1):
        part = line[left - 1 : right]
        if row not in tall and not any(type(value) is str and known(value) == "field" for value in part):
            continue  # as nearly every row of data
        cells = head_line(grid, row, left, right) if row in tall else dict(enumerate(part, left))
        score = _head_score(cells, known)
        if not score:
            continue
        text = [header_key(show(value)) for value in cells.values()]
        if found and found[-1] == row - 1 and score >= _head_score(head_line(grid, row - 1, left, right), known):
            found[-1], texts[-1] = row, text  # the lower of two header rows
        elif not found or (text not in texts and found[-1] != row - 1):
            found.append(row)
            texts.append(text)
    return found


def _head_score(cells: Mapping[int, Value], known: Known) -> int:
    """How many known headers a row has; 0 where it is none: two at least, one a field, and half of its cells."""
    values = [value for value in cells.values() if filled(value)]
    kinds = [known(value) for value in values]
    fields, topics = kinds.count("field"), kinds.count("topic")
    texts = sum(isinstance(value, str | date) for value in values)
    if not fields or fields + topics < NEW_TABLE or 2 * (fields + topics) < len(values):
        return 0
    if len(values) > 2 and 2 * (fields + topics) == len(values) and fields + topics < MANY:
        return 0  # `Student | Ito, Aya | Class | 12A` is a form, not headers
    if any(isinstance(value, str) and value.rstrip().endswith(":") for value in values):
        return 0
    if fields == 1 and topics < 2:
        return 0
    return fields + topics if 2 * texts >= len(values) else 0


def _end_before(grid: Grid, left: int, right: int, head: int, after: int) -> int:
    """The last row of a table above another one: the titles and group headings of the other go to it."""
    row = after - 1
    while row > head:
        line = [value for value in grid.values[row - 1][left - 1 : right] if filled(value)]
        if line and (len(line) > 2 or not all(isinstance(value, str) for value in line)):
            break
        row -= 1
    return max(row, head)


def _region(grid: Grid, left: int, right: int, top: int, head: int, end: int) -> Region:
    head, group_row = _two_rows(grid, left, right, head)
    line = head_line(grid, head, left, right)
    groups = _groups(grid, left, right, group_row) if group_row else {}
    headers = {column: " ".join(show(value).split()) for column, value in line.items()}
    for column, text in groups.items():
        if column not in headers and any(filled(grid.value(row, column)) for row in range(head + 1, end + 1)):
            headers[column] = text
    columns = tuple(sorted(headers))
    titles = [
        (row, column, " ".join(show(value).split()))
        for row in range(max(top, 1), head)
        for column, value in enumerate(grid.values[row - 1], 1)
        if filled(value) and row != group_row and (left <= column <= right or _is_for_all(grid, row, top))
    ]
    fill = _merged_down(grid, head, end, columns)
    rows, sections, asides = _body(grid, columns, head, end, fill)
    return Region(grid.sheet, head, columns, headers, groups, titles, rows, sections, asides, fill)


def _is_for_all(grid: Grid, row: int, top: int) -> bool:
    """Whether a line above the first tables is a title of the whole sheet: one text alone."""
    return top == 1 and sum(map(filled, grid.values[row - 1])) == 1


_PART = words_of(
    "hl | sl | level | hours | h | date | teacher | subject | grade | done | title | c | a | s | course | set"
)


def _two_rows(grid: Grid, left: int, right: int, head: int) -> tuple[int, int]:
    """(the lower header row, the row of group headings above it or 0)."""
    below = {column: value for column, value in enumerate(_part(grid, head + 1, left, right), left) if filled(value)}
    own = head_line(grid, head, left, right)
    if len(below) >= 2 and all(header_key(show(value)) in _PART for value in below.values()):
        first = min(own, default=left)
        if first not in below or any(a.left == first == a.right and a.top <= head < a.bottom for a in grid.merged):
            return head + 1, head
    above = {column: value for column, value in enumerate(_part(grid, head - 1, left, right), left) if filled(value)}
    wide = [a for a in grid.merged if a.top == head - 1 == a.bottom and left <= a.left < a.right <= right]
    single = len(above) == 1 and wide and wide[0].right - wide[0].left + 1 >= (right - left + 1) * 0.8
    if above and not single and (wide or len(above) >= 2) and all(isinstance(v, str) for v in above.values()):
        return head, head - 1
    tall = [a for a in grid.merged if a.left == a.right and a.top < head == a.bottom and left <= a.left <= right]
    return head, head - 1 if tall and above else 0


def _part(grid: Grid, row: int, left: int, right: int) -> Sequence[Value]:
    return grid.values[row - 1][left - 1 : right] if 0 < row <= len(grid.values) else []


def _groups(grid: Grid, left: int, right: int, row: int) -> dict[int, str]:
    """The heading above each column: merged across, or standing over the first of its columns."""
    found: dict[int, str] = {}
    merged = {a.left: a for a in grid.merged if a.top == row and a.left < a.right}
    covered = {c for a in merged.values() for c in range(a.left, a.right + 1)}
    current = ""
    for column in range(left, right + 1):
        value = grid.value(row, column)
        if filled(value):
            current = (
                "" if any(a.left == column == a.right and a.top == row < a.bottom for a in grid.merged) else show(value)
            )
            if not current:
                continue
        if column in merged:
            for one in range(column, merged[column].right + 1):
                found[one] = show(value)
        elif column not in covered and current and (filled(value) or not merged):
            found[column] = " ".join(current.split())
    return found


def _merged_down(grid: Grid, head: int, end: int, columns: Sequence[int]) -> dict[tuple[int, int], Value]:
    """What stands in cells merged downwards, for each cell that they cover."""
    found: dict[tuple[int, int], Value] = {}
    for area in grid.merged:
        if area.top > head and area.bottom <= end and area.top < area.bottom and area.left in columns:
            value = grid.value(area.top, area.left)
            found.update({(row, area.left): value for row in range(area.top + 1, area.bottom + 1)})
    return found


def _body(
    grid: Grid, columns: Sequence[int], head: int, end: int, fill: Mapping[tuple[int, int], Value]
) -> tuple[list[int], dict[int, str], list[Aside]]:
    """The rows of data, the section each stands in, and what is none."""
    left, right = columns[0] - 1, columns[-1]
    wide = {row for a in grid.merged if a.left < a.right for row in range(a.top, a.bottom + 1)}
    lines = grid.values
    head_text = [header_key(show(v)) for v in lines[head - 1][left:right]]
    probe = next((n for n, v in enumerate(lines[head - 1][left:right]) if filled(v)), 0)
    head_first = lines[head - 1][left:right][probe : probe + 1]
    counts = {}
    for row in range(head + 1, end + 1):
        line = lines[row - 1][left:right] if row <= len(lines) else ()
        count = sum(map(filled, line))
        if count:
            counts[row] = count
    usual = sorted(list(counts.values())[:200])[len(list(counts.values())[:200]) // 2] if counts else 0
    rows: list[int] = []
    sections: dict[int, str] = {}
    asides: list[Aside] = []
    section, last = "", _last_dense(counts, usual)
    for row, count in counts.items():
        line = lines[row - 1][left:right]
        first = next(value for value in line if filled(value))
        text = " ".join(show(first).split())
        if count == 1 and isinstance(first, str) and row < last and (row in wide or _is_heading(text, usual)):
            section = text
            asides.append(Aside(row, "heading", text))
        elif count > 1 and line[probe : probe + 1] == head_first and [header_key(show(v)) for v in line] == head_text:
            asides.append(Aside(row, "headers", text))
        elif _is_total(grid, row, line, left, usual, count):
            asides.append(Aside(row, "total", text))
        elif _is_note(first, text, count, usual, row > last):
            asides.append(Aside(row, "note", text))
        else:
            rows.append(row)
            if section:
                sections[row] = section
    return rows, sections, asides


def _last_dense(counts: Mapping[int, int], usual: int) -> int:
    """The last row that is filled like the others: what stands below it may be notes."""
    return max((row for row, count in counts.items() if count > max(1, usual // 3)), default=max(counts, default=0))


def _is_heading(text: str, usual: int) -> bool:
    return usual > 2 and len(text) <= 40 and (text.isupper() or text.endswith(":")) and any(map(str.isalpha, text))


_TOTAL_WORDS = TOTALS | words_of(TOTAL)


def _is_total(grid: Grid, row: int, line: Sequence[Value], left: int, usual: int, count: int) -> bool:
    first = next(filter(filled, line), None)
    if isinstance(first, str) and (plain(first) in _TOTAL_WORDS or plain(first).partition(" ")[0] in TOTALS):
        return not _is_name_like(line, usual) or any((row, left + n + 1) in grid.formulas for n in range(len(line)))
    if not grid.formulas:
        return False
    calculated = sum((row, left + number + 1) in grid.formulas for number, value in enumerate(line) if filled(value))
    return calculated > 1 and calculated >= count - 1 and not isinstance(line[0] if line else None, str)


def _is_name_like(line: Sequence[Value], usual: int) -> bool:
    texts = [value for value in line if isinstance(value, str) and filled(value)]
    return len(texts) > max(2, usual // 2)


def _is_note(first: Value, text: str, count: int, usual: int, below: bool) -> bool:
    if not isinstance(first, str) or count > max(1, usual // 3):
        return False
    return bool(NOTE.match(text)) or (below and usual > 2)


def texts_above(region: Region) -> Iterator[str]:
    """The title lines of a region."""
    for _, _, text in region.titles:
        yield text

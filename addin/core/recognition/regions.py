"""The tables that are on a sheet, as a person sees them: side by side or below each other, under titles and headings.

Each region has its header row (with the group headings above it), its rows, the headings of its sections, and what is
no data: totals, notes, legends, headers once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from addin.core.book import Grid, Value
from addin.core.recognition.context import is_class_heading
from addin.core.recognition.header_rows import (
    Known,
    filled,
    full_row,
    head_line,
    header_block,
    header_rows,
    headings,
    over_several,
)
from addin.core.recognition.other_lines import is_legend, is_note, is_total
from addin.core.recognition.people import is_name
from addin.core.recognition.spoken_dates import month_of
from addin.core.recognition.vocabulary import asked_of, header_key
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.values import show

GUTTER = 2
"""More blank columns than this part two tables; what is behind them and has no known headers is something else."""


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
    """Cells merged downwards: what is in the first counts for all."""
    top: int = 0
    """The first row of the headers, where they have several."""
    outer: Mapping[int, str] = field(default_factory=dict)
    """The headings above the groups."""
    carried: tuple[int, ...] = ()
    """Columns whose values are carried down without being merged."""
    graded: str = ""
    """The tracker that its grades belong to, as its sheet or its titles say: predicted ones, or results."""

    own_names: dict[int, str] = field(default_factory=dict)
    """What `own_name` has said before."""

    def own_name(self, number: int) -> str:
        """The header under which a column of the person's own goes along: with the heading above it, or a number, where
        others are called the same."""
        if number not in self.own_names:
            header, group = self.headers[number], self.groups.get(number, "")
            alike = [one for one in self.columns if self.headers.get(one) == header]
            if len(alike) > 1 and group:
                header, alike = f"{group} {header}", [one for one in alike if self.groups.get(one, "") == group]
            nth = alike.index(number) + 1 if number in alike else 1
            self.own_names[number] = header if nth == 1 else f"{header} ({nth})"
        return self.own_names[number]

    def value(self, grid: Grid, row: int, column: int) -> Value:
        """What a cell holds, or the cell that it is merged into."""
        shown = grid.shown.get((row, column)) if grid.shown else None
        value = grid.value(row, column) if shown is None else shown
        return self.filled.get((row, column)) if value is None else value

    def line(self, grid: Grid, row: int) -> Sequence[Value]:
        """What `value` gives for the columns of a row, up to the table's last: `line[column - 1]`."""
        last = self.columns[-1]
        if grid.shown or self.filled:
            return [self.value(grid, row, column) for column in range(1, last + 1)]
        line = grid.values[row - 1]
        return line if len(line) >= last else [*line, *[None] * (last - len(line))]


def regions(grid: Grid, known: Known) -> list[Region]:
    """The tables of a sheet, from left to right and from top to bottom."""

    @cache
    def headers(left: int, right: int) -> list[int]:
        return header_rows(grid, left, right, known)

    found: list[Region] = []
    for left, right in _strips(grid, headers):
        heads = headers(left, right) or [row for row in (full_row(grid, left, right, known),) if row]
        starts = [*heads[1:], None] if heads else []
        top = 1
        for head, after in zip(heads, starts, strict=True):
            end = _end_before(grid, left, right, head, after) if after else len(grid.values)
            found.append(_region(grid, left, right, top, head, end))
            top = end + 1
    return sorted(found, key=lambda region: (region.columns[0] if region.columns else 0, region.header_row))


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
    whole = [strip for strip in joined if headers(*strip)]
    return whole or ([(joined[0][0], joined[-1][1])] if joined else [])


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
        found = {column for column, value in enumerate(line, 1) if filled(value)}
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
    if strip[0] - before[1] > GUTTER or any("=" in text for text in texts) or not any(texts):
        return True
    return any(
        any(map(filled, line[strip[0] - 1 : strip[1]])) and sum(map(filled, line[before[0] - 1 : before[1]])) < 2
        for line in grid.values[row:]
    )  # rows of its own beside a blank line or a heading of the other table


def _end_before(grid: Grid, left: int, right: int, head: int, after: int) -> int:
    """The last row of a table above another one: the titles and group headings of the other go to it."""
    row = after - 1
    while row > head:
        cells = grid.values[row - 1][left - 1 : right]
        line = [value for value in cells if filled(value)]
        if line and (len(line) > 2 or not all(isinstance(value, str) for value in line)):
            break
        if len(line) == 2 and filled(cells[0]):
            break  # group headings begin behind the first column: this is a short row of the table
        row -= 1
    return max(row, head)


def _region(grid: Grid, left: int, right: int, top: int, head: int, end: int) -> Region:
    first, head = header_block(grid, left, right, head)
    first = max(first, min(top, head))  # what is above is the last row of another table
    line = head_line(grid, head, left, right)
    groups, outer = headings(grid, left, right, first, head)
    texts = {column: " ".join(show(value).split()) for column, value in line.items()}
    headers = {column: asked_of(text) or text for column, text in texts.items()}
    for column, text in groups.items():
        if column not in headers and any(filled(grid.value(row, column)) for row in range(head + 1, end + 1)):
            headers[column] = text
    headers |= over_several(grid, head, right, headers, end)
    columns = tuple(sorted(headers))
    titles = [
        (row, column, " ".join(show(value).split()))
        for row in range(max(top, 1), first)
        for column, value in enumerate(grid.values[row - 1], 1)
        if filled(value) and (left <= column <= right or _is_for_all(grid, row, top))
    ]
    fill = _merged_down(grid, head, end, columns)
    rows, sections, asides = _body(grid, columns, head, end, fill)
    return Region(grid.sheet, head, columns, headers, groups, titles, rows, sections, asides, fill, first, outer)


def _is_for_all(grid: Grid, row: int, top: int) -> bool:
    """Whether a line above the first tables is a title of the whole sheet: one text alone."""
    return top == 1 and sum(map(filled, grid.values[row - 1])) == 1


def _merged_down(grid: Grid, head: int, end: int, columns: Sequence[int]) -> dict[tuple[int, int], Value]:
    """What is in cells merged downwards, for each cell that they cover."""
    found: dict[tuple[int, int], Value] = {}
    for area in grid.merged:
        if area.top > head and area.bottom <= end and area.top < area.bottom and area.left in columns:
            value = grid.value(area.top, area.left)
            found.update({(row, area.left): value for row in range(area.top + 1, area.bottom + 1)})
    return found


def _body(
    grid: Grid, columns: Sequence[int], head: int, end: int, fill: Mapping[tuple[int, int], Value]
) -> tuple[list[int], dict[int, str], list[Aside]]:
    """The rows of data, the section each is in, and what is none."""
    left, right = columns[0] - 1, columns[-1]
    wide = {row for a in grid.merged if a.left < a.right for row in range(a.top, a.bottom + 1)}
    lines = grid.values
    head_text = [header_key(show(v)) for v in lines[head - 1][left:right]]
    probe = next((n for n, v in enumerate(lines[head - 1][left:right]) if filled(v)), 0)
    head_first = head_text[probe : probe + 1]
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
    again = {
        row
        for row, count in counts.items()
        if count > 1
        and [header_key(cell) for cell in lines[row - 1][left + probe : left + probe + 1]] == head_first
        and [header_key(show(v)) for v in lines[row - 1][left:right]] == head_text
    }
    section = _above_headers(lines, head, again)
    last = _last_dense(counts, usual)
    least = 1 if len(columns) == 2 and _has_headings_alone(counts, lines, left) else 2
    for row, count in counts.items():
        line = lines[row - 1][left:right]
        first = next(value for value in line if filled(value))
        text = " ".join(show(first).split())
        if (
            count == 1
            and (isinstance(first, str) or is_period(text))
            and row < last
            and (
                row in wide
                or (row + 1 in again and ROOM.search(text))
                or _is_heading(text, usual, len(columns), least)
                or (usual > 2 and _is_unlike(line[0], (lines[n - 1][left] for n in counts if counts[n] > 1)))
            )
        ):
            section = text
            asides.append(Aside(row, "heading", text))
        elif row in again:
            asides.append(Aside(row, "headers", text))
        elif is_total(grid, row, line, left, usual, count, first, (lines[n - 1] for n in rows[-6:])):
            asides.append(Aside(row, "total", text))
        elif (
            is_note(first, text, count, usual, row > last and (usual > 2 or _ends(asides))) or is_legend(line)
        ) and not _goes_on(line, lines, rows, left):
            asides.append(Aside(row, "note", text))
        else:
            rows.append(row)
            if section:
                sections[row] = section
    return rows, sections, asides


ROOM = regex(
    r"(?i)\b(?:rooms?|labs?|library|store\w*|cupboard|cabinet|shelf|office|building|floor|salle|laboratoire|bibliothèque|"
    r"aula|laboratorio|biblioteca|despacho|armario|raum|labor|bibliothek|schrank|sala|classroom|block)\b|[教室]室|실$"
)
"""A heading that says where the things below it are."""


def _above_headers(lines: Sequence[Sequence[Value]], head: int, again: Collection[int]) -> str:
    """The room of the first section, where a text alone is above the headers and above each that is repeated."""
    alone = [[value for value in lines[row - 2] if filled(value)] for row in (head, *again) if row > 1]
    texts = [show(line[0]).strip() for line in alone if len(line) == 1 and isinstance(line[0], str)]
    return texts[0] if again and len(texts) == len(again) + 1 and ROOM.search(texts[0]) else ""


def _last_dense(counts: Mapping[int, int], usual: int) -> int:
    """The last row that is filled like the others: what is below it may be notes."""
    return max((row for row, count in counts.items() if count > max(1, usual // 3)), default=max(counts, default=0))


def _is_heading(text: str, usual: int, columns: int, least: int) -> bool:
    return (
        usual > (1 if columns > 2 and " " in text else least)
        and len(text) <= 40
        and (is_period(text) or (_is_marked(text) and any(map(str.isalpha, text))))
    )


def _is_unlike(text: Value, others: Iterable[Value]) -> bool:
    """Whether a text alone in its row is none of what the first column has: words between codes, or between names that
    all have a comma."""
    if not isinstance(text, str) or any(sign.isdigit() or sign == "," for sign in text):
        return False
    texts = [show(value) for value in others if filled(value)]
    return len(texts) > 1 and (all(any(map(str.isdigit, one)) for one in texts) or all("," in one for one in texts))


_PERIOD = regex(
    r"(?:(?:(?:school|academic) year|year|sy|ay|ann[ée]e(?: scolaire)?|curso(?: escolar)?|año(?: escolar)?|schuljahr|"
    r"anno scolastico|ano letivo)\s*:?\s*)?20\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?|"
    r"(?:(?:autumn|fall|spring|summer|winter|michaelmas|lent)\s+)?"
    r"(?:term|semester|trimester|quarter|trimestre|semestre|halbjahr|bimestre)\s*(?:\d|i{1,3}|iv)?|"
    r"(?:\d(?:st|nd|rd|er|e|\.|º|ª)?|first|second|third)\s*(?:term|semester|trimester|quarter|trimestre|semestre|halbjahr)",
    re.I,
)


def is_period(text: str) -> bool:
    """Whether a text is a stretch of time and nothing else: `2024-2025`, `Année 2025/26`, `Term 1`, `May 2026`."""
    return bool(_PERIOD.fullmatch(text.strip(" :"))) or bool(month_of(text)[0])


def _is_marked(text: str) -> bool:
    """Whether a text looks like a heading: in capitals, with a colon, or a class."""
    return text.isupper() or text.endswith(":") or is_class_heading(text)


def _has_headings_alone(counts: Mapping[int, int], lines: Sequence[Sequence[Value]], left: int) -> bool:
    """Whether the rows with one cell of two are headings: all look so, and hardly any other row does."""
    firsts = {row: next(value for value in lines[row - 1][left:] if filled(value)) for row in counts}
    last = max((row for row, count in counts.items() if count > 1), default=0)
    alone = [value for row, value in firsts.items() if counts[row] == 1 and row < last]
    whole = [value for row, value in firsts.items() if counts[row] > 1]
    marked = [isinstance(value, str) and _is_marked(value.strip()) for value in whole]
    looks = all(isinstance(value, str) and _is_marked(value.strip()) for value in alone)
    return len(whole) > len(alone) > 0 and looks and 4 * sum(marked) <= len(whole)


def _goes_on(line: Sequence[Value], lines: Sequence[Sequence[Value]], rows: Sequence[int], left: int) -> bool:
    """Whether a short line begins as all rows above do, `Petit, Hugo`: somebody of whom little is known yet."""
    place = next(n for n, value in enumerate(line) if filled(value))
    above = [lines[row - 1][left + place : left + place + 1] for row in rows]
    return bool(above) and all(map(_is_last_first, [line[place], *(cell[0] if cell else None for cell in above)]))


def _is_last_first(value: Value) -> bool:
    return isinstance(value, str) and value.count(",") == 1 and is_name(value)


def _ends(asides: Sequence[Aside]) -> bool:
    """Whether the line that was read last is below the rows: a total or a note."""
    return bool(asides) and asides[-1].kind in ("total", "note")


def texts_above(region: Region) -> Iterator[str]:
    """The title lines of a region."""
    for _, _, text in region.titles:
        yield text

"""Where a tracker is in a sheet: the row of its headers, and the column of each.

Rows and columns are numbered as in the sheet, from 1; columns that the tracker does not know are kept as they are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any
from unicodedata import category

from addin.core.book import Area, Grid, Value
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER, Tracker

_NO_WORD = regex(r"[\W_]+")
HEADER_SEARCH = 40
"""How many rows are looked at for the headers: banners and titles may be above them."""
LONGEST_HEADER = 80
"""Of longer texts the plain form is not remembered."""


@record
class Layout:
    """Where a tracker is in a sheet: the row of its headers and the column number of each."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    extra: Mapping[str, int] = field(default_factory=dict)
    """Columns of the person's own: header -> column number."""
    id_column: int | None = None
    bottom: int | None = None
    """The last row of the native table, where there is one."""
    merged: list[Area] = field(default_factory=list)

    def top_of(self, row: int, column: int) -> tuple[int, int]:
        """The cell that a person sees at this place: the first of the merged cells where it is hidden under them."""
        for area in self.merged:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return area.top, area.left
        return row, column


def plain(header: Any) -> str:
    """A header without case, punctuation and double blanks, for comparing; vowel signs and accents stay."""
    text = show(header)
    return _known_plain(text) if len(text) <= LONGEST_HEADER else _plain(text)


def _plain(text: str) -> str:
    if text.isascii():
        return _NO_WORD.sub(" ", text.casefold()).strip()
    kept = (sign if sign.isalnum() or category(sign)[0] == "M" else " " for sign in fold(text))
    return " ".join("".join(kept).split())


_known_plain = lru_cache(maxsize=8192)(_plain)  # the names of sheets and headers come again and again


def find(grid: Grid, tracker: Tracker, given: Mapping[str, Any] | None = None) -> Layout | None:
    """Where the tracker's headers are in this sheet; None when they do not.

    `given` is what `adopt` wrote down: `header_row` and the headers that stand for columns. Without it the headers
    of the tracker (and their aliases) are looked for, and all of its key must be there.
    """
    given = given or {}
    names = {plain(alias): c.name for c in tracker.columns.values() for alias in c.aliases}
    names |= {plain(column.header): column.name for column in tracker.columns.values()}
    exact = {header.strip(): name for header, name in given.get("columns", {}).items()}
    if "columns" in given:
        names = {plain(header): name for header, name in given["columns"].items()}
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    rows = (given["header_row"],) if "header_row" in given else range(1, min(HEADER_SEARCH, len(grid.values)) + 1)
    for row in rows:
        columns = _columns_of(header_line(grid, row), names, exact)
        if len(columns) > best[0]:
            best = (len(columns), row, columns)
    count, row, columns = best
    enough = "columns" in given or (count >= 2 and all(name in columns for name in tracker.key))
    return layout_at(grid, row, columns) if count and enough else None


def _columns_of(line: Sequence[Value], names: Mapping[str, str], exact: Mapping[str, str]) -> dict[str, int]:
    """Column -> its number: by the very header first (`Fee ($)` is not `Fee (€)`), then by its words alone."""
    columns: dict[str, int] = {}
    texts = [(number, header) for number, header in enumerate(line, 1) if isinstance(header, str)]
    for number, header in texts:
        name = exact.get(header.strip())
        if name:
            columns.setdefault(name, number)
    taken = set(columns.values())
    for number, header in texts:
        key = plain(header)
        name = names.get(key) if key and number not in taken else None
        if name:
            columns.setdefault(name, number)
    return columns


def header_line(grid: Grid, row: int) -> list[Value]:
    """The headers in a row; where cells are merged downwards to this row, their text counts as standing in it."""
    line = grid.values[row - 1] if row <= len(grid.values) else []
    for area in grid.merged:
        if area.top < row == area.bottom and area.left == area.right:
            line = [*line, *[None] * (area.left - len(line))]
            line[area.left - 1] = line[area.left - 1] or grid.value(area.top, area.left)
    return line


def layout_at(grid: Grid, row: int, columns: dict[str, int]) -> Layout:
    """The layout of a sheet whose headers are in `row`; other headers are the person's own columns."""
    headers = header_line(grid, row)
    area = table_at(grid, row, columns.values())
    known = set(columns.values())
    extra: dict[str, int] = {}
    id_column = None
    for number, header in enumerate(headers, 1):
        if number in known or header is None or (area and not area.left <= number <= area.right):
            continue
        if plain(header) == plain(ID_HEADER):
            id_column = number
        else:
            extra[_free_name(show(header), extra)] = number
    if id_column is None and area:
        id_column = _ids_beside(grid, row, headers)
    return Layout(grid.sheet, row, columns, extra, id_column, area.bottom if area else None, grid.merged)


def _ids_beside(grid: Grid, row: int, headers: Sequence[Value]) -> int | None:
    """The column of row ids beside a native table that has lost its own; none of another table."""
    for number, header in enumerate(headers, 1):
        another = any(t.top <= row <= t.bottom and t.left <= number <= t.right for t in grid.tables)
        if header is not None and not another and plain(header) == plain(ID_HEADER):
            return number
    return None


def repeated_headers(grid: Grid, layout: Layout) -> list[str]:
    """The headers of the tracker's columns that another column of the sheet has, too; one that holds row ids is theirs,
    whatever was typed over its header."""
    line = [show(header).strip() for header in header_line(grid, layout.header_row)]
    used = {line[number - 1].casefold() for number in layout.columns.values()}
    again = [number for number in layout.extra.values() if line[number - 1].casefold() in used]
    if not again:
        return []
    from addin.core.tables.row_ids import is_id  # hardly any sheet needs it

    below = grid.values[layout.header_row :]
    held = {n: [row[n - 1] for row in below if n <= len(row) and row[n - 1] is not None] for n in again}
    return [line[n - 1] for n in again if not held[n] or not all(isinstance(v, str) and is_id(v) for v in held[n])]


def headless_columns(grid: Grid, layout: Layout, rows: Sequence[int]) -> list[int]:
    """The columns without a header in which one of these rows holds something: among the headers, or right after."""
    if not rows or table_at(grid, layout.header_row, layout.columns.values()):
        return []
    filled = {number for row in rows for number, cell in enumerate(grid.values[row - 1], 1) if cell is not None}
    with_header = {n for n, cell in enumerate(header_line(grid, layout.header_row), 1) if cell is not None}
    last = next(number for number in count(max(layout.columns.values())) if number + 1 not in filled | with_header)
    return sorted(n for n in filled - with_header if min(layout.columns.values()) < n <= last)


def _free_name(header: str, taken: Container[str]) -> str:
    """The header, or `Term 2`, `Term 3` … for further columns of the same name."""
    if header not in taken:
        return header
    return next(name for number in count(2) if (name := f"{header} {number}") not in taken)


def table_at(grid: Grid, row: int, columns: Iterable[int]) -> Area | None:
    """The native table whose header row is `row` and that holds one of these columns."""
    columns = list(columns)
    return next((t for t in grid.tables if t.top == row and any(t.left <= c <= t.right for c in columns)), None)


def table_over(grid: Grid, layout: Layout, rows: Iterable[int]) -> Area | None:
    """The tracker's native table with the rows that stand right below it; None where there are none.

    Excel lets a table grow over what is typed below it; LibreOffice and many programs that write files do not.
    """
    table = table_at(grid, layout.header_row, layout.columns.values())
    below = set(rows)
    if table is None or table.bottom + 1 not in below:
        return None
    bottom = table.bottom
    while bottom + 1 in below:
        bottom += 1
    return table._replace(bottom=bottom)


def calculated_columns(tracker: Tracker, layout: Layout) -> set[int]:
    """The numbers of the columns that the sheet itself calculates: never content."""
    return {number for name, number in layout.columns.items() if tracker.columns[name].calculated}

"""From the cells of a sheet to a Table: plain columns of typed values, with row numbers and row ids.

`find` sees where a tracker is in a sheet; `read_table` reads it. Rows and columns are in the order of the sheet;
columns that the tracker does not know are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from itertools import count, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from unicodedata import category

from addin.core.book import NOT_CALCULATED, Area, Grid, Value
from addin.core.records import field, record
from addin.core.tables.equality import fold
from addin.core.tables.values import ReadIssue, read_column, show
from addin.core.trackers import ID_HEADER, Tracker

if TYPE_CHECKING:
    import pandas

_NO_WORD = re.compile(r"[\W_]+")
HEADER_SEARCH = 40
"""How many rows are looked at for the headers: banners and titles may be above them."""
NOTES = 12
"""So many lines at most, with a blank row above and little in them, are taken for notes or a legend."""
TOTALS = {
    "total", "totals", "subtotal", "sum", "sums", "average", "mean", "count", "gesamt", "summe", "anzahl", "totale",
    "moyenne", "somme", "suma", "promedio", "grand total", "sub total", "gesamtsumme", "zwischensumme", "total general",
    "toplam", "genel toplam", "razem", "ogółem", "totaal", "yhteensä", "summa", "totalt", "i alt", "összesen", "celkem",
    "spolu", "ukupno", "skupaj", "итого", "всего", "разом", "σύνολο", "סה כ", "المجموع", "الإجمالي",
    "合计", "合計", "总计", "總計", "小计", "小計", "합계", "총계", "รวม", "tổng cộng", "tổng",
    "jumlah", "कुल",
}  # fmt: skip
"""How a line of totals begins."""


_NUMERIC = frozenset({"integer", "number"})
_TYPED = _NUMERIC | {"date", "time", "yes_no"}


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


@record
class Table:
    """One tracker's rows from one or more sheets, column by column; every list is as long as `rows`."""

    tracker: str
    columns: dict[str, list[Value]]
    rows: list[int]
    ids: list[str]
    sheets: list[str]
    layouts: dict[str, Layout] = field(default_factory=dict)
    extra: dict[str, list[Value]] = field(default_factory=dict)
    odd: dict[str, dict[int, ReadIssue]] = field(default_factory=dict)
    """column -> index -> what the cell holds, where it could not be read or only with a remark."""
    covered: frozenset[tuple[str, int]] = frozenset()
    """(column, index) of each cell that is hidden under cells merged downwards; it has the value of the top one."""

    def __len__(self) -> int:
        return len(self.rows)

    def raw(self, column: str) -> list[Value]:
        """A tracker's column with what is in the cells, readable or not: for exports."""
        values = list(self.columns[column])
        for index, odd in self.odd.get(column, {}).items():
            values[index] = odd.raw
        return values

    def row(self, index: int) -> dict[str, Value]:
        """One row's typed values by column name."""
        return {name: values[index] for name, values in self.columns.items()}

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a DataFrame of objects, exact values, indexed by row number; needs the extra `pandas`."""
        import pandas

        data = {name: self.raw(name) for name in self.columns} | self.extra
        return pandas.DataFrame(data, index=pandas.Index(self.rows, name="row"), dtype=object)


def plain(header: Any) -> str:
    """A header without case, punctuation and double blanks, for comparing; vowel signs and accents stay."""
    text = show(header)
    if text.isascii():
        return _NO_WORD.sub(" ", text.casefold()).strip()
    kept = (sign if sign.isalnum() or category(sign)[0] == "M" else " " for sign in fold(text))
    return " ".join("".join(kept).split())


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


def _free_name(header: str, taken: Container[str]) -> str:
    """The header, or `Term 2`, `Term 3` … for further columns of the same name."""
    if header not in taken:
        return header
    return next(name for number in count(2) if (name := f"{header} {number}") not in taken)


def table_at(grid: Grid, row: int, columns: Iterable[int]) -> Area | None:
    """The native table whose header row is `row` and that holds one of these columns."""
    columns = list(columns)
    return next((t for t in grid.tables if t.top == row and any(t.left <= c <= t.right for c in columns)), None)


def read_table(
    tracker: Tracker, grids: Mapping[str, Grid], layouts: Sequence[Layout], rows: Mapping[str, list[int]] | None = None
) -> Table:
    """The tracker's rows from every sheet on which it stands, blank rows left out; `rows` are those already chosen."""
    table = Table(tracker.name, {name: [] for name in tracker.columns}, [], [], [])
    for layout in layouts:
        grid = grids[layout.sheet]
        chosen = rows[grid.sheet] if rows else data_rows(grid, layout, calculated_columns(tracker, layout))
        _read_sheet(table, tracker, grid, layout, chosen)
    return table


def _read_sheet(table: Table, tracker: Tracker, grid: Grid, layout: Layout, numbers: list[int]) -> None:
    start = len(table.rows)
    cells = _columns(grid, numbers, layout)
    table.layouts[layout.sheet] = layout
    table.rows += numbers
    table.sheets += [layout.sheet] * len(numbers)
    ids = cells(layout.id_column)
    table.ids += ["" if value is None else show(value).strip() for value in ids]
    as_seen = _AsSeen(grid, numbers, layout)
    covered: set[tuple[str, int]] = set()
    for name, column in tracker.columns.items():
        place = layout.columns.get(name)
        raws = cells(place) if column.calculated else as_seen.column(cells(place), place, column.type)
        values, issues = read_column(raws, column.type, serial=grid.serial_dates)
        table.columns[name] += values
        if issues:
            table.odd.setdefault(name, {}).update({start + index: issue for index, issue in issues.items()})
        if grid.merged and place:
            hidden = _merged_down(grid, layout, place)
            covered.update((name, start + index) for index, row in enumerate(numbers) if row in hidden)
    table.covered |= covered
    for header in {**table.extra, **layout.extra}:
        kept = table.extra.setdefault(header, [None] * start)
        place = layout.extra.get(header)
        kept += as_seen.column(cells(place), place, "")


class _AsSeen:
    """A sheet's cells as a person sees them: codes with their zeros, merged cells in each of their rows (a number
    counts once), and a formula without a result as one that has not been calculated."""

    def __init__(self, grid: Grid, rows: Sequence[int], layout: Layout) -> None:
        self.grid, self.rows, self.layout = grid, rows, layout
        self.calculated = set(map(itemgetter(1), grid.formulas))
        self.calculated.update(column for area in grid.arrays for column in range(area.left, area.right + 1))
        self.plain = not (grid.shown or grid.merged or self.calculated)

    def column(self, raws: list[Value], column: int | None, kind: str) -> list[Value]:
        """The cells of a column, for a column of this type ("" for one of the person's own)."""
        if self.plain or column is None:
            return raws
        seen, grid = raws, self.grid
        if grid.shown and kind not in _TYPED:
            seen = [grid.shown.get((row, column), raw) for row, raw in zip(self.rows, seen, strict=True)]
        if grid.merged and kind not in _NUMERIC and (above := _merged_down(grid, self.layout, column)):
            value = self._value_above(column, above)
            seen = [value(row) if raw is None else raw for row, raw in zip(self.rows, seen, strict=True)]
        if column in self.calculated and None in seen:
            seen = [
                NOT_CALCULATED if raw is None and grid.is_uncalculated(row, column) else raw
                for row, raw in zip(self.rows, seen, strict=True)
            ]
        return seen

    def _value_above(self, column: int, above: Mapping[int, int]) -> Callable[[int], Value]:
        def value(row: int) -> Value:
            top = above.get(row, row)
            return self.grid.shown.get((top, column), self.grid.value(top, column))

        return value


def _merged_down(grid: Grid, layout: Layout, column: int) -> dict[int, int]:
    """row -> the first row of the merged cells that reach down to it in this column, below the headers."""
    last = len(grid.values)
    return {
        row: area.top
        for area in grid.merged
        if area.left == column and layout.header_row < area.top < area.bottom
        for row in range(area.top + 1, min(area.bottom, last) + 1)
    }


def _columns(grid: Grid, numbers: Sequence[int], layout: Layout) -> Callable[[int | None], list[Value]]:
    """The cells of these rows by column number, turned on their side in one go; None is a column that is not there."""
    width = max([*layout.columns.values(), *layout.extra.values(), layout.id_column or 0])
    lines = (grid.values[number - 1] for number in numbers)
    across = list(zip_longest(*(line if len(line) <= width else line[:width] for line in lines)))

    def cells(column: int | None) -> list[Value]:
        there = column is not None and column <= len(across)
        return list(across[column - 1]) if column and there else [None] * len(numbers)

    return cells


def calculated_columns(tracker: Tracker, layout: Layout) -> set[int]:
    """The numbers of the columns that the sheet itself calculates: never content."""
    return {number for name, number in layout.columns.items() if tracker.columns[name].calculated}


def data_rows(grid: Grid, layout: Layout, calculated: Collection[int] = ()) -> list[int]:
    """The rows below the headers that hold something in the tracker's or the person's own columns.

    What is calculated is no content: the columns with these numbers, and formulas in a person's own columns. Below the
    end of a native table only rows that follow without a gap belong to it, and rows with a row id. Headings between
    the rows, headers that are repeated, and totals, notes or legends at the end are not data.
    """
    places = [number - 1 for number in (*layout.columns.values(), *layout.extra.values())]
    left, right = min(places), max(places) + 1
    headings = _headings(grid, layout, left, right)
    content = _content(layout, places, calculated)
    first, formulas = content[0][0] if content else left, grid.formulas
    found, gap = [], False
    for number, line in enumerate(grid.values[layout.header_row :], layout.header_row + 1):
        if len(line) > first and not gap:  # nearly always so: a look at one cell is enough
            value = line[first]
            if (
                type(value) is str
                and value
                and not value.isspace()
                and (not formulas or (number, first + 1) not in formulas)
            ):
                if number not in headings:
                    found.append(number)
                continue
        beyond = layout.bottom is not None and number > layout.bottom
        if not line or not _holds_content(grid, layout, number, line, content):
            gap = gap or beyond
            continue
        if gap and not _has_id(grid, layout, number):
            continue
        if number not in headings:
            found.append(number)
    return found[: _end(grid, layout, found, left, right)]


def left_out(grid: Grid, layout: Layout, rows: Collection[int], calculated: Collection[int] = ()) -> list[int]:
    """The rows that hold something in the tracker's columns, but are not among these rows of data: notes, totals, and
    what is below a gap. Headings and repeated headers are not among them."""
    taken = set(rows)
    lines = enumerate(grid.values[layout.header_row :], layout.header_row + 1)
    others = [(number, line) for number, line in lines if line and number not in taken]
    if not others:
        return []
    places = [number - 1 for number in (*layout.columns.values(), *layout.extra.values())]
    headings = _headings(grid, layout, min(places), max(places) + 1)
    columns = [(number - 1, True) for number in layout.columns.values() if number not in calculated]
    return [
        number
        for number, line in others
        if number not in headings and _holds_content(grid, layout, number, line, columns)
    ]


Content = Sequence[tuple[int, bool]]
"""Index of a column that holds content, and whether a formula in it is content, too."""


def _content(layout: Layout, places: Sequence[int], calculated: Collection[int]) -> Content:
    known = set(layout.columns.values())
    return [(place, place + 1 in known) for place in places if place + 1 not in calculated]


def _holds_content(grid: Grid, layout: Layout, number: int, line: Sequence[Value], content: Content) -> bool:
    """Whether a row holds something that somebody typed, or a formula that gives something in a tracker's column."""
    width, formulas = len(line), grid.formulas
    return any(
        place < width and _filled(line[place]) and (may_be_formula or (number, place + 1) not in formulas)
        for place, may_be_formula in content
    )


def _headings(grid: Grid, layout: Layout, left: int, right: int) -> set[int]:
    """Rows below the headers that are headings themselves: one text merged across, or the headers once more,
    and the title above these."""
    last = len(grid.values)
    wide = {
        row for area in grid.merged if area.left < area.right for row in range(area.top, min(area.bottom, last) + 1)
    }
    found = {row for row in wide if row > layout.header_row and _many(grid, row, left, right) == 1}
    head = grid.values[layout.header_row - 1][left:right]
    probe = min(layout.columns.values()) - 1
    first = head[probe - left] if len(head) > probe - left else None  # a look at one cell spares looking at whole rows
    lines = enumerate(grid.values[layout.header_row :], layout.header_row + 1)
    again = [number for number, line in lines if len(line) > probe and line[probe] == first]
    repeated = [number for number in again if grid.values[number - 1][left:right] == head]
    titles = (n - 1 for n in repeated if n - 1 > layout.header_row and _many(grid, n - 1, left, right) == 1)
    return found.union(repeated, titles)


def _end(grid: Grid, layout: Layout, rows: Sequence[int], left: int, right: int) -> int:
    """How many of these rows are data. A row with a row id, or inside a native table, always is."""
    counts = sorted(_many(grid, row, left, right) for row in rows[:50])
    usual = counts[len(counts) // 2] if counts else 0
    end = len(rows)
    while end > 1:
        start = end - 1
        while start and rows[start] - rows[start - 1] == 1 and end - start <= NOTES:
            start -= 1
        if rows[end - 1] <= (layout.bottom or 0) or _has_id(grid, layout, rows[end - 1]):
            break
        if _is_total(grid.values[rows[end - 1] - 1][left:right], usual):
            end -= 1
        elif (
            start
            and end - start <= NOTES
            and not any(
                _has_id(grid, layout, row) or _many(grid, row, left, right) > max(1, usual // 3)
                for row in rows[start:end]
            )
        ):
            end = start
        else:
            break
    return end


def _many(grid: Grid, row: int, left: int, right: int) -> int:
    return sum(map(_filled, grid.values[row - 1][left:right])) if row <= len(grid.values) else 0


def _has_id(grid: Grid, layout: Layout, row: int) -> bool:
    return layout.id_column is not None and _filled(grid.value(row, layout.id_column))


def _is_total(line: Sequence[Value], usual: int) -> bool:
    """A line of totals begins with such a word, and has nothing but numbers beside it. "Total immersion week" with a
    name or a date beside it, or with nothing at all, is an entry."""
    filled = [value for value in line if _filled(value)]
    first = filled[0] if filled else None
    if not isinstance(first, str) or len(filled) > max(1, usual * 2 // 3):
        return False
    words = plain(first)
    numbers = all(type(value) in (int, float) for value in filled[1:])
    return words in TOTALS or (words.partition(" ")[0] in TOTALS and numbers and len(filled) > 1)


def _filled(value: Value) -> bool:
    return value is not None and not (type(value) is str and (not value or value.isspace()))

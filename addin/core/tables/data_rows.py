"""Which rows below the headers are data, and which are headings, totals, notes or legends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from addin.core.book import Grid, Value
from addin.core.regex import regex
from addin.core.tables.layout import Layout, plain

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

_WITH_COUNT = regex(r"[:=]\s*\d+\W*$")
"""`Total records: 6`."""


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
    below = grid.values[layout.header_row :]
    if sum(map(bool, below)) == len(rows):
        return []  # nearly always: every line that holds something is an entry
    taken = set(rows)
    lines = enumerate(below, layout.header_row + 1)
    others = [(number, line) for number, line in lines if line and number not in taken]
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
    first = _folded(head[probe - left]) if len(head) > probe - left else None
    lines = enumerate(grid.values[layout.header_row :], layout.header_row + 1)  # one cell spares looking at whole rows
    again = [number for number, line in lines if len(line) > probe and _folded(line[probe]) == first]
    repeated = [n for n in again if [*map(_folded, grid.values[n - 1][left:right])] == [*map(_folded, head)]]
    titles = (n - 1 for n in repeated if n - 1 > layout.header_row and _many(grid, n - 1, left, right) == 1)
    return found.union(repeated, titles)


def _folded(value: Value) -> Value:
    """A header without regard to capitals and blanks around it."""
    return value.strip().casefold() if type(value) is str else value


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
    """A line of totals begins with such a word, and has nothing but numbers beside it or behind it. "Total immersion
    week" with a name or a date beside it, or with nothing at all, is an entry."""
    filled = [value for value in line if _filled(value)]
    first = filled[0] if filled else None
    if not isinstance(first, str) or len(filled) > max(1, usual * 2 // 3):
        return False
    words = plain(first)
    numbers = all(type(value) in (int, float) for value in filled[1:])
    counted = numbers and (len(filled) > 1 or bool(_WITH_COUNT.search(first)))
    return words in TOTALS or (words.partition(" ")[0] in TOTALS and counted)


def _filled(value: Value) -> bool:
    return value is not None and not (type(value) is str and (not value or value.isspace()))

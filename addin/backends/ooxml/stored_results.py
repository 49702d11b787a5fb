"""Stored results that an edit makes wrong: set where the new result is known, else dropped, so that no reader is told
what was true before. Spreadsheet programs calculate a formula without a stored result when they open the workbook."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set

from addin.backends.ooxml.formulas import area, column_number, moved
from addin.backends.ooxml.markup import attributes, with_attribute
from addin.backends.ooxml.references import OWN_ROW, ROW_ABOVE, Reads, References
from addin.backends.ooxml.scan import CellAt, cells, cells_named, rows, rows_numbered, sheet_data
from addin.backends.ooxml.shared_formulas import FORMULA
from addin.backends.ooxml.splice import Aspect
from addin.backends.ooxml.typed import Values, cell_value
from addin.backends.ooxml.values import same, storable, stored_result, text
from addin.core.book import Cell, Value
from addin.core.records import field, record
from addin.core.regex import regex

USUAL = regex(rb'<c r="([A-Z]+)(\d+)"[^<>]*><f(?: ([^<>]*))?>([^<]*)</f>')

ASPECTS = tuple(Aspect)
Place = tuple[int, int]
"""Row and column of a cell."""
ALONE = regex(r"(COUNTA|COUNTBLANK|COUNT|SUM|AVERAGE|MIN|MAX|MEDIAN)\([^()\"]*\)", re.IGNORECASE)


@record
class Changed:
    """Cells that are not what they were: aspect and sheet -> column -> rows."""

    cells: dict[tuple[Aspect, str], dict[int, set[int]]] = field(default_factory=dict)

    @property
    def sheets(self) -> set[str]:
        """The sheets that they are on."""
        return {sheet for _, sheet in self.cells}

    def add_rows(self, sheet: str, column: int, rows: Iterable[int]) -> None:
        """Cells of one column, which differ in everything."""
        rows = tuple(rows)
        for aspect in ASPECTS:
            self.cells.setdefault((aspect, sheet), {}).setdefault(column, set()).update(rows)

    def touches(self, reads: Reads, row: int, aspect: Aspect) -> bool:
        """Whether a formula in this row reads one of them that differs in what the formula looks at."""
        top, bottom = sorted(_row_of(number, row) for number in (reads.top, reads.bottom))
        return any(_any_in(there, top, bottom) for there in self._in_columns(reads, aspect))

    def rows_touched(self, reads: Reads, aspect: Aspect) -> set[int]:
        """The rows in which a formula that reads cells of its own row, or the row above, reads one of them."""
        ends = {0 if end == OWN_ROW else 1 for end in (reads.top, reads.bottom)}
        return {row + below for there in self._in_columns(reads, aspect) for row in there for below in ends}

    def _in_columns(self, reads: Reads, aspect: Aspect) -> Iterator[set[int]]:
        """The rows that differ in each of the columns that are read."""
        columns = self.cells.get((aspect, reads.sheet), {})
        return (rows for column, rows in columns.items() if reads.left <= column <= reads.right)


def all_changed(
    cells: Iterable[tuple[str, Mapping[tuple[int, int], Set[Aspect]]]],
    replaced: Iterable[tuple[str, Sequence[Sequence[Value]]]],
) -> Changed:
    """The cells that were changed one by one, and those of sheets that were replaced whole."""
    changed = Changed()
    for sheet, there in cells:
        columns = {aspect: changed.cells.setdefault((aspect, sheet), {}) for aspect in ASPECTS if there}
        for (row, column), aspects in there.items():
            for aspect in aspects:
                columns[aspect].setdefault(column, set()).add(row)
    for sheet, lines in replaced:
        for column in range(1, max(map(len, lines), default=0) + 1):
            changed.add_rows(sheet, column, (row for row, line in enumerate(lines, 1) if len(line) >= column))
    return changed


def _row_of(number: int, row: int) -> int:
    return row if number == OWN_ROW else row - 1 if number == ROW_ABOVE else number


def _any_in(there: set[int], top: int, bottom: int) -> bool:
    if bottom - top < len(there):
        return any(row in there for row in range(top, bottom + 1))
    return any(top <= row <= bottom for row in there)


@record
class Alike:
    """Formulas that read the same and look at the same: what they read (None: perhaps anything), and where each stands,
    with the cells that it fills."""

    reads: tuple[Reads, ...] | None
    aspect: Aspect
    fills: dict[Place, tuple[int, int, int, int]] = field(default_factory=dict)

    def fed_by(self, changed: Changed) -> list[Place]:
        """Those of them that read a changed cell."""
        if self.reads is None:
            return list(self.fills)
        rows: set[int] = set()
        for reads in self.reads:
            moves = [end in (OWN_ROW, ROW_ABOVE) for end in (reads.top, reads.bottom)]
            if not any(moves):
                if changed.touches(reads, 0, self.aspect):
                    return list(self.fills)
            elif all(moves):
                rows |= changed.rows_touched(reads, self.aspect)
            else:
                rows |= {row for row, _ in self.fills if changed.touches(reads, row, self.aspect)}
        return [place for place in self.fills if place[0] in rows]


class Fed:
    """Finds the cells whose results the changed cells decide, directly or through others."""

    def __init__(
        self, references: References, sheets: Mapping[str, bytes], changed: Changed, settled: Mapping[str, Set[Place]]
    ) -> None:
        self.references, self.changed, self.settled = references, changed, settled
        self._sheets = {name: xml for name, xml in sheets.items() if b"<f" in xml}
        self._lower: dict[str, bytes] = {}
        self._open: dict[str, list[Alike]] = {}

    def cells(self) -> dict[str, set[tuple[int, int]]]:
        """sheet -> cells with a result that may be wrong now."""
        found: dict[str, set[tuple[int, int]]] = {}
        more = True
        while more:
            self._load()
            more = False
            for sheet, groups in self._open.items():
                for group in groups:
                    fed = [group.fills.pop(place) for place in group.fed_by(self.changed)]
                    more = more or bool(fed)
                    for column, rows_ in _by_column(fed).items():
                        self.changed.add_rows(sheet, column, rows_)
                        found.setdefault(sheet, set()).update((row, column) for row in rows_)
                self._open[sheet] = [group for group in groups if group.fills]
        return found

    def _load(self) -> None:
        """Take apart the formulas of sheets that may read a changed one; the others are never looked at."""
        words = self.references.words_for(self.changed.sheets)
        for sheet, xml in self._sheets.items():
            if sheet in self._open:
                continue
            if sheet in self.changed.sheets or self._names_one(sheet, xml, words):
                self._open[sheet] = formulas_of(xml, sheet, self.references, self.settled.get(sheet, ()))

    def _names_one(self, sheet: str, xml: bytes, words: set[bytes]) -> bool:
        if sheet not in self._lower:
            self._lower[sheet] = xml.lower()
        lower = self._lower[sheet]
        return any(_in_formula(lower if word.isascii() else xml, word) for word in words)


def _by_column(areas: Iterable[tuple[int, int, int, int]]) -> dict[int, set[int]]:
    """column -> rows of all the cells of these areas."""
    found: dict[int, set[int]] = {}
    for top, left, bottom, right in areas:
        for column in range(left, right + 1):
            found.setdefault(column, set()).update(range(top, bottom + 1))
    return found


def _in_formula(xml: bytes, word: bytes) -> bool:
    """Whether a formula holds the word: links and texts name sheets, too."""
    place = xml.find(word)
    while place >= 0:
        tag = xml.rfind(b"<", 0, place)
        if xml.startswith((b"<f>", b"<f "), tag):
            return True
        place = xml.find(word, place + len(word))
    return False


def formulas_of(xml: bytes, sheet: str, references: References, settled: Container[Place] = ()) -> list[Alike]:
    """Every formula of a sheet but those that are new and have their result."""
    masters: dict[str, tuple[int, int, str]] = {}
    groups: dict[tuple[tuple[Reads, ...] | None, Aspect], Alike] = {}
    above: dict[int, tuple[list[bytes], Alike]] = {}
    for row, column, attributes_, content in _found(xml, sheet):
        if (row, column) in settled:
            continue
        own_row = b"%d" % row
        if not attributes_ and column in above and own_row.join(above[column][0]) == content:
            above[column][1].fills[row, column] = row, column, row, column
            continue  # as the formula above it, but for the number of the row
        words = attributes(attributes_) if attributes_ else {}
        string, kind = text(content), words.get("t")
        if kind == "shared":
            if string:
                masters[words.get("si", "")] = row, column, string
            first_row, first_column, string = masters.get(words.get("si", ""), (row, column, ""))
            string = moved(string, row - first_row, column - first_column)
        fills = (area(words.get("ref", "")) if kind in ("array", "dataTable") else None) or (row, column, row, column)
        alike = None if kind == "dataTable" else references.of(string, sheet, row), _aspect(string)
        group = groups.setdefault(alike, Alike(*alike))
        group.fills[row, column] = fills
        if not attributes_:
            above[column] = [b"".join(part) for part in _around(own_row, content)], group
    return list(groups.values())


def _around(own_row: bytes, formula: bytes) -> Iterator[list[bytes]]:
    """The pieces of a formula between the cells of its own row."""
    piece: list[bytes] = []
    for number, part in enumerate(_ROWS.split(formula)):
        if number % 2 and part == own_row:
            yield piece
            piece = []
        else:
            piece.append(part)
    yield piece


_ROWS = regex(rb"(?<=[A-Za-z$])(\d+)")


def _aspect(formula: str) -> Aspect:
    """What a formula looks at that is one function of areas: COUNTA does not care which text a cell holds."""
    function = ALONE.fullmatch(formula)
    if function is None:
        return Aspect.CONTENT
    return Aspect.BLANK if function[1].upper().startswith("COUNT") and function[1].upper() != "COUNT" else Aspect.NUMBER


def _found(xml: bytes, sheet: str) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Row, column, attributes and text of each formula: in one go where all are as programs usually write them."""
    usual = USUAL.findall(xml)
    if len(usual) == xml.count(b"<f>") + xml.count(b"<f "):
        yield from ((int(row), column_number(column.decode()), of, string) for column, row, of, string in usual)
        return
    start, end = sheet_data(xml, sheet)
    for row in rows(xml, start, end):
        stretch = xml[row.cells : row.cells_end]
        for cell in cells(stretch) if b"<f" in stretch else ():
            if match := FORMULA.search(cell.content):
                yield row.number, cell.column, match[1], match[2] or b""


def with_results(
    xml: bytes, fed: Set[tuple[int, int]], known: Mapping[tuple[int, int], Value], values: Values, where: str
) -> tuple[bytes, set[int]]:
    """The sheet in which formulas have the results that are known, and of the others those that are `fed` none; and
    the rows that differ."""
    wanted: dict[int, set[int]] = {}
    for row_number, column in fed | known.keys():
        wanted.setdefault(row_number, set()).add(column)
    start, end = sheet_data(xml, where)
    pieces, done, touched = [], 0, set()
    for row in rows_numbered(xml, start, end, wanted) or rows(xml, start, end):
        columns = wanted.get(row.number)
        if not columns:
            continue
        stretch = xml[row.cells : row.cells_end]
        named = cells_named(stretch, row.number, sorted(columns))
        for cell in cells(stretch) if named is None else named.values():
            place = row.number, cell.column
            if cell.column not in columns or (place not in fed and not FORMULA.search(cell.content)):
                continue
            old = stretch[cell.start : cell.end]
            new = _with_result(cell, old, known.get(place), values)
            if new != old:
                pieces += [xml[done : row.cells + cell.start], new]
                done = row.cells + cell.end
                touched.add(row.number)
    pieces.append(xml[done:])
    return b"".join(pieces), touched


def _with_result(cell: CellAt, old: bytes, value: Value, values: Values) -> bytes:
    if value is not None and same(cell_value(cell, values), storable(value, values.since_1904)):
        return old
    formula = FORMULA.search(cell.content)
    kept = formula[0] if formula else b""
    kind, result = stored_result(value, values.since_1904)
    tag = with_attribute(b"<c" + cell.tag + b">", "t", kind or None)
    return tag + kept + result.encode() + b"</c>" if kept or result else tag[:-1] + b"/>"


def known_by_sheet(results: Mapping[Cell, Value]) -> dict[str, dict[tuple[int, int], Value]]:
    """The results that are known, sheet by sheet."""
    found: dict[str, dict[tuple[int, int], Value]] = {}
    for (sheet, row, column), value in results.items():
        found.setdefault(sheet, {})[row, column] = value
    return found

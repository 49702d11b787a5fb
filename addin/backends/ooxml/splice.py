"""Sheet XML + changes -> sheet XML: only the bytes of the changed cells differ."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date, time, timedelta
from enum import Enum
from functools import cached_property

from addin.backends.ooxml.formulas import area, area_text, letters, put_back
from addin.backends.ooxml.markup import attributes, element, escape, with_attribute
from addin.backends.ooxml.scan import CellAt, Row, cells, cells_named, lies_behind, rows, rows_numbered, sheet_data
from addin.backends.ooxml.shared_formulas import FORMULA, array_areas, without_shared
from addin.backends.ooxml.styles import Styles
from addin.backends.ooxml.typed import Values, cell_value
from addin.backends.ooxml.values import content, from_serial, kind_of, same, storable, stored_result, to_serial
from addin.core.book import CellError, CellFormula, Value
from addin.core.language import phrase
from addin.core.records import field, record
from addin.errors import BookProblem


class Kept(Enum):
    """The one value that says: leave the cell's content as it is."""

    KEEP = 0


KEEP = Kept.KEEP


class Aspect(Enum):
    """In what a cell differs from what it was: at all, in being blank, in the number that it holds (or held)."""

    CONTENT = 0
    BLANK = 1
    NUMBER = 2

    __hash__ = object.__hash__  # each is there once; hashing names took a tenth of a large import


NEW_TEXT, NEW_NUMBER = frozenset({Aspect.CONTENT, Aspect.BLANK}), frozenset(Aspect)
"""In what a cell that was not there differs."""


class Change:
    """What is to happen to one cell: a value (None empties it), a formula for a new cell, a fill; `like` is the style
    that a cell takes which is not there yet, `result` what a new formula comes to, where that is known."""

    __slots__ = ("fill", "formula", "like", "result", "value")

    def __init__(self, value: Value | Kept = KEEP) -> None:
        self.value = value
        self.formula = ""
        self.result: Value = None
        self.fill: str | None = None
        self.like: int | None = None


def put_content(change: Change, row: int, value: Value) -> None:
    """What the cell of a change in this row gets: a value, or a formula that is put back."""
    if isinstance(value, CellFormula):
        change.formula = put_back(value, row).removeprefix("=")
    else:
        change.value = value


@record
class Splice:
    """All changes to one sheet. `emptied` names rows whose constants go, each with its first and last column."""

    changes: dict[tuple[int, int], Change] = field(default_factory=dict)
    emptied: dict[int, tuple[int, int]] = field(default_factory=dict)

    def change(self, row: int, column: int) -> Change:
        """The change of one cell, to be filled in."""
        place = row, column
        if place not in self.changes:
            self.changes[place] = Change()
        return self.changes[place]


@record
class Spliced:
    """The new XML; whether any value changed; whether a cell became or ceased to be a formula; the changed cells."""

    xml: bytes
    values_changed: bool = False
    formulas_changed: bool = False
    cells: dict[tuple[int, int], Set[Aspect]] = field(default_factory=dict)


def splice(xml: bytes, wanted: Splice, values: Values, styles: Styles, where: str) -> Spliced:
    """Put the changes into the sheet. The same bytes come back where nothing differs."""
    return SheetSplicer(_opened(xml, where), wanted, values, styles, where).run(xml)


def _opened(xml: bytes, where: str) -> bytes:
    """The sheet with room for rows: `<sheetData/>` becomes a pair of tags."""
    start, end = sheet_data(xml, where)
    if start == end and xml[start - 2 : start] == b"/>":
        return xml[: start - 2].rstrip() + b"></sheetData>" + xml[start:]
    return xml


class SheetSplicer:
    """One splice under way."""

    def __init__(self, xml: bytes, wanted: Splice, values: Values, styles: Styles, where: str) -> None:
        self.wanted, self.values, self.styles, self.where = wanted, values, styles, where
        self.result = Spliced(xml)
        self.column_styles = column_styles(xml)
        self.by_column: dict[int, int] = {}
        self.orphans: set[str] = set()
        self.filled: list[tuple[int, int]] = []
        self.by_row: dict[int, dict[int, Change]] = {}
        for (row, column), change in wanted.changes.items():
            self.by_row.setdefault(row, {})[column] = change
        for row in wanted.emptied:
            self.by_row.setdefault(row, {})

    @cached_property
    def arrays(self) -> list[tuple[int, int, int, int]]:
        """The areas that one formula fills; asked for when a content changes, not for a fill."""
        return array_areas(self.result.xml)

    def run(self, before: bytes) -> Spliced:
        xml = self.result.xml
        pieces, changed = self._pieces(xml)
        if not changed:
            return Spliced(before)
        if self.orphans:
            # cells that shared a formula with one that goes get it in full, and the splice starts again from there
            wider = without_shared(xml, self.orphans, self.where)
            again = SheetSplicer(wider, self.wanted, self.values, self.styles, self.where).run(wider)
            again.formulas_changed = True
            return again
        self.result.xml = _with_dimension(b"".join(pieces), self.filled)
        return self.result

    def _pieces(self, xml: bytes) -> tuple[list[bytes], bool]:
        start, end = sheet_data(xml, self.where)
        pieces, done, changed = [], 0, False
        numbers = sorted(self.by_row)
        at = 0
        for row in rows_numbered(xml, start, end, numbers) or rows(xml, start, end, empty=True):
            while at < len(numbers) and numbers[at] < row.number:
                new = self._new_row(numbers[at])
                if new:
                    pieces += [xml[done : row.start], new]
                    done, changed = row.start, True
                at += 1
            if at == len(numbers):
                break
            if numbers[at] == row.number:
                line = self._line(xml, row)
                if line is not None:
                    pieces += [xml[done : row.start], line]
                    done, changed = row.end, True
                at += 1
        for number in numbers[at:]:
            new = self._new_row(number)
            if new:
                pieces += [xml[done:end], new]
                done, changed = end, True
        pieces.append(xml[done:])
        return pieces, changed

    def _new_row(self, number: int) -> bytes:
        made = [
            new
            for column, change in sorted(self.by_row[number].items())
            if (new := self._cell(number, column, None, b"", self._default_style(column, None), change))
        ]
        return b'<row r="%d">%s</row>' % (number, b"".join(made)) if made else b""

    def _line(self, xml: bytes, row: Row) -> bytes | None:
        """One row with its changes; None where nothing differs."""
        tag, stretch = xml[row.start : row.cells], xml[row.cells : row.cells_end]
        there = None if row.number in self.wanted.emptied else cells_named(stretch, row.number, self.by_row[row.number])
        if there is None and row.number not in self.wanted.emptied:
            there = {} if lies_behind(stretch, row.number, self.by_row[row.number]) else None
        if there is None:
            there = {cell.column: cell for cell in cells(stretch)}
        changes = self._changes(row.number, there)
        row_style = _row_style(tag)
        pieces: list[bytes] = []
        done, inserted = 0, False
        columns = sorted(there)
        for column, change in sorted(changes.items()):
            cell = there.get(column)
            style = self._default_style(column, row_style) if cell is None else int(cell.attributes.get("s", "0"))
            old = stretch[cell.start : cell.end] if cell else b""
            new = self._cell(row.number, column, cell, old, style, change)
            if new is None:
                continue
            if cell:
                pieces += [stretch[done : cell.start], new]
                done = cell.end
            else:
                place = next((there[c].start for c in columns if c > column), len(stretch))
                pieces += [stretch[done:place], new]
                done, inserted = place, True
        if not pieces:
            return None
        pieces.append(stretch[done:])
        if inserted:
            tag = with_attribute(tag, "spans", None)  # only a hint to readers, and wrong now
        if tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        return tag + b"".join(pieces) + (xml[row.cells_end : row.end] or b"</row>")

    def _changes(self, row: int, there: dict[int, CellAt]) -> dict[int, Change]:
        changes = self.by_row[row]
        if row not in self.wanted.emptied:
            return changes
        first, last = self.wanted.emptied[row]
        changes = {  # an order to empty a cell takes its formula away, too
            column: change for column, change in changes.items() if not first <= column <= last or change.value is None
        }
        for column, cell in there.items():
            if first <= column <= last and not FORMULA.search(cell.content) and not self._array_at(row, column):
                changes[column] = Change(value=None)
        return changes

    def _cell(self, row: int, column: int, cell: CellAt | None, old: bytes, style: int, change: Change) -> bytes | None:
        """The cell's new XML; None where it stays as it is."""
        if cell is None and change.like is not None:
            style = change.like
        wanted = style
        value: Value | Kept = change.value
        if value is not KEEP:
            value = self._storable(value, row, column)
            wanted = self._style_for(style, value)
        if change.fill is not None:
            wanted = self.styles.with_fill(wanted, change.fill)
        kept = value is KEEP or self._same(cell, value)
        if change.formula and (cell is None or not FORMULA.search(cell.content)):
            self._touched(row, column, formula=True)
            self.result.cells[row, column] = NEW_NUMBER
            kind, result = stored_result(change.result, self.values.since_1904)
            mark = f' t="{kind}"' if kind else ""
            return self._made(row, column, wanted, mark, f"<f>{escape(change.formula)}</f>{result}")
        if kept:
            if cell is not None:
                return None if wanted == style else _restyled(old, wanted)
            return None if wanted == style and change.like is None else self._made(row, column, wanted, "", "")
        if cell is not None:
            self._leave(row, column, cell)
        assert not isinstance(value, Kept)
        self._touched(row, column, formula=False)
        self._compare(row, column, cell, value)
        return self._made(row, column, wanted, *content(value, self.values.since_1904))

    def _made(self, row: int, column: int, style: int, kind: str, inner: str) -> bytes:
        mark = f' s="{style}"' if style else ""
        start = f'<c r="{letters(column)}{row}"{mark}{kind}'
        return (f"{start}>{inner}</c>" if inner else f"{start}/>").encode("utf-8")

    def _compare(self, row: int, column: int, cell: CellAt | None, value: Value) -> None:
        """Note in what the cell differs from what it was."""
        if cell is None and value is not None:
            self.result.cells[row, column] = NEW_TEXT if _is_text(value) else NEW_NUMBER
            return
        there = cell_value(cell, self.values) if cell else None
        if not same(there, value):
            aspects = {Aspect.CONTENT}
            aspects |= {Aspect.BLANK} if (there is None) != (value is None) else set()
            aspects |= set() if _is_text(there) and _is_text(value) else {Aspect.NUMBER}
            self.result.cells[row, column] = aspects

    def _touched(self, row: int, column: int, *, formula: bool) -> None:
        self.filled.append((row, column))
        self.result.values_changed = True
        self.result.formulas_changed |= formula

    def _leave(self, row: int, column: int, cell: CellAt) -> None:
        """A cell's content goes: see that no formula elsewhere depends on it being there."""
        array = self._array_at(row, column)
        if array:
            raise BookProblem(
                phrase(
                    "{cell} is part of the formula that fills {array}.",
                    cell=f"{letters(column)}{row}",
                    array=array,
                ),
                where=self.where,
                next=phrase("Change that formula in the spreadsheet program."),
            )
        formula = FORMULA.search(cell.content)
        if formula:
            self.result.formulas_changed = True
            words = attributes(formula[1])
            if words.get("t") == "shared" and formula[2]:
                self.orphans.add(words.get("si", ""))

    def _array_at(self, row: int, column: int) -> str:
        for top, left, bottom, right in self.arrays:
            if top <= row <= bottom and left <= column <= right and (top, left) != (bottom, right):
                return area_text(top, left, bottom, right)
        return ""

    def _storable(self, value: Value, row: int, column: int) -> Value:
        try:
            return storable(value, self.values.since_1904)
        except BookProblem as problem:
            place = f"{self.where}, {letters(column)}{row}"
            raise BookProblem(problem.what, where=place, next=problem.next) from None

    def _same(self, cell: CellAt | None, value: Value | Kept) -> bool:
        if cell is None:
            return value is None
        if FORMULA.search(cell.content) or value is KEEP:
            return False
        return same(cell_value(cell, self.values), value)

    def _style_for(self, style: int, value: Value | Kept) -> int:
        """The style, or a clone in whose number format the value reads back as what it is."""
        if type(value) is str:
            return style
        kind = self.styles.kind(style)
        if isinstance(value, bool) or not isinstance(value, int | float | date | time | timedelta):
            return style
        if isinstance(value, int | float):
            shown = from_serial(value, kind, self.values.since_1904) if kind else value
            return style if same(shown, value) else self.styles.with_kind(style, "")
        serial = to_serial(value, self.values.since_1904)
        if kind and serial is not None and same(from_serial(serial, kind, self.values.since_1904), value):
            return style
        return self.styles.with_kind(style, kind_of(value))

    def _default_style(self, column: int, row_style: int | None) -> int:
        if row_style is not None:
            return row_style if row_style < len(self.styles.xfs) else 0
        if column not in self.by_column:
            style = next((style for first, last, style in self.column_styles if first <= column <= last), 0)
            self.by_column[column] = style if style < len(self.styles.xfs) else 0
        return self.by_column[column]


def _is_text(value: Value) -> bool:
    """Whether a sum passes the value over; an error spoils it."""
    return value is None or (isinstance(value, str) and not isinstance(value, CellError))


def _restyled(old: bytes, style: int) -> bytes:
    """The cell with another style, the rest of it byte for byte."""
    end = old.index(b">") + 1
    tag = old[:end]
    if re.search(rb"\ss\s*=", tag):
        return with_attribute(tag, "s", str(style) if style else None) + old[end:]
    mark = b' s="%d"' % style
    tag, count = re.subn(rb"""(\sr\s*=\s*["'][A-Za-z]+\d+["'])""", lambda m: m[1] + mark, tag, count=1)
    return (tag if count else b"<c" + mark + tag[2:]) + old[end:]


def _row_style(tag: bytes) -> int | None:
    words = attributes(tag)
    return int(words["s"]) if words.get("customFormat") in ("1", "true") and "s" in words else None


def column_styles(xml: bytes) -> list[tuple[int, int, int]]:
    """(first column, last column, style of its cells that are not there) of each run of columns."""
    head = xml[: xml.index(b"<sheetData")]
    found = (attributes(match[1]) for match in element("col").finditer(head))
    return [(int(words["min"]), int(words["max"]), int(words["style"])) for words in found if "style" in words]


def _with_dimension(xml: bytes, filled: list[tuple[int, int]]) -> bytes:
    """The sheet with its <dimension> grown to hold the cells that were written."""
    match = element("dimension").search(xml[: xml.index(b"<sheetData")])
    bounds = area(attributes(match[1]).get("ref", "")) if match else None
    if not match or not bounds or not filled:
        return xml
    top, left, bottom, right = bounds
    numbers, columns = [row for row, _ in filled], [column for _, column in filled]
    wide = area_text(min(top, *numbers), min(left, *columns), max(bottom, *numbers), max(right, *columns))
    return xml[: match.start()] + with_attribute(match[0], "ref", wide) + xml[match.end() :]

"""New rows under a native table or a list: where they go, what they look like, what grows with them."""

from __future__ import annotations

import re

from addin.backends.ooxml.formulas import area, area_text, moved
from addin.backends.ooxml.markup import attributes, element, escape, unescape
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.scan import CellAt, Row, cells, rows, sheet_data
from addin.backends.ooxml.shared_formulas import FORMULA
from addin.backends.ooxml.splice import Splice, put_content
from addin.backends.ooxml.tables import NativeTable, grown
from addin.backends.ooxml.values import text
from addin.core.book import Area, Value
from addin.core.language import phrase
from addin.core.records import record
from addin.core.regex import regex
from addin.errors import BookProblem

LAST_ROW = 1_048_576
SQREF = regex(rb"""(\ssqref\s*=\s*["'])([^"']*)""")
X14_RULE = regex(rb"<x14:(dataValidation|conditionalFormatting)(?=[\s>]).*?</x14:\1\s*>", re.S)
X14_SQREF = regex(rb"(<xm:sqref>)([^<]*)")


@record
class Growth:
    """What grows because of new rows: a table (None for a plain list), from its last row to a new one."""

    table: NativeTable | None
    bounds: Area
    bottom: int

    def applied(self, xml: bytes, package: Package) -> bytes:
        """The sheet with it, and the table's own part stretched."""
        if self.table:
            package.put(self.table.part, grown(package.part(self.table.part), self.bottom))
        return extended(xml, self.bounds, self.bottom)


class _Lines:
    """The rows of a sheet that lie in some columns, found once and read from the end."""

    def __init__(self, xml: bytes, bounds: Area, where: str) -> None:
        self.xml, self.bounds = xml, bounds
        start, end = sheet_data(xml, where)
        self.rows = {row.number: row for row in rows(xml, start, end, empty=True)}

    def cells(self, number: int) -> dict[int, CellAt]:
        row: Row | None = self.rows.get(number)
        if row is None:
            return {}
        found = cells(self.xml[row.cells : row.cells_end])
        return {cell.column: cell for cell in found if self.bounds.left <= cell.column <= self.bounds.right}

    def last(self, top: int, bottom: int, *, constants: bool) -> int:
        """The last row from `top` to `bottom` that holds anything (with `constants`, anything but formulas)."""
        for number in sorted((n for n in self.rows if top < n <= bottom), reverse=True):
            if any(_holds(cell, constants=constants) for cell in self.cells(number).values()):
                return number
        return top


def _holds(cell: CellAt, *, constants: bool) -> bool:
    formula = FORMULA.search(cell.content)
    return bool(cell.content.strip()) and not (constants and formula)


def add_rows(
    xml: bytes, new: list[dict[int, Value]], tables: list[NativeTable], merged: list[Area], wanted: Splice, where: str
) -> Growth | None:
    """Add the changes that put new rows below the last filled one; gives what must grow."""
    columns = {column for line in new for column in line}
    table = next((t for t in tables if columns and all(t.area.left <= c <= t.area.right for c in columns)), None)
    bounds = table.area if table else Area(0, 1, LAST_ROW, 16_384)
    lines = _Lines(xml, bounds, where)
    last = _last_filled(lines, bounds, wanted, table is not None)
    bottom = last + len(new)
    if bottom > LAST_ROW:
        raise BookProblem(
            phrase("the sheet is full."), where=where, next=phrase("Delete rows that are no longer needed.")
        )
    if table and bottom > table.area.bottom:
        _check_room(lines, table, tables, merged, bottom, where)
    above = lines.cells(last) if last > bounds.top else {}
    for number, line in enumerate(new, last + 1):
        _put_row(lines, wanted, number, line, above, table, last, xml)
    if table is None:
        return Growth(None, Area(1, 1, last, 16_384), bottom)
    return Growth(table, table.area, bottom) if bottom > table.area.bottom else None


def _last_filled(lines: _Lines, bounds: Area, wanted: Splice, in_table: bool) -> int:
    """The last filled row once the cells of this batch are written too."""
    last = lines.last(bounds.top, bounds.bottom, constants=in_table)
    for (row, column), change in wanted.changes.items():
        if change.value is not None and bounds.left <= column <= bounds.right and row <= bounds.bottom:
            last = max(last, row)
    return last


def _check_room(
    lines: _Lines, table: NativeTable, tables: list[NativeTable], merged: list[Area], bottom: int, where: str
) -> None:
    """The table can grow only into empty cells."""
    name, old = table.area.name, table.area.bottom
    if table.totals:
        raise BookProblem(
            phrase("the table {name} ends in a totals row, so no rows can be added below its last one.", name=name),
            where=where,
            next=phrase("Switch the totals row off (Table Design > Total Row), or insert blank rows above it."),
        )
    below = [t.area for t in tables if t is not table] + merged
    taken = next((a.top for a in below if _meets(a, table.area, old + 1, bottom)), 0)
    filled = lines.last(old, bottom, constants=False)
    if taken or filled > old:
        raise BookProblem(
            phrase(
                "there are cells below the table {name} in row {taken}, where it must grow.",
                name=name,
                taken=taken or filled,
            ),
            where=where,
            next=phrase("Move it away, or insert blank rows at the end of the table."),
        )


def _meets(one: Area, table: Area, top: int, bottom: int) -> bool:
    return one.top <= bottom and one.bottom >= top and one.left <= table.right and one.right >= table.left


def _put_row(
    lines: _Lines,
    wanted: Splice,
    number: int,
    line: dict[int, Value],
    above: dict[int, CellAt],
    table: NativeTable | None,
    last: int,
    xml: bytes,
) -> None:
    for column, cell in above.items():
        style = int(cell.attributes.get("s", "0"))
        if style or column in line:
            wanted.change(number, column).like = style
    for column, value in line.items():
        put_content(wanted.change(number, column), number, value)
    for column, formula in (table.calculated if table else {}).items():
        if line.get(column) is None:
            change = wanted.change(number, column)
            change.formula = _formula_above(xml, above.get(column), number - last) or formula


def _formula_above(xml: bytes, cell: CellAt | None, rows_down: int) -> str:
    """The formula of the row above as it reads some rows further down; "" where there is none."""
    match = FORMULA.search(cell.content) if cell else None
    if not cell or not match:
        return ""
    words = attributes(match[1])
    if words.get("t", "normal") == "normal":
        return moved(text(match[2] or b""), rows_down, 0)
    if words.get("t") != "shared":
        return ""
    for other in FORMULA.finditer(xml):
        master = attributes(other[1])
        bounds = area(master.get("ref", ""))
        if other[2] and bounds and master.get("t") == "shared" and master.get("si") == words.get("si"):
            row = int("".join(filter(str.isdigit, cell.attributes.get("r", ""))) or 0)
            start = _row_of(xml, other.start()) or bounds[0]
            return moved(text(other[2]), row + rows_down - start, 0)
    return ""


def _row_of(xml: bytes, place: int) -> int:
    """The number of the row in whose XML this place lies."""
    row = xml.rfind(b"<row", 0, place)
    return int(attributes(xml[row : xml.index(b">", row) + 1]).get("r", "0"))


def extended(xml: bytes, bounds: Area, bottom: int) -> bytes:
    """The sheet in which rules (drop-downs, conditional formats, ranges to edit) that ended at the last row reach the
    new one."""

    def longer(match: re.Match[bytes]) -> bytes:
        areas = unescape(match[2].decode()).split()
        return match[1] + escape(" ".join(_longer(one, bounds, bottom) for one in areas)).encode()

    _, end = sheet_data(xml, "")
    tail = SQREF.sub(longer, xml[end:])
    tail = X14_RULE.sub(lambda rule: X14_SQREF.sub(longer, rule[0]), tail)
    if not bounds.name:
        tail = _longer_filter(tail, bounds, bottom)
    return xml[:end] + tail


def _longer(one: str, bounds: Area, bottom: int) -> str:
    found = area(one)
    if not found:
        return one
    top, left, last, right = found
    if last == bounds.bottom and top > bounds.top and left >= bounds.left and right <= bounds.right:
        return area_text(top, left, bottom, right)
    return one


def _longer_filter(tail: bytes, bounds: Area, bottom: int) -> bytes:
    match = element("autoFilter").search(tail)
    found = area(attributes(match[1]).get("ref", "")) if match else None
    if not match or not found or found[2] != bounds.bottom:
        return tail
    ref = area_text(found[0], found[1], bottom, found[3]).encode()
    tag = re.sub(rb"""(\sref\s*=\s*["'])[^"']*""", lambda m: m[1] + ref, match[0], count=1)
    return tail[: match.start()] + tag + tail[match.end() :]

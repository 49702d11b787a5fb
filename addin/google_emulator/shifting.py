"""Rows and columns come, go and move: everything that hangs on positions goes along.

Cells, sizes, merges, protected ranges, conditional formats, filters, views, bands, groups, charts, named ranges,
developer metadata, and the references in formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from addin.google_emulator.answers import Json
from addin.google_emulator.model import Formula, Sheet, Spreadsheet
from addin.google_emulator.references import rewritten


class Shift(NamedTuple):
    """`by` rows or columns come in before `at`, or (by < 0) go from `at` on."""

    dimension: str
    at: int
    by: int

    def start(self, position: int) -> int:
        if self.by >= 0:
            return position + self.by if position >= self.at else position
        return position if position <= self.at else max(self.at, position + self.by)

    def end(self, position: int) -> int:
        if self.by >= 0:
            return position + self.by if position > self.at else position
        return self.start(position)

    def gone(self, position: int) -> bool:
        return self.by < 0 and self.at <= position < self.at - self.by

    @property
    def names(self) -> tuple[str, str]:
        word = "Row" if self.dimension == "ROWS" else "Column"
        return f"start{word}Index", f"end{word}Index"


def insert(book: Spreadsheet, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    _apply(book, sheet, Shift(dimension, at, count))


def delete(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    _apply(book, sheet, Shift(dimension, start, start - end))


def _apply(book: Spreadsheet, sheet: Sheet, shift: Shift) -> None:
    if shift.dimension == "ROWS":
        sheet.rows = _moved(sheet.rows, shift)
        sheet.row_properties = _moved(sheet.row_properties, shift)
        sheet.row_count += shift.by
    else:
        sheet.rows = {row: moved for row, line in sheet.rows.items() if (moved := _moved(line, shift))}
        sheet.column_properties = _moved(sheet.column_properties, shift)
        sheet.column_count += shift.by
    _ranges(book, sheet, shift)
    book.metadata = [entry for entry in book.metadata if _metadata(entry, sheet, shift)]
    change_formulas(book, sheet, shift)


def _moved(lines: dict[int, Any], shift: Shift) -> dict[int, Any]:
    return {shift.start(index): line for index, line in lines.items() if not shift.gone(index)}


def _ranges(book: Spreadsheet, sheet: Sheet, shift: Shift) -> None:
    def kept(grid_range: Json) -> bool:
        return shift_range(grid_range, sheet.id, shift)

    sheet.merges = [merge for merge in sheet.merges if kept(merge)]
    sheet.protected = [entry for entry in sheet.protected if kept(entry.get("range", {}))]
    for entry in sheet.protected:
        _trim(entry, "unprotectedRanges", kept)
    sheet.bands = [band for band in sheet.bands if kept(band.get("range", {}))]
    sheet.views = [view for view in sheet.views if kept(view.get("range", {}))]
    if sheet.filter and not kept(sheet.filter["range"]):
        sheet.filter = None
    for rule in sheet.conditional:
        rule["ranges"] = [grid_range for grid_range in rule["ranges"] if kept(grid_range)]
    sheet.conditional = [rule for rule in sheet.conditional if rule["ranges"]]
    for groups in (sheet.row_groups, sheet.column_groups):
        groups[:] = [group for group in groups if shift_dimension(group["range"], sheet.id, shift)]
    for chart in (chart for owner in book.sheets for chart in owner.charts):
        for grid_range in grid_ranges(chart.get("spec", {})):
            kept(grid_range)
    for named in book.named:
        kept(named["range"])


def _trim(entry: Json, name: str, kept: Callable[[Json], bool]) -> None:
    if name in entry:
        entry[name] = [grid_range for grid_range in entry[name] if kept(grid_range)]


def grid_ranges(value: Any) -> Iterable[Json]:
    """Every GridRange inside a stored object."""
    if isinstance(value, dict):
        if "startRowIndex" in value or "startColumnIndex" in value:
            yield value
        for item in value.values():
            yield from grid_ranges(item)
    elif isinstance(value, list):
        for item in value:
            yield from grid_ranges(item)


def shift_range(grid_range: Json, sheet_id: int, shift: Shift) -> bool:
    """Move the ends of a GridRange; False when nothing of it is left. An open end stays open."""
    if grid_range.get("sheetId", 0) != sheet_id:
        return True
    first, last = shift.names
    if first in grid_range:
        grid_range[first] = shift.start(grid_range[first])
    if last in grid_range:
        grid_range[last] = shift.end(grid_range[last])
        return bool(grid_range[last] > grid_range.get(first, 0))
    return True


def shift_dimension(place: Json, sheet_id: int, shift: Shift) -> bool:
    """The same for a DimensionRange."""
    if place.get("sheetId", 0) != sheet_id or place["dimension"] != shift.dimension:
        return True
    place["startIndex"] = shift.start(place.get("startIndex", 0))
    if "endIndex" in place:
        place["endIndex"] = shift.end(place["endIndex"])
        return bool(place["endIndex"] > place["startIndex"])
    return True


def _metadata(entry: Json, sheet: Sheet, shift: Shift) -> bool:
    place = entry["location"].get("dimensionRange")
    return place is None or shift_dimension(place, sheet.id, shift)


def change_formulas(book: Spreadsheet, sheet: Sheet, shift: Shift) -> None:
    """References to the shifted sheet follow their cells, in every sheet."""
    for owner in book.sheets:
        for line in owner.rows.values():
            for column, cell in line.items():
                if isinstance(cell.value, Formula):
                    text = rewritten(cell.value, owner.title, sheet.title, shift)
                    if text != cell.value:
                        line[column] = cell._replace(value=Formula(text))


def move(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Rows or columns go to another place, with all they hold; `to` counts before they are taken out.

    DIFFERS: ranges that reach over the moved rows, and references in formulas, are left as they are.
    """
    order = _order(sheet.row_count if dimension == "ROWS" else sheet.column_count, start, end, to)
    place = {old: new for new, old in enumerate(order) if old != new}
    if dimension == "ROWS":
        sheet.rows = {place.get(row, row): line for row, line in sheet.rows.items()}
        sheet.row_properties = {place.get(row, row): one for row, one in sheet.row_properties.items()}
    else:
        sheet.rows = {r: {place.get(c, c): x for c, x in line.items()} for r, line in sheet.rows.items()}
        sheet.column_properties = {place.get(c, c): one for c, one in sheet.column_properties.items()}
    move_metadata(book, sheet, dimension, place)


def _order(count: int, start: int, end: int, to: int) -> list[int]:
    rest = [*range(start), *range(end, count)]
    at = to - (end - start) if to > start else to
    return [*rest[:at], *range(start, end), *rest[at:]]


def move_metadata(book: Spreadsheet, sheet: Sheet, dimension: str, place: dict[int, int]) -> None:
    """Developer metadata follows its row or column (for a sort: LIVE harvester spike findings, 2026-09-29)."""
    for entry in book.metadata:
        span = entry["location"].get("dimensionRange")
        if span and span.get("sheetId", 0) == sheet.id and span["dimension"] == dimension:
            new = place.get(span["startIndex"], span["startIndex"])
            span["startIndex"], span["endIndex"] = new, new + 1

"""A spreadsheet as `spreadsheets.get` answers it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from addin.google_emulator.a1 import locate
from addin.google_emulator.answers import Json
from addin.google_emulator.effective import formatted
from addin.google_emulator.formula_functions import Fault
from addin.google_emulator.formulas import Calculator
from addin.google_emulator.looks import DEFAULT_FORMAT, theme
from addin.google_emulator.masks import Mask
from addin.google_emulator.model import Box, Cell, Formula, Sheet, Spreadsheet
from addin.google_emulator.protection import seen_by

ROW_PIXELS, COLUMN_PIXELS = 21, 100

_ERROR_TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}


CELL_PARTS = frozenset(
    {
        *("userEnteredValue", "effectiveValue", "formattedValue", "userEnteredFormat", "effectiveFormat"),
        *("note", "dataValidation", "textFormatRuns"),
    }
)
_HYPERLINK = re.compile(r'(?i)=\s*HYPERLINK\(\s*"([^"]*)"')


class Renderer:
    """Writes one spreadsheet for one person."""

    def __init__(self, book: Spreadsheet, user: str, calculator: Calculator) -> None:
        self.book, self.user, self.calculator = book, user, calculator
        self.wanted: frozenset[str] = CELL_PARTS
        self._looks: dict[int, Json] = {}

    def spreadsheet(self, ranges: list[str], grid: bool, mask: Mask | None) -> Json:
        """The whole answer. A field mask alone decides whether cells are given; `includeGridData` then counts for
        nothing (discovery document)."""
        if mask is not None:
            below = mask.get("sheets")
            grid = "*" in mask or (below is not None and (not below or "data" in below or "*" in below))
            self.wanted = _cell_parts(mask)
        boxes = [locate(self.book, text) for text in ranges]
        sheets = []
        for index, sheet in enumerate(self.book.sheets):
            own = [box for owner, box in boxes if owner is sheet]
            if own or not ranges:
                sheets.append(self.sheet(sheet, index, (own or [sheet.box]) if grid else []))
        answer = {"spreadsheetId": self.book.id, "properties": self.properties(), "sheets": sheets}
        if self.book.named:
            answer["namedRanges"] = deepcopy(self.book.named)
        loose = [entry for entry in self.book.metadata if entry["location"]["locationType"] == "SPREADSHEET"]
        if loose:
            answer["developerMetadata"] = deepcopy(loose)
        answer["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{self.book.id}/edit"
        return answer

    def properties(self) -> Json:
        return {
            "title": self.book.title,
            "locale": self.book.locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": self.book.time_zone,
            "defaultFormat": DEFAULT_FORMAT,
            "spreadsheetTheme": theme(),
            **self.book.properties,
        }

    def sheet(self, sheet: Sheet, index: int, boxes: list[Box]) -> Json:
        answer: Json = {"properties": sheet_properties(sheet, index)}
        if boxes:
            answer["data"] = [self.grid(sheet, box) for box in boxes]
        stored: dict[str, Any] = {
            "merges": sheet.merges,
            "conditionalFormats": sheet.conditional,
            "filterViews": sheet.views,
            "protectedRanges": [seen_by(self.book, entry, self.user) for entry in sheet.protected],
            "basicFilter": sheet.filter,
            "charts": sheet.charts,
            "bandedRanges": sheet.bands,
            "developerMetadata": self._metadata(sheet, "SHEET"),
            "rowGroups": sheet.row_groups,
            "columnGroups": sheet.column_groups,
        }
        answer.update({name: deepcopy(value) for name, value in stored.items() if value})
        return answer

    def _metadata(self, sheet: Sheet, kind: str) -> list[Json]:
        return [
            entry
            for entry in self.book.metadata
            if entry["location"]["locationType"] == kind and entry["location"].get("sheetId", 0) == sheet.id
        ]

    def grid(self, sheet: Sheet, box: Box) -> Json:
        answer: Json = {}
        if box.top:
            answer["startRow"] = box.top
        if box.left:
            answer["startColumn"] = box.left
        rows = [self._row(sheet, row, box) for row in range(box.top, box.bottom)]
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            answer["rowData"] = rows
        answer["rowMetadata"] = self._dimension(sheet, "ROW", range(box.top, box.bottom))
        answer["columnMetadata"] = self._dimension(sheet, "COLUMN", range(box.left, box.right))
        return answer

    def _dimension(self, sheet: Sheet, kind: str, indices: range) -> list[Json]:
        pixels = ROW_PIXELS if kind == "ROW" else COLUMN_PIXELS
        set_here = sheet.row_properties if kind == "ROW" else sheet.column_properties
        entries: dict[int, list[Json]] = {}
        for entry in self.book.metadata:
            place = entry["location"]
            if place["locationType"] == kind and place["dimensionRange"].get("sheetId", 0) == sheet.id:
                entries.setdefault(place["dimensionRange"]["startIndex"], []).append(deepcopy(entry))
        found = []
        for index in indices:
            one: Json = {"pixelSize": pixels, **set_here.get(index, {})}
            if index in entries:
                one["developerMetadata"] = entries[index]
            found.append(one)
        return found

    def _row(self, sheet: Sheet, row: int, box: Box) -> Json:
        line = sheet.rows.get(row)
        if not line:
            return {}
        last = max((column for column in line if box.left <= column < box.right), default=-1)
        cells = [self.cell(sheet, row, column, line.get(column)) for column in range(box.left, last + 1)]
        return {"values": cells} if cells else {}

    def cell(self, sheet: Sheet, row: int, column: int, cell: Cell | None) -> Json:
        if cell is None:
            return {}
        answer: Json = {}
        wanted = self.wanted
        if cell.value is not None:
            if "userEnteredValue" in wanted:
                answer["userEnteredValue"] = extended(cell.value)
            if "effectiveValue" in wanted or "formattedValue" in wanted:
                value = self.calculator.value(sheet, row, column)
                answer["effectiveValue"] = extended(value)
                answer["formattedValue"] = formatted(cell, value)
        if isinstance(cell.value, Formula) and (link := _HYPERLINK.match(cell.value)):
            answer["hyperlink"] = link[1]
        if cell.format:
            answer["userEnteredFormat"] = cell.format
        if "effectiveFormat" in wanted:
            answer["effectiveFormat"] = self._effective_format(cell)
        for name, part in (("note", cell.note), ("dataValidation", cell.validation), ("textFormatRuns", cell.runs)):
            if part:
                answer[name] = part
        return answer

    def _effective_format(self, cell: Cell) -> Json:
        """Worked out once for cells that share a format; an answer is only read, never changed."""
        key = id(cell.format)
        if key not in self._looks:
            self._looks[key] = _over(DEFAULT_FORMAT, cell.format or {})
        return self._looks[key]


def _cell_parts(mask: Mask) -> frozenset[str]:
    """The parts of a cell that a mask names; all of them where it stops before the cell."""
    below: Mask = mask
    for name in ("sheets", "data", "rowData", "values"):
        if not below or "*" in below or name not in below:
            return CELL_PARTS
        below = below[name]
    return frozenset(below) if below and "*" not in below else CELL_PARTS


def sheet_properties(sheet: Sheet, index: int) -> Json:
    answer: Json = {"sheetId": sheet.id, "title": sheet.title, "index": index, "sheetType": "GRID"}
    answer["gridProperties"] = {"rowCount": sheet.row_count, "columnCount": sheet.column_count, **sheet.grid}
    answer.update(deepcopy(sheet.properties))
    return answer


def extended(value: Any) -> Json:
    """An ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, Formula):
        return {"formulaValue": str(value)}
    if isinstance(value, Fault):
        return {"errorValue": {"type": _ERROR_TYPES.get(value, "ERROR"), "message": str(value)}}
    return {"stringValue": str(value)}


def _over(base: Json, own: Json) -> Json:
    """The default format with the cell's own laid over it. Conditional formats are not worked out here."""
    merged = deepcopy(base)
    for key, value in own.items():
        merged[key] = _over(merged[key], value) if key == "textFormat" else deepcopy(value)
    return merged

"""What a Google spreadsheet has now, as far as our sheets are concerned: read in one call, compared with leniency.

Our sheets and columns carry developer metadata (`ib_trackers`), which stays with them when a person renames, moves or
retypes them; that is how a damaged header is found again. Nothing else in the spreadsheet is ever taken for ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from addin.core.book import Grid, Value

Json = dict[str, Any]
KEY = "ib_trackers"
MASK = (
    "properties(title,locale,timeZone),namedRanges(namedRangeId,name,range),sheets(properties(sheetId,title,index,sheetType,"
    "gridProperties),conditionalFormats,protectedRanges,filterViews,charts(chartId,spec),developerMetadata,"
    "data(rowData.values(userEnteredValue,note,dataValidation,userEnteredFormat.numberFormat),"
    "columnMetadata.developerMetadata))"
)
"""The mask of the one read."""
_VALUES = ("stringValue", "numberValue", "boolValue", "formulaValue")


@dataclass(slots=True)
class SeenSheet:
    """One sheet. Rows and columns count from 1, as people count."""

    title: str
    gid: int
    rows: int
    columns: int
    frozen: int = 0
    cells: list[list[Json]] = field(default_factory=list)
    conditional: list[Json] = field(default_factory=list)
    protected: list[Json] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    owner: str = ""
    """What we made it for: `home`, `lists`, `cas/CAS`; empty for a person's own sheet."""
    columns_of_ours: dict[str, int] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Json:
        line = self.cells[row - 1] if row <= len(self.cells) else []
        return line[column - 1] if column <= len(line) else {}

    def entered(self, row: int, column: int) -> Value:
        """What was typed into a cell; a formula with its `=`."""
        found = self.cell(row, column).get("userEnteredValue", {})
        return next((found[kind] for kind in _VALUES if kind in found), None)

    @property
    def grid(self) -> Grid:
        """The typed values, without blank ends."""
        lines: list[list[Value]] = []
        for row, line in enumerate(self.cells, 1):
            values = [self.entered(row, column) for column in range(1, len(line) + 1)]
            while values and values[-1] is None:
                values.pop()
            lines.append(values)
        while lines and not lines[-1]:
            lines.pop()
        return Grid(self.title, lines)


@dataclass(slots=True)
class Seen:
    """One spreadsheet at one moment."""

    title: str
    sheets: list[SeenSheet]
    names: list[Json]
    properties: Json = field(default_factory=dict)
    """Its title, locale and time zone."""

    def by_title(self, title: str) -> SeenSheet | None:
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == title.casefold()), None)

    def by_owner(self, owner: str) -> SeenSheet | None:
        return next((sheet for sheet in self.sheets if sheet.owner == owner), None)


_METADATA = [{"metadataKey": str, "metadataValue": str}]
_CELL = {
    "userEnteredValue": {"stringValue": str, "numberValue": (int, float), "boolValue": bool, "formulaValue": str},
    "note": str,
    "dataValidation": dict,
    "userEnteredFormat": dict,
}
_PLACED = [{"range": dict}]
_SIZE = {"rowCount": int, "columnCount": int, "frozenRowCount": int}
_SHEET = {
    "properties": {"title": str, "sheetId": int, "index": int, "sheetType": str, "gridProperties": _SIZE},
    "conditionalFormats": [{"ranges": [dict], "booleanRule": dict}], "protectedRanges": _PLACED, "filterViews": _PLACED,
    "charts": [{"chartId": int, "spec": dict}], "developerMetadata": _METADATA,
    "data": [{"rowData": [{"values": [_CELL]}], "columnMetadata": [{"developerMetadata": _METADATA}]}],
}  # fmt: skip
_SHAPE = {
    "properties": {"title": str, "locale": str, "timeZone": str},
    "namedRanges": [{"namedRangeId": str, "name": str, "range": dict}],
    "sheets": [_SHEET],
}
"""The types of what `MASK` asks for; each part may be missing."""


def _check(value: Any, shape: Any, where: str = "answer") -> None:
    """Raise TypeError where a part of an answer is not of its type: it is none of Google's."""
    wanted: Any = type(shape) if isinstance(shape, dict | list) else shape
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise TypeError(f"{where} is {value!r}")
    if isinstance(shape, list):
        for one in value:
            _check(one, shape[0], where)
    elif isinstance(shape, dict):
        for name in shape.keys() & value.keys():
            _check(value[name], shape[name], name)


def seen(answer: Json) -> Seen:
    """Read Google's answer. Raises TypeError where it is of another form."""
    _check(answer, _SHAPE)
    sheets = [_sheet(one) for one in answer.get("sheets", []) if one["properties"].get("sheetType", "GRID") == "GRID"]
    properties = answer.get("properties", {})
    return Seen(properties.get("title", ""), sheets, answer.get("namedRanges", []), properties)


def _sheet(answer: Json) -> SeenSheet:
    properties = answer["properties"]
    size = properties.get("gridProperties", {})
    sheet = SeenSheet(
        properties["title"],
        properties.get("sheetId", 0),
        size.get("rowCount", 0),
        size.get("columnCount", 0),
        size.get("frozenRowCount", 0),
        conditional=answer.get("conditionalFormats", []),
        protected=answer.get("protectedRanges", []),
        views=answer.get("filterViews", []),
        charts=answer.get("charts", []),
        owner=next(_told(answer.get("developerMetadata", [])), ""),
    )
    for block in answer.get("data", []):
        sheet.cells = [line.get("values", []) for line in block.get("rowData", ())]
        for number, column in enumerate(block.get("columnMetadata", ()), 1):
            for name in _told(column.get("developerMetadata", [])):
                sheet.columns_of_ours.setdefault(name, number)
    return sheet


def _told(metadata: list[Json]) -> Iterator[str]:
    return (one.get("metadataValue", "") for one in metadata if one.get("metadataKey") == KEY)


def holds(found: Any, wanted: Any) -> bool:
    """Whether all that is wanted is there: Google adds defaults, leaves zeros out and keeps colours in 8 bits."""
    if isinstance(wanted, dict):
        found = found or {}
        return isinstance(found, dict) and all(holds(found.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        found = found or []
        return len(found) == len(wanted) and all(map(holds, found, wanted))
    if isinstance(wanted, str) and wanted.startswith("=") and isinstance(found, str):
        return _plain(found) == _plain(wanted)
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return bool((found or None) == (wanted or None))
    return isinstance(found or 0, int | float) and abs((found or 0) - wanted) < 1 / 200


def _plain(formula: str) -> str:
    """A formula whatever the locale parts its arguments with."""
    return re.sub(r"(\d),(\d)", r"\1.\2", formula.replace(";", ",")).replace(",", ";")


def area(gid: int, top: int, left: int, *, bottom: int = 0, right: int = 0) -> Json:
    """A GridRange; top and left count from 1, both ends included; without `bottom` it goes on to the sheet's end."""
    place: Json = {"sheetId": gid, "startRowIndex": top - 1, "startColumnIndex": left - 1}
    if bottom:
        place["endRowIndex"] = bottom
    return place | {"endColumnIndex": right or left}

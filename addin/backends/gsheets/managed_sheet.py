"""A sheet that belongs to the tool (Findings, Conflicts): made or replaced whole, in the same batch as everything else.

Text stays text. A link is a property of the cell's text (`textFormat.link`), not a HYPERLINK formula, so that nothing
that a person typed ever is inside a formula. (Addresses such as `#gid=5&range=D17` are widely written this way by
others; not checked live by us.)
"""

from __future__ import annotations

from collections.abc import Callable

from addin.backends.gsheets.snapshot import Sheet
from addin.backends.gsheets.values import Json, entered, number_format
from addin.core.book import OwnSheet, Value

PIXELS = 7
"""Width of one character of Google's default font, about."""


def same_rows(sheet: Sheet | None, own: OwnSheet) -> bool:
    """Does the sheet hold these rows already?"""
    if sheet is None:
        return False
    wanted = [{c: _plain(v) for c, v in enumerate(row, 1) if v is not None and v != ""} for row in own.rows]
    while wanted and not wanted[-1]:
        wanted.pop()
    return [sheet.line(row) for row in range(1, len(sheet.grid.values) + 1)] == wanted


def _plain(value: Value) -> Value:
    sent = entered(value, "")
    return next(iter(sent.values()))  # type: ignore[no-any-return]  # a value that Google keeps is a Value


def own_sheet_requests(
    title: str, own: OwnSheet, sheet: Sheet | None, gid: int, link: Callable[[str], str | None]
) -> list[Json]:
    """The requests that make the sheet hold exactly this. `link` turns `CAS!D17` into an address in the spreadsheet."""
    columns = max([1, *map(len, own.rows), len(own.widths)])
    size = {"rowCount": max(2, len(own.rows)), "columnCount": columns, "frozenRowCount": 1}
    everything = {"sheetId": gid, "startRowIndex": 0, "startColumnIndex": 0}
    requests: list[Json] = []
    if sheet is None:
        requests.append({"addSheet": {"properties": {"sheetId": gid, "title": title, "gridProperties": size}}})
    else:
        requests += _emptied(gid, size)
    requests.append(
        {
            "updateCells": {
                "start": {"sheetId": gid, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": _line(title, own, number, link)} for number in range(1, len(own.rows) + 1)],
                "fields": "userEnteredValue,userEnteredFormat",
            }
        }
    )
    requests += [_width(gid, column, width) for column, width in enumerate(own.widths)]
    if own.rows:
        place = everything | {"endRowIndex": size["rowCount"], "endColumnIndex": columns - own.beside}
        requests.append({"setBasicFilter": {"filter": {"range": place}}})
    return requests


def _emptied(gid: int, size: Json) -> list[Json]:
    fields = "gridProperties(rowCount,columnCount,frozenRowCount)"
    return [
        {"clearBasicFilter": {"sheetId": gid}},
        {
            "updateCells": {
                "range": {"sheetId": gid},
                "fields": "userEnteredValue,userEnteredFormat,note,dataValidation",
            }
        },
        {"updateSheetProperties": {"properties": {"sheetId": gid, "gridProperties": size}, "fields": fields}},
    ]


def _line(title: str, own: OwnSheet, number: int, link: Callable[[str], str | None]) -> list[Json]:
    return [
        _cell(
            value,
            f"{title}!row {number}",
            bold=number == 1 and column <= own.width,
            uri=link(own.links.get((number, column), "")),
            wrapped=number > 1 and column in own.wrapped,
        )
        for column, value in enumerate(own.rows[number - 1], 1)
    ]


def _cell(value: Value, where: str, *, bold: bool, uri: str | None, wrapped: bool) -> Json:
    text: Json = {}
    if bold:
        text["bold"] = True
    if uri:
        text["link"] = {"uri": uri}
    form: Json = {"textFormat": text} if text else {}
    if wrapped and value is not None:
        form |= {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    if pattern := number_format(value):
        form["numberFormat"] = pattern
    cell: Json = {"userEnteredFormat": form} if form else {}
    if sent := entered(value, where):
        cell["userEnteredValue"] = sent
    return cell


def _width(gid: int, column: int, width: float) -> Json:
    place = {"sheetId": gid, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    if width == 0:
        return {
            "updateDimensionProperties": {
                "range": place,
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        }
    properties = {"pixelSize": round(width * PIXELS) + 10, "hiddenByUser": False}
    return {"updateDimensionProperties": {"range": place, "properties": properties, "fields": "pixelSize,hiddenByUser"}}

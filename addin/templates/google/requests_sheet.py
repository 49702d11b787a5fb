"""The hidden sheet `_requests`: made with the first share, so that the menu and the watcher always find it."""

from __future__ import annotations

from collections.abc import Iterator

from addin.core.requests import HEADERS, SHEET, STATUS, STATUS_COLUMN
from addin.templates.google.seen import Json, Seen, area
from addin.templates.google.share import new_gid

ROWS, COLUMNS = 200, STATUS_COLUMN + 2 * len(STATUS)


def requests(now: Seen) -> Iterator[Json]:
    """What makes the sheet right: the sheet itself, room for the status, and the headers."""
    sheet = now.by_title(SHEET)
    gid = sheet.gid if sheet else new_gid(SHEET, now)
    if sheet is None:
        size = {"rowCount": ROWS, "columnCount": COLUMNS, "frozenRowCount": 1}
        yield {"addSheet": {"properties": {"sheetId": gid, "title": SHEET, "hidden": True, "gridProperties": size}}}
    elif sheet.columns < COLUMNS:
        more = {"sheetId": gid, "dimension": "COLUMNS", "length": COLUMNS - sheet.columns}
        yield {"appendDimension": more}
    if sheet is None or [sheet.entered(1, at) for at in range(1, len(HEADERS) + 1)] != list(HEADERS):
        cells = [{"userEnteredValue": {"stringValue": text}} for text in HEADERS]
        place = area(gid, 1, 1, bottom=1, right=len(HEADERS))
        yield {"updateCells": {"range": place, "rows": [{"values": cells}], "fields": "userEnteredValue"}}

"""The sheet of a shared tracker: made where it is missing, with headers, notes, widths, frozen rows, names, views.

Widths and colours are set when a column is made, and are a person's own from then on.
"""

from __future__ import annotations

from collections.abc import Iterator

from addin.core.a1 import letters, quoted
from addin.core.trackers import ID_HEADER, Column
from addin.templates.google.checks import colour
from addin.templates.google.seen import KEY, Json, Seen, area, holds
from addin.templates.google.share import Laid, header_is_right
from addin.templates.look import BLUE, ID_WIDTH, PALE, QUIET, TABS, width
from addin.templates.plan import defined_name

PIXELS = 7
"""One character of the standard font."""
PEOPLE = ("adviser", "teacher")
"""Columns by which a person looks for their own rows."""
_ID = Column(ID_HEADER, ID_HEADER, about="Filled in automatically, so that a row is recognised when it is moved.")


def make(laid: Laid) -> Iterator[Json]:
    """The sheet itself, its name, its size, its frozen header."""
    size = {"rowCount": laid.rows, "columnCount": laid.last_column, "frozenRowCount": laid.place.header_row}
    sheet, title = laid.sheet, laid.share.sheet
    if sheet is None:
        tab = {"tabColorStyle": colour(TABS["tracker"])}
        yield {"addSheet": {"properties": {"sheetId": laid.gid, "title": title, "gridProperties": size, **tab}}}
    else:
        size["columnCount"] = max(size["columnCount"], sheet.columns)
        now = {"rowCount": sheet.rows, "columnCount": sheet.columns, "frozenRowCount": sheet.frozen}
        wrong = [f"gridProperties.{name}" for name in size if size[name] != now[name]]
        if sheet.title.casefold() != title.casefold():
            wrong.append("title")
        if wrong:
            properties = {"sheetId": laid.gid, "title": title, "gridProperties": size}
            yield {"updateSheetProperties": {"properties": properties, "fields": ",".join(wrong)}}
    if sheet is None or sheet.owner != laid.share.owner:
        yield owned({"sheetId": laid.gid}, laid.share.owner)


def owned(place: Json, what: str) -> Json:
    """Leave our mark on a sheet or a column."""
    entry = {"metadataKey": KEY, "metadataValue": what, "location": place, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def headers(laid: Laid) -> Iterator[Json]:
    """Every header's text, its note (what the column is for) and our mark; look and width where it is new."""
    numbers = {**laid.place.columns, ID_HEADER: laid.place.id_column}
    for name, number in numbers.items():
        column = laid.tracker.columns.get(name, _ID)
        yield from _header(laid, column, number)
        marked = laid.sheet.columns_of_ours if laid.sheet else {}
        if marked.get(name) != number and name not in marked:
            span = {"sheetId": laid.gid, "dimension": "COLUMNS", "startIndex": number - 1, "endIndex": number}
            yield owned({"dimensionRange": span}, name)
        if name in laid.fresh:
            yield _width(laid, column, number)
            yield from _looks(laid, column, number)


def _header(laid: Laid, column: Column, number: int) -> Iterator[Json]:
    row, sheet = laid.place.header_row, laid.sheet
    place = area(laid.gid, row, number, bottom=row)
    note = note_of(laid, column)
    there = sheet.cell(row, number) if sheet else {}
    if not (sheet and header_is_right(column, sheet.entered(row, number))):
        cell: Json = {"userEnteredValue": {"stringValue": column.header}}
        yield {"updateCells": {"range": place, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    if there.get("note", "") != note:
        yield {"updateCells": {"range": place, "rows": [{"values": [{"note": note}]}], "fields": "note"}}


def note_of(laid: Laid, column: Column) -> str:
    """What the column is for, whether it must be filled in, and who does so."""
    parts = [column.about]
    if column.several:
        parts.append("Separate several values with semicolons.")
    if column.words.get("required"):
        parts.append("Required.")
    if column.name in laid.place.columns and not laid.share.locked and locked(laid, column):
        parts.append("Filled in by the coordinator.")
    return " ".join(part for part in parts if part)


def locked(laid: Laid, column: Column) -> bool:
    """Whether only the coordinator may edit it: where a tracker gives teachers some columns, all the others."""
    some = any(one.edited_by == "teacher" for one in laid.tracker.columns.values())
    return column.calculated or (some and column.edited_by != "teacher")


def _width(laid: Laid, column: Column, number: int) -> Json:
    wide = ID_WIDTH if column is _ID else width(column)
    place = {"sheetId": laid.gid, "dimension": "COLUMNS", "startIndex": number - 1, "endIndex": number}
    size = {"pixelSize": round(wide * PIXELS) + 10, "hiddenByUser": column is _ID}
    return {"updateDimensionProperties": {"range": place, "properties": size, "fields": "pixelSize,hiddenByUser"}}


def _looks(laid: Laid, column: Column, number: int) -> Iterator[Json]:
    row = laid.place.header_row
    needed = column.words.get("required") or column.name in laid.tracker.key
    fill, ink = (BLUE, "#FFFFFF") if needed else (PALE, "#1F2933")
    text: Json = {"bold": column is not _ID, "foregroundColorStyle": colour(ink if column is not _ID else QUIET)}
    look = {
        "backgroundColorStyle": colour(fill),
        "textFormat": text,
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }
    fields = f"userEnteredFormat({','.join(look)})"
    cell = {"userEnteredFormat": look}
    yield {"repeatCell": {"range": area(laid.gid, row, number, bottom=row), "cell": cell, "fields": fields}}
    if column is _ID:
        small = {
            "numberFormat": {"type": "TEXT", "pattern": "@"},
            "textFormat": {"fontSize": 8, "foregroundColorStyle": colour(QUIET)},
        }
        below = area(laid.gid, row + 1, number, bottom=laid.rows)
        fields = "userEnteredFormat(numberFormat,textFormat)"
        yield {"repeatCell": {"range": below, "cell": {"userEnteredFormat": small}, "fields": fields}}


def names(laid: Laid, now: Seen) -> Iterator[Json]:
    """A name for each column below its header, `CAS_hours`, for a person's own formulas."""
    sheet = laid.share.sheet if laid.share.sheet[:1].isalpha() else f"sheet {laid.share.sheet}"
    for column, number in laid.place.columns.items():
        place = area(laid.gid, laid.place.first_row, number)
        yield from named(defined_name(sheet, column), place, now)


def named(name: str, place: Json, now: Seen) -> Iterator[Json]:
    """A named range where it is missing or points elsewhere."""
    found = next((one for one in now.names if one["name"].casefold() == name.casefold()), None)
    if found is None:
        yield {"addNamedRange": {"namedRange": {"name": name, "range": place}}}
    elif not holds(found.get("range", {}), place):
        entry = {"namedRangeId": found["namedRangeId"], "name": name, "range": place}
        yield {"updateNamedRange": {"namedRange": entry, "fields": "range"}}


def filter_views(laid: Laid) -> Iterator[Json]:
    """For each teacher a view of their own rows, which changes nothing for the others."""
    there = {view.get("title", ""): view for view in (laid.sheet.views if laid.sheet else [])}
    right = laid.last_column
    place = area(laid.gid, laid.place.header_row, 1, bottom=laid.rows, right=right)
    for name in PEOPLE:
        column = laid.tracker.columns.get(name)
        for person in laid.share.values.get(f"{laid.tracker.name}.{name}", ()) if column else ():
            assert column is not None
            condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": person}]}
            at = laid.place.columns[name] - 1
            wanted = {
                "title": f"{column.header}: {person}",
                "range": place,
                "filterSpecs": [{"columnIndex": at, "filterCriteria": {"condition": condition}}],
            }
            found = there.get(wanted["title"])
            if found is None:
                yield {"addFilterView": {"filter": wanted}}
            elif not _same_view(found, wanted):
                view = {**wanted, "filterViewId": found["filterViewId"]}
                yield {"updateFilterView": {"filter": view, "fields": "range,filterSpecs"}}


def _same_view(found: Json, wanted: Json) -> bool:
    """Google gives the conditions as `filterSpecs` or, in older form, as `criteria` by column."""
    specs = found.get("filterSpecs") or [
        {"columnIndex": int(at), "filterCriteria": one} for at, one in found.get("criteria", {}).items()
    ]
    return holds({**found, "filterSpecs": specs}, wanted)


def column_a1(laid: Laid, column: str) -> str:
    """A column below its header, open at the end: `CAS!$B$2:$B`."""
    letter = letters(laid.place.columns[column])
    return f"{quoted(laid.share.sheet)}!${letter}${laid.place.first_row}:${letter}"

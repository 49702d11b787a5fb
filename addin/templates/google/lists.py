"""The Lists sheet of a shared spreadsheet: what drop-downs offer, side by side, as in the workbook.

Row 1 has the list's name, row 2 the column headers; values follow as text. Rows that a person added to a list stay.
Values of other trackers (`candidates.code`) are those that were handed in: of a slice only its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from addin.core.a1 import letters, quoted
from addin.core.book import Grid
from addin.core.settings import Lists
from addin.templates.google.checks import colour
from addin.templates.google.seen import Json, Seen, SeenSheet, area
from addin.templates.google.share import new_gid
from addin.templates.google.tracker_sheet import named, owned
from addin.templates.look import BLUE, PALE, TABS
from addin.templates.plan import LISTS, LISTS_FIRST, defined_name

OWNER = "lists"
_SPARE = 50
"""Blank rows below the longest list, for a person's own values."""


def requests(lists: Lists, now: Seen) -> tuple[list[Json], dict[str, str]]:
    """What makes the Lists sheet right, and where each column's values are: `list.column` -> A1."""
    sheet = now.by_owner(OWNER)
    title = sheet.title if sheet else LISTS if now.by_title(LISTS) is None else f"{LISTS} (IB Trackers)"
    if not lists:
        return [], {}
    kept = _with_own(lists, sheet)
    gid = sheet.gid if sheet else new_gid(OWNER, now)
    places = _letters(kept)
    sources = {
        f"{name}.{column}": f"{quoted(title)}!${letter}${LISTS_FIRST}:${letter}"
        for name, columns in places.items()
        for column, letter in columns.items()
    }
    wanted = _grid(kept)
    made = [*_sheet(sheet, gid, title, wanted), *_cells(sheet, gid, wanted), *_names(gid, kept, now)]
    return made, sources


def _letters(lists: Lists) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    at = 1
    for name, columns in lists.items():
        found[name] = {column: letters(at + number) for number, column in enumerate(columns)}
        at += len(columns) + 1
    return found


def _with_own(lists: Lists, sheet: SeenSheet | None) -> dict[str, dict[str, list[str]]]:
    """The lists, with the rows that a person added below; lists of an earlier link stay as they are."""
    from addin.workspace.lists_sheet import lists_of

    there = lists_of(sheet.grid) if sheet else {}
    kept = {name: {column: list(values) for column, values in columns.items()} for name, columns in there.items()}
    for name, columns in lists.items():
        first = next(iter(columns))
        own = there.get(name, {}) if len(columns) > 1 or _is_list(name) else {}
        more = [i for i, value in enumerate(own.get(first, ())) if value and value not in columns[first]]
        kept[name] = {
            column: [*values, *(own[column][i] if column in own else "" for i in more)]
            for column, values in columns.items()
        }
    return kept


def _is_list(name: str) -> bool:
    """A list of the product, which a school may add to; other trackers' columns are named with a dot."""
    return "." not in name


def _grid(lists: Lists) -> list[list[str]]:
    longest = max((len(values) for columns in lists.values() for values in columns.values()), default=0)
    lines: list[list[str]] = [[] for _ in range(longest + 2)]
    for name, columns in lists.items():
        for number, (header, values) in enumerate(columns.items()):
            for line, value in zip(lines, [name if not number else "", header, *values], strict=False):
                line.append(value)
            for line in lines[len(values) + 2 :]:
                line.append("")
        for line in lines:
            line.append("")
    return [line[:-1] for line in lines]


def _sheet(sheet: SeenSheet | None, gid: int, title: str, wanted: Sequence[Sequence[str]]) -> Iterator[Json]:
    size = {"rowCount": len(wanted) + _SPARE, "columnCount": len(wanted[0]), "frozenRowCount": 2}
    if sheet is None:
        tab = {"tabColorStyle": colour(TABS["lists"])}
        yield {"addSheet": {"properties": {"sheetId": gid, "title": title, "gridProperties": size, **tab}}}
        yield owned({"sheetId": gid}, OWNER)
    elif sheet.rows < len(wanted) or sheet.columns < len(wanted[0]):
        size = {"rowCount": max(size["rowCount"], sheet.rows), "columnCount": max(size["columnCount"], sheet.columns)}
        fields = "gridProperties(rowCount,columnCount)"
        yield {"updateSheetProperties": {"properties": {"sheetId": gid, "gridProperties": size}, "fields": fields}}


def _cells(sheet: SeenSheet | None, gid: int, wanted: Sequence[Sequence[str]]) -> Iterator[Json]:
    if sheet and _lines(sheet.grid) == _lines(Grid("", [list(line) for line in wanted])):
        return
    rows = [{"values": [_cell(value, row) for value in line]} for row, line in enumerate(wanted, 1)]
    bottom = max(len(wanted), len(sheet.cells) if sheet else 0)
    place = area(gid, 1, 1, bottom=bottom, right=max(len(wanted[0]), sheet.columns if sheet else 0))
    yield {"updateCells": {"range": place, "rows": rows, "fields": "userEnteredValue,userEnteredFormat"}}


def _cell(value: str, row: int) -> Json:
    look: dict[str, Any] = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    if row == 1 and value:
        white = {"bold": True, "foregroundColorStyle": colour("#FFFFFF")}
        look |= {"backgroundColorStyle": colour(BLUE), "textFormat": white}
    elif row == 2 and value:
        look |= {"backgroundColorStyle": colour(PALE), "textFormat": {"bold": True}}
    return {"userEnteredFormat": look} | ({"userEnteredValue": {"stringValue": value}} if value else {})


def _lines(grid: Grid) -> list[list[str]]:
    lines = [["" if value is None else str(value) for value in line] for line in grid.values]
    for line in lines:
        while line and not line[-1]:
            line.pop()
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _names(gid: int, lists: Mapping[str, Mapping[str, Sequence[str]]], now: Seen) -> Iterator[Json]:
    for name, columns in lists.items():
        for number, column in enumerate(columns):
            at = _column_number(lists, name) + number
            yield from named(defined_name("list", name, column), area(gid, LISTS_FIRST, at), now)


def _column_number(lists: Mapping[str, Mapping[str, Sequence[str]]], wanted: str) -> int:
    at = 1
    for name, columns in lists.items():
        if name == wanted:
            return at
        at += len(columns) + 1
    raise KeyError(wanted)

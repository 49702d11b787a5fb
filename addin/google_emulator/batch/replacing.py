"""Kinds that change cells as a person does: find and replace, paste text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from addin.google_emulator.answers import Json, bad, unimplemented
from addin.google_emulator.batch.places import the_box, the_sheet
from addin.google_emulator.context import Context
from addin.google_emulator.effective import formatted
from addin.google_emulator.entering import enter
from addin.google_emulator.model import Box, Cell, Formula, Sheet
from addin.google_emulator.protection import check_cells
from addin.google_emulator.values import entry_of

_GROUP = re.compile(r"\\(.)|\$(\d)")
"""In the replacement of a regular expression: an escaped sign, or what a group has found (Java)."""


def find_replace(context: Context, request: Json) -> Json:
    """Replace a text in a range, a sheet or all of them; what is left is read as typed. Cells with formulas are only
    searched with `includeFormulas`, and then in the formula's text."""
    if not request.get("find"):
        raise bad("find must be set")  # unknown wording
    pattern = _pattern(request)
    counts: dict[str, Any] = {"values": 0, "formulas": 0, "occurrences": 0, "rows": set(), "sheets": set()}
    for sheet, box in _scope(context, request):
        for row, column, cell in list(_cells(sheet, box)):
            _replace_in(context, request, pattern, sheet, (row, column, cell), counts)
    names = ("values", "formulas", "occurrences", "rows", "sheets")
    totals = {name: counts[name] if isinstance(counts[name], int) else len(counts[name]) for name in names}
    return {f"{name}Changed": count for name, count in totals.items() if count}


def _pattern(request: Json) -> re.Pattern[str]:
    text = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    try:
        return re.compile(text, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise bad(f"Invalid regular expression: {error}") from None  # unknown wording


def _scope(context: Context, request: Json) -> list[tuple[Sheet, Box]]:
    scopes = [name for name in ("range", "sheetId", "allSheets") if name in request]
    if len(scopes) != 1:
        raise bad("exactly one of range, sheetId and allSheets must be set")  # unknown wording
    if scopes == ["range"]:
        return [the_box(context, request["range"])]
    sheets = context.book.sheets if request.get("allSheets") else [the_sheet(context, request.get("sheetId", 0))]
    return [(sheet, Box(0, 0, sheet.row_count, sheet.column_count)) for sheet in sheets]


def _cells(sheet: Sheet, box: Box) -> Iterator[tuple[int, int, Cell]]:
    for row in sorted(sheet.rows):
        for column, cell in sorted(sheet.rows[row].items()):
            if box.holds(row, column) and cell.value is not None:
                yield row, column, cell


def _replace_in(
    context: Context,
    request: Json,
    pattern: re.Pattern[str],
    sheet: Sheet,
    at: tuple[int, int, Cell],
    counts: dict[str, Any],
) -> None:
    row, column, cell = at
    formula = isinstance(cell.value, Formula)
    if formula and not request.get("includeFormulas"):
        return
    text = str(cell.value) if isinstance(cell.value, str) else formatted(cell, cell.value)
    found = pattern.fullmatch(text) if request.get("matchEntireCell") else pattern.search(text)
    if not found:
        return
    if not isinstance(cell.value, str) and context.strict:
        raise unimplemented("what find and replace makes of numbers, dates, yes and no is not known here")
    check_cells(context.book, sheet, Box(row, column, row + 1, column + 1), context.user)
    new, count = pattern.subn(lambda match: _replacement(request, match), text)
    enter(sheet, row, column, [[new]], entry_of(context, "USER_ENTERED"))
    counts["formulas" if formula else "values"] += 1
    counts["occurrences"] += count
    counts["rows"].add((sheet.id, row))
    counts["sheets"].add(sheet.id)


def _replacement(request: Json, match: re.Match[str]) -> str:
    text = str(request.get("replacement", ""))
    if not request.get("searchByRegex"):
        return text
    return _GROUP.sub(lambda part: part[1] if part[1] else match[int(part[2])] or "", text)


def paste_data(context: Context, request: Json) -> None:
    """Text with a delimiter, pasted from a cell on and read as typed; a sheet that is too small is refused."""
    if request.get("html"):
        raise unimplemented("pasting HTML is not carried out here")
    if not request.get("delimiter"):
        raise bad("delimiter or html must be set")  # unknown wording
    kind = request.get("type", "PASTE_NORMAL")
    if kind not in ("PASTE_NORMAL", "PASTE_VALUES", "PASTE_NO_BORDERS"):
        raise unimplemented(f"{kind} of text is not carried out here")
    start = request.get("coordinate", {})
    sheet = the_sheet(context, start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    lines = str(request.get("data", "")).replace("\r\n", "\n").removesuffix("\n").split("\n")
    rows = [line.split(request["delimiter"]) for line in lines]
    place = Box(top, left, top + len(rows), left + max(map(len, rows)))
    if place.bottom > sheet.row_count or place.right > sheet.column_count:
        raise bad("The data does not fit into the grid.")  # unknown wording
    check_cells(context.book, sheet, place, context.user)
    enter(sheet, top, left, rows, entry_of(context, "USER_ENTERED"))


KINDS = {"findReplace": find_replace, "pasteData": paste_data}

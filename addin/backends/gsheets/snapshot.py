"""What one read of a Google spreadsheet shows: every sheet's values, formulas, fills and notes, and the guard token.

One `spreadsheets.get` with a field mask. It needs no knowledge of the sheets' names beforehand, and it brings notes
and fills along, so that a Validate that finds nothing new costs one call. `values:batchGet` has a smaller answer
but needs the names, knows no formulas, notes or fills, and would make it three calls.

Measured on the emulator, 1,000 rows of 5 columns: values alone 46 KiB, this mask 356 KiB (12 KiB compressed, as Google
sends it), with the whole `userEnteredValue` 463 KiB.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from addin.backends.gsheets.values import Json, number, shown, text
from addin.core.book import Area, Grid, Look, Value

_CELL = "effectiveValue,userEnteredValue.formulaValue,note,userEnteredFormat.backgroundColorStyle"
_SHEET = "properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),merges,tables(tableId,name,range)"
_BOOK = "namedRanges(namedRangeId,name),sheets({sheet},data(startRow,startColumn,rowData.values({cell})))"

READ = _BOOK.format(sheet=_SHEET, cell=_CELL)
"""The mask of the one read."""

GUARD = _BOOK.format(sheet=_SHEET, cell=_CELL + ",userEnteredFormat.numberFormat")
"""The mask of the read before a write: of the touched rows, with the number formats that dates need."""

READ_BACK = _BOOK.format(sheet="properties(sheetId,title)", cell="userEnteredValue")
"""The mask of what a write shows of itself."""

NAMES = "namedRanges(namedRangeId,name),sheets.properties(sheetId,title)"
"""The mask for the tokens alone."""

TOKEN = "ib_trackers_"
MOST_CELLS = 10_000_000
"""Of a spreadsheet, in all (Google's limit): no row or column has a larger number."""


@dataclass(slots=True)
class Sheet:
    """One sheet as it was read. Rows and columns count from 1."""

    title: str
    gid: int
    rows: int
    columns: int
    grid: Grid
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)
    formats: dict[tuple[int, int], Json] = field(default_factory=dict)
    entered: dict[tuple[int, int], Json] = field(default_factory=dict)
    table_ids: dict[Area, str] = field(default_factory=dict)

    def line(self, row: int) -> dict[int, Value | tuple[str, str]]:
        """What is in a row, blanks left out; a calculated cell by its formula, since its value moves by itself."""
        values = self.grid.values[row - 1] if row <= len(self.grid.values) else []
        line: dict[int, Value | tuple[str, str]] = {c: v for c, v in enumerate(values, 1) if v is not None}
        for column in range(1, self.columns + 1):
            if (row, column) in self.grid.formulas:
                line[column] = ("=", self.grid.formulas[row, column])
        return line


@dataclass(slots=True)
class Snapshot:
    """One spreadsheet at one moment. `tokens` are the ids of our named ranges, by name (see writing.py)."""

    sheets: dict[str, Sheet]
    tokens: dict[str, str]
    gids: list[int]
    """The id of every sheet in order, chart sheets too."""


def snapshot(answer: Json) -> Snapshot:
    """Read Google's answer."""
    sheets = [_sheet(sheet) for sheet in answer.get("sheets", []) if _is_grid(sheet)]
    names = ((text(named["name"]), text(named["namedRangeId"])) for named in answer.get("namedRanges", []))
    return Snapshot(
        {sheet.title: sheet for sheet in sheets},
        {name: token for name, token in names if name.startswith(TOKEN)},
        [number(sheet["properties"].get("sheetId", 0)) for sheet in answer.get("sheets", [])],
    )


def _is_grid(sheet: Json) -> bool:
    return str(sheet["properties"].get("sheetType", "GRID")) == "GRID"


def _sheet(answer: Json) -> Sheet:
    properties = answer["properties"]
    size = properties.get("gridProperties", {})
    title = text(properties["title"])
    tables = {area(table.get("range", {}), table.get("name", "")): table for table in answer.get("tables", [])}
    grid = Grid(title, tables=list(tables), merged=[area(m) for m in answer.get("merges", [])], serial_dates=True)
    rows, columns = (number(size.get(name, 0)) for name in ("rowCount", "columnCount"))
    sheet = Sheet(title, number(properties.get("sheetId", 0)), rows, columns, grid)
    sheet.table_ids = {place: str(table.get("tableId", "")) for place, table in tables.items()}
    for block in answer.get("data", []):
        top, left = (min(number(block.get(name, 0)), MOST_CELLS) for name in ("startRow", "startColumn"))
        for row, line in enumerate(block.get("rowData", ()), top + 1):
            _take(sheet, row, left, line if type(line) is Line else line_of({"values": line.get("values", ())}))
    for values in grid.values:
        while values and values[-1] is None:
            values.pop()
    while grid.values and not grid.values[-1]:
        grid.values.pop()
    return sheet


class Line(NamedTuple):
    """What is kept of one row of cells: their values, and those cells that are more than a value (place, cell)."""

    values: list[Value]
    others: list[tuple[int, Json]]


def line_of(answer: Json) -> Any:
    """A row of cells as a Line; any other object of an answer as it is. Called for every object: it has to be quick."""
    cells = answer.get("values")
    if cells is None:
        return answer
    values = [shown(cell.get("effectiveValue")) for cell in cells]
    others = [  # Google sends an empty object for what the mask leaves nothing of
        (place, cell)
        for place, cell in enumerate(cells)
        if cell.get("userEnteredValue") or cell.get("userEnteredFormat") or "note" in cell
    ]
    return Line(values, others)


def line_reader() -> Callable[[Json], Any]:
    """`line_of` for one answer, in which equal texts are one: most cells of a column hold what others hold, too."""
    texts: dict[str, str] = {}

    def read(answer: Json) -> Any:
        line = line_of(answer)
        if type(line) is Line:
            line.values[:] = [texts.setdefault(one, one) if type(one) is str else one for one in line.values]
        return line

    return read


def _take(sheet: Sheet, row: int, skipped: int, line: Line) -> None:
    """One row of cells, of which the first `skipped` were not asked for."""
    lines = sheet.grid.values
    while len(lines) < row:
        lines.append([])
    lines[row - 1] = [None] * skipped + line.values if skipped else line.values
    for place, cell in line.others:
        column = place + skipped + 1
        if own := cell.get("userEnteredValue"):
            sheet.entered[row, column] = own
            if "formulaValue" in own:
                sheet.grid.formulas[row, column] = own["formulaValue"].removeprefix("=")
        if "note" in cell or cell.get("userEnteredFormat"):
            _take_look(sheet, (row, column), cell)


def _take_look(sheet: Sheet, at: tuple[int, int], cell: Json) -> None:
    form = cell.get("userEnteredFormat", {})
    look = Look(fill_of(form.get("backgroundColorStyle")), text(cell["note"]) if "note" in cell else None)
    if look != Look():
        sheet.looks[at] = look
    if "numberFormat" in form:
        sheet.formats[at] = form["numberFormat"]


def area(place: Json, name: str = "") -> Area:
    """Google's half-open range, counted from 0, as both ends included, counted from 1."""
    return Area(
        number(place.get("startRowIndex", 0)) + 1,
        number(place.get("startColumnIndex", 0)) + 1,
        number(place.get("endRowIndex", 0)),
        number(place.get("endColumnIndex", 0)),
        text(name),
    )


def fill_of(style: Json | None) -> str:
    """`RRGGBB`, `theme:NAME`, or "" for none. Google leaves a colour's zero parts out: black is `{}`."""
    if style is None:
        return ""
    if "themeColor" in style:
        return f"theme:{style['themeColor']}"
    if "rgbColor" not in style:
        return ""
    return "".join(f"{round(255 * style['rgbColor'].get(part, 0)):02X}" for part in ("red", "green", "blue"))


def style_of(fill: str) -> Json | None:
    """The other way: what to send for a fill; None to take it away."""
    if not fill:
        return None
    if fill.startswith("theme:"):
        return {"themeColor": fill.removeprefix("theme:")}
    parts = (int(fill[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}

"""The Home sheet of a shared spreadsheet: what is here, how far it is, what comes next. Live formulas, one chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from addin.core.ib import deadlines as dates
from addin.core.ib import session as sessions
from addin.core.requests import BOXES
from addin.core.settings import Settings
from addin.core.tables.values import show
from addin.errors import TrackerProblem
from addin.templates.google.checks import colour
from addin.templates.google.seen import Json, Seen, SeenSheet, area, holds
from addin.templates.google.share import Laid, new_gid
from addin.templates.google.tracker_sheet import column_a1, owned
from addin.templates.look import BLUE, QUIET, TABS
from addin.templates.plan import HOME, text

OWNER = "home"
ROWS, COLUMNS, WIDTHS = 80, 12, (330, 110, 110)
NEXT = 12
"""Deadlines at most."""
_STATES = ("status", "state")
_HOW = (
    "Type in the sheets named after the trackers; a new row goes right below the last one.",
    "A cell that turns orange is wrong or missing; yellow is worth a look. Point at a header to read what it is for.",
    "What you enter reaches the coordinator's workbook with the next sync.",
)
Cell = tuple[object, str]
"""A value (a date as a date, a formula with its =) and its style."""


@dataclass(slots=True)
class Page:
    """Lines in the making, and where the chart's numbers are: (title, first row, last row)."""

    lines: list[list[Cell]] = field(default_factory=list)
    chart: tuple[str, int, int] | None = None

    def add(self, *cells: object, style: str = "plain") -> int:
        """A line; its row number."""
        self.lines.append([(cell, style) for cell in cells])
        return len(self.lines)


def requests(all_laid: Sequence[Laid], settings: Settings, now: Seen) -> Iterator[Json]:
    """What makes Home right; a sheet of a person's own that has this name is left alone."""
    sheet = now.by_owner(OWNER)
    title = sheet.title if sheet else HOME if now.by_title(HOME) is None else f"{HOME} (IB Trackers)"
    gid = sheet.gid if sheet else new_gid(OWNER, now)
    page = _page(all_laid, settings, now)
    if sheet is None:
        size = {"rowCount": ROWS, "columnCount": COLUMNS, "hideGridlines": True}
        own = any(one.grid.values and "/" not in one.owner for one in now.sheets)
        first = {} if own else {"index": 0}
        tab = {"tabColorStyle": colour(TABS["home"])}
        yield {"addSheet": {"properties": {"sheetId": gid, "title": title, "gridProperties": size, **tab, **first}}}
        yield owned({"sheetId": gid}, OWNER)
        for at, pixels in enumerate(WIDTHS):
            place = {"sheetId": gid, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
            properties = {"pixelSize": pixels}
            yield {"updateDimensionProperties": {"range": place, "properties": properties, "fields": "pixelSize"}}
    yield from _cells(sheet, gid, page)
    yield from _chart(sheet, gid, page)


def _page(all_laid: Sequence[Laid], settings: Settings, now: Seen) -> Page:
    page = Page()
    page.add(show(settings.school.get("name")) or now.title or "IB Trackers", style="title")
    page.add("IB Trackers · independent software, not affiliated with the IB", style="quiet")
    for line in _HOW:
        page.add(line, style="quiet")
    _boxes(page)
    page.add()
    page.add("Tracker", "Rows", "Missing", style="section")
    first = len(page.lines) + 1
    for laid in all_laid:
        page.add(laid.tracker.title, f"=COUNTA({column_a1(laid, _counted(laid))})", _missing(laid))
    page.chart = ("Rows of each tracker", first, len(page.lines))
    for laid in all_laid:
        _states(page, laid)
    _deadlines(page, settings)
    return page


def _boxes(page: Page) -> None:
    """Boxes to tick instead of the menu, which a phone does not have; the answer appears beside the box."""
    page.add()
    page.add("Ask for", "Tick", "Last answer", style="section")
    for label in BOXES:
        page.lines.append([(label, "plain"), (None, TICK), (None, ANSWER)])


def _counted(laid: Laid) -> str:
    """A column that every row has: one that must be filled in, else the key."""
    columns = laid.tracker.columns
    needed = (name for name, column in columns.items() if column.words.get("required"))
    return next(needed, laid.tracker.key[0] if laid.tracker.key else next(iter(columns)))


def _missing(laid: Laid) -> str:
    """Cells that must be filled in and are not, beside the column that is counted."""
    counted = column_a1(laid, _counted(laid))
    needed = [n for n, c in laid.tracker.columns.items() if c.words.get("required") and n != _counted(laid)]
    parts = [f"MAX(0,COUNTA({counted})-COUNTA({column_a1(laid, name)}))" for name in needed]
    return f"={'+'.join(parts)}" if parts else ""


def _states(page: Page, laid: Laid) -> None:
    """How many rows are in each state, where the tracker knows states."""
    for name in _STATES:
        column = laid.tracker.columns.get(name)
        values = column.words.get("one_of") if column else None
        if column is None or not isinstance(values, list | tuple):
            continue
        page.add()
        page.add(f"{laid.tracker.title} by {column.header.lower()}", "Rows", style="section")
        first = len(page.lines) + 1
        for value in values:
            page.add(show(value), f"=COUNTIF({column_a1(laid, name)},{text(show(value))})")
        if not page.chart or page.chart[0].startswith("Rows of"):
            page.chart = (f"{laid.tracker.title} by {column.header.lower()}", first, len(page.lines))


def _deadlines(page: Page, settings: Settings) -> None:
    """The session's dates from the list; the days that are left are counted by the sheet."""
    session = sessions.parse(show(settings.get("session")))
    first_exam = settings.get("first_exam")
    try:
        columns = settings.lists.get("deadlines", {})
        found = dates.deadlines(columns, session, first_exam) if session and columns else []
    except TrackerProblem:
        found = []
    programme = show(settings.get("programme")).casefold()
    found = [one for one in found if not programme or one.is_for(programme)]
    coming = [one for one in found if one.starts and one.starts >= settings.today][:NEXT]
    if not coming:
        return
    page.add()
    page.add(f"Next deadlines of session {session}", "Date", "Days left", style="section")
    for one in coming:
        row = len(page.lines) + 1
        page.add(one.event, one.starts, f'=IF(B{row}<TODAY(),"past",B{row}-TODAY())')
    page.add("Always compare with the notices of the IB.", style="quiet")


TICK, ANSWER = "tick", "answer"
"""Styles of cells whose contents people and the program change: they are never compared nor written over."""
_TEXTS: dict[str, Json] = {
    "title": {"bold": True, "fontSize": 16, "foregroundColorStyle": colour(BLUE)},
    "section": {"bold": True, "fontSize": 11, "foregroundColorStyle": colour(BLUE)},
    "quiet": {"foregroundColorStyle": colour(QUIET)},
    "plain": {},
    TICK: {},
    ANSWER: {"foregroundColorStyle": colour(QUIET)},
}


def _cell(cell: Cell) -> Json:
    value, style = cell
    look: Json = {"textFormat": _TEXTS[style]} if _TEXTS[style] else {}
    if isinstance(value, date):
        look["numberFormat"] = {"type": "DATE", "pattern": "yyyy-mm-dd"}
    elif isinstance(value, str) and value.startswith("="):
        look["numberFormat"] = {"type": "NUMBER", "pattern": "0"}
    made: Json = {"userEnteredFormat": look} if look else {}
    return made | ({"userEnteredValue": sent} if (sent := _entered(value)) else {})


def _entered(value: object) -> Json:
    if isinstance(value, date):
        return {"numberValue": (value - date(1899, 12, 30)).days}
    if isinstance(value, bool):
        return {"boolValue": value}
    kind = "formulaValue" if str(value).startswith("=") else "stringValue"
    return {kind: str(value)} if value else {}


def _cells(sheet: SeenSheet | None, gid: int, page: Page) -> Iterator[Json]:
    wide = len(WIDTHS)
    lines = [[*line, *[("", "plain")] * (wide - len(line))] for line in _with_what_is_asked(page, sheet)]
    before = len(sheet.cells) if sheet else 0
    ticks = [row for row, line in enumerate(lines, 1) if line[1][1] == TICK]
    if ticks and not (sheet and all(sheet.cell(row, 2).get("dataValidation") for row in ticks)):
        box = {"condition": {"type": "BOOLEAN"}, "strict": True}
        yield {"setDataValidation": {"range": area(gid, 1, 1, bottom=max(len(lines), before), right=wide)}}
        yield {"setDataValidation": {"range": area(gid, ticks[0], 2, bottom=ticks[-1]), "rule": box}}
    same = sheet is not None and all(
        holds(sheet.cell(row, column).get("userEnteredValue", {}), sent)
        and bool(sent) == bool(_there(sheet, row, column))
        for row in range(1, max(len(lines), before) + 1)
        for column in range(1, wide + 1)
        if not (row <= len(lines) and lines[row - 1][column - 1][1] in (TICK, ANSWER))
        for sent in [_entered(lines[row - 1][column - 1][0]) if row <= len(lines) else {}]
    )
    if not same:
        rows = [{"values": [_cell(cell) for cell in line]} for line in lines]
        place = area(gid, 1, 1, bottom=max(len(lines), before), right=wide)
        yield {"updateCells": {"range": place, "rows": rows, "fields": "userEnteredValue,userEnteredFormat"}}


def _with_what_is_asked(page: Page, sheet: SeenSheet | None) -> Iterator[list[Cell]]:
    """The lines, with ticks that are not answered yet and the last answers: Home may be laid out again around them."""
    rows = range(1, len(sheet.cells) + 1) if sheet else ()
    there = {label: row for row in rows if sheet and (label := sheet.entered(row, 1)) in BOXES}
    for line in page.lines:
        row = there.get(line[0][0]) if len(line) > 1 and line[1][1] == TICK else None  # type: ignore[call-overload]
        yield [line[0], *((sheet.entered(row, at), line[at - 1][1]) for at in (2, 3))] if sheet and row else line


def _there(sheet: SeenSheet, row: int, column: int) -> bool:
    return sheet.entered(row, column) is not None


def _chart(sheet: SeenSheet | None, gid: int, page: Page) -> Iterator[Json]:
    """One column chart, beside the numbers; a person may move or size it."""
    if page.chart is None:
        return
    title, first, last = page.chart
    data = [{"sourceRange": {"sources": [area(gid, first, column, bottom=last)]}} for column in (1, 2)]
    spec = {
        "title": title,
        "basicChart": {
            "chartType": "COLUMN", "legendPosition": "NO_LEGEND",
            "domains": [{"domain": data[0]}], "series": [{"series": data[1], "targetAxis": "LEFT_AXIS"}],
        },
    }  # fmt: skip
    there = sheet.charts[0] if sheet and sheet.charts else None
    if there is None:
        anchor = {"anchorCell": {"sheetId": gid, "rowIndex": 4, "columnIndex": 4}, "widthPixels": 520}
        yield {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": anchor}}}}
    elif not holds(there.get("spec", {}), spec):
        yield {"updateChartSpec": {"chartId": there["chartId"], "spec": spec}}

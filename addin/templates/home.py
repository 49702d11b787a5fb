"""The Home sheet: where things stand, what comes next, how to use the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from addin.core.a1 import letters, quoted
from addin.core.checks.marks import SHEET as FINDINGS
from addin.core.checks.summary import Line
from addin.templates import deadlines_sheet, views
from addin.templates.look import BLUE, FONT, INK, LINE, TABS, Look
from addin.templates.plan import DEADLINES, FIRST_ROW, HOME, LISTS, Plan
from addin.workspace.home_settings import ASKED

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Told = Mapping[tuple[str, str], list[Line]]
"""(tracker, view) -> its lines in Python."""
NEXT = 8
"""How many deadlines Home shows."""
_WIDTHS = (2, 52, 11, 11, 11, 24, 58)
BUTTONS_ROW = 5
_HOW = (
    "Type in the sheets named after the trackers; a new row goes right below the last one.",
    "Dark blue headers must be filled in. A cell that turns orange is wrong or missing; yellow is worth a look.",
    "Click a cell to read what belongs in it. Where there is an arrow, choose from the list.",
    "Green tabs are calculated: they follow what you type, and nothing is typed there.",
    "Validate checks everything, also what a sheet cannot see by itself, and lists it on the Findings sheet.",
    "Drop-downs come from the Lists sheet: add your own rows there. Settings stand in ib-trackers.toml beside it.",
)


def write(book: Workbook, sheet: Worksheet, look: Look, plan: Plan, told: Told, buttons: bool) -> None:
    """Fill the Home sheet, and name its two cells for other formulas: session and first_exam."""
    for number, wide in enumerate(_WIDTHS):
        sheet.set_column(number, number, wide)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(TABS["home"])
    row = _heading(book, sheet, look, plan, buttons)
    first = row
    row = _trackers(sheet, look, plan, row)
    _chart(book, sheet, plan, first, row)
    row = _progress(sheet, look, plan, told, row)
    row = _deadlines(sheet, look, plan, row)
    row = _how(sheet, look, row)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, row, len(_WIDTHS) - 1)
    sheet.activate()


def _heading(book: Workbook, sheet: Worksheet, look: Look, plan: Plan, buttons: bool) -> int:
    school = str(plan.settings.school.get("name", "") or "IB Trackers")
    sheet.set_row(0, 30)
    sheet.write_string(0, 1, school, look("title", font_size=20))
    code = plan.settings.school.get("code", "")
    under = "IB Trackers" + (f" · school code {code}" if code else "")
    sheet.write_string(
        1, 1, f"{under} · independent software, not affiliated with the IB", look("plain", font_color="#52606D")
    )
    for row, words in enumerate(ASKED, 2):
        sheet.write_string(row, 1, words, look("plain"))
    sheet.write_string(2, 2, str(plan.setting("session") or ""), look("input"))
    sheet.write_blank(3, 2, None, look("input_date"))
    first = plan.setting("first_exam")
    if first:
        sheet.write_datetime(3, 2, first, look("input_date"))
    sheet.data_validation(
        3, 2, 3, 2, {"validate": "custom", "value": "=ISNUMBER($C$4)", "error_message": "Enter a date."}
    )
    book.define_name("session", f"={HOME}!$C$3")
    book.define_name("first_exam", f"={HOME}!$C$4")
    if buttons:
        sheet.set_row(BUTTONS_ROW - 1, 30)
        return BUTTONS_ROW + 1
    return BUTTONS_ROW


def _section(sheet: Worksheet, look: Look, row: int, title: str, headers: tuple[str, ...]) -> int:
    sheet.set_row(row - 1, 20)
    for number in range(1, len(_WIDTHS)):
        sheet.write_blank(row - 1, number, None, look("section"))
    sheet.write_string(row - 1, 1, title, look("section"))
    for number, header in enumerate(headers, 1):
        sheet.write_string(row, number, header, look("plain", bold=True))
    return row + 2 if headers else row + 1


def _trackers(sheet: Worksheet, look: Look, plan: Plan, row: int) -> int:
    headers = ("Tracker", "Rows", "Errors", "Warnings", "", "What it keeps")
    row = _section(sheet, look, row, "Your trackers", headers)
    for name, tracker in plan.trackers.items():
        place = plan.places[name]
        link(sheet, look, row, 1, tracker.sheet, tracker.title)
        column = letters(place.columns[tracker.key[0] if tracker.key else next(iter(tracker.columns))])
        rows = f"COUNTA({quoted(tracker.sheet)}!${column}${FIRST_ROW}:${column}$1048576)"
        sheet.write_formula(row - 1, 2, f"={rows}", look("number"), place.rows)
        for number, level in ((3, "error"), (4, "warning")):
            count = f'COUNTIFS({FINDINGS}!$H:$H,"{name}",{FINDINGS}!$A:$A,"{level}")'
            sheet.write_formula(row - 1, number, f"={count}", look("number"), 0)
            cell = f"{letters(number + 1)}{row}"
            options = {"type": "formula", "criteria": f"={cell}>0", "format": look(level)}
            sheet.conditional_format(row - 1, number, row - 1, number, options)
        if any(name == of for of, _ in plan.views):
            most = place.counted_rows - place.header_row
            full = f'=IF(C{row}>{most},"Views count {most} rows","")'
            sheet.write_formula(row - 1, 5, full, look("quiet", bold=True), "")
        sheet.write_string(row - 1, 6, tracker.about, look("quiet"))
        sheet.set_row(row - 1, 14 * (1 + len(tracker.about) // (_WIDTHS[6] + 8)))
        row += 1
    link(sheet, look, row, 1, FINDINGS, "All findings of the last Validate")
    link(sheet, look, row, 6, LISTS, "Lists behind the drop-downs")
    return row + 2


def _chart(book: Workbook, sheet: Worksheet, plan: Plan, first: int, row: int) -> None:
    """Open errors and warnings of each tracker as bars, below the table whose numbers they show."""
    top, last = first + 1, first + len(plan.trackers)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, name, colour in ((3, "Errors", "#B4541A"), (4, "Warnings", "#F2C14E")):
        chart.add_series({
            "name": name, "categories": [HOME, top, 1, last, 1], "values": [HOME, top, column, last, column],
            "fill": {"color": colour}, "border": {"color": "#52606D", "width": 0.75}, "gap": 45,
        })  # fmt: skip
    small = {"name": FONT, "size": 9, "color": INK}
    chart.set_title({"name": "Open findings of the last Validate", "overlay": False,
                     "name_font": {**small, "size": 11, "bold": True, "color": BLUE}})  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": LINE}})
    chart.set_x_axis({"num_font": small, "min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    chart.set_legend({"position": "bottom", "font": small})
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": 390, "height": max(260, 90 + 24 * len(plan.trackers))})
    words = "Bars of open errors and warnings for each tracker; the numbers stand in the table Your trackers."
    sheet.insert_chart(row, len(_WIDTHS) - 1, chart, {"description": words, "object_position": 3})


def _progress(sheet: Worksheet, look: Look, plan: Plan, told: Told, row: int) -> int:
    shown = [(t, v) for t in plan.trackers.values() for v in t.views if (t.name, v.name) in plan.views]
    if not shown:
        return row
    row = _section(sheet, look, row, "Progress", ("View", "Lines", "Complete", "Share", "", ""))
    for tracker, view in shown:
        link(sheet, look, row, 1, plan.views[tracker.name, view.name], view.title)
        lines = told.get((tracker.name, view.name), [])
        if formulas := views.complete(plan, tracker, view, len(lines)):
            done = sum(line.is_complete(view) for line in lines)
            sheet.write_formula(row - 1, 2, f"={formulas[0]}", look("number"), len(lines))
            sheet.write_formula(row - 1, 3, f"={formulas[1]}", look("number"), done)
            share = f'=IF(C{row}=0,"",D{row}/C{row})'
            sheet.write_formula(row - 1, 4, share, look("share"), done / len(lines) if lines else "")
            bar = f'=IF(C{row}=0,"",REPT("█",ROUND(20*D{row}/C{row},0))&REPT("░",20-ROUND(20*D{row}/C{row},0)))'
            full = round(20 * done / len(lines)) if lines else 0
            drawn = "█" * full + "░" * (20 - full) if lines else ""
            sheet.write_formula(row - 1, 5, bar, look("plain", font_color="#3F7D58"), drawn)
        row += 1
    return row + 1


def _deadlines(sheet: Worksheet, look: Look, plan: Plan, row: int) -> int:
    if not deadlines_sheet.wanted(plan):
        return row
    row = _section(sheet, look, row, "Next deadlines", ("What", "Date", "Days left", "For"))
    for date, left, event, for_whom in deadlines_sheet.next_ones(NEXT):
        sheet.write_formula(row - 1, 1, f"={event}", look("plain"), "")
        sheet.write_formula(row - 1, 2, f"={date}", look("date"), "")
        sheet.write_formula(row - 1, 3, f"={left}", look("number"), "")
        sheet.write_formula(row - 1, 4, f"={for_whom}", look("plain"), "")
        for most, style in ((14, "error"), (30, "warning")):
            criteria = f"=AND(ISNUMBER($D{row}),$D{row}<={most})"
            options = {"type": "formula", "criteria": criteria, "format": look(style), "stop_if_true": True}
            sheet.conditional_format(row - 1, 3, row - 1, 3, options)
        row += 1
    link(sheet, look, row, 1, DEADLINES, "All deadlines of the session")
    return row + 2


def _how(sheet: Worksheet, look: Look, row: int) -> int:
    row = _section(sheet, look, row, "How to use", ())
    for line in _HOW:
        sheet.write_string(row - 1, 1, f"•  {line}", look("plain"))
        row += 1
    return row


def link(sheet: Worksheet, look: Look, row: int, column: int, to: str, words: str) -> None:
    """A link to another sheet (row counts from 1, column from 0)."""
    sheet.write_url(row - 1, column, f"internal:{quoted(to)}!A1", look("link"), words, f"Go to {to}")

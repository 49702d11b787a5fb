"""The Home sheet: where things are today, from live formulas. Nothing is typed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.core.a1 import letters, quoted
from addin.core.checks.context import WorkbookContext
from addin.core.checks.marks import HEADERS
from addin.core.checks.marks import SHEET as FINDINGS
from addin.core.names import HOME_TRACKER
from addin.core.trackers import Tracker
from addin.templates import deadlines_sheet, week
from addin.templates.look import BLUE, FONT, INK, LINE, TABS, Look
from addin.templates.plan import DEADLINES, FIRST_ROW, HOME, SETTINGS, VIEWS, Plan, text
from addin.templates.seasons import by_season
from addin.templates.tiles import Summaries, area_of, behind_formula, is_counted, tiles, view_of
from addin.workspace.home_settings import LAST_CHECK, NOT_CHECKED

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from addin.templates.tiles import Tile

BUTTONS_ROW = 5
WIDTHS = (2, *(16,) * 11)
ZOOM = 85
"""Per cent: all tiles and buttons are in sight on a laptop."""
"""Tiles take two columns each, from the second on."""
ITEMS, DATES, ADVISERS = 8, 5, 12
"""Lines of This week, of the next deadlines, and of the list of advisers."""
FEW = 12
"""So many trackers are above This week; a longer list comes below it."""
_CHECKED = "$C$4"
_LAST = len(WIDTHS) - 1
HOW = (
    "Type on the tracker sheets, in the first empty row. Dark blue headers must be filled in.",
    "Orange cells are wrong or missing, yellow ones are worth a look. Click a cell to see what belongs in it.",
    "Validate checks everything and lists it on Findings. Grey headers fill themselves in.",
    "People, their addresses and roles are on Staff; everything else that you can change is on Settings.",
)
HEADER_HEIGHT = 19
"""Points: the words of a header are clear of the line above them."""
LEGEND = ("must be filled", "optional", "calculated", "wrong", "worth a look", "done")
LEGEND_STYLES = ("needed", "header", "derived", "error", "warning", "done")
_TRACKERS = (HOME_TRACKER, "", "", "Rows", "Errors", "Warnings", "Overdue", "", "Status")


def write(
    book: Workbook,
    sheet: Worksheet,
    look: Look,
    plan: Plan,
    context: WorkbookContext,
    summaries: Summaries,
    buttons: bool,
) -> None:
    """Fill the Home sheet."""
    for number, wide in enumerate(WIDTHS):
        sheet.set_column(number, number, wide)
    sheet.hide_gridlines(2)
    sheet.set_zoom(ZOOM)
    sheet.set_tab_color(TABS["home"])
    _heading(sheet, look, plan, buttons)
    here = tiles(plan, context, summaries)
    row, few = BUTTONS_ROW + 5, len(plan.trackers) <= FEW
    if few:
        first, last = _trackers(sheet, look, plan, context, row)
        row = last + 2
    below = _advisers(book, sheet, look, plan, context, summaries, row)
    row = max(_this_week(sheet, look, plan, context, row), below) + 1
    if not few:
        first, last = _trackers(sheet, look, plan, context, row)
        row = last + 2
    overdue = sum(week.overdue_in_python(t, context) for t in plan.trackers.values())
    _tiles(sheet, look, plan, here, f"SUM($H${first}:$H${last})", overdue)
    row = _how(sheet, look, plan, row)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_footer(f"&L{plan.say(HOME)}&C&P / &N&R&D")
    sheet.print_area(0, 0, row, _LAST)
    sheet.activate()


def _heading(sheet: Worksheet, look: Look, plan: Plan, buttons: bool) -> None:
    school = str(plan.settings.school.get("name", "") or "")
    programme = plan.settings.programme.upper()
    session = str(plan.setting("session") or "")
    sheet.set_row(0, 30)
    words = plan.say("Your school (enter its name on Settings)")
    sheet.write_formula(
        0, 1, f'=IF(school_name="",{text(words)},school_name)', look("title", font_size=20), school or words
    )
    if programme == "PYP":
        sheet.write_string(1, 1, "PYP", look("plain", font_color="#52606D"))
    else:
        session_of = f"{programme} · {plan.say('session')} "
        under = f"={text(session_of)}&session"
        sheet.write_formula(1, 1, under, look("plain", font_color="#52606D"), f"{session_of}{session}")
    shown = [
        name for name in (VIEWS, DEADLINES, FINDINGS, SETTINGS) if name != DEADLINES or deadlines_sheet.wanted(plan)
    ]
    shown = [name for name in shown if name != VIEWS or plan.views]
    for column, name in enumerate(shown, 1):
        link(sheet, look, plan, 3, column, name, plan.say(name))
    sheet.write_string(3, 1, plan.say(LAST_CHECK), look("plain"))
    sheet.write_string(3, 2, plan.say(NOT_CHECKED), look("plain", num_format="d mmm yyyy", align="left", bold=True))
    sheet.set_row(BUTTONS_ROW - 1, 30 if buttons else 6)


def _tiles(sheet: Worksheet, look: Look, plan: Plan, here: Sequence[Tile], overdue: str, late: int) -> None:
    shown = [(tile.label, tile.formula, tile.value, tile.note) for tile in here]
    shown.append((plan.say("Overdue"), overdue, late, plan.say("items in all trackers")))
    top = BUTTONS_ROW
    sheet.set_row(top + 1, 34)
    for number, (label, formula, value, note) in enumerate(shown[:5]):
        column = 1 + 2 * number
        for row, words, style in ((top, label, "tile_name"), (top + 1, "", "tile"), (top + 2, note, "tile_note")):
            sheet.merge_range(row, column, row, column + 1, words, look(style, left=5, left_color="#FFFFFF"))
        sheet.write_formula(top + 1, column, f"={formula}", look("tile", left=5, left_color="#FFFFFF"), value)


def _section(
    sheet: Worksheet, look: Look, plan: Plan, row: int, title: str, columns: range, headers: Sequence[str] = ()
) -> int:
    sheet.set_row(row - 1, 20)
    for number in columns:
        sheet.write_blank(row - 1, number, None, look("section"))
    sheet.write_string(row - 1, columns[0], plan.say(title), look("section"))
    if headers:
        sheet.set_row(row, HEADER_HEIGHT)
    for number, header in zip(columns, headers, strict=False):
        right = header in ("Rows", "Errors", "Warnings", "Overdue", "Candidates", "Behind")
        sheet.write_string(row, number, plan.say(header), look("right" if right else "bold"))
    return row + 2 if headers else row + 1


def _this_week(sheet: Worksheet, look: Look, plan: Plan, context: WorkbookContext, row: int) -> int:
    """What is overdue or due within a week, with names, then the session's next dates."""
    columns = range(1, 8)
    if week.pairs(plan):
        row = _section(sheet, look, plan, row, "This week", columns, ("Due", "", "Tracker", "", "What"))
        items = week.in_python(plan, context)
        for number in range(1, ITEMS + 1):
            known = items[number - 1] if number <= len(items) else None
            nothing = plan.say("Nothing is overdue or due this week.") if number == 1 else ""
            _item(sheet, look, plan, row, week.line(plan, number, nothing), known, context, nothing)
            row += 1
        row += 1
    if deadlines_sheet.wanted(plan):
        row = _section(sheet, look, plan, row, "Next deadlines", columns, ("Date", "", "For", "", "What"))
        known_dates = deadlines_sheet.coming(plan, context.settings.today)
        for number, (day, left, event, for_whom) in enumerate(deadlines_sheet.next_ones(plan, DATES)):
            one = known_dates[number] if number < len(known_dates) else None
            sheet.write_formula(row - 1, 1, f"={day}", look("date", align="left"), one.serial if one else "")
            sheet.write_formula(
                row - 1, 2, f'=IF({left}="","",{_counted(plan, left)})', look("plain"), one.left if one else ""
            )
            sheet.write_formula(row - 1, 3, f"={for_whom}", look("plain"), one.programme if one else "")
            sheet.write_formula(row - 1, 5, f"={event}", look("plain"), one.event if one else "")
            row += 1
        link(sheet, look, plan, row, 1, DEADLINES, plan.say("All deadlines"))
        row += 1
    return row


def _item(
    sheet: Worksheet,
    look: Look,
    plan: Plan,
    row: int,
    formulas: tuple[str, str, str],
    known: week.Item | None,
    context: WorkbookContext,
    nothing: str,
) -> None:
    day, tracker, what = formulas
    serial = deadlines_sheet.serial(known[0]) if known else ""
    late = (context.settings.today - known[0]).days if known else 0
    sheet.write_formula(row - 1, 1, f"={day}", look("date", align="left"), serial)
    cell = f"$B{row}"
    ahead = f"IF({cell}=TODAY(),{plan.quote('today')},{_counted(plan, f'({cell}-TODAY())')})"
    one, several = plan.quote(" day late"), plan.quote(" days late")
    behind = f"TODAY()-{cell}&IF(TODAY()-{cell}=1,{one},{several})"
    words = f'=IF({cell}="","",IF({cell}<TODAY(),{behind},{ahead}))'
    said = "" if not known else plan.say("today") if late == 0 else deadlines_sheet.days_left(plan, -late)
    said = f"{late}{plan.say(' day late') if late == 1 else plan.say(' days late')}" if late > 0 else said
    sheet.write_formula(row - 1, 2, words, look("plain"), said)
    sheet.write_formula(row - 1, 3, f"={tracker}", look("plain"), known[1] if known else "")
    sheet.write_formula(row - 1, 5, f"={what}", look("plain"), known[2] if known else nothing)
    options = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}<TODAY())", "format": look("warning")}
    sheet.conditional_format(row - 1, 1, row - 1, 2, options)


def _counted(plan: Plan, days: str) -> str:
    """A formula for `1 day` or `12 days`."""
    return f"{days}&IF({days}=1,{plan.quote(' day')},{plan.quote(' days')})"


def _advisers(
    book: Workbook, sheet: Worksheet, look: Look, plan: Plan, context: WorkbookContext, summaries: Summaries, row: int
) -> int:
    """Behind by adviser, with a chart where there is anything to draw."""
    view = view_of(plan, "candidates", "advisers")
    if view is None or view_of(plan, "cas", "cas_progress") is None:
        return row
    columns = range(9, 12)
    start = row = _section(sheet, look, plan, row, "CAS by adviser", columns, ("Adviser", "Candidates", "Behind"))
    cas = view_of(plan, "cas", "cas_progress")
    assert cas is not None
    lines = [line for line in summaries["cas", "cas_progress"] if is_counted(line, plan, context.settings.today)]
    name = quoted(plan.views["candidates", "advisers"])
    held = summaries["candidates", "advisers"]
    adviser = area_of(plan, summaries, "cas", cas, "candidates.adviser")
    session, category = (area_of(plan, summaries, "cas", cas, f"candidates.{c}") for c in ("session", "category"))
    for number in range(ADVISERS):
        who = held[number].value if number < len(held) else None
        mine = [line for line in lines if who is not None and line.shown["candidates.adviser"] == who]
        cell, source = f"$J{row}", f"{name}!$A${FIRST_ROW + number}"
        sheet.write_formula(row - 1, 9, f'=IF({source}="","",{source})', look("plain"), who or "")
        whole = f'COUNTIFS({session},session,{category},"D",{adviser},{cell})'
        sheet.write_formula(row - 1, 10, f'=IF({cell}="","",{whole})', look("number"), len(mine) if who else "")
        lag = behind_formula(plan, summaries, f",{adviser},{cell}")
        late = sum(line.measures["behind"] is True for line in mine)
        sheet.write_formula(row - 1, 11, f'=IF({cell}="","",{lag})', look("number"), late if who else "")
        options = {"type": "formula", "criteria": f"=N($L{row})>0", "format": look("warning")}
        sheet.conditional_format(row - 1, 11, row - 1, 11, options)
        row += 1
    words = plan.quote("More on Views: {view}", view=plan.views["candidates", "advisers"])
    more = f'=IF({name}!$A${FIRST_ROW + ADVISERS}="","",{words})'
    sheet.write_formula(row - 1, 9, more, look("quiet", text_wrap=False), "")
    behind = [line.shown["candidates.adviser"] for line in lines if line.measures["behind"] is True]
    if not behind:
        return row + 1
    _chart(book, sheet, plan, start, min(len(held), ADVISERS), row + 1, max(map(behind.count, behind)))
    return row + 15


def _chart(book: Workbook, sheet: Worksheet, plan: Plan, first: int, held: int, row: int, most: int) -> None:
    """Bars of those who are behind, adviser by adviser."""
    last = first + held - 2
    chart = book.add_chart({"type": "bar"})
    chart.add_series({
        "name": plan.say("Behind in CAS"),
        "categories": [plan.say(HOME), first - 1, 9, last, 9], "values": [plan.say(HOME), first - 1, 11, last, 11],
        "fill": {"color": "#F2C14E"}, "border": {"color": "#52606D", "width": 0.75}, "gap": 45,
    })  # fmt: skip
    small = {"name": FONT, "size": 9, "color": INK}
    chart.set_title(
        {
            "name": plan.say("Behind in CAS"),
            "overlay": False,
            "name_font": {**small, "size": 11, "bold": True, "color": BLUE},
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": LINE}})
    chart.set_x_axis(
        {
            "num_font": small,
            "min": 0,
            "major_unit": max(1, most // 4),
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
        }
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": 340, "height": 255})
    words = plan.say("Bars: how many candidates of each adviser are behind in CAS. The numbers are in the list above.")
    sheet.insert_chart(row - 1, 9, chart, {"description": words, "object_position": 3})


def _trackers(sheet: Worksheet, look: Look, plan: Plan, context: WorkbookContext, row: int) -> tuple[int, int]:
    row = _section(sheet, look, plan, row, "Your trackers", range(1, _LAST + 1), _TRACKERS)
    first = row
    seasons = by_season(plan.trackers.values())
    for season, trackers in seasons.items():
        if len(seasons) > 1:
            sheet.write_string(row - 1, 1, plan.say(season), look("quiet", bold=True, text_wrap=False))
            row += 1
        for tracker in trackers:
            _tracker(sheet, look, plan, context, tracker, row)
            row += 1
    return first, row - 1


def _tracker(sheet: Worksheet, look: Look, plan: Plan, context: WorkbookContext, tracker: Tracker, row: int) -> None:
    place = plan.places[tracker.name]
    link(sheet, look, plan, row, 1, tracker.sheet, tracker.title)
    column = letters(place.columns[tracker.key[0] if tracker.key else next(iter(tracker.columns))])
    rows = f"COUNTA({quoted(tracker.sheet)}!${column}${FIRST_ROW}:${column}$1048576)"
    sheet.write_formula(row - 1, 4, f"={rows}", look("number"), place.rows)
    name, level = (f"{plan.sheet(FINDINGS)}!${letter}:${letter}" for letter in map(_letter, ("Tracker", "Level")))
    for number, word in ((5, "error"), (6, "warning")):
        found = f'COUNTIFS({name},"{tracker.name}",{level},{plan.quote(word)})'
        count = f'=IF(OR($E{row}=0,NOT(ISNUMBER({_CHECKED}))),"",{found})'
        sheet.write_formula(row - 1, number, count, look("number"), "")
    late = week.overdue_in_python(tracker, context)
    sheet.write_formula(row - 1, 7, f"={week.overdue(plan, tracker)}", look("number", num_format="0;;"), late)
    status = (
        f"=IF($E{row}=0,{plan.quote('○ empty')},IF(NOT(ISNUMBER({_CHECKED})),{plan.quote('○ not checked yet')},"
        f'IF($F{row}>0,{plan.quote("● errors")},IF($G{row}+$H{row}>0,{plan.quote("● look at it")},"● OK"))))'
    )
    sheet.write_formula(
        row - 1, 9, status, look("plain"), plan.say("○ not checked yet") if place.rows else plan.say("○ empty")
    )
    for words, style in (("● errors", "error"), ("● look at it", "warning"), ("● OK", "done")):
        options = {"type": "formula", "criteria": f"=$J{row}={plan.quote(words)}", "format": look(style)}
        sheet.conditional_format(row - 1, 9, row - 1, 9, options)


def _letter(header: str) -> str:
    return letters(HEADERS.index(header) + 1)


def _how(sheet: Worksheet, look: Look, plan: Plan, row: int) -> int:
    row = _section(sheet, look, plan, row, "How it works", range(1, _LAST + 1))
    sheet.set_row(row - 1, HEADER_HEIGHT)
    for number, line in enumerate(HOW, row):
        sheet.write_string(number - 1, 1, f"•  {plan.say(line)}", look("plain", valign="bottom"))
    for column, (words, style) in enumerate(zip(LEGEND, LEGEND_STYLES, strict=True), 1):
        sheet.write_string(row + 3, column, plan.say(words), look(style, font_name=FONT, font_size=9))
    return row + 5


def link(sheet: Worksheet, look: Look, plan: Plan, row: int, column: int, to: str, words: str) -> None:
    """A link to another sheet (row counts from 1, column from 0)."""
    place = f"internal:{quoted(plan.called(to))}!A1"
    sheet.write_url(row - 1, column, place, look("link"), words, plan.say("Go to {sheet}", sheet=plan.called(to)))

"""The session's dates as a sheet of live formulas: sorted, with the days that are left, from the list `deadlines`.

The session and the first day of exams are on the Home sheet; a date that the school enters in the list shows here.
Hidden columns work out each row of the list, the visible ones put them in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from addin.core.a1 import letters
from addin.core.ib import session as sessions
from addin.core.ib.deadlines import PROGRAMMES, deadlines
from addin.templates.look import TABS, Look
from addin.templates.plan import DEADLINES, HEADER_ROW, LISTS, NOTHING_TYPED, Plan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from addin.templates.plain_sheet import PlainSheet

NEEDED = ("session", "event", "programme", "year", "month", "day", "anchor", "days", "text", "choose", "source")
LINES = 100
TALL = 30
"""Points: the height of headers in two lines."""
FIRST_LINE = HEADER_ROW + 1
LAST_LINE = FIRST_LINE + LINES - 1
SHOWN = 45
"""Lines that are shown: a session of one programme has about thirty dates."""
_ADVICE = "Compare every date with your IB notice. The list is on the hidden Lists sheet."
_CALENDAR = (
    "Compare every date with your IB notice. For a date that is missing or another one, add a row in Calendar of work "
    "with the same words and session: it then counts everywhere."
)
HEADERS = (("Date", 12), ("Days left", 11), ("What", 60), ("For", 8), ("Note", 36), ("Source", 60))
"""Wide enough for the longest line of our list: a row of formulas does not grow with its text."""
_DATE, _KEY = len(HEADERS) + 2, len(HEADERS) + 3
"""The hidden columns: the row's date, and what it is sorted by."""
_UNDATED = 900_000
"""Sorts rows without a date behind all others."""


def programmes(plan: Plan) -> tuple[str, ...]:
    """Whose dates this workbook shows."""
    named = plan.settings.programme
    return PROGRAMMES.get(named, (named.upper(),))


def wanted(plan: Plan) -> bool:
    """Whether there is a list of deadlines to show, with dates of this programme."""
    columns = plan.settings.lists.get("deadlines", {})
    return all(column in columns for column in NEEDED) and any(p in programmes(plan) for p in columns["programme"])


class Coming(NamedTuple):
    """A date to come, as Home shows it."""

    serial: int
    left: str
    programme: str
    event: str


def serial(day: date) -> int:
    """A day as the number that a cell holds."""
    return (day - date(1899, 12, 30)).days


def coming(plan: Plan, today: date) -> list[Coming]:
    """The session's dates from today on, the next first: what the formulas come to."""
    session = sessions.parse(_session(plan))
    first = plan.setting("first_exam")
    if session is None:
        return []
    known = deadlines(plan.settings.lists["deadlines"], session, first if isinstance(first, date) else None)
    return [
        Coming(serial(one.starts), days_left(plan, (one.starts - today).days), one.programme, plan.say(str(one.event)))
        for one in known
        if one.starts and one.starts >= today and one.is_for(plan.settings.programme)
    ]


def days_left(plan: Plan, days: int) -> str:
    """`1 day`, `12 days`: as Home's formula says it."""
    return f"{days}{plan.say(' day') if days == 1 else plan.say(' days')}"


def write(sheet: PlainSheet, look: Look, plan: Plan, columns: Mapping[str, str]) -> None:
    """Fill the Deadlines sheet; `columns` maps the list's columns to their letters on the Lists sheet."""
    sheet.set_tab_color(TABS["view"])
    sheet.set_row(0, 27)
    sheet.write_formula(
        0,
        0,
        f'={plan.quote("Deadlines of session")}&" "&session',
        look("title"),
        f"{plan.say('Deadlines of session')} {_session(plan)}",
    )
    about = plan.say(_CALENDAR if "calendar" in plan.places else _ADVICE)
    sheet.write_string(2, 0, f"{about} {plan.say(NOTHING_TYPED)}", look("plain", font_color="#52606D"))
    for number, (header, wide) in enumerate(HEADERS):
        sheet.write_string(HEADER_ROW - 1, number, plan.say(header), look("header", **_side(number)))
        sheet.set_column(number, number, wide)
    sheet.set_column(_DATE - 1, _KEY - 1, None, None, {"hidden": True})
    sheet.set_row(HEADER_ROW - 1, TALL if any(len(plan.say(one)) >= wide for one, wide in HEADERS) else None)
    for line in range(LINES):
        _hidden(sheet, look, plan, columns, line)
        if line < SHOWN:
            _visible(sheet, look, plan, columns, line)
    _marks(sheet, look)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer(f"&L{plan.say(DEADLINES)}&C&P / &N&R&D")
    sheet.print_filled(FIRST_LINE, LAST_LINE, len(HEADERS), column="C")


def _side(number: int) -> dict[str, Any]:
    """Dates and days are at the right, the words beside them a little apart."""
    return {"align": "right"} if number < 2 else {"align": "left", "indent": 1} if number == 2 else {}


def _session(plan: Plan) -> str:
    return str(plan.setting("session") or "")


def _of(columns: Mapping[str, str], name: str, row: str) -> str:
    return f"INDEX({LISTS}!${columns[name]}:${columns[name]},{row})"


def _shown(columns: Mapping[str, str], name: str, row: str) -> str:
    """What a person reads: in the workbook's words where the list has them."""
    own = _of(columns, name, row)
    there = _of(columns, f"{name} shown", row) if f"{name} shown" in columns else ""
    return f'IF({there}="",{own},{there})' if there else own


def _hidden(sheet: Worksheet, look: Look, plan: Plan, columns: Mapping[str, str], line: int) -> None:
    at, row = FIRST_LINE + line, str(3 + line)
    day, month, year = (_of(columns, name, row) for name in ("day", "month", "year"))
    fixed = f"DATE(2000+RIGHT(session,2)+{year},{month},{day})"
    anchored = f'AND({_of(columns, "anchor", row)}="first exam",ISNUMBER(first_exam))'
    moved = f'IF({anchored},first_exam+{_of(columns, "days", row)},"")'
    starts = _of_the_school(plan, columns, row, f'IFERROR(IF(AND({month}<>"",{day}<>""),{fixed},{moved}),"")')
    sheet.write_formula(at - 1, _DATE - 1, f"={starts}", look("date"), "")
    which = _of(columns, "session", row)
    mine = ",".join(f'{_of(columns, "programme", row)}="{name}"' for name in programmes(plan))
    without = f',{_of(columns, "not_for", row)}<>"{plan.settings.programme.upper()}"' if "not_for" in columns else ""
    here = f'AND({which}<>"",OR({which}=session,{which}=LEFT(session,1)),OR({mine}){without})'
    cell = f"${letters(_DATE)}{at}"
    sheet.write_formula(
        at - 1, _KEY - 1, f'=IF({here},IF({cell}="",{_UNDATED},{cell})+{line + 3}/10000,"")', look("plain"), ""
    )


def _of_the_school(plan: Plan, columns: Mapping[str, str], row: str, otherwise: str) -> str:
    """The day of the calendar's row with the same event and session; what the list says where there is none."""
    if "calendar" not in plan.places:
        return otherwise
    due, event, session = (plan.places["calendar"].whole(name) for name in ("due", "event", "session"))
    for name in [name for name in ("event shown", "event") if name in columns]:
        otherwise = f"IFERROR(AVERAGEIFS({due},{event},{_of(columns, name, row)},{session},session),{otherwise})"
    return otherwise


def _visible(sheet: Worksheet, look: Look, plan: Plan, columns: Mapping[str, str], line: int) -> None:
    at = FIRST_LINE + line
    keys = f"${letters(_KEY)}${FIRST_LINE}:${letters(_KEY)}${LAST_LINE}"
    key = f"SMALL({keys},{line + 1})"
    row = f"ROUND(MOD({key},1)*10000,0)"
    sheet.write_formula(at - 1, 0, f'=IFERROR(IF({key}<{_UNDATED},INT({key}),""),"")', look("date"), "")
    sheet.write_formula(at - 1, 1, f'=IF(ISNUMBER($A{at}),$A{at}-TODAY(),"")', look("number"), "")
    text, days = _shown(columns, "text", row), f"({_of(columns, 'days', row)}+0)"  # lists hold texts
    first = (
        f"IF({days}=1,{plan.quote('1 day after the first exam')},IF({days}<0,"
        f"-{days}&{plan.quote(' days before the first exam')},{days}&{plan.quote(' days after the first exam')}))"
    )
    each = f"IF({days}=1,{plan.quote('1 day after each exam')},{days}&{plan.quote(' days after each exam')})"
    counted = f'IF({_of(columns, "anchor", row)}="each exam",{each},{first})'
    dated = f'OR(ISNUMBER($A{at}),{_of(columns, "anchor", row)}="")'
    more = f'{text}&IF({dated},"",IF({text}="","","; ")&{counted})'
    source = _shown(columns, "source", row)
    if "calendar" in plan.places:
        event, session = (plan.places["calendar"].whole(name) for name in ("event", "session"))
        called = [_of(columns, name, row) for name in ("event", "event shown") if name in columns]
        own = "+".join(f"COUNTIFS({event},{name},{session},session)" for name in called) + ">0"
        more, source = f'IF({own},"",{more})', f"IF({own},{plan.quote('your calendar')},{source})"
    for number, what in (
        (2, _shown(columns, "event", row)),
        (3, _of(columns, "programme", row)),
        (4, more),
        (5, source),
    ):
        style = look("plain", shrink=True) if number > 3 else look("plain", **_side(number))
        sheet.write_formula(at - 1, number, f'=IFERROR({what}&"","")', style, "")


def _marks(sheet: Worksheet, look: Look) -> None:
    area = (FIRST_LINE - 1, 0, LAST_LINE - 1, 1)
    cell = f"$B{FIRST_LINE}"
    for formula, style in (
        (f"=AND(ISNUMBER({cell}),{cell}<0)", "open"),
        (f"=AND(ISNUMBER({cell}),{cell}<=14)", "error"),
        (f"=AND(ISNUMBER({cell}),{cell}<=30)", "warning"),
    ):
        options = {"type": "formula", "criteria": formula, "format": look(style), "stop_if_true": True}
        sheet.conditional_format(*area, options)


def next_ones(plan: Plan, count: int) -> list[tuple[str, str, str, str]]:
    """For Home: formulas for date, days left, event and whom it is for, of the next deadlines to come."""
    sheet = plan.sheet(DEADLINES)
    days = f"{sheet}!$B${FIRST_LINE}:$B${LAST_LINE}"
    past = f'COUNTIF({days},"<0")'
    found = []
    for number in range(1, count + 1):
        row = f"{past}+{number}"
        day, left, event, programme = (
            f"INDEX({sheet}!${column}${FIRST_LINE}:${column}${LAST_LINE},{row})" for column in "ABCD"
        )
        shown = f'IFERROR(IF({day}="","",{{0}}),"")'
        for_whom = programme
        found.append((shown.format(day), shown.format(left), shown.format(event), shown.format(for_whom)))
    return found

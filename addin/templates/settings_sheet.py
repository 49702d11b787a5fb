"""The Settings sheet: every value that a school may change, with what it means, its default and its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from addin.core.language import any_of
from addin.core.tables.values import is_number, show
from addin.core.text_width import lines_of
from addin.templates.cells import put
from addin.templates.look import TABS, Look
from addin.templates.plan import FIRST_ROW, HEADER_ROW, SETTINGS, Plan, literal, setting_name
from addin.workspace.settings_sheet import HEADERS, Row, sections

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (
    ("About", 24),
    ("Setting", 40),
    ("Value", 26),
    ("What it means", 70),
    ("Default", 24),
    ("Source", 52),
    ("Name", 0),
)
VALUE = 3
"""The number of the column Value."""


def rows_of(plan: Plan) -> Iterator[tuple[int, str, Row]]:
    """Every row of the sheet: its number, its section and its setting."""
    number = FIRST_ROW
    for title, rows in sections(plan.trackers.values(), plan.settings.programme, plan.language):
        for row in rows:
            yield number, title, row
            number += 1


def write(book: Workbook, sheet: Worksheet, look: Look, plan: Plan) -> None:
    """Fill the sheet, and name its values for formulas on the other sheets."""
    assert {name for name, _ in COLUMNS} >= {*HEADERS}
    rows = list(rows_of(plan))
    _page(sheet, look, plan)
    headers = [
        {"header": plan.say(name), "header_format": look("needed" if name == "Value" else "header")}
        for name, _ in COLUMNS
    ]
    sheet.add_table(
        HEADER_ROW - 1,
        0,
        rows[-1][0] - 1,
        len(COLUMNS) - 1,
        {"name": "settings", "columns": headers, "style": "Table Style Light 1"},
    )
    for number, title, row in rows:
        _row(sheet, look, plan, number, title, row)
        _name(book, plan, number, row)


def _page(sheet: Worksheet, look: Look, plan: Plan) -> None:
    sheet.set_tab_color(TABS["lists"])
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, plan.say(SETTINGS), look("title"))
    sheet.write_string(2, 0, plan.say("Change the yellow cells. An empty cell means the default."), look("plain"))
    for number, (_, wide) in enumerate(COLUMNS):
        sheet.set_column(number, number, wide or None, None, {} if wide else {"hidden": True})
    sheet.freeze_panes(HEADER_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer(f"&L{plan.say(SETTINGS)}&C&P / &N&R&D")


def _row(sheet: Worksheet, look: Look, plan: Plan, number: int, title: str, row: Row) -> None:
    at = number - 1
    texts = {"What it means": row.about, "Default": show(row.default), "Source": row.source}
    sheet.set_row(at, 14 * max(lines_of(texts.get(name, ""), wide) for name, wide in COLUMNS))
    sheet.write_string(at, 0, title, look("plain", font_color="#52606D"))
    sheet.write_string(at, 1, row.title, look("plain", bold=True))
    style = look("input_date" if row.kind == "date" else "input", **({"num_format": "@"} if row.kind == "text" else {}))
    sheet.write_blank(at, 2, None, style)
    put(sheet, at, 2, chosen(plan, row), style)
    sheet.write_string(at, 3, row.about, look("wrapped"))
    sheet.write_string(at, 4, show(row.default), look("wrapped"))
    sheet.write_string(at, 5, row.source, look("quiet"))
    sheet.write_string(at, 6, row.name)
    if options := _validation(plan, row, number):
        sheet.data_validation(at, 2, at, 2, {**options, "error_title": row.title[:32]})


def chosen(plan: Plan, row: Row) -> Any:
    """The school's own value, as the sheet shows it; None where it has none and the default counts."""
    if row.name in ("school_name", "school_code"):
        return plan.settings.school.get(row.name.removeprefix("school_")) or None
    value = plan.settings.values.get(row.name)
    if row.name == "workbook_language":
        return plan.settings.language.name
    if row.kind == "choice" and row.name == "programme":
        return str(value or "dp").upper()
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def _validation(plan: Plan, row: Row, number: int) -> dict[str, Any]:
    cell = f"$C${number}"
    if row.kind == "choice":
        return {
            "validate": "list",
            "source": list(row.choices),
            "error_message": plan.say("Choose {choices}.", choices=any_of(row.choices)),
        }
    if row.kind == "number":
        return {
            "validate": "custom",
            "value": f"=AND(ISNUMBER({cell}),{cell}>=0)",
            "error_message": plan.say("Enter a number."),
        }
    if row.kind == "date":
        return {"validate": "custom", "value": f"=ISNUMBER({cell})", "error_message": plan.say("Enter a date.")}
    if row.kind == "session":
        test = f'=AND(LEN({cell})=3,OR(LEFT({cell},1)="M",LEFT({cell},1)="N"),ISNUMBER(VALUE(RIGHT({cell},2))))'
        return {
            "validate": "custom",
            "value": test,
            "error_message": plan.say("Enter M27 for May 2027, N27 for November 2027."),
        }
    return {}


def _name(book: Workbook, plan: Plan, number: int, row: Row) -> None:
    cell = f"{plan.sheet(SETTINGS)}!$C${number}"
    if row.name in ("session", "first_exam", "school_name"):
        book.define_name(row.name, f"={cell}")
    elif row.name in plan.live and is_number(row.default):
        book.define_name(setting_name(row.name), f'=IF({cell}="",{literal(row.default)},{cell})')


def shown(plan: Plan, name: str) -> str:
    """A setting as Home shows it."""
    value = plan.settings.values.get(name)
    return value.isoformat() if isinstance(value, date) else str(value or "")

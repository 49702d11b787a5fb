"""The Register sheet: one candidate with six subjects, TOK and essay in one form, with drop-downs for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from addin.core.language import any_of
from addin.core.names import REGISTER
from addin.core.people import STAFF
from addin.templates.look import TABS, Look
from addin.templates.plan import Plan, text
from addin.workspace.register_sheet import (
    FIELDS,
    FIRST_ROW,
    LEVEL,
    LEVELS,
    NEEDED,
    SUBJECT,
    SUBJECTS,
    TITLE,
    VALUE,
    fields_of,
    level_in,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (21, 30, 38, 3, 44, 9)
BUTTON_ROW = 3
_LISTS = {
    "adviser": f"{STAFF}.name",
    "category": "lists.categories.code",
    "language": "lists.languages.name",
    "essay": "lists.subjects.name",
}
_HINTS = {
    "birth_date": "such as 14 Mar 2009",
    "category": "empty: D with six subjects, else C",
    "language": "empty: the language on Settings",
    "tok": "empty: added to a diploma",
    "essay": "the essay's subject",
}


def wanted(plan: Plan) -> bool:
    """Whether the workbook has what the form fills."""
    return {"candidates", "registrations"} <= plan.trackers.keys()


def write(sheet: Worksheet, look: Look, plan: Plan, *, buttons: bool) -> None:
    """Fill the sheet."""
    for number, wide in enumerate(WIDTHS):
        sheet.set_column(number, number, wide)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(TABS["home"])
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, plan.say(TITLE), look("title"))
    sheet.set_row(BUTTON_ROW - 1, 30)
    words = plan.say(
        "Fill in the yellow cells, then press Register." if buttons else "Fill in the yellow cells, save and close."
    )
    sheet.write_string(BUTTON_ROW - 1, VALUE if buttons else 0, words, look("plain"))
    if not buttons:
        more = plan.say("Then run, in a terminal: ib-trackers register, followed by the name of this file.")
        sheet.write_string(BUTTON_ROW - 1, VALUE, more, look("quiet", text_wrap=False))
    fields = fields_of(plan.settings.programme)
    for at, (name, words) in enumerate(fields.items()):
        _field(sheet, look, plan, FIRST_ROW - 1 + at, name, plan.say(words))
    _subjects(sheet, look, plan)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer(f"&L{plan.called(REGISTER)}&C&P / &N&R&D")
    sheet.print_area(0, 0, FIRST_ROW + len(fields) - 2, len(WIDTHS) - 1)


def _field(sheet: Worksheet, look: Look, plan: Plan, row: int, name: str, words: str) -> None:
    sheet.write_string(row, 0, words, look("plain", bold=name in NEEDED))
    style = look("input_date") if name == "birth_date" else look("input", num_format="@")
    sheet.write_blank(row, VALUE - 1, None, style)
    if name == "session":
        empty, session = plan.say("empty: {session}", session=""), str(plan.setting("session") or "")
        sheet.write_formula(
            row, VALUE, f"={text(empty)}&session", look("quiet", indent=1, align="left"), f"{empty}{session}"
        )
    else:
        hint = "must be filled in" if name in NEEDED[:3] else _HINTS.get(name, "")
        said = plan.say(hint) if hint else ""
        if name == "category" and plan.settings.programme == "cp":
            said = plan.say("empty: {session}", session="CP")
        sheet.write_string(row, VALUE, said, look("quiet", indent=1, align="left"))
    options = _options(plan, name)
    if options:
        sheet.data_validation(row, VALUE - 1, row, VALUE - 1, {**options, "error_title": words})


def _options(plan: Plan, name: str) -> dict[str, Any]:
    if name == "tok":
        words = [plan.language.yes, plan.language.no]
        return {"validate": "list", "source": words, "error_message": plan.say("Choose Yes or No.")}
    if name == "birth_date":
        cell = f"$B${FIRST_ROW + list(FIELDS).index(name)}"
        return {
            "validate": "custom",
            "value": f"=ISNUMBER({cell})",
            "error_message": plan.say("Enter a date, such as 14 Mar 2009."),
        }
    defined = plan.name(_LISTS[name]) if name in _LISTS else None
    if defined is None:
        return {}
    kind = "warning" if name == "adviser" else "stop"
    return {
        "validate": "list",
        "source": f"={defined}",
        "error_type": kind,
        "ignore_blank": True,
        "error_message": plan.say("Choose from the list: click the arrow."),
    }


def _subjects(sheet: Worksheet, look: Look, plan: Plan) -> None:
    sheet.write_string(FIRST_ROW - 1, SUBJECT - 1, plan.say("Subject"), look("needed"))
    sheet.write_string(FIRST_ROW - 1, LEVEL - 1, plan.say("Level"), look("needed"))
    for row in range(FIRST_ROW, FIRST_ROW + SUBJECTS):
        for column in (SUBJECT, LEVEL):
            sheet.write_blank(row, column - 1, None, look("input", num_format="@"))
    last = FIRST_ROW + SUBJECTS - 1
    if subjects := plan.name("lists.subjects.name"):
        options = {
            "validate": "list",
            "source": f"={subjects}",
            "error_title": plan.say("Subject"),
            "error_message": plan.say("Choose from the list: click the arrow."),
        }
        sheet.data_validation(FIRST_ROW, SUBJECT - 1, last, SUBJECT - 1, options)
    called = [level_in(plan.language, level) for level in LEVELS]
    levels = {
        "validate": "list",
        "source": called,
        "error_title": plan.say("Level"),
        "error_message": plan.say("Choose {levels}.", levels=any_of(called)),
    }
    sheet.data_validation(FIRST_ROW, LEVEL - 1, last, LEVEL - 1, levels)

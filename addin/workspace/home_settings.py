"""The Home sheet: the day of the last check, and, in older workbooks, the session and the first day of exams.

What is on the sheet comes before ib-trackers.toml: it is what people see.
"""

from __future__ import annotations

from datetime import date

from addin.core.a1 import cell_name
from addin.core.book import Grid, Value
from addin.core.language import ENGLISH, Language, phrase
from addin.core.names import HOME
from addin.core.tables.values import brief, read_date, show

ASKED = {"Exam session (M27 is May 2027)": "session", "First day of exams, if known": "first_exam"}
"""The words before the cell, and the setting that it is."""
LAST_CHECK = "Last check"
"""The words before the cell with the day of the last check."""
NOT_CHECKED = "not checked yet"
SEARCH = 12
"""So many rows at the top are looked at."""


def home_settings(grid: Grid | None, language: Language = ENGLISH) -> tuple[dict[str, Value], list[str]]:
    """The settings from the Home sheet, with a sentence for each invalid value."""
    found: dict[str, Value] = {}
    remarks: list[str] = []
    for number, line in enumerate(grid.values[:SEARCH] if grid else (), 1):
        for column, words in enumerate(line, 2):
            name = ASKED.get(words, "") if isinstance(words, str) else ""
            value = grid.value(number, column) if grid and name else None
            if value is None or value == "":
                continue
            meant = _session(value) if name == "session" else _day(value)
            if meant:
                found[name] = meant
            else:
                kind = phrase("an exam session: write M27 or N27") if name == "session" else phrase("a date")
                cell = f"{language.say(HOME)}!{cell_name(number, column)}"
                remarks.append(phrase("{cell}: {value} is not {kind}.", cell=cell, value=brief(value), kind=kind))
    return found, remarks


def last_check_cell(grid: Grid | None, language: Language = ENGLISH) -> tuple[str, int, int] | None:
    """The cell of the Home sheet that holds the day of the last check; None on a Home without one."""
    for number, line in enumerate(grid.values[:SEARCH] if grid else (), 1):
        for column, words in enumerate(line, 2):
            if words in (LAST_CHECK, language.say(LAST_CHECK)):
                return grid.sheet if grid else HOME, number, column
    return None


def _session(value: Value) -> str:
    from addin.core.ib.session import parse

    return str(parse(show(value)) or "")


def _day(value: Value) -> Value:
    day = read_date(value)[0]
    return day if isinstance(day, date) else None

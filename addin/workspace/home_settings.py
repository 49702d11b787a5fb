"""What the Home sheet asks a person for: the session and the first day of exams.

It goes before ib-trackers.toml: it is what people see, and what the sheet's own formulas go by.
"""

from __future__ import annotations

from datetime import date

from addin.core.a1 import cell_name
from addin.core.book import Grid, Value
from addin.core.names import HOME
from addin.core.tables.values import brief, read_date, show

ASKED = {"Exam session (M27 is May 2027)": "session", "First day of exams, if known": "first_exam"}
"""The words before the cell, and the setting that it is."""
SEARCH = 12
"""So many rows at the top are looked at."""


def home_settings(grid: Grid | None) -> tuple[dict[str, Value], list[str]]:
    """The settings from the Home sheet, with a sentence for each invalid value."""
    found: dict[str, Value] = {}
    remarks = []
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
                kind = "an exam session: write M27 or N27" if name == "session" else "a date"
                remarks.append(f"{HOME}!{cell_name(number, column)}: {brief(value)} is not {kind}.")
    return found, remarks


def _session(value: Value) -> str:
    from addin.core.ib.session import parse

    return str(parse(show(value)) or "")


def _day(value: Value) -> Value:
    day = read_date(value)[0]
    return day if isinstance(day, date) else None

"""What is due: the IB's dates of the school's session, and the dates that are in the trackers themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from addin.core.checks.context import WorkbookContext
from addin.core.checks.due import DueDate, due_dates
from addin.core.checks.rules import Finding
from addin.core.ib import session as sessions
from addin.core.ib.deadlines import Deadline, deadlines
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.workspace.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Due:
    """A date in a tracker: of which row, and when."""

    tracker: str
    index: int
    column: str
    day: date


def of_the_ib(settings: Settings) -> list[Deadline]:
    """The IB's dates for the school's session and programme; none where no session is set."""
    session = sessions.parse(str(settings.values.get("session") or ""))
    if session is None:
        return []
    first = settings.values.get("first_exam")
    known = deadlines(settings.lists.get("deadlines", {}), session, as_day(first))
    return [one for one in known if one.is_for(settings.programme)]


def dates_of(tracker: Tracker) -> list[DueDate]:
    """The columns that say when something is due, each with the conditions of an open row."""
    found = due_dates(tracker)
    if "next_due" in tracker.columns:
        found.append(DueDate("next_due", {}))
    return found


def coming(workbook: Workbook, days: int) -> list[Due]:
    """What the trackers say is due from today on, within so many days, the next first."""
    today = workbook.settings.today
    found = [due for due in _open(workbook) if 0 <= (due.day - today).days <= days]
    return sorted(found, key=lambda due: due.day)


def overdue(workbook: Workbook, findings: Iterable[Finding]) -> list[Due]:
    """What is late, the longest first. Only what Validate points out too: a report never says more than the sheet."""
    said = {(finding.tracker, finding.sheet, finding.row) for finding in findings}
    found = []
    for due in _open(workbook):
        table = workbook.tables[due.tracker]
        place = (due.tracker, table.sheets[due.index], table.rows[due.index])
        if due.day < workbook.settings.today and place in said:
            found.append(due)
    return sorted(found, key=lambda due: due.day)


def _open(workbook: Workbook) -> list[Due]:
    context = WorkbookContext(workbook.trackers, workbook.tables, workbook.settings)
    found = []
    for name, tracker in workbook.present.items():
        table = workbook.tables[name]
        for due in dates_of(tracker):
            for index in sorted(context.matching_rows(table, due.open)):
                day = as_day(table.columns[due.column][index])
                if day:
                    found.append(Due(name, index, due.column, day))
    return found


def as_day(value: object) -> date | None:
    """A date or moment as a date; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def in_days(day: date, today: date) -> str:
    """How far off a day is, in words: `today`, `in 3 days`, `5 days ago`."""
    days = (day - today).days
    if days == 0:
        return "today"
    count = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    return f"in {count}" if days > 0 else f"{count} ago"

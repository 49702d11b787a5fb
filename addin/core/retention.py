"""How long data on people stays: the school's periods, and what is due to be erased."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from addin.core.checks.erased import is_erased
from addin.core.ib import session as sessions
from addin.core.ib.days import day
from addin.core.privacy import is_code
from addin.core.records import record
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker

STUDENTS, RESULTS, SUPPORT, STAFF = "keep_students", "keep_results", "keep_support", "keep_staff"
LOG = "keep_log"
OF_RESULTS = ("results", "awards", "eur")
OF_SUPPORT = ("arrangements",)
OF_STAFF: Mapping[str, str] = {"staff": "name", "pd": "staff", "access": "person", "observations": "teacher"}


@record
class Due:
    """Rows of one person whose period is over."""

    setting: str
    person: str
    """A candidate's code, or the name of a colleague."""
    since: date
    rows: dict[str, int]
    """tracker -> rows."""


def period_of(tracker: Tracker) -> str:
    """The setting that says how long a tracker's rows stay; "" where they are about nobody."""
    if tracker.name in OF_STAFF:
        return STAFF
    if not any(is_code(tracker, key) for key in tracker.columns):
        return ""
    return RESULTS if tracker.name in OF_RESULTS else SUPPORT if tracker.name in OF_SUPPORT else STUDENTS


def unset(trackers: Mapping[str, Tracker], settings: Settings) -> list[str]:
    """The settings that these trackers need and for which the school has given no period."""
    wanted = dict.fromkeys(filter(None, map(period_of, trackers.values())))
    return [name for name in wanted if _years(settings, name) is None]


def due(trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings) -> list[Due]:
    """Everybody whose rows have stayed longer than the school's period, the longest first.

    A student's period begins when the session ends, or on the day of leaving where that is later; a colleague's on the
    day of leaving. Erased students are not listed again.
    """
    ends = {**_ends_of_students(tables), **_ends_of_staff(tables)}
    found: dict[tuple[str, str], Due] = {}
    for name, table in tables.items():
        setting = period_of(trackers[name])
        years = _years(settings, setting)
        if not setting or years is None:
            continue
        column = OF_STAFF.get(name) or next(key for key in trackers[name].columns if is_code(trackers[name], key))
        for value in table.columns[column]:
            person = show(value).strip()
            end = ends.get((setting == STAFF, person.casefold()))
            over = end and later(end, years)
            if over and over <= settings.today and not is_erased(person):
                one = found.setdefault((setting, person), Due(setting, person, over, {}))
                one.rows[name] = one.rows.get(name, 0) + 1
    return sorted(found.values(), key=lambda one: (one.since, one.person, one.setting))


def later(start: date, years: float) -> date:
    """The day so many years after another; 29 February becomes 28 February."""
    month = start.month - 1 + round(years * 12)
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _years(settings: Settings, name: str) -> float | None:
    value = settings.values.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _ends_of_students(tables: Mapping[str, Table]) -> dict[tuple[bool, str], date]:
    """(False, code) -> the end of the session, or the day of leaving where that is later."""
    found = {}
    table = tables.get("candidates")
    for index in range(len(table)) if table else ():
        row = table.row(index)  # type: ignore[union-attr]
        session, left = sessions.parse(show(row["session"])), day(row.get("left"))
        ended = date(session.year, session.month, monthrange(session.year, session.month)[1]) if session else None
        days = [one for one in (ended, left) if one]
        if days:
            found[False, show(row["code"]).strip().casefold()] = max(days)
    return found


def _ends_of_staff(tables: Mapping[str, Table]) -> dict[tuple[bool, str], date]:
    """(True, name) -> the day of leaving; nothing for those who are still there."""
    table = tables.get("staff")
    rows = [table.row(index) for index in range(len(table))] if table else []
    return {(True, show(row["name"]).strip().casefold()): left for row in rows if (left := day(row.get("left")))}

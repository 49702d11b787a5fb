"""Calendars: all-day dates with reminders, one .ics file for everybody and one for each person named in a row.

Each event keeps its UID (tracker, row id and column), so importing a file again updates it instead of adding a copy.
Students appear by code only: calendars are read on phones and shared screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.ib.days import day
from addin.core.ib.deadlines import deadlines
from addin.core.ib.people import people
from addin.core.ib.session import parse
from addin.core.records import frozen
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.files import private_bytes
from addin.workspace.workbook import Workbook

if TYPE_CHECKING:
    from icalendar import Calendar

REMIND = (28, 7, 1)
"""Days before an event on which the calendar reminds."""
PEOPLE = ("owner", "teacher", "supervisor", "staff", "adviser", "mentor")
WHAT = ("event", "title", "task", "component", "workshop", "policy", "topic", "item", "subject", "evidence", "action")
"""Columns that say what a row is about, the best first."""
DONE = ("done", "submitted", "uploaded", "returned", "completed", "followed_up", "plan_done", "held")
SPANS = {"pd": ("start", "end")}
"""Trackers whose rows are events of several days, rather than dates by which something is due."""
PLANNED = ("Planned", "Booked")
PRODUCT = "-//IB Trackers//Calendar//EN"


@frozen
class Event:
    """One all-day event: its lasting id, the first and last day, what it is, and whom it concerns."""

    uid: str
    first: date
    last: date
    summary: str
    description: str = ""
    people: tuple[str, ...] = ()
    link: str = ""


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is a file for everything, or a folder: `calendar.ics`, and `people/NAME.ics` for each person."""
    found = sorted(events(workbook), key=lambda one: (one.first, one.uid))
    if out.suffix.lower() == ".ics":
        private_bytes(out, _calendar("IB Trackers", found, workbook.settings.today).to_ical())
        return [out]
    files = {out / "calendar.ics": ("IB Trackers", found)}
    for name in sorted({name for event in found for name in event.people}):
        path = out / "people" / f"{_file_name(name, files)}.ics"
        files[path] = (f"IB Trackers: {name}", [event for event in found if name in event.people or not event.people])
    for path, (title, mine) in files.items():
        private_bytes(path, _calendar(title, mine, workbook.settings.today).to_ical())
    return list(files)


def events(workbook: Workbook) -> Iterator[Event]:
    """Every date of the workbook that is still to do: the IB's dates of the session, and what the trackers hold."""
    yield from _ib_dates(workbook)
    for name, tracker in workbook.present.items():
        table = workbook.tables[name]
        columns = [one.name for one in tracker.columns.values() if one.type == "date" and _is_due(one.name)]
        for index in range(len(table)):
            row = table.row(index)
            if any(row.get(done) not in (None, False) for done in DONE) or row.get("status") in (
                "Cancelled",
                "Withdrawn",
            ):
                continue
            if name in SPANS:
                yield from _span(tracker, table, index, *SPANS[name])
            for column in columns:
                if (on := day(row.get(column))) and not (column == "date" and on < workbook.settings.today):
                    yield _event(tracker, table, index, column, on, on)


def _is_due(column: str) -> bool:
    return column in ("due", "deadline", "next_review", "date") or column.endswith("_due")


def _ib_dates(workbook: Workbook) -> Iterator[Event]:
    settings = workbook.settings
    session = parse(str(settings.values.get("session") or ""))
    if session is None:
        return
    for one in deadlines(settings.lists.get("deadlines", {}), session, day(settings.values.get("first_exam"))):
        if one.starts and one.is_for(settings.programme):
            sure = one.verified == "V" and not one.choose
            note = f"Source: {one.source} ({one.checked})." if one.source else ""
            note += "" if sure else " Confirm this date in your IB notice."
            title = one.event if sure else f"{one.event} (to be confirmed)"
            yield Event(f"ib-{one.id}-{session}", one.starts, one.ends or one.starts, f"IB: {title}", note.strip())


def _span(tracker: Tracker, table: Table, index: int, start: str, end: str) -> Iterator[Event]:
    row = table.row(index)
    first = day(row.get(start))
    if first and row.get("status") in PLANNED:
        yield _event(tracker, table, index, start, first, max(first, day(row.get(end)) or first))


def _event(tracker: Tracker, table: Table, index: int, column: str, first: date, last: date) -> Event:
    row = table.row(index)
    shown = {name for name, one in tracker.columns.items() if not one.private}
    what = next((show(row[name]) for name in WHAT if name in shown and row.get(name)), tracker.title)
    candidate = show(row["candidate"]) if row.get("candidate") else ""
    header = tracker.columns[column].header
    due = "" if column in ("date", "start", "due") else f" ({header.lower()})"
    concerned = tuple(dict.fromkeys(name for one in PEOPLE if one in shown for name in people(show(row.get(one)))))
    link = show(row["link"]) if "link" in shown and row.get("link") else ""
    summary = ": ".join(part for part in (tracker.title, f"{what}{due}") if part) + (
        f", {candidate}" if candidate else ""
    )
    uid = f"{tracker.name}-{table.ids[index] or f'{table.sheets[index]}-{table.rows[index]}'}-{column}"
    return Event(uid, first, last, summary, f"Sheet {table.sheets[index]}, row {table.rows[index]}", concerned, link)


def _calendar(title: str, found: Iterable[Event], today: date) -> Calendar:
    from icalendar import Alarm, Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", title)):
        calendar.add(name, value)
    stamp = datetime.combine(today, time(), tzinfo=UTC)
    for event in found:
        entry = Entry()
        entry.add("uid", f"{event.uid}@ib-trackers")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", event.first)
        entry.add("dtend", event.last + timedelta(days=1))  # the day after the last one, as RFC 5545 asks
        entry.add("summary", event.summary)
        entry.add("transp", "TRANSPARENT")
        for name, value in (("description", event.description), ("url", event.link)):
            if value:
                entry.add(name, value)
        for days in REMIND:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event.summary)
            alarm.add("trigger", timedelta(days=-days, hours=8))
            entry.add_component(alarm)
        calendar.add_component(entry)
    return calendar


def _file_name(name: str, taken: Iterable[Path]) -> str:
    plain = "".join(sign if sign.isalnum() else "-" for sign in name).strip("-") or "person"
    used, number, free = {path.stem.casefold() for path in taken}, 1, plain
    while free.casefold() in used:
        number += 1
        free = f"{plain}-{number}"
    return free

"""Who is reminded of what: findings and dates by the teacher whom they concern, and the words that are sent.

A row concerns the people named in it (its adviser, its teacher, the member of staff) and the adviser of the candidate
whom it is about. Everybody who advises or teaches hears of the IB's dates. Supervisors outside of the school are sent
nothing. Mail is read in many places: a private column is named, but what stands in it is not quoted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from addin.core.checks.rules import Finding
from addin.core.tables.table import plain
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.reports import dates
from addin.reports.facts import due_name, told, whose
from addin.reports.page import on
from addin.reports.redact import Whole
from addin.workspace.workbook import Workbook

PEOPLE = ("adviser", "teacher", "staff")
"""Columns that name a colleague."""
STEPS = (28, 14, 7, 1)
"""Days before a date on which it is called to mind; `remind_days` in ib-trackers.toml says otherwise."""
EVERY = 7
"""Days after which points that are still open are called to mind again; `remind_every` says otherwise."""
MOST = 30


@dataclass(slots=True)
class Reminder:
    """What one person is to be told."""

    name: str
    address: str
    findings: list[Finding] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    """A line for each finding."""
    dates: dict[str, str] = field(default_factory=dict)
    """What tells one date at one step from all others -> its line."""

    @property
    def marks(self) -> set[str]:
        """What tells these findings from others; nothing in it can be read."""
        return {_mark(f.tracker, f.id or str(f.row), f.column, f.rule) for f in self.findings}


def _mark(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def reminders(
    workbook: Workbook, findings: Sequence[Finding], people: Mapping[str, str], *, steps: Sequence[int]
) -> list[Reminder]:
    """A reminder for each person who has something open or something coming; `people` is name -> address."""
    everybody = _Everybody({plain(name): one for name, one in (addresses(workbook) | dict(people)).items()})
    concerned = _concerned(workbook)
    about = whose(workbook)
    seen: set[tuple[str, str, int]] = set()
    for number, finding in enumerate(findings):
        if finding.level in ("error", "warning"):
            for name in concerned.get((finding.sheet, finding.row), ()):
                one = everybody.of(name)
                if (one.address, one.name.partition(" / ")[0], number) not in seen:
                    seen.add((one.address, one.name.partition(" / ")[0], number))
                    one.findings.append(finding)
                    one.points.append(_point(workbook.trackers[finding.tracker], finding, about))
    coming = _of_the_ib(workbook, steps)
    for name in _teaching(workbook):
        if coming:
            everybody.of(name).dates.update(coming)
    for due in dates.coming(workbook, max(steps, default=0)):
        table = workbook.tables[due.tracker]
        for name in concerned.get((table.sheets[due.index], table.rows[due.index]), ()):
            everybody.of(name).dates.update(_own(workbook, due, steps))
    return sorted(everybody.found.values(), key=lambda one: plain(one.name))


class _Everybody:
    """One reminder for each address, whatever names it goes by; one for each name without an address."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self.found: dict[str, Reminder] = {}

    def of(self, name: str) -> Reminder:
        """The reminder of the person of this name, which may itself be an address."""
        address = name.strip() if "@" in name else self._known.get(plain(name), "")
        one = self.found.setdefault(address.casefold() or plain(name), Reminder(name.strip(), address))
        if plain(name) not in {plain(known_as) for known_as in one.name.split(" / ")}:
            one.name += f" / {name.strip()}"
        return one


def addresses(workbook: Workbook) -> dict[str, str]:
    """Name -> address, where a tracker has both for its staff; a name with two addresses has none."""
    found: dict[str, set[str]] = {}
    for name, tracker in workbook.present.items():
        if "staff" in tracker.columns and "email" in tracker.columns:
            columns = workbook.tables[name].columns
            for person, address in zip(columns["staff"], columns["email"], strict=True):
                if person and address:
                    found.setdefault(show(person), set()).add(show(address).strip())
    return {person: next(iter(known)) for person, known in found.items() if len(known) == 1}


def _concerned(workbook: Workbook) -> dict[tuple[str, int], list[str]]:
    """(sheet, row) -> the people whom it concerns."""
    advisers: dict[str, str] = {}
    if "candidates" in workbook.tables:
        columns = workbook.tables["candidates"].columns
        pairs = zip(columns["code"], columns["adviser"], strict=True)
        advisers = {show(code).strip(): show(adviser) for code, adviser in pairs if code and adviser}
    found: dict[tuple[str, int], list[str]] = {}
    for place, code in whose(workbook).items():
        if code in advisers:
            found.setdefault(place, []).append(advisers[code])
    for name, tracker in workbook.present.items():
        table = workbook.tables[name]
        for column in (column for column in PEOPLE if column in tracker.columns):
            for sheet, row, value in zip(table.sheets, table.rows, table.columns[column], strict=True):
                people = found.setdefault((sheet, row), []) if value else []
                if value and plain(value) not in map(plain, people):
                    people.append(show(value))
    return found


def _teaching(workbook: Workbook) -> list[str]:
    """Everybody who advises or teaches candidates."""
    names: dict[str, str] = {}
    for tracker, column in (("candidates", "adviser"), ("registrations", "teacher")):
        if tracker in workbook.tables:
            for value in workbook.tables[tracker].columns[column]:
                if value:
                    names.setdefault(plain(value), show(value))
    return list(names.values())


def step_of(day: date, today: date, steps: Sequence[int]) -> int | None:
    """The step that a date has come to: the smallest that it is within; None while it is far off or over."""
    days = (day - today).days
    return min((step for step in steps if 0 <= days <= step), default=None)


def _of_the_ib(workbook: Workbook, steps: Sequence[int]) -> dict[str, str]:
    today, known = workbook.settings.today, dates.of_the_ib(workbook.settings)
    doubt = dates.contradicted(known)
    lines = {}
    for one in known:
        step = step_of(one.starts, today, steps) if one.starts else None
        if one.starts and step is not None:
            unsure = " (sources disagree: ask your coordinator)" if one.choose in doubt else ""
            line = f"{on(one.starts)}, {dates.in_days(one.starts, today)}: {one.event}{unsure}"
            lines[_mark("ib", one.id, one.starts.isoformat(), str(step))] = line
    return lines


def _own(workbook: Workbook, due: dates.Due, steps: Sequence[int]) -> dict[str, str]:
    today, table = workbook.settings.today, workbook.tables[due.tracker]
    step = step_of(due.day, today, steps)
    if step is None:
        return {}
    row = table.ids[due.index] or str(table.rows[due.index])
    tracker = workbook.trackers[due.tracker]
    what = f"{tracker.columns[due.column].header}, {due_name(workbook, due, Whole())}"
    line = f"{on(due.day)}, {dates.in_days(due.day, today)}: {what}"
    return {_mark(due.tracker, row, due.column, due.day.isoformat(), str(step)): line}


class _Quiet(Whole):
    """The wording of a finding without what stands in the cells."""

    redacted = True


def _point(tracker: Tracker, finding: Finding, about: Mapping[tuple[str, int], str]) -> str:
    private = any(c.private and c.header == finding.column for c in tracker.columns.values())
    said = told(tracker, finding, _Quiet() if private else Whole())
    code = about.get((finding.sheet, finding.row), "")
    who = f" ({code})" if code and code not in said else ""
    fix = "" if private or not finding.suggestion else f" {finding.suggestion}"
    return f"{finding.sheet}!{finding.cell}: {said}{who}{fix}"


def text(reminder: Reminder, school: str, where: str) -> tuple[str, str]:
    """Subject and words of the message; no student is named in the subject."""
    parts = []
    number, days = len(reminder.points), len(reminder.dates)
    if number:
        parts.append(f"{number} point{'' if number == 1 else 's'} to mend")
    if days:
        parts.append(f"{days} date{'' if days == 1 else 's'} coming")
    lines = [f"Dear {reminder.name},", ""]
    if number:
        lines += [f"These points in {where} are open and concern you:", ""]
        lines += [f"- {point}" for point in reminder.points[:MOST]]
        lines += [f"  and {number - MOST} more; the sheet Findings lists them."] if number > MOST else []
        lines.append("")
    if days:
        lines += ["Coming up:", "", *(f"- {line}" for line in reminder.dates.values()), ""]
        lines += ["Check dates of the IB against the school's own notice.", ""]
    lines += [
        "Thank you.",
        school or "The IB coordinator",
        "",
        "This message holds personal data of students: do not pass it on.",
    ]
    return f"IB trackers: {' and '.join(parts)}", "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def is_wanted(reminder: Reminder, before: Mapping[str, Any], today: date, every: int) -> bool:
    """Whether a reminder says something new, or what it says is open for so many days after the last."""
    if not before:
        return bool(reminder.points or reminder.dates)
    if set(reminder.dates) - set(before.get("dates", ())) or reminder.marks - set(before.get("findings", ())):
        return True
    last = date.fromisoformat(before["day"])
    return bool(reminder.points) and (today - last).days >= max(1, every)

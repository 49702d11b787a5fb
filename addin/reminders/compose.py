"""Who is reminded of what, and the words that are sent.

An item belongs to the person whom its row names: supervisor, teacher, owner, member of staff. Where it names nobody of
the school, it belongs to the candidate's adviser. Nobody else hears of it. IB dates go to all who advise or teach.
A message names students and what is open; what a private column holds is not quoted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from addin.core import target as targets
from addin.core.checks.rules import Finding
from addin.core.people import ADVISER, STAFF, Directory, Person, owner_columns, people_of
from addin.core.regex import regex
from addin.core.tables.layout import plain
from addin.core.tables.values import show
from addin.core.text import counted
from addin.core.trackers import Tracker
from addin.errors import BookProblem
from addin.reminders.behind import behind
from addin.reports import dates
from addin.reports.facts import due_name, finding_text, whose
from addin.reports.page import on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

STEPS = (28, 14, 7, 1)
"""Days before a date on which people are reminded of it, unless the Settings sheet says otherwise."""
EVERY = 7
"""Days until an item that is still open is repeated, unless the Settings sheet says otherwise."""
MOST = 30


@dataclass(slots=True)
class Reminder:
    """What one person is reminded of."""

    name: str
    address: str
    points: dict[str, str] = field(default_factory=dict)
    """The line of each open item, each once -> its mark, in which nothing can be read."""
    dates: dict[str, str] = field(default_factory=dict)
    """A mark for one date at one step -> its line."""
    trackers: dict[str, None] = field(default_factory=dict)
    """The titles of the trackers that the items are in."""
    link: str = ""
    """The address of the sheet that this person works in; "" where it is not known."""
    gone: bool = False
    """Whether the person has left the school."""

    def add(self, tracker: Tracker, line: str, mark: str) -> None:
        """One more item; a line that is there already is not repeated."""
        self.trackers[tracker.title] = None
        self.points.setdefault(line, mark)

    def news(self, before: Mapping[str, Any], today: date, every: int) -> Reminder:
        """What of this was not said before, or is open for so many days after it was said last."""
        known, last = before.get("findings", {}), before.get("day", "")
        said = known if isinstance(known, dict) else dict.fromkeys(known, last)

        def is_due(mark: str) -> bool:
            return mark not in said or (today - date.fromisoformat(said[mark])).days >= max(1, every)

        points = {line: mark for line, mark in self.points.items() if is_due(mark)}
        new = {mark: line for mark, line in self.dates.items() if mark not in before.get("dates", ())}
        return replace(self, points=points, dates=new)


def _mark(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def reminders(
    workbook: Workbook, findings: Sequence[Finding], people: Mapping[str, str], *, steps: Sequence[int]
) -> list[Reminder]:
    """A reminder for each person who has something open or something coming.

    `people` is name -> address, for a workbook without a filled Staff sheet.
    """
    everybody = _Everybody(staff_of(workbook, people), workbook)
    owed = _owed(workbook, everybody)
    names = _candidate_names(workbook)
    about = whose(workbook)
    for finding in findings:
        if finding.level not in ("error", "warning"):
            continue
        for name in owed.get((finding.sheet, finding.row), ()):
            tracker = workbook.trackers[finding.tracker]
            mark = _mark(finding.tracker, finding.id or str(finding.row), finding.column, finding.rule)
            everybody.of(name).add(tracker, _point(tracker, finding, about, names), mark)
    for late in behind(workbook, findings):
        for name in owed.get((late.sheet, late.row), ()):
            line = f"{names.get(late.code, '')} ({late.code}): {late.words}".strip()
            everybody.of(name).add(late.tracker, line, _mark(late.tracker.name, late.code, "behind"))
    coming = _of_the_ib(workbook, steps)
    for name in _teaching(workbook):
        if coming:
            everybody.of(name).dates.update(coming)
    for due in dates.coming(workbook, max(steps, default=0)):
        table = workbook.tables[due.tracker]
        for name in owed.get((table.sheets[due.index], table.rows[due.index]), ()):
            everybody.of(name).dates.update(_own(workbook, due, steps))
    return sorted(everybody.found.values(), key=lambda one: plain(one.name))


def staff_of(workbook: Workbook, people: Mapping[str, str]) -> list[Person]:
    """The people of the Staff sheet; where nobody is on it, those with an address elsewhere in the workbook."""
    found = people_of(workbook.tables.get(STAFF))
    if found:
        return found
    known = addresses(workbook) | dict(people)
    return [Person(name, address, (name,)) for name, address in known.items()]


class _Everybody:
    """One reminder for each address, whatever names it goes by; one for each name without an address."""

    def __init__(self, people: Sequence[Person], workbook: Workbook) -> None:
        self.directory = Directory(people)
        self._workbook = workbook
        self.found: dict[str, Reminder] = {}

    def of(self, name: str) -> Reminder:
        """The reminder of the person of this name, which may itself be an address."""
        person = self.directory.find(name)
        address = person.address if person else name.strip() if "@" in name else ""
        key = address.casefold() or f"name: {person.name if person else name.strip()}"
        if key not in self.found:
            gone = person is not None and not person.is_here(self._workbook.settings.today)
            shown = person.name if person else name.strip()
            names = person.names if person else (shown,)
            self.found[key] = Reminder(shown, address, link=_link(self._workbook, names), gone=gone)
        return self.found[key]


def _link(workbook: Workbook, names: Sequence[str]) -> str:
    """The shared sheet of a person: the link whose slice is theirs, else the workbook itself where it is in Google."""
    mine = {plain(name) for name in names}
    for link in workbook.settings.links:
        only = link.get("only", {})
        values = [one for value in only.values() for one in ([value] if isinstance(value, str) else value)]
        if mine & {plain(value) for value in values}:
            return _address(str(link.get("target", "")))
    return _address(workbook.target)


def _address(target: str) -> str:
    try:
        found = targets.parse(target)
    except BookProblem:
        return ""
    if isinstance(found, targets.GoogleTarget):
        return f"https://docs.google.com/spreadsheets/d/{found.key}"
    return ""


def addresses(workbook: Workbook) -> dict[str, str]:
    """Name -> address, where a tracker has both for its staff; a name with two addresses has none."""
    found: dict[str, set[str]] = {}
    for name, tracker in workbook.present.items():
        for column in ("staff", "person"):
            if column in tracker.columns and "email" in tracker.columns:
                columns = workbook.tables[name].columns
                for person, address in zip(columns[column], columns["email"], strict=True):
                    if person and address:
                        found.setdefault(show(person), set()).add(show(address).strip())
    return {person: next(iter(known)) for person, known in found.items() if len(known) == 1}


def _owed(workbook: Workbook, everybody: _Everybody) -> dict[tuple[str, int], list[str]]:
    """(sheet, row) -> the person who owes what is open in it; rows that name nobody are left out."""
    advisers: dict[str, str] = {}
    if "candidates" in workbook.tables:
        held = workbook.tables["candidates"].columns
        pairs = zip(held["code"], held[ADVISER], strict=True)
        advisers = {show(code).strip(): show(adviser) for code, adviser in pairs if code and adviser}
    found = {place: [advisers[code]] for place, code in whose(workbook).items() if code in advisers}
    for name, tracker in workbook.present.items():
        table = workbook.tables[name]
        columns = owner_columns(name, tracker.columns)
        for index, place in enumerate(zip(table.sheets, table.rows, strict=True)):
            owner = _owner(tracker, {column: table.columns[column][index] for column in columns}, everybody.directory)
            if owner:
                found[place] = [owner]
    return found


def _owner(tracker: Tracker, row: Mapping[str, Any], directory: Directory) -> str:
    """Whose row it is; somebody from outside the school, who has an address column of their own, only if on Staff."""
    for column, value in row.items():
        outside = f"{column}_email" in tracker.columns
        if value and (not outside or directory.find(show(value))):
            return show(value)
    return ""


def _candidate_names(workbook: Workbook) -> dict[str, str]:
    """Code -> the student's name."""
    table = workbook.tables.get("candidates")
    if table is None:
        return {}
    columns = table.columns
    names: dict[str, str] = {}
    for code, first, last in zip(columns["code"], columns["first_names"], columns["last_name"], strict=True):
        if code:
            names.setdefault(show(code).strip(), f"{show(first)} {show(last)}".strip())
    return names


def _teaching(workbook: Workbook) -> list[str]:
    """Everybody who advises or teaches candidates."""
    names: dict[str, str] = {}
    for tracker, column in (("candidates", ADVISER), ("registrations", "teacher")):
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
    lines = {}
    for one in known:
        step = step_of(one.starts, today, steps) if one.starts else None
        if one.starts and step is not None:
            line = f"{on(one.starts)}, {dates.in_days(one.starts, today)}: {one.event}"
            lines[_mark("ib", one.id, one.starts.isoformat(), str(step))] = line
    return lines


def _own(workbook: Workbook, due: dates.Due, steps: Sequence[int]) -> dict[str, str]:
    today, table = workbook.settings.today, workbook.tables[due.tracker]
    step = step_of(due.day, today, steps)
    if step is None:
        return {}
    row = table.ids[due.index] or str(table.rows[due.index])
    tracker = workbook.trackers[due.tracker]
    what = f"{tracker.columns[due.column].header}, {due_name(workbook, due, FullView())}"
    line = f"{on(due.day)}, {dates.in_days(due.day, today)}: {what}"
    return {_mark(due.tracker, row, due.column, due.day.isoformat(), str(step)): line}


class _Quiet(FullView):
    """The wording of a finding without what is in the cells."""

    redacted = True


_PLACES = regex(r"\s*\((?:see |also )?(?:in |on )?(?:sheet [^()]*, )?rows? [\d, and]+[^()]*\)")
"""Where a message points to a row of a workbook that its reader does not have."""
_TWICE = regex(r"is also in rows? [\d, and]*\d(?: of [^.:;]+)?")
_DUPLICATE = regex(r"(Possible duplicate) of rows? [\d…]+")


def _without_rows(text: str) -> str:
    """A sentence without rows: the two lines of a pair of duplicates then read alike, and are one item."""
    return _DUPLICATE.sub(r"\1", _TWICE.sub("is entered twice", _PLACES.sub("", text)))


def _point(tracker: Tracker, finding: Finding, about: Mapping[tuple[str, int], str], names: Mapping[str, str]) -> str:
    """An open item in a line: whose it is, what is wrong and what to do, without places in the workbook."""
    private = any(c.private and c.header == finding.column for c in tracker.columns.values())
    said = _without_rows(finding_text(tracker, finding, _Quiet() if private else FullView()))
    code = about.get((finding.sheet, finding.row), "")
    name = names.get(code, "")
    who = f"{name} ({code})" if name else code
    fix = "" if private or not finding.suggestion else f" {_without_rows(finding.suggestion)}"
    if not code or (name and name in said):
        return f"{said}{fix}"
    return f"{who}: {said}{fix}"


def text(reminder: Reminder, school: str, letter: Mapping[str, str]) -> tuple[str, str]:
    """Subject and words of the message, in the school's own phrases; no student is named in the subject."""
    number, days = len(reminder.points), len(reminder.dates)
    items = " and ".join(
        counted(count, *words) for count, words in ((number, ("open item",)), (days, ("coming date",))) if count
    )
    values = {
        "name": reminder.name,
        "school": school or "The IB coordinator",
        "items": items,
        "trackers": _listed([*reminder.trackers]) or "IB dates",
    }

    def said(part: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), letter[part])

    lines = [said("greeting"), ""]
    if number:
        lines += [said("opening"), "", *(f"- {point}" for point in [*reminder.points][:MOST])]
        lines += [f"  and {number - MOST} more."] if number > MOST else []
        lines.append("")
    if days:
        lines += [said("dates"), "", *(f"- {line}" for line in reminder.dates.values()), ""]
    if reminder.link:
        lines += [f"Your sheet: {reminder.link}", ""]
    lines += [said("closing"), said("signature"), "", said("footer")]
    return said("subject"), "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _listed(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}" if titles else ""

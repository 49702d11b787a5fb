"""All that one colleague has to do and has done: students, teaching, workshops, meetings, accounts, loans.

Each tracker that names the colleague gives one list, the newest rows first. Nothing here is a rule: what is open is
found by the checks, and how far the year's requirements are is what the pack *missing* shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from addin.core.book import Value
from addin.core.checks.context import WorkbookContext
from addin.core.ib import matrices
from addin.core.ib.people import STAFF_COLUMNS, WITHDRAWN, Candidates, people
from addin.core.language import all_of, phrase
from addin.core.people import STAFF, Directory, people_of
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.reports.packs.missing import TONES
from addin.reports.page import Block, Fields, Grid, Item, Pill, on
from addin.workspace.workbook import Workbook

DETAILS = ("roles", "subjects", "email", "joined", "left")
COLUMNS: Mapping[str, Sequence[str]] = {
    "candidates": ("code", "session", "category", "cas_complete"),
    "core": ("candidate", "component", "session", "final", "form_signed", "uploaded"),
    "pd": ("workshop", "category", "start", "status", "certificate", "next_due"),
    "access": ("system", "role", "granted", "removed"),
    "meetings": ("date", "group", "item", "action", "due", "done"),
    "exams": ("date", "start", "subject", "level", "paper", "room"),
    "inventory": ("asset", "item", "lent_on", "due"),
    "planners": ("course", "level", "year", "unit", "state", "next_review"),
    "calendar": ("event", "due", "done"),
    "evaluation": ("code", "evidence", "due", "submitted", "state"),
}
"""What is shown of a row; of other trackers, the first columns that hold something."""
ALSO = {"inventory": ("lent_to",), "meetings": ("present",)}
"""Columns that name a colleague besides those of `STAFF_COLUMNS`."""
BY_STUDENT = ("registrations", "coursework", "predicted", "results", "eassessment")
"""Rows of these are many for one colleague: they are counted by subject, not listed."""
MOST_COLUMNS, MOST_ROWS = 6, 20


@dataclass(frozen=True, slots=True)
class Colleague:
    """One colleague: the name on the page, and the folded names by which the sheets call them."""

    name: str
    names: frozenset[str]


def find(workbook: Workbook, name: str) -> Colleague:
    """The colleague of this name, from Staff or any sheet that names colleagues. Raises Problem."""
    person = Directory(people_of(workbook.tables.get(STAFF))).find(name)
    if person:
        return Colleague(person.name, frozenset(map(fold, person.names)))
    known = {one: None for table in STAFF_COLUMNS for row in _rows(workbook, table) for one in _named(table, row)}
    found = next((one for one in known if fold(one) == fold(name)), None)
    if found is None:
        near = get_close_matches(name, known, n=3, cutoff=0.6) or sorted(known)[:8]
        raise Problem(
            phrase("No sheet names a colleague {name}.", name=name),
            next=phrase("There are: {near}.", near=", ".join(near))
            if near
            else phrase("Enter the colleagues on the Staff sheet."),
        )
    return Colleague(found, frozenset([fold(found)]))


def sections(workbook: Workbook, who: Colleague) -> list[Block]:
    """Details, how far the requirements are, what is taught, and a list from each tracker that names them."""
    context = WorkbookContext(workbook.trackers, workbook.tables, workbook.settings)
    blocks: list[Block] = [*_details(workbook, who), *_requirements(context, who), *_taught(workbook, who)]
    students = Candidates(context)
    for name, tracker in workbook.present.items():
        if name != STAFF and name not in BY_STUDENT and (mine := _mine(workbook, name, who)):
            blocks.append(_list(tracker, mine, students))
    return blocks


def _details(workbook: Workbook, who: Colleague) -> Iterator[Block]:
    for row in _mine(workbook, STAFF, who)[:1]:
        columns = workbook.trackers[STAFF].columns
        pairs = [(columns[name].header, _words(row[name])) for name in DETAILS if row.get(name) is not None]
        yield Fields("Details", pairs)


def _requirements(context: WorkbookContext, who: Colleague) -> Iterator[Block]:
    matrix = matrices.staff(context)
    line = next((one for one in matrix.lines if fold(one.name) in who.names), None)
    if line:
        asked = [(header, cell) for header, cell in zip(matrix.headers, line.cells, strict=True) if cell.words]
        rows: list[list[Item]] = [[header, Pill(cell.words, TONES[cell.state])] for header, cell in asked]
        if rows:
            yield Grid("How far", ("Requirement", "State"), rows, (2, 3))


def _taught(workbook: Workbook, who: Colleague) -> Iterator[Block]:
    """Subjects with the number of students, from the registrations that are not withdrawn."""
    mine = [row for row in _mine(workbook, "registrations", who) if row.get("status") != WITHDRAWN]
    taught = Counter(tuple(show(row.get(name)) for name in ("session", "subject", "level")) for row in mine)
    if taught:
        rows: list[list[Item]] = [[*names, number] for names, number in sorted(taught.items())]
        yield Grid("Teaches", ("Session", "Subject", "Level", "Students"), rows, (2, 5, 2, 2), frozenset({3}))


def _list(tracker: Tracker, rows: Sequence[Mapping[str, Value]], students: Candidates) -> Grid:
    named = {*STAFF_COLUMNS.get(tracker.name, ())}
    telling = [
        name
        for name, column in tracker.columns.items()
        if name not in named and not column.private and not column.calculated and any(r.get(name) for r in rows)
    ]
    names = [name for name in COLUMNS.get(tracker.name, ()) if name in tracker.columns] or telling[:MOST_COLUMNS]
    ordered = sorted(rows, key=_newest, reverse=True)
    cells = [[_cell(tracker, name, row.get(name), students) for name in names] for row in ordered[:MOST_ROWS]]
    headers = [tracker.columns[name].header for name in names]
    widths = [
        max(float(max(len(word) for word in header.split())), *(min(30.0, len(row[at]) + 1.0) for row in cells))
        for at, header in enumerate(headers)
    ]
    more = len(rows) - len(cells)
    return Grid(tracker.title, headers, cells, widths, note=f"and {more} more." if more else "")


def _cell(tracker: Tracker, name: str, value: Value, students: Candidates) -> str:
    code = tracker.name == "candidates" and name == "code"
    if value is not None and (code or tracker.columns[name].words.get("exists_in") == "candidates.code"):
        return all_of([students.who(one) for one in people(show(value))])
    return _words(value)


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return on(value) if isinstance(value, date) else show(value) if value is not None else ""


def _newest(row: Mapping[str, Value]) -> date:
    """The latest day in a row; rows without one come last."""
    days = (value.date() if isinstance(value, datetime) else value for value in row.values() if isinstance(value, date))
    return max(days, default=date.min)


def _mine(workbook: Workbook, tracker: str, who: Colleague) -> list[Mapping[str, Value]]:
    """The rows that name the colleague; of loans, those that are out."""
    mine = [row for row in _rows(workbook, tracker) if any(fold(one) in who.names for one in _named(tracker, row))]
    return [row for row in mine if not row.get("returned")] if tracker == "inventory" else mine


def _named(tracker: str, row: Mapping[str, Value]) -> Iterator[str]:
    for column in (*STAFF_COLUMNS.get(tracker, ()), *ALSO.get(tracker, ())):
        yield from people(show(row.get(column)))


def _rows(workbook: Workbook, tracker: str) -> list[Mapping[str, Value]]:
    table = workbook.tables.get(tracker)
    return [table.row(index) for index in range(len(table))] if table is not None else []

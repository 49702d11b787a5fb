"""Compare a tracker with a list from elsewhere, such as the register with IBIS: every difference, nothing decided."""

from __future__ import annotations

from dataclasses import dataclass

from addin.core.a1 import cell_name, quoted
from addin.core.book import OwnSheet, Value
from addin.core.ib import session as sessions
from addin.core.language import ENGLISH, Language, Phrase, phrase
from addin.core.recognition.import_result import Change, ImportPlan
from addin.core.tables.table import Table
from addin.core.tables.values import brief, show
from addin.core.trackers import Tracker

HEADERS = ("Tracker", "Row", "Key", "Column", "In the workbook", "In the list", "What")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: a cell, or a whole row that only one side has. `cell` is "" for a row of the list."""

    tracker: str
    sheet: str
    cell: str
    key: str
    column: str
    workbook: Value
    given: Value
    what: str


def differences(plan: ImportPlan, tracker: Tracker, table: Table) -> list[Difference]:
    """The differences of one tracker in the order of its rows, then the rows that only the list has."""

    def key(index: int) -> str:
        return " · ".join(show(table.columns[name][index]) for name in tracker.key)

    def of_cell(change: Change, what: str) -> tuple[int, Difference]:
        words = (change.sheet, change.cell, key(change.index), change.header, change.old, change.new, what)
        return change.index, Difference(tracker.title, *words)

    def of_row(words: str, what: str, sheet: str = "", cell: str = "") -> Difference:
        return Difference(tracker.title, sheet, cell, words, "", None, None, what)

    found = [
        of_cell(change, phrase("only in the list") if change.old is None else phrase("differs"))
        for change in plan.changes
    ]
    found += [of_cell(change, phrase("only in the workbook")) for change in plan.blanks]
    for index in _not_listed(plan, tracker, table):
        cell = cell_name(table.rows[index], 1)
        found.append((index, of_row(key(index), phrase("row is not in the list"), table.sheets[index], cell)))
    return [
        *(difference for _, difference in sorted(found, key=lambda one: one[0])),
        *(of_row(words, phrase("row is only in the list")) for words in plan.added),
        *(of_row(phrase("row {row} of the list", row=doubt.row), doubt.why) for doubt in plan.doubts),
    ]


def _not_listed(plan: ImportPlan, tracker: Tracker, table: Table) -> list[int]:
    """The rows that the list is not about; where a list is of some sessions, only rows of these."""
    left = [index for index in range(len(table)) if index not in plan.matched]
    session = tracker.columns.get("session")
    if not session or session.header not in (one.column for one in plan.placed):
        return left
    of = [str(sessions.parse(show(value)) or show(value)) for value in table.columns["session"]]
    listed = {of[index] for index in plan.matched} | {*plan.sessions}
    return [index for index in left if not listed or of[index] in listed]


def rows_of(found: list[Difference]) -> list[list[Value]]:
    """The differences as rows under HEADERS."""
    rows: list[list[Value]] = []
    for one in found:
        place = f"{one.sheet}!{one.cell}" if one.cell else None
        rows.append([one.tracker, place, one.key, one.column or None, one.workbook, one.given, one.what])
    return rows


def differences_sheet(found: list[Difference], language: Language = ENGLISH) -> OwnSheet:
    """The differences as a sheet of ours in the workbook's language, each with a link to its cell."""
    lines: list[list[Value]] = [[language.say(header) for header in HEADERS]]
    links = {}
    for number, (one, row) in enumerate(zip(found, rows_of(found), strict=True), 2):
        shown = [value if isinstance(value, str) or value is None else brief(value) for value in row]
        lines.append([language.speak(value) if isinstance(value, Phrase) else value for value in shown])
        if one.cell:
            links[number, 2] = f"{quoted(one.sheet)}!{one.cell}"
    return OwnSheet(lines, links, [18, 18, 24, 20, 26, 26, 26])

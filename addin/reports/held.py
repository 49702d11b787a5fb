"""Everything held on one person in one page: each row in full, mentions elsewhere, disclosures, periods, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from addin.core.checks.erased import is_erased
from addin.core.checks.rules import Finding
from addin.core.erasure import rows_about, whole_names
from addin.core.ib.people import STAFF_COLUMNS
from addin.core.language import phrase
from addin.core.records import field, record
from addin.core.retention import period_of
from addin.core.tables.layout import plain
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.reports import facts
from addin.reports.page import Block, Fields, Grid, Page, Words
from addin.workspace.disclosures import Disclosure
from addin.workspace.settings_sheet import PRIVACY
from addin.workspace.workbook import Workbook


@record
class Held:
    """What is held on one person, as plain data."""

    person: str
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """tracker -> its rows, each with sheet and row; own columns included."""
    mentions: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    disclosures: list[dict[str, Any]] = field(default_factory=list)
    periods: dict[str, str] = field(default_factory=dict)
    """tracker -> how long its rows stay."""
    elsewhere: list[str] = field(default_factory=list)
    """Sentences: where else data on the person may be."""


def held(workbook: Workbook, person: str, findings: Sequence[Finding], log: Sequence[Disclosure]) -> Held:
    """What the trackers hold on a candidate (by code) or a colleague (by name). Raises Problem where it is nothing."""
    trackers, tables = workbook.trackers, workbook.tables
    about = rows_about(trackers, tables, person) or _rows_of_staff(tables, person)
    if not about:
        raise Problem(
            phrase("Nothing is held on {person}.", person=person),
            where=workbook.target,
            next=phrase("Name a candidate by the code, or a colleague by the name, as the trackers have it."),
        )
    found = Held(person)
    for name, indexes in about.items():
        found.rows[name] = [_row(trackers[name], tables[name], index) for index in indexes]
        found.periods[name] = _period(workbook, trackers[name])
    places = {(tables[name].sheets[i], tables[name].rows[i]) for name, indexes in about.items() for i in indexes}
    found.mentions = _mentions(workbook, person, about)
    found.findings = [
        {"tracker": trackers[one.tracker].title, "sheet": one.sheet, "row": one.row, "message": one.message}
        for one in findings
        if (one.sheet, one.row) in places
    ]
    found.disclosures = [
        {
            "at": one.at.replace("T", " "),
            "how": one.how,
            "what": ", ".join(one.what),
            "to": one.to,
            "why": one.why,
            "where": one.where,
        }
        for one in log
    ]
    return found


def _rows_of_staff(tables: Mapping[str, Table], name: str) -> dict[str, list[int]]:
    found = {}
    for tracker, columns in STAFF_COLUMNS.items():
        table = tables.get(tracker)
        indexes = [
            index
            for index in range(len(table) if table else 0)
            if table and any(_names(table, column, index, name) for column in columns)
        ]
        if indexes:
            found[tracker] = indexes
    return found


def _names(table: Table, column: str, index: int, name: str) -> bool:
    values = table.columns.get(column)
    return values is not None and plain(name) in {plain(part) for part in show(values[index]).split(";")}


def _row(tracker: Tracker, table: Table, index: int) -> dict[str, Any]:
    found: dict[str, Any] = {"sheet": table.sheets[index], "row": table.rows[index]}
    for key, column in tracker.columns.items():
        if (value := table.raw(key)[index]) is not None:
            found[column.header] = value
    for header, values in table.extra.items():
        if values[index] is not None:
            found[header if header not in found else f"{header} (own)"] = values[index]
    return found


def _period(workbook: Workbook, tracker: Tracker) -> str:
    name = period_of(tracker)
    years = workbook.settings.values.get(name)
    title = next((row.title for row in PRIVACY if row.name == name), "")
    return f"{title}: {show(years) if years else 'not set'}" if title else "no period"


def _mentions(workbook: Workbook, person: str, about: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """Cells of other rows that hold the code or the whole name."""
    finder = whole_names(workbook.tables, person)
    found = []
    for name, table in workbook.tables.items():
        mine = set(about.get(name, ()))
        columns = {c.header: table.raw(key) for key, c in workbook.trackers[name].columns.items()} | {**table.extra}
        for header, values in columns.items():
            for index, value in enumerate(values):
                if index not in mine and isinstance(value, str) and finder.spans(value):
                    found.append(
                        {"sheet": table.sheets[index], "row": table.rows[index], "column": header, "text": value}
                    )
    return found


def page(workbook: Workbook, data: Held) -> Page:
    """The page to hand out; whoever hands it out blacks out what is about others."""
    blocks: list[Block] = []
    for name, rows in data.rows.items():
        title = workbook.trackers[name].title
        for number, row in enumerate(rows, 1):
            pairs = [(header, _said(value)) for header, value in row.items() if header not in ("sheet", "row")]
            which = f" {number} of {len(rows)}" if len(rows) > 1 else ""
            blocks.append(Fields(f"{title}{which} (sheet {row['sheet']}, row {row['row']})", pairs))
    blocks += _lists(data)
    periods = [f"{workbook.trackers[name].title}. {said}." for name, said in data.periods.items()]
    source = workbook.settings.values.get("keep_source")
    blocks.append(Words("How long it is kept", [*periods, f"Source: {source}." if source else "Source: not entered."]))
    if data.elsewhere:
        blocks.append(Words("Where else data may be", data.elsewhere))
    who = f"Erased student {data.person}" if is_erased(data.person) else data.person
    return Page(f"Data held on {who}", facts.heading_lines(workbook), blocks, FOOT)


FOOT = "Personal data, in full. Remove what is about other people before you hand it out."


def _lists(data: Held) -> list[Block]:
    found: list[Block] = []
    parts = (
        ("Mentioned elsewhere", data.mentions, ("sheet", "row", "column", "text"), (2, 1, 2, 5)),
        ("What checks found", data.findings, ("tracker", "sheet", "row", "message"), (2, 2, 1, 5)),
        ("Given to others", data.disclosures, ("at", "how", "what", "to", "why", "where"), (2, 1.6, 2, 2, 2, 2)),
    )
    for title, rows, keys, widths in parts:
        if rows:
            headers = [key.capitalize() if key != "at" else "When" for key in keys]
            found.append(Grid(title, headers, [[_said(row[key]) for key in keys] for row in rows], widths))
        else:
            found.append(Words(title, ["Nothing." if title != "Given to others" else "Nothing is in the log."]))
    return found


def _said(value: Any) -> str:
    return ("Yes" if value else "No") if isinstance(value, bool) else show(value)

"""Sheets of all candidates of the session, one for each: details, subjects, progress, what is open, room to sign."""

from __future__ import annotations

from addin.core.checks.rules import check
from addin.core.ib import session as sessions
from addin.core.ib.people import has_left
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import candidate, facts
from addin.reports.packs import Pack, Sheet, file_name, in_order, needed, some
from addin.reports.page import Block, Grid, Item, Link, Page, Words
from addin.reports.redact import FullView
from addin.reports.students import Students
from addin.workspace.workbook import Workbook

NAME = phrase("candidates' sheets")


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a sheet for each candidate. Raises Problem where there is none."""
    table, today = needed(workbook, "candidates", NAME), workbook.settings.today
    session = sessions.parse(str(workbook.settings.values.get("session") or ""))
    codes = [
        show(row["code"]).strip()
        for row in map(table.row, range(len(table)))
        if row["code"]
        and not has_left(row, today)
        and (session is None or sessions.parse(show(row["session"])) == session)
    ]
    if not codes:
        raise Problem(
            phrase("No candidate is in the session."),
            where=workbook.target,
            next=phrase("Check Session on Candidates."),
        )
    every = [show(value).strip() for value in table.columns["code"]]
    twice = sorted({code for code in codes if every.count(code) > 1})
    findings = check(workbook.present, workbook.tables, workbook.settings)
    students = Students(workbook, findings, copy)
    sheets, rows = [], list[list[Item]]()
    for number, code in enumerate(in_order([code for code in codes if code not in twice], workbook), 1):
        page = candidate.sheet(students, code)
        shown = copy.value(workbook.trackers["candidates"], "code", code)
        sheets.append(Sheet(file_name("candidate", number, shown), page))
        rows.append([Link(page.title, sheets[-1].name), shown, len(students.findings(code))])
    remarks = [phrase("More than one row on Candidates, so no sheet: {names}.", names=some(twice))] if twice else []
    title = counted(len(rows), "candidate")
    blocks: list[Block] = [Grid(title, ("Candidate", "Code", "Open"), rows, (4, 2, 1), frozenset({2}))]
    blocks += [Words("Missing or to check", remarks)] if remarks else []
    index = Page("Candidates", facts.heading_lines(workbook), blocks, facts.foot(copy))
    return Pack([Sheet("index.html", index), *sheets], remarks)

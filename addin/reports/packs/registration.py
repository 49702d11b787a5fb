"""Registration confirmations: one for each candidate of the session, to check and sign."""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.ib import session as sessions
from addin.core.ib.people import WITHDRAWN, has_left
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import candidate, facts
from addin.reports.packs import Pack, Sheet, file_name, for_people, in_order, names_of, needed, rows_of, some
from addin.reports.page import Block, Fields, Grid, Item, Link, Page, Signatures, Words
from addin.reports.redact import FullView
from addin.reports.students import Students
from addin.workspace.workbook import Workbook

NAME = phrase("registration pack")
AGREED = "I have checked these details and subjects, and marked any corrections."


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each candidate of the session. Raises Problem where there are none."""
    for_people(copy, NAME)
    people, _ = needed(workbook, "candidates", NAME), needed(workbook, "registrations", NAME)
    session = sessions.parse(str(workbook.settings.values.get("session") or ""))
    if session is None:
        raise Problem(
            phrase("The exam session is not set."),
            next=phrase("Set it on the Settings sheet, such as M27 for May 2027."),
        )
    today = workbook.settings.today
    rows = {show(row["code"]).strip(): row for row in map(people.row, range(len(people)))}
    codes = [
        code
        for code, row in rows.items()
        if code and sessions.parse(show(row["session"])) == session and not has_left(row, today)
    ]
    if not codes:
        raise Problem(
            phrase("No candidate is in {name}.", name=session.name),
            where=workbook.target,
            next=phrase("Check Session on Candidates."),
        )
    lines, names = facts.heading_lines(workbook), names_of(workbook)
    twice = sorted(code for code in {*codes} if sum(show(one).strip() == code for one in people.columns["code"]) > 1)
    codes = [code for code in codes if code not in twice]
    students = Students(workbook, (), copy)
    sheets = [
        Sheet(file_name("confirmation", number, code), _page(students, code, names[code], lines))
        for number, code in enumerate(in_order(codes, workbook), 1)
    ]
    counts = _subjects(workbook)
    remarks = [phrase("More than one row on Candidates, so no page: {names}.", names=some(twice))] if twice else []
    none = [code for code in codes if not counts.get(code)]
    remarks += [phrase("Registered for nothing: {names}.", names=some(none))] if none else []
    return Pack([Sheet("index.html", _index(sheets, counts, remarks, lines, copy)), *sheets], remarks)


def _page(students: Students, code: str, name: str, lines: Sequence[str]) -> Page:
    workbook, copy = students.workbook, students.copy
    tracker, table = workbook.trackers["candidates"], workbook.tables["candidates"]
    row = table.row(candidate.find(workbook, code))
    blocks: list[Block] = [Fields("Details to check", list(candidate.details(tracker, row, copy)))]
    blocks += candidate.subjects(students, code, withdrawn=False)
    blocks.append(Signatures("Signed", AGREED, ("Candidate", "Parent or guardian", "Coordinator")))
    return Page(name or f"Candidate {code}", [f"Candidate {code}", *lines], blocks, facts.foot(copy))


def _subjects(workbook: Workbook) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows_of(workbook, "registrations"):
        if row["status"] != WITHDRAWN:
            code = show(row["candidate"]).strip()
            found[code] = found.get(code, 0) + 1
    return found


def _index(
    sheets: Sequence[Sheet], counts: dict[str, int], remarks: Sequence[str], lines: Sequence[str], copy: FullView
) -> Page:
    rows: list[list[Item]] = []
    for sheet in sheets:
        code = sheet.page.lines[0].removeprefix("Candidate ")
        rows.append([Link(sheet.page.title, sheet.name), code, counts.get(code, 0), ""])
    title = f"{counted(len(rows), 'confirmation')} to sign"
    headers = ("Candidate", "Code", "Registrations", "Signed and returned")
    blocks: list[Block] = [Grid(title, headers, rows, (3, 1.5, 1.3, 2), frozenset({2}))]
    if remarks:
        blocks.append(Words("Missing or to check", list(remarks)))
    return Page("Registration confirmations", lines, blocks, facts.foot(copy))

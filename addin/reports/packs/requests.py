"""Request lists: transcripts and enquiries upon results that are ready for IBIS, and those that wait for consent."""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.ib import session as sessions
from addin.core.ib.requests import ENQUIRIES, REQUESTS, TRANSCRIPTS, is_open, missing_consent
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import facts
from addin.reports.packs import Pack, Row, Sheet, file_name, for_people, names_of, rows_of, some
from addin.reports.page import Block, Grid, Item, Link, Page, Pill, Words
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = phrase("request list")
TITLES = {TRANSCRIPTS: "Transcript requests", ENQUIRIES: "Enquiries upon results"}
COLUMNS = {
    TRANSCRIPTS: ("institution", "country", "centre", "application_number", "free"),
    ENQUIRIES: ("subject", "level", "type", "grade_before", "fee", "paid"),
}


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each kind of request. Raises Problem where none is open."""
    for_people(copy, NAME)
    sheets: list[Sheet] = []
    remarks: list[str] = []
    counts: list[tuple[int, int]] = []
    for name in REQUESTS:
        rows = [row for row in rows_of(workbook, name) if is_open(name, row) and any(map(show, row.values()))]
        if not rows:
            continue
        ready = [row for row in rows if not _missing(workbook, name, row)]
        waiting = [row for row in rows if _missing(workbook, name, row)]
        counts.append((len(ready), len(waiting)))
        page = _page(workbook, name, ready, waiting, copy)
        sheets.append(Sheet(file_name("requests", len(sheets) + 1, TITLES[name]), page))
        if waiting:
            who = some(show(row["candidate"]) or "no code" for row in waiting)
            remarks.append(
                phrase(
                    "{title}: {requests} not ready: {who}.",
                    title=TITLES[name],
                    requests=counted(len(waiting), "request"),
                    who=who,
                )
            )
    if not sheets:
        raise Problem(
            phrase("No request is open."),
            where=workbook.target,
            next=phrase("Enter requests on Transcripts or Enquiries; those that are in IBIS already are left out."),
        )
    rows_: list[list[Item]] = [
        [Link(sheet.page.title, sheet.name), *numbers] for sheet, numbers in zip(sheets, counts, strict=True)
    ]
    grid = Grid("Open requests", ("List", "Ready", "Not ready"), rows_, (4, 1, 1), frozenset({1, 2}))
    index = Page("Requests to enter in IBIS", facts.heading_lines(workbook), [grid], facts.foot(copy))
    return Pack([Sheet("index.html", index), *sheets], remarks)


def _missing(workbook: Workbook, name: str, row: Row) -> str:
    said = missing_consent(name, row, workbook.settings.lists.get("eur_types", {}), workbook.settings.today)
    if said:
        return said
    if sessions.parse(show(row["session"])) is None:
        return "session is missing"
    return "" if row["candidate"] or name == ENQUIRIES else "candidate is missing"


def _page(workbook: Workbook, name: str, ready: Sequence[Row], waiting: Sequence[Row], copy: FullView) -> Page:
    tracker, names = workbook.trackers[name], names_of(workbook)
    columns = COLUMNS[name]
    headers = ("Candidate", "Name", "Session", *(tracker.columns[one].header for one in columns))
    widths = (1.4, 2.4, 1, *([1.6] * len(columns)))

    def line(row: Row) -> list[Item]:
        code = show(row["candidate"])
        return [code or "all", names.get(code, ""), show(row["session"]), *(_cell(row[one]) for one in columns)]

    blocks: list[Block] = []
    if ready:
        rows: list[list[Item]] = [[*line(row), ""] for row in ready]
        blocks.append(Grid("Ready to enter", (*headers, "Entered on"), rows, (*widths, 1.4)))
    if waiting:
        lines: list[list[Item]] = [[*line(row), Pill(_missing(workbook, name, row), "warning")] for row in waiting]
        blocks.append(Grid("Not ready: do not enter these", (*headers, "Why"), lines, (*widths, 2)))
    if not ready:
        blocks.insert(0, Words("Ready to enter", ["None."]))
    return Page(TITLES[name], facts.heading_lines(workbook), blocks, facts.foot(copy))


def _cell(value: object) -> str:
    return ("Yes" if value else "No") if isinstance(value, bool) else show(value)  # type: ignore[arg-type]

"""The record of professional development, as the school profile asks for it: by programme, with what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from addin.core.language import phrase
from addin.core.tables.values import show
from addin.reports import facts
from addin.reports.packs import Pack, Row, Sheet, file_name, needed, some
from addin.reports.packs.evaluation import WEB_ADDRESS
from addin.reports.page import Block, Fields, Grid, Item, Link, Page, Pill, Tile, Tiles, Words, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = phrase("record of professional development")
HEADERS = ("Staff", "Role", "Subject", "Workshop", "Category", "Dates", "Certificate", "In My IB on")
WIDTHS = (2, 2, 2, 3.2, 1, 2.2, 1.6, 1.5)


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each programme. Raises Problem where there is no workshop."""
    table = needed(workbook, "pd", NAME)
    rows = [row for row in map(table.row, range(len(table))) if row["status"] != "Cancelled"]
    rows.sort(key=lambda row: (show(row["staff"]).casefold(), show(row["start"])))
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(show(row["programme"]) or "Programme missing", []).append(row)
    lines = facts.heading_lines(workbook)
    sheets = [
        Sheet(file_name("record", number, name), _programme(workbook, name, found, lines, copy))
        for number, (name, found) in enumerate(sorted(groups.items()), 1)
    ]
    remarks = _remarks(rows)
    return Pack([Sheet("index.html", _index(workbook, groups, sheets, remarks, copy)), *sheets], remarks)


def attended(row: Row) -> bool:
    """Whether a workshop was attended."""
    return row["status"] == "Attended"


def _programme(workbook: Workbook, name: str, rows: Sequence[Row], lines: Sequence[str], copy: FullView) -> Page:
    def grid(title: str, keep: Callable[[Row], bool]) -> Block:
        lines_ = [_line(workbook, row, copy) for row in rows if keep(row)]
        return Grid(title, HEADERS, lines_, WIDTHS) if lines_ else Words(title, ["None."])

    blocks = [
        grid("Attended, still to enter in My IB", lambda row: attended(row) and row["in_my_ib"] is None),
        grid("Attended, entered in My IB", lambda row: attended(row) and row["in_my_ib"] is not None),
        grid("Planned and booked", lambda row: not attended(row)),
    ]
    return Page(f"Professional development: {name}", lines, blocks, facts.foot(copy))


def _line(workbook: Workbook, row: Row, copy: FullView) -> list[Item]:
    tracker = workbook.trackers["pd"]
    staff, role, subject, workshop, link = (
        copy.value(tracker, name, row[name]) for name in ("staff", "role", "subject", "workshop", "certificate")
    )
    certificate: Item = Link("Certificate", link) if WEB_ADDRESS.match(link) else link
    if attended(row) and not link:
        certificate = Pill("missing", "warning")
    entered = row["in_my_ib"]
    done = on(entered) if isinstance(entered, date) else (Pill("to enter", "warning") if attended(row) else "")
    return [staff, role, subject, workshop, show(row["category"]), _days(row), certificate, done]


def _days(row: Row) -> str:
    days = [on(one) for one in (row["start"], row["end"]) if isinstance(one, date)]
    return " to ".join(dict.fromkeys(days)) or "date missing"


def _remarks(rows: Sequence[Row]) -> list[str]:
    came = [row for row in rows if attended(row)]
    parts = (
        ("no certificate", [row for row in came if not row["certificate"]]),
        ("not in My IB yet", [row for row in came if row["in_my_ib"] is None]),
        ("category missing", [row for row in came if row["category"] is None]),
    )
    return [
        phrase(
            "{n} attended, {what}: {names}.", n=len(found), what=what, names=some(show(row["staff"]) for row in found)
        )
        for what, found in parts
        if found
    ]


def _index(
    workbook: Workbook, groups: dict[str, list[Row]], sheets: Sequence[Sheet], remarks: Sequence[str], copy: FullView
) -> Page:
    school = workbook.settings.school
    rows = [row for found in groups.values() for row in found]
    came = [row for row in rows if attended(row)]
    head = [
        ("School", str(school.get("name") or "")),
        ("School code", str(school.get("code") or "")),
        ("As of", on(workbook.settings.today)),
    ]
    tiles = Tiles(
        [
            Tile(str(len(came)), "workshops attended", "good"),
            Tile(str(len({show(row["staff"]) for row in came})), "colleagues"),
            Tile(str(sum(row["in_my_ib"] is None for row in came)), "to enter in My IB", "warning"),
        ]
    )
    lines: list[list[Item]] = []
    for sheet, (_, found) in zip(sheets, sorted(groups.items()), strict=True):
        counts = [sum(attended(row) and show(row["category"]) == number for row in found) for number in "123"]
        lines.append(
            [
                Link(sheet.page.title, sheet.name),
                sum(map(attended, found)),
                *counts,
                sum(not attended(row) for row in found),
            ]
        )
    headers = ("Programme", "Attended", "Category 1", "Category 2", "Category 3", "Planned")
    blocks: list[Block] = [Fields("School", head), tiles]
    blocks.append(Grid("By programme", headers, lines, (4, 1, 1, 1, 1, 1), frozenset(range(1, 6))))
    if remarks:
        blocks.append(Words("Missing or to check", [copy.text(one) for one in remarks]))
    return Page("Record of professional development", facts.heading_lines(workbook), blocks, facts.foot(copy))

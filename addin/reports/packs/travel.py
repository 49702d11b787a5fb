"""The travel sheet: each workshop that is coming, who goes, what is booked, which lessons are covered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import dates, facts
from addin.reports.packs import Pack, Row, Sheet, file_name, for_people, needed, rows_of, some
from addin.reports.page import Block, Fields, Grid, Item, Link, Page, Pill, Words, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = phrase("travel sheet")
OPEN = ("Planned", "Booked")


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each workshop to come. Raises Problem where there is none."""
    for_people(copy, NAME)
    table, today = needed(workbook, "pd", NAME), workbook.settings.today
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in map(table.row, range(len(table))):
        start, end = row["start"], row["end"]
        last = end if isinstance(end, date) else start
        if row["status"] in OPEN and (not isinstance(last, date) or last >= today):
            key = show(start) or "9999", show(row["workshop"]), show(row["place"])
            groups.setdefault(key, []).append(row)
    if not groups:
        raise Problem(
            phrase("No workshop is planned or booked."),
            where=workbook.target,
            next=phrase("Enter one on the PD sheet."),
        )
    emails = {show(row["name"]).casefold(): show(row["email"]) for row in rows_of(workbook, "staff")}
    ordered = [rows for _, rows in sorted(groups.items(), key=lambda one: one[0])]
    sheets = [
        Sheet(file_name("travel", number, show(rows[0]["workshop"])), _page(workbook, rows, emails))
        for number, rows in enumerate(ordered, 1)
    ]
    remarks = _remarks(ordered)
    return Pack([Sheet("index.html", _index(workbook, ordered, sheets, remarks)), *sheets], remarks)


def _days(row: Row) -> str:
    days = [on(one) for one in (row["start"], row["end"]) if isinstance(one, date)]
    return " to ".join(dict.fromkeys(days)) or "date missing"


def _yes(value: object) -> Item:
    return Pill("Yes", "good") if value is True else Pill("No" if value is False else "open", "warning")


def _page(workbook: Workbook, rows: Sequence[Row], emails: dict[str, str]) -> Page:
    first = rows[0]
    named = (
        ("Workshop", "workshop"),
        ("Where", "place"),
        ("How", "mode"),
        ("Held by", "provider"),
        ("Category", "category"),
    )
    known = [("Dates", _days(first)), *((title, show(first[name])) for title, name in named if first[name])]
    lines: list[list[Item]] = [
        [
            show(row["staff"]),
            show(row["email"]) or emails.get(show(row["staff"]).casefold(), ""),
            show(row["status"]),
            show(row["travel"]),
            _yes(row["cover"]),
            show(row["cost"]),
        ]
        for row in rows
    ]
    headers = ("Who", "Email", "State", "Travel and hotel", "Lessons covered", "Fee")
    to_fill = Fields("To fill in", [(name, "") for name in ("Leaves on, from", "Back on, at", "Emergency contact")])
    blocks: list[Block] = [Fields("Workshop", known), Grid("Who goes", headers, lines, (2, 3, 1.2, 3, 1.3, 1)), to_fill]
    return Page(show(first["workshop"]) or "Workshop", facts.heading_lines(workbook), blocks, FOOT)


FOOT = "Internal: names, addresses and bookings of staff."


def _remarks(groups: Sequence[Sequence[Row]]) -> list[str]:
    rows = [row for group in groups for row in group]
    parts = (
        ("lessons not covered", [row for row in rows if row["cover"] is not True]),
        ("nothing entered about travel", [row for row in rows if not row["travel"] and show(row["mode"]) != "Online"]),
        ("first day missing", [row for row in rows if not isinstance(row["start"], date)]),
    )
    return [f"{what.capitalize()}: {some(show(row['staff']) for row in found)}." for what, found in parts if found]


def _index(
    workbook: Workbook, groups: Sequence[Sequence[Row]], sheets: Sequence[Sheet], remarks: Sequence[str]
) -> Page:
    lines: list[list[Item]] = []
    for sheet, rows in zip(sheets, groups, strict=True):
        start = rows[0]["start"]
        near = dates.in_days(start, workbook.settings.today) if isinstance(start, date) else ""
        covered = sum(row["cover"] is True for row in rows)
        link, place = Link(sheet.page.title, sheet.name), show(rows[0]["place"])
        lines.append([link, _days(rows[0]), near, place, len(rows), covered])
    headers = ("Workshop", "Dates", "When", "Where", "Going", "Covered")
    title = f"{counted(len(groups), 'workshop')} to come"
    blocks: list[Block] = [Grid(title, headers, lines, (4, 2.4, 1.4, 1.6, 1, 1), frozenset({4, 5}))]
    if remarks:
        blocks.append(Words("Missing or to check", list(remarks)))
    return Page("Travel sheet", facts.heading_lines(workbook), blocks, FOOT)

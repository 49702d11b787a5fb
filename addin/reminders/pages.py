"""Pages for colleagues: what is open for one teacher, supervisor or owner, and a pack with a page for each."""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.checks.rules import Finding, check
from addin.core.text import counted
from addin.errors import Problem
from addin.reminders.compose import STEPS, Reminder, reminders
from addin.reports import facts
from addin.reports.packs import Pack, Sheet, file_name, for_people
from addin.reports.page import Grid, Item, Link, Page, Words
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = "colleagues' pages"


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each colleague with open items. Raises Problem where nobody has any."""
    for_people(copy, NAME)
    findings = check(workbook.present, workbook.tables, workbook.settings)
    people = sorted(everybody(workbook, findings), key=lambda one: one.name.casefold())
    if not people:
        raise Problem("Nothing is open for anybody.", where=workbook.target, next="There is no page to make.")
    sheets, rows = [], list[list[Item]]()
    for number, one in enumerate(people, 1):
        sheets.append(Sheet(file_name("colleague", number, one.name), colleague_page(workbook, one)))
        rows.append([Link(one.name, sheets[-1].name), len(one.points), len(one.dates)])
    grid = Grid(counted(len(rows), "colleague"), ("Name", "Open", "Coming up"), rows, (4, 1, 1), frozenset({1, 2}))
    index = Page("Colleagues", facts.heading_lines(workbook), [grid], facts.foot(copy))
    return Pack([Sheet("index.html", index), *sheets])


def everybody(workbook: Workbook, findings: Sequence[Finding]) -> list[Reminder]:
    """Everybody who has something open, with all of it."""
    return list(reminders(workbook, findings, {}, steps=STEPS))


def colleague_page(workbook: Workbook, one: Reminder) -> Page:
    """The page of one of them."""
    parts = (("Open", [*one.points]), ("Coming up", [*one.dates.values()]))
    blocks = [Words(title, lines) for title, lines in parts if lines]
    return Page(one.name, facts.heading_lines(workbook), blocks, facts.foot(FullView()))

"""Pages for colleagues: what is open for one teacher, supervisor or owner, and a pack with a page for each."""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.checks.rules import Finding, check
from addin.core.language import phrase
from addin.core.tables.equality import fold
from addin.core.text import counted
from addin.errors import Problem
from addin.reminders.compose import STEPS, Reminder, reminders
from addin.reports import colleague, facts
from addin.reports.packs import Pack, Sheet, file_name, for_people
from addin.reports.page import Block, Grid, Item, Link, Page, Words
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = "colleagues' pages"


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each colleague with open items. Raises Problem where nobody has any."""
    for_people(copy, NAME)
    findings = check(workbook.present, workbook.tables, workbook.settings)
    people = sorted(everybody(workbook, findings), key=lambda one: one.name.casefold())
    if not people:
        raise Problem(
            phrase("Nothing is open for anybody."), where=workbook.target, next=phrase("There is no page to make.")
        )
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


def whole_page(workbook: Workbook, findings: Sequence[Finding], name: str, copy: FullView) -> Page:
    """All that one colleague has to do and has done. Raises Problem for a name that no sheet has."""
    for_people(copy, "colleague's page")
    who = colleague.find(workbook, name)
    mine = [one for one in everybody(workbook, findings) if fold(one.name) in who.names]
    blocks: list[Block] = []
    for one in mine:
        blocks += colleague_page(workbook, one).blocks
    if not any(one.points for one in mine):
        blocks.insert(0, Words("Open", ["Nothing is open."]))
    blocks += colleague.sections(workbook, who)
    return Page(who.name, facts.heading_lines(workbook), blocks, facts.foot(copy))


def colleague_page(workbook: Workbook, one: Reminder) -> Page:
    """What is open for one of them."""
    parts = (("Open", [*one.points]), ("Coming up", [*one.dates.values()]))
    blocks = [Words(title, lines) for title, lines in parts if lines]
    return Page(one.name, facts.heading_lines(workbook), blocks, facts.foot(FullView()))

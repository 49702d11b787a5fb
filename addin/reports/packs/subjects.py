"""A page for each subject: registrations by level, predicted grades and results, coursework, teachers, workshops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from addin.core.ib.people import WITHDRAWN
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.reports import facts, progress
from addin.reports.packs import Pack, Row, Sheet, file_name, needed, rows_of
from addin.reports.page import Bar, Block, Grid, Item, Link, Page, Tile, Tiles, Words
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = phrase("subjects' pages")
TRACKERS = ("registrations", "predicted", "results", "coursework", "pd")


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a page for each subject. Raises Problem where there are no registrations."""
    needed(workbook, "registrations", NAME)
    parts = {name: [row for row in rows_of(workbook, name) if row["subject"]] for name in TRACKERS}
    parts["registrations"] = [row for row in parts["registrations"] if row["status"] != WITHDRAWN]
    sheets, lines = [], list[list[Item]]()
    for number, subject in enumerate(sorted({show(row["subject"]) for row in parts["registrations"]}), 1):
        mine = {name: [row for row in rows if show(row["subject"]) == subject] for name, rows in parts.items()}
        sheets.append(Sheet(file_name("subject", number, subject), _page(workbook, subject, mine, copy)))
        levels = Counter(show(row["level"]) for row in mine["registrations"])
        words = ", ".join(f"{level} {number}" for level, number in sorted(levels.items()))
        lines.append([Link(subject, sheets[-1].name), len(mine["registrations"]), words])
    grid = Grid(counted(len(lines), "subject"), ("Subject", "Candidates", "Levels"), lines, (4, 1, 3), frozenset({1}))
    index = Page("Subjects", facts.heading_lines(workbook), [grid], facts.foot(copy))
    return Pack([Sheet("index.html", index), *sheets])


def _page(workbook: Workbook, subject: str, mine: dict[str, list[Row]], copy: FullView) -> Page:
    levels = Counter(show(row["level"]) for row in mine["registrations"])
    teachers = sorted({show(row["teacher"]) for row in mine["registrations"]} - {""})
    blocks: list[Block] = [Tiles([Tile(str(count), level or "level missing") for level, count in levels.items()])]
    blocks.append(Words("Teachers", teachers or ["No teacher is entered."]))
    for title, name, column in (("Predicted grades", "predicted", "predicted"), ("Results", "results", "grade")):
        if grades := Counter(show(row[column]) for row in mine[name] if row[column] is not None):
            blocks.append(_grades(title, grades, levels=not copy.redacted))
    blocks += _coursework(mine["coursework"])
    attended = sorted({show(row["staff"]) for row in mine["pd"] if row["status"] == "Attended"})
    blocks.append(Words("Workshops attended by", attended or ["Nobody yet."]))
    return Page(subject, facts.heading_lines(workbook), blocks, facts.foot(copy))


def _grades(title: str, grades: Counter[str], *, levels: bool) -> Block:
    """How many have each grade; in a redacted copy only how many there are."""
    total = sum(grades.values())
    if not levels:
        return Words(title, [f"{counted(total, 'grade')}; the distribution is not in a redacted copy."])
    ordered = sorted(grades.items(), reverse=True)
    rows: list[list[Item]] = [[grade, Bar(count / total, f"{count} of {total}", "info")] for grade, count in ordered]
    return Grid(title, ("Grade", "Candidates"), rows, (1, 5))


def _coursework(rows: Sequence[Row]) -> list[Block]:
    tasks: dict[str, list[bool]] = {}
    for row in rows:
        tasks.setdefault(show(row["task"]) or "Task missing", []).append(row["submitted"] is not None)
    lines: list[list[Item]] = []
    for task, done in sorted(tasks.items()):
        share = sum(done) / len(done)
        lines.append([task, Bar(share, f"{sum(done)} of {len(done)} submitted", progress.tone(share))])
    return [Grid("Coursework", ("Task", "Submitted"), lines, (3, 5))] if lines else []

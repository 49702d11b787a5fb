"""Charts for the school: CAS balance, submissions by date, registrations by subject, workshops, predicted points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from addin.core.ib import session as sessions
from addin.core.ib.days import day
from addin.core.ib.people import WITHDRAWN, has_left
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import facts, progress
from addin.reports.packs import Pack, Sheet, rows_of
from addin.reports.page import Bar, Block, Grid, Item, Page, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

STRANDS = ("Creativity", "Activity", "Service")
BANDS = ((0, 23, "error"), (24, 27, "warning"), (28, 31, "info"), (32, 35, "good"), (36, 42, "good"))
SIX = 6
"""Subjects of a diploma; fewer predicted grades have no total yet."""


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return one page of charts; counts only, nobody is named. Raises Problem where there is nothing to draw."""
    codes = _candidates(workbook)
    made = (
        _cas(workbook, codes),
        _deadlines(workbook),
        _registrations(workbook),
        _workshops(workbook),
        _points(workbook, codes),
    )
    blocks: list[Block] = [grid for grid in made if grid]
    if not blocks:
        raise Problem(
            phrase("There is nothing to draw."),
            where=workbook.target,
            next=phrase("Fill in Candidates, CAS or PD first."),
        )
    page = Page("Charts", facts.heading_lines(workbook), blocks, "Counts only: no student and no colleague is named.")
    return Pack([Sheet("index.html", page)])


def _candidates(workbook: Workbook) -> set[str]:
    """The codes of the session's candidates who are here; of all where no session is set."""
    session = sessions.parse(str(workbook.settings.values.get("session") or ""))
    return {
        show(row["code"]).strip()
        for row in rows_of(workbook, "candidates")
        if row["code"]
        and not has_left(row, workbook.settings.today)
        and (session is None or sessions.parse(show(row["session"])) == session)
    }


def _chart(title: str, what: str, lines: Sequence[tuple[str, float, float, str, str]], note: str = "") -> Grid | None:
    """A chart: label, number, whole, words, tone ("" by the share)."""
    rows: list[list[Item]] = []
    for label, number, whole, words, tone in lines:
        share = number / whole if whole else 0.0
        rows.append([label, Bar(share, words, tone or progress.tone(share))])
    return Grid(title, (what, "Share"), rows, (3, 5), note=note) if rows else None


def _cas(workbook: Workbook, codes: set[str]) -> Grid | None:
    students: dict[str, set[str]] = {strand: set() for strand in STRANDS}
    for row in rows_of(workbook, "cas"):
        code = show(row["candidate"]).strip()
        for strand in STRANDS:
            if code in codes and strand in show(row["strand"]):
                students[strand].add(code)
    if not codes or not any(students.values()):
        return None
    lines = [(s, len(found), len(codes), f"{len(found)} of {len(codes)} students", "") for s, found in students.items()]
    return _chart("CAS balance", "Strand", lines, "Students of the session with at least one entry in the strand.")


def _deadlines(workbook: Workbook) -> Grid | None:
    found: dict[date, list[bool]] = {}
    for name in ("coursework", "core"):
        for row in rows_of(workbook, name):
            due = day(row.get("due"))
            if due:
                found.setdefault(due, []).append(row.get("submitted") is not None)
    today = workbook.settings.today
    lines = []
    for due, done in sorted(found.items())[-12:]:
        late = due < today and not all(done)
        words = f"{sum(done)} of {len(done)} submitted{', overdue' if late else ''}"
        lines.append((on(due), float(sum(done)), float(len(done)), words, "error" if late else ""))
    return _chart("Deadlines and submissions", "Due", lines)


def _registrations(workbook: Workbook) -> Grid | None:
    session = sessions.parse(str(workbook.settings.values.get("session") or ""))
    found: dict[str, dict[str, int]] = {}
    for row in rows_of(workbook, "registrations"):
        mine = session is None or sessions.parse(show(row["session"])) == session
        if row["subject"] and mine and row["status"] != WITHDRAWN:
            levels = found.setdefault(show(row["subject"]), {})
            levels[show(row["level"])] = levels.get(show(row["level"]), 0) + 1
    most = max((sum(levels.values()) for levels in found.values()), default=1)

    def line(subject: str, levels: Mapping[str, int]) -> tuple[str, float, float, str, str]:
        words = " · ".join(f"{level} {number}" for level, number in sorted(levels.items()))
        return subject, float(sum(levels.values())), float(most), words, "info"

    ordered = sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return _chart("Registrations by subject", "Subject", [line(*one) for one in ordered])


def _workshops(workbook: Workbook) -> Grid | None:
    """Of the colleagues with a role in each subject, how many have attended a workshop."""
    everyone: dict[str, set[str]] = {}
    came: dict[str, set[str]] = {}
    for row in rows_of(workbook, "pd"):
        subject, staff = show(row["subject"]) or show(row["role"]), show(row["staff"])
        if subject and staff and row["status"] != "Cancelled":
            everyone.setdefault(subject, set()).add(staff)
            if row["status"] == "Attended":
                came.setdefault(subject, set()).add(staff)
    lines = [
        (
            subject,
            float(len(came.get(subject, ()))),
            float(len(staff)),
            f"{len(came.get(subject, ()))} of {counted(len(staff), 'colleague')}",
            "",
        )
        for subject, staff in sorted(everyone.items())
    ]
    return _chart("Professional development", "Subject or role", lines, "Colleagues who have attended a workshop.")


def _points(workbook: Workbook, codes: set[str]) -> Grid | None:
    """Predicted points of those with six predicted grades, in bands."""
    grades: dict[str, list[int]] = {}
    for row in rows_of(workbook, "predicted"):
        code, grade = show(row["candidate"]).strip(), show(row["predicted"])
        if code in codes and row["level"] in ("SL", "HL") and grade.isdecimal():
            grades.setdefault(code, []).append(int(grade))
    totals = [sum(sorted(found)[-SIX:]) for found in grades.values() if len(found) >= SIX]
    lines = []
    for low, high, tone in BANDS:
        number = sum(low <= total <= high for total in totals)
        label = f"{low} to {high} points"
        lines.append((label, float(number), float(len(totals)), f"{number} of {len(totals)} candidates", tone))
    note = "Sum of six predicted grades, without the points for essay and TOK; 24 is the usual minimum with them."
    return _chart("Diploma risk", "Predicted", lines, note) if totals else None

"""The page for the head of school: who is behind, what needs attention, what is overdue and what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from addin.core.checks.context import WorkbookContext
from addin.core.checks.rules import Finding
from addin.core.checks.words import WORDS
from addin.core.ib import session as sessions
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.text import counted
from addin.core.trackers import Tracker
from addin.reports import dates, progress
from addin.reports.page import Block, Grid, Item, Page, Pill, Tile, Tiles, Words, on
from addin.reports.redact import FullView, is_code
from addin.workspace.workbook import Workbook

LEVELS = ("error", "warning", "info")
MOST_PROBLEMS = 4
MOST_DATES = 3
FEW_TRACKERS = 8
"""More trackers than this are not listed: the page is one page."""
AHEAD = 120
"""So many days ahead are the IB's dates shown; dates of a school's own are nearer things: see OWN_AHEAD."""
OWN_AHEAD = 28
PASSED = 0
"""A date of the IB that is over for longer is not shown any more."""


def page(workbook: Workbook, findings: Sequence[Finding], copy: FullView) -> Page:
    """The head's page of a checked workbook: one page, without cells and addresses."""
    context = WorkbookContext(workbook.trackers, workbook.tables, workbook.settings)
    blocks: list[Block] = [_tiles(workbook, findings)]
    views = [(tracker, view) for tracker in workbook.present.values() for view in tracker.views]
    blocks += progress.overview(views, context, copy)
    blocks += [block for block in (_problems(workbook, findings, copy), _late(workbook, findings, copy)) if block]
    blocks.append(_next(workbook))
    if len(workbook.present) <= FEW_TRACKERS:
        blocks.append(_trackers(workbook, findings))
    if workbook.remarks:
        blocks.append(Words("Not read", list(workbook.remarks)))
    return Page("IB programme status", heading_lines(workbook), blocks, foot(copy))


def heading_lines(workbook: Workbook) -> list[str]:
    """School, session and day."""
    session = sessions.parse(str(workbook.settings.values.get("session") or ""))
    name = str(workbook.settings.school.get("name") or "")
    parts = [name, f"Session {session.name}" if session else "", on(workbook.settings.today)]
    return [" · ".join(part for part in parts if part)]


def foot(copy: FullView) -> str:
    """What kind of copy this is."""
    if copy.redacted:
        return "Redacted copy: private columns are left out; candidates have pseudonyms. Staff names stay."
    return "Confidential: personal data of students. Do not pass on; a redacted copy can be made for that."


def _tiles(workbook: Workbook, findings: Sequence[Finding]) -> Tiles:
    count = {level: sum(f.level == level for f in findings) for level in LEVELS}
    late = len(dates.overdue(workbook, findings))
    errors = "error to fix" if count["error"] == 1 else "errors to fix"
    warnings = "warning to look at" if count["warning"] == 1 else "warnings to look at"
    tiles = [
        Tile(f"{count['error']:,}", errors, _if(count["error"], "error")),
        Tile(f"{count['warning']:,}", warnings, _if(count["warning"], "warning")),
        Tile(f"{late:,}", "overdue", _if(late, "warning")),
    ]
    today = workbook.settings.today
    coming = [one for one in dates.of_the_ib(workbook.settings) if one.starts and one.starts >= today]
    if coming and coming[0].starts:
        tiles.append(Tile(on(coming[0].starts), f"next IB date, {dates.in_days(coming[0].starts, today)}"))
    return Tiles(tiles)


def _if(number: int, tone: str) -> str:
    return tone if number else "good"


def _trackers(workbook: Workbook, findings: Sequence[Finding]) -> Words:
    """One line: how many rows and errors each tracker has."""
    parts = []
    for name, tracker in workbook.present.items():
        wrong = sum(f.tracker == name and f.level == "error" for f in findings)
        errors = f" ({counted(wrong, 'error')})" if wrong else ""
        parts.append(f"{tracker.title} {len(workbook.tables[name]):,}{errors}")
    return Words("Rows in each tracker", [" · ".join(parts)])


def _problems(workbook: Workbook, findings: Sequence[Finding], copy: FullView) -> Block:
    """The kinds of problem, worst first: one line for each rule, with an example."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.level, finding.tracker, finding.rule), []).append(finding)
    if not kinds:
        return Words("What needs attention", ["No problems found."])
    order = list(workbook.present)
    ranked = sorted(kinds.items(), key=lambda kind: (LEVELS.index(kind[0][0]), -len(kind[1]), order.index(kind[0][1])))
    rows: list[list[Item]] = []
    about = whose(workbook)
    for (level, name, _), found in ranked[:MOST_PROBLEMS]:
        said = without_places(finding_text(workbook.trackers[name], found[0], copy))
        code = about.get((found[0].sheet, found[0].row), "")
        said += f" ({copy.value(workbook.trackers['candidates'], 'code', code)})" if code and code not in said else ""
        rows.append([Pill(level, level), len(found), workbook.trackers[name].title, said])
    rest = ranked[MOST_PROBLEMS:]
    note = ""
    if rest:
        note = f"{sum(len(found) for _, found in rest):,} more: see Findings in the workbook."
    headers = ("Level", "How many", "Tracker", "For example")
    return Grid("What needs attention", headers, rows, (1.1, 1, 2.3, 7), frozenset({1}), note)


_ADDRESS = regex(r"[^\s@<>“”\"]+@[^\s@<>“”\"]+")
_PLACE = regex(r"\s*\((?:see |also )?(?:in |on )?(?:sheet [^()]*, )?rows? [\d, and]+[^()]*\)|\b\w+![A-Z]+\d+")


def without_places(text: str) -> str:
    """A sentence without cells, rows and e-mail addresses: its reader has no workbook."""
    return _ADDRESS.sub("(address)", _PLACE.sub("", text))


def whose(workbook: Workbook) -> dict[tuple[str, int], str]:
    """(sheet, row) -> the code of the candidate whom that row is about; rows about nobody are left out."""
    found: dict[tuple[str, int], str] = {}
    for name, tracker in workbook.present.items():
        table = workbook.tables[name]
        for column in (column for column in tracker.columns if is_code(tracker, column)):
            for sheet, row, value in zip(table.sheets, table.rows, table.columns[column], strict=True):
                if value is not None:
                    found.setdefault((sheet, row), show(value).strip())
    return found


def finding_text(tracker: Tracker, finding: Finding, copy: FullView) -> str:
    """A finding in words; in a redacted copy without anything that is in a cell."""
    if not copy.redacted:
        return finding.message
    rule = next((rule for rule in tracker.rules if rule.id == finding.rule), None)
    if rule and rule.say:
        return re.sub(r"\{\w+\}", "…", rule.say)
    column = next((c.name for c in tracker.columns.values() if c.header == finding.column), "")
    kind = finding.rule.removeprefix(column.replace("_", "-") + "-") if column else finding.rule
    return f"{finding.column or 'Row'}: {_KINDS.get(kind, kind.replace('-', ' '))}"


_KINDS = {word.replace("_", "-"): entry.kind for word, entry in WORDS.items()} | {
    "type": "cannot be read", "key": "is a duplicate", "date-two-ways": "can be read in two ways",
    "date-as-text": "is text, not a date", "number-as-text": "is text, not a number", "other-name": "has another name",
    "yes-no-as-text": "is text, not Yes or No", "several-meanings": "can mean several choices",
    "missing-columns": "columns are missing",
}  # fmt: skip
"""What is wrong with a cell, for copies that may quote none."""


def _late(workbook: Workbook, findings: Sequence[Finding], copy: FullView) -> Block | None:
    late = dates.overdue(workbook, findings)
    rows: list[list[Item]] = []
    for due in late[:MOST_DATES]:
        ago = dates.in_days(due.day, workbook.settings.today).removesuffix(" ago")
        rows.append([due_name(workbook, due, copy), workbook.trackers[due.tracker].title, on(due.day), ago])
    more = len(late) - len(rows)
    note = f"and {more} more." if more else ""
    return (
        Grid("Overdue", ("What", "Tracker", "Was due", "Late by"), rows, (4, 2, 1.5, 1.3), note=note) if rows else None
    )


def due_name(workbook: Workbook, due: dates.Due, copy: FullView) -> str:
    """Which row a date belongs to: its key, and the column that names it."""
    tracker, table = workbook.trackers[due.tracker], workbook.tables[due.tracker]
    named = [name for name in ("item", "title", "workshop", *tracker.key) if name in tracker.columns]
    parts = []
    for name in dict.fromkeys(named):
        value = table.columns[name][due.index]
        if value is not None and tracker.columns[name].type != "date" and copy.shows(tracker.columns[name]):
            parts.append(copy.value(tracker, name, value))
    return " · ".join(parts) or f"row {table.rows[due.index]}"


def _next(workbook: Workbook) -> Block:
    """The IB's dates and the school's own, the next first; what sources disagree on is said, never chosen."""
    today = workbook.settings.today
    known = dates.of_the_ib(workbook.settings)
    lines: list[tuple[object, list[Item]]] = []
    for one in known:
        if one.starts and today - timedelta(PASSED) <= one.starts <= today + timedelta(AHEAD):
            passed = (one.ends or one.starts) < today
            state = (
                Pill("passed", "plain") if passed else Pill(dates.in_days(one.starts, today), _near(one.starts, today))
            )
            event = one.event
            span = on(one.starts) + (f" to {on(one.ends)}" if one.ends else "")
            lines.append((one.starts, [span, event, f"IB {one.programme}", state]))
    own: dict[tuple[object, str], int] = {}
    for due in dates.coming(workbook, OWN_AHEAD):
        own[due.day, due.tracker] = own.get((due.day, due.tracker), 0) + 1
    for (day, name), number in own.items():
        assert isinstance(day, type(today))
        state = Pill(dates.in_days(day, today), _near(day, today))
        lines.append((day, [on(day), f"{counted(number, 'row')} due", workbook.trackers[name].title, state]))
    if not lines:
        why = "No date of the IB or of your own is near." if known else "No exam session is set on the Settings sheet."
        return Words("Next dates", [why])
    rows = [row for _, row in sorted(lines, key=lambda line: str(line[0]))]
    note = "Check each date of the IB against your own notice: not every source is the IB." if known else ""
    more = len(rows) - MOST_DATES
    note = (f"and {more} more. " if more > 0 else "") + note
    return Grid("Next dates", ("Date", "What", "Whose", "When"), rows[:MOST_DATES], (2.2, 5, 1.6, 1.3), note=note)


def _near(day: object, today: object) -> str:
    assert isinstance(day, type(today))
    days = (day - today).days  # type: ignore[operator]
    return "error" if days <= 7 else "warning" if days <= 28 else "plain"

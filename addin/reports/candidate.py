"""One student's sheet, to be read, corrected and signed: details, subjects, core, CAS, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from addin.core.book import Value
from addin.core.checks.rules import Finding
from addin.core.ib.people import WITHDRAWN
from addin.core.language import phrase
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.reports import progress
from addin.reports.facts import finding_text, foot, heading_lines
from addin.reports.page import Bar, Block, Fields, Grid, Item, Page, Pill, Signatures, Words, on
from addin.reports.redact import FullView, is_code
from addin.reports.students import Students
from addin.workspace.workbook import Workbook

DETAILS = (
    "last_name", "first_names", "preferred_name", "birth_date", "nationality", "second_nationality", "first_language",
    "second_language", "email", "session", "category", "year_group", "adviser", "school_code", "session_number",
    "personal_code", "joined",
)  # fmt: skip
"""What a student checks and signs; what the school keeps about a family is not on it."""
COLUMNS: Mapping[str, Sequence[str]] = {
    "registrations": ("subject", "level", "response_language", "contributing", "teacher", "status"),
    "cas": ("title", "kind", "strand", "outcomes", "start", "end", "status"),
    "inventory": ("asset", "item", "lent_on", "due"),
}
CORE_LEVELS = ("EE", "TK")
MOST_COLUMNS = 6
MOST_ROWS = 60


def page(workbook: Workbook, findings: Sequence[Finding], copy: FullView, code: str) -> Page:
    """The sheet of the candidate with this code. Raises Problem where there is none, or more than one."""
    return sheet(Students(workbook, findings, copy), code)


def sheet(students: Students, code: str) -> Page:
    """As `page`, for one of many."""
    workbook, copy = students.workbook, students.copy
    index = find(workbook, code)
    tracker, table = workbook.trackers["candidates"], workbook.tables["candidates"]
    row = table.row(index)
    shown = copy.value(tracker, "code", row["code"])
    names = " ".join(show(row[n]) for n in ("first_names", "last_name") if row[n] and copy.shows(tracker.columns[n]))
    blocks: list[Block] = [Fields("Details to check", list(details(tracker, row, copy)))]
    blocks += subjects(students, code)
    blocks += _aims(students, code)
    blocks.append(_open(students, code))
    blocks.append(
        Signatures(
            "Signed",
            "I have checked these details and marked any corrections.",
            ("Student", "Parent or guardian", "Coordinator"),
        )
    )
    blocks += _others(students, code)
    lines = [f"Candidate {shown}", *heading_lines(workbook)]
    return Page(names or f"Candidate {shown}", lines if names else lines[1:], blocks, foot(copy))


def find(workbook: Workbook, code: str) -> int:
    """The row of a candidate. Raises Problem where there is none, or more than one."""
    if "candidates" not in workbook.tables:
        raise Problem(
            phrase("There is no Candidates sheet in it."),
            where=workbook.target,
            next=phrase("A student's sheet needs the list of students."),
        )
    table = workbook.tables["candidates"]
    codes = [show(value).strip() for value in table.columns["code"]]
    found = [index for index, value in enumerate(codes) if value == code.strip()]
    if len(found) == 1:
        return found[0]
    if found:
        rows = " and ".join(str(table.rows[index]) for index in found)
        raise Problem(
            phrase("{code} is in rows {rows} of Candidates.", code=code, rows=rows),
            next=phrase("Keep one row, or correct the other; then try again."),
        )
    near = get_close_matches(code.strip(), codes, n=3, cutoff=0.5)
    near = [value for value in codes if value and value.lstrip("0") == code.strip().lstrip("0")] or near
    raise Problem(
        phrase("There is no candidate with the code {code}.", code=code),
        next=phrase("Did you mean {near}?", near=" or ".join(near))
        if near
        else phrase("The Candidates sheet lists the codes."),
    )


def _worded(value: Value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return on(value) if isinstance(value, date) else show(value)


def _cell(copy: FullView, tracker: Tracker, name: str, value: Value) -> str:
    return _worded(value) if isinstance(value, (bool, date)) else copy.value(tracker, name, value)


def details(tracker: Tracker, row: Mapping[str, Value], copy: FullView) -> Iterator[tuple[str, str]]:
    """What a student checks: headers and values."""
    for name in DETAILS:
        if name in tracker.columns and copy.shows(tracker.columns[name]) and row[name] is not None:
            yield tracker.columns[name].header, _cell(copy, tracker, name, row[name])


def _grid(title: str, tracker: Tracker, table: Table, indexes: Sequence[int], copy: FullView) -> Grid:
    names = [name for name in COLUMNS.get(tracker.name, _telling(tracker, table, indexes)) if name in tracker.columns]
    names = [name for name in names if copy.shows(tracker.columns[name])]
    rows = [[_cell(copy, tracker, name, table.raw(name)[i]) for name in names] for i in indexes[:MOST_ROWS]]
    widths = [
        max([4.0, *(min(28.0, len(row[n]) + 1.0) for row in rows), len(tracker.columns[name].header) * 0.8])
        for n, name in enumerate(names)
    ]
    more = len(indexes) - len(rows)
    return Grid(
        title, [tracker.columns[n].header for n in names], rows, widths, note=f"and {more} more." if more else ""
    )


def _telling(tracker: Tracker, table: Table, indexes: Sequence[int]) -> list[str]:
    """Columns of a tracker of the school's own that hold something about this student and are nobody's secret."""
    return [
        name
        for name, column in tracker.columns.items()
        if not (column.private or column.calculated or is_code(tracker, name))
        and any(table.columns[name][index] is not None for index in indexes)
    ][:MOST_COLUMNS]


def subjects(students: Students, code: str, *, withdrawn: bool = True) -> Iterator[Grid]:
    """The subjects, and apart from them the core: essay and theory of knowledge; `withdrawn` ones where wanted."""
    workbook, copy = students.workbook, students.copy
    if "registrations" not in workbook.tables:
        return
    tracker, table = workbook.trackers["registrations"], workbook.tables["registrations"]
    indexes = [
        i
        for i in students.rows("registrations", "candidate", code)
        if withdrawn or table.columns["status"][i] != WITHDRAWN
    ]
    core = [i for i in indexes if table.columns["level"][i] in CORE_LEVELS]
    others = [i for i in indexes if i not in core]
    yield _grid("Subjects" if others else "Subjects: none registered", tracker, table, others, copy)
    yield _grid("Core" if core else "Core: neither essay nor TOK registered", tracker, table, core, copy)


def _aims(students: Students, code: str) -> Iterator[Grid]:
    """How far this student has come, in every view with aims that has a line for each candidate."""
    for view, aims, lines, asked in students.views:
        line = lines.get(code.strip())
        if line is None or (asked is not None and line.value not in asked):
            continue
        rows: list[list[Item]] = []
        for name, aim in aims.items():
            value = line.measures[name]
            number = value if isinstance(value, (int, float)) else 0
            share = min(1.0, number / aim)
            words = f"{show(number)} of {show(aim)}" if number <= aim else f"{show(number)}, {show(aim)} needed"
            rows.append([progress.header(view, name), Bar(share, words, progress.tone(share))])
        yield Grid(view.title, ("What is asked for", "Reached"), rows, (3, 4))


def _others(students: Students, code: str) -> list[Grid]:
    """What the other trackers hold about this student, the shortest first: books, the school's own, CAS entries."""
    workbook, copy, grids = students.workbook, students.copy, []
    for name, tracker in workbook.present.items():
        table, title = workbook.tables[name], tracker.title
        if name in ("candidates", "registrations"):
            continue
        indexes: list[int] = []
        for column in tracker.columns:
            if is_code(tracker, column):
                indexes += [index for index in students.rows(name, column, code) if index not in indexes]
        if name == "inventory" and copy.shows(tracker.columns["lent_to"]):
            back = table.columns["returned"]
            indexes, title = (
                [i for i in students.rows(name, "lent_to", code) if back[i] is None],
                "Books and devices on loan",
            )
        if indexes:
            grids.append(_grid(title, tracker, table, indexes, copy))
    return sorted(grids, key=lambda grid: len(grid.rows))


def _open(students: Students, code: str) -> Block:
    rows: list[list[Item]] = []
    for finding in students.findings(code):
        tracker = students.workbook.trackers[finding.tracker]
        fix = "" if students.copy.redacted else finding.suggestion
        rows.append(
            [Pill(finding.level, finding.level), tracker.title, finding_text(tracker, finding, students.copy), fix]
        )
    if not rows:
        return Words("Still open", ["Nothing: every check is passed."])
    return Grid("Still open", ("Level", "Tracker", "What is wrong", "What to do"), rows, (1.2, 2, 4, 4))

"""Who is missing what: candidates and colleagues against the year's requirements, those who miss most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.checks import summary
from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import summarise
from addin.core.ib.matrices import DONE, LATE, OPEN, Cell, Line, Matrix, candidates, sorted_by_need, staff
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.trackers import Measure, View
from addin.reports import facts
from addin.reports.packs import Pack, Sheet, file_name, names_of, needed
from addin.reports.page import Grid, Item, Link, Page, Pill, Tile, Tiles
from addin.reports.redact import CODE, FullView, RedactedView
from addin.workspace.workbook import Workbook

TONES = {DONE: "good", OPEN: "warning", LATE: "error"}


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index, a page for the candidates of each adviser, one for the staff, and one for CAS outcomes."""
    needed(workbook, "candidates", phrase("list of what is missing"))
    context = WorkbookContext(workbook.trackers, workbook.tables, workbook.settings)
    people, colleagues = candidates(context), staff(context)
    groups: dict[str, list[Line]] = {}
    for line in people.lines:
        groups.setdefault(line.group or "no adviser", []).append(line)
    sheets = [
        Sheet(file_name("adviser", number, name), _page(workbook, f"Adviser: {name}", people, lines, copy, "Candidate"))
        for number, (name, lines) in enumerate(sorted(groups.items()), 1)
    ]
    if colleagues.lines:
        page = _page(workbook, "Staff", colleagues, colleagues.lines, copy, "Colleague")
        sheets.append(Sheet(file_name("staff", len(sheets) + 1), page))
    sheets += _by_outcome(workbook, context, copy, len(sheets))
    return Pack([Sheet("index.html", _index(workbook, people, colleagues, sheets, copy)), *sheets])


def _page(workbook: Workbook, title: str, matrix: Matrix, lines: Sequence[Line], copy: FullView, who: str) -> Page:
    rows: list[list[Item]] = [
        [_name(line, copy, staff=who == "Colleague"), line.missing, *map(_cell, line.cells)]
        for line in sorted_by_need(lines)
    ]
    headers = (who, "Open", *matrix.headers)
    words = (max(len(word) for word in header.split()) for header in matrix.headers)
    widths = (18.0, 7.0, *(max(6.0, float(length)) for length in words))
    return Page(title, facts.heading_lines(workbook), [Grid(title, headers, rows, widths)], facts.foot(copy))


def _by_outcome(workbook: Workbook, context: WorkbookContext, copy: FullView, number: int) -> Iterator[Sheet]:
    """A page for each summary that lists what candidates lack, such as the learning outcomes of CAS."""
    for tracker in workbook.present.values():
        for view in tracker.views:
            listed = next((measure for measure in view.columns if measure.lacks), None)
            if listed is None or view.per != CODE:
                continue
            asked = [line for line in summarise(tracker, view, context) if line.measures[listed.name] is not None]
            asked.sort(key=lambda line: (-sum(not line.measures[name] for name in listed.lacks), show(line.value)))
            if asked:
                number += 1
                page = _outcomes_page(workbook, view, listed, asked, copy)
                yield Sheet(file_name("summary", number, view.title), page)


def _outcomes_page(
    workbook: Workbook, view: View, listed: Measure, lines: Sequence[summary.Line], copy: FullView
) -> Page:
    """Candidates by outcome: how many entries are evidence of each, those who lack most first."""
    names = names_of(workbook)
    headers = {measure.name: measure.header for measure in view.columns}
    rows: list[list[Item]] = []
    for line in lines:
        code = show(line.value).strip()
        who = copy.pseudonym(code) if isinstance(copy, RedactedView) else names.get(code, code)
        counts = [show(line.measures[name]) for name in listed.lacks]
        cells = (Pill(count, "warning" if count == "0" else "good") for count in counts)
        rows.append([who, *cells, show(line.measures[listed.name])])
    heads = ("Candidate", *(headers[name] for name in listed.lacks), listed.header)
    widths = (18.0, *(6.0 for _ in listed.lacks), 26.0)
    return Page(view.title, facts.heading_lines(workbook), [Grid(view.title, heads, rows, widths)], facts.foot(copy))


def _name(line: Line, copy: FullView, *, staff: bool) -> str:
    return copy.pseudonym(line.key) if isinstance(copy, RedactedView) and not staff else line.name


def _cell(cell: Cell) -> Item:
    return Pill(cell.words, TONES[cell.state]) if cell.words else ""


def _index(workbook: Workbook, people: Matrix, colleagues: Matrix, sheets: Sequence[Sheet], copy: FullView) -> Page:
    ready = sum(line.missing == 0 for line in people.lines)
    tiles = Tiles(
        [
            Tile(str(len(people.lines)), "candidates"),
            Tile(str(ready), "miss nothing", "good"),
            Tile(str(sum(line.missing > 0 for line in colleagues.lines)), "colleagues with something open", "warning"),
        ]
    )
    rows: list[list[Item]] = []
    for number, header in enumerate(people.headers):
        states = [line.cells[number].state for line in people.lines]
        rows.append([header, *(sum(state == wanted for state in states) for wanted in (DONE, OPEN, LATE))])
    grid = Grid("By requirement", ("Requirement", "Done", "Open", "No line"), rows, (4, 1, 1, 1), frozenset({1, 2, 3}))
    links = Grid("Pages", ("Page",), [[Link(sheet.page.title, sheet.name)] for sheet in sheets], (1,))
    return Page("Who is missing what", facts.heading_lines(workbook), [tiles, grid, links], facts.foot(copy))

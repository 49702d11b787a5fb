"""validate: check a workbook and show in it what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addin.actions import Tell, silent
from addin.core.book import Book, Edits, Value
from addin.core.checks import marks
from addin.core.checks.people import People
from addin.core.checks.rules import Finding, check
from addin.core.names import DEADLINES, HOME, LISTS, VIEWS
from addin.core.records import record, replace
from addin.core.tables.values import is_number, read_date, read_serial_date
from addin.workspace.commit import commit
from addin.workspace.home_settings import last_check_cell
from addin.workspace.tracker_names import tracker_names
from addin.workspace.workbook import Workbook, opened, read


@record
class Validated:
    """What a check found, tracker by tracker, and whether the workbook shows it."""

    findings: Sequence[Finding]
    rows: dict[str, int]
    titles: dict[str, str]
    written: bool
    """Whether the workbook shows the findings (it was asked to, and does)."""
    more_than_marked: int = 0
    remarks: Sequence[str] = ()
    sheet: str = marks.SHEET
    """The sheet that lists the findings."""

    def count(self, level: str, tracker: str | None = None) -> int:
        """How many findings there are of a level, in one tracker or in all."""
        return sum(f.level == level and tracker in (None, f.tracker) for f in self.findings)


def validate(
    target: str, *, trackers: Sequence[str] = (), write: bool = True, today: date | None = None, tell: Tell = silent
) -> Validated:
    """Check a workbook and, unless told not to, show the findings in it. Raises Problem.

    `trackers` chooses what is told; the whole workbook is checked and shown in any case.
    """
    tell("Reading")
    with opened(target, only=trackers, today=today, verb="validate" if write else "", tell=tell) as workbook:
        return validate_open(workbook, trackers=trackers, write=write, tell=tell)


def validate_book(book: Book, target: str, *, today: date | None = None) -> Validated:
    """As `validate`, for a book that is already open: what a button does."""
    return validate_open(read(book, target, today=today))


def validate_open(
    workbook: Workbook, *, trackers: Sequence[str] = (), write: bool = True, tell: Tell = silent
) -> Validated:
    """As `validate`, for a workbook that has been read."""
    tell("Checking")
    people = People(workbook.trackers, workbook.tables, workbook.settings.language)
    findings = people.named(check(workbook.present, workbook.tables, workbook.settings))
    findings = marks.on_visible_cells(findings, workbook.grids)
    if write:
        tell("Marking")
        show(workbook, findings)
    if trackers:
        trackers = tracker_names(trackers, workbook.trackers)
        findings = [f for f in findings if f.tracker in trackers]
    wanted = [name for name in workbook.tables if not trackers or name in trackers]
    cells = {(f.sheet, f.cell) for f in findings}
    return Validated(
        findings,
        {name: len(workbook.tables[name]) for name in wanted},
        {name: workbook.trackers[name].title for name in wanted},
        write,
        max(0, len(cells) - marks.MOST_MARKS),
        workbook.remarks,
        marks.own_sheet(workbook.grids, workbook.settings.written),
    )


def show(workbook: Workbook, findings: Sequence[Finding]) -> bool:
    """Show the findings in the workbook and give new rows their ids; True where something had to change."""
    edits = edits_to_show(workbook, findings)
    commit(workbook, edits, verb="validate")
    return bool(edits)


def edits_to_show(workbook: Workbook, findings: Sequence[Finding]) -> Edits:
    """What to change so that the workbook shows these findings and each row has its id."""
    written = workbook.settings.written
    name = marks.own_sheet(workbook.grids, written)
    old = workbook.grids.get(name)
    before = marks.marked_before(old)
    ids = new_row_ids(workbook)
    findings = [replace(f, id=ids.named.get((f.sheet, f.row), f.id)) for f in findings]
    places = marks.Places(workbook.trackers, workbook.tables)
    looks = workbook.book.looks(sorted(marks.cells_to_look_at(findings, before, places)))
    home = workbook.grids.get(written.say(HOME))
    checked = last_check_cell(home, written)
    links = _strip(workbook, name) if checked else []
    edits = marks.edits(findings, before, places, looks, old, name, written, links)
    edits.cells.update(ids.edits.cells)
    if workbook.settings.links:
        from addin.actions.links_sheet import links_sheet, name_of  # with the database of the syncs

        if shared := links_sheet(workbook):
            edits.sheets[name_of(workbook)] = shared
    if home and checked and _as_day(home.value(*checked[1:])) != workbook.settings.today:
        edits.cells[checked] = workbook.settings.today
    if home is None:
        return edits
    from addin.actions.stored_results import with_checked_home  # only who writes pays for it

    return with_checked_home(workbook, edits, findings)


def _strip(workbook: Workbook, findings: str) -> list[tuple[str, str]]:
    """The links beside the headers of Findings, to the sheets that a person of this workbook sees."""
    from addin.core.navigation import strip  # only who writes pays for it

    say = workbook.settings.written.say
    unread, hidden = {say(VIEWS), say(DEADLINES)}, say(LISTS)
    there = workbook.book.sheets()
    seen = [
        one
        for one in there
        if one in unread or (one != hidden and one in workbook.grids and not workbook.grids[one].hidden)
    ]
    visible = seen if findings in seen else [*seen, findings]  # a new one comes last
    return strip(findings, visible, lambda name: name if name in there else say(name))


def _as_day(value: Value) -> Value:
    """The day in a cell; Google and a cell without a date format give its number."""
    return read_serial_date(value)[0] if is_number(value) else read_date(value)[0] if value else None


@record
class NewIds:
    """Ids for rows that have none: the cells to write, and who got which."""

    edits: Edits
    named: dict[tuple[str, int], str]


def new_row_ids(workbook: Workbook) -> NewIds:
    """An id for each row without one, in the sheets that have a column for them."""
    given = NewIds(Edits(), {})
    if workbook.settings.links:
        return given  # in a linked workbook a bare row may have lost its id: sync looks into that first
    for table in workbook.tables.values():
        with_ids = {sheet for sheet, layout in table.layouts.items() if layout.id_column}
        bare = [i for i, row_id in enumerate(table.ids) if not row_id and table.sheets[i] in with_ids]
        if not bare:
            continue
        from random import SystemRandom  # only new rows pay for it

        from addin.core.tables.row_ids import new_ids

        for index, row_id in zip(bare, new_ids([i for i in table.ids if i], len(bare), SystemRandom()), strict=True):
            sheet, row = table.sheets[index], table.rows[index]
            column = table.layouts[sheet].id_column
            assert column is not None
            given.edits.cells[sheet, row, column] = row_id
            given.named[sheet, row] = row_id
    return given

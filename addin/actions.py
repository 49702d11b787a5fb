"""The verbs: where core meets edge. The command line, the buttons and the scheduled scripts all call these.

Each takes what a person named and gives back facts; the words for a person are made at the edges (cli.py, buttons.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import SystemRandom

from addin import marks
from addin.adopt import Adopted, layout_settings
from addin.adopt import plan as plan_adoption
from addin.backends import Book, Edits, open_book
from addin.check import Finding, check
from addin.exporters import export as write_export
from addin.recognise import NotUnderstood, Understood, as_told, recognise
from addin.settings import FILE, write_layouts
from addin.settings import load as load_settings
from addin.sync.identity import new_ids
from addin.trackers import load_all
from addin.workbook import OWN_SHEETS, Workbook, folder_of, opened, read

Tell = Callable[[str], None]
"""Told what is being done, so that a person sees progress."""


def silent(step: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Validated:
    """What a check found, tracker by tracker, and whether the workbook shows it."""

    findings: Sequence[Finding]
    rows: dict[str, int]
    titles: dict[str, str]
    written: bool
    """Whether the workbook shows the findings (it was asked to, and does)."""
    more_than_marked: int = 0
    remarks: Sequence[str] = field(default=())

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
    with opened(target, only=trackers, today=today) as workbook:
        return validate_open(workbook, trackers=trackers, write=write, tell=tell)


def validate_book(book: Book, target: str, *, today: date | None = None) -> Validated:
    """As `validate`, for a book that is already open: what a button does."""
    return validate_open(read(book, target, today=today))


def validate_open(
    workbook: Workbook, *, trackers: Sequence[str] = (), write: bool = True, tell: Tell = silent
) -> Validated:
    """As `validate`, for a workbook that has been read."""
    tell("Checking")
    findings = check(workbook.present, workbook.tables, workbook.settings)
    if write:
        tell("Marking")
        show(workbook, findings)
    if trackers:
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
    )


def show(workbook: Workbook, findings: Sequence[Finding]) -> bool:
    """Show the findings in the workbook and give new rows their ids; True where something had to change."""
    old = workbook.grids.get(marks.SHEET)
    before = marks.marked_before(old)
    ids = new_row_ids(workbook)
    findings = [replace(f, id=ids.named.get((f.sheet, f.row), f.id)) for f in findings]
    places = marks.Places(workbook.trackers, workbook.tables)
    looks = workbook.book.looks(sorted(marks.cells_to_look_at(findings, before, places)))
    edits = marks.edits(findings, before, places, looks, old)
    edits.cells.update(ids.edits.cells)
    workbook.book.apply(edits)
    return bool(edits)


@dataclass(slots=True)
class NewIds:
    """Ids for rows that have none: the cells to write, and who got which."""

    edits: Edits
    named: dict[tuple[str, int], str]


def new_row_ids(workbook: Workbook) -> NewIds:
    """An id for each row without one, in the sheets that have a column for them."""
    given = NewIds(Edits(), {})
    if workbook.settings.links:
        return given  # in a linked workbook a bare row may have lost its id: sync looks into that first
    random = SystemRandom()
    for table in workbook.tables.values():
        bare = [i for i, row_id in enumerate(table.ids) if not row_id and table.layouts[table.sheets[i]].id_column]
        for index, row_id in zip(bare, new_ids([i for i in table.ids if i], len(bare), random), strict=True):
            sheet, row = table.sheets[index], table.rows[index]
            column = table.layouts[sheet].id_column
            assert column is not None
            given.edits.cells[sheet, row, column] = row_id
            given.named[sheet, row] = row_id
    return given


@dataclass(frozen=True, slots=True)
class AdoptedBook:
    """What was understood of a person's workbook, what was not, and what was written."""

    understood: Sequence[Understood]
    not_understood: Sequence[NotUnderstood]
    adopted: Sequence[Adopted]
    settings: Path
    titles: dict[str, str]


def adopt(target: str, *, dry_run: bool = False, tell: Tell = silent) -> AdoptedBook:
    """Make a person's own workbook a live tracker, in place; with `dry_run` only say what would be done.

    What a person has written into ib-trackers.toml about a sheet is kept and used. Raises Problem.
    """
    tell("Reading")
    book = open_book(target)
    try:
        folder = folder_of(book, target)
        settings = load_settings(folder, today=date.today())
        trackers = load_all(folder / "trackers")
        grids = book.read([name for name in book.sheets() if name not in OWN_SHEETS])
        tell("Recognising")
        told = {given["sheet"]: (name, given) for name, sheets in settings.layouts.items() for given in sheets}
        found = [
            as_told(grid, trackers, *told[sheet]) if sheet in told else recognise(grid, trackers, settings.lists)
            for sheet, grid in grids.items()
        ]
        understood = [one for one in found if isinstance(one, Understood)]
        edits, adopted = plan_adoption(understood, grids, trackers, SystemRandom())
        if not dry_run and understood:
            tell("Writing")
            book.apply(edits)
            layouts: dict[str, list[dict[str, object]]] = {}
            for one in understood:
                layouts.setdefault(one.tracker, []).append(layout_settings(one))
            write_layouts(folder, layouts)
    finally:
        book.close()
    others = [one for one in found if isinstance(one, NotUnderstood)]
    return AdoptedBook(understood, others, adopted, folder / FILE, {n: t.title for n, t in trackers.items()})


def export(
    target: str, *, to: str, out: Path, trackers: Sequence[str] = (), tell: Tell = silent
) -> tuple[list[Path], Counter[str]]:
    """Write a workbook's trackers in a format: the files, and how many rows of each tracker. Raises Problem."""
    tell("Reading")
    with opened(target, only=trackers) as workbook:
        if trackers:
            workbook.tables = {name: table for name, table in workbook.tables.items() if name in trackers}
        tell("Writing")
        return write_export(workbook, to, out), Counter({name: len(t) for name, t in workbook.tables.items()})

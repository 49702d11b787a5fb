"""fix: write the certain repairs of a workbook's findings, by group, as one change that undo takes back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from addin.actions import Tell, silent
from addin.actions.stored_results import with_results
from addin.actions.validate import edits_to_show
from addin.core.book import Book
from addin.core.checks import marks
from addin.core.checks.fixes import Group, edits_of, group_fixes, with_fixes
from addin.core.checks.people import People
from addin.core.checks.rules import Finding, check
from addin.core.language import phrase
from addin.core.records import record, replace
from addin.errors import Problem
from addin.workspace.commit import commit
from addin.workspace.workbook import Workbook, opened, read


@record
class Fixed:
    """What can be repaired, what was, and how many findings are left for a person."""

    groups: Sequence[Group]
    written: Sequence[Group] = ()
    left: int = 0


def fix(
    target: str,
    *,
    groups: Collection[int] | None = None,
    write: bool = True,
    trackers: Sequence[str] = (),
    today: date | None = None,
    tell: Tell = silent,
) -> Fixed:
    """Repair a workbook's certain findings; `groups` are numbers, from 1, as listed (None: all). Raises Problem."""
    tell("Reading")
    with opened(target, only=trackers, today=today, verb="fix" if write else "", tell=tell) as workbook:
        tell("Checking")
        return fix_open(workbook, groups=groups, write=write, trackers=trackers)


def fix_book(book: Book, target: str, *, write: bool = True, today: date | None = None) -> Fixed:
    """As `fix`, for a book that is already open: what a button does."""
    return fix_open(read(book, target, today=today), write=write)


def fix_open(
    workbook: Workbook, *, groups: Collection[int] | None = None, write: bool = True, trackers: Sequence[str] = ()
) -> Fixed:
    """As `fix`, for a workbook that has been read."""
    found = find(workbook)
    every = group_fixes(f for f in found if not trackers or f.tracker in trackers)
    unknown = sorted(set(groups or ()) - set(range(1, len(every) + 1)))
    if unknown:
        raise Problem(
            phrase("There is no group {n}.", n=unknown[0]),
            where=workbook.target,
            next=phrase("There are {n}; list them with --dry-run.", n=len(every))
            if every
            else phrase("There is nothing to fix."),
        )
    chosen = [group for number, group in enumerate(every, 1) if groups is None or number in groups]
    if not write or not chosen:
        return Fixed(every, (), len(found))
    after = replace(workbook, tables=with_fixes(workbook.trackers, workbook.tables, chosen))
    left = find(after)
    edits = edits_to_show(after, left)
    edits.cells.update(edits_of(chosen).cells)
    commit(workbook, with_results(workbook, edits), verb="fix")
    return Fixed(every, chosen, len(left))


def find(workbook: Workbook) -> list[Finding]:
    """The findings of a workbook that has been read, as a person sees them."""
    people = People(workbook.trackers, workbook.tables)
    findings = people.named(check(workbook.present, workbook.tables, workbook.settings))
    return marks.on_visible_cells(findings, workbook.grids)

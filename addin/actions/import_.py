"""import: take a list from elsewhere into a workbook; rows that are there are updated, others added, none removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

from addin.actions import Tell, silent
from addin.core import target as targets
from addin.core.book import Edits, Grid
from addin.core.checks.context import World
from addin.core.recognition.import_plan import ImportPlan, plan_import
from addin.core.recognition.likeness import weights
from addin.core.recognition.matching import LEAST, best_row
from addin.core.recognition.recognise import Match, NotUnderstood, Understood, Unknown, recognise
from addin.core.recognition.row_match import holds_rows
from addin.core.recognition.source import Source
from addin.core.records import replace
from addin.core.settings import Lists
from addin.core.tables.table import Layout, find, plain
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.importers import read
from addin.workspace.commit import commit
from addin.workspace.tracker_files import load_all
from addin.workspace.workbook import Workbook, opened


@dataclass(slots=True)
class Imported:
    """What was taken from a source, sheet by sheet, and what was left alone."""

    plans: list[ImportPlan] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)
    written: bool = False
    declined: bool = False

    @property
    def to_look_at(self) -> int:
        """How many rows or cells a person has to look at."""
        return sum(one.to_look_at for one in self.plans)

    @property
    def edits(self) -> Edits:
        """Everything that is written, in one batch."""
        edits = Edits()
        for one in self.plans:
            edits.cells.update(one.edits.cells)
            for sheet, rows in one.edits.rows.items():
                edits.rows.setdefault(sheet, []).extend(rows)
        return edits


Confirm = Callable[[Imported], bool]
"""Shows a person what is about to be written; False writes nothing."""


def yes(_: Imported) -> bool:
    """Confirm everything, for callers who ask nobody."""
    return True


def import_(
    source: Path, target: str, *, tracker: str = "", sheet: str = "", encoding: str = "", dry_run: bool = False,
    confirm: Confirm = yes, tell: Tell = silent,
) -> Imported:  # fmt: skip
    """Take a CSV file or a workbook into a target; with `dry_run` only decide what would change. Raises Problem.

    `confirm` gets the whole plan before anything is written. `sheet` takes one sheet only, hidden or not.
    """
    if targets.is_file(target) and Path(target).resolve() == source.resolve():
        raise Problem("is the same file as the one to import into.", where=str(source), next="Name two files.")
    tell("Reading")
    sources = _chosen(read(source, encoding=encoding), sheet, source)
    with opened(target, only=[tracker] if tracker else (), verb="" if dry_run else "import", tell=tell) as workbook:
        tell("Comparing")
        result = _planned(workbook, sources, tracker, source)
        edits = result.edits
        if edits and not dry_run:
            if not confirm(result):
                result.declined = True
                return result
            tell("Writing")
            result.written = commit(workbook, edits, verb="import")
    return result


def _chosen(sources: Sequence[Source], sheet: str, path: Path) -> list[Source]:
    """The sheets to look at; one that the person names counts as visible."""
    if not sheet:
        return list(sources)
    found = [replace_hidden(one) for one in sources if plain(one.grid.sheet) == plain(sheet)]
    if not found:
        names = ", ".join(one.grid.sheet for one in sources)
        raise Problem(f"has no sheet {sheet!r}.", where=str(path), next=f"It has: {names}.")
    return found


def replace_hidden(source: Source) -> Source:
    """The sheet as a visible one."""
    return Source(
        replace(source.grid, hidden=False), source.reading, source.assumed, source.widths, source.damaged
    )  # fmt: skip


def _planned(workbook: Workbook, sources: Sequence[Source], only: str, path: Path) -> Imported:
    known = {only: workbook.trackers[only]} if only else load_all(workbook.folder / "trackers")
    result = Imported(titles={name: tracker.title for name, tracker in known.items()})
    world = World(workbook.trackers, workbook.tables, workbook.settings)
    seen: set[str] = set()
    for source in sources:
        found = _recognised(source.grid, known, workbook, only)
        if isinstance(found, Understood) and found.tracker in seen:
            why = f"it is a second sheet of {result.titles[found.tracker]}: import it by itself, with --sheet"
            found = NotUnderstood(source.grid.sheet, why)
        if isinstance(found, NotUnderstood):
            result.not_understood.append(found)
            continue
        seen.add(found.tracker)
        tracker = workbook.trackers[found.tracker]
        result.plans.append(
            plan_import(
                found, source, tracker, workbook.tables[found.tracker], workbook.grids,
                allowed=lambda name, tracker=tracker: world.allowed(tracker, name),  # type: ignore[misc]
                keep_ids=not workbook.settings.links, random=SystemRandom(),
            )
        )  # fmt: skip
    if not result.plans:
        raise _nothing(result, path, only)
    return result


def _nothing(result: Imported, path: Path, only: str) -> Problem:
    why = "; ".join(f"{one.sheet}: {one.why}" for one in result.not_understood) or "it is empty"
    listed = f"Give the columns the tracker's headers; ib-trackers trackers {only or 'NAME'} lists them."
    more = listed if only else f"{listed} Or say which tracker it is: --tracker NAME"
    return Problem(f"nothing in it was recognised ({why}).", where=str(path), next=more)


def _recognised(grid: Grid, known: Mapping[str, Tracker], workbook: Workbook, only: str) -> Understood | NotUnderstood:
    """What a sheet is, weighed against every tracker there is; it must be one that the workbook has."""
    if grid.hidden:
        return NotUnderstood(grid.sheet, f"it is hidden; if you want it, add --sheet {grid.sheet!r}")
    found = understood(grid, known, workbook.settings.lists, told=bool(only))
    if isinstance(found, NotUnderstood) and not only:
        found = _only_present(grid, known, workbook) or _by_content(grid, workbook) or found
    if isinstance(found, Understood) and found.tracker not in workbook.tables:
        title = known[found.tracker].title
        return NotUnderstood(grid.sheet, f"it is a list of {title}, for which {workbook.target} has no sheet")
    return found


def _only_present(grid: Grid, known: Mapping[str, Tracker], workbook: Workbook) -> Understood | None:
    """Where several trackers would do: the one of them that the workbook has."""
    weigh = weights(known)
    enough = [
        name
        for name, tracker in known.items()
        if name in workbook.tables and best_row(grid, typed(tracker), workbook.settings.lists, weigh).enough
    ]
    if len(enough) != 1:
        return None
    found = recognise(grid, {enough[0]: typed(known[enough[0]])}, workbook.settings.lists)
    return found if isinstance(found, Understood) else None


def _by_content(grid: Grid, workbook: Workbook) -> Understood | None:
    """The one tracker whose headers the sheet has, its key among them, and of which it lists rows that are there."""
    found = []
    for name, tracker in workbook.present.items():
        layout = find(grid, typed(tracker))
        if layout and len(layout.columns) >= LEAST and holds_rows(grid, layout, tracker, workbook.tables[name]):
            found.append(_as_understood(grid, tracker, layout))
    return found[0] if len(found) == 1 else None


def understood(
    grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, *, told: bool
) -> Understood | NotUnderstood:  # fmt: skip
    """What a sheet of the source is; where a person named the tracker, its key and one more header are enough."""
    found = recognise(grid, {name: typed(tracker) for name, tracker in trackers.items()}, lists)
    if not told or isinstance(found, Understood) or not grid.values:
        return found
    (tracker,) = trackers.values()
    layout = find(grid, tracker)
    if layout is None:
        return found
    return _as_understood(grid, tracker, layout)


def _as_understood(grid: Grid, tracker: Tracker, layout: Layout) -> Understood:
    header = {number: show(grid.value(layout.header_row, number)) for number in layout.columns.values()}
    matches = [Match(header[number], number, column) for column, number in layout.columns.items()]
    unknown = [Unknown(name, number) for name, number in layout.extra.items()]
    return Understood(grid.sheet, tracker.name, layout.header_row, matches, unknown)


def typed(tracker: Tracker) -> Tracker:
    """The tracker without the columns that its sheet calculates: nothing is imported into them."""
    return replace(tracker, columns={name: one for name, one in tracker.columns.items() if not one.calculated})

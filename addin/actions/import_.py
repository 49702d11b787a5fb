"""import: take a list from elsewhere into a workbook; rows that are there are updated, others added, none removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

from addin.actions import Tell, silent
from addin.core import target as targets
from addin.core.book import Edits, Grid
from addin.core.checks.context import World
from addin.core.recognition.import_plan import Intake, intake
from addin.core.recognition.recognise import Match, NotUnderstood, Understood, Unknown, recognise
from addin.core.records import replace
from addin.core.settings import Lists
from addin.core.tables.table import find, plain
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER, Tracker
from addin.errors import Problem
from addin.importers import read
from addin.workspace.workbook import Workbook, opened


@dataclass(slots=True)
class Imported:
    """What was taken from a source, sheet by sheet, and what was left alone."""

    intakes: list[Intake] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)
    written: bool = False

    @property
    def doubts(self) -> int:
        """How many rows or cells a person has to look at."""
        return sum(len(one.doubts) for one in self.intakes)


def import_(
    source: Path, target: str, *, tracker: str = "", dry_run: bool = False, tell: Tell = silent
) -> Imported:  # fmt: skip
    """Take a CSV file or a workbook into a target; with `dry_run` only say what would change. Raises Problem."""
    if targets.is_file(target) and Path(target).resolve() == source.resolve():
        raise Problem("is the same file as the one to import into.", where=str(source), next="Name two files.")
    tell("Reading")
    grids = read(source)
    with opened(target, only=[tracker] if tracker else ()) as workbook:
        tell("Comparing")
        result = _planned(workbook, grids, tracker, source)
        edits = _together(result.intakes)
        if edits and not dry_run:
            tell("Writing")
            workbook.book.apply(edits)
            result.written = True
    return result


def _planned(workbook: Workbook, grids: Sequence[Grid], only: str, source: Path) -> Imported:
    result = Imported(titles={name: tracker.title for name, tracker in workbook.trackers.items()})
    trackers = {only: workbook.trackers[only]} if only else dict(workbook.present)
    world = World(workbook.trackers, workbook.tables, workbook.settings)
    seen: set[str] = set()
    for grid in grids:
        found = understood(grid, trackers, workbook.settings.lists, told=bool(only))
        if isinstance(found, Understood) and found.tracker in seen:
            found = NotUnderstood(
                grid.sheet, f"it is a second sheet of {result.titles[found.tracker]}: import it by itself"
            )
        if isinstance(found, NotUnderstood):
            result.not_understood.append(found)
            continue
        tracker = workbook.trackers[found.tracker]
        seen.add(found.tracker)
        result.intakes.append(
            intake(
                found, grid, tracker, workbook.tables[found.tracker], workbook.grids,
                allowed=lambda name, tracker=tracker: world.allowed(tracker, name),  # type: ignore[misc]
                keep_ids=not workbook.settings.links, random=SystemRandom(),
            )
        )  # fmt: skip
    if not result.intakes:
        why = "; ".join(f"{one.sheet}: {one.why}" for one in result.not_understood) or "it is empty"
        listed = f"Give the columns the tracker's headers; ib-trackers trackers {only or 'NAME'} lists them."
        raise Problem(
            f"nothing in it was recognised ({why}).", where=str(source),
            next=listed if only else f"{listed} Or say which tracker it is: --tracker NAME",
        )  # fmt: skip
    return result


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
    header = {number: show(grid.value(layout.header_row, number)) for number in layout.columns.values()}
    matches = [Match(header[number], number, column) for column, number in layout.columns.items()]
    unknown = [Unknown(name, number) for name, number in layout.extra.items() if plain(name) != plain(ID_HEADER)]
    return Understood(grid.sheet, tracker.name, layout.header_row, matches, unknown)


def typed(tracker: Tracker) -> Tracker:
    """The tracker without the columns that its sheet calculates: nothing is imported into them."""
    return replace(tracker, columns={name: one for name, one in tracker.columns.items() if not one.calculated})


def _together(intakes: Sequence[Intake]) -> Edits:
    edits = Edits()
    for one in intakes:
        edits.cells.update(one.edits.cells)
        for sheet, rows in one.edits.rows.items():
            edits.rows.setdefault(sheet, []).extend(rows)
    return edits

"""import: take a list from elsewhere into a workbook; rows that are there are updated, others added, none removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_field
from functools import partial
from pathlib import Path
from random import SystemRandom

from addin.actions import Tell, silent
from addin.actions.import_forms import form_rows, people_of
from addin.actions.stored_results import with_results
from addin.core import target as targets
from addin.core.book import Edits, Grid
from addin.core.checks.context import WorkbookContext
from addin.core.ib import session as sessions
from addin.core.language import in_one, joined, phrase
from addin.core.recognition import oneroster
from addin.core.recognition.evidence import is_known
from addin.core.recognition.forms import find_form
from addin.core.recognition.ibis import candidates_of, with_codes, with_session
from addin.core.recognition.import_plan import plan_import
from addin.core.recognition.import_result import ImportPlan
from addin.core.recognition.import_values import understanding_of
from addin.core.recognition.likeness import names as header_names
from addin.core.recognition.likeness import weights
from addin.core.recognition.matching import best_row, without_calculated
from addin.core.recognition.programs import refusal, translate
from addin.core.recognition.recognise import Match, NotUnderstood, Understood, recognise
from addin.core.recognition.source import Source
from addin.core.recognition.staff_names import with_staff_names
from addin.core.recognition.subject_names import SubjectNames
from addin.core.records import replace
from addin.core.settings import Lists
from addin.core.tables.layout import find, plain
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.importers import read
from addin.workspace.commit import commit
from addin.workspace.tracker_files import load_all
from addin.workspace.tracker_names import tracker_names
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


Allowed = Callable[[Tracker, str], Sequence[str]]
Confirm = Callable[[Imported], bool]
"""Shows a person what is about to be written; False writes nothing."""


def yes(_: Imported) -> bool:
    """Confirm everything, for callers who ask nobody."""
    return True


def import_(
    source: Path,
    target: str,
    *,
    tracker: str = "",
    sheet: str = "",
    session: str = "",
    encoding: str = "",
    dry_run: bool = False,
    confirm: Confirm = yes,
    tell: Tell = silent,
) -> Imported:
    """Take a CSV file or a workbook into a target; with `dry_run` only decide what would change. Raises Problem.

    `confirm` gets the whole plan before anything is written. `sheet` takes one sheet only, hidden or not;
    `session` is for a list that has no such column.
    """
    if targets.is_file(target) and Path(target).resolve() == source.resolve():
        raise Problem(
            phrase("is the same file as the one to import into."), where=str(source), next=phrase("Name two files.")
        )
    tell("Reading")
    sources = chosen_sheets(read(source, encoding=encoding), sheet, source)
    with opened(target, only=[tracker] if tracker else (), verb="" if dry_run else "import", tell=tell) as workbook:
        tell("Comparing")
        result = planned(workbook, sources, source, tracker=tracker, session=session)
        if result.edits and not dry_run:
            if not confirm(result):
                result.declined = True
                return result
            tell("Writing")
            result.written = commit(workbook, with_results(workbook, result.edits), verb="import")
    return result


def planned(
    workbook: Workbook, sources: Sequence[Source], path: Path, *, tracker: str = "", session: str = ""
) -> Imported:
    """Decide what the sheets of a source would change; nothing is written. Raises Problem."""
    only = tracker_names([tracker], workbook.trackers)[0] if tracker else ""
    return plan_all(workbook, sources, only, path, {"session": _session(session)} if session else {})


def _session(text: str) -> str:
    found = sessions.parse(text)
    if found is None:
        raise Problem(
            phrase("{text} is not an exam session.", text=f"{text!r}"),
            next=phrase("Write it as M27 (May 2027) or N27 (November 2027)."),
        )
    return str(found)


def chosen_sheets(sources: Sequence[Source], sheet: str, path: Path) -> list[Source]:
    """The sheets to look at; one that the person names counts as visible."""
    if not sheet:
        return list(sources)
    found = [replace_hidden(one) for one in sources if plain(one.grid.sheet) == plain(sheet)]
    if not found:
        names = ", ".join(one.grid.sheet for one in sources)
        raise Problem(
            phrase("has no sheet {sheet}.", sheet=f"{sheet!r}"),
            where=str(path),
            next=phrase("It has: {names}.", names=names),
        )
    return found


def replace_hidden(source: Source) -> Source:
    """The sheet as a visible one."""
    return with_field(source, grid=replace(source.grid, hidden=False))


def plan_all(
    workbook: Workbook, sources: Sequence[Source], only: str, path: Path, defaults: Mapping[str, str]
) -> Imported:
    known = {only: workbook.trackers[only]} if only else load_all(workbook.folder / "trackers")
    result = Imported(titles={name: tracker.title for name, tracker in known.items()})
    context = WorkbookContext(workbook.trackers, workbook.tables, workbook.settings)
    candidates, staff = candidates_of(context.rows("candidates")), people_of(workbook).staff
    seen: set[str] = set()
    every = known if not only else load_all(workbook.folder / "trackers")
    others = {header for one in every.values() for header in header_names(one)}
    for one in sources:
        source, found = _read_as(with_session(one), path, workbook, known, only, context.allowed)
        if isinstance(found, Understood) and found.tracker in seen:
            why = f"it is a second sheet of {result.titles[found.tracker]}: import it by itself, with --sheet"
            found = NotUnderstood(source.grid.sheet, why)
        if isinstance(found, NotUnderstood):
            result.not_understood.append(found)
            continue
        seen.add(found.tracker)
        tracker = workbook.trackers[found.tracker]
        source, found = with_codes(source, found, tracker, candidates)
        if not source.program.endswith("Forms"):
            source, found = with_staff_names(source, found, staff.get(found.tracker, {}))
        result.plans.append(
            plan_import(
                found,
                source,
                tracker,
                workbook.tables[found.tracker],
                workbook.grids,
                allowed=partial(context.allowed, tracker),
                keep_ids=not workbook.settings.links,
                random=SystemRandom(),
                defaults=defaults,
                others=others,
                understanding=understanding_of(tracker, workbook.settings.lists, workbook.settings.others),
            )
        )
    if not result.plans:
        raise _nothing(result, path, only)
    return result


def _read_as(
    source: Source, path: Path, workbook: Workbook, known: Mapping[str, Tracker], only: str, allowed: Allowed
) -> tuple[Source, Understood | NotUnderstood]:
    """What a sheet is: a list of another program, the answers of a form, or a list of any shape. Raises Problem."""
    translated = translate(source)
    if translated and only in ("", translated[1].tracker):
        return translated[0], _present(translated[1], known, workbook)
    if why := refusal(source):
        return source, NotUnderstood(source.grid.sheet, why)
    if enrolled := _enrolled(source, path, workbook, only):
        return enrolled
    form = find_form(source)
    if form is None:
        return source, _recognised(source.grid, known, workbook, only, allowed)
    made, found = form_rows(source, form, workbook, known, only)
    if isinstance(found, Understood):
        return made, _present(found, known, workbook)
    other = _recognised(source.grid, known, workbook, only, allowed)
    more = [other.why] if isinstance(other, NotUnderstood) else []
    return source, NotUnderstood(found.sheet, joined("; ", [found.why, *more]))


def _enrolled(source: Source, path: Path, workbook: Workbook, only: str) -> tuple[Source, Understood] | None:
    """OneRoster's enrollments, with users and classes from the files beside it, as registrations. Raises Problem."""
    if only not in ("", "registrations") or not oneroster.is_enrollments(source):
        if oneroster.is_classes(source):
            said = phrase(
                "this is OneRoster's list of classes: who takes them is in enrollments.csv, which needs users.csv and "
                "classes.csv in its folder."
            )
            raise Problem(said, where=str(path), next=phrase("Import enrollments.csv."))
        return None
    tables, trackers = workbook.tables, workbook.trackers
    if not {"registrations", "candidates"} <= tables.keys():
        return None
    beside = {name: _beside(path, name) for name in oneroster.FILES}
    columns = trackers["registrations"].columns
    headers = [columns[name].header for name in oneroster.COLUMNS]
    people = [tables["candidates"].row(index) for index in range(len(tables["candidates"]))]
    names = SubjectNames(workbook.settings.lists)
    made = oneroster.registrations(source, beside["classes"], beside["users"], people, names, headers)
    numbered = enumerate(zip(headers, oneroster.COLUMNS, strict=True), 1)
    matches = [Match(header, number, name) for number, (header, name) in numbered]
    return made, Understood(made.grid.sheet, "registrations", 1, matches)


def _beside(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of another file of the same export. Raises Problem."""
    there = next((one for one in path.parent.iterdir() if one.name.casefold() == f"{name}.csv"), None)
    if there is None:
        raise Problem(
            phrase("these are OneRoster's enrollments; {name}.csv is not beside them.", name=name),
            where=str(path),
            next=phrase("Put users.csv, classes.csv and enrollments.csv into one folder, and import enrollments.csv."),
        )
    return oneroster.rows_of(read(there)[0].grid)


def _nothing(result: Imported, path: Path, only: str) -> Problem:
    why = joined(
        "; ", [phrase("{sheet}: {why}", sheet=one.sheet, why=one.why) for one in result.not_understood]
    ) or phrase("it is empty")
    command = f"ib-trackers trackers {only or 'NAME'}"
    listed = phrase("Give the columns the tracker's headers; {command} lists them.", command=command)
    more = listed if only else in_one(listed, phrase("Or say which tracker it is: --tracker NAME"))
    return Problem(phrase("nothing in it was recognised ({why}).", why=why), where=str(path), next=more)


def _recognised(
    grid: Grid, known: Mapping[str, Tracker], workbook: Workbook, only: str, allowed: Allowed
) -> Understood | NotUnderstood:
    """What a sheet is, weighed against every tracker there is; it must be one that the workbook has."""
    if grid.hidden:
        return NotUnderstood(grid.sheet, f"it is hidden; if you want it, add --sheet {grid.sheet!r}")
    found = understood(grid, known, workbook.settings.lists, named=bool(only))
    if isinstance(found, NotUnderstood) and not only:
        found = _by_evidence(grid, known, workbook, allowed) or found
    return _present(found, known, workbook) if isinstance(found, Understood) else found


def _present(found: Understood, known: Mapping[str, Tracker], workbook: Workbook) -> Understood | NotUnderstood:
    """What was found, where the workbook has a sheet for it."""
    if found.tracker in workbook.tables:
        return found
    title = known[found.tracker].title
    return NotUnderstood(found.sheet, f"it is a list of {title}, for which {workbook.target} has no sheet")


def _by_evidence(grid: Grid, known: Mapping[str, Tracker], workbook: Workbook, allowed: Allowed) -> Understood | None:
    """The tracker of the workbook whose headers, or rows and keys, the sheet has; the one with most of its columns."""
    weigh, lists = weights(known), workbook.settings.lists
    found: list[tuple[int, str]] = []
    for name, tracker in workbook.present.items():
        seen = best_row(grid, without_calculated(tracker), lists, weigh)
        values = partial(allowed, tracker)
        if seen.enough or is_known(grid, seen, tracker, workbook.tables[name], values):
            found.append((len(seen.matches), name))
    best = max(found, default=(0, ""))[0]
    names = [name for number, name in found if number == best]
    if len(names) != 1:
        return None
    seen = best_row(grid, without_calculated(known[names[0]]), lists, weigh)
    return Understood(grid.sheet, names[0], seen.row, seen.matches)


def understood(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, *, named: bool) -> Understood | NotUnderstood:
    """What a sheet of the source is; where a person named the tracker, its key and one more header are enough."""
    found = recognise(grid, {name: without_calculated(tracker) for name, tracker in trackers.items()}, lists)
    if not named or isinstance(found, Understood) or not grid.values:
        return found
    (tracker,) = trackers.values()
    layout = find(grid, tracker)
    if layout is None:
        return found
    header = {number: show(grid.value(layout.header_row, number)) for number in layout.columns.values()}
    matches = [Match(header[number], number, column) for column, number in layout.columns.items()]
    return Understood(grid.sheet, tracker.name, layout.header_row, matches)

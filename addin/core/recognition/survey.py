"""What each sheet of a workbook is, before any row is made: its tables, their columns, and the way it takes.

A sheet with one row each under proper headers is adopted in place. A grid, merged names, several tables, sections,
whole names in one cell or one sheet for each student become rows on new sheets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Grid, Value
from addin.core.recognition.columns import Role, Words, roles
from addin.core.recognition.context import Context, read_context
from addin.core.recognition.recognise import NotUnderstood, Understood, recognise
from addin.core.recognition.regions import Region, regions
from addin.core.recognition.subject_names import SubjectNames
from addin.core.records import field, record
from addin.core.settings import Lists
from addin.core.trackers import Tracker

SUBJECTS, GROUPS, MONTHS, STRANDS = 2, 3, 3, 2
"""So many columns of a kind make a grid."""
PEOPLE_ROWS = ("registrations", "cas")
"""Trackers whose rows belong to students."""


@record
class Part:
    """One table of a sheet. `shape`: grid, hours, list, people or "" for what is not understood."""

    region: Region
    roles: Mapping[int, Role]
    context: Context
    shape: str
    found: Understood | None = None
    """The columns of a list, with the numbers of the sheet."""


@record
class Surveyed:
    """One sheet. `way`: place, rows, people (only facts about people) or left."""

    sheet: str
    way: str
    parts: list[Part] = field(default_factory=list)
    found: Understood | NotUnderstood | None = None


def survey(
    grids: Mapping[str, Grid], trackers: Mapping[str, Tracker], lists: Lists, book: str
) -> tuple[dict[str, Surveyed], Words]:  # fmt: skip
    """Every sheet looked at once."""
    words = Words(trackers, SubjectNames(lists))
    return {name: _sheet(grid, trackers, lists, book, words) for name, grid in grids.items()}, words


def _sheet(
    grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, book: str, words: Words
) -> Surveyed:  # fmt: skip
    found = recognise(grid, trackers, lists)
    if isinstance(found, NotUnderstood) and "formulas" in found.why:
        return Surveyed(grid.sheet, "left", found=found)
    known = regions(grid, words.known)
    parts = [_part(region, grid, trackers, lists, book, words, len(known)) for region in known]
    parts = [part for part in parts if part.shape]
    if any(part.shape in ("grid", "hours") for part in parts):
        return Surveyed(grid.sheet, "rows", parts, found)
    listed = [part for part in parts if part.shape == "list"]
    if listed and (len(listed) > 1 or _needs_rows(listed[0], trackers)):
        return Surveyed(grid.sheet, "rows", parts, found)
    if isinstance(found, Understood):
        return Surveyed(grid.sheet, "place", parts, found)
    if any(part.shape == "people" for part in parts):
        return Surveyed(grid.sheet, "people", parts, found)
    return Surveyed(grid.sheet, "left", found=found)


def _part(
    region: Region, grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, book: str, words: Words, tables: int
) -> Part:  # fmt: skip
    found = roles(region, grid, words)
    context = read_context(region.titles, grid.sheet, book)
    kinds = [role.kind for role in found.values()]
    facts = {role.column for role in found.values() if role.kind == "fact"}
    person = (
        "name" in kinds or {"last_name", "first_names"} <= facts or bool(facts & {"code", "email"}) or context.student
    )
    shape = ""
    if (
        person
        and "registrations" in trackers
        and (kinds.count("subject") >= SUBJECTS or kinds.count("group") >= GROUPS)
    ):
        shape = "grid"
    elif person and "cas" in trackers and _has_hours(kinds):
        shape = "hours"
    if shape:
        return Part(region, found, context, shape)
    understood = _as_list(region, grid, trackers, lists)
    if understood:
        return Part(region, found, context, "list", understood)
    if region.rows and ("name" in kinds or {"last_name", "first_names"} <= facts) and len(facts) >= 1:
        return Part(region, found, context, "people")
    return Part(region, found, context, "")


def _has_hours(kinds: Sequence[str]) -> bool:
    times = kinds.count("month") + kinds.count("week")
    return times >= MONTHS or kinds.count("strand") >= STRANDS or kinds.count("interview") >= STRANDS


def _as_list(
    region: Region, grid: Grid, trackers: Mapping[str, Tracker], lists: Lists
) -> Understood | None:  # fmt: skip
    """Which tracker a table is, looked at as if it stood alone on a sheet; column numbers are those of the sheet."""
    left = region.columns[0]
    head: list[Value] = [region.headers.get(column) for column in range(left, region.columns[-1] + 1)]
    sample = [[region.value(grid, row, c) for c in range(left, region.columns[-1] + 1)] for row in region.rows[:200]]
    found = recognise(Grid(grid.sheet, [head, *sample], serial_dates=grid.serial_dates), trackers, lists)
    if not isinstance(found, Understood):
        return None
    from addin.core.recognition.recognise import Match, Unknown

    matches = [Match(m.header, m.number + left - 1, m.column, m.sure) for m in found.matches]
    unknown = [Unknown(u.header, u.number + left - 1, u.perhaps, u.why) for u in found.unknown]
    return Understood(found.sheet, found.tracker, region.header_row, matches, unknown, found.missing)


def _needs_rows(part: Part, trackers: Mapping[str, Tracker]) -> bool:
    """Whether a list cannot be adopted as it stands: merged cells, sections, whole names, nobody's rows."""
    found = part.found
    assert found is not None
    columns = {match.column: match.number for match in found.matches}
    numbers = set(columns.values())
    merged = any(column in numbers for _, column in part.region.filled)
    if merged and found.tracker in ("pd", "inventory"):
        return True
    if part.region.sections and found.tracker == "inventory":
        return True
    named = any(role.kind == "name" for role in part.roles.values())
    if found.tracker == "candidates" and named and not {"last_name", "first_names"} & set(columns):
        return True
    if found.tracker in PEOPLE_ROWS:
        number = columns.get("candidate")
        by_name = number is not None and part.roles.get(number, Role("")).kind == "name"
        nobody = number is None and (named or bool(part.context.student))
        return by_name or nobody
    return False

"""What each sheet of a workbook is, before any row is made: its tables, their columns, and the way it takes.

A sheet with one row each under proper headers is adopted in place. A grid, merged names, several tables, sections,
whole names in one cell or one sheet for each student become rows on new sheets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Grid, Value
from addin.core.recognition.columns import Role, Words, roles
from addin.core.recognition.context import Context, read_context
from addin.core.recognition.likeness import weights
from addin.core.recognition.matching import LEAST, TELLING, Match, best_row
from addin.core.recognition.recognise import NotUnderstood, Understood, Unknown, recognise
from addin.core.recognition.regions import Region, regions
from addin.core.recognition.subject_names import SubjectNames
from addin.core.records import field, record
from addin.core.settings import Lists
from addin.core.trackers import Tracker

SUBJECTS, GROUPS, MONTHS, STRANDS = 2, 3, 3, 2
"""So many columns of a kind make a grid."""
WHO = {"last_name", "code", "email", "session_number"}
"""Facts that say whose row it is."""
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
    taught: tuple[str, str] | None = None
    """The subject and level that all students of a class list take."""


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
    found = {name: _sheet(grid, trackers, lists, book, words) for name, grid in grids.items()}
    if any(one.way == "rows" for one in found.values()):
        for one in found.values():
            if _students_without_codes(one):
                one.way = "rows"
    return found, words


def _students_without_codes(one: Surveyed) -> bool:
    """Whether a list of students has no codes: rows of other sheets can then only be linked to a list with codes."""
    found = one.found
    listed = [part for part in one.parts if part.shape == "list" and part.found and part.found.tracker == "candidates"]
    known = isinstance(found, Understood) and found.tracker == "candidates" and one.way == "place" and bool(listed)
    return known and isinstance(found, Understood) and all(match.column != "code" for match in found.matches)


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
    if listed:
        return Surveyed(grid.sheet, "rows", parts, found)
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
    person = "name" in kinds or bool(facts & WHO) or bool(context.student)
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
    taught = _subject_of(region, grid, words) if person and "registrations" in trackers else None
    if taught and ("name" in kinds or "last_name" in facts):
        return Part(region, found, context, "grid", taught=taught)
    understood = _as_list(region, grid, trackers, lists, context) or _as_students(region, found, facts, kinds, context)
    if understood:
        return Part(region, found, context, "list", understood)
    if region.rows and ("name" in kinds or {"last_name", "first_names"} <= facts) and len(facts) >= 1:
        return Part(region, found, context, "people")
    return Part(region, found, context, "")


def _subject_of(region: Region, grid: Grid, words: Words) -> tuple[str, str] | None:
    """The subject and level of a class list, where its tab or its title is one: `HL Biology`."""
    texts = [grid.sheet, *(text.partition(" - ")[0] for _, _, text in region.titles)]
    for text in texts:
        reading = words.subjects.read(text)
        if reading and reading.level and len(reading.names) == 1:
            return reading.names[0], reading.level
    return None


def _has_hours(kinds: Sequence[str]) -> bool:
    times = kinds.count("month") + kinds.count("week")
    return times >= MONTHS or kinds.count("strand") >= STRANDS or kinds.count("interview") >= STRANDS


STUDENTS = {"birth_date", "session_number", "personal_code", "category", "session"}
"""What lists of staff or of addresses do not have."""


def _as_students(
    region: Region, found: Mapping[int, Role], facts: set[str], kinds: Sequence[str], context: Context
) -> Understood | None:  # fmt: skip
    """A list of students whose headers tell too little alone: names with a birth date, or in a class of 2027."""
    named = "name" in kinds or {"last_name", "first_names"} <= facts
    known = bool(facts & STUDENTS) or bool(context.session and context.year_group)
    if not (named and known and region.rows and len(facts) + ("name" in kinds) >= 3):
        return None
    matches = [Match(region.headers[n], n, role.column) for n, role in found.items() if role.kind == "fact"]
    return Understood(region.sheet, "candidates", region.header_row, matches)


def _as_list(
    region: Region, grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, context: Context
) -> Understood | None:  # fmt: skip
    """Which tracker a table is, looked at as if it stood alone on a sheet; column numbers are those of the sheet."""
    left = region.columns[0]
    head: list[Value] = [region.headers.get(column) for column in range(left, region.columns[-1] + 1)]
    sample = [[region.value(grid, row, c) for c in range(left, region.columns[-1] + 1)] for row in region.rows[:200]]
    alone = Grid(grid.sheet, [head, *sample], serial_dates=grid.serial_dates)
    found = _of_a_student(alone, trackers, lists) if context.student else recognise(alone, trackers, lists)
    if not isinstance(found, Understood):
        return None
    matches = [Match(m.header, m.number + left - 1, m.column, m.sure) for m in found.matches]
    unknown = [Unknown(u.header, u.number + left - 1, u.perhaps, u.why) for u in found.unknown]
    return Understood(found.sheet, found.tracker, region.header_row, matches, unknown, found.missing)


def _of_a_student(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> Understood | None:
    """What a table on the sheet of one student is: entries of CAS, or subjects; whose they are, the sheet says."""
    weigh = weights(trackers)
    tries = {name: best_row(grid, trackers[name], lists, weigh) for name in PEOPLE_ROWS if name in trackers}
    name = max(tries, key=lambda one: tries[one].score, default="")
    if not name or len(tries[name].matches) < LEAST or tries[name].tells < TELLING or tries[name].row != 1:
        return None
    return Understood(grid.sheet, name, 1, tries[name].matches)


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

"""Which tracker a table with one row each is, looked at as if it was alone on a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Grid, Value
from addin.core.recognition.cohorts import LAST, year_of
from addin.core.recognition.context import Context
from addin.core.recognition.header_words import Words
from addin.core.recognition.likeness import is_subject_group, names, weights
from addin.core.recognition.matching import ACTIVITIES, LEAST, TELLING, Match, best_row, is_called, is_titled
from addin.core.recognition.programme_words import is_myp_year
from addin.core.recognition.recognise import NotUnderstood, Understood, Unknown, recognise
from addin.core.recognition.regions import Region
from addin.core.recognition.roles import Role, cells_of
from addin.core.recognition.time_columns import STRAND_LETTERS
from addin.core.recognition.vocabulary import header_key
from addin.core.regex import regex
from addin.core.settings import Lists
from addin.core.tables.layout import plain
from addin.core.trackers import Tracker

_OF_AN_ENTRY = {"title", "start", "end", "outcomes", "supervisor", "status", "reflections", "notes", "evidence"}
PEOPLE_ROWS = ("registrations", "cas")
"""Trackers whose rows belong to students."""


STUDENTS = {
    "birth_date", "session_number", "personal_code", "category", "session", "guardian_name", "guardian_email",
    "adviser", "payment", "registered",
}  # fmt: skip
"""What lists of staff or of addresses do not have."""
_STUDENT = regex(
    r"\b(?:students?|pupils?|learners?|candidat[eo]?s?|eleves?|alumn[oa]s?|estudiantes?|schuler(?:in)?|kandidat(?:en)?)\b"
)
"""What says in the header of the names whose they are."""
_OF_STAFF = regex(
    r"\b(?:roles?|positions?|departments?|dept|subjects?|jobs?|rooms?|offices?|teach\w*|fonctions?|matieres?|"
    r"departements?|puestos?|asignaturas?|departamentos?|fach|facher|funktion)\b"
)
FEW = 4
"""Rows that say something together."""


def as_students(
    region: Region, grid: Grid, found: Mapping[int, Role], facts: set[str], kinds: Sequence[str], context: Context
) -> Understood | None:
    """A list of students whose headers tell too little alone: names with a birth date, in a class of 2027, or all of
    them in a few classes of the last years."""
    named = "name" in kinds or {"last_name", "first_names"} <= facts
    called = any(role.kind == "name" and _STUDENT.search(header_key(region.headers[n])) for n, role in found.items())
    known = bool(facts & STUDENTS) or called or bool(context.session and context.year_group)
    known = known or _are_in_last_years(region, grid, found)
    if not (named and known and region.rows and len(facts) + ("name" in kinds) >= 3):
        return None
    matches = [Match(region.headers[n], n, role.column) for n, role in found.items() if role.kind == "fact"]
    return Understood(region.sheet, "candidates", region.header_row, matches)


def _are_in_last_years(region: Region, grid: Grid, found: Mapping[int, Role]) -> bool:
    """Whether all are in a few classes of the last years of school, and no column is one that lists of staff have."""
    number = next((n for n, role in found.items() if role.column == "year_group"), 0)
    cells = cells_of(region, grid, number) if number else []
    years = [year_of(cell) for cell in cells]
    last = [year is not None and (year[0] == "programme" or year[1] >= LAST) for year in years]
    if len(years) < max(FEW, FEW * (len(set(years)) - 1)) or not all(last):
        return False
    return not any(_OF_STAFF.search(header_key(header)) for header in region.headers.values())


def as_list(
    region: Region, grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, context: Context, name: int
) -> Understood | None:
    """Which tracker a table is, looked at as if it was alone on a sheet; column numbers are those of the sheet.

    `name` is the column of whole names; 0 where there is none.
    """
    left = region.columns[0]
    head: list[Value] = [region.headers.get(column) for column in range(left, region.columns[-1] + 1)]
    sample = [[region.value(grid, row, c) for c in range(left, region.columns[-1] + 1)] for row in region.rows[:200]]
    titles = " ".join(text for _, _, text in region.titles)
    named = (
        [one.sheet for one in trackers.values() if is_called(titles, one)] if name and _has_activities(region) else []
    ) + [one.sheet for one in trackers.values() if is_titled(titles, one)]
    alone = Grid(" ".join([grid.sheet, *named]), [head, *sample], serial_dates=grid.serial_dates)
    found: Understood | NotUnderstood | None = recognise(alone, trackers, lists)
    if context.student:
        found = _of_a_student(alone, trackers, lists)
    if name and not context.student:
        found = _of_students(alone, name - left, found or NotUnderstood(grid.sheet, ""), trackers, lists)
    if not isinstance(found, Understood):
        return None
    matches = [Match(m.header, m.number + left - 1, m.column, m.sure) for m in found.matches]
    unknown = [Unknown(u.header, u.number + left - 1, u.perhaps, u.why) for u in found.unknown]
    if found.tracker == "myp" and (year := _myp_years(region, grid, matches)):
        matches = sorted([*matches, year], key=lambda match: match.number)
        unknown = [one for one in unknown if one.number != year.number]
    return Understood(region.sheet, found.tracker, region.header_row, matches, unknown, found.missing)


def _myp_years(region: Region, grid: Grid, matches: Sequence[Match]) -> Match | None:
    """The one column left whose cells are all years of the MYP, whatever it is called: a class `PEI 4`."""
    taken = {match.number for match in matches}
    if any(match.column == "year" for match in matches):
        return None
    free = [number for number in region.headers if number not in taken]
    found = [n for n in free if (cells := cells_of(region, grid, n)) and all(map(is_myp_year, cells))]
    return Match(region.headers[found[0]], found[0], "year") if len(found) == 1 else None


def _has_activities(region: Region) -> bool:
    return any(header_key(header) in ACTIVITIES for header in region.headers.values())


def _of_students(
    grid: Grid, index: int, found: Understood | NotUnderstood, trackers: Mapping[str, Tracker], lists: Lists
) -> Understood | NotUnderstood:
    """A table whose rows belong to students, with their names taken for whose rows they are: `Name` beside activities
    is the student's, and no title."""
    match = next((m for m in found.matches if m.number == index + 1), None) if isinstance(found, Understood) else None
    if isinstance(found, Understood) and (match is None or "candidate" not in trackers[found.tracker].columns):
        return found
    if match is not None and match.column == "candidate":
        return found
    head = [*grid.values[0]]
    head[index] = "Student name"
    again = recognise(Grid(grid.sheet, [head, *grid.values[1:]], serial_dates=grid.serial_dates), trackers, lists)
    same = isinstance(again, Understood) and "candidate" in trackers[again.tracker].columns
    return again if same or isinstance(found, Understood) else found


def _of_a_student(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists) -> Understood | None:
    """What a table on the sheet of one student is: entries of CAS, or subjects; whose they are, the sheet says."""
    weigh = weights(trackers)
    tries = {name: best_row(grid, trackers[name], lists, weigh) for name in PEOPLE_ROWS if name in trackers}
    name = max(tries, key=lambda one: tries[one].score, default="")
    if not name or len(tries[name].matches) < LEAST or tries[name].tells < TELLING or tries[name].row != 1:
        return None
    return Understood(grid.sheet, name, 1, tries[name].matches)


def entries_with_strands(
    region: Region, grid: Grid, found: Mapping[int, Role], context: Context, trackers: Mapping[str, Tracker]
) -> Understood | None:
    """A log of activities with a column of hours, or of ticks, for each strand or learning outcome: the title of each
    is in its row."""
    kinds = [role.kind for role in found.values()]
    ticked = kinds.count("strand ticked") == len(STRAND_LETTERS) or kinds.count("outcome ticked") >= LEAST
    if (kinds.count("strand") < 2 and not ticked) or "month" in kinds or "week" in kinds or not region.rows:
        return None
    known = names(trackers["cas"])
    matches: dict[str, Match] = {}
    for number, header in region.headers.items():
        role = found[number]
        columns = [name for name in known.get(plain(header), ()) if name in _OF_AN_ENTRY and name not in matches]
        if columns and role.kind in ("own", "fact", "name") and (role.kind != "name" or context.student):
            matches[columns[0]] = Match(header, number, columns[0])
    whose = bool(context.student) or any(role.kind == "name" for role in found.values())
    if not whose or "title" not in matches or not cells_of(region, grid, matches["title"].number):
        return None
    return Understood(region.sheet, "cas", region.header_row, sorted(matches.values(), key=lambda match: match.number))


def subjects_of_a_student(
    region: Region, grid: Grid, trackers: Mapping[str, Tracker], words: Words
) -> Understood | None:
    """The subjects on the form of one student: a column of subjects, and the level beside it."""
    if "registrations" not in trackers:
        return None
    known = names(trackers["registrations"])
    matches: dict[str, Match] = {}
    for number, header in region.headers.items():
        columns = [name for name in known.get(plain(header), ()) if name not in matches]
        cells = cells_of(region, grid, number)
        if columns[:1] == ["subject"]:
            named = sum(words.subjects.read(cell) is not None for cell in cells)
            if 2 * named < len(cells) or not cells:
                continue
        if columns[:1] == ["class_group"] and is_subject_group(cells):
            continue
        if columns and columns[0] != "candidate":
            matches[columns[0]] = Match(header, number, columns[0])
    if not {"subject", "level"} <= set(matches):
        return None
    found = sorted(matches.values(), key=lambda match: match.number)
    return Understood(region.sheet, "registrations", region.header_row, found)

"""What each sheet of a workbook is, before any row is made: its tables, their columns, and the way it takes.

A sheet with one row each under proper headers is adopted in place. A grid, merged names, several tables, sections,
whole names in one cell or one sheet for each student become rows on new sheets.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from addin.core import records
from addin.core.book import Grid
from addin.core.language import phrase
from addin.core.recognition.adoption import layout_settings
from addin.core.recognition.columns import WHO
from addin.core.recognition.core_tasks import by_task
from addin.core.recognition.header_words import Words
from addin.core.recognition.overrides import in_place, overridden
from addin.core.recognition.parts import Part, read_part
from addin.core.recognition.people import is_name
from addin.core.recognition.programme_words import MYP, PYP, of_programmes, programmes_of, said_in
from addin.core.recognition.pupils import holds_names, name_column, staff_columns
from addin.core.recognition.recognise import FORMULAS, NotUnderstood, Understood, recognise
from addin.core.recognition.regions import Region, regions
from addin.core.recognition.roles import Role, cells_of
from addin.core.recognition.spoken_dates import read_spoken
from addin.core.recognition.subject_names import SubjectNames, read_level
from addin.core.recognition.turning import turned
from addin.core.recognition.vocabulary import ABOUT_PD, header_key, words_of
from addin.core.recognition.workshop_text import jotted
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.settings import Lists
from addin.core.tables.data_rows import data_rows
from addin.core.tables.layout import find
from addin.core.tables.values import show
from addin.core.trackers import Tracker

LEAST = 2
"""So many cells in a row, or names in a column, at least are headers and students."""
MOST_LINES = 300
"""A sheet with more rows has its students below each other."""


@record
class Surveyed:
    """One sheet. `way`: place, rows, people (only facts about people) or left."""

    sheet: str
    way: str
    parts: list[Part] = field(default_factory=list)
    found: Understood | NotUnderstood | None = None
    turned: bool = False
    """Whether it is read by columns: a column for each student."""


def survey(
    grids: Mapping[str, Grid],
    trackers: Mapping[str, Tracker],
    lists: Lists,
    book: str,
    answers: Mapping[str, str] | None = None,
) -> tuple[dict[str, Surveyed], Words]:
    """Every sheet looked at once; `answers` may say what single columns are (`overrides.key_of`)."""
    words = Words(trackers, SubjectNames(lists))
    said = {name: programmes_of(grid) for name, grid in grids.items()}
    around = _around(said, book, answers or {})
    found = {
        name: _either_way(grid, of_programmes(trackers, said[name] or around), lists, book, words)
        for name, grid in grids.items()
    }
    for one in found.values() if answers else ():
        one.parts = [overridden(part, answers or {}, trackers) for part in one.parts]
        if isinstance(one.found, Understood):
            one.found = in_place(one.found, answers or {}, trackers)
    listed = any(one.way == "rows" and _candidates(one) for one in found.values())
    if any(one.way == "rows" for one in found.values()):
        for one in found.values():
            if _students_without_codes(one) or (listed and one.way == "place" and _candidates(one)):
                one.way = "rows"
    return found, words


def _around(said: Mapping[str, Collection[str]], book: str, answers: Mapping[str, str]) -> Collection[str]:
    """The programme of the sheets that say none: the one that is answered, or that the file and the others speak of."""
    if answers.get("programme", "") in (MYP, PYP):
        return {answers["programme"]}
    return said_in([book]).union(*said.values())


def _candidates(one: Surveyed) -> bool:
    """Whether a sheet is a list of students: where one class is made into rows, all are, so that they stay together."""
    return any(part.shape == "list" and part.found and part.found.tracker == "candidates" for part in one.parts)


def _students_without_codes(one: Surveyed) -> bool:
    """Whether a list of students has no codes: rows of other sheets can then only be linked to a list with codes."""
    found = one.found
    listed = [part for part in one.parts if part.shape == "list" and part.found and part.found.tracker == "candidates"]
    known = isinstance(found, Understood) and found.tracker == "candidates" and one.way == "place" and bool(listed)
    return known and isinstance(found, Understood) and all(match.column != "code" for match in found.matches)


def _either_way(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, book: str, words: Words) -> Surveyed:
    """A sheet as it stands; or by its columns, where that alone makes sense: students across, subjects down."""
    found = _sheet(grid, trackers, lists, book, words)
    if found.way != "left" or not grid.values or len(grid.values) > MOST_LINES or grid.formulas:
        return found
    headed = _with_names(grid, words)
    if headed is not grid and (named := _sheet(headed, trackers, lists, book, words)).way == "rows":
        return named
    across = _sheet(_with_names(turned(grid), words, _SUBJECTS), trackers, lists, book, words)
    if across.way != "rows" or not any(part.region.rows for part in across.parts):
        return found
    across.turned, across.found = True, NotUnderstood(grid.sheet, "")
    return across


_SUBJECTS = words_of(
    "subject | subjects | course | courses | matière | matières | asignatura | asignaturas | fach | fächer"
)


def _with_names(grid: Grid, words: Words, headed: Collection[str] = ()) -> Grid:
    """A sheet whose first column has names below nothing, or, as a turned one may have, below one of these headers: it
    holds the students."""
    for row, line in enumerate(grid.values):
        heads = [n for n, value in enumerate(line) if value is not None]
        if len(heads) < LEAST:
            continue
        columns = {n for one in grid.values[row + 1 :] for n, value in enumerate(one) if value is not None}
        column = min(columns, default=0)
        below = [one[column] for one in grid.values[row + 1 :] if len(one) > column and one[column] is not None]
        bare = column < heads[0] or header_key(line[column]) in headed
        names = [value for value in below if header_key(value) not in words.total]
        students = all(is_name(one) and words.subjects.read(one) is None for one in names)
        if not bare or len(names) < LEAST or not students:
            return grid
        values = [*grid.values]
        said = " ".join([grid.sheet, *(show(value) for one in grid.values[:row] for value in one if value is not None)])
        values[row] = [*line[:column], "Teacher" if ABOUT_PD.search(said) else "Student", *line[column + 1 :]]
        return records.replace(grid, values=values)
    return grid


def _sheet(grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, book: str, words: Words) -> Surveyed:
    found = recognise(grid, trackers, lists)
    if isinstance(found, NotUnderstood) and found.why == FORMULAS:
        return Surveyed(grid.sheet, "left", found=found)
    known = regions(grid, words)
    parts = [read_part(region, grid, trackers, lists, book, words, len(known)) for region in known]
    parts = [part for part in parts if part.shape]
    if any(part.shape in ("grid", "subjects", "members", "hours", "matrix") for part in parts):
        return Surveyed(grid.sheet, "rows", parts, found)
    listed = [part for part in parts if part.shape == "list"]
    if listed and (len(listed) > 1 or _needs_rows(listed[0], grid, trackers)):
        return Surveyed(grid.sheet, "rows", parts, found)
    beside = isinstance(found, Understood) and _is_beside(found, known)
    if beside and not listed:
        return Surveyed(
            grid.sheet, "left", parts, NotUnderstood(grid.sheet, phrase("several tables are side by side on it"))
        )
    if isinstance(found, Understood) and _is_nobodys(found, parts, trackers):
        title = phrase(trackers[found.tracker].title)
        why = phrase("it looks like {title}, but no column says which student each row is about", title=title)
        return Surveyed(grid.sheet, "left", found=NotUnderstood(grid.sheet, why))
    if isinstance(found, Understood) and not beside and not (listed and _is_stacked(found, known)):
        return Surveyed(grid.sheet, "place", parts, found)
    if listed:
        return Surveyed(grid.sheet, "rows", parts, found)
    if is_seating(grid):
        found = NotUnderstood(grid.sheet, SEATING)
    if any(part.shape == "people" for part in parts):
        return Surveyed(grid.sheet, "people", parts, found)
    return Surveyed(grid.sheet, "left", found=found)


def _is_nobodys(found: Understood, parts: Sequence[Part], trackers: Mapping[str, Tracker]) -> bool:
    """Whether a list has the headers of a tracker with rows of students, and no students: a plan of what is due."""
    if "candidate" not in trackers[found.tracker].key or any(match.column == "candidate" for match in found.matches):
        return False
    roles = [role for part in parts for role in part.roles.values()]
    whose = any(role.kind == "name" or role.column in WHO for role in roles)
    return not whose and not any(part.context.student for part in parts)


SEATING = phrase("it says who sits where in an exam, which no tracker holds; students are taken from lists of them")
_SEATING = regex(
    r"(?i)\b(?:seats?|seating|desks?|exam room|room plan|plan de salle|places?|table n[o°]|sitzplan|sitzpl[aä]tze|"
    r"platz|asientos?|plano del aula|pupitres?|lugares|assentos?|oturma|s[ıi]ra)\b"
)
_EXAM = regex(
    r"(?i)\b(?:exam\w*|papers?|examen\w*|prueba|épreuves?|klausur\w*|prüfung\w*|prova|s[ıi]nav\w*|invigil\w*)\b"
)


def is_seating(grid: Grid) -> bool:
    """Whether a sheet is about the seats of an exam: its name, first lines and headers speak of seats and an exam."""
    lines = [[show(value) for value in line if value is not None] for line in grid.values[:6]]
    titles = " | ".join([grid.sheet, *(text for line in lines if len(line) <= LEAST for text in line)])
    seats = any(_SEATING.fullmatch(text.strip(" .:#")) for line in lines for text in line) or _SEATING.search(titles)
    return bool(seats and (_EXAM.search(titles) or "seating" in titles.casefold()))


def _is_beside(found: Understood, tables: Sequence[Region]) -> bool:
    """Whether what was taken for one table are two, side by side."""
    numbers = {match.number for match in found.matches}
    return sum(bool(numbers & set(one.columns)) for one in tables if one.header_row == found.header_row) > 1


def _is_stacked(found: Understood, tables: Sequence[Region]) -> bool:
    """Whether another table, under headers of its own, is below or above the one that was understood: its rows are no
    rows of that one, so the sheet cannot be adopted as it is."""
    numbers = {match.number for match in found.matches}
    return any(one.header_row != found.header_row and one.rows and numbers & set(one.columns) for one in tables)


def _without_days(part: Part, grid: Grid, columns: Mapping[str, int]) -> bool:
    """Whether at least half of the dates of workshops are none of one day: `3-5 Oct 2024`, `March 2026`."""
    cells = cells_of(part.region, grid, columns["start"])
    read = [read_spoken(cell) for cell in cells]
    days = sum(said is not None and said.start is not None and said.start == said.end for said in read)
    return bool(cells) and 2 * days <= len(cells)


def _lists_several(part: Part, grid: Grid, number: int) -> bool:
    """Whether a cell lists several workshops, a line each."""
    return any(len(jotted(cell)) > 1 for cell in cells_of(part.region, grid, number) if isinstance(cell, str))


def _levels_in_subjects(part: Part, grid: Grid, columns: Mapping[str, int], tracker: Tracker) -> bool:
    """Whether a list says the levels of its subjects beside their names only: `Economics SL`, where the tracker has a
    column for each."""
    if "level" in columns or "subject" not in columns or "level" not in tracker.key:
        return False
    cells = cells_of(part.region, grid, columns["subject"])
    leveled = sum(bool(read_level(show(cell).split()[-1])) for cell in cells if show(cell).strip())
    return bool(cells) and 2 * leveled >= len(cells)


def _headings_are_rows(part: Part, grid: Grid, trackers: Mapping[str, Tracker]) -> bool:
    """Whether a heading between the rows would be a row of the tracker, were the list adopted as it stands."""
    assert part.found is not None
    layout = find(grid, trackers[part.found.tracker], layout_settings(part.found))
    headings = {aside.row for aside in part.region.asides if aside.kind == "heading"}
    return layout is not None and not headings.isdisjoint(data_rows(grid, layout))


def _workshops_need_rows(part: Part, grid: Grid, columns: Mapping[str, int]) -> bool:
    """Whether a list of workshops has no days, names in two columns, or several workshops in a cell."""
    if "start" in columns and "end" not in columns and _without_days(part, grid, columns):
        return True
    return bool(staff_columns(part)) or ("workshop" in columns and _lists_several(part, grid, columns["workshop"]))


def _needs_rows(part: Part, grid: Grid, trackers: Mapping[str, Tracker]) -> bool:
    """Whether a list cannot be adopted as it stands: merged cells, sections, whole names, nobody's rows, no days."""
    found = part.found
    assert found is not None
    columns = {match.column: match.number for match in found.matches}
    numbers = set(columns.values())
    merged = any(column in numbers for _, column in part.region.filled)
    if merged and (found.tracker in ("pd", "inventory") or numbers & set(part.region.carried)):
        return True
    if part.region.sections and (found.tracker == "inventory" or _headings_are_rows(part, grid, trackers)):
        return True
    if found.tracker == "pd" and _workshops_need_rows(part, grid, columns):
        return True
    if found.tracker == "cas" and any(role.kind in ("strand ticked", "outcome ticked") for role in part.roles.values()):
        return True
    named = any(role.kind == "name" for role in part.roles.values())
    if found.tracker == "candidates" and named and not {"last_name", "first_names"} <= set(columns):
        return True
    if _levels_in_subjects(part, grid, columns, trackers[found.tracker]):
        return True
    if (named or "candidate" in columns) and len([*by_task(part, trackers[found.tracker])]) > 1:
        return True
    if holds_names(trackers[found.tracker]):
        return bool(name_column(part)) and not {"last_name", "first_names"} & columns.keys()
    if "candidate" in trackers[found.tracker].columns:
        number = columns.get("candidate")
        by_name = number is not None and part.roles.get(number, Role("")).kind == "name"
        facts = {role.column for role in part.roles.values() if role.kind == "fact"}
        in_two = {"last_name", "first_names"} <= facts
        nobody = number is None and (named or in_two or bool(part.context.student))
        return by_name or nobody
    return False

"""Pupils in trackers that hold their names themselves, with no list of candidates: MYP projects, the PYP exhibition."""

from __future__ import annotations

from collections.abc import Iterable

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.people import is_name
from addin.core.recognition.reading import Made
from addin.core.recognition.vocabulary import header_key, words_of
from addin.core.recognition.work import Work, whole_name
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.trackers import Tracker

_MEMBERS = words_of(
    "students | children | members | group members | team members | students in group | student names | "
    "names of students | pupils | participants | alumnos | alumnas | alumnos/as | miembros | integrantes | élèves | "
    "membres | membres du groupe | schüler | schülerinnen | kinder | mitglieder | gruppenmitglieder"
)
_BETWEEN = regex(r"\s*(?:[;\n&/•]|\band\b|\by\b|\bet\b|\bund\b)\s*")


def holds_names(tracker: Tracker) -> bool:
    """Whether a tracker has the names of students in columns of its own."""
    last = tracker.columns.get("last_name")
    return "candidate" not in tracker.columns and last is not None and not last.calculated


def name_column(part: Part) -> int:
    """The column of whole names, or of those of a group; 0 where there is none."""
    named = (number for number, role in part.roles.items() if role.kind == "name")
    members = (number for number, header in part.region.headers.items() if header_key(header) in _MEMBERS)
    return next(named, 0) or next(members, 0)


def pupils_in(value: Value, *, groups: bool = False) -> list[str]:
    """The names that a cell lists. `Ruiz, Ana` is one pupil, and two in a column of `groups`, where others list three.

    >>> pupils_in("Ana, Ben and Chloé"), pupils_in("Ruiz, Ana; Ito, Ben"), pupils_in("Ana, Ben", groups=True)
    (['Ana', 'Ben', 'Chloé'], ['Ruiz, Ana', 'Ito, Ben'], ['Ana', 'Ben'])
    """
    text = show(value).strip()
    lines = [piece.strip(" ,") for piece in _BETWEEN.split(text) if piece.strip(" ,")]
    inner = [[one.strip() for one in line.split(",") if one.strip()] for line in lines]
    whole = all(len(one) == 2 for one in inner) and not groups
    pieces = [", ".join(one) for one in inner] if whole else [name for one in inner for name in one]
    return pieces if all(is_name(piece) for piece in pieces) else [text]


def lists_groups(cells: Iterable[Value]) -> bool:
    """Whether a column lists groups of pupils by one name each, with commas between: `Ana, Ben, Chloé`."""
    return any(len(names := pupils_in(cell)) > 2 and all(" " not in name for name in names) for cell in cells)


def lists_whole_names(part: Part, grid: Grid, number: int) -> bool:
    """Whether a column lists groups of pupils by their whole names: `Ana Ruiz, Ben Ito`, each group in one row."""
    groups = next((match.number for match in part.found.matches if match.column == "group"), 0) if part.found else 0
    if not groups or header_key(part.region.headers.get(number, "")) not in _MEMBERS:
        return False
    of_rows = [show(part.region.value(grid, row, groups)).strip() for row in part.region.rows]
    cells = [show(part.region.value(grid, row, number)).strip() for row in part.region.rows]
    pieces = [piece.split() for cell in cells for piece in cell.split(",")]
    alone = len(set(of_rows)) == len(of_rows) > 1 and not any(_BETWEEN.search(cell) for cell in cells)
    return alone and all(len(words) > 1 for words in pieces)


def staff_columns(part: Part) -> list[int]:
    """The columns of the last and the first names of staff, where no other column says who somebody is."""
    facts = {role.column: number for number, role in part.roles.items() if role.kind == "fact"}
    named = next((number for number, role in part.roles.items() if role.kind == "name"), 0)
    columns = [facts.get("last_name") or named, facts.get("first_names", 0)]
    staff = next((match.number for match in part.found.matches if match.column == "staff"), 0) if part.found else 0
    return columns if all(columns) and staff in (0, *columns) else []


def by_pupil(made: Made, part: Part, grid: Grid, row: int, number: int, groups: bool, work: Work) -> list[Made]:
    """A row for each pupil whom the cell in column `number` names; the row as it is where that is blank."""
    raw = part.region.value(grid, row, number)
    if not filled(raw):
        return [made]
    work.placed.add((grid.sheet, row, number))
    found: list[Made] = []
    for name in pupils_in(raw, groups=groups):
        said = whole_name(part, grid, row, number, name, work)
        if " " not in name:  # pupils who are listed by one name are called by their first
            said = {"first_names": name}
        values = {**{one: said[one] for one in ("last_name", "first_names") if said.get(one)}, **made.values}
        extra = {**made.extra, **{one: said[one] for one in said.keys() - {"last_name", "first_names"}}}
        found.append(records.replace(made, values=values, extra=extra))
    return found

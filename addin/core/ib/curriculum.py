"""The written curriculum side by side: what the unit plans of all programmes and years name, and how often.

    years(rows)                  `PYP 5`, `MYP 1`, `DP 2`: the columns of a matrix, in the order of the continuum
    by_year(rows, column)        concept or skill -> year -> number of units that name it
    by_course(rows, column)      course -> concept or skill -> number of units

No rule: which concepts a programme asks for is the school's to know; a matrix shows what is planned and what never is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from addin.core.ib import Row
from addin.core.ib.people import people
from addin.core.tables.equality import fold

CONTINUUM = ("PYP", "MYP", "DP", "CP")
Matrix = dict[str, dict[str, int]]


def year_of(row: Row) -> str:
    """`MYP 3`: the programme and year of a unit."""
    return " ".join(str(part) for part in (row.get("programme"), row.get("year")) if part not in (None, ""))


def course_of(row: Row) -> str:
    """`Biology HL`; the level stands with DP and CP courses only, elsewhere it is the phase or grade."""
    level = row.get("level") if row.get("programme") in ("DP", "CP") else ""
    return " ".join(filter(None, (row.get("course"), level)))


def years(rows: Sequence[Row]) -> list[str]:
    """The programmes and years that have units, from the first PYP year on."""

    def place(row: Row) -> tuple[int, float]:
        programme = row.get("programme") or ""
        return CONTINUUM.index(programme) if programme in CONTINUUM else len(CONTINUUM), row.get("year") or 0

    return list(dict.fromkeys(filter(None, map(year_of, sorted(rows, key=place)))))


def by_year(rows: Sequence[Row], column: str, known: Sequence[str] = ()) -> Matrix:
    """Each thing that a column names -> year -> number of units. Things of `known` come first, also unused ones."""
    return _counted(rows, column, year_of, known)


def by_course(rows: Sequence[Row], column: str) -> Matrix:
    """Course -> each thing that a column names -> number of units; courses that name nothing are there, too."""
    found: Matrix = {course: {} for course in sorted(filter(None, map(course_of, rows)))}
    for thing, courses in _counted(rows, column, course_of, ()).items():
        for course, number in courses.items():
            found[course][thing] = number
    return found


def _counted(rows: Sequence[Row], column: str, of: Callable[[Row], str], known: Sequence[str]) -> Matrix:
    """Writings that differ in case or blanks only are one thing, called as it is written first."""
    names = {fold(name): name for name in known}
    found: Matrix = {name: {} for name in known}
    for row in rows:
        if not (where := of(row)):
            continue
        for name in dict.fromkeys(names.setdefault(fold(one), one) for one in people(row.get(column))):
            counts = found.setdefault(name, {})
            counts[where] = counts.get(where, 0) + 1
    listed = {name: found[name] for name in known}
    return listed | {name: found[name] for name in sorted(found.keys() - {*known}, key=fold)}

"""A list with a row for each student and subject: its rows become registrations.

What a row says of the student (class, birth date, category) goes to the student, what it says of the subject (set,
teacher, language) to the registration.
"""

from __future__ import annotations

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.grids import group_cell
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.predicted import TRACKER, grade_in, step_of
from addin.core.recognition.predicted_rows import predict
from addin.core.recognition.reading import SheetReading
from addin.core.recognition.roles import no_mark
from addin.core.recognition.student_row import StudentRow
from addin.core.recognition.work import Work, person_of_row
from addin.core.regex import regex
from addin.core.tables.values import show

_GONE = regex(r"(?i)(?:dropped|withdrawn|inactive|removed|cancelled|deleted)")
"""What a list of classes says of one that a student no longer takes."""


def subject_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """The registrations of such a list, and its students."""
    number = next(n for n, role in part.roles.items() if role.kind == "group")
    for row in part.region.rows:
        raw = part.region.value(grid, row, number)
        person = person_of_row(part, grid, row, work, report, {})
        if person is None:
            continue
        report.rows += 1
        gone = next((show(value) for value in _own_cells(part, grid, row).values() if _GONE.fullmatch(show(value))), "")
        if gone or not filled(raw):
            work.list(
                grid.sheet,
                row,
                number,
                raw,
                phrase("left out, as the row says {gone}", gone=gone) if gone else phrase("no subject"),
            )
            _leave(part, grid, row, work)
            continue
        before = len(work.made)
        group_cell(StudentRow(part, grid, row, person, work), number, part.roles[number])
        if len(work.made) > before:
            _tell_of_row(part, grid, row, work)
        else:
            _leave(part, grid, row, work)


def _own_cells(part: Part, grid: Grid, row: int) -> dict[int, Value]:
    """The filled cells of a row that say something of its subject."""
    cells = {n: part.region.value(grid, row, n) for n, role in part.roles.items() if role.kind == "of row"}
    return {number: value for number, value in cells.items() if filled(value)}


def _leave(part: Part, grid: Grid, row: int, work: Work) -> None:
    """List what a row without a registration says besides."""
    for number, value in _own_cells(part, grid, row).items():
        work.list(grid.sheet, row, number, value, phrase("of a row that was not taken"))


def _tell_of_row(part: Part, grid: Grid, row: int, work: Work) -> None:
    """What a row says besides goes to its registration: to the tracker's columns, or along as it is."""
    made = work.made[-1]
    columns = work.trackers["registrations"].columns
    grades: dict[str, str] = {}
    for number, raw in _own_cells(part, grid, row).items():
        column = columns.get(part.roles[number].column)
        header, own = part.region.headers[number], part.region.own_name(number)
        step = step_of(header, said=part.region.graded == TRACKER) if TRACKER in work.trackers else ""
        if step and step not in grades and (grade := grade_in(raw)):
            grades[step] = grade
            work.placed.add((grid.sheet, row, number))
            continue
        if step and not no_mark(raw):
            work.list(grid.sheet, row, number, raw, phrase("no grade; kept as it is written"), placed=True)
        if column is None or column.calculated or made.values.get(column.name) is not None:
            made.extra[own] = raw
            work.placed.add((grid.sheet, row, number))
            continue
        read = work.cells.read(column, raw, work.order(grid.sheet, number))
        if read.value is not None:
            made.values[column.name] = read.value
        if read.kept:
            made.extra[own] = read.kept
        if read.why:
            work.list(grid.sheet, row, number, raw, read.why, placed=bool(read.kept))
        else:
            work.placed.add((grid.sheet, row, number))
    if grades:
        predict(made, grades, work)

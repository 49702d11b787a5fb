"""A grid of subjects as registrations: a column for each subject, or Group 1 to Group 6; the essay and TOK too."""

from __future__ import annotations

import re

from addin.core.book import Grid, Value
from addin.core.language import any_of, phrase
from addin.core.recognition.cells import OPEN
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.people import Person
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.roles import Role, is_grade, is_letter, no_mark, taken_mark
from addin.core.recognition.subject_names import (
    SELF_TAUGHT,
    SubjectReading,
    is_doubtful,
    of_student,
    read_level,
    read_remark,
)
from addin.core.recognition.work import Work, person_of_row
from addin.core.tables.values import show

_PREDICTED = re.compile(r"(?i)\b(?:predict\w*|forecast|pgs?|prévision\w*|predicciones|prognose\w*)\b")
TOK, ESSAY_LEVEL, TOK_LEVEL = "Theory of Knowledge", "EE", "TK"


def grid_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """The registrations of a grid, and its students."""
    seen: dict[int, int] = {}
    for row in part.region.rows:
        person = person_of_row(part, grid, row, work, report, seen)
        if person is None:
            continue
        report.rows += 1
        if part.taught:
            number = next(n for n, role in part.roles.items() if role.kind == "name" or role.column == "last_name")
            _register(grid, row, number, person, work, *part.taught)
        _row(part, grid, row, person, work)


def _row(part: Part, grid: Grid, row: int, person: Person, work: Work) -> None:
    """The registrations of one student; the essay last, as it is in one of the student's subjects."""
    taken: dict[str, int] = {}
    cells = [(number, role, part.region.value(grid, row, number)) for number, role in part.roles.items()]
    for number, role, raw in ((n, role, raw) for n, role, raw in cells if filled(raw)):
        if role.kind == "subject":
            _subject_cell(part, grid, row, number, role, raw, person, work, taken)
        elif role.kind == "group":
            group_cell(part, grid, row, number, role, raw, person, work, taken)
        elif role.kind == "subjects":
            _listed_cell(grid, row, number, role, raw, person, work, taken)
        elif role.kind == "knowledge":
            _knowledge_cell(part, grid, row, number, role, raw, person, work)
    _essay(grid, row, [(n, role, raw) for n, role, raw in cells if filled(raw)], person, work, taken)


def _essay(
    grid: Grid, row: int, cells: list[tuple[int, Role, Value]], person: Person, work: Work, taken: dict[str, int]
) -> None:
    """The essay and then its supervisor."""
    for number, role, raw in cells:
        if role.kind == "essay":
            _essay_cell(grid, row, number, raw, person, work, taken)
    for number, role, raw in cells:
        if role.kind == "essay teacher":
            _essay_teacher(grid, row, number, raw, person, work)


def _subject_cell(
    part: Part,
    grid: Grid,
    row: int,
    number: int,
    role: Role,
    raw: Value,
    person: Person,
    work: Work,
    taken: dict[str, int],
) -> None:
    text = show(raw).strip()
    level, rest = read_remark(text)
    level = level or (role.level if taken_mark(raw) else "")
    graded = role.column == "grade" and is_grade(raw) and not no_mark(raw)
    if graded:
        level = role.level
    if not level and no_mark(raw):
        work.placed.add((grid.sheet, row, number))
        return
    if not role.subjects:
        work.list(
            grid.sheet, row, number, raw, phrase("no subject is called {header}", header=part.region.headers[number])
        )
        return
    subject = _which(role.subjects, part.region.headers[number], work)
    if subject:
        taken[subject] = number
    if not level:
        answer = work.need("level x", text) if taken_mark(raw) else ""
        level = read_level(answer)
    if not level:
        work.list(grid.sheet, row, number, raw, _unclear(role, part.region.headers[number], raw))
        return
    if not subject:
        names = any_of(role.subjects[:3])
        work.list(
            grid.sheet,
            row,
            number,
            raw,
            phrase("{header} may be {names}", header=part.region.headers[number], names=names),
        )
        return
    _register(grid, row, number, person, work, subject, level, notes=rest)
    if graded:
        _grade(part, grid, row, number, raw, person, work)


def _unclear(role: Role, header: str, raw: Value) -> str:
    if role.level:
        return phrase("{header}: not clear whether it is taken", header=f"{role.subjects[0]} {role.level}")
    if is_doubtful(show(raw)):
        return phrase("{header}: not certain whether HL or SL", header=header)
    if taken_mark(raw):
        return phrase("{header}: taken, but HL or SL is missing", header=header)
    return phrase("{header}: neither HL nor SL", header=header)


def _grade(part: Part, grid: Grid, row: int, number: int, raw: Value, person: Person, work: Work) -> None:
    """The grade in a cell: a predicted one where the sheet says so, else beside the registration."""
    made = work.made[-1]
    said = " ".join([grid.sheet, *(text for _, _, text in part.region.titles)])
    if "predicted" in work.trackers and _PREDICTED.search(said):
        values: dict[str, Value] = {**made.values, "predicted": show(raw).strip()}
        origin = (grid.sheet, row, number)
        work.made.append(Made("predicted", values, origin, person=person.number, identity=made.identity))
    else:
        made.extra["Grade"] = raw


def _which(subjects: tuple[str, ...], header: str, work: Work) -> str:
    if len(subjects) == 1:
        return subjects[0]
    answer = work.need(f"subject {header}", " or ".join(subjects[:4]))
    return answer if answer in subjects else ""


def group_cell(
    part: Part,
    grid: Grid,
    row: int,
    number: int,
    role: Role,
    raw: Value,
    person: Person,
    work: Work,
    taken: dict[str, int],
) -> None:
    """The subject that a cell names, at the level in it, beside it or above it."""
    beside = next((c for c, other in part.roles.items() if other.kind == "level" and other.number == number), 0)
    level_raw = part.region.value(grid, row, beside) if beside else None
    knowledge = show(level_raw).strip().upper() == TOK_LEVEL
    reading = SubjectReading((TOK,)) if knowledge else work.words.subjects.read(show(raw))
    if reading is None:
        if no_mark(raw):
            work.placed.add((grid.sheet, row, number))
        else:
            work.list(grid.sheet, row, number, raw, phrase("no subject of this name"))
        return
    if is_doubtful(show(raw)) or is_doubtful(show(level_raw)):
        work.list(grid.sheet, row, number, raw, phrase("not certain yet: neither HL nor SL is clear"))
        return
    level = reading.level or read_level(level_raw) or role.level
    subject = _which(reading.names, " ".join(show(raw).split()), work)
    if not subject:
        work.list(grid.sheet, row, number, raw, phrase("may be {names}", names=any_of(reading.names[:3])))
        return
    taken[subject] = number
    level = TOK_LEVEL if subject == TOK else level or _core_level(level_raw)
    if not level:
        work.list(grid.sheet, row, number, raw, phrase("HL or SL is missing"))
        return
    _register(grid, row, number, person, work, subject, level)
    if SELF_TAUGHT.search(show(raw)):
        work.made[-1].values["self_taught"] = True
    if beside and filled(level_raw):
        work.placed.add((grid.sheet, row, beside))


def _core_level(raw: Value) -> str:
    """The level of an extended essay, as IBIS writes it beside its subject."""
    return ESSAY_LEVEL if show(raw).strip().upper() == ESSAY_LEVEL else ""


def _listed_cell(
    grid: Grid, row: int, number: int, role: Role, raw: Value, person: Person, work: Work, taken: dict[str, int]
) -> None:
    """The subjects that one cell lists: those that are clear are taken, the others noted."""
    unclear: list[str] = []
    pieces = [] if no_mark(raw) else work.words.subjects.listed(show(raw))
    for piece in pieces:
        reading = work.words.subjects.read(piece)
        level = (reading.level if reading else "") or role.level
        subject = _which(reading.names, " ".join(piece.split()), work) if reading else ""
        if subject and level and not is_doubtful(piece):
            taken[subject] = number
            _register(grid, row, number, person, work, subject, level)
        else:
            unclear.append(piece)
    if unclear:
        why = phrase("not clear: {unclear}", unclear=", ".join(unclear))
        work.list(grid.sheet, row, number, raw, why, placed=len(unclear) < len(pieces))
    work.placed |= set() if unclear else {(grid.sheet, row, number)}


def _knowledge_cell(
    part: Part, grid: Grid, row: int, number: int, role: Role, raw: Value, person: Person, work: Work
) -> None:
    if role.column == "grade" and is_letter(raw):
        _register(grid, row, number, person, work, TOK, TOK_LEVEL)
        _grade(part, grid, row, number, raw, person, work)
    elif taken_mark(raw):
        _register(grid, row, number, person, work, TOK, TOK_LEVEL)
    elif no_mark(raw):
        work.placed.add((grid.sheet, row, number))
    else:
        work.list(grid.sheet, row, number, raw, phrase("TOK: not clear whether it is taken"))


def _essay_cell(
    grid: Grid, row: int, number: int, raw: Value, person: Person, work: Work, taken: dict[str, int]
) -> None:
    text = show(raw).strip()
    reading = None if is_doubtful(text) else work.words.subjects.read(text)
    names = of_student(reading.names, taken) if reading else ()
    if len(names) == 1:
        _register(grid, row, number, person, work, names[0], ESSAY_LEVEL)
    elif no_mark(raw):
        work.placed.add((grid.sheet, row, number))
    elif names:
        work.list(grid.sheet, row, number, raw, phrase("essay: may be {names}", names=any_of(names[:3])))
    elif is_letter(raw):
        work.list(grid.sheet, row, number, raw, phrase("a grade of the essay, whose subject is missing"))
    elif is_doubtful(text) and text.strip("? "):
        work.list(grid.sheet, row, number, raw, phrase("essay: the subject is not certain"))
    else:
        work.list(grid.sheet, row, number, raw, phrase("essay: the subject is missing"))


def _essay_teacher(grid: Grid, row: int, number: int, raw: Value, person: Person, work: Work) -> None:
    """The supervisor goes to the essay of this row."""
    made = next((one for one in reversed(work.made) if one.values.get("level") == ESSAY_LEVEL), None)
    open_ = show(raw).strip().casefold() in OPEN
    if made is not None and made.person == person.number and made.origin[:2] == (grid.sheet, row) and not open_:
        made.values["teacher"] = show(raw).strip()
        work.placed.add((grid.sheet, row, number))
    elif no_mark(raw):
        work.placed.add((grid.sheet, row, number))
    else:
        why = phrase("not known yet") if open_ else phrase("supervisor of an essay whose subject is not known")
        work.list(grid.sheet, row, number, raw, why)


def _register(
    grid: Grid, row: int, number: int, person: Person, work: Work, subject: str, level: str, notes: str = ""
) -> None:
    values: dict[str, Value] = {"subject": subject, "level": level, "notes": notes or None}
    what = level if level in (ESSAY_LEVEL, TOK_LEVEL) else subject
    work.made.append(Made("registrations", values, (grid.sheet, row, number), person=person.number, identity=(what,)))
    work.placed.add((grid.sheet, row, number))

"""A grid of subjects as registrations: a column for each subject, or Group 1 to Group 6; the essay and TOK too."""

from __future__ import annotations

from addin.core.book import Grid, Value
from addin.core.language import any_of, phrase
from addin.core.recognition.cells import OPEN
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.predicted import GRADE, LAST, RESULTS, TRACKER, grade_in, level_and_grade, subject_and_grade
from addin.core.recognition.predicted_rows import predict
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.roles import Role, is_grade, is_letter, no_mark, taken_mark
from addin.core.recognition.student_row import ESSAY_LEVEL, TOK, TOK_LEVEL, StudentRow
from addin.core.recognition.subject_names import (
    SELF_TAUGHT,
    SubjectReading,
    is_doubtful,
    of_student,
    read_level,
    read_remark,
)
from addin.core.recognition.work import Work, person_of_row
from addin.core.records import record
from addin.core.regex import regex
from addin.core.tables.values import show

_ESSAY_IN = regex(r"(?i)(?:ee|extended essay)\s*[:(–-]+\s*([^()]+?)\s*\)?")
"""`EE (History)` in a column of subjects."""


def grid_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """The registrations of a grid, and its students."""
    seen: dict[int, int] = {}
    taught, last = part.taught, None
    for row in part.region.rows:
        if part.taught and (heading := _class_heading(part, grid, row, last, work)):
            taught, seen, last = heading.subject, {}, heading
            continue
        last = None
        person = person_of_row(part, grid, row, work, report, seen)
        if person is None:
            continue
        report.rows += 1
        higher, not_taken = _higher(part, grid, row, work)
        student = StudentRow(part, grid, row, person, work, higher=higher, not_taken=not_taken)
        number = next((n for n, role in part.roles.items() if role.kind == "name" or role.column == "last_name"), 0)
        if taught:
            student.register(number, *taught)
        elif part.taught:
            student.list(number, phrase("HL or SL is missing"), placed=True)
        _row(student)


@record
class _Heading:
    """The heading of another class below the first; `subject` is None where it does not say the level."""

    subject: tuple[str, str] | None


def _class_heading(part: Part, grid: Grid, row: int, before: _Heading | None, work: Work) -> _Heading | None:
    """The next class on a sheet of class lists, where a row says only that: `History SL`."""
    texts = [(number, value) for number, value in enumerate(grid.values[row - 1], 1) if filled(value)]
    if len(texts) == 1 and before is not None and (row + 1) in {aside.row for aside in part.region.asides}:
        work.placed.add((grid.sheet, row, texts[0][0]))  # who teaches it, above the headers
        return before
    reading = work.words.subjects.read(show(texts[0][1])) if len(texts) == 1 else None
    if reading is None:
        return None
    work.placed.add((grid.sheet, row, texts[0][0]))
    return _Heading((reading.names[0], reading.level) if reading.level and len(reading.names) == 1 else None)


def _higher(part: Part, grid: Grid, row: int, work: Work) -> tuple[frozenset[str], tuple[str, ...]]:
    """The subjects that the row lists as those at higher level, and what of the list is none of the row's."""
    number = next((n for n, role in part.roles.items() if role.kind == "higher"), 0)
    if not number:
        return frozenset(), ()
    read = work.words.subjects.read
    groups = [part.region.value(grid, row, n) for n, role in part.roles.items() if role.kind == "group"]
    taken = {name for cell in groups if (reading := read(show(cell))) for name in reading.names}
    pieces = work.words.subjects.listed(show(part.region.value(grid, row, number)))
    names = {piece: {*reading.names} if (reading := read(piece)) else set() for piece in pieces}
    return frozenset().union(*names.values()), tuple(piece for piece in pieces if not taken & names[piece])


def _row(student: StudentRow) -> None:
    """The registrations of one student; the essay last, as it is in one of the student's subjects."""
    filled_ = [(n, role) for n, role in student.part.roles.items() if filled(student.value(n))]
    for number, role in filled_:
        if role.kind == "subject":
            _subject_cell(student, number, role)
        elif role.kind == "group":
            group_cell(student, number, role)
        elif role.kind == "subjects":
            _listed_cell(student, number, role)
        elif role.kind == "knowledge":
            _knowledge_cell(student, number, role)
        elif role.kind == "predicted":
            _predicted_cell(student, number, role)
    for kind, read in (("essay", _essay_cell), ("essay teacher", _essay_teacher), ("higher", _higher_cell)):
        for number in (n for n, role in filled_ if role.kind == kind):
            read(student, number)
    for number in (n for n, role in filled_ if role.kind == "grade of"):
        _grade_beside(student, number, student.part.roles[number])


def _subject_cell(student: StudentRow, number: int, role: Role) -> None:
    """The level, or the mark that it is taken, below a subject's header."""
    raw, header, work = student.value(number), student.header(number), student.work
    text = show(raw).strip()
    level, rest, grade = _level_of(student, role, raw)
    graded = bool(grade)
    if not level and no_mark(raw):
        student.place(number)
        return
    if not role.subjects:
        student.list(number, phrase("no subject is called {header}", header=header))
        return
    subject = _which(role.subjects, header, work)
    if subject:
        student.taken[subject] = number
    tracker = _graded_in(student)
    if graded and subject and tracker and (not level or tracker == RESULTS):
        _predict(student, number, {"subject": subject, "level": level or None}, (subject,), grade)
        return
    if not level:
        answer = work.need("level x", text) if taken_mark(raw) else ""
        level = read_level(answer)
    if not level:
        student.list(number, _unclear(role, header, raw))
        return
    if not subject:
        student.list(number, phrase("{header} may be {names}", header=header, names=any_of(role.subjects[:3])))
        return
    student.register(number, subject, level, notes=rest)
    if graded:
        _grade(student, number, grade)


def _level_of(student: StudentRow, role: Role, raw: Value) -> tuple[str, str, str]:
    """The level below a subject's header, what the cell says besides, and the grade in it."""
    text = show(raw).strip()
    if _graded_in(student) and (both := level_and_grade(text))[0]:
        return read_level(both[0]), "", both[1]
    if role.column == "grade" and is_grade(raw) and not no_mark(raw):
        return role.level, "", text
    level, rest = read_remark(text)
    return level or (role.level if taken_mark(raw) else ""), rest, ""


def _unclear(role: Role, header: str, raw: Value) -> str:
    if role.level:
        return phrase("{header}: not clear whether it is taken", header=f"{role.subjects[0]} {role.level}")
    if is_doubtful(show(raw)):
        return phrase("{header}: not certain whether HL or SL", header=header)
    if taken_mark(raw):
        return phrase("{header}: taken, but HL or SL is missing", header=header)
    return phrase("{header}: neither HL nor SL", header=header)


def _graded_in(student: StudentRow) -> str:
    """The tracker that grades go to; "" where they stay beside the registration."""
    tracker = student.part.region.graded
    return tracker if tracker in student.work.trackers else ""


def _grade(student: StudentRow, number: int, grade: str) -> None:
    """The grade in a cell: a predicted one where the sheet says so, else beside the registration."""
    raw, made = student.value(number), student.work.made[-1]
    if _graded_in(student):
        predict(made, {LAST: grade}, student.work)
    else:
        made.extra["Grade"] = raw


def _predict(
    student: StudentRow, number: int, values: dict[str, Value], identity: tuple[str, ...], grade: str = ""
) -> None:
    """The predicted grade in a cell, of a subject whose level another cell or sheet says; or the result."""
    tracker, origin = _graded_in(student), (student.grid.sheet, student.row, number)
    made = Made(tracker, values, origin, person=student.person.number, identity=identity)
    predict(made, {GRADE[tracker]: grade or grade_in(student.value(number))}, student.work, tracker)
    student.place(number)


def _predicted_cell(student: StudentRow, number: int, role: Role) -> None:
    """The predicted grade beside the level of the same subject."""
    raw, work = student.value(number), student.work
    grade = grade_in(raw)
    if not grade and no_mark(raw):
        student.place(number)
        return
    subject = _which(role.subjects, student.header(number), work)
    if not grade or not subject:
        student.list(number, phrase("no grade from 1 to 7") if subject else phrase("no subject of this name"))
        return
    known = work.made[-1] if work.made else None
    if (
        known
        and known.tracker == TRACKER
        and known.values.get("subject") == subject
        and known.origin[:2]
        == (
            student.grid.sheet,
            student.row,
        )
    ):
        known.values.setdefault(role.column, grade)
    else:
        values: dict[str, Value] = {"subject": subject, "level": role.level or None}
        origin = (student.grid.sheet, student.row, number)
        made = Made(TRACKER, values, origin, person=student.person.number, identity=(subject,))
        predict(made, {role.column: grade}, work)
    student.place(number)


def _which(subjects: tuple[str, ...], header: str, work: Work) -> str:
    if len(subjects) == 1:
        return subjects[0]
    answer = work.need(f"subject {header}", " or ".join(subjects[:4]))
    return answer if answer in subjects else ""


def group_cell(student: StudentRow, number: int, role: Role) -> None:
    """The subject that a cell names, at the level in it, beside it or above it, or by the list of those at HL."""
    work, roles = student.work, student.part.roles
    raw, grade = _without_grade(student, number)
    beside = next((c for c, other in roles.items() if other.kind == "level" and other.number == number), 0)
    level_raw = student.value(beside) if beside else None
    knowledge = show(level_raw).strip().upper() == TOK_LEVEL
    essay = _ESSAY_IN.fullmatch(show(raw).strip())
    reading = SubjectReading((TOK,)) if knowledge else work.words.subjects.read(essay[1] if essay else show(raw))
    if reading is None:
        if no_mark(raw):
            student.place(number)
        else:
            student.list(number, phrase("no subject of this name"))
        return
    if is_doubtful(show(raw)) or is_doubtful(show(level_raw)):
        student.list(number, phrase("not certain yet: neither HL nor SL is clear"))
        return
    subject = _which(reading.names, " ".join(show(raw).split()), work)
    if not subject:
        student.list(number, phrase("may be {names}", names=any_of(reading.names[:3])))
        return
    student.taken[subject] = number
    level = reading.level or read_level(level_raw) or role.level or _core_level(level_raw)
    if not level and subject in student.higher:
        level = "HL"
    elif not level and student.higher and not student.not_taken:
        level = "SL"
    level = TOK_LEVEL if subject == TOK else ESSAY_LEVEL if essay else level
    if not level:
        student.list(number, phrase("HL or SL is missing"))
        return
    student.register(number, subject, level)
    _teacher_beside(student, number)
    if SELF_TAUGHT.search(show(raw)):
        work.made[-1].values["self_taught"] = True
    _put_grade(student, work.made[-1], LAST, grade)
    if beside and filled(level_raw):
        student.place(beside)


def _without_grade(student: StudentRow, number: int) -> tuple[Value, str]:
    """A cell that names a subject, and on a sheet of grades the one behind it: `History 6`."""
    raw = student.value(number)
    graded = student.part.region.graded and student.work.words.subjects.read(raw) is None
    return subject_and_grade(show(raw)) if graded else (raw, "")


def _teacher_beside(student: StudentRow, number: int) -> None:
    """Who teaches the subject of a cell, in the column behind it."""
    roles = student.part.roles
    teacher = next((c for c, other in roles.items() if other.kind == "teacher" and other.number == number), 0)
    if teacher and filled(student.value(teacher)):
        student.work.made[-1].values["teacher"] = show(student.value(teacher)).strip()
        student.place(teacher)


def _grade_beside(student: StudentRow, number: int, role: Role) -> None:
    """The grade beside a subject: a predicted one or a result where the headers or the sheet say so."""
    raw, work, origin = student.value(number), student.work, (student.grid.sheet, student.row, role.number)
    if no_mark(raw):
        student.place(number)
        return
    made = next((one for one in work.made if one.origin == origin and one.person == student.person.number), None)
    grade = grade_in(raw)
    if not grade or made is None:
        why = phrase("no grade from 1 to 7") if made else phrase("a grade of a subject that is not clear")
        student.list(number, why)
        return
    _put_grade(student, made, role.column, grade)
    student.place(number)


def _put_grade(student: StudentRow, made: Made, step: str, grade: str) -> None:
    """A grade beside a registration, if any: the result, or the predicted grade of this step where the sheet has
    these."""
    if not grade:
        return
    if _graded_in(student) == RESULTS:
        made.tracker, made.values = RESULTS, {**made.values, GRADE[RESULTS]: grade}
    elif step and TRACKER in student.work.trackers:
        predict(made, {step: grade}, student.work)
    else:
        made.extra["Grade"] = int(grade) if grade.isdigit() else grade


def _core_level(raw: Value) -> str:
    """The level of an extended essay, as IBIS writes it beside its subject."""
    return ESSAY_LEVEL if show(raw).strip().upper() == ESSAY_LEVEL else ""


def _listed_cell(student: StudentRow, number: int, role: Role) -> None:
    """The subjects that one cell lists: those that are clear are taken, the others noted."""
    raw, subjects = student.value(number), student.work.words.subjects
    unclear: list[str] = []
    pieces = [] if no_mark(raw) else subjects.listed(show(raw))
    for piece in pieces:
        reading = subjects.read(piece)
        level = (reading.level if reading else "") or role.level
        subject = _which(reading.names, " ".join(piece.split()), student.work) if reading else ""
        if subject and level and not is_doubtful(piece):
            student.taken[subject] = number
            student.register(number, subject, level)
        else:
            unclear.append(piece)
    if unclear:
        why = phrase("not clear: {unclear}", unclear=", ".join(unclear))
        student.list(number, why, placed=len(unclear) < len(pieces))
    else:
        student.place(number)


def _higher_cell(student: StudentRow, number: int) -> None:
    """The list of subjects at higher level: each must be one of the row's."""
    if student.not_taken:
        others = ", ".join(student.not_taken)
        student.list(number, phrase("not among the subjects of this row: {others}", others=others))
    else:
        student.place(number)


def _knowledge_cell(student: StudentRow, number: int, role: Role) -> None:
    raw = student.value(number)
    if role.column == "grade" and is_letter(raw) and _graded_in(student) == RESULTS:
        _predict(student, number, {"subject": TOK, "level": TOK_LEVEL}, (TOK,))
    elif role.column == "grade" and is_letter(raw):
        student.register(number, TOK, TOK_LEVEL)
        _grade(student, number, show(raw).strip())
    elif taken_mark(raw):
        student.register(number, TOK, TOK_LEVEL)
    elif no_mark(raw):
        student.place(number)
    else:
        student.list(number, phrase("TOK: not clear whether it is taken"))


def _essay_cell(student: StudentRow, number: int) -> None:
    raw = student.value(number)
    text = show(raw).strip()
    reading = None if is_doubtful(text) else student.work.words.subjects.read(text)
    names = of_student(reading.names, student.taken) if reading else ()
    if len(names) == 1:
        student.register(number, names[0], ESSAY_LEVEL)
    elif no_mark(raw):
        student.place(number)
    elif names:
        student.list(number, phrase("essay: may be {names}", names=any_of(names[:3])))
    elif is_letter(raw) and _graded_in(student):
        _predict(student, number, {"level": ESSAY_LEVEL}, (ESSAY_LEVEL,))
    elif is_letter(raw):
        student.list(number, phrase("a grade of the essay, whose subject is missing"))
    elif is_doubtful(text) and text.strip("? "):
        student.list(number, phrase("essay: the subject is not certain"))
    else:
        student.list(number, phrase("essay: the subject is missing"))


def _essay_teacher(student: StudentRow, number: int) -> None:
    """The supervisor goes to the essay of this row."""
    raw = student.value(number)
    made = next((one for one in reversed(student.work.made) if one.values.get("level") == ESSAY_LEVEL), None)
    open_ = show(raw).strip().casefold() in OPEN
    here = (student.grid.sheet, student.row)
    if made is not None and made.person == student.person.number and made.origin[:2] == here and not open_:
        made.values["teacher"] = show(raw).strip()
        student.place(number)
    elif no_mark(raw):
        student.place(number)
    else:
        why = phrase("not known yet") if open_ else phrase("supervisor of an essay whose subject is not known")
        student.list(number, why)

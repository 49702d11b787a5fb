"""OneRoster's enrollments, classes and users (1.1 and 1.2, CSV) as registrations: who takes which subject with whom.

A row for each enrollment of a student, in the order of the file, so that what is left out is named by its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from addin.core import records
from addin.core.book import Grid, Value, trimmed
from addin.core.language import any_of, phrase
from addin.core.recognition.source import Source
from addin.core.recognition.subject_names import SubjectNames
from addin.core.tables.equality import fold
from addin.core.tables.layout import plain
from addin.core.tables.values import show

ENROLLMENTS, CLASSES = {"classsourcedid", "usersourcedid", "role"}, {"sourcedid", "title", "coursesourcedid"}
FILES = ("users", "classes")
COLUMNS = ("candidate", "session", "category", "subject", "level", "teacher", "class_group", "response_language")
"""The columns of Registrations that a row fills."""
Row = Mapping[str, str]


def is_enrollments(source: Source) -> bool:
    """Whether a list is OneRoster's enrollments."""
    return _headers(source.grid) >= ENROLLMENTS


def is_classes(source: Source) -> bool:
    """Whether a list is OneRoster's classes."""
    return _headers(source.grid) >= CLASSES


def _headers(grid: Grid) -> set[str]:
    return {plain(cell) for cell in (grid.values[0] if grid.values else []) if isinstance(cell, str)}


def rows_of(grid: Grid) -> list[dict[str, str]]:
    """The rows of a file by plain header; a blank line is an empty one."""
    head = [plain(show(cell)) for cell in (grid.values[0] if grid.values else [])]
    lines = ([show(cell).strip() for cell in line] for line in grid.values[1:])
    return [dict(zip(head, line, strict=False)) if any(line) else {} for line in lines]


def registrations(
    source: Source,
    classes: Sequence[Row],
    users: Sequence[Row],
    people: Sequence[Mapping[str, Value]],
    subjects: SubjectNames,
    headers: Sequence[str],
) -> Source:
    """The enrollments as registrations. `people` are the candidates of the workbook, `headers` those of COLUMNS."""
    by_class = {row["sourcedid"]: row for row in classes if row.get("sourcedid")}
    by_user = {row["sourcedid"]: row for row in users if row.get("sourcedid")}
    known = _by_evidence(people)
    enrolled = rows_of(source.grid)
    teachers = _teachers(enrolled, by_user)
    lines: list[list[Value]] = [list(headers)]
    excluded: dict[int, str] = {}
    for number, row in enumerate(enrolled, 2):
        made = _row(row, by_class, by_user, known, teachers, subjects) if row else None
        if isinstance(made, str):
            excluded[number] = made
        lines.append([made.get(name) for name in COLUMNS] if isinstance(made, dict) else ["-"] if made else [])
    return replace(
        source,
        grid=records.replace(source.grid, values=trimmed(lines)),
        excluded=excluded,
        widths=(),
        program="OneRoster",
    )


def _row(
    row: Row,
    classes: Mapping[str, Row],
    users: Mapping[str, Row],
    known: Mapping[str, Mapping[str, Value]],
    teachers: Mapping[str, str],
    subjects: SubjectNames,
) -> dict[str, Value] | str:
    """The registration of one enrollment, or why it is none."""
    if fold(row.get("role", "")) != "student":
        return phrase("its role is {role}", role=row.get("role") or "-")
    if fold(row.get("status", "")) == "tobedeleted":
        return phrase("its status is tobedeleted")
    user, class_ = users.get(row.get("usersourcedid", "")), classes.get(row.get("classsourcedid", ""))
    if user is None or class_ is None:
        return phrase("users.csv has no such user") if user is None else phrase("classes.csv has no such class")
    person = next((known[key] for key in _evidence(user) if key in known), None)
    if person is None:
        return phrase("{name} is no candidate of the workbook", name=_name(user))
    title = class_.get("title", "")
    reading = subjects.read_header(title)
    if reading is None or len(reading.names) != 1:
        may = phrase("{title} may be {names}", title=title, names=any_of(reading.names[:3])) if reading else ""
        return may or phrase("{title} names no subject of the IB", title=title)
    if not reading.level:
        return phrase("{title} says neither HL nor SL", title=title)
    subject = reading.names[0]
    return {
        "candidate": person.get("code"), "session": person.get("session"), "category": person.get("category"),
        "subject": subject, "level": reading.level, "teacher": teachers.get(row["classsourcedid"]) or None,
        "class_group": class_.get("classcode") or None, "response_language": subjects.studied.get(subject),
    }  # fmt: skip


def _evidence(user: Row) -> list[str]:
    """By what a user is known: their number, else their e-mail address."""
    return [f"{kind} {fold(user[kind])}" for kind in ("identifier", "email") if user.get(kind)]


def _by_evidence(people: Sequence[Mapping[str, Value]]) -> dict[str, Mapping[str, Value]]:
    """The candidates by code and e-mail address; what two share says nothing."""
    found: dict[str, list[Mapping[str, Value]]] = {}
    for person in people:
        for kind, column in (("identifier", "code"), ("email", "email")):
            if person.get(column):
                found.setdefault(f"{kind} {fold(show(person[column]))}", []).append(person)
    return {key: those[0] for key, those in found.items() if len(those) == 1}


def _teachers(enrolled: Sequence[Row], users: Mapping[str, Row]) -> dict[str, str]:
    """Class -> its teachers, the primary one first."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for row in enrolled:
        user = users.get(row.get("usersourcedid", ""))
        if user and fold(row.get("role", "")) == "teacher" and fold(row.get("status", "")) != "tobedeleted":
            found.setdefault(row["classsourcedid"], []).append((fold(row.get("primary", "")) != "true", _name(user)))
    return {class_: ", ".join(name for _, name in sorted(names)) for class_, names in found.items()}


def _name(user: Row) -> str:
    return " ".join(filter(None, (user.get("givenname"), user.get("familyname")))) or user.get("sourcedid", "")

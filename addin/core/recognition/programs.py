"""Lists that other programs export, known by their structure: which header means which column, and which rows count.

Made after public documentation: OneRoster 1.1 and 1.2 (1EdTech, CSV tables of users; enrollments are in
oneroster.py), ManageBac (student import template), Toddle, PowerSchool and iSAMS student lists, the IBIS candidate
list. The answers of forms are in forms.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from addin.core import records
from addin.core.book import Value, trimmed
from addin.core.language import phrase
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.core.tables.equality import fold
from addin.core.tables.layout import plain
from addin.core.tables.values import show

Row = Mapping[str, Value]
"""A row by plain header."""
TITLES, LEAST_HEADERS = 15, 2
"""In so many rows at most are the headers, below titles; and more of them than this."""


@dataclass(frozen=True, slots=True)
class Program:
    """A kind of export: `needs` are plain headers that are all there, `columns` maps plain headers to columns."""

    name: str
    tracker: str
    needs: tuple[str, ...]
    columns: Mapping[str, str]
    skip: Callable[[Row], str] = field(default=lambda _: "")
    """Why a row is none of the list; "" for one that is."""
    joined: Mapping[str, str] = field(default_factory=dict)
    """Plain header -> the one whose cells are added behind it, with a blank between."""
    fills: frozenset[str] = frozenset()
    """Columns that are taken for new rows and blank cells only: what the list says is less than what they hold."""


def _oneroster(row: Row) -> str:
    role, status = fold(show(row.get("role"))), fold(show(row.get("status")))
    if status == "tobedeleted":
        return "its status is tobedeleted"
    if role and role != "student":
        return f"its role is {show(row.get('role'))}"
    if not role and not show(row.get("grades")).strip():
        return "it has neither a role nor a grade, so it may be no student"
    return "it is switched off (enabledUser)" if fold(show(row.get("enableduser"))) in ("false", "no") else ""


def _gone(row: Row) -> str:
    """PowerSchool's enrollment status is 0 for students who are there; others write the word."""
    status = fold(show(row.get("enroll status", row.get("status"))))
    gone = status in ("withdrawn", "transferred", "left", "leaver", "archived", "inactive", "former", "2", "3")
    return f"its status is {status}" if gone else ""


def _other_programme(row: Row) -> str:
    """Why a student of all programmes is no candidate: Primary and Middle Years students are none."""
    programme = show(next((row[name] for name in _PROGRAMME if row.get(name)), "")).strip()
    words = {*plain(programme).split()}
    other = words & {"pyp", "myp", "primary", "middle"} or fold(programme) in ("custom",)
    return f"its program is {programme}" if other else _gone(row)


_PROGRAMME = ("program", "programme", "curriculum program", "curriculum programme")
_NAMES = {
    "surname": "last_name", "last name": "last_name", "family name": "last_name", "forename": "first_names",
    "first name": "first_names", "given name": "first_names", "preferred name": "preferred_name",
    "pref name": "preferred_name", "email": "email", "e mail": "email", "email address": "email",
    "student email": "email", "dob": "birth_date", "date of birth": "birth_date", "birthday": "birth_date",
    "gender": "gender", "sex": "gender", "nationality": "nationality", "nationality 1": "nationality",
    "nationality 2": "second_nationality", "guardian email": "guardian_email", "parent email": "guardian_email",
    "parent 1 e mail": "guardian_email", "parent 1 email": "guardian_email", "parent 1 first name": "guardian_name",
    "parent 1 name": "guardian_name", "family member 1 email": "guardian_email",
    "family member 1 first name": "guardian_name", "homeroom advisor": "adviser", "homeroom teacher": "adviser",
    "advisor": "adviser",
}  # fmt: skip
_OF_PROGRAMME = {
    **_NAMES, **dict.fromkeys(_PROGRAMME, "category"), "student id": "code", "grade": "year_group",
    "year group": "year_group", "language 1": "first_language", "language 2": "second_language",
}  # fmt: skip
_PARENTS = {
    "parent 1 first name": "parent 1 last name", "family member 1 first name": "family member 1 last name",
}  # fmt: skip
_EMPLOYED = {
    **dict.fromkeys(("email", "e mail", "email address", "work email"), "email"), "department": "subjects",
    "job title": "roles", "start date": "joined", "hire date": "joined",
}  # fmt: skip
_SIMS = {**_NAMES, "adno": "code", "admission number": "code", "legal surname": "last_name", "year": "year_group",
         "legal forename": "first_names", "preferred forename": "preferred_name", "primary email": "email",
         "reg": "year_group", "reg group": "year_group", "registration group": "year_group"}  # fmt: skip
_IBIS = {**_NAMES, "first names": "first_names", "given names": "first_names", "candidate code": "session_number",
         "candidate": "session_number", "registration code": "session_number", "personal code": "personal_code",
         "category": "category", "session": "session", "student id": "code", "school student id": "code",
         "best language": "first_language"}  # fmt: skip


_SUBJECT_GRADES = ("subject grade", "final grade")
_MARKS = {"mark", "marks", "moderated mark", "scaled mark", "component grade", "raw mark"}
_SUBJECTS = {"subject": "subject", "level": "level", "matière": "subject", "niveau": "level", "asignatura": "subject",
             "nivel": "level"}  # fmt: skip
_NUMBERED = (
    "registration code", "candidate", "candidate code", "candidate session number", "candidate number", "candidat",
    "code du candidat", "numéro de candidat", "alumno", "código del alumno", "candidato",
)  # fmt: skip
_RESULTS = {
    **dict.fromkeys(_NUMBERED, "candidate"), **_SUBJECTS, "session": "session", "language": "response_language",
    "response language": "response_language", "langue": "response_language", "lengua": "response_language",
    "subject grade": "grade", "final grade": "grade", "scaled total": "scaled", "scaled total mark": "scaled",
    "subject total": "scaled",
}  # fmt: skip


def _component(row: Row) -> str:
    """Why a row about a component is none of a subject's result."""
    graded = any(show(row.get(name)).strip() for name in _SUBJECT_GRADES)
    return "" if graded else "it is of a component; the grade of the subject is in another row"


def _results() -> tuple[Program, ...]:
    """IBIS: results by subject, perhaps with the components of each."""
    needs = ("session", "subject", "level")
    graded = {**_RESULTS, "grade": "grade", "note": "grade", "calificación": "grade"}
    parts = [Program("IBIS", "results", (*needs, "component", name), _RESULTS, _component) for name in _SUBJECT_GRADES]
    french, spanish = ("session", "matière", "niveau", "note"), ("session", "asignatura", "nivel", "calificación")
    whole = [(*needs, "grade", "personal code"), (*needs, "grade", "registration code")]
    whole += [(*french, name) for name in ("candidat", "code du candidat", "numéro de candidat", "code personnel")]
    whole += [(*spanish, name) for name in ("alumno", "candidato", "código del alumno", "código personal")]
    return (*parts, *(Program("IBIS", "results", headers, graded) for headers in whole))


def _school_managers() -> tuple[Program, ...]:
    """ManageBac and Toddle: students of all programmes, with parents beside them."""
    fills = frozenset({"category"})
    needs = ("student id", "first name", "last name")
    managebac = [(*needs, "ib group"), (*needs, "program", "parent 1 first name"), (*needs, "program", "year group")]
    toddle = [(*needs, "curriculum program"), (*needs, "curriculum programme")]
    return tuple(
        Program(name, "candidates", headers, _OF_PROGRAMME, _other_programme, _PARENTS, fills)
        for name, several in (("ManageBac", managebac), ("Toddle", toddle))
        for headers in several
    )


PROGRAMS = (
    Program(
        "OneRoster", "candidates", ("sourcedid", "givenname", "familyname"),
        {"identifier": "code", "givenname": "first_names", "familyname": "last_name", "email": "email",
         "preferredgivenname": "preferred_name", "grades": "year_group"},
        _oneroster, {"givenname": "middlename"},
    ),
    Program(
        "PowerSchool", "candidates", ("student number", "last name", "first name", "grade level"),
        {**_NAMES, "student number": "code", "grade level": "year_group", "home room": "year_group"},
        _gone, {"first name": "middle name"},
    ),
    Program(
        "iSAMS", "candidates", ("school id", "surname", "forename"),
        {**_NAMES, "school id": "code", "form": "year_group", "tutor": "adviser"}, _gone,
    ),
    *(
        Program("SIMS", "candidates", (number, surname, forename), _SIMS, _gone, {"legal forename": "middle names"})
        for number in ("adno", "admission number")
        for surname, forename in (("legal surname", "legal forename"), ("surname", "forename"))
    ),
    Program(
        "Toddle", "staff", ("first name", "last name", "email", "display title"),
        {"email": "email", "start date": "joined"},
    ),
    Program("", "staff", ("first name", "last name", "job title"), _EMPLOYED),
    *_school_managers(),
    *_results(),
    Program("IBIS", "candidates", ("candidate code", "personal code", "category"), _IBIS),
    Program("IBIS", "candidates", ("candidate", "personal code", "category", "date of birth"), _IBIS),
    Program("IBIS", "candidates", ("registration code", "personal code", "category", "date of birth"), _IBIS),
)  # fmt: skip
"""In this order: the first whose headers are all there."""


def find_program(source: Source) -> tuple[Program, int, dict[str, int]] | None:
    """The program that wrote a list, the row of its headers, and the number of each plain header; a title, the school
    and the date may be above them."""
    for row, line in enumerate(source.grid.values[:TITLES], 1):
        numbers: dict[str, int] = {}
        for number, cell in enumerate(line, 1):
            if isinstance(cell, str) and plain(cell):
                numbers.setdefault(plain(cell), number)
        for program in PROGRAMS if len(numbers) > LEAST_HEADERS else ():
            if all(name in numbers for name in program.needs):
                return program, row, numbers
    return None


def translate(source: Source) -> tuple[Source, Understood] | None:
    """A list of another program as one of ours: the same cells, the columns they go to, the rows that do not count."""
    found = find_program(source)
    if not found:
        return None
    program, head, numbers = found
    if program.tracker == "candidates" and _of_subjects(numbers):
        return None
    taken: dict[str, Match] = {}
    line = source.grid.values[head - 1]
    for header, column in program.columns.items():
        if header in numbers and column not in taken:
            sure = column not in program.fills
            taken[column] = Match(show(line[numbers[header] - 1]), numbers[header], column, sure)
    excluded = {}
    for number, cells in enumerate(source.grid.values[head:], head + 1):
        row = {header: cells[n - 1] if n <= len(cells) else None for header, n in numbers.items()}
        if cells and (why := program.skip(row)):
            excluded[number] = why
    values = _joined(source.grid.values, head, program, numbers)
    more: list[Match] = []
    if program.tracker == "candidates":
        values, more = _split_names(values, head, numbers, taken)
    grid, widths = records.replace(source.grid, values=values), [width + len(more) for width in source.widths]
    matches = sorted([*taken.values(), *more], key=lambda match: match.number)
    made = replace(source, grid=grid, widths=widths, excluded=excluded, program=program.name, fills=program.fills)
    return made, Understood(source.grid.sheet, program.tracker, head, matches)


def _of_subjects(numbers: Mapping[str, int]) -> bool:
    """Whether a list has a row for each subject of a student."""
    return "subject" in numbers and ("level" in numbers or "grade" in numbers)


def refusal(source: Source) -> str:
    """Why a list is of no tracker, though its headers are much like those of one; "" for any other list."""
    for line in source.grid.values[:TITLES]:
        head = {plain(cell) for cell in line if isinstance(cell, str)}
        if {"component", "subject", "level"} <= head and not head & {*_SUBJECT_GRADES} and _MARKS & head:
            return phrase(
                "it has a row for each component; no tracker holds their marks. Import the list of subject results"
            )
    return ""


def _split_names(
    values: list[list[Value]], head: int, numbers: Mapping[str, int], taken: Mapping[str, Match]
) -> tuple[list[list[Value]], list[Match]]:
    """A column `NAME, First` as two more columns, where the list has no others for the names."""
    place = numbers.get("name", numbers.get("candidate name", 0))
    rows = [line for line in values[head:] if len(line) >= place and line[place - 1] is not None] if place else []
    both = [show(line[place - 1]).split(",") for line in rows]
    if {"last_name", "first_names"} & {*taken} or not both or any(len(names) != 2 for names in both):
        return values, []
    width = max(map(len, values))
    for line, names in zip(rows, both, strict=True):
        line += [None] * (width - len(line)) + [name.strip() for name in names]
    header = values[head - 1]
    header += [None] * (width - len(header)) + ["Family name", "Given names"]
    return values, [Match("Family name", width + 1, "last_name"), Match("Given names", width + 2, "first_names")]


def _joined(
    values: Sequence[list[Value]], head: int, program: Program, numbers: Mapping[str, int]
) -> list[list[Value]]:
    """The rows with further given names behind the first ones."""
    places = [
        (numbers[first] - 1, numbers[more] - 1)
        for first, more in program.joined.items()
        if first in numbers and more in numbers
    ]
    lines = [list(line) for line in values]
    for line in lines[head:]:
        for first, more in places:
            if more < len(line) and first < len(line) and line[more] is not None:
                line[first] = " ".join(show(cell).strip() for cell in (line[first], line[more]) if cell is not None)
    return trimmed(lines)

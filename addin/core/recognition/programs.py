"""Lists that other programs export, known by their structure: which header means which column, and which rows count.

Made after public documentation: OneRoster 1.1 and 1.2 (1EdTech, CSV tables of users; enrollments are in
oneroster.py), ManageBac (student import template), Toddle, PowerSchool and iSAMS student lists, the IBIS candidate
list, and the answers of a Google Form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from addin.core import records
from addin.core.book import Value, trimmed
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.core.tables.equality import fold
from addin.core.tables.layout import plain
from addin.core.tables.values import show

Row = Mapping[str, Value]
"""A row by plain header."""


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


_NAMES = {
    "surname": "last_name", "last name": "last_name", "family name": "last_name", "forename": "first_names",
    "first name": "first_names", "given name": "first_names", "preferred name": "preferred_name",
    "pref name": "preferred_name", "email": "email", "e mail": "email", "email address": "email",
    "student email": "email", "dob": "birth_date", "date of birth": "birth_date", "birthday": "birth_date",
    "gender": "gender", "sex": "gender", "nationality": "nationality",
}  # fmt: skip
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
    Program(
        "ManageBac", "candidates", ("student id", "first name", "last name", "ib group"),
        {**_NAMES, "student id": "code", "grade": "year_group", "homeroom advisor": "adviser"}, _gone,
    ),
    Program(
        "Toddle", "candidates", ("student id", "first name", "last name", "curriculum program"),
        {**_NAMES, "student id": "code", "grade": "year_group", "year group": "year_group"}, _gone,
    ),
    Program(
        "IBIS", "candidates", ("candidate code", "personal code", "category"),
        {**_NAMES, "first names": "first_names", "given names": "first_names", "candidate code": "session_number",
         "personal code": "personal_code", "category": "category", "session": "session", "student id": "code",
         "school student id": "code"},
    ),
)  # fmt: skip
"""In this order: the first whose headers are all there."""


def find_program(source: Source) -> tuple[Program, dict[str, int]] | None:
    """The program that wrote a list, and the number of each plain header; its headers are in the first row."""
    line = source.grid.values[0] if source.grid.values else []
    numbers: dict[str, int] = {}
    for number, cell in enumerate(line, 1):
        if isinstance(cell, str) and plain(cell):
            numbers.setdefault(plain(cell), number)
    for program in PROGRAMS:
        if all(name in numbers for name in program.needs):
            return program, numbers
    return None


def translate(source: Source) -> tuple[Source, Understood] | None:
    """A list of another program as one of ours: the same cells, the columns they go to, the rows that do not count."""
    found = find_program(source)
    if not found:
        return None
    program, numbers = found
    taken: dict[str, Match] = {}
    line = source.grid.values[0]
    for header, column in program.columns.items():
        if header in numbers and column not in taken:
            taken[column] = Match(show(line[numbers[header] - 1]), numbers[header], column)
    excluded = {}
    for number, cells in enumerate(source.grid.values[1:], 2):
        row = {header: cells[n - 1] if n <= len(cells) else None for header, n in numbers.items()}
        if cells and (why := program.skip(row)):
            excluded[number] = why
    grid = records.replace(source.grid, values=_joined(source.grid.values, program, numbers))
    matches = sorted(taken.values(), key=lambda match: match.number)
    made = replace(source, grid=grid, excluded=excluded, program=program.name)
    return made, Understood(source.grid.sheet, program.tracker, 1, matches)


def _joined(values: Sequence[list[Value]], program: Program, numbers: Mapping[str, int]) -> list[list[Value]]:
    """The rows with further given names behind the first ones."""
    places = [
        (numbers[first] - 1, numbers[more] - 1)
        for first, more in program.joined.items()
        if first in numbers and more in numbers
    ]
    lines = [list(line) for line in values]
    for line in lines[1:]:
        for first, more in places:
            if more < len(line) and first < len(line) and line[more] is not None:
                line[first] = " ".join(show(cell).strip() for cell in (line[first], line[more]) if cell is not None)
    return trimmed(lines)


def is_form(source: Source) -> bool:
    """True for the answers of a Google Form: a time stamp first, then an e-mail address."""
    head = [plain(cell) for cell in (source.grid.values[0] if source.grid.values else [])[:3]]
    stamps = ("timestamp", "zeitstempel", "horodateur", "marca temporal")
    return len(head) > 1 and head[0] in stamps and any("mail" in name or "courriel" in name for name in head[1:])


def with_codes(source: Source, codes: Mapping[str, str], columns: Sequence[str]) -> Source:
    """The answers of a form with a number for each entry and, for each e-mail address, the candidate's code.

    `codes` maps folded addresses to codes; `columns` are the headers that take the place of the two. A number is made
    from the time stamp, so that importing the same answers again updates them.
    """
    lines: list[list[Value]] = [[*columns, *source.grid.values[0][2:]]]
    excluded: dict[int, str] = {}
    for number, line in enumerate(source.grid.values[1:], 2):
        stamp, address = [*line[:2], None, None][:2]
        code = codes.get(fold(show(address)), "")
        if line and not code:
            excluded[number] = f"{show(address) or 'a blank'} is not the e-mail address of a candidate"
        lines.append([_entry(stamp), code or address, *line[2:]])
    return replace(
        source, grid=records.replace(source.grid, values=trimmed(lines)), excluded=excluded, program="Google Forms"
    )


def _entry(stamp: Value) -> Value:
    if isinstance(stamp, datetime):
        return f"F{stamp:%Y%m%d%H%M%S}"
    digits = re.findall(r"\d+", show(stamp))
    return "F" + "".join(f"{int(part):02}" for part in digits) if digits else None

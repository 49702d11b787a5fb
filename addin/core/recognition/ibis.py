# ruff: noqa: E501 - lists of words are read best as they are
"""What lists from IBIS write in their own way: the session in two columns, and candidates by session number.

`Year` 2026 beside `Month` MAY is the session M26. A candidate is `0001` or `000999-0001` there: the number of a session,
beside a personal code or a name; the school's own code is found by these in the list of candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from addin.core import records
from addin.core.book import Value, trimmed
from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.core.regex import regex
from addin.core.tables.equality import fold, fold_code
from addin.core.tables.layout import header_line, plain
from addin.core.tables.values import show
from addin.core.trackers import Tracker

SEARCH = 15
"""In so many rows the two headers are looked for."""
YEARS = frozenset(map(plain, ("Year", "Exam year", "Session year", "Année", "Año", "Jahr")))
MONTHS = frozenset(map(plain, ("Month", "Exam month", "Session month", "Mois", "Mes", "Monat")))
OF_SESSION = frozenset(
    map(plain, ("Session", "Exam session", "Examination session", "Session code", "Convocatoria", "Session d'examen"))
)
_MONTH = {
    **dict.fromkeys(("may", "mai", "mayo", "m", "5", "05"), "May"),
    **dict.fromkeys(("november", "nov", "novembre", "noviembre", "n", "11"), "November"),
}
NUMBERS = frozenset(
    map(
        plain,
        (
            "Candidate", "Candidate code", "Candidate number", "Candidate session number", "Session number", "Candidat",
            "Registration code", "Registration number", "Candidate no", "Numéro de candidat", "Código del alumno",
            "Code du candidat", "Número de convocatoria del alumno", "Candidato", "Alumno",
        ),
    )
)  # fmt: skip
OF_IBIS = frozenset(
    map(plain, ("Candidate session number", "Session number", "Registration code", "Registration number"))
)
PERSONAL = frozenset(map(plain, ("Personal code", "IB personal code", "Code personnel", "Código personal")))
NAMES = frozenset(
    map(
        plain,
        (
            "Name", "Candidate name", "Full name", "Student name", "Family name", "Last name", "Surname", "Nom",
            "Nom du candidat", "Nombre", "Nombre del alumno", "Apellidos", "Nom de famille",
        ),
    )
)  # fmt: skip
NUMBER = regex(r"(?:(\d{6})\s*-?\s*)?(\d{4})")
"""The number of a session, perhaps behind the number of the school."""


def with_session(source: Source) -> Source:
    """The list with one column Session in place of Year and Month, where all rows say May or November of a year."""
    values = source.grid.values
    for row, line in enumerate(values[:SEARCH], 1):
        head = [plain(cell) if isinstance(cell, str) else "" for cell in line]
        year = next((number for number, name in enumerate(head) if name in YEARS), -1)
        month = next((number for number, name in enumerate(head) if name in MONTHS), -1)
        if year < 0 or month < 0 or OF_SESSION & {*head}:
            continue
        said = {number: _session(values[number - 1], year, month) for number in range(row + 1, len(values) + 1)}
        if not any(said.values()) or any(
            text is None and _is_dated(values[number - 1], year, month) for number, text in said.items()
        ):
            return source
        made = [list(one) for one in values]
        made[row - 1][month], made[row - 1][year] = "Session", None
        for number, text in said.items():
            if text:
                made[number - 1][month], made[number - 1][year] = text, None
        return replace(source, grid=records.replace(source.grid, values=trimmed(made)))
    return source


def _session(line: Sequence[Value], year: int, month: int) -> str | None:
    if max(year, month) >= len(line):
        return None
    name = _MONTH.get(fold(show(line[month])).strip(". "), "")
    found = sessions.parse(f"{name} {show(line[year]).strip()}") if name else None
    return str(found) if found else None


def _is_dated(line: Sequence[Value], year: int, month: int) -> bool:
    return max(year, month) < len(line) and line[year] is not None and line[month] is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the list of candidates says of one."""

    code: str
    school: str
    number: str
    personal: str
    session: str
    last: str
    first: str


def candidates_of(rows: Iterable[Mapping[str, Value]]) -> list[Candidate]:
    """The candidates of a workbook, by the rows of its list."""
    names = ("code", "school_code", "session_number", "personal_code", "session", "last_name", "first_names")
    found = []
    for row in rows:
        code, school, number, personal, session, last, first = (show(row.get(name)).strip() for name in names)
        match = NUMBER.fullmatch(number)
        if code:
            school = (match[1] if match else "") or school
            of = sessions.parse(session)
            number = match[2] if match else ""
            found.append(Candidate(code, school, number, fold_code(personal), str(of or ""), last, first))
    return found


def with_codes(
    source: Source, found: Understood, tracker: Tracker, people: Sequence[Candidate]
) -> tuple[Source, Understood]:
    """The list with the school's codes where it has the numbers of a session; who is not certain is listed.

    A list whose cells are codes of candidates, with nothing that speaks against it, stays as it is.
    """
    if "candidate" not in tracker.columns or tracker.columns["candidate"].calculated:
        return source, found
    columns, finder = _Columns.of(source, found), _Finder(people)
    rows = range(found.header_row + 1, len(source.grid.values) + 1)
    if not _has_numbers([columns.text(source, row, columns.number) for row in rows], columns, finder):
        return source, found
    return _coded(source, found, columns, finder, rows)


def _has_numbers(cells: Sequence[str], columns: _Columns, finder: _Finder) -> bool:
    """Whether a list calls candidates by their numbers of a session, or by their personal codes alone."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return bool(columns.personal)
    matches = [NUMBER.fullmatch(cell) for cell in filled]
    if 2 * sum(cell in finder.codes for cell in filled) > len(filled):  # the same may be a code and a number
        same = 2 * sum(cell in finder.numbers for cell in filled) > len(filled)
        return same and bool(columns.personal or columns.names)
    surely = bool(columns.personal or columns.is_number or any(match and match[1] for match in matches))
    return 2 * sum(map(bool, matches)) > len(filled) and (surely or bool(finder.numbers))


def _coded(
    source: Source, found: Understood, columns: _Columns, finder: _Finder, rows: range
) -> tuple[Source, Understood]:
    values = [list(line) for line in source.grid.values]
    place = columns.number or columns.personal
    unsure: dict[int, str] = {}
    for row in rows:
        number, personal = (columns.text(source, row, one) for one in (columns.number, columns.personal))
        if not number and not personal:
            continue
        code, why = finder.find(number, personal, columns.text(source, row, columns.session), columns.name(source, row))
        if code:
            values[row - 1][place - 1] = code
        else:
            unsure[row] = why
            values[row - 1] = []
    shown = {(row, column): text for (row, column), text in source.grid.shown.items() if column != place}
    grid = records.replace(source.grid, values=values, shown=shown)
    return replace(source, grid=grid, damaged={**source.damaged, **unsure}), found.with_column("candidate", place)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that say who it is, by number; 0 where there is none."""

    number: int
    personal: int
    session: int
    names: tuple[int, ...]
    is_number: bool
    """Whether the header itself says that it is the number of a session, and no code of the school."""

    @classmethod
    def of(cls, source: Source, found: Understood) -> _Columns:
        head = [plain(show(cell)) for cell in header_line(source.grid, found.header_row)]
        placed = {match.column: match.number for match in found.matches}

        def first(words: frozenset[str]) -> int:
            return next((number for number, name in enumerate(head, 1) if name in words), 0)

        names = tuple(number for number, name in enumerate(head, 1) if name in NAMES)
        number = placed.get("candidate", 0) or first(NUMBERS)
        said = bool(number) and head[number - 1] in OF_IBIS
        return cls(number, first(PERSONAL), placed.get("session", 0), names, said)

    def text(self, source: Source, row: int, number: int) -> str:
        return (source.grid.shown.get((row, number)) or show(source.grid.value(row, number))).strip() if number else ""

    def name(self, source: Source, row: int) -> str:
        return " ".join(self.text(source, row, number) for number in self.names)


class _Finder:
    """Finds a candidate by session number, personal code and name; all that is there must agree."""

    def __init__(self, people: Sequence[Candidate]) -> None:
        self.people = people
        self.codes = {one.code for one in people}
        self.numbers = {one.number for one in people if one.number}

    def find(self, number: str, personal: str, session: str, name: str) -> tuple[str, str]:
        """The code of the one whom a row is about; else why that is not certain."""
        called = personal or number
        of = sessions.parse(session)
        by_personal = [one for one in self.people if personal and one.personal == fold_code(personal)]
        by_number = [one for one in self.people if self._has_number(one, number, str(of or ""))]
        by_code = [one for one in self.people if one.code == number]
        found = by_personal or list({one.code: one for one in [*by_number, *by_code]}.values())
        if by_personal and by_number and not {one.code for one in by_personal} & {one.code for one in by_number}:
            return "", phrase("{number} and {personal} are two candidates", number=number, personal=personal)
        fitting = [one for one in found if _is_called(one, name)]
        if len(fitting) == 1 and (name or len(found) == 1):
            return fitting[0].code, ""
        if not found:
            if of and not personal:
                said = phrase(
                    "no candidate of {session} has the session number {number}", session=str(of), number=number
                )
                return "", said
            return "", phrase("no candidate has the session number or personal code {called}", called=called)
        if not fitting:
            one = found[0]
            who = f"{one.first} {one.last}".strip()
            return "", phrase("{called} is {who} here, and {name} in the list", called=called, who=who, name=name)
        return "", phrase("{called} may be {number} candidates", called=called, number=len(fitting))

    def _has_number(self, one: Candidate, number: str, session: str) -> bool:
        match = NUMBER.fullmatch(number)
        if not match or not one.number or match[2] != one.number:
            return False
        if match[1] and one.school and match[1] != one.school.zfill(6):
            return False
        return not session or not one.session or session == one.session


def _is_called(one: Candidate, name: str) -> bool:
    """Whether a name may be this candidate's: the last name is in it, or a first name where no last name is known."""
    words, last, first = map(_words, (name, one.last, one.first))
    if not words or not (last or first):
        return True
    return last <= words if last else bool(first & words)


def _words(text: str) -> set[str]:
    return {*re.findall(r"[^\W\d_]+", fold(text))}

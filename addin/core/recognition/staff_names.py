"""Lists of colleagues from other programs: first and last name in two columns, or written in another way.

A colleague whose e-mail address the workbook has is called as there; first and last name together are the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from addin.core import records
from addin.core.book import Value
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.core.tables.equality import fold
from addin.core.tables.layout import header_line, plain
from addin.core.tables.values import show

NAME_OF = {"pd": "staff", "staff": "name"}
"""Tracker -> the column with the name of a colleague."""
LAST = frozenset(map(plain, ("Last name", "Surname", "Family name", "Nom", "Apellidos", "Apellido", "Nachname")))
FIRST = frozenset(map(plain, ("First name", "Forename", "Given name", "Prénom", "Nombre", "Vorname")))
WHOLE = frozenset(
    map(plain, ("Employee name", "Employee full name", "Staff full name", "Display name", "Full name", "Attendee"))
)


def with_staff_names(source: Source, found: Understood, known: Mapping[str, str]) -> tuple[Source, Understood]:
    """The list with one column for the name; `known` maps folded e-mail addresses to the names in the workbook.

    A name that the workbook has stays, whatever the address.
    """
    column = NAME_OF.get(found.tracker)
    if column is None:
        return source, found
    head = [plain(show(cell)) for cell in header_line(source.grid, found.header_row)]
    placed = {match.column: match.number for match in found.matches}

    def number_of(words: frozenset[str]) -> int:
        return next((number for number, name in enumerate(head, 1) if name in words), 0)

    name, last, first, email = placed.get(column, 0), number_of(LAST), number_of(FIRST), placed.get("email", 0)
    name = name or (0 if last and first else number_of(WHOLE))
    if not name and not (last and first):
        return source, found
    names = {fold(one) for one in known.values()}
    called: dict[int, str] = {}
    for row, line in enumerate(source.grid.values[found.header_row :], found.header_row + 1):
        given, *both, address = (
            show(line[n - 1]).strip() if 0 < n <= len(line) else "" for n in (name, first, last, email)
        )
        given = given or " ".join(filter(None, both))
        called[row] = given if fold(given) in names else known.get(fold(address), "") or given
    if placed.get(column) and all(called[row] == show(source.grid.value(row, name)).strip() for row in called):
        return source, found
    return _with_column(source, found, column, name, called)


def _with_column(
    source: Source, found: Understood, column: str, name: int, called: Mapping[int, str]
) -> tuple[Source, Understood]:
    """The list with these names in a column of their own, in place of the one with this number."""
    place = max(map(len, source.grid.values)) + 1
    values: list[list[Value]] = [list(line) for line in source.grid.values]
    said = show(values[found.header_row - 1][name - 1]) if name else "First and last name"
    for row, text in {found.header_row: said, **called}.items():
        line = values[row - 1]
        if name and name <= len(line):
            line[name - 1] = None
        if text:
            line += [None] * (place - 1 - len(line)) + [text]
    widths = [size + 1 for size in source.widths]
    matches = [match for match in found.matches if match.column != column]
    made = replace(source, grid=records.replace(source.grid, values=values), widths=widths)
    return made, replace(found, matches=[*matches, Match(said, place, column)])

"""Which columns of a table of subjects down and levels across hold the names of students."""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.book import Grid, Value
from addin.core.recognition.header_words import Words
from addin.core.recognition.people import bare, is_name
from addin.core.recognition.regions import Region
from addin.core.recognition.roles import Role, cells_of, no_mark
from addin.core.recognition.subject_names import read_level
from addin.core.regex import regex

LEVELS = ("HL", "SL")
_BETWEEN = regex(r"\s*[\n;/|•]+\s*|\s+(?:&|and|et|y|und|e)\s+")


def level_columns(region: Region, grid: Grid, words: Words) -> dict[int, Role]:
    """The column of subjects and those of the levels, where the cells of these hold names; none on any other table."""
    found: dict[int, Role] = {}
    for number, header in region.headers.items():
        cells = cells_of(region, grid, number)
        level = read_level(header)
        if level in LEVELS:
            lists = [names_in(cell) for cell in cells]
            if cells and all(names or no_mark(cell) for names, cell in zip(lists, cells, strict=True)):
                if any(words.subjects.read(name) for names in lists for name in names):
                    return {}
                found[number] = Role("members", level=level)
        elif cells and not any(role.kind == "subject down" for role in found.values()):
            named_so = sum(words.subjects.read(cell) is not None for cell in cells)
            if 4 * named_so >= 3 * len(cells) > 0:
                found[number] = Role("subject down")
    listed = [cell for n, role in found.items() if role.kind == "members" for cell in cells_of(region, grid, n)]
    lists = [names for names in map(names_in, listed) if names]
    if not any(role.kind == "subject down" for role in found.values()) or sum(map(len, lists)) <= len(region.rows):
        return {}
    return found if _are_students(region, grid.sheet, lists) else {}


def _are_students(region: Region, sheet: str, lists: Sequence[Sequence[str]]) -> bool:
    """Whether the names in the cells are those of students, and not of who teaches them: it is said, the teachers have
    a column of their own, or there are many in a cell."""
    said = " ".join([sheet, *(text for _, _, text in region.titles)])
    if _OF_STAFF.search(bare(said)):
        return False
    taught = any(_OF_STAFF.search(bare(header)) for header in region.headers.values())
    many = sum(map(len, lists)) >= MANY * len(lists)
    return taught or many or bool(_OF_STUDENTS.search(bare(said)))


MANY = 2.5
"""So many names in a cell, on average, are students."""
_OF_STAFF = regex(
    r"\b(?:staff\w*|teach\w*|department|faculty|lehr\w*|kolleg\w*|profes\w*|docent\w*|enseign\w*|maestr\w*|ogretmen\w*|"
    r"timetable|stundenplan|horario\w*|emploi du temps)\b"
)
_OF_STUDENTS = regex(
    r"\b(?:students?|pupils?|learners?|candidat\w*|kandidat\w*|eleves?|alumn[oa]s?|estudiantes?|schuler\w*|choices|"
    r"registrations?|enrol\w*|class lists?|set lists?|kurswahl\w*|fachwahl\w*|inscri\w*)\b"
)


def names_in(value: Value) -> list[str]:
    """The whole names that a cell lists, separated by lines, semicolons or, where each has two words, commas; none
    where one of them is no name."""
    if not isinstance(value, str):
        return []
    pieces = [piece for piece in _BETWEEN.split(value.strip()) if piece.strip()]
    names: list[str] = []
    for piece in pieces:
        parts = [part.strip() for part in piece.split(",") if part.strip()]
        names += parts if len(parts) > 1 and all(len(part.split()) > 1 for part in parts) else [piece.strip(" ,")]
    whole = all(is_name(name) and len(name.replace(",", " ").split()) > 1 for name in names)
    return names if whole else []

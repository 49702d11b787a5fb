"""Know a list with a row for each student and subject, as school systems and IBIS write it, by its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import Grid, Value
from addin.core.recognition.columns import WHO
from addin.core.recognition.header_words import Words
from addin.core.recognition.likeness import names
from addin.core.recognition.regions import Region
from addin.core.recognition.roles import Role, cells_of, is_grade
from addin.core.recognition.subject_names import read_level
from addin.core.tables.layout import plain
from addin.core.tables.values import show
from addin.core.trackers import Tracker

MOSTLY = 0.6
"""So many cells of the column must be subjects."""
OTHER_LEVELS = ("EE", "TK", "TOK")


def roles_of_subjects(
    region: Region, grid: Grid, found: Mapping[int, Role], words: Words, trackers: Mapping[str, Tracker]
) -> dict[int, Role] | None:
    """The columns of a list with a row for each student and subject; None where it is no such list."""
    who = [n for n, role in found.items() if role.kind == "name" or role.column in WHO | {"first_names"}]
    known = names(trackers["registrations"])
    subject = _subject_column(region, grid, found, words, known)
    if not who or not subject or len(region.rows) < 2:
        return None
    level = next((n for n, header in region.headers.items() if "level" in known.get(plain(header), ())), 0)
    lines = [[region.value(grid, row, n) for n in (subject, level) if n] for row in region.rows]
    leveled = sum(_has_level(line, words) for line in lines)
    students = {tuple(show(region.value(grid, row, n)) for n in who) for row in region.rows}
    if 2 * leveled < len(lines) or (not level and 4 * len(students) > 3 * len(lines)):
        return None
    roles = {**found, subject: Role("group"), **({level: Role("level", number=subject)} if level else {})}
    for number, role in roles.items():
        graded = role.column == "year_group" and all(map(is_grade, cells_of(region, grid, number)))
        if role.kind == "own" or graded or role.column == "notes":  # a comment on a row is one on its subject
            columns = [c for c in known.get(plain(region.headers[number]), ()) if c not in ("subject", "level")]
            roles[number] = Role("of row", columns[0] if columns else "")
    return roles


def _has_level(line: Sequence[Value], words: Words) -> bool:
    """Whether a row says the level of its subject, beside it or in its name."""
    reading = words.subjects.read(show(line[0]))
    beside = show(line[1]).strip() if len(line) > 1 else ""
    return bool((reading and reading.level) or read_level(beside) or beside.upper() in OTHER_LEVELS)


def _subject_column(
    region: Region, grid: Grid, found: Mapping[int, Role], words: Words, known: Mapping[str, list[str]]
) -> int:
    """The column whose cells are subjects; one with a subject's header first. 0 where there is none."""
    best: list[tuple[bool, float, int]] = []
    for number in region.columns:
        columns = known.get(plain(region.headers[number]), ())
        texts = [show(cell) for cell in cells_of(region, grid, number)]
        share = sum(words.subjects.read(text) is not None for text in texts) / max(1, len(texts))
        if share >= MOSTLY and found[number].kind in ("own", "fact") and "response_language" not in columns:
            best.append(("subject" in columns, share, -number))
    return -max(best)[2] if best else 0

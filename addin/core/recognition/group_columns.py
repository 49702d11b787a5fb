"""Columns whose cells are subjects, Group 1 to Group 6 or HL and SL, and what stands beside each: its level, its
teacher, its grade."""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.core.book import Grid, Value
from addin.core.recognition.header_words import NUMBERED, Words
from addin.core.recognition.predicted import TRACKER, step_of, subject_and_grade
from addin.core.recognition.regions import Region
from addin.core.recognition.roles import AGREES, Role, cells_of, is_grade, no_mark, part_of
from addin.core.recognition.subject_names import read_level
from addin.core.recognition.vocabulary import header_key, words_of
from addin.core.regex import regex
from addin.core.tables.values import show


def group_columns(region: Region, grid: Grid, words: Words, found: dict[int, Role]) -> None:
    """Columns whose cells are subjects: Group 1 to Group 6, Science, HL 1; and the levels beside them."""
    options = _columns_of_subjects(region, grid, words, found)
    if len(options) < 3 and not (len(options) == 2 and _all_leveled(options, region, grid)):
        return
    found.update(options)
    for column in options:
        beside = column + 1
        if found.get(beside, Role("")).kind == "own":
            cells = cells_of(region, grid, beside)
            if cells and part_of(cells, lambda value: bool(read_level(value))) >= AGREES:
                found[beside] = Role("level", number=column)
    _teachers_of_groups(region, words, found)
    _grades_of_groups(region, grid, found)
    if not any(role.level or role.kind == "level" for role in found.values() if role.kind in ("group", "level")):
        _higher_column(region, grid, words, found)


def _columns_of_subjects(region: Region, grid: Grid, words: Words, found: Mapping[int, Role]) -> dict[int, Role]:
    """The columns whose cells are subjects: most of them, or fewer where the column is one of several alike."""
    options: dict[int, Role] = {}
    shares: dict[int, float] = {}
    for column, role in found.items():
        cells = [cell for cell in cells_of(region, grid, column) if not no_mark(cell)]
        if role.kind not in ("own", "fact") or role.column in _NO_SUBJECTS or not cells:
            continue
        key, above = header_key(region.headers[column]), region.groups.get(column, "")
        numbered = NUMBERED.fullmatch(key)
        level = read_level(re.sub(r"\s*\d+$", "", key)) or read_level(above) or _level_in(key)
        before = options.get(column - 1, Role(""))
        level = level or ("" if key or above else before.level)  # `HL` above the first of three columns
        options[column] = Role("group", level=level, number=int(numbered[1]) if numbered else 0)
        shares[column] = part_of(cells, lambda value: _names_subject(value, region, words))
    stems = {column: re.sub(r"\s*\d$", "", header_key(region.headers[column])) for column in options}
    sure = {stems[column] for column, share in shares.items() if share >= 0.7}
    alike = {column for column in options if options[column].number or stems[column] in sure}
    return {column: role for column, role in options.items() if shares[column] >= (0.4 if column in alike else 0.7)}


def _names_subject(value: Value, region: Region, words: Words) -> bool:
    """Whether a cell names a subject, on a sheet of grades perhaps with one behind it: `History 6`."""
    read = words.subjects.read
    return read(value) is not None or bool(region.graded and read(subject_and_grade(show(value))[0]) is not None)


_NO_SUBJECTS = frozenset({"code", "birth_date", "last_name", "first_names"})


def _teachers_of_groups(region: Region, words: Words, found: dict[int, Role]) -> None:
    """The column of teachers behind each column of subjects, or behind its level: `Course | Level | Teacher`."""
    for column in [column for column, role in found.items() if role.kind == "group"]:
        behind = column + 1 + (found.get(column + 1, Role("")).kind == "level")
        if found.get(behind, Role("")).kind == "own" and header_key(region.headers[behind]) in words.teacher:
            found[behind] = Role("teacher", number=column)


def _grades_of_groups(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """The column of grades behind each column of subjects, its level or its teacher: `Subject 1 | Level | PG`."""
    for column in [column for column, role in found.items() if role.kind == "group"]:
        behind = column + 1
        while found.get(behind, Role("")).number == column:
            behind += 1
        role, header = found.get(behind, Role("")), region.headers.get(behind, "")
        step = step_of(header, said=region.graded == TRACKER) or step_of(region.groups.get(behind, ""))
        if role.kind not in ("own", "fact") or not (step or header_key(header) in _GRADES):
            continue
        cells = cells_of(region, grid, behind)
        if cells and part_of(cells, is_grade) >= AGREES:
            found[behind] = Role("grade of", step, number=column)


_GRADES = words_of(
    "gr | grd | grade | grades | mark | result | final | final grade | note | nota | notas | noten | ib grade"
)


def _all_leveled(options: Mapping[int, Role], region: Region, grid: Grid) -> bool:
    """Whether each of these columns of subjects has one of levels beside it: two subjects of a retake candidate."""
    beside = [cells_of(region, grid, column + 1) if column + 1 in region.headers else [] for column in options]
    return all(cells and part_of(cells, lambda value: bool(read_level(value))) >= AGREES for cells in beside)


_ASKED_HIGHER = regex(r"\b(?:which|what|list|indicate|choose|three|3)\b.*\b(?:hls?|higher(?: level)?|nivel superior)\b")
_HIGHER = words_of(
    "hl | hls | hl s | hl subjects | hl subject | hl choices | 3 hl | 3 hls | higher | higher level | "
    "higher level subjects | ns | niveau superieur | nivel superior | lk | leistungskurse"
)


def _higher_column(region: Region, grid: Grid, words: Words, found: dict[int, Role]) -> None:
    """The column that lists which of the subjects beside it are at higher level: `Hist, Bio, Chem` under HLs."""
    for column, role in found.items():
        key = header_key(region.headers[column])
        if role.kind not in ("own", "subjects") or not (key in _HIGHER or _ASKED_HIGHER.search(key)):
            continue
        cells = cells_of(region, grid, column)
        pieces = [piece for cell in cells for piece in words.subjects.listed(show(cell))]
        if pieces and part_of(pieces, lambda piece: words.subjects.read(piece) is not None) >= 0.8:
            found[column] = Role("higher")


def _level_in(key: str) -> str:
    """The level that a question names: `choose your first HL subject`; "" for none or both."""
    levels = {read_level(word) for word in re.findall(r"\b(?:hl|sl|ns|nm|higher|standard)\b", key)}
    return levels.pop() if len(levels) == 1 else ""

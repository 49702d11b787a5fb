"""What each column of a table is: a fact about a person, a subject, a month, a strand, an interview, a total.

Headers say it and cells must agree: a column called Biology is a subject only above HL, SL, x and the like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.recognition.group_columns import group_columns
from addin.core.recognition.header_words import ALL_OF_A_LEVEL, Words
from addin.core.recognition.people import bare, is_name
from addin.core.recognition.predicted import level_and_grade, step_of, without_words
from addin.core.recognition.regions import Region, texts_above
from addin.core.recognition.roles import (
    AGREES,
    Role,
    cells_of,
    is_grade,
    is_letter,
    is_mark,
    no_mark,
    part_of,
    taken_mark,
)
from addin.core.recognition.spoken_dates import read_spoken
from addin.core.recognition.subject_names import SubjectReading, read_level
from addin.core.recognition.time_columns import (
    INTERVIEW,
    LETTERS_IN_GERMAN,
    PART_OF_YEAR,
    STRAND_LETTERS,
    STRANDS,
    interview_role,
    is_hours,
    is_strand_of_row,
    letter_of,
    month_in,
    strand_in,
    time_role,
)
from addin.core.recognition.vocabulary import CATEGORIES, header_key, words_of
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER

WHO = {"last_name", "code", "email", "session_number"}
"""Facts that say whose row it is."""
_NAME_ASKED = regex(
    r"^(?!.*\b(?:parents?|guardian|teacher|school|activity|supervisor|adviser|advisor|preferred|passport|middle|user|file|"
    r"father|mother|first|last|family|given|workshop|project|group|course)\b)"
    r".*\b(?:full|your|students?|pupils?|learners?|candidates?|complete|whole|legal)\b.*\bnames?\b"
)
"""`What is your full name?`, as forms ask."""


def roles(region: Region, grid: Grid, words: Words) -> dict[int, Role]:
    """The role of each column of a region."""
    found: dict[int, Role] = {}
    for column in region.columns:
        cells = cells_of(region, grid, column)
        found[column] = _role(region, column, cells, grid, words, found)
    group_columns(region, grid, words, found)
    _like_their_neighbours(region, grid, words, found)
    _semesters(region, found)
    _terms(region, grid, found)
    _ticked_strands(region, grid, found)
    _strands_by_letter(region, grid, found)
    _days_among_days(region, found)
    _categories(region, grid, found)
    _whole_names(region, grid, found)
    _names_beside_surnames(region, grid, found)
    _supervisors_of_essays(region, words, found)
    return found


_SUPERVISOR = words_of(
    "supervisor | superviseur | supervisora | betreuer | betreuerin | encadrant | director | teacher"
)


def _supervisors_of_essays(region: Region, words: Words, found: dict[int, Role]) -> None:
    """`Supervisor` behind the subject of the essay is who supervises that; beside it another may be the adviser."""
    for number in [n for n, role in found.items() if role.kind == "essay"]:
        behind = found.get(number + 1, Role(""))
        free = behind.kind == "own" or behind.column == "adviser"
        if not free or header_key(region.headers[number + 1]) not in _SUPERVISOR:
            continue
        found[number + 1] = Role("essay teacher")
        others = [n for n, role in found.items() if words.facts.get(header_key(region.headers[n])) == "adviser"]
        for other in others:
            if behind.column == "adviser" and found[other].kind == "own":
                found[other] = Role("fact", "adviser")
                return


def _names_beside_surnames(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """`Name` beside `Surname` is the first name, where it does not say the last name again."""
    parts = {role.column: number for number, role in found.items() if role.kind == "fact"}
    name = next((number for number, role in found.items() if role.kind == "name"), 0)
    last = parts.get("last_name", 0)
    if not name or not last or "first_names" in parts:
        return
    pairs = [(region.value(grid, row, name), region.value(grid, row, last)) for row in region.rows]
    both = [(bare(str(one)).split(), bare(str(other)).split()) for one, other in pairs if one and other]
    again = sum(set(words) <= {word.strip(",") for word in whole} for whole, words in both)
    if both and 4 * again <= len(both):
        found[name] = Role("fact", "first_names")


def _whole_names(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """The one column of names, headed by the word for a part of them (`Nome`, `Nom`), whose cells are whole names."""
    parts = {role.column: number for number, role in found.items() if role.column in ("last_name", "first_names")}
    if len(parts) != 1 or any(role.kind == "name" for role in found.values()):
        return
    number = next(iter(parts.values()))
    if part_of(cells_of(region, grid, number), _two_words) >= 0.9:
        found[number] = Role("name")


def _categories(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """A column of the person's own whose cells all say diploma, courses or the like."""
    if any(role.column == "category" for role in found.values()):
        return
    for column, role in found.items():
        cells = cells_of(region, grid, column) if role.kind == "own" else []
        words = {bare(cell.strip()) for cell in cells if isinstance(cell, str)}
        if len(cells) > 1 and words <= CATEGORIES.keys() and any(len(word) > 2 for word in words):
            found[column] = Role("fact", "category")
            return


def _days_among_days(region: Region, found: dict[int, Role]) -> None:
    """`2025-09-01` is a month by itself; beside 8 and 15 September it is a day like them."""
    days = [role.day for role in found.values() if role.kind == "month" and role.day]
    for column, role in found.items():
        if role.kind == "month" and role.day is None and any(day.day != 1 for day in days):
            said = read_spoken(region.headers[column])
            if said and said.start:
                found[column] = records.replace(role, day=said.start)


def _ticked_strands(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """Columns C, A and S (or their words) in which an entry's strands are ticked, and LO1 to LO7 for its outcomes."""
    strands: dict[int, str] = {}
    outcomes: dict[int, int] = {}
    for column, role in found.items():
        key = header_key(region.headers[column])
        strand = STRANDS.get(key, "") or STRAND_LETTERS.get(key, "")
        outcome = _OUTCOME.fullmatch(key)
        if role.kind != "own" or not (strand or outcome):
            continue
        if all(taken_mark(cell) or no_mark(cell) for cell in cells_of(region, grid, column)):
            strands |= {column: strand} if strand else {}
            outcomes |= {column: int(outcome[1])} if outcome else {}
    if len(strands) == len(set(strands.values())) == len(set(STRAND_LETTERS.values())):
        found.update({column: Role("strand ticked", strand=strand) for column, strand in strands.items()})
    if len(outcomes) == len(set(outcomes.values())) > 1:
        found.update({column: Role("outcome ticked", number=number) for column, number in outcomes.items()})


def _strands_by_letter(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """Columns C, A and S of hours on a sheet about CAS, or K, A and D."""
    if not re.search(r"\bcas\b", bare(" ".join([region.sheet, *texts_above(region)]))):
        return
    for letters in (STRAND_LETTERS, LETTERS_IN_GERMAN):
        own = {column: letter_of(region.headers[column]) for column, role in found.items() if role.kind == "own"}
        columns = {column: letter for column, letter in own.items() if letter in letters}
        hours = all(part_of(cells_of(region, grid, column), is_hours) >= AGREES for column in columns)
        if sorted(columns.values()) == sorted(letters) and hours:
            found.update({column: Role("strand", strand=letters[letter]) for column, letter in columns.items()})
            return


_OUTCOME = regex(r"(?:(?:cas )?(?:learning )?outcome|lo|ra|oa|resultado|lernziel)\s*([1-7])(?: .*)?")


def _semesters(region: Region, found: dict[int, Role]) -> None:
    """`Sem 1` and `Sem 2`, with no third, are semesters: the first weeks of a year would have more beside them."""
    weeks = [column for column, role in found.items() if role.kind == "week"]
    if len(weeks) > 1 and all(_SEMESTER.fullmatch(header_key(region.headers[column])) for column in weeks):
        found.update({column: Role("term", strand=found[column].strand) for column in weeks})


_SEMESTER = regex("sem ?[12]")


def _terms(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """The hours of a part of the year, beside the strand of their row: `Sem 1`, which is no week there, `Term 2`."""
    kinds = [role.kind for role in found.values()]
    parts = {c for c in found if PART_OF_YEAR.fullmatch(header_key(region.headers[c]))}
    weeks = {column for column, role in found.items() if role.kind == "week"}
    if "strand of row" not in kinds or "month" in kinds or weeks - parts:
        return
    terms = {
        column: cells_of(region, grid, column)
        for column in parts
        if found[column].kind in ("own", "fact", "group", "week")
    }
    if len(terms) > 1 and all(part_of(cells, is_hours) >= AGREES for cells in terms.values() if cells):
        found.update(dict.fromkeys(terms, Role("term")))


def _like_their_neighbours(region: Region, grid: Grid, words: Words, found: dict[int, Role]) -> None:
    """Columns that their own cells did not prove, but those of their kind do: a month of few entries, a subject that
    no list knows above HL and SL."""
    kinds, before = [role.kind for role in found.values()], dict(found)
    for column, role in found.items():
        header, group = region.headers[column], region.groups.get(column, "")
        if role.kind != "own":
            continue
        if kinds.count("month") >= 2 and (month := month_in(header) or month_in(group)):
            strand = strand_in(header_key(header), header_key(group))
            found[column] = Role("month", month=month[0], year=month[1], day=month[2], strand=strand)
        elif any(other.column == "grade" and other.kind == "subject" for other in before.values()) and (
            (reading := words.subjects.read(header)) and reading.level and len(reading.names) == 1
        ):
            found[column] = Role("subject", subjects=reading.names, level=reading.level, column="grade")
        elif "subject" in kinds and not read_level(header):
            cells = cells_of(region, grid, column)
            if part_of(cells, lambda value: bool(read_level(value))) >= AGREES:
                found[column] = Role("subject")


def _role(
    region: Region, column: int, cells: Sequence[Value], grid: Grid, words: Words, before: Mapping[int, Role]
) -> Role:
    header, group = region.headers[column], region.groups.get(column, "")
    key, above = words.key(header), header_key(group)
    if (key in words.numbering and _counts_up(cells)) or key == header_key(ID_HEADER):
        return Role("numbering")
    taken = {role.column for role in before.values() if role.kind == "fact"} | {r.kind for r in before.values()}
    whole = key in words.whole_name or (_NAME_ASKED.search(key) and part_of(cells, _two_words) >= AGREES)
    if whole and "name" not in taken and part_of(cells, is_name) >= AGREES:
        return Role("name")
    found = _role_of_row(key, above, cells, words) or _role_of_topic(region, column, cells, words)
    if found:
        return found
    fact = words.facts.get(key, "")
    if fact and fact not in taken and _agrees(fact, key, cells):
        return Role("fact", fact)
    return Role("own")


def _role_of_row(key: str, above: str, cells: Sequence[Value], words: Words) -> Role | None:
    """A total, or the strand of the row."""
    if key in words.total or above in words.total or key.endswith(" total") or key.startswith("total "):
        return Role("total")
    return Role("strand of row") if is_strand_of_row(key, cells) else None


def _role_of_topic(region: Region, column: int, cells: Sequence[Value], words: Words) -> Role | None:
    """An interview, hours, a subject or several, the essay or TOK."""
    header, group = region.headers[column], region.groups.get(column, "")
    key, above = header_key(header), header_key(group)
    if not above and _COUNTED.fullmatch(key):
        titles = header_key(" ".join([region.sheet, *texts_above(region)]))
        above = "interviews" if INTERVIEW.search(titles) else ""
    special = interview_role(key, above, cells) or time_role(key, above, header, group, cells)
    if special:
        return special
    if key in words.essay:
        return Role("essay")
    if key in words.essay_teacher:
        return Role("essay teacher")
    if key in words.knowledge and part_of(cells, is_mark) >= AGREES:
        return Role("knowledge")
    if key in words.knowledge and cells and part_of(cells, is_letter) >= AGREES:
        return Role("knowledge", column="grade")
    if step := step_of(header):
        reading = words.subjects.read(without_words(header)) or (words.subjects.read(group) if group else None)
        if reading and reading.names and cells and part_of(cells, is_grade) >= AGREES:
            return Role("predicted", step, subjects=_of_group(reading, group, words), level=reading.level)
    several = _several_subjects(key, above, cells, words)
    return several or _subject(header, group, region.outer.get(column, ""), cells, words, graded=bool(region.graded))


_COUNTED = regex(
    r"[123]|1st|2nd|3rd|first|second|third|1er|1re|2e|3e|[123][ao]|primera|segunda|tercera|premier|deuxieme|troisieme"
)
"""Which of the interviews a column is about, on a sheet of these."""


def _agrees(fact: str, key: str, cells: Sequence[Value]) -> bool:
    """Whether cells can be the fact their header names: no class under Code, no sentence under Session."""
    if not cells:
        return True
    if fact in ("last_name", "first_names"):
        return part_of(cells, lambda value: isinstance(value, str) and not re.search(r"[\d@]", value)) >= AGREES
    if fact in ("email", "guardian_email"):
        return part_of(cells, lambda value: "@" in str(value)) >= 0.3
    if fact == "birth_date":
        return part_of(cells, lambda value: read_spoken(value) is not None) >= AGREES
    if fact == "year_group":
        return key != "grade" or not all(map(is_letter, cells))  # `Grade` above A and B is a grade, `Class` is none
    if fact == "code":
        return (
            part_of(cells, lambda value: not isinstance(value, date) and bool(re.search(r"\d", show(value)))) >= AGREES
        )
    return True


def _subject(header: str, group: str, outer: str, cells: Sequence[Value], words: Words, *, graded: bool) -> Role | None:
    """A column of one subject, with its level where the headers say it."""
    reading = words.subjects.read_header(header)
    level = reading.level if reading else read_level(header)
    if reading is None and group and (level or header_key(header) in ("x", "taken", "choice", "level")):
        reading = words.subjects.read(group)
    elif reading is None and group:
        reading = words.subjects.read(f"{group} {header}")
    if reading is None or not reading.names:
        return None
    level = level or reading.level or read_level(group)
    names_ = _of_group(reading, f"{outer} {group}", words)
    if cells and part_of(cells, is_mark) < AGREES:
        is_graded = (level or graded) and len(names_) == 1 and part_of(cells, is_grade) >= AGREES
        if graded and part_of(cells, lambda value: bool(level_and_grade(show(value))[0])) >= AGREES:
            return Role("subject", subjects=names_, level=level)
        return Role("subject", subjects=names_, level=level, column="grade") if is_graded else None
    return Role("subject", subjects=names_, level=level)


def _several_subjects(key: str, above: str, cells: Sequence[Value], words: Words) -> Role | None:
    """A column whose cells list subjects, those at higher level perhaps: `History; Biology; English A`."""
    level = read_level(ALL_OF_A_LEVEL.sub(" ", key)) or read_level(above)
    texts = [str(value) for value in cells if isinstance(value, str) and not no_mark(value)]
    if not texts or not (level or ALL_OF_A_LEVEL.search(key)):
        return None
    listed = [pieces for text in texts if len(pieces := words.subjects.listed(text)) > 1]
    read = [words.subjects.read(piece) is not None for pieces in listed for piece in pieces]
    if 2 * len(listed) < len(texts) or sum(read) < 0.8 * len(read):
        return None
    return Role("subjects", level=level)


def _of_group(reading: SubjectReading, group: str, words: Words) -> tuple[str, ...]:
    """Of several subjects, those that may be under GROUP 1 (languages A) or GROUP 2 (B and ab initio)."""
    match = re.search(r"\b([1-6])\b", group)
    if len(reading.names) == 1 or not match:
        return reading.names
    kept = tuple(name for name in reading.names if (" A: " in name) == (match[1] == "1"))
    return kept or reading.names


def _two_words(value: Value) -> bool:
    return is_name(value) and len(str(value).replace(",", " ").split()) > 1


def _counts_up(cells: Sequence[Value]) -> bool:
    numbers = [int(text) for value in cells if (text := show(value).strip(" .").removesuffix(".0")).isdigit()]
    rising = numbers == sorted(numbers) or numbers[:1] == [1]
    return not cells or (len(numbers) >= AGREES * len(cells) and rising and numbers[0] in (0, 1))

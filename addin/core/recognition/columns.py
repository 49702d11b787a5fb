"""What each column of a table is: a fact about a person, a subject, a month, a strand, an interview, a total.

Headers say it and cells must agree: a column called Biology is a subject only above HL, SL, x and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.recognition.amounts import read_hours
from addin.core.recognition.further_words import FURTHER_STRANDS
from addin.core.recognition.header_rows import filled
from addin.core.recognition.likeness import names
from addin.core.recognition.people import bare, is_name
from addin.core.recognition.regions import Region
from addin.core.recognition.spoken_dates import MONTHS, read_spoken
from addin.core.recognition.subject_names import SubjectNames, SubjectReading, read_level
from addin.core.recognition.vocabulary import (
    CATEGORIES,
    ESSAY,
    ESSAY_TEACHER,
    KNOWLEDGE,
    NUMBERING,
    TOTAL,
    WHOLE_NAME,
    WORDS,
    asked_of,
    header_key,
    words_of,
)
from addin.core.records import record
from addin.core.tables.values import is_number, show
from addin.core.trackers import ID_HEADER, Tracker

SAMPLE = 60
WHO = {"last_name", "code", "email", "session_number"}
"""Facts that say whose row it is."""
AGREES = 0.6
"""The part of a column's cells that must be what its header promises."""
TAKEN = {"x", "✓", "✔", "√", "yes", "y", "1", "true", "oui", "si", "sí", "ja", "taken", "●", "•", "*", "done", "ok"}
NOT_TAKEN = {
    "not taking",
    "not taken",
    "not chosen",
    "-",
    "–",
    "—",
    "no",
    "n",
    "0",
    "n/a",
    "na",
    "none",
    "false",
    "nein",
    "non",
    ".",
    "/",
}
STRANDS = {
    "creativity": "Creativity", "creative": "Creativity", "creativite": "Creativity", "creatividad": "Creativity",
    "kreativitat": "Creativity", "activity": "Activity", "action": "Activity", "activite": "Activity",
    "actividad": "Activity", "aktivitat": "Activity", "sport": "Activity", "service": "Service", "servicio": "Service",
    "dienst": "Service", "soziales engagement": "Service", "soziales": "Service", "engagement": "Service",
}  # fmt: skip
STRANDS |= {bare(word): strand for strand, words in FURTHER_STRANDS.items() for word in words.split(" | ")}
_LETTERS = {"c": "Creativity", "a": "Activity", "s": "Service"}
_INTERVIEW = re.compile(
    r"^([123])(?:st|nd|rd|er|ere|e|a|o)? (?:interview|intvw|entretien|entrevista|gesprach)|"
    r"\b(?:interview|int|intvw|entretien|entrevista|gesprach)s?\b\D*([123])?|\b(first|1st|second|2nd|third|3rd|final|premier|"
    r"deuxieme|troisieme|primera|segunda|tercera|erstes|zweites|drittes)\b.*\b(?:interview|entretien|entrevista|gesprach)"
)
_ORDINALS = {
    "first": 1, "1st": 1, "premier": 1, "primera": 1, "erstes": 1, "second": 2, "2nd": 2, "deuxieme": 2, "segunda": 2,
    "zweites": 2, "third": 3, "3rd": 3, "final": 3, "troisieme": 3, "tercera": 3, "drittes": 3,
}  # fmt: skip
_WEEK = re.compile(r"(?:week|wk|w|semaine|sem|semana|kw|woche)\s*(\d{1,2})")
_NUMBERED = re.compile(
    r"(?:(?:ib )?(?:group|gr|grp|subject|subj|sub|option|choice|course|block|elective|groupe|grupo|gruppe|fach|matiere|"
    r"asignatura)|hl|sl|higher|standard)\s*"
    r"(\d)\b.*"
)


_CLOCK = re.compile(r"\d:\d\d\b")
"""What the moment of an answer has, and no header of a day."""
_WORD = re.compile(r"[a-z0-9]+")
_NAME_ASKED = re.compile(
    r"^(?!.*\b(?:parents?|guardian|teacher|school|activity|supervisor|adviser|advisor|preferred|passport|middle|user|file|"
    r"father|mother|first|last|family|given|workshop|project|group|course)\b)"
    r".*\b(?:full|your|students?|pupils?|learners?|candidates?|complete|whole|legal)\b.*\bnames?\b"
)
"""`What is your full name?`, as forms ask."""


@record
class Role:
    """What one column is. `kind`: name, fact, subject, subjects (several in a cell), group, level, essay, essay
    teacher, knowledge, month, week, strand, strand ticked, outcome ticked, strand of row, interview, total, numbering,
    of row (of a list's own tracker), left or own."""

    kind: str
    column: str = ""
    """The column of Candidates, where `kind` is fact."""
    subjects: tuple[str, ...] = ()
    level: str = ""
    month: int = 0
    year: int = 0
    day: date | None = None
    strand: str = ""
    number: int = 0


class Words:
    """The headers that the trackers know, and the subjects: what `role_of` asks."""

    def __init__(self, trackers: Mapping[str, Tracker], subjects: SubjectNames) -> None:
        self.subjects = subjects
        self.whole_name, self.numbering = words_of(WHOLE_NAME), words_of(NUMBERING)
        self.total, self.essay, self.knowledge = words_of(TOTAL), words_of(ESSAY), words_of(KNOWLEDGE)
        self.essay_teacher = words_of(ESSAY_TEACHER)
        self.facts: dict[str, str] = {}
        candidates = trackers.get("candidates")
        if candidates:
            for header, found in names(candidates).items():
                self.facts.setdefault(header_key(header), found[0])
        for column, text in WORDS["candidates"].items():
            if not candidates or column in candidates.columns:
                self.facts.update(dict.fromkeys(words_of(text), column))
        self.facts.setdefault("id", "code")
        self.facts.setdefault("candidate", "code")
        self.staff = words_of(WORDS["pd"]["staff"]) | words_of("teacher | staff | staff member | name | colleague")
        """Headers of the names of staff."""
        pd = trackers.get("pd")
        self.pd = {header_key(header) for header in names(pd)} if pd else set()
        self.whose = self.whole_name | self.staff | words_of("last name | surname")
        """Headers of columns that say whose row it is."""
        self.fields = {*self.facts, *self.whole_name}
        for tracker in trackers.values():
            self.fields |= {header_key(header) for header in names(tracker)}
        self.fields -= {""}
        self.longest = max(map(len, self.fields), default=0) + 10
        self._seen: dict[str, str] = {}

    def __call__(self, value: object) -> str:
        """`field`, `topic` or "": what `regions` asks of the texts that may be headers."""
        if isinstance(value, datetime | date):
            return "" if isinstance(value, datetime) and (value.hour or value.minute or value.second) else "topic"
        if not isinstance(value, str):
            return ""
        if value not in self._seen:
            self._seen[value] = self._known(value)
        return self._seen[value]

    def is_field(self, value: str) -> bool:
        """Whether a text is a column of a person or a tracker. Most texts of a long sheet are asked about once only,
        so plain ASCII is compared without looking for accents."""
        if len(value) > self.longest or not value:
            return False
        if value.isascii():
            return " ".join(_WORD.findall(value.casefold().replace("_", " "))) in self.fields or value in ("#", "№")
        return header_key(value) in self.fields

    def _known(self, value: str) -> str:
        if inner := asked_of(value):
            return self._known(inner)
        if len(value) > 60 or _CLOCK.search(value):
            return ""
        if self.is_field(value):
            return "field"
        key = header_key(value)
        words = key in MONTHS or key in STRANDS or key in self.essay or key in self.total
        words = words or bool(read_level(_ALL_OF_A_LEVEL.sub(" ", key)))
        pattern = _NUMBERED.fullmatch(key) or _WEEK.fullmatch(key) or _INTERVIEW.search(key)
        topic = words or pattern or self.subjects.read_header(value) or _month_of(value)
        return "topic" if topic else ""


def roles(region: Region, grid: Grid, words: Words) -> dict[int, Role]:
    """The role of each column of a region."""
    found: dict[int, Role] = {}
    for column in region.columns:
        cells = cells_of(region, grid, column)
        found[column] = _role(region, column, cells, grid, words, found)
    _group_columns(region, grid, words, found)
    _like_their_neighbours(region, grid, words, found)
    _ticked_strands(region, grid, found)
    _days_among_days(region, found)
    _categories(region, grid, found)
    _whole_names(region, grid, found)
    return found


def _whole_names(region: Region, grid: Grid, found: dict[int, Role]) -> None:
    """The one column of names, headed by the word for a part of them (`Nome`, `Nom`), whose cells are whole names."""
    parts = {role.column: number for number, role in found.items() if role.column in ("last_name", "first_names")}
    if len(parts) != 1 or any(role.kind == "name" for role in found.values()):
        return
    number = next(iter(parts.values()))
    if _part(cells_of(region, grid, number), _two_words) >= 0.9:
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
        strand = STRANDS.get(key, "") or _LETTERS.get(key, "")
        outcome = _OUTCOME.fullmatch(key)
        if role.kind != "own" or not (strand or outcome):
            continue
        if all(taken_mark(cell) or no_mark(cell) for cell in cells_of(region, grid, column)):
            strands |= {column: strand} if strand else {}
            outcomes |= {column: int(outcome[1])} if outcome else {}
    if len(strands) == len(set(strands.values())) == len(set(_LETTERS.values())):
        found.update({column: Role("strand ticked", strand=strand) for column, strand in strands.items()})
    if len(outcomes) == len(set(outcomes.values())) > 1:
        found.update({column: Role("outcome ticked", number=number) for column, number in outcomes.items()})


_OUTCOME = re.compile(r"(?:(?:cas )?(?:learning )?outcome|lo|ra|oa|resultado|lernziel)\s*([1-7])(?: .*)?")


def _like_their_neighbours(region: Region, grid: Grid, words: Words, found: dict[int, Role]) -> None:
    """Columns that their own cells did not prove, but those of their kind do: a month of few entries, a subject that
    no list knows above HL and SL."""
    kinds, before = [role.kind for role in found.values()], dict(found)
    for column, role in found.items():
        header, group = region.headers[column], region.groups.get(column, "")
        if role.kind != "own":
            continue
        if kinds.count("month") >= 2 and (month := _month_of(header) or _month_of(group)):
            strand = _strand(header_key(header), header_key(group))
            found[column] = Role("month", month=month[0], year=month[1], day=month[2], strand=strand)
        elif any(other.column == "grade" and other.kind == "subject" for other in before.values()) and (
            (reading := words.subjects.read(header)) and reading.level and len(reading.names) == 1
        ):
            found[column] = Role("subject", subjects=reading.names, level=reading.level, column="grade")
        elif "subject" in kinds and not read_level(header):
            cells = cells_of(region, grid, column)
            if _part(cells, lambda value: bool(read_level(value))) >= AGREES:
                found[column] = Role("subject")


def cells_of(region: Region, grid: Grid, column: int) -> list[Value]:
    """The filled cells of a column, a sample of them."""
    cells: list[Value] = []
    for row in region.rows:
        value = region.value(grid, row, column)
        if filled(value):
            cells.append(value)
            if len(cells) == SAMPLE:
                break
    return cells


def _role(
    region: Region, column: int, cells: Sequence[Value], grid: Grid, words: Words, before: Mapping[int, Role]
) -> Role:
    header, group = region.headers[column], region.groups.get(column, "")
    key, above = header_key(header), header_key(group)
    if (key in words.numbering and _counts_up(cells)) or key == header_key(ID_HEADER):
        return Role("numbering")
    taken = {role.column for role in before.values() if role.kind == "fact"} | {r.kind for r in before.values()}
    whole = key in words.whole_name or (_NAME_ASKED.search(key) and _part(cells, _two_words) >= AGREES)
    if whole and "name" not in taken and _part(cells, is_name) >= AGREES:
        return Role("name")
    found = _role_of_row(key, above, cells, words) or _role_of_topic(region, column, cells, words)
    if found:
        return found
    fact = words.facts.get(key, "")
    if fact and fact not in taken and _agrees(fact, cells):
        return Role("fact", fact)
    return Role("own")


def _role_of_row(key: str, above: str, cells: Sequence[Value], words: Words) -> Role | None:
    """A total, or the strand of the row."""
    if key in words.total or above in words.total or key.endswith(" total") or key.startswith("total "):
        return Role("total")
    return Role("strand of row") if _is_strand_of_row(key, cells) else None


def _role_of_topic(region: Region, column: int, cells: Sequence[Value], words: Words) -> Role | None:
    """An interview, hours, a subject or several, the essay or TOK."""
    header, group = region.headers[column], region.groups.get(column, "")
    key, above = header_key(header), header_key(group)
    special = _interview(key, above, cells) or _time_or_strand(key, above, header, group, cells)
    if special:
        return special
    if key in words.essay:
        return Role("essay")
    if key in words.essay_teacher:
        return Role("essay teacher")
    if key in words.knowledge and _part(cells, _mark) >= AGREES:
        return Role("knowledge")
    if key in words.knowledge and cells and _part(cells, is_letter) >= AGREES:
        return Role("knowledge", column="grade")
    several = _several_subjects(key, above, cells, words)
    return several or _subject(header, group, region.outer.get(column, ""), cells, words)


def _agrees(fact: str, cells: Sequence[Value]) -> bool:
    """Whether cells can be the fact their header names: no class under Code, no sentence under Session."""
    if not cells:
        return True
    if fact in ("last_name", "first_names"):
        return _part(cells, lambda value: isinstance(value, str) and not re.search(r"[\d@]", value)) >= AGREES
    if fact in ("email", "guardian_email"):
        return _part(cells, lambda value: "@" in str(value)) >= 0.3
    if fact == "birth_date":
        return _part(cells, lambda value: read_spoken(value) is not None) >= AGREES
    if fact == "code":
        return _part(cells, lambda value: not isinstance(value, date) and bool(re.search(r"\d", show(value)))) >= AGREES
    return True


def is_grade(value: Value) -> bool:
    """Whether a cell is a grade, 1 to 7, or says that there is none."""
    return (is_number(value) and value in (1, 2, 3, 4, 5, 6, 7)) or (
        isinstance(value, str) and (value.strip() in "1234567" or no_mark(value))
    )


def is_letter(value: Value) -> bool:
    """Whether a cell is a grade of the essay or of TOK."""
    return isinstance(value, str) and value.strip().upper() in ("A", "B", "C", "D", "E")


def _subject(header: str, group: str, outer: str, cells: Sequence[Value], words: Words) -> Role | None:
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
    if cells and _part(cells, _mark) < AGREES:
        graded = level and len(names_) == 1 and _part(cells, is_grade) >= AGREES
        return Role("subject", subjects=names_, level=level, column="grade") if graded else None
    return Role("subject", subjects=names_, level=level)


_ALL_OF_A_LEVEL = re.compile(r"\b(?:subjects?|courses?|choices|options|levels?|matieres?|asignaturas?|facher|fach|s)\b")


def _several_subjects(key: str, above: str, cells: Sequence[Value], words: Words) -> Role | None:
    """A column whose cells list subjects, those at higher level perhaps: `History; Biology; English A`."""
    level = read_level(_ALL_OF_A_LEVEL.sub(" ", key)) or read_level(above)
    texts = [str(value) for value in cells if isinstance(value, str) and not no_mark(value)]
    if not texts or not (level or _ALL_OF_A_LEVEL.search(key)):
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


def _mark(value: Value) -> bool:
    """Whether a cell says that something is taken, or at which level, or that it is unclear."""
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return value in (0, 1)
    text = str(value).strip().casefold()
    return (
        bool(read_level(text))
        or text in TAKEN
        or text in NOT_TAKEN
        or text in ("?", "??")
        or bool(re.match(r"^(hl|sl|ns|nm)\b", text))
    )


def _interview(key: str, above: str, cells: Sequence[Value]) -> Role | None:
    match = _INTERVIEW.search(key)
    number = 0
    if match:
        number = int(match[1] or match[2] or _ORDINALS.get(match[3] or "", 0))
    elif _INTERVIEW.search(above):
        number = int(key) if key in ("1", "2", "3") else _ORDINALS.get(key.split(" ")[0], 0)
    if not number or (key.startswith("int ") and _part(cells, lambda v: isinstance(v, int | float)) > AGREES):
        return None
    return Role("interview", number=number)


def _time_or_strand(key: str, above: str, header: str, group: str, cells: Sequence[Value]) -> Role | None:
    """A column of hours: in a month, a week, for a strand, or for both where one is above the other."""
    if cells and _part(cells, lambda value: read_hours(value) is not None) < AGREES:
        return None
    month = _month_of(header) or _month_of(group)
    strand = _strand(key, above) or _strand(above, "")
    week = _WEEK.fullmatch(key)
    if month:
        when, year, day = month
        return Role("month", month=when, year=year, day=day, strand=strand)
    if week:
        return Role("week", number=int(week[1]), strand=strand)
    return Role("strand", strand=strand) if strand else None


_STRAND_HEADERS = words_of(
    "strand | strands | cas | c a s | type | cas type | cas strand | area | category | volet | bereich | axe"
)


def _is_strand_of_row(key: str, cells: Sequence[Value]) -> bool:
    """Whether a column says of which strand the hours of its row are: C, A and S below each other."""
    named = key in _STRAND_HEADERS or bool(re.search(r"\bstrands?\b", key))
    return named and _part(cells, lambda value: bool(strand_of(value))) >= 0.9


def strand_of(value: Value) -> str:
    """The strand that a cell names, in full or by its letter, or several (`C/S`); "" where it names none."""
    parts = re.split(r"\s*[/,;&+]\s*|\s+(?:and|et|y|und)\s+", value.strip()) if isinstance(value, str) else []
    found = [STRANDS.get(header_key(part), "") or _LETTERS.get(header_key(part), "") for part in parts]
    return "; ".join(found) if found and all(found) else ""


def _strand(key: str, above: str) -> str:
    words = re.sub(r"\b(?:hours?|hrs|h|heures|horas|stunden|cas|total)\b", "", key).strip()
    if words in STRANDS:
        return STRANDS[words]
    under_hours = bool(above) and (_month_of(above) or re.search(r"cas|hour|heure|hora|stunde|20\d\d", above))
    return _LETTERS.get(words, "") if under_hours else ""


def _month_of(text: str) -> tuple[int, int, date | None] | None:
    """(month, year or 0, day or None) of a header such as `Sep`, `Sept 26`, `2026-09-01` or `7 Sep 2026`."""
    text = text.strip()
    if not text or len(text) > 30:
        return None
    stem = re.sub(r"(?i)\b(?:hours?|hrs|h|heures|horas|stunden)\b|[()]", "", text).strip(" .-:")
    said = read_spoken(stem)
    if said is None or said.precision in ("vague", "two"):
        return None
    if said.start:
        if said.start.day == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d.*", stem):
            return said.start.month, said.start.year, None
        return said.start.month, said.start.year, said.start
    return (said.month, said.year, None) if said.month else None


def _group_columns(region: Region, grid: Grid, words: Words, found: dict[int, Role]) -> None:
    """Columns whose cells are subjects: Group 1 to Group 6, Science, HL 1; and the levels beside them."""
    options: dict[int, Role] = {}
    for column, role in found.items():
        if role.kind not in ("own", "fact", "subject") or role.column in (
            "code",
            "birth_date",
            "last_name",
            "first_names",
        ):
            continue
        cells = cells_of(region, grid, column)
        key = header_key(region.headers[column])
        numbered = _NUMBERED.fullmatch(key)
        share = _part(cells, lambda value: words.subjects.read(value) is not None)
        if cells and share >= (0.4 if numbered else 0.7) and role.kind != "subject":
            above = region.groups.get(column, "")
            level = read_level(re.sub(r"\s*\d+$", "", key)) or read_level(above) or _level_in(key)
            options[column] = Role("group", level=level, number=int(numbered[1]) if numbered else 0)
    if len(options) < 3:
        return
    found.update(options)
    for column in options:
        beside = column + 1
        if found.get(beside, Role("")).kind == "own":
            cells = cells_of(region, grid, beside)
            if cells and _part(cells, lambda value: bool(read_level(value))) >= AGREES:
                found[beside] = Role("level", number=column)


def _level_in(key: str) -> str:
    """The level that a question names: `choose your first HL subject`; "" for none or both."""
    levels = {read_level(word) for word in re.findall(r"\b(?:hl|sl|ns|nm|higher|standard)\b", key)}
    return levels.pop() if len(levels) == 1 else ""


def _two_words(value: Value) -> bool:
    return is_name(value) and len(str(value).replace(",", " ").split()) > 1


def _counts_up(cells: Sequence[Value]) -> bool:
    numbers = [int(text) for value in cells if (text := show(value).strip(" .").removesuffix(".0")).isdigit()]
    rising = numbers == sorted(numbers) or numbers[:1] == [1]
    return not cells or (len(numbers) >= AGREES * len(cells) and rising and numbers[0] in (0, 1))


def _part(cells: Iterable[Value], good: object) -> float:
    cells = list(cells)
    return sum(bool(good(cell)) for cell in cells) / len(cells) if cells else 0.0  # type: ignore[operator]


def taken_mark(value: Value) -> bool:
    """Whether a cell says yes: x, a tick, 1."""
    return value is True or value == 1 or (isinstance(value, str) and bare(value.strip()) in TAKEN)


def no_mark(value: Value) -> bool:
    """Whether a cell says no: a dash, 0, n/a."""
    return value is False or value == 0 or (isinstance(value, str) and value.strip().casefold() in NOT_TAKEN)

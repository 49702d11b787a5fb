"""The headers of a sheet held against the columns of one tracker: which row they stand in, and how much they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.recognition.duty_words import SHEETS
from addin.core.recognition.likeness import (
    AGREES,
    LIKE,
    agreement,
    alike,
    allowed,
    below,
    is_subject_group,
    known_name,
    names,
    plain_names,
)
from addin.core.recognition.vocabulary import ABOUT_PD, WHOLE_NAME, header_key, words_of
from addin.core.recognition.workshop_text import programme_in
from addin.core.regex import regex
from addin.core.settings import Lists
from addin.core.tables.choices import Choices, choices_of
from addin.core.tables.date_order import kind_of
from addin.core.tables.dates import FIRST_YEAR
from addin.core.tables.layout import HEADER_SEARCH, header_line, plain
from addin.core.tables.values import is_number, show
from addin.core.trackers import Column, Tracker

LONGEST_HEADER = 500
"""Characters; a longer text is no header of a tracker."""
LEAST = 3
"""A sheet with fewer known headers is not taken for a tracker, unless it bears the tracker's name (then 2)."""
TELLING_ALL, TELLING, TELLING_ALONE = 1.5, 2.0, 4.5
"""What the headers of a sheet must tell (see likeness.weights): with all that a tracker is about, with at least half of
its key, and without."""


STANDS_FOR_KEY: dict[str, list[set[str]]] = {
    "cas": [{"candidate", "title"}],
    "policies": [{"policy", "reviewed"}, {"policy", "next_review"}],
    "inventory": [
        {"item", "lent_to", "lent_on"},
        *({"item", "quantity", one} for one in ("location", "condition", "lent_to", "lent_quantity", "lent_on")),
    ],
}
"""What says as much as a key that we number ourselves."""
SAYS_IT_ALL: dict[str, set[str]] = {
    "inventory": {"item", "quantity", "location"},
    "pd": {"staff", "workshop", "start"},
}
"""Columns that together are what a tracker is about: how many of what are where, who went to what and when."""
WHOSE = {"candidate", "last_name", "first_names"}
OF_A_PERSON = {*WHOSE, "student", "code", "class", "year_group", "myp_year", "grade", "birth_date", "email", "adviser"}
"""Columns that only say who somebody is: a list of students has them all, whatever it is about."""
OF_STUDENTS = {"candidate", "student"}
"""A tracker with one of these columns says something of students that are listed elsewhere."""
NAMES = words_of(WHOLE_NAME)
ACTIVITIES = words_of(
    "activity | activities | event | course | what | actividad | activité | aktivität | veranstaltung | kurs"
)
SUBJECT = words_of("subject | subject group | matière | discipline | asignatura | materia | fach | disciplina")
YEARS = {"year", "year_group", "class"}
BY_TITLE = {"myp", "pyp", "cp", "eassessment"}
"""Trackers of one programme, whose names in a title say what a list is about."""
MARKS = {"b", "total", "mark", "marks", "score", "points", "criterion b", "crit b", "total mark", "total marks"}
"""Headers of marks, beside which a `Grade` is the result."""
PARTS_OF_DAY = words_of(
    "am | pm | a.m. | p.m. | morning | afternoon | evening | matin | matinée | après-midi | soir | mañana | tarde | "
    "vormittag | vormittags | nachmittag | nachmittags"
)
"""The sessions of an exam's day, which are none of May or November."""
ASKED = {"role"}
"""Columns of titles that may mean several of their choices, of which a person then chooses: `Teacher`, `Lehrkraft`."""
OF_WORKSHOPS = {"category", "cost", "certificate", "role"}
"""Columns that only records of workshops have."""


@dataclass(frozen=True, slots=True)
class Match:
    """A header that stands for a column; `sure` is False where only likeness and content speak for it."""

    header: str
    number: int
    column: str
    sure: bool = True


@dataclass(slots=True)
class HeaderCandidate:
    row: int = 0
    matches: list[Match] = field(default_factory=list)
    named: int = 0
    tells: float = 0.0
    keyed: bool = False
    whole: bool = False
    """Whether all is there that its tracker is about."""
    nobodys: bool = False
    """Whether its rows would belong to students, and no header says to whom."""
    of_names: bool = False
    """Whether names of students are beside what little is known, in a list of one programme."""
    of_whom: bool = False
    """Whether its names may as well be those of students as those of staff."""

    @property
    def score(self) -> float:
        return self.tells + 0.1 * len(self.matches) + 2.0 * self.named

    @property
    def enough(self) -> bool:
        if self.named:
            return len(self.matches) + self.of_names >= (LEAST if self.nobodys else 2)
        if self.nobodys:
            return False
        least = TELLING_ALL if self.whole else TELLING if self.keyed else TELLING_ALONE
        return len(self.matches) >= LEAST and self.tells >= least


def best_row(grid: Grid, tracker: Tracker, lists: Lists, weigh: Mapping[str, float]) -> HeaderCandidate:
    """The row whose cells are the most headers of this tracker."""
    called = _called_names(tracker)
    sheet = plain(grid.sheet)
    named = any(name and re.search(rf"\b{re.escape(name)}\b", sheet) for name in called) + (sheet in called)
    known = names(tracker)
    best, most = 0, 0.0
    for row in range(1, min(HEADER_SEARCH, len(grid.values)) + 1):
        found = _called(grid, row, tracker, known)
        if _weight(found, tracker, weigh) <= most:
            continue  # as most rows of data: their cells need not be held against lists
        if (weight := _weight(_fitting(grid, row, tracker, lists, found), tracker, weigh)) > most:
            best, most = row, weight
    named = named or is_titled(_titles(grid, best), tracker)
    matches = _with_like(grid, best, tracker, lists, _exact(grid, best, tracker, lists, known)) if best else []
    texts = [header for _, header in headers_in(grid, best)] if best else []
    matches = [match for match in matches if match.column != "candidate" or not _is_of_series(match.header, texts)]
    if best and _are_marks_of_myp(grid, best):
        return HeaderCandidate()
    columns = {match.column for match in matches}
    keyed = 2 * len(columns & set(tracker.key)) >= len(tracker.key) or any(
        columns >= one for one in STANDS_FOR_KEY.get(tracker.name, ())
    )
    nobodys = "candidate" in tracker.columns and not columns & WHOSE and not _has_names(grid, best)
    of_whom = tracker.name == "pd" and _may_be_students(grid, best, matches)
    nobodys = nobodys or bool(tracker.columns.keys() & OF_STUDENTS and columns <= OF_A_PERSON)
    if keyed and not named and not of_whom:
        named = _is_titled(grid, best, tracker)
    of_names = bool(matches) and tracker.name in BY_TITLE and _has_names(grid, best)
    tells = _tells(matches, tracker, weigh)
    whole = tracker.name in SAYS_IT_ALL and columns >= SAYS_IT_ALL[tracker.name]
    return HeaderCandidate(best, matches, named, tells, keyed, whole, nobodys or of_whom, of_names, of_whom)


def _are_marks_of_myp(grid: Grid, row: int) -> bool:
    """Whether a sheet on the MYP has marks by criterion of subjects, of which several rows have the same: no tracker
    is for these."""
    above = [[cell for cell in line if isinstance(cell, str)] for line in grid.values[: row - 1]]
    texts = [grid.sheet, *(line[0] for line in above if len(line) == 1)]
    headers = headers_in(grid, row)
    number = next((n for n, header in headers if header_key(header) in SUBJECT), 0)
    criteria = sum(bool(_CRITERION.fullmatch(plain(header))) for _, header in headers)
    if not number or criteria < LEAST or programme_in(*texts) != "MYP":
        return False
    if any(_PROJECT.search(text) for text in (*texts, *(header for _, header in headers))):
        return False
    cells = [plain(show(cell)) for cell in below(grid, row, number)]
    return len(set(cells)) < len(cells)


_CRITERION = regex(r"(?:crit\w*\.? ?)?[a-d]")
_PROJECT = regex(r"(?i)proj|proy|goal|service|servicio")


def _is_of_series(header: str, texts: Sequence[str]) -> bool:
    """Whether a header is one of several that differ in their number: `Student 1`, `Student 2` are not whose row it
    is."""
    stem = _NUMBER.sub("", header)
    return stem != header and sum(_NUMBER.sub("", text) == stem != text for text in texts) > 1


_NUMBER = regex(r"\W*\d+\W*$")


def is_titled(titles: str, tracker: Tracker) -> bool:
    """Whether titles name a tracker of one programme, in two words at least: `Service as Action 2026`."""
    if tracker.name not in BY_TITLE:
        return False
    text = plain(titles)
    return any(" " in name and re.search(rf"\b{re.escape(name)}\b", text) for name in _called_names(tracker))


def _called_names(tracker: Tracker) -> set[str]:
    """What a sheet of a tracker may be called."""
    spoken = SHEETS.get(tracker.name, "").split(" | ")
    return {plain(name) for name in (tracker.sheet, tracker.title, *tracker.aliases, *spoken)}


def _titles(grid: Grid, row: int) -> str:
    """The lines above the headers that are one cell each."""
    above = [[cell for cell in line if isinstance(cell, str)] for line in grid.values[: max(row - 1, 0)]]
    return " ".join(line[0] for line in above if len(line) == 1)


def _is_titled(grid: Grid, row: int, tracker: Tracker) -> bool:
    """Whether a line above the headers names the tracker by its letters: `CAS activities 12A`."""
    return is_called(_titles(grid, row), tracker)


def is_called(text: str, tracker: Tracker) -> bool:
    """Whether a text has the letters that a tracker is known by: CAS, PD."""
    return tracker.sheet.isupper() and bool(re.search(rf"\b{re.escape(tracker.sheet)}\b", text))


def _may_be_students(grid: Grid, row: int, matches: Sequence[Match]) -> bool:
    """Whether names and activities may as well be students and theirs: nothing on the sheet speaks of training."""
    headers = {match.column: header_key(match.header) for match in matches}
    activity = "workshop" not in headers or headers["workshop"] in ACTIVITIES
    if headers.get("staff") not in NAMES or not activity or headers.keys() & OF_WORKSHOPS:
        return False
    above = [cell for line in grid.values[:row] for cell in line if isinstance(cell, str)]
    return not ABOUT_PD.search(" ".join([grid.sheet, *above]))


def _has_names(grid: Grid, row: int) -> bool:
    """Whether a header in this row is one of whole names."""
    return row > 0 and any(header_key(header) in NAMES for _, header in headers_in(grid, row))


def _tells(matches: Sequence[Match], tracker: Tracker, weigh: Mapping[str, float]) -> float:
    return sum(
        weigh.get(plain(match.header), 0.3) * (1.0 if match.sure else 0.5)
        for match in matches
        if not tracker.columns[match.column].calculated
    )


def _weight(matches: Sequence[Match], tracker: Tracker, weigh: Mapping[str, float]) -> float:
    return _tells(matches, tracker, weigh) + 0.1 * len(matches)


def headers_in(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [
        (number, value)
        for number, value in enumerate(header_line(grid, row), 1)
        if isinstance(value, str) and len(value) <= LONGEST_HEADER
    ]


def _exact(grid: Grid, row: int, tracker: Tracker, lists: Lists, known: Mapping[str, list[str]]) -> list[Match]:
    """The headers in this row that are the tracker's own or aliases, above cells that fit."""
    return _fitting(grid, row, tracker, lists, _called(grid, row, tracker, known))


def _called(grid: Grid, row: int, tracker: Tracker, known: Mapping[str, list[str]]) -> list[Match]:
    """The headers in this row that are called as a column of the tracker is."""
    headers = [
        (number, header, name) for number, header in headers_in(grid, row) if (name := known_name(header, known))
    ]
    if not headers:
        return []
    own = {plain_names((column.header,))[0] for column in tracker.columns.values()}
    found: dict[str, Match] = {}
    # A column's own header goes before an alias, wherever it stands, and any of these before `Name`, which beside an
    # `Activity` is the student's; the same header twice is taken once.
    # Of two columns that it may be, a header is the one without which there is no row: a `Course` that was attended.
    order = sorted(headers, key=lambda one: (one[2] not in own, header_key(one[1]) in NAMES))
    for among in (tracker.columns, tracker.key):
        for number, header, name in order:
            if name in found:
                continue
            taken = {match.column for match in found.values()}
            columns = [column for column in known[name] if column not in taken]
            columns = [one for one in columns if not _other_kind(grid, row, number, tracker.columns[one])]
            if len(columns) > 1:
                columns = [column for column in columns if column in among]
            if len(columns) == 1:
                found[name] = Match(header, number, columns[0])
    return [*found.values()]


def _fitting(grid: Grid, row: int, tracker: Tracker, lists: Lists, found: Sequence[Match]) -> list[Match]:
    """These matches without those whose cells speak against it."""
    matches = [match for match in found if not _names_the_candidate(grid, row, match, found)]
    return [match for match in matches if not _wrong_list(grid, row, match, tracker, lists)]


def _other_kind(grid: Grid, row: int, number: int, column: Column) -> bool:
    """Whether all cells below are dates where the column has numbers, or counts where it has dates: `Out` may be how
    many, or since when. A German or French `Note` is a grade only where all cells are; a `Grade` beside marks is what
    they come to, and no year; `Session` above AM and PM is no exam session."""
    if column.name in YEARS and is_result(grid, row, number):
        return True
    if column.name == "session" and (parts := below(grid, row, number)):
        return all(header_key(show(part)) in PARTS_OF_DAY for part in parts)
    if column.name == "predicted" and header_key(header_line(grid, row)[number - 1]) == "note":
        return not all(_GRADE.fullmatch(show(cell).strip()) for cell in below(grid, row, number))
    cells = below(grid, row, number) if column.type in ("integer", "number", "date") else []
    if cells and column.type == "integer" and all(_is_outside(cell, column) for cell in cells):
        return True
    if column.type == "date":
        return bool(cells) and all(is_number(cell) and cell < FIRST_YEAR for cell in cells)
    return bool(cells) and all(isinstance(cell, date) or (isinstance(cell, str) and kind_of(cell)) for cell in cells)


def _is_outside(cell: Value, column: Column) -> bool:
    """Whether a number is below the least or above the most that a column may hold: grade 8 is no MYP year."""
    least, most = column.words.get("at_least"), column.words.get("at_most")
    if not is_number(cell) or not isinstance(least, int) or not isinstance(most, int):
        return False
    return not least <= cell <= most


_GRADE = regex("[A-EN1-7]")


def is_result(grid: Grid, row: int, number: int) -> bool:
    """Whether a header is the `Grade` that the marks left of it come to, and no year of students."""
    if header_key(header_line(grid, row)[number - 1]) != "grade":
        return False
    return any(header_key(header) in MARKS for one, header in headers_in(grid, row) if one < number)


def _names_the_candidate(grid: Grid, row: int, match: Match, found: Iterable[Match]) -> bool:
    """Whether a `Name` beside a candidate's code says who that is: each code has one and the same name in its rows."""
    codes = next((one.number for one in found if one.column == "candidate"), 0)
    if not codes or match.column in WHOSE or header_key(match.header) not in NAMES:
        return False
    names_of: dict[Value, set[Value]] = {}
    rows = 0
    for number in range(row + 1, len(grid.values) + 1):
        code, name = grid.value(number, codes), grid.value(number, match.number)
        if code is not None and name is not None:
            names_of.setdefault(code, set()).add(name)
            rows += 1
    return rows > len(names_of) > 0 and all(len(called) == 1 for called in names_of.values())


def _with_like(grid: Grid, row: int, tracker: Tracker, lists: Lists, found: list[Match]) -> list[Match]:
    """These matches, and the headers that are nearly a column's name above cells that agree; in order."""
    if len(found) >= 2:  # likeness alone makes no header row
        known = names(tracker)
        for number, header in headers_in(grid, row):
            if plain(header) in known:
                continue  # another column's name, which is taken: `Activity` is no Activity ID
            if all(number != match.number and plain(header) != plain(match.header) for match in found):
                column = _like(grid, row, number, header, tracker, lists, {match.column for match in found})
                if column:
                    found.append(Match(header, number, column, sure=False))
    return sorted(found, key=lambda match: match.number)


def _wrong_list(grid: Grid, row: int, match: Match, tracker: Tracker, lists: Lists) -> bool:
    """True for a mere alias above cells of which none is in the column's list: `Class` with 12A is no subject."""
    column = tracker.columns[match.column]
    if column.name == "class_group" and is_subject_group(below(grid, row, match.number)):
        return True
    if plain(match.header) in (plain(column.header), plain(column.name)) or not allowed(column, lists):
        return False
    cells = below(grid, row, match.number)
    if len(cells) < LEAST or agreement(cells, column, lists):
        return False
    choices = choices_of(column, lists)
    asked = column.name in ASKED
    return choices is None or not any(_is_choice(cell, choices, asked=asked) for cell in dict.fromkeys(cells))


def _is_choice(cell: Value, choices: Choices, *, asked: bool = False) -> bool:
    """Whether a cell names a value in another way: `1,2,4` for LO1; LO2; LO4; with `asked` also one of several."""
    value, remark = choices.read(cell)
    if asked and value is None and remark is not None:
        return True
    return value is not None and (remark is not None or value in choices.exact)


def _like(grid: Grid, row: int, number: int, header: str, tracker: Tracker, lists: Lists, taken: set[str]) -> str:
    """The one free column whose name is nearly this header and whose cells agree; "" where none or several are."""
    free = [c for c in tracker.columns.values() if c.name not in taken and not c.calculated]
    near = [column for column in free if alike(header, column) >= LIKE]
    cells = below(grid, row, number) if near else []
    good = [c.name for c in near if cells and agreement(cells, c, lists, serial=grid.serial_dates) >= AGREES]
    return good[0] if len(good) == 1 else ""


def without_calculated(tracker: Tracker) -> Tracker:
    """The tracker without the columns that its sheet calculates: nothing is imported into them."""
    typed = {name: column for name, column in tracker.columns.items() if not column.calculated}
    return records.replace(tracker, columns=typed)

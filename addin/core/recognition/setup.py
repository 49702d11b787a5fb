"""The Setup sheet: what adopt understood of each column, with a drop-down to change it, and the questions.

A person reads it in the workbook, changes what is wrong and presses Adopt; nothing else is written before that. Each
row carries its own key in a hidden column, so that rows may be sorted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.core.book import LONGEST_CHOICE, Grid, OwnSheet, Value, fitting_choices
from addin.core.language import MONTHS
from addin.core.recognition.columns import Role, cells_of
from addin.core.recognition.hours import INTERVIEWS
from addin.core.recognition.overrides import AS_READ, LEAVE, key_of
from addin.core.recognition.parts import Part
from addin.core.recognition.reading import Question, Reading
from addin.core.recognition.recognise import Understood
from addin.core.recognition.survey import Surveyed
from addin.core.recognition.turning import turned
from addin.core.records import field, record
from addin.core.tables.values import show
from addin.core.trackers import Tracker

HEADERS = ("Sheet", "Your column, or a question", "What is in it", "Read as", "How sure", "Your choice", "Key")
WIDTHS = [20.0, 44.0, 44.0, 40.0, 14.0, 26.0, 0.0]
SAMPLES = 3
_WORDS = {
    "name": "Student's whole name", "group": "A subject in each cell", "level": "Level of the subject left of it",
    "essay": "Subject of the extended essay", "knowledge": "TOK", "total": "A total (checked, not taken)",
    "numbering": "A running number (not taken)", "strand of row": "CAS strand of the row", "workshop": "A workshop",
    "own": "Kept as it is", "left": "Left alone",
}  # fmt: skip


@record
class Column:
    """One column of one or more sheets of the same kind, as the Setup sheet shows it."""

    sheets: list[str]
    header: str
    samples: str
    reading: str
    sure: str
    options: tuple[str, ...]
    keys: list[str] = field(default_factory=list)


def setup_sheet(
    reading: Reading,
    surveyed: Mapping[str, Surveyed],
    grids: Mapping[str, Grid],
    trackers: Mapping[str, Tracker],
    chosen: Mapping[str, str],
) -> OwnSheet:
    """The sheet for this reading; `chosen` are choices that were made before."""
    own = OwnSheet([list(HEADERS)], widths=WIDTHS)
    for question in reading.questions:
        _add_question(own, question, chosen.get(question.name, ""))
    for column in columns_of(surveyed, grids, trackers):
        _add_column(own, column, next((chosen[key] for key in column.keys if key in chosen), ""))
    return own


def _add_question(own: OwnSheet, question: Question, chosen: str) -> None:
    labels = {answer: _label(answer, words) for answer, words in question.options}
    default = chosen or question.default or (question.options[0][0] if question.options else "")
    shown = labels.get(default, default)
    own.rows.append([None, question.text, None, shown, "a question", shown, f"? {question.name}"])
    _drop_down(own, tuple(labels.values()))


def _add_column(own: OwnSheet, column: Column, chosen: str) -> None:
    sheets = ", ".join(column.sheets)
    shown = chosen or AS_READ
    own.rows.append([sheets, column.header, column.samples, column.reading, column.sure, shown, "\n".join(column.keys)])
    _drop_down(own, column.options)


def _drop_down(own: OwnSheet, words: tuple[str, ...]) -> None:
    if fitting_choices(words):
        own.cell_choices[len(own.rows), HEADERS.index("Your choice") + 1] = words


def _label(answer: str, words: str) -> str:
    """`day first (dmy)`: what a person chooses, with the answer in it; no commas, which part a drop-down's words."""
    text = f"{words} ({answer})" if words and words.casefold() != answer.casefold() else answer
    return text.replace(",", ";")


def columns_of(
    surveyed: Mapping[str, Surveyed], grids: Mapping[str, Grid], trackers: Mapping[str, Tracker]
) -> list[Column]:
    """The columns of all sheets that are understood; those that several sheets have alike come once."""
    found: dict[tuple[str, str], Column] = {}
    for name, one in surveyed.items():
        grid = turned(grids[name]) if one.turned else grids[name]
        if one.way == "place" and isinstance(one.found, Understood):
            columns = _in_place(one.found, grid, trackers)
        elif one.way == "left":
            continue
        else:
            columns = [column for part in one.parts for column in _of_part(part, grid, trackers)]
        for column in columns:
            same = found.setdefault((column.header, column.reading), column)
            if same is not column:
                same.sheets += [sheet for sheet in column.sheets if sheet not in same.sheets]
                same.keys += column.keys
    return list(found.values())


def _in_place(found: Understood, grid: Grid, trackers: Mapping[str, Tracker]) -> list[Column]:
    tracker = trackers[found.tracker]
    columns = []
    for match in found.matches:
        cells = [line[match.number - 1] for line in grid.values[found.header_row :] if len(line) >= match.number]
        sure = "sure" if match.sure else "please check"
        reading = f"{tracker.title}: {tracker.columns[match.column].header}"
        columns.append(_column(found.sheet, match.header, cells, reading, sure, _options(tracker)))
    for one in found.unknown:
        cells = [line[one.number - 1] for line in grid.values[found.header_row :] if len(line) >= one.number]
        columns.append(_column(found.sheet, one.header, cells, "Left alone", "please check", _options(tracker)))
    return columns


def _of_part(part: Part, grid: Grid, trackers: Mapping[str, Tracker]) -> list[Column]:
    tracker = trackers[part.found.tracker] if part.found else None
    matches = {match.number: match for match in part.found.matches} if part.found else {}
    people = trackers.get("candidates")
    columns = []
    for number, header in part.region.headers.items():
        role, match = part.roles.get(number, Role("own")), matches.get(number)
        if match and tracker and tracker.name != "candidates":
            reading = f"{tracker.title}: {tracker.columns[match.column].header}"
            sure = "sure" if match.sure else "please check"
        else:
            reading = role_words(role, people)
            sure = "sure" if role.kind not in ("own", "subject") or len(role.subjects) == 1 else "please check"
        columns.append(
            _column(
                part.region.sheet,
                header,
                cells_of(part.region, grid, number),
                reading,
                sure,
                _options(tracker or people),
            )
        )
    return columns


def role_words(role: Role, people: Tracker | None) -> str:
    """What a column was read as, in words."""
    if role.kind == "fact" and people and role.column in people.columns:
        return f"{people.title}: {people.columns[role.column].header}"
    if role.kind == "subject":
        names = " or ".join(role.subjects[:3]) or "unknown"
        return f"Subject: {names}{f' {role.level}' if role.level else ''}"
    if role.kind == "month":
        when = role.day.isoformat() if role.day else f"{MONTHS[role.month - 1]} {role.year or ''}".strip()
        return f"CAS hours: {when}{f' {role.strand}' if role.strand else ''}"
    if role.kind == "week":
        return f"CAS hours: week {role.number}"
    if role.kind == "strand":
        return f"CAS hours: {role.strand}"
    if role.kind == "interview":
        return f"CAS: {INTERVIEWS[role.number].lower()} interview"
    return _WORDS.get(role.kind, "Kept as it is")


def _options(tracker: Tracker | None) -> tuple[str, ...]:
    """As read, leave alone, and the tracker's columns as far as a drop-down holds them."""
    words = [AS_READ, LEAVE]
    for column in tracker.columns.values() if tracker else ():
        if not column.calculated and len(",".join([*words, column.header])) <= LONGEST_CHOICE:
            words.append(column.header)
    return tuple(word for word in words if "," not in word)


def _column(
    sheet: str, header: str, cells: Sequence[Value], reading: str, sure: str, options: tuple[str, ...]
) -> Column:
    shown = list(dict.fromkeys(text for cell in cells if (text := " ".join(show(cell).split()))))[:SAMPLES]
    return Column([sheet], header, " · ".join(shown), reading, sure, options, [key_of(sheet, header)])


def is_setup(grid: Grid | None) -> bool:
    """Whether a sheet is the Setup sheet that adopt wrote."""
    return grid is not None and bool(grid.values) and tuple(map(show, grid.values[0])) == HEADERS


def choices_of(grid: Grid) -> dict[str, str]:
    """The answers of a Setup sheet: question -> answer, and `column SHEET!HEADER` -> what it is."""
    found: dict[str, str] = {}
    for line in grid.values[1:]:
        cells = [show(value).strip() for value in [*line, *[None] * len(HEADERS)]][: len(HEADERS)]
        choice, keys = cells[5], cells[6]
        if keys.startswith("? "):
            found[keys[2:]] = _answer(choice) or "leave"
        elif choice and choice.casefold() != AS_READ:
            found |= dict.fromkeys(filter(None, keys.split("\n")), choice)
    return found


def _answer(choice: str) -> str:
    """`day first (dmy)` is dmy."""
    before, bracket, inside = choice.rpartition("(")
    return inside.rstrip(") ").strip() if bracket and before.strip() and choice.endswith(")") else choice

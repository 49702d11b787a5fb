"""The Setup sheet: what adopt understood of each column, with a drop-down to change it, and the questions.

A person reads it in the workbook, changes what is wrong and presses Adopt; nothing else is written before that. Each
row carries its own key in a hidden column, so that rows may be sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from addin.core.book import LONGEST_CHOICE, Grid, OwnSheet, Value, fitting_choices
from addin.core.language import ENGLISH, MONTHS, Language, any_of, joined, phrase
from addin.core.names import SETUP_HEADERS
from addin.core.recognition.core_tasks import by_task
from addin.core.recognition.hours import INTERVIEWS
from addin.core.recognition.overrides import AS_READ, LEAVE, OR, key_of
from addin.core.recognition.parts import Part
from addin.core.recognition.reading import Question, Reading
from addin.core.recognition.recognise import Understood
from addin.core.recognition.roles import Role, cells_of
from addin.core.recognition.survey import Surveyed
from addin.core.recognition.turning import turned
from addin.core.records import field, record
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.core.trackers import Tracker

HEADERS = SETUP_HEADERS
WIDTHS = [20.0, 44.0, 44.0, 40.0, 14.0, 26.0, 0.0]
SAMPLES = 3
_IS = " = "
"""Between an answer and its words in the hidden column."""
_MONTH = "{month} {year}"
WORDS_OF_ROLES = {
    "name": "Student's whole name", "group": "A subject in each cell", "level": "Level of the subject left of it",
    "essay": "Subject of the extended essay", "knowledge": "TOK", "total": "A total (checked, not taken)",
    "numbering": "A running number (not taken)", "strand of row": "CAS strand of the row", "workshop": "A workshop",
    "own": "Kept as it is", "left": "Left alone", "term": "CAS hours of a part of the year",
    "members": "Names of the students", "subject down": "Subject of the row",
    "workshops of year": "Workshops of a year",
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
    language: Language = ENGLISH,
) -> OwnSheet:
    """The sheet for this reading, in the person's language; `chosen` are choices that were made before."""
    own = OwnSheet([list(map(language.say, HEADERS))], widths=WIDTHS)
    for question in reading.questions:
        _add_question(own, question, chosen.get(question.name, ""), language)
    for column in columns_of(surveyed, grids, trackers, language):
        _add_column(own, column, next((chosen[key] for key in column.keys if key in chosen), ""), language)
    return own


def _add_question(own: OwnSheet, question: Question, chosen: str, language: Language) -> None:
    labels = {answer: label(answer, words, language) for answer, words in question.options}
    default = chosen or question.default or (question.options[0][0] if question.options else "")
    shown = labels.get(default, default)
    kept = [] if language.is_english else [f"{answer}{_IS}{words}" for answer, words in labels.items()]
    key = "\n".join([f"? {question.name}", *kept])
    own.rows.append([None, language.speak(question.text), None, shown, language.say("a question"), shown, key])
    _drop_down(own, tuple(labels.values()))


def _add_column(own: OwnSheet, column: Column, chosen: str, language: Language) -> None:
    sheets = ", ".join(column.sheets)
    shown = chosen or language.say(AS_READ)
    reading, sure = language.speak(column.reading), language.speak(column.sure)
    own.rows.append([sheets, column.header, column.samples, reading, sure, shown, "\n".join(column.keys)])
    _drop_down(own, column.options)


def _drop_down(own: OwnSheet, words: tuple[str, ...]) -> None:
    if fitting_choices(words):
        own.cell_choices[len(own.rows), HEADERS.index("Your choice") + 1] = words


def label(answer: str, words: str, language: Language) -> str:
    """`May 2027 (M27)`: what a person chooses, with the answer where it is a name; no commas, which part a drop-down's
    words."""
    said = language.speak(words)
    is_name = any(sign.isupper() or sign.isdigit() for sign in answer)
    with_answer = said and said.casefold() != answer.casefold() and (is_name or language.is_english)
    return (f"{said} ({answer})" if with_answer else said or answer).replace(",", ";")


def columns_of(
    surveyed: Mapping[str, Surveyed],
    grids: Mapping[str, Grid],
    trackers: Mapping[str, Tracker],
    language: Language = ENGLISH,
) -> list[Column]:
    """The columns of all sheets that are understood; those that several sheets have alike come once."""
    found: dict[tuple[str, str], Column] = {}
    for name, one in surveyed.items():
        grid = turned(grids[name]) if one.turned else grids[name]
        if one.way == "place" and isinstance(one.found, Understood):
            columns = _in_place(one.found, grid, trackers, language)
        elif one.way == "left":
            continue
        else:
            columns = [column for part in one.parts for column in _of_part(part, grid, trackers, language)]
        for column in columns:
            same = found.setdefault((column.header, column.reading), column)
            if same is not column:
                same.sheets += [sheet for sheet in column.sheets if sheet not in same.sheets]
                same.keys += column.keys
    return list(found.values())


def _in_place(found: Understood, grid: Grid, trackers: Mapping[str, Tracker], language: Language) -> list[Column]:
    tracker = trackers[found.tracker]
    columns = []
    for match in found.matches:
        cells = [line[match.number - 1] for line in grid.values[found.header_row :] if len(line) >= match.number]
        sure = phrase("sure") if match.sure else phrase("please check")
        reading = _of_tracker(tracker, match.column)
        columns.append(_column(found.sheet, match.header, cells, reading, sure, _options(tracker, language)))
    for one in found.unknown:
        cells = [line[one.number - 1] for line in grid.values[found.header_row :] if len(line) >= one.number]
        columns.append(
            _column(
                found.sheet,
                one.header,
                cells,
                phrase(WORDS_OF_ROLES["left"]),
                phrase("please check"),
                _options(tracker, language),
            )
        )
    return columns


def _of_part(part: Part, grid: Grid, trackers: Mapping[str, Tracker], language: Language) -> list[Column]:
    tracker = trackers[part.found.tracker] if part.found else None
    listed = [one.found.matches for _, one in by_task(part, tracker) if one.found] if tracker else []
    matches = {match.number: match for several in listed for match in several}
    people = trackers.get("candidates")
    columns = []
    for number, header in part.region.headers.items():
        role, match = part.roles.get(number, Role("own")), matches.get(number)
        if match and tracker and tracker.name != "candidates":
            reading = _of_tracker(tracker, match.column)
            sure = phrase("sure") if match.sure else phrase("please check")
        else:
            reading = role_words(role, people)
            is_sure = role.kind not in ("own", "subject") or len(role.subjects) == 1
            sure = phrase("sure") if is_sure else phrase("please check")
        columns.append(
            _column(
                part.region.sheet,
                header,
                cells_of(part.region, grid, number),
                reading,
                sure,
                _options(tracker or people, language),
            )
        )
    return columns


def role_words(role: Role, people: Tracker | None) -> str:
    """What a column was read as, in words."""
    if role.kind == "fact" and people and role.column in people.columns:
        return _of_tracker(people, role.column)
    if role.kind == "subject":
        names = any_of(role.subjects[:3]) or phrase("unknown")
        return phrase("Subject: {names}", names=joined(" ", [names, role.level]) if role.level else names)
    if role.kind == "month":
        month = phrase(_MONTH, month=phrase(MONTHS[role.month - 1]), year=role.year) if role.year else ""
        when = role.day.isoformat() if role.day else month or phrase(MONTHS[role.month - 1])
        return _cas_hours(when, role.strand)
    if role.kind == "week":
        return phrase("CAS hours: week {number}", number=role.number)
    if role.kind == "strand":
        return _cas_hours("", role.strand)
    if role.kind == "interview":
        return phrase("CAS: {which} interview", which=phrase(INTERVIEWS[role.number].lower()))
    return phrase(WORDS_OF_ROLES.get(role.kind, WORDS_OF_ROLES["own"]))


def _of_tracker(tracker: Tracker, column: str) -> str:
    """`Candidates: Birth date`."""
    return phrase("{title}: {header}", title=phrase(tracker.title), header=phrase(tracker.columns[column].header))


def _cas_hours(when: str, strand: str) -> str:
    said = [*([when] if when else []), *([phrase(strand)] if strand else [])]
    return phrase("CAS hours: {what}", what=joined(" ", said))


def _options(tracker: Tracker | None, language: Language) -> tuple[str, ...]:
    """As read, leave alone, and the tracker's columns as far as a drop-down holds them."""
    words = [language.say(AS_READ), language.say(LEAVE)]
    for column in tracker.columns.values() if tracker else ():
        header = language.word(column.header, f"{tracker.name}.{column.name}") if tracker else column.header
        if not column.calculated and len(",".join([*words, header])) <= LONGEST_CHOICE:
            words.append(header)
    return tuple(word for word in words if "," not in word)


def _column(
    sheet: str, header: str, cells: Sequence[Value], reading: str, sure: str, options: tuple[str, ...]
) -> Column:
    shown = list(dict.fromkeys(text for cell in cells if (text := " ".join(show(cell).split()))))[:SAMPLES]
    return Column([sheet], header, " · ".join(shown), reading, sure, options, [key_of(sheet, header)])


def choices_of(grid: Grid) -> dict[str, str]:
    """The answers of a Setup sheet: question -> answer, and `column SHEET!HEADER` -> what it is."""
    found: dict[str, str] = {}
    for line in grid.values[1:]:
        cells = [show(value).strip() for value in [*line, *[None] * len(HEADERS)]][: len(HEADERS)]
        choice, keys = cells[5], cells[6]
        if keys.startswith("? "):
            name, *answers = keys[2:].split("\n")
            labels = {fold(words): answer for answer, _, words in (line.partition(_IS) for line in answers)}
            found[name] = labels.get(fold(choice)) or _answer(choice) or "leave"
        elif choice and choice.casefold() != AS_READ:
            found |= dict.fromkeys(filter(None, keys.split("\n")), choice)
    return found


def english_choices(
    chosen: Mapping[str, str], trackers: Iterable[Tracker], languages: Iterable[Language]
) -> dict[str, str]:
    """The choices of a Setup sheet in any of these languages, as `overridden` knows them: headers in English."""
    words: dict[str, dict[str, None]] = {}
    for language in languages:
        for fixed in (AS_READ, LEAVE):
            words.setdefault(fold(language.say(fixed)), {})[fixed] = None
        for tracker in trackers:
            for column in tracker.columns.values():
                local = language.word(column.header, f"{tracker.name}.{column.name}")
                words.setdefault(fold(local), {})[column.header] = None
    found = {}
    for name, choice in chosen.items():
        meant = words.get(fold(choice), {}) if name.startswith("column ") else {}
        if AS_READ not in meant:
            found[name] = OR.join(meant) or choice
    return found


def _answer(choice: str) -> str:
    """`day first (dmy)` is dmy."""
    before, bracket, inside = choice.rpartition("(")
    return inside.rstrip(") ").strip() if bracket and before.strip() and choice.endswith(")") else choice

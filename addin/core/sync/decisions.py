"""The Conflicts sheet: both values of each conflict, and the columns in which a person decides.

Decision takes *mine* or *theirs* (a drop-down); a value of one's own goes into Another value. Any other text under
Decision is no decision: it is asked about again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from addin.core.book import Grid, OwnSheet, Value
from addin.core.language import Language, phrase
from addin.core.records import replace
from addin.core.sync.columns import header
from addin.core.sync.model import MINE, THEIRS, Choice, Conflict, Place, Row, Take
from addin.core.sync.words import show as in_words
from addin.core.sync.words import show_row
from addin.core.tables.values import brief, show
from addin.core.trackers import Tracker

SHEET = "Conflicts"
DECISION, VALUE = "Decision", "Another value"
MINE_HEADER, THEIRS_HEADER = "Mine (workbook)", "Theirs (shared sheet)"
HEADERS = (
    "Link",
    "Row",
    "Column",
    "Before",
    MINE_HEADER,
    THEIRS_HEADER,
    DECISION,
    VALUE,
    "Row id",
)
WIDTHS = (22, 26, 18, 24, 28, 28, 14, 20, 9)
CHOICES = ("mine", "theirs")
HELP = phrase(
    "Choose mine or theirs under Decision, or type the right value under Another value. The next sync carries it out."
)
WHOLE_ROW = "(whole row)"
UNKNOWN = "(not known)"
DELETED = "(deleted)"
_OWN_WORDS = (WHOLE_ROW, UNKNOWN, DELETED)


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict that waits for a decision: of which link, and how a person calls the row and the column."""

    link: str
    row_name: str
    column_name: str
    conflict: Conflict
    tracker: Tracker | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """One line of the sheet on which a person has decided something."""

    link: str
    row: str
    column: str | None
    """The header; None for the whole row."""
    take: Take | Value
    decision: Value
    value: Value
    problem: str = ""
    """Why this is no decision, in a sentence: it is asked about again."""


def conflicts_sheet(open_: Sequence[OpenConflict], waiting: Iterable[Decided] = ()) -> OwnSheet:
    """The sheet with every open conflict; `waiting` decisions could not be carried out yet and stay where they are."""
    kept = {(one.link, one.row, one.column): one for one in waiting}
    rows: list[list[Value]] = [list(HEADERS)]
    for one in open_:
        row, column = one.conflict.row, None if one.conflict.column is None else one.column_name
        decided = kept.get((one.link, row, column))
        before = UNKNOWN if one.conflict.first else _shown(one.conflict.base, one.conflict.column)
        rows.append(
            [
                one.link,
                one.row_name,
                one.column_name,
                before,
                _shown(one.conflict.left, one.conflict.column),
                _shown(one.conflict.right, one.conflict.column),
                decided.decision if decided else None,
                decided.value if decided else None,
                row,
            ]
        )
    count = len(rows) - 1
    if open_:
        rows.append([str(HELP)])
    return OwnSheet(rows, {}, list(WIDTHS), {HEADERS.index(DECISION) + 1: CHOICES} if count else {})


def _shown(value: Value | Row, column: str | None) -> Value:
    if column is not None:
        return cast(Value, value)
    return DELETED if value is None else str(show_row(cast(Row, value)))


def name_in(there: Collection[str], language: Language) -> str:
    """What the sheet is called in a workbook that has these: as it is there, else in the workbook's language."""
    called = language.say(SHEET)
    return SHEET if SHEET in there and called not in there else called


def in_language(sheet: OwnSheet, language: Language) -> OwnSheet:
    """The sheet with its headers and its own words in a language; what people typed stays."""
    own = {*_OWN_WORDS, str(HELP)}
    headers, *lines = sheet.rows
    rows: list[list[Value]] = [[language.say(str(header)) for header in headers]]
    rows += [[language.say(cell) if isinstance(cell, str) and cell in own else cell for cell in line] for line in lines]
    return sheet if language.is_english else replace(sheet, rows=rows)


def in_english(grid: Grid | None, language: Language) -> Grid | None:
    """The sheet of a workbook in this language as an English one has it, which is how it is read."""
    if grid is None or language.is_english:
        return grid
    english = {language.say(word): word for word in _OWN_WORDS}
    lines = [[english.get(cell, cell) if isinstance(cell, str) else cell for cell in line] for line in grid.values[1:]]
    return replace(grid, values=[list(HEADERS), *lines])


def read_decisions(grid: Grid | None) -> list[Decided]:
    """What a person has written on the sheet, line by line."""
    found: list[Decided] = []
    for number, line in enumerate(grid.values[1:] if grid else (), 2):
        cells = dict(zip(HEADERS, line, strict=False))
        row, word, value = show(cells.get("Row id")), cells.get(DECISION), cells.get(VALUE)
        if not row or (_is_blank(word) and _is_blank(value)):
            continue
        take = {"mine": MINE, "theirs": THEIRS}.get(word.strip().casefold()) if isinstance(word, str) else None
        column = show(cells.get("Column"))
        whole = column in ("", WHOLE_ROW)
        problem = _problem(word, value, take, whole=whole)
        problem = problem and phrase(
            "Sheet {sheet}, row {number}: {problem}",
            sheet=grid.sheet if grid else SHEET,
            number=number,
            problem=problem,
        )
        chosen = value if take is None else take
        found.append(Decided(show(cells.get("Link")), row, None if whole else column, chosen, word, value, problem))
    return found


def _problem(word: Value, value: Value, take: Take | None, *, whole: bool) -> str:
    """Why an entry is no decision; "" where it is one."""
    if take is None and not _is_blank(word):
        sentence = "“{word}” is neither mine nor theirs. Choose one, or type the right value under Another value."
        return phrase(sentence, word=brief(word))
    if take is not None and not _is_blank(value):
        return phrase("it has both a Decision and another value. Leave one of them empty.")
    if take is None and whole:
        return phrase("for a whole row choose mine or theirs under Decision.")
    return ""


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def choices(decided: Iterable[Decided], link: str, seen: Iterable[Conflict], tracker: Tracker) -> dict[Place, Choice]:
    """The decisions about one link as the merge takes them, each with the conflict as it was shown."""
    shown: dict[tuple[str, str | None], Conflict] = {}
    for conflict in seen:
        column = None if conflict.column is None else header(conflict.column, tracker)
        shown.setdefault((conflict.row, column), conflict)
    found: dict[Place, Choice] = {}
    for one in decided:
        meant = shown.get((one.row, one.column)) if one.link == link and not one.problem else None
        if meant is not None:
            found[meant.row, meant.column] = Choice(one.take, meant)
    return found


def sentence(one: OpenConflict) -> str:
    """A conflict in words, for the report."""
    conflict = one.conflict
    if conflict.column is None and (conflict.left is None or conflict.right is None):
        return phrase("{row}: {what}", row=one.row_name, what=_deleted(conflict))
    mine, theirs = (_row_or_value(value, conflict.column, one.tracker) for value in (conflict.left, conflict.right))
    name = one.row_name if conflict.column is None else f"{one.row_name}, {one.column_name}"
    if conflict.first:
        before = phrase("different in the two places (no earlier sync on this computer)")
    else:
        before = phrase("was {value}", value=_row_or_value(conflict.base, conflict.column, one.tracker))
    sentence = "{name}: {before}; the workbook says {mine}, the shared sheet says {theirs}"
    return phrase(sentence, name=name, before=before, mine=mine, theirs=theirs)


def _deleted(conflict: Conflict) -> str:
    from addin.core.sync.merge import edited

    here, there = phrase("the workbook"), phrase("the shared sheet")
    if conflict.right is not None:
        here, there = there, here
    kept, was = cast(Row, conflict.left or conflict.right or {}), cast(Row, conflict.base or {})
    if edited(kept, was):
        return phrase(
            "deleted in {there}, but edited in {here} since the last sync; the row stays until you decide",
            there=there,
            here=here,
        )
    return phrase(
        "deleted in {there}, which had not seen an edit since the last sync (in a formula, a column of {here} that is "
        "not shared, or another shared sheet); the row stays until you decide",
        there=there,
        here=here,
    )


def _row_or_value(value: Value | Row, column: str | None, tracker: Tracker | None) -> str:
    if column is None:
        return DELETED if value is None else show_row(cast(Row, value), tracker)
    return in_words(cast(Value, value))

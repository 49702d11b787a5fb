"""Erase one student from a workbook's trackers, so that totals stay: a word stands for the code, what identifies goes.

Rows stay, with choices, numbers and grades. In them private texts, links and addresses go (`Erased` where a tracker
needs one), private dates keep their year where they are needed, own columns are emptied, and the student's
name is taken out of every other text, but for what a list allows in its column and the name of a colleague. In other
rows the whole name and the code are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from secrets import choice

from addin.core.book import Cell, CellError, Grid, Value
from addin.core.checks.erased import EMPTIED, ERASED, START, names_student
from addin.core.privacy import CODE, Finder, Private, private_words
from addin.core.records import field, record
from addin.core.redaction import ListWords
from addin.core.settings import Settings
from addin.core.tables.row_ids import SIGNS
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker

CANDIDATES, STAFF = CODE.partition(".")[0], "staff"
SHORT = 2
"""Letters of a private text that is a grade, not a name: it counts in totals and stays."""


@record
class Erasure:
    """What erasing a student changes: the cells, and how many of what they are."""

    word: str
    cells: dict[Cell, Value] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    """tracker -> rows about the student."""
    mentions: list[Cell] = field(default_factory=list)
    """Cells of other rows in which the name or the code is replaced."""
    calculated: list[Cell] = field(default_factory=list)
    """Cells with formulas in rows about the student: they show the student until they are calculated again."""


def new_word() -> str:
    """A word that stands for an erased student; it is drawn, so nobody can work back from it."""
    return START + "".join(choice(SIGNS) for _ in range(7))


def names_of_one(tables: Mapping[str, Table], code: str) -> set[str]:
    """The whole names of a student, in both orders; none where the code is not in the candidates tracker."""
    found: set[str] = set()
    table = tables.get(CANDIDATES)
    if table is None:
        return found
    for index in _rows(table, "code", code):
        parts = [show(table.columns[name][index]).strip() for name in ("first_names", "last_name")]
        if all(parts):
            found |= {" ".join(parts), " ".join(reversed(parts))}
    return found


def rows_about(trackers: Mapping[str, Tracker], tables: Mapping[str, Table], code: str) -> dict[str, list[int]]:
    """tracker -> the rows about a student: the code is in one of the columns for codes."""
    found = {}
    for name, table in tables.items():
        keys = [key for key in trackers[name].columns if names_student(trackers[name], key)]
        indexes = sorted({index for key in keys for index in _rows(table, key, code)})
        if indexes:
            found[name] = indexes
    return found


def whole_names(tables: Mapping[str, Table], code: str) -> Finder:
    """Finds the code and the whole name of a student in any text, and no other student's name."""
    return Finder(Private(codes={code, *names_of_one(tables, code)}))


def plan_erasure(
    trackers: Mapping[str, Tracker],
    tables: Mapping[str, Table],
    grids: Mapping[str, Grid],
    code: str,
    word: str,
    settings: Settings,
) -> Erasure:
    """The cells to write so that nothing identifies the student any more."""
    plan, mine = Erasure(word), rows_about(trackers, tables, code)
    own = Finder(_words_of_one(trackers, tables, mine, code))
    others = whole_names(tables, code)
    listed = ListWords(trackers, tables, settings)
    colleagues = {show(name) for name in tables[STAFF].columns["name"]} if STAFF in tables else set()
    for name, table in tables.items():
        about = set(mine.get(name, ()))
        if about:
            plan.rows[name] = len(about)
        for index in range(len(table)):
            for cell, column, value in _cells(trackers[name], table, index):
                if (cell[1], cell[2]) in grids[cell[0]].formulas:
                    plan.calculated += [cell] if index in about else []
                    continue
                if index not in about:
                    new = _other(value, word, others)
                elif (
                    column
                    and not column.private
                    and (value in colleagues or value in listed.of(trackers[name], column.name))
                ):
                    continue
                else:
                    new = _mine(column, value, code, word, own)
                if new != value or type(new) is not type(value):
                    plan.cells[cell] = new
                    plan.mentions += [] if index in about else [cell]
    return plan


def _rows(table: Table, key: str, code: str) -> list[int]:
    column = table.columns.get(key, ())
    return [index for index, value in enumerate(column) if value is not None and show(value).strip() == code]


def _words_of_one(
    trackers: Mapping[str, Tracker], tables: Mapping[str, Table], mine: Mapping[str, list[int]], code: str
) -> Private:
    """What is private in the student's own row of Candidates, and the code."""
    found = Private()
    if CANDIDATES in mine:
        found = private_words(trackers, {CANDIDATES: tables[CANDIDATES]}, mine[CANDIDATES])
    found.codes |= {code}
    return found


def _cells(tracker: Tracker, table: Table, index: int) -> Iterator[tuple[Cell, Column | None, Value]]:
    """The filled cells of a row: its columns, and those of the person's own (column None)."""
    sheet, row = table.sheets[index], table.rows[index]
    layout = table.layouts[sheet]
    for key, number in layout.columns.items():
        value = table.raw(key)[index]
        if value is not None:
            yield (sheet, *layout.top_of(row, number)), tracker.columns[key], value
    for header, number in layout.extra.items():
        value = table.extra[header][index]
        if value is not None:
            yield (sheet, *layout.top_of(row, number)), None, value


def _mine(column: Column | None, value: Value, code: str, word: str, own: Finder) -> Value:
    """What stays of a cell in a row about the student."""
    if column is None:
        return None
    if show(value).strip() == code:
        return word
    needed = bool(column.words.get("required"))
    if not column.private:
        return _other(value, word, own)
    if column.type == "date":
        return date(value.year, 1, 1) if needed and isinstance(value, date) else None
    if column.type in EMPTIED and not (column.words.get("pattern") and len(show(value)) <= SHORT):
        return ERASED if needed else None
    return value


def _other(value: Value, word: str, finder: Finder) -> Value:
    """A text without the student, the word in place of the code and of the name."""
    if not isinstance(value, str) or isinstance(value, CellError):
        return value
    return finder.blacked(value, lambda _: word)

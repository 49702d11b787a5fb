"""What one column of a table is, and what its cells say: taken or not, a grade, a level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from addin.core.book import Grid, Value
from addin.core.recognition.header_rows import filled
from addin.core.recognition.people import bare
from addin.core.recognition.regions import Region
from addin.core.recognition.subject_names import read_level
from addin.core.records import record
from addin.core.tables.values import is_number

SAMPLE = 60
AGREES = 0.6
"""The part of a column's cells that must be what its header promises."""
TAKEN = {
    "x", "✓", "✔", "√", "○", "◯", "〇", "⭕", "是", "有", "はい", "예", "네", "да", "sim", "sì", "evet", "tak", "نعم",
    "yes", "y", "1", "true", "oui", "si", "sí", "ja", "taken", "●", "•", "*", "done", "ok",
    "fait", "faite", "effectue", "effectuee", "hecho", "hecha", "realizada", "realizado", "erledigt", "completed",
}  # fmt: skip
NOT_TAKEN = {
    "not taking", "not taken", "not chosen", "-", "–", "—", "no", "n", "0", "n/a", "na", "none", "false", "nein",
    "non", "✗", "✘", "×", ".", "/", "não", "nee", "nej", "nei", "ei", "nie", "hayır", "нет", "لا", "否", "无", "無",
    "没有", "いいえ", "아니오", "không", "tidak",
}  # fmt: skip


@record
class Role:
    """What one column is. `kind`: name, fact, subject, subjects (several in a cell), higher (those at HL), group,
    level, teacher, grade of (a subject), essay, essay teacher, knowledge, month, week, strand, strand ticked, outcome
    ticked, predicted, strand of row, interview, interview note, total, numbering, of row (of a list's own tracker),
    left or own."""

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


def is_grade(value: Value) -> bool:
    """Whether a cell is a grade, 1 to 7, or says that there is none."""
    return (is_number(value) and value in (1, 2, 3, 4, 5, 6, 7)) or (
        isinstance(value, str) and (value.strip() in "1234567" or no_mark(value))
    )


def is_letter(value: Value) -> bool:
    """Whether a cell is a grade of the essay or of TOK."""
    return isinstance(value, str) and value.strip().upper() in ("A", "B", "C", "D", "E")


def is_mark(value: Value) -> bool:
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


def part_of(cells: Iterable[Value], good: object) -> float:
    cells = list(cells)
    return sum(bool(good(cell)) for cell in cells) / len(cells) if cells else 0.0  # type: ignore[operator]


def taken_mark(value: Value) -> bool:
    """Whether a cell says yes: x, a tick, 1."""
    return value is True or value == 1 or (isinstance(value, str) and bare(value.strip()) in TAKEN)


def no_mark(value: Value) -> bool:
    """Whether a cell says no: a dash, 0, n/a."""
    return value is False or value == 0 or (isinstance(value, str) and value.strip().casefold() in NOT_TAKEN)

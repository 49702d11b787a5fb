"""Lines of a table that are none of its rows: totals, notes, legends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from addin.core.book import Grid, Value
from addin.core.recognition.header_rows import filled
from addin.core.recognition.vocabulary import COUNTED, TOTAL, header_key, words_of
from addin.core.regex import regex
from addin.core.tables.data_rows import TOTALS
from addin.core.tables.layout import plain
from addin.core.tables.values import is_number

NOTE = regex(
    r"^\W*(withdr[ae]w|withdrawn|left|moved|note|notes|nb|n\.b\.|key|legend|updated|last updated|total|signed|source|"
    r"see|remarque|hinweis|nota|abgemeldet|retiré|baja)\b|^\s*[*†‡]+\s*[^\W\d_]",
    re.IGNORECASE,
)
_HEADCOUNT = regex(
    r"(?i)(?:.{1,20}[:=–-]\s*)?\d+\s+(?:students?|pupils?|learners?|candidates?|élèves?|candidats?|alumnos?|estudiantes?|"
    r"candidatos?|schüler(?:innen)?|kandidaten)(?:\s*[,;/+]\s*\d+\s+[^\W\d_]+)?\.?"
)
"""How many students are above it, alone in its row: `5A: 4 students`."""
_MEANS = regex(r"[^=]{1,20}=\s*[^=\d\W][^=]*")
_TOTAL_WORDS = TOTALS | words_of(TOTAL)
_COUNTED = words_of(COUNTED)


def is_total(
    grid: Grid,
    row: int,
    line: Sequence[Value],
    left: int,
    usual: int,
    count: int,
    first: Value,
    above: Iterable[Sequence[Value]],
) -> bool:
    """Whether a line is a total: by its first word, by numbers below texts, or as its cells are formulas."""
    if isinstance(first, str) and ((key := plain(first)) in _TOTAL_WORDS or key.partition(" ")[0] in TOTALS):
        return not _is_name_like(line, usual) or any((row, left + n + 1) in grid.formulas for n in range(len(line)))
    if isinstance(first, str) and _counts_above(first, line, left, above):
        return True
    if not grid.formulas:
        return False
    calculated = sum((row, left + number + 1) in grid.formulas for number, value in enumerate(line) if filled(value))
    return calculated > 1 and calculated >= count - 1 and not isinstance(line[0] if line else None, str)


def _counts_above(first: str, line: Sequence[Value], left: int, above: Iterable[Sequence[Value]]) -> bool:
    """Whether a text and numbers alone say something of the rows above: by its first word, or as the cells above the
    numbers are texts, such as HL and SL."""
    behind = islice(filter(filled, line), 1, None)
    if not all(map(is_number, behind)):
        return False
    numbers = [left + n for n, value in enumerate(line) if is_number(value)]
    if len(numbers) < 2:
        return False
    if header_key(first).partition(" ")[0] in _COUNTED:
        return True
    texts = [value for before in above for n in numbers if n < len(before) and filled(value := before[n])]
    return len(texts) >= len(numbers) and all(isinstance(value, str) and not value.isdigit() for value in texts)


def _is_name_like(line: Sequence[Value], usual: int) -> bool:
    texts = [value for value in line if isinstance(value, str) and filled(value) and not value.strip()[0].isdigit()]
    return len(texts) > max(2, usual // 2)


def is_note(first: Value, text: str, count: int, usual: int, below: bool) -> bool:
    """Whether a line is a note: a word such as Withdrew, or few cells below the rows."""
    if not isinstance(first, str) or count > max(1, usual // 3):
        return False
    return bool(NOTE.match(text)) or below or (count == 1 and bool(_HEADCOUNT.fullmatch(text)))


def is_legend(line: Sequence[Value]) -> bool:
    """Whether a row only says what colours or letters mean: `green = registered | red = not yet`."""
    return all(
        isinstance(value, str) and "=" in value and _MEANS.fullmatch(value.strip()) for value in filter(filled, line)
    )

"""What a person says with a sheet's looks: struck-out rows are withdrawn, a colour is HL or SL where a legend says so.

The grid that recognition reads is the sheet without what is struck out, and with the levels that its colours mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from colorsys import rgb_to_hsv

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.recognition.header_rows import filled
from addin.core.recognition.other_lines import NOTE
from addin.core.recognition.subject_names import read_level
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.values import show

_INVISIBLE = regex("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
TAKE = "take"
"""The answer that struck-out rows are like the others."""
_COLOURS = {
    "red": "red rot rouge rojo", "orange": "orange naranja", "yellow": "yellow gelb jaune amarillo",
    "green": "green grün vert verde", "blue": "blue blau bleu azul turquoise", "purple": "purple violet lila morado",
    "pink": "pink rosa rose", "grey": "grey gray grau gris",
}  # fmt: skip
_NAMES = {word: name for name, words in _COLOURS.items() for word in words.split()}
_LEGEND = regex(rf"(?i)\b({'|'.join(_NAMES)})\b\s*(?:cells?\s*)?(?:=|:|–|-|is|means|for)\s*(\w+(?: level)?)")
_HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (170, "green"), (260, "blue"), (320, "purple"), (345, "pink"))


@record
class Crossed:
    """What is struck out on a sheet: whole rows with the name in each, and single cells; and how many cells."""

    rows: dict[int, tuple[int, str]] = field(default_factory=dict)
    """row -> (column, text) of its first text."""
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    count: int = 0


def as_seen(grid: Grid, *, take: bool = False) -> tuple[Grid, Crossed]:
    """The grid as a person sees it, and what is struck out; without that, unless it is to be taken."""
    grid = without_invisible(grid)
    look = grid.appearance
    if not look.struck and not look.fills:
        return grid, Crossed()
    values = [list(line) for line in grid.values]
    crossed = _cross_out(grid, values)
    if take:
        values = [list(line) for line in grid.values]
    _read_colours(grid, values)
    return records.replace(grid, values=values), crossed


def without_invisible(grid: Grid) -> Grid:
    """The grid without the signs that nobody sees and that came along with copied text: zero-width blanks, byte order
    marks, soft hyphens, marks of direction. The joiners, with which some scripts write, stay."""
    values: list[Sequence[Value]] | None = None
    for number, line in enumerate(grid.values):
        if not any(type(value) is str and not value.isascii() and _INVISIBLE.search(value) for value in line):
            continue
        values = values or [*grid.values]
        values[number] = [_INVISIBLE.sub("", value) if isinstance(value, str) else value for value in line]
    return records.replace(grid, values=values) if values else grid


def _cross_out(grid: Grid, values: list[list[Value]]) -> Crossed:
    """Blank what is struck out: whole rows, where the first text is struck or half of the cells are."""
    crossed = Crossed()
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(grid.appearance.struck):
        if filled(grid.value(row, column)):
            by_row.setdefault(row, []).append(column)
    for row, columns in by_row.items():
        line = values[row - 1]
        full = [number for number, value in enumerate(line, 1) if filled(value)]
        first = next((n for n in full if isinstance(line[n - 1], str)), full[0])
        if len(full) == 1 and NOTE.match(show(line[first - 1])):
            continue  # `Withdrew: …` is a note about somebody, and is read as one
        if first in columns or 2 * len(columns) >= len(full):
            crossed.rows[row] = first, " ".join(show(line[first - 1]).split())
            columns = full
        else:
            crossed.cells |= {(row, column): show(line[column - 1]) for column in columns}
        crossed.count += len(columns)
        for column in columns:
            line[column - 1] = None
    return crossed


def _read_colours(grid: Grid, values: list[list[Value]]) -> None:
    """Write HL and SL into the blank cells whose colour means that, by the sheet's legend."""
    meaning = _legend(grid) if grid.appearance.fills else {}
    for (row, column), fill in grid.appearance.fills.items() if meaning else ():
        level = meaning.get(fill) or meaning.get(_colour(fill), "")
        if level and not filled(grid.value(row, column)) and _in_table(grid, row, column):
            line = values[row - 1]
            line += [None] * (column - len(line))
            line[column - 1] = level


def _in_table(grid: Grid, row: int, column: int) -> bool:
    """Whether a blank cell is below a header and in a row that holds something."""
    if row > len(grid.values) or not any(map(filled, grid.values[row - 1])):
        return False
    return any(filled(grid.value(above, column)) for above in range(1, row))


def _legend(grid: Grid) -> Mapping[str, str]:
    """Colour -> level: from words such as `green = HL`, and from cells of a key that hold HL or SL and are coloured.

    The levels of a table's own cells are no key: there, the level is in the cell."""
    found: dict[str, str] = {}
    for line in grid.values:
        for value in line:
            for match in _LEGEND.finditer(value) if isinstance(value, str) else ():
                if level := read_level(match[2]):
                    found[_NAMES[match[1].casefold()]] = level
    keys: list[tuple[str, str]] = []
    for (row, column), fill in grid.appearance.fills.items():
        value = grid.value(row, column)
        if isinstance(value, str) and (level := read_level(re.split(r"[=:(]", value)[0])):
            keys.append((fill, level))
    if len(keys) == len(dict(keys)) == 2:
        found |= dict(keys)
    return found if len(set(found.values())) == 2 else {}


def _colour(fill: str) -> str:
    """The name of a colour; "" for white, black and what is no RRGGBB."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return ""
    hue, saturation, value = rgb_to_hsv(*(int(fill[n : n + 2], 16) / 255 for n in (0, 2, 4)))
    if saturation < 0.08:
        return "grey" if 0.3 < value < 0.95 else ""
    return next((name for limit, name in _HUES if hue * 360 < limit), "red")

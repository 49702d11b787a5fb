"""Tell the rows of a list from what only surrounds them: totals, page lines, repeated headers, a second table.

Nothing is dropped in silence: every row that holds something is a row of the list or is left out with a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from addin.core import records
from addin.core.book import Value, trimmed
from addin.core.language import phrase
from addin.core.recognition.source import Source
from addin.core.regex import regex
from addin.core.tables.data_rows import TOTALS
from addin.core.tables.encodings import garbled
from addin.core.tables.equality import fold
from addin.core.tables.layout import header_line, plain
from addin.core.tables.values import brief, show

FURNITURE = regex(
    r"(?:report |list |data )?(?:generated|printed|exported|created|produced|downloaded|run) (?:on|by|at|from)\b.*"
    r"|(?:page|seite|página|pagina|side|sida|str) \d+\b.*|as (?:of|at) \d.*|end of (?:report|list|file|data).*|©.*"
    r"|(?:number|no|count) of \w+.*|\d+ (?:students?|records?|rows?|pupils?|entries|items)\b.*|source:.*|notes?:.*"
    r"|(?:généré|imprimé|exporté|édité) (?:le|par)\b.*|(?:erstellt|gedruckt|exportiert) (?:am|von)\b.*"
    r"|(?:generado|impreso|exportado) (?:el|por)\b.*|confidential\b.*"
    r"|(?:gesamt|summe|anzahl|stand|total|nombre|número|numero|effectif|aantal|totale|antal|liczba|razem|toplam)\w*"
    r"(?: \w+| d[e'’]\W?s?\w+| de \w+| der \w+)?:? \d.*|(?:report|print|export|run) (?:date|time)\b.*"
)
"""How the lines begin that a program prints around a list (folded)."""
SAMPLE = 400
"""The number of rows by which the usual row is known."""
LOST = "\ufffd"
"""What programs put for a character that they cannot read."""
LONG = 4
"""So many filled cells in the usual row make a row of one short cell a page number."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the source that was not taken for one of the list. `look` is true where a person should look at it."""

    row: int
    why: str
    look: bool = False


def align_sections(source: Source, header_row: int) -> Source:
    """The source with every row under the headers of `header_row`: further on the list may repeat its headers in
    another order, and the rows below these are put into the order of the first."""
    values = source.grid.values
    head = {fold(show(cell)): place for place, cell in enumerate(values[header_row - 1]) if isinstance(cell, str)}
    order: dict[int, int] = {}
    moves: dict[int, dict[int, int]] = {}
    for number, line in enumerate(values[header_row:], header_row + 1):
        first = next((cell for cell in line if cell is not None), None)
        if not order and (not isinstance(first, str) or fold(first) not in head):
            continue  # a look at one cell spares looking at whole rows
        named = {place: head.get(fold(cell)) for place, cell in enumerate(line) if isinstance(cell, str)}
        if len(named) > 1 and None not in named.values() and len(set(named.values())) == len(named) == _count(line):
            order = {place: to for place, to in named.items() if to is not None}
        if any(place != to for place, to in order.items()):
            moves[number] = order
    if not moves:
        return source
    width = len(values[header_row - 1])
    lines = [_reordered(line, moves[n], width) if n in moves else line for n, line in enumerate(values, 1)]
    shown = {(n, moves.get(n, {}).get(c - 1, c - 1) + 1): text for (n, c), text in source.grid.shown.items()}
    return replace(source, grid=records.replace(source.grid, values=lines, shown=shown))


def _reordered(line: Sequence[Value], order: Mapping[int, int], width: int) -> list[Value]:
    cells: list[Value] = [None] * width
    for place, cell in enumerate(line):
        if place in order:
            cells[order[place]] = cell
        elif cell is not None and place >= width:
            cells += [None] * (place + 1 - len(cells))
            cells[place] = cell
    return trimmed([cells])[0] if any(cell is not None for cell in cells) else []


def sort_rows(
    source: Source,
    header_row: int,
    columns: Mapping[int, str],
    key: Sequence[int],
    names: Collection[str],
    others: Collection[str] = (),
) -> tuple[list[int], list[LeftOut]]:
    """The numbers of the list's rows, and those left out.

    `columns` are the source's columns that are taken, `key` those of them that make the key; `names` are the plain
    headers by which the tracker's columns are known, `others` those of other trackers.
    """
    judge = _Judge(source, header_row, columns, key, names, others)
    rows: list[int] = []
    left: list[LeftOut] = []
    for number in range(header_row + 1, len(source.grid.values) + 1):
        why = judge.reason(number)
        if why:
            left.append(why)
        elif source.grid.values[number - 1]:
            rows.append(number)
    while rows and (why := judge.footer(rows[-1])):
        rows.pop()
        left.append(why)
    return rows, sorted([*left, *judge.damaged()], key=lambda one: one.row)


class _Judge:
    """What one row is, seen beside the others."""

    def __init__(
        self,
        source: Source,
        header_row: int,
        columns: Mapping[int, str],
        key: Sequence[int],
        names: Collection[str],
        others: Collection[str],
    ) -> None:
        self.others = others
        self.source, self.values, self.columns, self.key, self.names = source, source.grid.values, columns, key, names
        self.header_row, self.head = header_row, header_line(source.grid, header_row)
        self.headers = {fold(show(cell)) for cell in self.head if isinstance(cell, str)}
        self.places = sorted(columns)
        self.is_ours = "" in columns.values()
        self.key_headers = {fold(show(self.head[number - 1])) for number in key}
        sample: list[Sequence[Value]] = []
        for line in self.values[header_row : header_row + SAMPLE]:
            kind = self._as_headers(line)
            if kind == "other":
                break
            if not kind and line:
                sample.append(line)
        with_code = [line for line in sample if any(map(_is_code, self.key_cells(line)))]
        counts = sorted(map(_count, with_code if len(with_code) > 1 else sample))
        self.usual = counts[len(counts) // 2] if counts else 0
        full = [line for line in sample if 2 * _count(line) > self.usual]
        self.shortest = min((len(cell) for line in full for cell in self.key_cells(line)[:1]), default=0)
        coded = [_is_code(cell) for line in full for cell in self.key_cells(line)[:1]]
        self.coded = bool(coded) and 3 * sum(coded) >= 2 * len(coded)
        self.shapes = {shape_of(cell) for line in full for cell in self.key_cells(line)[:1]}
        self.width = _width(source, header_row)
        self.other_headers = 0

    def damaged(self) -> Iterator[LeftOut]:
        return (LeftOut(row, why, look=True) for row, why in self.source.damaged.items() if row > self.header_row)

    def key_cells(self, line: Sequence[Value]) -> list[str]:
        """The filled cells of the key in a row, as text."""
        return [show(line[n - 1]) for n in self.key if len(line) >= n and _filled(line[n - 1])]

    def reason(self, number: int) -> LeftOut | None:
        """Why a row is none of the list; None where it is one, or blank."""
        line = self.values[number - 1]
        if not line or number in self.source.damaged:
            return None
        if number in self.source.excluded:
            return LeftOut(number, self.source.excluded[number])
        if headers := self._as_headers(line):
            self.other_headers = 0 if headers == "same" else number
            again = (
                phrase("it repeats the headers")
                if headers == "same"
                else phrase("it holds headers of its own, as of another table")
            )
            return LeftOut(number, again, look=headers != "same")
        if self.width and self.source.widths[number - 1] > self.width:
            cells = self.source.widths[number - 1]
            sign = "comma" if "commas" in self.source.reading else "separator"
            why = phrase(
                "it has {cells} cells under {width} headers (is a quotation mark missing around a {sign}?)",
                cells=cells,
                width=self.width,
                sign=sign,
            )
            return LeftOut(number, why, look=True)
        if self.other_headers:
            return LeftOut(
                number,
                phrase("it belongs to the table whose headers are in row {row}", row=self.other_headers),
                look=True,
            )
        if 2 * _count(line) <= self.usual and self._is_furniture(line):
            return LeftOut(number, phrase("it is a heading, a total or a note, no row of the list"))
        return None if self.is_ours else self._unreadable(number, line)

    def _unreadable(self, number: int, line: Sequence[Value]) -> LeftOut | None:
        """A row whose text was damaged before it came here: read in the wrong encoding and saved again."""
        for place in self.places:
            cell = line[place - 1] if place <= len(line) else None
            if not isinstance(cell, str) or cell.isascii():
                continue
            if LOST in cell:
                return LeftOut(
                    number,
                    phrase("a letter of “{cell}” was lost before; make the list again", cell=brief(cell)),
                    look=True,
                )
            if meant := garbled(cell):
                why = phrase(
                    "“{cell}” is garbled, perhaps {meant}; make the list again as CSV UTF-8",
                    cell=brief(cell),
                    meant=brief(meant),
                )
                return LeftOut(number, why, look=True)
        return None

    def _as_headers(self, line: Sequence[Value]) -> str:
        """ "same" for the headers once more, "other" for those of another table, "" for a row of cells."""
        return self._own_headers(line) or ("other" if self._begins_other_table(line) else "")

    def _own_headers(self, line: Sequence[Value]) -> str:
        key = self.key_cells(line)
        if key and not any(map(self._is_name, key)):
            return ""
        cells = [cell for cell in line if _filled(cell)]
        if len(cells) < 2 or not isinstance(cells[0], str) or not isinstance(cells[-1], str):
            return ""
        if not any(fold(cell) in self.key_headers for cell in key):
            if not (self._is_name(cells[0]) or self._is_name(cells[1])):
                return ""
            if 5 * sum(map(self._is_name, cells)) < 3 * len(cells):
                return ""
        taken = [n for n in self.places if len(line) >= n and _filled(line[n - 1])]
        same = [n for n in taken if fold(show(line[n - 1])) == fold(show(self.head[n - 1]))]
        return "same" if taken and same == taken else "other"

    def _begins_other_table(self, line: Sequence[Value]) -> bool:
        """True for a row of texts that are headers of other trackers: all but one in four, and the first two."""
        first = next((cell for cell in line if cell is not None), None)
        if not isinstance(first, str) or plain(first) not in self.others:
            return False
        cells = [cell for cell in line if _filled(cell)]
        known = [isinstance(cell, str) and plain(cell) in self.others for cell in cells]
        return len(cells) > 2 and all(known[:2]) and 4 * sum(known) >= 3 * len(cells)

    def _is_name(self, cell: Value) -> bool:
        return isinstance(cell, str) and (fold(cell) in self.headers or plain(cell) in self.names)

    def _is_furniture(self, line: Sequence[Value]) -> bool:
        """True for a row with little in it that has no key as the others have, or that begins as such lines do."""
        first = fold(show(next(cell for cell in line if _filled(cell))))
        if FURNITURE.fullmatch(first) or plain(first).partition(" ")[0] in TOTALS:
            return True
        key = self.key_cells(line)
        return not key or (len(self.shapes) > 0 and shape_of(key[0]) not in self.shapes and _count(line) == 1)

    def footer(self, number: int) -> LeftOut | None:
        """Why a last row is none of the list: totals and, where keys are codes, what is no code beside little else."""
        line = self.values[number - 1]
        cells = [show(cell) for cell in line if _filled(cell)]
        key = self.key_cells(line)
        begins = plain(cells[0]) in TOTALS or plain(cells[0]).partition(" ")[0] in TOTALS
        unlike = bool(key) and self._is_unlike(key[0])
        numbers = all(re.fullmatch(r"[\d.,%\s-]+", cell) for cell in cells[1:])
        if begins and (not key or key[0] == cells[0]) and (unlike or numbers):
            return LeftOut(number, phrase("it is a line of totals"))
        if unlike and 4 * len(cells) < 3 * self.usual:
            return LeftOut(
                number,
                phrase("“{text}” is no code as the others have, and little else is filled", text=brief(key[0])),
                look=True,
            )
        if len(cells) == 1 and self.usual >= LONG and key and len(key[0]) < self.shortest:
            return LeftOut(number, phrase("it holds nothing but “{text}”", text=brief(key[0])), look=True)
        return None

    def _is_unlike(self, key: str) -> bool:
        """True for a key that is no code where nearly all others are."""
        return self.coded and not _is_code(key)


def _width(source: Source, header_row: int) -> int:
    """The most cells that a row may have: as many as headers, or one more where all rows end with a delimiter."""
    if not source.widths:
        return 0
    head = source.widths[header_row - 1]
    spare = [
        width
        for width, line in zip(source.widths[header_row:], source.grid.values[header_row:], strict=False)
        if width > head >= len(line) > 0
    ]
    if spare:
        width, number = Counter(spare).most_common()[0]
        if 2 * number > sum(1 for line in source.grid.values[header_row:] if line):
            return width
    return head


def _count(line: Sequence[Value]) -> int:
    return len(line) - line.count(None)


def _filled(value: Value) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _is_code(text: str) -> bool:
    """True for one word with a digit: `0012`, `12A-3`; not for `Total` or `Boys: 1`."""
    return any(map(str.isdigit, text)) and len(text.split()) == 1


def shape_of(text: str) -> str:
    """A text by its kinds of characters: `0012` is 9, `12A` is 9a, `Page 1` is `a 9`."""
    kinds = ("9" if sign.isdigit() else "a" if sign.isalpha() else " " if sign.isspace() else sign for sign in text)
    return re.sub(r"(.)\1+", r"\1", "".join(kinds))

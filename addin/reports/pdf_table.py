"""Tables of the PDF: short texts in rows, measured once and drawn as they are.

reportlab's own table lays out a paragraph for each cell, several times. Most cells hold a few words in one font: a
`Label` keeps their widths and lines, and a `RuledTable` draws all of them in one go. What is not so simple (joined
letters, several fonts, a bar, a row higher than the paper) is left to reportlab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, LongTable

from addin.core.regex import regex

PADDING, ABOVE, BELOW = 4.0, 2.5, 3.0
"""Points that are free in a cell: at both sides, above and below the text."""
BOX = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), ABOVE),
    ("BOTTOMPADDING", (0, 0), (-1, -1), BELOW),
)
_SPACES = regex("[^\\S\N{NO-BREAK SPACE}]+")


Line = tuple[float, str]
"""The room that a line leaves, and its words."""


class Label:
    """A text in one font and colour, drawn in lines that fit a width."""

    def __init__(self, text: str, style: Any, colour: Any = None) -> None:
        self.text, self.style, self.colour = text, style, colour or style.textColor
        self._words = [word for word in _SPACES.split(text) if word]
        self._widths = [self._measure(word) for word in self._words]
        self._lines: dict[float, list[Line] | None] = {}

    def _measure(self, words: str) -> float:
        return float(stringWidth(words, self.style.fontName, self.style.fontSize))

    def minWidth(self) -> float:  # noqa: N802 - the name that reportlab gives it
        return max(self._widths, default=0.0)

    def lines(self, width: float) -> list[Line] | None:
        """The lines of the text; None where a word is longer than a line."""
        if width not in self._lines:
            self._lines[width] = None if self.minWidth() > width else list(self._broken(width))
        return self._lines[width]

    def _broken(self, width: float) -> Iterator[Line]:
        space = self._measure(" ")
        shrunk = space * self.style.spaceShrinkage
        line: list[str] = []
        taken = -space
        for word, long in zip(self._words, self._widths, strict=True):
            if line and taken + space + long > width + shrunk * len(line):
                yield width - taken, " ".join(line)
                line, taken = [], -space
            line.append(word)
            taken += space + long
        if line:
            yield width - taken, " ".join(line)


Cell = Any
"""A Label, or a flowable of reportlab's."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is ruled: the colours of its lines and of its head, rows that are repeated, room under each row."""

    line: str
    band: str = ""
    frame: str = ""
    head: int = 0
    below: float = BELOW

    def style(self) -> list[tuple[Any, ...]]:
        """The same as commands of reportlab's table."""
        made: list[tuple[Any, ...]] = [*BOX, ("LINEBELOW", (0, 0), (-1, -1), 0.5, self.line)]
        if self.band:
            made.append(("BACKGROUND", (0, 0), (-1, self.head - 1), self.band))
        if self.frame:
            made.append(("GRID", (0, 0), (-1, -1), 0.5, self.frame))
        if self.below != BELOW:
            made.append(("BOTTOMPADDING", (0, self.head), (-1, -1), self.below))
        return made


class RuledTable(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Rows of cells under a head that is repeated on each sheet of paper."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], widths: Sequence[float], look: Look, paragraph: Callable[[Label], Any]
    ) -> None:
        super().__init__()
        self.rows, self.widths, self.look, self.paragraph = rows, widths, look, paragraph
        self._heights: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if not self._heights:
            self.rows = [self._fitting(row) for row in self.rows]
            self._heights = [self._height(number, row) for number, row in enumerate(self.rows)]
        self.width, self.height = sum(self.widths), sum(self._heights)
        return self.width, self.height

    def _fitting(self, row: Sequence[Cell]) -> list[Cell]:
        """A row with paragraphs for texts whose words are longer than their column."""
        return [
            self.paragraph(cell) if isinstance(cell, Label) and cell.lines(width - 2 * PADDING) is None else cell
            for cell, width in zip(row, self.widths, strict=True)
        ]

    def _height(self, number: int, row: Sequence[Cell]) -> float:
        below = BELOW if number < self.look.head else self.look.below
        return ABOVE + below + max(self._cell_height(cell, width) for cell, width in zip(row, self.widths, strict=True))

    def _cell_height(self, cell: Cell, width: float) -> float:
        if isinstance(cell, Label):
            return float(len(cell.lines(width - 2 * PADDING) or ()) * cell.style.leading)
        return float(cell.wrap(width - 2 * PADDING, 1e6)[1])

    def split(self, width: float, height: float) -> list[Any]:
        """The rows that fit, and the rest under the same head; a first row that does not fit is cut by reportlab."""
        self.wrap(width, height)
        head, count, room = self.look.head, 0, height
        while count < len(self.rows) and self._heights[count] <= room:
            room -= self._heights[count]
            count += 1
        if count == len(self.rows):
            return [self]
        if count > head:
            rest = [*self.rows[:head], *self.rows[count:]]
            return [self._part(self.rows[:count]), self._part(rest)]
        if not self.as_paragraphs(self.rows[: head + 1]).split(width, height):
            return []
        pieces: list[Any] = self.as_paragraphs(self.rows).split(width, height)
        return pieces

    def _part(self, rows: Sequence[Sequence[Cell]]) -> RuledTable:
        return RuledTable(rows, self.widths, self.look, self.paragraph)

    def as_paragraphs(self, rows: Sequence[Sequence[Cell]]) -> Any:
        """The same rows as a table of reportlab's, which can cut a row."""
        rows = [[self.paragraph(cell) if isinstance(cell, Label) else cell for cell in row] for row in rows]
        return LongTable(rows, colWidths=self.widths, repeatRows=self.look.head, splitInRow=1, style=self.look.style())

    def draw(self) -> None:
        tops = [self.height]
        for height in self._heights:
            tops.append(tops[-1] - height)
        self._fill_head(tops)
        self._draw_texts(tops)
        self._draw_lines(tops)

    def _fill_head(self, tops: Sequence[float]) -> None:
        if self.look.band:
            bottom = tops[self.look.head]
            self.canv.setFillColor(self.look.band)
            self.canv.rect(0, bottom, self.width, self.height - bottom, stroke=0, fill=1)

    def _draw_texts(self, tops: Sequence[float]) -> None:
        """Draw every label in one text object, in the order of reading; then what draws itself."""
        text, style, colour = self.canv.beginText(), None, None
        others = []
        for row, top in zip(self.rows, tops, strict=False):
            left = PADDING
            for cell, width in zip(row, self.widths, strict=True):
                if not isinstance(cell, Label):
                    others.append((cell, left, top - ABOVE - cell.wrap(width - 2 * PADDING, 1e6)[1]))
                elif lines := cell.lines(width - 2 * PADDING):
                    if cell.style is not style:
                        style = cell.style
                        text.setFont(style.fontName, style.fontSize, style.leading)
                    if cell.colour is not colour:
                        colour = cell.colour
                        text.setFillColor(colour)
                    _write(text, cell, lines, left, top - ABOVE - cell.style.fontSize)
                left += width
        self.canv.drawText(text)
        for cell, x, y in others:
            cell.drawOn(self.canv, x, y)

    def _draw_lines(self, tops: Sequence[float]) -> None:
        right = self.width
        self.canv.setLineWidth(0.5)
        self.canv.setLineCap(1)
        self.canv.setStrokeColor(self.look.line)
        self.canv.lines([(0, y, right, y) for y in tops[1:]])
        if self.look.frame:
            across = [sum(self.widths[:number]) for number in range(len(self.widths) + 1)]
            self.canv.setStrokeColor(self.look.frame)
            self.canv.lines([(0, y, right, y) for y in tops] + [(x, 0, x, self.height) for x in across])


def _write(text: Any, label: Label, lines: Sequence[Line], left: float, first: float) -> None:
    """Write a label's lines, the first on this base line. Spaces shrink a little where a line would not fit."""
    from_right = label.style.alignment == TA_RIGHT
    for number, (room, words) in enumerate(lines):
        if not number or from_right:
            start = left + max(0.0, room) if from_right else left
            text.setTextOrigin(start, first - number * label.style.leading)
        spaces = words.count(" ") + words.count("\N{NO-BREAK SPACE}") if room < 0 else 0
        if spaces:
            text.setWordSpace(room / spaces)
        text.textLine(words)
        if spaces:
            text.setWordSpace(0)

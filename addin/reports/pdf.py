"""A page as PDF, A4, drawn from the page's own parts (not from HTML) with reportlab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from addin.reports.fonts import JOINED, Fonts, joining
from addin.reports.page import Bar, Block, Fields, Grid, Item, Link, Page, Pill, Signatures, Tiles, Words

INK, SOFT, LINE, BAND, DEEP = "#1d2733", "#51606f", "#d5dce3", "#f3f6f9", "#1f4e79"
STRONG = {"error": "#b3261e", "warning": "#c77700", "info": "#3c78b4", "good": "#2e7d4f", "plain": "#8896a5"}
WORD = {"error": "#8c1d18", "warning": "#6b3f00", "info": "#1b4a75", "good": "#1e5b38", "plain": "#1d2733"}
MARGIN, BOTTOM = 36.0, 48.0
FRAME = 6.0
"""What reportlab leaves free inside its frame."""
HYPHENATED = "\N{SOFT HYPHEN}"
KEPT = 4096
"""Texts that are kept with their widths: headers, names of subjects and statuses are on every page."""
FEW_LINES = 90.0
"""The height of a heading and the first lines of a table."""


def pdf(*pages: Page) -> tuple[bytes, list[str]]:
    """The file's bytes, each page begun on new paper, and what a person must know about the letters in it."""
    return _document(Pen(), pages)


def pdfs(pages: Iterable[Page]) -> Iterator[tuple[bytes, list[str]]]:
    """A file for each page, one after the other: fonts and styles are made once. The last remarks are those of all."""
    pen = Pen()
    for page in pages:
        yield _document(pen, (page,))


def _document(pen: Pen, pages: Sequence[Page]) -> tuple[bytes, list[str]]:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    out = BytesIO()
    made = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=BOTTOM,
        title="IB Trackers report",
        author="",
        creator="IB Trackers",
        lang="en",
    )
    story: list[Any] = []
    for page in pages:
        story += [PageBreak()] if story else []
        story += [pen.text(page.title, "title"), *(pen.text(line, "soft") for line in page.lines), pen.rule()]
        for block in page.blocks:
            story += pen.block(block)
    foot = partial(_foot, pen.fonts, pages[0].foot)
    with joining():
        made.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue(), pen.fonts.remarks


def _foot(fonts: Fonts, text: str, canvas: Any, document: Any) -> None:
    canvas.setFont(fonts.plain, 7.5)
    canvas.setFillColor(SOFT)
    canvas.drawString(MARGIN, 28, text)
    canvas.drawRightString(document.pagesize[0] - MARGIN, 28, f"Page {canvas.getPageNumber()}")


class Pen:
    """Draws the parts; holds what each needs: the fonts, the styles of text, the width of a line."""

    def __init__(self) -> None:
        from reportlab import rl_config
        from reportlab.lib.colors import HexColor
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.styles import ParagraphStyle

        from addin.reports import pdf_table

        rl_config.useA85 = 0  # bytes instead of letters: files are a fifth smaller
        self.fonts, self.width = Fonts(), A4[0] - 2 * MARGIN - 2 * FRAME
        self.tables = pdf_table
        self.colours = {colour: HexColor(colour) for colour in (INK, SOFT, DEEP, *WORD.values())}
        self._label = lru_cache(KEPT)(self._new_label)
        style = partial(ParagraphStyle, fontName=self.fonts.plain, textColor=self.colours[INK])
        bold = self.fonts.bold
        self.styles = {
            "title": style("title", fontName=bold, fontSize=17, leading=21, textColor=self.colours[DEEP]),
            "heading": style(
                "heading",
                fontName=bold,
                fontSize=11,
                leading=14,
                textColor=self.colours[DEEP],
                spaceBefore=8,
                spaceAfter=2,
            ),
            "body": style("body", fontSize=8.5, leading=11),
            "soft": style("soft", fontSize=8.5, leading=11, textColor=self.colours[SOFT]),
            "right": style("right", fontSize=8.5, leading=11, alignment=2),
            "head": style("head", fontName=bold, fontSize=8, leading=10),
            "head right": style("head right", fontName=bold, fontSize=8, leading=10, alignment=2),
            "strong": style("strong", fontName=bold, fontSize=8.5, leading=11),
            "large": style("large", fontName=bold, fontSize=16, leading=19),
        }

    def text(self, words: str, style: str = "body", colour: str = "") -> Any:
        from reportlab.platypus import Paragraph

        marked = self.fonts.markup(words)
        chosen = self.styles[style]
        if JOINED in marked:
            chosen = chosen.clone(f"{style}{JOINED}", shaping=1)
        return Paragraph(f'<font color="{colour}">{marked}</font>' if colour else marked, chosen)

    def cell_text(self, words: str, style: str = "body", colour: str = "") -> Any:
        """A cell's text: measured once where one font has all its letters, else a paragraph."""
        return self._label(words, style, colour) or self.text(words, style, colour)

    def _new_label(self, words: str, style: str, colour: str) -> Any:
        clean = self.fonts.simple(words)
        if clean is None or HYPHENATED in clean:
            return None
        return self.tables.Label(clean, self.styles[style], self.colours[colour] if colour else None)

    def rule(self) -> Any:
        from reportlab.platypus import HRFlowable

        return HRFlowable(width="100%", thickness=2, color=DEEP, spaceBefore=5, spaceAfter=8)

    def table(self, rows: list[list[Any]], widths: list[float], *style: tuple[Any, ...]) -> Any:
        """A table of reportlab's, for the few that are not ruled rows."""
        from reportlab.platypus import LongTable

        return LongTable(rows, colWidths=self.fitted(rows, widths), splitInRow=1, style=[*self.tables.BOX, *style])

    def ruled(self, rows: list[list[Any]], widths: list[float], look: Any) -> Any:
        return self.tables.RuledTable(rows, self.fitted(rows, widths), look, self.paragraph)

    def paragraph(self, label: Any) -> Any:
        """The same text as a paragraph, which can break within a word and within a row."""
        from reportlab.platypus import Paragraph

        return Paragraph(escape(label.text), label.style.clone(f"{label.style.name} cell", textColor=label.colour))

    def fitted(self, rows: list[list[Any]], shares: list[float]) -> list[float]:
        """The columns' widths by their shares, but no column narrower than its longest word, within reason."""
        most = self.width / max(3, len(shares))
        least = [
            min(most, max(_longest_word(row[n]) for row in rows) + 2 * self.tables.PADDING) if rows else 0.0
            for n in range(len(shares))
        ]
        spare = max(0.0, self.width - sum(least))
        whole = sum(shares)
        wanted = [max(0.0, self.width * share / whole - low) for share, low in zip(shares, least, strict=True)]
        total = sum(wanted) or 1.0
        widths = [low + spare * want / total for low, want in zip(least, wanted, strict=True)]
        scale = self.width / sum(widths)
        return [width * scale for width in widths]

    def block(self, block: Block) -> list[Any]:
        """What one part of the page becomes."""
        if isinstance(block, Tiles):
            return [self.tiles(block)]
        drawn: list[Any] = []
        if isinstance(block, Grid):
            drawn = list(self.grid(block))
        elif isinstance(block, Fields):
            drawn = [self.fields(block)]
        elif isinstance(block, Words):
            drawn = [self.text(line) for line in block.lines]
        elif isinstance(block, Signatures):
            return [self.signatures(block)]
        if isinstance(block, (Grid, Fields)):
            return [self.room(), self.text(block.title, "heading"), *drawn]
        return [self.heading(block.title), *drawn]

    def room(self) -> Any:
        """New paper where a heading and the first lines of its table have no room; a long table is cut, not moved."""
        from reportlab.platypus import CondPageBreak

        return CondPageBreak(FEW_LINES)

    def heading(self, title: str) -> Any:
        heading = self.text(title, "heading")
        heading.keepWithNext = True
        return heading

    def tiles(self, block: Tiles) -> Any:
        cells = [[self.text(tile.value, "large"), self.text(tile.label, "soft")] for tile in block.tiles]
        bars = [("LINEBEFORE", (i, 0), (i, 0), 4, STRONG[tile.tone]) for i, tile in enumerate(block.tiles)]
        box = ("LEFTPADDING", (0, 0), (-1, -1), 9)
        return self.table([cells], [1.0] * len(cells), ("BACKGROUND", (0, 0), (-1, -1), BAND), box, *bars)

    def grid(self, block: Grid) -> Iterator[Any]:
        if block.rows:
            heads = ["head right" if number in block.numbers else "head" for number in range(len(block.headers))]
            rows = [[self.cell_text(header, style) for header, style in zip(block.headers, heads, strict=True)]]
            rows += [[self.cell(item, n in block.numbers) for n, item in enumerate(row)] for row in block.rows]
            look = self.tables.Look(LINE, BAND, head=1)
            if block.framed:
                look = self.tables.Look(LINE, BAND, STRONG["plain"], head=1, below=16)
            yield self.ruled(rows, list(block.widths), look)
        if block.note:
            yield self.text(block.note, "soft")

    def cell(self, item: Item, number: bool) -> Any:
        if isinstance(item, Pill):
            return self.cell_text(item.text, "body", WORD[item.tone])
        if isinstance(item, Bar):
            return _bar(item, self.fonts.plain)
        if isinstance(item, Link):
            return self.cell_text(item.text)
        return self.cell_text(f"{item:,}" if isinstance(item, (int, float)) else item, "right" if number else "body")

    def fields(self, block: Fields) -> Any:
        pairs = [(self.cell_text(name, "soft"), self.cell_text(value, "strong")) for name, value in block.pairs]
        half = (len(pairs) + 1) // 2
        empty = self.cell_text(""), self.cell_text("")
        right = [*pairs[half:], *([empty] * (half - len(pairs[half:])))]
        rows = [[*one, *other] for one, other in zip(pairs[:half], right, strict=True)] or [[*empty, *empty]]
        return self.ruled(rows, [1.2, 2, 1.2, 2], self.tables.Look(LINE))

    def signatures(self, block: Signatures) -> Any:
        from reportlab.platypus import KeepTogether

        rows: list[list[Any]] = []
        style: list[tuple[Any, ...]] = []
        for number, who in enumerate(block.who):
            rows.append([self.text(who, "soft"), "", self.text("Date", "soft")])
            style += [
                ("LINEABOVE", (0, number), (0, number), 0.7, INK),
                ("LINEABOVE", (2, number), (2, number), 0.7, INK),
            ]
        gap = ("BOTTOMPADDING", (0, 0), (-1, -1), 24)
        signed = self.table(rows, [5, 0.4, 2], *style, gap)
        signed.spaceBefore = 34
        return KeepTogether([self.heading(block.title), self.text(block.text), signed])


def _longest_word(cell: Any) -> float:
    """How wide the longest word of a cell is drawn; a little of it for what is drawn by hand."""
    minimum = getattr(cell, "minWidth", None)
    return float(minimum()) if minimum else 0.0


def _bar(item: Bar, font: str) -> Any:
    """The bar with its words at the right, as wide as its column lets it be."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.platypus.flowables import Flowable

    class Drawn(Flowable):  # type: ignore[misc]  # reportlab ships no types
        def minWidth(self) -> float:  # noqa: N802 - the name that reportlab gives it
            return float(stringWidth(item.text, font, 8.5)) + 30

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            self.wide = width
            return width, 11

        def draw(self) -> None:
            long = max(0.0, self.wide - stringWidth(item.text, font, 8.5) - 6)
            self.canv.setFillColor("#e3e8ed")
            self.canv.rect(0, 2.5, long, 5.5, stroke=0, fill=1)
            self.canv.setFillColor(STRONG[item.tone])
            self.canv.rect(0, 2.5, long * max(0.0, min(1.0, item.share)), 5.5, stroke=0, fill=1)
            self.canv.setFillColor(INK)
            self.canv.setFont(font, 8.5)
            self.canv.drawRightString(self.wide, 2.5, item.text)

    return Drawn()

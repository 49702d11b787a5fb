"""The tables of a PDF look as reportlab's own would: the same lines, places and breaks, drawn with less work."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from reportlab.platypus import Paragraph

from addin.reports.page import Bar, Fields, Grid, Page, Pill
from addin.reports.pdf import Pen, pdf

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler)")
WORDS = (
    "Ana", "of", "12,5", "two  spaces", "Mathematics:", "Analysis", "no\N{NO-BREAK SPACE}break", "Ünïversität",
    "line\nbreak", "tab\tstop", "<b>", "&amp;", "a-b-c", "photographing", " ", "ideographic\N{IDEOGRAPHIC SPACE}space",
)  # fmt: skip


def texts(seed: int, count: int) -> list[str]:
    dice = random.Random(seed)
    return [" ".join(dice.choices(WORDS, k=dice.randrange(30))) for _ in range(count)]


def line_of(line: Any) -> tuple[float, str]:
    """The room and the words of a paragraph's line: a pair, or pieces where it has `&` or `<`."""
    if isinstance(line, tuple):
        return line[0], " ".join(line[1])
    text = "".join(piece.text for piece in line.words)
    assert text.strip(), "a line of spaces"
    return line.extraSpace, text.rstrip()


@pytest.mark.parametrize("style", ["body", "right", "strong", "head"])
def test_a_text_is_broken_into_the_lines_of_a_paragraph(style: str) -> None:
    pen, compared = Pen(), 0
    for number, text in enumerate(texts(14, 500)):
        label, width = pen.cell_text(text, style), 80.0 + number % 200
        if isinstance(label, Paragraph):  # a letter of another font: reportlab's own already
            continue
        paragraph = pen.paragraph(label)
        _, height = paragraph.wrap(width, 1000)
        lines = label.lines(width)
        theirs = [line_of(line) for line in paragraph.blPara.lines]
        assert [words for _, words in lines] == [words for _, words in theirs]
        assert [room for room, _ in lines] == pytest.approx([room for room, _ in theirs], abs=1e-6)
        assert height == len(lines) * label.style.leading
        compared += len(lines)
    assert compared > 500


def test_a_word_longer_than_its_column_is_left_to_a_paragraph() -> None:
    label = Pen().cell_text("Donaudampfschifffahrtsgesellschaft")
    assert label.lines(40.0) is None
    assert [words for _, words in label.lines(400.0)] == ["Donaudampfschifffahrtsgesellschaft"]


def words_on_paper(page: Page, path: Path) -> list[tuple[Any, ...]]:
    """(page, left, top, text) of each word, in tenths of a point."""
    path.write_bytes(pdf(page)[0])
    said = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True).stdout
    found, paper = [], 0
    for line in said.splitlines():
        paper += "<page " in line
        if word := re.search(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*)</word>', line):
            found.append((paper, round(float(word[1]), 1), round(float(word[2]), 1), word[3]))
    return sorted(found)


@needs_pdftotext
@pytest.mark.parametrize("rows", [3, 90])
def test_every_word_is_where_reportlabs_table_puts_it(
    rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = texts(15, rows)
    cells = [[n, text, Pill("error", "error"), Bar(0.4, "4 of 10"), n * 1.5] for n, text in enumerate(some)]
    page = Page(
        "Tables",
        ["A line"],
        [
            Fields("Details", [("Name", text) for text in some[:9]]),
            Grid("Rows", ["N", "Text", "Level", "Reached", "Hours"], cells, [1, 4, 1, 2, 1], frozenset({0, 4})),
            Grid("Low rows", ["N", "Text"], [[n, "short"] for n in range(rows * 2)], [1, 1], frozenset({0})),
            Grid("Other letters", ["A", "B"], [["山田 太郎", "محمد علي"], ["Юлия", "long" * 60]], [1, 1]),
            Grid("To fill in", ["Name", "Signed"], [[text, ""] for text in some[:12]], [1, 1], framed=True),
            Grid("High rows", ["A", "B"], [["x", "word " * 900], ["y", "end"]], [1, 3]),
        ],
        "Foot",
    )
    ours = words_on_paper(page, tmp_path / "ours.pdf")

    def as_paragraphs(pen: Pen, cells: Any, widths: list[float], look: Any) -> Any:
        table = pen.tables.RuledTable(cells, pen.fitted(cells, widths), look, pen.paragraph)
        return table.as_paragraphs(table.rows)

    monkeypatch.setattr(Pen, "ruled", as_paragraphs)
    assert ours == words_on_paper(page, tmp_path / "reportlab.pdf")
    assert len(ours) > 900

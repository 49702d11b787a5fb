"""Adopt really pressed in LibreOffice: Setup is written, changed, applied and gone, and Undo takes it back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw
from test_press import press_and_wait

from addin.core.names import SETUP
from addin.templates.macros.workbook import add_buttons, add_macros

pytest_plugins = ("office",)
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

ROWS = [
    ["Class of 2027 - 12A"],
    ["Student", "DOB", "Eng A Lit", "Biology", "Math AA", "Remarks"],
    ["Ito, Aya", "3 Mar 2009", "HL", "x", "SL", "keen"],
    ["de Vries, Leo", "4 May 2009", "SL", "HL", "SL", ""],
]


@pytest.fixture
def own(office: Any, tmp_path: Path) -> Iterator[xw.Book]:
    """A coordinator's own workbook, open, with the product's buttons on it."""
    python = office.home / "python"
    done = office.home / "answered"
    python.write_text(f'#!/bin/sh\n"{sys.executable}" "$@"\ncode=$?\n: > "{done}"\nexit $code\n')
    python.chmod(0o755)
    (office.home / "excel.conf").write_bytes(f"python={python}\r\n".encode())
    path = tmp_path / "Choices.xlsm"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("12A")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    add_buttons(sheet, 8, 0, ("adopt", "undo"))
    add_macros(book, [sheet])
    book.close()
    opened = office.books.open(path)
    yield opened
    opened.close()


def names_of(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def test_adopt_shows_setup_then_does_as_it_says_and_undo_takes_it_back(own: xw.Book, office: xw.App) -> None:
    press_and_wait(own, office, "Adopt")
    assert names_of(own) == ["12A", SETUP]
    setup = own.sheets[SETUP]
    lines = setup.used_range.options(ndim=2).value
    by_key = {line[6]: number for number, line in enumerate(lines, 1)}
    assert lines[by_key["column 12A!DOB"] - 1][1:4] == ["DOB", "3 Mar 2009 · 4 May 2009", "Candidates: Birth date"]
    setup.range(f"F{by_key['? level x']}").value = "all HL (HL)"
    setup.range(f"F{by_key['? codes']}").value = "make codes S001; S002 … (make)"
    setup.range(f"F{by_key['column 12A!Remarks']}").value = "leave alone"
    press_and_wait(own, office, "Adopt")
    assert names_of(own) == ["12A", "Candidates", "Registrations"]
    rows = own.sheets["Registrations"].used_range.options(ndim=2).value
    subject, level = rows[0].index("Subject"), rows[0].index("Level")
    assert {(row[0], row[subject], row[level]) for row in rows[1:]} >= {("S001", "Biology", "HL")}
    assert len(rows) == 1 + 6 and "Notes" not in own.sheets["Candidates"].used_range.options(ndim=2).value[0]
    press_and_wait(own, office, "Undo")
    press_and_wait(own, office, "Undo")
    assert names_of(own) == ["12A", SETUP]
    assert own.sheets["12A"].range("A3").value == "Ito, Aya"

"""How a sheet looks: what is hidden, struck out, coloured or commented, as Excel and LibreOffice write it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from addin.backends.xlsx import XlsxBook
from addin.core.book import Appearance, ShowsAppearance


def test_what_is_hidden_struck_out_coloured_or_commented_is_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 6):
        sheet.append([row, f"text {row}", "x", None])
    sheet["B3"].font = Font(strike=True)
    sheet["D4"].fill = PatternFill("solid", fgColor="92D050")
    sheet["C2"].comment = Comment("ask her mother", "RK")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Plain").append(["nothing to see"])
    book.save(tmp_path / "book.xlsx")
    opened = XlsxBook.open(tmp_path / "book.xlsx")
    assert isinstance(opened, ShowsAppearance)
    looks = opened.appearance(["Sheet", "Plain", "not there"])
    assert looks == {"Sheet": Appearance({5}, {3}, {(3, 2)}, {(4, 4): "92D050"}, {(2, 3)}), "Plain": Appearance()}

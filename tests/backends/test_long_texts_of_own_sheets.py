"""Long sentences on a sheet of the tool's own are seen whole: they go on in the next line, in rows high enough."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from xlsx_books import build
from xlsx_handmade import handmade

from addin.backends.gsheets.managed_sheet import own_sheet_requests
from addin.backends.ooxml.styles import Styles
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, OwnSheet

LONG = "The code 000592 is Freya Copperfield; the name here is Gunnarsdóttir, and the session is another one, too."
ROWS = [["Level", "What is wrong"], ["info", "Short."], ["info", LONG], ["info", "one\ntwo\nthree"]]
OWN = OwnSheet([list(row) for row in ROWS], {(2, 1): "Data!A1"}, [9, 40], wrapped=frozenset({2}))


def test_long_texts_wrap_and_their_rows_are_as_high_as_they_need(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["was"]]}, {})
    XlsxBook.open(path).apply(Edits(sheets={"Findings": OWN}))
    sheet = openpyxl.load_workbook(path)["Findings"]
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3, 4)] == [None, None, 45, 45]
    assert sheet["B3"].alignment.wrap_text and not sheet["A3"].alignment.wrap_text
    assert {sheet.cell(row, column).alignment.vertical for row in (2, 3, 4) for column in (1, 2)} == {"top"}
    assert sheet["A2"].font.underline and not sheet["B1"].alignment.wrap_text, "links and headers keep their look"
    assert [sheet[cell].value for cell in ("A2", "A3", "A4")] == ["info"] * 3 and not sheet["A3"].font.underline
    before = path.read_bytes()
    XlsxBook.open(path).apply(Edits(sheets={"Findings": OWN}))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("xf", "kept"),
    [
        (b'<xf numFmtId="0" fontId="0"/>', b""),
        (
            b'<xf numFmtId="0" fontId="0"><alignment horizontal="right"/><protection locked="0"/></xf>',
            b'<protection locked="0"/>',
        ),
    ],
)
def test_a_style_gets_one_alignment_and_keeps_its_protection(tmp_path: Path, xf: bytes, kept: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(handmade(tmp_path / "a.xlsx", "")) as package:
        styles = Styles(package.read("xl/styles.xml"))
    styles.xfs[0] = xf
    made = styles.xfs[styles.from_the_top(0, wrap=True)]
    assert made.endswith(b'<alignment vertical="top" wrapText="1"/>' + kept + b"</xf>")
    assert made.count(b"<alignment") == 1 and b'applyAlignment="1"' in made
    assert styles.from_the_top(0, wrap=True) == len(styles.xfs) - 1, "the same style is made once"


def test_google_is_asked_to_wrap_the_same_columns() -> None:
    requests = own_sheet_requests("Findings", OWN, None, 5, lambda _: None)
    (lines,) = [one["updateCells"]["rows"] for one in requests if "updateCells" in one]
    wraps = [[cell.get("userEnteredFormat", {}).get("wrapStrategy") for cell in line["values"]] for line in lines]
    assert wraps == [[None, None], [None, "WRAP"], [None, "WRAP"], [None, "WRAP"]]

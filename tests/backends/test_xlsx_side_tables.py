"""What a sheet says beside its values: hidden tabs, codes that a number format shows, formulas over several cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsx_handmade import MAIN, handmade

from addin.backends.xlsx import XlsxBook
from addin.core.book import Area, Grid
from addin.core.tables.shown import shown_code

CODE_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="000000"/>'
    '<numFmt numFmtId="165" formatCode="#,##0"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/>'
    '</fills><borders count="1"><border/></borders><cellXfs count="3"><xf/><xf numFmtId="164"/><xf numFmtId="165"/>'
    "</cellXfs></styleSheet>"
)


def grid_of(path: Path) -> Grid:
    return XlsxBook.open(path).read(["Data"])["Data"]


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("000000", 12, "000012"),
        ("0000-0000", 12, "0000-0012"),
        ('"C-"0000', 7, "C-0007"),
        ("000", 12345, "12345"),
        ("000000;;;@", 12, "000012"),
        ("[$-409]00000", 12, "00012"),
        ("000\\-00", 123, "001-23"),
        ("[<=9999999]000\\-0000;\\(000\\)\\ 000\\-0000", 5551234, "555-1234"),
        ("0", 12, None),
        ("0.00", 12, None),
        ("#,##000", 12, None),
        ("General", 12, None),
        ("00E+00", 12, None),
        ("yyyy", 12, None),
        ("hh:mm", 12, None),
        ("00%", 12, None),
        ("000000", -12, None),
    ],
)
def test_a_code_is_what_the_number_format_shows(code: str, number: int, shown: str | None) -> None:
    assert shown_code(number, code) == shown


@pytest.mark.parametrize("order", ['r="{}" s="{}"', 's="{1}" r="{0}"', 'r="{}" t="n" s="{}"'])
def test_a_sheet_says_which_numbers_show_as_codes(tmp_path: Path, order: str) -> None:
    cells = "".join(
        f"<c {order.format(name, style)}><v>12</v></c>" for name, style in (("A1", 1), ("B1", 2), ("C1", 0))
    )
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2" s="1"><f>A1+1</f><v>13</v></c></row>'
    grid = grid_of(handmade(tmp_path / "a.xlsx", rows, extra={"xl/styles.xml": CODE_STYLES}))
    assert grid.values == [[12, 12, 12], [13]] and grid.shown == {(1, 1): "000012", (2, 1): "000013"}
    assert grid.formulas == {(2, 1): "A1+1"}


def test_hidden_sheets_say_so(tmp_path: Path) -> None:
    for state, hidden in (("visible", False), ("hidden", True), ("veryHidden", True)):
        path = handmade(tmp_path / f"{state}.xlsx", "")
        whole = handmade(
            path,
            "",
            extra={"xl/workbook.xml": _workbook(state)},
        )
        assert grid_of(whole).hidden is hidden


def _workbook(state: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" state="{state}" '
        'r:id="rId1"/></sheets></workbook>'
    )


def test_formulas_over_several_cells_and_uncalculated_ones_are_known(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f t="array" ref="D1">SUM(B1:B3)</f><v/></c></row>'
    )
    grid = grid_of(handmade(tmp_path / "a.xlsx", rows))
    assert grid.arrays == [Area(1, 1, 3, 1)]
    assert [grid.is_uncalculated(1, column) for column in (1, 2, 3, 4)] == [False, True, False, True]
    spilled = '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f></c></row><row r="2"><c r="B2"><v>1</v></c></row>'
    grid = grid_of(handmade(tmp_path / "b.xlsx", spilled))
    assert [grid.is_uncalculated(row, 1) for row in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_row_written_in_pieces_is_one_row(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>5</v></c></row>'
        '<row r="1"><c r="C1"><v>3</v></c></row>'
    )
    assert grid_of(handmade(tmp_path / "a.xlsx", rows)).values == [[1, None, 3], [5]]


def test_cells_as_apache_poi_writes_them_keep_their_style(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="n" s="1"><v>46024.0</v></c><c r="B1" t="n" s="1"><v>46025</v></c></row>'
    grid = grid_of(handmade(tmp_path / "a.xlsx", rows))
    assert [str(value) for value in grid.values[0]] == ["2026-01-02", "2026-01-03"]

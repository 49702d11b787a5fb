"""An edit leaves no stored result that says what was true before it: known ones are set, the others go."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from xlsx_books import parts
from xlsx_handmade import handmade

from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, OwnSheet, Value

STALE = 777
"""The result that every formula here has before the edit."""


def formulas(path: Path, cells: dict[str, str], names: dict[str, str] | None = None) -> Path:
    """Sheet Data with numbers in A1:C9, a table `t` (Key, Sum) from E1 on, and these formulas on sheet Out."""
    book = xlsxwriter.Workbook(path)
    data, out, other = (book.add_worksheet(name) for name in ("Data", "Out", "It's other"))
    for row in range(9):
        data.write_row(row, 0, [row, row * 2, "text"])
    columns = [{"header": "Key"}, {"header": "Sum", "formula": "=[@Key]*2"}]
    data.add_table(0, 4, 3, 5, {"name": "t", "columns": columns})
    for row in range(1, 4):
        data.write_number(row, 4, row)
        data.write_formula(row, 5, "=t[[#This Row],[Key]]*2", None, STALE)
    for name, formula in (names or {}).items():
        book.define_name(name, formula)
    for cell, formula in cells.items():
        out.write_formula(cell, formula, None, STALE)
    other.write_formula("A1", "=Out!A1&Out!A2", None, STALE)
    book.close()
    return path


def after(path: Path, edits: Edits, sheet: str = "Out") -> dict[str, Value]:
    XlsxBook.open(path).apply(edits)
    grid = XlsxBook.open(path).read([sheet])[sheet]
    return {formula: grid.value(*place) for place, formula in grid.formulas.items()}


READS = {
    "SUM(Data!A1:A9)": True, "Data!$A$2+1": True, "SUM(Data!B:B)": False, "SUM(Data!2:2)": True, "SUM(Data!3:3)": False,
    "'Data'!A2": True, "data!A2": True, "mine+1": True, "outer": True, "elsewhere": False, "wide": True,
    'INDIRECT("Data!A"&2)': True, "SUM(OFFSET(Data!C9,-7,-2))": True, "SUM(Data!B1:INDEX(Data!A1:A9,2))": True,
    '"Data!A2"': False, "SUM(t[Key])": False, "LOG10(Data!B3)": False, "COUNTA(Data!A1:A9)": False,
    "SUM(Data:Out!A2)": True, "[1]Data!A2": False, "TODAY()": False,
}  # fmt: skip
NAMES = {
    "mine": "=Data!$A$1:$A$4",
    "outer": "=mine",
    "elsewhere": "=Data!$B$1:$B$4",
    "wide": "=INDEX(Data!$A:$A,1):INDEX(Data!$A:$A,9)",
}


@pytest.mark.parametrize("formula", READS)
def test_a_formula_keeps_its_result_only_where_it_reads_no_edited_cell(tmp_path: Path, formula: str) -> None:
    path = formulas(tmp_path / "a.xlsx", {"C3": "=" + formula}, NAMES)
    [(_, value)] = after(path, Edits(cells={("Data", 2, 1): 55})).items()
    assert value == (None if READS[formula] else STALE)


def test_results_go_through_formulas_sheets_and_tables(tmp_path: Path) -> None:
    path = formulas(
        tmp_path / "a.xlsx", {"A1": "=A2", "A2": "=A3+1", "A3": "=SUM(t[Sum])", "A4": "=t[[#Totals],[Sum]]"}
    )
    found = after(path, Edits(cells={("Data", 3, 5): 9}))
    assert found["A2"] is found["A3+1"] is found["SUM(t[Sum])"] is None
    grids = XlsxBook.open(path).read(["Data", "It's other"])
    assert [grids["Data"].value(row, 6) for row in (2, 3, 4)] == [STALE, None, STALE]  # its own row alone
    assert grids["It's other"].values == []
    assert b'fullCalcOnLoad="1"' in parts(path)["xl/workbook.xml"]


def test_known_results_are_stored_and_anything_else_stays_byte_for_byte(tmp_path: Path) -> None:
    path = formulas(tmp_path / "a.xlsx", {"A1": "=Data!A2", "A2": "=Data!A2&Data!A3", "A3": "=Data!B1"})
    before = parts(path)["xl/worksheets/sheet2.xml"]
    known: dict[tuple[str, int, int], Value] = {("Out", 1, 1): 55, ("Out", 2, 1): "55 <2>", ("Out", 9, 9): 1}
    found = after(path, Edits(cells={("Data", 2, 1): 55}, results=known))
    assert found == {"Data!A2": 55, "Data!A2&Data!A3": "55 <2>", "Data!B1": STALE}
    now = parts(path)["xl/worksheets/sheet2.xml"]
    old = (
        now.replace(b"<v>55</v>", b"<v>777</v>")
        .replace(b' t="str"', b"")
        .replace(b"<v>55 &lt;2&gt;</v>", b"<v>777</v>")
    )
    assert old == before


def test_results_alone_are_no_reason_to_write(tmp_path: Path) -> None:
    path = formulas(tmp_path / "a.xlsx", {"A1": "=Data!A2"})
    before = path.read_bytes()
    after(path, Edits(results={("Out", 1, 1): 5}))
    assert path.read_bytes() == before


def test_the_sheets_of_the_tool_feed_formulas_too(tmp_path: Path) -> None:
    path = formulas(tmp_path / "a.xlsx", {"A1": "=COUNTA(Findings!A:A)", "A2": "=COUNTA(Data!A:A)"})
    XlsxBook.open(path).apply(Edits(sheets={"Findings": OwnSheet([["Level"], ["error"]])}))
    found = after(path, Edits(sheets={"Findings": OwnSheet([["Level"], ["error"], ["error"]])}))
    assert found == {"COUNTA(Findings!A:A)": None, "COUNTA(Data!A:A)": STALE}


def test_shared_and_array_formulas_lose_every_result(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c>'
        '<c r="C1"><f t="array" ref="C1:C2">A1:A2*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c><c r="C2"><v>4</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    path = handmade(tmp_path / "a.xlsx", rows)
    XlsxBook.open(path).apply(Edits(cells={("Data", 2, 1): 9}))
    assert XlsxBook.open(path).read(["Data"])["Data"].values == [[1, 2], [9], [3, 6]]

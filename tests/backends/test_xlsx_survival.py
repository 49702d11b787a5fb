"""A person's workbook is never rebuilt: what the tool does not own stays byte for byte, batch after batch."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from package_validator import problems
from xlsx_books import parts, with_parts
from xlsx_survival import EXTRA, VBA, survival_book

from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Look, OwnSheet

FINDINGS = OwnSheet(
    [["tracker", "cell", "message", "on"], ["CAS", "C3", "=31/02/2026 is not a date", date(2026, 5, 4)]],
    {(2, 2): "CAS!C3"},
    [12, 8, 60, 0],
)
EDITS = Edits(
    cells={("CAS", 3, 1): "000123", ("CAS", 4, 3): date(2026, 2, 28), ("CAS", 5, 4): 9},
    rows={"CAS": [{1: "E6", 2: "Activity", 3: date(2026, 3, 1), 4: 6}]},
    looks={("CAS", 3, 1): Look("FFC7CE", "Not a code."), ("Lists", 2, 1): Look("FFEB9C", "Twice.")},
    sheets={"Findings": FINDINGS},
)
# Each part that may differ after EDITS, and why
MAY_DIFFER = {
    "xl/worksheets/sheet1.xml": "its cells were edited",
    "xl/worksheets/sheet2.xml": "a cell has a new fill, and the sheet now points to a notes drawing",
    "xl/worksheets/sheet3.xml": "a formula counts the new row: it has no old result any more",
    "xl/styles.xml": "the new fills and the header of Findings are added",
    "xl/comments1.xml": "the tool's note stands beside the person's",
    "xl/drawings/vmlDrawing1.vml": "the box of the new note",
    "xl/tables/table1.xml": "the table has one row more",
    "xl/workbook.xml": "Findings is listed, and Excel is asked to calculate anew",
    "xl/_rels/workbook.xml.rels": "Findings is listed; the calculation order is gone",
    "[Content_Types].xml": "Findings and the new notes are listed",
}
NEW = {
    "xl/worksheets/sheet4.xml",
    "xl/comments2.xml",
    "xl/drawings/vmlDrawing4.vml",
    "xl/worksheets/_rels/sheet2.xml.rels",
}
EMPTY = re.compile(rb"<([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)\s*/>")
GONE = {"xl/calcChain.xml"}  # it must not contradict the formulas; Excel rebuilds it


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return survival_book(tmp_path / "school.xlsm")


def differing(one: dict[str, bytes], two: dict[str, bytes]) -> set[str]:
    return {name for name in one.keys() & two.keys() if one[name] != two[name]}


def test_what_the_tool_does_not_own_stays_byte_for_byte(path: Path) -> None:
    before = parts(path)
    XlsxBook.open(path).apply(EDITS)
    after = parts(path)
    new = after.keys() - before.keys()
    assert before.keys() - after.keys() == GONE
    assert new == NEW
    assert differing(before, after) <= set(MAY_DIFFER)
    home = before["xl/worksheets/sheet3.xml"]
    for formula, result in ((b"<f>COUNTA(Entries[entry])</f>", b"<v>5</v>"), (b"<f>SUM(CAS!D2:D6)</f>", b"<v>15</v>")):
        assert formula + result in home  # a new row, and a cell of hers that was edited
        home = home.replace(formula + result, formula)
    assert after["xl/worksheets/sheet3.xml"] == home
    assert after["xl/vbaProject.bin"] == VBA
    assert all(after[name] == before[name] for name in EXTRA if name not in GONE)


def test_a_second_batch_changes_only_what_it_says(path: Path) -> None:
    XlsxBook.open(path).apply(EDITS)
    before = parts(path)
    findings = OwnSheet([["tracker", "cell", "message"], ["CAS", "C4", "another"]], {(2, 2): "CAS!C4"}, [12, 8, 60])
    XlsxBook.open(path).apply(Edits(cells={("CAS", 4, 1): "E3b"}, sheets={"Findings": findings}))
    assert differing(before, parts(path)) == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet4.xml"}


def test_what_stands_around_the_cells_of_an_edited_sheet_stays(path: Path) -> None:
    before = parts(path)["xl/worksheets/sheet1.xml"]
    XlsxBook.open(path).apply(Edits(cells={("CAS", 3, 1): "000123"}, looks={("CAS", 3, 1): Look("FFC7CE")}))
    after = parts(path)["xl/worksheets/sheet1.xml"]
    assert after.split(b"<sheetData>")[0] == before.split(b"<sheetData>")[0]
    assert after.split(b"</sheetData>")[1] == before.split(b"</sheetData>")[1]
    changed = [(one, two) for one, two in zip(before.split(b"<c "), after.split(b"<c "), strict=True) if one != two]
    assert len(changed) == 1 and changed[0][0].startswith(b'r="A3"')


def test_unchanged_members_keep_their_compressed_bytes_and_the_order_of_the_archive(path: Path) -> None:
    def members() -> list[tuple[str, int, tuple[int, ...], int]]:
        with zipfile.ZipFile(path) as archive:
            return [(i.filename, i.compress_size, i.date_time, i.external_attr) for i in archive.infolist()]

    before = members()
    XlsxBook.open(path).apply(Edits(cells={("CAS", 3, 1): "x"}))
    after = members()
    assert [member[0] for member in after] == [member[0] for member in before]
    changed = {one[0] for one, two in zip(before, after, strict=True) if one != two}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_the_table_and_what_belongs_to_its_rows_grow_together(path: Path) -> None:
    XlsxBook.open(path).apply(EDITS)
    sheet = parts(path)["xl/worksheets/sheet1.xml"].decode()
    table = parts(path)["xl/tables/table1.xml"].decode()
    assert table.count('ref="A1:F7"') == 2  # the table and its filter
    for grown in ('sqref="B2:B7"', 'sqref="D2:D7"', 'sqref="E2:E7"', "<xm:sqref>A2:A7</xm:sqref>", 'sqref="A2:E7"'):
        assert grown in sheet
    assert "<xm:sqref>O2</xm:sqref>" in sheet  # the sparkline stays where it is
    grid = XlsxBook.open(path).read(["CAS"])["CAS"]
    assert grid.values[6] == ["E6", "Activity", date(2026, 3, 1), 6]  # the formula is calculated when it is opened
    assert grid.formulas[7, 6] == "Entries[[#This Row],[hours]]*2"
    with warnings.catch_warnings(action="ignore"), path.open("rb") as file:  # openpyxl says what it would lose
        witness = openpyxl.load_workbook(file)["CAS"]
    assert witness["C7"].number_format == "dd.mm.yyyy" and witness["C7"].border.left.style == "thin"


def test_notes_of_persons_stay_and_those_of_the_tool_come_and_go(path: Path) -> None:
    cells = [("CAS", 2, 1), ("CAS", 3, 2), ("CAS", 3, 1)]
    book = XlsxBook.open(path)
    book.apply(EDITS)
    looks = book.looks(cells)
    assert [looks[cell].note for cell in cells] == ["a person's note", "Is this Service?\nYes.", "Not a code."]
    book.apply(Edits(looks={cell: Look("FF0000", "from the tool") for cell in cells}))
    book.apply(Edits(looks={cell: Look() for cell in cells}))
    looks = book.looks(cells)
    assert [looks[cell].note for cell in cells] == ["a person's note", "Is this Service?\nYes.", None]


def test_macros_and_buttons_are_still_pointed_to(path: Path) -> None:
    XlsxBook.open(path).apply(EDITS)
    after = parts(path)
    drawing = after["xl/drawings/vmlDrawing1.vml"]
    assert b'ObjectType="Button"' in drawing and b"validate" in drawing and drawing.count(b'ObjectType="Note"') == 2
    assert b"macroEnabled" in after["[Content_Types].xml"]


def convert(path: Path, to: str, folder: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{to.split(':')[0]}"


def test_empty_elements_in_two_tags_are_written_like_those_in_one(path: Path, tmp_path: Path) -> None:
    """As programs in Go write them: `<calcPr calcId="1"></calcPr>`."""
    with_parts(path, {"xl/workbook.xml": parts(path)["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")})
    other = tmp_path / "pairs.xlsm"
    shutil.copy(path, other)
    paired = {
        name: EMPTY.sub(rb"<\1\2></\1>", content)
        for name, content in parts(path).items()
        if name.endswith((".xml", ".rels", ".vml"))
    }
    assert b"/>" not in paired["xl/workbook.xml"]
    with_parts(other, paired)
    seen = []
    for one in (path, other):
        book = XlsxBook.open(one)
        assert book.read(book.sheets())
        book.apply(EDITS)
        book.apply(Edits(looks={("CAS", 3, 1): Look()}, drops={"CAS": [5]}))
        assert problems(one) == []
        again = XlsxBook.open(one)
        looks = again.looks([("CAS", row, column) for row in range(1, 9) for column in range(1, 6)])
        seen.append((again.read(again.sheets()), looks))
    assert seen[0] == seen[1]


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_sees_the_values_and_the_notes(path: Path, tmp_path: Path) -> None:
    XlsxBook.open(path).apply(EDITS)
    (tmp_path / "out").mkdir()
    flat = convert(path, "fods", tmp_path / "out").read_text("utf-8")
    for seen in ("000123", "Not a code.", "Twice.", "a person&apos;s note", "=31/02/2026 is not a date", "#CAS!C3"):
        assert seen in flat, seen
    assert "of:=COUNTA([$CAS.$A$2:.$A$7])" in flat  # the table's formulas reach the new row

"""A list that is no Excel workbook (.xls, .ods, .csv) is adopted by one command: as a workbook beside it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from adopt_rows import CORPUS, held

from addin.cli.main import main
from addin.core.book import Area
from addin.importers import read

CSV = "Code;Last name;First names;Session;Category;Birth date;Locker\r\n" + "".join(
    f"00{number};Núñez;{name};M27;D;2009-03-0{number};{number},50\r\n"
    for number, name in enumerate(("Zoë", "Ana", "=Sam"), 1)
)
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


@pytest.fixture
def csv_list(tmp_path: Path) -> Path:
    path = tmp_path / "Class of 2027.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def converted(path: Path, ending: str) -> Path:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{ending}")


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_an_old_workbook_becomes_the_same_trackers_as_the_new_one(ending: str, tmp_path: Path) -> None:
    new = Path(shutil.copyfile(CORPUS / "IB Registrations 2027.xlsx", tmp_path / "IB Registrations 2027.xlsx"))
    (tmp_path / "old").mkdir()
    old = converted(Path(shutil.copyfile(new, tmp_path / "old" / new.name)), ending)
    old.with_suffix(".xlsx").unlink()
    before = old.read_bytes()
    for path in (new, old):
        assert main(["adopt", str(path), "--yes"]) == 0
    made = old.with_suffix(".xlsx")
    wanted = ["candidate", "subject", "level", "last_name", "first_names", "Taken from"]
    assert held(made, "registrations", wanted) == held(new, "registrations", wanted)
    assert held(made, "candidates", ["code", "birth_date"]) == held(new, "candidates", ["code", "birth_date"])
    assert openpyxl.load_workbook(made).sheetnames == openpyxl.load_workbook(new).sheetnames
    assert old.read_bytes() == before
    assert main(["undo", str(made)]) == 0
    assert not made.exists() and old.read_bytes() == before


def test_a_text_list_keeps_codes_and_gets_numbers_and_days(csv_list: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = csv_list.read_bytes()
    assert main(["adopt", str(csv_list)]) == 0
    said = capsys.readouterr().out
    assert "Class of 2027.xlsx was made from Class of 2027.csv (1 sheet); Class of 2027.csv stays as it is." in said
    assert 'ib-trackers validate "' in said and "separated by semicolons" in said
    sheet = openpyxl.load_workbook(csv_list.with_suffix(".xlsx")).active
    row = [cell.value for cell in sheet[4]][:7]
    assert row[:3] == ["003", "Núñez", "=Sam"] and sheet["C4"].data_type == "s"
    assert sheet["F4"].value.date() == date(2009, 3, 3)
    assert row[6] == 3.5 and sheet["G4"].number_format == "0.00"
    assert csv_list.read_bytes() == before
    assert main(["adopt", str(csv_list)]) == 2  # nothing is overwritten
    assert "Class of 2027.xlsx is beside it already" in capsys.readouterr().err
    assert main(["undo", str(csv_list)]) == 0  # the list that she knows will do
    assert "Class of 2027.xlsx, which was made from Class of 2027.csv, is removed again" in capsys.readouterr().out
    assert [one.name for one in csv_list.parent.iterdir() if one.suffix] == [csv_list.name]


def test_a_dry_run_or_a_list_that_is_not_understood_leaves_no_workbook(tmp_path: Path, csv_list: Path) -> None:
    assert main(["adopt", str(csv_list), "--dry-run"]) == 0
    other = tmp_path / "other.csv"
    other.write_text("one,two\nred,blue\n")
    assert main(["adopt", str(other)]) == 1
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    assert main(["adopt", str(bad)]) == 2
    assert not list(tmp_path.glob("*.xlsx")) and not list(tmp_path.glob(".~*"))


def test_what_was_changed_since_is_not_removed(csv_list: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["adopt", str(csv_list)])
    made = csv_list.with_suffix(".xlsx")
    book = openpyxl.load_workbook(made)
    book.active["I2"] = "my own"
    book.save(made)
    main(["undo", str(csv_list)])
    assert made.exists() and openpyxl.load_workbook(made).active["I2"].value == "my own"
    assert "stays, because it was changed since" in capsys.readouterr().out


def test_the_workbook_stays_where_the_list_is_gone(csv_list: Path) -> None:
    main(["adopt", str(csv_list)])
    csv_list.unlink()
    assert main(["undo", str(csv_list.with_suffix(".xlsx"))]) == 0
    assert openpyxl.load_workbook(csv_list.with_suffix(".xlsx")).active["A2"].value == "001"


def test_other_commands_say_what_makes_a_workbook_of_it(csv_list: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(csv_list)]) == 2
    assert 'ib-trackers adopt "Class of 2027.csv" makes an Excel workbook of it' in capsys.readouterr().err


def test_a_macro_workbook_is_adopted_in_place(tmp_path: Path) -> None:
    """Its macros are not looked at, and not lost."""
    path = tmp_path / "List.xlsm"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Students")
        sheet.write_row(0, 0, ["Code", "Last name", "First names", "Session", "Category"])
        sheet.write_row(1, 0, ["000001", "Núñez", "Zoë", "M27", "D"])
    assert main(["adopt", str(path)]) == 0
    assert not path.with_suffix(".xlsx").exists()
    assert held(path, "candidates", ["code"]) == [["000001"]]


def ods(path: Path, table: str, styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_an_ods_is_read_as_it_is_seen(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="12" table:style-name="x"><text:p>000012</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="string"><office:annotation><text:p>Ask</text:p></office:annotation>'
        '<text:p>Two<text:s text:c="2"/>words</text:p><text:p>and <text:span>more</text:span></text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2009-03-07"><text:p>7/3</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>'
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="float" office:value="3" table:formula="of:=1+2"/>'
        '<table:table-cell table:number-columns-repeated="16000"/>'
    )
    table = (
        '<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-spanned="3" '
        'table:number-rows-spanned="1" office:value-type="string"><text:p>Title</text:p></table:table-cell>'
        '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{cells}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row></table:table>'
    )
    style = (
        '<style:style style:name="x" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    (grid,) = [one.grid for one in read(ods(tmp_path / "a.ods", table, style))]
    row = [12, "Two  words\nand more", date(2009, 3, 7), time(8, 30), None, None, True, 3]
    assert grid.values == [["Title"], row, row]
    assert grid.merged == [Area(1, 1, 1, 3)]
    assert grid.shown == {(2, 1): "000012", (3, 1): "000012"}
    assert grid.appearance.struck == {(2, 1), (3, 1)} and grid.appearance.notes == {(2, 2), (3, 2)}
    assert grid.formulas == {(2, 8): "1+2", (3, 8): "1+2"}


@pytest.mark.parametrize("damage", ["no zip", "no content", "torn"])
def test_an_ods_that_is_none_is_one_sentence(damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = ods(tmp_path / "a.ods", "<table:table>" if damage == "torn" else "<table:table/>")
    if damage == "no zip":
        path.write_bytes(b"hello")
    if damage == "no content":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "x")
    assert main(["adopt", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not path.with_suffix(".xlsx").exists()

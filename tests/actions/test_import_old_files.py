"""Lists that are called .xls: real ones as LibreOffice writes them, and web pages, text and workbooks of that name."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from addin.actions.import_ import import_
from addin.actions.new import new
from addin.core.book import Grid
from addin.core.recognition.source import Source
from addin.errors import Problem
from addin.importers import read

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<style>td { mso-number-format: "\\@" }</style></head><body>
<table border=1><tr><td colspan="5"><b>Class&nbsp;list</b></td></tr>
<tr><th>Candidate code<th>Last name<th>First names<th>Session<th>Category
<tr><td>009001</td><td>Núñez</td><td rowspan=2>Zoë</td><td>M27</td><td>D</td></tr>
<tr><td>009002</td><td>O&#39;Hara &amp; Li</td><td>M27</td><td>D</td></tr>
</table><table><tr><td></td></tr></table></body></html>"""


def grids(path: Path) -> list[Grid]:
    return [source.grid for source in read(path)]


@pytest.mark.libreoffice
def test_an_old_workbook_reads_as_the_new_one(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Élèves"
    for row in (
        ["Code", "Name", "Born", "Hours", "Done", "Seen"],
        [12, "Núñez", date(2009, 3, 7), 2.5, True, datetime(2026, 9, 1, 8, 30)],
        [None, "王伟", date(1999, 12, 31), -3, False, None],
    ):
        sheet.append(row)
    sheet["A2"].number_format = "000000"
    sheet.merge_cells("A5:C5")
    sheet["A5"] = "Total"
    book.create_sheet("Old").sheet_state = "hidden"
    book["Old"]["A1"] = "x"
    book.save(tmp_path / "list.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), "list.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    new_one, old_one = grids(tmp_path / "list.xlsx"), grids(tmp_path / "list.xls")
    assert [grid.sheet for grid in old_one] == ["Élèves", "Old"]
    for one, other in zip(new_one, old_one, strict=True):
        assert (one.values, one.shown, one.merged, one.hidden) == (
            other.values,
            other.shown,
            other.merged,
            other.hidden,
        )
    assert old_one[0].shown == {(2, 1): "000012"}


def test_a_web_page_that_is_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "students.xls"
    path.write_bytes(PAGE.encode("cp1252"))
    (grid,) = grids(path)
    assert grid.sheet == "students"
    assert grid.values[0][:1] == ["Class list"] and grid.values[1][0] == "Candidate code"
    assert grid.values[2] == ["009001", "Núñez", "Zoë", "M27", "D"]
    assert grid.values[3] == ["009002", "O'Hara & Li", None, "M27", "D"]
    book = tmp_path / "School.xlsx"
    new(str(book), trackers=("candidates",))
    done = import_(path, str(book))
    assert done.written
    rows = [[cell.value for cell in row[:3]] for row in load_workbook(book)["Candidates"]["A5:C6"]]
    assert rows == [["009001", "Núñez", "Zoë"], ["009002", "O'Hara & Li", "Zoë"]]


def test_text_and_a_new_workbook_that_are_called_xls(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("Code\tName\n0012\tNúñez\n", encoding="utf-8")
    book = Workbook()
    book.active.append(["Code"])
    book.save(tmp_path / "b.xlsx")
    shutil.move(tmp_path / "b.xlsx", tmp_path / "b.xls")
    assert grids(tmp_path / "a.xls")[0].values == [["Code", "Name"], ["0012", "Núñez"]]
    assert grids(tmp_path / "b.xls")[0].values == [["Code"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged|cannot be read"),
        (b"\xd0\xcf\x11\xe0", "damaged|cannot be read"),
        (b"<html><body>Please sign in</body></html>", "without a table"),
        (b"", ""),
        (b"PK\x03\x04broken", "."),
    ],
)
def test_what_is_none_is_refused_in_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(content)
    if not content:
        assert all(isinstance(one, Source) for one in read(path))
        return
    with pytest.raises(Problem, match=says):
        read(path)

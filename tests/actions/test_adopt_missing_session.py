"""A session in the title above a list is offered for the column that the list lacks, and undone with the rest."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from addin.actions.adopt import adopt
from addin.cli.main import main
from addin.workspace.workbook import opened

HEADERS = ["Student ID", "Last name", "First names", "Date of birth", "Category"]
ROWS = [["1001", "Okafor", "Ada", "25/03/2009", "D"], ["1002", "Lindqvist", "Nils", "04/05/2009", "D"]]


def book_of(path: Path, titles: dict[str, str], *, table: bool = False, beside: str = "") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, (sheet, title) in enumerate(titles.items()):
        made = book.create_sheet(sheet)
        made.append([title])
        made.append([])
        made.append(HEADERS)
        for row in ROWS:
            made.append([f"{number}{row[0]}", f"{row[1]}{'abc'[number]}", *row[2:]])
        if beside:
            made["G5"] = beside
        if table:
            made.add_table(Table(displayName=f"Own{number}", ref="A3:E5"))
    book.save(path)
    return path


def sessions(path: Path, tmp_path: Path) -> list[object]:
    with opened(str(path)) as workbook:
        return list(workbook.tables["candidates"].columns["session"])


@pytest.mark.parametrize("table", [False, True])
def test_the_session_of_the_title_fills_a_new_column_and_undo_takes_it_back(tmp_path: Path, table: bool) -> None:
    path = book_of(tmp_path / "Own.xlsx", {"DP2": "DP2 candidates - May 2027 session"}, table=table)
    before = path.read_bytes()
    assert main(["adopt", str(path)]) == 0
    sheet = openpyxl.load_workbook(path)["DP2"]
    assert [cell.value for cell in sheet[3]] == [*HEADERS, "Session", "IBT id"]
    assert [one.ref for one in sheet.tables.values()] == ["A3:G5"]
    assert sessions(path, tmp_path) == ["M27", "M27"]
    once = path.read_bytes()
    assert main(["adopt", str(path)]) == 0 and path.read_bytes() == once
    assert main(["undo", str(path)]) == 0 and path.read_bytes() == before


def test_it_is_asked_first_and_a_no_is_a_no(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", {"DP2": "DP2 candidates - May 2027 session"})
    asked = adopt(str(path), dry_run=True).reading
    assert not asked.questions and [one.added[0].value for one in asked.understood] == ["M27"]
    result = adopt(str(path), answers={"session M27": "leave"})
    assert not result.understood[0].added and "Session" in result.understood[0].missing
    assert openpyxl.load_workbook(path)["DP2"]["F3"].value == "IBT id"


def test_classes_of_two_sessions_are_asked_about_apart(tmp_path: Path) -> None:
    titles = {"DP2": "DP2 candidates - May 2027 session", "DP1": "DP1 candidates - May 2028 session"}
    path = book_of(tmp_path / "Own.xlsx", titles)
    assert adopt(str(path), answers={"session M28": "N28"}).written
    assert sessions(path, tmp_path) == ["M27", "M27", "N28", "N28"]


def test_a_list_whose_title_says_nothing_takes_the_session_that_is_given(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", {"Students": "Our students"}, beside="see the office")
    assert not adopt(str(path), dry_run=True).understood[0].added
    assert main(["adopt", str(path), "--session", "M27"]) == 0
    sheet = openpyxl.load_workbook(path)["Students"]
    assert sheet["G5"].value == "see the office", "what is beside the list stays where it is"
    assert sessions(path, tmp_path) == ["M27", "M27"]

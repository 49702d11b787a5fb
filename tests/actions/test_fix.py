"""fix: the certain repairs, shown by group, written as one change, taken back byte for byte; never a guess."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import openpyxl
import pytest

from addin.cli.main import main

Says = pytest.CaptureFixture[str]
HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date", "Consent"]
ROWS = [
    ["0012", "Ito", "Aya", "May 2027", "Diploma", "16/03/2009", "oui"],
    ["0013", "Berg", "Ann", "M27", "D", datetime.date(2009, 3, 14), "yes"],
    ["0014", "Li", "Kim", "M27", "Course", "15 janvier 2009", True],
    ["0015", "Lo", "Kim", "M27", "C", "03-04-2009", True],
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Candidates"
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    path = tmp_path / "Own.xlsx"
    made.save(path)
    assert main(["validate", str(path)]) == 1
    return path


def column(path: Path, letter: str) -> list[object]:
    sheet = openpyxl.load_workbook(path)["Candidates"]
    return [sheet[f"{letter}{row}"].value for row in range(2, 6)]


def test_repairs_are_shown_by_group_and_nothing_is_written_without_a_yes(book: Path, capsys: Says) -> None:
    before = book.read_bytes()
    capsys.readouterr()
    assert main(["fix", str(book), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "2 birth dates stored as text -> dates: 16/03/2009 -> 16 Mar 2009, 15 janvier 2009 -> 15 Jan 2009" in said
    assert "2 categories under other names -> exact names: Diploma -> D, Course -> C" in said
    assert "1 session in another form -> exact form: May 2027 -> M27" in said
    assert main(["fix", str(book)]) == 1
    assert "--yes" in capsys.readouterr().out
    assert book.read_bytes() == before


def test_what_has_one_meaning_is_written_and_what_has_two_is_left(book: Path, capsys: Says) -> None:
    assert main(["fix", str(book), "--yes"]) == 0
    assert "Fixed 6 cells; 1 finding left." in capsys.readouterr().out
    days = [datetime.datetime(2009, 3, 16), datetime.datetime(2009, 3, 14), datetime.datetime(2009, 1, 15)]
    assert column(book, "F") == [*days, "03-04-2009"]
    assert column(book, "E") == ["D", "D", "C", "C"]
    assert column(book, "D") == ["M27"] * 4
    sheet = openpyxl.load_workbook(book)["Candidates"]
    assert sheet["F2"].is_date, "a date is shown as one"
    assert sheet["F2"].comment is None, "the marks go with the findings"
    assert sheet["F5"].comment is not None


def test_a_date_is_written_in_the_order_that_its_column_proves(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made["Candidates"]["F5"] = "03/04/2009"  # 16/03/2009 above it says that the day comes first
    made.save(book)
    assert main(["fix", str(book), "--yes"]) == 0
    assert column(book, "F")[3] == datetime.datetime(2009, 4, 3)


def test_running_again_changes_nothing_and_undo_takes_it_back_byte_for_byte(book: Path, capsys: Says) -> None:
    before = book.read_bytes()
    assert main(["fix", str(book), "--yes"]) == 0
    after = book.read_bytes()
    assert main(["fix", str(book), "--yes"]) == 0
    assert "Nothing can be fixed with certainty. 1 finding needs a person" in capsys.readouterr().out
    assert book.read_bytes() == after
    assert main(["undo", str(book)]) == 0
    assert book.read_bytes() == before


def test_one_group_alone(book: Path, capsys: Says) -> None:
    capsys.readouterr()
    main(["fix", str(book), "--dry-run", "--json", "-"])
    groups = {row["title"]: row["group"] for row in json.loads(capsys.readouterr().out)}
    number = next(number for title, number in groups.items() if "birth date" in title)
    assert main(["fix", str(book), "--group", str(number)]) == 0
    assert column(book, "E")[0] == "Diploma"
    assert column(book, "F")[0] == datetime.datetime(2009, 3, 16)
    assert main(["fix", str(book), "--group", "99"]) == 2


def test_a_cell_with_two_different_repairs_is_left() -> None:
    from addin.core.checks.fixes import group_fixes
    from addin.core.checks.rules import Finding

    def found(fix: str) -> Finding:
        return Finding("t", "S", 2, "", "C", "C2", "c-other-name", "warning", "x", "", "", fix)

    assert group_fixes([found("a"), found("b")]) == []
    assert len(group_fixes([found("a"), found("a")])[0].findings) == 1

"""compare: every difference between the register and a list is listed; the trackers stay as they are."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import openpyxl
import pytest

from addin.cli.main import main
from addin.core.names import DIFFERENCES
from addin.workspace.workbook import opened

SEED = (
    "Code,Last name,First names,Session,Category,Email\n"
    "0012,Ito,Aya,M27,D,ito@x.org\n0013,O'Neill,Ann,M27,D,\n0014,Díaz,José,M27,C,\n0015,Old,One,N26,D,\n"
)
LIST = (
    "Code,Last name,First names,Session,Category,Email\n"
    "0012,Itoh,Aya,M27,D,\n0013\u200b,O’Neill,Ann,M27,D,neill@x.org\n0100,=New,Kid,M27,D,\nTotal,3\n"
)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    book = tmp_path / "School.xlsx"
    assert main(["new", str(book), "--session", "M27", "--trackers", "candidates"]) == 0
    (tmp_path / "seed.csv").write_text(SEED, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    assert main(["import", str(tmp_path / "seed.csv"), "--into", str(book)]) == 0
    return book


def tracker_rows(book: Path) -> list[list[object]]:
    with opened(str(book)) as workbook:
        return [list(values) for values in workbook.tables["candidates"].columns.values()]


def test_every_difference_is_listed_in_the_workbook_and_in_a_file(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, out = tracker_rows(school), school.with_name("differences.csv")
    command = ["compare", str(school), "--with", str(school.with_name("list.csv"))]
    assert main([*command, "--out", str(out)]) == 1
    assert "5 differences." in capsys.readouterr().out
    assert tracker_rows(school) == before
    with out.open(encoding="utf-8-sig", newline="") as file:
        found = [
            (row["Key"], row["Column"], row["In the workbook"], row["In the list"]) for row in csv.DictReader(file)
        ]
    assert found == [
        ("0012", "Last name", "Ito", "Itoh"), ("0012", "Email", "ito@x.org", ""), ("0013", "Email", "", "neill@x.org"),
        ("0014", "", "", ""), ("0100", "", "", ""),
    ]  # fmt: skip
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    sheet = openpyxl.load_workbook(school)[DIFFERENCES]
    assert sheet.max_row == 6
    unchanged = school.read_bytes()
    assert main(command) == 1
    assert school.read_bytes() == unchanged


def test_a_dry_run_and_an_equal_list_write_nothing(school: Path) -> None:
    before = school.read_bytes()
    assert main(["compare", str(school), "--with", str(school.with_name("list.csv")), "--dry-run"]) == 1
    assert main(["compare", str(school), "--with", str(school.with_name("seed.csv"))]) == 0
    assert school.read_bytes() == before


def test_the_sheet_of_differences_is_ours(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(school), "--with", str(school.with_name("list.csv"))]) == 1
    capsys.readouterr()
    main(["adopt", str(school), "--dry-run"])
    main(["validate", str(school), "--read-only"])
    assert DIFFERENCES not in capsys.readouterr().out


def test_in_another_language_the_sheet_has_its_name_and_keeps_the_one_that_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, given = tmp_path / "Ecole.xlsx", tmp_path / "list.csv"
    given.write_text(LIST)
    assert main(["new", str(path), "--trackers", "candidates", "--language", "fr"]) == 0
    assert main(["compare", str(path), "--with", str(given), "--language", "en"]) == 1
    assert "Différences IB Trackers" in openpyxl.load_workbook(path).sheetnames
    assert "the sheet Différences IB Trackers" in capsys.readouterr().out
    book = openpyxl.load_workbook(path)
    book["Différences IB Trackers"].title = DIFFERENCES
    book.save(path)
    main(["compare", str(path), "--with", str(given)])
    assert [name for name in openpyxl.load_workbook(path).sheetnames if "IB Trackers" in name] == [DIFFERENCES]


def test_a_persons_file_is_never_overwritten(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, listed = school.with_name("mine.csv"), school.with_name("list.csv")
    mine.write_text("my own list", encoding="utf-8")
    for out in (mine, school, listed):
        before = out.read_bytes()
        assert main(["compare", str(school), "--with", str(listed), "--out", str(out)]) == 2
        assert out.read_bytes() == before
    assert "differences" not in capsys.readouterr().out

"""sync, conflicts, history and undo as a person types them, on two workbooks that are files."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from addin.cli.main import main

TRACKER = 'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.hours]\ntype="number"\n'
LINK = '[[links]]\nname="Kim"\ntarget="kim.xlsx"\ntracker="log"\n'


@pytest.fixture
def school(tmp_path: Path) -> Path:
    (tmp_path / "trackers").mkdir()
    (tmp_path / "trackers" / "log.toml").write_text(TRACKER, encoding="utf-8")
    (tmp_path / "ib-trackers.toml").write_text(LINK, encoding="utf-8")
    for name, rows in (("school.xlsx", [["0001", 2], ["0002", 3]]), ("kim.xlsx", [])):
        book = Workbook()
        book.active.title = "Log"
        for row in [["Entry", "Hours", "IBT id"], *rows]:
            book.active.append(row)
        book.save(tmp_path / name)
    return tmp_path


def hours(path: Path) -> list[object]:
    return [row[1] for row in load_workbook(path)["Log"].iter_rows(min_row=2, values_only=True) if row[0]]


def type_into(path: Path, cell: str, value: object) -> None:
    book = load_workbook(path)
    book["Log"][cell] = value
    book.save(path)


def test_a_sync_is_shown_carried_out_found_again_and_taken_back(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = school / "school.xlsx", school / "kim.xlsx"
    assert main(["sync", str(mine), "--dry-run"]) == 0
    assert "Nothing was written." in capsys.readouterr().out
    assert main(["sync", str(mine)]) == 0
    assert hours(theirs) == [2, 3]
    type_into(theirs, "B2", 9)
    type_into(mine, "B3", 4)
    assert main(["sync", str(mine)]) == 0
    assert hours(mine) == [9, 4] == hours(theirs)
    capsys.readouterr()
    assert main(["history", str(mine)]) == 0
    messages = capsys.readouterr().out
    assert "0001, Hours: 2 -> 9 (from Kim)" in messages
    assert "0002, Hours: 3 -> 4 (to Kim)" in messages
    assert main(["undo", str(mine)]) == 0
    assert (hours(mine), hours(theirs)) == ([2, 4], [9, 3])
    assert main(["sync", str(mine)]) == 2
    assert "undone" in capsys.readouterr().out


def test_a_conflict_is_listed_and_is_something_to_look_at(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, theirs = school / "school.xlsx", school / "kim.xlsx"
    main(["sync", str(mine)])
    type_into(theirs, "B2", 9)
    type_into(mine, "B2", 8)
    assert main(["sync", str(mine)]) == 1
    capsys.readouterr()
    assert main(["conflicts", str(mine)]) == 1
    assert "0001, Hours: was 2; the workbook says 8, the shared sheet says 9" in capsys.readouterr().out

"""restore: what is kept is listed with what changed; a row, a sheet or all of it comes back, and undo takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsx_books import build

from addin.actions.restore import copies, restore
from addin.actions.undo import undo
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Value
from addin.errors import Problem

ROWS: list[list[Value]] = [
    ["Candidate code", "Last name", "First names", "Session", "Category", "IBT id"],
    *[[f"{n:06}", f"Name {n}", "Kenji", "M27", "D", f"id{n:04}"] for n in range(1, 7)],
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    build(path, {"Candidates": ROWS, "Mine": [["a"], [1]]}, {})
    XlsxBook.open(path).apply(Edits(cells={("Candidates", 3, 2): "Wrong", ("Mine", 2, 1): 2}))
    XlsxBook.open(path).apply(Edits(drops={"Candidates": [5]}))
    return path


def values(path: Path, sheet: str = "Candidates") -> list[list[Value]]:
    return [row for row in XlsxBook.open(path).read([sheet])[sheet].values if row]


def test_the_copies_say_how_they_differ(book: Path) -> None:
    newest, oldest = copies(str(book))
    assert (newest.number, oldest.number) == (1, 2)
    assert oldest.differs.startswith("Candidates: ")
    assert "Mine: 1 cell" in oldest.differs
    assert oldest.size > 1000


def test_all_comes_back_and_undo_takes_that_back(book: Path) -> None:
    now = book.read_bytes()
    assert restore(str(book), 2).written
    assert values(book) == ROWS
    undo(str(book))
    assert book.read_bytes() == now


def test_a_deleted_row_comes_back_by_its_code_and_only_that(book: Path) -> None:
    done = restore(str(book), 1, row="000004")
    assert (done.rows, done.cells) == (1, 0)
    assert sorted(row[0] for row in values(book)[1:]) == [f"{n:06}" for n in range(1, 7)]  # type: ignore[type-var]
    assert values(book)[2][1] == "Wrong"
    assert restore(str(book), 2, row="000004").written is False  # a copy more is kept now


def test_a_changed_row_comes_back_into_its_place(book: Path) -> None:
    assert restore(str(book), 2, row="id0002").cells == 1
    assert values(book)[2] == ROWS[2]
    assert values(book, "Mine") == [["a"], [2]]


def test_one_sheet_comes_back(book: Path) -> None:
    restore(str(book), 2, sheet="mine")
    assert values(book, "Mine") == [["a"], [1]]
    assert values(book)[2][1] == "Wrong"


def test_a_dry_run_writes_nothing(book: Path) -> None:
    before = book.read_bytes()
    for more in ({}, {"sheet": "Mine"}, {"row": "000004"}):
        restore(str(book), 2, dry_run=True, **more)  # type: ignore[arg-type]
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "more", "says"),
    [(9, {}, "There is no copy 9"), (1, {"sheet": "Nope"}, "has no sheet"), (1, {"row": "x"}, "has no row 'x'")],
)
def test_what_cannot_come_back_is_one_sentence(book: Path, number: int, more: dict[str, str], says: str) -> None:
    with pytest.raises(Problem, match=says):
        restore(str(book), number, **more)


def test_a_workbook_that_is_gone_comes_back_from_its_copy(book: Path) -> None:
    book.unlink()
    restore(str(book), 2)
    assert values(book) == ROWS


def test_the_list_and_the_way_back_on_the_command_line(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(book)]) == 0
    said = capsys.readouterr().out
    assert "To bring one back: ib-trackers restore" in said
    assert main(["restore", str(book), "2"]) == 0
    assert "ib-trackers undo takes this back" in capsys.readouterr().out
    assert main(["restore", str(book), "--json", "-"]) == 0
    assert '"number": 1' in capsys.readouterr().out


def test_a_workbook_without_copies_is_one_sentence(tmp_path: Path) -> None:
    build(tmp_path / "New.xlsx", {"A": [[1]]}, {})
    with pytest.raises(Problem, match="No copies are kept yet"):
        copies(str(tmp_path / "New.xlsx"))


def test_copies_of_a_workbook_that_cannot_be_read_say_so(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book.write_bytes(bytes(3000))
    assert main(["restore", str(book)]) == 0
    said = capsys.readouterr().out
    assert "the workbook cannot be read now" in said
    assert "sheet added or removed" not in said

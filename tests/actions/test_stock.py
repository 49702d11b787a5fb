"""A second loan, a return and a stock count: one step each, and undo takes it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.actions.stock import Wish, stock_book
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits
from addin.core.checks.rules import check
from addin.core.settings import Settings
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all
from addin.workspace.workbook import opened

TODAY = date.today()
ROWS: list[dict[str, Any]] = [
    {"asset": "000017", "item": "Atlas", "counted_by": "Copy", "quantity": 1, "state": "In use"},
    {"asset": "000018", "item": "Atlas", "counted_by": "Copy", "quantity": 1, "lent_to": "000124", "notes": "torn",
     "lent_on": date(2025, 9, 1), "due": date(2026, 5, 15), "returned": date(2026, 5, 10)},
    {"asset": "Q-1", "item": "Calculator", "counted_by": "Quantity", "quantity": 30, "location": "M3",
     "lent_to": "Class 12B", "lent_quantity": 24, "lent_on": date(2026, 9, 1), "due": date(2027, 6, 1)},
]  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    build(path, {"inventory": load_all()["inventory"]}, Settings(lists=load_lists(), today=TODAY), {"inventory": ROWS})
    return path


def rows(book: Path) -> dict[str, dict[str, Any]]:
    with opened(str(book)) as workbook:
        table = workbook.tables["inventory"]
        assert [
            f.message for f in check(workbook.present, workbook.tables, workbook.settings) if f.level == "error"
        ] == []
        return {str(table.row(index)["asset"]): table.row(index) for index in range(len(table))}


def test_a_copy_is_lent_for_the_usual_time(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stock", str(book), "--lend", "000017", "--to", "000123"]) == 0
    assert "Atlas (000017) is lent to 000123 until" in capsys.readouterr().out
    row = rows(book)["000017"]
    assert (row["lent_to"], row["lent_on"], (row["due"] - TODAY).days) == ("000123", TODAY, 180)


def test_lending_again_what_came_back_keeps_the_earlier_loan_in_the_notes(book: Path) -> None:
    assert main(["stock", str(book), "--lend", "000018", "--to", "000123", "--due", "14 Mar 2030"]) == 0
    row = rows(book)["000018"]
    assert (row["lent_to"], row["due"], row["returned"]) == ("000123", date(2030, 3, 14), None)
    assert row["notes"] == "torn; Lent to 000124 2025-09-01 to 2026-05-10"


def press(book: Path, wish: Wish, **typed: Any) -> list[str]:
    """What the button says, after these values were typed into the first copy."""
    closed = XlsxBook.open(book)
    row, headers = 5, closed.read(["Inventory"])["Inventory"].values[3]
    cells = {("Inventory", row, headers.index(header) + 1): value for header, value in typed.items()}
    closed.apply(Edits(cells={cell: None if value == "" else value for cell, value in cells.items()}))
    return stock_book(XlsxBook.open(book), str(book), wish, today=TODAY).lines


@pytest.mark.parametrize("typed", ["000999", "Ms Kim"])
def test_a_name_typed_over_that_of_a_loan_which_came_back_is_who_has_it_now(book: Path, typed: str) -> None:
    press(book, Wish("lend", rows=[5], to="000123"))
    press(book, Wish("give_back", rows=[5]))
    said = press(book, Wish("lend", rows=[5]), **{"Lent to": typed})
    row = rows(book)["000017"]
    assert (row["lent_to"], row["lent_on"], row["returned"]) == (typed, TODAY, None)
    assert row["notes"] == f"Lent to 000123 {TODAY} to {TODAY}"
    assert f"is lent to {typed} until" in said[0]


def test_a_loan_that_came_back_is_noted_once_and_lending_without_a_name_asks_for_it(book: Path) -> None:
    press(book, Wish("lend", rows=[5], to="000123"))
    press(book, Wish("give_back", rows=[5]))
    said = press(book, Wish("lend", rows=[5]))
    with opened(str(book)) as workbook:
        row = workbook.tables["inventory"].row(0)
    assert (row["lent_to"], row["lent_on"], row["notes"]) == (None, TODAY, f"Lent to 000123 {TODAY} to {TODAY}")
    assert said[-1] == "Enter who has it under Lent to."


def test_the_rest_of_a_quantity_gets_a_line_of_its_own_and_the_pieces_stay_as_many(book: Path) -> None:
    assert main(["stock", str(book), "--lend", "Q-1", "--to", "Class 12A", "--quantity", "5"]) == 0
    found = rows(book)
    one, two = found["Q-1"], found["Q-1/2"]
    assert (one["quantity"], one["lent_quantity"], one["lent_to"]) == (24, 24, "Class 12B")
    assert (two["quantity"], two["lent_quantity"], two["lent_to"], two["location"]) == (6, 5, "Class 12A", "M3")
    with opened(str(book)) as workbook:
        assert len(set(workbook.tables["inventory"].ids) - {""}) == 1  # the new line has an id


def test_a_second_loan_without_a_name_leads_to_the_cell_for_it(book: Path) -> None:
    opened_book = XlsxBook.open(str(book))
    done = stock_book(opened_book, str(book), Wish("lend", ["Q-1"]))
    opened_book.close()
    assert done.next_cell is not None
    sheet, row, column = done.next_cell
    lines = openpyxl.load_workbook(book)[sheet]
    assert lines.cell(row, 1).value == "Q-1/2" and lines.cell(row, column).value is None
    headers = [cell for line in lines.iter_rows(max_row=6) for cell in line if cell.column == column]
    assert "Lent to" in [cell.value for cell in headers]


def test_return_and_count_take_one_step_and_undo_takes_them_back(book: Path) -> None:
    before = rows(book)
    assert main(["stock", str(book), "--return", "Q-1"]) == 0
    assert rows(book)["Q-1"]["returned"] == TODAY
    assert main(["stock", str(book), "--count", "000017", "000018", "Q-1=29"]) == 0
    assert {name: (row["counted"], row["counted_on"]) for name, row in rows(book).items()} == {
        "000017": (1, TODAY),
        "000018": (1, TODAY),
        "Q-1": (29, TODAY),
    }
    assert main(["undo", str(book)]) == 0
    assert main(["undo", str(book)]) == 0
    assert rows(book) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--lend", "9", "--to", "x"], "Inventory has no asset 9."),
        (["--lend", "000017"], "Who borrows it is missing."),
        (["--lend", "Q-1", "--to", "x", "--quantity", "7"], "6 of Calculator (Q-1) are left."),
        (["--lend", "000017", "--to", "x", "--due", "soon"], "“soon” is not a date."),
        (["--count", "Q-1=many"], "“many” is not a number of pieces."),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(
    book: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["stock", str(book), *arguments]) == 2
    assert says in capsys.readouterr().err
    assert book.read_bytes() == before


def test_what_is_lent_is_not_lent_twice(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stock", str(book), "--lend", "000017", "--to", "000123"]) == 0
    assert main(["stock", str(book), "--lend", "000017", "--to", "000200"]) == 2
    assert "is lent to 000123 since" in capsys.readouterr().err


def test_the_last_of_several_loans_of_a_day_is_who_had_it(book: Path) -> None:
    for code in ("000123", "000124"):
        press(book, Wish("lend", rows=[5], to=code))
        press(book, Wish("give_back", rows=[5]))
    said = press(book, Wish("lend", rows=[5]))
    assert said[-1] == "Enter who has it under Lent to."

"""The buttons' own logic, on a book that only pretends to be open; the real ones are pressed in test_press.py."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import addin.backends.excel
from addin.backends.memory import MemoryBook
from addin.core.checks import marks
from addin.excel.buttons import BUTTONS, fix, next_problem, undo
from addin.templates.macros.workbook import BUTTONS as DRAWN


class Cell:
    """A cell of that book; it cannot be seen while its column is folded away."""

    def __init__(self, book: Open, sheet: str, address: str) -> None:
        self.book, self.sheet, self.address = book, sheet, address

    @property
    def column_width(self) -> float:
        return self.book.widths[self.address[0]]

    @column_width.setter
    def column_width(self, wide: float) -> None:
        self.book.widths[self.address[0]] = wide

    def select(self) -> None:
        assert self.column_width, "nobody sees this cell"
        self.book.at = (self.sheet, self.address)


class Open:
    """A book with a selection: what next_problem asks of xlwings."""

    def __init__(self) -> None:
        self.at = ("Home", "A1")
        self.sheets = self
        self.widths = {"D": 0.0, "E": 9.0}
        """Of the columns; D is folded away."""

    def __getitem__(self, name: str) -> SimpleNamespace:
        def cell(address: str) -> Cell:
            return Cell(self, name, address)

        return SimpleNamespace(activate=lambda: setattr(self, "at", (name, "A1")), range=cell)

    @property
    def selection(self) -> SimpleNamespace:
        sheet, cell = self.at
        return SimpleNamespace(sheet=SimpleNamespace(name=sheet), get_address=lambda *fixed: cell)


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    def line(cell: str, says: str) -> list[object]:
        return ["error", "CAS", cell, "End", "x", says, "Mend it.", "cas", "r", "id", "none"]

    held = MemoryBook({marks.SHEET: [list(marks.HEADERS), line("D5", "one"), line("D5", "two"), line("E9", "three")]})  # type: ignore[list-item]
    held.folder = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(addin.backends.excel, "ExcelBook", lambda open_book: held)
    return Open()


def test_next_problem_goes_from_cell_to_cell_and_round(book: Open) -> None:
    messages = [next_problem(book) for _ in range(3)]  # type: ignore[arg-type]
    assert messages == ["1 of 3: one Mend it.", "3 of 3: three Mend it.", "1 of 3: one Mend it."]
    assert book.at == ("CAS", "D5")


def test_next_problem_opens_a_column_that_is_folded_away(book: Open) -> None:
    next_problem(book)  # type: ignore[arg-type]
    next_problem(book)  # type: ignore[arg-type]
    assert book.widths["D"] > 9 and book.widths["E"] == 9


def test_pressed_on_home_it_goes_on_where_it_was(book: Open) -> None:
    next_problem(book)  # type: ignore[arg-type]
    book.at = ("Home", "C3")
    assert next_problem(book) == "3 of 3: three Mend it."  # type: ignore[arg-type]


def test_every_ribbon_item_has_its_button() -> None:
    assert set(DRAWN) == set(BUTTONS)


def test_fix_shows_the_repairs_first_and_writes_them_when_pressed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    head = ["Code", "Last name", "First names", "Session", "Category", "Birth date"]
    held = MemoryBook({"Candidates": [head, ["0012", "Ito", "Aya", "M27", "Diploma", "16/03/2009"]]})
    held.folder = tmp_path
    monkeypatch.setattr(addin.backends.excel, "ExcelBook", lambda open_book: held)
    open_book = SimpleNamespace(name="Own.xlsx")
    first = fix(open_book)  # type: ignore[arg-type]
    assert first.startswith("These can be fixed:")
    assert first.endswith("Press Fix again to write them all.")
    assert held.read(["Candidates"])["Candidates"].value(2, 5) == "Diploma"
    assert fix(open_book).startswith("Fixed 2 cells; no findings left.")  # type: ignore[arg-type]
    grid = held.read(["Candidates"])["Candidates"]
    assert (grid.value(2, 5), grid.value(2, 6)) == ("D", date(2009, 3, 16))
    assert fix(open_book).startswith("Nothing can be fixed")  # type: ignore[arg-type]


def test_undo_shows_the_last_change_first_and_takes_it_back_when_pressed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    head = ["Code", "Last name", "First names", "Session", "Category", "Birth date"]
    rows = [head, ["0012", "Ito", "Aya", "M27", "Diploma", "16/03/2009"]]
    held = MemoryBook({"Candidates": [list(row) for row in rows]})  # type: ignore[arg-type]
    held.folder, held.name = tmp_path, "Own.xlsx"
    monkeypatch.setattr(addin.backends.excel, "ExcelBook", lambda open_book: held)
    open_book = SimpleNamespace(name="Own.xlsx")
    fix(open_book)  # type: ignore[arg-type]
    fix(open_book)  # type: ignore[arg-type]
    assert held.read(["Candidates"])["Candidates"].value(2, 5) == "D"
    assert undo(open_book).endswith("Press Undo again to take it back.")  # type: ignore[arg-type]
    assert held.read(["Candidates"])["Candidates"].value(2, 5) == "D"
    said = undo(open_book)  # type: ignore[arg-type]
    while "Press Undo again" in said or held.read(["Candidates"])["Candidates"].values[1][4] == "D":
        said = undo(open_book)  # type: ignore[arg-type]
    assert [row[:6] for row in held.read(["Candidates"])["Candidates"].values] == rows

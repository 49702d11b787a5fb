"""The scripts for xlwings Lite, on a double that knows only what its documentation names."""

from __future__ import annotations

import ast
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from addin.cli.main import main
from addin.excel import lite


class Strict:
    """Anything that is not declared is an error, for reading and for setting."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in type(self).__annotations__ and not isinstance(getattr(type(self), name, None), property):
            raise AttributeError(f"xlwings Lite does not document {type(self).__name__}.{name}")
        object.__setattr__(self, name, value)


class Range(Strict):
    sheet: Sheet
    row: int
    column: int
    bottom: int
    right: int

    def __init__(self, sheet: Sheet, row: int, column: int, bottom: int = 0, right: int = 0) -> None:
        self.sheet, self.row, self.column, self.bottom, self.right = sheet, row, column, bottom or row, right or column

    @property
    def address(self) -> str:
        return f"${chr(64 + self.column)}${self.row}"

    @property
    def last_cell(self) -> Range:
        return Range(self.sheet, self.bottom, self.right)

    @property
    def value(self) -> Any:
        rows = [
            [
                self.sheet.cells_[r][c] if r < len(self.sheet.cells_) and c < len(self.sheet.cells_[r]) else None
                for c in range(self.column - 1, self.right)
            ]
            for r in range(self.row - 1, self.bottom)
        ]
        if len(rows) == 1:
            return rows[0][0] if len(rows[0]) == 1 else rows[0]
        return [row[0] for row in rows] if len(rows[0]) == 1 else rows

    @value.setter
    def value(self, rows: list[list[Any]]) -> None:
        assert len({len(row) for row in rows}) == 1
        assert (self.row, self.column) == (1, 1)
        self.sheet.cells_ = [[self._shown(one) for one in row] for row in rows]

    @staticmethod
    def _shown(value: Any) -> Any:
        """Excel takes a leading apostrophe off, and a leading = for a formula."""
        if isinstance(value, str) and value.startswith("'"):
            return value[1:]
        assert not (isinstance(value, str) and value[:1] in "=+-@" and value), f"{value!r} would be a formula"
        return value

    def select(self) -> None:
        self.sheet.book.selection = self


class Sheet(Strict):
    book: Book
    name: str
    cells_: list[list[Any]]

    def __init__(self, book: Book, name: str, cells: list[list[Any]]) -> None:
        self.book, self.name, self.cells_ = book, name, cells

    @property
    def used_range(self) -> Range:
        return Range(self, 1, 1, max(1, len(self.cells_)), max([1, *map(len, self.cells_)]))

    def range(self, start: Any, end: Any = None) -> Range:
        if isinstance(start, str):
            return Range(self, int(start[1:]), ord(start[0]) - 64)
        return Range(self, *start, *(end or start))

    def clear(self) -> None:
        self.cells_ = []

    def activate(self) -> None:
        pass


class Sheets:
    def __init__(self, book: Book) -> None:
        self._book, self._all = book, dict[str, Sheet]()

    def __iter__(self) -> Any:
        return iter(self._all.values())

    def __getitem__(self, name: str) -> Sheet:
        return self._all[name]

    def add(self, name: str, after: Sheet | None = None, cells: list[list[Any]] | None = None) -> Sheet:
        assert len(name) <= 31
        self._all[name] = Sheet(self._book, name, cells or [])
        return self._all[name]


class Book(Strict):
    name: str
    sheets: Sheets
    selection: Range | None

    def __init__(self, sheets: dict[str, list[list[Any]]]) -> None:
        self.name, self.sheets, self.selection = "School.xlsx", Sheets(self), None
        for name, cells in sheets.items():
            self.sheets.add(name, cells=cells)


HEAD = ["Candidate code", "Last name", "First names", "Session", "Category", "Birth date"]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    monkeypatch.chdir(tmp_path)
    rows = [
        ["000001", "=cmd|x", "Ida", "May 2028", "D", datetime(2010, 5, 9)],
        ["000002", None, "Sam", "M28", "D", datetime(2010, 7, 1)],
    ]
    return Book({"Candidates": [HEAD, *rows], "Mine": [["=a note"]]})


def test_validate_lists_problems_and_changes_no_sheet_of_the_person(book: Book) -> None:
    before = {sheet.name: deepcopy(sheet.cells_) for sheet in book.sheets}
    said = lite.press("validate", book)
    assert "Candidates: 2 rows" in said
    assert "your own sheets were not changed" in said
    assert {name: book.sheets[name].cells_ for name in before} == before
    listed = book.sheets["Findings"].cells_
    assert any("last name is missing" in str(row) for row in listed)
    assert lite.press("validate", book) == said  # pressed again, nothing is different
    assert book.sheets["Findings"].cells_ == listed


def test_next_problem_goes_round(book: Book) -> None:
    assert "Validate looks again" in lite.press("next_problem", book)
    lite.press("validate", book)
    places = []
    for _ in range(6):
        said = lite.press("next_problem", book)
        assert said[0].isdigit()
        assert book.selection is not None
        places.append(book.selection.address)
    assert len(set(places)) > 1
    assert places.count(places[0]) > 1


def test_fix_and_export_fill_sheets_of_their_own(book: Book) -> None:
    assert "1 certain repair on the sheet Fixes" in lite.press("fix", book)
    assert ["Candidates", "D2", "May 2028", "M28"] in book.sheets["Fixes"].cells_
    assert "1 clean table" in lite.press("export", book)
    clean = book.sheets["Candidates (clean)"].cells_
    assert clean[0][:2] == ["Code", "Last name"]
    assert clean[1][:2] == ["000001", "=cmd|x"]
    assert "2 rows" in lite.press("validate", book)  # the clean table is no second tracker


def test_a_workbook_without_trackers_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "\n" not in lite.press("validate", Book({"Mine": [["a"]]}))


def test_the_scripts_are_written_once_and_never_over_a_person_s_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["excel", "lite", str(tmp_path / "scripts")]) == 0
    assert main(["excel", "lite", str(tmp_path / "scripts")]) == 0
    assert "not tried in real Excel" in capsys.readouterr().out
    names = [
        node.name
        for node in ast.parse((tmp_path / "scripts" / "main.py").read_text()).body[1:]
        if hasattr(node, "name")
    ]
    assert names == list(lite.BUTTONS)
    (tmp_path / "scripts" / "main.py").write_text("mine", encoding="utf-8")
    assert main(["excel", "lite", str(tmp_path / "scripts")]) == 2
    assert "not overwritten" in capsys.readouterr().err
    assert (tmp_path / "scripts" / "main.py").read_text() == "mine"

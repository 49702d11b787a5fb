"""After a sync that wrote, the next one needs only the values, and still sees whatever anybody did meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from google_school import School, google_school

from addin.actions.link import link
from addin.actions.new import new
from addin.actions.sync import quiet
from addin.actions.sync.decide import Decision
from addin.actions.sync.run import sides_agree, sync
from addin.backends.open import open_book
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book, Edits
from addin.core.sync import Plan
from addin.google.changes import contents, word_of

VALUES = ["values:batchGet"]
"""What a sync asks that has nothing to do."""


class Shared:
    """A workbook with a few CAS entries, and a teacher's sheet of them, brought to rest."""

    def __init__(self, folder: Path, service: School) -> None:
        self.book, self.service = folder / "School.xlsx", service
        new(str(self.book), trackers=["cas"])
        self.header, self.columns = self.headers()
        rows = [{self.columns[name]: f"{name} {n}" for name in ("Entry", "Title")} for n in range(1, 5)]
        XlsxBook.open(self.book).apply(Edits(rows={"CAS": rows}))
        link(str(self.book), f"gsheet:{service.key}", tracker="cas", client=service.client())

    def headers(self) -> tuple[int, dict[str, int]]:
        grid = XlsxBook.open(self.book).read(["CAS"])["CAS"].values
        row = next(number for number, line in enumerate(grid, 1) if "Title" in line)
        return row, {str(name): column for column, name in enumerate(grid[row - 1], 1) if name}

    def type(self, cells: dict[tuple[int, str], str]) -> None:
        """The coordinator types into the workbook: rows count from the first entry."""
        edits = {("CAS", self.header + row, self.columns[name]): value for (row, name), value in cells.items()}
        XlsxBook.open(self.book).apply(Edits(cells=edits))

    def titles(self) -> list[str]:
        grid = XlsxBook.open(self.book).read(["CAS"])["CAS"]
        return [str(grid.value(row, self.columns["Title"])) for row in range(self.header + 1, len(grid.values) + 1)]

    def teacher(self, row: int, text: str, header: str = "Title") -> None:
        """The teacher types into the sheet."""
        teacher, key = self.service.teacher, self.service.key
        head = [line[0] if line else "" for line in zip(*teacher.cells(key, "CAS!A1:Z1"), strict=True)]
        teacher.set_cell(key, f"CAS!{chr(ord('A') + head.index(header))}{row}", text)

    def sync(self, meanwhile: Callable[[], None] = lambda: None) -> list[str]:
        """One sync, what it asked; `meanwhile` happens once, right after its write and before it reads that back."""
        waiting = [meanwhile]

        def open_(target: str) -> Book:
            if "gsheet" not in target:
                return open_book(target)
            book = self.service.book()
            ask = book.client.request

            def request(method: str, endpoint: str, *arguments: Any, **named: Any) -> Any:
                answer = ask(method, endpoint, *arguments, **named)
                if endpoint.endswith(":batchUpdate") and waiting:
                    waiting.pop()()
                return answer

            book.client.request = request  # type: ignore[method-assign]
            return book

        start = len(self.service.google.calls)
        sync(str(self.book), open_=open_)
        asked = [call.path.rpartition("/")[2] for call in self.service.google.calls[start:]]
        return [path for path in asked if "token" not in path and "Locations" not in path]


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    with google_school(tmp_path) as service:
        service.fresh()
        made = Shared(tmp_path, service)
        made.sync()
        yield made


def test_after_the_first_sync_and_after_edits_the_next_one_asks_for_the_values_alone(shared: Shared) -> None:
    assert shared.sync() == VALUES
    shared.teacher(3, "A title of the teacher")
    assert shared.sync() != VALUES
    assert shared.sync() == VALUES
    shared.type({(4, "Title"): "A title of the coordinator"})
    assert shared.sync() != VALUES
    assert shared.sync() == VALUES
    assert {"A title of the teacher", "A title of the coordinator"} <= set(shared.titles())


@pytest.mark.parametrize("row", [2, 3, 4, 6], ids=["the row that is written", "another", "one more", "a new row"])
def test_a_teachers_edit_between_the_write_and_its_verification_is_seen(shared: Shared, row: int) -> None:
    shared.type({(1, "Entry"): "E1 again"})
    asked = shared.sync(lambda: shared.teacher(row, "Typed just then"))
    assert ":batchUpdate" in "".join(asked)
    assert "Typed just then" not in shared.titles()
    assert shared.sync() != VALUES
    assert "Typed just then" in shared.titles()


def test_a_row_deleted_between_the_write_and_its_verification_is_seen(shared: Shared) -> None:
    teacher, key = shared.service.teacher, shared.service.key
    shared.type({(1, "Entry"): "E1 again"})
    shared.sync(lambda: teacher.delete_rows(key, "CAS", 4, 1))
    shared.sync()
    assert [title for title in shared.titles() if title.startswith("Title")] == ["Title 1", "Title 2", "Title 4"]


def test_an_edit_of_the_workbook_before_it_is_remembered_is_seen(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves the workbook between our write and our look at it."""
    real = quiet.after_writing

    def after(*arguments: Any) -> Any:
        shared.type({(3, "Title"): "Saved just then"})
        return real(*arguments)

    shared.teacher(3, "A title of the teacher")
    monkeypatch.setattr(quiet, "after_writing", after)
    shared.sync()
    monkeypatch.undo()
    assert shared.sync() != VALUES
    head = shared.service.teacher.cells(shared.service.key, "CAS!A1:Z9")
    assert any("Saved just then" in line for line in head)


def test_the_word_is_the_same_however_the_values_were_read(shared: Shared) -> None:
    """Errors, formulas that give nothing, decimals, yes and no, dates, blanks between and behind."""
    teacher, key = shared.service.teacher, shared.service.key
    teacher.change(key, {"addSheet": {"properties": {"title": "Odd"}}})
    typed = {
        "A2": "=1/0", "B2": '=""', "C2": "3.0", "D2": "2.25", "E2": "TRUE", "F2": "2027-03-15", "B4": "ünï", "H4": " "
    }  # fmt: skip
    for cell, text in typed.items():
        teacher.set_cell(key, f"Odd!{cell}", text)
    book = shared.service.book()
    grid = book.read(["Odd"])["Odd"]
    assert any("#DIV/0!" in map(str, line) for line in grid.values)
    before = contents(book.client, key, ["Odd"])
    assert word_of([grid.values]) == before
    for cell, text in (("D2", "2.5"), ("E2", "FALSE"), ("B5", "1"), ("B4", "")):
        teacher.set_cell(key, f"Odd!{cell}", text)
        now = contents(book.client, key, ["Odd"])
        assert now != before
        before = now
    assert word_of([[[1]]]) != word_of([[["1"]]]) != word_of([[[True]]])


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("t", "t", True),
        ("", None, True),
        ("a formula", "t", False),
        ("t", "of a formula", False),
        (None, "t", False),
    ],
)
def test_a_sync_after_which_the_sides_differ_is_not_remembered_as_settled(left: Any, right: Any, agree: bool) -> None:
    """Whatever the reason: a difference that no sync looks at again would stay for ever."""
    link = SimpleNamespace(name="a", tracker="cas")
    pair: Any = SimpleNamespace(link=link, right=SimpleNamespace(rows={"r": {"title": right, "remark": "hers"}}))
    made = Plan(base={"r": {"title": "t" if left or right == "t" else None}})
    assert sides_agree(Decision((pair,), {"a": made}, {"cas": {"r": {"title": left, "note": "mine"}}})) is agree

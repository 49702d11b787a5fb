"""Undo of the last write gives the same cells back, whatever was written, on every backend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from google_school import again_google, make_google
from office_tools import shared_office
from xlsx_books import build

from addin.actions.undo import undo_book
from addin.backends.excel import ExcelBook
from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book, Edits, Look, OwnSheet, Value
from addin.workspace.commit import commit_book

ROWS: list[list[Value]] = [
    ["Code", "Name", "Hours", "Day", "Done", "IBT id"],
    *([f"{n:06}", f"Name {n}", n, date(2026, 1, n), n % 2 == 0, f"id{n:04}"] for n in range(1, 11)),
]
MINE: list[list[Value]] = [["Mine"], ["stays"]]
VALUES: tuple[Value, ...] = (
    "text",
    "=1+1",
    0,
    2.5,
    None,
    date(2027, 5, 1),
    True,
    False,
    "TRUE",
    "000012",
    "O'Neil & <co>",
)
SHEETS = ("Data", "Mine", "Findings")


def memory(folder: Path) -> tuple[Book, str]:
    held = MemoryBook({"Data": [list(row) for row in ROWS], "Mine": [list(row) for row in MINE]})
    held.name, held.folder = "School.xlsx", folder
    return held, "excel:"


def xlsx(folder: Path) -> tuple[Book, str]:
    path = build(folder / "School.xlsx", {"Data": ROWS, "Mine": MINE}, {})
    return XlsxBook.open(path), str(path)


def excel(folder: Path) -> tuple[Book, str]:
    path = build(folder / "School.xlsx", {"Data": ROWS, "Mine": MINE}, {})
    return ExcelBook(shared_office().books.open(path)), "excel:"


def gsheets(folder: Path) -> tuple[Book, str]:
    book = make_google(folder, {"Data": ROWS, "Mine": MINE}, {})
    return book, f"gsheet:{book.book.key}"  # type: ignore[attr-defined]


def written(random: Random, *, by_type: bool = False) -> Edits:
    """One batch of any size and kind; rows that go have no other change. `by_type`: cells know what they hold."""
    numbers = list(range(2, 12))
    random.shuffle(numbers)
    drops, others = numbers[: random.randrange(3)], numbers[3:]
    edits = Edits(drops={"Data": sorted(drops)} if drops else {})
    for row in others[: random.randrange(5)]:
        value = random.choice(VALUES)
        # A number in the column of dates is read as a moment where cells are known by their format.
        last = 4 if not by_type and not isinstance(value, bool) and isinstance(value, (int, float)) else 6
        edits.cells["Data", row, random.randrange(1, last)] = value
    for row in others[: random.randrange(3)]:
        edits.looks["Data", row, random.randrange(1, 5)] = Look("FFE699", "IB Trackers: look")
    new: list[dict[int, Value]] = [
        {1: f"9{n:05}", 2: random.choice(VALUES) or "x", 6: f"new{n}"} for n in range(random.randrange(3))
    ]
    if new:
        edits.rows["Data"] = new
    if random.random() < 0.5:
        edits.sheets["Findings"] = OwnSheet([["Level", "Cell"], ["error", "B2"]])
    return edits


def cells(book: Book) -> dict[str, list[str]]:
    """What each sheet holds, as a set of rows: a row that comes back may stand below the others."""
    grids = book.read(SHEETS)
    return {name: sorted(repr(row) for row in grid.values if row) for name, grid in grids.items()}


def law(book: Book, target: str, edits: Edits, again: Callable[[Book], Book] = lambda book: book) -> None:
    before = cells(book)
    looks = book.looks(list(edits.looks))
    if not commit_book(book, target, book.read(SHEETS), edits, verb="fix"):
        return
    now = again(book)
    done = undo_book(now, target)
    assert not done.changed_since
    after = cells(again(now))
    made = [name for name in after if name not in before]
    assert all(len(after[name]) <= 1 for name in made)  # a sheet of ours that was new is left with its header
    assert {name: rows for name, rows in after.items() if name not in made} == before
    assert again(now).looks(list(edits.looks)) == looks


@pytest.mark.parametrize("seed", range(40))
def test_memory(tmp_path: Path, seed: int) -> None:
    law(*memory(tmp_path), written(Random(seed), by_type=True))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("edited", [False, True], ids=["untouched", "edited since"])
def test_xlsx(tmp_path: Path, seed: int, edited: bool) -> None:
    book, target = xlsx(tmp_path)

    def again(_: Book) -> Book:
        opened = XlsxBook.open(target)
        if edited:  # a person's own edit meanwhile: then undo puts cells back, not the file
            opened.apply(Edits(cells={("Mine", 2, 2): "theirs"}))
        return XlsxBook.open(target)

    if edited:
        book.apply(Edits(cells={("Mine", 2, 2): "theirs"}))
        book = XlsxBook.open(target)
    law(book, target, written(Random(seed)), again)


@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", range(3))
def test_excel(tmp_path: Path, seed: int) -> None:
    book, target = excel(tmp_path)
    try:
        law(book, target, written(Random(seed)), lambda _: ExcelBook(book.book))  # type: ignore[attr-defined]
    finally:
        book.book.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(4))
def test_gsheets(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    law(*gsheets(tmp_path), written(Random(seed)), again_google)

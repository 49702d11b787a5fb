"""People at work in a workbook and its shared sheets, for tests of whole syncs: every value they type is unique and
bears the mark of its row, so that a lost edit or a value on another row shows itself, whatever the ids say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desks import ID, TRACKERS, Desk
from google_school import School
from xlsx_books import build

from addin.actions.sync.run import Synced, sync
from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book
from addin.workspace import tracker_files as trackers

SHEET = "Log"
HEAD = ["Entry", "Who", "Hours", "State", "Mark", ID]
MARK = HEAD.index("Mark")
TYPED = ("Entry", "Hours", "State")
PEOPLE = [["Code", "Name", "Adviser", ID], ["s1", "Ito", "Kim"], ["s2", "Bo", "Kim"], ["s3", "Al", "Lee"]]
Rows = list[list[Any]]
Table = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True, scope="module")
def trackers_read_once() -> Iterator[None]:
    """Half of a small sync is reading what trackers there are; nobody changes them here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trackers, "Head", cache(trackers.Head))
        yield


class HookedBook(MemoryBook):
    """A book in memory in which somebody acts right before its n-th read or write."""

    at, act = 0, None

    def between(self, at: int, act: Callable[[], None]) -> None:
        self.at, self.act = at, act

    def _moment(self) -> None:
        self.at -= 1
        if self.at == 0 and self.act:
            act, self.act = self.act, None
            act()

    def read(self, sheets: Any) -> Any:
        self._moment()
        return super().read(sheets)


class People:
    """The books by name (`left` is the workbook), what stands in them, and what people do there."""

    def __init__(self, folder: Path, links: list[str], targets: list[str], rows: int = 6) -> None:
        self.folder, self.targets = folder, targets
        self.number = 0
        self.random = Random(7)
        start = [self.new_row(f"s{1 + i % 3}") for i in range(rows)]
        left = {"People": [list(row) for row in PEOPLE], SHEET: [list(HEAD), *start]}
        self.desk = Desk(folder, left, {}, links)
        self.start(left)

    def start(self, left: dict[str, Rows]) -> None:
        self.books: dict[str, Any] = {
            "left": HookedBook(left),
            **{t: HookedBook({SHEET: [list(HEAD)]}) for t in self.targets},
        }
        self.books["left"].folder = self.folder

    def open(self, target: str) -> Book:
        return self.books["left" if target == "excel:left" else target]

    def sync(self, **more: Any) -> Synced:
        return sync("excel:left", open_=self.open, random=self.random, **more)

    # ── what stands where ──

    def lines(self, where: str) -> Rows:
        """The whole sheet, header and all, every line as wide as the header."""
        values = MemoryBook.read(self.books[where], [SHEET])[SHEET].values
        return [[*line, *[None] * (len(values[0]) - len(line))] for line in values]

    def put(self, where: str, lines: Rows) -> None:
        """Somebody leaves the sheet like this."""
        self.books[where]._cells[SHEET] = [list(line) for line in lines]

    def table(self, where: str) -> Table:
        """mark -> column -> value, blank rows left out; the ids stand beside, in `ids`."""
        head, *lines = self.lines(where)
        mark = head.index("Mark")
        return {
            line[mark]: {name: value for name, value in zip(head, line, strict=True) if name != ID}
            for line in lines
            if line[mark] is not None
        }

    def ids(self, where: str) -> dict[str, str]:
        head, *lines = self.lines(where)
        return {line[head.index("Mark")]: line[head.index(ID)] for line in lines if line[head.index("Mark")]}

    def snapshot(self) -> dict[str, Rows]:
        return {where: self.lines(where) for where in self.books}

    # ── what people do ──

    def new_row(self, who: str) -> list[Any]:
        self.number += 1
        mark = f"m{self.number}"
        return [f"{mark}.{self.token()}", who, f"{mark}.{self.token()}", None, mark, None]

    def token(self) -> int:
        self.number += 1
        return self.number

    def edit(self, where: str, row: int, column: str, who: str = "") -> tuple[str, str, Any] | None:
        """Type a value nobody else types; gives (mark, column, value)."""
        head, *lines = self.lines(where)
        if not lines:
            return None
        filled = [line for line in lines if line[head.index("Mark")]]
        line = filled[row % len(filled)]
        mark = line[head.index("Mark")]
        value = who or f"{mark}.{self.token()}"
        line[head.index(column)] = value
        self.put(where, [head, *lines])
        return mark, column, value

    def blank(self, where: str, row: int, column: str) -> None:
        head, *lines = self.lines(where)
        if lines:
            lines[row % len(lines)][head.index(column)] = None
            self.put(where, [head, *lines])

    def insert(self, where: str, row: int, who: str) -> None:
        head, *lines = self.lines(where)
        new = dict(zip(HEAD, self.new_row(who), strict=True))
        lines.insert(row % (len(lines) + 1), [new.get(name) for name in head])
        self.put(where, [head, *lines])

    def insert_blank(self, where: str, row: int) -> None:
        """What the menu does: an empty row between others."""
        head, *lines = self.lines(where)
        lines.insert(row % (len(lines) + 1), [None] * len(head))
        self.put(where, [head, *lines])

    def delete(self, where: str, row: int) -> str:
        head, *lines = self.lines(where)
        gone = lines.pop(row % len(lines))[head.index("Mark")] if lines else ""
        self.put(where, [head, *lines])
        return gone

    def sort(self, where: str, column: str, reverse: bool) -> None:
        head, *lines = self.lines(where)
        lines.sort(key=lambda line: str(line[head.index(column)]), reverse=reverse)
        self.put(where, [head, *lines])

    def move_columns(self, where: str, by: int) -> None:
        lines = self.lines(where)
        by %= len(lines[0])
        self.put(where, [line[by:] + line[:by] for line in lines])

    def add_column(self, where: str) -> None:
        head, *lines = self.lines(where)
        name = f"Own {self.token()}"
        mark = head.index("Mark")
        self.put(where, [[*head, name], *([*line, f"{line[mark]}.{self.token()}"] for line in lines)])

    def copy_row(self, where: str, row: int) -> None:
        head, *lines = self.lines(where)
        if lines:
            lines.append(list(lines[row % len(lines)]))
            self.put(where, [head, *lines])

    def empty_id(self, where: str, row: int) -> None:
        head, *lines = self.lines(where)
        if lines:
            lines[row % len(lines)][head.index(ID)] = None
            self.put(where, [head, *lines])


class Files(People):
    """The same over two workbooks on disk."""

    def start(self, left: dict[str, Rows]) -> None:
        self.books = {"left": self.folder / "School.xlsx", **{t: self.folder / t for t in self.targets}}
        build(self.books["left"], left, {})
        for target in self.targets:
            build(self.books[target], {SHEET: [list(HEAD)]}, {})

    def sync(self, **more: Any) -> Synced:
        return sync(str(self.books["left"]), random=self.random, **more)

    def sheets(self, where: str) -> dict[str, Rows]:
        book = XlsxBook(self.books[where])
        return {name: grid.values for name, grid in book.read(book.sheets()).items()}

    def lines(self, where: str) -> Rows:
        values = self.sheets(where)[SHEET]
        return [[*line, *[None] * (len(values[0]) - len(line))] for line in values]

    def put(self, where: str, lines: Rows) -> None:
        build(self.books[where], {**self.sheets(where), SHEET: lines}, {})


class Shared(People):
    """A workbook in memory, and a spreadsheet at the emulator of Google."""

    def __init__(self, folder: Path, links: list[str], school: School, rows: int = 6) -> None:
        self.school = school
        school.fresh(**{SHEET: [list(HEAD)]})
        self.target = f"gsheet:{school.key}"
        super().__init__(folder, [link.format(target=self.target) for link in links], [self.target], rows)

    def start(self, left: dict[str, Rows]) -> None:
        self.books = {"left": HookedBook(left), self.target: self.target}
        self.books["left"].folder = self.folder

    def open(self, target: str) -> Book:
        return self.school.book() if target == self.target else self.books["left"]

    def lines(self, where: str) -> Rows:
        if where == "left":
            return super().lines(where)
        lines = self.school.teacher.cells(self.school.key, SHEET)
        width = len(lines[0])
        return [[value if value != "" else None for value in [*line, *[""] * (width - len(line))]] for line in lines]

    def put(self, where: str, lines: Rows) -> None:
        if where == "left":
            super().put(where, lines)
            return
        tall, wide = len(self.lines(where)) + 1, len(lines[0])
        full = [[("" if value is None else value) for value in line] for line in lines]
        full += [[""] * wide for _ in range(tall - len(full))]
        self.school.put(SHEET, full)


class FileAndSheet(Shared):
    """A workbook on disk, and a spreadsheet at the emulator of Google."""

    def start(self, left: dict[str, Rows]) -> None:
        self.books = {"left": self.folder / "School.xlsx", self.target: self.target}
        build(self.books["left"], left, {})

    def open(self, target: str) -> Book:
        return self.school.book() if target == self.target else XlsxBook(Path(target))

    def sync(self, **more: Any) -> Synced:
        return sync(str(self.books["left"]), open_=self.open, random=self.random, **more)

    sheets = Files.sheets

    def lines(self, where: str) -> Rows:
        return Files.lines(self, where) if where == "left" else super().lines(where)

    def put(self, where: str, lines: Rows) -> None:
        if where == "left":
            Files.put(self, where, lines)
        else:
            super().put(where, lines)


__all__ = ("HEAD", "TRACKERS", "TYPED", "FileAndSheet", "Files", "HookedBook", "People", "Shared", "trackers_read_once")

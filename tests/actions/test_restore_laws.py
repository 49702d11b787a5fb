"""restore: after any edits and writes, a row, a sheet or all comes back as it was, and nothing else changes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from xlsx_books import build

from addin.actions.restore import copies, restore
from addin.actions.undo import undo
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Value
from addin.errors import Problem
from addin.workspace.commit import commit_book

HEADER: list[Value] = ["Candidate code", "Last name", "First names", "Session", "Birth date", "My notes", "IBT id"]
ID = len(HEADER)
ROWS: list[list[Value]] = [
    [f"{n:06}", f"Name {n}", None if n % 2 else "Kenji", "M27", date(2009, 1, n) if n > 3 else None, None, f"id{n:04}"]
    for n in range(1, 7)
]
OTHER: list[list[Value]] = [["Mine"], ["stays"], [3]]
State = Mapping[str, list[list[Value]]]

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(["text", "=1+1", "000012", "O'Neil & <co>", "TRUE", " ", "Ł", True, False, None]),
    st.integers(-5, 40_000),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
)
CELL = st.tuples(st.just("cell"), st.integers(2, 9), st.integers(1, ID - 1), VALUES)
OTHER_CELL = st.tuples(st.just("other"), st.integers(1, 5), st.integers(1, 3), VALUES)
DROP = st.tuples(st.just("drop"), st.integers(2, 7), st.just(0), st.none())
NEW = st.tuples(st.just("new"), st.integers(100, 999), st.just(0), VALUES)
SORT = st.tuples(st.just("sort"), st.integers(2, 6), st.just(0), st.none())
STEPS = st.lists(st.tuples(st.booleans(), st.one_of(CELL, OTHER_CELL, DROP, NEW, SORT)), min_size=1, max_size=8)


def state(path: Path) -> State:
    book = XlsxBook.open(path)
    return {name: [[*row] for row in grid.values] for name, grid in book.read(book.sheets()).items()}


def edits_of(kind: str, row: int, column: int, value: Value, path: Path) -> Edits:
    lines = state(path)["Candidates"]
    if kind == "cell" and row <= len(lines) and lines[row - 1]:  # a blank row has nothing that could be its own
        return Edits(cells={("Candidates", row, column): value})
    if kind == "other":
        return Edits(cells={("Mine", row, column): value})
    if kind == "drop" and row <= len(lines):
        return Edits(drops={"Candidates": [row]})
    if kind == "new" and not any(f"id{row}" in line for line in lines):
        new: dict[int, Value] = {1: f"9{row}", 2: value if value is not None else "New", ID: f"id{row}"}
        return Edits(rows={"Candidates": [new]})
    if kind == "sort" and row < len(lines):  # two neighbours change places, as in a sort
        one, two = (_wide(lines[at]) for at in (row - 1, row))
        swapped = {("Candidates", row, c): two[c - 1] for c in range(1, ID + 1)}
        return Edits(cells=swapped | {("Candidates", row + 1, c): one[c - 1] for c in range(1, ID + 1)})
    return Edits()


def _wide(line: list[Value]) -> list[Value]:
    return [*line, *[None] * (ID - len(line))]


def school(folder: Path, steps: list[tuple[bool, tuple[str, int, int, Value]]]) -> Path:
    """A workbook after edits of a person's and writes of ours, each of which keeps a copy."""
    path = build(folder / "School.xlsx", {"Candidates": [HEADER, *ROWS], "Mine": OTHER}, {})
    for ours, step in steps:
        edits, book = edits_of(*step, path), XlsxBook.open(path)
        if ours:
            commit_book(book, str(path), book.read(book.sheets()), edits, verb="fix")
        else:
            book.apply(edits)
    return path


def by_id(lines: list[list[Value]]) -> dict[Value, str]:
    return {line[ID - 1]: repr(line) for line in lines[1:] if len(line) >= ID and line[ID - 1]}


def kept(path: Path, number: int) -> tuple[int, State]:
    """A copy of the workbook, and what it holds; the example is passed over where none is kept."""
    try:
        found = copies(str(path))
    except Problem:
        assume(False)
        raise
    copy = found[number % len(found)]
    return copy.number, state(copy.path)


LAW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@LAW
@given(STEPS, st.integers(0, 9))
def test_all_comes_back_and_undo_gives_the_bytes_of_before(
    steps: list[tuple[bool, tuple[str, int, int, Value]]], number: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = school(Path(folder), steps)
        chosen, then = kept(path, number)
        before = path.read_bytes()
        restore(str(path), chosen)
        assert state(path) == then
        undo(str(path))
        assert path.read_bytes() == before


@LAW
@given(STEPS, st.integers(0, 9), st.sampled_from(["Candidates", "Mine"]))
def test_one_sheet_comes_back_and_the_other_stays(
    steps: list[tuple[bool, tuple[str, int, int, Value]]], number: int, sheet: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = school(Path(folder), steps)
        chosen, then = kept(path, number)
        now = state(path)
        restore(str(path), chosen, sheet=sheet)
        after = state(path)
        assert [_trimmed(line) for line in after[sheet]] == [_trimmed(line) for line in then[sheet]]
        assert {name: lines for name, lines in after.items() if name != sheet} == {
            name: lines for name, lines in now.items() if name != sheet
        }


@LAW
@given(STEPS, st.integers(0, 9), st.integers(0, 20))
def test_one_row_comes_back_and_no_other_changes(
    steps: list[tuple[bool, tuple[str, int, int, Value]]], number: int, which: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = school(Path(folder), steps)
        chosen, then = kept(path, number)
        rows = by_id(then["Candidates"])
        assume(rows)
        now = state(path)
        held = by_id(now["Candidates"])
        changed = sorted(str(one) for one in rows if held.get(one) != rows[one])
        wanted = changed or sorted(map(str, rows))
        row_id = wanted[which % len(wanted)]
        restore(str(path), chosen, row=row_id)
        after = state(path)
        assert by_id(after["Candidates"]) == by_id(now["Candidates"]) | {row_id: rows[row_id]}
        assert after["Mine"] == now["Mine"]
        assert after["Candidates"][0] == now["Candidates"][0]


def _trimmed(line: list[Value]) -> list[Value]:
    while line and line[-1] is None:
        line = line[:-1]
    return line

"""A large sheet: written in parts, each whole; an interrupted sync is carried on, and knows what was there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google_school import google_school
from sync_people import HEAD, Shared, trackers_read_once

from addin.backends.gsheets import GoogleBook, parts
from addin.core.book import Edits
from addin.errors import BookProblem

__all__ = ("trackers_read_once",)  # a fixture of every test here

ALL = 'name="all"\ntarget="{target}"\ntracker="log"'
CELLS = 5 * len(HEAD)


def test_parts_hold_the_whole_batch_and_no_row_is_parted() -> None:
    cells: dict[Any, Any] = {("A", row, column): row for row in range(1, 50) for column in range(1, 4)}
    rows = {"A": [{1: n, 2: n} for n in range(31)], "B": [{1: n} for n in range(20)]}
    batch = Edits(cells=cells, rows=rows, drops={"A": [60]})
    found = parts.in_parts(batch, 20)
    assert {cell: value for part in found for cell, value in part.cells.items()} == cells
    for sheet in rows:
        assert [row for part in found for row in part.rows.get(sheet, [])] == rows[sheet]
    assert [part.drops for part in found] == [{}] * (len(found) - 1) + [{"A": [60]}]
    sizes = [len(part.cells) + sum(len(row) for rows in part.rows.values() for row in rows) for part in found[:-1]]
    assert max(sizes) <= 20
    seen = [{cell[1] for cell in part.cells} for part in found]
    assert sum(map(len, seen)) == 49
    assert parts.in_parts(batch, 1000) == [batch]


def test_many_new_rows_come_in_parts_each_guarded_and_nothing_is_read_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.in_parts, "__defaults__", (CELLS,))
    with google_school(tmp_path) as school:
        people = Shared(tmp_path / "school", [ALL], school, rows=43)
        school.counted()
        people.sync()
        reads, writes = school.counted()
        assert (writes, reads) == (8, 2 + 8)  # the first read, a guard before each part, the verification
        assert people.table(people.target) == people.table("left")
        assert not people.sync().written


def test_an_interrupted_first_sync_is_carried_on_and_an_edit_since_is_no_conflict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.in_parts, "__defaults__", (CELLS,))
    with google_school(tmp_path) as school:
        people = Shared(tmp_path / "school", [ALL], school, rows=43)
        apply, done = GoogleBook.apply, []

        def breaks_off(book: GoogleBook, edits: Edits) -> None:
            done.append(edits)
            if len(done) == 4:
                raise BookProblem("the line is cut.")
            apply(book, edits)

        with monkeypatch.context() as patch:
            patch.setattr(GoogleBook, "apply", breaks_off)
            with pytest.raises(BookProblem):
                people.sync()
        there = len(people.lines(people.target)) - 1
        assert 10 < there < 43
        edited = people.edit(people.target, 3, "State")
        gone = people.delete("left", 5)
        result = people.sync()
        assert not result.conflicts
        assert edited is not None
        mark, column, value = edited
        left, right = people.table("left"), people.table(people.target)
        assert left == right
        assert left[mark][column] == value
        assert gone not in left
        assert len(left) == 42
        assert len(people.lines(people.target)) == 43

"""Rows that wait for a decision are known by what each side held of them; no row is ever doubled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from desks import ID, Desk
from sync_people import trackers_read_once

from addin.core.book import Value
from addin.core.names import STATE_FOLDER

__all__ = ("trackers_read_once",)  # a fixture of every test here

TRACKER = 'title="People"\nsheet="People"\nkey=["code"]\n[columns.code]\n[columns.name]\n[columns.adviser]\n'
HEAD: list[Value] = ["Code", "Name", "Adviser", ID]
LEFT, RIGHT = "excel:left", "gsheet:a"
ALL = range(2, 8)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Six people; both sides have edited one of them, the shared sheet in every cell, and whole rows are decided."""
    monkeypatch.setattr("desks.TRACKERS", {"people": TRACKER})
    rows: list[list[Value]] = [[f"s{n}", f"Name {n}", f"Adviser {n}", None] for n in range(1, 7)]
    link = f'name="p"\ntarget="{RIGHT}"\ntracker="people"\nwhole_rows=true'
    d = Desk(tmp_path, {"People": [HEAD, *rows]}, {RIGHT: {"People": [HEAD]}}, [link])
    d.run()
    d.put(LEFT, "People", 3, 2, "mine")
    for column, value in enumerate(("s2x", "theirs", "Adviser 9"), 1):
        d.put(RIGHT, "People", 3, column, value)
    assert [one.column_name for one in d.run().conflicts] == ["(whole row)"]
    return d


@pytest.mark.parametrize("memory", [True, False], ids=["", "memory lost"])
@pytest.mark.parametrize(
    "lost", [[(RIGHT, [3])], [(LEFT, [3])], [(RIGHT, ALL)], [(LEFT, ALL)], [(LEFT, ALL), (RIGHT, ALL)]]
)
def test_a_row_with_an_open_conflict_that_lost_its_id_is_not_doubled(
    desk: Desk, memory: bool, lost: list[tuple[str, list[int]]]
) -> None:
    before = {target: desk.rows(target, "People") for target in (LEFT, RIGHT)}
    if not memory:
        shutil.rmtree(desk.folder / STATE_FOLDER)
    for target, rows in lost:
        for row in rows:
            desk.put(target, "People", row, 4, None)
    for _ in range(2):
        done = desk.run()
        assert [one.column_name for one in done.conflicts] == ["(whole row)"]
        assert {target: desk.rows(target, "People") for target in (LEFT, RIGHT)} == before
    assert not done.written


def test_without_memory_a_row_that_was_edited_since_is_asked_about_until_it_is_named_or_forced(desk: Desk) -> None:
    row_id = desk.books[RIGHT].read(["People"])["People"].value(3, 4)
    shutil.rmtree(desk.folder / STATE_FOLDER)
    desk.put(RIGHT, "People", 3, 4, None)
    desk.put(RIGHT, "People", 3, 2, "theirs again")
    before = {target: desk.rows(target, "People") for target in (LEFT, RIGHT)}
    (said,) = desk.run().stopped["p"]
    assert f"Type {row_id} beside it in column IBT id" in said
    assert {target: desk.rows(target, "People") for target in (LEFT, RIGHT)} == before
    desk.put(RIGHT, "People", 3, 4, row_id)
    assert [one.column_name for one in desk.run().conflicts] == ["(whole row)"]
    assert {target: desk.rows(target, "People") for target in (LEFT, RIGHT)} == before


@pytest.mark.parametrize(("pasted", "kept"), [(LEFT, RIGHT), (RIGHT, LEFT)])
def test_the_blank_of_an_entry_pasted_over_a_row_in_conflict_is_not_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pasted: str, kept: str
) -> None:
    """Without memory both sides have another adviser, which waits for a decision; then the row is of somebody else."""
    more = TRACKER + "[columns.town]\n[columns.house]\n"
    monkeypatch.setattr("desks.TRACKERS", {"people": more})
    head: list[Value] = ["Code", "Name", "Town", "House", "Adviser", ID]
    rows: list[list[Value]] = [
        [f"s{n}", f"Name {n}", f"Town {n}", f"House {n}", f"Adviser {n}", None] for n in range(1, 7)
    ]
    link = f'name="p"\ntarget="{RIGHT}"\ntracker="people"'
    desk = Desk(tmp_path, {"People": [head, *rows]}, {RIGHT: {"People": [head]}}, [link])
    desk.run()
    shutil.rmtree(desk.folder / STATE_FOLDER)
    desk.put(pasted, "People", 2, 5, "another")
    assert [one.column_name for one in desk.run().conflicts] == ["Adviser"]
    for column, value in enumerate(("s9", "Name 9", "Town 9", "House 9", None), 1):
        desk.put(pasted, "People", 2, column, value)
    done = desk.run()
    assert not done.conflicts
    assert desk.rows(pasted, "People") == desk.rows(kept, "People")
    assert desk.rows(kept, "People")[0] == ["s9", "Name 9", "Town 9", "House 9", None]


def test_a_cell_that_is_cleared_while_it_waits_takes_the_other_value(desk: Desk) -> None:
    """Nothing else of the row has changed: a blank is filled, as it always is."""
    shutil.rmtree(desk.folder / STATE_FOLDER)
    desk.put(LEFT, "People", 4, 3, "another")
    desk.run()
    desk.put(LEFT, "People", 4, 3, None)
    desk.run()
    assert desk.rows(LEFT, "People")[2] == desk.rows(RIGHT, "People")[2] == ["s3", "Name 3", "Adviser 3"]

"""The laws of sync: whatever two people do, no edit is lost, nothing lands on another row, nobody is overruled."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from random import Random

import pytest
import sync_oracle as oracle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sync_worlds import COLUMNS, IDS, OPERATIONS, VALUES, World, copied, world

import addin.core.sync
from addin.core.sync import MINE, THEIRS, Choice, Plan, apply, plan

# 13 laws of 1,000 cases in CI (env CI=true), always the same ones; fewer at a desk, where they change with each run.
CASES = int(os.environ.get("IB_TRACKERS_SYNC_CASES", "1000" if os.environ.get("CI") else "100"))
law = settings(
    max_examples=CASES,
    derandomize=bool(os.environ.get("CI")),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

operations = st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 7), st.integers(0, 7), st.sampled_from(VALUES))
bases = st.lists(st.sampled_from(VALUES), max_size=20).map(lambda cells: cells[: len(cells) // 4 * 4])
worlds = st.builds(
    world, bases, st.lists(operations, max_size=1), st.lists(operations, max_size=4), st.lists(operations, max_size=4)
)
orders = st.integers(0, 10**6).map(Random)


def synced(w: World, **terms) -> tuple[Plan, World]:
    """The plan, and the world after it was carried out."""
    made = plan(w.base, w.left, w.right, **terms)
    return made, World(made.base, apply(w.left, made.to_left), apply(w.right, made.to_right))


def places(made: Plan) -> set:
    return {(conflict.row, conflict.column) for conflict in made.conflicts}


@given(worlds)
@law
def test_the_outcome_is_that_of_the_oracle(w):
    made, after = synced(w)
    left, right, clash = oracle.outcome(w.base, w.left, w.right)
    assert oracle.meant(left) == oracle.meant(after.left)
    assert oracle.meant(right) == oracle.meant(after.right)
    assert clash == places(made)


@given(worlds)
@law
def test_no_edit_is_lost(w):
    """What a person typed is on both sides afterwards, or still stands on their own side and is shown as a conflict."""
    made, after = synced(w)
    for own, then, other in ((w.left, after.left, after.right), (w.right, after.right, after.left)):
        for (row, column), value in oracle.events(w.base, own).items():
            if column is None:
                assert value == "deleted" or row in then
                assert value == "added" or (row in other) == ((row, None) in places(made))
                continue
            assert oracle.meaning(then[row].get(column)) == oracle.meaning(value)
            shown = {(row, column), (row, None)} & places(made)
            held = column in oracle.columns(other) or column not in oracle.columns(w.base)
            if not shown and held:
                assert oracle.meaning(other[row].get(column)) == oracle.meaning(value)


@given(worlds)
@law
def test_no_value_lands_on_another_row(w):
    made, _ = synced(w)
    for changes, source in ((made.to_left, w.right), (made.to_right, w.left)):
        for (row, column), value in changes.cells.items():
            assert source[row][column] is value
        for row, cells in changes.rows.items():
            assert all(source[row][column] is value for column, value in cells.items())
        assert not changes.drops & set(source)


@given(worlds)
@law
def test_no_conflict_is_silent_and_every_conflict_shows_both_values(w):
    made, after = synced(w)
    assert len(places(made)) == len(made.conflicts)
    assert oracle.conflicts(w.base, w.left, w.right) == places(made)
    for conflict in made.conflicts:
        for shown, table in ((conflict.left, after.left), (conflict.right, after.right)):
            there = table.get(conflict.row)
            assert shown == (there if conflict.column is None else there[conflict.column])


@given(worlds, st.booleans())
@law
def test_a_second_sync_writes_nothing_and_shows_the_same_conflicts(w, row_conflicts):
    first, after = synced(w, row_conflicts=row_conflicts)
    second, _ = synced(after, row_conflicts=row_conflicts)
    assert not second
    assert list(map(messages, second.conflicts)) == list(map(messages, first.conflicts))
    assert oracle.meant(second.base) == oracle.meant(first.base)


def messages(conflict):
    """A conflict by what it tells a person: a blank cell and no cell are alike, a column that is gone is gone."""
    if conflict.column is not None:
        return conflict
    there = {**(conflict.left or {}), **(conflict.right or {})}
    base = {column: value for column, value in conflict.base.items() if column in there}
    return conflict.row, [oracle.meant({"": side}) for side in (base, conflict.left or {}, conflict.right or {})]


@given(worlds)
@law
def test_exchanging_the_sides_exchanges_the_plan(w):
    there, back = plan(w.base, w.left, w.right), plan(w.base, w.right, w.left)
    assert (there.to_left, there.to_right) == (back.to_right, back.to_left)
    assert oracle.meant(there.base) == oracle.meant(back.base)
    mirrored = [(c.row, c.column, c.base, c.right, c.left) for c in back.conflicts]
    assert sorted(map(repr, mirrored)) == sorted(
        repr((c.row, c.column, c.base, c.left, c.right)) for c in there.conflicts
    )


@given(worlds)
@law
def test_an_untouched_side_takes_all(w):
    made, after = synced(World(w.base, w.base, w.right))
    assert not made.to_right
    assert not made.conflicts
    lost = oracle.columns(w.base) - oracle.columns(w.right) if w.right else set()
    there = {row: {c: v for c, v in cells.items() if c not in lost} for row, cells in after.left.items()}
    assert oracle.meant(there) == oracle.meant(w.right)
    for row, cells in after.left.items():
        assert all(oracle.meaning(cells[c]) == oracle.meaning(w.base[row][c]) for c in lost if c in cells)


@given(worlds, orders)
@law
def test_the_order_of_rows_and_columns_means_nothing(w, random):
    def shuffled(table):
        rows = random.sample(list(table.items()), len(table))
        return {row: dict(random.sample(list(cells.items()), len(cells))) for row, cells in rows}

    one, other = plan(w.base, w.left, w.right), plan(*map(shuffled, (w.base, w.left, w.right)))
    assert (one.to_left, one.to_right, one.base) == (other.to_left, other.to_right, other.base)
    assert sorted(map(by_place, one.conflicts)) == sorted(map(by_place, other.conflicts))


def by_place(conflict):
    return conflict.row, conflict.column or ""


@given(worlds)
@law
def test_the_tables_that_were_given_stay_as_they_were(w):
    before = copied(w.base), copied(w.left), copied(w.right)
    synced(w)
    assert before == (w.base, w.left, w.right)


@given(worlds)
@law
def test_after_an_interruption_the_next_run_comes_to_the_same_end(w):
    """Stopped after writing the left, the right or both, before the base was saved."""
    made, after = synced(w)
    for left, right in ((after.left, w.right), (w.left, after.right), (after.left, after.right)):
        again, then = synced(World(w.base, left, right))
        assert oracle.meant(then.left) == oracle.meant(after.left)
        assert oracle.meant(then.right) == oracle.meant(after.right)
        assert places(again) == places(made)


@given(worlds, st.sampled_from([MINE, THEIRS, "decided"]))
@law
def test_a_decision_ends_a_conflict_and_both_sides_agree(w, take):
    open_plan, after = synced(w)
    choices = {
        (c.row, c.column): Choice(MINE if c.column is None and take == "decided" else take, seen=c)
        for c in open_plan.conflicts
    }
    made, done = synced(after, choices=choices)
    assert not made.conflicts
    assert not made.unused
    last, _ = synced(done)
    assert not last
    assert not last.conflicts
    for (row, column), choice in choices.items():
        if column is not None:
            values = {"decided": "decided", MINE: after.left[row][column], THEIRS: after.right[row][column]}
            assert oracle.meaning(done.left[row][column]) == oracle.meaning(values[choice.take])
            assert oracle.meaning(done.right[row][column]) == oracle.meaning(values[choice.take])


@given(worlds)
@law
def test_publishing_never_writes_the_source_and_lists_whatever_it_puts_back(w):
    made, after = synced(w, direction="to_right")
    assert not made.to_left
    for row, cells in w.left.items():
        held = oracle.columns(after.right)
        assert all(
            oracle.meaning(after.right[row].get(column)) == oracle.meaning(value)
            for column, value in cells.items()
            if column in held
        )
    listed = {(refused.row, refused.column) for refused in made.refused}
    for place, value in oracle.events(w.base, w.right).items():
        row, column = place
        if value == "deleted":
            assert row not in w.left or place in listed
        elif row not in w.left:
            assert (row, None) in listed
        elif column and column in w.left[row] and oracle.meaning(w.left[row][column]) != oracle.meaning(value):
            assert place in listed
    assert not plan(after.base, after.left, after.right, direction="to_right")


@given(worlds, st.sampled_from(COLUMNS))
@law
def test_a_column_of_one_side_takes_only_that_sides_edits(w, column):
    made, after = synced(w, edited_by={column: "left"})
    for row, cells in w.left.items():
        first = row not in w.base and row in w.right and cells.get(column) is None
        if row in after.left and column in cells and not first:
            assert oracle.meaning(after.left[row][column]) == oracle.meaning(cells[column])
            if column in after.right.get(row, {}) and (row, None) not in places(made):
                assert oracle.meaning(after.right[row][column]) == oracle.meaning(cells[column])
    assert not plan(after.base, after.left, after.right, edited_by={column: "left"})


@given(worlds)
@law
def test_where_rows_conflict_as_rows_no_row_is_mixed(w):
    """A row that nobody entered never comes to be: each row afterwards is one that stood on some side."""
    made, after = synced(w, row_conflicts=True)
    if oracle.columns(w.base) - oracle.columns(w.left) or oracle.columns(w.base) - oracle.columns(w.right):
        return  # a column that a side has lost stays as it is there
    whole = {(row, column) for row, column in places(made) if column is None}
    assert whole == places(made)
    before = [oracle.meant(w.left), oracle.meant(w.right)]
    for table in (oracle.meant(after.left), oracle.meant(after.right)):
        for row, cells in table.items():
            new = {c: v for c, v in cells.items() if c.startswith("new")}
            old = {c: v for c, v in cells.items() if c not in new}
            assert any(
                old == {c: v for c, v in side.get(row, {}).items() if c in COLUMNS} for side in before if row in side
            )


def test_no_decision_looks_at_a_clock():
    for file in Path(addin.core.sync.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow", "monotonic", "perf_counter"}, file
            if isinstance(node, ast.Import):
                assert "time" not in {name.name for name in node.names}, file


@pytest.mark.parametrize("moved", [False, True])
def test_yes_is_not_one_also_where_columns_were_moved(moved):
    """Both rows are equal for Python, and for a look down their types when the columns are in another order."""
    base = {"b2": {"done": True, "count": 1}}
    right = {"b2": {"count": True, "done": 1} if moved else {"done": 1, "count": True}}
    made = plan(base, base, right)
    assert [(place, type(value)) for place, value in sorted(made.to_left.cells.items())] == [
        (("b2", "count"), bool),
        (("b2", "done"), int),
    ]


@pytest.mark.parametrize("direction", ["", "left", "two-way"])
def test_a_direction_that_does_not_exist_is_refused(direction):
    with pytest.raises(ValueError, match="direction is both, to_right or to_left"):
        plan({}, {}, {}, direction=direction)


@given(worlds, st.sets(st.sampled_from(IDS)))
@law
def test_a_row_that_moves_to_another_link_takes_its_edits_along(w, leaving):
    made, after = synced(w, leaving=leaving)
    assert not leaving & set(w.left) & made.to_left.drops
    listed = {(refused.row, refused.column) for refused in made.refused}  # the left has no such column
    assert not listed or oracle.columns(w.base) - oracle.columns(w.left)
    for row in leaving & set(w.left):
        if any(conflict.row == row for conflict in made.conflicts):
            assert row in after.right or row not in w.right
            continue
        assert row not in after.right
        assert row not in made.base
        for (name, column), value in oracle.events(w.base, w.right).items():
            if name == row and column is not None and (row, None) not in listed:
                assert oracle.meaning(after.left[row].get(column)) == oracle.meaning(value)
    again, _ = synced(after, leaving=leaving)
    assert not again

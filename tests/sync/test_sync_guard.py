"""Guards and ids: what looks like a disaster stops a sync, and no row is ever taken for another one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.sync import IdProblem, Limits, Reason, guard, identity, new_ids
from addin.core.sync.words import id_problem, reason

BASE = {f"s{i:02d}": {"name": f"Student {i}", "grade": i % 7 + 1, "note": None} for i in range(100)}


def without(*rows):
    return {row: cells for row, cells in BASE.items() if row not in rows}


def edited(rows, **cells):
    return {row: {**old, **cells} if row in rows else old for row, old in BASE.items()}


LAST = list(BASE)[-6:]
SPREAD = list(BASE)[::4]
CASES = [
    ("nothing changed", BASE, []),
    ("a fifth deleted is allowed", without(*list(BASE)[::5]), []),
    ("more than a fifth deleted", without(*SPREAD), [Reason("deleted", "left", 25, 100)]),
    ("the last six missing", without(*LAST), [Reason("truncated", "left", 6, 100)]),
    ("the last five are allowed", without(*LAST[1:]), []),
    ("six from the middle are allowed", without(*list(BASE)[40:46]), []),
    ("empty", {}, [Reason("empty", "left", 100, 100)]),
    ("other rows", {f"x{i}": {"name": "x"} for i in range(100)}, [Reason("stranger", "left", 100, 100)]),
    ("a column lost", {row: {"name": c["name"], "note": None} for row, c in BASE.items()},
     [Reason("columns", "left", 1, 3, ("grade",))]),
    ("a column emptied", edited(list(BASE)[:51], grade=None), [Reason("emptied", "left", 51, 100, ("grade",))]),
    ("half a column emptied is allowed", edited(list(BASE)[:50], grade=None), []),
    ("a blank column filled is allowed", edited(BASE, note="seen"), []),
    ("a column recalculated is allowed", edited(BASE, grade=9), []),
    ("nearly everything overwritten", edited(BASE, grade=9, name="x"), [Reason("rewritten", "left", 200, 200)]),
    ("new rows are no harm", {**BASE, **{f"n{i}": {"name": "n"} for i in range(500)}}, []),
]  # fmt: skip


@pytest.mark.parametrize(("table", "reasons"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_guard(table, reasons):
    assert guard(BASE, table, BASE) == reasons
    assert guard(BASE, BASE, table) == [Reason(one.kind, "right", one.count, one.of, one.columns) for one in reasons], (
        "the same on the other side"
    )
    assert all(len(reason(one)) > 20 for one in reasons)


def test_a_first_sync_and_rows_deleted_on_both_sides_are_no_reason():
    assert guard({}, BASE, {}) == []
    assert guard(BASE, {}, {}) == []
    assert guard(BASE, without(*SPREAD), without(*SPREAD)) == []


def test_one_row_may_always_go():
    small = {row: BASE[row] for row in ("s01", "s02", "s03")}
    assert guard(small, {row: small[row] for row in ("s01", "s02")}, small) == []
    assert guard(small, {"s01": small["s01"]}, small) == [Reason("deleted", "left", 2, 3)]


def test_limits_are_the_schools_to_set():
    assert guard(BASE, without(*SPREAD), BASE, Limits(deleted=0.5)) == []


def test_a_side_whose_edits_are_not_accepted_can_do_no_harm():
    assert guard(BASE, BASE, {}, direction="to_right") == []
    assert guard(BASE, {}, BASE, direction="to_right") == [Reason("empty", "left", 100, 100)]
    assert guard(BASE, {}, BASE, direction="to_left") == []


def test_a_column_that_a_side_does_not_hold_is_not_missing_there():
    right = {row: {"name": cells["name"], "grade": cells["grade"]} for row, cells in BASE.items()}
    assert guard(BASE, BASE, right)[0].columns == ("note",)
    assert guard(BASE, BASE, right, holds=(["name", "grade", "note"], ["name", "grade"])) == []


# ── ids ──

KNOWN = {"b2bbbb": ("Ana",), "c3cccc": ("Bo",), "d4dddd": ("Chen",)}


def looked_at(*rows, known=KNOWN):
    """identity() of rows given as (id, name), from row 2 on."""
    numbered = list(enumerate(rows, 2))
    return identity([(n, name) for n, (name, _) in numbered], {n: (who,) for n, (_, who) in numbered}, known)


ALL = [("b2bbbb", "Ana"), ("c3cccc", "Bo"), ("d4dddd", "Chen")]
ID_CASES = [
    ("as before", ALL, []),
    ("sorted as a whole", ALL[::-1], []),
    ("a name corrected", [("b2bbbb", "Anna"), *ALL[1:]], []),
    ("a row deleted", ALL[1:], []),
    ("a row copied with its id", [*ALL, ("c3cccc", "Bo")], [IdProblem("double", "c3cccc", (3, 5))]),
    ("a number as id", [(17, "Ana"), *ALL[1:]], [IdProblem("strange", "17", (2,))]),
    ("a space beside the id", [("b2bbbb ", "Ana"), *ALL[1:]], [IdProblem("strange", "b2bbbb ", (2,))]),
    ("yes as id", [(True, "Ana"), *ALL[1:]], [IdProblem("strange", "True", (2,))]),
    ("an id emptied", [(None, "Ana"), *ALL[1:]], [IdProblem("lost", "b2bbbb", (2,))]),
    ("an id blanked with a space", [(" ", "Ana"), *ALL[1:]], [IdProblem("lost", "b2bbbb", (2,))]),
    ("two names exchanged", [("b2bbbb", "Bo"), ("c3cccc", "Ana"), ALL[2]],
     [IdProblem("moved", "b2bbbb", (2,), "c3cccc"), IdProblem("moved", "c3cccc", (3,), "b2bbbb")]),
    ("one row made like another", [("b2bbbb", "Bo"), *ALL[1:]], []),
    ("ids moved up by one", [("b2bbbb", "Bo"), ("c3cccc", "Chen")],
     [IdProblem("moved", "b2bbbb", (2,), "c3cccc"), IdProblem("moved", "c3cccc", (3,), "d4dddd")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "problems"), [case[1:] for case in ID_CASES], ids=[case[0] for case in ID_CASES])
def test_identity(rows, problems):
    found = looked_at(*rows)
    assert found.problems == problems
    assert found.new == []
    assert all(str(number) in id_problem(one) for one in found.problems for number in one.rows)


def test_rows_without_an_id_are_new_rows():
    assert looked_at(*ALL, (None, "Eva"), ("", "Finn")).new == [5, 6]


def test_of_two_rows_that_look_alike_neither_is_taken_for_the_one_that_lost_its_id():
    twins = {"b2bbbb": ("Ana",), "c3cccc": ("Ana",)}
    found = looked_at((None, "Ana"), known=twins)
    assert (found.new, found.problems) == ([2], [])


@given(st.permutations(range(8)), st.integers(0, 8))
@settings(max_examples=200, deadline=None, database=None, derandomize=True)
def test_a_part_of_a_sheet_sorted_without_its_ids_is_always_noticed(order, top):
    """The names of the first rows are put in another order; the ids stay where they were."""
    known = {f"r{i}rrrr": (f"Name {i}",) for i in range(8)}
    order = [*(place for place in order if place < top), *range(top, 8)]
    found = looked_at(*((f"r{i}rrrr", f"Name {place}") for i, place in enumerate(order)), known=known)
    misplaced = {i for i, place in enumerate(order) if i != place}
    assert {problem.rows[0] - 2 for problem in found.problems if problem.kind == "moved"} == misplaced


def test_new_ids_are_text_for_ever_and_never_taken():
    taken = set(new_ids([], 5000, Random(1)))
    fresh = new_ids([name.upper() for name in taken], 5000, Random(1))
    assert len(taken | set(fresh)) == 10_000
    for name in taken:
        assert len(name) == 6
        assert name[0].isalpha()
        assert name == name.lower()
        assert not set(name) & set("aeiouyl01")
        with pytest.raises(ValueError, match="could not convert"):
            float(name)

"""Guards and ids: what looks like a disaster stops a sync, and no row is ever taken for another one."""

from __future__ import annotations

from random import Random

import pytest

from addin.core.sync import Limits, Reason, guard, new_ids
from addin.core.sync.words import reason

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
    (
        "a column lost",
        {row: {"name": c["name"], "note": None} for row, c in BASE.items()},
        [Reason("columns", "left", 1, 3, ("grade",))],
    ),
    ("a column emptied", edited(list(BASE)[:51], grade=None), [Reason("emptied", "left", 51, 100, ("grade",))]),
    ("half a column emptied is allowed", edited(list(BASE)[:50], grade=None), []),
    ("a blank column filled is allowed", edited(BASE, note="seen"), []),
    ("a column recalculated is allowed", edited(BASE, grade=9), []),
    ("nearly everything overwritten", edited(BASE, grade=9, name="x"), [Reason("rewritten", "left", 200, 200)]),
    ("new rows are no harm", {**BASE, **{f"n{i}": {"name": "n"} for i in range(500)}}, []),
]


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

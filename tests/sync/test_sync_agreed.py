"""Rows in which both sides hold exactly the same: told for many rows at once, and as one would tell it of each cell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sync_worlds import COLUMNS, VALUES

from addin.core.book import CellError
from addin.core.sync import agreed, plan
from addin.core.sync.agreed import exactly_alike, exactly_the_same

ROW = {"name": "Ada", "hours": 1, "done": True}
LOOK_ALIKES = [(True, 1), (0, False), (1, 1.0), (2.0, 2), (CellError("#N/A"), "#N/A"), (False, 0.0)]

rows = st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(VALUES), max_size=4)
changes = st.sampled_from(["as it is", "other order", "other types", "no row", "less"])


def changed(row: dict[str, Any], how: str) -> dict[str, Any] | None:
    """The row as the other side holds it."""
    like = {**dict(LOOK_ALIKES), **{other: one for one, other in LOOK_ALIKES}} if how == "other types" else {}
    if how == "other order":
        return dict(reversed(row.items()))
    if how == "less":
        return dict(list(row.items())[1:])
    return None if how == "no row" else {name: like.get(value, value) for name, value in row.items()}


def cell_by_cell(one: dict[str, Any], other: dict[str, Any] | None) -> bool:
    return other is not None and {name: (type(value), value) for name, value in one.items()} == {
        name: (type(value), value) for name, value in other.items()
    }


@given(st.lists(st.tuples(rows, changes), max_size=12), st.integers(1, 4))
def test_many_rows_at_once_are_told_as_cell_by_cell(drawn, block):
    ours = [row for row, _ in drawn]
    others = [changed(row, how) for row, how in drawn]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreed, "BLOCK", block)
        assert exactly_alike(ours, others) == [cell_by_cell(*pair) for pair in zip(ours, others, strict=True)]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
@pytest.mark.parametrize("alone", [True, False])
def test_what_only_looks_alike_is_found_among_many_rows(one, other, alone):
    """Python takes them for equal; a spreadsheet shows two things. The other rows are not taken for different."""
    ours = [{**ROW, "name": one} if not alone else {"name": one}, *(dict(ROW) for _ in range(600))]
    others = [{**row, "name": other} if number == 0 else dict(row) for number, row in enumerate(ours)]
    assert exactly_alike(ours, others) == [False] + [True] * 600


def test_two_values_that_have_changed_places_in_a_row_of_another_order_are_found():
    """By their place alone the types of both rows are the same."""
    one, other = {"sick": True, "hours": 1}, {"hours": True, "sick": 1}
    assert one == other
    assert exactly_alike([one], [other]) == [False]
    assert {conflict.column for conflict in plan({}, {"a": one}, {"a": other}).conflicts} == {"sick", "hours"}


def test_tables_of_the_same_rows_are_the_same_in_any_order():
    one = {"a": dict(ROW), "b": dict(ROW)}
    assert exactly_the_same(one, dict(reversed(one.items())))
    assert not exactly_the_same(one, {"a": dict(ROW)})
    assert not exactly_the_same({"a": dict(ROW)}, one)
    assert not exactly_the_same(one, {**one, "b": {**ROW, "done": 1}})
    assert exactly_the_same({}, {})


def test_the_base_keeps_its_rows_where_they_were():
    """The guard against a sheet that was cut off asks which rows were the last ones."""
    base = {name: {"x": name} for name in "abcd"}
    left = {**base, "b": {"x": "edited"}}
    right = {name: row for name, row in base.items() if name != "c"}
    assert list(plan(base, left, right).base) == ["a", "b", "d"]

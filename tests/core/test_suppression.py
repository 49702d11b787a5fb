"""Small numbers stay hidden: compared with a person who tries every table that fits the totals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.suppression import suppress


def fitting(counts: list[list[int]], shown: list[list[int | None]]) -> Iterator[list[list[int]]]:
    """Every table of whole numbers with the shown cells, and with the row and column totals of the true one."""
    hidden = [(i, j) for i, row in enumerate(shown) for j, count in enumerate(row) if count is None]
    rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    for values in product(*(range(min(rows[i], columns[j]) + 1) for i, j in hidden)):
        table = [[0 if count is None else count for count in row] for row in shown]
        for (i, j), value in zip(hidden, values, strict=True):
            table[i][j] = value
        if [sum(row) for row in table] == rows and [sum(c) for c in zip(*table, strict=True)] == columns:
            yield table


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 3), st.integers(2, 3), st.data())
def test_no_small_number_can_be_worked_out(rows: int, columns: int, data: st.DataObject) -> None:
    line = st.lists(st.integers(0, 4), min_size=columns, max_size=columns)
    counts = data.draw(st.lists(line, min_size=rows, max_size=rows))
    shown = suppress(counts, 3)
    small = [(i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if 0 < count < 3]
    assert all(shown[i][j] is None for i, j in small)
    if all(count is None for row in shown for count in row):
        return  # everything is hidden: nothing more can be done
    if sum(count is None for row in shown for count in row) > 5:
        return  # too many tables to try
    possible = list(fitting(counts, shown))
    for i, j in small:
        others = {table[i][j] for table in possible}
        assert len(others) > 1, (counts, shown)


def test_a_table_of_large_numbers_is_shown_whole() -> None:
    assert suppress([[10, 20], [30, 40]]) == [[10, 20], [30, 40]]
    assert suppress([[1, 2], [3, 4]], 0) == [[1, 2], [3, 4]]


def test_a_single_small_number_takes_others_with_it() -> None:
    shown = suppress([[2, 30, 40], [50, 60, 70], [80, 90, 100]])
    assert shown[0][0] is None
    assert sum(count is None for count in shown[0]) >= 2
    assert sum(row[0] is None for row in shown) >= 2

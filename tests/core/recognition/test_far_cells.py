"""A stray cell at the far end of a sheet costs no more than the cells that are filled."""

from __future__ import annotations

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.regions import _used_columns


@pytest.mark.timeout(120)
def test_one_cell_in_the_last_row_and_column() -> None:
    blank: list[Value] = []
    last: list[Value] = [*[None] * 16_383, 1]
    assert _used_columns(Grid("CAS", [["Code"], *[blank] * 1_048_574, last])) == [1, 16_384]

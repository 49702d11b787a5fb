"""A workbook with one column or row less: what it is then, and that nothing of it is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from adopt_less import LESS, less, plain_cases


@pytest.mark.parametrize("name", plain_cases())
def test_each_column_and_row_is_told_to_be_needed_for_this(name: str, tmp_path: Path) -> None:
    assert less(name, tmp_path) == (LESS / f"{name}.txt").read_text("utf-8")

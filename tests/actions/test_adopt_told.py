"""What a person is told before anything is written: the questions, each sheet, each row and what is to be checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from adopt_rows import cases
from adopt_told import TOLD, told


@pytest.mark.parametrize("name", sorted(path.stem for path in TOLD.iterdir()))
def test_a_person_is_told_what_is_asked_what_each_cell_becomes_and_what_is_unclear(name: str, tmp_path: Path) -> None:
    assert told(name, tmp_path) == (TOLD / f"{name}.txt").read_text("utf-8")


def test_each_workbook_has_its_text_and_no_text_is_of_one_that_has_gone() -> None:
    texts = {path.stem for path in TOLD.iterdir()}
    assert not set(cases()) - texts, "write them and read them: python tests/support/adopt_told.py --write"
    assert not texts - set(cases())

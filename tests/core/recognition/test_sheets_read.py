"""Small sheets as people keep them, and all that comes of them: the cases are in sheets/, one kind of list a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sheets_read import Case, cases_in, read

FILES = sorted(Path(__file__).with_name("sheets").glob("*.txt"))
CASES = [pytest.param(case, id=f"{file.stem}: {case.title}") for file in FILES for case in cases_in(file)]


@pytest.mark.parametrize("case", CASES)
def test_what_comes_of_a_sheet(case: Case) -> None:
    assert read(case) == case.lines

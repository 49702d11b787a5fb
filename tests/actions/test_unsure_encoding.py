"""A list whose encoding is not certain: each possible reading is shown by a line in which they differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.errors import Problem
from addin.importers.csv import decoded


def test_the_line_that_is_shown_differs_between_the_readings() -> None:
    rows = "0010,Żółć,Łukasz\n0011,Świątek,Iga\n0012,Wójcik,Michał\n"  # the first is the same in both
    with pytest.raises(Problem) as said:
        decoded(f"Code,Last name,First names\n{rows}".encode("iso8859_2"), Path("list.csv"))
    assert "(cp1250), “0011,¦wi±tek,Iga”" in said.value.what
    assert "(ISO-8859-2), “0011,Świątek,Iga”" in said.value.what
    assert "if one of these is right" in said.value.next

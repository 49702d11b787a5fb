"""What is offered instead of a slip of the keyboard, and how a group of repairs is called."""

from __future__ import annotations

import pytest

from addin.core.checks.advice import closest
from addin.core.checks.fixes import Group
from addin.core.checks.rules import Finding


def test_of_two_values_that_are_alike_the_nearer_is_offered_and_none_of_two_as_near() -> None:
    assert closest("Mathematcs HL", ("Mathematics HL", "Mathematics SL")) == "Mathematics HL"
    assert closest("Mathematics", ("Mathematics 1", "Mathematics 2")) == ""
    assert closest("Chemistri", ("Chemistry", "Physics")) == "Chemistry"
    assert closest("Dance", ("Chemistry", "Physics")) == ""


@pytest.mark.parametrize(
    ("column", "count", "expected"),
    [
        ("Birth date", 60, "60 birth dates"),
        ("Birth date", 1, "1 birth date"),
        ("Notes", 3, "3 notes"),
        ("Category", 2, "2 categories"),
        ("Day", 2, "2 days"),
        ("Fee (EUR)", 2, "2 fee (EUR)"),
        ("Plan B", 2, "2 plan Bs"),
    ],
)
def test_a_group_of_repairs_is_counted_as_people_do(column: str, count: int, expected: str) -> None:
    finding = Finding("cas", "CAS", 2, "", column, "A2", "x", "error", "a", "b", "c", "d")
    title = Group("cas", column, "", [finding] * count).title()
    assert str(title).startswith(expected + " ")

"""Two years of students in one workbook are of two exam sessions, a year apart."""

from __future__ import annotations

import pytest

from addin.core.book import Value
from addin.core.recognition.cohorts import in_words, session_for, year_of, years_behind


@pytest.mark.parametrize(
    ("group", "year"),
    [
        (12, ("grade", 12)), (12.0, ("grade", 12)), ("12A", ("grade", 12)), ("Grade 11", ("grade", 11)),
        ("Y13", ("grade", 13)), ("Year 10 B", ("grade", 10)), ("11.2", ("grade", 11)), ("11/12", None),
        ("Kl. 12", ("grade", 12)),
        ("IB1", ("programme", 1)), ("DP Year 2", ("programme", 2)), ("2ºBI", ("programme", 2)),
        ("DP 1-A", ("programme", 1)),
        ("1º de Bachillerato", ("programme", 1)), ("Year 2 IB", ("programme", 2)), ("Première", ("programme", 1)),
        ("Terminale", ("programme", 2)), ("U6", ("programme", 2)), ("CP1", ("programme", 1)),
        ("9B", None), (7, None), ("Year 1", None), ("Blue", None), ("", None), (None, None), ("112", None),
    ],
)  # fmt: skip
def test_the_year_that_a_class_is_named_for(group: Value, year: tuple[str, int] | None) -> None:
    assert year_of(group) == year


@pytest.mark.parametrize(
    ("groups", "behind"),
    [
        (["IB1", "IB2", "IB2"], {"IB1": 1, "IB2": 0}),
        ([11, 12, "12C", None, "Blue"], {"11": 1, "12": 0, "12C": 0}),
        ([10, 11, 12], {"10": 2, "11": 1, "12": 0}),
        ([10, 11, 12, 13], {}),
        (["IB2", "IB2"], {}),
        (["IB1", 12], {}),
        ([], {}),
        (["Blue", None], {}),
    ],
)
def test_how_many_years_each_class_is_behind_the_oldest(groups: list[Value], behind: dict[str, int]) -> None:
    assert years_behind(groups) == behind


def test_the_session_of_each_class() -> None:
    behind = {"IB1": 1, "IB2": 0}
    assert [session_for(group, "M27", behind) for group in ("IB2", "IB1", "Blue", None)] == ["M27", "M28", "", ""]
    assert session_for("IB1", "", behind) == "" and session_for("Blue", "N26", {}) == "N26"
    assert in_words("M27", behind) == "M27 (IB2), M28 (IB1)" and in_words("M27", {}) == "M27"
    assert in_words("N26", {"11": 1, "12A": 0, "12C": 0}) == "N26 (12A, 12C), N27 (11)"

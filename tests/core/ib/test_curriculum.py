"""The curriculum side by side: years in the order of the continuum, one thing however it is written, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addin.core.ib import Row
from addin.core.ib.curriculum import by_course, by_year, course_of, years


def unit(programme: str, year: int | None, names: str | None, course: str = "Sciences") -> Row:
    return {"programme": programme, "year": year, "course": course, "level": "HL", "concepts": names}


def test_years_come_in_the_order_of_the_continuum() -> None:
    rows = [unit("CP", 1, ""), unit("DP", 2, ""), unit("DP", 1, ""), unit("MYP", 5, ""), unit("PYP", 6, "")]
    assert years(rows) == ["PYP 6", "MYP 5", "DP 1", "DP 2", "CP 1"]


def test_a_unit_counts_once_for_a_thing_that_it_names_twice() -> None:
    rows = [unit("DP", 1, "Change; change ; CHANGE"), unit("DP", 2, "Change")]
    assert by_year(rows, "concepts") == {"Change": {"DP 1": 1, "DP 2": 1}}
    assert by_course(rows, "concepts") == {"Sciences HL": {"Change": 2}}


def test_what_is_known_comes_first_also_where_no_unit_names_it() -> None:
    found = by_year([unit("DP", 1, "Zeal; research")], "concepts", ("Thinking", "Research"))
    assert list(found.items()) == [("Thinking", {}), ("Research", {"DP 1": 1}), ("Zeal", {"DP 1": 1})]


def test_the_level_names_a_course_of_dp_and_cp_only() -> None:
    assert (course_of(unit("DP", 1, "")), course_of(unit("MYP", 1, ""))) == ("Sciences HL", "Sciences")


NAMES = st.lists(st.sampled_from(["Form", "Change", "Systems"]), max_size=3, unique=True)


@given(st.lists(st.tuples(st.sampled_from(["PYP", "MYP", "DP"]), st.integers(1, 6), NAMES), max_size=12))
def test_both_matrices_count_every_mention_once(units: list[tuple[str, int, list[str]]]) -> None:
    rows = [unit(programme, year, "; ".join(names) or None) for programme, year, names in units]
    wanted = sum(len(names) for _, _, names in units)
    for matrix in (by_year(rows, "concepts"), by_course(rows, "concepts")):
        assert sum(number for counts in matrix.values() for number in counts.values()) == wanted

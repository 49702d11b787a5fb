"""Roll-over: every row goes to exactly one place, and only those of a finished session leave."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from make import table

from addin.core.ib.session import Session, parse
from addin.core.rollover import next_session, plan_rollover
from addin.workspace.tracker_files import load_all

TRACKERS = load_all()
NOW = Session(2027, 5)
OVER = ("M26", "N26", "M27")
CODES = st.sampled_from(["1", "2", "3", "4", "unknown", None])
SESSIONS = st.sampled_from(["M26", "N26", "M27", "N27", "M28", "odd", None])
GROUPS = st.sampled_from(["DP1", "DP2", "Year 12", "", None, "Grade"])
CANDIDATES = st.lists(st.fixed_dictionaries({"code": CODES, "session": SESSIONS, "year_group": GROUPS}), max_size=8)
OF_A_CANDIDATE = st.lists(st.fixed_dictionaries({"candidate": CODES, "session": SESSIONS}), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    CANDIDATES, OF_A_CANDIDATE, st.lists(st.fixed_dictionaries({"session": SESSIONS}), max_size=6), st.integers(0, 5)
)
def test_rows_in_are_rows_kept_and_rows_archived(
    people: list[dict[str, Any]], about: list[dict[str, Any]], exams: list[dict[str, Any]], things: int
) -> None:
    rows = {
        "candidates": people,
        "registrations": about,
        "core": about,
        "exams": exams,
        "inventory": [{"asset": str(n), "item": "Book"} for n in range(things)],
    }
    filled = {name: [{**row, "notes": "x"} for row in held] for name, held in rows.items()}  # no row is blank
    tables = {name: table(TRACKERS[name], held) for name, held in filled.items()}
    moves = plan_rollover(TRACKERS, tables, NOW)
    for name, held in rows.items():
        assert sorted([*moves[name].kept, *moves[name].archived]) == list(range(len(held)))
    assert moves["inventory"].archived == []
    gone = {people[i]["code"] for i in moves["candidates"].archived}
    for index in moves["registrations"].archived:
        assert about[index]["candidate"] in gone
    for person in (people[i] for i in moves["candidates"].archived):
        assert any(str(parse(str(other["session"]))) in OVER for other in people if other["code"] == person["code"])
    assert str(next_session(tables, NOW)) not in OVER
    assert {index for index, _ in moves["candidates"].changed} <= {*moves["candidates"].kept}


def test_year_one_becomes_year_two_and_the_finished_projects_leave() -> None:
    people = [
        {"code": "1", "session": "M28", "year_group": "DP1"},
        {"code": "2", "session": "M27", "year_group": "DP2"},
    ]
    projects = [{"student": "a", "year": 5, "project": "Personal"}, {"student": "b", "year": 4, "project": "Personal"}]
    rows = {"candidates": people, "myp": projects, "pyp": [{"student": "x"}]}
    moves = plan_rollover(TRACKERS, {name: table(TRACKERS[name], held) for name, held in rows.items()}, NOW)
    assert moves["candidates"].changed == {(0, "year_group"): "DP2"}
    assert (moves["myp"].archived, moves["myp"].changed) == ([0], {(1, "year"): 5})
    assert moves["pyp"].archived == [0]
